"""Plans of places and OCGs, filled from the menu and seen as a whole."""

from dataclasses import replace
from datetime import date

import pytest

from chb.domain.access.roles import Role
from chb.domain.edits import StaleEdit
from chb.domain.people import Person
from chb.domain.places.phases import Phase
from chb.domain.planning.disruptions import DisruptionLevel
from chb.domain.planning.interventions import InterventionStatus
from chb.domain.planning.plan_frames import PlanFrame
from chb.domain.planning.plans import Pillar, Undeveloped
from chb.domain.refusal import Refusal
from chb.services.planning.plan_frames import plan_under
from chb.services.planning.plans import (
    list_plans,
    plan_of,
    plan_view,
    save_intervention,
    save_plan,
    work_left_behind,
)
from chb.services.planning.record_versions import RecordKind, versions_of
from chb.services.planning.tactics import add_tactic, list_tactics
from tests.services.access.scopes import as_person
from tests.services.planner_makers import (
    BY,
    LITERAL,
    made_disruption,
    made_intervention,
    made_ocg,
    made_place,
    made_plan,
)


def test_a_place_and_an_ocg_have_one_plan_each(ws):
    place, ocg = made_place(ws), made_ocg(ws)
    of_place, of_ocg = made_plan(ws, place_id=place.id), made_plan(ws, ocg_id=ocg.id)
    assert list_plans(ws) == (of_place, of_ocg)
    assert plan_of(ws, place_id=place.id).plan == of_place
    assert plan_of(ws, ocg_id=ocg.id).plan == of_ocg
    with pytest.raises(Refusal, match="There is a plan for it already"):
        made_plan(ws, place_id=place.id)


def test_there_is_no_plan_before_it_is_started(ws):
    assert plan_of(ws, place_id=made_place(ws).id) is None


def test_a_view_shows_the_matrix_the_police_share_and_what_is_missing(ws):
    plan = made_plan(ws, place_id=made_place(ws).id)
    patrol = made_intervention(ws, plan, title=LITERAL)
    made_intervention(
        ws, plan, phase=Phase.BUILD, pillar=Pillar.PREPARE, is_police_led=False, is_adopted=True
    )
    view = plan_view(ws, plan.id)
    assert view.matrix[Phase.CLEAR, Pillar.PURSUE] == (patrol,)
    assert view.interventions[0].title == LITERAL
    assert view.police_share == {Phase.CLEAR: 1.0, Phase.HOLD: None, Phase.BUILD: 0.0}
    found = [concern.sentence for concern in view.concerns]
    assert "Hold has no intervention: it is designed from the first day" in found


def test_a_p_that_cannot_be_developed_says_why_in_the_plan(ws):
    plan = made_plan(ws, place_id=made_place(ws).id)
    why = Undeveloped(Pillar.PURSUE, "No offender is known")
    save_plan(ws, replace(plan, undeveloped=(why,)), by=BY, reason="Nobody is left")
    assert plan_view(ws, plan.id).plan.undeveloped == (why,)


def test_a_tactic_is_copied_and_the_copy_is_edited_on_its_own(ws):
    plan = made_plan(ws, place_id=made_place(ws).id)
    tactic = list_tactics()[0]
    values = {"plan_id": plan.id, "phase": Phase.CLEAR, "lead_agency": "Police", "by": BY}
    for _ in range(2):
        copy = add_tactic(ws, tactic.key, is_police_led=True, request_key="form", **values)
    save_intervention(ws, replace(copy, title="Our own words"), by=BY, reason="Plainer")
    (found,) = plan_view(ws, plan.id).interventions
    assert (found.title, found.tactic_key) == ("Our own words", tactic.key)
    assert list_tactics()[0] == tactic
    with pytest.raises(Refusal, match="not on the menu"):
        add_tactic(ws, "castle", is_police_led=True, **values)


def test_a_change_says_why_and_a_new_record_need_not(ws):
    plan = made_plan(ws, place_id=made_place(ws).id)
    patrol = made_intervention(ws, plan)
    with pytest.raises(Refusal, match="A change of a plan needs a reason"):
        save_plan(ws, replace(plan, aim="Other"), by=BY)
    with pytest.raises(Refusal, match="A change of an intervention needs a reason"):
        save_intervention(ws, replace(patrol, title="Other"), by=BY, reason=" \n")
    view = plan_view(ws, plan.id)
    assert (view.plan, view.interventions) == (plan, (patrol,))


