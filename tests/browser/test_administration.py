"""An administrator lets somebody in, changes what they may do, and reads the audit log."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from chb.domain.access.roles import Role
from tests.browser.app_server import AppServer
from tests.browser.axe import violations
from tests.browser.filling import fill_in, send, tab, wait_until_still
from tests.browser.screen import choose_option, keep_screenshot, open_page, settle
from tests.browser.signing import TESTER, let_in
from tests.services.access.signing_makers import PASSWORD

pytestmark = pytest.mark.browser

NORA = "nora@force.example"
AGENCY = "Bank Homes <b>(invented)</b>"


@pytest.fixture
def office(tmp_path: Path, serve: Callable[..., AppServer], new_page: Callable[..., Page]) -> Page:
    """An empty store where people sign in with a password, open at Administration."""
    page, server = new_page(height=1600), serve(tmp_path / "home")
    let_in(page.context, server, Role.ADMINISTRATOR)
    open_page(page, server.url, "administration")
    return page


def test_somebody_is_let_in_changes_roles_and_chooses_a_password(office: Page) -> None:
    add_nora(office)
    expect(row_of(office, NORA)).to_contain_text("has not chosen a password")
    assert violations(office) == []

    form = change_nora(office)
    choose_option(form, "Role", Role.PARTNER.value)
    send(form, "Give the role")
    expect(office.get_by_text("A partner works for somebody")).to_be_visible()
    form.get_by_label("Agency", exact=True).fill(AGENCY)
    send(form, "Give the role")
    expect(office.get_by_text("works here as Partner from now on")).to_be_visible()
    expect(row_of(office, NORA)).to_contain_text("Analyst, Partner")
    choose_option(office, "Role held", Role.ANALYST.value)
    send(form, "End the role")
    expect(office.get_by_text("is no longer Analyst")).to_be_visible()
    expect(row_of(office, NORA)).not_to_contain_text("Analyst")

    form.get_by_role("button", name="Make a one-time link").click()
    link = form.get_by_text(re.compile("/sign-in/link/"))
    expect(link).to_be_visible()
    choose_password(office, link.inner_text())
    office.reload()
    expect(row_of(office, NORA)).to_contain_text("may sign in")

    form = change_nora(office)
    send(form, "End the account")
    expect(office.get_by_text("Nothing was ended")).to_be_visible()
    form.get_by_text("The person has left").click()
    send(form, "End the account")
    expect(office.get_by_text("can no longer sign in")).to_be_visible()
    expect(row_of(office, NORA)).to_contain_text("ended")


def test_a_backup_is_made_and_checked_and_the_log_is_searched_and_verified(office: Page) -> None:
    add_nora(office)
    make_a_backup(office)
    settings = tab(office, "Store and settings").get_by_role("table", name="Settings in force")
    expect(settings.get_by_role("row").filter(has_text="Tile service")).to_contain_text("None")
    expect(settings.get_by_role("row").filter(has_text="sign in")).to_contain_text(
        "With a password"
    )
    office.get_by_role("button", name="Check the store now").click()
    expect(office.get_by_text("The store is sound")).to_be_visible()
    assert violations(office) == []
    office.get_by_role("link", name="Audit log").click()
    settle(office)
    office.get_by_role("button", name="Verify the whole log").click()
    expect(office.get_by_text("The log is whole")).to_be_visible()
    fill_in(office.get_by_test_id("stForm"), {"Person": NORA, "Kind of thing": "account"})
    office.get_by_role("button", name="Search").click()
    expect(office.get_by_text("0 rows, the newest first")).to_be_visible()
    fill_in(office.get_by_test_id("stForm"), {"Person": TESTER})
    office.get_by_role("button", name="Search").click()
    rows = office.get_by_role("table", name="Audit rows")
    expect(rows.get_by_role("row").filter(has_text=NORA).first).to_contain_text("alter")
    settle(office)
    assert violations(office) == []


def make_a_backup(office: Page) -> None:
    """On the server, beside the screen; it is checked there and offered to nobody."""
    kept = tab(office, "Backups")
    kept.get_by_role("button", name="Make a backup now").click()
    expect(kept.get_by_text("The backup is in the list")).to_be_visible()
    wait_until_still(office)
    listed = kept.get_by_role("table", name="Backups").get_by_role("row")
    expect(listed.last).to_contain_text("just now")
    kept.get_by_role("button", name="Check it").click()
    expect(kept.get_by_text("is whole:")).to_be_visible()
    assert violations(office) == []
    keep_screenshot(office, "backups")
    assert kept.get_by_role("link").count() == 0
    kept.get_by_role("button", name="Delete it").click()
    form = office.get_by_test_id("stPopoverBody")
    send(form, "Delete")
    expect(office.get_by_text("Nothing was deleted")).to_be_visible()
    form.get_by_text("for good").click()
    send(form, "Delete")
    expect(kept.get_by_text("There is no backup on the server yet")).to_be_visible()


def add_nora(office: Page) -> None:
    form = tab(office, "Add one")
    form.get_by_label("Work e-mail").fill(NORA)
    form.get_by_label("Name").fill("Nora <i>Neap</i>")
    send(form, "Add the account")
    expect(office.get_by_text("The role is not chosen")).to_be_visible()
    choose_option(form, "Role", Role.ANALYST.value)
    send(form, "Add the account")
    expect(office.get_by_text(f"{NORA} may work here as Analyst")).to_be_visible()
    expect(row_of(office, NORA)).to_contain_text("Nora <i>Neap</i>")


def change_nora(office: Page) -> Locator:
    form = tab(office, "Change one")
    choose_option(office, "Account", NORA)
    wait_until_still(office)  # the forms of the other account go first
    return form


def choose_password(office: Page, link: str) -> None:
    """In another tab, as the person who was given the link."""
    other = office.context.new_page()
    other.goto(link)
    other.get_by_label("New password").fill(PASSWORD)
    other.get_by_label("The same once more").fill(PASSWORD)
    other.keyboard.press("Enter")
    expect(other.get_by_role("link", name="Sign in")).to_be_visible()
    other.close()


def row_of(office: Page, address: str) -> Locator:
    """An account's row in the list."""
    return office.get_by_role("table", name="Accounts").get_by_role("row").filter(has_text=address)
