"""What a page tells its server over the websocket, and which layers of its maps it fetches."""

from __future__ import annotations

import re
from typing import Final

from playwright.sync_api import Page, Request
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState

_LAYER: Final = re.compile(r"/(cells|classes|points|context)/[0-9a-f]{20}\.json$")


class Asked:
    """Everything asked for by a page that is yet to be opened."""

    def __init__(self, page: Page) -> None:
        self.messages: list[BackMsg] = []
        self.layers: list[str] = []
        """Kinds of what was fetched, in order: ``cells`` for positions, ``classes``, ..."""
        page.on("websocket", lambda line: line.on("framesent", self._hear))
        page.on("request", self._see)

    @property
    def reruns(self) -> list[ClientState]:
        """Runs of the page, or of a part of it, that were asked for."""
        asked = [each for each in self.messages if each.WhichOneof("type") == "rerun_script"]
        return [each.rerun_script for each in asked]

    def forget(self) -> None:
        """What comes from here on is what counts."""
        self.messages.clear()
        self.layers.clear()

    def _hear(self, frame: str | bytes) -> None:
        assert isinstance(frame, bytes)
        self.messages.append(BackMsg.FromString(frame))

    def _see(self, request: Request) -> None:
        found = _LAYER.search(request.url)
        if found:
            self.layers.append(found[1])
