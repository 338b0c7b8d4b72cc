"""One server and one browser for all tests, a clean browser context for each.

Every request that is not to this machine is written down and fails its test, and so
does any error of the page or its console.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from chb.domain.access.roles import Role
from chb.domain.periods import Period
from chb.services.harm.profiling import HarmProfile, ProfileRequest, build_profile
from chb.services.workspace import Workspace, open_workspace
from tests.browser.app_server import AppServer, run_command
from tests.browser.guarded import GuardedContexts
from tests.browser.lasting import lasting, put_back_stores
from tests.browser.screen import PATIENCE_S
from tests.browser.signing import let_in_to_demo

SAMPLE_AREA = "csp:E22990001"
SAMPLE_LEAD = "Post holder, Saltings lead (invented)"
"""Whose name stands under what is recorded in the demonstration."""
PATIENCE_MS = PATIENCE_S * 1_000
expect.set_options(timeout=PATIENCE_MS)


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


@pytest.fixture(scope="session")
def guarded_contexts(browser: Browser) -> GuardedContexts:
    return GuardedContexts(browser)


@pytest.fixture
def new_page(
    guarded_contexts: GuardedContexts, serve: Callable[..., AppServer]
) -> Iterator[Callable[..., Page]]:
    """Open a page in a guarded context that nobody else is in; the guards speak at the end.

    It asks for ``serve`` so that pages close before the server they look at.
    """
    del serve

    def make(*, width: int = 1440, height: int = 900) -> Page:
        page = guarded_contexts.take().new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.set_default_timeout(PATIENCE_MS)
        return page

    yield make
    outside, faults = guarded_contexts.clean()
    assert outside == [], "requests left the machine"
    assert faults == [], "the page reported errors"


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
