"""Who may speak to the server, and what its answers carry."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect
from streamlit.proto.BackMsg_pb2 import BackMsg

from chb.domain.access.roles import Role
from chb.domain.access.sessions import Ending, SignInMode
from chb.services.access import accounts, sessions, signing
from chb.services.workspace import Workspace, open_workspace
from chb.ui.maps import offline, scripts
from chb.ui.maps.stash import STASH
from chb.ui.server import uploads
from chb.ui.server.own_files import LOCK_SCRIPT, served_name
from chb.ui.server.pages import arrival_page
from chb.ui.server.sessions import COOKIE
from chb.ui.server.watched import SESSION_OVER
from tests.services.access.signing_makers import WHO, Clock, add_person
from tests.ui.server_makers import (
    HERE,
    HOST,
    PICTURE,
    STREAM,
    enter,
    make_client,
    socket_headers,
)

OTHER = "ben@force.example"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, Clock]]:
    """A store with two people, and its clock."""
    clock = Clock()
    ws = open_workspace(tmp_path_factory.mktemp("gate") / "home", clock=clock, database_url="")
    for person in (WHO, OTHER):
        add_person(ws, person, Role.LRO)
    yield ws, clock
    ws.store.close()


@pytest.fixture
def ws(house: tuple[Workspace, Clock]) -> Workspace:
    return house[0]


@pytest.fixture
def client(ws: Workspace) -> Iterator[TestClient]:
    with make_client(ws) as made:
        yield made


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:8501", ""])
def test_a_foreign_host_is_refused(client: TestClient, host: str) -> None:
    answer = client.get("/sign-in", headers={"host": host})
    assert answer.status_code == 421
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("host", ["127.0.0.1:9000", "localhost", "[::1]:8501"])
def test_this_machine_is_answered_on_any_port(client: TestClient, host: str) -> None:
    assert client.get("/sign-in", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "http://127.0.0.1:9999", "https://127.0.0.1:8501", "null"]
)
def test_a_foreign_origin_is_refused(client: TestClient, origin: str) -> None:
    assert client.get("/sign-in", headers={"origin": origin}).status_code == 403


@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/demo/role", "/session"])
def test_what_changes_something_says_where_it_comes_from(client: TestClient, path: str) -> None:
    assert client.post(path, data={"a": "b"}).status_code == 403
    assert client.post(path, data={"a": "b"}, headers={"origin": "null"}).status_code == 403


def test_a_form_is_short(client: TestClient) -> None:
    answer = client.post("/sign-in", content=b"x" * 9_000, headers={"origin": HERE})
    assert answer.status_code == 413
    endless = client.post("/sign-in", content=iter([b"x"]), headers={"origin": HERE})
    assert endless.status_code == 411


@pytest.mark.parametrize("origin", [None, "null", "http://evil.example"])
def test_a_websocket_must_come_from_the_page(
    client: TestClient, ws: Workspace, origin: str | None
) -> None:
    enter(client, ws)
    headers = {name: value for name, value in socket_headers(client).items() if name != "origin"}
    if origin:
        headers["origin"] = origin
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect("/_stcore/stream", headers=headers),
    ):
        pytest.fail("the socket was accepted")


def test_a_websocket_of_the_page_carries_its_session_and_person(
    client: TestClient, ws: Workspace
) -> None:
    name = enter(client, ws)
    forged = {"x-chb-sid": "forged", "x-chb-user": "forged"}
    headers = socket_headers(client, **forged)
    with client.websocket_connect("/_stcore/stream", headers=headers) as socket:
        assert socket.receive_text() == f"{name} {WHO}"


def test_no_websocket_without_a_session_or_elsewhere(client: TestClient, ws: Workspace) -> None:
    for path in ("/_stcore/stream", "/other"):
        with (
            pytest.raises(WebSocketDisconnect),
            client.websocket_connect(path, headers=socket_headers(client)),
        ):
            pytest.fail("the socket was accepted")
        enter(client, ws)


@pytest.mark.parametrize("path", ["metrics", "agent/openapi.json", "script-health-check"])
def test_doors_that_stay_shut(client: TestClient, ws: Workspace, path: str) -> None:
    enter(client, ws)
    assert client.get(f"/_stcore/{path}").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/media/1.png",
        "/_stcore/upload_file/1/2",
        "/_stcore/host-config",
        "/_stcore/anything-new",
        "/cells/0.json",
        "/classes/0.json",
        "/points/0.json",
        "/context/0.json",
        "/session",
        "/places/_stcore/host-config",
    ],
)
def test_whatever_is_not_a_page_is_refused_without_a_session(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 401


@pytest.mark.parametrize(
    ("path", "place"),
    [("/", "/sign-in"), ("/places", "/sign-in?next=/places"), ("/x/y", "/sign-in?next=/x/y")],
)
def test_pages_send_to_the_sign_in_page(client: TestClient, path: str, place: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["location"]) == (302, place)
    assert "Streamlit" not in answer.text
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["//evil.example/x", "///evil.example", "/%2Fevil.example"])
def test_a_link_from_elsewhere_leads_nowhere_else(path: str) -> None:
    page = arrival_page(unquote(path))
    assert 'content="0;url=/evil.example' in page
    assert "//evil" not in page


def test_a_link_from_elsewhere_arrives_with_its_strict_cookie(client: TestClient) -> None:
    answer = client.get('/places"><b>', headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 200
    assert 'content="0;url=/places%22%3E%3Cb%3E"' in answer.text
    again = client.get("/places", headers={"sec-fetch-site": "same-origin"})
    assert again.status_code == 302


@pytest.mark.parametrize(
    "path",
    [
        "/sign-in/elsewhere",
        "/sign-inside",
        "/sign-in/link/a/b",
        "/sign-out/x",
        "/demo/role/x",
        "/healthz/x",
        "/_stcore/healthy",
        "/_stcore/health/x",
        "/own/a/b",
        "/vendor/a/b",
        "/static",
        "//media/x",
    ],
)
def test_only_what_is_named_is_open(client: TestClient, path: str) -> None:
    answer = client.get(f"{HERE}{path}")
    assert answer.status_code in (302, 401)
    assert "Streamlit" not in answer.text


@pytest.mark.parametrize("path", ["/_stcore/health", "/static/js/index.js", "/healthz"])
def test_what_holds_no_data_needs_no_session(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 200


def test_the_page_gets_our_scripts_and_a_strict_policy(client: TestClient, ws: Workspace) -> None:
    name = enter(client, ws)
    answer = client.get("/")
    for script in (scripts.served_name("host"), served_name(LOCK_SCRIPT)):
        assert f'<script src="/own/{script}"></script>' in answer.text
    assert answer.headers["x-seen"] == f"{name} {WHO}"
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers and "set-cookie" not in answer.headers
    assert int(answer.headers["content-length"]) == len(answer.content)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe-eval" not in policy
    assert policy == policy.strip()
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "strict-transport-security" not in answer.headers


@pytest.mark.parametrize("value", ["short", "x" * 44, "a b" * 15, "x" * 43])
def test_a_made_up_cookie_is_no_session(client: TestClient, value: str) -> None:
    client.cookies.set(COOKIE, value)
    assert client.get("/").status_code == 302
    assert client.get("/session").status_code == 401


def test_identity_headers_from_outside_are_removed(client: TestClient, ws: Workspace) -> None:
    name = enter(client, ws)
    forged = {"x-chb-sid": "forged", "X-Chb-User": "forged@evil.example"}
    assert client.get("/", headers=forged).headers["x-seen"] == f"{name} {WHO}"
    assert client.get("/component/x", headers=forged).json()["seen"] == ""


def test_what_holds_data_is_kept_nowhere(client: TestClient, ws: Workspace) -> None:
    enter(client, ws)
    answer = client.get("/_stcore/host-config")
    assert answer.headers["cache-control"] == "no-store"
    assert "server" not in answer.headers
    assert "access-control-allow-origin" not in answer.headers
    assert client.get("/static/js/x.js").headers["cache-control"] == "max-age=9"


def test_the_frame_is_sandboxed_and_unconnected(client: TestClient) -> None:
    answer = client.get("/component/x/index.html", headers={"origin": "null"})
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("sandbox allow-scripts;")
    assert "allow-same-origin" not in policy and "connect-src 'none'" in policy
    assert answer.headers["connection-allowlist"] == "(response-origin);webrtc=block"
    assert "access-control-allow-origin" not in answer.headers


def test_files_are_public_and_kept_for_ever(client: TestClient) -> None:
    leaflet = next(name for name in offline.vendor_files() if name.startswith("leaflet."))
    ours = (scripts.served_name("cells"), served_name(LOCK_SCRIPT))
    for path in (f"/vendor/{leaflet}", *(f"/own/{name}" for name in ours)):
        answer = client.get(path, headers={"origin": "null"})
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        assert len(answer.text) > 1_000
    assert client.get("/own/app.py").status_code == 404
    assert "streamlit as st" not in client.get("/vendor/..%2F..%2Fapp.py").text


@pytest.mark.parametrize("kind", ["cells", "classes", "context", "points"])
def test_layers_go_to_their_own_session_only(client: TestClient, ws: Workspace, kind: str) -> None:
    path = f"/{kind}/{STASH.put('somebody else', kind, kind)}.json"
    name = enter(client, ws)
    assert client.get(path).status_code == 404
    STASH.put(name, kind, kind)
    assert client.get(path).text == kind
    assert client.get(path, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert client.get(path).headers["cache-control"] == "private, no-store"
    signing.sign_out(ws, name)
    assert client.get(path).status_code == 401


def heard(client: TestClient) -> None:
    """Open the page's websocket and listen to what Streamlit says at first."""
    headers = socket_headers(client)
    with client.websocket_connect("/_stcore/stream", headers=headers) as socket:
        socket.receive_text()
        socket.receive_bytes()
        socket.receive_bytes()


