"""What goes wrong at a screen has a sane answer: nothing is lost, and the page says what is so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Response, expect

from chb.domain.access.roles import Role
from chb.domain.access.scope import Scope
from chb.domain.access.sessions import Ending
from chb.services.access.sessions import end_sessions_of
from chb.services.workspace import Workspace, open_workspace
from tests.browser.app_server import AppServer
from tests.browser.axe import violations
from tests.browser.houses import house_with, with_account
from tests.browser.screen import PATIENCE_S, eventually, open_page, settle
from tests.browser.signing import let_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("signing in")]

AMIRA = "amira@force.example"
WORDS = "The market moved to the harbour <b>overnight</b>"


@pytest.fixture(scope="module")
def house(untouched_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    """A server of named people that may be stopped and started under an open page."""
    folder = tmp_path_factory.mktemp("bad")
    with house_with(untouched_home, folder, with_account(AMIRA)) as server:
        yield server


@pytest.fixture
def kept(house: AppServer) -> Iterator[Workspace]:
    """The same store, to know what is kept and to end sessions."""
    ws = open_workspace(house.home)
    yield ws
    ws.store.close()


@pytest.fixture
def screen(browser: Browser, house: AppServer) -> Iterator[Page]:
    """Amira's screen. A server that goes away is no error here, so nothing guards it."""
    context = browser.new_context(viewport={"width": 1440, "height": 1200}, locale="en-GB")
    let_in(context, house, Role.LRO, work_email=AMIRA)
    page = context.new_page()
    page.set_default_timeout(PATIENCE_S * 1_000)
    yield page
    context.close()


def rationale(page: Page) -> Locator:
    """A field of the form for a new decision; the one that corrects has the same label."""
    return page.get_by_role("tabpanel", name="Record one").get_by_label("Rationale", exact=True)


def told(page: Page) -> Locator:
    return page.locator("#hf-bar .hf-ends")


def is_kept(page: Page, ws: Workspace, words: str) -> Callable[[], bool]:
    """Whether the words are on the server. (Requests pass while Playwright waits.)"""

    def ask() -> bool:
        page.wait_for_timeout(100)
        with ws.seen_by(Scope(person=AMIRA)).reading() as tx:
            found = tx.drafts.find("record_decision")
        return found is not None and found.words.get("Rationale") == words

    return ask


def test_the_back_button_leads_to_the_page_before(page: Page, server: AppServer) -> None:
    open_page(page, server.url, "decisions")
    page.get_by_test_id("stSidebarNav").get_by_role("link", name="Learning", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Learning")
    page.go_back()
    expect(page).to_have_url(f"{server.url}/decisions")
    expect(page.get_by_role("heading", level=1)).to_have_text("Decisions")
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_have_text("Learning")


def test_words_survive_a_lost_connection_and_the_page_says_that_it_is_lost(
    screen: Page, house: AppServer, kept: Workspace
) -> None:
    open_page(screen, house.url, "decisions")
    rationale(screen).fill(WORDS)
    house.stop()
    expect(told(screen)).to_have_text("No connection. What you typed is kept.")
    expect(rationale(screen)).to_have_value(WORDS)
    house.start()
    eventually(is_kept(screen, kept, WORDS), "the words on the server")
    expect(told(screen)).to_have_text("")
    expect(rationale(screen)).to_be_editable()
    expect(rationale(screen)).to_have_value(WORDS)


def test_after_a_session_that_ended_the_words_are_back(
    screen: Page, house: AppServer, kept: Workspace
) -> None:
    open_page(screen, house.url, "decisions")
    rationale(screen).fill("Written before the session ended")
    eventually(is_kept(screen, kept, "Written before the session ended"), "the words")
    with kept.writing() as tx:
        assert end_sessions_of(tx, kept, AMIRA, why=Ending.IDLE)
    expect(screen).to_have_url(f"{house.url}/sign-in?next=%2Fdecisions")
    assert "Written before" not in screen.content()
    let_in(screen.context, house, work_email=AMIRA)
    open_page(screen, house.url, "decisions")
    expect(rationale(screen)).to_have_value("Written before the session ended")
    expect(screen.get_by_text("not sent yet, are put back")).to_be_visible()


def test_a_page_that_is_not_there_or_not_ones_own_says_so(screen: Page, house: AppServer) -> None:
    answer = screen.goto(f"{house.url}/harm-mpa")
    assert isinstance(answer, Response)
    assert answer.status == 404
    expect(screen.get_by_role("heading", level=1)).to_have_text("There is no such page")
    assert violations(screen) == []
    screen.get_by_role("link", name="Go to Home").click()
    settle(screen)
    expect(screen.get_by_role("heading", level=1)).to_have_text("Home")

    screen.goto(f"{house.url}/audit-log")
    settle(screen)
    expect(screen.get_by_role("alert")).to_contain_text("does not let you read the audit log")


def test_a_choice_of_light_or_dark_stays(page: Page, server: AppServer) -> None:
    open_page(page, server.url, "learning")
    shown = page.get_by_test_id("stApp")
    expect(shown).to_have_css("color-scheme", "light")
    page.get_by_label("Light or dark").select_option("Dark")
    expect(shown).to_have_css("color-scheme", "dark")
    open_page(page, server.url, "decisions")
    expect(shown).to_have_css("color-scheme", "dark")
    expect(page.get_by_label("Light or dark")).to_have_value("Dark")
