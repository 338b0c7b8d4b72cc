"""axe on every page: no violation of WCAG 2.2 A and AA."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Frame, Page, expect

from chb.services.harm.profiling import HarmProfile
from tests.browser.app_server import AppServer
from tests.browser.screen import chosen_cell, open_page, settle

pytestmark = pytest.mark.browser

RULES: dict[str, Any] = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "iframes": False,
    "preload": False,
}
NOT_OURS = {"exclude": [["[role=spinbutton]"]]}
"""The segments of Streamlit's own date and time fields are smaller than 24 pixels."""


def violations(screen: Page | Frame) -> list[str]:
    """Rule and first element of each violation."""
    found = Axe().run(screen, context=NOT_OURS, options=RULES).response["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:160]}" for rule in found]


@pytest.mark.parametrize("title", ["Harm map", "Places", "Assets"])
def test_a_page_and_its_map_have_no_violation(page: Page, server: AppServer, title: str) -> None:
    shown = open_page(page, server.url, title)
    shown.wait_until_drawn()
    settle(page)
    assert violations(page) == []
    assert violations(shown.frame) == []


def test_a_dossier_has_no_violation(page: Page, server: AppServer, profile: HarmProfile) -> None:
    shown = open_page(page, server.url)
    shown.wait_until_painted()
    cell = int(profile.frame.sort_values("density")["cell"].iloc[-1])
    shown.centre_on_cell(cell)
    shown.click_cell(cell)
    expect(chosen_cell(page)).to_be_visible()
    for tab in ("What happened", "Around it", "Start a place"):
        page.get_by_role("tab", name=tab).click()
        settle(page)
        assert violations(page) == [], tab
