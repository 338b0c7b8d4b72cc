"""The intelligence page: a requirement is written, a partner is asked, the reply recorded."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from chb.domain.planning.intelligence import RequestHeading, RequestState
from chb.services.planning.intelligence import list_requests, list_requirements
from chb.services.workspace import Workspace
from tests.browser.app_server import AppServer
from tests.browser.filling import choose_starting_with, fill_in, send, tab, wait_until_still
from tests.browser.screen import choose_option, open_page

pytestmark = pytest.mark.browser

ASKED = "Which vans parked <b>overnight</b> behind the pier in May?"


@pytest.fixture
def page(new_page: Callable[..., Page], server: AppServer) -> Page:
    """The page on a screen that holds a whole form."""
    page = new_page(height=1900)
    open_page(page, server.url, "intelligence")
    wait_until_still(page)
    return page


def test_a_requirement_has_a_collection_plan_and_drives_something(
    page: Page, sample: Workspace
) -> None:
    form = tab(page, "What we need to know")
    fill_in(form, {"What do we need to know": "Who buys from the yard?"})
    fill_in(form, {"From whom": "Trading standards"})
    choose_option(page, "OCG", "WHIMBREL")
    send(form, "Add the requirement")
    expect(page.get_by_text("What the answer will drive is missing")).to_be_visible()
    fill_in(form, {"What the answer will drive": "Visits to the buyers"})
    send(form, "Add the requirement")
    expect(page.get_by_text("The requirement is recorded")).to_be_visible()
    entry = page.get_by_test_id("requirements").locator(".hf-entry", has_text="buys from the yard")
    expect(entry).to_contain_text("Trading standards, overt: no day set")
    kept = next(each for each in list_requirements(sample) if "yard" in each.question)
    assert [step.source for step in kept.collection] == ["Trading standards"]
    assert kept.is_open


def test_a_partner_is_asked_one_specific_thing_and_replies(page: Page, sample: Workspace) -> None:
    form = tab(page, "Partner requests")
    choose_option(page, "Agency", "Bank Homes (synthetic)")
    choose_starting_with(page, "Heading", "Vehicles")
    fill_in(form, {"Question": "Send everything you have"})
    choose_option(page, "Place", "Pierhead")
    choose_starting_with_name(page, "Asked by", "Post holder, Pierhead lead")
    send(form, "Record the request")
    expect(page.get_by_text("asks for all that the agency has")).to_be_visible()
    fill_in(form, {"Question": ASKED})
    send(form, "Record the request")
    expect(page.get_by_text("is asked; a reply is due by")).to_be_visible()
    expect(form.get_by_test_id("requests").get_by_text(ASKED)).to_be_visible()
    choose_starting_with_name(page, "Request", "Bank Homes (synthetic): Which vans")
    wait_until_still(page)
    fill_in(form, {"Reply": "Two white ones, nightly", "From": "Estate office"})
    send(form, "Record the reply")
    expect(page.get_by_text("is recorded").first).to_be_visible()
    expect(form.get_by_test_id("requests").get_by_text("Two white ones, nightly")).to_be_visible()
    kept = next(each for each in list_requests(sample) if each.question == ASKED)
    assert kept.heading == RequestHeading.VEHICLES
    assert kept.state(sample.today()) == RequestState.ANSWERED


def test_late_replies_are_listed_for_the_place_that_is_chosen(page: Page) -> None:
    late = page.get_by_test_id("overdue-requests")
    expect(late).to_contain_text("Bank Homes")
    choose_option(page, "About", "Pierhead")
    wait_until_still(page)
    expect(late).to_have_count(0)
    choose_option(page, "About", "TURNSTONE (OCG)")
    wait_until_still(page)
    expect(late).to_contain_text("lock-ups")
    expect(late).not_to_contain_text("Bank Homes")


def choose_starting_with_name(page: Page, label: str, start: str) -> None:
    """Choose the first option whose words begin so."""
    page.get_by_role("combobox", name=label, exact=True).click()
    page.get_by_role("option", name=start).first.click()
    wait_until_still(page)
