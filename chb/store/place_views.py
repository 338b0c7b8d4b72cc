"""A place as a scope may see it: groups only where they are known, words only to officers."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import func, select

from chb.domain.access.roles import View
from chb.domain.places.places import Place
from chb.domain.places.records import Tie, TieKind
from chb.store.tables.ocg_register import ocg
from chb.store.unit import Unit


def seen_by(unit: Unit, place: Place) -> Place:
    """The place without ties to groups that the scope does not know.

    Below the restricted view nothing is left that a person wrote but the name: reasons
    and threats are written for officers, and may say what is covert.
    """
    if unit.scope.view < View.PARTNER:
        return _for_partners(place, frozenset())
    if unit.scope.view < View.RESTRICTED:
        return _for_partners(place, _known_codes(unit))
    if unit.sees_every_ocg:
        return place
    known = _known_codes(unit)
    return replace(place, ties=tuple(tie for tie in place.ties if _is_known(tie, known)))


def _for_partners(place: Place, known: frozenset[str]) -> Place:
    """Of ties only the code names of groups that the person was let in on."""
    codes = tuple(
        replace(tie, reason="", recorded_by="")
        for tie in place.ties
        if tie.kind == TieKind.OCG and tie.subject.casefold() in known
    )
    return replace(
        place,
        boundaries=tuple(replace(each, reason="", recorded_by="") for each in place.boundaries),
        history=tuple(
            replace(each, reason="", recorded_by="", gate=None) for each in place.history
        ),
        names=tuple(replace(each, reason="", recorded_by="") for each in place.names),
        openings=tuple(replace(each, reason="", recorded_by="") for each in place.openings),
        relations=tuple(replace(each, reason="", recorded_by="") for each in place.relations),
        ties=codes,
    )


def _is_known(tie: Tie, known: frozenset[str]) -> bool:
    return tie.kind != TieKind.OCG or tie.subject.casefold() in known


def _known_codes(unit: Unit) -> frozenset[str]:
    query = select(func.lower(ocg.c.code)).where(ocg.c.id.in_(unit.ocg_ids))
    return frozenset(unit.connection.execute(query).scalars())
