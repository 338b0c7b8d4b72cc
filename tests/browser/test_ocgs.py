"""The OCG register: members and whom to safeguard, links, scores, locations, earlier versions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Locator, Page, expect

from chb.domain.ocgs.members import FamilyLink, NominalRole, OcgLinkKind
from chb.services.planning.ocg_register import OcgFile, list_ocgs, ocg_file, save_ocg
from chb.services.workspace import Workspace
from tests.browser.app_server import AppServer
from tests.browser.axe import violations
from tests.browser.filling import fill_in, send, tab, wait_until_still
from tests.browser.screen import MapOnScreen, choose_option, eventually, open_page

pytestmark = pytest.mark.browser

_A_MOMENT_MS = 200
FORMS = {
    "Business": "Edit the group",
    "Members": "Add or edit a nominal",
    "Links": "Add or edit a link",
    "Locations": "Add or edit a location",
    "Reviews": "Record a review",
    "Scores": "Import a MoRiLE score",
}
"""The form that is folded into each tab of a group's file."""
VIEWS = ("Intelligence", "History", "Network")
"""Tabs that show and do not ask, of the file and of the register, one of each kind."""


@pytest.fixture
def page(new_page: Callable[..., Page], server: AppServer) -> Page:
    """The register on a screen that holds a whole form."""
    page = new_page(height=1900)
    open_page(page, server.url, "ocgs")
    wait_until_still(page)
    return page


def test_a_nominal_with_a_relation_shows_whom_to_safeguard(page: Page, sample: Workspace) -> None:
    choose_group(page, "WHIMBREL")
    form = unfold(page, "Members")
    choose_option(page, "Role", "significant member")
    fill_in(form, {"Reference": "WHI-2", "What they do": "Breaks <b>vans</b>"})
    fill_in(form, {"Relative": "not a member", "Relation to the nominal": "daughter"})
    fill_in(form, {"Safeguarding note": "Aged 12, seen at the yard"})
    send(form, "Add the nominal")
    expect(page.get_by_text("is recorded as significant member")).to_be_visible()
    expect(form.get_by_text("daughter of WHI-2 (not a member)")).to_be_visible()
    members = form.get_by_role("table", name="Members by role")
    expect(members.get_by_role("row", name="WHI-2")).to_contain_text("Breaks <b>vans</b>at large")
    tree = form.get_by_role("table", name="Family tree")
    expect(tree.get_by_role("row", name="daughter of WHI-2")).to_contain_text("to safeguard")
    expect(form.get_by_test_id("stVegaLiteChart")).to_have_count(2)
    kept = file_of(sample, "WHIMBREL").nominals[-1]
    assert kept.role == NominalRole.SIGNIFICANT
    assert kept.family == (FamilyLink("not a member", "daughter", "Aged 12, seen at the yard"),)


def test_a_morile_score_is_copied_with_its_assessor(page: Page, sample: Workspace) -> None:
    choose_group(page, "TURNSTONE")
    form = unfold(page, "Scores")
    fill_in(form, {"Source": "Assessment of the quarter"})
    form.get_by_label("Assessor").last.fill("Regional desk")
    send(form, "Import the score")
    expect(page.get_by_text("A MoRiLE score is a number of zero or more")).to_be_visible()
    fill_in(form, {"MoRiLE score": "287.5"})
    send(form, "Import the score")
    expect(page.get_by_text("MoRiLE 287.5 is on the file")).to_be_visible()
    (kept,) = file_of(sample, "TURNSTONE").morile_scores
    assert (kept.score, kept.assessor) == (287.5, "Regional desk")


def test_a_link_is_seen_from_both_groups(page: Page, sample: Workspace) -> None:
    choose_group(page, "WHIMBREL")
    form = unfold(page, "Links")
    choose_option(page, "Other group", "KITTIWAKE")
    choose_option(page, "How they stand", "market sharing")
    send(form, "Add the link")
    expect(page.get_by_text("The link is recorded: market sharing")).to_be_visible()
    links = form.get_by_role("table", name="Links")
    expect(links.get_by_role("row", name="KITTIWAKE and WHIMBREL")).to_be_visible()
    seen_there = file_of(sample, "KITTIWAKE").links
    assert OcgLinkKind.MARKET_SHARING in {link.kind for link in seen_there}


