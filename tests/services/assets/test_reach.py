"""What an asset offers at an hour, by hand, and that another session never makes it less."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chb.domain.assets.register import AssetStatus
from chb.domain.assets.sessions import Weekday
from chb.domain.refusal import Refusal
from chb.services.assets.reach import (
    When,
    check_walking,
    chosen,
    provision_at,
    sessions_at,
    straight_reach_m,
    wanted_kinds,
)
from chb.services.assets.timetables import WeekRequest
from tests.services.assets.timetable_makers import THURSDAY, made_asset, session

WHEN = When(THURSDAY, time(18), youngest=10, oldest=16)


@pytest.mark.parametrize(
    ("sessions", "capacity", "offered"),
    [
        ((), None, 0),
        ((session(THURSDAY, 18, 20),), None, 1),
        ((session(THURSDAY, 18, 20),), 15, 0.5),
        ((session(THURSDAY, 18, 20, capacity=60),), 15, 2),
        ((session(THURSDAY, 17, 19), session(THURSDAY, 18, 20)), 15, 0.5),
        ((session(THURSDAY, 17, 19, capacity=15), session(THURSDAY, 18, 20, capacity=30)), 15, 1.5),
        ((session(THURSDAY, 16, 18),), None, 0),
        ((session(Weekday.FRIDAY, 18, 20),), None, 0),
        ((session(THURSDAY, 18, 20, youngest=17, oldest=None),), None, 0),
    ],
)
def test_what_an_asset_offers_at_six_on_a_thursday(sessions, capacity, offered):
    assert provision_at(made_asset("Club", *sessions, capacity=capacity), WHEN) == offered


def test_a_session_without_ages_is_for_those_of_its_asset():
    open_to_all = session(THURSDAY, 18, 20, youngest=None, oldest=None)
    assert sessions_at(made_asset("Hall", open_to_all), WHEN) == (open_to_all,)
    assert sessions_at(made_asset("Day centre", open_to_all, youngest=60), WHEN) == ()


def test_sessions_in_term_time_only_count_in_term_only():
    club = made_asset("Club", session(THURSDAY, 18, 20, term_time_only=True))
    assert provision_at(club, WHEN) == 1
    assert provision_at(club, When(THURSDAY, time(18), 10, 16, in_term=False)) == 0


def test_only_open_assets_of_the_kinds_and_groups_count():
    club, gym = made_asset("Club"), made_asset("Gym", kind="gym")
    shut = made_asset("Old club", status=AssetStatus.CLOSED)
    declined = made_asset("Shy club", status=AssetStatus.DECLINED)
    assert chosen([club, gym, shut, declined], WeekRequest()) == (club, gym, declined)
    assert chosen([club, gym, shut], WeekRequest(kinds=("youth_club",))) == (club,)
    assert chosen([club, gym], WeekRequest(groups=("sport",))) == (gym,)
    assert wanted_kinds(["youth_club"], ["sport"]) > {"youth_club", "gym", "sports_club"}


def test_an_asset_reaches_as_far_as_it_says():
    far = made_asset("College", reach_m=2600)
    assert straight_reach_m([made_asset("Club"), far], 1300).tolist() == [1000, 2000]


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: wanted_kinds(["castle"], []), "no kind of asset called 'castle'"),
        (lambda: wanted_kinds([], ["castles"]), "no group of asset called 'castles'"),
        (lambda: check_walking(0), "walking distance"),
        (lambda: check_walking(float("nan")), "walking distance"),
        (lambda: check_walking(80_000), "walking distance"),
    ],
)
def test_what_cannot_be_asked_is_a_sentence(call, says):
    with pytest.raises(Refusal, match=says):
        call()


capacities = st.none() | st.integers(1, 200)
running = st.builds(
    lambda start, hours, places: session(THURSDAY, start, start + hours, capacity=places),
    st.integers(15, 19),
    st.integers(1, 3),
    capacities,
)


@given(st.lists(running, max_size=4), running, capacities)
def test_another_session_never_makes_an_asset_offer_less(sessions, added, capacity):
    before = provision_at(made_asset("Club", *sessions, capacity=capacity), WHEN)
    assert provision_at(made_asset("Club", *sessions, added, capacity=capacity), WHEN) >= before
