"""The guard over every other test: what it would notice, and what it may let pass."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.app_server import AppServer
from tests.browser.guarded import Guard, GuardedContexts
from tests.browser.screen import eventually

pytestmark = pytest.mark.browser

NOBODY = "192.0.2.1"
"""An address for documentation, at which nobody is (RFC 5737)."""
ASKS = {
    "a picture": f"<img src='http://{NOBODY}/a.png'>",
    "a script": f"<script src='http://{NOBODY}/a.js'></script>",
    "a frame": f"<iframe src='http://{NOBODY}/'></iframe>",
    "a call": f"<script>fetch('http://{NOBODY}/').catch(() => 0)</script>",
    "a socket": f"<script>new WebSocket('ws://{NOBODY}/')</script>",
}
POLICY = "<meta http-equiv='Content-Security-Policy' content=\"default-src 'unsafe-inline'\">"

WRITES = "document.cookie = 'cookie=1'; localStorage.kept = 1; sessionStorage.kept = 1"
READS = "[document.cookie, localStorage.getItem('kept'), sessionStorage.getItem('kept')]"

Guarded = tuple[Guard, Page]


@pytest.fixture
def guarded(browser: Browser) -> Iterator[Guarded]:
    context = browser.new_context()
    guard = Guard(context)
    yield guard, context.new_page()
    context.close()


def shown(page: Page, html: str) -> None:
    page.set_content(f"<!doctype html>{html}", wait_until="commit")


@pytest.mark.parametrize("asked", ASKS)
def test_whatever_is_asked_for_outside_is_noticed(guarded: Guarded, asked: str) -> None:
    guard, page = guarded
    shown(page, ASKS[asked])
    eventually(_notices(page, guard.outside), "a request that was noticed")
    assert {NOBODY in address for address in guard.outside} == {True}


@pytest.mark.parametrize("asked", ASKS)
def test_what_the_policy_of_the_page_keeps_in_is_no_request(guarded: Guarded, asked: str) -> None:
    guard, page = guarded
    shown(page, POLICY + ASKS[asked])
    eventually(_notices(page, guard.faults), "a policy that speaks")
    page.wait_for_timeout(200)
    assert guard.outside == []


def test_a_context_comes_back_with_nothing_of_the_test_before(
    browser: Browser, server: AppServer
) -> None:
    contexts = GuardedContexts(browser)
    used = contexts.take()
    page = used.new_page()
    page.goto(f"{server.url}/sign-in")
    page.evaluate(WRITES)
    assert page.evaluate(READS) == ["cookie=1", "1", "1"]
    contexts.clean()
    assert contexts.take() is used
    assert used.pages == []
    page = used.new_page()
    page.goto(f"{server.url}/sign-in")
    assert page.evaluate(READS) == ["", None, None]
    assert contexts.clean() == ([], [])
    used.close()


def test_two_at_once_share_no_context(browser: Browser) -> None:
    contexts = GuardedContexts(browser)
    one, other = contexts.take(), contexts.take()
    assert one is not other
    one.new_page().evaluate("setTimeout(() => { throw new Error('planted') })")
    other.new_page().wait_for_timeout(50)
    assert contexts.clean() == ([], ["planted"])
    assert {contexts.take(), contexts.take()} == {one, other}
    assert contexts.clean() == ([], []), "what was said is said once"
    one.close()
    other.close()


def _notices(page: Page, found: list[str]) -> Callable[[], bool]:
    def has_any() -> bool:
        page.wait_for_timeout(50)
        return bool(found)

    return has_any
