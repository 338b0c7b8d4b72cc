"""Gates and the record of a place: evidence, checklists, open items, boundary and name."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from chb.domain.edits import Edit
from chb.domain.places.gates import Gate, GateItem
from chb.domain.places.places import Place
from chb.domain.places.records import BoundaryChange, TieKind
from chb.services.harm.profiling import HarmProfile
from chb.services.places.gates import edit_checklist, gate_history, gate_states
from chb.services.places.register import get_place, list_places, start_place
from chb.services.workspace import Workspace
from chb.ui.parts.draft_cells import with_ring
from tests.browser.app_server import AppServer
from tests.browser.conftest import SAMPLE_AREA, SAMPLE_LEAD
from tests.browser.filling import send, tab
from tests.browser.screen import MapOnScreen, choose_option, open_page

pytestmark = pytest.mark.browser

GATE = Gate.CLEAR_TO_HOLD
PRINCIPALS = "The principal nominals are removed or managed"

StartPlace = Callable[..., Place]


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A screen that holds a whole form: a list closes when the page scrolls under it."""
    return new_page(height=1700)


@pytest.fixture
def start(sample: Workspace, profile: HarmProfile) -> StartPlace:
    """Start a place of one's own where no other place is, with harm to be counted there.

    Its name is numbered, so that a test may be driven a second time.
    """

    def make(street: str, *, rings: int = 0) -> Place:
        listed = list_places(sample)
        name = f"{street} {len(listed)}"
        taken = {cell for place in listed for cell in place.boundary.cells}
        for cell in profile.frame.sort_values("density", ascending=False)["cell"]:
            cells = frozenset({int(cell)})
            for _ in range(rings):
                cells = with_ring(cells)
            if not cells & taken:
                return start_place(
                    sample, name=name, cells=cells, area_name="Marram", reason="test", by="test"
                )
        raise AssertionError("every cell of the sample has a place already")

    return make


def test_evidence_with_a_figure_is_recorded_and_shown(
    page: Page, server: AppServer, sample: Workspace, start: StartPlace
) -> None:
    place = start("Evidence Row")
    form = open_place(page, server, place, "Gates")
    form.get_by_text("Add the harm trend from the loaded incidents").click()
    expect(form.get_by_role("status")).to_contain_text("Harm against the same months a year")
    choose_option(page, "Item", PRINCIPALS)
    form.get_by_label("Link", exact=True).fill("javascript:alert(1)")
    send(form, "Record the evidence")
    expect(page.get_by_text("A link starts with https://")).to_be_visible()
    form.get_by_label("Link", exact=True).fill("https://intranet.example.org/rota")
    form.get_by_label("Evidence", exact=True).fill("Two remanded, <b>one</b> recalled")
    send(form, "Record the evidence")
    expect(page.get_by_text("The evidence is recorded")).to_be_visible()
    item = page.get_by_role("listitem").filter(has_text=PRINCIPALS)
    expect(item).to_contain_text("Met")
    expect(item).to_contain_text("Two remanded, <b>one</b> recalled")
    expect(item).to_contain_text(SAMPLE_LEAD)
    expect(item.get_by_role("link")).to_have_attribute("href", "https://intranet.example.org/rota")
    (kept,) = gate_history(sample, place.id, GATE)
    assert kept.is_met and kept.figure is not None and kept.figure.unit == "per cent"


def test_a_phase_goes_through_an_open_gate_with_a_reason_only(
    page: Page, server: AppServer, sample: Workspace, start: StartPlace
) -> None:
    place = start("Open Gate")
    form = open_place(page, server, place, "Overview")
    expect(page.get_by_test_id("open-items")).to_have_count(0)
    choose_option(page, "Phase", "Hold")
    expect(page.get_by_test_id("open-items")).to_contain_text("Clear to Hold: 8 items are open")
    expect(page.get_by_test_id("open-items")).to_contain_text(PRINCIPALS)
    send(form, "Record the change")
    expect(page.get_by_text("A change of Hold needs a reason")).to_be_visible()
    assert get_place(sample, place.id).version == place.version
    form.get_by_label("Reason", exact=True).fill("Families ask for patrols tonight")
    send(form, "Record the change")
    expect(page.get_by_text(f"Hold is active at {place.name}")).to_be_visible()
    history = tab(page, "History")
    entry = history.locator(".hf-entry").first
    expect(entry).to_contain_text("Through the gate Clear to Hold, checklist version 0")
    expect(entry).to_contain_text(PRINCIPALS)
    passage = get_place(sample, place.id).history[-1].gate
    assert passage is not None and len(passage.open_items) == 8


