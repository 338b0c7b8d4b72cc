"""A stand-alone machine: the first link, a password, in and out again."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from chb.domain.access.roles import Role
from chb.services.access import accounts
from chb.services.workspace import open_workspace
from tests.browser.app_server import AppServer
from tests.browser.axe import violations
from tests.browser.screen import eventually, keep_screenshot
from tests.browser.signing import look_as
from tests.services.access.signing_makers import PASSWORD, WHO

pytestmark = pytest.mark.browser


def test_the_first_start_ends_with_an_administrator_at_the_screen(
    tmp_path: Path, serve: Callable[..., AppServer], page: Page
) -> None:
    server = serve(tmp_path / "home")
    link = re.search(r"http://127\.0\.0\.1:\d+/sign-in/link/\S+", server.log())
    assert link and "becomes the administrator" in server.log()

    page.goto(link[0])
    assert violations(page) == []
    page.get_by_label("Work e-mail").fill(WHO)
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_label("The same once more").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Sign in").click()

    assert violations(page) == []
    keep_screenshot(page, "sign-in")
    page.get_by_label("Work e-mail").fill(WHO)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    bar = page.get_by_label("Your session")
    expect(bar).to_contain_text(f"{WHO}, {Role.ADMINISTRATOR.value}")

    ws = open_workspace(server.home)
    accounts.grant_role(ws, WHO, Role.ANALYST)
    ws.store.close()
    expect(bar).to_contain_text(Role.ANALYST.value)
    bar.get_by_role("button", name="Sign out").click()
    eventually(lambda: page.url.endswith("/sign-in"), "the sign-in page")


def test_the_bar_of_a_demonstration_has_no_violation(page: Page, server: AppServer) -> None:
    page.goto(server.url)
    bar = page.get_by_label("Your session")
    expect(bar).to_contain_text("every person, place and incident is invented")
    look_as(page, Role.PARTNER)
    found = [each for each in violations(page) if "hf-" in each or "Your session" in each]
    assert found == []
