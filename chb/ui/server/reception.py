"""What the gate, the sign-in pages and the routes have in common."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from chb.domain.access.sessions import SignedIn, SignInMode
from chb.domain.refusal import Refusal
from chb.services.access import sessions
from chb.services.access.openid import Provider
from chb.services.access.startup import demo_over
from chb.services.workspace import Workspace
from chb.ui.server.handed_out import HandedOut
from chb.ui.server.uploads import UploadQuota

LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})
_DEMO_CHECKED_EVERY_S: Final = 1.0


@dataclass(kw_only=True)
class Reception:
    """The store, the way people sign in, and where the server is found.

    ``public_url`` is empty on a machine of one's own; else the gate answers to that
    name only, and its scheme says whether the line is safe.
    """

    ws: Workspace
    mode: SignInMode
    base_path: str = ""
    public_url: str = ""
    provider: Provider | None = None
    pages: frozenset[str] = frozenset()
    """Addresses of the pages, without a slash; where there are none, any may be asked for."""
    quota: UploadQuota = field(default_factory=UploadQuota)
    handed_out: HandedOut = field(default_factory=HandedOut)
    _demo_over: Refusal | None = None
    _demo_checked_s: float = -_DEMO_CHECKED_EVERY_S
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def secure(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def hosts(self) -> frozenset[str]:
        """Names a request may be addressed to, whatever the port."""
        name = urlsplit(self.public_url).hostname
        return frozenset({name}) if name else LOOPBACK

    @property
    def is_demo(self) -> bool:
        return self.mode is SignInMode.DEMO

    def who(self, session: str) -> SignedIn | None:
        """Who is at the screen of a session that this server may have made."""
        if not session or self.closed() is not None:
            return None
        found = sessions.signed_in(self.ws, session)
        return found if found is not None and found.mode is self.mode else None

    def closed(self) -> Refusal | None:
        """Why nobody is let in: real data came into a demonstration."""
        if not self.is_demo:
            return None
        with self._lock:
            if time.monotonic() - self._demo_checked_s >= _DEMO_CHECKED_EVERY_S:
                self._demo_over = demo_over(self.ws)
                self._demo_checked_s = time.monotonic()
            return self._demo_over
