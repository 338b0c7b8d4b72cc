"""Finding the columns a reader wants under the headers a publisher wrote."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from chb.domain.refusal import Refusal

Aliases = Mapping[str, tuple[str, ...]]
"""Our name of a column, and the other headers it is known by, in order of preference."""

MOST_COLUMNS: Final = 200


@dataclass(frozen=True)
class Columns:
    """The columns of one kind of table; ``what`` names it in sentences."""

    what: str
    required: Aliases
    optional: Aliases = field(default_factory=dict)
    remedy: str = ""

    def matched(self, headers: Sequence[str]) -> dict[str, str]:
        """Header to our name, for each column found; nothing is required here."""
        by_normal = {normal(header): header for header in reversed(headers)}
        found: dict[str, str] = {}
        for name, others in {**self.required, **self.optional}.items():
            for alias in (name, *others):
                header = by_normal.get(normal(alias))
                if header is not None and header not in found:
                    found[header] = name
                    break
        return found

    def fits(self, headers: Sequence[str]) -> int:
        """How many of the required columns the headers hold."""
        return sum(name in self.required for name in self.matched(headers).values())

    def require(self, headers: Sequence[str], source: str) -> dict[str, str]:
        """Header to our name; Refusal naming the missing columns and the nearest found."""
        found = self.matched(headers)
        missing = [name for name in self.required if name not in found.values()]
        if not missing:
            return found
        nearest = {name: self._nearest(name, headers) for name in missing}
        raise Refusal(
            f"{source} lacks columns that {self.what} must have:"
            f" {', '.join(spoken(name) for name in missing)}",
            found="; ".join(_found(name, near) for name, near in nearest.items())
            + f". The columns are {', '.join(headers[:12])}",
            cause=_likely_cause(headers),
            remedy=self.remedy or "Rename the columns, or check that this is the right file",
        )

    def _nearest(self, name: str, headers: Sequence[str]) -> str:
        aliases = (name, *{**self.required, **self.optional}[name])
        scored = [
            (difflib.SequenceMatcher(None, normal(alias), normal(header)).ratio(), header)
            for alias in aliases
            for header in headers
        ]
        score, header = max(scored, default=(0.0, ""))
        return header if score >= 0.5 else ""


def normal(header: str) -> str:
    """A header without case, width of letters, spaces, underscores and punctuation."""
    return re.sub(r"[^0-9a-z]", "", unicodedata.normalize("NFKC", header).casefold())


def spoken(name: str) -> str:
    """One of our column names as a person would write it."""
    return name.replace("_", " ")


def checked_headers(headers: Sequence[str], source: str) -> tuple[str, ...]:
    """The headers, blank ones numbered; Refusal for too many or two alike."""
    if len(headers) > MOST_COLUMNS:
        raise Refusal(
            f"{source} has more columns than a table may",
            found=f"Found {len(headers):,}, the limit is {MOST_COLUMNS}",
            cause="Rows and columns may have been swapped on export",
            remedy="Keep the columns that are asked for",
        )
    names = tuple(
        header.strip() or f"column {place}" for place, header in enumerate(headers, start=1)
    )
    first_at: dict[str, int] = {}
    for place, name in enumerate(names, start=1):
        earlier = first_at.setdefault(name.casefold(), place)
        if earlier != place:
            raise Refusal(
                f"{source} has two columns of the same name",
                found=f"{name!r} is column {earlier} and column {place}",
                cause=_likely_cause(headers),
                remedy="Rename or remove one of them",
            )
    return names


def _found(name: str, near: str) -> str:
    return f"nearest to {spoken(name)} is {near!r}" if near else f"nothing like {spoken(name)}"


def _likely_cause(headers: Sequence[str]) -> str:
    if any(re.fullmatch(r"-?\d+([.,]\d+)?", header) for header in headers):
        return "The first line holds values: the file probably has no header row"
    return ""
