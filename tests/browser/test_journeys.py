"""A day's work of three professions, from the sign-in on, each on one store of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Locator, Page, expect

from chb.domain.access.grants import Basis, NeedToKnow
from chb.domain.access.roles import Role
from chb.domain.assets.register import Asset, AssetStatus
from chb.domain.assets.sessions import Weekday
from chb.domain.places.gates import Gate, GateItem
from chb.domain.places.phases import Intensity, Phase
from chb.domain.places.records import BoundaryChange
from chb.services.access import accounts, invitations
from chb.services.access.need_to_know import let_in
from chb.services.assets.register import asset, open_assets
from chb.services.places.decisions import list_decisions
from chb.services.places.gates import EvidenceDraft, gate_states, record_evidence
from chb.services.places.register import find_place, list_places
from chb.services.planning.disruptions import list_disruptions
from chb.services.planning.ocg_register import list_ocgs
from chb.services.planning.plans import plan_of
from chb.services.workspace import Workspace, open_workspace
from tests.browser.app_server import AppServer
from tests.browser.filling import choose_starting_with, fill_in, send, tab, wait_until_still
from tests.browser.houses import house_with
from tests.browser.screen import (
    MapOnScreen,
    choose_layer,
    choose_option,
    eventually,
    fill,
    settle,
)
from tests.services.access.signing_makers import PASSWORD

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("journeys"),
]

POLICE: Final = "Marram Constabulary (synthetic)"
COUNCIL: Final = "Marram Borough Council (synthetic)"
LEAD: Final = "lro.sandhythe@example.org"
MANAGER: Final = "csp.manager@example.org"
CO_ORDINATOR: Final = "coordinator.west@example.org"
WHO: Final = {
    LEAD: (Role.LRO, POLICE),
    MANAGER: (Role.CSP_MANAGER, COUNCIL),
    CO_ORDINATOR: (Role.CO_ORDINATOR, COUNCIL),
}
BOXING_CLUB: Final = "Saltings Boxing Club"
EXIT: Final = Gate.BUILD_TO_EXIT
LISTED: Final = (
    "name,kind,longitude,latitude,postcode\n"
    "Gannet Row Kitchen,food_bank,-3.7352,53.7701,\n"
    "Gannet Row Kichen,food_bank,-3.7351,53.7701,\n"
)


@pytest.fixture
def house(untouched_home: Path, tmp_path: Path) -> Iterator[AppServer]:
    """The sample place where people sign in with passwords of their own."""
    with house_with(untouched_home, tmp_path, everybody_moves_in) as server:
        yield server


def everybody_moves_in(ws: Workspace) -> None:
    for work_email, (role, agency) in WHO.items():
        accounts.add_account(ws, work_email, name=work_email)
        accounts.grant_role(ws, work_email, role, agency=agency)
        link = invitations.make_link(ws, work_email)
        invitations.choose_password(ws, link, work_email="", password=PASSWORD)
    (other,) = [each.ocg.id for each in list_ocgs(ws) if each.ocg.code == "KITTIWAKE"]
    shared = NeedToKnow(work_email=LEAD, basis=Basis.SHARED, ocg_id=other, starts_on=ws.today())
    let_in(ws, shared, by="Senior officer")


@pytest.fixture
def kept(house: AppServer) -> Iterator[Workspace]:
    """What its store holds."""
    ws = open_workspace(house.home)
    yield ws
    ws.store.close()


@pytest.fixture
def come_in(house: AppServer, new_page: Callable[..., Page]) -> Callable[[str], Page]:
    """Sign in as a person does, and arrive at Home."""

    def arrive(work_email: str) -> Page:
        page = new_page(width=1440, height=2200)
        page.goto(house.url)
        page.get_by_label("Work e-mail").fill(work_email)
        page.get_by_label("Password").fill(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Home", exact=True)).to_be_visible()
        return page

    return arrive


def follow(page: Page, title: str) -> MapOnScreen:
    """Go to a page by its link."""
    page.get_by_test_id("stSidebarNav").get_by_role("link", name=title, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    wait_until_still(page)
    return MapOnScreen(page)


def taken_out(page: Page, product: str) -> str:
    """The name of a file that is prepared, with a reason, and saved once."""
    page.get_by_role("button", name=product).click()
    fill(page, "Purpose", "Joint meeting")
    fill(page, "For whom", "The partnership")
    page.get_by_role("button", name="Prepare the file").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Save the file").click()
    expect(page.get_by_role("button", name="The file was saved")).to_be_disabled()
    page.keyboard.press("Escape")
    return download.value.suggested_filename


def test_a_csp_manager_finds_the_worst_hotspot_starts_a_place_and_takes_the_map_out(
    come_in: Callable[[str], Page], kept: Workspace
) -> None:
    page = come_in(MANAGER)
    shown = follow(page, "Harm map")
    shown.wait_until_painted()
    assert shown.facts()["outlines"] == len(list_places(kept))
    expect(page.get_by_role("table", name="Incidents by kind of crime")).to_contain_text("Drugs")
    choose_option(page, "Start a place on", "1. Pierhead")
    chosen = page.get_by_role("table", name="Hotspots").get_by_role("row", name="Pierhead")
    expect(chosen).to_contain_text("in each of 4 quarters")
    name = "Quay Head"
    fill_in(page.get_by_test_id("stMain"), {"Local name": name, "Why this place, why now": "Worst"})
    page.get_by_role("button", name="Start a place here").click()
    expect(page.get_by_text(f"{name} is started")).to_be_visible()
    assert find_place(kept, name).boundary.change == BoundaryChange.GROWN
    assert taken_out(page, "Take the map out").endswith(".gpkg")


def test_a_co_ordinator_marks_imports_resolves_moves_and_offers(
    come_in: Callable[[str], Page], kept: Workspace
) -> None:
    page = come_in(CO_ORDINATOR)
    mark_by_hand(page, "Gannet Row Hut", kept)
    kitchen = import_and_resolve(page, kept)
    move_a_clashing_session(page, kept)
    offer_from_the_gap_map(page, kept, kitchen)


def mark_by_hand(page: Page, name: str, kept: Workspace) -> None:
    shown = follow(page, "Assets")
    shown.wait_until_drawn()
    shown.look_at(53.7801, -3.7352, 17)
    shown.click(53.7801, -3.7352)
    expect(page.get_by_label("Latitude")).not_to_have_value("")
    fill(page, "Name", name)
    page.get_by_role("button", name="Save the asset").click()
    expect(page.get_by_text(f"{name} is saved")).to_be_visible()
    assert name in {each.name for each in open_assets(kept)}


def import_and_resolve(page: Page, kept: Workspace) -> Asset:
    """A list with the same kitchen twice: both come in, and one is merged into the other."""
    follow(page, "Asset import")
    file = {"name": "kitchens.csv", "mimeType": "text/csv", "buffer": LISTED.encode()}
    page.locator("input[type=file]").first.set_input_files(file)  # type: ignore[arg-type]
    expect(page.get_by_text("2 rows read from kitchens.")).to_be_visible()
    wait_until_still(page)
    expect(page.get_by_text("Decide on 1 likely duplicate first")).to_be_visible()
    choice = "Merge into Gannet Row Kitchen (earlier in the list)"
    choose_option(page, "What to do with row 3", choice)
    page.get_by_role("button", name="Import 2 rows").click()
    expect(page.get_by_text("Imported kitchens: 1 added, 1 merged")).to_be_visible()
    (one,) = [each for each in open_assets(kept) if each.name.startswith("Gannet Row K")]
    assert asset(kept, one.id).status == AssetStatus.FOUND
    return one


def move_a_clashing_session(page: Page, kept: Workspace) -> None:
    follow(page, "Timetable")
    choose_option(page, "Place", "The Saltings")
    week = page.get_by_role("table", name="Week of The Saltings")
    expect(week.get_by_text("Clash 1").first).to_be_visible()
    boxing = f"Tuesday 18:00 to 20:00, {BOXING_CLUB}, Junior boxing"
    choose_option(page, "Session", boxing)
    choose_option(page, "New day", "Friday")
    expect(page.get_by_text("Fills the evening of Friday")).to_be_visible()
    wait_until_still(page)
    fill(page, "Why they move", "Agreed with both clubs")
    page.get_by_role("button", name="Save 1 move").click()
    expect(page.get_by_text("1 session moved")).to_be_visible()
    friday = week.locator("tbody", has_text="Friday")
    moved = friday.locator("td", has_text=BOXING_CLUB)
    expect(moved).to_have_count(1)
    expect(moved).not_to_contain_text("Clash")
    (club,) = [each for each in open_assets(kept) if each.name == BOXING_CLUB]
    assert {session.weekday for session in club.sessions} == {Weekday.THURSDAY, Weekday.FRIDAY}


def offer_from_the_gap_map(page: Page, kept: Workspace, kitchen: Asset) -> None:
    """The kitchen that was imported, among the food banks that could open one hour more."""
    shown = follow(page, "Gaps")
    shown.wait_until_painted()
    choose_option(page, "Cell", re.compile(r"^1\. "))
    expect(page.locator(".hf-card", has_text="Harm")).to_contain_text("band")
    eventually(lambda: shown.frame.evaluate("() => map.getZoom() >= 14"), "the map at the cell")
    wait_until_still(page)
    page.get_by_role("button", name="Settings", exact=True).click()
    kinds = page.get_by_role("combobox", name="Kinds of assets", exact=True)
    kinds.fill("Food bank or community meals")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    wait_until_still(page)
    choose_option(page, "Asset", re.compile(rf"\. {kitchen.name}$"))
    choose_option(page, "Place", "Pierhead")
    choose_layer(page, "Protect")
    wait_until_still(page)
    page.get_by_role("button", name="Offer to the plan").click()
    expect(page.get_by_text("is proposed to the plan of Pierhead")).to_be_visible()
    view = plan_of(kept, place_id=find_place(kept, "Pierhead").id)
    assert view is not None
    offered = view.interventions[-1]
    assert offered.asset_ids == (kitchen.id,) and "for ages 10 to 17" in offered.title


def test_a_lead_plans_records_resumes_clear_and_closes_a_gate(
    come_in: Callable[[str], Page], kept: Workspace
) -> None:
    page = come_in(LEAD)
    open_a_group(page)
    plan_every_phase(page, kept)
    record_a_disruption(page, kept)
    record_a_decision(page, kept)
    resume_clear(page, kept)
    close_the_last_gate(page, kept)


def open_a_group(page: Page) -> None:
    """One of the two that the lead may see: the other is open at first."""
    follow(page, "OCGs")
    expect(page.get_by_role("heading", name="KITTIWAKE", exact=True)).to_be_visible()
    choose_option(page, "OCG", "SANDERLING")
    expect(page.get_by_role("heading", name="SANDERLING", exact=True)).to_be_visible()


def plan_every_phase(page: Page, kept: Workspace) -> None:
    follow(page, "Plan")
    choose_option(page, "Plan for", "Sandhythe Cross")
    wait_until_still(page)
    form = tab(page, "Write one")
    for phase in Phase:
        title = f"What {phase.value} asks of the Cross"
        choose_option(page, "Phase", phase.value)
        choose_option(page, "Primary P", "Protect")
        choose_option(page, "Lead agency", POLICE)
        form.get_by_label("Title").fill(title)
        send(form, "Add the intervention")
        expect(page.get_by_text("is in the plan, under Protect in " + phase.value)).to_be_visible()
        wait_until_still(page)
    view = plan_of(kept, place_id=find_place(kept, "Sandhythe Cross").id)
    assert view is not None and {each.phase for each in view.interventions[-3:]} == set(Phase)


def record_a_disruption(page: Page, kept: Workspace) -> None:
    follow(page, "Disruptions")
    form = tab(page, "Record one")
    form.get_by_label("What happened").fill("Two hired cars seized")
    choose_option(page, "Agency", POLICE)
    choose_option(page, "OCG", "SANDERLING")
    choose_starting_with(page, "Level", "minor")
    choose_option(page, "Primary P", "Pursue")
    send(form, "Record the disruption")
    expect(page.get_by_text("The minor disruption is in the log")).to_be_visible()
    assert "Two hired cars seized" in {each.what for each in list_disruptions(kept)}


def record_a_decision(page: Page, kept: Workspace) -> None:
    what = "Clear begins again at the Cross"
    follow(page, "Decisions")
    form = page.get_by_role("tabpanel", name="Record one")
    fill_in(
        form,
        {
            "What was decided": what,
            "Rationale": "The line is back",
            "What we are not doing": "Another week of watching",
            "Why not": "Nothing new would be learnt",
        },
    )
    page.get_by_role("button", name="Record the decision").click()
    expect(page.get_by_text("is in the log.")).to_be_visible()
    (decided,) = [each for each in list_decisions(kept) if each.draft.what == what]
    assert (decided.recorded_by, decided.stands) == (LEAD, True)
    assert decided.draft.not_doing_why == "Nothing new would be learnt"


def resume_clear(page: Page, kept: Workspace) -> None:
    follow(page, "Places")
    choose_option(page, "Place", "Sandhythe Cross")
    wait_until_still(page)
    form = tab(page, "Overview")
    choose_option(page, "Phase", Phase.CLEAR.value)
    choose_option(page, "Intensity", Intensity.ACTIVE.value)
    form.get_by_label("Reason", exact=True).fill("Cars of the line were seen three nights running")
    send(form, "Record the change")
    expect(page.get_by_text("Clear is active at Sandhythe Cross")).to_be_visible()
    place = find_place(kept, "Sandhythe Cross")
    assert place.intensities(kept.today())[Phase.CLEAR] == Intensity.ACTIVE


def close_the_last_gate(page: Page, kept: Workspace) -> None:
    """Items were met at the board before; the last two are met on the screen."""
    place = find_place(kept, "Sandhythe Cross")
    *earlier, last_but_one, last = gate_states(kept, place.id)[EXIT].open_items
    for item in earlier:
        draft = EvidenceDraft(item_key=item.key, words="Seen at the board")
        record_evidence(kept, place.id, EXIT, draft, by=LEAD)
    form = tab(page, "Gates")
    page.get_by_test_id("stButtonGroup").get_by_text(EXIT.value, exact=True).click()
    wait_until_still(page)
    card = page.locator(".hf-card", has_text=EXIT.value)
    meet(page, form, last_but_one, "Read out to the board")
    expect(card).not_to_contain_text("every item is met")
    meet(page, form, last, "Agreed at the board in writing")
    expect(card).to_contain_text("every item is met")
    assert gate_states(kept, place.id)[EXIT].is_complete


def meet(page: Page, form: Locator, item: GateItem, evidence: str) -> None:
    choose_option(page, "Item", item.words)
    form.get_by_label("Evidence", exact=True).fill(evidence)
    send(form, "Record the evidence")
    expect(page.get_by_text("The evidence is recorded")).to_be_visible()
    settle(page)
