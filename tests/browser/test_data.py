"""Data at the screen: a file is looked at, loaded, seen in the grid, replaced and taken out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from chb.domain.access.roles import Role
from tests.browser.app_server import AppServer
from tests.browser.axe import violations
from tests.browser.filling import send, tab, wait_until_still
from tests.browser.screen import choose_option, keep_screenshot, open_page
from tests.browser.signing import let_in
from tests.sources.makers import street_csv, street_row

pytestmark = pytest.mark.browser

JANUARY = "South Yorkshire Police 2025-01"


@pytest.fixture
def page(tmp_path: Path, serve: Callable[..., AppServer], new_page: Callable[..., Page]) -> Page:
    """The page of an empty store, opened by somebody who may load data."""
    shown, server = new_page(height=1500), serve(tmp_path / "home")
    let_in(shown.context, server, Role.ANALYST)
    open_page(shown, server.url, "data")
    wait_until_still(shown)
    return shown


def give(page: Page, *months: str) -> None:
    """Upload a street file with a row of each month, and wait until it was looked at."""
    rows = [street_row(Month=month, Location="<b>Park</b> ${1}") for month in months]
    file = {"name": "street.csv", "mimeType": "text/csv", "buffer": street_csv(*rows)}
    page.locator("input[type=file]").first.set_input_files(file)  # type: ignore[arg-type]
    expect(page.get_by_role("button", name="Read the file again")).to_be_visible()
    wait_until_still(page)


def choose_kind(part: Locator, kind: str, file: str) -> None:
    """Choose what the next file is, and wait for the field that asks for it."""
    choose_option(part, "What it is", kind)
    expect(part.get_by_test_id("stFileUploader")).to_contain_text(file)
    wait_until_still(part.page)


def test_a_file_is_looked_at_loaded_replaced_and_taken_out(page: Page) -> None:
    expect(page.get_by_text("Nothing is loaded yet")).to_be_visible()
    bring_in = tab(page, "Bring in")
    choose_kind(bring_in, "Deprivation", "IoD 2025")
    give(page, "2025-01")
    expect(bring_in.get_by_role("alert")).to_contain_text("multiple deprivation")
    expect(bring_in.get_by_role("button", name="Import")).to_have_count(0)
    choose_kind(bring_in, "Recorded crime", "An archive")
    give(page, "2025-01", "2025-03", "never")
    expect(bring_in.get_by_text("3 rows read from street")).to_be_visible()
    expect(
        bring_in.get_by_text("2 months of South Yorkshire Police would be loaded")
    ).to_be_visible()
    refused = bring_in.get_by_role("table", name="Refused rows").get_by_role("row").last
    expect(refused).to_contain_text("row 4")
    assert violations(page) == []
    keep_screenshot(page, "data-import")
    send(bring_in, "Import 2 rows")
    expect(page.get_by_text("Imported 2 rows, 2 months of South Yorkshire Police")).to_be_visible()
    grid = tab(page, "What is loaded").get_by_role("table", name="Months loaded by force")
    expect(grid.get_by_role("cell", name="2025-02: missing")).to_have_text("gap")
    expect(page.get_by_text("Months are missing.")).to_contain_text("2025-02")
    assert violations(page) == []
    keep_screenshot(page, "data")

    bring_in = tab(page, "Bring in")
    give(page, "2025-01", "2025-01")
    send(bring_in, "Import 2 rows")
    expect(page.get_by_text("Nothing was imported: it would take the place")).to_be_visible()
    bring_in.get_by_text("Put it in the place of what is loaded").click()
    send(bring_in, "Import 2 rows")
    expect(page.get_by_text("Imported 2 rows, 1 month of South Yorkshire Police")).to_be_visible()
    imports = tab(page, "Imports").get_by_role("table", name="Imports").get_by_role("row")
    expect(imports).to_have_count(3)
    assert violations(page) == []

    take_out = tab(page, "Take out")
    take_out.get_by_role("combobox", name="What to take out").click()
    page.get_by_role("option", name=JANUARY).click()
    page.keyboard.press("Escape")
    take_out.get_by_label("Why", exact=True).fill("A test")
    take_out.get_by_text("It can only come back by another import").click()
    send(take_out, "Take it out")
    expect(page.get_by_text("Taken out: 1 part of Recorded crime, 2 rows")).to_be_visible()
    assert violations(page) == []
