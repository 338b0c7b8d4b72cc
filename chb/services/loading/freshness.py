"""How old what is loaded is: public data only, so that everybody may be told.

Nobody's file names are in it, and nothing of groups, people or assets.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from chb.domain.periods import Month
from chb.domain.wording import plural
from chb.services.access.rules import open_to_all
from chb.services.harm.incidents import INCIDENTS, month_of
from chb.services.workspace import Workspace
from chb.store.frames import FrameEntry

LABELS: Final = {
    INCIDENTS: "Recorded crime",
    "boundaries": "Boundaries",
    "deprivation": "Deprivation",
    "population": "Population",
    "context": "Basemap",
    "lookup": "Lookups of areas",
    "postcodes": "Postcodes",
}
"""The kinds of public data, in the order in which they are told."""


@dataclass(frozen=True)
class FreshnessRule:
    """When a kind is called stale. The months are those of the publishers' own calendars."""

    incident_lag_months: int = 3
    """data.police.uk brings a month out about two months after it ends."""
    look_again_months: tuple[tuple[str, int], ...] = (
        ("boundaries", 14),  # ONS Open Geography: once a year
        ("population", 14),  # ONS mid-year estimates: once a year
        ("context", 14),  # OS OpenData: twice a year; streets change slowly
        ("lookup", 14),  # ONS Open Geography: once a year
        ("postcodes", 7),  # ONS Postcode Directory: four times a year
    )
    """After so many months in the store a kind has probably a newer edition."""
    superseded: tuple[tuple[str, str], ...] = (("IoD 2015", "IoD 2025"), ("IoD 2019", "IoD 2025"))
    """An edition of deprivation, and the one that took its place."""


RULE: Final = FreshnessRule()


@dataclass(frozen=True)
class KindFreshness:
    """What is loaded of one kind, and whether to look for something newer."""

    kind: str
    label: str
    edition: str
    """Months or editions in words, empty where nothing is loaded."""
    rows: int
    imported_at: datetime | None
    """Of the last import, None where nothing is loaded."""
    is_stale: bool
    sentence: str

    @property
    def is_loaded(self) -> bool:
        return self.imported_at is not None


_Verdict = tuple[bool, str]
_Judge = Callable[[Sequence[FrameEntry], date, FreshnessRule], _Verdict]


@open_to_all
def freshness(ws: Workspace, *, rule: FreshnessRule = RULE) -> tuple[KindFreshness, ...]:
    """Every kind of public data in the order of LABELS, those that are not loaded too.

    What a person loaded is judged, and the sample place only where nothing else is there:
    it is synthetic and does not age.
    """
    by_kind: dict[str, list[FrameEntry]] = defaultdict(list)
    with ws.reading() as tx:
        for entry in tx.frames.entries():
            by_kind[entry.kind].append(entry)
    return tuple(_of_kind(kind, by_kind[kind], ws.today(), rule) for kind in LABELS)


def month_words(month: Month) -> str:
    """``January 2025``."""
    return f"{date(month.year, month.number, 1):%B %Y}"


def _of_kind(
    kind: str, entries: Sequence[FrameEntry], today: date, rule: FreshnessRule
) -> KindFreshness:
    if not entries:
        return KindFreshness(kind, LABELS[kind], "", 0, None, False, "None is loaded.")
    own = [entry for entry in entries if not entry.is_sample]
    is_stale, sentence = (
        _JUDGES.get(kind, _judge_import)(own, today, rule)
        if own
        else (False, "The sample place: it is synthetic and does not age.")
    )
    return KindFreshness(
        kind=kind,
        label=LABELS[kind],
        edition=_edition(kind, own or entries),
        rows=sum(entry.n_rows for entry in own or entries),
        imported_at=max(entry.imported_at for entry in own or entries),
        is_stale=is_stale,
        sentence=sentence,
    )


def _edition(kind: str, entries: Sequence[FrameEntry]) -> str:
    if kind == INCIDENTS:
        months = [month_of(entry) for entry in entries]
        first, last = month_words(min(months)), month_words(max(months))
        return first if first == last else f"{first} to {last}"
    return ", ".join(sorted({_edition_of(entry) for entry in entries} - {""}))


def _edition_of(entry: FrameEntry) -> str:
    """In the reader's own words, of which none is from the file's name."""
    facts, vintage = entry.details, entry.details.get("vintage", "")
    match entry.kind:
        case "boundaries":
            layer = str(facts["layer"])
            name = layer.upper() if layer in {"lsoa", "csp"} else layer
            return f"{name} {vintage}".strip()
        case "population":
            return f"LSOA {vintage}".strip()
        case "context":
            return str(facts["layer"]).replace("-", " ")
        case _:
            return str(facts.get("edition") or facts.get("lookup") or "")


def _judge_incidents(entries: Sequence[FrameEntry], today: date, rule: FreshnessRule) -> _Verdict:
    lasts: dict[str, Month] = {}
    for entry in entries:
        force, month = str(entry.details["force"]), month_of(entry)
        lasts[force] = max(month, lasts.get(force, month))
    newest = max(lasts.values())
    age_months = Month(today.year, today.month).ordinal - newest.ordinal
    is_stale = age_months > rule.incident_lag_months
    said = [f"The newest month is {month_words(newest)}, {plural(age_months, 'month')} ago."]
    if is_stale:
        said.append("The publisher is usually two months behind: import the months since.")
    behind = [
        f"{force} ends in {month_words(last)}"
        for force, last in sorted(lasts.items())
        if newest.ordinal - last.ordinal > rule.incident_lag_months
    ]
    if behind:
        more = f", and {len(behind) - 1:,} more are behind" if len(behind) > 1 else ""
        said.append(f"{behind[0]}{more}.")
    return is_stale, " ".join(said)


def _judge_deprivation(entries: Sequence[FrameEntry], today: date, rule: FreshnessRule) -> _Verdict:
    del today
    loaded = {str(entry.details.get("edition", "")) for entry in entries}
    for old, new in rule.superseded:
        if old in loaded and new not in loaded:
            return True, f"{new} took the place of {old}; on LSOA 2011 areas {old} is still right."
    return False, "No newer edition is known here."


def _judge_import(entries: Sequence[FrameEntry], today: date, rule: FreshnessRule) -> _Verdict:
    """By the oldest import: what the publisher brought out since is not known here."""
    oldest = min(entry.imported_at for entry in entries).date()
    age_months = (today.year - oldest.year) * 12 + today.month - oldest.month
    is_stale = age_months > dict(rule.look_again_months)[entries[0].kind]
    said = f"Imported {_ago(age_months)}."
    return is_stale, f"{said} The publisher has probably a newer edition." if is_stale else said


def _ago(age_months: int) -> str:
    return f"{plural(age_months, 'month')} ago" if age_months > 0 else "this month"


_JUDGES: Final[dict[str, _Judge]] = {
    INCIDENTS: _judge_incidents,
    "deprivation": _judge_deprivation,
}
