"""The same words in a real browser: what the page holds, frames, storage, console and answers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Response

from chb.ui.server.sessions import COOKIE
from tests.browser.app_server import AppServer
from tests.browser.conftest import PATIENCE_MS
from tests.browser.screen import settle
from tests.leaks.house import House
from tests.leaks.people import LEAD, PARTNER, Somebody, sign_in
from tests.leaks.record import Record

pytestmark = pytest.mark.browser

STORED = "JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)])"
LEAST_SEEN = 8


@pytest.fixture(scope="module")
def server(house: House) -> Iterator[AppServer]:
    with house.open() as running:
        for who in (LEAD, PARTNER):  # what takes longest is worked out before a browser waits
            house.journey(running, who).look_at("")
        yield running


def test_a_partner_after_the_lead_officer(
    house: House, server: AppServer, browser: Browser
) -> None:
    lead = _watched(house, server, browser, LEAD, ("", "ocgs", "intelligence"))
    assert len(lead.tokens) >= LEAST_SEEN
    partner = _watched(house, server, browser, PARTNER, ("", "shared-work", "signals"))
    assert partner.n_bodies > 10
    assert partner.leaks(house.words.kept_from(PARTNER.key)) == []


def _watched(
    house: House, server: AppServer, browser: Browser, who: Somebody, paths: tuple[str, ...]
) -> Record:
    """Everything a browser got and kept; its context is closed at the end."""
    record = Record(who.key, house.scanner)
    context = browser.new_context(reduced_motion="reduce", locale="en-GB")
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    with house.workspace() as ws:
        secret = sign_in(ws, who)
    _give_cookie(context, server, secret)
    answers: list[Response] = []
    page.on("response", lambda answer: _keep(answers, answer))
    page.on("console", lambda message: record.body(message.text.encode(), "console"))
    for path in paths:
        page.goto(f"{server.url}/{path}")
        settle(page)
        record.body(page.title().encode(), f"title of /{path}")
        record.body(page.url.encode(), f"address of /{path}")
        record.body(page.evaluate(STORED).encode(), f"storage at /{path}")
        for frame in page.frames:
            record.body(frame.content().encode(), f"content of {frame.url}")
    for answer in answers:
        _search(record, answer)
    context.close()
    return record


def _keep(answers: list[Response], answer: Response) -> None:
    """Bodies are read at the end; Streamlit's own program is looked through by test_scanner."""
    if "/static/" not in answer.url:
        answers.append(answer)


def _give_cookie(context: BrowserContext, server: AppServer, secret: str) -> None:
    context.add_cookies(
        [
            {
                "name": COOKIE,
                "value": secret,
                "url": server.url,
                "sameSite": "Strict",
                "httpOnly": True,
            }
        ]
    )


def _search(record: Record, answer: Response) -> None:
    try:
        record.body(answer.body(), answer.url)
    except Error:  # a redirect has none
        record.body(str(answer.headers).encode(), answer.url)
