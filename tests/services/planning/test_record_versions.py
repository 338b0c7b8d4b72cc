"""Versions of a record: each that a person may know of, and no trace of those they may not."""

from dataclasses import replace
from datetime import date

import pytest

from chb.domain.access.grants import Basis
from chb.domain.access.roles import Role
from chb.services.planning.plans import save_intervention, save_plan
from chb.services.planning.record_versions import RecordKind, versions_of
from tests.services.access.scopes import as_person, granted
from tests.services.planner_makers import BY, made_intervention, made_place, made_plan

STRIKE = date(2026, 4, 1)
LEAD, OUTSIDE = "lro@example.org", "p@example.org"


@pytest.fixture
def plan(ws):
    """A plan whose trigger date was set, and set anew, between two edits that are no secret."""
    plan = made_plan(ws, place_id=made_place(ws).id)
    saves = (
        {"trigger_on": date(2026, 3, 30)},
        {"aim": "Safer stairs"},
        {"trigger_on": STRIKE},
        {"aim": "Safe stairs"},
        {"trigger_on": date(2026, 4, 2), "exit_strategy": "Wardens take over"},
    )
    for number, changes in enumerate(saves):
        by = "In the know" if set(changes) == {"trigger_on"} else BY
        plan = save_plan(ws, replace(plan, **changes), by=by, reason=f"Reason {number}")
    return plan


@pytest.fixture
def outside(ws):
    return as_person(ws, OUTSIDE, Role.P_LEAD)


def listed(ws, kind, record):
    """Number, names of what changed, author and reason of each version, the latest first."""
    return [
        (each.number, sorted(each.changes), each.signature.by, each.signature.reason)
        for each in versions_of(ws, kind, record.id)
    ]


def test_a_save_of_the_trigger_date_alone_leaves_no_trace_for_who_may_not_know_it(plan, outside):
    assert listed(outside, RecordKind.PLAN, plan) == [
        (4, ["exit_strategy"], BY, ""),
        (3, ["aim"], BY, "Reason 3"),
        (2, ["aim"], BY, "Reason 1"),
        (1, [], BY, ""),
    ]


def test_who_leads_is_told_of_every_version(ws, plan):
    lead = as_person(ws, LEAD, Role.LRO)
    assert [number for number, *_ in listed(lead, RecordKind.PLAN, plan)] == [6, 5, 4, 3, 2, 1]
    assert listed(lead, RecordKind.PLAN, plan)[1:4] == [
        (5, ["aim"], BY, "Reason 3"),
        (4, ["trigger_on"], "In the know", "Reason 2"),
        (3, ["aim"], BY, "Reason 1"),
    ]


def test_work_that_was_a_secret_meanwhile_is_read_as_if_it_never_was(ws, outside):
    place = made_place(ws)
    work = made_intervention(ws, made_plan(ws, place_id=place.id))
    for trigger_on, title in ((STRIKE, "Patrols"), (None, "Patrols"), (None, "Walks")):
        edited = replace(work, trigger_on=trigger_on, title=title)
        work = save_intervention(ws, edited, by=BY, reason=f"{title}, {trigger_on}")
    assert listed(outside, RecordKind.INTERVENTION, work) == [
        (2, ["title"], BY, "Walks, None"),
        (1, [], BY, ""),
    ]
    granted(ws, OUTSIDE, Basis.INDOCTRINATED, place_id=place.id)
    inside = as_person(ws, OUTSIDE, Role.P_LEAD)
    assert [number for number, *_ in listed(inside, RecordKind.INTERVENTION, work)] == [4, 3, 2, 1]


def test_a_save_that_changed_nothing_is_told_with_its_reason(ws, outside):
    plan = made_plan(ws, place_id=made_place(ws).id)
    save_plan(ws, plan, by=BY, reason="Read again, still right")
    assert listed(outside, RecordKind.PLAN, plan) == [
        (2, [], BY, "Read again, still right"),
        (1, [], BY, ""),
    ]
