"""The disruption log: recording in under a minute, moderating, and CSV in and out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from chb.domain.access.permissions import Permission
from chb.domain.planning.disruptions import (
    Disruption,
    DisruptionLevel,
    ImpactAnswer,
    ImpactPrompt,
    Moderation,
)
from chb.domain.planning.plans import Pillar
from chb.domain.quality import RefusedRows
from chb.domain.wording import checked_past, plural
from chb.exports.disruptions import disruption_log
from chb.exports.manifest import ExportManifest
from chb.services.access.rules import needs
from chb.services.loading.importing import ImportOutcome, record, unchanged
from chb.services.loading.limited import read_disruptions
from chb.services.planning.keeping import existing, keep, save, signed
from chb.services.workspace import Workspace
from chb.sources import planner_reference
from chb.sources.disruptions import KnownSubjects, LogReading
from chb.sources.files import InputFile, Sources
from chb.store.journal import ImportRecord
from chb.store.store import Transaction


@dataclass(frozen=True)
class LogPreview:
    """What an import of a log would do."""

    reading: LogReading
    new: tuple[Disruption, ...]
    """Events that would be added."""
    earlier: ImportRecord | None
    """The import of this very content, when there was one: then nothing is added."""

    @property
    def n_known(self) -> int:
        """Events that are in the log already by their reference."""
        return self.reading.report.kept - len(self.new)

    @property
    def n_without_reference(self) -> int:
        return sum(not event.reference for event in self.new)

    @property
    def refused(self) -> tuple[RefusedRows, ...]:
        """An entry for each row that was refused, in the order of the file."""
        return self.reading.refused_rows

    @property
    def as_before(self) -> str:
        """When this very content was imported, in words; empty when it was not."""
        return unchanged(self.reading.report, self.earlier).message if self.earlier else ""


def impact_prompts() -> tuple[ImpactPrompt, ...]:
    """Questions on impact, the quantitative ones first."""
    return planner_reference.impact_prompts()


def level_meanings() -> Mapping[DisruptionLevel, str]:
    """What each level means here."""
    return planner_reference.disruption_levels()


@needs(Permission.SEE_OPERATIONS, shows="disruption log")
def list_disruptions(
    ws: Workspace, *, place_id: str | None = None, ocg_id: str | None = None, most: int = 500
) -> tuple[Disruption, ...]:
    """The log, the most recent event first, ``most`` of them; of one place or OCG when named."""
    wanted = {"place_id": place_id, "ocg_id": ocg_id}
    named = {name: value for name, value in wanted.items() if value is not None}
    with ws.reading() as tx:
        return tx.planner.disruptions.latest("happened_on", most=most, **named)


@needs(Permission.LOG_DISRUPTIONS)
def record_disruption(
    ws: Workspace, disruption: Disruption, *, by: str, reason: str = "", request_key: str = ""
) -> Disruption:
    """Add an event to the log, or save what a person edited."""
    checked_past(disruption.happened_on, today=ws.today(), what="The disruption")
    return save(
        ws,
        lambda tx: tx.planner.disruptions,
        disruption,
        by=by,
        reason=reason,
        request_key=request_key,
    )


@needs(Permission.MODERATE)
def moderate(
    ws: Workspace,
    seen: Disruption,
    *,
    level: DisruptionLevel,
    by: str,
    reason: str = "",
    request_key: str = "",
) -> Disruption:
    """Add a verdict on the level of an event as the panel saw it; earlier verdicts stay."""
    verdict = Moderation(level=level, held_on=ws.today(), by=by, reason=reason)
    return save(
        ws,
        lambda tx: tx.planner.disruptions,
        seen.moderated(verdict),
        by=by,
        reason=reason,
        request_key=request_key,
    )


@needs(Permission.SEE_OPERATIONS)
def export_disruptions(ws: Workspace, manifest: ExportManifest | None = None) -> str:
    """The whole log as CSV text, oldest event first."""
    with ws.reading() as tx:
        return disruption_log(
            sorted(tx.planner.disruptions.all(), key=lambda each: each.happened_on),
            prompts=impact_prompts(),
            codes={ocg.id: ocg.code for ocg in tx.planner.ocgs.all()},
            places=tx.places.names(),
            manifest=manifest,
        )


def uploaded(name: str, data: bytes) -> Sources:
    """A file that came over the screen, as a source; Refusal when it is empty."""
    return InputFile.of(name, data)


@needs(Permission.LOG_DISRUPTIONS)
def preview_disruptions(ws: Workspace, sources: Sources) -> LogPreview:
    """What an import of this log would do; nothing is saved."""
    reading = _read(ws, sources)
    with ws.reading() as tx:
        return _look_at(tx, reading)


@needs(Permission.LOG_DISRUPTIONS)
def import_disruptions(ws: Workspace, sources: Sources, *, by: str) -> ImportOutcome:
    """Add the events of a log, whole or not at all; those known by reference stay as they are."""
    signature = signed(ws, by, "Imported from a list")
    reading = _read(ws, sources)
    with ws.writing() as tx:
        found = _look_at(tx, reading)
        report = found.reading.report
        if found.earlier is not None:
            return unchanged(report, found.earlier)
        for event in found.new:
            keep(tx.planner.disruptions, event.checked(), signature=signature)
        record(ws, tx, report, sha256=found.reading.sha256, is_sample=False)
    return ImportOutcome(
        True,
        f"Added {plural(len(found.new), 'disruption')}; {found.n_known:,} were in the log already"
        " by their reference",
        report,
    )


@needs(Permission.SEE_OPERATIONS, shows="disruption")
def get_disruption(ws: Workspace, disruption_id: str) -> Disruption:
    """One event; Refusal when it is not there."""
    with ws.reading() as tx:
        return existing(tx.planner.disruptions, disruption_id)


def _read(ws: Workspace, sources: Sources) -> LogReading:
    """The log as it was read; no transaction waits for a file."""
    with ws.reading() as tx:
        known = _Subjects(tx).known
    return read_disruptions(sources, known=known, today=ws.today())


def _look_at(tx: Transaction, reading: LogReading) -> LogPreview:
    subjects = _Subjects(tx)
    in_log = tx.planner.disruptions.all()
    known = {each.reference for each in in_log} | {each.id for each in in_log}
    rows = [
        {str(name): value for name, value in row.items()}
        for row in reading.frame.to_dict("records")
    ]
    return LogPreview(
        reading=reading,
        new=tuple(
            subjects.disruption(row)
            for row in rows
            if not row["reference"] or row["reference"] not in known
        ),
        earlier=tx.journal.find_import(reading.kind, reading.sha256),
    )


class _Subjects:
    """Groups and places by the names a list calls them."""

    def __init__(self, tx: Transaction) -> None:
        self._ocgs = {ocg.code: ocg.id for ocg in tx.planner.ocgs.all()}
        self._places = {name: id_ for id_, name in tx.places.names().items()}

    @property
    def known(self) -> KnownSubjects:
        return KnownSubjects(self._ocgs.keys(), self._places.keys())

    def disruption(self, row: Mapping[str, Any]) -> Disruption:
        return Disruption(
            happened_on=date.fromisoformat(row["happened_on"]),
            what=row["what"],
            level=DisruptionLevel(row["level"]),
            pillar=Pillar(row["pillar"]),
            agency=row["agency"],
            ocg_id=self._ocgs.get(row["ocg_code"]),
            place_id=self._places.get(row["place"]),
            credited=tuple(Pillar(word.strip()) for word in row["credited"].split(";") if word),
            impact=tuple(
                ImpactAnswer(name.removeprefix("impact_"), answer)
                for name, answer in row.items()
                if name.startswith("impact_") and answer
            ),
            reference=row["reference"],
        )
