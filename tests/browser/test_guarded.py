"""The guard over every other test: what it would notice, and what it may let pass."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Guard
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


def _notices(page: Page, found: list[str]) -> Callable[[], bool]:
    def has_any() -> bool:
        page.wait_for_timeout(50)
        return bool(found)

    return has_any
