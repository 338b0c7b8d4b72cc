"""Three people sign in at an OpenID provider; what ends, ends on the open screen too."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlparse

import pytest
from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from websockets.exceptions import ConnectionClosed

from chb.domain.access.accounts import AccountKind
from chb.domain.access.grants import Basis, NeedToKnow
from chb.domain.access.roles import Role
from chb.domain.access.sessions import SignInMode
from chb.services.access import accounts
from chb.services.access.need_to_know import end_need, let_in
from chb.services.planning.ocg_register import list_ocgs
from chb.services.workspace import Workspace, open_workspace
from chb.ui.server.sessions import COOKIE
from chb.ui.server.watched import SESSION_OVER
from tests.browser.app_server import AppServer
from tests.browser.screen import eventually, open_page, settle
from tests.browser.signing import (
    ask_for_run,
    cookies_of,
    new_session,
    status,
    stream,
    stream_is_open,
)
from tests.leaks.journey import Journey
from tests.leaks.plants.pages import SITE, VARIABLE
from tests.leaks.record import Record
from tests.leaks.scanner import Scanner

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("signing in")]

AMIRA, CARA, NOBODY = (f"{name}@force.example" for name in ("amira", "cara", "nobody"))
BEN = "analysis@example.org"  # whom the sample place's people can let in
ROLES = {AMIRA: Role.SRO, BEN: Role.ANALYST, CARA: Role.CSP_MANAGER}
AT_MOST_S = 5.0
PLANTED = "assets"
"""The page that shows a picture here, as no page of the product does: a media file is made."""
LOG = "DISRUPTION_LOG"
SECRET = "kelp-0rbit-7yG-Zq94"  # the tests' own; the provider takes any


@dataclass(frozen=True)
class House:
    """A server whose people sign in at a provider, and its store."""

    server: AppServer
    ws: Workspace


@pytest.fixture(scope="module")
def house(untouched_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The provider is on another site than the app, as in life."""
    home = shutil.copytree(untouched_home, tmp_path_factory.mktemp("oidc") / "home")
    ws = open_workspace(home)
    for person, role in ROLES.items():
        accounts.add_account(ws, person, name=person, kind=AccountKind.OIDC)
        accounts.grant_role(ws, person, role)
    users = [
        User(sub=person, claims={"email": person, "email_verified": True})
        for person in (*ROLES, NOBODY)
    ]
    server = AppServer(home)
    with run_server_in_thread(user_claims=users) as provider:
        server.settings = {
            "CHB_SIGN_IN": "oidc",
            "CHB_PUBLIC_URL": server.url,
            "CHB_OIDC_ISSUER": f"http://localhost:{provider.server_port}",
            "CHB_OIDC_CLIENT_ID": "holdfast",
            "CHB_OIDC_CLIENT_SECRET": SECRET,
            VARIABLE: str(_plant(home.parent)),
            "PYTHONPATH": str(SITE),
        }
        server.start()
        yield House(server, ws)
        server.stop()
    ws.store.close()


def _plant(folder: Path) -> Path:
    """A file that says what stands on the planted page: something to save."""
    plant = folder / "plant.json"
    plant.write_text(json.dumps({"plant": "download that is nearly the same", "word": "kelp"}))
    return plant


@dataclass(frozen=True)
class Given:
    """Addresses that the pages told one browser, of things that are there."""

    kept: tuple[str, ...]
    """Media files and layers of maps, which can be fetched again and again."""
    export: str
    """A file that can be fetched once."""


def given_to(house: House, page: Page) -> Given:
    """What the pages tell the browser of somebody who signed in; a file waits to be fetched."""
    secret = next(each["value"] for each in page.context.cookies() if each["name"] == COOKIE)
    journey = Journey(house.server, secret, Record("owner", Scanner(())))
    for path in (PLANTED, "harm-map", "disruptions"):
        journey.look_at(path)
    kinds = ("/media/", "/cells/", "/context/")
    kept = tuple(sorted(each for each in journey.fetch_all() if each.startswith(kinds)))
    assert all(any(each.startswith(kind) for each in kept) for kind in kinds)
    return Given(kept, journey.leave_waiting(LOG))


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Callable[[], Page]]:
    """A browser of somebody's own. The app asks nobody else for anything.

    (The provider's own page would fetch its style from afar; that is stopped.)
    """
    contexts: list[BrowserContext] = []
    outside: list[str] = []

    def stop_outside(route: Route) -> None:
        if urlparse(route.request.url).hostname in ("127.0.0.1", "localhost"):
            route.continue_()
            return
        if urlparse(route.request.frame.url).hostname == "127.0.0.1":
            outside.append(route.request.url)
        route.abort()

    def arrive() -> Page:
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        contexts.append(context)
        context.route("**/*", stop_outside)
        return context.new_page()

    yield arrive
    for context in contexts:
        context.close()
    assert outside == [], "requests left the machine"


