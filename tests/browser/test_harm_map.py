"""The harm map as a person uses it."""

from __future__ import annotations

import base64
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlparse

import numpy as np
import pytest
from playwright.sync_api import Error, Frame, Page, expect

from chb.domain.access.roles import Role
from chb.services.harm.profiling import HarmProfile
from chb.services.places.register import list_places
from chb.services.workspace import Workspace
from chb.ui.maps.harm_layers import LABELS
from chb.ui.server.request import POLL
from tests.browser.app_server import AppServer
from tests.browser.asking import Asked
from tests.browser.axe import violations
from tests.browser.conftest import SAMPLE_AREA
from tests.browser.filling import tab
from tests.browser.screen import (
    MapOnScreen,
    choose_layer,
    choose_option,
    chosen_cell,
    eventually,
    open_page,
    position_of,
    settle,
)
from tests.browser.signing import look_as

pytestmark = pytest.mark.browser
ONE_PIXEL = base64.b64decode("R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=")
REMEMBER_WHAT_IS_SHOWN = """() => {
    const show = holdfast.cells.show;
    holdfast.cells.show = (map, asked) => {
        window.lastShown = asked;
        return show(map, asked);
    };
}"""
SHOW_IT_IN_BLUE = """() => {
    const style = { ...lastShown.style, colours: Array(5).fill("#0000ff") };
    return holdfast.cells.show(map, { ...lastShown, style });
}"""
HAS_BLUE_CELLS = """() => {
    const isBlue = (canvas) => {
        const brush = canvas.getContext("2d");
        const { data } = brush.getImageData(0, 0, canvas.width, canvas.height);
        for (let at = 0; at < data.length; at += 4) {
            if (data[at] < 30 && data[at + 2] > 220 && data[at + 3] > 100) return true;
        }
        return false;
    };
    const tiles = document.querySelectorAll(".leaflet-holdfast-cells-pane canvas");
    return [...tiles].some(isBlue);
}"""
DEBOUNCE_MS = 350
"""Longer than streamlit-folium waits before it tells of a click."""


def cells_by_density(profile: HarmProfile) -> list[int]:
    ranked = profile.frame.sort_values("density", ascending=False, kind="stable")
    return [int(cell) for cell in ranked["cell"]]


def test_every_cell_of_the_profile_is_on_the_map(
    page: Page, server: AppServer, sample: Workspace, profile: HarmProfile
) -> None:
    shown = open_page(page, server.url)
    shown.wait_until_painted()
    n_places = len(list_places(sample))
    facts = shown.wait_until_drawn(cells=len(profile.frame), outlines=n_places)
    assert facts["labels"] >= 3  # a name that a place has too stands there once
    assert "hold" in page.get_by_test_id("sentence").inner_text()


def test_a_click_opens_the_dossier_of_that_very_cell(
    page: Page, server: AppServer, profile: HarmProfile
) -> None:
    asked = Asked(page)
    shown = open_page(page, server.url)
    shown.wait_until_painted()
    for rank in (0, 4, 40, 200):
        cell = cells_by_density(profile)[rank]
        row = profile.frame.loc[profile.frame["cell"] == cell].iloc[0]
        shown.centre_on_cell(cell)
        asked.forget()
        shown.click_cell(cell)
        expect(chosen_cell(page)).to_have_attribute("data-cell", f"{cell:x}")
        page.wait_for_timeout(DEBOUNCE_MS)
        # Handed on at once by us, not again by the component; a part of the page runs.
        assert [bool(run.fragment_id) for run in asked.reruns] == [True]
        assert len(asked.messages) == 1
        assert asked.layers == []
        expect(page.get_by_text(f"Rank {rank + 1:,} of {len(profile.frame):,}")).to_be_visible()
        incidents = page.locator(".hf-card", has_text="Incidents")
        expect(incidents).to_contain_text(f"{int(row['count']):,}")


def test_the_first_click_is_exact_on_a_small_screen(
    new_page: Callable[..., Page], server: AppServer, profile: HarmProfile
) -> None:
    page = new_page(width=1024, height=768)
    shown = open_page(page, server.url)
    shown.wait_until_painted()
    shown.centre_on_cell(cells_by_density(profile)[2])
    low = lowest_cell_in_view(shown, profile, height=740)
    shown.click_cell(low)
    expect(chosen_cell(page)).to_have_attribute("data-cell", f"{low:x}")


