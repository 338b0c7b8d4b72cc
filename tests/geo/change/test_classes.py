"""Histories of hot and not, and the names they get."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.change.classes import Change, ChangeRule, change_classes
from geo.change.periods import PeriodStates, gi_star_by_period
from geo.change.space_time import Pattern, space_time_patterns
from geo.errors import GeoInputError
from geo.hotspots.gi_star import gi_star

HISTORY = {".": 0.0, "#": 1.0, "c": 0.0, "?": np.nan}


def read(text):
    return [HISTORY[letter] for letter in text]


@pytest.mark.parametrize(
    ("history", "name"),
    [
        ("############", Change.PERSISTENT),
        ("##########..", Change.PERSISTENT),
        (".........###", Change.EMERGING),
        ("..........##", Change.EMERGING),
        ("######......", Change.FORMER),
        ("##.#.#.#.#..", Change.INTERMITTENT),
        ("......#.....", Change.NONE),
        ("............", Change.NONE),
        ("?##########?", Change.PERSISTENT),
        ("???#########", Change.UNKNOWN),
        ("#########???", Change.UNKNOWN),
    ],
)
def test_named_histories(history, name):
    assert change_classes([read(history)]).tolist() == [name]


@given(st.lists(st.sampled_from("#."), min_size=12, max_size=12).map("".join))
def test_a_looser_rule_keeps_persistent_cells_persistent(history):
    strict = change_classes([read(history)])[0]
    loose = change_classes([read(history)], rule=ChangeRule(persistent=0.5))[0]
    assert loose in (Change.PERSISTENT, strict)
    assert (strict == Change.PERSISTENT) == (history.count("#") >= 0.8 * 12)


def states(history, z=None):
    hot = np.array([read(history)])
    cold = np.array([[np.nan if c == "?" else float(c == "c") for c in history]])
    return PeriodStates(hot if z is None else np.array([z], float), hot, cold)


@pytest.mark.parametrize(
    ("history", "z", "name"),
    [
        ("...........#", None, Pattern.NEW),
        ("c..........#", None, Pattern.NEW),
        (".........###", None, Pattern.CONSECUTIVE),
        (".......##?##", None, Pattern.CONSECUTIVE),
        ("############", range(12), Pattern.INTENSIFYING),
        ("############", range(12, 0, -1), Pattern.DIMINISHING),
        ("############", [3] * 12, Pattern.PERSISTENT),
        (".###########", [3] * 12, Pattern.PERSISTENT),
        ("###########.", [3] * 12, Pattern.HISTORICAL),
        ("..#...##...#", None, Pattern.SPORADIC),
        ("..#..c##...#", None, Pattern.OSCILLATING),
        ("..#...##....", None, Pattern.NONE),
        ("............", None, Pattern.NONE),
        ("???...#####?", None, Pattern.UNKNOWN),
        ("...........?", None, Pattern.NONE),
        ("..........#?", None, Pattern.NEW),
    ],
)
def test_named_patterns(history, z, name):
    assert space_time_patterns(states(history, z)).tolist() == [name]


@pytest.fixture
def line():
    """Thirty cells in a line over twelve months; five of them busy in the last three."""
    months = np.random.default_rng(2).poisson(1.0, (30, 12)).astype(float)
    months[10:15, -3:] += 12
    return months, [[c for c in (cell - 1, cell + 1) if 0 <= c < 30] for cell in range(30)]


def test_gi_star_of_each_period_is_gi_star_of_that_column(line):
    months, rows = line
    months[20:, 4] = np.nan
    months[:, 6] = 0
    months[:, 7] = np.nan
    found = gi_star_by_period(months, rows)
    np.testing.assert_array_equal(found.z[:, 2], gi_star(months[:, 2], rows).z)
    shorter = [[near for near in row if near < 20] for row in rows[:20]]
    np.testing.assert_array_equal(found.z[:20, 4], gi_star(months[:20, 4], shorter).z)
    assert np.isnan(found.hot[20:, 4]).all()
    assert found.hot[:, 6].tolist() == found.z[:, 6].tolist() == [0] * 30
    assert np.isnan(found.z[:, 7]).all()


def test_a_planted_newcomer_is_emerging_and_consecutive(line):
    found = gi_star_by_period(*line)
    assert change_classes(found.hot)[12] == Change.EMERGING
    assert space_time_patterns(found)[12] == Pattern.CONSECUTIVE


def test_too_few_periods_are_refused(line):
    months, rows = line
    for refused in (
        lambda: change_classes(months[:, :9] > 5),
        lambda: gi_star_by_period(months[:, :9], rows),
    ):
        with pytest.raises(GeoInputError, match="9 periods were found and at least 10"):
            refused()
