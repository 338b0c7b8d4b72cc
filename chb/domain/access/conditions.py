"""May this be done now? What the state of a thing allows, whoever asks.

Every rule is a pair: ``check_...`` raises with the reason, its boolean twin feeds the
screen. Who may do it is asked elsewhere.
"""

from __future__ import annotations

from datetime import date

from chb.domain.ocgs.register import Ocg, OcgStatus
from chb.domain.people import Person
from chb.domain.places.phases import Phase
from chb.domain.places.places import Place
from chb.domain.planning.interventions import Intervention
from chb.domain.refusal import Refusal


def place_is_open(place: Place, on: date) -> bool:
    """Whether phases and plans of a place may be changed on a day."""
    return place.is_open(on)


def check_place_is_open(place: Place, on: date) -> None:
    """Refusal for a place that is closed on a day."""
    if not place_is_open(place, on):
        raise Refusal(
            f"{place.name} is closed",
            found=f"It is closed on {on:%d %B %Y}",
            remedy="Open it again first, with the reason",
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
            found=f"They left on {person.left_on:%d %B %Y}",
            remedy="Choose somebody who works here; what they did stays under their name",
        )


def may_be_shared(intervention: Intervention, trigger_on: date | None, on: date) -> bool:
    """Whether partners may see an intervention: Clear only from its trigger date on."""
    if intervention.phase != Phase.CLEAR:
        return True
    day = intervention.trigger_on or trigger_on
    return day is not None and day <= on


def check_may_be_shared(intervention: Intervention, trigger_on: date | None, on: date) -> None:
    """Refusal to show partners what is covert yet; it says nothing of the work itself."""
    if not may_be_shared(intervention, trigger_on, on):
        raise Refusal(
            "This work is not shared with partners yet",
            cause="Work of Clear is shared from its trigger date on",
            remedy="Set the trigger date, or share Hold and Build only",
        )
