"""A list as CSV text: notes above it, the manifest in every row, and no formula in any cell."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence

from chb.domain.spreadsheet_text import marked
from chb.exports.manifest import ExportManifest


def csv_listing(
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    notes: Sequence[str] = (),
    manifest: ExportManifest | None = None,
) -> str:
    """The rows under their header; each note is a line of its own that begins with "#".

    The marking of a manifest is the first of the notes. The manifest is the last, for lists
    without rows, and its columns follow those of the rows, so that rows of two lists can
    stand in one sheet.
    """
    about = {} if manifest is None else manifest.as_columns()
    above = list(notes)
    if manifest is not None:
        written = json.dumps(manifest.as_dict(), ensure_ascii=False)
        above = [f"{manifest.marking}. {manifest.handling}", *notes, f"Manifest: {written}"]
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerows([f"# {note.strip()}"] for note in above)
    writer.writerow([*header, *about])
    writer.writerows([marked(cell) for cell in (*row, *about.values())] for row in rows)
    return stream.getvalue()
