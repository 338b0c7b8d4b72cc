"""What Streamlit told each session over its websocket, and so what the session may fetch.

Streamlit gives out a media file to whoever knows its address, and takes an upload
for any of its sessions. The gate lets through what this very session was told of.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Final

from google.protobuf.message import DecodeError
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

_MEDIA: Final = re.compile(rb"/media/([0-9a-f]{16,128})")
_MOST_SESSIONS: Final = 2_000
_MOST_FILES: Final = 5_000


@dataclass
class _Given:
    streams: set[str] = field(default_factory=set)
    media: OrderedDict[str, None] = field(default_factory=OrderedDict)


class HandedOut:
    """Streams and media files by session; what was told longest ago is forgotten first."""

    def __init__(self) -> None:
        self._given: OrderedDict[str, _Given] = OrderedDict()

    def note_media(self, session: str, payload: bytes) -> None:
        """Remember the media files that a message to the session names."""
        if b"/media/" not in payload:
            return
        media = self._of(session).media
        for found in _MEDIA.finditer(payload):
            media[found[1].decode()] = None
        while len(media) > _MOST_FILES:
            media.popitem(last=False)

    def note_stream(self, session: str, payload: bytes) -> bool:
        """Remember Streamlit's own name for the session, if this message tells it."""
        try:
            message = ForwardMsg.FromString(payload)
        except DecodeError:
            return False
        if message.WhichOneof("type") != "new_session":
            return False
        self._of(session).streams.add(message.new_session.initialize.session_id)
        return True

    def has_stream(self, session: str, stream: str) -> bool:
        """Whether Streamlit's session of that name is this browser's."""
        given = self._given.get(session)
        return given is not None and stream in given.streams

    def has_media(self, session: str, name: str) -> bool:
        """Whether this browser was told of that media file."""
        given = self._given.get(session)
        return given is not None and name in given.media

    def _of(self, session: str) -> _Given:
        given = self._given.setdefault(session, _Given())
        self._given.move_to_end(session)
        if len(self._given) > _MOST_SESSIONS:
            self._given.popitem(last=False)
        return given
