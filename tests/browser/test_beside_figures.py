"""What stands beside a figure and a map: how it is computed, and a table of what the map shows."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from chb.services.places.register import list_places
from chb.services.workspace import Workspace
from tests.browser.app_server import AppServer
from tests.browser.filling import tab, wait_until_still
from tests.browser.screen import choose_option, open_page, settle

pytestmark = pytest.mark.browser

EXPLAINED = {
    "gaps": ("Gap = need x (1 - min(1, provision))", "doi:10.1007/BF01942293"),
    "hotspots": ("Gi* = (sum over the cell and its neighbours", "J. K. Ord and A. Getis"),
    "timetable": ("overlap in time and in ages", "Ours: clash in docs/methods.md"),
}
"""Of some pages a formula and a source that their button opens."""


@pytest.mark.parametrize("path", EXPLAINED)
def test_a_page_says_how_its_figures_are_computed(page: Page, server: AppServer, path: str) -> None:
    open_page(page, server.url, path)
    wait_until_still(page)
    _read_explanation(page, *EXPLAINED[path])
    if path == "gaps":
        worst = page.get_by_role("table", name="Cells with most unmet need")
        expect(worst.get_by_role("row")).to_have_count(11)
        assert "1. Pierhead" in worst.inner_text()


def test_the_cards_of_a_hotspot_opened_beside_the_map_are_explained(
    page: Page, server: AppServer
) -> None:
    open_page(page, server.url).wait_until_painted()
    page.get_by_text("Hotspots, ranked").click()
    settle(page)
    choose_option(page, "Hotspot", "1. The Saltings")
    expect(page.get_by_test_id("chosen-hotspot")).to_be_visible()
    wait_until_still(page)
    _read_explanation(page, "Harm of the hotspot's cells / harm of all cells", "Census 2021", at=1)


def test_a_boundary_is_a_table_as_well_as_a_map(
    page: Page, server: AppServer, sample: Workspace
) -> None:
    open_page(page, server.url, "places").wait_until_drawn()
    expect(page.get_by_role("table", name="Places")).to_contain_text("The Saltings")
    shape = tab(page, "Boundary and name")
    place = next(each for each in list_places(sample) if each.name == "The Saltings")
    choose_option(page, "Place", place.name)
    shape.get_by_text("The cells of the boundary as a table").click()
    cells = shape.get_by_role("table", name="Cells of The Saltings")
    expect(cells.get_by_text("inside", exact=True)).to_have_count(len(place.boundary.cells))
    shape.get_by_role("button", name="Add a ring").click()
    expect(cells.get_by_text("added", exact=True).first).to_be_visible()


def test_signals_are_a_table_by_cell(page: Page, server: AppServer) -> None:
    open_page(page, server.url, "signals").wait_until_painted()
    wait_until_still(page)
    listed = tab(page, "By cell").get_by_role("table", name="Signals by cell")
    touched, *_ = page.get_by_test_id("sentence").inner_text().split()
    expect(listed.get_by_role("row")).to_have_count(1 + int(touched))


def _read_explanation(page: Page, formula: str, source: str, *, at: int = 0) -> None:
    """Open one of the page's buttons without a mouse, read, and leave it again."""
    button = page.get_by_role("button", name="How is this computed?").nth(at)
    button.press("Enter")
    expect(page.get_by_text(formula)).to_be_visible()
    expect(page.get_by_text(source).first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text(formula)).to_have_count(0)
    expect(button).to_be_focused()
