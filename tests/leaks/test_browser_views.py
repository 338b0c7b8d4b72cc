"""The same words in a real browser: what the page holds, frames, storage, console and answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Error, Page, Response

from chb.ui.server.sessions import COOKIE
from tests.browser.app_server import AppServer
from tests.browser.conftest import CHROMIUM_SWITCHES, browser, new_page  # noqa: F401 - fixtures
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
        yield running


def test_a_partner_after_the_lead_officer(
    house: House,
    server: AppServer,
    new_page: Callable[..., Page],  # noqa: F811 - the fixture of that name
) -> None:
    lead = _watched(house, server, new_page(), LEAD, ("", "ocgs", "intelligence"))
    assert len(lead.tokens) >= LEAST_SEEN
    partner = _watched(house, server, new_page(), PARTNER, ("", "shared-work", "signals"))
    assert partner.n_bodies > 10
    assert partner.leaks(house.words.kept_from(PARTNER.key)) == []


def _watched(
    house: House, server: AppServer, page: Page, who: Somebody, paths: tuple[str, ...]
) -> Record:
    record = Record(who.key, house.scanner)
    with house.workspace() as ws:
        secret = sign_in(ws, who)
    _give_cookie(page.context, server, secret)
    answers: list[Response] = []
    page.on("response", answers.append)
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
    return record


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
    if "/static/" in answer.url:
        return  # Streamlit's own program: test_scanner looks through it
    try:
        record.body(answer.body(), answer.url)
    except Error:  # a redirect has none
        record.body(str(answer.headers).encode(), answer.url)
