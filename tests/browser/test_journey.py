"""The whole of it on real data: import, look, start, mark, restart, and find it again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from chb.domain.access.roles import Role
from chb.domain.periods import Period
from chb.services.harm.profiling import ProfileRequest, build_profile
from chb.services.workspace import open_workspace
from tests.browser.app_server import PROJECT, AppServer, run_command
from tests.browser.screen import (
    choose_option,
    chosen_cell,
    eventually,
    fill,
    open_page,
)
from tests.browser.signing import let_in

pytestmark = pytest.mark.browser

SHEFFIELD = PROJECT.parent / "shared" / "data" / "sheffield"


def real(path: str) -> str:
    found = SHEFFIELD / path
    assert found.exists(), f"The real data are missing: ../shared/data/sheffield/{path}"
    return str(found)


def test_from_an_empty_store_to_a_place_and_an_asset_that_outlive_the_server(
    tmp_path: Path, serve: Callable[..., AppServer], page: Page
) -> None:
    home = tmp_path / "home"
    server = serve(home)
    let_in(page.context, server, Role.SRO, Role.LRO, Role.ANALYST)
    open_page(page, server.url)
    expect(page.get_by_role("heading", name="Nothing is loaded yet")).to_be_visible()
    expect(page.get_by_text("python -m chb demo")).to_be_visible()

    csp = real("boundaries/CSP_2024_DERIVED_south-yorkshire.geojson")
    run_command(home, "import", "boundaries", csp, "--kind", "csp")
    run_command(home, "import", "incidents", real("police-uk-south-yorkshire.zip"))

    cell, n_cells = worst_cell_of_sheffield(home)
    shown = open_page(page, server.url)
    choose_option(page, "Area", "Sheffield (partnership)")
    shown.wait_until_painted()
    eventually(lambda: shown.facts().get("cells") == n_cells, "every cell of Sheffield")
    shown.centre_on_cell(cell)
    shown.click_cell(cell)
    expect(chosen_cell(page)).to_have_attribute("data-cell", f"{cell:x}")
    page.get_by_role("tab", name="Start a place").click()
    fill(page, "Local name", "City Centre North")
    fill(page, "Why this place, why now", "The worst cell of the year")
    page.get_by_role("button", name="Start a place here").click()
    expect(page.get_by_text("City Centre North is started")).to_be_visible()

    page.get_by_test_id("stSidebarNav").get_by_role("link", name="Assets").click()
    shown.wait_until_drawn(key="assets:csp:E22000262")
    shown.click(53.39, -1.45)
    expect(page.get_by_label("Latitude")).not_to_have_value("")
    fill(page, "Name", "Burngreave Vestry Hall")
    page.get_by_role("button", name="Save the asset").click()
    expect(page.get_by_text("Burngreave Vestry Hall is saved")).to_be_visible()

    page.goto("about:blank")  # a screen that is left open says that the server does not answer
    server.restart()
    open_page(page, server.url, "places")
    expect(page.get_by_role("heading", name="City Centre North")).to_be_visible()
    shown.wait_until_drawn(outlines=1)
    page.get_by_test_id("stSidebarNav").get_by_role("link", name="Assets").click()
    shown.wait_until_drawn(markers=1)


def worst_cell_of_sheffield(home: Path) -> tuple[int, int]:
    """The cell of most harm density, and how many cells there are."""
    request = ProfileRequest("csp:E22000262", Period.parse("2025-01", "2025-12"))
    frame = build_profile(open_workspace(home), request).frame
    ranked = frame.sort_values("density", ascending=False, kind="stable")
    return int(ranked["cell"].iloc[0]), len(frame)
