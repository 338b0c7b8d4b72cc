"""Home as a CSP manager finds it, and the glossary."""

import shutil

import pytest
from playwright.sync_api import expect

from chb.domain.access.roles import Role
from tests.browser.lasting import lasting
from tests.browser.screen import open_page, settle
from tests.browser.signing import let_in_to_demo

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(untouched_home, tmp_path_factory):
    """The app on a store of these tests' own: Home shows the first places only."""
    home = shutil.copytree(untouched_home, tmp_path_factory.mktemp("home") / "home")
    with lasting(home) as running:
        yield running


def test_a_csp_manager_begins_the_day(page, server):
    let_in_to_demo(page.context, server, Role.CSP_MANAGER)
    open_page(page, server.url, "home")
    expect(page).to_have_url(f"{server.url}/")
    expect(page.get_by_role("heading", name="What changed")).to_be_visible()
    expect(page.get_by_text("Everything here is invented")).to_be_visible()

    page.get_by_role("button", name="Find a gap").click()
    expect(page.get_by_role("heading", name="Gaps", exact=True)).to_be_visible()
    settle(page)
    open_page(page, server.url, "home")
    expect(page.get_by_role("button", name="Find a gap (done)")).to_be_visible()
    page.get_by_role("button", name="Put away").click()
    back = page.get_by_role("button", name="Show the tour")
    expect(back).to_be_visible()
    settle(page)
    open_page(page, server.url, "home")
    back.click()
    expect(page.get_by_role("button", name="Find a gap", exact=True)).to_be_visible()
    settle(page)  # the tour pushes the cards down while it is drawn

    page.get_by_role("button", name="Pierhead").click()
    expect(page.get_by_role("heading", name="Places and work")).to_be_visible()
    expect(page.get_by_label("Place", exact=True)).to_have_value("Pierhead")


def test_an_officer_opens_a_place_and_looks_up_a_word(page, server):
    open_page(page, server.url, "home")
    page.get_by_role("button", name="Pierhead").click()
    expect(page.get_by_role("heading", name="Places", exact=True)).to_be_visible()
    expect(page.get_by_label("Place", exact=True)).to_have_value("Pierhead")
    open_page(page, server.url, "glossary")
    page.get_by_label("Find a word").fill("isa")
    page.get_by_label("Find a word").press("Enter")
    expect(page.get_by_role("term").first).to_contain_text("Information sharing agreement")
