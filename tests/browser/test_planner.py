"""The planner's pages: a plan is filled and changed, a disruption recorded and moderated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Locator, Page, expect

from chb.domain.places.phases import Phase
from chb.domain.planning.disruptions import DisruptionLevel, ModerationState
from chb.domain.planning.interventions import Intervention, InterventionStatus
from chb.domain.planning.plans import Pillar
from chb.services.places.register import list_places
from chb.services.planning.disruptions import list_disruptions
from chb.services.planning.plans import plan_of, save_intervention
from chb.services.workspace import Workspace
from tests.browser.app_server import AppServer
from tests.browser.screen import choose_option, eventually, open_page, settle
from tests.browser.test_accessibility import violations

pytestmark = pytest.mark.browser

STYLED = "[...document.querySelectorAll('style')].some((s) => s.textContent.includes('.hf-cards'))"
AGENCY = "Bank Homes (synthetic)"


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A screen that holds a whole form: a list closes when the page scrolls under it."""
    return new_page(height=1600)


def test_an_intervention_of_ones_own_appears_in_its_cell_of_the_matrix(
    page: Page, server: AppServer, sample: Workspace
) -> None:
    open_page(page, server.url, "Plan")
    choose_pierhead(page)
    form = tab(page, "Write one")
    choose_option(page, "Phase", "Hold")
    choose_option(page, "Primary P", "Prepare")
    choose_option(page, "Lead agency", AGENCY)
    form.get_by_label("Recorded by").fill("LRO")
    send(form, "Add the intervention")
    expect(page.get_by_text("The intervention's title is missing")).to_be_visible()
    form.get_by_label("Title").fill("Tenants' <b>evening</b> tea")
    send(form, "Add the intervention")
    expect(page.get_by_text("is in the plan, under Prepare in Hold")).to_be_visible()
    prepare = page.get_by_test_id("matrix").get_by_role("row", name="Prepare")
    expect(prepare.get_by_role("cell").nth(1)).to_contain_text("Tenants' <b>evening</b> tea")
    kept = intervention(sample, "Tenants' <b>evening</b> tea")
    assert (kept.phase, kept.pillar, kept.lead_agency) == (Phase.HOLD, Pillar.PREPARE, AGENCY)


def test_a_tactic_is_found_on_the_menu_and_copied_into_the_plan(
    page: Page, server: AppServer, sample: Workspace
) -> None:
    open_page(page, server.url, "Plan")
    choose_pierhead(page)
    form = tab(page, "Menu of tactics")
    form.get_by_label("Search the menu").fill("number plates")
    form.get_by_label("Search the menu").press("Enter")
    expect(form.get_by_text("1 tactic of")).to_be_visible()
    settle(page)
    choose_option(page, "Lead agency", AGENCY)
    form.get_by_label("Recorded by").fill("LRO")
    send(form, "Add it to the plan")
    expect(page.get_by_text("is in the plan as proposed")).to_be_visible()
    kept = intervention(sample, "Enforce the spacing and size of number plates")
    assert kept.tactic_key == "number-plates"


def test_a_change_needs_a_reason_and_never_goes_over_somebody_elses(
    page: Page, server: AppServer, sample: Workspace
) -> None:
    before = intervention(sample, "Cash seizure at closing time")
    open_page(page, server.url, "Plan")
    choose_pierhead(page)
    form = tab(page, "Change")
    choose_option(page, "Intervention", "Clear: Cash seizure at closing time")
    wait_until_still(page)  # the form of the other intervention goes first
    choose_option(page, "Status", "completed")
    form.get_by_label("Recorded by").fill("LRO")
    send(form, "Save the change")
    expect(page.get_by_text("A change of an intervention needs a reason")).to_be_visible()
    wait_until_still(page)
    save_intervention(sample, replace(before, waiting_on="County court"), by="somebody else")
    form.get_by_label("Reason").fill("The bars have closed")
    send(form, "Save the change")
    expect(page.get_by_text("was changed while you were looking at it")).to_be_visible()
    assert intervention(sample, before.title).waiting_on == "County court"
    expect(form.get_by_label("Reason")).to_have_value("The bars have closed")
    wait_until_still(page)
    send(form, "Save the change")
    expect(page.get_by_text("Cash seizure at closing time is completed")).to_be_visible()
    assert intervention(sample, before.title).status == InterventionStatus.COMPLETED


