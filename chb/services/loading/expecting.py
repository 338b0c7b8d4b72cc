"""What storing a reading would do, said before it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from chb.domain.wording import plural
from chb.sources.reading import Reading
from chb.store.frames import FrameEntry
from chb.store.store import Transaction

_KEPT_AS_RECORDS: Final = {
    "ocg-locations": "They are added to the locations that are recorded; none is removed.",
    "people": "A person whose work e-mail is known is brought up to date; none is removed.",
}


@dataclass(frozen=True)
class Expected:
    """What confirming does: a sentence, and whether it does anything."""

    sentence: str
    changes: bool = True
    needs_replace: bool = False
    """Whether it takes the place of something else, so that the person has to say so."""


def expected_of(tx: Transaction, reading: Reading[Any], *, in_full: bool = True) -> Expected:
    """What storing the reading would do to what is loaded now; not for incidents.

    ``in_full`` says when the same content was imported, where it was.
    """
    earlier = tx.journal.find_import(reading.kind, reading.sha256)
    said = _KEPT_AS_RECORDS.get(reading.kind)
    if said is not None:
        return _already(earlier.imported_at if in_full else None) if earlier else Expected(said)
    same = loaded_already(tx, reading)
    if earlier is not None and same is not None:
        return _already(same.imported_at)
    there = tx.frames.find(reading.kind, reading.name)
    if there is None:
        return Expected("It is added; nothing that is loaded changes.")
    rows = plural(there.n_rows, "row")
    return Expected(
        f"It takes the place of what is loaded under the same name: {rows}, imported on"
        f" {there.imported_at:%d %B %Y}.",
        needs_replace=True,
    )


def loaded_already(
    tx: Transaction, reading: Reading[Any], *, is_sample: bool = False
) -> FrameEntry | None:
    """What is loaded of this very content and read as the same.

    Its file may have had another name: what is downloaded twice does.
    """
    return next(
        (
            entry
            for entry in tx.frames.entries(reading.kind)
            if entry.source_sha256 == reading.sha256
            and entry.is_sample == is_sample
            and entry.details == reading.details
        ),
        None,
    )


def _already(at: datetime | None) -> Expected:
    told = f"was imported on {at:%d %B %Y}" if at else "is loaded already"
    return Expected(f"This very content {told}.", changes=False)
