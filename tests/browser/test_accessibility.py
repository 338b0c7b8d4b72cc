"""axe on every page: no violation of WCAG 2.2 A and AA."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal

import pytest
from playwright.sync_api import Page, expect

from chb.domain.access.roles import Role
from chb.services.harm.profiling import HarmProfile
from tests.browser.app_server import AppServer
from tests.browser.axe import violations
from tests.browser.scanning import open_every_tab, violations_by_address
from tests.browser.screen import chosen_cell, open_page, settle

pytestmark = pytest.mark.browser


FULLEST: Final[dict[Role, Literal["light", "dark"]]] = {
    Role.SRO: "dark",
    Role.CSP_MANAGER: "light",
    Role.PARTNER: "dark",
    Role.ADMINISTRATOR: "light",
}
"""Between them they find every page; the other roles are walked by ``make soak``.

What the first two share is seen in both themes."""


@pytest.mark.parametrize("role", FULLEST, ids=lambda role: role.name)
def test_no_page_of_a_role_has_a_violation(
    page_as: Callable[..., Page], server: AppServer, role: Role
) -> None:
    page = page_as(role)
    page.emulate_media(color_scheme=FULLEST[role])
    found = violations_by_address(page, server.url, tabs=role is Role.SRO)
    assert {address: each for address, each in found.items() if each} == {}


def test_tabs_within_a_tab_are_opened_before_the_next_one(page: Page, server: AppServer) -> None:
    open_page(page, server.url, "plan")
    opened = list(open_every_tab(page))
    within = ("Change", "Menu of tactics", "Write one", "Aims")
    assert opened == [
        ("One plan",),
        *(("One plan", name) for name in within),
        ("All actions",),
    ]


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
