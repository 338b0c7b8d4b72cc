"""Places, tasks, signals and assets as they are shared: nothing secret, nobody named."""

from dataclasses import asdict
from datetime import date, timedelta

import pytest

from chb.domain.access.roles import Role, View
from chb.domain.access.scope import NotForYou
from chb.domain.edits import Edit
from chb.domain.places.phases import Intensity, Phase
from chb.domain.places.records import TieKind
from chb.domain.planning.interventions import InterventionStatus, Milestone
from chb.domain.planning.plans import Pillar
from chb.domain.planning.signals import Signal, SignalAnswer, SignalCategory, SignalQuestion
from chb.services.assets.register import AssetDraft, mark_asset
from chb.services.places.register import change_intensity
from chb.services.places.ties import tie_to_place
from chb.services.planning.signals import send_signal
from chb.services.views.community_work import (
    community_assets,
    community_places,
    community_tasks,
    community_work,
)
from chb.services.views.partner_work import (
    partner_places,
    partner_signals,
    partner_tasks,
    partner_work,
)
from tests.conftest import NOW
from tests.services.planner_makers import (
    made_agreement,
    made_intervention,
    made_ocg,
    made_place,
    made_plan,
)
from tests.services.views.shared_places import as_partner, as_view

TODAY = NOW.date()
TOMORROW = TODAY + timedelta(days=1)
SECRET = "Canary Smith of 12 Canary Street"


@pytest.fixture
def place(ws):
    """A place that is shared with the council, as it has signed."""
    made = made_place(ws)
    made_agreement(ws, made)
    return made


@pytest.fixture
def plan(ws, place):
    return made_plan(ws, place_id=place.id)


def hold(ws, plan, **changes):
    values = {
        "title": SECRET,
        "detail": SECRET,
        "owner": SECRET,
        "phase": Phase.HOLD,
        "pillar": Pillar.PROTECT,
        "lead_agency": "Council",
        "is_police_led": False,
    }
    return made_intervention(ws, plan, **(values | changes))


def all_words(*views):
    return " ".join(str(asdict(each)) for each in views)


def test_a_partner_reads_its_own_hold_and_build_in_shared_wording(ws, plan):
    hold(ws, plan)
    hold(ws, plan, phase=Phase.BUILD, shared_title="Lights on the green", due_on=TOMORROW)
    hold(ws, plan, lead_agency="Fire service")
    tasks = partner_tasks(as_partner(ws))
    assert [task.wording for task in tasks] == ["Lights on the green", "Protect work in Hold"]
    assert {task.place for task in tasks} == {"Moorfield"}
    assert "Canary" not in all_words(*tasks)


def test_who_convenes_the_partnership_reads_the_tasks_of_all(ws, plan):
    hold(ws, plan)
    hold(ws, plan, lead_agency="Fire service")
    csp_manager = as_view(ws, View.PARTNER, Role.CSP_MANAGER)
    assert {task.lead_agency for task in partner_tasks(csp_manager)} == {"Council", "Fire service"}


@pytest.mark.parametrize(
    ("trigger_on", "is_shown"), [(None, False), (TOMORROW, False), (TODAY, True)]
)
@pytest.mark.parametrize("view", [View.PARTNER, View.RESTRICTED])
def test_clear_is_shown_from_its_trigger_date(ws, plan, trigger_on, is_shown, view):
    hold(ws, plan, phase=Phase.CLEAR, shared_title="Patrols", trigger_on=trigger_on)
    tasks = partner_tasks(as_view(ws, view, Role.CSP_MANAGER))
    assert bool(tasks) is is_shown


def test_work_on_a_group_is_nobodys_task(ws, plan):
    group = made_ocg(ws)
    hold(ws, plan, ocg_id=group.id)
    hold(ws, made_plan(ws, ocg_id=group.id))
    assert partner_tasks(as_view(ws, View.PARTNER, Role.CSP_MANAGER)) == ()
    assert partner_tasks(ws) == ()


def test_the_community_hears_of_build_only(ws, plan):
    hold(ws, plan)
    hold(ws, plan, phase=Phase.BUILD, pillar=Pillar.PREPARE)
    (task,) = community_tasks(as_view(ws, View.COMMUNITY))
    assert task.wording == "Prepare work in Build"
    with pytest.raises(NotForYou):
        partner_tasks(as_view(ws, View.COMMUNITY))


@pytest.mark.parametrize("view", [View.PARTNER, View.RESTRICTED])
def test_the_first_tasks_are_those_still_to_do_and_all_are_counted(ws, plan, view):
    hold(ws, plan, shared_title="Over", status=InterventionStatus.COMPLETED, due_on=TODAY)
    hold(ws, plan, shared_title="No day")
    hold(ws, plan, shared_title="Later", due_on=TOMORROW)
    hold(ws, plan, shared_title="Sooner", due_on=TODAY)
    hold(ws, plan, shared_title="Strike to come", phase=Phase.CLEAR, trigger_on=TOMORROW)
    hold(ws, plan, shared_title="Of a group", ocg_id=made_ocg(ws).id)
    hold(ws, made_plan(ws, place_id=made_place(ws, "Northfield").id), shared_title="Elsewhere")
    seen = as_view(ws, view, Role.CSP_MANAGER)
    work = partner_work(seen, most=3, at="Moorfield")
    assert [each.wording for each in work.tasks] == ["Sooner", "Later", "No day"]
    assert work.n_tasks == {"Moorfield": 4, "Northfield": 1}
    assert {each.title for each in work.places} == {"Moorfield", "Northfield"}
    everything = partner_work(seen, most=9)
    assert [each.wording for each in everything.tasks][-1] == "Over"
    assert set(everything.tasks) == set(partner_tasks(seen))


