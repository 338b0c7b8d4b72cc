"""Months and the periods made of them: the finest time open police data has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from chb.domain.refusal import Refusal

_MONTH_TEXT = re.compile(r"(\d{4})-(\d{2})")
_YEARS: Final = range(1900, 2200)
"""Of any month that data or a plan can be about; another year is a slip of the finger."""


@dataclass(frozen=True, order=True)
class Month:
    """One calendar month, written ``2025-01``."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read ``YYYY-MM``; raises Refusal for anything else."""
        match = _MONTH_TEXT.fullmatch(text.strip())
        if match is None or not 1 <= int(match[2]) <= 12:
            raise Refusal(
                "A month is written as year-month",
                found=f"Found {text!r}",
                remedy="Write, for example, 2025-01",
            )
        if int(match[1]) not in _YEARS:
            raise Refusal(
                f"A month is in the years {_YEARS[0]} to {_YEARS[-1]}",
                found=f"Found {text!r}",
                cause="A figure of the year is probably wrong",
                remedy="Write, for example, 2025-01",
            )
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def from_ordinal(cls, ordinal: int) -> Month:
        """The month ``ordinal`` months after January of year 0."""
        return cls(ordinal // 12, ordinal % 12 + 1)

    @property
    def ordinal(self) -> int:
        """Months since January of year 0, so that months can be subtracted."""
        return self.year * 12 + self.number - 1

    def plus(self, months: int) -> Month:
        """The month ``months`` later (earlier if negative)."""
        return Month.from_ordinal(self.ordinal + months)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"


@dataclass(frozen=True)
class Period:
    """A run of whole months, both ends included."""

    first: Month
    last: Month

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise Refusal(
                "The period ends before it starts",
                found=f"From {self.first} to {self.last}",
                cause="The two months are probably the wrong way round",
                remedy=f"Ask for {self.last} to {self.first}",
            )

    @classmethod
    def parse(cls, first: str, last: str) -> Period:
        """Read two ``YYYY-MM`` texts."""
        return cls(Month.parse(first), Month.parse(last))

    @property
    def n_months(self) -> int:
        return self.last.ordinal - self.first.ordinal + 1

    def __iter__(self) -> Iterator[Month]:
        return (self.first.plus(step) for step in range(self.n_months))

    def __contains__(self, month: Month) -> bool:
        return self.first <= month <= self.last

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first} to {self.last}"
