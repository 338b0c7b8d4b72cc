"""The disruption log: recording in under a minute, moderating, and CSV in and out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from chb.domain.planning.disruptions import (
    Disruption,
    DisruptionLevel,
    ImpactAnswer,
    ImpactPrompt,
    Moderation,
)
from chb.domain.planning.plans import Pillar
from chb.domain.wording import checked_past
from chb.exports.disruptions import disruption_log
from chb.services.loading.importing import ImportOutcome, record, unchanged
from chb.services.planning.keeping import existing, keep, save, signed
from chb.services.workspace import Workspace
from chb.sources import planner_reference
from chb.sources.disruptions import KnownSubjects, read_disruptions
from chb.sources.files import Sources
from chb.store.store import Transaction


def impact_prompts() -> tuple[ImpactPrompt, ...]:
    """Questions on impact, the quantitative ones first."""
    return planner_reference.impact_prompts()


def level_meanings() -> Mapping[DisruptionLevel, str]:
    """What each level means here."""
    return planner_reference.disruption_levels()


def list_disruptions(
    ws: Workspace, *, place_id: str | None = None, ocg_id: str | None = None, most: int = 500
) -> tuple[Disruption, ...]:
    """The log, the most recent event first, ``most`` of them; of one place or OCG when named."""
    wanted = {"place_id": place_id, "ocg_id": ocg_id}
    named = {name: value for name, value in wanted.items() if value is not None}
    with ws.store.reading() as tx:
        return tx.planner.disruptions.latest("happened_on", most=most, **named)


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


def export_disruptions(ws: Workspace) -> str:
    """The whole log as CSV text, oldest event first."""
    with ws.store.reading() as tx:
        return disruption_log(
            sorted(tx.planner.disruptions.all(), key=lambda each: each.happened_on),
            prompts=impact_prompts(),
            codes={ocg.id: ocg.code for ocg in tx.planner.ocgs.all()},
            places={place.id: place.name for place in tx.places.all()},
        )


def import_disruptions(ws: Workspace, sources: Sources, *, by: str) -> ImportOutcome:
    """Add the events of a log, whole or not at all; those known by reference stay as they are."""
    signature = signed(ws, by, "Imported from a list")
    with ws.store.writing() as tx:
        subjects = _Subjects(tx)
        reading = read_disruptions(sources, known=subjects.known, today=ws.today())
        earlier = tx.journal.find_import(reading.kind, reading.sha256)
        if earlier is not None:
            return unchanged(reading.report, earlier)
        in_log = tx.planner.disruptions.all()
        known = {each.reference for each in in_log} | {each.id for each in in_log}
        added = 0
        for row in reading.frame.to_dict("records"):
            if row["reference"] and row["reference"] in known:
                continue
            event = subjects.disruption({str(name): value for name, value in row.items()})
            keep(tx.planner.disruptions, event.checked(), signature=signature)
            added += 1
        record(ws, tx, reading.report, sha256=reading.sha256, is_sample=False)
    already = reading.report.kept - added
    return ImportOutcome(
        True,
        f"Added {added:,} disruptions; {already:,} were in the log already by their reference",
        reading.report,
    )


def get_disruption(ws: Workspace, disruption_id: str) -> Disruption:
    """One event; Refusal when it is not there."""
    with ws.store.reading() as tx:
        return existing(tx.planner.disruptions, disruption_id)


class _Subjects:
    """Groups and places by the names a list calls them."""

    def __init__(self, tx: Transaction) -> None:
        self._ocgs = {ocg.code: ocg.id for ocg in tx.planner.ocgs.all()}
        self._places = {place.name: place.id for place in tx.places.all()}

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
