"""Where somebody can be referred, found by need and age, and a sheet of it for a place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from chb.domain.access.permissions import Permission
from chb.domain.assets.register import Asset
from chb.domain.planning.referral_options import (
    Acceptance,
    ReferralOption,
    ReferralSheet,
    of_asset,
    of_pathway,
)
from chb.services.access.rules import needs
from chb.services.assets.register import asset_kinds
from chb.services.places.register import get_place
from chb.services.planning.partnership import find_pathways
from chb.services.workspace import Workspace
from geo.cells import centres
from geo.nearest import nearest

WITHIN_M: Final = 2_000.0
"""A bus stop or two: people travel farther for help than for an evening out."""

_ANSWERS: Final = {Acceptance.YES: True, Acceptance.NO: False, Acceptance.UNSAID: None}


@dataclass(frozen=True)
class ReferralQuestion:
    """Whom somebody wants to refer, and where to. What is left empty asks for everything."""

    words: str = ""
    """Every one of them stands in the name, the kind, the area or a need."""
    age: int | None = None
    area: str = ""
    """The area that a pathway serves; assets are found by where they stand instead."""
    accepts: Acceptance | None = None


@dataclass(frozen=True)
class SheetQuestion:
    """What a sheet is about: a place, and for whom. Without a place every asset is on it."""

    place_id: str = ""
    words: str = ""
    age: int | None = None
    within_m: float = WITHIN_M
    """Straight line from an asset to the nearest cell of the place."""


@needs(Permission.SEE_COMMUNITY)
def referral_options(ws: Workspace, question: ReferralQuestion) -> tuple[ReferralOption, ...]:
    """Pathways, then assets, that fit what is asked, each by name.

    Where the question does not ask whether they accept referrals, those that do not
    are among them.
    """
    found = (
        *_pathways(ws, area=question.area),
        *_from_assets(_answering(ws, question.accepts)),
    )
    return tuple(
        each
        for each in found
        if question.accepts in (None, each.accepts)
        and each.fits(words=question.words, age=question.age)
    )


@needs(Permission.SEE_COMMUNITY)
def pathway_areas(ws: Workspace) -> tuple[str, ...]:
    """The areas that pathways serve, by name."""
    return tuple(sorted({each.area_name for each in find_pathways(ws)}, key=str.casefold))


@needs(Permission.DISCLOSE)
def referral_sheet(ws: Workspace, question: SheetQuestion) -> ReferralSheet:
    """What to carry at a place: every pathway, and the assets near it that accept referrals.

    It names organisations and roles, and no person. Refusal when the place is not there.
    """
    place_name, asked = "every place", list[str]()
    accepting = _answering(ws, Acceptance.YES)
    nearby = _from_assets(accepting)
    if question.place_id:
        place = get_place(ws, question.place_id)
        nearby = _near(accepting, place.boundary.cells, within_m=question.within_m)
        place_name = place.name
        asked.append(f"assets within {question.within_m / 1_000:g} km in a straight line")
    asked += [f"for a person of {question.age}"] if question.age is not None else []
    asked += [f"need: {question.words}"] if question.words.strip() else []
    return ReferralSheet(
        place_name=place_name,
        made_on=ws.today(),
        asked=tuple(asked),
        pathways=_fitting(_pathways(ws), question),
        assets=_fitting(nearby, question),
    )


def _pathways(ws: Workspace, *, area: str = "") -> tuple[ReferralOption, ...]:
    found = find_pathways(ws)
    return tuple(of_pathway(each) for each in found if area in ("", each.area_name))


def _answering(ws: Workspace, accepts: Acceptance | None) -> tuple[Asset, ...]:
    """Open assets that give an answer, by name; those of every answer without one."""
    with ws.reading() as tx:
        if accepts is None:
            return tx.assets.open()
        found = tx.assets.where(accepts_referrals=_ANSWERS[accepts])
    return tuple(each for each in found if each.is_open)


def _from_assets(assets: Iterable[Asset]) -> tuple[ReferralOption, ...]:
    kinds = _kinds()
    return tuple(of_asset(each, kind=kinds.get(each.kind, each.kind)) for each in assets)


def _near(
    assets: Sequence[Asset], cells: Iterable[int], *, within_m: float
) -> tuple[ReferralOption, ...]:
    """Assets within a distance of any of the cells, the nearest first."""
    kinds = _kinds()
    among = centres(np.array(sorted(cells), dtype=np.uint64))
    positions = [each.longitude for each in assets], [each.latitude for each in assets]
    _, distance_m = nearest(positions, among=among)
    return tuple(
        of_asset(
            assets[at], kind=kinds.get(assets[at].kind, assets[at].kind), distance_m=distance_m[at]
        )
        for at in np.argsort(distance_m, kind="stable")
        if distance_m[at] <= within_m
    )


def _kinds() -> dict[str, str]:
    return {kind.key: kind.label for kind in asset_kinds()}


def _fitting(
    options: Iterable[ReferralOption], question: SheetQuestion
) -> tuple[ReferralOption, ...]:
    return tuple(each for each in options if each.fits(words=question.words, age=question.age))