def test_a_location_is_an_area_and_never_a_pin(page: Page, sample: Workspace) -> None:
    choose_group(page, "WHIMBREL")
    form = unfold(page, "Locations")
    choose_option(page, "Kind", "meeting place")
    fill_in(form, {"Source": "log 7", "Radius (m)": "0"})
    fill_in(form, {"Latitude": "53.7512", "Longitude": "-3.7004"})
    choose_option(page, "Handling level", "OFFICIAL-SENSITIVE, police only")
    send(form, "Add the location")
    expect(page.get_by_text("The radius is above zero")).to_be_visible()
    fill_in(form, {"Radius (m)": "150"})
    send(form, "Add the location")
    expect(page.get_by_text("The meeting place of WHIMBREL is recorded")).to_be_visible()
    table = form.get_by_role("table", name="Locations of the group")
    expect(table.get_by_role("row", name="meeting place within 150 m")).to_be_visible()
    facts = MapOnScreen(page).wait_until_drawn()
    assert facts["outlines"] == table.get_by_role("row").count() - 1, "a ring for each row"
    kept = max(file_of(sample, "WHIMBREL").locations, key=lambda each: each.id)
    assert (kept.latitude, kept.longitude, kept.radius_m) == (53.7512, -3.7004, 150.0)


def test_an_edit_says_why_and_its_versions_stay(page: Page, sample: Workspace) -> None:
    before = file_of(sample, "TURNSTONE").ocg
    choose_group(page, "TURNSTONE")
    form = unfold(page, "Business")
    fill_in(form, {"Summary": "Moved on to the estate"})
    send(form, "Save the group")
    expect(page.get_by_text("A change of a group needs a reason")).to_be_visible()
    theirs = replace(before, commodities=(*before.commodities, "vapes"))
    save_ocg(sample, theirs, by="Analyst", reason="Seizure")
    fill_in(form, {"Reason": "Two visits"})
    send(form, "Save the group")
    expect(page.get_by_text("was changed while you were looking at it")).to_be_visible()
    assert file_of(sample, "TURNSTONE").ocg.summary == before.summary
    history = tab(page, "History")
    expect(history.get_by_test_id("versions")).to_contain_text("Version 2")
    expect(history.get_by_test_id("versions")).to_contain_text("Seizure")
    changed = "The group changed: commodities. Because: Seizure"
    expect(history.get_by_test_id("file-history")).to_contain_text(changed)


def test_the_calendar_has_what_is_overdue_first(page: Page) -> None:
    calendar = tab(page, "Review calendar").get_by_test_id("calendar")
    expect(calendar.locator(".hf-entry").first).to_contain_text("Overdue")
    expect(calendar.locator(".hf-entry").first).to_contain_text("TURNSTONE")


def test_a_group_that_is_new_stands_among_the_unscored_and_is_due_at_once(page: Page) -> None:
    form = tab(page, "Register a group")
    fill_in(form, {"Code name": "PLOVER"})
    page.get_by_role("combobox", name="Lead responsible officer").locator("visible=true").click()
    page.get_by_role("option", name="Post holder, Saltings lead").click()
    wait_until_still(page)
    send(form, "Register the group")
    expect(page.get_by_text("PLOVER is registered")).to_be_visible()
    unscored = tab(page, "Bands").get_by_role("row", name="Not scored")
    expect(unscored).to_contain_text("PLOVER")
    calendar = tab(page, "Review calendar").get_by_test_id("calendar")
    expect(calendar).to_contain_text("PLOVER not scored yet")


def test_forms_drawings_and_lists_have_no_violation(page: Page) -> None:
    choose_group(page, "KITTIWAKE")
    for name in FORMS:
        unfold(page, name)
        assert violations(page) == [], name
    for name in VIEWS:
        tab(page, name)
        assert violations(page) == [], name


def choose_group(page: Page, code: str) -> None:
    choose_option(page, "OCG", code)
    expect(page.get_by_role("heading", name=code)).to_be_visible()
    wait_until_still(page)


def unfold(page: Page, name: str) -> Locator:
    """Open a tab of the group's file and the form folded into it; what the tab holds."""
    panel = tab(page, name)
    panel.get_by_text(FORMS[name], exact=True).click()
    eventually(lambda: has_come_to_rest(panel), "the form to unfold")
    wait_until_still(page)
    return panel


def has_come_to_rest(panel: Locator) -> bool:
    """Whether what is unfolding has its height: a list closes when its field moves."""
    before = panel.bounding_box()
    panel.page.wait_for_timeout(_A_MOMENT_MS)
    return panel.bounding_box() == before


def file_of(ws: Workspace, code: str) -> OcgFile:
    """A group's file as it is kept."""
    found = next(each for each in list_ocgs(ws) if each.ocg.code == code)
    return ocg_file(ws, found.ocg.id)
