"""Partner signals in plain words."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chb.domain.planning.signals import (
    MOST_CELLS,
    Signal,
    SignalAnswer,
    SignalCategory,
    SignalLink,
    SignalQuestion,
    counts_by_cell,
)
from chb.domain.refusal import Refusal

SIGNAL = Signal(
    agency="Bank Homes",
    category=SignalCategory.HOUSING,
    first_day=date(2026, 1, 1),
    last_day=date(2026, 2, 28),
    area_name="The Saltings",
    answers=(SignalAnswer(SignalQuestion.NEW, "Door fobs used all night"),),
)


def test_five_questions_and_none_of_them_speaks_of_organised_crime():
    assert len(SignalQuestion) == 5
    words = " ".join(SignalQuestion).lower()
    assert not any(word in words for word in ("ocg", "organised", "soc ", "nominal", "gang"))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"answers": ()}, "None of the questions"),
        ({"answers": (SignalAnswer(SignalQuestion.NEW, "  "),)}, "None of the questions"),
        ({"area_name": " "}, "belongs somewhere"),
        ({"last_day": date(2025, 12, 31)}, "ends before it starts"),
        ({"cells": frozenset(range(MOST_CELLS + 1))}, "at most 500 cells"),
        ({"agency": ""}, "The agency is missing"),
    ],
)
def test_what_cannot_be_a_signal_is_refused(changes, says):
    with pytest.raises(Refusal, match=says):
        replace(SIGNAL, **changes).checked()


def test_warnings_come_from_the_answers_and_know_the_area():
    named = SignalAnswer(SignalQuestion.MOST, "Sam Taylor of The Saltings")
    (warning,) = replace(SIGNAL, answers=(named,)).warnings()
    assert warning.words == "Sam Taylor"
    assert SIGNAL.warnings() == ()


def test_a_link_leads_somewhere():
    with pytest.raises(Refusal, match="belongs to a place or to an OCG"):
        SignalLink(signal_id="s").checked()


@given(st.lists(st.frozensets(st.integers(0, 20))))
def test_counts_add_up_to_the_cells_of_all_signals(areas):
    assert sum(counts_by_cell(areas).values()) == sum(map(len, areas))
