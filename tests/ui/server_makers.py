"""The gate and our own pages in front of something that stands for Streamlit."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from chb.domain.access.sessions import SignInMode
from chb.services.access import signing
from chb.services.workspace import Workspace
from chb.ui.server.gate import Gate
from chb.ui.server.reception import Reception
from chb.ui.server.routes import routes
from chb.ui.server.sessions import COOKIE
from tests.services.access.signing_makers import PASSWORD, WHO

HOST = "127.0.0.1:8501"
HERE = f"http://{HOST}"
PAGE = "<html><head><title>Streamlit</title></head></html>"
STREAM = "stream-1"
PICTURE = "0123456789abcdef0123"


async def page(request: Request) -> Response:
    return HTMLResponse(PAGE, headers={"etag": "x", "x-seen": seen(request)})


async def anything(request: Request) -> Response:
    headers = {"access-control-allow-origin": "*", "cache-control": "max-age=9", "server": "x"}
    return JSONResponse({"seen": seen(request), "bytes": len(await request.body())}, 200, headers)


async def stream(socket: WebSocket) -> None:
    """Says whose it is, then what Streamlit says of itself, then echoes."""
    await socket.accept()
    await socket.send_text(seen(socket))
    message = ForwardMsg()
    message.new_session.initialize.session_id = STREAM
    await socket.send_bytes(message.SerializeToString())
    await socket.send_bytes(f'"/media/{PICTURE}.png"'.encode())
    with suppress(WebSocketDisconnect):
        while True:
            await socket.send_bytes(await socket.receive_bytes())


def seen(request: Any) -> str:
    """The headers of ours that arrived."""
    names = ("x-chb-sid", "x-chb-user")
    return " ".join(value for name in names for value in request.headers.getlist(name))


def make_client(ws: Workspace, mode: SignInMode = SignInMode.LOCAL, **settings: Any) -> TestClient:
    """A browser, on this machine, before the gate."""
    reception = Reception(ws=ws, mode=mode, **settings)
    base = reception.base_path
    behind = Starlette(
        routes=[
            *routes(reception),
            Route(f"{base}/_stcore/{{rest:path}}", anything, methods=["GET", "PUT", "DELETE"]),
            Route(f"{base}/component/{{rest:path}}", anything),
            Route(f"{base}/static/{{rest:path}}", anything),
            Route(f"{base}/media/{{rest:path}}", anything),
            WebSocketRoute(f"{base}/_stcore/stream", stream),
            Route(f"{base}/{{rest:path}}", page),
        ],
        middleware=[Middleware(Gate, reception=reception)],
    )
    return TestClient(
        behind,
        base_url=settings.get("public_url") or HERE,
        client=("127.0.0.1", 5000),
        follow_redirects=False,
    )


def enter(client: TestClient, ws: Workspace, work_email: str = WHO, cookie: str = COOKIE) -> str:
    """Let the browser have a session of that account; the session's name."""
    opened = signing.sign_in_with_password(ws, work_email, PASSWORD)
    client.cookies.clear()
    client.cookies.set(cookie, opened.secret)
    return opened.session.name


def socket_headers(client: TestClient, **headers: str) -> dict[str, str]:
    """What the browser's page sends when it opens its websocket."""
    cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    return {"host": HOST, "origin": HERE, "cookie": cookies} | headers
