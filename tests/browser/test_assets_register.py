"""The register of assets on the screen: opened, marked, moved, drawn round, merged and undone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from playwright.sync_api import Locator, Page, expect

from chb.domain.access.roles import Role
from chb.domain.assets.register import Asset, AssetStatus
from chb.services.assets.register import AssetDraft, asset, list_assets, mark_asset
from chb.services.workspace import Workspace
from tests.browser.app_server import AppServer
from tests.browser.axe import violations
from tests.browser.filling import wait_until_still
from tests.browser.screen import MapOnScreen, choose_option, eventually, fill, open_page, settle

pytestmark = pytest.mark.browser

NORTH_QUAY = (53.7661, -3.7352)


@pytest.fixture
def page(page_as: Callable[..., Page]) -> Page:
    """A co-ordinator's."""
    return page_as(Role.CO_ORDINATOR)


def marked(ws: Workspace, name: str, *, north: float = 0.0) -> Asset:
    """An asset of the test's own, some degrees north of the others."""
    latitude, longitude = NORTH_QUAY
    draft = AssetDraft(name, "library", longitude, latitude + north, address="1 Test Row")
    return mark_asset(ws, draft, by="test", request_key=name)


def opened(page: Page, server: AppServer, one: Asset) -> MapOnScreen:
    """The file of an asset, opened by a click beside it on the map."""
    shown = open_page(page, server.url, "assets")
    shown.wait_until_drawn()
    shown.look_at(one.latitude, one.longitude, 16)
    x, y = shown.point_of(one.latitude, one.longitude)
    page.mouse.click(x + 4, y - 3)
    expect(page.get_by_role("heading", name=one.name, exact=True)).to_be_visible()
    settle(page)
    return shown


def part(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).click()
    wait_until_still(page)


def test_a_click_near_an_asset_opens_its_file_and_a_look_is_put_on_record(
    page: Page, server: AppServer, sample: Workspace
) -> None:
    one = next(each for each in list_assets(sample) if each.verified_on is not None)
    opened(page, server, one)
    expect(page.get_by_test_id("asset-line")).to_contain_text("days ago")
    page.get_by_role("button", name="I looked today: it is as recorded").click()
    expect(page.get_by_text("was looked at today")).to_be_visible()
    expect(page.get_by_test_id("asset-line")).to_contain_text("last look today, fresh")
    assert asset(sample, one.id).verified_on == sample.today()
    for name in ("Edit", "Sessions", "Map", "Contacts", "Versions"):
        part(page, name)
        assert violations(page) == [], name
    expect(page.get_by_test_id("versions")).to_contain_text("it is as recorded")


def test_a_name_that_stands_there_already_is_asked_about(
    page: Page, server: AppServer, sample: Workspace
) -> None:
    one = marked(sample, "Tarry Row Library")
    shown = open_page(page, server.url, "assets")
    shown.wait_until_drawn()
    shown.look_at(*NORTH_QUAY, 17)
    shown.click(one.latitude + 0.0004, one.longitude)
    expect(page.get_by_role("button", name="Tarry Row Library")).to_be_visible()
    fill(page, "Name", "The Tarry Row library")
    page.get_by_role("button", name="Save the asset").click()
    expect(page.get_by_text("It is probably in the register already")).to_be_visible()
    assert [each.name for each in list_assets(sample) if "Tarry Row" in each.name] == [one.name]
    page.get_by_text("It is another one").click()
    page.get_by_role("button", name="Save the asset").click()
    expect(page.get_by_text("The Tarry Row library is saved")).to_be_visible()


def test_a_pin_is_dragged_and_an_area_is_drawn_round(
    page: Page, server: AppServer, sample: Workspace
) -> None:
    one = marked(sample, "Drift Lane Hall", north=0.004)
    shown = opened(page, server, one)
    part(page, "Map")
    expect(shown.frame.locator(".holdfast-handle")).to_be_visible()
    x, y = shown.point_of(one.latitude, one.longitude)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 30, y, steps=4)
    page.mouse.move(x + 60, y, steps=4)
    page.mouse.up()
    field = page.get_by_label("Longitude")
    eventually(lambda: float(field.input_value()) > one.longitude + 0.0003, "the pin's new place")
    page.get_by_role("button", name="Save where it stands").click()
    expect(page.get_by_text("Drift Lane Hall is saved")).to_be_visible()
    moved = asset(sample, one.id)
    assert moved.longitude > one.longitude + 0.0003
    assert moved.latitude == pytest.approx(one.latitude, abs=1e-4)
    draw(page, shown, moved)
    eventually(lambda: len(asset(sample, one.id).outline) == 3, "the area")
    assert asset(sample, one.id).version == moved.version + 1
    settle(page)


