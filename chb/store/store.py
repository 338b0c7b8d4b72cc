"""One store: a database and its frames. Work happens in transactions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection

from chb.store.assets import AssetRepository
from chb.store.decisions import DecisionRepository
from chb.store.failures import DATABASE_VARIABLE, plain_failures
from chb.store.frames import FrameCatalogue
from chb.store.gates import GateRepository
from chb.store.journal import Journal
from chb.store.locations import OcgLocationRepository
from chb.store.migrate import upgrade
from chb.store.people import PersonRepository
from chb.store.places import PlaceRepository
from chb.store.planner import PlannerRecords
from chb.store.postgresql import open_postgresql
from chb.store.sqlite import open_sqlite
from chb.store.writes import WRITES


class Transaction:
    """The repositories, all on one connection: what is done is done together or not at all.

    A new repository is one line here; its ``remove_samples`` is called with the others'.
    """

    def __init__(self, connection: Connection, frames_folder: Path) -> None:
        self.frames = FrameCatalogue(connection, frames_folder)
        self.places = PlaceRepository(connection)
        self.assets = AssetRepository(connection)
        self.ocg_locations = OcgLocationRepository(connection)
        self.people = PersonRepository(connection)
        self.journal = Journal(connection)
        self.planner = PlannerRecords(connection)
        self.gates = GateRepository(connection)
        self.decisions = DecisionRepository(connection)

    def remove_samples(self) -> None:
        """Take the sample place out, whole; what a person added stays.

        Later repositories refer to earlier ones, so they go first.
        """
        for repository in reversed(list(vars(self).values())):
            repository.remove_samples()


class Store:
    """The records and frames of one home, made and brought up to date when opened.

    Records are in the home's SQLite file, or in the PostgreSQL database that
    ``database_url`` names; frames are files in the home either way.
    """

    def __init__(self, home: Path, database_url: str = "") -> None:
        self.home = home
        self.frames_folder = home / "frames"
        self._where = (
            f"the database of {DATABASE_VARIABLE}" if database_url else f"the folder {home}"
        )
        with plain_failures(self._where):
            home.mkdir(parents=True, exist_ok=True)
            self.engine = (
                open_postgresql(database_url)
                if database_url
                else open_sqlite(home / "holdfast.sqlite")
            )
            upgrade(self.engine)

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """A consistent view that never waits for writers."""
        with self.connection(writes=False) as connection:
            yield Transaction(connection, self.frames_folder)

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """The write lock from the first moment; everything is undone if anything fails."""
        transaction: Transaction | None = None
        try:
            with self.connection(writes=True) as connection:
                transaction = Transaction(connection, self.frames_folder)
                yield transaction
        except BaseException:
            if transaction is not None:
                transaction.frames.discard()
            raise

    @contextmanager
    def connection(self, *, writes: bool) -> Iterator[Connection]:
        """A bare connection in a transaction, for what concerns all tables alike."""
        with (
            plain_failures(self._where),
            self.engine.connect().execution_options(**(WRITES if writes else {})) as connection,
            connection.begin(),
        ):
            yield connection

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()
