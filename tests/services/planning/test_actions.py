"""The list of all actions: its order, what narrows it, and its tally."""

from datetime import date

import pytest

from chb.domain.access.roles import Role
from chb.domain.access.scope import NotForYou
from chb.domain.audit import AuditAction, AuditQuery
from chb.domain.places.phases import Phase
from chb.domain.planning.actions import ActionQuery, ActionTally
from chb.domain.planning.interventions import InterventionStatus
from chb.domain.planning.plans import Pillar
from chb.services.audit import search
from chb.services.planning.actions import action_choices, list_actions
from chb.services.planning.bulk import save_interventions
from tests.services.access.scopes import as_person
from tests.services.place_makers import TODAY
from tests.services.planner_makers import BY, made_intervention, made_ocg, made_place, made_plan
from tests.services.planning.test_bulk import REASON, done, kept

ANA = "ana@example.org"


@pytest.fixture
def four(ws):
    """The place's one, two and three, and the group's four; the place's id."""
    place = made_place(ws)
    plan, other = made_plan(ws, place_id=place.id), made_plan(ws, ocg_id=made_ocg(ws).id)
    made_intervention(ws, plan, title="1", due_on=date(2026, 3, 3))
    made_intervention(
        ws,
        plan,
        title="2",
        phase=Phase.HOLD,
        pillar=Pillar.PROTECT,
        lead_agency="Council",
        owner=ANA,
        status=InterventionStatus.COMPLETED,
        due_on=date(2026, 3, 3),
    )
    made_intervention(ws, plan, title="3", phase=Phase.BUILD, owner=ANA, due_on=TODAY)
    made_intervention(ws, other, title="4")
    return place.id


def titles(found):
    return "".join(each.intervention.title for each in found.actions)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (ActionQuery(), "1234"),
        (ActionQuery(phase=(Phase.HOLD, Phase.BUILD)), "23"),
        (ActionQuery(pillar=(Pillar.PROTECT,)), "2"),
        (ActionQuery(status=(InterventionStatus.PROPOSED,)), "134"),
        (ActionQuery(owner=(ANA,)), "23"),
        (ActionQuery(owner=("",)), "14"),
        (ActionQuery(lead_agency=("Council", "Police")), "1234"),
        (ActionQuery(lead_agency=("Nobody",)), ""),
        (ActionQuery(is_overdue=True), "1"),
        (ActionQuery(is_overdue=True, owner=(ANA,)), ""),
        (ActionQuery(subject_id=("not there",)), ""),
    ],
)
@pytest.mark.usefixtures("four")
def test_each_question_narrows_the_list_and_its_tally(ws, query, found):
    listed = list_actions(ws, query)
    assert titles(listed) == found
    assert listed.tally.n_found == len(found)


def test_a_place_is_asked_for_by_its_id_with_other_questions(ws, four):
    assert titles(list_actions(ws, ActionQuery(subject_id=(four,)))) == "123"
    asked = ActionQuery(subject_id=(four,), owner=(ANA,), phase=(Phase.BUILD,))
    assert titles(list_actions(ws, asked)) == "3"


@pytest.mark.usefixtures("four")
def test_a_long_list_is_cut_and_its_tally_is_not(ws):
    found = list_actions(ws, most=2)
    assert len(found.actions) == 2
    assert found.tally == ActionTally(n_found=4, n_open=3, n_overdue=1, n_unowned=2)


def test_what_there_is_to_choose_from_is_what_the_actions_hold(ws, four):
    choices = action_choices(ws)
    assert choices.subjects[four] == "Moorfield"
    assert set(choices.subjects.values()) == {"Moorfield", "KITTIWAKE"}
    assert choices.owners == ("", ANA)
    assert choices.lead_agencies == ("Council", "Police")
    assert choices.n_actions == 4


def test_nobody_chooses_from_what_they_may_not_see(ws, four):
    other = as_person(ws, "other@example.org", Role.LRO)
    choices = action_choices(other)
    assert choices.subjects == {four: "Moorfield"}
    found = list_actions(other)
    assert choices.n_actions == found.tally.n_found == len(found.actions)
    with pytest.raises(NotForYou):
        action_choices(as_person(ws, "csp@example.org", Role.CSP_MANAGER))


@pytest.mark.usefixtures("four")
def test_that_somebody_looked_at_the_actions_is_on_record(ws):
    officer = as_person(ws, "other@example.org", Role.LRO)
    list_actions(officer, ActionQuery(owner=(ANA,)))
    asked = AuditQuery(person="other@example.org", action=AuditAction.CONSULT)
    assert [(row.object_kind, row.object_id) for row in search(ws, asked)] == [("actions", "")]


def test_the_list_is_by_plan_phase_and_p_whatever_changes(ws):
    first = made_plan(ws, place_id=made_place(ws).id)
    second = made_plan(ws, ocg_id=made_ocg(ws).id)
    made_intervention(ws, second, title="d")
    made_intervention(ws, first, title="c", phase=Phase.BUILD, pillar=Pillar.PREPARE)
    made_intervention(ws, first, title="b", pillar=Pillar.PROTECT)
    made_intervention(ws, first, title="a")
    listed = list_actions(ws).actions
    assert [each.intervention.title for each in listed] == ["a", "b", "c", "d"]
    assert [each.subject for each in listed] == ["Moorfield"] * 3 + ["KITTIWAKE"]
    save_interventions(ws, done(*kept(ws)), by=BY, reason=REASON)
    assert [each.intervention.title for each in list_actions(ws).actions] == ["a", "b", "c", "d"]
