"""Every version of one record: when, by whom, why, and what changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import streamlit as st

from chb.services.planning.record_versions import RecordKind, RecordVersion, versions_of
from chb.ui import cache
from chb.ui.parts.words import literal_html

_NOTHING: Final = "nothing"
_LABELS: Final = {
    "pillar": "primary P",
    "credited": "credited to",
    "is_police_led": "police-led",
    "is_adopted": "adopted from the community",
    "asset_ids": "assets used",
    "ocg_id": "OCG",
    "place_id": "place",
    "due_on": "due",
    "starts_on": "starts",
    "undeveloped": "Ps that cannot be developed",
}
"""Where the name of a column is not what people say."""

Names = Mapping[str, str]
"""What the ids in a record stand for."""


def show_versions(kind: RecordKind, record_id: str | int, names: Names | None = None) -> None:
    """The latest version first, down to the day the record was made."""
    show_compared(versions_of(cache.workspace(), kind, record_id), names)


def show_compared(versions: Sequence[RecordVersion], names: Names | None = None) -> None:
    """Versions that were read already, in their order."""
    if not versions:
        st.write("It stands as it was imported. Its versions are kept from the first edit on.")
        return
    entries = "".join(_entry(version, names or {}) for version in versions)
    st.html(f'<div data-testid="versions">{entries}</div>')


def _entry(version: RecordVersion, names: Names) -> str:
    signature = version.signature
    changed = "".join(_change(name, *values, names) for name, values in version.changes.items())
    reason = f"<p>{literal_html(signature.reason)}</p>" if signature.reason else ""
    return (
        f'<div class="hf-entry hf-old"><b>Version {version.number}</b> '
        f"<small>{signature.at:%d %B %Y, %H:%M}, {literal_html(signature.by)}</small>"
        f"{reason}{changed}</div>"
    )


def _change(name: str, before: Any, after: Any, names: Names) -> str:
    label = _LABELS.get(name, name.replace("_", " "))
    return (
        f"<p><small>{literal_html(label)}, was</small> "
        f"{literal_html(_in_words(before, names))} <small>now</small> "
        f"{literal_html(_in_words(after, names))}</p>"
    )


def _in_words(value: Any, names: Names) -> str:
    """A plain value as it lies in a version, the parts of lists and records in a row."""
    if isinstance(value, dict):
        return ", ".join(_in_words(part, names) for part in value.values() if part)
    if isinstance(value, list):
        return "; ".join(_in_words(part, names) for part in value) or _NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _NOTHING if value in (None, "") else names.get(str(value), str(value))
