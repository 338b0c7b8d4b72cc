"""Phases overlap, cycle and never become one status."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from chb.domain.places.phases import (
    Intensity,
    IntensityChange,
    Phase,
    changes_in_force,
    current_intensities,
    headline,
    missing_by_design,
)

START = date(2025, 1, 6)
RECORDED = datetime(2025, 1, 6, 9, tzinfo=UTC)


def change(phase, intensity, day=0, hour=0):
    return IntensityChange(
        phase, intensity, START + timedelta(day), "why", "LRO", RECORDED + timedelta(hours=hour)
    )


histories = st.lists(
    st.builds(
        change,
        st.sampled_from(Phase),
        st.sampled_from(Intensity),
        st.integers(0, 60),
        st.integers(0, 900),
    ),
    max_size=12,
)


def test_phases_overlap():
    now = current_intensities(
        [
            change(Phase.CLEAR, Intensity.ACTIVE),
            change(Phase.HOLD, Intensity.ACTIVE, 5),
            change(Phase.BUILD, Intensity.SUSTAINING, 9),
        ],
        START + timedelta(10),
    )
    assert headline(now) == "Clear and Hold active, Build sustaining"
    assert headline(dict.fromkeys(Phase, Intensity.ACTIVE)) == "Clear, Hold and Build active"


def test_clear_may_be_resumed_after_it_was_closed():
    history = [
        change(Phase.CLEAR, Intensity.ACTIVE),
        change(Phase.CLEAR, Intensity.CLOSED, 30),
        change(Phase.CLEAR, Intensity.ACTIVE, 60),
    ]
    assert current_intensities(history, START + timedelta(45))[Phase.CLEAR] == Intensity.CLOSED
    assert current_intensities(history, START + timedelta(60))[Phase.CLEAR] == Intensity.ACTIVE


def test_what_is_planned_for_later_does_not_count_yet():
    assert current_intensities([change(Phase.HOLD, Intensity.ACTIVE, 3)], START)[Phase.HOLD] is None


def test_of_two_entries_for_one_day_the_later_recorded_counts():
    history = [
        change(Phase.HOLD, Intensity.PAUSED, 3, hour=2),
        change(Phase.HOLD, Intensity.ACTIVE, 3, hour=1),
    ]
    assert current_intensities(history, START + timedelta(3))[Phase.HOLD] == Intensity.PAUSED


@given(histories, st.randoms(use_true_random=False))
def test_the_order_in_which_entries_are_stored_says_nothing(history, random):
    moments = [(entry.phase, entry.effective_on, entry.recorded_at) for entry in history]
    if len(set(moments)) < len(moments):
        return
    shuffled = list(history)
    random.shuffle(shuffled)
    on = START + timedelta(61)
    assert current_intensities(history, on) == current_intensities(shuffled, on)


@given(histories)
def test_every_history_has_a_headline(history):
    on = START + timedelta(61)
    words = headline(current_intensities(history, on))
    assert (words == "not started") == (not history)


def test_hold_and_build_missing_are_seen_from_day_one():
    now = current_intensities([change(Phase.CLEAR, Intensity.PLANNED)], START)
    assert missing_by_design(now) == (Phase.HOLD, Phase.BUILD)
    assert missing_by_design(current_intensities([], START)) == ()


def test_of_two_entries_in_the_same_words_the_one_in_force_is_told_from_the_one_ahead():
    begun = change(Phase.CLEAR, Intensity.ACTIVE)
    paused, resumed = (
        change(Phase.CLEAR, Intensity.PAUSED, 5),
        change(Phase.CLEAR, Intensity.ACTIVE, 21),
    )
    history = [resumed, begun, paused]
    for day, expected in ((4, begun), (5, paused), (20, paused), (21, resumed)):
        assert changes_in_force(history, START + timedelta(day)) == {Phase.CLEAR: expected}
    assert changes_in_force(history, START - timedelta(1)) == {}
