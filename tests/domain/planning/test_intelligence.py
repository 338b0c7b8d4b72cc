"""Requirements that drive something, and requests that are specific."""

from dataclasses import replace
from datetime import date

import pytest

from chb.domain.planning.intelligence import (
    CollectionMethod,
    CollectionStep,
    IntelligenceRequirement,
    Need,
    PartnerRequest,
    Reply,
    RequestHeading,
    RequestState,
)
from chb.domain.refusal import Refusal

ASKED, DUE = date(2026, 3, 1), date(2026, 3, 10)
REQUIREMENT = IntelligenceRequirement(
    question="Who supplies the group?", drives="A stop of the supply", ocg_id="o"
)
REQUEST = PartnerRequest(
    agency="Housing",
    heading=RequestHeading.BEHAVIOUR,
    question="Which doors were used at night in February?",
    asked_by="lro@example.org",
    asked_on=ASKED,
    due_on=DUE,
    place_id="p",
)


def test_what_we_need_to_know_drives_something():
    with pytest.raises(Refusal, match="What the answer will drive is missing"):
        replace(REQUIREMENT, drives=" ").checked()
    nice = replace(REQUIREMENT, drives="", need=Need.NICE_TO_KNOW)
    assert nice.checked().is_open


def test_an_answered_requirement_holds_its_answer():
    with pytest.raises(Refusal, match="The answer is missing"):
        replace(REQUIREMENT, answered_on=ASKED).checked()
    answered = replace(REQUIREMENT, answered_on=ASKED, answer="From the next county")
    assert not answered.checked().is_open


def test_a_requirement_is_overdue_until_it_is_answered():
    late = replace(REQUIREMENT, due_on=ASKED)
    assert late.is_overdue(DUE) and not late.is_overdue(ASKED)
    assert not replace(late, answered_on=DUE, answer="From the next county").is_overdue(DUE)
    assert not REQUIREMENT.is_overdue(DUE)


def test_a_source_is_overdue_until_it_delivers():
    late = CollectionStep("Prison intelligence", CollectionMethod.OVERT, due_on=ASKED)
    assert late.is_overdue(DUE) and not late.is_overdue(ASKED)
    assert not replace(late, delivered_on=DUE).is_overdue(DUE)
    assert not replace(late, due_on=None).is_overdue(DUE)


def test_requests_have_six_headings_that_say_what_they_ask_for():
    assert len(RequestHeading) == 6
    assert len({heading.asks_for for heading in RequestHeading}) == 6


@pytest.mark.parametrize(
    "question", ["Please send everything you have on them", "ANYTHING you know?"]
)
def test_a_catch_all_request_is_refused(question):
    with pytest.raises(Refusal, match="asks for all that the agency has"):
        replace(REQUEST, question=question).checked()


def test_a_reply_is_not_due_before_the_question():
    with pytest.raises(Refusal, match="The request ends before it starts"):
        replace(REQUEST, due_on=date(2026, 2, 28)).checked()


def test_a_request_waits_then_is_overdue_then_answered():
    assert REQUEST.state(DUE) is RequestState.WAITING
    assert REQUEST.state(date(2026, 3, 11)) is RequestState.OVERDUE
    answered = replace(REQUEST, replies=(Reply(DUE, "Housing desk", "Block C"),))
    assert answered.state(date(2026, 3, 11)) is RequestState.ANSWERED
    assert replace(REQUEST, is_closed=True).state(DUE) is RequestState.ANSWERED
