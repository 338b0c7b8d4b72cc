"""Where somebody can be referred: pathways of the register, and assets that accept referrals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from chb.domain.assets.ages import OLDEST_AGE, ages_words
from chb.domain.assets.register import Asset
from chb.domain.assets.sessions import Session
from chb.domain.planning.referrals import ReferralPathway
from chb.domain.wording import plural

Cell = tuple[str, str]
"""What a cell of a table says, and a quieter line under it."""

HEADINGS: Final = ("Organisation", "For which needs", "Ages", "Where", "How to refer", "Verified")
_STEP_M: Final = 100
"""Distances to a place are rounded: its edge is a line of cells, not of doors."""


class Acceptance(StrEnum):
    """Whether somebody can be referred there. A pathway accepts, or it would be none."""

    YES = "yes"
    UNSAID = "not said"
    NO = "no"


@dataclass(frozen=True, kw_only=True)
class ReferralOption:
    """One place to refer somebody to; ages in whole years, both ends included."""

    name: str
    kind: str
    """In words."""
    needs: tuple[str, ...]
    youngest: int | None = None
    oldest: int | None = None
    where: str = ""
    """The area a pathway serves, or the address of an asset."""
    how: str = ""
    """How to refer, or when the door is open."""
    contact_role: str = ""
    terms: str = ""
    """What it costs and how to get in, where somebody wrote it down."""
    accepts: Acceptance = Acceptance.YES
    verified_on: date | None = None
    is_asset: bool = False
    distance_m: float | None = None
    """Straight line to the nearest cell of a place that was asked about."""

    def fits(self, *, words: str = "", age: int | None = None) -> bool:
        """Whether it is open to an age, and its text holds every word."""
        oldest = OLDEST_AGE if self.oldest is None else self.oldest
        is_open_to = age is None or (self.youngest or 0) <= age <= oldest
        text = " ".join((self.name, self.kind, self.where, *self.needs)).casefold()
        return is_open_to and all(word in text for word in words.casefold().split())


@dataclass(frozen=True)
class ReferralSheet:
    """What a front-line officer carries: pathways, and the assets near a place."""

    place_name: str
    made_on: date
    asked: tuple[str, ...]
    """What was asked for, in words."""
    pathways: tuple[ReferralOption, ...]
    assets: tuple[ReferralOption, ...]
    """The nearest first."""


def of_pathway(pathway: ReferralPathway) -> ReferralOption:
    """A pathway of the register."""
    level = f", {pathway.prevent_level} prevention" if pathway.prevent_level else ""
    return ReferralOption(
        name=pathway.organisation,
        kind=f"{pathway.kind}{level}",
        needs=pathway.needs,
        youngest=pathway.youngest,
        oldest=pathway.oldest,
        where=pathway.area_name,
        how=pathway.how_to_refer,
        contact_role=pathway.contact_role,
        verified_on=pathway.verified_on,
    )


def of_asset(asset: Asset, *, kind: str, distance_m: float | None = None) -> ReferralOption:
    """An asset, ``kind`` in words; its sessions say what nothing else does."""
    youngest, oldest = _ages(asset)
    activities = dict.fromkeys(each.activity for each in asset.sessions if each.activity)
    return ReferralOption(
        name=asset.name,
        kind=kind,
        needs=asset.services or tuple(activities),
        youngest=youngest,
        oldest=oldest,
        where=", ".join(filter(None, (asset.address, asset.postcode))),
        how=_hours(asset),
        contact_role=asset.contact_role,
        terms=", ".join(filter(None, (asset.cost, asset.access_needs))),
        accepts=_acceptance(asset.accepts_referrals),
        verified_on=asset.verified_on,
        is_asset=True,
        distance_m=distance_m,
    )


def cells_of(option: ReferralOption, today: date) -> tuple[Cell, ...]:
    """A row under ``HEADINGS``."""
    return (
        (option.name, option.kind),
        (", ".join(option.needs) or "not said", ""),
        (ages_words(option.youngest, option.oldest), ""),
        (option.where or "not said", _distance(option.distance_m)),
        (option.how or "not said", ". ".join(filter(None, (option.contact_role, option.terms)))),
        (verified_words(option.verified_on, today), ""),
    )


def verified_words(verified_on: date | None, today: date) -> str:
    """How long ago somebody checked that an entry holds."""
    if verified_on is None:
        return "never"
    days = (today - verified_on).days
    return "today" if days <= 0 else f"{plural(days, 'day')} ago"


def _ages(asset: Asset) -> tuple[int | None, int | None]:
    """The asset's own ages; where it has none, from the youngest to the oldest of a session."""
    if asset.youngest is not None or asset.oldest is not None or not asset.sessions:
        return asset.youngest, asset.oldest
    lowest = [each.youngest for each in asset.sessions]
    highest = [each.oldest for each in asset.sessions]
    return _outermost(lowest, min), _outermost(highest, max)


def _outermost(ends: Sequence[int | None], which: Callable[[list[int]], int]) -> int | None:
    known = [each for each in ends if each is not None]
    return which(known) if len(known) == len(ends) else None


def _hours(asset: Asset) -> str:
    return "; ".join(_session_words(asset.sessions)) or asset.opening_text


def _session_words(sessions: Iterable[Session]) -> list[str]:
    return [
        f"{each.weekday} {each.start:%H:%M} to {each.end:%H:%M}"
        + (" in term time" if each.term_time_only else "")
        for each in sessions
    ]


def _acceptance(answer: bool | None) -> Acceptance:
    if answer is None:
        return Acceptance.UNSAID
    return Acceptance.YES if answer else Acceptance.NO


def _distance(distance_m: float | None) -> str:
    """In words, to the next hundred metres."""
    if distance_m is None:
        return ""
    rounded_m = max(round(distance_m / _STEP_M), 1) * _STEP_M
    return f"about {rounded_m:,} m away"
