"""Tasks of partner agencies as CSV, in the wording that was made for partners."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import date

from chb.domain.views.work import PartnerTask
from chb.exports.listing import csv_listing
from chb.exports.manifest import ExportManifest


def task_list(tasks: Iterable[PartnerTask], *, manifest: ExportManifest | None = None) -> str:
    """One row a task; an undated one has empty dates."""
    header = [field.name for field in fields(PartnerTask)]
    rows = ([_text(getattr(task, name)) for name in header] for task in tasks)
    return csv_listing(header, rows, manifest=manifest)


def _text(value: str | date | None) -> str:
    return value.isoformat() if isinstance(value, date) else value or ""
