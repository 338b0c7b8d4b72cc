"""Lookups between areas: which LSOA became which, which district is in which partnership."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import pandas as pd

from chb.domain.refusal import Refusal
from chb.sources.account import Account
from chb.sources.attributions import OPEN_GOVERNMENT
from chb.sources.codes import code_rows
from chb.sources.files import Sources, only_file
from chb.sources.reading import Reading
from chb.sources.tables import account_of, read_table

_LEVELS: Final = {
    "lsoa": "lsoa",
    "msoa": "msoa",
    "wd": "ward",
    "ward": "ward",
    "lad": "ltla",
    "ltla": "ltla",
    "csp": "csp",
    "pfa": "pfa",
}
_ORDER: Final = ("lsoa", "msoa", "ward", "ltla", "csp", "pfa")
_HEADER: Final = re.compile(r"([a-z]+?)(\d\d)(cd|code|nm|name)")
_CHANGES: Final = ("changecode", "chgind", "changeindicator")


def read_lookup(sources: Sources) -> Reading[pd.DataFrame]:
    """Read one lookup; columns become ``lsoa11_code``, ``ward24_name`` and so on.

    ``details["lookup"]`` says between which areas, finest first, as
    ``lsoa11-lsoa21``. Raises Refusal when there are no two columns of codes.
    """
    file = only_file(sources)
    table = read_table(file, fits=_fits)
    names = {header: name for header in table.headers if (name := column_of(header))}
    areas = _areas(list(names.values()), table.headers, table.name)
    account = account_of("lookup", table)
    frame = table.frame[list(names)].rename(columns=names)
    frame = _coded(frame, areas, account).reset_index(drop=True)
    kind = "-".join(areas[:2] if _is_change(areas) else areas)
    return Reading(
        kind="lookup",
        name=kind,
        frame=frame,
        report=account.report(kept=len(frame)),
        sha256=file.sha256,
        attribution=OPEN_GOVERNMENT,
        details={"lookup": kind},
    )


def column_of(header: str) -> str:
    """Our name of a header such as ``LSOA21CD`` or ``csp24_name``; empty for any other."""
    words = re.sub(r"[^a-z0-9]", "", header.casefold())
    if words in _CHANGES:
        return "change_code"
    match = _HEADER.fullmatch(words)
    if match is None or match[1] not in _LEVELS:
        return ""
    return f"{_LEVELS[match[1]]}{match[2]}_{'code' if match[3].startswith('c') else 'name'}"


def _fits(headers: Sequence[str]) -> int:
    return sum(bool(column_of(header)) for header in headers)


def _areas(names: list[str], headers: Sequence[str], source: str) -> tuple[str, ...]:
    """Areas with a code column, finest and oldest first."""
    codes = [
        name.removesuffix("_code")
        for name in names
        if name.endswith("_code") and name != "change_code"
    ]
    if len(codes) < 2 or len(set(codes)) < len(codes):
        raise Refusal(
            f"{source} does not lead from one kind of area to another",
            found=f"The columns are {', '.join(headers[:12])}",
            cause="Two columns of codes with a year are needed, such as LSOA11CD and LSOA21CD",
            remedy="Use the publisher's lookup with its own headers",
        )
    return tuple(sorted(codes, key=lambda area: (_ORDER.index(area[:-2]), area)))


def _is_change(areas: tuple[str, ...]) -> bool:
    """Whether the lookup's point is how one kind of area changed."""
    return areas[0][:-2] == areas[1][:-2]


def _coded(frame: pd.DataFrame, areas: tuple[str, ...], account: Account) -> pd.DataFrame:
    for area in areas:
        frame = code_rows(frame, f"{area}_code", account, what=f"{area} code")
    return account.without(
        frame,
        frame.duplicated(),
        "The row repeats an earlier one",
        show=f"{areas[0]}_code",
        remedy="Keep one row for each pair",
    )
