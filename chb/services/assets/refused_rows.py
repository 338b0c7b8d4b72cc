"""Refused rows as a list to correct and import again: as they were, and why they were refused."""

from __future__ import annotations

import json
from typing import Final

import pandas as pd

from chb.domain.spreadsheet_text import marked
from chb.exports.listing import csv_listing
from chb.exports.manifest import ExportManifest
from chb.services.assets.previews import AssetPreview
from chb.sources.column_maps import REFUSED_BECAUSE

_ABOUT: Final = (REFUSED_BECAUSE, "what to do", "file", "row")
_NOTES: Final = (
    "These rows were not imported. Correct them and import this file: the columns from"
    f" '{REFUSED_BECAUSE}' on are not read.",
)


def refused_csv(preview: AssetPreview, *, manifest: ExportManifest | None = None) -> bytes:
    """The refused rows under their own headings, with the reason beside each; UTF-8 with a mark.

    A cell that a spreadsheet would compute is marked, and read without the mark again. The
    columns of a manifest come after the reasons.
    """
    rows = [json.loads(cells) for cells in preview.refused["cells"]]
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    listed = [
        [*(str(row.get(heading, "")) for heading in headings), *_about(entry)]
        for row, (_, entry) in zip(rows, preview.refused.iterrows(), strict=True)
    ]
    header = [*map(marked, headings), *_ABOUT]
    text = csv_listing(header, listed, notes=_NOTES, manifest=manifest)
    return text.encode("utf-8-sig", "replace")


def _about(entry: pd.Series) -> list[str]:
    return [entry["reason"], entry["remedy"], entry["file_name"], str(entry["line"])]
