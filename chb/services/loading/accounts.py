"""The accounts of imports: what each found, kept since, for those who may load its kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from chb.domain.access.permissions import Permission, may
from chb.domain.access.scope import Scope
from chb.domain.periods import Month
from chb.domain.quality import QualityReport, RefusedRows
from chb.services.access.rules import open_to_all
from chb.services.workspace import Workspace
from chb.store.journal import ImportRecord

OCG_LOCATIONS: Final = "ocg-locations"
_LOADS: Final = {
    **dict.fromkeys(
        (
            *("incidents", "boundaries", "deprivation", "population", "context", "lookup"),
            OCG_LOCATIONS,
        ),
        Permission.LOAD_DATA,
    ),
    **dict.fromkeys(("assets", "postcodes"), Permission.MANAGE_ASSETS),
    "people": Permission.ADMINISTER,
}
"""The permission that shows the accounts of a kind; those of other kinds are shown elsewhere."""
_COUNTS: Final = ("rows_read", "kept", "without_location", "outside_area", "repeated_ids")


@dataclass(frozen=True)
class ImportAccount:
    """One import as it was reported then; what it loaded may be gone or replaced by now."""

    kind: str
    source: str
    imported_at: datetime
    is_sample: bool
    attribution: str
    report: QualityReport


@open_to_all
def import_accounts(ws: Workspace) -> tuple[ImportAccount, ...]:
    """Every import that the person may know of, newest first; nobody else learns that it was.

    A file of OCG locations names groups: its account is for who sees every group, and holds
    counts and reasons, no row.
    """
    with ws.reading() as tx:
        records = tx.journal.imports()
    return tuple(_account(each) for each in records if _may_know(ws.scope, each.kind))


def _may_know(scope: Scope, kind: str) -> bool:
    permission = _LOADS.get(kind)
    if permission is None or not may(scope, permission):
        return False
    return may_know_of_import(scope, kind)


def may_know_of_import(scope: Scope, kind: str) -> bool:
    """Whether the person may be told when a file of the kind was imported, and its name.

    A file of OCG locations names groups: it is for who sees every group.
    """
    return kind != OCG_LOCATIONS or scope.sees_every_ocg


def _account(record: ImportRecord) -> ImportAccount:
    report = _report(record.report)
    if record.kind == OCG_LOCATIONS:
        report = replace(
            report, refused=tuple(replace(each, example="") for each in report.refused)
        )
    return ImportAccount(
        kind=record.kind,
        source=record.source_name,
        imported_at=record.imported_at,
        is_sample=record.is_sample,
        attribution=str(record.report.get("attribution", "")),
        report=report,
    )


def _report(plain: Mapping[str, Any]) -> QualityReport:
    return QualityReport(
        kind=plain["kind"],
        source=plain["source"],
        **{name: plain[name] for name in _COUNTS},
        refused=tuple(RefusedRows(**each) for each in plain["refused"]),
        months_present=tuple(map(Month.parse, plain["months_present"])),
        months_missing=tuple(map(Month.parse, plain["months_missing"])),
        notes=tuple(plain["notes"]),
    )
