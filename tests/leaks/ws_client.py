"""Streamlit's websocket without a browser: what it is sent is kept, whole, as it came."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

PATIENCE_S: Final = 120.0
_MARKED: Final = re.compile(
    r'aria-label="Security marking"><b>(?P<line>OFFICIAL.*?)</b><span>(?P<handling>.*?)</span>'
)
_OVER: Final = (
    ForwardMsg.FINISHED_SUCCESSFULLY,
    ForwardMsg.FINISHED_WITH_COMPILE_ERROR,
    ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
)


@dataclass(frozen=True)
class TabRow:
    """Tabs of which the open one is told to the server."""

    id: str
    labels: tuple[str, ...]


@dataclass
class Screen:
    """What one run left on the screen."""

    frames: list[bytes] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    paths: tuple[str, ...] = ()
    """Of the pages in the navigation."""
    shown: str = ""
    """Script hash of the page that ran."""
    rows: dict[tuple[int, ...], str] = field(default_factory=dict)
    labels: dict[tuple[int, ...], list[str]] = field(default_factory=dict)

    def kind(self, name: str) -> list[Any]:
        """Every element of a kind, such as ``selectbox``."""
        return [getattr(each, name) for each in self.elements if each.WhichOneof("type") == name]

    @property
    def is_marked(self) -> bool:
        """Whether the security marking is drawn, with how to handle what is sensitive."""
        drawn = (_MARKED.search(each.body) for each in self.kind("html"))
        marking = next((found for found in drawn if found), None)
        return marking is not None and bool(marking["handling"]) == ("SENSITIVE" in marking["line"])

    @property
    def tabs(self) -> list[TabRow]:
        return [
            TabRow(id_, tuple(self.labels.get(path, ()))) for path, id_ in self.rows.items() if id_
        ]

    def hear(self, frame: bytes) -> ForwardMsg:
        """Keep a frame, and what it puts on the screen."""
        message = ForwardMsg.FromString(frame)
        self.frames.append(frame)
        kind = message.WhichOneof("type")
        if kind == "navigation":
            pages = message.navigation.app_pages
            self.paths = tuple(page.url_pathname for page in pages if not page.is_hidden)
            self.shown = message.navigation.page_script_hash
        if kind == "delta":
            self._draw(message)
        return message

    def _draw(self, message: ForwardMsg) -> None:
        path = tuple(message.metadata.delta_path)
        if message.delta.WhichOneof("type") == "new_element":
            self.elements.append(message.delta.new_element)
            return
        block = message.delta.add_block
        if block.WhichOneof("type") == "tab_container":
            self.rows[path] = block.tab_container.id
        if block.WhichOneof("type") == "tab":
            self.labels.setdefault(path[:-1], []).append(block.tab.label)


class Line:
    """One connection, in one session."""

    def __init__(self, opened: ClientConnection) -> None:
        self._opened = opened
        self.session_id = ""

    def run(self, page: str = "", states: Mapping[str, Any] | None = None) -> Screen:
        """Ask for a page with widgets set as given; everything sent until it has run."""
        asked = BackMsg()
        asked.rerun_script.page_name = page
        for id_, value in (states or {}).items():
            asked.rerun_script.widget_states.widgets.append(state(id_, value))
        self._opened.send(asked.SerializeToString())
        return self._until_run()

    def send(self, message: BackMsg) -> None:
        self._opened.send(message.SerializeToString())

    def hear(self, kind: str) -> ForwardMsg:
        """The next message of a kind."""
        while True:
            message = ForwardMsg.FromString(_bytes(self._opened.recv(PATIENCE_S)))
            if message.WhichOneof("type") == kind:
                return message

    def _until_run(self) -> Screen:
        screen = Screen()
        while True:
            message = screen.hear(_bytes(self._opened.recv(PATIENCE_S)))
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self.session_id = message.new_session.initialize.session_id
            if kind == "script_finished" and message.script_finished in _OVER:
                return self._with_late(screen)

    def _with_late(self, screen: Screen) -> Screen:
        """What a run sends after it has finished, such as another run it asked for itself."""
        while True:
            try:
                screen.hear(_bytes(self._opened.recv(0.02)))
            except (TimeoutError, ConnectionClosed):
                return screen


@contextmanager
def line(url: str, cookie: str) -> Iterator[Line]:
    """A connection with a session's cookie, as a browser opens it."""
    address = url.replace("http://", "ws://") + "/_stcore/stream"
    with connect(
        address,
        origin=url,
        additional_headers={"Cookie": cookie} if cookie else {},
        subprotocols=["streamlit"],
        max_size=None,
        open_timeout=60,
        compression=None,
    ) as opened:
        yield Line(opened)


def state(id_: str, value: Any) -> WidgetState:
    """A widget's state in the field that its type has."""
    made = WidgetState(id=id_)
    if value is TRIGGER:
        made.trigger_value = True
    elif isinstance(value, bool):
        made.bool_value = value
    elif isinstance(value, int):
        made.int_value = value
    elif isinstance(value, float):
        made.double_array_value.data.append(value)
    elif isinstance(value, list | tuple):
        made.string_array_value.data.extend(value)
    elif isinstance(value, str):
        made.string_value = value
    else:
        made.file_uploader_state_value.CopyFrom(value)
    return made


TRIGGER: Final = object()
"""The value of a button that was pressed."""


def _bytes(received: str | bytes) -> bytes:
    return received if isinstance(received, bytes) else received.encode()
