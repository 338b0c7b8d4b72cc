"""Bringing data in: read, check, then keep all of it in one transaction or none.

A second import of the same content changes nothing and says so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

import pandas as pd

from chb.domain.access.permissions import Permission
from chb.domain.quality import QualityReport
from chb.domain.wording import plural
from chb.services.access.rules import needs
from chb.services.loading.accounts import may_know_of_import
from chb.services.loading.expecting import loaded_already
from chb.services.loading.limited import (
    read_assets,
    read_boundaries,
    read_context,
    read_deprivation,
    read_lookup,
    read_ocg_locations,
    read_people,
    read_population,
    read_postcodes,
)
from chb.services.loading.records import keep_assets, keep_locations, keep_people
from chb.services.loading.vintages import refuse_mismatch
from chb.services.planning.keeping import signed
from chb.services.workspace import Workspace
from chb.sources.context import ContextLayer
from chb.sources.files import Sources
from chb.sources.layer_kinds import LayerKind
from chb.sources.reading import Reading
from chb.store.journal import ImportRecord
from chb.store.store import Transaction


@dataclass(frozen=True)
class ImportOutcome:
    """What an import did."""

    changed: bool
    message: str
    report: QualityReport

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {"changed": self.changed, "message": self.message, **self.report.as_dict()}


_LONGEST_IMPORT: Final = timedelta(hours=1)

AnyReading = Reading[Any]
Keep = Callable[[Transaction, AnyReading], None]


@needs(Permission.LOAD_DATA)
def import_boundaries(
    ws: Workspace, sources: Sources, *, layer: LayerKind, is_sample: bool = False
) -> ImportOutcome:
    """Load areas of one kind: lsoa, district, csp or ward."""
    return _import_frame(ws, read_boundaries(sources, kind=layer), is_sample=is_sample)


@needs(Permission.LOAD_DATA)
def import_deprivation(
    ws: Workspace, sources: Sources, *, is_sample: bool = False
) -> ImportOutcome:
    """Load an edition of deprivation; refused when its codes are not those of the boundaries."""
    reading = read_deprivation(sources)
    with ws.reading() as tx:
        refuse_mismatch(tx, reading, is_sample=is_sample)
    return _import_frame(ws, reading, is_sample=is_sample)


@needs(Permission.LOAD_DATA)
def import_population(ws: Workspace, sources: Sources, *, is_sample: bool = False) -> ImportOutcome:
    """Load residents by LSOA."""
    return _import_frame(ws, read_population(sources), is_sample=is_sample)


@needs(Permission.MANAGE_ASSETS)
def import_postcodes(ws: Workspace, sources: Sources) -> ImportOutcome:
    """Load where postcodes are, for lists of assets that give no other position."""
    return _import_frame(ws, read_postcodes(sources), is_sample=False)


@needs(Permission.LOAD_DATA)
def import_lookup(ws: Workspace, sources: Sources) -> ImportOutcome:
    """Load a lookup between kinds or vintages of areas."""
    return _import_frame(ws, read_lookup(sources), is_sample=False)


@needs(Permission.LOAD_DATA)
def import_context(
    ws: Workspace, sources: Sources, *, layer: ContextLayer, is_sample: bool = False
) -> ImportOutcome:
    """Load a layer of the basemap: roads, water, green or place-names."""
    return _import_frame(ws, read_context(sources, layer=layer), is_sample=is_sample)


@needs(Permission.LOAD_DATA)
def import_assets(
    ws: Workspace, sources: Sources, *, kind: str | None = None, is_sample: bool = False
) -> ImportOutcome:
    """Load community assets; one already loaded from the same source is brought up to date.

    ``kind`` is what the assets are, where the file does not say.
    """

    reading = read_assets(sources, today=ws.today(), kind=kind)
    if kind is not None:  # the same list under another kind is other content
        reading = replace(reading, sha256=_fingerprint(reading.sha256, kind))

    def keep(tx: Transaction, new: AnyReading) -> None:
        signature = signed(ws, ws.scope.name or ws.scope.person, new.name)
        keep_assets(tx, new, signature=signature, is_sample=is_sample)

    def is_there(tx: Transaction) -> bool:
        """Whether it is in the register still: its import may have been undone since."""
        return tx.assets.holds_content(reading.sha256)

    return _import(ws, reading, keep, is_sample=is_sample, is_there=is_there)


@needs(Permission.LOAD_DATA)
def import_ocg_locations(
    ws: Workspace, sources: Sources, *, is_sample: bool = False
) -> ImportOutcome:
    """Load locations of organised crime groups, by code."""

    def keep(tx: Transaction, reading: AnyReading) -> None:
        keep_locations(tx, reading, is_sample=is_sample)

    return _import(ws, read_ocg_locations(sources), keep, is_sample=is_sample)


@needs(Permission.ADMINISTER)
def import_people(ws: Workspace, sources: Sources, *, is_sample: bool = False) -> ImportOutcome:
    """Load people of the partnership, one per work address."""

    def keep(tx: Transaction, reading: AnyReading) -> None:
        keep_people(tx, reading, is_sample=is_sample)

    return _import(ws, read_people(sources), keep, is_sample=is_sample)


def unchanged(
    report: QualityReport, earlier: ImportRecord, *, in_full: bool = True
) -> ImportOutcome:
    """The outcome of importing what is already there; ``in_full`` says when, and from what."""
    told = (
        f"was imported on {earlier.imported_at:%d %B %Y at %H:%M} UTC from {earlier.source_name}"
        if in_full
        else "is loaded already"
    )
    return ImportOutcome(False, f"Nothing changed: this very content {told}", report)


@needs(Permission.LOAD_DATA)
def record(
    ws: Workspace,
    tx: Transaction,
    report: QualityReport,
    *,
    sha256: str,
    is_sample: bool,
    attribution: str = "",
) -> None:
    """Keep the account of an import in the journal."""
    tx.journal.add_import(
        ImportRecord(
            kind=report.kind,
            source_name=report.source,
            source_sha256=sha256,
            is_sample=is_sample,
            report=report.as_dict() | {"attribution": attribution},
            imported_at=ws.now(),
        )
    )


@needs(Permission.LOAD_DATA)
def sweep_strays(ws: Workspace, tx: Transaction) -> None:
    """Remove what an import that was killed left behind; first thing in a transaction."""
    tx.frames.sweep(older_than=ws.now() - _LONGEST_IMPORT)


def _import_frame(ws: Workspace, reading: AnyReading, *, is_sample: bool) -> ImportOutcome:
    def keep(tx: Transaction, new: AnyReading) -> None:
        frame: pd.DataFrame = new.frame
        tx.frames.put(
            frame,
            kind=new.kind,
            name=_name(new, is_sample=is_sample),
            source_name=new.report.source,
            source_sha256=new.sha256,
            is_sample=is_sample,
            attribution=new.attribution,
            details=new.details,
            imported_at=ws.now(),
        )

    def is_there(tx: Transaction) -> bool:
        """Whether it is loaded still: another may have taken its place since."""
        return loaded_already(tx, reading, is_sample=is_sample) is not None

    return _import(ws, reading, keep, is_sample=is_sample, is_there=is_there)


def _import(
    ws: Workspace,
    reading: AnyReading,
    keep: Keep,
    *,
    is_sample: bool,
    is_there: Callable[[Transaction], bool] = lambda _tx: True,
) -> ImportOutcome:
    with ws.writing() as tx:
        sweep_strays(ws, tx)
        sha256 = reading.sha256
        earlier = tx.journal.find_import(reading.kind, sha256)
        if earlier is not None and is_there(tx):
            in_full = may_know_of_import(ws.scope, reading.kind)
            return unchanged(reading.report, earlier, in_full=in_full)
        keep(tx, reading)
        record(
            ws,
            tx,
            reading.report,
            sha256=sha256,
            is_sample=is_sample,
            attribution=reading.attribution,
        )
    return ImportOutcome(
        True, f"Imported {plural(reading.report.kept, 'row')}: {reading.name}", reading.report
    )


def _fingerprint(sha256: str, kind: str) -> str:
    return hashlib.sha256(f"{sha256} {kind}".encode("utf-8", "surrogatepass")).hexdigest()


def _name(reading: AnyReading, *, is_sample: bool) -> str:
    """The sample place never takes the name of something a person loads."""
    return f"{reading.name} (synthetic)" if is_sample else reading.name