def draw(page: Page, shown: MapOnScreen, one: Asset) -> None:
    """Click three corners round an asset, and keep them."""
    wait_until_still(page)
    page.get_by_test_id("stButtonGroup").get_by_text("Draw its area", exact=True).click()
    corners = page.get_by_label("Corners")
    around = ((0.0006, 0.0), (-0.0006, 0.001), (-0.0006, -0.001))
    for number, (north, east) in enumerate(around, start=1):
        wait_until_still(page)
        shown.click(one.latitude + north, one.longitude + east)
        eventually(partial(has_lines, corners, number), "the corner")
    wait_until_still(page)
    page.get_by_role("button", name="Save the area").click()


def has_lines(field: Locator, number: int) -> bool:
    return len(field.input_value().splitlines()) == number


def test_two_that_are_one_are_merged_and_the_merge_is_undone(
    page: Page, server: AppServer, sample: Workspace
) -> None:
    kept = marked(sample, "Lantern Street Library", north=0.008)
    other = marked(sample, "Lantern Street Libary", north=0.0081)
    open_page(page, server.url, "assets").wait_until_drawn()
    part(page, "Likely duplicates")
    names = sorted((kept.name, other.name))
    pairs = page.get_by_role("combobox", name="Pair", exact=True)
    pairs.click()
    page.get_by_role("option").filter(has_text=kept.name).filter(has_text=other.name).click()
    wait_until_still(page)
    table = page.get_by_role("table", name="The two side by side")
    for name in names:
        expect(table).to_contain_text(name)
    assert violations(page) == []
    page.get_by_role("button", name="Merge them").click()
    expect(page.get_by_text("is merged into")).to_be_visible()
    eventually(lambda: AssetStatus.CLOSED in statuses(sample, kept, other), "the merge")
    part(page, "Changes of many")
    page.get_by_role("button", name="Undo it whole").click()
    eventually(lambda: AssetStatus.CLOSED not in statuses(sample, kept, other), "the undoing")
    settle(page)
    expect(page.get_by_role("table", name="Changes of many assets")).to_contain_text("Merged into")


def statuses(ws: Workspace, *assets: Asset) -> set[AssetStatus]:
    return {asset(ws, each.id).status for each in assets}


def test_filters_leave_the_same_on_the_map_and_in_the_table(
    page: Page, server: AppServer, sample: Workspace
) -> None:
    schools = [each for each in list_assets(sample) if "school" in each.name.lower()]
    shown = open_page(page, server.url, "assets")
    everything = shown.wait_until_drawn()["markers"]
    page.get_by_label("Find by name").fill("school")
    page.get_by_label("Find by name").press("Enter")
    eventually(lambda: shown.facts().get("markers") == len(schools), "the schools alone")
    assert 0 < len(schools) < everything
    table = page.get_by_role("table", name="Community assets")
    expect(table.locator("tbody tr")).to_have_count(len(schools))
    wait_until_still(page)
    choose_option(page, "Open the file of", schools[0].name)
    expect(page.get_by_role("heading", name=schools[0].name, exact=True)).to_be_visible()
    part(page, "To look at again")
    expect(page.get_by_role("table", name="To look at again")).to_contain_text("stale")
    assert violations(page) == []


def test_a_partner_reads_the_file_and_finds_no_form(
    page_as: Callable[..., Page], server: AppServer, sample: Workspace
) -> None:
    page = page_as(Role.PARTNER)
    opened(page, server, list_assets(sample)[0])
    expect(page.get_by_role("table", name="What is recorded")).to_be_visible()
    expect(page.get_by_role("tab")).to_have_count(0)
    expect(page.get_by_role("button", name="Save")).to_have_count(0)
