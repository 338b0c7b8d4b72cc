"""One person's browser without a browser: the websocket, the layers it fetches, its polling.

Frames are read as a browser that opens everything for the first time would get them:
none is answered from a cache of its own, so what is counted is the most that is sent.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Final

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

from tests.leaks.ws_client import Screen, state
from tests.soak.load.figures import Turn

PATIENCE_S: Final = 60.0
POLL_S: Final = 2.0
"""As ``lock.js`` asks whether the session holds."""
_LAYER: Final = re.compile(
    rb'(?:\b(basemap|points)\.show\([^;]{0,40}?|\b(cells|classes)\\*":\\*)"([0-9a-f]{20})\\*"'
)
_ANSWERS: Final = ("**Not enough data to speak of change**",)
"""How refusals begin that are the right answer to what was chosen: few months, and a trend."""
_KINDS: Final = {b"basemap": "context"}
"""Under which name a layer is fetched, where it is not its own."""
_FINISHED: Final = (
    ForwardMsg.FINISHED_SUCCESSFULLY,
    ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
    ForwardMsg.FINISHED_WITH_COMPILE_ERROR,
)


@dataclass(frozen=True)
class Click:
    """A click on a map."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class Asked:
    """A run to ask for: a page, and what was set on it just now."""

    page: str
    doing: str
    sets: Mapping[str, Any] = field(default_factory=dict)
    """Values by widget; a map's is a `Click`."""


@dataclass
class View(Screen):
    """A screen that knows in which fragment a widget is."""

    fragments: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def hear(self, frame: bytes) -> ForwardMsg:
        message = super().hear(frame)
        if message.WhichOneof("type") == "delta":
            element = message.delta.new_element
            kind = element.WhichOneof("type")
            if kind == "exception":
                self.faults.append(f"{element.exception.type}: {element.exception.message}")
            elif kind == "alert" and element.alert.format == Alert.ERROR:
                if not element.alert.body.startswith(_ANSWERS):
                    self.faults.append(element.alert.body)
            elif kind is not None and message.delta.fragment_id:
                widget = getattr(getattr(element, kind), "id", "")
                self.fragments[widget] = message.delta.fragment_id
        return message

    @property
    def maps(self) -> list[str]:
        """Widgets that are maps."""
        return [each.id for each in self.kind("component_instance")]


class Tab:
    """One browser tab of somebody who is signed in."""

    def __init__(self, opened: ClientConnection, port: int, cookie: str) -> None:
        self._opened = opened
        self._http = _Http(port, cookie)
        self._fetched: set[bytes] = set()
        self._set: dict[str, Any] = {}
        self._page = ""
        self._active = False
        self.view = View()
        """What the last whole run of the page put on the screen."""

    async def turn(self, asked: Asked) -> Turn:
        """Ask for a run and wait until it, and what it named, has come."""
        loop = asyncio.get_running_loop()
        begun = loop.time()
        self._active = True
        try:
            async with asyncio.timeout(PATIENCE_S):
                view = await self._run(asked)
                seconds = loop.time() - begun
                n_bytes = sum(map(len, view.frames)) + await self._fetch_layers(view)
        except TimeoutError:
            silence = f"no answer within {PATIENCE_S:.0f} s"
            return Turn(asked.page, asked.doing, PATIENCE_S, 0, begun, silence)
        error = "; ".join(view.faults)
        return Turn(asked.page, asked.doing, seconds, n_bytes, begun, error)

    async def poll(self) -> None:
        """Ask, for as long as the tab is open, whether the session holds."""
        while True:
            method, self._active = ("POST" if self._active else "GET"), False
            await self._http.ask(method, "/session")
            await asyncio.sleep(POLL_S)

    async def close(self) -> None:
        await self._http.close()

    async def _run(self, asked: Asked) -> View:
        message = BackMsg()
        if asked.page != self._page:
            self._page, self._set, self.view = asked.page, {}, View()
        fragment = self._fragment(asked)
        message.rerun_script.page_name = asked.page
        message.rerun_script.fragment_id = fragment
        self._set.update(asked.sets)
        for widget, value in self._set.items():
            message.rerun_script.widget_states.widgets.append(_state(widget, value))
        await self._opened.send(message.SerializeToString())
        view = await self._until_run()
        if not fragment:
            self.view = view
        return view

    def _fragment(self, asked: Asked) -> str:
        """That of what was set, when it is all in one; empty for the whole page."""
        found = {self.view.fragments.get(widget, "") for widget in asked.sets}
        return found.pop() if len(found) == 1 else ""

    async def _until_run(self) -> View:
        view = View()
        while True:
            frame = await self._opened.recv(decode=False)
            message = view.hear(frame)
            if message.WhichOneof("type") == "script_finished":
                if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                    view.faults.append("the script does not compile")
                if message.script_finished in _FINISHED:
                    return view

    async def _fetch_layers(self, view: View) -> int:
        n_bytes = 0
        for shown, part, digest in _LAYER.findall(b"".join(view.frames)):
            if digest not in self._fetched:
                self._fetched.add(digest)
                kind = _KINDS.get(shown) or (shown or part).decode()
                n_bytes += await self._http.ask("GET", f"/{kind}/{digest.decode()}.json")
        return n_bytes


