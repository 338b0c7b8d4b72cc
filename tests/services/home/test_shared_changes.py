"""What partners are told of changes: shared wording, nobody's name, and nothing covert."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from chb.domain.access.roles import Role, View
from chb.domain.home import Subject
from chb.domain.places.phases import Intensity, Phase
from chb.domain.planning.interventions import InterventionStatus
from chb.domain.planning.plans import Pillar
from chb.services.assets.register import AssetDraft, mark_asset
from chb.services.home.shared_changes import shared_changes
from chb.services.home.shared_places import shared_glances
from chb.services.places.openings import close_place
from chb.services.planning.plans import save_intervention
from tests.conftest import NOW
from tests.services.place_makers import edit, moved
from tests.services.planner_makers import (
    BY,
    made_agreement,
    made_disruption,
    made_intervention,
    made_ocg,
    made_place,
    made_plan,
)
from tests.services.views.shared_places import as_partner, as_view

BEFORE = NOW - timedelta(hours=1)
TOMORROW = NOW.date() + timedelta(days=1)
SECRET = "Canary Smith of 12 Canary Street"


@pytest.fixture
def place(ws):
    return made_place(ws)


@pytest.fixture
def plan(ws, place):
    return made_plan(ws, place_id=place.id)


def task(ws, plan, **changes):
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


def convener(ws):
    return as_view(ws, View.PARTNER, Role.CSP_MANAGER)


def at(ws, **passed):
    moment = NOW + timedelta(**passed)
    return replace(ws, clock=lambda: moment)


def told(ws, since=BEFORE):
    return {group.subject: group for group in shared_changes(ws, since)}


def test_work_is_told_in_shared_wording_and_by_nobody(ws, plan):
    task(ws, plan, shared_title="Lights on the green")
    group = told(convener(ws))[Subject.PLANS]
    assert [(each.title, each.about, each.by) for each in group.newest] == [
        ("Lights on the green", "Moorfield", "")
    ]
    assert "Canary" not in str(told(convener(ws)))


@pytest.mark.parametrize(
    ("trigger_on", "is_told"), [(None, False), (TOMORROW, False), (NOW.date(), True)]
)
def test_clear_is_told_of_from_its_trigger_date(ws, plan, trigger_on, is_told):
    task(ws, plan, phase=Phase.CLEAR, trigger_on=trigger_on)
    assert (Subject.PLANS in told(convener(ws))) is is_told


def test_work_on_groups_and_what_was_disrupted_is_not_told_of(ws, plan):
    group = made_ocg(ws)
    task(ws, made_plan(ws, ocg_id=group.id))
    task(ws, plan, ocg_id=group.id)
    made_disruption(ws, ocg_id=group.id, what=SECRET)
    assert set(told(convener(ws))) == {Subject.PLACES}


def test_a_change_that_is_not_shared_is_not_noticed_either(ws, plan):
    kept = task(ws, plan)
    tomorrow = at(ws, days=1)
    kept = save_intervention(tomorrow, replace(kept, owner="x", detail="y"), by=BY, reason="z")
    assert told(convener(tomorrow), since=NOW) == {}
    save_intervention(
        tomorrow, replace(kept, status=InterventionStatus.AGREED), by=BY, reason="agreed"
    )
    change = told(convener(tomorrow), since=NOW)[Subject.PLANS].newest[0]
    assert change.what == "proposed to agreed"


def test_an_internal_edit_does_not_date_anew_what_partners_were_told(ws, plan):
    tomorrow, later = at(ws, days=1), at(ws, days=2)
    agreed = replace(task(ws, plan), status=InterventionStatus.AGREED)
    kept = save_intervention(tomorrow, agreed, by=BY, reason="agreed")
    save_intervention(later, replace(kept, detail="covert"), by=BY, reason="for us")
    (change,) = told(convener(later), since=NOW)[Subject.PLANS].newest
    assert (change.what, change.at) == ("proposed to agreed", tomorrow.now())


def told_of_places(ws, since):
    return [
        (each.what, each.at)
        for group in shared_changes(ws, since)
        for each in group.newest
        if group.subject == Subject.PLACES
    ]


def midnight(days):
    return datetime.combine(NOW.date() + timedelta(days), time(), UTC)


VIEWERS = {
    "convenes": lambda ws: as_view(ws, View.PARTNER, Role.CSP_MANAGER),
    "has signed": as_partner,
    "has not signed": lambda ws: as_partner(ws, agency="Traders"),
    "any resident": lambda ws: as_view(ws, View.COMMUNITY),
    "leads": lambda ws: as_view(ws, View.RESTRICTED, Role.LRO),
}


@pytest.fixture
def ahead(ws, place):
    """Clear since today; entered tomorrow: its pause, a second strike, and Build, all ahead."""
    made_agreement(ws, place)
    place = moved(ws, place)
    for phase, intensity, days in (
        (Phase.CLEAR, Intensity.PAUSED, 5),
        (Phase.HOLD, Intensity.CLOSED, 9),
        (Phase.HOLD, Intensity.ACTIVE, 9),
        (Phase.CLEAR, Intensity.ACTIVE, 21),
        (Phase.BUILD, Intensity.ACTIVE, 30),
    ):
        effective_on = NOW.date() + timedelta(days=days)
        changes = {"phase": phase, "intensity": intensity, "effective_on": effective_on}
        place = moved(at(ws, days=1), place, **changes)
    return place


@pytest.mark.usefixtures("ahead")
@pytest.mark.parametrize("viewer", VIEWERS)
def test_what_is_entered_ahead_is_news_of_its_own_day(ws, viewer):
    news = {5: "Clear paused", 9: "Hold active", 21: "Clear active", 30: "Build active"}
    is_build_only = viewer in ("has not signed", "any resident")
    for days in range(1, 32):
        today = at(ws, days=days)
        expected = [
            (news[day], midnight(day))
            for day in (days,)
            if day in news and (day == 30 or not is_build_only)
        ]
        assert told_of_places(VIEWERS[viewer](today), NOW + timedelta(days=days - 1)) == expected


@pytest.mark.usefixtures("ahead")
@pytest.mark.parametrize("viewer", VIEWERS)
def test_no_more_is_told_of_a_phase_than_its_card_says(ws, viewer):
    """Whenever somebody looks, and however long they were away."""
    for days in (0, 1, 4, 5, 8, 9, 20, 21, 29, 30):
        seen = VIEWERS[viewer](at(ws, days=days, minutes=1))
        cards = {
            f"{phase.phase} {phase.intensity}"
            for glance in shared_glances(seen)
            for phase in glance.phases
        }
        words = {what for what, _ in told_of_places(seen, NOW)}
        assert words <= cards


def test_a_place_that_has_no_card_is_not_told_of(ws, place):
    close_place(at(ws, days=1), place.id, edit(place))
    assert told_of_places(convener(ws), BEFORE) == [("added", NOW)]
    assert told_of_places(convener(at(ws, days=1)), BEFORE) == []


def test_clear_at_a_place_is_told_of_as_it_stands_openly_and_never_as_it_was_planned(ws, place):
    tomorrow = at(ws, days=1)
    partner = convener(tomorrow)
    place = moved(tomorrow, place, phase=Phase.HOLD)
    place = moved(tomorrow, place, phase=Phase.CLEAR)
    words = [each.what for each in told(partner, since=NOW)[Subject.PLACES].newest]
    assert sorted(words) == ["Clear active", "Hold active"]
    made_plan(tomorrow, place_id=place.id, trigger_on=NOW.date() + timedelta(days=9))
    words = [each.what for each in told(partner, since=NOW)[Subject.PLACES].newest]
    assert words == ["Hold active"]


def test_an_agency_without_agreement_is_told_of_build_and_assets(ws, place, plan):
    tomorrow = at(ws, days=1)
    place = moved(tomorrow, place, phase=Phase.BUILD)
    moved(tomorrow, place, phase=Phase.HOLD, intensity=Intensity.PAUSED)
    task(tomorrow, plan)
    task(tomorrow, plan, phase=Phase.BUILD, shared_title="Lights")
    draft = AssetDraft(
        name="Hall", kind="community_centre", longitude=-1.5, latitude=53.36, address=SECRET
    )
    mark_asset(tomorrow, draft, by=BY)
    found = told(as_view(tomorrow, View.COMMUNITY), since=NOW)
    assert {subject: [each.title for each in group.newest] for subject, group in found.items()} == {
        Subject.PLACES: ["Moorfield"],
        Subject.PLANS: ["Lights"],
        Subject.ASSETS: ["Hall"],
    }
    assert found[Subject.PLACES].newest[0].what == "Build active"
