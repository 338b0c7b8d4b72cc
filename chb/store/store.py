"""One store: a folder with a database and its frames. Work happens in transactions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError, OperationalError

from chb.domain.refusal import Refusal
from chb.store.assets import AssetRepository
from chb.store.engine import WRITES, open_engine
from chb.store.frames import FrameCatalogue
from chb.store.journal import Journal
from chb.store.locations import OcgLocationRepository
from chb.store.migrate import upgrade
from chb.store.people import PersonRepository
from chb.store.places import PlaceRepository


class Transaction:
    """The repositories, all on one connection: what is done is done together or not at all."""

    def __init__(self, connection: Connection, frames_folder: Path) -> None:
        self.frames = FrameCatalogue(connection, frames_folder)
        self.places = PlaceRepository(connection)
        self.assets = AssetRepository(connection)
        self.ocg_locations = OcgLocationRepository(connection)
        self.people = PersonRepository(connection)
        self.journal = Journal(connection)

    def remove_samples(self) -> None:
        """Take the sample place out, whole; what a person added stays."""
        self.frames.remove_samples()
        self.places.remove_samples()
        self.assets.remove_samples()
        self.ocg_locations.remove_samples()
        self.people.remove_samples()
        self.journal.remove_samples()


class Store:
    """The embedded store in a folder, made and brought up to date when opened."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._frames_folder = home / "frames"
        with _plain_failures(home):
            self._engine = open_engine(home / "holdfast.sqlite")
            upgrade(self._engine)

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """A consistent view that never waits for writers."""
        with _plain_failures(self.home), self._engine.connect() as connection, connection.begin():
            yield Transaction(connection, self._frames_folder)

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """The write lock from the first moment; everything is undone if anything fails."""
        with (
            _plain_failures(self.home),
            self._engine.connect().execution_options(**WRITES) as connection,
        ):
            transaction = Transaction(connection, self._frames_folder)
            try:
                with connection.begin():
                    yield transaction
            except BaseException:
                transaction.frames.discard()
                raise

    def close(self) -> None:
        """Let go of the database file."""
        self._engine.dispose()


@contextmanager
def _plain_failures(home: Path) -> Iterator[None]:
    """Turn a disk or lock failure into a sentence; everything else passes."""
    try:
        yield
    except DatabaseError as fault:
        if type(fault) not in (DatabaseError, OperationalError):
            raise  # a broken rule of ours, not a broken disk
        raise Refusal(
            "The store could not be written or read",
            found=str(fault.orig),
            cause=_likely_cause(str(fault.orig)),
            remedy=f"Check the folder {home}; nothing was changed",
        ) from fault
    except OSError as fault:
        raise Refusal(
            "The store's folder could not be used",
            found=f"{fault.strerror or fault} ({fault.filename or home})",
            cause=_likely_cause(str(fault)),
            remedy="Free some space, or set CHB_HOME to a folder that can be written",
        ) from fault


def _likely_cause(text: str) -> str:
    lowered = text.lower()
    if "full" in lowered or "no space" in lowered:
        return "The disk is full"
    if "locked" in lowered:
        return "Another process has been writing for more than ten seconds"
    if "read-only" in lowered or "readonly" in lowered or "permission" in lowered:
        return "The folder cannot be written by this user"
    return "The disk or the file is damaged, or the folder is missing"
