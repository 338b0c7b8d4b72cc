"""Editions of deprivation against the boundaries that are loaded."""

from __future__ import annotations

from typing import Any

from chb.services.harm.areas import BOUNDARIES
from chb.sources.matching import check_match, match_share
from chb.sources.reading import Reading
from chb.store.store import Transaction


def refuse_mismatch(tx: Transaction, reading: Reading[Any], *, is_sample: bool) -> None:
    """Raise Refusal when LSOA boundaries are loaded and none of them fits the edition.

    Boundaries of two vintages may be loaded side by side; the edition needs to
    fit one. The sample place is judged by its own boundaries only.
    """
    loaded = [
        list(tx.frames.read(entry, ["code"])["code"])
        for entry in tx.frames.entries(BOUNDARIES)
        if entry.details.get("layer") == "lsoa" and entry.is_sample == is_sample
    ]
    if not loaded:
        return
    known = list(reading.frame["lsoa_code"])
    best = max(loaded, key=lambda codes: match_share(codes, known).share)
    check_match(best, known, what=reading.name)
