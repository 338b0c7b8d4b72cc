"""Importing assets: read in the child, look at what will happen, confirm; one undo takes it back.

Nothing is stored by looking. A row of a list is known again by the list's name and the id it
has there; one that was merged into another asset stays merged when the list comes again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import pandas as pd

from chb.domain.access.permissions import Permission
from chb.domain.assets.batches import AssetBatch, BatchKind
from chb.domain.assets.register import Asset
from chb.domain.refusal import Refusal
from chb.services.access.rules import needs
from chb.services.assets.batches import existing_batch, keep_batch
from chb.services.assets.likeness import Likeness, alike, alike_within
from chb.services.assets.postcode_positions import located
from chb.services.assets.previews import (
    AssetPreview,
    Decision,
    LikelyMatch,
    PreviewRow,
    RowState,
)
from chb.services.assets.register import check_asset
from chb.services.assets.resolving import resolved
from chb.services.assets.rows import asset_of, asset_rows, brought_up
from chb.services.loading import limited, told
from chb.services.planning.keeping import signed
from chb.services.progress import ProgressReport, silent
from chb.services.requests import new_id, once
from chb.services.workspace import Workspace
from chb.sources.column_maps import ColumnMap
from chb.sources.files import Sources
from chb.sources.reading import REFUSED_ROW_COLUMNS, AssetReading
from chb.store.journal import ImportRecord
from chb.store.store import Transaction

_STEPS: Final = 4
_MOST_MATCHES: Final = 5


@dataclass(frozen=True)
class ImportOutcome:
    """What a confirmed import did; ``batch`` is what undoing takes, None where nothing changed."""

    batch: AssetBatch | None
    n_merged: int
    n_left_out: int
    message: str


@dataclass(frozen=True)
class _Register:
    """What the register holds that rows are compared with: nothing of the sample place."""

    by_source: dict[tuple[str, str], Asset]
    open: tuple[Asset, ...]


@needs(Permission.MANAGE_ASSETS)
def preview_assets(
    ws: Workspace,
    sources: Sources,
    *,
    kind: str | None = None,
    column_map: ColumnMap | None = None,
    progress: ProgressReport = silent,
) -> AssetPreview:
    """Read lists of assets and say what confirming would do; nothing is stored.

    ``kind`` is what assets are that do not say; a column map is used for lists with its
    headings, and those that were remembered for theirs. Raises Refusal for what cannot be
    read at all; a list of which no row can be used is a preview that refuses every row.
    """
    progress(0, _STEPS, "Reading")
    with ws.reading() as tx:
        maps = tx.asset_column_maps.all()
    if column_map is not None:
        maps[column_map.fingerprint] = dict(column_map.columns)
    reading = limited.survey_assets(sources, today=ws.today(), kind=kind, maps=maps)
    progress(1, _STEPS, "Locating by postcode")
    with ws.reading() as tx:
        placed, refused = located(tx, reading)
        register = _register(tx)
    progress(2, _STEPS, "Comparing with what is here")
    content = _content(reading, kind, maps)
    with told.checked(reading.name):
        rows, unkeepable = _rows(ws, replace(reading, sha256=content), placed, register)
    progress(3, _STEPS, "Looking for duplicates")
    rows = _with_likely(rows, register)
    progress(_STEPS, _STEPS, "Done")
    return AssetPreview(
        title=reading.name,
        token=content,
        attribution=reading.attribution,
        report=reading.report,
        rows=rows,
        refused=pd.concat([reading.refused_rows, refused, unkeepable], ignore_index=True),
    )


@needs(Permission.MANAGE_ASSETS)
def confirm_assets(
    ws: Workspace,
    preview: AssetPreview,
    *,
    decisions: Mapping[int, Decision] | None = None,
    by: str,
    request_key: str = "",
) -> ImportOutcome:
    """Store what the preview showed, with a decision on each likely duplicate, as one batch.

    Raises Refusal, and stores nothing, when a likely duplicate is not decided, or when the
    register changed meanwhile so that the preview is not what would happen.
    """
    plan = resolved(preview, decisions or {})
    if plan.is_empty:
        return ImportOutcome(None, 0, plan.n_left_out, f"Nothing changed: {preview.sentence}")
    signature = signed(ws, by, f"Imported {preview.title}")

    def make() -> str:
        _refuse_changed(tx, preview)
        batch_id = keep_batch(tx, plan.changes, BatchKind.IMPORT, signature)
        known = tx.asset_pairs.all()
        for pair in plan.apart - known:
            tx.asset_pairs.add(pair, by=signature.by, at=signature.at)
        tx.journal.add_import(_record(ws, preview))
        return batch_id

    with ws.writing() as tx:
        batch = existing_batch(tx, once(tx, request_key, make, now=signature.at))
    n_added = batch.n_added - plan.n_merged
    return ImportOutcome(
        batch,
        plan.n_merged,
        plan.n_left_out,
        f"Imported {preview.title}: {n_added:,} added, {plan.n_merged:,} merged,"
        f" {batch.n_changed:,} changed, {plan.n_left_out:,} left out,"
        f" {preview.n_refused:,} refused",
    )


def _register(tx: Transaction) -> _Register:
    samples = {id_ for id_, state in tx.assets.states().items() if state.is_sample}
    known = tx.assets.known_sources()
    own = {each.id: each for each in tx.assets.all() if each.id not in samples}
    by_source = {source: own[id_] for source, id_ in known.items() if id_ in own}
    return _Register(by_source, tuple(each for each in own.values() if each.is_open))


def _rows(
    ws: Workspace, reading: AssetReading, placed: pd.DataFrame, register: _Register
) -> tuple[tuple[PreviewRow, ...], pd.DataFrame]:
    """Rows that can be kept, and those that cannot, with REFUSED_ROW_COLUMNS."""
    kept: list[PreviewRow] = []
    refused: list[dict[str, Any]] = []
    for row in asset_rows(placed):
        try:
            read = asset_of(row, source=reading.name, sha256=reading.sha256).checked()
            check_asset(ws, read)
        except Refusal as refusal:
            found = f"{refusal.wrong}. {refusal.found}".removesuffix(". ")
            refused.append(row | {"reason": found, "remedy": refusal.remedy})
            continue
        kept.append(_row(len(kept), row, read, register))
    frame = pd.DataFrame(refused, columns=list(REFUSED_ROW_COLUMNS))
    return tuple(kept), frame.astype({"line": "int64"})


def _row(number: int, row: Mapping[str, Any], read: Asset, register: _Register) -> PreviewRow:
    stored = register.by_source.get((read.source, read.source_id))
    flags = tuple(filter(None, row["flags"].split("; ")))
    at = {"number": number, "file_name": row["file_name"], "line": int(row["line"])}
    if stored is None:
        new = replace(read, id=new_id())
        return PreviewRow(**at, state=RowState.NEW, asset=new, flags=flags)
    is_same = stored.merged_into or stored.source_sha256 == read.source_sha256
    newer = stored if is_same else brought_up(stored, read)
    state = RowState.UNCHANGED if newer == stored else RowState.UPDATED
    return PreviewRow(**at, state=state, asset=newer, stored=stored, flags=flags)


def _with_likely(rows: tuple[PreviewRow, ...], register: _Register) -> tuple[PreviewRow, ...]:
    """The rows, those that are new and like another asset saying which."""
    new = [row for row in rows if row.state == RowState.NEW]
    assets = [row.asset for row in new]
    likely: dict[int, list[LikelyMatch]] = {}
    for found in alike(assets, register.open):
        match = _match(found, register.open[found.other])
        likely.setdefault(new[found.one].number, []).append(match)
    for found in alike_within(assets):
        earlier = new[found.one]
        match = replace(_match(found, earlier.asset), earlier_row=earlier.number)
        likely.setdefault(new[found.other].number, []).append(match)
    return tuple(
        replace(row, state=RowState.LIKELY_DUPLICATE, likely=_best(likely[row.number]))
        if row.number in likely
        else row
        for row in rows
    )


def _match(found: Likeness, asset: Asset) -> LikelyMatch:
    return LikelyMatch(asset, found.score, found.reason)


def _best(matches: list[LikelyMatch]) -> tuple[LikelyMatch, ...]:
    return tuple(sorted(matches, key=lambda each: -each.score)[:_MOST_MATCHES])


def _content(reading: AssetReading, kind: str | None, maps: Mapping[str, Mapping[str, str]]) -> str:
    """Fingerprint of the content and of what was said of it; the content's own if nothing was."""
    used = {name: dict(maps[name]) for name in reading.details if name in maps}
    if kind is None and not used:
        return reading.sha256
    words = json.dumps([reading.sha256, kind, used], sort_keys=True)
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def _refuse_changed(tx: Transaction, preview: AssetPreview) -> None:
    """Refusal when a row that was new is in the register by now: somebody confirmed it before."""
    known = tx.assets.known_sources()
    there = [
        row.asset.name
        for row in preview.rows
        if row.stored is None and (row.asset.source, row.asset.source_id) in known
    ]
    if there:
        raise Refusal(
            "The register changed since the preview, so nothing was imported",
            found=f"{len(there):,} rows that were new are in it now, the first {there[0]!r}",
            cause="The same list was probably imported by somebody else",
            remedy="Look at the preview again",
        )


def _record(ws: Workspace, preview: AssetPreview) -> ImportRecord:
    return ImportRecord(
        kind=preview.report.kind,
        source_name=preview.report.source,
        source_sha256=preview.token,
        is_sample=False,
        report=preview.report.as_dict() | {"attribution": preview.attribution},
        imported_at=ws.now(),
    )
