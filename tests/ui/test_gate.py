"""Who may speak to the server, and what its answers carry."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from chb.ui.maps import offline, scripts
from chb.ui.maps.stash import STASH
from chb.ui.server.gate import Gate
from chb.ui.server.routes import routes
from chb.ui.server.sessions import COOKIE, name_of

HERE = "http://127.0.0.1:8501"
FROM_PAGE = {"origin": HERE, "host": "127.0.0.1:8501"}
PAGE = "<html><head><title>Streamlit</title></head></html>"


async def page(request: Request) -> Response:
    return HTMLResponse(PAGE, headers={"etag": "x", "x-seen": seen(request)})


async def anything(request: Request) -> Response:
    return JSONResponse({"seen": seen(request)}, headers={"access-control-allow-origin": "*"})


async def stream(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text(socket.headers.get("x-chb-sid", ""))
    await socket.close()


def seen(request: Request) -> str:
    return request.headers.get("x-chb-sid", "nothing")


def make_client(base_path: str = "") -> TestClient:
    behind = Starlette(
        routes=[
            *routes(base_path),
            Route(f"{base_path}/_stcore/{{rest:path}}", anything),
            Route(f"{base_path}/component/{{rest:path}}", anything),
            Route(f"{base_path}/media/{{rest:path}}", anything),
            WebSocketRoute(f"{base_path}/_stcore/stream", stream),
            Route(f"{base_path}/{{rest:path}}", page),
        ],
        middleware=[Middleware(Gate, base_path=base_path)],
    )
    return TestClient(behind, base_url=HERE)


@pytest.fixture
def client() -> Iterator[TestClient]:
    with make_client() as made:
        yield made


def sign_of(client: TestClient) -> str:
    """Open the page, as a browser would; the session's name."""
    client.get("/")
    return name_of(client.cookies[COOKIE])


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:8501", ""])
def test_a_foreign_host_is_refused(client: TestClient, host: str) -> None:
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == 421
    assert COOKIE not in answer.headers.get("set-cookie", "")


@pytest.mark.parametrize("host", ["127.0.0.1:9000", "localhost", "[::1]:8501"])
def test_this_machine_is_answered_on_any_port(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "http://127.0.0.1:9999", "https://127.0.0.1:8501", "null"]
)
def test_a_foreign_origin_is_refused(client: TestClient, origin: str) -> None:
    assert client.get("/", headers={"origin": origin}).status_code == 403


@pytest.mark.parametrize("origin", [None, "null", "http://evil.example"])
def test_a_websocket_must_come_from_the_page(client: TestClient, origin: str | None) -> None:
    sign_of(client)
    headers = {"host": FROM_PAGE["host"], "cookie": f"{COOKIE}={client.cookies[COOKIE]}"}
    if origin:
        headers["origin"] = origin
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect("/_stcore/stream", headers=headers),
    ):
        pytest.fail("the socket was accepted")


def test_a_websocket_of_the_page_carries_its_session(client: TestClient) -> None:
    name = sign_of(client)
    cookie = f"{COOKIE}={client.cookies[COOKIE]}"
    headers = {**FROM_PAGE, "x-chb-sid": "forged", "cookie": cookie}
    with client.websocket_connect("/_stcore/stream", headers=headers) as socket:
        assert socket.receive_text() == name


def test_a_websocket_without_a_session_is_refused(client: TestClient) -> None:
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect("/_stcore/stream", headers=FROM_PAGE),
    ):
        pytest.fail("the socket was accepted")


@pytest.mark.parametrize("path", ["metrics", "agent/openapi.json", "script-health-check"])
def test_doors_that_stay_shut(client: TestClient, path: str) -> None:
    sign_of(client)
    assert client.get(f"/_stcore/{path}").status_code == 404


@pytest.mark.parametrize("path", ["/media/1.png", "/_stcore/upload_file/1/2"])
def test_doors_for_sessions(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 401
    sign_of(client)
    assert client.get(path).status_code == 200


def test_health_needs_no_session(client: TestClient) -> None:
    assert client.get("/_stcore/health").status_code == 200


def test_the_page_gets_our_script_a_cookie_and_a_strict_policy(client: TestClient) -> None:
    answer = client.get("/")
    script = f'<script src="/own/{scripts.served_name("host")}"></script><title>'
    assert script in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers
    assert int(answer.headers["content-length"]) == len(answer.content)
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-eval" not in policy
    assert policy == policy.strip()
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_cookie_is_given_once(client: TestClient) -> None:
    name = sign_of(client)
    again = client.get("/")
    assert "set-cookie" not in again.headers
    assert again.headers["x-seen"] == name


@pytest.mark.parametrize("value", ["short", "x" * 44, "a b" * 15])
def test_an_unsound_cookie_is_no_session(client: TestClient, value: str) -> None:
    client.cookies.set(COOKIE, value)
    assert client.get("/media/1.png").status_code == 401


def test_a_session_header_from_outside_is_removed(client: TestClient) -> None:
    assert client.get("/", headers={"x-chb-sid": "forged"}).headers["x-seen"] == "nothing"


def test_the_frame_is_sandboxed_and_unconnected(client: TestClient) -> None:
    answer = client.get("/component/x/index.html", headers={"origin": "null"})
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("sandbox allow-scripts;")
    assert "allow-same-origin" not in policy
    assert "connect-src 'none'" in policy
    assert answer.headers["connection-allowlist"] == "(response-origin);webrtc=block"
    assert "access-control-allow-origin" not in answer.headers


def test_files_are_public_and_kept_for_ever(client: TestClient) -> None:
    leaflet = next(name for name in offline.vendor_files() if name.startswith("leaflet."))
    for path in (f"/vendor/{leaflet}", f"/own/{scripts.served_name('cells')}"):
        answer = client.get(path, headers={"origin": "null"})
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        assert len(answer.text) > 1_000
    assert client.get("/own/app.py").status_code == 404
    assert "streamlit as st" not in client.get("/vendor/..%2F..%2Fapp.py").text


@pytest.mark.parametrize("kind", ["cells", "context"])
def test_layers_go_to_their_own_session_only(client: TestClient, kind: str) -> None:
    path = f"/{kind}/{STASH.put('somebody else', kind, kind)}.json"
    assert client.get(path).status_code == 401
    name = sign_of(client)
    assert client.get(path).status_code == 404
    STASH.put(name, kind, kind)
    assert client.get(path).text == kind
    assert client.get(path, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert client.get(path).headers["cache-control"] == "private, no-store"


def test_everything_moves_under_a_base_path() -> None:
    with make_client("/harm") as client:
        answer = client.get("/harm/")
        assert f'src="/harm/own/{scripts.served_name("host")}"' in answer.text
        assert "Path=/harm" in answer.headers["set-cookie"]
        assert client.get(f"/harm/own/{scripts.served_name('host')}").status_code == 200
        assert client.get("/harm/_stcore/metrics").status_code == 404
