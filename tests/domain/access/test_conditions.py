"""What the state of a thing allows: each rule and its twin agree."""

from datetime import UTC, date, datetime

import pytest

from chb.domain.access.conditions import (
    check_group_is_managed,
    check_may_be_given_work,
    check_place_is_open,
    group_is_managed,
    may_be_given_work,
    place_is_open,
)
from chb.domain.ocgs.register import Ocg, OcgModel, OcgStatus, SocCategory
from chb.domain.people import Person
from chb.domain.places.places import Place
from chb.domain.places.records import Opening
from chb.domain.refusal import Refusal

NOW = datetime(2026, 3, 4, tzinfo=UTC)
MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)


def test_a_place_is_changed_while_it_is_open():
    closed = Opening(
        reason="done", recorded_by="LRO", recorded_at=NOW, is_open=False, effective_on=APRIL
    )
    place = Place("p", "Moorfield", "Marram", (), (), NOW, 1, openings=(closed,))
    check_place_is_open(place, MARCH)
    assert place_is_open(place, MARCH) and not place_is_open(place, MARCH, APRIL)
    with pytest.raises(Refusal, match="Closed from 01 April 2026 by LRO: done"):
        check_place_is_open(place, MARCH, APRIL)


@pytest.mark.parametrize("status", list(OcgStatus))
def test_a_group_is_scored_and_reviewed_while_it_is_managed(status):
    ocg = Ocg(
        code="KITTIWAKE",
        lro="lro@example.org",
        tasked_on=MARCH,
        category=SocCategory.DOMINATE,
        model=OcgModel.CO_OPERATIVE,
        status=status,
    )
    assert group_is_managed(ocg) is (status == OcgStatus.ACTIVE)
    if group_is_managed(ocg):
        check_group_is_managed(ocg)
        return
    with pytest.raises(Refusal, match="KITTIWAKE is archived"):
        check_group_is_managed(ocg)


def test_work_is_given_to_those_who_are_there():
    person = Person("A. Reader", "Police", "LRO", "a@example.org", left_on=APRIL)
    check_may_be_given_work(person, MARCH)
    assert may_be_given_work(person, MARCH) and not may_be_given_work(person, APRIL)
    with pytest.raises(Refusal, match=r"A\. Reader has left"):
        check_may_be_given_work(person, APRIL)