def test_new_clear_work_is_answered_alike_whether_or_not_a_trigger_date_is_set(ws):
    plan = made_plan(ws, place_id=made_place(ws).id)
    p_lead = as_person(ws, "p@example.org", Role.P_LEAD)
    open_work = made_intervention(p_lead, plan, request_key="form-1")
    save_plan(ws, replace(plan, trigger_on=date(2026, 4, 1)), by=BY, reason="Strike day")
    secret = made_intervention(p_lead, plan, request_key="form-2")
    assert replace(secret, id=open_work.id) == open_work
    assert made_intervention(p_lead, plan, request_key="form-2") == secret
    assert plan_view(p_lead, plan.id).interventions == ()
    assert plan_view(ws, plan.id).interventions == (open_work, secret)


def test_every_version_is_kept_with_who_saved_it_and_why(ws):
    plan = made_plan(ws, place_id=made_place(ws).id)
    patrol = made_intervention(ws, plan)
    save_intervention(ws, replace(patrol, title=LITERAL), by="P lead", reason=LITERAL)
    second, first = versions_of(ws, RecordKind.INTERVENTION, patrol.id)
    assert (first.changes, first.signature.reason) == ({}, "")
    assert second.changes == {"title": ("Patrols", LITERAL)}
    assert (second.signature.by, second.signature.reason) == ("P lead", LITERAL)
    save_plan(ws, replace(plan, exit_strategy="Wardens take over"), by=BY, reason="Agreed")
    found = versions_of(ws, RecordKind.PLAN, plan.id)
    assert [each.signature.reason for each in found] == ["Agreed", ""]


def test_a_stale_edit_of_an_intervention_is_refused(ws):
    plan = made_plan(ws, place_id=made_place(ws).id)
    seen = made_intervention(ws, plan)
    moved = replace(seen, status=InterventionStatus.UNDER_WAY)
    save_intervention(ws, moved, by="P lead", reason="Started on Monday")
    with pytest.raises(StaleEdit, match="changed while you were looking"):
        save_intervention(ws, replace(seen, title="Other"), by=BY, reason="Clearer")
    (found,) = plan_view(ws, plan.id).interventions
    assert (found.title, found.status) == ("Patrols", InterventionStatus.UNDER_WAY)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"title": "x" * 10_000}, "at most 200 characters"),
        ({"starts_on": date(2026, 5, 1), "due_on": date(2026, 4, 1)}, "ends before it starts"),
        ({"asset_ids": ("gone",)}, "asset that the intervention uses is not there"),
        ({"ocg_id": "gone"}, "The OCG that it belongs to is not there"),
        ({"owner": "A. Reader"}, "A. Reader has left"),
        ({"owner": "a.reader@example.org"}, "A. Reader has left"),
    ],
)
def test_what_cannot_be_added_leaves_the_plan_as_it_was(ws, changes, says):
    left = Person("A. Reader", "Council", "warden", "a.reader@example.org", date(2026, 1, 31))
    with ws.writing() as tx:
        tx.people.put([left], source_sha256="")
    plan = made_plan(ws, place_id=made_place(ws).id)
    with pytest.raises(Refusal, match=says):
        made_intervention(ws, plan, **changes)
    assert plan_view(ws, plan.id).interventions == ()


def test_open_work_of_somebody_who_leaves_is_found_and_can_still_be_edited(ws):
    plan = made_plan(ws, place_id=made_place(ws).id)
    seen = made_intervention(ws, plan, owner="a.reader@example.org")
    made_intervention(ws, plan, owner="lro@example.org")
    assert work_left_behind(ws) == ()
    left = Person("A. Reader", "Council", "warden", "a.reader@example.org", ws.today())
    with ws.writing() as tx:
        tx.people.put([left], source_sha256="")
    renamed = replace(seen, title="Evening patrols")
    edited = save_intervention(ws, renamed, by=BY, reason="Evenings are worst")
    assert work_left_behind(ws) == (edited,)
    handed = replace(edited, owner="lro@example.org")
    save_intervention(ws, handed, by=BY, reason="A. Reader has left")
    assert work_left_behind(ws) == ()


def test_the_plan_is_seen_under_other_headings_with_what_happened(ws):
    place = made_place(ws)
    plan = made_plan(ws, place_id=place.id)
    patrol = made_intervention(ws, plan)
    event = made_disruption(ws, place_id=place.id, level=DisruptionLevel.MINOR)
    found = plan_under(ws, plan.id, PlanFrame.SARA)
    assert [item.record_id for item in found["Response"]] == [patrol.id]
    assert [item.record_id for item in found["Assessment"]] == [event.id]