def sign_in(page: Page, house: House, person: str) -> None:
    """As a person does: open the app, go to the provider, come back."""
    page.goto(house.server.url)
    expect(page).to_have_url(f"{house.server.url}/sign-in")
    page.get_by_role("link", name="Sign in with your organisation").click()
    page.get_by_role("button", name=person).click()


def bar(page: Page):
    return page.get_by_label("Your session")


def is_wiped(page: Page) -> bool:
    """Whether what stood on the screen is gone, before it is drawn anew."""
    return page.get_by_test_id("stApp").count() == 0


def let_in_on_a_group(ws: Workspace, person: str) -> NeedToKnow:
    """Share the first group with somebody, as of some days ago."""
    grant = NeedToKnow(
        work_email=person,
        basis=Basis.SHARED,
        ocg_id=list_ocgs(ws)[0].ocg.id,
        starts_on=ws.today() - timedelta(days=3),
    )
    return let_in(ws, grant, by="SRO")


def seen_after(change: Callable[[], object], is_seen: Callable[[], object]) -> float:
    """Seconds from a change in the store until the screen shows it."""
    change()
    start = time.monotonic()
    eventually(is_seen, "the change on the open screen", seconds=20)
    return time.monotonic() - start


def test_three_people_sign_in_and_each_is_who_they_are(
    house: House, visitor: Callable[[], Page]
) -> None:
    pages = {person: visitor() for person in ROLES}
    for person, page in pages.items():
        sign_in(page, house, person)
        expect(bar(page)).to_contain_text(f"{person}, {ROLES[person].value}")
        expect(page).to_have_url(f"{house.server.url}/")
        expect(page.get_by_test_id("stApp")).to_be_visible()
    for person, page in pages.items():
        page.reload()
        expect(bar(page)).to_contain_text(f"{person}, {ROLES[person].value}")
        cookie = next(each for each in page.context.cookies() if each["name"] == COOKIE)
        assert cookie["httpOnly"] and cookie["sameSite"] == "Strict"
    assert len({cookies_of(page.context) for page in pages.values()}) == len(ROLES)


def test_who_has_no_role_is_told_so(house: House, visitor: Callable[[], Page]) -> None:
    page = visitor()
    sign_in(page, house, NOBODY)
    expect(page.get_by_role("heading", name="No role yet")).to_be_visible()
    expect(page.get_by_text(NOBODY)).to_be_visible()
    page.goto(house.server.url)
    expect(page).to_have_url(f"{house.server.url}/sign-in")


def test_an_answer_in_another_browser_is_refused(house: House, visitor: Callable[[], Page]) -> None:
    page, other = visitor(), visitor()
    page.goto(f"{house.server.url}/sign-in")
    page.get_by_role("link", name="Sign in with your organisation").click()
    expect(page.get_by_role("button", name=AMIRA)).to_be_visible()
    sent = page.context.request.post(page.url, form={"sub": AMIRA}, max_redirects=0)
    other.goto(sent.headers["location"])
    expect(other.get_by_text("not expected")).to_be_visible()


def test_a_role_that_changes_is_seen_on_the_open_screen(
    house: House, visitor: Callable[[], Page], record_property: Callable[[str, object], None]
) -> None:
    page = visitor()
    sign_in(page, house, BEN)
    expect(bar(page)).to_contain_text(Role.ANALYST.value)
    settle(page)
    start = time.monotonic()
    took = seen_after(lambda: accounts.grant_role(house.ws, BEN, Role.LRO), lambda: is_wiped(page))
    expect(bar(page)).to_contain_text(Role.LRO.value)
    record_property("wiped after s", took)
    record_property("drawn anew after s", time.monotonic() - start)
    accounts.end_role(house.ws, BEN, Role.LRO)
    assert took < AT_MOST_S


