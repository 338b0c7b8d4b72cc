"""The sign-in pages: forms, links, the demonstration, the way out."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from chb.domain.access.accounts import AccountKind
from chb.domain.access.roles import Role
from chb.domain.access.sessions import SignInMode
from chb.services.access import invitations, signing
from chb.services.loading.importing import import_people
from chb.services.workspace import Workspace, open_workspace
from chb.ui.server.session_pages import DEMO_BANNER
from chb.ui.server.sessions import COOKIE, FORM_COOKIE
from tests.services.access.signing_makers import PASSWORD, WHO, Clock, add_person
from tests.ui.server_makers import HERE, enter, make_client

FROM_HERE = {"origin": HERE}


@pytest.fixture
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    opened = open_workspace(
        tmp_path_factory.mktemp("door") / "home", clock=Clock(), database_url=""
    )
    yield opened
    opened.store.close()


@pytest.fixture
def client(ws: Workspace) -> Iterator[TestClient]:
    with make_client(ws) as made:
        yield made


@pytest.fixture
def demo(sample_ws: Workspace) -> Iterator[TestClient]:
    with make_client(sample_ws, SignInMode.DEMO) as made:
        yield made


def token_on(client: TestClient, path: str) -> str:
    """The token of the form on a page."""
    found = re.search(r'name="form_token" value="([0-9a-f]{64})"', client.get(path).text)
    assert found
    return found[1]


def send(client: TestClient, path: str, **fields: str):
    """Fill in the form of a page, as its browser would."""
    page = "/sign-in" if path == "/demo/role" else path
    data = {"form_token": token_on(client, page), **fields}
    return client.post(path, data=data, headers=FROM_HERE)


def test_the_page_runs_no_script_and_is_kept_nowhere(client: TestClient) -> None:
    answer = client.get("/sign-in")
    assert "<script" not in answer.text and "style=" not in answer.text
    policy = answer.headers["content-security-policy"]
    assert "script-src" not in policy and "default-src 'none'" in policy
    assert answer.headers["cache-control"] == "no-store"
    assert client.get(re.search(r'stylesheet" href="([^"]+)"', answer.text)[1]).status_code == 200


def test_the_right_password_opens_the_door_and_the_page_that_was_wanted(
    client: TestClient, ws: Workspace
) -> None:
    add_person(ws, WHO, Role.LRO)
    answer = send(client, "/sign-in", work_email=WHO, password=PASSWORD, next="/places")
    assert (answer.status_code, answer.headers["location"]) == (303, "/places")
    cookie = next(each for each in answer.headers.get_list("set-cookie") if COOKIE in each)
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie
    assert client.get("/").status_code == 200
    assert client.get("/session").json()["name"] == WHO


@pytest.mark.parametrize(
    "wanted", ["//evil.example", "https://evil.example", "/\\evil.example", "/a/b", "javascript:x"]
)
def test_nobody_is_sent_elsewhere_after_signing_in(
    client: TestClient, ws: Workspace, wanted: str
) -> None:
    add_person(ws, WHO, Role.LRO)
    answer = send(client, "/sign-in", work_email=WHO, password=PASSWORD, next=wanted)
    assert answer.headers["location"] == "/"


def test_a_wrong_password_is_refused_with_a_sentence(client: TestClient, ws: Workspace) -> None:
    add_person(ws, WHO, Role.LRO)
    answer = send(client, "/sign-in", work_email='"><script>', password="wrong", next="/")
    assert answer.status_code == 403 and 'role="alert"' in answer.text
    assert "<script>" not in answer.text and "&lt;script&gt;" in answer.text
    assert client.get("/").status_code == 302


def test_a_form_that_was_not_given_to_this_browser_is_refused(
    client: TestClient, ws: Workspace
) -> None:
    add_person(ws, WHO, Role.LRO)
    fields = {"work_email": WHO, "password": PASSWORD, "next": "/"}
    stolen = token_on(client, "/sign-in")
    client.cookies.clear()
    for token in ("", stolen, "0" * 64):
        data = {**fields, "form_token": token}
        assert client.post("/sign-in", data=data, headers=FROM_HERE).status_code == 403
    client.cookies.set(FORM_COOKIE, "x" * 43)
    data = {**fields, "form_token": stolen}
    assert client.post("/sign-in", data=data, headers=FROM_HERE).status_code == 403


def test_who_has_no_role_is_told_so_and_gets_no_session(client: TestClient, ws: Workspace) -> None:
    add_person(ws, WHO)
    answer = send(client, "/sign-in", work_email=WHO, password=PASSWORD, next="/")
    assert answer.status_code == 403 and "no role here yet" in answer.text
    assert COOKIE not in answer.headers.get("set-cookie", "")


def test_a_session_is_not_the_one_from_before_signing_in(client: TestClient, ws: Workspace) -> None:
    add_person(ws, WHO, Role.LRO)
    planted = "x" * 43
    client.cookies.set(COOKIE, planted)
    answer = send(client, "/sign-in", work_email=WHO, password=PASSWORD, next="/")
    given = re.search(rf"{COOKIE}=([^;]+);", str(answer.headers.get_list("set-cookie")))
    assert given and given[1] != planted


def test_signing_out_needs_the_form_and_is_for_good(client: TestClient, ws: Workspace) -> None:
    add_person(ws, WHO, Role.LRO)
    enter(client, ws)
    held = dict(client.cookies)
    assert client.post("/sign-out", data={"form_token": "0"}, headers=FROM_HERE).status_code == 403
    token = client.get("/session").json()["form_token"]
    answer = client.post("/sign-out", data={"form_token": token}, headers=FROM_HERE)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    assert "Max-Age=0" in answer.headers["set-cookie"]
    client.cookies.clear()
    client.cookies.update(held)
    assert [client.get("/session").status_code for _ in range(100)] == [401] * 100


def test_the_first_link_makes_an_administrator_in_the_browser(
    client: TestClient, ws: Workspace
) -> None:
    path = f"/sign-in/link/{invitations.make_first_link(ws)}"
    differ = send(client, path, work_email=WHO, password=PASSWORD, again="other")
    assert "differ" in differ.text
    weak = send(client, path, work_email=WHO, password="password", again="password")
    assert "would be guessed" in weak.text
    assert "is kept" in send(client, path, work_email=WHO, password=PASSWORD, again=PASSWORD).text
    assert "does not work" in client.get(path).text
    send(client, "/sign-in", work_email=WHO, password=PASSWORD, next="/")
    assert client.get("/session").json()["roles"] == ["Administrator"]


def test_a_made_up_link_does_not_work(client: TestClient) -> None:
    answer = client.get("/sign-in/link/made-up")
    assert answer.status_code == 403 and "does not work" in answer.text


def test_without_a_provider_nobody_is_sent_to_one(client: TestClient) -> None:
    assert client.get("/sign-in/begin").status_code == 404
    assert client.get("/sign-in/callback?code=1&state=2").status_code == 404


def test_a_demonstration_opens_by_itself_and_says_what_it_is(demo: TestClient) -> None:
    answer = demo.get("/")
    assert answer.status_code == 200 and COOKIE in answer.headers["set-cookie"]
    told = demo.get("/session").json()
    assert told["banner"] == DEMO_BANNER
    assert told["roles"] == [signing.DEFAULT_DEMO_ROLE.value]
    assert told["choices"] == [role.value for role in Role]
    assert "set-cookie" not in demo.get("/").headers


def test_the_role_is_switched_by_a_form(demo: TestClient) -> None:
    demo.get("/")
    before = demo.get("/session").json()
    answer = send(demo, "/demo/role", role="Analyst")
    assert answer.status_code == 303
    after = demo.get("/session").json()
    assert after["roles"] == ["Analyst"] and after["rights"] != before["rights"]
    assert send(demo, "/demo/role", role="Emperor").status_code == 403
    assert demo.post("/demo/role", data={"role": "Analyst"}, headers=FROM_HERE).status_code == 403


def test_a_demonstration_that_was_left_asks_before_it_opens_again(demo: TestClient) -> None:
    demo.get("/")
    token = demo.get("/session").json()["form_token"]
    demo.post("/sign-out", data={"form_token": token}, headers=FROM_HERE)
    assert demo.get("/").headers["location"] == "/sign-in"
    assert send(demo, "/demo/role", role="Partner").status_code == 303
    assert demo.get("/session").json()["roles"] == ["Partner"]


def test_a_demonstration_answers_this_machine_only(sample_ws: Workspace) -> None:
    with make_client(sample_ws, SignInMode.DEMO) as near:
        far = TestClient(near.app, base_url=HERE, client=("192.0.2.7", 5000))
        answer = far.get("/")
    assert answer.status_code == 403 and "its own machine" in answer.text


def test_a_demonstration_ends_when_real_data_come_in(ws: Workspace, tmp_path: Path) -> None:
    listed = tmp_path / "people.csv"
    for_people = "name,agency,role,work_email\n{},Force,Lead Responsible Officer,{}@force.example\n"
    listed.write_text(for_people.format("A", "a"))
    import_people(ws, listed, is_sample=True)
    with make_client(ws, SignInMode.DEMO) as client:
        assert client.get("/").status_code == 200
        listed.write_text(for_people.format("B", "b"))
        import_people(ws, listed)
        time.sleep(1.1)
        answer = client.get("/")
        assert answer.status_code == 503 and "Restart Holdfast" in answer.text
        assert client.get("/session").status_code == 401
        assert "Restart Holdfast" in client.get("/sign-in").text


def test_in_other_modes_no_role_is_switched(client: TestClient, ws: Workspace) -> None:
    add_person(ws, WHO, Role.LRO)
    enter(client, ws)
    token = client.get("/session").json()["form_token"]
    data = {"form_token": token, "role": "Senior Responsible Officer"}
    assert client.post("/demo/role", data=data, headers=FROM_HERE).status_code == 403
    assert client.get("/session").json()["roles"] == [Role.LRO.value]


def test_a_person_of_the_organisation_has_no_password_here(ws: Workspace) -> None:
    add_person(ws, WHO, Role.LRO, kind=AccountKind.OIDC)
    with make_client(ws) as client:
        answer = send(client, "/sign-in", work_email=WHO, password="", next="/")
    assert answer.status_code == 403
