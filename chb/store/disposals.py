"""Erasing a record whole: what goes with it, its versions, and the fact that is left.

What is about a group or hangs on a record goes with it, even where it names a place as
well: who may read it hangs on that very link, and without it everybody would. What
merely mentions a record that it can do without stays, and lets go of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, Table, delete, func, insert, or_, select

from chb.domain.audit import AuditAction, AuditEntry
from chb.domain.places.decisions import LinkKind, reference_of
from chb.domain.places.records import TieKind
from chb.domain.retention import Disposal
from chb.store.group_codes import codes_had
from chb.store.tables import metadata
from chb.store.tables.assets import asset
from chb.store.tables.decisions import decision, decision_link
from chb.store.tables.intelligence import intelligence_requirement, partner_request
from chb.store.tables.locations import ocg_location
from chb.store.tables.ocg_register import ocg
from chb.store.tables.places import place, place_tie
from chb.store.tables.plans import disruption, intervention, plan
from chb.store.tables.records import revision
from chb.store.tables.retention import disposal, legal_hold, retention_review
from chb.store.unit import Unit

Reach = Mapping[str, frozenset[str]]
"""Ids by kind of all that goes with a record, itself among them."""

LETS_GO: Final = frozenset({disruption.c.intervention_id, partner_request.c.requirement_id})
"""References that a record can do without: it has a subject of its own."""

_RECORD_TABLES: Final = tuple(
    table for table in metadata.sorted_tables if {"id", "seq", "version"} <= set(table.c.keys())
)
_KEYS: Final[dict[str, Column[Any]]] = {
    **{table.name: table.c.id for table in (*_RECORD_TABLES, asset, decision, ocg_location)},
    place_tie.name: place_tie.c.tie_id,
}
"""Where each kind that can go has its id."""
_CARRIED: Final = tuple(
    (key.column.table, column)
    for table in _RECORD_TABLES
    for column in table.c
    for key in column.foreign_keys
    if key.column.table is not place and column not in LETS_GO
)
_LINKED: Final = {
    ocg.name: LinkKind.OCG,
    plan.name: LinkKind.PLAN,
    intervention.name: LinkKind.INTERVENTION,
    disruption.name: LinkKind.DISRUPTION,
    intelligence_requirement.name: LinkKind.INTELLIGENCE,
}


class DisposalRepository:
    """Disposals within one transaction. It sees all there is: who may dispose is asked before."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._connection = unit.connection

    def all(self) -> tuple[Disposal, ...]:
        """What was disposed of, in that order."""
        rows = self._connection.execute(select(disposal).order_by(disposal.c.seq))
        return tuple(
            Disposal(row.kind, row.record_id, row.disposed_by, row.at, row.reason) for row in rows
        )

    def reach(self, kind: str, record_id: str) -> Reach:
        """All that goes with a record; empty when it is not there."""
        found: dict[str, set[str]] = defaultdict(set)
        waiting = [(kind, self._ids(kind, _KEYS[kind].in_(_typed(kind, [record_id]))))]
        while waiting:
            name, ids = waiting.pop()
            new = ids - found[name]
            if new:
                found[name] |= new
                waiting += self._with(name, new)
        return {name: frozenset(ids) for name, ids in found.items() if ids}

    def groups(self, reach: Reach) -> frozenset[str]:
        """Groups that any of it is about."""
        found = set(reach.get(ocg.name, ()))
        for name, ids in reach.items():
            for column in _group_columns(name):
                query = select(column).where(_is_one_of(name, ids), column.is_not(None))
                found |= set(self._connection.execute(query).scalars())
        return frozenset(found)

    def codes(self, reach: Reach) -> tuple[str, ...]:
        """Code names that the groups that go have or had."""
        had = codes_had()
        query = select(had.c.code).where(had.c.ocg_id.in_(reach.get(ocg.name, ())))
        return tuple(self._connection.execute(query).scalars())

    def decisions_about(self, reach: Reach) -> tuple[str, ...]:
        """References of the entries of the log that stay and are about any of it."""
        about = [
            (decision_link.c.kind == link.value)
            & decision_link.c.reference.in_(
                [*reach[name], *(self.codes(reach) if name == ocg.name else ())]
            )
            for name, link in _LINKED.items()
            if name in reach
        ]
        if not about:
            return ()
        staying = decision.c.id.not_in(reach.get(decision.name, ()))
        query = select(decision.c.id).join(decision_link).where(or_(*about), staying)
        return tuple(sorted(map(reference_of, set(self._connection.execute(query).scalars()))))

    def note(self, kind: str, record_id: str, *, reason: str, at: datetime) -> None:
        """Leave the fact of what another repository takes out."""
        self._leave_fact({kind: frozenset({record_id})}, reason=reason, at=at)

    def erase(self, reach: Reach, *, kind: str, record_id: str, reason: str, at: datetime) -> None:
        """Take all of it out of the tables; what is left is that it was there.

        ``kind`` and ``record_id`` name the record that the rest goes with.
        """
        self._leave_fact(reach, reason=reason, at=at)
        for name, ids in reach.items():
            gone = (revision.c.kind == name) & revision.c.record_id.in_(ids)
            self._connection.execute(delete(revision).where(gone))
        links = decision_link.c.decision_id.in_(reach.get(decision.name, ()))
        self._connection.execute(delete(decision_link).where(links))
        for table in reversed(metadata.sorted_tables):
            if table.name in reach:
                self._connection.execute(
                    delete(table).where(_is_one_of(table.name, reach[table.name]))
                )
        counts = {name: len(ids) for name, ids in sorted(reach.items())}
        self._unit.audit.add(
            AuditEntry(AuditAction.ERASE, kind, record_id, purpose=reason, body=counts)
        )

    def remove_samples(self) -> None:
        """A disposal stays, of the sample as well."""

    def _leave_fact(self, reach: Reach, *, reason: str, at: datetime) -> None:
        numbers = self._numbers(reach.get(decision.name, frozenset()))
        self._connection.execute(
            insert(disposal),
            [
                {
                    "kind": name,
                    "record_id": each,
                    "disposed_by": self._unit.scope.person,
                    "at": at,
                    "reason": reason,
                    "number": numbers.get(each) if name == decision.name else None,
                }
                for name, ids in sorted(reach.items())
                for each in sorted(ids)
            ],
        )

    def _numbers(self, decision_ids: Iterable[str]) -> dict[str, int]:
        query = select(decision.c.id, decision.c.number).where(decision.c.id.in_(decision_ids))
        return {row.id: row.number for row in self._connection.execute(query)}

    def _with(self, name: str, ids: set[str]) -> Iterator[tuple[str, set[str]]]:
        """What goes with records of one kind, a step further."""
        for parent, column in _CARRIED:
            if parent.name == name:
                yield column.table.name, self._ids(column.table.name, column.in_(ids))
        if name == ocg.name:
            codes = [code.lower() for code in self.codes({name: frozenset(ids)})]
            yield ocg_location.name, self._ids(ocg_location.name, _lower_in(ocg_location, codes))
            named = (place_tie.c.kind == TieKind.OCG.value) & _lower_in(place_tie, codes)
            yield place_tie.name, self._ids(place_tie.name, named)
        if name == decision.name:
            yield name, self._ids(name, decision.c.corrects.in_(ids))
            corrected = select(decision.c.corrects).where(decision.c.id.in_(ids))
            yield name, self._ids(name, decision.c.id.in_(corrected))
        for table in (legal_hold, retention_review):
            about = (table.c.record_kind == name) & table.c.record_id.in_(ids)
            yield table.name, self._ids(table.name, about)

    def _ids(self, name: str, condition: ColumnElement[bool]) -> set[str]:
        query = select(_KEYS[name]).where(condition)
        return {str(each) for each in self._connection.execute(query).scalars()}


def _group_columns(name: str) -> tuple[Column[Any], ...]:
    table = metadata.tables.get(name)
    if table is None:  # incidents: a frame, about no group
        return ()
    return tuple(key.parent for key in table.foreign_keys if key.column.table is ocg)


def _is_one_of(name: str, ids: Iterable[str]) -> ColumnElement[bool]:
    return _KEYS[name].in_(_typed(name, ids))


def _typed(name: str, ids: Iterable[str]) -> list[str] | list[int]:
    """Ids as their column has them; a text that is no number is no location's."""
    if name != ocg_location.name:
        return list(ids)
    return [int(each) for each in ids if each.isdecimal()]


def _lower_in(table: Table, codes: list[str]) -> ColumnElement[bool]:
    named = table.c.code if table is ocg_location else table.c.subject
    return func.lower(named).in_(codes)
