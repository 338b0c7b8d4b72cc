"""Places at a glance: for officers in full, for partners no more than is shared."""

from dataclasses import asdict, replace
from datetime import date, timedelta

import pytest

from chb.domain.access.roles import Role, View
from chb.domain.access.scope import NotForYou
from chb.domain.home import ActionCount
from chb.domain.places.phases import Intensity, Phase
from chb.domain.places.records import TieKind
from chb.domain.planning.interventions import InterventionStatus
from chb.domain.planning.plans import Pillar
from chb.services.home.places import places_at_a_glance
from chb.services.home.shared_places import shared_glances
from chb.services.places.openings import close_place
from chb.services.places.ties import tie_to_place
from chb.services.views.community_work import community_places
from chb.services.views.partner_work import partner_places
from tests.conftest import NOW
from tests.services.place_makers import edit, moved
from tests.services.planner_makers import (
    made_agreement,
    made_intervention,
    made_ocg,
    made_place,
    made_plan,
)
from tests.services.views.shared_places import as_partner, as_view

TODAY = NOW.date()
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.fixture
def place(ws):
    return made_place(ws)


@pytest.fixture
def plan(ws, place):
    return made_plan(ws, place_id=place.id)


def only(ws):
    (glance,) = places_at_a_glance(ws)
    return glance


def test_a_place_has_its_phases_and_no_actions_before_there_is_a_plan(ws, place):
    moved(ws, place)
    glance = only(ws)
    assert glance.phases == {
        Phase.CLEAR: Intensity.ACTIVE,
        Phase.HOLD: Intensity.PLANNED,
        Phase.BUILD: Intensity.PLANNED,
    }
    assert glance.actions == ActionCount(0, 0, None)


def test_what_is_open_late_and_next_is_counted_and_what_is_done_is_not(ws, plan):
    done = InterventionStatus.COMPLETED
    for due_on, status in (
        (YESTERDAY, InterventionStatus.UNDER_WAY),
        (TODAY, InterventionStatus.PROPOSED),
        (TOMORROW, InterventionStatus.AGREED),
        (None, InterventionStatus.AGREED),
        (YESTERDAY, done),
    ):
        made_intervention(ws, plan, due_on=due_on, status=status)
    assert only(ws).actions == ActionCount(4, 1, TODAY)


def test_a_groups_action_at_a_place_counts_there_for_those_who_know_the_group(ws, place, plan):
    group = made_ocg(ws)
    made_intervention(ws, made_plan(ws, ocg_id=group.id), place_id=place.id, due_on=YESTERDAY)
    assert only(ws).actions.n_overdue == 1
    assert only(as_view(ws, View.RESTRICTED, Role.P_LEAD)).actions.n == 0


def test_ones_own_places_come_first_then_those_with_most_overdue(ws):
    late, own = made_place(ws, "Late"), made_place(ws, "Own")
    made_place(ws, "Alpha")
    made_intervention(ws, made_plan(ws, place_id=late.id), due_on=YESTERDAY)
    officer = as_view(ws, View.RESTRICTED, Role.LRO)
    tie_to_place(ws, own.id, TieKind.OWNER, "Partner@Example.org", edit(own))
    assert [each.name for each in places_at_a_glance(officer)] == ["Own", "Late", "Alpha"]
    assert [each.is_own for each in places_at_a_glance(officer)] == [True, False, False]


def test_a_closed_place_is_not_shown(ws, place):
    close_place(ws, place.id, edit(place))
    assert places_at_a_glance(ws) == ()
    assert shared_glances(ws) == ()


def test_partners_are_refused_the_full_view(ws):
    with pytest.raises(NotForYou):
        places_at_a_glance(as_partner(ws))


def test_who_convenes_sees_every_phase_that_is_open_and_shared_work_only(ws, place, plan):
    moved(ws, place)
    shared = {"pillar": Pillar.PROTECT, "lead_agency": "Council", "is_police_led": False}
    made_intervention(ws, plan, due_on=YESTERDAY)  # Clear without a trigger date: a secret
    made_intervention(ws, plan, phase=Phase.HOLD, due_on=TOMORROW, **shared)
    (glance,) = shared_glances(as_view(ws, View.PARTNER, Role.CSP_MANAGER))
    assert [(each.phase, each.intensity) for each in glance.phases] == [
        ("Clear", "active"),
        ("Hold", "planned"),
        ("Build", "planned"),
    ]
    assert glance.actions == ActionCount(1, 0, TOMORROW)


def test_clear_that_is_only_planned_is_shown_to_nobody_outside(ws, place):
    (glance,) = shared_glances(as_view(ws, View.PARTNER, Role.CSP_MANAGER))
    assert [each.phase for each in glance.phases] == ["Hold", "Build"]


def test_an_agency_without_agreement_sees_build_in_coarser_cells_and_no_group(ws, place):
    group = made_ocg(ws)
    tie_to_place(ws, place.id, TieKind.OCG, group.code, edit(place))
    (glance,) = shared_glances(as_view(ws, View.COMMUNITY))
    assert [each.phase for each in glance.phases] == ["Build"]
    assert glance.resolution == 8
    assert "KITTIWAKE" not in str(asdict(glance))


def test_an_agency_is_shown_partners_cells_only_where_it_has_signed(ws):
    signed, other = made_place(ws, "Signed"), made_place(ws, "Other")
    made_agreement(ws, signed)
    made_agreement(ws, other, isa_review_on=YESTERDAY)  # has lapsed
    agency = as_partner(ws)
    shown = {
        each.title: (each.view, each.resolution, each.cells) for each in shared_glances(agency)
    }
    (partners,) = partner_places(agency)
    residents = {each.title: each for each in community_places(agency)}
    assert partners.title == "Signed"
    assert shown == {
        "Signed": (View.PARTNER, 9, partners.cells),
        "Other": (View.COMMUNITY, 8, residents["Other"].cells),
    }


def test_who_convenes_is_shown_partners_cells_everywhere_and_a_resident_nowhere(ws, place):
    made_agreement(ws, place)
    (convener,) = shared_glances(as_view(ws, View.PARTNER, Role.CSP_MANAGER))
    (resident,) = shared_glances(as_view(ws, View.COMMUNITY))
    assert (convener.view, convener.resolution) == (View.PARTNER, 9)
    assert (resident.view, resident.resolution) == (View.COMMUNITY, 8)


def test_the_day_counts_from_the_clock(ws, plan):
    made_intervention(ws, plan, due_on=TODAY)
    next_day = replace(ws, clock=lambda: NOW + timedelta(days=1))
    assert only(ws).actions.n_overdue == 0
    assert only(next_day).actions == ActionCount(1, 1, None)
    assert isinstance(only(ws).actions.next_due_on, date)