def test_an_agency_finds_elsewhere_what_any_resident_may_hear(ws, plan):
    hold(ws, plan, shared_title="Here", phase=Phase.BUILD)
    north = made_plan(ws, place_id=made_place(ws, "Northfield").id)
    hold(ws, north, shared_title="Elsewhere", phase=Phase.BUILD)
    hold(ws, north, shared_title="Hold elsewhere")
    mine, theirs = partner_work(as_partner(ws), most=9), as_partner(ws)
    assert [each.wording for each in mine.tasks] == ["Here"]
    assert mine.n_tasks == {"Moorfield": 1}
    rest = community_work(theirs, most=9, besides={"Moorfield"})
    assert [each.wording for each in rest.tasks] == ["Elsewhere"]
    assert rest.n_tasks == {"Northfield": 1}
    assert {each.title for each in rest.places} == {"Northfield"}
    assert len(community_work(theirs, most=1).tasks) == 1


def test_a_place_shows_no_planned_clear_and_its_next_public_steps(ws, place, plan):
    hold(
        ws,
        plan,
        due_on=TODAY + timedelta(days=20),
        milestones=(Milestone(SECRET, TOMORROW), Milestone(SECRET, TODAY, done_on=TODAY)),
    )
    (found,) = partner_places(as_partner(ws))
    assert [each.phase for each in found.phases] == ["Hold", "Build"]
    assert [each.due_on for each in found.milestones] == [TOMORROW, TODAY + timedelta(days=20)]
    assert found.title == "Moorfield" and len(found.cells) == len(place.boundary.cells)
    assert "Canary" not in all_words(found)


def test_a_clear_that_has_begun_is_shown(ws, place):
    change_intensity(
        ws,
        place.id,
        phase=Phase.CLEAR,
        intensity=Intensity.ACTIVE,
        effective_on=TODAY,
        reason="Strike day",
        by="LRO",
        version=place.version,
    )
    (found,) = partner_places(as_partner(ws))
    assert ("Clear", "active") in [(each.phase, each.intensity) for each in found.phases]


@pytest.mark.parametrize("view", [View.PARTNER, View.RESTRICTED])
@pytest.mark.parametrize("role", [Role.PARTNER, Role.CO_ORDINATOR, Role.CSP_MANAGER])
def test_nobody_is_told_which_groups_and_owners_a_place_has(ws, place, role, view):
    kept = Edit(reason=SECRET, by="LRO", version=place.version, on=TODAY)
    tied = tie_to_place(ws, place.id, TieKind.OCG, "KITTIWAKE", kept)
    kept = Edit(reason=SECRET, by="LRO", version=tied.version, on=TODAY)
    tie_to_place(ws, place.id, TieKind.OWNER, "owner@example.org", kept)
    (found,) = partner_places(as_view(ws, view, role))
    words = all_words(found)
    assert not any(each in words for each in ("KITTIWAKE", "example.org", "Canary"))


def test_the_community_sees_coarse_cells_and_how_build_goes(ws, place, plan):
    (found,) = community_places(as_view(ws, View.COMMUNITY))
    assert found.resolution == 8 and 0 < len(found.cells) < len(place.boundary.cells)
    assert found.build == "planned"
    assert not hasattr(found, "phases")


def test_a_signal_is_shown_to_its_sender_as_it_was_sent(ws):
    answer = SignalAnswer(SignalQuestion.NEW, "more litter by the bridge")
    for agency in ("Council", "Fire service"):
        signal = Signal(
            agency=agency,
            category=SignalCategory.COUNCIL,
            first_day=date(2026, 2, 1),
            last_day=date(2026, 2, 28),
            area_name="Moorfield",
            answers=(answer,),
        )
        send_signal(ws, signal, by="LRO")
    (found,) = partner_signals(as_partner(ws))
    assert found.agency == "Council"
    assert found.answers == ((SignalQuestion.NEW.value, answer.text),)
    assert len(partner_signals(as_view(ws, View.PARTNER, Role.CO_ORDINATOR))) == 2


def test_an_asset_is_shared_without_address_contact_or_note(ws):
    draft = AssetDraft(
        name="Sholver Centre",
        kind="community_centre",
        longitude=-1.49,
        latitude=53.37,
        address=SECRET,
        contact_role=SECRET,
        note=SECRET,
    )
    mark_asset(ws, draft, by="LRO")
    (found,) = community_assets(as_view(ws, View.COMMUNITY))
    assert found.title == "Sholver Centre"
    assert "Canary" not in all_words(found)