def test_media_go_to_the_session_that_was_told_of_them(client: TestClient, ws: Workspace) -> None:
    path = f"/media/{PICTURE}.png"
    name = enter(client, ws)
    assert client.get(path).status_code == 404
    heard(client)
    assert client.get(path).status_code == 200
    assert client.get("/media/ffff456789abcdef0123.png").status_code == 404
    enter(client, ws, OTHER)
    assert client.get(path).status_code == 404
    enter(client, ws)
    assert client.get(path).status_code == 404, "another session of the same person"
    signing.sign_out(ws, name)


def put(client: TestClient, n_bytes: int = 10, stream: str = STREAM) -> int:
    answer = client.put(
        f"/_stcore/upload_file/{stream}/1", content=b"x" * n_bytes, headers={"origin": HERE}
    )
    return answer.status_code


def test_uploads_go_into_the_own_session_only(client: TestClient, ws: Workspace) -> None:
    assert put(client) == 401
    name = enter(client, ws)
    assert put(client) == 404
    heard(client)
    assert put(client) == 200
    assert put(client, stream="stream-2") == 404
    mine = dict(client.cookies)
    enter(client, ws, OTHER)
    assert put(client) == 404
    client.cookies.clear()
    client.cookies.update(mine)
    signing.sign_out(ws, name)
    assert put(client) == 401


