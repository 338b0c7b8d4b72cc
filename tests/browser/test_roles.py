"""What each role finds, what it does not, and what changes when somebody else sits down."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

import pytest
from playwright.sync_api import Locator, Page, WebSocket, expect

from chb.domain.access.roles import Role
from chb.services.places.register import list_places
from chb.services.planning.ocg_register import list_ocgs
from chb.services.workspace import Workspace
from tests.browser.app_server import AppServer
from tests.browser.screen import open_page, settle
from tests.browser.signing import look_as

pytestmark = pytest.mark.browser

_ANALYSIS: Final = (
    *("Home", "Harm map", "Hotspots", "Places", "Plan", "OCGs", "Intelligence"),
    *("Disruptions", "Signals", "Decisions"),
)
_ASSETS_READ: Final = ("Assets", "Timetable", "Gaps", "Referrals")
_ASSETS: Final = ("Assets", "Timetable", "Gaps", "Asset import", "Engagement", "Referrals")
_OFFICERS: Final = (
    *_ANALYSIS,
    *("Partnership", "Learning", "My work", *_ASSETS, "Data", "Retention"),
)
_SHARED: Final = ("Home", "Harm map", "Places and work", "Signals")
_HOSTS: Final = (*_SHARED, "Partnership", "Learning", "My work", *_ASSETS, "Data", "Glossary")

PAGES: Final[dict[Role, tuple[str, ...]]] = {
    Role.SRO: (*_OFFICERS, "Audit log", "Glossary"),
    Role.LRO: (*_OFFICERS, "Glossary"),
    Role.P_LEAD: (*_ANALYSIS, "My work", *_ASSETS, "Data", "Glossary"),
    Role.ANALYST: (*_ANALYSIS, "My work", *_ASSETS_READ, "Data", "Glossary"),
    Role.CSP_MANAGER: _HOSTS,
    Role.CO_ORDINATOR: _HOSTS,
    Role.PARTNER: (*_SHARED, "My work", *_ASSETS_READ, "Data", "Glossary"),
    Role.ADMINISTRATOR: ("Home", "Administration", "Audit log", "Glossary"),
}
"""Written down here a second time: the registry is what is tested."""

SHUT: Final = {
    Role.PARTNER: ("ocgs", "hotspots", "audit-log"),
    Role.ANALYST: ("retention", "administration"),
    Role.ADMINISTRATOR: ("plan", "assets"),
}
"""Addresses that somebody may type who has no such page."""


class Heard:
    """All that the server told a page over its websocket."""

    def __init__(self, page: Page) -> None:
        self.all = b""
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._note)

    def _note(self, frame: bytes | str) -> None:
        self.all += frame if isinstance(frame, bytes) else frame.encode()


def test_every_role_finds_its_own_pages_and_no_other(page: Page, server: AppServer) -> None:
    assert set(PAGES) == set(Role)
    open_page(page, server.url, "glossary")
    for role, titles in PAGES.items():
        look_as(page, role)
        expect(links(page)).to_have_count(len(titles))
        assert tuple(names_of(links(page))) == titles, role
        expect(page.get_by_role("note", name="Security marking")).to_be_visible()


@pytest.mark.parametrize("role", SHUT)
def test_an_address_typed_by_hand_opens_nothing(
    page_as: Callable[..., Page], server: AppServer, sample: Workspace, role: Role
) -> None:
    page = page_as(role)
    heard = Heard(page)
    for address in SHUT[role]:
        page.goto(f"{server.url}/{address}")
        expect(page.get_by_text("Your role does not let you")).to_be_visible()
        settle(page)
        expect(page.get_by_role("heading")).to_have_count(0)
        expect(links(page)).to_have_count(len(PAGES[role]))
    assert secrets_in(heard, sample) == []


def test_a_partner_is_shown_bands_and_what_is_shared(
    page_as: Callable[..., Page], server: AppServer
) -> None:
    page = page_as(Role.PARTNER)
    shown = open_page(page, server.url, "harm-bands")
    shown.wait_until_painted()
    legend = page.frame_locator("iframe").locator(".holdfast-legend")
    expect(legend).to_contain_text("Harm in bands")
    expect(legend).not_to_contain_text("harm-days")
    expect(page.get_by_test_id("sentence")).to_contain_text("are shown")
    assert "harm-days" not in page.get_by_test_id("stMain").inner_text()
    links(page).filter(has_text="Places and work").click()
    expect(page.get_by_role("table", name="Work")).to_contain_text("The Saltings")


def test_an_administrator_is_told_nothing_of_the_work(
    page_as: Callable[..., Page], server: AppServer, sample: Workspace
) -> None:
    page = page_as(Role.ADMINISTRATOR)
    heard = Heard(page)
    open_page(page, server.url, "administration")
    page.get_by_role("tab", name="Store and settings", exact=True).click()
    page.get_by_role("button", name="Check the store now").click()
    expect(page.get_by_text("The store is sound")).to_be_visible()
    links(page).filter(has_text="Audit log").click()
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("table", name="Audit rows")).to_be_visible()
    settle(page)
    assert secrets_in(heard, sample) == []


def test_another_role_sees_another_work(page: Page, server: AppServer, sample: Workspace) -> None:
    """The senior officer knows every group, a P lead those they were let in on."""
    codes = sorted(each.ocg.code for each in list_ocgs(sample))
    seen = {}
    open_page(page, server.url, "glossary")
    for role in (Role.SRO, Role.LRO, Role.P_LEAD):
        look_as(page, role)
        links(page).filter(has_text="OCGs").click()
        expect(page.get_by_role("heading", name="OCG register")).to_be_visible()
        settle(page)
        shown = page.get_by_test_id("stMain").inner_text()
        seen[role] = {code for code in codes if code in shown}
    assert seen[Role.SRO] == set(codes)
    assert set() < seen[Role.LRO] < seen[Role.SRO]
    assert seen[Role.P_LEAD] < seen[Role.SRO]
    assert seen[Role.P_LEAD] != seen[Role.LRO]
    expect(page.get_by_text("Who may register groups")).to_be_visible()
    expect(page.get_by_role("button", name="Register the group")).to_have_count(0)


def links(page: Page) -> Locator:
    """The navigation's links."""
    return page.get_by_test_id("stSidebarNav").get_by_role("link")


def names_of(found: Locator) -> Iterable[str]:
    """Their words: the icon is a word of its own, on a line before."""
    return (each.splitlines()[-1].strip() for each in found.all_inner_texts())


def secrets_in(heard: Heard, ws: Workspace) -> list[str]:
    """Code names of groups and names of places that came over the line."""
    known = [*(each.ocg.code for each in list_ocgs(ws)), *(each.name for each in list_places(ws))]
    assert b"Incidents loaded" in heard.all, "what was heard can be read"
    return [each for each in known if each.encode() in heard.all]
