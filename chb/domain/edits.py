"""What every change of a place says, and what happens when two people change one at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chb.domain.places.places import checked_day, checked_reason
from chb.domain.refusal import Refusal
from chb.domain.wording import checked_line


@dataclass(frozen=True, kw_only=True)
class Edit:
    """Why, by whom and from when a place is changed, and the version the person saw.

    ``on`` is today when it is left out. ``request_key`` is drawn by the form, so
    that a form sent twice changes once.
    """

    reason: str
    by: str
    version: int
    on: date | None = None
    request_key: str = ""

    def checked(self, *, today: date, what: str) -> CheckedEdit:
        """The edit as it will be kept; Refusal without a reason or an author."""
        return CheckedEdit(
            reason=checked_reason(self.reason, what=what),
            by=checked_author(self.by),
            version=self.version,
            on=checked_day(self.on or today, today=today, what=what),
            request_key=self.request_key,
        )


@dataclass(frozen=True, kw_only=True)
class CheckedEdit(Edit):
    """An edit that may be kept: its day is known."""

    on: date


class StaleEdit(Refusal):
    """Refused because somebody else saved first. Carries both versions, in words.

    ``theirs`` is saved; ``yours`` was not, and is given back so that a form can
    show the two side by side.
    """

    def __init__(
        self, what: str, *, seen_version: int, version: int, theirs: str, yours: str
    ) -> None:
        self.theirs = theirs
        self.yours = yours
        super().__init__(
            f"{what} was changed while you were looking at it",
            found=f"You saw version {seen_version}; it is now version {version}. "
            f"Theirs: {theirs}. Yours: {yours}",
            remedy="Look at theirs, which is saved; send yours again if it still holds",
        )

    def as_dict(self) -> dict[str, str]:
        return super().as_dict() | {"theirs": self.theirs, "yours": self.yours}


def checked_author(by: str) -> str:
    """Who does it, as it will be recorded; Refusal when nobody is named."""
    by = checked_line(by, what="The name of who did this", required=False)
    if not by:
        raise Refusal(
            "The record needs to say who did this",
            remedy="Choose your name, or type your role, for example LRO",
        )
    return by
