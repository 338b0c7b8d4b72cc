"""Hotspots of two periods matched by the cells they share."""

from __future__ import annotations

import pandas as pd

from chb.domain.hotspots import Succession
from chb.domain.periods import Period
from chb.domain.refusal import Refusal
from chb.services.harm.harm_panel import Ints
from geo import frames
from geo.hotspots.identity import Succession as Matched
from geo.hotspots.identity import follow


def check_earlier(earlier: Period, period: Period) -> None:
    """Raise Refusal unless the earlier period ends before the later begins."""
    if earlier.last >= period.first:
        raise Refusal(
            "The period to compare with must end before the other begins",
            found=f"{earlier} and {period}",
            cause="The two periods are probably the wrong way round, or overlap",
            remedy=f"Let the earlier one end by {period.first.plus(-1)}",
        )


def follow_hotspots(
    table: pd.DataFrame, number: Ints, *, earlier: pd.DataFrame, earlier_number: Ints
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Say of each hotspot where it came from, and of each earlier one what became of it.

    ``number`` and ``earlier_number`` are hotspots per cell from 0, -1 for none. The later
    table gains ``identity`` (the earlier hotspot's number where it continues), ``status``
    and ``earlier``; the earlier one ``identity``, ``status`` and ``later``.
    """
    matched = follow(earlier_number, number)
    names = list(earlier["name"])
    heirs = dict(zip(matched.identity.tolist(), table["name"], strict=True))
    kept = earlier.drop(columns=[frames.LONGITUDE, frames.LATITUDE])
    return table.join(_origins(matched, names)), kept.join(_fates(matched, names, heirs))


def _origins(matched: Matched, names: list[str]) -> pd.DataFrame:
    """Where each later hotspot came from."""
    absorbed: dict[int, list[str]] = {}
    for old, new in matched.merged_into.items():
        absorbed.setdefault(new, []).append(names[old])
    rows = []
    for identity, is_new in zip(matched.identity.tolist(), matched.is_new, strict=True):
        split_from = matched.split_from.get(identity)
        parent = split_from if split_from is not None else None if is_new else identity
        parents = [] if parent is None else [names[parent]]
        parents += absorbed.get(identity, [])
        rows.append((identity + 1, _status(split_from is not None, len(parents)), parents))
    origins = pd.DataFrame(rows, columns=["identity", "status", "earlier"])
    return origins.assign(earlier=[", ".join(parents) for parents in origins["earlier"]])


def _status(is_split: bool, n_parents: int) -> str:
    if is_split:
        return str(Succession.SPLIT)
    if n_parents > 1:
        return str(Succession.MERGED)
    return str(Succession.CONTINUES if n_parents else Succession.NEW)


def _fates(matched: Matched, names: list[str], heirs: dict[int, str]) -> pd.DataFrame:
    """What became of each earlier hotspot; ``heirs`` are later names by identity."""
    rows = []
    for old in range(len(names)):
        heir = old if old in heirs else matched.merged_into.get(old)
        status = Succession.CONTINUES if old in heirs else Succession.MERGED
        if heir is None:
            status = Succession.GONE
        rows.append((old + 1, str(status), "" if heir is None else heirs[heir]))
    return pd.DataFrame(rows, columns=["identity", "status", "later"])
