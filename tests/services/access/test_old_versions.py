"""What a record was linked to before stays with those who know that, on both databases."""

from dataclasses import replace
from datetime import date

import pytest

from chb.domain.access.grants import Basis
from chb.domain.access.roles import Role
from chb.domain.edits import StaleEdit
from chb.domain.places.phases import Phase
from chb.domain.planning.debriefs import Debrief
from chb.domain.planning.intelligence import IntelligenceRequirement
from chb.services.planning.disruptions import record_disruption
from chb.services.planning.intelligence import save_requirement
from chb.services.planning.ocg_locations import save_location
from chb.services.planning.partnership import save_debrief
from chb.services.planning.plans import plan_of, save_intervention, save_plan
from chb.services.planning.record_versions import RecordKind, versions_of
from tests.services.access.scopes import as_person, granted
from tests.services.planner_makers import (
    BY,
    DAY,
    made_disruption,
    made_intervention,
    made_ocg,
    made_place,
    made_plan,
)
from tests.services.planning.test_ocg_locations import LOCK_UP

LRO = "lro@example.org"
OTHER = "lro.east@example.org"
STRIKE = date(2026, 4, 1)
PAST = date(2026, 3, 1)


@pytest.fixture
def groups(ws):
    """KITTIWAKE is tasked to one lead officer, TURNSTONE to another."""
    return made_ocg(ws, "KITTIWAKE", lro=LRO), made_ocg(ws, "TURNSTONE", lro=OTHER)


def numbers(ws, kind, record_id):
    return [each.number for each in versions_of(ws, kind, record_id)]


def test_a_requirement_moved_to_another_group_leaves_its_past_behind(ws, groups):
    mine, theirs = groups
    asked = IntelligenceRequirement(question="Who holds the keys?", drives="x", ocg_id=mine.id)
    kept = save_requirement(ws, asked, by=BY)
    moved = replace(kept, question="Who drives?", ocg_id=theirs.id)
    moved = save_requirement(ws, moved, by=BY, reason="It was KITTIWAKE's")
    save_requirement(ws, replace(moved, drives="y"), by=BY, reason="clearer")
    seen = versions_of(as_person(ws, OTHER, Role.LRO), RecordKind.REQUIREMENT, kept.id)
    assert [each.number for each in seen] == [3, 2]
    assert seen[0].signature.reason == "clearer"
    assert seen[1].signature.reason == "" and seen[1].changes == {}
    assert "KITTIWAKE" not in str(seen) and "keys" not in str(seen) and mine.id not in str(seen)
    senior = as_person(ws, "sro@example.org", Role.SRO)
    assert numbers(senior, RecordKind.REQUIREMENT, kept.id) == [3, 2, 1]
    assert numbers(as_person(ws, LRO, Role.LRO), RecordKind.REQUIREMENT, kept.id) == []


def test_a_disruption_freed_of_its_group_is_read_as_it_is_now(ws, groups):
    place = made_place(ws)
    event = made_disruption(ws, what="Told of by a cousin", ocg_id=groups[0].id, place_id=place.id)
    record_disruption(ws, replace(event, what="A garage closed", ocg_id=None), by=BY)
    with as_person(ws, OTHER, Role.LRO).reading() as tx:
        (saved,) = tx.planner.disruptions.revisions(event.id)
    assert saved.version == 2 and "cousin" not in str(saved.content)


def test_work_that_was_a_secret_of_clear_is_read_as_it_is_now(ws):
    place = made_place(ws)
    plan = made_plan(ws, place_id=place.id)
    work = made_intervention(ws, plan, title="Strike at dawn", trigger_on=STRIKE)
    save_intervention(
        ws,
        replace(work, title="Patrols", phase=Phase.HOLD, trigger_on=None),
        by=BY,
        reason="no strike",
    )
    granted(ws, "p@example.org", place_id=place.id)
    outside = as_person(ws, "p@example.org", Role.P_LEAD)
    seen = versions_of(outside, RecordKind.INTERVENTION, work.id)
    assert [each.number for each in seen] == [2]
    assert "dawn" not in str(seen) and "strike" not in str(seen)
    granted(ws, "p@example.org", Basis.INDOCTRINATED, place_id=place.id)
    inside = as_person(ws, "p@example.org", Role.P_LEAD)
    assert numbers(inside, RecordKind.INTERVENTION, work.id) == [2, 1]


def test_a_location_moved_to_another_group_leaves_its_past_behind(ws, groups):
    kept = save_location(ws, replace(LOCK_UP, code="KITTIWAKE", source="a cousin"), by=BY)
    moved = replace(kept, code="turnstone", source="a patrol")
    save_location(ws, moved, by=BY, reason="not KITTIWAKE's")
    seen = versions_of(as_person(ws, OTHER, Role.LRO), RecordKind.LOCATION, kept.id)
    assert [each.number for each in seen] == [2]
    assert "KITTIWAKE" not in str(seen) and "cousin" not in str(seen)


@pytest.fixture
def plan(ws):
    place = made_place(ws)
    return made_plan(ws, place_id=place.id)


def test_two_edits_of_a_plan_at_once_do_not_tell_the_trigger_date(ws, plan):
    granted(ws, "p@example.org", place_id=plan.place_id)
    outside = as_person(ws, "p@example.org", Role.P_LEAD)
    seen = plan_of(outside, place_id=plan.place_id).plan
    save_plan(ws, replace(plan, trigger_on=STRIKE, aim="Calm stairs"), by=BY, reason="strike day")
    with pytest.raises(StaleEdit, match="Calm stairs") as refused:
        save_plan(outside, replace(seen, aim="Safer stairs"), by=BY, reason="clearer")
    told = str(refused.value.as_dict())
    assert "2026-04-01" not in told and "trigger" not in told
    mine = as_person(ws, LRO, Role.LRO)
    with pytest.raises(StaleEdit, match="2026-04-01"):
        save_plan(mine, replace(seen, aim="Safer stairs"), by=BY, reason="clearer")


def test_a_saved_plan_comes_back_without_the_date_that_is_not_told(ws, plan):
    save_plan(ws, replace(plan, trigger_on=STRIKE), by=BY, reason="strike day")
    outside = as_person(ws, "p@example.org", Role.P_LEAD)
    seen = plan_of(outside, place_id=plan.place_id).plan
    assert save_plan(outside, replace(seen, aim="x"), by=BY, reason="clearer").trigger_on is None


def test_two_edits_of_work_at_once_do_not_tell_the_trigger_date(ws, plan):
    work = made_intervention(ws, plan)
    past = replace(work, trigger_on=PAST, detail="Two")
    save_intervention(ws, past, by=BY, reason="day set")
    outside = as_person(ws, "p@example.org", Role.P_LEAD)
    with pytest.raises(StaleEdit, match="detail") as refused:
        save_intervention(outside, replace(work, detail="One"), by=BY, reason="clearer")
    assert "2026-03-01" not in str(refused.value.as_dict())


def test_two_edits_of_a_debrief_at_once_do_not_tell_new_intelligence(ws, plan):
    debrief = Debrief(title="After", held_on=DAY, worked="Doors", place_id=plan.place_id, owner=BY)
    kept = save_debrief(ws, debrief, by=BY)
    save_debrief(ws, replace(kept, worked="Keys", new_intelligence="A cousin talks"), by=BY)
    host = as_person(ws, "c@example.org", Role.CSP_MANAGER, agency="Council")
    with pytest.raises(StaleEdit, match="Keys") as refused:
        save_debrief(host, replace(kept, worked="Lamps"), by=BY)
    assert "cousin" not in str(refused.value.as_dict())
