"""What an import of assets would do, in words: its cards, its changes and its refused rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields
from datetime import date
from typing import Final

import pandas as pd

from chb.domain.assets.register import Asset
from chb.domain.wording import plural
from chb.services.assets.previews import AssetPreview, PreviewRow, RowState
from chb.ui.parts.cards import Card

_NOT_SHOWN: Final = ("id", "version", "source", "source_id", "source_sha256", "recorded_at")
"""What no list says, or no person reads."""
_NAMES: Final = {
    "source_id": "id in the list",
    "opening_text": "opening hours as text",
    "sessions": "timetable",
    "outline": "area",
    "verified_on": "last verified",
    "closed": "when it closed",
    "oldest": "oldest age",
    "youngest": "youngest age",
    "accepts_referrals": "takes referrals",
    "contact_role": "contact (a role)",
}
_LONGEST: Final = 60


@dataclass(frozen=True)
class RefusedGroup:
    """Rows that were refused for one reason, with the first of them."""

    reason: str
    remedy: str
    n_rows: int
    first_row: int
    file_name: str


def field_words(name: str) -> str:
    """What a person calls a field of an asset, or a column of a list."""
    return _NAMES.get(name, name.replace("_", " "))


def cards_of(preview: AssetPreview) -> list[Card]:
    """A card for each thing that may become of a row."""
    counts = preview.counts
    return [
        Card("New", f"{counts[RowState.NEW]:,}", "will be added"),
        Card("Updated", f"{counts[RowState.UPDATED]:,}", "the list says something newer"),
        Card("Unchanged", f"{counts[RowState.UNCHANGED]:,}", "here already"),
        Card("Likely duplicates", f"{len(preview.undecided):,}", "for you to decide"),
        Card("Refused", f"{preview.n_refused:,}", "listed below with the reason"),
    ]


def flags_of(preview: AssetPreview) -> list[tuple[str, str, str]]:
    """What to look at before confirming: the flag, how many rows, and the first of them."""
    counted = Counter(flag for row in preview.rows for flag in row.flags)
    first = {flag: row for row in reversed(preview.rows) for flag in row.flags}
    return [
        (
            flag[:1].upper() + flag[1:],
            plural(number, "row"),
            f"row {first[flag].line:,}, {first[flag].asset.name}",
        )
        for flag, number in counted.most_common()
    ]


def refused_groups(preview: AssetPreview) -> list[RefusedGroup]:
    """The refused rows by reason, the commonest first."""
    by_reason: dict[tuple[str, str], list[tuple[str, int]]] = {}
    columns = ("reason", "remedy", "file_name", "line")
    for reason, remedy, file_name, line in zip(*map(preview.refused.get, columns), strict=True):
        by_reason.setdefault((reason, remedy), []).append((file_name, int(line)))
    groups = [
        RefusedGroup(reason, remedy, len(rows), rows[0][1], rows[0][0])
        for (reason, remedy), rows in by_reason.items()
    ]
    return sorted(groups, key=lambda each: -each.n_rows)


def changes_of(row: PreviewRow) -> str:
    """What an update changes, from what it is to what it will be; empty where nothing is."""
    if row.stored is None:
        return ""
    names = [each.name for each in fields(Asset) if each.name not in _NOT_SHOWN]
    changes = [(name, getattr(row.stored, name), getattr(row.asset, name)) for name in names]
    return "; ".join(
        f"{field_words(name)}: {_words(was)} becomes {_words(will_be)}"
        for name, was, will_be in changes
        if was != will_be
    )


def rows_table(rows: tuple[PreviewRow, ...], labels: dict[str, str]) -> pd.DataFrame:
    """Rows for the screen; ``labels`` are the names of the kinds."""
    table = pd.DataFrame(
        {
            "Row": [row.line for row in rows],
            "Name": [row.asset.name for row in rows],
            "Kind": [labels.get(row.asset.kind, row.asset.kind) for row in rows],
            "Where": [where(row.asset) for row in rows],
            "Sessions": [len(row.asset.sessions) for row in rows],
            "What changes": [changes_of(row) for row in rows],
            "Look at": ["; ".join(row.flags) for row in rows],
            "File": [row.file_name for row in rows],
        }
    )
    idle = [name for name in ("What changes", "Look at") if not table[name].any()]
    same_file = ["File"] if table["File"].nunique() < 2 else []
    return table.drop(columns=[*idle, *same_file])


def where(asset: Asset) -> str:
    """The address and postcode, or the position where there is neither."""
    parts = [asset.address]
    if asset.postcode not in asset.address:
        parts.append(asset.postcode)
    words = ", ".join(filter(None, parts))
    return words or f"{asset.latitude:.5f}, {asset.longitude:.5f}"


def _words(value: object) -> str:
    if isinstance(value, tuple):
        return plural(len(value), "entry", "entries") if value else "none"
    if isinstance(value, date):
        return f"{value.day} {value:%b %Y}"
    if isinstance(value, float):
        return f"{value:.5f}"
    text = "nothing" if value in ("", None) else str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