def test_a_disruption_is_recorded_moderated_and_taken_out(
    page: Page, server: AppServer, sample: Workspace
) -> None:
    open_page(page, server.url, "Disruptions")
    form = tab(page, "Record one")
    form.get_by_label("What happened").fill("Two lock-ups emptied =1+1")
    choose_option(page, "Agency", AGENCY)
    choose_option(page, "Place", "Pierhead")
    form.get_by_label("Recorded by").fill("LRO")
    send(form, "Record the disruption")
    expect(page.get_by_text("The level is not chosen")).to_be_visible()
    choose_starting_with(page, "Level", "minor")
    choose_option(page, "Primary P", "Protect")
    send(form, "Record the disruption")
    expect(page.get_by_text("The minor disruption is in the log")).to_be_visible()
    form = tab(page, "Moderate")
    choose_option(page, "Event", f"{sample.today():%d %b %Y}: Two lock-ups emptied =1+1")
    expect(form.get_by_text("Proposed as minor")).to_be_visible()
    wait_until_still(page)
    choose_starting_with(page, "Level after moderation", "moderate")
    form.get_by_label("Reason").fill("Nothing was kept elsewhere")
    send(form, "Record the verdict")
    expect(page.get_by_text("The level is moderate, changed")).to_be_visible()
    kept = list_disruptions(sample)[0]
    assert (kept.pillar, kept.settled_level) == (Pillar.PROTECT, DisruptionLevel.MODERATE)
    assert kept.state == ModerationState.CHANGED
    with page.expect_download() as download:
        page.get_by_role("button", name="APMIS-ready log").click()
    text = download.value.path().read_text(encoding="utf-8")
    assert text.startswith("# APMIS-ready log")
    assert text.count("Two lock-ups emptied") == 1


@pytest.mark.parametrize(
    "title", ["Plan", "OCGs", "Disruptions", "Signals", "Decisions", "My work"]
)
def test_a_page_of_the_planner_has_no_violation(page: Page, server: AppServer, title: str) -> None:
    open_page(page, server.url, title)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    wait_until_still(page)
    assert violations(page) == []
    for each in page.get_by_role("tab").all()[1:]:
        each.click()
        wait_until_still(page)
        assert violations(page) == [], each.inner_text()


def wait_until_still(page: Page) -> None:
    """Nothing runs, nothing is about to be drawn anew, and our rules are back after a new page."""
    settle(page)
    expect(page.locator("[data-stale=true]")).to_have_count(0)
    eventually(lambda: page.evaluate(STYLED), "the rules of our style")


def choose_pierhead(page: Page) -> None:
    choose_option(page, "Plan for", "Pierhead")
    expect(page.get_by_test_id("aim")).to_contain_text("behind the pier")
    wait_until_still(page)


def tab(page: Page, name: str) -> Locator:
    """Open a tab; what it holds."""
    page.get_by_role("tab", name=name, exact=True).click()
    wait_until_still(page)
    return page.get_by_role("tabpanel", name=name, exact=True)


def send(form: Locator, label: str) -> None:
    form.get_by_role("button", name=label).click()
    wait_until_still(form.page)


def choose_starting_with(page: Page, label: str, start: str) -> None:
    """Choose in a list whose options go on after their first word."""
    page.get_by_role("combobox", name=label, exact=True).click()
    page.get_by_role("option", name=f"{start}:").click()
    settle(page)


def intervention(ws: Workspace, title: str) -> Intervention:
    """An intervention of the plan for Pierhead, as it is kept."""
    place = next(known for known in list_places(ws) if known.name == "Pierhead")
    view = plan_of(ws, place_id=place.id)
    assert view is not None
    return next(each for each in view.interventions if each.title == title)
