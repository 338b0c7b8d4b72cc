"""Distances and days of the engagement page, in words."""

from datetime import date

import pytest

from chb.ui.parts.engagement.queue import distance_words, when_words

TODAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("distance_m", "words"),
    [(0.0, "within 100 m"), (99.9, "within 100 m"), (233.0, "about 230 m away")],
)
def test_a_distance_is_no_finer_than_the_cells_of_a_place(distance_m, words):
    assert distance_words(distance_m) == words


@pytest.mark.parametrize(
    ("day", "note"),
    [
        (date(2026, 3, 4), "today"),
        (date(2026, 3, 5), "in 1 day"),
        (date(2026, 3, 2), "2 days late"),
    ],
)
def test_a_day_says_how_far_off_or_how_late_it_is(day, note):
    cell = when_words(day, TODAY)
    assert cell.text.endswith("Mar 2026")
    assert cell.note == note
