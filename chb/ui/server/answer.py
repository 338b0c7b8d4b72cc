"""What goes back: the application's answer with our headers, our scripts in the page."""

from __future__ import annotations

from typing import Final

from starlette.types import Message, Send

from chb.ui.maps import scripts
from chb.ui.server import policies
from chb.ui.server.own_files import (
    BAR_STYLE,
    BASE_SCRIPT,
    DRAFTS_SCRIPT,
    LOCK_SCRIPT,
    LOOK_SCRIPT,
    UPLOADS_SCRIPT,
    served_name,
)
from chb.ui.server.request import BUNDLE, FRAME, PUBLIC_TO_FRAMES, Request

_REWRITTEN: Final = (b"content-length", b"etag", b"last-modified", b"cache-control")
_DROPPED: Final = (b"access-control-allow-origin", b"server")
_NO_STORE: Final = (b"cache-control", b"no-store")
_MAY_BE_KEPT: Final = (*PUBLIC_TO_FRAMES, BUNDLE)


class Answer:
    """Sends on what the application answers to one request."""

    def __init__(self, request: Request, send: Send, *, cookie: str = "") -> None:
        self._request = request
        self._send = send
        self._cookie = cookie
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
        headers = [pair for pair in message["headers"] if pair[0].lower() not in _DROPPED]
        if not self._request.path.startswith(_MAY_BE_KEPT) and not _is_not_stored(headers):
            headers = [pair for pair in headers if pair[0] != b"cache-control"] + [_NO_STORE]
        is_html = dict(headers).get(b"content-type", b"").startswith(b"text/html")
        message = {**message, "headers": [*headers, *self._policies()]}
        if self._request.is_page and is_html and not self._request.is_form:
            self._start = message
        else:
            await self._send(message)

    def _policies(self) -> policies.Headers:
        secure = self._request.reception.secure
        if self._request.path.startswith(FRAME):
            return policies.frame_headers(secure=secure)
        if self._request.is_form:
            return policies.form_headers(secure=secure)
        return policies.page_headers(secure=secure)

    async def _collect(self, message: Message) -> None:
        self._page += message.get("body", b"")
        if message.get("more_body") or self._start is None:
            return
        body = self._page.replace(b"<title>", self._links() + b"<title>", 1)
        headers = [pair for pair in self._start["headers"] if pair[0] not in _REWRITTEN]
        headers += [(b"content-length", str(len(body)).encode()), _NO_STORE]
        if self._cookie:
            headers.append((b"set-cookie", self._cookie.encode()))
        await self._send({**self._start, "headers": headers})
        await self._send({"type": "http.response.body", "body": body})

    def _links(self) -> bytes:
        own = f"{self._request.reception.base_path}/own"
        host = scripts.served_name(scripts.PAGE_SCRIPT)
        return (
            f'<script src="{own}/{served_name(BASE_SCRIPT)}"></script>'
            f'<script src="{own}/{host}"></script>'
            f'<script src="{own}/{served_name(LOOK_SCRIPT)}"></script>'
            f'<script src="{own}/{served_name(LOCK_SCRIPT)}"></script>'
            f'<script src="{own}/{served_name(DRAFTS_SCRIPT)}"></script>'
            f'<script src="{own}/{served_name(UPLOADS_SCRIPT)}"></script>'
            f'<link rel="stylesheet" href="{own}/{served_name(BAR_STYLE)}">'
        ).encode()


def _is_not_stored(headers: list[tuple[bytes, bytes]]) -> bool:
    return any(name == b"cache-control" and b"no-store" in value for name, value in headers)