def test_another_layer_comes_without_a_new_frame_and_keeps_the_view(
    page: Page, server: AppServer
) -> None:
    shown = open_page(page, server.url)
    density = shown.wait_until_painted()
    shown.look_at(53.752, -3.70, 15)
    shown.frame.evaluate("window.markOfTheTest = 'same frame'")
    seen = {density}
    for label in LABELS[1:]:
        choose_layer(page, label)
        eventually(lambda: shown.facts()["painted"] not in seen, label)
        seen.add(shown.facts()["painted"])
        expect(page.frame_locator("iframe").get_by_role("heading", name=label)).to_be_visible()
    assert shown.frame.evaluate("window.markOfTheTest") == "same frame"
    assert shown.frame.evaluate("map.getZoom()") == 15
    assert shown.facts()["markers"] >= 60


def test_looking_around_runs_nothing_and_the_view_survives_another_page(
    page: Page, server: AppServer, sample: Workspace
) -> None:
    asked = Asked(page)
    shown = open_page(page, server.url)
    shown.wait_until_painted()
    assert asked.reruns
    asked.forget()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    shown.look_at(53.75, -3.69, 15)
    drag_and_zoom_in(shown)
    page.wait_for_timeout(600)
    settle(page)
    looked_at = view_of(shown.frame)
    assert asked.messages == []
    assert {urlparse(url).path for url in sent} <= {POLL}
    go_to(page, "Places")
    shown.wait_until_drawn(
        key=f"places:{SAMPLE_AREA}", outlines=len(list_places(sample)), viewKept=False
    )
    go_to(page, "Harm map")
    shown.wait_until_drawn(key=f"harm:{SAMPLE_AREA}", viewKept=True)
    assert view_of(shown.frame) == looked_at


def test_another_layer_or_month_sends_classes_only_and_a_style_nothing(
    page: Page, server: AppServer
) -> None:
    asked = Asked(page)
    shown = open_page(page, server.url)
    density = shown.wait_until_painted()
    assert [kind for kind in asked.layers if kind != "context"] == ["cells", "classes"]
    asked.forget()
    shown.frame.evaluate(REMEMBER_WHAT_IS_SHOWN)
    choose_layer(page, "Incidents")
    incidents = shown.wait_until_painted(not_digest=density)
    choose_layer(page, "Harm density")
    shown.wait_until_painted(not_digest=incidents)
    assert asked.layers == ["classes"]  # and what was shown before is not fetched again
    page.get_by_role("slider", name="Month").press("ArrowRight")
    shown.wait_until_painted(not_digest=density)
    assert asked.layers == ["classes", "classes"]
    assert not shown.frame.evaluate(HAS_BLUE_CELLS)
    shown.frame.evaluate(SHOW_IT_IN_BLUE)
    eventually(lambda: shown.frame.evaluate(HAS_BLUE_CELLS), "cells in another colour")
    assert asked.layers == ["classes", "classes"]


def test_hovering_tells_the_value_of_the_cell(
    page: Page, server: AppServer, profile: HarmProfile
) -> None:
    shown = open_page(page, server.url)
    shown.wait_until_painted()
    cell = cells_by_density(profile)[0]
    shown.centre_on_cell(cell)
    x, y = shown.point_of(*position_of(cell))
    page.mouse.move(x - 3, y)
    page.mouse.move(x, y)
    tooltip = page.frame_locator("iframe").locator(".leaflet-tooltip:not(.holdfast-place)")
    expect(tooltip).to_contain_text(f"{profile.frame['density'].max():,.0f} harm-days per km")
    expect(tooltip).to_contain_text("Top 3% of cells")


def test_every_top_cell_can_be_chosen_with_the_keyboard_alone(
    page: Page, server: AppServer, profile: HarmProfile
) -> None:
    open_page(page, server.url).wait_until_painted()
    choose_first_cells(page)
    cells = [f"{cell:x}" for cell in cells_by_density(profile)[:25]]
    expect(chosen_cell(page)).to_be_visible()
    assert chosen_cell(page).get_attribute("data-cell") in cells