def test_a_checklist_is_edited_as_lines_and_a_stale_edit_keeps_them(
    page: Page, server: AppServer, sample: Workspace, start: StartPlace
) -> None:
    place = start("Checklist Lane")
    form = open_place(page, server, place, "Gates")
    form.get_by_text("Edit the checklist").click()
    lines = form.get_by_role("textbox", name="Items", exact=True)
    expect(lines).to_have_value(re.compile(re.escape(PRINCIPALS)))
    mine = f"Keys are handed over | who keeps them\n{PRINCIPALS}"
    lines.fill(mine)
    form.get_by_label("Reason", exact=True).fill("The board agreed")
    theirs = Edit(reason="theirs", by="somebody else", version=0)
    edit_checklist(sample, GATE, [GateItem("", "Theirs")], theirs, place_id=place.id)
    send(form, "Save the checklist")
    expect(page.get_by_text("was changed while you were looking at it")).to_be_visible()
    expect(lines).to_have_value(mine)
    send(form, "Save the checklist")
    expect(page.get_by_text("of the checklist Clear to Hold is saved")).to_be_visible()
    items = gate_states(sample, place.id)[GATE].checklist.items
    assert [item.words for item in items] == ["Keys are handed over", PRINCIPALS]
    assert items[0].hint == "who keeps them"
    expect(page.get_by_test_id("checklist").get_by_role("listitem")).to_have_count(2)


def test_a_threat_is_tied_and_a_place_is_renamed(
    page: Page, server: AppServer, sample: Workspace, start: StartPlace
) -> None:
    place = start("Rope Walk")
    form = open_place(page, server, place, "Ties and people")
    choose_option(page, "Kind", "Vulnerability")
    form.get_by_label("What it is").fill("Cuckooing on <i>two</i> stairs")
    fill_edit(form, "Housing reports since May")
    send(form, "Add the entry")
    expect(form.locator(".hf-headings").first).to_contain_text("Cuckooing on <i>two</i> stairs")
    form = tab(page, "Boundary and name")
    choose_option(page, "What to do", "Rename")
    form.get_by_label("New name").fill(f"New {place.name}")
    fill_edit(form, "What people there call it")
    send(form, "Rename the place")
    expect(page.get_by_role("heading", name=f"New {place.name}", exact=True)).to_be_visible()
    kept = get_place(sample, place.id)
    assert kept.earlier_names == (place.name,)
    assert [tie.kind for tie in kept.tied(sample.today())] == [TieKind.VULNERABILITY]


def test_a_boundary_grows_by_a_click_and_is_split_in_halves(
    page: Page, server: AppServer, sample: Workspace, start: StartPlace
) -> None:
    place = start("Long Estate", rings=1)
    form = open_place(page, server, place, "Boundary and name")
    shown = MapOnScreen(page)
    shown.wait_until_drawn(key=f"shape-{place.id}:{SAMPLE_AREA}")
    outside = min(with_ring(place.boundary.cells) - place.boundary.cells)
    shown.click_cell(outside)
    expect(form.get_by_text("8 cells: 1 added, 0 taken away")).to_be_visible()
    fill_edit(form, "The block next door belongs to it")
    send(form, "Save the boundary")
    expect(page.get_by_text(f"The boundary of {place.name} is extended: 8 cells")).to_be_visible()
    boundary = get_place(sample, place.id).boundary
    assert boundary.cells == place.boundary.cells | {outside}
    north = f"{place.name} North"
    choose_option(page, "What to do", "Split the place")
    form.get_by_role("button", name="Choose it").click()
    expect(form.get_by_text("cells leave, 4 stay")).to_be_visible()
    form.get_by_label("Name of the new place").fill(north)
    fill_edit(form, "Two estates with two groups of residents")
    send(form, "Split the place")
    expect(page.get_by_text(f"{north} is split off {place.name}")).to_be_visible()
    begun = next(each for each in list_places(sample) if each.name == north)
    staying = get_place(sample, place.id).boundary
    assert staying.change == BoundaryChange.SPLIT
    assert begun.boundary.cells | staying.cells == boundary.cells


def open_place(page: Page, server: AppServer, place: Place, name: str) -> Locator:
    """Open a place, and one of its tabs; what the tab holds."""
    open_page(page, server.url, "places")
    choose_option(page, "Place", place.name)
    expect(page.get_by_role("heading", name=place.name, exact=True)).to_be_visible()
    return tab(page, name)


def fill_edit(form: Locator, reason: str) -> None:
    form.get_by_label("Reason", exact=True).fill(reason)
