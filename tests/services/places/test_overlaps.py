"""Whether a place would lie over another."""

import h3.api.numpy_int as h3
import pytest

from chb.domain.access.roles import Role, View
from chb.domain.access.scope import NotForYou
from chb.services.places.overlaps import Overlap, n_shared, overlaps
from chb.services.views.partner_work import partner_places
from tests.services.place_makers import CELLS, MORE_CELLS, started
from tests.services.views.shared_places import as_view


def test_places_whose_boundary_shares_cells_are_named_most_first(ws):
    started(ws)
    started(ws, name="Part", cells=CELLS[:2])
    started(ws, name="Far", cells=MORE_CELLS[-1:])
    asked = [*CELLS[:3], MORE_CELLS[0]]
    assert MORE_CELLS[0] not in CELLS and MORE_CELLS[0] != MORE_CELLS[-1]
    assert overlaps(ws, asked) == (Overlap("Moorfield", 3), Overlap("Part", 2))
    assert overlaps(ws, MORE_CELLS[:1]) == ()


def test_coarser_cells_are_told_by_what_lies_in_them():
    parent = int(h3.cell_to_parent(CELLS[0], 8))
    assert n_shared([parent], CELLS) == 1
    inside = sum(int(h3.cell_to_parent(cell, 8)) == parent for cell in CELLS)
    assert n_shared(CELLS, [parent]) == inside > 0
    assert n_shared([parent], [int(h3.cell_to_parent(MORE_CELLS[-1], 8))]) == 0


def test_who_is_shown_places_coarsely_is_told_by_those_cells_alone(ws):
    place = started(ws)
    started(ws, name="Far", cells=MORE_CELLS[-1:])
    manager = as_view(ws, View.PARTNER, Role.CSP_MANAGER)
    (shown,) = (each for each in partner_places(manager) if each.title == place.name)
    assert overlaps(manager, shown.cells)[0] == Overlap("Moorfield", len(shown.cells))


def test_an_agency_starts_no_place_and_is_told_of_none(ws):
    started(ws)
    with pytest.raises(NotForYou):
        overlaps(as_view(ws, View.PARTNER, Role.PARTNER), CELLS)
