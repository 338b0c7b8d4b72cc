"""axe on every page of every role: no violation of WCAG 2.2 A and AA."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from chb.domain.access.roles import Role
from chb.services.harm.profiling import HarmProfile
from tests.browser.app_server import AppServer
from tests.browser.axe import violations
from tests.browser.filling import wait_until_still
from tests.browser.screen import MAP, MapOnScreen, chosen_cell, open_page, settle

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("role", Role, ids=lambda role: role.name)
def test_no_page_of_a_role_has_a_violation(
    page_as: Callable[..., Page], server: AppServer, role: Role
) -> None:
    page = page_as(role)
    shown = open_page(page, server.url)
    links = page.get_by_test_id("stSidebarNav").get_by_role("link")
    expect(links.first).to_be_visible()
    wait_until_still(page)
    heading = page.get_by_role("heading", level=1)
    found = {page.url: violations(page) + violations_of_map(page, shown)}
    for link in links.all()[1:]:
        before = heading.inner_text()
        link.click()
        expect(heading).not_to_have_text(before)
        wait_until_still(page)
        found[page.url] = violations(page) + violations_of_map(page, shown)
    assert {address: each for address, each in found.items() if each} == {}
    assert len(found) == links.count()


def violations_of_map(page: Page, shown: MapOnScreen) -> list[str]:
    """The map's own, on pages that have one."""
    if not page.locator(MAP).count():
        return []
    shown.wait_until_drawn()
    return violations(shown.frame)


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
