"""Which column of a list is which of ours, where its headings do not say so themselves.

A map is proposed by likeness, chosen by a person, and remembered by the fingerprint of the
headings: the next list with the same headings is read without asking.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

from rapidfuzz import fuzz, process

from chb.domain.refusal import Refusal
from chb.sources.columns import Columns, normal, spoken

LIKE_ENOUGH: Final = 80.0
"""Of 100, by rapidfuzz's weighted ratio: below it a heading is left for the person to choose."""

REFUSED_BECAUSE: Final = "refused because"
"""Heading of the first column that we put beside refused rows; those after it are ours too."""


@dataclass(frozen=True)
class ColumnMap:
    """Our column to the list's heading, for lists with one set of headings."""

    fingerprint: str
    columns: Mapping[str, str]

    def as_headers(self, headers: Sequence[str], source: str) -> dict[str, str]:
        """Heading to our name; Refusal when a heading of the map is not in the list."""
        missing = [theirs for theirs in self.columns.values() if theirs not in headers]
        if missing:
            raise Refusal(
                f"The columns chosen for {source} are not all in it",
                found=f"There is no column {missing[0]!r}; the columns are"
                f" {', '.join(headers[:12])}",
                cause="The columns were chosen for another list",
                remedy="Choose the columns again for this list",
            )
        return {theirs: ours for ours, theirs in self.columns.items()}

    def check_whole(self, headers: Sequence[str], source: str) -> dict[str, str]:
        """``as_headers``; Refusal also when the map lacks a name or a way to the map."""
        names = self.as_headers(headers, source)
        if "name" in self.columns and (
            {"longitude", "latitude"} <= set(self.columns) or "postcode" in self.columns
        ):
            return names
        raise Refusal(
            f"The columns chosen for {source} are too few",
            found=f"Chosen: {', '.join(map(spoken, self.columns)) or 'none'}",
            remedy="Choose the name, and either longitude and latitude or the postcode",
        )


def own_headings(headers: Sequence[str]) -> tuple[str, ...]:
    """A list's headings without those that stand beside refused rows we gave out."""
    return tuple(takewhile(lambda header: header != REFUSED_BECAUSE, headers))


def fingerprint(headers: Sequence[str]) -> str:
    """Names a set of headings, whatever their order, case and punctuation.

    Refused rows that were corrected are of the same list, and have its name.
    """
    words = "\n".join(sorted(normal(header) or header for header in own_headings(headers)))
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def propose(headers: Sequence[str], columns: Columns) -> dict[str, str]:
    """Our name to the likeliest heading: those that match first, then the most alike."""
    found = {ours: theirs for theirs, ours in columns.matched(headers).items()}
    left = [header for header in headers if header not in found.values()]
    wanted = {**columns.required, **columns.optional}
    scored = [
        (score, ours, header)
        for ours, aliases in wanted.items()
        if ours not in found
        for header, score in _scores((ours, *aliases), left)
    ]
    for _, ours, header in sorted(scored, key=lambda each: -each[0]):
        if ours not in found and header not in found.values():
            found[ours] = header
    return {ours: found[ours] for ours in wanted if ours in found}


def chosen(headers: Sequence[str], columns: Mapping[str, str], known: Columns) -> ColumnMap:
    """The map a person chose; Refusal when it names one heading twice or a column we lack."""
    ours = {**known.required, **known.optional}
    strange = [name for name in columns if name not in ours]
    if strange:
        raise Refusal(
            f"{known.what.capitalize()} has no column called {strange[0]!r}",
            found=f"There are {', '.join(ours)}",
            remedy="Choose one of these for the heading",
        )
    used = [theirs for theirs in columns.values() if theirs]
    twice = next((theirs for theirs in used if used.count(theirs) > 1), "")
    if twice:
        names = [spoken(name) for name, theirs in columns.items() if theirs == twice]
        raise Refusal(
            f"The heading {twice!r} was chosen twice",
            found=f"For {' and '.join(names)}",
            remedy="Choose each heading once, and leave the other empty",
        )
    given = {name: theirs for name, theirs in columns.items() if theirs}
    return ColumnMap(fingerprint(headers), given)


def _scores(aliases: tuple[str, ...], headers: list[str]) -> list[tuple[str, float]]:
    """Headings that are like one of the words, with the best likeness of each."""
    spoken_words = [spoken(alias) for alias in aliases]
    found = []
    for header in headers:
        best = process.extractOne(
            spoken(header).casefold(), spoken_words, scorer=fuzz.WRatio, score_cutoff=LIKE_ENOUGH
        )
        if best is not None:
            found.append((header, float(best[1])))
    return found
