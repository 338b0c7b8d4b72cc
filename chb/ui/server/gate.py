"""The first thing every request meets, websockets included.

Order: the host it was sent to, the site it was sent from, the doors that stay
shut, the session. Only then Streamlit, told whose request it is; and its answer
gets its headers here. Whatever is not named as open asks for a session.
"""

from __future__ import annotations

import logging
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from anyio import to_thread
from starlette.datastructures import Address
from starlette.types import ASGIApp, Receive, Scope, Send

from chb.domain.access.sessions import SignedIn
from chb.domain.refusal import Refusal
from chb.services.access import sessions, signing
from chb.services.access.settings import is_loopback
from chb.ui.server import policies
from chb.ui.server.answer import Answer
from chb.ui.server.pages import arrival_page, nowhere_page
from chb.ui.server.reception import Reception
from chb.ui.server.request import MEDIA, POLL, SHUT, STREAM, UPLOADS, Request
from chb.ui.server.sessions import COOKIE, set_cookie
from chb.ui.server.uploads import UploadTooLarge
from chb.ui.server.watched import WatchedStream

MOST_FORM_BYTES: Final = 8_192
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Refused(Exception):
    status: int
    reason: str
    location: str = ""


class Gate:
    """ASGI middleware around the whole application.

    Args:
        app: what stands behind the gate.
        reception: the store, the way people sign in, and where the server is found.
    """

    def __init__(self, app: ASGIApp, *, reception: Reception) -> None:
        self._app = app
        self._reception = reception

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it with the reason why not."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        request = Request(scope, self._reception)
        try:
            self._check(request)
            who, cookie = await self._who(request)
            self._check_owner(request, who)
            self._check_address(request)
            if scope["type"] == "websocket":
                await self._watched(request, who, receive, send)
                return
            with ExitStack() as counting:
                self._count(request, who, counting)
                answer = Answer(request, send, cookie=cookie)
                await self._app(request.passed_on(who), receive, answer.send)
        except _Refused as refused:
            await _refuse(refused, request, receive, send)

    def _check(self, request: Request) -> None:
        if not request.is_addressed_here:
            raise _Refused(421, "This server does not answer to that name.")
        if self._reception.is_demo and not _is_near(request):
            raise _Refused(403, "A demonstration answers its own machine only.")
        if not request.from_here:
            raise _Refused(403, "Requests from another site are refused.")
        if request.path.startswith(SHUT):
            raise _Refused(404, "Not found.")
        if request.changes_something and not request.path.startswith(UPLOADS):
            if request.length_bytes is None:
                raise _Refused(411, "Say how long it is.")
            if request.length_bytes > MOST_FORM_BYTES:
                raise _Refused(413, "No form here is that long.")

    def _check_address(self, request: Request) -> None:
        """A page that does not exist is told here: Streamlit would open another in its place."""
        name, pages = request.path.strip("/"), self._reception.pages
        if request.is_form:
            return
        if request.is_page and name and "." not in name and pages and name not in pages:
            raise _Refused(404, nowhere_page(self._reception.base_path))

    async def _who(self, request: Request) -> tuple[SignedIn | None, str]:
        """Who asks, and a cookie for a browser that came to a demonstration."""
        if request.is_open:
            return None, ""
        try:
            who = await self._known(request)
            if who is None and self._may_just_look(request):
                return await to_thread.run_sync(self._start_demo)
        except Refusal as refusal:
            raise _Refused(503, str(refusal)) from refusal
        if who is not None:
            return who, ""
        if request.is_page and request.is_of_another_site and not request.has_cookie:
            raise _Refused(200, arrival_page(request.full_path))
        if request.is_page:
            raise _Refused(302, "Sign in first.", _sign_in_for(request))
        raise _Refused(401, "Sign in first.")

    async def _known(self, request: Request) -> SignedIn | None:
        closed = await to_thread.run_sync(self._reception.closed)
        if closed is not None:
            raise _Refused(401 if request.path == POLL else 503, str(closed))
        who = await to_thread.run_sync(self._reception.who, request.session)
        if who is not None and (request.is_page or request.path.startswith(UPLOADS)):
            await self._used(who.session)
        return who

    def _may_just_look(self, request: Request) -> bool:
        """A demonstration opens by itself, for a browser that has not been here."""
        fresh = request.is_page and not request.has_cookie and not request.is_of_another_site
        return self._reception.is_demo and fresh

    def _start_demo(self) -> tuple[SignedIn | None, str]:
        opened = signing.sign_in_to_demo(self._reception.ws)
        cookie = set_cookie(
            COOKIE,
            opened.secret,
            base_path=self._reception.base_path,
            secure=self._reception.secure,
        )
        return self._reception.who(opened.session.name), cookie

    def _check_owner(self, request: Request, who: SignedIn | None) -> None:
        """What belongs to one browser is given to that one only."""
        given = self._reception.handed_out
        if who is None:
            return
        if request.path.startswith(MEDIA):
            name = request.path.removeprefix(MEDIA).partition(".")[0]
            if not given.has_media(who.session, name):
                raise _Refused(404, "Not found.")
        if request.path.startswith(UPLOADS):
            stream = request.path.removeprefix(UPLOADS).partition("/")[0]
            if not given.has_stream(who.session, stream):
                raise _Refused(404, "Not found.")

    def _count(self, request: Request, who: SignedIn | None, counting: ExitStack) -> None:
        """Hold an upload against the person's quota while it runs."""
        if who is None or request.method != "PUT" or not request.path.startswith(UPLOADS):
            return
        if request.length_bytes is None:
            raise _Refused(411, "Say how long it is.")
        one = self._reception.quota.one(
            who.person, size_bytes=request.length_bytes, today=self._reception.ws.today()
        )
        try:
            counting.enter_context(one)
        except UploadTooLarge as refusal:
            raise _Refused(413, str(refusal)) from refusal
        except Refusal as refusal:
            raise _Refused(429, str(refusal)) from refusal

    async def _watched(
        self, request: Request, who: SignedIn | None, receive: Receive, send: Send
    ) -> None:
        if who is None or request.path != STREAM:
            raise _Refused(404, "Not found.")
        given, session, held = self._reception.handed_out, who.session, who
        is_named = False

        async def holds() -> bool:
            nonlocal held
            try:
                now = await to_thread.run_sync(self._reception.who, session)
            except Refusal:
                _log.warning("A session could not be looked up, so its screen was cut off")
                return False
            if now is None or not now.keeps(held):
                return False
            held = now
            return True

        def sent(payload: bytes) -> None:
            nonlocal is_named
            is_named = is_named or given.note_stream(session, payload)
            given.note_media(session, payload)

        async def used() -> None:
            await self._used(session)

        watched = WatchedStream(receive, send, holds=holds, used=used, sent=sent)
        await watched.run(self._app, request.passed_on(who))

    async def _used(self, session: str) -> None:
        if sessions.needs_touch(self._reception.ws, session):
            await to_thread.run_sync(sessions.touch, self._reception.ws, session)


def _is_near(request: Request) -> bool:
    client = request.scope.get("client")
    return client is not None and is_loopback(Address(*client).host)


def _sign_in_for(request: Request) -> str:
    """The sign-in page, which sends people back to where they wanted to go."""
    wanted = f"?next={quote(request.path)}" if request.path != "/" else ""
    return f"{request.reception.base_path}/sign-in{wanted}"


async def _refuse(refused: _Refused, request: Request, receive: Receive, send: Send) -> None:
    if not request.is_http:
        await receive()
        await send({"type": "websocket.close", "code": 1008, "reason": refused.reason})
        return
    kind = b"text/html" if refused.reason.startswith("<!doctype") else b"text/plain"
    headers = [
        (b"content-type", kind + b"; charset=utf-8"),
        (b"cache-control", b"no-store"),
        *([(b"location", refused.location.encode())] if refused.location else []),
        *policies.form_headers(secure=request.reception.secure),
    ]
    await send({"type": "http.response.start", "status": refused.status, "headers": headers})
    await send({"type": "http.response.body", "body": refused.reason.encode()})
