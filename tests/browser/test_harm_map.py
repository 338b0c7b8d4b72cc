"""The harm map as a person uses it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlparse

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from chb.services.harm.profiling import HarmProfile
from chb.services.places.register import list_places
from chb.services.workspace import Workspace
from chb.ui.server.request import POLL
from tests.browser.app_server import AppServer
from tests.browser.conftest import SAMPLE_AREA
from tests.browser.screen import (
    MapOnScreen,
    choose_layer,
    chosen_cell,
    eventually,
    open_page,
    position_of,
    settle,
)

pytestmark = pytest.mark.browser


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
    shown = open_page(page, server.url)
    shown.wait_until_painted()
    for rank in (0, 4, 40, 200):
        cell = cells_by_density(profile)[rank]
        row = profile.frame.loc[profile.frame["cell"] == cell].iloc[0]
        shown.centre_on_cell(cell)
        shown.click_cell(cell)
        expect(chosen_cell(page)).to_have_attribute("data-cell", f"{cell:x}")
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
    for label in ("Incidents", "Deprivation", "OCG influence", "Assets"):
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
    shown = open_page(page, server.url)
    shown.wait_until_painted()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    shown.look_at(53.75, -3.69, 16)
    page.mouse.move(*shown.point_of(53.751, -3.69))
    page.wait_for_timeout(600)
    settle(page)
    assert {urlparse(url).path for url in sent} <= {POLL}
    go_to(page, "Places")
    shown.wait_until_drawn(
        key=f"places:{SAMPLE_AREA}", outlines=len(list_places(sample)), viewKept=False
    )
    go_to(page, "Harm map")
    shown.wait_until_drawn(key=f"harm:{SAMPLE_AREA}", viewKept=True)
    assert shown.frame.evaluate("map.getZoom()") == 16


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
    choice = page.get_by_role("combobox", name="Highest cells: Harm density")
    choice.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    cells = [f"{cell:x}" for cell in cells_by_density(profile)[:25]]
    expect(chosen_cell(page)).to_be_visible()
    assert chosen_cell(page).get_attribute("data-cell") in cells


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
