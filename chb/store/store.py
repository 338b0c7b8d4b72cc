"""One store: a database and its frames. Work happens in transactions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from chb.domain.access.scope import Scope
from chb.domain.assets.engagement import Contact
from chb.domain.audit import AuditAction
from chb.store import safety_copies
from chb.store.action_counts import ActionCounts
from chb.store.assets.batches import AssetBatchRepository
from chb.store.assets.pairs import PairsApart
from chb.store.assets.register import AssetRepository
from chb.store.audit.anchors import AnchorFile
from chb.store.audit.keys import KeyFolder
from chb.store.audit.log import AuditLog
from chb.store.changes import ChangeFeed
from chb.store.column_maps import ColumnMapRepository
from chb.store.decisions import DecisionRepository
from chb.store.disposals import DisposalRepository
from chb.store.drafts import DraftRepository
from chb.store.failures import DATABASE_VARIABLE, plain_failures
from chb.store.frames import FrameCatalogue
from chb.store.gates import GateRepository
from chb.store.group_codes import GroupCodes
from chb.store.home_visits import HomeVisitRepository
from chb.store.identity import Identity
from chb.store.journal import Journal
from chb.store.locations import OcgLocationRepository
from chb.store.migrate import upgrade
from chb.store.people import PersonRepository
from chb.store.places import PlaceRepository
from chb.store.planner import PlannerRecords
from chb.store.postgresql import open_postgresql
from chb.store.records import Records
from chb.store.reviewable import ReviewableRecords
from chb.store.row_security import tell_scope
from chb.store.shared_tasks import SharedTasks
from chb.store.sqlite import open_sqlite, rewrite_sqlite
from chb.store.tables.assets import asset_contact
from chb.store.unit import Unit
from chb.store.writes import WRITES

SAMPLE_KIND: Final = "sample place"
"""What a row of the audit log is about that takes the sample out."""


def utc_now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


class Transaction:
    """The repositories, all on one connection: what is done is done together or not at all.

    A new repository is one line here; its ``remove_samples`` is called with the others'.
    """

    def __init__(self, unit: Unit, frames_folder: Path) -> None:
        self.frames = FrameCatalogue(unit, frames_folder)
        self.places = PlaceRepository(unit)
        self.assets = AssetRepository(unit)
        self.asset_contacts = Records(unit, asset_contact, Contact)
        self.asset_batches = AssetBatchRepository(unit)
        self.asset_pairs = PairsApart(unit)
        self.asset_column_maps = ColumnMapRepository(unit)
        self.ocg_locations = OcgLocationRepository(unit)
        self.group_codes = GroupCodes(unit)
        self.people = PersonRepository(unit)
        self.journal = Journal(unit)
        self.planner = PlannerRecords(unit)
        self.gates = GateRepository(unit)
        self.decisions = DecisionRepository(unit)
        self.audit = unit.audit
        self.identity = Identity(unit)
        self.reviewable = ReviewableRecords(unit)
        self.disposals = DisposalRepository(unit)
        self.drafts = DraftRepository(unit)
        self.home_visits = HomeVisitRepository(unit)
        self.changes = ChangeFeed(unit)
        self.action_counts = ActionCounts(unit)
        self.shared_tasks = SharedTasks(unit)

    def remove_samples(self) -> None:
        """Take the sample place out, whole; what a person added stays. For a scope in full.

        Later repositories refer to earlier ones, so they go first.
        """
        repositories = [each for each in vars(self).values() if each is not self.audit]
        for repository in reversed(repositories):
            repository.remove_samples()
        self.audit.record(AuditAction.ERASE, SAMPLE_KIND)

    def remove_planner_samples(self) -> None:
        """Take out what the planner holds of the sample place; its places stay."""
        self.planner.remove_samples()
        self.audit.record(AuditAction.ERASE, SAMPLE_KIND, "planner")


class Store:
    """The records and frames of one home, made and brought up to date when opened.

    Records are in the home's SQLite file, or in the PostgreSQL database that
    ``database_url`` names; frames are files in the home either way. The audit
    log's key and anchors are in the home unless other places are named, which is
    better: who holds the database should hold neither.
    """

    def __init__(
        self,
        home: Path,
        database_url: str = "",
        *,
        clock: Callable[[], datetime] = utc_now,
        keys: Path | None = None,
        anchors: Path | None = None,
    ) -> None:
        self.home = home
        self.clock = clock
        self.keys = KeyFolder(keys or home / "keys")
        self.anchors = AnchorFile(anchors or home / "anchors" / "audit.jsonl")
        self.frames_folder = home / "frames"
        self._where = (
            f"the database of {DATABASE_VARIABLE}" if database_url else f"the folder {home}"
        )
        with plain_failures(self._where):
            home.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.engine = (
                open_postgresql(database_url)
                if database_url
                else open_sqlite(home / "holdfast.sqlite")
            )
            upgrade(self.engine, copies_in=home / safety_copies.FOLDER)

    @property
    def is_embedded(self) -> bool:
        """Whether the records are in a file of the home."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self, scope: Scope) -> Iterator[Transaction]:
        """A consistent view that never waits for writers, of what the scope may see."""
        with self.connection(scope, writes=False) as connection:
            yield Transaction(self.unit(connection, scope), self.frames_folder)
        self.anchors.tick(self.clock())

    @contextmanager
    def writing(self, scope: Scope) -> Iterator[Transaction]:
        """The write lock from the first moment; everything is undone if anything fails."""
        transaction: Transaction | None = None
        try:
            with self.connection(scope, writes=True) as connection:
                transaction = Transaction(self.unit(connection, scope), self.frames_folder)
                yield transaction
        except BaseException:
            if transaction is not None:
                transaction.frames.discard()
            raise
        self.anchor(transaction.audit)

    def anchor(self, log: AuditLog) -> None:
        """Anchor what a transaction that is committed added to the audit log, when it is time."""
        if log.head is not None:
            self.anchors.offer(log.head)

    def unit(self, connection: Connection, scope: Scope) -> Unit:
        """What repositories on that connection are given."""
        log = AuditLog(connection, person=scope.person, clock=self.clock, keys=self.keys)
        return Unit(connection, scope, log)

    @contextmanager
    def connection(self, scope: Scope, *, writes: bool) -> Iterator[Connection]:
        """A bare connection in a transaction, for what concerns all tables alike."""
        with (
            plain_failures(self._where),
            self.engine.connect().execution_options(**(WRITES if writes else {})) as connection,
            connection.begin(),
        ):
            tell_scope(connection, scope)
            yield connection

    def scrub(self) -> bool:
        """Leave nothing in the embedded database's file of what was deleted from its tables.

        False when people worked on it all the while: then it is for the next time.
        PostgreSQL clears up by itself, in its own time.
        """
        return not self.is_embedded or rewrite_sqlite(self.engine)

    def close(self) -> None:
        """Let go of the database, once the end of the audit log is anchored."""
        self.anchors.flush()
        self.engine.dispose()
