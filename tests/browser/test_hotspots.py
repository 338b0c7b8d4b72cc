"""The page of hotspots as a person uses it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from chb.services.harm.hotspots import HotspotRequest, Hotspots, find_hotspots
from chb.services.harm.profiling import HarmProfile
from chb.services.places.register import list_places
from chb.services.workspace import Workspace, open_workspace
from chb.ui.parts.hotspots.list import in_order
from tests.browser.app_server import AppServer
from tests.browser.axe import violations
from tests.browser.screen import (
    choose_layer,
    choose_option,
    fill,
    open_page,
    settle,
)

pytestmark = pytest.mark.browser
A_MOMENT_MS = 300


@pytest.fixture(scope="module")
def found(sample: Workspace, profile: HarmProfile) -> Hotspots:
    return find_hotspots(sample, HotspotRequest(profile.request))


def test_each_layer_is_painted_and_too_few_months_are_said(
    page: Page, server: AppServer, found: Hotspots
) -> None:
    shown = open_page(page, server.url, "hotspots")
    painted = shown.wait_until_painted()
    shown.wait_until_drawn(cells=len(found.cells), outlines=len(found.table))
    for layer in ("Stability", "Deprivation and harm", "Trend"):
        choose_layer(page, layer)
        painted = shown.wait_until_painted(not_digest=painted)
        expect(page.frame_locator("iframe").get_by_role("heading", name=layer)).to_be_visible()
    settle(page)
    assert violations(page) == []
    assert violations(shown.frame) == []
    choose_option(page, "From", "2025-06")
    expect(page.get_by_text("Not enough data to speak of change")).to_be_visible()


def test_a_hotspot_opens_from_the_map_and_becomes_a_place(
    page: Page,
    serve: Callable[..., AppServer],
    untouched_home: Path,
    tmp_path: Path,
    found: Hotspots,
) -> None:
    home = shutil.copytree(untouched_home, tmp_path / "home")
    first = in_order(found.table).iloc[0]
    shown = open_page(page, serve(home).url, "hotspots")
    shown.wait_until_painted()
    shown.look_at(first["latitude"], first["longitude"], 14)
    shown.click(first["latitude"], first["longitude"])
    opened = page.get_by_test_id("chosen-hotspot")
    expect(opened).to_have_attribute("data-hotspot", str(first["hotspot"]))
    expect(page.get_by_role("heading", name=first["name"])).to_be_visible()
    assert violations(page) == []
    page.get_by_role("tab", name="Start a place").click()
    fill(page, "Local name", "Saltings Ahead")
    fill(page, "Why this place, why now", "First in priority")
    page.get_by_role("button", name="Start a place here").click()
    expect(page.get_by_text("Saltings Ahead is started")).to_be_visible()
    started = next(
        place for place in list_places(open_workspace(home)) if place.name == "Saltings Ahead"
    )
    inside = found.cells.loc[found.cells["hotspot"] == first["hotspot"], "cell"]
    assert started.boundary.cells == {int(cell) for cell in inside}


def test_every_hotspot_and_every_question_is_reached_without_the_map(
    page: Page, server: AppServer, found: Hotspots
) -> None:
    open_page(page, server.url, "hotspots").wait_until_painted()
    last = in_order(found.table).iloc[-1]
    choose_option(page, "Hotspot", f"{last['priority_rank']}. {last['name']}")
    expect(page.get_by_test_id("chosen-hotspot")).to_have_attribute(
        "data-hotspot", str(last["hotspot"])
    )
    for question, answer in (
        ("Would last quarter's map have found this quarter's harm?", "Yes: a map of 5%"),
        ("How stable is it?", "72 maps put"),
        ("Deprivation", "More deprived cells have more harm here"),
    ):
        open_question(page, question)
        expect(page.get_by_text(answer)).to_be_visible()
        assert violations(page) == [], question


def open_question(page: Page, question: str) -> None:
    """Scroll first: the map's frame takes a click that follows a scroll within a frame's time."""
    tab = page.get_by_role("tab", name=question)
    tab.scroll_into_view_if_needed()
    page.wait_for_timeout(A_MOMENT_MS)
    tab.click()
    settle(page)
