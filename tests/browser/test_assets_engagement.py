"""Engagement and referrals: a contact is logged, somewhere to refer is found, a sheet is taken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from chb.domain.access.roles import Role
from chb.domain.assets.register import AssetStatus
from chb.services.assets.engagement import contacts_of, engagement_queue
from chb.services.assets.register import asset
from chb.services.workspace import Workspace
from tests.browser.app_server import AppServer
from tests.browser.axe import violations
from tests.browser.filling import send, tab, wait_until_still
from tests.browser.screen import choose_option, open_page
from tests.pages import read_page

pytestmark = pytest.mark.browser

NOTE = "The warden <b>keeps</b> the key"


@pytest.fixture
def page(page_as: Callable[..., Page]) -> Page:
    """A co-ordinator's screen that holds a whole form: a list closes when the page scrolls."""
    return page_as(Role.CO_ORDINATOR, height=1500)


def test_a_contact_is_logged_and_the_asset_moves_on(
    page: Page, server: AppServer, sample: Workspace
) -> None:
    first = engagement_queue(sample)[0].asset
    again = sample.today() + timedelta(days=6)
    open_page(page, server.url, "engagement")
    wait_until_still(page)
    expect(row(page, first.name)).to_contain_text("found")
    send(main(page), "Log the contact")
    expect(page.get_by_text("What came of it is not chosen")).to_be_visible()
    choose_option(page, "What came of it", "call again")
    main(page).get_by_label("Note", exact=True).fill(NOTE)
    day = page.get_by_test_id("stDateInput").filter(has_text="In touch again on")
    day.get_by_role("spinbutton").first.click()
    page.keyboard.type(f"{again:%d%m%Y}")
    send(main(page), "Log the contact")
    expect(page.get_by_text("The contact is in the log: call again.")).to_be_visible()
    tab(page, "To be in touch with again")
    expect(row(page, first.name)).to_contain_text("in 6 days")
    (kept,) = contacts_of(sample, first.id)
    assert (kept.note, kept.next_on) == (NOTE, again)
    assert asset(sample, first.id).status is AssetStatus.CONTACTED
    assert violations(page) == []


def test_an_asset_is_found_by_its_name_and_its_log_is_beside_the_form(
    page: Page, server: AppServer
) -> None:
    open_page(page, server.url, "engagement")
    wait_until_still(page)
    words = main(page).get_by_label("Find by name")
    words.fill("advice marram")
    words.press("Enter")
    wait_until_still(page)
    choose_option(page, "What came of it", "interested")
    main(page).get_by_label("Note", exact=True).fill(NOTE)
    send(main(page), "Log the contact")
    expect(page.locator(".hf-entry")).to_contain_text(NOTE)


def test_somewhere_to_refer_is_found_by_need_and_age(page: Page, server: AppServer) -> None:
    open_page(page, server.url, "referrals")
    wait_until_still(page)
    asked(page, "Need", "boxing")
    expect(row(page, "Saltings Boxing Club")).to_contain_text("10 to 16")
    asked(page, "Age", "17")
    expect(page.get_by_text("Nothing fits")).to_be_visible()
    asked(page, "Need", "leaving")
    expect(row(page, "New Tide mentoring")).to_contain_text("14 to 25")
    assert violations(page) == []


def test_a_sheet_is_shown_and_taken_out_to_print(page: Page, server: AppServer) -> None:
    open_page(page, server.url, "referrals")
    wait_until_still(page)
    sheet = tab(page, "Sheet for a place")
    expect(sheet.get_by_role("heading", name="Where to refer: The Saltings")).to_be_visible()
    expect(row(page, "Saltings Youth Club")).to_contain_text("away")
    page.get_by_role("button", name="Take the sheet out").click()
    page.get_by_label("Purpose").fill("Patrol briefing")
    page.get_by_label("For whom").fill("Saltings patrol")
    page.get_by_role("button", name="Prepare the file").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Save the file").click()
    printed = read_page(waiting.value.path().read_text(encoding="utf-8"))
    assert "Saltings Youth Club" in printed.text
    assert printed.meta["holdfast.recipient"] == "Saltings patrol"
    assert printed.tags["script"] == 0


def test_a_partner_finds_where_to_refer_and_takes_no_sheet(
    page_as: Callable[..., Page], server: AppServer
) -> None:
    page = page_as(Role.PARTNER)
    open_page(page, server.url, "referrals")
    wait_until_still(page)
    expect(row(page, "New Tide mentoring")).to_be_visible()
    sheet = tab(page, "Sheet for a place")
    expect(sheet.get_by_text("Who may take data out of the product")).to_be_visible()
    expect(sheet.get_by_role("button")).to_have_count(0)
    links = page.get_by_test_id("stSidebarNav").get_by_role("link")
    assert "Engagement" not in " ".join(links.all_inner_texts())


def main(page: Page) -> Locator:
    return page.get_by_test_id("stMain")


def row(page: Page, words: str) -> Locator:
    return page.locator(".hf-table tr").filter(has_text=words).filter(visible=True).first


def asked(page: Page, label: str, words: str) -> None:
    box = main(page).get_by_label(label, exact=True).locator("visible=true")
    box.fill(words)
    box.press("Enter")
    wait_until_still(page)
