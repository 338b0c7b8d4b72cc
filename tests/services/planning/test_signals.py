"""Partner signals: sent once, naming nobody, linked without the sender seeing it."""

from datetime import date

import h3.api.numpy_int as h3
import pytest

from chb.domain.planning.signals import (
    Signal,
    SignalAnswer,
    SignalCategory,
    SignalLink,
    SignalQuestion,
)
from chb.domain.refusal import Refusal
from chb.services.planning.signals import (
    NamesSuspectedError,
    link_signal,
    linked_signals,
    send_signal,
    sent_signals,
    signal_counts,
    signals_during,
    signals_of_place,
)
from tests.services.planner_makers import BY, LITERAL, made_ocg, made_place

YEAR = {"first_day": date(2026, 1, 1), "last_day": date(2026, 12, 31)}


def sent(ws, text="Door fobs used all night", *, request_key="", no_persons=(), **changes):
    values = {
        "agency": "Bank Homes",
        "category": SignalCategory.HOUSING,
        "first_day": date(2026, 1, 1),
        "last_day": date(2026, 2, 28),
        "area_name": "Moorfield",
        "answers": (SignalAnswer(SignalQuestion.NEW, text),),
    }
    signal = Signal(**(values | changes))
    return send_signal(ws, signal, by=BY, request_key=request_key, no_persons=no_persons)


def test_a_signal_is_sent_once(ws):
    first = sent(ws, request_key="form")
    assert sent(ws, request_key="form") == first
    assert sent_signals(ws, "Bank Homes") == (first,)
    assert sent_signals(ws, "Council") == ()


def test_a_signal_that_was_sent_is_not_edited(ws):
    with pytest.raises(Refusal, match="stays as it is"):
        send_signal(ws, sent(ws), by=BY)


def test_a_name_is_asked_about_and_the_sender_may_confirm_that_it_is_none(ws):
    with pytest.raises(Refusal, match=r"'Jo Bloggs' \(capitalised words in a row\)"):
        sent(ws, "Jo Bloggs holds the fobs")
    assert sent_signals(ws, "Bank Homes") == ()
    kept = sent(ws, "Jo Bloggs Bakery has moved", no_persons=["Jo Bloggs Bakery"])
    assert sent_signals(ws, "Bank Homes") == (kept,)


def test_what_was_confirmed_of_some_words_does_not_pass_others(ws):
    with pytest.raises(NamesSuspectedError) as caught:
        sent(ws, "Jo Bloggs Bakery has moved, says Ann Other", no_persons=["Jo Bloggs Bakery"])
    assert [each.words for each in caught.value.suspected] == ["Ann Other"]
    assert sent_signals(ws, "Bank Homes") == ()


def test_names_of_our_places_are_not_names_of_persons(ws):
    made_place(ws, "Foxhill Bents")
    assert sent(ws, "Trouble at Foxhill Bents").id


def test_hostile_words_come_back_as_they_were_typed(ws):
    kept = sent(ws, LITERAL)
    assert sent_signals(ws, "Bank Homes")[0].answers == kept.answers
    assert kept.answers[0].text == LITERAL


def test_the_lead_officer_links_a_signal_and_the_sender_sees_no_difference(ws):
    place, ocg = made_place(ws), made_ocg(ws)
    signal = sent(ws)
    link = link_signal(
        ws, SignalLink(signal_id=signal.id, ocg_id=ocg.id, place_id=place.id, note="Fits"), by=BY
    )
    assert linked_signals(ws)[0].links == (link,)
    assert sent_signals(ws, "Bank Homes") == (signal,)
    assert "KITTIWAKE" not in str(sent_signals(ws, "Bank Homes"))
    assert not {name for name in vars(signal) if "ocg" in name or "link" in name}


def test_signals_are_counted_by_cell_within_days_and_by_category(ws):
    cells = sorted(made_place(ws).boundary.cells)
    sent(ws, cells=frozenset(cells[:3]))
    sent(ws, cells=frozenset(cells[2:4]), category=SignalCategory.FIRE)
    assert signal_counts(ws, **YEAR) == {cells[0]: 1, cells[1]: 1, cells[2]: 2, cells[3]: 1}
    only_fire = signal_counts(ws, **YEAR, category=SignalCategory.FIRE)
    assert only_fire == {cells[2]: 1, cells[3]: 1}
    assert signal_counts(ws, first_day=date(2026, 3, 1), last_day=date(2026, 3, 4)) == {}


def test_the_latest_of_a_span_of_days_are_given_and_all_are_counted(ws):
    cells = sorted(made_place(ws).boundary.cells)
    early = sent(ws, first_day=date(2025, 11, 1), last_day=date(2025, 12, 31))
    middle = sent(
        ws, first_day=date(2025, 12, 31), last_day=date(2026, 1, 20), cells=frozenset(cells[:2])
    )
    late = sent(
        ws, last_day=date(2026, 2, 28), category=SignalCategory.FIRE, cells=frozenset(cells[1:3])
    )
    found = signals_during(ws, **YEAR, most=1)
    assert (found.latest, found.n) == ((late,), 2)
    days = {"first_day": date(2025, 12, 31), "last_day": date(2025, 12, 31)}
    assert signals_during(ws, **days, most=9).latest == (middle, early)
    on_cell = signals_during(ws, **YEAR, most=9, cells=cells[:1])
    assert (on_cell.latest, on_cell.n) == ((middle,), 1)
    assert signals_during(ws, **YEAR, most=9, category=SignalCategory.FIRE).latest == (late,)
    assert signals_during(ws, **YEAR, most=9, cells=()).n == 0


def test_signals_of_every_resolution_are_counted_on_the_cells_of_one_map(ws):
    cell = min(made_place(ws).boundary.cells)
    around = int(h3.cell_to_parent(cell, 8))
    within = [int(child) for child in h3.cell_to_children(cell, 10)]
    sent(ws, cells=frozenset({around}))
    sent(ws, cells=frozenset(within[:3]))
    counts = signal_counts(ws, **YEAR)
    assert sorted(counts) == sorted(int(child) for child in h3.cell_to_children(around, 9))
    assert counts.pop(cell) == 2 and set(counts.values()) == {1}
    assert signal_counts(ws, **YEAR, resolution=8) == {around: 2}


def test_the_timeline_of_a_place_holds_what_is_on_its_cells_and_what_is_linked(ws):
    place = made_place(ws)
    on_cells = sent(ws, cells=frozenset(sorted(place.boundary.cells)[:1]))
    linked = sent(ws, first_day=date(2025, 6, 1))
    sent(ws, area_name="elsewhere")
    link_signal(ws, SignalLink(signal_id=linked.id, place_id=place.id), by=BY)
    assert signals_of_place(ws, place.id) == (linked, on_cells)
    assert signals_of_place(ws, "gone") == ()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"cells": frozenset({1, 2})}, "made of H3 cells"),
        ({"cells": frozenset({0x8928308280FFFFF, 0x8828308281FFFFF})}, "one resolution"),
        ({"cells": frozenset({0x8428309FFFFFFFF})}, "too large or too small"),
        ({"first_day": date(2026, 3, 5)}, "cannot have happened yet"),
        ({"answers": ()}, "None of the questions"),
    ],
)
def test_what_cannot_be_sent_leaves_nothing(ws, changes, says):
    with pytest.raises(Refusal, match=says):
        sent(ws, **changes)
    assert linked_signals(ws) == ()
