"""The gate of the real server, from outside and from inside the frame."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.app_server import AppServer
from tests.browser.escaping import (
    CALLS,
    DEPARTURES,
    HEARD_OF_A_CALL,
    REQUESTS,
    Ears,
    attempt,
    listening,
    still_hears,
)
from tests.browser.screen import eventually, open_page
from tests.browser.signing import cookies_of, status

pytestmark = pytest.mark.browser

UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
}
LONG_ENOUGH_S = 2.0
"""Where nothing stands in the way, all of it arrives within one."""


@pytest.fixture
def ears() -> Iterator[Ears]:
    with listening() as opened:
        yield opened


@pytest.fixture
def visitor(browser: Browser, ears: Ears) -> Iterator[Callable[[], Page]]:
    """Pages without the guard, which would see to it that nothing gets out.

    They close before the listener does, and all at the end: Chromium may never come back from
    closing one that is just leaving.
    """
    del ears
    context = browser.new_context()
    yield context.new_page
    context.close()


def test_only_this_machine_is_answered(server: AppServer) -> None:
    assert status(server, "/", {"Host": "evil.example"}) == 421
    assert status(server, "/", {"Origin": "http://evil.example"}) == 403
    assert status(server, "/", {}) == 200


def test_a_websocket_from_elsewhere_is_refused_at_once(server: AppServer, page: Page) -> None:
    open_page(page, server.url)
    cookie = {"Cookie": cookies_of(page.context)}
    path = "/_stcore/stream"
    assert status(server, path, {**UPGRADE, **cookie, "Origin": "http://evil.example"}) == 403
    assert status(server, path, {**UPGRADE, **cookie}) == 403
    assert status(server, path, {**UPGRADE, "Origin": server.url}) == 403
    assert status(server, path, {**UPGRADE, **cookie, "Origin": server.url}) == 101


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/openapi.json"])
def test_doors_that_stay_shut(server: AppServer, path: str) -> None:
    assert status(server, path, {}) == 404


def test_cells_go_to_their_own_session_only(
    server: AppServer, new_page: Callable[..., Page]
) -> None:
    owner, other = new_page(), new_page()
    cells, classes = open_page(owner, server.url).wait_until_painted().split("/")
    other.context.request.get(server.url)  # a session that no page was made for
    for path in (f"/cells/{cells}.json", f"/classes/{classes}.json"):
        assert status(server, path, {}) == 401
        assert status(server, path, {"Cookie": f"chb_sid={'x' * 43}"}) == 401
        assert status(server, path, {"Cookie": cookies_of(other.context)}) == 404
        own = {"Cookie": cookies_of(owner.context)}
        assert status(server, path, own) == 200
        assert status(server, path, {**own, "Sec-Fetch-Site": "cross-site"}) == 403


def test_what_runs_in_the_map_reads_neither_page_nor_cookie(server: AppServer, page: Page) -> None:
    shown = open_page(page, server.url)
    shown.wait_until_painted()
    found = shown.frame.evaluate(
        """async () => {
            const name = async (attempt) => {
                try { return String(await attempt()); } catch (fault) { return fault.name; }
            };
            return {
                origin: window.origin,
                page: await name(() => window.parent.document.title),
                cookie: await name(() => document.cookie),
            };
        }"""
    )
    assert found == {
        "origin": "null",
        "page": "SecurityError",
        "cookie": "SecurityError",
    }


def test_every_way_out_leads_out_where_nothing_stands_in_it(
    visitor: Callable[[], Page], ears: Ears
) -> None:
    """The control: all that is tried in the map below does arrive from a page of no policy."""
    alone = {**DEPARTURES, **CALLS}
    for ways in (REQUESTS, *({name: script} for name, script in alone.items())):
        page = visitor()
        page.goto(ears.address("start"))
        ears.heard.clear()
        for name, script in ways.items():
            attempt(page.main_frame, ears, name, script)
        wanted = HEARD_OF_A_CALL if ways.keys() & CALLS.keys() else ways.keys()
        eventually(lambda wanted=wanted: wanted <= {*ears.heard}, f"{sorted(wanted)}")


def test_what_runs_in_the_map_can_reach_nothing(
    server: AppServer, visitor: Callable[[], Page], ears: Ears
) -> None:
    page = visitor()
    shown = open_page(page, server.url)
    shown.wait_until_painted()
    for name, script in {**REQUESTS, "call": CALLS["call"], **DEPARTURES}.items():
        attempt(shown.frame, ears, name, script)
    page.wait_for_timeout(LONG_ENOUGH_S * 1_000)
    assert ears.heard == []
    assert still_hears(ears)
    assert [each.url for each in page.context.pages] == [f"{server.url}/harm-map"]


def test_a_call_from_a_frame_within_the_map_reaches_nothing(
    server: AppServer, visitor: Callable[[], Page], ears: Ears
) -> None:
    """Chromium would rather end the whole tab."""
    page = visitor()
    shown = open_page(page, server.url)
    shown.wait_until_painted()
    attempt(shown.frame, ears, "nested-call", CALLS["nested-call"])
    time.sleep(LONG_ENOUGH_S)
    assert ears.heard == []
    assert still_hears(ears)


def test_the_cookie_is_out_of_reach_of_scripts(server: AppServer, page: Page) -> None:
    open_page(page, server.url)
    cookie = next(each for each in page.context.cookies() if each["name"] == "chb_sid")
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Strict"
    assert "chb_sid" not in page.evaluate("document.cookie")