def test_a_month_has_the_colours_of_every_other(page: Page, server: AppServer) -> None:
    shown = open_page(page, server.url)
    whole = shown.wait_until_painted()
    key = page.frame_locator("iframe").get_by_label("Key")
    slider = page.get_by_role("slider", name="Month")
    slider.press("ArrowRight")
    first = shown.wait_until_painted(not_digest=whole)
    expect(key).to_contain_text("2025-01, Cambridge")
    expect(key).to_contain_text("Colours mean the same in every month")
    classes = key.locator("div span").all_inner_texts()
    slider.press("ArrowRight")
    shown.wait_until_painted(not_digest=first)
    expect(key).to_contain_text("2025-02, Cambridge")
    assert key.locator("div span").all_inner_texts() == classes
    expect(page.get_by_test_id("sentence")).to_contain_text("2025-02: ")
    key.get_by_text("more to beware of").click()
    expect(key).to_contain_text("Published points are snapped")
    assert violations(shown.frame) == []


def test_two_periods_stand_side_by_side_and_look_at_the_same_spot(
    page: Page, server: AppServer
) -> None:
    open_page(page, server.url).wait_until_painted()
    page.get_by_role("button", name="Compare").click()
    page.get_by_text("Two periods", exact=True).click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("combobox", name="Compared with, from")).to_be_visible()
    settle(page)
    eventually(lambda: len(painted_maps(page)) == 2, "two painted maps")
    first, second = painted_maps(page)
    first.evaluate("map.setView([53.75, -3.7], 14.5, { animate: false })")
    eventually(lambda: view_of(second) == view_of(first) == [53.75, -3.7, 14.5], "one view")
    second.evaluate("map.panBy([40, 0], { animate: false })")
    eventually(lambda: view_of(first) == view_of(second) != [53.75, -3.7, 14.5], "one view")
    for frame in (first, second):
        assert "Colours mean the same on both maps" in text_of(frame, "[aria-label=Key]")
    expect(page.get_by_text("Highest on both")).to_be_visible()
    expect(page.get_by_role("table", name="The highest cells of either map")).to_be_visible()
    choose_first_cells(page)
    expect(chosen_cell(page)).to_have_attribute("data-cell", re.compile("[0-9a-f]{15}"))
    assert violations(page) == []


def test_a_hotspot_is_found_beside_the_map_and_shown_on_it(page: Page, server: AppServer) -> None:
    shown = open_page(page, server.url)
    shown.wait_until_painted()
    choose_layer(page, "Hotspots, ranked")
    choose_option(page, "Hotspot", "1. The Saltings")
    expect(page.get_by_role("heading", name="The Saltings")).to_be_visible()
    eventually(lambda: shown.facts()["here"] == "Near The Saltings", "the map at the hotspot")
    page.get_by_role("button", name="Also show").click()
    page.get_by_text("Ward boundaries", exact=True).click()
    eventually(lambda: shown.facts().get("edges") == "ward,lsoa", "ward boundaries")
    assert violations(page) == []


def test_who_goes_as_far_out_as_the_country_is_told_the_way_back(
    page: Page, server: AppServer
) -> None:
    shown = open_page(page, server.url)
    shown.wait_until_painted()
    shown.look_at(54.0, -2.5, 5)
    eventually(lambda: shown.facts()["here"].startswith("Too far out"), "the way back")
    shown.look_at(50.5, -3.5, 12)
    eventually(lambda: shown.facts()["here"] == "Outside Marram", "the way back")
    shown.frame.get_by_role("button", name="Whole area").click()
    eventually(lambda: shown.facts()["here"].startswith("Near "), "the area")


SERVICES = {
    "XYZ": ("/{z}/{x}/{y}.png?key={key}", "", ".png?key=k%201"),
    "WMS": ("/wms?key={key}", "roads", "/wms?key=k%201&service=WMS&request=GetMap&layers=roads"),
}
"""Path of the address and layers of each kind of tile service; what browsers ask it then."""


