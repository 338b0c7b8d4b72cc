"""The planner's pages: a plan is filled and changed, a disruption recorded and moderated."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Locator, Page, expect

from chb.domain.access.roles import Role
from chb.domain.places.phases import Phase
from chb.domain.planning.disruptions import DisruptionLevel, ModerationState
from chb.domain.planning.interventions import Intervention, InterventionStatus, Milestone
from chb.domain.planning.plans import Pillar
from chb.services.places.register import list_places
from chb.services.planning.actions import action_choices, list_actions
from chb.services.planning.disruptions import list_disruptions
from chb.services.planning.plans import PlanView, plan_of, save_intervention
from chb.services.workspace import Workspace, open_workspace
from tests.browser.app_server import AppServer
from tests.browser.filling import choose_starting_with, send, tab, wait_until_still
from tests.browser.screen import choose_option, eventually, open_page, settle
from tests.browser.signing import let_in

pytestmark = pytest.mark.browser

AGENCY = "Bank Homes (synthetic)"
LOG_HEADER = "reference,date,description,level,P,agency,OCG,place"


@pytest.fixture
def page(page_as: Callable[..., Page]) -> Page:
    """A screen that holds a whole form: a list closes when the page scrolls under it.

    The senior officer's: what Clear has at Pierhead is a secret to the lead of The Saltings.
    """
    return page_as(Role.SRO, height=1600)


def test_an_intervention_of_ones_own_appears_in_its_cell_of_the_matrix(
    page: Page, server: AppServer, sample: Workspace
) -> None:
    open_page(page, server.url, "plan")
    choose_pierhead(page)
    form = tab(page, "Write one")
    choose_option(page, "Phase", "Hold")
    choose_option(page, "Primary P", "Prepare")
    choose_option(page, "Lead agency", AGENCY)
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
    open_page(page, server.url, "plan")
    choose_pierhead(page)
    form = tab(page, "Menu of tactics")
    form.get_by_label("Search the menu").fill("number plates")
    form.get_by_label("Search the menu").press("Enter")
    expect(form.get_by_text("1 tactic of")).to_be_visible()
    settle(page)
    choose_option(page, "Lead agency", AGENCY)
    send(form, "Add it to the plan")
    expect(page.get_by_text("is in the plan as proposed")).to_be_visible()
    kept = intervention(sample, "Enforce the spacing and size of number plates")
    assert kept.tactic_key == "number-plates"


def test_a_change_needs_a_reason_and_never_goes_over_somebody_elses(
    page: Page, server: AppServer, sample: Workspace
) -> None:
    before = intervention(sample, "Cash seizure at closing time")
    open_page(page, server.url, "plan")
    choose_pierhead(page)
    form = tab(page, "Change")
    choose_option(page, "Intervention", "Clear: Cash seizure at closing time")
    expect(page.get_by_test_id("intervention")).to_contain_text("Cash seizure at closing time")
    wait_until_still(page)  # the form of the other intervention goes first
    choose_option(page, "Status", "completed")
    send(form, "Save the change")
    expect(page.get_by_text("A change of an intervention needs a reason")).to_be_visible()
    wait_until_still(page)
    theirs = replace(before, waiting_on="County court")
    save_intervention(sample, theirs, by="somebody else", reason="The hearing was moved")
    form.get_by_label("Reason").fill("The bars have closed")
    send(form, "Save the change")
    expect(page.get_by_text("was changed while you were looking at it")).to_be_visible()
    assert intervention(sample, before.title).waiting_on == "County court"
    expect(form.get_by_label("Reason")).to_have_value("The bars have closed")
    wait_until_still(page)
    send(form, "Save the change")
    expect(page.get_by_text("Cash seizure at closing time is completed")).to_be_visible()
    assert intervention(sample, before.title).status == InterventionStatus.COMPLETED


def test_many_actions_change_at_once_or_none_does_and_each_stale_one_is_told(
    page: Page, server: AppServer, sample: Workspace
) -> None:
    titles = ("Council takes over empty units", "Wardens at the Cross")
    wardens = listed(sample)[titles[1]]
    open_page(page, server.url, "plan")
    form = tab(page, "All actions")
    for label, option in (("Place or OCG", "Sandhythe Cross"), ("Phase", "Hold")):
        form.get_by_role("combobox", name=label, exact=True).fill(option)
        page.keyboard.press("Enter")
        page.keyboard.press("Escape")
        wait_until_still(page)
    expect(
        form.get_by_text(f"of {action_choices(sample).n_actions} that you may see")
    ).to_be_visible()
    set_status(page, row=2, status="agreed")
    form.get_by_text("All 2 actions listed").click()
    fill_day(page, "New due day", date(2027, 4, 1))
    form.get_by_label("Reason").fill("Agreed by the board")
    theirs = replace(wardens, waiting_on="Town council")
    save_intervention(sample, theirs, by="somebody else", reason="The vote was moved")
    send(form, "Save the changes")
    expect(form.get_by_text("Nothing was changed")).to_be_visible()
    expect(form.get_by_text("Theirs: somebody else changed waiting on")).to_be_visible()
    assert all(
        each.intervention.due_on != date(2027, 4, 1) for each in list_actions(sample).actions
    )
    send(form, "Save the changes")
    expect(page.get_by_text("2 actions changed for the reason given")).to_be_visible()
    council, kept = (listed(sample)[title] for title in titles)
    assert (council.due_on, council.status) == (date(2027, 4, 1), InterventionStatus.COMPLETED)
    assert (kept.due_on, kept.waiting_on) == (date(2027, 4, 1), "Town council")
    assert (kept.status, kept.version) == (InterventionStatus.AGREED, wardens.version + 2)


def test_an_intervention_gets_a_milestone_a_credited_p_and_somebody_to_hand_over_to(
    page_as: Callable[..., Page], server: AppServer, sample: Workspace
) -> None:
    page = page_as(Role.SRO, height=2600)  # room for the whole form, unfolded
    open_page(page, server.url, "plan")
    choose_pierhead(page)
    form = tab(page, "Change")
    choose_option(page, "Intervention", "Hold: Evening patrols")
    expect(page.get_by_test_id("intervention")).to_contain_text("Evening patrols")
    wait_until_still(page)
    unfold(form, "Milestones")
    form.get_by_label("New milestone", exact=True).fill("First <b>night</b> out")
    fill_day(page, "New milestone due", date(2027, 2, 1))
    unfold(form, "Phase and Ps")
    unfold(form, "Handover")
    form.get_by_role("combobox", name="Credited to", exact=True).fill("Protect")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    form.get_by_role("combobox", name="Hands over to", exact=True).fill("Street wardens")
    page.keyboard.press("Enter")
    fill_day(page, "Handover on", date(2027, 3, 1))
    form.get_by_label("Reason").fill("Wardens start in March")
    send(form, "Save the change")
    expect(page.get_by_text("Evening patrols is under way")).to_be_visible()
    kept = intervention(sample, "Evening patrols")
    assert Milestone("First <b>night</b> out", date(2027, 2, 1)) in kept.milestones
    assert kept.credited == (Pillar.PROTECT,)
    assert (kept.handover_to, kept.handover_on) == ("Street wardens", date(2027, 3, 1))
    expect(page.get_by_test_id("intervention")).to_contain_text("First <b>night</b> out")
    unfold(form, "Versions")
    expect(page.get_by_test_id("versions").first).to_contain_text("Wardens start in March")


def test_an_objective_is_written_and_shows_what_it_does_not_say(
    page: Page, server: AppServer, sample: Workspace
) -> None:
    open_page(page, server.url, "plan")
    choose_pierhead(page)
    form = tab(page, "Aims")
    choose_option(page, "P", "Prepare")
    form.get_by_label("Objective", exact=True).fill("Traders know whom to ring")
    send(form, "Add the objective")
    expect(page.get_by_text("A change of a plan needs a reason")).to_be_visible()
    form.get_by_label("Reason").fill("Agreed with the traders")
    send(form, "Add the objective")
    expect(page.get_by_text("The Prepare objective is in the plan")).to_be_visible()
    shown = page.get_by_test_id("objectives")
    expect(shown).to_contain_text("Traders know whom to ring")
    expect(shown).to_contain_text("Does not say how it is measured")
    kept = plan_of_pierhead(sample).plan.objectives[-1]
    assert (kept.pillar, kept.what) == (Pillar.PREPARE, "Traders know whom to ring")


def test_a_p_that_cannot_be_developed_says_why_and_can_after_all(
    page: Page, server: AppServer, sample: Workspace
) -> None:
    open_page(page, server.url, "plan")
    choose_option(page, "Plan for", "Sandhythe Cross")
    wait_until_still(page)
    form = tab(page, "Aims")
    choose_option(page, "Write", "A P that cannot be developed")
    wait_until_still(page)
    form.get_by_label("Why it cannot be developed").fill("No trade is left to prepare")
    form.get_by_label("Reason").fill("The last bar has closed")
    send(form, "Record why")
    expect(page.get_by_text("The plan says why Pursue is not developed")).to_be_visible()
    expect(page.get_by_test_id("objectives")).to_contain_text("No trade is left to prepare")
    wait_until_still(page)
    form.get_by_text("It can be developed after all").click()
    form.get_by_label("Reason").fill("Another bar has opened")
    send(form, "Record why")
    expect(page.get_by_text("The plan says that Pursue can be developed")).to_be_visible()


def test_a_log_is_shown_before_it_is_added_and_adds_nothing_twice(
    new_page: Callable[..., Page],
    serve: Callable[..., AppServer],
    untouched_home: Path,
    tmp_path: Path,
) -> None:
    """Where people sign in: what is imported ends a demonstration."""
    home = shutil.copytree(untouched_home, tmp_path / "home")
    page, server = new_page(height=1600), serve(home, CHB_SIGN_IN="local")
    let_in(page.context, server, Role.SRO)
    good = "B-1,2026-02-01,Lock-up =1+1 emptied,major,Pursue,Police,,Pierhead"
    rows = (LOG_HEADER, good, good.replace("major", "huge").replace("B-1", "B-2"))
    ws = open_workspace(home)
    before = len(list_disruptions(ws))
    open_page(page, server.url, "disruptions")
    form = tab(page, "Bring a log in")
    upload(page, "\n".join(rows))
    expect(
        form.get_by_text("2 rows read: 1 to add, 0 in the log already, 1 refused")
    ).to_be_visible()
    expect(page.get_by_test_id("refused")).to_contain_text("Row 3: level 'huge'")
    assert len(list_disruptions(ws)) == before
    send(form, "Add 1 disruption")
    expect(page.get_by_text("Added 1 disruption")).to_be_visible()
    assert len(list_disruptions(ws)) == before + 1
    upload(page, "\n".join(rows))
    expect(form.get_by_text("this very content was imported")).to_be_visible()
    expect(form.get_by_role("button", name="Add 1 disruption")).to_have_count(0)
    upload(page, "\n".join((LOG_HEADER, good, "")))
    expect(form.get_by_text("Every event is in the log already")).to_be_visible()
    assert len(list_disruptions(ws)) == before + 1
    ws.store.close()


def test_a_refused_upload_is_told_in_a_sentence(browser: Browser, server: AppServer) -> None:
    page = browser.new_page()  # no guard: the browser itself writes of every answer like this
    open_page(page, server.url, "disruptions")
    form = tab(page, "Bring a log in")
    told = form.get_by_test_id("stFileChip").get_by_role("alert")
    expect(form.get_by_text("At most 25 MB a file")).to_be_visible()
    page.route(
        "**/_stcore/upload_file/**",
        lambda route: route.fulfill(status=429, body="A person may upload 100 MB a day."),
    )
    give(page, "a.csv", b"one,two")
    expect(told).to_have_text("A person may upload 100 MB a day.")
    give(page, "b.csv", b"x" * (25 * 1024**2 + 1))
    expect(told.last).to_contain_text("must be 25.0MB or smaller")
    page.close()


def give(page: Page, name: str, content: bytes) -> None:
    """Give the page a file, whatever comes of it."""
    file = FilePayload(name=name, mimeType="text/csv", buffer=content)
    page.locator("input[type=file]").set_input_files(file)


def test_a_disruption_is_recorded_moderated_and_taken_out(
    page: Page, server: AppServer, sample: Workspace
) -> None:
    open_page(page, server.url, "disruptions")
    form = tab(page, "Record one")
    form.get_by_label("What happened").fill("Two lock-ups emptied =1+1")
    choose_option(page, "Agency", AGENCY)
    choose_option(page, "Place", "Pierhead")
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
    text = taken_out(page, "APMIS-ready log")
    assert text.startswith('"# OFFICIAL-SENSITIVE')
    assert "# APMIS-ready log" in text and "Tasking meeting" in text
    assert text.count("Two lock-ups emptied") == 1


def choose_pierhead(page: Page) -> None:
    choose_option(page, "Plan for", "Pierhead")
    expect(page.get_by_test_id("aim")).to_contain_text("behind the pier")
    wait_until_still(page)


def taken_out(page: Page, product: str) -> str:
    """The text of a file, taken out the way a person does it: why, for whom, and then saved."""
    page.get_by_role("button", name=product).click()
    page.get_by_label("Purpose", exact=True).fill("Tasking meeting")
    page.get_by_label("For whom").fill("The board")
    page.get_by_role("button", name="Prepare the file").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Save the file").click()
    return download.value.path().read_text(encoding="utf-8")


def unfold(form: Locator, name: str) -> None:
    """Open a part of a form that is folded at first."""
    form.locator("summary").filter(has_text=name).click()
    form.page.wait_for_timeout(500)  # it slides open, and a list closes when its field moves


def listed(ws: Workspace) -> dict[str, Intervention]:
    """The actions of all plans as they are kept, by title."""
    return {each.intervention.title: each.intervention for each in list_actions(ws).actions}


def set_status(page: Page, *, row: int, status: str) -> None:
    """Choose a status in a row of the list of actions, by the keyboard from the cell on."""
    grid = page.get_by_test_id("stDataFrame").locator("canvas").first
    option = page.get_by_role("option", name=status, exact=True)

    def opens() -> bool:
        """The grid is drawn some time after its page: a click before that is lost."""
        box = grid.bounding_box()
        if box is not None:
            page.mouse.click(box["x"] + 560, box["y"] + 35 * row + 17)
            page.keyboard.press("Enter")
            page.wait_for_timeout(400)
        return option.is_visible()

    eventually(opens, "the statuses to choose from")
    page.keyboard.type(status)
    page.keyboard.press("Enter")


def fill_day(page: Page, label: str, day: date) -> None:
    """Type a day into its three segments, and close the calendar that opened."""
    page.get_by_role("spinbutton", name=f"day, {label}", exact=True).click()
    page.keyboard.type(f"{day:%d%m%Y}")
    page.keyboard.press("Escape")


def upload(page: Page, text: str) -> None:
    """Give the page a CSV file, in place of one that it may hold."""
    wait_until_still(page)  # a log that was added is taken away by itself
    remove = page.get_by_role("button", name="Remove log.csv")
    if remove.count():
        remove.click()
    expect(remove).to_have_count(0)
    wait_until_still(page)
    give(page, "log.csv", text.encode())
    expect(remove).to_be_visible()
    wait_until_still(page)


def plan_of_pierhead(ws: Workspace) -> PlanView:
    """The plan for Pierhead, as it is kept."""
    place = next(known for known in list_places(ws) if known.name == "Pierhead")
    view = plan_of(ws, place_id=place.id)
    assert view is not None
    return view


def intervention(ws: Workspace, title: str) -> Intervention:
    """An intervention of the plan for Pierhead, as it is kept."""
    view = plan_of_pierhead(ws)
    return next(each for each in view.interventions if each.title == title)
