"""When an asset is open, and for whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from enum import StrEnum
from typing import Any, Self

from chb.domain.assets.ages import check_ages, check_capacity
from chb.domain.refusal import Refusal
from chb.domain.wording import checked_line


class Weekday(StrEnum):
    """Days in the order of the week."""

    MONDAY = "Monday"
    TUESDAY = "Tuesday"
    WEDNESDAY = "Wednesday"
    THURSDAY = "Thursday"
    FRIDAY = "Friday"
    SATURDAY = "Saturday"
    SUNDAY = "Sunday"


@dataclass(frozen=True)
class Session:
    """One weekly opening or activity; age in whole years, both ends included."""

    weekday: Weekday
    start: time
    end: time
    activity: str = ""
    youngest: int | None = None
    oldest: int | None = None
    term_time_only: bool = False
    capacity: int | None = None
    """People at once."""
    exceptions: tuple[date, ...] = ()
    """Days on which it does not happen."""

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise Refusal(
                "A session ends after it starts",
                found=f"{self.weekday}: {self.start:%H:%M} to {self.end:%H:%M}",
                cause="The two times are probably the wrong way round",
                remedy="Split a session that runs past midnight in two",
            )

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Session:
        """The reverse of ``as_dict``; ValueError or KeyError for other values."""
        return cls(
            weekday=Weekday(values["weekday"]),
            start=time.fromisoformat(values["start"]),
            end=time.fromisoformat(values["end"]),
            activity=values.get("activity") or "",
            youngest=values.get("youngest"),
            oldest=values.get("oldest"),
            term_time_only=bool(values.get("term_time_only", False)),
            capacity=values.get("capacity"),
            exceptions=tuple(map(date.fromisoformat, values.get("exceptions") or ())),
        )

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "weekday": self.weekday.value,
            "start": f"{self.start:%H:%M}",
            "end": f"{self.end:%H:%M}",
            "activity": self.activity,
            "youngest": self.youngest,
            "oldest": self.oldest,
            "term_time_only": self.term_time_only,
            "capacity": self.capacity,
            "exceptions": [day.isoformat() for day in self.exceptions],
        }

    def checked(self) -> Self:
        """The session as it will be kept; Refusal for ages or a capacity that cannot be."""
        check_ages(self.youngest, self.oldest, what="a session")
        check_capacity(self.capacity, what="a session")
        return replace(
            self,
            activity=checked_line(self.activity, what="What happens then", required=False),
            exceptions=tuple(sorted(set(self.exceptions))),
        )

    def overlaps(self, other: Session) -> bool:
        """Same weekday, and the times share more than an instant."""
        return self.weekday == other.weekday and self.start < other.end and other.start < self.end

    def serves(self, youngest: int, oldest: int) -> bool:
        """Whether anybody of that age band may come."""
        lowest = 0 if self.youngest is None else self.youngest
        highest = 200 if self.oldest is None else self.oldest
        return lowest <= oldest and youngest <= highest
