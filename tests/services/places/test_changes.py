"""Names, boundaries, openings, splits and merges; nothing recorded is ever lost."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from chb.domain.audit import AuditAction, AuditQuery
from chb.domain.edits import StaleEdit
from chb.domain.places.phases import Intensity, Phase
from chb.domain.places.records import BoundaryChange, RelationKind, TieKind
from chb.domain.refusal import Refusal
from chb.services.audit import search
from chb.services.places.boundaries import extend_place, redraw_place, rename_place, shrink_place
from chb.services.places.joining import merge_places, split_place
from chb.services.places.openings import close_place, reopen_place, resume_clear
from chb.services.places.register import find_place, get_place, list_places
from chb.services.places.ties import tie_to_place
from chb.services.workspace import Workspace
from tests.services.place_makers import (
    CELLS,
    HOSTILE,
    MORE_CELLS,
    TODAY,
    cell_far_away,
    edit,
    moved,
    started,
)

LATER = TODAY + timedelta(days=30)


@pytest.fixture
def later_ws(ws):
    """The same store a month later."""
    return Workspace(ws.store, ws.scope, lambda: ws.now() + timedelta(days=30))


def test_a_renamed_place_keeps_its_earlier_names_and_is_found_by_them(ws):
    place = rename_place(ws, started(ws).id, HOSTILE, edit(started(ws, name="Other"), version=1))
    place = rename_place(ws, place.id, "Moorfield Rise", edit(place))
    assert (place.name, place.earlier_names) == ("Moorfield Rise", ("Moorfield", HOSTILE))
    assert find_place(ws, "moorfield").id == place.id


@pytest.mark.parametrize(
    ("name", "says"),
    [("Moorfield", "already"), ("OTHER", "already a place"), (" ", "needs a name")],
)
def test_a_name_that_cannot_be_given_changes_nothing(ws, name, says):
    place = started(ws)
    started(ws, name="Other")
    with pytest.raises(Refusal, match=says):
        rename_place(ws, place.id, name, edit(place))
    assert get_place(ws, place.id) == place


def test_a_boundary_is_a_new_version_that_says_how_it_came_about(ws, later_ws):
    place = started(ws)
    place = extend_place(ws, place.id, MORE_CELLS, edit(place))
    place = shrink_place(later_ws, place.id, MORE_CELLS[:1], edit(place, on=LATER))
    place = redraw_place(later_ws, place.id, MORE_CELLS, edit(place))
    place = redraw_place(later_ws, place.id, CELLS, edit(place), from_hotspot=True)
    assert [boundary.change for boundary in place.boundaries] == [
        BoundaryChange.DRAWN,
        BoundaryChange.EXTENDED,
        BoundaryChange.SHRUNK,
        BoundaryChange.REDRAWN,
        BoundaryChange.GROWN,
    ]
    assert place.boundaries[0].cells == set(CELLS)
    assert place.boundary_on(TODAY).version == 2
    assert place.boundary_on(LATER).version == 5
    assert place.boundary_on(date(2020, 1, 1)).version == 1


@pytest.mark.parametrize(
    ("cells", "changes", "says"),
    [
        ([], {}, "at least one cell"),
        (range(5000), {}, "at most 2,000 cells"),
        (CELLS, {}, "same as before"),
        (MORE_CELLS, {"on": TODAY - timedelta(days=1)}, "follows the one before"),
        (MORE_CELLS, {"on": TODAY + timedelta(days=1)}, "cannot have happened yet"),
        (MORE_CELLS, {"reason": " "}, "needs a reason"),
        (MORE_CELLS, {"by": ""}, "who did this"),
    ],
)
def test_a_boundary_that_cannot_be_is_refused(ws, cells, changes, says):
    place = started(ws)
    with pytest.raises(Refusal, match=says):
        redraw_place(ws, place.id, cells, edit(place, **changes))
    assert get_place(ws, place.id) == place


def test_two_edits_at_once_show_both_and_lose_neither(ws, later_ws):
    seen = started(ws)
    extend_place(later_ws, seen.id, MORE_CELLS, edit(seen, by="P lead", reason="Sites grew"))
    with pytest.raises(StaleEdit) as refused:
        rename_place(ws, seen.id, "Moorfield Rise", edit(seen, reason="Residents asked"))
    assert "Sites grew" in refused.value.theirs and "P lead" in refused.value.theirs
    assert "Moorfield Rise" in refused.value.yours and "Residents asked" in refused.value.yours
    assert refused.value.theirs in str(refused.value) and refused.value.yours in str(refused.value)
    kept = get_place(ws, seen.id)
    assert (kept.name, kept.boundary.version, kept.version) == ("Moorfield", 2, 2)
    again = rename_place(ws, seen.id, "Moorfield Rise", edit(kept, reason="Residents asked"))
    assert (again.name, again.boundary.version) == ("Moorfield Rise", 2)


def test_every_edit_sent_twice_is_made_once(ws):
    place = started(ws)
    for _ in range(2):
        extended = extend_place(ws, place.id, MORE_CELLS, edit(place, request_key="extend"))
    for _ in range(2):
        part = split_place(
            ws, place.id, MORE_CELLS[-2:], "Part", edit(extended, request_key="split")
        )
    whole = get_place(ws, place.id)
    for _ in range(2):
        merge_places(
            ws, place.id, part.id, edit(whole, request_key="merge"), absorbed_version=part.version
        )
    closing = edit(get_place(ws, place.id), request_key="close")
    for _ in range(2):
        close_place(ws, place.id, closing)
    assert len(list_places(ws)) == 2
    assert len(get_place(ws, place.id).boundaries) == 4
    assert len(get_place(ws, place.id).openings) == 1


def test_a_closed_place_refuses_changes_until_it_is_reopened_with_a_reason(ws):
    place = moved(ws, started(ws))
    place = close_place(ws, place.id, edit(place, reason="Exit agreed"))
    assert set(place.intensities(TODAY).values()) == {Intensity.CLOSED}
    assert (place.headline(TODAY), place.is_open(TODAY)) == ("closed", False)
    with pytest.raises(Refusal, match="Exit agreed"):
        moved(ws, place, phase=Phase.HOLD)
    with pytest.raises(Refusal, match="is closed"):
        extend_place(ws, place.id, MORE_CELLS, edit(place))
    with pytest.raises(Refusal, match="is closed"):
        close_place(ws, place.id, edit(place))
    with pytest.raises(Refusal, match="needs a reason"):
        reopen_place(ws, place.id, edit(place, reason=""))
    place = reopen_place(ws, place.id, edit(place, reason="New group", on=LATER))
    assert not place.is_open(TODAY) and place.is_open(LATER)
    with pytest.raises(Refusal, match="is closed"):
        moved(ws, place, phase=Phase.HOLD, effective_on=TODAY)


def test_clear_is_resumed_at_any_time_even_at_a_closed_place(ws):
    place = started(ws)
    place = resume_clear(ws, place.id, edit(place, reason="Another group moved in"))
    assert place.intensities(TODAY)[Phase.CLEAR] == Intensity.ACTIVE
    with pytest.raises(Refusal, match="Clear is active"):
        resume_clear(ws, place.id, edit(place))
    place = close_place(ws, place.id, edit(place))
    with pytest.raises(Refusal, match="needs a reason"):
        resume_clear(ws, place.id, edit(place, reason="\n"))
    place = resume_clear(ws, place.id, edit(place, on=LATER, reason="They came back"))
    assert place.is_open(LATER) and place.headline(LATER) == "Clear active"


def test_opening_and_closing_follow_what_is_recorded(ws):
    place = moved(ws, started(ws), effective_on=LATER)
    with pytest.raises(Refusal, match="wrong way round"):
        close_place(ws, place.id, edit(place))
    with pytest.raises(Refusal, match="is open"):
        reopen_place(ws, place.id, edit(place))
    with pytest.raises(Refusal, match="year is probably mistyped"):
        close_place(ws, place.id, edit(place, on=date(3026, 3, 4)))


def test_a_split_divides_the_cells_and_leaves_both_records_whole(ws):
    place = moved(ws, started(ws))
    place = tie_to_place(ws, place.id, TieKind.OCG, "KESTREL", edit(place))
    part = split_place(ws, place.id, CELLS[:3], "Moorfield North", edit(place))
    rest = get_place(ws, place.id)
    assert rest.boundary.cells | part.boundary.cells == set(CELLS)
    assert not rest.boundary.cells & part.boundary.cells
    assert rest.boundaries[0].cells == set(CELLS) and rest.history == place.history
    assert part.intensities(TODAY) == rest.intensities(TODAY)
    assert [tie.subject for tie in part.tied(TODAY, TieKind.OCG)] == ["KESTREL"]
    (relation,) = part.relations
    assert (relation.kind, relation.other_place_id) == (RelationKind.SPLIT_FROM, place.id)


@pytest.mark.parametrize(
    ("cells", "name", "says"),
    [
        (CELLS, "North", "must stay"),
        ([cell_far_away()], "North", "outside it"),
        ([], "North", "at least one cell"),
        (CELLS[:2], "Moorfield", "already a place"),
        (CELLS[:2], "", "needs a name"),
    ],
)
def test_a_split_that_cannot_be_changes_nothing(ws, cells, name, says):
    place = started(ws)
    with pytest.raises(Refusal, match=says):
        split_place(ws, place.id, cells, name, edit(place))
    assert list_places(ws) == (place,)


def test_a_merge_joins_cells_and_ties_and_closes_the_other(ws):
    place, other = started(ws), started(ws, name="Ropewalk", cells=MORE_CELLS)
    for each, code in ((place, "KESTREL"), (other, "kestrel"), (other, "HERON")):
        tie_to_place(ws, each.id, TieKind.OCG, code, edit(get_place(ws, each.id)))
    place, other = get_place(ws, place.id), get_place(ws, other.id)
    merged = merge_places(
        ws, place.id, other.id, edit(place, reason="One estate"), absorbed_version=other.version
    )
    assert merged.boundary.cells == set(CELLS) | set(MORE_CELLS)
    assert [tie.subject for tie in merged.tied(TODAY, TieKind.OCG)] == ["KESTREL", "HERON"]
    gone = get_place(ws, other.id)
    assert not gone.is_open(TODAY) and gone.boundaries == other.boundaries
    assert (gone.relations[0].kind, gone.relations[0].other_place_id) == (
        RelationKind.MERGED_INTO,
        place.id,
    )
    (row,) = search(ws, AuditQuery(action=AuditAction.COMBINE))
    assert (row.object_kind, row.object_id) == ("place", place.id)
    assert row.body == {"absorbed": [other.id]}


def test_a_merge_that_cannot_be_changes_nothing(ws):
    place, other = started(ws), started(ws, name="Ropewalk", cells=MORE_CELLS)
    moved(ws, other)
    before = list_places(ws)
    with pytest.raises(StaleEdit, match="Ropewalk"):
        merge_places(ws, place.id, other.id, edit(place), absorbed_version=other.version)
    with pytest.raises(Refusal, match="with itself"):
        merge_places(ws, place.id, place.id, edit(place), absorbed_version=place.version)
    with pytest.raises(Refusal, match="not there"):
        merge_places(ws, place.id, "nothing", edit(place), absorbed_version=1)
    assert list_places(ws) == before


def test_a_place_of_the_sample_is_not_merged_with_a_real_one(ws):
    place = started(ws)
    with ws.writing() as tx:
        sample = replace(place, id="sample", name="Sample")
        tx.places.add(sample, is_sample=True)
    with pytest.raises(Refusal, match="kept apart"):
        merge_places(ws, place.id, "sample", edit(place), absorbed_version=place.version)
