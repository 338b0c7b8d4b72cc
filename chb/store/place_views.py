"""A place as a scope may see it: groups only where they are known, words only to officers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sqlalchemy import select

from chb.domain.access.roles import View
from chb.domain.places.phases import Phase
from chb.domain.places.places import Place
from chb.domain.places.records import Tie, TieKind
from chb.store.group_codes import present_codes
from chb.store.tables.places import place as table
from chb.store.unit import Unit
from chb.store.visibility import under_agreement


def as_seen(unit: Unit, places: Iterable[Place]) -> tuple[Place, ...]:
    """The places without ties to groups that the scope does not know.

    A group is named by the code that it goes by now, whatever it was tied under.
    Below the restricted view nothing is left that a person wrote but the name: reasons
    and threats are written for officers, and may say what is covert. An agency is shown a
    place as partners are where it has a sharing agreement, else as any resident is.
    """
    if unit.scope.view < View.PARTNER:
        return tuple(_for_community(place) for place in places)
    codes = present_codes(unit)
    places, known = (_by_present_code(place, codes) for place in places), frozenset(codes)
    if unit.scope.view >= View.RESTRICTED and unit.sees_every_ocg:
        return tuple(places)
    if unit.scope.view >= View.RESTRICTED:
        return tuple(_for_officers(place, known) for place in places)
    shared = _under_agreement(unit)
    return tuple(
        _for_partners(place, known) if place.id in shared else _for_community(place)
        for place in places
    )


def _by_present_code(place: Place, codes: Mapping[str, str]) -> Place:
    ties = tuple(
        replace(tie, subject=codes.get(tie.subject.casefold(), tie.subject))
        if tie.kind == TieKind.OCG
        else tie
        for tie in place.ties
    )
    return replace(place, ties=ties)


def _for_officers(place: Place, known: frozenset[str]) -> Place:
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


def _for_community(place: Place) -> Place:
    """Nothing of groups, and of the phases how Build goes."""
    seen = _for_partners(place, frozenset())
    build = tuple(change for change in seen.history if change.phase == Phase.BUILD)
    return replace(seen, history=build)


def _under_agreement(unit: Unit) -> frozenset[str]:
    """Places that are shared with the scope as partners see them."""
    signed = select(table.c.id).where(under_agreement(unit, table.c.id))
    return frozenset(unit.connection.execute(signed).scalars())


def _is_known(tie: Tie, known: frozenset[str]) -> bool:
    return tie.kind != TieKind.OCG or tie.subject.casefold() in known
