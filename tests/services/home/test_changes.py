"""What changed since a moment: of what an officer may see, and in words that give nothing away."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chb.domain.access.roles import Role, View
from chb.domain.access.scope import NotForYou
from chb.domain.home import Subject
from chb.domain.ocgs.register import OcgReview, ReviewKind
from chb.domain.places.decisions import Approach, BusinessArea, DecisionDraft, Focus
from chb.domain.planning.interventions import InterventionStatus
from chb.domain.planning.stakeholders import Meeting
from chb.services.home.changes import changes_in_full
from chb.services.places.decisions import record_decision
from chb.services.planning.disruptions import record_disruption
from chb.services.planning.ocg_register import hold_review
from chb.services.planning.partnership import save_meeting
from chb.services.planning.plans import save_intervention, save_plan
from tests.conftest import NOW
from tests.services.place_makers import moved
from tests.services.planner_makers import (
    BY,
    DAY,
    made_disruption,
    made_intervention,
    made_ocg,
    made_place,
    made_plan,
    made_score,
)
from tests.services.views.shared_places import as_view

BEFORE = NOW - timedelta(hours=1)


def at(ws, **passed):
    moment = NOW + timedelta(**passed)
    return replace(ws, clock=lambda: moment)


def told(ws, since=BEFORE):
    """Title, what happened and what it is about, by subject."""
    return {
        group.subject: [(each.title, each.what, each.about) for each in group.newest]
        for group in changes_in_full(ws, since)
    }


@pytest.fixture
def morning(ws):
    """The same store a day later, when all that was made is old."""
    return at(ws, days=1)


def test_each_kind_of_thing_that_is_new_is_told_once(ws):
    place = made_place(ws)
    group = made_ocg(ws)
    made_score(ws, group)
    review = OcgReview(
        ocg_id=group.id, kind=ReviewKind.TRIGGER, held_on=DAY, why="shots", findings="as before"
    )
    hold_review(ws, review, by=BY)
    made_intervention(ws, made_plan(ws, place_id=place.id))
    made_disruption(ws, place_id=place.id)
    save_meeting(ws, Meeting(place_id=place.id, held_on=DAY, purpose="Monthly"), by=BY)
    decision = DecisionDraft(
        what="Begin with the stairwells",
        rationale="Harm gathers there",
        taken_on=DAY,
        business_area=BusinessArea.NONE,
        approach=Approach.DISRUPTION,
        focus=Focus.PLACE_BASED,
    )
    kept = record_decision(ws, decision, by=BY)
    assert told(ws) == {
        Subject.PLACES: [("Moorfield was started", "added", "Marram")],
        Subject.PLANS: [
            ("Plan of Moorfield", "added", ""),
            ("Patrols", "added", "Moorfield"),
        ],
        Subject.DECISIONS: [("Begin with the stairwells", "recorded", kept.reference)],
        Subject.DISRUPTIONS: [("Two addresses closed", "added", "Moorfield")],
        Subject.OCGS: [
            ("KITTIWAKE", "added", ""),
            ("Scored 2B, tier 1", "added", "KITTIWAKE"),
            ("Trigger review held", "added", "KITTIWAKE"),
        ],
        Subject.PARTNERSHIP: [("Monthly", "added", "Moorfield")],
    }


def test_nothing_is_told_of_what_is_older(ws, morning):
    made_disruption(ws, place_id=made_place(ws).id)
    assert told(morning, since=NOW) == {}


def test_a_status_says_from_what_to_what_over_all_saves_since(ws, morning):
    task = made_intervention(ws, made_plan(ws, place_id=made_place(ws).id))
    for status in (InterventionStatus.AGREED, InterventionStatus.UNDER_WAY):
        edited = replace(task, status=status)
        task = save_intervention(morning, edited, by="Somebody", reason="agreed")
    assert told(morning, since=NOW)[Subject.PLANS] == [
        ("Patrols", "proposed to under way", "Moorfield")
    ]
    change = changes_in_full(morning, NOW)[0].newest[0]
    assert (change.by, change.at) == ("Somebody", morning.now())


def test_a_phase_that_moved_is_told_with_its_place(ws, morning):
    moved(morning, made_place(ws))
    assert told(morning, since=NOW) == {Subject.PLACES: [("Moorfield", "Clear active", "")]}


def test_a_trigger_date_is_nobodys_to_be_told_of(ws, morning):
    plan = made_plan(ws, place_id=made_place(ws).id)
    save_plan(morning, replace(plan, trigger_on=DAY), by=BY, reason="strike day")
    assert told(morning, since=NOW) == {}


def signed(ws, subject=Subject.PLANS):
    """When what is told of was saved, and by whom, the newest first."""
    found = {group.subject: group.newest for group in changes_in_full(ws, NOW)}
    return [(each.what, each.by, each.at) for each in found[subject]]


def test_a_save_of_a_trigger_date_neither_dates_nor_signs_what_was_changed_before(ws, morning):
    plan = made_plan(ws, place_id=made_place(ws).id)
    edited = save_plan(morning, replace(plan, aim="Safer stairs"), by="P lead", reason="clearer")
    later = at(ws, days=3)
    save_plan(later, replace(edited, trigger_on=DAY), by="In the know", reason="strike day")
    expected = ("changed: aim", "P lead", morning.now())
    assert signed(later) == [expected]
    assert signed(as_view(later, View.RESTRICTED, Role.P_LEAD)) == [expected]


def test_a_plan_that_is_new_stays_its_starters_when_a_trigger_date_is_set(ws, morning):
    plan = made_plan(morning, place_id=made_place(ws).id)
    later = at(ws, days=3)
    save_plan(later, replace(plan, trigger_on=DAY), by="In the know", reason="strike day")
    assert signed(later) == [("added", BY, morning.now())]


def test_a_record_that_was_elsewhere_meanwhile_is_not_dated_by_its_way_back(ws, morning):
    place, group = made_place(ws), made_ocg(ws)
    event = made_disruption(ws, place_id=place.id)
    seen = replace(event, what="Three addresses closed")
    moved_away = record_disruption(morning, seen, by="P lead")
    for days, ocg_id in ((2, group.id), (3, None)):
        edited = replace(moved_away, ocg_id=ocg_id)
        moved_away = record_disruption(at(ws, days=days), edited, by="In the know")
    officer = as_view(at(ws, days=4), View.RESTRICTED, Role.P_LEAD)
    expected = [("changed: what", "P lead", morning.now())]
    assert signed(officer, Subject.DISRUPTIONS) == expected


def test_groups_that_one_need_not_know_are_in_no_title_and_no_count(ws):
    place = made_place(ws)
    group = made_ocg(ws)
    made_score(ws, group)
    made_intervention(ws, made_plan(ws, ocg_id=group.id), title="Bring KITTIWAKE in")
    made_disruption(ws, ocg_id=group.id, what="KITTIWAKE lost its cars")
    made_disruption(ws, place_id=place.id)
    officer = as_view(ws, View.RESTRICTED, Role.P_LEAD)
    found = changes_in_full(officer, BEFORE)
    assert "KITTIWAKE" not in str(found)
    assert {group.subject: group.number for group in found} == {
        Subject.PLACES: 1,
        Subject.DISRUPTIONS: 1,
    }


def test_partners_are_refused_and_that_officers_looked_is_on_record(ws):
    with pytest.raises(NotForYou):
        changes_in_full(as_view(ws, View.PARTNER), BEFORE)
    officer = as_view(ws, View.RESTRICTED, Role.LRO)
    changes_in_full(officer, BEFORE)
    with ws.reading() as tx:
        last = tx.audit.last_at()
        assert last == officer.now()


def test_beyond_what_is_read_the_list_says_that_there_is_more(ws, monkeypatch):
    monkeypatch.setattr("chb.services.home.changes.MOST_READ", 2)
    place = made_place(ws)
    for number in range(3):
        made_disruption(ws, place_id=place.id, what=f"Event {number}")
    group = next(g for g in changes_in_full(ws, BEFORE) if g.subject == Subject.DISRUPTIONS)
    assert (group.number, group.is_more) == (2, True)
    assert [each.title for each in group.newest] == ["Event 2", "Event 1"]
