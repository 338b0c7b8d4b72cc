"""The record of a place in words, the latest first."""

from chb.domain.places.phases import Intensity, Phase
from chb.domain.places.records import TieKind
from chb.services.places.boundaries import rename_place
from chb.services.places.joining import merge_places, split_place
from chb.services.places.openings import reopen_place
from chb.services.places.register import get_place
from chb.services.places.ties import tie_to_place, untie_from_place
from chb.ui.parts.places.boundary_forms import change_words
from chb.ui.parts.places.history import history_lines
from tests.services.place_makers import CELLS, MORE_CELLS, edit, moved, started


def told(place, *others):
    return [line.what for line in history_lines(place, {each.id: each.name for each in others})]


def test_everything_recorded_is_told(ws):
    place = started(ws)
    place = tie_to_place(ws, place.id, TieKind.LOCATION, "The arcade", edit(place))
    place = untie_from_place(ws, place.id, place.ties[0].tie_id, edit(place))
    place = rename_place(ws, place.id, "Mill Bank", edit(place))
    lines = told(place)
    assert {"Called Moorfield", "Called Mill Bank", "Clear planned", "Build planned"} <= set(lines)
    assert {"Added: location The arcade", "Ended: location The arcade"} <= set(lines)
    assert f"Boundary drawn: version 1, {len(CELLS)} cells" in lines


def test_a_change_through_a_gate_tells_what_was_open(ws):
    place = moved(ws, started(ws), phase=Phase.HOLD, intensity=Intensity.ACTIVE)
    (line,) = [each for each in history_lines(place, {}) if each.what == "Hold active"]
    assert line.passage is not None and len(line.passage.open_items) == 8


def test_a_merged_place_says_where_it_went_and_a_split_one_where_it_came_from(ws):
    place, other = started(ws), started(ws, name="Quay", cells=MORE_CELLS)
    merge_places(ws, place.id, other.id, edit(place), absorbed_version=other.version)
    gone = get_place(ws, other.id)
    assert {"Merged into Moorfield", "Closed"} <= set(told(gone, place))
    assert "Opened again" in told(reopen_place(ws, gone.id, edit(gone)), place)
    whole = get_place(ws, place.id)
    part = split_place(ws, whole.id, MORE_CELLS, "Quay End", edit(whole))
    assert "Split from Moorfield" in told(part, whole)
    assert "Split from a place that is not there any more" in told(part)


def test_a_boundary_says_how_it_would_change():
    assert change_words(frozenset({1}), frozenset({1})) == "1 cell, as it is now"
    assert change_words(frozenset({1, 2}), frozenset({2, 3, 4})) == "3 cells: 2 added, 1 taken away"
