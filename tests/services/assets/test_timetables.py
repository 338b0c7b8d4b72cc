"""The week of a place: the sample's planted evenings, and a small place by hand."""

import json
from datetime import date, time

import pytest

from chb.domain.access.roles import Role
from chb.domain.access.scope import NotForYou
from chb.domain.assets.sessions import Weekday
from chb.domain.refusal import Refusal
from chb.services.assets.moves import Moved, what_if
from chb.services.assets.register import list_assets, save_asset
from chb.services.assets.timetables import WeekRequest, week
from chb.services.places.register import find_place
from geo.cells import cell_of
from tests.conftest import PROJECT
from tests.services.access.scopes import as_person
from tests.services.assets.timetable_makers import THURSDAY, TUESDAY, made_asset, session
from tests.services.place_makers import CELLS, started

HERE = (-1.495, 53.365)
NORTH_600_M = (HERE[0], HERE[1] + 600 / 111_195)
NORTH_5_KM = (HERE[0], HERE[1] + 5_000 / 111_195)
PLANTED = json.loads((PROJECT / "data" / "sample" / "assets.json").read_text())["clash"]


def kept(ws, *assets):
    for asset in assets:
        save_asset(ws, asset, by="Co-ordinator")
    return ws


@pytest.fixture
def saltings(sample_ws):
    place = find_place(sample_ws, "The Saltings")
    ages = {"youngest": PLANTED["youngest"], "oldest": PLANTED["oldest"]}
    return week(sample_ws, WeekRequest(place_id=place.id, **ages))


def test_the_two_planted_evenings_of_the_sample_are_found(saltings):
    planted = [asset["name"] for asset in PLANTED["assets"]]
    assert [clash.weekday.value for clash in saltings.clashes] == PLANTED["weekdays"]
    for clash in saltings.clashes:
        assert {slot.asset_name for slot in clash.slots} == set(planted)
        assert f"{clash.start:%H:%M}" == PLANTED["start"]
        assert f"{clash.end:%H:%M}" == PLANTED["end"]


def test_the_five_evenings_that_were_left_empty_are_found(saltings):
    assert {day.value for day in saltings.uncovered} == {
        day.value for day in Weekday if day.value not in PLANTED["weekdays"]
    }
    assert all(each.minutes == 0 for each in saltings.evenings if not each.is_covered)


def test_a_planted_session_moved_to_an_empty_evening_fills_it(saltings):
    slot = saltings.clashes[0].slots[0]
    effect = what_if(saltings, Moved(*slot.key, Weekday.FRIDAY, time(18), time(20)))
    assert effect.evenings_gained == (Weekday.FRIDAY,)
    assert [len(clash.slots) for clash in effect.week.clashes] == [3, 4]


def test_a_week_holds_what_is_within_reach_and_for_the_ages(ws):
    kept(
        ws,
        made_asset("Near", session(TUESDAY, 18, 20), at=HERE),
        made_asset("Far", session(TUESDAY, 18, 20), at=NORTH_5_KM),
        made_asset("Far but reaching", session(THURSDAY, 18, 20), at=NORTH_5_KM, reach_m=8_000),
        made_asset("Bowls", session(TUESDAY, 18, 20, youngest=60, oldest=None), at=HERE),
        made_asset("Park", at=HERE, kind="park"),
    )
    place = started(ws, cells=CELLS)
    found = week(ws, WeekRequest(place_id=place.id, youngest=10, oldest=16))
    assert [slot.asset_name for slot in found.slots] == ["Near", "Far but reaching"]
    assert found.n_assets == 4
    assert any("1 of 4 assets within reach have no timetable" in said for said in found.caveats)
    assert found.clashes == () and TUESDAY not in found.uncovered


def test_only_assets_within_reach_of_each_other_clash(ws):
    kept(
        ws,
        made_asset("Here", session(TUESDAY, 18, 20), at=HERE),
        made_asset("There", session(TUESDAY, 19, 21), at=NORTH_600_M),
    )
    cells = tuple(map(int, cell_of(*zip(HERE, NORTH_600_M, strict=True), 9)))
    assert len(week(ws, WeekRequest(cells=cells)).clashes) == 1
    # Half the walk reaches 307 m: both are near a cell still, and no longer near each other.
    apart = week(ws, WeekRequest(cells=cells, walking_m=400))
    assert len(apart.slots) == 2 and apart.clashes == ()


def test_sessions_of_term_time_can_be_left_out(ws):
    club = made_asset(
        "Club",
        session(TUESDAY, 18, 20, term_time_only=True),
        session(THURSDAY, 18, 20, exceptions=(date(2026, 12, 24),)),
        at=HERE,
    )
    kept(ws, club)
    place = started(ws)
    term, holiday = (
        week(ws, WeekRequest(place_id=place.id, in_term=in_term)) for in_term in (True, False)
    )
    assert (term.days, holiday.days) == ((TUESDAY, THURSDAY), (THURSDAY,))
    assert "1 of the sessions run in term time only" in term.caveats
    assert any("single days" in said for said in term.caveats)


def test_assets_that_were_read_before_are_not_read_again(ws):
    kept(ws, made_asset("Club", session(TUESDAY, 18, 20), at=HERE))
    place, listed = started(ws), list_assets(ws)
    request = WeekRequest(place_id=place.id)
    assert week(ws, request, assets=listed) == week(ws, request)
    assert week(ws, request, assets=()).slots == ()


def test_the_index_of_a_slot_is_its_place_in_the_assets_timetable(ws):
    kept(
        ws,
        made_asset(
            "Club",
            session(THURSDAY, 18, 20, youngest=60, oldest=None),
            session(TUESDAY, 18, 20),
            at=HERE,
        ),
    )
    (slot,) = week(ws, WeekRequest(place_id=started(ws).id, youngest=10, oldest=16)).slots
    (asset,) = list_assets(ws)
    assert asset.sessions[slot.index] == slot.session and slot.index == 1


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({}, "of a place or of some cells"),
        ({"cells": tuple(range(2_001))}, "2,001 cells"),
        ({"cells": (7,)}, "Not an H3 cell"),
        ({"cells": (-7,)}, "Not an H3 cell"),
        ({"place_id": "nowhere"}, "place"),
        ({"youngest": 17, "oldest": 10}, "from the youngest to the oldest"),
        ({"walking_m": -800}, "walking distance"),
        ({"evening": (time(21), time(17))}, "evening ends after it begins"),
        ({"cells": (CELLS[0],), "groups": ("castles",)}, "no group of asset"),
    ],
)
def test_a_week_that_cannot_be_asked_for_is_a_sentence(ws, changes, says):
    with pytest.raises(Refusal, match=says):
        week(ws, WeekRequest(**changes))


def test_a_co_ordinator_sees_the_week_and_an_administrator_does_not(sample_ws):
    cells = (CELLS[0],)
    assert week(as_person(sample_ws, "c@example.org", Role.CO_ORDINATOR), WeekRequest(cells=cells))
    with pytest.raises(NotForYou):
        week(as_person(sample_ws, "a@example.org", Role.ADMINISTRATOR), WeekRequest(cells=cells))