def test_a_group_that_somebody_is_put_off_leaves_the_open_screen(
    house: House, visitor: Callable[[], Page], record_property: Callable[[str, object], None]
) -> None:
    """Nobody asks for a run, and none is needed."""
    grant = let_in_on_a_group(house.ws, BEN)
    page = visitor()
    sign_in(page, house, BEN)
    open_page(page, house.server.url, "ocgs")
    group = next(each.ocg for each in list_ocgs(house.ws) if each.ocg.id == grant.ocg_id)
    expect(page.get_by_role("main")).to_contain_text(group.code)
    ended_on = grant.starts_on  # its last day is over
    took = seen_after(
        lambda: end_need(house.ws, grant.id, on=ended_on, by="SRO", reason="Off the operation"),
        lambda: is_wiped(page),
    )
    record_property("wiped after s", took)
    assert took < AT_MOST_S
    expect(bar(page)).to_contain_text(BEN)
    settle(page)
    expect(page.get_by_role("main")).not_to_contain_text(group.code)


def test_an_account_that_ends_wipes_the_open_screen(
    house: House, visitor: Callable[[], Page], record_property: Callable[[str, object], None]
) -> None:
    page = visitor()
    sign_in(page, house, CARA)
    expect(bar(page)).to_contain_text(CARA)
    settle(page)
    with stream(house.server, cookies_of(page.context)) as socket:
        ask_for_run(socket)
        took = seen_after(
            lambda: accounts.end_account(house.ws, CARA),
            lambda: page.get_by_test_id("stApp").count() == 0,
        )
        start = time.monotonic()
        with pytest.raises(ConnectionClosed) as closed:
            while True:
                socket.recv(AT_MOST_S)
        assert closed.value.rcvd is not None and closed.value.rcvd.code == SESSION_OVER
        record_property("wiped after s", took)
        assert took < AT_MOST_S
        assert took + time.monotonic() - start < 2 * AT_MOST_S
    expect(page).to_have_url(f"{house.server.url}/sign-in")
    accounts.add_account(house.ws, CARA, name=CARA, kind=AccountKind.OIDC)
    accounts.grant_role(house.ws, CARA, Role.CSP_MANAGER)


def test_after_signing_out_nothing_opens_with_the_old_cookie(
    house: House, visitor: Callable[[], Page]
) -> None:
    page = visitor()
    sign_in(page, house, AMIRA)
    expect(bar(page)).to_contain_text(AMIRA)
    held = cookies_of(page.context)
    assert stream_is_open(house.server, held)
    given = given_to(house, page)
    headers = {"Cookie": held}
    paths = ("/", "/session", "/places", *given.kept)
    assert {status(house.server, path, headers) for path in paths} == {200}
    bar(page).get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(f"{house.server.url}/sign-in")
    assert COOKIE not in cookies_of(page.context)
    paths = (*paths, given.export)
    opened = [
        status(house.server, paths[attempt % len(paths)], headers) in (200, 101)
        for attempt in range(100)
    ]
    assert sum(opened) == 0
    assert sum(stream_is_open(house.server, held) for _ in range(100)) == 0
    page.go_back()
    expect(page).to_have_url(f"{house.server.url}/sign-in")


def test_media_cells_and_uploads_are_for_their_own_session(
    house: House, visitor: Callable[[], Page]
) -> None:
    owner = visitor()
    sign_in(owner, house, AMIRA)
    expect(bar(owner)).to_contain_text(AMIRA)
    settle(owner)
    given = given_to(house, owner)
    mine = cookies_of(owner.context)
    theirs = f"{COOKIE}={new_session(house.ws, BEN, SignInMode.OIDC)}"
    with stream(house.server, mine) as socket:
        upload = f"/_stcore/upload_file/{ask_for_run(socket)}/made-up-file"

        def answers(cookie: str) -> set[int]:
            headers = {"Cookie": cookie} if cookie else {}
            return {status(house.server, path, headers) for path in given.kept}

        def sent(cookie: str) -> int:
            headers = {"Origin": house.server.url} | ({"Cookie": cookie} if cookie else {})
            return status(house.server, upload, headers, method="PUT", body=b"x")

        assert (answers(""), sent("")) == ({401}, 401)
        assert (answers(theirs), sent(theirs)) == ({404}, 404)
        assert status(house.server, given.export, {"Cookie": theirs}) == 404
        assert answers(mine) == {200}
        assert status(house.server, given.export, {"Cookie": mine}) == 200
        assert sent(mine) not in (401, 404), "past the gate; Streamlit wants a form"
        bar(owner).get_by_role("button", name="Sign out").click()
        expect(owner).to_have_url(f"{house.server.url}/sign-in")
        assert (answers(mine), sent(mine)) == ({401}, 401)
