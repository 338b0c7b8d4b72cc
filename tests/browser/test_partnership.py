"""The partnership's pages: its group, meetings and referral pathways, and what was learned."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from chb.services.places.register import find_place
from chb.services.planning.partnership import (
    find_pathways,
    list_meetings,
    search_debriefs,
    stakeholder_group,
)
from chb.services.workspace import Workspace
from tests.browser.app_server import AppServer
from tests.browser.filling import send, tab, wait_until_still
from tests.browser.screen import choose_option, open_page, settle

pytestmark = pytest.mark.browser

TRUST = "Anchor Trust <b>(invented)</b>"


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A screen that holds a whole form: a list closes when the page scrolls under it."""
    return new_page(height=1700)


def test_an_agency_joins_the_group_and_comes_to_a_meeting(
    page: Page, server: AppServer, sample: Workspace
) -> None:
    form = open_tab(page, server, "Stakeholder group")
    choose_option(page, "Place", "Sandhythe Cross")
    expect(row(page, "Marram Borough Council")).to_contain_text("signed 7 Oct 2024")
    wait_until_still(page)
    form.get_by_label("Agency", exact=True).fill(TRUST)
    choose_option(page, "Sector", "third")
    send(form, "Save the agency")
    expect(page.get_by_text("The point of contact is missing")).to_be_visible()
    form.get_by_label("Single point of contact").fill("Warden")
    send(form, "Save the agency")
    expect(row(page, TRUST)).to_contain_text("not signed")
    expect(row(page, TRUST)).to_contain_text("never")
    form = tab(page, "Meetings")
    form.get_by_label("Purpose").fill("First meeting")
    choose_several(page, "Present", TRUST)
    send(form, "Record the meeting")
    expect(form.locator(".hf-entry", has_text="First meeting")).to_contain_text(TRUST)
    tab(page, "Stakeholder group")
    today = sample.today()
    expect(row(page, TRUST)).to_contain_text(f"{today.day} {today:%b %Y}")
    place = find_place(sample, "Sandhythe Cross")
    (meeting,) = list_meetings(sample, place.id)
    joined = next(each for each in stakeholder_group(sample, place.id) if TRUST in str(each))
    assert meeting.present == (joined.stakeholder.id,)


def test_an_agreement_of_an_agency_is_edited(
    page: Page, server: AppServer, sample: Workspace
) -> None:
    form = open_tab(page, server, "Stakeholder group")
    choose_option(page, "Place", "Pierhead")
    wait_until_still(page)  # the fields of the other place go first
    choose_option(page, "Add or edit", "Pierhead traders (invented)")
    role = form.get_by_label("Single point of contact")
    expect(role).to_have_value("Chair of the traders")
    wait_until_still(page)
    role.fill("Vice-chair of the traders")
    send(form, "Save the agency")
    expect(row(page, "Pierhead traders")).to_contain_text("Vice-chair of the traders")
    group = stakeholder_group(sample, find_place(sample, "Pierhead").id)
    assert "Vice-chair of the traders" in [each.stakeholder.contact_role for each in group]


def test_a_pathway_is_added_and_found_by_need_and_age(
    page: Page, server: AppServer, sample: Workspace
) -> None:
    form = open_tab(page, server, "Referral pathways")
    form.get_by_label("Organisation", exact=True).fill("Gullwing bereavement (invented)")
    choose_option(page, "What it is", "health and wellbeing")
    form.get_by_label("Needs, one a line").fill("bereavement\ntrauma")
    form.get_by_label("Area it serves").fill("Marram")
    form.get_by_label("How to refer").fill("By telephone")
    form.get_by_label("Youngest").fill("11")
    send(form, "Save the pathway")
    expect(row(page, "Gullwing")).to_contain_text("11 and over")
    form.get_by_label("Need", exact=True).fill("trauma")
    form.get_by_label("Need", exact=True).press("Enter")
    expect(form.get_by_text("1 pathway of")).to_be_visible()
    wait_until_still(page)
    form.get_by_label("Age", exact=True).fill("10")
    form.get_by_label("Age", exact=True).press("Enter")
    expect(form.get_by_text("No pathway fits")).to_be_visible()
    (kept,) = find_pathways(sample, words="trauma")
    assert kept.needs == ("bereavement", "trauma") and kept.youngest == 11


def test_a_debrief_is_recorded_found_and_its_thanks_are_given(
    page: Page, server: AppServer, sample: Workspace
) -> None:
    open_page(page, server.url, "learning")
    form = tab(page, "Record one")
    form.get_by_label("Title", exact=True).fill("Closing the arcade")
    form.get_by_label("What worked").fill("Wardens <b>knew</b> every trader")
    form.get_by_label("Whom we owe thanks").fill("Wardens (invented)\nWardens (invented)")
    send(form, "Record the debrief")
    expect(page.get_by_text("A debrief belongs to a place or to an OCG")).to_be_visible()
    wait_until_still(page)
    choose_option(page, "Place", "Pierhead")
    send(form, "Record the debrief")
    expect(page.get_by_text("The debrief is recorded: Closing the arcade")).to_be_visible()
    search = page.get_by_label("Search the debriefs of every place")
    search.fill("trader knew")
    search.press("Enter")
    expect(page.locator(".hf-entry")).to_have_count(1)
    expect(page.locator(".hf-entry")).to_contain_text("Wardens <b>knew</b> every trader")
    form = tab(page, "Thanks owed")
    choose_option(page, "Whom to thank", "Wardens (invented) (Closing the arcade)")
    send(form, "Record the thanks")
    expect(page.get_by_text("Wardens (invented) was thanked")).to_be_visible()
    (kept,) = search_debriefs(sample, "arcade")
    assert kept.thanks_owed == () and len(kept.thanks) == 1


def open_tab(page: Page, server: AppServer, name: str) -> Locator:
    open_page(page, server.url, "partnership")
    return tab(page, name)


def row(page: Page, agency: str) -> Locator:
    """The row of a table that is about an agency or organisation."""
    return page.get_by_role("row").filter(has_text=agency)


def choose_several(page: Page, label: str, *options: str) -> None:
    """Choose in a field that takes several, then close its list."""
    field = page.get_by_role("combobox", name=label, exact=True)
    for option in options:
        field.click()
        page.get_by_role("option", name=option, exact=True).click()
    page.keyboard.press("Escape")
    settle(page)
