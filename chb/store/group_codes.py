"""Code names of groups: each is one group's for good, and what it went by before still finds it.

Locations follow a group to its new code. Ties to places and the decision log are only ever
added to, so they are read by every code that the group has had. A code is therefore never
given to another group, and nobody takes one that something is kept under already.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import CompoundSelect, Select, Subquery, func, select, true, union

from chb.domain.places.decisions import LinkKind
from chb.domain.places.records import TieKind
from chb.store.tables.decisions import decision_link
from chb.store.tables.locations import ocg_location
from chb.store.tables.ocg_register import ocg
from chb.store.tables.places import place_tie
from chb.store.tables.records import revision
from chb.store.unit import Unit

_USED: Final[CompoundSelect[Any]] = union(
    select(ocg_location.c.code),
    select(revision.c.content["code"].as_string()).where(revision.c.kind == ocg_location.name),
    select(place_tie.c.subject).where(place_tie.c.kind == TieKind.OCG.value),
    select(decision_link.c.reference).where(decision_link.c.kind == LinkKind.OCG.value),
)


def codes_had() -> Subquery:
    """Every ``code`` that a group has or had, as it was written, beside its ``ocg_id``.

    One that a group gave up and another has now is the other's.
    """
    code = revision.c.content["code"].as_string()
    holder = ocg.alias("holder")
    is_anothers = (
        select(holder.c.id)
        .where(holder.c.id != revision.c.record_id, func.lower(holder.c.code) == func.lower(code))
        .exists()
    )
    return union(
        select(ocg.c.id.label("ocg_id"), ocg.c.code.label("code")),
        select(revision.c.record_id, code).where(revision.c.kind == ocg.name, ~is_anothers),
    ).subquery("had")


def codes_known(unit: Unit) -> Select[tuple[str]]:
    """Codes, as they were written, of the groups that may be seen: now and before."""
    had = codes_had()
    known = true() if unit.sees_every_ocg else had.c.ocg_id.in_(unit.ocg_ids)
    return select(had.c.code).where(known)


def present_codes(unit: Unit) -> dict[str, str]:
    """The code that a group goes by now, by every one it has had in small letters.

    Only groups that may be seen are in it. Partners are told the code and no more, so the
    database keeps the group's own row from them but here.
    """
    had = codes_had()
    known = true() if unit.sees_every_ocg else had.c.ocg_id.in_(unit.ocg_ids)
    query = select(had.c.code, ocg.c.code.label("now")).join(ocg, ocg.c.id == had.c.ocg_id)
    with unit.views_aside():
        rows = unit.connection.execute(query.where(known)).all()
    return {row.code.casefold(): row.now for row in rows}


class GroupCodes:
    """Code names of groups within one transaction, whatever their case."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def is_free(self, code: str, *, ocg_id: str) -> bool:
        """Whether the group, new where its id is empty, may go by the code.

        The whole store is asked, whatever may be seen of it. What is kept under the code of
        no group yet goes to a group that somebody registers who sees every group.
        """
        wanted = code.casefold()
        with self._unit.in_full() as whole:
            rows = whole.connection.execute(select(codes_had()))
            holders = {row.ocg_id for row in rows if row.code.casefold() == wanted}
            used = set(whole.connection.execute(_USED).scalars())
        if holders:
            return holders == {ocg_id}
        return self._unit.sees_every_ocg or wanted not in {each.casefold() for each in used}

    def remove_samples(self) -> None:
        """They leave with their groups."""