class RefusedError(Exception):
    """The server answered with something else than what was asked for."""


class _Http:
    """One connection that is kept, as a browser keeps it; one request at a time."""

    def __init__(self, port: int, cookie: str) -> None:
        self._port, self._cookie = port, cookie
        self._pair: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._lock = asyncio.Lock()

    async def ask(self, method: str, path: str) -> int:
        """Bytes of the body; RefusedError unless the answer is 200."""
        async with self._lock:
            try:
                return await self._ask(method, path)
            except (ConnectionError, asyncio.IncompleteReadError):
                await self.close()  # a server may end a connection that was idle
                return await self._ask(method, path)

    async def close(self) -> None:
        if self._pair is not None:
            self._pair[1].close()
            with suppress(ConnectionError):
                await self._pair[1].wait_closed()
        self._pair = None

    async def _ask(self, method: str, path: str) -> int:
        if self._pair is None:
            self._pair = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._pair
        origin = f"127.0.0.1:{self._port}"
        writer.write(
            f"{method} {path} HTTP/1.1\r\nHost: {origin}\r\nOrigin: http://{origin}\r\n"
            f"Cookie: {self._cookie}\r\nContent-Length: 0\r\n\r\n".encode()
        )
        await writer.drain()
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = re.search(r"content-length: (\d+)", head)
        body = await reader.readexactly(int(length[1]) if length else 0)
        if " 200 " not in head.split("\r\n", 1)[0]:
            raise RefusedError(f"{method} {path}: {head.splitlines()[0]}")
        return len(body)


@asynccontextmanager
async def tab(port: int, cookie: str) -> AsyncIterator[Tab]:
    """A tab that is open, and polls, until the end of the block."""
    async with connect(
        f"ws://127.0.0.1:{port}/_stcore/stream",
        origin=f"http://127.0.0.1:{port}",
        additional_headers={"Cookie": cookie},
        subprotocols=["streamlit"],
        max_size=None,
        open_timeout=PATIENCE_S,
        ping_timeout=None,
        compression=None,
    ) as opened:
        made = Tab(opened, port, cookie)
        polling = asyncio.create_task(made.poll())
        try:
            yield made
            if polling.done():
                polling.result()
        finally:
            polling.cancel()
            with suppress(asyncio.CancelledError):
                await polling
            await made.close()


def _state(widget: str, value: Any) -> WidgetState:
    """A widget's state; a map's is what its component says was clicked."""
    if not isinstance(value, Click):
        made: WidgetState = state(widget, value)
        return made
    clicked = {"last_clicked": {"lat": value.latitude, "lng": value.longitude}}
    return WidgetState(id=widget, json_value=json.dumps(clicked))
