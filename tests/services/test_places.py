"""Starting a place, moving its phases, and what is refused."""

from datetime import date, timedelta

import pytest
import shapely

from chb.domain.phases import Intensity, Phase
from chb.domain.refusal import Refusal
from chb.services.places import change_intensity, get_place, list_places, start_place
from geo.cells import cover

CELLS = [int(cell) for cell in cover(shapely.box(-1.50, 53.36, -1.49, 53.37), 9)]


def started(ws, **changes):
    values = {
        "name": "Moorfield",
        "cells": CELLS,
        "area_name": "Marram",
        "reason": "Third worst harm for two quarters",
        "by": "LRO",
    }
    return start_place(ws, **(values | changes))


def moved(ws, place, **changes):
    values = {
        "phase": Phase.CLEAR,
        "intensity": Intensity.ACTIVE,
        "effective_on": date(2026, 3, 4),
        "reason": "Strike day",
        "by": "LRO",
        "version": place.version,
    }
    return change_intensity(ws, place.id, **(values | changes))


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


HOSTILE = "${fetch('x')}`</script><img src=x onerror=alert(1)> O'Neil \\u{zz} =1+1 🎈"


def test_hostile_words_come_back_as_they_were_typed(ws):
    place = started(ws, name=HOSTILE, reason=HOSTILE)
    assert get_place(ws, place.id).name == HOSTILE
    assert get_place(ws, place.id).boundary.reason == HOSTILE
