"""One server and one browser for all tests, one clean browser context for each.

Every request that is not to this machine is written down and fails its test, and so
does any error of the page or its console.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlparse

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    expect,
)

from chb.domain.access.roles import Role
from chb.domain.periods import Period
from chb.services.harm.profiling import HarmProfile, ProfileRequest, build_profile
from chb.services.workspace import Workspace, open_workspace
from tests.browser.app_server import AppServer, run_command
from tests.browser.lasting import lasting, put_back_stores
from tests.browser.screen import PATIENCE_S
from tests.browser.signing import let_in_to_demo

SAMPLE_AREA = "csp:E22990001"
SAMPLE_LEAD = "Post holder, Saltings lead (invented)"
"""Whose name stands under what is recorded in the demonstration."""
PATIENCE_MS = PATIENCE_S * 1_000
_OVER_A_NETWORK = ("http", "https", "ws", "wss")
_BLOCKED_BY_POLICY = "csp"
expect.set_options(timeout=PATIENCE_MS)


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


@pytest.fixture(scope="session")
def untouched_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample place, made by the command line; no test adds to it."""
    home = tmp_path_factory.mktemp("untouched") / "home"
    run_command(home, "demo")
    return home


@pytest.fixture(scope="session")
def sample_home(untouched_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample place that tests work on together."""
    return shutil.copytree(untouched_home, tmp_path_factory.mktemp("sample") / "home")


@pytest.fixture(scope="session")
def sample(sample_home: Path) -> Workspace:
    """The same store, to know what the screen should show."""
    return open_workspace(sample_home)


@pytest.fixture(scope="session")
def profile(sample: Workspace) -> HarmProfile:
    """The profile that the harm map shows first."""
    return build_profile(sample, ProfileRequest(SAMPLE_AREA, Period.parse("2025-01", "2025-12")))


@pytest.fixture(scope="session")
def server(sample_home: Path) -> Iterator[AppServer]:
    """The app on the sample place."""
    with lasting(sample_home) as running:
        yield running


@pytest.fixture(autouse=True)
def second_drive(request: pytest.FixtureRequest) -> None:
    """A test that is driven again begins where it began at first."""
    if getattr(request.node, "execution_count", 1) > 1:
        put_back_stores()


@pytest.fixture
def serve() -> Iterator[Callable[..., AppServer]]:
    """Start the app on a store of the test's own, with settings; stopped at the end."""
    running: list[AppServer] = []

    def start(home: Path, **settings: str) -> AppServer:
        running.append(AppServer(home))
        running[-1].settings = settings
        running[-1].start()
        return running[-1]

    yield start
    for each in running:
        each.stop()


@pytest.fixture
def new_page(browser: Browser, serve: Callable[..., AppServer]) -> Iterator[Callable[..., Page]]:
    """Open a page in a guarded context of its own; the guard speaks at the end.

    It asks for ``serve`` so that pages close before the server they look at.
    """
    del serve
    opened: list[tuple[BrowserContext, Guard]] = []

    def make(*, width: int = 1440, height: int = 900) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            reduced_motion="reduce",
            locale="en-GB",
            timezone_id="Europe/London",
        )
        opened.append((context, Guard(context)))
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        return page

    yield make
    for context, guard in opened:
        context.close()
        assert guard.outside == [], "requests left the machine"
        assert guard.faults == [], "the page reported errors"


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """An ordinary screen. The sample place opens it as its Lead Responsible Officer."""
    return new_page()


@pytest.fixture
def page_as(new_page: Callable[..., Page], server: AppServer) -> Callable[..., Page]:
    """Open a page for the sample place's person in a role; size as of ``new_page``."""

    def make(role: Role, **size: int) -> Page:
        page = new_page(**size)
        let_in_to_demo(page.context, server, role)
        return page

    return make
