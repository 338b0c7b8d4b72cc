"""Weeks of sessions: the Bradford Moor case, small cases by hand, and what always holds."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chb.domain.assets.sessions import Session, Weekday
from chb.domain.refusal import Refusal
from chb.services.assets.moves import Moved, what_if
from chb.services.assets.weeks import Slot, Week, in_order
from tests.services.assets.timetable_makers import THURSDAY, TUESDAY, session

GROUPS = ("Boxing", "Football", "Music", "Youth club")
BRADFORD_MOOR = tuple((group, day) for group in GROUPS for day in (TUESDAY, THURSDAY))
MOVED_TO = {
    ("Boxing", TUESDAY): (Weekday.MONDAY, 17),
    ("Boxing", THURSDAY): (Weekday.WEDNESDAY, 17),
    ("Football", TUESDAY): (Weekday.TUESDAY, 17),
    ("Football", THURSDAY): (Weekday.SATURDAY, 10),
    ("Music", TUESDAY): (Weekday.TUESDAY, 19),
    ("Music", THURSDAY): (Weekday.THURSDAY, 19),
    ("Youth club", TUESDAY): (Weekday.WEDNESDAY, 19),
    ("Youth club", THURSDAY): (Weekday.THURSDAY, 17),
}


def slot(asset_id, held, *, index=0, ages=(10, 16)):
    return Slot(
        asset_id=asset_id,
        asset_name=asset_id,
        kind="youth_club",
        index=index,
        session=held,
        ages=ages,
    )


def week_of(*slots, near=None, ages=(10, 16)):
    ids = sorted({each.asset_id for each in slots})
    every_pair = ((one, other) for one in ids for other in ids if one < other)
    return Week(
        slots=in_order(slots), ages=ages, near=frozenset(every_pair if near is None else near)
    )


@pytest.fixture
def bradford_moor():
    """Four groups, all from six to eight on the same two evenings."""
    return week_of(
        *(
            slot(group, session(day, 18, 20), index=int(day == THURSDAY))
            for group, day in BRADFORD_MOOR
        )
    )


def test_four_groups_on_two_evenings_clash_and_leave_five_evenings_empty(bradford_moor):
    assert [(clash.weekday, len(clash.slots)) for clash in bradford_moor.clashes] == [
        (TUESDAY, 4),
        (THURSDAY, 4),
    ]
    assert len(bradford_moor.competing) == 12
    assert len(bradford_moor.uncovered) == 5 and bradford_moor.days == (TUESDAY, THURSDAY)


def test_over_four_evenings_and_a_saturday_they_do_not_clash_and_cover_five_days(bradford_moor):
    moves = [
        Moved(group, int(day == THURSDAY), to, time(start), time(start + 2))
        for (group, day), (to, start) in MOVED_TO.items()
    ]
    effect = what_if(bradford_moor, *moves)
    assert effect.week.clashes == () and effect.clashes_made == ()
    assert effect.clashes_ended == bradford_moor.clashes
    assert effect.evenings_gained == (Weekday.MONDAY, Weekday.WEDNESDAY)
    assert effect.week.days == (*list(Weekday)[:4], Weekday.SATURDAY)
    assert len(effect.week.slots) == len(bradford_moor.slots)


def test_one_move_of_four_eases_a_clash_and_ends_none(bradford_moor):
    effect = what_if(bradford_moor, Moved("Boxing", 0, Weekday.MONDAY, time(18), time(20)))
    assert effect.clashes_ended == () and effect.clashes_made == ()
    assert [len(clash.slots) for clash in effect.week.clashes] == [3, 4]
    assert effect.evenings_gained == (Weekday.MONDAY,)


def test_a_move_may_make_a_clash_and_empty_an_evening():
    week = week_of(slot("A", session(TUESDAY, 18, 20)), slot("B", session(THURSDAY, 18, 20)))
    effect = what_if(week, Moved("B", 0, TUESDAY, time(19), time(21)))
    (made,) = effect.clashes_made
    assert (made.weekday, made.start, made.end) == (TUESDAY, time(18), time(21))
    assert effect.evenings_lost == (THURSDAY,) and effect.clashes_ended == ()


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (slot("B", session(TUESDAY, 20, 22)), "one begins as the other ends"),
        (slot("B", session(THURSDAY, 18, 20)), "another weekday"),
        (slot("B", session(TUESDAY, 18, 20), ages=(60, 120)), "other ages"),
        (slot("A", session(TUESDAY, 18, 20), index=1), "the same asset"),
        (slot("B", session(TUESDAY, 9, 21)), "an opening, not a session"),
        (slot("C", session(TUESDAY, 18, 20)), "out of reach"),
    ],
)
def test_what_does_not_clash(other, why):
    week = week_of(slot("A", session(TUESDAY, 18, 20)), other, near={("A", "B")})
    assert week.clashes == (), why


def test_ages_that_meet_outside_the_ages_asked_about_do_not_clash():
    slots = (
        slot("A", session(TUESDAY, 18, 20), ages=(10, 14)),
        slot("B", session(TUESDAY, 18, 20), ages=(12, 16)),
    )
    assert len(week_of(*slots, ages=(10, 16)).clashes) == 1
    assert week_of(*slots, ages=(15, 16)).clashes == ()


def test_an_evening_is_covered_by_an_hour_counted_once():
    slots = [
        slot("A", Session(TUESDAY, time(16), time(17, 30))),
        slot("B", Session(TUESDAY, time(17), time(17, 45))),
    ]
    tuesday = week_of(*slots).evenings[1]
    assert (tuesday.minutes, tuesday.is_covered) == (45, False)
    slots.append(slot("C", Session(TUESDAY, time(20, 45), time(22))))
    assert week_of(*slots).evenings[1].minutes == 60
    assert TUESDAY not in week_of(*slots).uncovered


@pytest.mark.parametrize(
    ("move", "says"),
    [
        (Moved("Nobody", 0, TUESDAY, time(18), time(20)), "not in this week"),
        (Moved("Boxing", 7, TUESDAY, time(18), time(20)), "not in this week"),
        (Moved("Boxing", 0, TUESDAY, time(20), time(18)), "ends after it starts"),
    ],
)
def test_a_move_that_cannot_be_is_a_sentence(bradford_moor, move, says):
    with pytest.raises(Refusal, match=says):
        what_if(bradford_moor, move)


@st.composite
def weeks(draw):
    slots = [
        slot(
            f"asset {asset}",
            session(
                draw(st.sampled_from(list(Weekday)[:3])), start, start + draw(st.integers(1, 5))
            ),
            index=index,
            ages=tuple(sorted(draw(st.tuples(st.integers(8, 18), st.integers(8, 18))))),
        )
        for asset in range(draw(st.integers(1, 4)))
        for index, start in enumerate(draw(st.lists(st.integers(14, 18), max_size=3)))
    ]
    return week_of(*slots)


def competes_slowly(one, other):
    """Written apart from the code: hour by hour and age by age."""
    if one.asset_id == other.asset_id or one.session.weekday != other.session.weekday:
        return False
    hours = [set(range(each.session.start.hour, each.session.end.hour)) for each in (one, other)]
    ages = [set(range(each.ages[0], each.ages[1] + 1)) for each in (one, other)]
    short = all(len(each) <= 4 for each in hours)
    return short and bool(hours[0] & hours[1]) and bool(ages[0] & ages[1] & set(range(10, 17)))


@given(weeks())
def test_clashes_are_the_pairs_found_slowly_and_a_session_is_in_one_at_most(week):
    slow = {
        frozenset((one, other))
        for one in week.slots
        for other in week.slots
        if competes_slowly(one, other)
    }
    assert {frozenset(pair) for pair in week.competing} == {
        frozenset(each.key for each in pair) for pair in slow
    }
    clashing = [each for clash in week.clashes for each in clash.slots]
    assert len(clashing) == len(set(clashing))
    assert set(clashing) == {each for pair in slow for each in pair}


@given(weeks(), st.data())
def test_a_move_there_and_back_changes_nothing(week, data):
    if not week.slots:
        return
    chosen = data.draw(st.sampled_from(week.slots))
    there = Moved(*chosen.key, Weekday.SUNDAY, time(9), time(10))
    held = chosen.session
    back = Moved(*chosen.key, held.weekday, held.start, held.end)
    moved = what_if(week, there).week
    assert moved.evenings[-1].slots == ()
    assert what_if(moved, back).week == week
    assert what_if(week, there, back).clashes_made == ()


@given(weeks())
def test_minutes_of_an_evening_are_those_counted_one_by_one(week):
    for evening in week.evenings:
        slow = {
            minute
            for each in week.on(evening.weekday)
            for minute in range(each.session.start.hour * 60, each.session.end.hour * 60)
            if 17 * 60 <= minute < 21 * 60
        }
        assert evening.minutes == len(slow)
