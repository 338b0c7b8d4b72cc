"""The week of a place with moves that are tried and saved, and the map of gaps in two views."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from chb.domain.access.roles import Role
from chb.domain.assets.sessions import Weekday
from chb.services.assets.batches import list_batches
from chb.services.assets.register import list_assets
from chb.services.assets.undoing import undo_batch
from chb.services.workspace import Workspace, open_workspace
from tests.browser.app_server import AppServer
from tests.browser.axe import violations
from tests.browser.filling import wait_until_still
from tests.browser.lasting import lasting
from tests.browser.screen import choose_option, open_page
from tests.browser.signing import let_in_to_demo

pytestmark = pytest.mark.browser

BOXING = "Tuesday 18:00 to 20:00, Saltings Boxing Club, Junior boxing"
REASON = "Agreed with <b>both</b> clubs"
IS_CLOSE = "() => map.getZoom() >= 14"


@pytest.fixture(scope="module")
def own(untouched_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    """The app on a store of these tests' own: they change timetables and plans."""
    home = tmp_path_factory.mktemp("weeks") / "home"
    shutil.copytree(untouched_home, home)
    with lasting(home) as running:
        yield running


@pytest.fixture
def kept(own: AppServer) -> Iterator[Workspace]:
    """What its store holds."""
    ws = open_workspace(own.home)
    yield ws
    ws.store.close()


@pytest.fixture
def look(own: AppServer, new_page: Callable[..., Page]) -> Callable[[Role], Page]:
    """A screen that holds a whole page, for somebody in a role."""

    def make(role: Role) -> Page:
        page = new_page(width=1280, height=2400)
        let_in_to_demo(page.context, own, role)
        return page

    return make


def weekdays_of(ws: Workspace, name: str) -> list[Weekday]:
    return [
        session.weekday
        for asset in list_assets(ws)
        if asset.name == name
        for session in asset.sessions
    ]


def test_a_co_ordinator_tries_a_move_saves_it_and_it_can_be_undone(
    look: Callable[[Role], Page], own: AppServer, kept: Workspace
) -> None:
    page = look(Role.CO_ORDINATOR)
    open_page(page, own.url, "timetable")
    choose_option(page, "Place", "The Saltings")
    week = page.get_by_role("table", name="Week of The Saltings")
    expect(week.get_by_text("Clash 1")).to_have_count(4)
    expect(week.get_by_text("Clash 2")).to_have_count(4)
    expect(week.get_by_text("Nothing this evening")).to_have_count(5)
    choose_option(page, "Session", BOXING)
    choose_option(page, "New day", "Friday")
    expect(week.get_by_text("Moved here")).to_have_count(1)
    expect(week.get_by_text("Clash 1")).to_have_count(3)
    expect(page.get_by_text("Fills the evening of Friday")).to_be_visible()
    assert Weekday.FRIDAY not in weekdays_of(kept, "Saltings Boxing Club")
    wait_until_still(page)
    assert violations(page) == []
    page.get_by_role("button", name="Save 1 move").click()
    expect(page.get_by_text("The reason is missing")).to_be_visible()
    page.get_by_label("Why they move").fill(REASON)
    page.get_by_role("button", name="Save 1 move").click()
    expect(page.get_by_text("1 session moved")).to_be_visible()
    expect(week.get_by_text("Moved here")).to_have_count(0)
    assert Weekday.FRIDAY in weekdays_of(kept, "Saltings Boxing Club")
    batch = list_batches(kept)[0]
    assert batch.title == REASON
    undo_batch(kept, batch.id, by="Co-ordinator")
    assert Weekday.FRIDAY not in weekdays_of(kept, "Saltings Boxing Club")


def test_a_move_is_put_back(look: Callable[[Role], Page], own: AppServer) -> None:
    page = look(Role.PARTNER)
    open_page(page, own.url, "timetable")
    choose_option(page, "Place", "The Saltings")
    choose_option(page, "Session", BOXING)
    choose_option(page, "New day", "Friday")
    expect(page.get_by_text("Who may map community assets")).to_be_visible()
    wait_until_still(page)
    page.get_by_role("button", name="Put back").click()
    expect(page.get_by_text("Fills the evening of Friday")).to_have_count(0)
    expect(page.get_by_role("combobox", name="New day")).to_have_value("Tuesday")


def test_an_officer_sees_figures_and_another_hour_at_once(
    look: Callable[[Role], Page], own: AppServer
) -> None:
    page = look(Role.LRO)
    shown = open_page(page, own.url, "gaps")
    before = shown.wait_until_painted()
    choose_option(page, "Cell", first_cell(page))
    harm = page.locator(".hf-card").filter(has=page.get_by_text("Harm", exact=True))
    expect(harm.locator("strong")).to_have_text(re.compile(r"^[\d,]+$"))
    choose_option(page, "Day", "Sunday")
    shown.wait_until_painted(not_digest=before)
    expect(page.get_by_text("Sunday 18:00", exact=True)).to_be_visible()


def first_cell(page: Page) -> str:
    """The cell with most unmet need, as the list calls it."""
    page.get_by_role("combobox", name="Cell", exact=True).click()
    name = page.get_by_role("option").first.inner_text()
    page.keyboard.press("Escape")
    return name
