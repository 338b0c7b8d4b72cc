"""Browser contexts that are listened to, and handed clean from one test to the next."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlparse

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

_OVER_A_NETWORK: Final = ("http", "https", "ws", "wss")
_BLOCKED_BY_POLICY: Final = "csp"
_STORED: Final = "local_storage,indexeddb,cache_storage"
"""Cookies are not among them: they go when no page is left that would ask without them."""


class Guard:
    """What a browser context asked for outside, and what went wrong in its pages.

    It listens and does not stand in the way: a context whose requests are stopped keeps no file
    that it fetched, and every page would load all of its scripts again.
    """

    def __init__(self, context: BrowserContext) -> None:
        self.outside: list[str] = []
        self.faults: list[str] = []
        context.on("request", self._look_at)
        context.on("requestfailed", self._forgive_what_was_blocked)
        context.on("page", self._listen)

    def forget(self) -> None:
        """Begin anew."""
        self.outside.clear()
        self.faults.clear()

    def _listen(self, page: Page) -> None:
        page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        page.on("console", self._note)
        page.on("websocket", lambda socket: self._note_outside(socket.url))

    def _look_at(self, request: Request) -> None:
        self._note_outside(request.url)

    def _note_outside(self, url: str) -> None:
        address = urlparse(url)
        if address.scheme in _OVER_A_NETWORK and address.hostname != "127.0.0.1":
            self.outside.append(url)

    def _forgive_what_was_blocked(self, request: Request) -> None:
        """The page asked and its own policy kept the browser from asking anybody."""
        if request.failure == _BLOCKED_BY_POLICY and request.url in self.outside:
            self.outside.remove(request.url)

    def _note(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(f"{message.text} ({message.location['url']})")


class GuardedContexts:
    """Contexts that are used again, so that the app's scripts are compiled once and not per test.

    Between two tests a context loses its pages, its cookies and all that they stored; what it
    fetched stays in its cache, as in the browser of somebody who comes back.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._idle: list[tuple[BrowserContext, Guard]] = []
        self._taken: list[tuple[BrowserContext, Guard]] = []

    def take(self) -> BrowserContext:
        """One that nobody else is in until all are cleaned."""
        self._taken.append(self._idle.pop() if self._idle else self._made())
        return self._taken[-1][0]

    def clean(self) -> tuple[list[str], list[str]]:
        """What the contexts asked for outside and the faults of their pages, all since taken."""
        outside: list[str] = []
        faults: list[str] = []
        while self._taken:
            context, guard = self._taken.pop()
            outside += guard.outside
            faults += guard.faults
            _empty(context)
            guard.forget()
            self._idle.append((context, guard))
        return outside, faults

    def _made(self) -> tuple[BrowserContext, Guard]:
        context = self._browser.new_context(
            reduced_motion="reduce", locale="en-GB", timezone_id="Europe/London"
        )
        return context, Guard(context)


def _empty(context: BrowserContext) -> None:
    for page in context.pages:
        origin = urlparse(page.url)
        if origin.scheme in _OVER_A_NETWORK:
            _forget_stored(page, f"{origin.scheme}://{origin.netloc}")
        page.close()
    context.clear_cookies()


def _forget_stored(page: Page, origin: str) -> None:
    chromium = page.context.new_cdp_session(page)
    chromium.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": _STORED})
    chromium.detach()
