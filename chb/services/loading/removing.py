"""Taking out what was loaded: wrong months, a boundary that was replaced. The account stays."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from chb.domain.access.permissions import Permission, may
from chb.domain.access.scope import Scope
from chb.domain.audit import AuditAction, AuditEntry
from chb.domain.refusal import Refusal
from chb.domain.wording import checked_text, plural
from chb.services.access.rules import needs
from chb.services.loading.freshness import LABELS
from chb.services.workspace import Workspace

REMOVED_KIND: Final = "loaded data"
"""What the audit log calls the taking out, with the reason."""


@dataclass(frozen=True)
class LoadedData:
    """One thing that can be taken out: a month of a force, a layer, an edition."""

    kind: str
    name: str
    rows: int
    imported_at: datetime


@needs(Permission.LOAD_DATA)
def removable(ws: Workspace) -> tuple[LoadedData, ...]:
    """What a person loaded, by kind and name; the sample place goes only as a whole."""
    with ws.reading() as tx:
        entries = tx.frames.entries()
    return tuple(
        LoadedData(entry.kind, entry.name, entry.n_rows, entry.imported_at)
        for entry in entries
        if not entry.is_sample and _may_remove(ws.scope, entry.kind)
    )


@needs(Permission.LOAD_DATA)
def remove_loaded(ws: Workspace, kind: str, names: Collection[str], *, reason: str) -> str:
    """Take them out, all or none; what was done in words. The files go with the next import.

    Profiles, places and plans stay: whoever opens a profile next is told what is missing.
    Raises Refusal for a name that is not loaded, or not theirs to remove.
    """
    why = checked_text(reason, what="The reason for taking it out")
    if not names:
        raise Refusal("Nothing was chosen", remedy="Choose what is to be taken out")
    with ws.writing() as tx:
        entries = {entry.name: entry for entry in tx.frames.entries(kind) if not entry.is_sample}
        missing = sorted(set(names) - set(entries))
        if missing or not _may_remove(ws.scope, kind):
            raise _gone(missing)
        for name in sorted(names):
            tx.frames.remove(kind, name)
        tx.audit.add(AuditEntry(AuditAction.ERASE, REMOVED_KIND, kind, purpose=why))
    rows = sum(entries[name].n_rows for name in names)
    return f"Taken out: {plural(len(names), 'part')} of {LABELS[kind]}, {plural(rows, 'row')}"


def _may_remove(scope: Scope, kind: str) -> bool:
    needed = Permission.MANAGE_ASSETS if kind == "postcodes" else Permission.LOAD_DATA
    return kind in LABELS and may(scope, needed)


def _gone(missing: list[str]) -> Refusal:
    first = f"The first is {missing[0]!r}" if missing else ""
    return Refusal(
        "What was to be taken out is not there, so nothing was",
        found=first,
        cause="Somebody took it out or replaced it meanwhile",
        remedy="Look at what is loaded now, and choose again",
    )
