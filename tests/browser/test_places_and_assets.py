"""Places and assets: started, changed, marked, and shown as they were written."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from chb.domain.access.roles import Role
from chb.domain.edits import Edit
from chb.domain.places.phases import Intensity, Phase
from chb.services.assets.register import AssetDraft, list_assets, mark_asset
from chb.services.harm.profiling import HarmProfile
from chb.services.places.openings import close_place
from chb.services.places.register import get_place, list_places, start_place
from chb.services.workspace import Workspace, open_workspace
from tests.browser.app_server import AppServer
from tests.browser.conftest import SAMPLE_LEAD
from tests.browser.filling import tab
from tests.browser.screen import (
    MapOnScreen,
    choose_option,
    chosen_cell,
    eventually,
    fill,
    open_page,
    settle,
)
from tests.browser.signing import let_in
from tests.ui.test_escape import HOSTILE

pytestmark = pytest.mark.browser

SANDHYTHE_CROSS = [53.7542, -3.6633]
IS_NEAR = "(at) => map.getZoom() >= 13 && map.getCenter().distanceTo(at) < 1000"


def test_a_place_starts_from_a_cell(
    page: Page, server: AppServer, sample: Workspace, profile: HarmProfile
) -> None:
    cell = int(profile.frame.sort_values("density")["cell"].iloc[-30])
    shown = open_page(page, server.url)
    shown.wait_until_painted()
    shown.centre_on_cell(cell)
    shown.click_cell(cell)
    expect(chosen_cell(page)).to_have_attribute("data-cell", f"{cell:x}")
    before = shown.facts()["outlines"]
    start_a_place(page, name="Lower Quay", reason="Harm has doubled since spring")
    expect(page.get_by_text("Lower Quay is started")).to_be_visible()
    eventually(lambda: shown.facts().get("outlines") == before + 1, "the outline of the place")
    started = next(place for place in list_places(sample) if place.name == "Lower Quay")
    assert started.boundary.cells == {cell}
    assert {change.intensity for change in started.history} == {Intensity.PLANNED}
    assert {change.recorded_by for change in started.history} == {SAMPLE_LEAD}


def test_a_form_without_a_name_is_refused_in_words_and_keeps_what_was_typed(
    page: Page, server: AppServer, sample: Workspace, profile: HarmProfile
) -> None:
    cell = int(profile.frame["cell"].iloc[200])
    shown = open_page(page, server.url)
    shown.wait_until_painted()
    shown.centre_on_cell(cell)
    shown.click_cell(cell)
    expect(chosen_cell(page)).to_be_visible()
    n_places = len(list_places(sample))
    start_a_place(page, name="", reason="A reason that must not be lost")
    expect(page.get_by_text("A place needs a name")).to_be_visible()
    expect(page.get_by_label("Why this place, why now")).to_have_value(
        "A reason that must not be lost"
    )
    assert len(list_places(sample)) == n_places


def test_an_intensity_changes_with_a_reason_and_the_history_keeps_it(
    page: Page, server: AppServer, sample: Workspace
) -> None:
    place = start_place(
        sample,
        name="Ropewalk End",
        cells=[0x891951514A3FFFF],
        area_name="Marram",
        reason="For the test",
        by="test",
    )
    open_page(page, server.url, "places").wait_until_drawn()
    choose_option(page, "Place", "Ropewalk End")
    expect(page.get_by_role("heading", name="Ropewalk End")).to_be_visible()
    choose_option(page, "Phase", "Hold")
    fill(page, "Reason", "Street team starts on Monday")
    page.get_by_role("button", name="Record the change").click()
    expect(page.get_by_text("Hold is active at Ropewalk End")).to_be_visible()
    expect(page.locator(".hf-step", has_text="Hold")).to_contain_text("active")
    changed = next(known for known in list_places(sample) if known.id == place.id)
    assert changed.intensities(sample.today())[Phase.HOLD] == Intensity.ACTIVE
    assert changed.history[-1].reason == "Street team starts on Monday"


def test_the_places_page_shows_three_intensities_that_overlap(
    page: Page, server: AppServer
) -> None:
    shown = open_page(page, server.url, "places")
    shown.wait_until_drawn()
    choose_option(page, "Place", "Sandhythe Cross")
    eventually(lambda: shown.frame.evaluate(IS_NEAR, SANDHYTHE_CROSS), "the map at the place")
    expect(page.locator(".hf-step")).to_have_count(3)
    expect(page.locator(".hf-step", has_text="Hold")).to_contain_text("sustaining")
    expect(page.get_by_test_id("stVegaLiteChart").locator("canvas, svg").first).to_be_visible()
    harm = tab(page, "Harm")
    expect(harm.get_by_text("up 146% in the ring round it")).to_be_visible()
    expect(harm.get_by_test_id("stVegaLiteChart").locator("canvas, svg").first).to_be_visible()
    expect(tab(page, "Plan").get_by_test_id("matrix")).to_contain_text("Wardens at the Cross")
    timeline = tab(page, "Timeline")
    expect(timeline.get_by_test_id("stVegaLiteChart").locator("canvas, svg")).to_have_count(2)
    expect(tab(page, "Assets").get_by_role("table", name="Week near")).to_be_visible()


def test_a_place_that_another_tab_changes_or_closes_is_told_and_nothing_is_lost(
    page: Page, server: AppServer, sample: Workspace
) -> None:
    place = start_place(
        sample,
        name="Cooper's Yard",
        cells=[0x8919515034FFFFF],
        area_name="Marram",
        reason="For the test",
        by="test",
    )
    open_page(page, server.url, "places").wait_until_drawn()
    choose_option(page, "Place", place.name)
    fill(page, "Reason", "Strike day was today")
    close_place(sample, place.id, Edit(reason="Handed over", by="test", version=place.version))
    page.get_by_role("button", name="Record the change").click()
    expect(page.get_by_text("was changed while you were looking at it")).to_be_visible()
    expect(page.get_by_text("is closed since")).to_contain_text("Handed over")
    expect(page.get_by_label("Reason", exact=True)).to_have_value("Strike day was today")
    settle(page)
    page.get_by_role("button", name="Record the change").click()
    expect(page.get_by_text("Reopen it with a reason")).to_be_visible()
    assert get_place(sample, place.id).version == place.version + 1


def test_a_place_that_goes_while_its_form_is_open_is_told_and_no_other_is_changed(
    page: Page, serve: Callable[..., AppServer], untouched_home: Path, tmp_path: Path
) -> None:
    """Where people sign in: those of the sample place go, and what a person started stays."""
    home = shutil.copytree(untouched_home, tmp_path / "home")
    server, ws = serve(home, CHB_SIGN_IN="local"), open_workspace(home)
    let_in(page.context, server, Role.SRO)
    stays = start_place(
        ws, name="Cinder Path", cells=[0x8919515034FFFFF], area_name="Marram", reason="t", by="t"
    )
    open_page(page, server.url, "places").wait_until_drawn()
    choose_option(page, "Place", "Pierhead")
    fill(page, "Reason", "Strike day was today")
    with ws.writing() as tx:
        tx.remove_samples()
    page.get_by_role("button", name="Record the change").click()
    expect(page.get_by_text("The place that was open here is not there any more")).to_be_visible()
    expect(page.get_by_role("heading", name=stays.name, exact=True)).to_be_visible()
    settle(page)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    assert list_places(ws) == (stays,)
    ws.store.close()


def test_a_page_opens_by_its_address_on_a_fresh_server(
    page: Page, serve: Callable[..., AppServer], sample_home: Path
) -> None:
    server = serve(sample_home)
    for address, title in (("places", "Places"), ("assets", "Community assets")):
        page.goto(f"{server.url}/{address}")
        expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()
        MapOnScreen(page).wait_until_drawn()


def test_a_click_on_a_place_opens_it(page: Page, server: AppServer, sample: Workspace) -> None:
    place = next(known for known in list_places(sample) if known.name == "Sandhythe Cross")
    shown = open_page(page, server.url, "places")
    shown.wait_until_drawn()
    shown.centre_on_cell(min(place.boundary.cells))
    shown.click_cell(min(place.boundary.cells))
    expect(page.get_by_role("heading", name="Sandhythe Cross")).to_be_visible()


def test_an_asset_is_marked_where_the_map_was_clicked(
    page: Page, server: AppServer, sample: Workspace
) -> None:
    shown = open_page(page, server.url, "assets")
    before = shown.wait_until_drawn()["markers"]
    shown.look_at(53.7554, -3.7012, 15)
    shown.click(53.7554, -3.7012)
    expect(page.get_by_label("Latitude")).not_to_have_value("")
    fill(page, "Name", "Quayside Boxing Club")
    choose_option(page, "Weekly session", "Tuesday")
    fill(page, "Activity", "boxing, 11 to 16")
    page.get_by_role("button", name="Save the asset").click()
    expect(page.get_by_text("Quayside Boxing Club is saved")).to_be_visible()
    eventually(lambda: shown.facts().get("markers", 0) == before + 1, "the new marker")
    settle(page)
    expect(page.get_by_label("Name", exact=True)).to_have_value("", timeout=20_000)
    saved = next(known for known in list_assets(sample) if known.name == "Quayside Boxing Club")
    assert saved.latitude == pytest.approx(53.7554, abs=1e-4)
    assert saved.longitude == pytest.approx(-3.7012, abs=1e-4)
    assert [str(session.weekday) for session in saved.sessions] == ["Tuesday"]


def test_a_hostile_name_is_shown_as_text_and_nothing_runs(
    page: Page, server: AppServer, sample: Workspace
) -> None:
    kind = list_assets(sample)[0].kind
    positions = {name: (53.7401 + 0.002 * n, -3.7201) for n, name in enumerate(HOSTILE)}
    for name, (latitude, longitude) in positions.items():
        draft = AssetDraft(name, kind, longitude=longitude, latitude=latitude, note=name)
        mark_asset(sample, draft, by=name, request_key=name)
    shown = open_page(page, server.url, "assets")
    shown.wait_until_drawn()
    kept = {asset.latitude: asset.name for asset in list_assets(sample)}
    for position in positions.values():
        shown.look_at(*position, 16)
        x, y = shown.point_of(*position)
        page.mouse.move(x - 2, y)
        page.mouse.move(x, y)
        tooltips = page.frame_locator("iframe").locator(".leaflet-tooltip strong")
        expect(tooltips.filter(has_text=kept[position[0]])).to_be_visible()
        nothing_ran(page)


def test_a_hostile_place_is_shown_as_text_on_both_maps(
    page: Page, server: AppServer, sample: Workspace
) -> None:
    name = f"{HOSTILE[0]} {HOSTILE[3]} ![x](/own/x.png)"
    place = start_place(
        sample, name=name, cells=[0x89195150A07FFFF], area_name="Marram", reason=name, by=name
    )
    shown = open_page(page, server.url)
    shown.wait_until_drawn()
    eventually(lambda: names_on(shown).count(place.name) == 1, "the name on the harm map")
    page.get_by_test_id("stSidebarNav").get_by_role("link", name="Places").click()
    shown.wait_until_drawn(key="places:csp:E22990001")
    choose_option(page, "Place", place.name)
    expect(page.get_by_role("heading", name=place.name, exact=True)).to_be_visible()
    nothing_ran(page)


def names_on(shown: MapOnScreen) -> list[str]:
    names: list[str] = shown.frame.evaluate(
        "[...document.querySelectorAll('.holdfast-place strong')].map((name) => name.textContent)"
    )
    return names


def nothing_ran(page: Page) -> None:
    for frame in page.frames:
        assert frame.evaluate("[window.__ran, window.top === window && window.__ran]") in (
            [None, None],
            [None, False],
        )
        assert frame.locator("img[src='x']").count() == 0


def start_a_place(page: Page, *, name: str, reason: str) -> None:
    page.get_by_role("tab", name="Start a place").click()
    fill(page, "Local name", name)
    fill(page, "Why this place, why now", reason)
    page.get_by_role("button", name="Start a place here").click()
