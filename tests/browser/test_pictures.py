"""The sample place as the README shows it.

The pictures are kept when HOLDFAST_SCREENSHOTS names a folder.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from chb.services.harm.profiling import HarmProfile
from tests.browser.app_server import AppServer
from tests.browser.screen import (
    choose_option,
    chosen_cell,
    keep_screenshot,
    open_page,
    settle,
)

pytestmark = pytest.mark.browser


def test_the_worst_cell_of_the_sample_place(
    page: Page,
    serve: Callable[..., AppServer],
    untouched_home: Path,
    profile: HarmProfile,
) -> None:
    cell = int(profile.frame.sort_values("density", kind="stable")["cell"].iloc[-1])
    shown = open_page(page, serve(untouched_home).url)
    shown.wait_until_painted()
    shown.centre_on_cell(cell)
    shown.click_cell(cell)
    expect(chosen_cell(page)).to_have_attribute("data-cell", f"{cell:x}")
    expect(page.get_by_test_id("stVegaLiteChart").first).to_be_visible()
    page.mouse.move(5, 5)
    settle(page)
    keep_screenshot(page, "harm-map")


def test_a_place_with_three_intensities_that_overlap(
    page: Page, serve: Callable[..., AppServer], untouched_home: Path
) -> None:
    shown = open_page(page, serve(untouched_home).url, "places")
    shown.wait_until_drawn(outlines=3)
    choose_option(page, "Place", "Sandhythe Cross")
    expect(page.get_by_role("heading", name="Sandhythe Cross")).to_be_visible()
    expect(page.get_by_test_id("stVegaLiteChart").first).to_be_visible()
    settle(page)
    keep_screenshot(page, "places")
