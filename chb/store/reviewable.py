"""What is kept that a person has to review one day, with the day it was last worked on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    Subquery,
    Table,
    cast,
    func,
    literal,
    null,
    select,
    true,
)

from chb.domain.access.roles import View
from chb.domain.places.decisions import LinkKind
from chb.domain.retention import KeptKind
from chb.store.group_codes import codes_had
from chb.store.tables import metadata
from chb.store.tables.assets import asset
from chb.store.tables.decisions import decision, decision_link
from chb.store.tables.frames import import_record, stored_frame
from chb.store.tables.locations import ocg_location
from chb.store.tables.ocg_register import ocg
from chb.store.tables.records import revision
from chb.store.unit import Unit
from chb.store.visibility import for_officers, sees_code, sees_links, visible

_NAMED_BY: Final = {
    KeptKind.OCG: "code",
    KeptKind.NOMINAL: "reference",
    KeptKind.MORILE_SCORE: "assessed_on",
    KeptKind.PLAN: "aim",
    KeptKind.INTERVENTION: "title",
    KeptKind.DISRUPTION: "what",
    KeptKind.INTELLIGENCE_REQUIREMENT: "question",
    KeptKind.PARTNER_REQUEST: "question",
    KeptKind.SIGNAL: "area_name",
    KeptKind.DEBRIEF: "title",
    KeptKind.STAKEHOLDER: "agency",
}
"""The column that a person knows each kind of record by."""


@dataclass(frozen=True)
class Kept:
    """One thing that is kept."""

    kind: KeptKind
    record_id: str
    name: str
    last_changed_on: date
    """The first of days when nobody knows: then it is due."""
    ocg_id: str | None = None


class ReviewableRecords:
    """What a scope may see of what is kept, within one transaction."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._connection = unit.connection

    def all(self, kinds: Iterable[KeptKind] = KeptKind) -> tuple[Kept, ...]:
        """Everything of those kinds, in the order of the kinds."""
        return tuple(kept for kind in kinds for kept in self._of(kind))

    def get(self, kind: KeptKind, record_id: str) -> Kept | None:
        """One thing, None when there is none of that id to be seen."""
        return next((kept for kept in self._of(kind) if kept.record_id == record_id), None)

    def remove_samples(self) -> None:
        """The repositories of the kinds do that."""

    def _of(self, kind: KeptKind) -> list[Kept]:
        rows = self._connection.execute(self._query(kind))
        found = [
            Kept(kind, str(row.id), str(row.name), _day(row.changed), row.ocg_id) for row in rows
        ]
        return self._with_groups(found) if kind is KeptKind.DECISION else found

    def _query(self, kind: KeptKind) -> Select[Any]:
        match kind:
            case KeptKind.DECISION:
                return self._decisions()
            case KeptKind.OCG_LOCATION:
                return self._locations()
            case KeptKind.ASSET:
                return self._assets()
            case KeptKind.INCIDENTS:
                frames = stored_frame.c
                listed = _listed(frames.name, frames.name, frames.imported_at)
                return listed.where(frames.kind == kind.value, self._staff())
            case _:
                return self._records(metadata.tables[kind.value], _NAMED_BY[kind])

    def _records(self, table: Table, name: str) -> Select[Any]:
        saved = _last_saved(table.name)
        group = table.c.id if table is ocg else table.c.get("ocg_id", null())
        return (
            _listed(table.c.id, table.c[name], saved.c.at, group)
            .select_from(table.outerjoin(saved, saved.c.record_id == table.c.id))
            .where(visible(self._unit, table))
        )

    def _decisions(self) -> Select[Any]:
        listed = _listed(decision.c.id, decision.c.what, decision.c.recorded_at)
        return listed.where(sees_links(self._unit, decision.c.id))

    def _with_groups(self, decisions: list[Kept]) -> list[Kept]:
        """Each with the first of the groups it is about, whichever code they had then.

        Put together here: asked of the database for each decision, it took minutes for thousands.
        """
        had = codes_had()
        groups: dict[str, set[str]] = defaultdict(set)
        for row in self._connection.execute(select(had.c.ocg_id, had.c.code).distinct()):
            groups[row.ocg_id].add(row.ocg_id)
            groups[row.code].add(row.ocg_id)
        about: dict[str, set[str]] = defaultdict(set)
        links = select(decision_link.c.decision_id, decision_link.c.reference)
        for row in self._connection.execute(
            links.where(decision_link.c.kind == LinkKind.OCG.value)
        ):
            about[row.decision_id] |= groups.get(row.reference, set())
        return [
            replace(each, ocg_id=min(about[each.record_id], default=None)) for each in decisions
        ]

    def _locations(self) -> Select[Any]:
        columns = ocg_location.c
        imported = select(func.max(import_record.c.imported_at)).where(
            import_record.c.source_sha256 == columns.source_sha256
        )
        saved = _last_saved(ocg_location.name)
        changed = func.coalesce(saved.c.at, imported.scalar_subquery())
        whole = ocg_location.outerjoin(saved, saved.c.record_id == cast(columns.id, String))
        group = select(func.min(ocg.c.id)).where(func.lower(ocg.c.code) == func.lower(columns.code))
        listed = _listed(columns.id, columns.code, changed, group.scalar_subquery())
        seen = for_officers(self._unit), sees_code(self._unit, columns.code)
        return listed.select_from(whole).where(*seen)

    def _assets(self) -> Select[Any]:
        saved = _last_saved(asset.name)
        changed = func.coalesce(saved.c.at, asset.c.recorded_at)
        whole = asset.outerjoin(saved, saved.c.record_id == asset.c.id)
        return _listed(asset.c.id, asset.c.name, changed).select_from(whole).where(self._staff())

    def _staff(self) -> ColumnElement[bool]:
        return true() if self._unit.scope.view >= View.RESTRICTED else literal(False)


def _listed(
    record_id: ColumnElement[Any],
    name: ColumnElement[Any],
    changed: ColumnElement[Any],
    group: ColumnElement[Any] | None = None,
) -> Select[Any]:
    ocg_id = null() if group is None else group
    columns = (("id", record_id), ("name", name), ("changed", changed), ("ocg_id", ocg_id))
    return select(*(each.label(label) for label, each in columns)).order_by(record_id)


def _last_saved(kind: str) -> Subquery:
    """When each record of a kind was last saved, all at once: one by one takes minutes."""
    last = func.max(revision.c.recorded_at).label("at")
    query = select(revision.c.record_id, last).where(revision.c.kind == kind)
    return query.group_by(revision.c.record_id).subquery()


def _day(changed: datetime | None) -> date:
    return date.min if changed is None else changed.date()
