"""A websocket that closes when its session does, whether or not anybody sends anything."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

LOOKED_AT_EVERY_S: Final = 2.0
SESSION_OVER: Final = 4401
"""Close code: an application's own 401."""

_DISCONNECT: Final = {"type": "websocket.disconnect", "code": SESSION_OVER}


class WatchedStream:
    """One connection between a browser and Streamlit.

    Args:
        holds: whether the session is still the one that opened the connection.
        used: called when the person did something.
        sent: called with every message to the browser.
    """

    def __init__(
        self,
        receive: Receive,
        send: Send,
        *,
        holds: Callable[[], Awaitable[bool]],
        used: Callable[[], Awaitable[None]],
        sent: Callable[[bytes], None],
    ) -> None:
        self._receive, self._send = receive, send
        self._holds, self._used, self._sent = holds, used, sent
        self._over = asyncio.Event()
        self._is_accepted = False
        self._has_spoken = False

    async def run(self, app: ASGIApp, scope: Scope) -> None:
        """Serve the connection until either side, or the session, ends it."""
        watch = asyncio.create_task(self._watch())
        try:
            await app(scope, self._from_browser, self._to_browser)
        finally:
            watch.cancel()
            with suppress(asyncio.CancelledError):
                await watch

    async def _watch(self) -> None:
        while await self._holds():
            await asyncio.sleep(LOOKED_AT_EVERY_S)
        await self._shut()

    async def _shut(self) -> None:
        if self._over.is_set():
            return
        self._over.set()
        if self._is_accepted:
            with suppress(OSError, RuntimeError):  # the browser may have gone meanwhile
                await self._send({"type": "websocket.close", "code": SESSION_OVER})

    async def _from_browser(self) -> Message:
        if self._over.is_set():
            return dict(_DISCONNECT)
        message = asyncio.ensure_future(self._receive())
        over = asyncio.ensure_future(self._over.wait())
        try:
            await asyncio.wait({message, over}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            over.cancel()
        if not message.done():
            message.cancel()
            return dict(_DISCONNECT)
        return await self._checked(message.result())

    async def _checked(self, message: Message) -> Message:
        """A message of a session that still holds; it may be the person's own doing."""
        if message["type"] != "websocket.receive":
            return message
        if not await self._holds():
            await self._shut()
            return dict(_DISCONNECT)
        # A connection's first message is the page's: it may be a line that came back.
        if self._has_spoken and _is_of_person(message.get("bytes") or b""):
            await self._used()
        self._has_spoken = True
        return message

    async def _to_browser(self, message: Message) -> None:
        if self._over.is_set():
            raise OSError("The session is over")  # what a server says of a lost connection
        self._is_accepted = self._is_accepted or message["type"] == "websocket.accept"
        if message.get("bytes"):
            self._sent(message["bytes"])
        await self._send(message)


def _is_of_person(payload: bytes) -> bool:
    """Whether a message asks for a run that no timer asked for."""
    try:
        message = BackMsg.FromString(payload)
    except DecodeError:
        return False
    return message.WhichOneof("type") == "rerun_script" and not message.rerun_script.is_auto_rerun
