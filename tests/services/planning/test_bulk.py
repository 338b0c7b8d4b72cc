"""Many actions changed at once: all of them, each as a version of its own, or none."""

from dataclasses import replace
from datetime import date

import pytest

from chb.domain.access.roles import Role
from chb.domain.access.scope import NotForYou
from chb.domain.edits import StaleEdit
from chb.domain.people import Person
from chb.domain.places.phases import Phase
from chb.domain.planning.bulk import MOST_AT_ONCE, BulkRefused
from chb.domain.planning.interventions import InterventionStatus
from chb.domain.refusal import Refusal
from chb.services.planning.actions import list_actions
from chb.services.planning.bulk import save_interventions
from chb.services.planning.plans import save_intervention, save_plan
from chb.services.planning.record_versions import RecordKind, versions_of
from tests.services.access.scopes import as_person
from tests.services.planner_makers import BY, made_intervention, made_ocg, made_place, made_plan

DONE = InterventionStatus.COMPLETED
REASON = "Agreed by the board"


@pytest.fixture
def three(ws):
    plan = made_plan(ws, place_id=made_place(ws).id)
    return [made_intervention(ws, plan, title=title) for title in ("one", "two", "three")]


def kept(ws):
    return [each.intervention for each in list_actions(ws).actions]


def done(*interventions):
    return [replace(each, status=DONE) for each in interventions]


def test_each_action_is_a_version_of_its_own_with_the_one_reason(ws, three):
    saved = save_interventions(ws, done(*three), by=BY, reason=REASON)
    assert [(each.version, each.status) for each in saved] == [(2, DONE)] * 3
    assert kept(ws) == list(saved)
    for each in three:
        last, first = versions_of(ws, RecordKind.INTERVENTION, each.id)
        assert (last.signature.reason, first.signature.reason) == (REASON, "")
        assert list(last.changes) == ["status"]


def test_where_one_is_stale_each_stale_one_is_told_and_nothing_is_changed(ws, three):
    one, two, three = three
    for each in (one, three):
        theirs = replace(each, waiting_on="County court")
        save_intervention(ws, theirs, by="somebody else", reason="The hearing was moved")
    before = kept(ws)
    with pytest.raises(BulkRefused, match="Nothing was changed") as refused:
        save_interventions(ws, done(one, two, three), by=BY, reason=REASON)
    assert [each.title for each in refused.value.refused] == ["one", "three"]
    for each in refused.value.refused:
        assert isinstance(each.refusal, StaleEdit)
        assert "somebody else changed waiting on" in each.refusal.theirs
    assert kept(ws) == before
    assert len(versions_of(ws, RecordKind.INTERVENTION, two.id)) == 1


def test_the_same_form_sent_twice_changes_once_and_after_a_refusal_it_may_be_sent(ws, three):
    theirs = replace(three[0], waiting_on="Court")
    theirs = save_intervention(ws, theirs, by=BY, reason="Moved")
    with pytest.raises(BulkRefused):
        save_interventions(ws, done(*three), by=BY, reason=REASON, request_key="form-1")
    edits = done(theirs, *three[1:])
    first = save_interventions(ws, edits, by=BY, reason=REASON, request_key="form-1")
    again = save_interventions(ws, edits, by=BY, reason=REASON, request_key="form-1")
    assert first == again
    assert [each.version for each in kept(ws)] == [3, 2, 2]


def test_any_other_cause_is_told_beside_the_stale_ones(ws, three):
    with ws.writing() as tx:
        gone = Person("Gone", "Police", "lead", "gone@example.org", left_on=date(2026, 1, 1))
        tx.people.put([gone], source_sha256="")
        tx.people.set_left_on(gone.work_email, gone.left_on)
    save_intervention(ws, replace(three[0], measure="m"), by=BY, reason="said")
    edits = [replace(each, owner="gone@example.org") for each in three[:2]]
    early = replace(three[2], starts_on=date(2026, 2, 2), due_on=date(2026, 1, 1))
    with pytest.raises(BulkRefused) as refused:
        save_interventions(ws, [*edits, early], by=BY, reason=REASON)
    assert len(refused.value.refused) == 3
    assert {each.status for each in kept(ws)} == {InterventionStatus.PROPOSED}


def test_what_cannot_be_sent_at_all_is_refused_before_anything_is_read(ws, three):
    with pytest.raises(Refusal, match="No action is changed yet"):
        save_interventions(ws, [], by=BY, reason=REASON)
    with pytest.raises(Refusal, match="needs a reason"):
        save_interventions(ws, done(*three), by=BY, reason=" ")
    with pytest.raises(Refusal, match="changed once"):
        save_interventions(ws, done(three[0], three[0]), by=BY, reason=REASON)
    with pytest.raises(Refusal, match="changed once"):
        save_interventions(ws, [replace(three[0], id="")], by=BY, reason=REASON)
    with pytest.raises(Refusal, match=f"At most {MOST_AT_ONCE}"):
        many = [replace(three[0], id=str(at)) for at in range(MOST_AT_ONCE + 1)]
        save_interventions(ws, many, by=BY, reason=REASON)
    assert [each.version for each in kept(ws)] == [1, 1, 1]


@pytest.mark.parametrize("trigger_on", [None, date(2026, 4, 1)])
def test_what_becomes_clear_is_answered_alike_whether_or_not_a_trigger_date_is_set(ws, trigger_on):
    plan = made_plan(ws, place_id=made_place(ws).id)
    save_plan(ws, replace(plan, trigger_on=trigger_on), by=BY, reason="Strike day")
    patrol = made_intervention(ws, plan, phase=Phase.HOLD)
    p_lead = as_person(ws, "p@example.org", Role.P_LEAD)
    sent = [replace(patrol, phase=Phase.CLEAR, title=" Warrants ")]
    for _ in range(2):  # and once more, as when the answer was lost
        (saved,) = save_interventions(p_lead, sent, by=BY, reason=REASON, request_key="form-1")
        assert saved == replace(patrol, phase=Phase.CLEAR, title="Warrants", version=2)
    assert kept(ws) == [saved]


def test_an_action_that_is_gone_is_told_and_the_rest_are_left_alone(ws, three):
    gone = replace(three[0], id="gone", title="gone")
    with pytest.raises(BulkRefused, match="That intervention is not there"):
        save_interventions(ws, done(*three[1:], gone), by=BY, reason=REASON)
    assert [each.version for each in kept(ws)] == [1, 1, 1]


def test_nobody_lists_or_changes_what_they_may_not_see(ws):
    place = made_place(ws)
    of_place = made_plan(ws, place_id=place.id)
    save_plan(ws, replace(of_place, trigger_on=date(2026, 4, 1)), by=BY, reason="Strike day")
    of_group = made_plan(ws, ocg_id=made_ocg(ws, lro="a@example.org").id)
    secret = made_intervention(ws, of_place, title="Warrants")
    theirs = made_intervention(ws, of_group, title="Seizures")
    open_work = made_intervention(ws, of_place, title="Patrols", phase=Phase.HOLD)
    other = as_person(ws, "other@example.org", Role.LRO)
    assert [each.intervention.title for each in list_actions(other).actions] == ["Patrols"]
    with pytest.raises(BulkRefused) as refused:
        save_interventions(other, done(secret, theirs, open_work), by=BY, reason=REASON)
    told = [each.refusal.wrong for each in refused.value.refused]
    assert told == ["That intervention is not there"] * 2
    assert {each.status for each in kept(ws)} == {InterventionStatus.PROPOSED}
    with pytest.raises(NotForYou):
        list_actions(as_person(ws, "csp@example.org", Role.CSP_MANAGER))
