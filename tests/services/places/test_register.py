"""Starting a place, moving its phases, and what is refused."""

from datetime import date, timedelta

import pytest
import shapely

from chb.domain.places.phases import Intensity, Phase
from chb.domain.refusal import Refusal
from chb.services.places.register import find_place, get_place, list_places
from geo.cells import cover
from tests.services.place_makers import CELLS, HOSTILE, moved, started


def test_hold_and_build_are_designed_at_the_onset(ws):
    place = started(ws)
    assert place.intensities(ws.today()) == dict.fromkeys(Phase, Intensity.PLANNED)
    assert place.boundary.cells == frozenset(CELLS)
    assert list_places(ws) == (place,)


def test_history_is_added_to_and_never_rewritten(ws):
    place = started(ws)
    before = place.history
    place = moved(ws, place)
    place = moved(ws, place, phase=Phase.HOLD, reason="Patrols agreed")
    assert place.history[: len(before)] == before
    assert [change.reason for change in place.history[len(before) :]] == [
        "Strike day",
        "Patrols agreed",
    ]
    assert place.headline(ws.today()) == "Clear and Hold active"


def test_a_form_sent_twice_makes_one_place_and_one_change(ws):
    first = started(ws, request_key="form-1")
    again = started(ws, request_key="form-1")
    assert first.id == again.id and len(list_places(ws)) == 1
    moved(ws, first, request_key="form-2")
    place = moved(ws, first, request_key="form-2")
    assert len(place.history) == len(first.history) + 1


def test_a_stale_edit_is_refused_and_both_are_told(ws):
    seen = started(ws)
    moved(ws, seen, by="P lead", reason="Warrants were executed")
    with pytest.raises(Refusal, match="Warrants were executed") as refused:
        moved(ws, seen, phase=Phase.HOLD)
    assert "changed while you were looking" in str(refused.value)
    assert len(get_place(ws, seen.id).history) == len(seen.history) + 1


def test_clear_is_resumed_with_a_reason(ws):
    place = moved(ws, started(ws))
    place = moved(ws, place, intensity=Intensity.CLOSED, effective_on=date(2026, 6, 1))
    with pytest.raises(Refusal, match="needs a reason"):
        moved(ws, place, effective_on=date(2026, 9, 1), reason="  ")
    place = moved(ws, place, effective_on=date(2026, 9, 1), reason="Another group moved in")
    assert place.intensities(date(2026, 8, 31))[Phase.CLEAR] == Intensity.CLOSED
    assert place.intensities(date(2026, 9, 1))[Phase.CLEAR] == Intensity.ACTIVE


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"name": "  "}, "needs a name"),
        ({"reason": ""}, "needs a reason"),
        ({"by": " "}, "who did this"),
        ({"cells": []}, "at least one cell"),
        ({"cells": [1, 2]}, "made of H3 cells"),
        ({"cells": [-5]}, "made of H3 cells"),
        ({"cells": range(3000)}, "at most 2,000 cells"),
        ({"name": "M" * 10_000}, "at most 120 characters"),
        ({"reason": "r" * 10_000}, "at most 5,000 characters"),
        ({"by": "L" * 10_000}, "at most 200 characters"),
        ({"area_name": "M" * 10_000}, "at most 200 characters"),
        (
            {"cells": [*CELLS, int(cover(shapely.box(-1.5, 53.36, -1.49, 53.37), 8)[0])]},
            "one resol",
        ),
    ],
)
def test_what_cannot_be_started_leaves_nothing(ws, changes, says):
    with pytest.raises(Refusal, match=says):
        started(ws, **changes)
    assert list_places(ws) == ()


def test_two_places_of_one_name_are_refused(ws):
    started(ws)
    with pytest.raises(Refusal, match="already a place called moorfield"):
        started(ws, name="moorfield")


def test_the_same_intensity_again_is_no_change(ws):
    place = moved(ws, started(ws))
    with pytest.raises(Refusal, match="already active"):
        moved(ws, place, effective_on=place.history[-1].effective_on + timedelta(days=1))


def test_a_place_that_is_not_there_is_a_sentence(ws):
    with pytest.raises(Refusal, match="not there"):
        get_place(ws, "nothing")


def test_hostile_words_come_back_as_they_were_typed(ws):
    place = started(ws, name=HOSTILE, reason=HOSTILE)
    assert get_place(ws, place.id).name == HOSTILE
    assert get_place(ws, place.id).boundary.reason == HOSTILE


def test_characters_that_no_database_keeps_are_left_out(ws):
    place = started(ws, name="Moor\x00field \ud83c", reason="a\x00b\nc")
    assert (place.name, place.boundary.reason) == ("Moorfield", "ab\nc")


def test_a_change_on_a_day_that_cannot_be_meant_is_refused(ws):
    with pytest.raises(Refusal, match="year is probably mistyped"):
        moved(ws, started(ws), effective_on=date(202, 3, 4))


def test_a_key_of_any_length_saves_once(ws):
    place = started(ws, request_key="k" * 500)
    assert started(ws, request_key="k" * 500).id == place.id


def test_a_place_is_found_by_name_or_told_what_there_is(ws):
    place = started(ws)
    assert find_place(ws, " moorfield ").id == find_place(ws, place.id).id == place.id
    with pytest.raises(Refusal, match="There are Moorfield"):
        find_place(ws, "Ropewalk")
