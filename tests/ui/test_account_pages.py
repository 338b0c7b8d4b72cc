"""The page of one's own account, in a browser without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from chb.domain.access.roles import Role
from chb.domain.access.sessions import SignInMode
from chb.services.access import sessions, signing
from chb.services.workspace import Workspace, open_workspace
from chb.ui.server.request import ACCOUNT
from tests.services.access.signing_makers import PASSWORD, WHO, Clock, add_person
from tests.ui.server_makers import HERE, enter, make_client

NEW = "harbour lentil quartz eleven"
FROM_HERE = {"origin": HERE}


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = open_workspace(tmp_path / "home", clock=Clock(), database_url="")
    add_person(opened, WHO, Role.LRO)
    yield opened
    opened.store.close()


@pytest.fixture
def client(ws: Workspace) -> Iterator[TestClient]:
    with make_client(ws, pages=frozenset({"places"})) as made:
        yield made


def send(client: TestClient, path: str, **fields: str):
    """Fill in a form of the page, as its browser would."""
    found = re.search(r'name="form_token" value="([0-9a-f]{64})"', client.get(ACCOUNT).text)
    assert found
    return client.post(path, data={"form_token": found[1], **fields}, headers=FROM_HERE)


def test_without_a_session_it_is_the_way_to_the_sign_in_page(client: TestClient) -> None:
    answer = client.get(ACCOUNT)
    assert answer.status_code == 302
    assert answer.headers["location"] == f"/sign-in?next={ACCOUNT}"


def test_it_runs_no_script_and_masks_what_is_typed(client: TestClient, ws: Workspace) -> None:
    enter(client, ws)
    answer = client.get(ACCOUNT)
    assert "<script" not in answer.text and WHO in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
    fields = re.findall(r'<input id="\w+"[^>]*>', answer.text)
    assert len(fields) == 3 and all('type="password"' in each for each in fields)


def test_a_password_is_changed_and_the_screen_goes_on_with_another_cookie(
    client: TestClient, ws: Workspace
) -> None:
    before = enter(client, ws)
    answer = send(client, f"{ACCOUNT}/password", current=PASSWORD, new=NEW, again=NEW)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{ACCOUNT}?changed")
    assert sessions.signed_in(ws, before) is None
    assert "new password is kept" in client.get(answer.headers["location"]).text
    assert signing.sign_in_with_password(ws, WHO, NEW)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"current": "not this one", "new": NEW, "again": NEW}, "not signed in"),
        ({"current": PASSWORD, "new": NEW, "again": "otherwise"}, "differ"),
        ({"current": PASSWORD, "new": "password12345", "again": "password12345"}, "be guessed"),
    ],
)
def test_what_will_not_do_is_told_and_changes_nothing(
    client: TestClient, ws: Workspace, fields: dict[str, str], words: str
) -> None:
    here = enter(client, ws)
    answer = send(client, f"{ACCOUNT}/password", **fields)
    assert answer.status_code == 403 and words in answer.text
    assert NEW not in answer.text
    assert sessions.signed_in(ws, here) is not None


def test_a_form_of_another_browser_is_refused(client: TestClient, ws: Workspace) -> None:
    here = enter(client, ws)
    data = {"form_token": "0" * 64, "current": PASSWORD, "new": NEW, "again": NEW}
    answer = client.post(f"{ACCOUNT}/password", data=data, headers=FROM_HERE)
    assert "out of date" in answer.text and sessions.signed_in(ws, here) is not None
    data["password"] = PASSWORD
    other = signing.sign_in_with_password(ws, WHO, PASSWORD).session.name
    answer = client.post(f"{ACCOUNT}/screens", data=data, headers=FROM_HERE)
    assert "out of date" in answer.text and sessions.signed_in(ws, other) is not None


def test_the_other_screens_are_signed_out(client: TestClient, ws: Workspace) -> None:
    here = enter(client, ws)
    other = signing.sign_in_with_password(ws, WHO, PASSWORD).session.name
    answer = send(client, f"{ACCOUNT}/screens", password=PASSWORD)
    assert "Screens signed out: 1" in answer.text
    assert sessions.signed_in(ws, other) is None and sessions.signed_in(ws, here) is not None


def test_a_demonstration_has_no_passwords(sample_ws: Workspace) -> None:
    with make_client(sample_ws, SignInMode.DEMO) as demo:
        demo.get("/")
        answer = demo.get(ACCOUNT)
        assert answer.status_code == 200 and "no password here" in answer.text
        assert "<form" not in answer.text
