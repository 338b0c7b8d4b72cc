"""Everything a person has to do, and their calendar."""

from dataclasses import replace
from datetime import date

from icalendar import Calendar

from chb.domain.access.roles import Role, View
from chb.domain.access.scope import Scope
from chb.domain.edits import Edit
from chb.domain.places.phases import Intensity, Phase
from chb.domain.places.records import TieKind
from chb.domain.planning.my_work import Timing, WorkKind
from chb.domain.planning.plans import Objective, Pillar
from chb.services.places.register import change_intensity
from chb.services.places.ties import tie_to_place
from chb.services.planning.my_work import my_work, work_as_calendar
from chb.services.planning.plans import save_plan
from tests.services.planner_makers import (
    BY,
    LITERAL,
    made_intervention,
    made_ocg,
    made_place,
    made_plan,
    made_score,
)

ME = "lro@example.org"


def filled(ws):
    """A review overdue, work due and waiting, an objective later; others' work beside it."""
    plan = made_plan(ws, place_id=made_place(ws).id)
    objective = Objective(Pillar.PURSUE, "Close it", due_on=date(2026, 9, 1), owner=ME)
    save_plan(ws, replace(plan, objectives=(objective,)), by=BY, reason="First objective")
    made_intervention(ws, plan, title=LITERAL, owner=ME, due_on=date(2026, 3, 6))
    made_intervention(ws, plan, owner=ME, due_on=date(2026, 3, 6), waiting_on="Housing")
    made_intervention(ws, plan, owner="somebody else", due_on=date(2026, 3, 6))
    made_score(ws, made_ocg(ws))
    return plan


def kinds(work):
    return {timing: [item.kind for item in items] for timing, items in work.items() if items}


def test_work_is_gathered_from_plans_and_reviews(ws):
    filled(ws)
    assert kinds(my_work(ws, ME)) == {
        Timing.OVERDUE: [WorkKind.REVIEW],
        Timing.DUE: [WorkKind.INTERVENTION],
        Timing.WAITING: [WorkKind.INTERVENTION],
        Timing.LATER: [WorkKind.OBJECTIVE],
    }
    assert my_work(ws, ME)[Timing.DUE][0].about == "Moorfield"
    assert kinds(my_work(ws, "somebody else", "nobody")) == {Timing.DUE: [WorkKind.INTERVENTION]}
    assert kinds(my_work(ws)) == {}


def test_a_partner_is_shown_no_objective_and_nobody_elses_work(ws):
    filled(ws)
    partner = ws.seen_by(Scope(person=ME, roles=frozenset({Role.PARTNER}), view=View.PARTNER))
    shown = [kind for listed in kinds(my_work(partner, ME)).values() for kind in listed]
    assert WorkKind.OBJECTIVE not in shown
    other = ws.seen_by(replace(partner.scope, person="other@example.org"))
    assert kinds(my_work(other, ME, "other@example.org")) == {}


def test_the_next_gate_of_a_place_is_open_for_its_owner(ws):
    place = made_place(ws)
    tied = tie_to_place(
        ws, place.id, TieKind.OWNER, ME, Edit(reason="Takes over", by=BY, version=place.version)
    )
    assert kinds(my_work(ws, ME)) == {}
    change_intensity(
        ws,
        place.id,
        phase=Phase.CLEAR,
        intensity=Intensity.ACTIVE,
        effective_on=ws.today(),
        reason="Strike day",
        by=BY,
        version=tied.version,
    )
    (gate,) = my_work(ws, ME)[Timing.UNDATED]
    assert gate.kind is WorkKind.GATE
    assert gate.title.startswith("Clear to Hold: ") and gate.title.endswith("items open")
    assert kinds(my_work(ws, "somebody else")) == {}


def test_the_calendar_holds_the_dated_work_and_replaces_itself(ws):
    filled(ws)
    first, again = work_as_calendar(ws, ME), work_as_calendar(ws, ME)
    assert first == again
    events = Calendar.from_ical(first).walk("VEVENT")
    assert len(events) == len({event["uid"] for event in events}) == 4
    summaries = {str(event["summary"]) for event in events}
    assert f"{LITERAL} (Moorfield)" in summaries
    assert {event["class"] for event in events} == {"PRIVATE"}