def test_uploads_are_counted_by_file_and_by_day(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_DAY_BYTES", 3_000_000)
    with make_client(ws, quota=uploads.UploadQuota(1_000_000)) as client:
        enter(client, ws)
        heard(client)
        refused = client.put(
            f"/_stcore/upload_file/{STREAM}/1",
            content=b"x" * 1_100_000,
            headers={"origin": HERE},
        )
        assert refused.status_code == 413 and "1 MB at most" in refused.text
        assert [put(client, 999_000) for _ in range(4)] == [200, 200, 200, 429]
        endless = client.put(
            f"/_stcore/upload_file/{STREAM}/1", content=iter([b"x"]), headers={"origin": HERE}
        )
        assert endless.status_code == 411


def click() -> bytes:
    message = BackMsg()
    message.rerun_script.query_string = "clicked"
    return message.SerializeToString()


@pytest.mark.parametrize("change", ["signed out", "ended", "role"])
def test_an_open_socket_that_says_nothing_is_closed_within_five_seconds(
    client: TestClient, ws: Workspace, change: str
) -> None:
    name = enter(client, ws)
    with client.websocket_connect("/_stcore/stream", headers=socket_headers(client)) as socket:
        socket.receive_text()
        socket.receive_bytes()
        socket.receive_bytes()
        if change == "signed out":
            signing.sign_out(ws, name)
        elif change == "role":
            accounts.grant_role(ws, WHO, Role.ANALYST)
        else:
            with ws.writing() as tx:  # as another process would
                tx.identity.sessions.end(name, why=Ending.REVOKED, now=ws.now())
        start = time.monotonic()
        message = socket.receive()
        assert message["type"] == "websocket.close" and message["code"] == SESSION_OVER
        assert time.monotonic() - start < 5
    if change == "role":
        accounts.end_role(ws, WHO, Role.ANALYST)


def test_only_what_a_person_does_counts_as_use(
    client: TestClient, house: tuple[Workspace, Clock]
) -> None:
    ws, clock = house
    name = enter(client, ws)
    with client.websocket_connect("/_stcore/stream", headers=socket_headers(client)) as socket:
        for _ in range(3):
            socket.receive()
        timer = BackMsg()
        timer.rerun_script.is_auto_rerun = True
        clock.move(minutes=14)
        for payload in (click(), timer.SerializeToString(), b"\xff"):
            socket.send_bytes(payload)
            assert socket.receive_bytes() == payload
        assert client.get("/session").status_code == 200
        sessions.forget(name)
        assert sessions.seconds_left(ws, name) <= 60, "a first message, a timer, noise, a poll"
        socket.send_bytes(click())
        assert socket.receive_bytes() == click()
        assert sessions.seconds_left(ws, name) == 15 * 60
        clock.move(minutes=15)
        socket.send_bytes(click())
        assert socket.receive()["code"] == SESSION_OVER


def test_everything_moves_under_a_base_path(ws: Workspace) -> None:
    with make_client(ws, base_path="/harm") as client:
        assert client.get("/harm/").headers["location"] == "/harm/sign-in"
        assert 'action="/harm/sign-in"' in client.get("/harm/sign-in").text
        enter(client, ws)
        answer = client.get("/harm/")
        assert f'src="/harm/own/{scripts.served_name("host")}"' in answer.text
        assert client.get(f"/harm/own/{scripts.served_name('host')}").status_code == 200
        assert client.get("/harm/_stcore/metrics").status_code == 404


def test_over_tls_the_cookie_is_for_this_host_alone(ws: Workspace) -> None:
    with make_client(ws, public_url="https://holdfast.example") as client:
        answer = client.get("/sign-in")
        assert answer.headers["set-cookie"].startswith("__Host-chb_form=")
        assert "Secure" in answer.headers["set-cookie"]
        assert answer.headers["strict-transport-security"].startswith("max-age=")
        assert client.get("/sign-in", headers={"host": HOST}).status_code == 421
        assert client.get("/healthz", headers={"host": HOST}).status_code == 200
        enter(client, ws)
        assert client.get("/").status_code == 302, "a cookie without the prefix counts for nothing"
        enter(client, ws, cookie=f"__Host-{COOKIE}")
        assert client.get("/").status_code == 200
        assert client.get("/", headers={"origin": "http://holdfast.example"}).status_code == 403


def test_a_session_made_in_another_mode_is_none(ws: Workspace) -> None:
    with make_client(ws, SignInMode.OIDC) as client:
        enter(client, ws)
        assert client.get("/session").status_code == 401


def test_a_health_check_tells_no_data(client: TestClient) -> None:
    told = client.get("/healthz").json()
    assert told.pop("well") and set(told.values()) == {True}


def test_a_store_that_cannot_be_reached_is_said_so(client: TestClient, tmp_path: Path) -> None:
    gone = open_workspace(tmp_path / "home", database_url="")
    gone.store.close()
    (tmp_path / "home" / "holdfast.sqlite").unlink()
    (tmp_path / "home" / "holdfast.sqlite").mkdir()
    with make_client(replace(gone)) as broken:
        broken.cookies.set(COOKIE, "x" * 43)
        answer = broken.get("/session")
        assert answer.status_code == 503 and "Traceback" not in answer.text
        assert broken.get("/healthz").status_code == 503


def test_a_page_that_does_not_exist_is_told_without_opening_another(ws: Workspace) -> None:
    with make_client(ws, pages=frozenset({"plan"})) as client:
        enter(client, ws)
        answer = client.get("/plam")
        assert answer.status_code == 404
        assert "There is no such page" in answer.text and "<script" not in answer.text
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        for path in ("/", "/plan", "/favicon.png"):
            assert client.get(path).status_code == 200, path
