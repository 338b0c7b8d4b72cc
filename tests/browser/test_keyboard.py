"""Without a mouse: Tab comes to every control, the eye finds it there, and nothing holds it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.app_server import AppServer
from tests.browser.filling import tab, wait_until_still
from tests.browser.screen import MAP, chosen_cell, eventually, open_page
from tests.browser.tabbing import walk

pytestmark = pytest.mark.browser

ZOOMS = ("Zoom in", "Zoom out")
CONTROLS = {
    "harm-map": (
        *("Area", "Harm scheme", "Settings", "Harm density", "Month", "Also show", "Compare"),
        *("Whole area", *ZOOMS, "more to beware of"),
        *("Highest cells: Harm density", "The 10 highest cells", "Take the map out"),
        "How is this computed?",
    ),
    "places": ("Place", "Overview", *ZOOMS, "Change an intensity", "Record the change"),
    "assets": ("Find by name", *ZOOMS, "Next page", "Latitude", "Starts", "Save the asset"),
}
"""What a page is worked by, beside what every page has."""


@pytest.mark.parametrize("path", CONTROLS)
def test_tab_comes_to_every_control_in_order_and_is_seen_there(
    page: Page, server: AppServer, path: str
) -> None:
    open_page(page, server.url, path).wait_until_drawn()
    wait_until_still(page)
    _walk_through(page, CONTROLS[path])


def test_tab_goes_through_a_grid_that_shows_which_cell_has_the_focus(
    page: Page, server: AppServer
) -> None:
    open_page(page, server.url, "plan")
    tab(page, "All actions")
    grid = page.get_by_test_id("data-grid-canvas")
    before = _still_picture(grid)
    grid.focus()
    page.keyboard.press("ArrowRight")
    eventually(lambda: grid.screenshot() != before, "a cell with a frame")
    _walk_through(page, ("All actions", "Overdue only", "New status", "Save the changes"))


def test_a_map_is_zoomed_and_its_cells_are_opened_and_read_without_a_mouse(
    page: Page, server: AppServer
) -> None:
    shown = open_page(page, server.url)
    shown.wait_until_painted()
    zoom = shown.frame.evaluate("map.getZoom()")
    page.frame_locator(MAP).get_by_role("button", name="Zoom in").press("Enter")
    eventually(lambda: shown.frame.evaluate("map.getZoom()") > zoom, "a nearer map")
    page.get_by_role("combobox", name="Highest cells").focus()
    for key in ("ArrowDown", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    expect(chosen_cell(page)).to_be_visible()
    page.locator("summary", has_text="The 10 highest cells").press("Enter")
    listed = page.get_by_role("table", name="The 10 highest cells")
    expect(listed.get_by_role("row")).to_have_count(11)


def _walk_through(page: Page, controls: tuple[str, ...]) -> None:
    walked = walk(page)
    assert walked.is_through, f"held at {walked.page[-1].name}"
    names = walked.names()
    assert [each for each in ("Skip to main content", *controls) if each not in names] == []
    assert walked.unseen() == []
    assert walked.met_again() == []
    assert walked.out_of_order() == []


def _still_picture(part: Locator) -> bytes:
    """A grid fades in: its picture once two of them are alike."""
    pictures = [part.screenshot(), b""]

    def is_still() -> bool:
        pictures.insert(0, part.screenshot())
        return pictures[0] == pictures[1]

    eventually(is_still, "a grid that is drawn")
    return pictures[0]
