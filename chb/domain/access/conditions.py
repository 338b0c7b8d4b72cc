"""May this be done now? What the state of a thing allows, whoever asks.

Every rule is a pair: ``check_...`` raises with the reason, its boolean twin feeds the
screen. Who may do it is asked elsewhere.
"""

from __future__ import annotations

from datetime import date

from chb.domain.ocgs.register import Ocg, OcgStatus
from chb.domain.people import Person
from chb.domain.places.places import Place
from chb.domain.refusal import Refusal


def place_is_open(place: Place, *days: date) -> bool:
    """Whether phases and plans of a place may be changed, as of each of the days."""
    return all(place.is_open(day) for day in days)


def check_place_is_open(place: Place, *days: date) -> None:
    """Refusal for a place that is closed on any of the days."""
    if place_is_open(place, *days):
        return
    last = next(entry for entry in reversed(place.openings) if not entry.is_open)
    raise Refusal(
        f"{place.name} is closed",
        found=f"Closed from {last.effective_on:%d %B %Y} by {last.recorded_by}: {last.reason}",
        remedy="Reopen it with a reason, or resume Clear, which reopens it",
    )


def group_is_managed(ocg: Ocg) -> bool:
    """Whether a group is scored and reviewed now."""
    return ocg.status == OcgStatus.ACTIVE


def check_group_is_managed(ocg: Ocg) -> None:
    """Refusal for a group that is archived."""
    if not group_is_managed(ocg):
        raise Refusal(
            f"{ocg.code} is archived",
            cause="An archived group is neither scored nor reviewed",
            remedy="Make it active again first, with the reason",
        )


def may_be_given_work(person: Person, on: date) -> bool:
    """Whether somebody still works here on a day."""
    return not person.has_left(on)


def check_may_be_given_work(person: Person, on: date) -> None:
    """Refusal for somebody who left."""
    if not may_be_given_work(person, on):
        raise Refusal(
            f"{person.name} has left",
            found=f"On {person.left_on:%d %B %Y}, from {person.agency}",
            remedy="Choose somebody who is there, or write the role until it is filled",
        )