@pytest.mark.parametrize("kind", SERVICES)
def test_a_tile_service_that_is_set_lies_under_the_cells_and_administrators_are_told(
    page: Page,
    serve: Callable[..., AppServer],
    home_of_its_own: Path,
    pictures: Pictures,
    kind: str,
) -> None:
    path, layers, asked = SERVICES[kind]
    host = f"127.0.0.1:{pictures.port}"
    named = {"CHB_TILES_URL": f"http://{host}{path}", "CHB_TILES_WMS_LAYERS": layers}
    running = serve(home_of_its_own, CHB_TILES_KEY="k 1", **named)
    shown = open_page(page, running.url)
    shown.wait_until_painted()
    eventually(lambda: shown.facts().get("tiles"), "a picture of the ground")
    assert pictures.asked and all(asked in each for each in pictures.asked)
    look_as(page, Role.ADMINISTRATOR)
    open_page(page, running.url, "administration")
    settings = tab(page, "Store and settings").get_by_role("table", name="Settings in force")
    told = settings.get_by_role("row").filter(has_text="Tile service")
    expect(told).to_contain_text(f"{host} ({kind}). Every browser that shows a map asks it")
    expect(told).not_to_contain_text("k 1")


@pytest.fixture
def home_of_its_own(untouched_home: Path, tmp_path: Path) -> Path:
    return shutil.copytree(untouched_home, tmp_path / "home")


class Pictures:
    """A tile service of one picture, and what was asked of it."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        asked = self.asked

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                self.send_response(200)
                self.send_header("content-type", "image/gif")
                self.end_headers()
                self.wfile.write(ONE_PIXEL)

            def log_message(self, *said: object) -> None:
                del said

        return Handler


@pytest.fixture
def pictures() -> Iterator[Pictures]:
    running = Pictures()
    yield running
    running.stop()


def drag_and_zoom_in(shown: MapOnScreen) -> None:
    """With the mouse, as people look around: a pull, a turn of the wheel, a look at a cell."""
    mouse, (x, y) = shown.page.mouse, shown.point_of(53.751, -3.69)
    *before, zoom = view_of(shown.frame)
    mouse.move(x, y)
    mouse.down()
    mouse.move(x - 60, y + 30, steps=5)
    mouse.up()
    eventually(lambda: view_of(shown.frame)[:2] != before, "another view")
    mouse.wheel(0, -120)
    eventually(lambda: view_of(shown.frame)[2] > zoom, "a closer look")
    mouse.move(x + 5, y)


def choose_first_cells(page: Page) -> None:
    """One of the highest cells, with the keyboard."""
    page.get_by_role("combobox", name="Highest cells: Harm density").focus()
    for key in ("ArrowDown", "ArrowDown", "Enter"):
        page.keyboard.press(key)


def painted_maps(page: Page) -> list[Frame]:
    frames = [frame for frame in page.frames if "streamlit_folium" in frame.url]
    return [frame for frame in frames if is_painted(frame)]


def is_painted(frame: Frame) -> bool:
    try:
        return bool(frame.evaluate("window.__holdfast?.painted"))
    except Error:  # it has just gone: the map before
        return False


def view_of(frame: Frame) -> list[float]:
    view: list[float] = frame.evaluate(
        "[map.getCenter().lat, map.getCenter().lng, map.getZoom()].map((n) => +n.toFixed(4))"
    )
    return view


def text_of(frame: Frame, selector: str) -> str:
    return frame.locator(selector).text_content() or ""


def lowest_cell_in_view(shown: MapOnScreen, profile: HarmProfile, *, height: int) -> int:
    """The cell whose centre is nearest above a line of the screen, clear of the key."""
    cells = [int(cell) for cell in profile.frame["cell"]]
    points = np.array([shown.point_of(*position_of(cell)) for cell in cells])
    box = shown.page.locator("iframe").bounding_box()
    assert box is not None
    right = (points[:, 0] > box["x"] + box["width"] * 0.75) & (
        points[:, 0] < box["x"] + box["width"] - 20
    )
    above = points[:, 1] < height
    candidates = np.flatnonzero(right & above)
    return cells[int(candidates[points[candidates, 1].argmax()])]


def go_to(page: Page, title: str) -> None:
    page.get_by_test_id("stSidebarNav").get_by_role("link", name=title).click()
    settle(page)
