"""The headings of a list of assets, for a person to say what its columns are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from chb.sources.asset_columns import MAPPABLE, fits
from chb.sources.column_maps import fingerprint, own_headings, propose
from chb.sources.files import Sources, only_file
from chb.sources.tables import read_table

_SHOWN_ROWS: Final = 5


@dataclass(frozen=True)
class Headings:
    """A list's headings, the first rows under them, and which column each probably is."""

    name: str
    fingerprint: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    proposed: Mapping[str, str]
    """Our column to the likeliest heading; those that nothing is like are not in it."""


def read_headings(sources: Sources) -> Headings:
    """Read the headings of one CSV or workbook; Refusal for anything else."""
    table = read_table(only_file(sources), fits=fits)
    headings = own_headings(table.headers)
    rows = table.frame.head(_SHOWN_ROWS)[list(headings)].itertuples(index=False)
    return Headings(
        name=table.name,
        fingerprint=fingerprint(headings),
        headings=headings,
        rows=tuple(tuple(map(str, row)) for row in rows),
        proposed=propose(headings, MAPPABLE),
    )
