"""A server with a folder of its own for everything it may write, and the store it serves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from chb.services.workspace import Workspace, open_workspace
from tests.browser.app_server import AppServer
from tests.leaks.canaries import Canaries, hatch
from tests.leaks.journey import Journey
from tests.leaks.people import Somebody, sign_in
from tests.leaks.record import Record, on_disk
from tests.leaks.scanner import Hit, Scanner
from tests.leaks.seeding import PLACE, seed


@dataclass(frozen=True)
class House:
    """A store with canaries, and who looks for them."""

    home: Path
    words: Canaries
    scanner: Scanner

    @property
    def aside(self) -> Path:
        """Where a server writes what is not the store: temporary files and caches."""
        return self.home.parent / "aside"

    @contextmanager
    def open(self, settings: Mapping[str, str] | None = None) -> Iterator[AppServer]:
        """A server of its own, where people sign in with a password kept there."""
        self.aside.mkdir(exist_ok=True)
        server = AppServer(self.home)
        folder = str(self.aside)
        server.settings = {
            "CHB_SIGN_IN": "local",
            "TMPDIR": folder,
            "HOME": folder,
            "XDG_CACHE_HOME": folder,
            **(settings or {}),
        }
        server.start()
        try:
            yield server
        finally:
            server.stop()

    def journey(
        self, server: AppServer, who: Somebody, *, thorough: bool = False, deepest: int = 2
    ) -> Journey:
        """Somebody signed in, about to set out."""
        with self.workspace() as ws:
            secret = sign_in(ws, who)
        record = Record(who.key, self.scanner)
        wanted = (self.words["ocg code"], self.words["nominal reference"], "storage", PLACE)
        return Journey(server, secret, record, wanted=wanted, thorough=thorough, deepest=deepest)

    @contextmanager
    def workspace(self) -> Iterator[Workspace]:
        ws = open_workspace(self.home)
        try:
            yield ws
        finally:
            ws.store.close()

    def left_behind(self, server: AppServer) -> list[Hit]:
        """Hits in the log, in temporary and cache files, and in the home folder."""
        log = self.scanner.find(server.log().encode(), "log")
        return log + on_disk(self.scanner, (self.home, self.aside))


def build(folder: Path, seed_number: int) -> House:
    """A store with a canary in every sensitive field."""
    words = hatch(seed_number)
    home = folder / "home"
    ws = open_workspace(home)
    seed(ws, words)
    ws.store.close()
    return House(home, words, Scanner(words.tokens.values()))
