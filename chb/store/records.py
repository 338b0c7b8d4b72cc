"""Records of one kind in the database. Nothing is saved without its revision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Generic

from sqlalchemy import ColumnElement, Select, Table, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from chb.domain.audit import AuditAction
from chb.domain.ocgs.register import unusable_code
from chb.domain.records import Revision, Signature, differences
from chb.domain.refusal import Refusal
from chb.store.revisions import add_revision, revisions_of
from chb.store.shapes import RecordT, Shape
from chb.store.tables.ocg_register import ocg
from chb.store.tables.records import revision
from chb.store.unit import Unit
from chb.store.versions_seen import visible_then
from chb.store.visibility import visible


class Records(Generic[RecordT]):
    """Records of one kind within one transaction, in the order they were first saved.

    What hangs on the sample place, or on anything else of the sample, is of the
    sample too, and leaves with it.
    """

    def __init__(self, unit: Unit, table: Table, cls: type[RecordT]) -> None:
        self._unit = unit
        self._connection = unit.connection
        self._table = table
        self._shape = Shape(cls, table)

    @property
    def kind(self) -> str:
        return self._table.name

    def get(self, record_id: str) -> RecordT | None:
        """One record, None when there is none of that id."""
        return next(iter(self.where(id=record_id)), None)

    def all(self) -> tuple[RecordT, ...]:
        """Every record."""
        return self.where()

    def where(self, **wanted: Any) -> tuple[RecordT, ...]:
        """Records whose columns have the values wanted; a collection means any of them."""
        query = self._select(wanted).order_by(*self._order())
        return self._load(self._connection.execute(query).mappings().all())

    def spelled(self, column: str, words: str) -> frozenset[str]:
        """What a column holds of these words, in whatever case somebody wrote them."""
        query = self._select({}).with_only_columns(self._table.c[column]).distinct()
        found: Iterable[str] = self._connection.execute(query).scalars()
        return frozenset(each for each in found if each.casefold() == words.casefold())

    def latest(self, by: str, *, most: int, **wanted: Any) -> tuple[RecordT, ...]:
        """The records with the highest values of the column ``by``, these first."""
        order = (self._table.c[by].desc(), self._table.c.seq.desc())
        query = self._select(wanted).order_by(*order).limit(most)
        return self._load(self._connection.execute(query).mappings().all())

    def count(self, **wanted: Any) -> int:
        """How many records ``where`` would give."""
        query = select(func.count()).select_from(self._select(wanted).subquery())
        return int(self._connection.execute(query).scalar_one())

    def add(self, new: RecordT, signature: Signature, *, is_sample: bool = False) -> None:
        """Save a new record and its first revision."""
        is_sample = is_sample or self._hangs_on_sample(new)
        if self._table is ocg:
            self._unit.admit(new.id)
        values = self._shape.row(new) | {"is_sample": is_sample}
        with self._unit.views_aside():
            with self._guarding_code():
                self._connection.execute(insert(self._table).values(values))
            self._revise(new, signature, is_sample=is_sample)
        self._unit.audit.record(AuditAction.ALTER, self.kind, new.id, version=new.version)

    @contextmanager
    def _guarding_code(self) -> Iterator[None]:
        """Refusal for a group's code that is in use where it may not be seen."""
        if self._table is not ocg:
            yield
            return
        try:
            with self._connection.begin_nested():
                yield
        except IntegrityError as fault:
            raise unusable_code() from fault

    def change(self, edited: RecordT, signature: Signature) -> bool:
        """Save the next version of a record that was seen; False when somebody else has.

        Refusal when a record of the partnership's own would come to hang on the sample.
        """
        kept = replace(edited, version=edited.version + 1)
        is_sample = self._is_sample(edited.id)
        if self._hangs_on_sample(kept) and not is_sample:
            raise Refusal(
                "This record is your own, and the sample place is for practice",
                cause="It would leave with the sample place",
                remedy="Choose a place or OCG of your own, or make a new record",
            )
        fields = self._fields_that_differ(kept)
        next_version = (
            update(self._table)
            .where(
                self._table.c.id == edited.id,
                self._table.c.version == edited.version,
                visible(self._unit, self._table),
            )
            .values(self._shape.row(kept))
        )
        with self._unit.views_aside():
            with self._guarding_code():
                moved = self._connection.execute(next_version)
            if moved.rowcount != 1:
                return False
            self._revise(kept, signature, is_sample=is_sample)
        self._unit.audit.record(
            AuditAction.ALTER, self.kind, kept.id, version=kept.version, fields=fields
        )
        return True

    def revisions(self, record_id: str) -> tuple[Revision, ...]:
        """Every saved version of a record that may be seen as it is and as it was then.

        Oldest first.
        """
        if self.get(record_id) is None:
            return ()
        seen = visible_then(self._unit, self._table, revision.c.record_id == record_id)
        return revisions_of(self._connection, self.kind, record_id, seen)

    def plain(self, record: RecordT) -> dict[str, Any]:
        """Plain values of a record, as its revisions hold them."""
        return self._shape.plain(record)

    def made(self, values: Mapping[str, Any]) -> RecordT:
        """A record from plain values, those left out at their defaults; nothing is saved."""
        return self._shape.made(values)

    def absent_parents(self, record: RecordT) -> tuple[str, ...]:
        """Kinds that the record refers to without there being one of that id to be seen."""
        return tuple(
            table.name
            for table, parent_id in self._parents(record)
            if not self._is_there(table, parent_id)
        )

    def remove_samples(self) -> None:
        """Delete the sample's records with their revisions."""
        self._connection.execute(
            delete(revision).where(revision.c.kind == self.kind, revision.c.is_sample)
        )
        self._connection.execute(delete(self._table).where(self._table.c.is_sample))

    def _order(self) -> tuple[ColumnElement[Any], ...]:
        """What records are listed by."""
        return (self._table.c.seq,)

    def _load(self, rows: Iterable[Mapping[Any, Any]]) -> tuple[RecordT, ...]:
        return tuple(self._shape.record(row) for row in rows)

    def _select(self, wanted: Mapping[str, Any]) -> Select[Any]:
        conditions = [
            self._table.c[name].in_(list(value))
            if isinstance(value, list | tuple | set | frozenset)
            else self._table.c[name] == value
            for name, value in wanted.items()
        ]
        return select(self._table).where(visible(self._unit, self._table), *conditions)

    def _fields_that_differ(self, kept: RecordT) -> tuple[str, ...]:
        """Names of what an edit changes: the audit log keeps no second copy of it."""
        query = select(self._table).where(self._table.c.id == kept.id)
        before = self._connection.execute(query).mappings().first()
        return differences({} if before is None else {**before}, self._shape.row(kept))

    def _revise(self, record: RecordT, signature: Signature, *, is_sample: bool) -> None:
        saved = Revision(self.kind, record.id, record.version, self.plain(record), signature)
        add_revision(self._connection, saved, is_sample=is_sample)

    def _parents(self, record: RecordT) -> list[tuple[Table, str]]:
        row = self._shape.row(record)
        return [
            (key.column.table, row[column.name])
            for column in self._table.c
            for key in column.foreign_keys
            if row.get(column.name)
        ]

    def _is_there(self, table: Table, record_id: str) -> bool:
        query = select(table.c.id).where(table.c.id == record_id, visible(self._unit, table))
        return self._connection.execute(query).first() is not None

    def _hangs_on_sample(self, record: RecordT) -> bool:
        return any(
            bool(self._connection.execute(_sample_flag(table, parent_id)).scalar_one_or_none())
            for table, parent_id in self._parents(record)
        )

    def _is_sample(self, record_id: str) -> bool:
        flag = self._connection.execute(_sample_flag(self._table, record_id))
        return bool(flag.scalar_one_or_none())


def _sample_flag(table: Table, record_id: str) -> Select[Any]:
    return select(table.c.is_sample).where(table.c.id == record_id)
