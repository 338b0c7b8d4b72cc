"""Whom something serves and how many: the same limits for an asset and for one of its sessions."""

from __future__ import annotations

from typing import Final

from chb.domain.refusal import Refusal

OLDEST_AGE: Final = 120
MOST_PEOPLE: Final = 100_000


def check_ages(youngest: int | None, oldest: int | None, *, what: str) -> None:
    """Refusal for ages in whole years that no person has, or the wrong way round."""
    lowest = 0 if youngest is None else youngest
    highest = OLDEST_AGE if oldest is None else oldest
    if not 0 <= lowest <= highest <= OLDEST_AGE:
        raise Refusal(
            f"The ages of {what} run from the youngest to the oldest",
            found=f"From {youngest} to {oldest}",
            remedy=f"Give whole years from 0 to {OLDEST_AGE}, or leave an end open",
        )


def check_capacity(capacity: int | None, *, what: str) -> None:
    """Refusal for a number of people at once that no building holds."""
    if capacity is not None and not 1 <= capacity <= MOST_PEOPLE:
        raise Refusal(
            f"The capacity of {what} is how many people it takes at once",
            found=f"Found {capacity:,}",
            remedy="Give a whole number from 1, or leave it empty where nobody knows",
        )


def ages_words(youngest: int | None, oldest: int | None) -> str:
    """``14 to 25``, ``18 and over``, ``up to 17``, ``all ages``; both ends included."""
    if youngest is None and oldest is None:
        return "all ages"
    if oldest is None:
        return f"{youngest} and over"
    return f"up to {oldest}" if youngest is None else f"{youngest} to {oldest}"
