"""Names, positions and sessions of assets."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chb.domain.assets.outlines import checked_position
from chb.domain.assets.register import checked_asset_name
from chb.domain.assets.sessions import Session, Weekday
from chb.domain.refusal import Refusal

sessions = st.tuples(
    st.sampled_from(Weekday), st.times(), st.times(), st.integers(0, 18), st.integers(18, 99)
).filter(lambda s: s[1] < s[2])


def session(day, start, end, youngest=None, oldest=None):
    at = [value.replace(second=0, microsecond=0) for value in (start, end)]
    return Session(day, *at, "football", youngest, oldest) if at[0] < at[1] else None


@given(sessions)
def test_a_session_survives_being_written_down(values):
    made = session(*values)
    if made is not None:
        assert Session.from_dict(made.as_dict()) == made


def test_capacity_and_exceptions_survive_being_written_down():
    made = Session(
        Weekday.MONDAY,
        time(9),
        time(10),
        capacity=12,
        exceptions=(date(2026, 12, 25), date(2026, 4, 6)),
    )
    assert Session.from_dict(made.as_dict()) == made
    assert made.checked().exceptions == (date(2026, 4, 6), date(2026, 12, 25))


@pytest.mark.parametrize(
    "changes", [{"capacity": 0}, {"youngest": 12, "oldest": 11}, {"oldest": 121}]
)
def test_a_session_for_nobody_is_refused(changes):
    with pytest.raises(Refusal, match="a session"):
        Session(Weekday.MONDAY, time(9), time(10), **changes).checked()


@given(sessions, sessions)
def test_overlap_is_mutual(one, other):
    a, b = session(*one), session(*other)
    if a is not None and b is not None:
        assert a.overlaps(b) == b.overlaps(a)
        assert a.overlaps(a)


def test_sessions_that_touch_do_not_overlap():
    early = Session(Weekday.TUESDAY, time(17), time(18))
    late = Session(Weekday.TUESDAY, time(18), time(19))
    assert not early.overlaps(late)


def test_age_bands_meet_at_their_ends():
    juniors = Session(Weekday.FRIDAY, time(18), time(20), youngest=10, oldest=16)
    assert juniors.serves(16, 25) and not juniors.serves(17, 25)
    assert Session(Weekday.FRIDAY, time(18), time(20)).serves(90, 95)


def test_times_the_wrong_way_round_are_refused():
    with pytest.raises(Refusal, match="wrong way round"):
        Session(Weekday.MONDAY, time(20), time(18))


@pytest.mark.parametrize("name", ["", "   ", "\n"])
def test_an_asset_needs_a_name(name):
    with pytest.raises(Refusal, match="needs a name"):
        checked_asset_name(name)


def test_a_name_of_ten_thousand_characters_is_refused_with_its_length():
    with pytest.raises(Refusal, match="10,000"):
        checked_asset_name("x" * 10_000)


@pytest.mark.parametrize(
    "position", [(float("nan"), 53.0), (float("inf"), 53.0), (435000.0, 387000.0), (0.0, 91.0)]
)
def test_a_position_is_degrees(position):
    with pytest.raises(Refusal, match="position"):
        checked_position(*position)
