"""The first thing every request meets, websockets included.

Order: the host it was sent to, the site it was sent from, the doors that stay
shut, the session. Only then Streamlit; and its answer gets its headers here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chb.ui.maps import scripts
from chb.ui.server import policies
from chb.ui.server.sessions import HEADER, new_cookie, session_of

LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})

_SHUT: Final = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check")
_NEED_SESSION: Final = ("/_stcore/stream", "/_stcore/upload_file", "/media/")
_PUBLIC_TO_FRAMES: Final = ("/vendor/", "/own/", "/component/")
"""A sandboxed frame has the origin ``null``: it may ask for these, which hold no data."""

_FRAME: Final = "/component/"
_NOT_A_PAGE: Final = (
    *_PUBLIC_TO_FRAMES,
    "/_stcore/",
    "/media/",
    "/static/",
    "/cells/",
    "/context/",
)
_CONDITIONAL: Final = (b"accept-encoding", b"if-none-match", b"if-modified-since")
_REWRITTEN: Final = (b"content-length", b"etag", b"last-modified", b"cache-control")


@dataclass(frozen=True)
class _Refused(Exception):
    status: int
    reason: str


class Gate:
    """ASGI middleware around the whole application.

    Args:
        app: what stands behind the gate.
        base_path: ``server.baseUrlPath`` with a leading slash, or empty.
        hosts: names a request may be addressed to, whatever the port.
    """

    def __init__(
        self, app: ASGIApp, *, base_path: str = "", hosts: frozenset[str] = LOOPBACK
    ) -> None:
        self._app = app
        self._base_path = base_path
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it with the reason why not."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        request = _Request(scope, self._base_path)
        try:
            self._check(request)
        except _Refused as refusal:
            await _refuse(refusal, scope, receive, send)
            return
        answer = _Answer(request, send)
        await self._app(request.passed_on(), receive, answer.send)

    def _check(self, request: _Request) -> None:
        if request.host_name not in self._hosts:
            raise _Refused(421, "This server does not answer to that name.")
        if not request.from_here:
            raise _Refused(403, "Requests from another site are refused.")
        if request.path.startswith(_SHUT):
            raise _Refused(404, "Not found.")
        if request.path.startswith(_NEED_SESSION) and request.session is None:
            raise _Refused(401, "Open the page first.")


class _Request:
    """What the gate needs to know of a request."""

    def __init__(self, scope: Scope, base_path: str) -> None:
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        self.scope = scope
        self.base_path = base_path
        self.path = _without_base(str(scope["path"]), base_path)
        self.host: str = headers.get(b"host", "")
        self.origin: str | None = headers.get(b"origin")
        self.session = session_of(headers.get(b"cookie", ""))

    @property
    def host_name(self) -> str:
        name, _, port = self.host.rpartition(":")
        return name if port.isdigit() else self.host

    @property
    def secure(self) -> bool:
        return str(self.scope.get("scheme")) in ("https", "wss")

    @property
    def is_http(self) -> bool:
        return bool(self.scope["type"] == "http")

    @property
    def is_page(self) -> bool:
        return self.is_http and not self.path.startswith(_NOT_A_PAGE)

    @property
    def from_here(self) -> bool:
        """Websockets must say where they come from; others may leave it out."""
        if self.origin is None:
            return self.is_http
        if self.origin == "null":
            return self.is_http and self.path.startswith(_PUBLIC_TO_FRAMES)
        return self.origin == f"{'https' if self.secure else 'http'}://{self.host}"

    def passed_on(self) -> Scope:
        """The scope for Streamlit: our session header in place of any that came."""
        dropped = (HEADER.encode(), *(_CONDITIONAL if self.is_page else ()))
        headers = [pair for pair in self.scope["headers"] if pair[0] not in dropped]
        if self.session is not None:
            headers.append((HEADER.encode(), self.session.encode()))
        return {**self.scope, "headers": headers}


class _Answer:
    """Sends on what the application answers, with our headers, and our script in the page."""

    def __init__(self, request: _Request, send: Send) -> None:
        self._request = request
        self._send = send
        self._start: Message | None = None
        self._page = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            await self._begin(message)
        elif message["type"] == "http.response.body" and self._start is not None:
            await self._collect(message)
        else:
            await self._send(message)

    async def _begin(self, message: Message) -> None:
        in_frame = self._request.path.startswith(_FRAME)
        ours = policies.frame_headers() if in_frame else policies.page_headers()
        headers = [pair for pair in message["headers"] if pair[0] != b"access-control-allow-origin"]
        message = {**message, "headers": [*headers, *ours]}
        is_html = dict(headers).get(b"content-type", b"").startswith(b"text/html")
        if self._request.is_page and is_html:
            self._start = message
        else:
            await self._send(message)

    async def _collect(self, message: Message) -> None:
        self._page += message.get("body", b"")
        if message.get("more_body") or self._start is None:
            return
        body = self._page.replace(b"<title>", self._host_script() + b"<title>", 1)
        headers = [pair for pair in self._start["headers"] if pair[0] not in _REWRITTEN]
        headers += [
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", b"no-store"),
            *self._cookie(),
        ]
        await self._send({**self._start, "headers": headers})
        await self._send({"type": "http.response.body", "body": body})

    def _host_script(self) -> bytes:
        name = scripts.served_name(scripts.PAGE_SCRIPT)
        return f'<script src="{self._request.base_path}/own/{name}"></script>'.encode()

    def _cookie(self) -> list[tuple[bytes, bytes]]:
        if self._request.session is not None:
            return []
        cookie = new_cookie(self._request.base_path, secure=self._request.secure)
        return [(b"set-cookie", cookie.encode())]


def _without_base(path: str, base_path: str) -> str:
    return path.removeprefix(base_path) if path.startswith(f"{base_path}/") else path


async def _refuse(refusal: _Refused, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008, "reason": refusal.reason})
        return
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": refusal.reason.encode()})
