"""What is due, overdue, waiting, and coming."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chb.domain.ocgs.register import OcgStanding, OcgStatus
from chb.domain.planning.debriefs import Thanks
from chb.domain.planning.intelligence import CollectionMethod, CollectionStep, Reply
from chb.domain.planning.interventions import InterventionStatus, Milestone
from chb.domain.planning.my_work import (
    Timing,
    WorkItem,
    WorkKind,
    in_order,
    of_debriefs,
    of_interventions,
    of_objectives,
    of_requests,
    of_requirements,
    of_reviews,
)
from chb.domain.planning.plans import Objective, Pillar
from tests.domain.ocgs.test_register import OCG
from tests.domain.planning.test_intelligence import REQUEST, REQUIREMENT
from tests.domain.planning.test_plans import PLAN, work
from tests.domain.test_partnership import DEBRIEF

TODAY = date(2026, 3, 4)


def item(days=None, waiting_on=""):
    due_on = None if days is None else TODAY + timedelta(days)
    return WorkItem(WorkKind.INTERVENTION, "Patrol", due_on, "i", waiting_on=waiting_on)


@pytest.mark.parametrize(
    ("work_item", "timing"),
    [
        (item(-1), Timing.OVERDUE),
        (item(-1, "Housing"), Timing.OVERDUE),
        (item(0), Timing.DUE),
        (item(7), Timing.DUE),
        (item(8), Timing.COMING),
        (item(30), Timing.COMING),
        (item(31), Timing.LATER),
        (item(3, "Housing"), Timing.WAITING),
        (item(None, "Housing"), Timing.WAITING),
        (item(), Timing.UNDATED),
    ],
)
def test_the_timing_of_work(work_item, timing):
    assert work_item.timing(TODAY) is timing


@given(st.lists(st.builds(item, st.none() | st.integers(-400, 400), st.sampled_from(["", "X"]))))
def test_every_item_is_under_one_timing_by_due_date(items):
    groups = in_order(items, TODAY)
    assert list(groups) == list(Timing)
    assert sum(map(len, groups.values())) == len(items)
    for group in groups.values():
        dates = [each.due_on or date.max for each in group]
        assert dates == sorted(dates)


def test_open_work_brings_its_open_milestones_and_its_handover():
    steps = (Milestone("List agreed", TODAY, TODAY), Milestone("Half done", TODAY))
    each = work(milestones=steps, handover_to="Wardens", handover_on=TODAY)
    assert [found.kind for found in of_interventions([each], "The Saltings")] == [
        WorkKind.INTERVENTION,
        WorkKind.MILESTONE,
        WorkKind.HANDOVER,
    ]
    assert of_interventions([replace(each, status=InterventionStatus.STOPPED)], "") == ()


def test_objectives_belong_to_their_owner():
    plan = replace(PLAN, objectives=(Objective(Pillar.PURSUE, "Close it", owner="a@example.org"),))
    assert len(of_objectives(plan, "a@example.org", "")) == 1
    assert of_objectives(plan, "b@example.org", "") == ()


def test_reviews_come_to_the_lead_of_an_active_group():
    standing = OcgStanding(OCG, None, TODAY)
    archived = replace(standing, ocg=replace(OCG, status=OcgStatus.ARCHIVED))
    (review,) = of_reviews([standing, archived], OCG.lro)
    assert (review.kind, review.due_on) == (WorkKind.REVIEW, TODAY)
    assert of_reviews([standing], "somebody else") == ()


def test_a_requirement_waits_on_the_first_source_that_has_not_delivered():
    steps = (
        CollectionStep("Prison", CollectionMethod.OVERT, delivered_on=TODAY),
        CollectionStep("Bank", CollectionMethod.OVERT),
    )
    (found,) = of_requirements([replace(REQUIREMENT, collection=steps)])
    assert found.waiting_on == "Bank"
    assert of_requirements([replace(REQUIREMENT, answered_on=TODAY)]) == ()


def test_a_request_without_reply_waits_on_the_agency():
    answered = replace(REQUEST, replies=(Reply(TODAY, "desk", "No"),))
    (found,) = of_requests([REQUEST, answered], TODAY)
    assert found.waiting_on == "Housing"


def test_thanks_owed_are_work():
    owed = replace(DEBRIEF, thanks=(Thanks("School"), Thanks("Housing", TODAY)))
    assert [found.title for found in of_debriefs([owed])] == ["Thank School (Strike day)"]
