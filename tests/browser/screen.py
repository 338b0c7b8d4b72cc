"""What a person does at the screen, and what a test may know of it."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h3.api.numpy_int as h3
from playwright.sync_api import Error, Frame, Locator, Page, expect
from playwright.sync_api import TimeoutError as TooLateError

MAP = "iframe[title='streamlit_folium.st_folium']"
PATIENCE_S = float(os.environ.get("HOLDFAST_PATIENCE_S", "30"))
"""How long a test waits for what a quiet machine shows in a second or two."""
_A_MOMENT_MS = 100
_A_WHILE_MS = PATIENCE_S * 250
SCREENSHOTS = "HOLDFAST_SCREENSHOTS"


class MapOnScreen:
    """The one map of a page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def frame(self) -> Frame:
        return next(
            frame
            for frame in reversed(self.page.frames)
            if "streamlit_folium" in frame.url and not frame.is_detached()
        )

    def facts(self) -> dict[str, Any]:
        """What the map says is drawn; empty while it is being made."""
        try:
            facts: dict[str, Any] | None = self.frame.evaluate("window.__holdfast")
        except (StopIteration, Error):  # no frame yet, or one that has just gone
            # Playwright lets requests through only while it is being called.
            self.page.wait_for_timeout(50)
            return {}
        return facts or {}

    def wait_until_drawn(self, **expected: object) -> dict[str, Any]:
        """Wait for the ground, and for any facts named."""
        expect(self.page.frame_locator(MAP).locator(".leaflet-container")).to_be_visible()
        eventually(
            lambda: (
                self.facts().get("context")
                and all(self.facts().get(name) == value for name, value in expected.items())
            ),
            f"a drawn map with {expected}",
        )
        return self.facts()

    def wait_until_painted(self, *, not_digest: str = "") -> str:
        """Wait for a layer of cells other than the one given; its digest."""
        self.wait_until_drawn()
        eventually(
            lambda: self.facts().get("painted") not in ("", None, not_digest), "a painted layer"
        )
        return str(self.facts()["painted"])

    def look_at(self, latitude: float, longitude: float, zoom: int) -> None:
        self.frame.evaluate(
            "([at, zoom]) => map.setView(at, zoom, { animate: false })",
            [[latitude, longitude], zoom],
        )

    def centre_on_cell(self, cell: int) -> None:
        self.look_at(*position_of(cell), 14)

    def point_of(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Where a position is on the page, in pixels."""
        x, y = self.frame.evaluate(
            "(at) => { const p = map.latLngToContainerPoint(at); return [p.x, p.y]; }",
            [latitude, longitude],
        )
        box = self.page.locator(MAP).bounding_box()
        assert box is not None
        return box["x"] + x, box["y"] + y

    def click(self, latitude: float, longitude: float) -> None:
        """A real click of the mouse at a position."""
        self.page.mouse.click(*self.point_of(latitude, longitude))

    def click_cell(self, cell: int) -> None:
        self.click(*position_of(cell))


def position_of(cell: int) -> tuple[float, float]:
    """Latitude and longitude of a cell's centre."""
    latitude, longitude = h3.cell_to_latlng(cell)
    return float(latitude), float(longitude)


def open_page(page: Page, url: str, path: str = "harm-map") -> MapOnScreen:
    """Open a page by its address, and wait until it is drawn."""
    page.goto(f"{url}/{path}")
    settle(page)
    return MapOnScreen(page)


def settle(page: Page) -> None:
    """Wait until Streamlit has finished its run."""
    expect(page.get_by_test_id("stApp")).to_have_attribute(
        "data-test-script-state", "notRunning", timeout=PATIENCE_S * 1_000
    )


def choose_layer(page: Page, label: str) -> None:
    page.get_by_test_id("stButtonGroup").get_by_text(label, exact=True).click()


def chosen_cell(page: Page) -> Locator:
    """The line of the dossier that names its cell."""
    return page.get_by_test_id("chosen-cell")


def choose_option(part: Page | Locator, label: str, option: str | re.Pattern[str]) -> None:
    """Choose in a field with a list, of the whole page or of a part of it."""
    page = part if isinstance(part, Page) else part.page
    field = part.get_by_role("combobox", name=label, exact=True)
    chosen = page.get_by_role("option", name=option, exact=True)

    def is_chosen() -> bool:
        """A list closes when the page is drawn under it: then it is opened once more."""
        field.click()
        try:
            chosen.click(timeout=_A_WHILE_MS)
        except TooLateError:
            if page.get_by_role("listbox").count():
                page.keyboard.press("Escape")
            return False
        return True

    eventually(is_chosen, f"{option} in the list {label}")
    expect(page.get_by_role("listbox")).to_have_count(0)
    page.wait_for_timeout(_A_MOMENT_MS)  # a choice asks for a run after the list has gone
    settle(page)


def fill(page: Page, label: str, text: str) -> None:
    page.get_by_label(label, exact=True).fill(text)


def eventually(check: Callable[[], object], what: str, *, seconds: float = PATIENCE_S) -> None:
    """Ask until the answer is yes. (The page's policy forbids Playwright's own waiting.)"""
    deadline = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < deadline, f"waited {seconds:.0f} s for {what}"
        time.sleep(0.05)


def keep_screenshot(page: Page, name: str) -> None:
    """For the README, when the environment names a folder for it."""
    folder = os.environ.get(SCREENSHOTS, "")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(Path(folder) / f"{name}.png"))
