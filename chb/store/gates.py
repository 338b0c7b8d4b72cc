"""Gates in the database: versions of checklists, and evidence; rows are only ever added."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import RowMapping, delete, func, insert, select

from chb.domain.audit import AuditAction
from chb.domain.places.gates import Checklist, Evidence, Figure, Gate, GateItem
from chb.store.tables.gates import gate_checklist, gate_evidence
from chb.store.tables.places import place
from chb.store.unit import Unit
from chb.store.visibility import for_officers


class GateRepository:
    """Checklists and evidence within one transaction."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._connection = unit.connection

    def checklists(self, gate: Gate, place_id: str = "") -> tuple[Checklist, ...]:
        """Every version written for the place, or for all places when none is named."""
        rows = self._connection.execute(
            select(gate_checklist)
            .where(gate_checklist.c.gate == gate.value, gate_checklist.c.scope == place_id)
            .order_by(gate_checklist.c.version)
        ).mappings()
        return tuple(_checklist(row) for row in rows)

    def next_version(self, gate: Gate) -> int:
        """The number of the version to come; a number names one list of one gate."""
        last = self._connection.execute(
            select(func.max(gate_checklist.c.version)).where(gate_checklist.c.gate == gate.value)
        ).scalar_one()
        return 1 if last is None else int(last) + 1

    def add_checklist(self, checklist: Checklist) -> None:
        """Save one more version of a checklist."""
        self._connection.execute(
            insert(gate_checklist).values(
                gate=checklist.gate.value,
                scope=checklist.place_id,
                version=checklist.version,
                items=[asdict(item) for item in checklist.items],
                reason=checklist.reason,
                recorded_by=checklist.recorded_by,
                recorded_at=checklist.recorded_at,
            )
        )
        self._unit.audit.record(
            AuditAction.ALTER,
            gate_checklist.name,
            checklist.place_id,
            gate=checklist.gate.value,
            version=checklist.version,
        )

    def evidence(self, place_id: str, gate: Gate) -> tuple[Evidence, ...]:
        """All evidence ever recorded at the place for the gate, oldest first."""
        rows = self._connection.execute(
            select(gate_evidence)
            .where(
                gate_evidence.c.place_id == place_id,
                gate_evidence.c.gate == gate.value,
                for_officers(self._unit),
            )
            .order_by(gate_evidence.c.id)
        ).mappings()
        return tuple(_evidence(row) for row in rows)

    def add_evidence(self, place_id: str, evidence: Evidence) -> None:
        """Save one more piece of evidence."""
        self._connection.execute(
            insert(gate_evidence).values(
                place_id=place_id,
                gate=evidence.gate.value,
                item_key=evidence.item_key,
                checklist_version=evidence.checklist_version,
                is_met=evidence.is_met,
                words=evidence.words,
                link=evidence.link,
                figure=evidence.figure and asdict(evidence.figure),
                recorded_by=evidence.recorded_by,
                recorded_at=evidence.recorded_at,
            )
        )
        self._unit.audit.record(
            AuditAction.ALTER,
            gate_evidence.name,
            place_id,
            gate=evidence.gate.value,
            item=evidence.item_key,
            is_met=evidence.is_met,
        )

    def remove_samples(self) -> None:
        """Delete what was recorded at the sample place's gates."""
        samples = select(place.c.id).where(place.c.is_sample)
        self._connection.execute(delete(gate_evidence).where(gate_evidence.c.place_id.in_(samples)))
        self._connection.execute(delete(gate_checklist).where(gate_checklist.c.scope.in_(samples)))


def _checklist(row: RowMapping) -> Checklist:
    return Checklist(
        gate=Gate(row["gate"]),
        version=row["version"],
        items=tuple(GateItem(**item) for item in row["items"]),
        place_id=row["scope"],
        reason=row["reason"],
        recorded_by=row["recorded_by"],
        recorded_at=row["recorded_at"],
    )


def _evidence(row: RowMapping) -> Evidence:
    return Evidence(
        gate=Gate(row["gate"]),
        item_key=row["item_key"],
        checklist_version=row["checklist_version"],
        is_met=row["is_met"],
        words=row["words"],
        link=row["link"],
        figure=None if row["figure"] is None else Figure.from_dict(row["figure"]),
        recorded_by=row["recorded_by"],
        recorded_at=row["recorded_at"],
    )
