"""Indices of deprivation: England 2015 to 2025, Wales, by the publishers' own headers.

England and Wales are on scales of their own and the editions on areas of their
own: one file is one edition, and nothing here ever joins two.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from chb.domain.refusal import Refusal
from chb.sources.account import Account
from chb.sources.attributions import OPEN_GOVERNMENT
from chb.sources.codes import COUNTRIES, find_lsoa_column, lsoa_rows
from chb.sources.files import Sources, only_file
from chb.sources.numbers import number_rows
from chb.sources.reading import DEPRIVATION_COLUMNS, Reading
from chb.sources.tables import Table, account_of, read_table

_DOMAINS: Final = (  # the first that a header begins with
    ("income deprivation affecting children", "idaci"),
    ("income deprivation affecting older", "idaopi"),
    ("index of multiple deprivation", "imd"),
    ("imd", "imd"),
    ("income", "income"),
    ("employment", "employment"),
    ("education", "education"),
    ("health", "health"),
    ("crime", "crime"),
    ("barriers to housing", "housing"),
    ("housing", "housing"),
    ("living environment", "living_environment"),
    ("access", "access"),
    ("environment", "physical_environment"),
)
_SCORES: Final = (0.0, 100.0)
"""Of the overall index, as its publishers combine it; each domain has a scale of its own."""
_HEADER: Final = re.compile(r"(?P<domain>.*?)\b(?P<measure>score|rank|decile)\b")
_DISTRICT_YEAR: Final = re.compile(r"local authority district code \((\d{4})\)")


@dataclass(frozen=True)
class Edition:
    """One published index: its areas and how many ranks it has."""

    title: str
    country: str
    vintage: str
    n_areas: int


# Counts of areas: MHCLG (IoD 2015, 2019, 2025) and the Welsh Government (WIMD 2019, 2025).
IOD_2025: Final = Edition("IoD 2025", "England", "2021", 33_755)
IOD_2019: Final = Edition("IoD 2019", "England", "2011", 32_844)
IMD_2019: Final = Edition("IMD 2019", "England", "2011", 32_844)
IMD_2015: Final = Edition("IMD 2015", "England", "2011", 32_844)
WIMD_2019: Final = Edition("WIMD 2019", "Wales", "2011", 1_909)
WIMD_2025: Final = Edition("WIMD 2025", "Wales", "2021", 1_917)


def read_deprivation(sources: Sources) -> Reading[pd.DataFrame]:
    """Read one index, CSV or workbook.

    The frame has DEPRIVATION_COLUMNS and, for each domain found, its score, rank
    and decile. Raises Refusal when the file has no LSOA codes, no rank and no
    score of the overall index, or mixes countries.
    """
    file = only_file(sources)
    table = read_table(file, fits=_fits)
    area = find_lsoa_column(table.headers, table.name)
    measures = _measures(table)
    account = account_of("deprivation", table)
    frame = table.frame.rename(columns={area.header: "lsoa_code", **measures})
    frame = lsoa_rows(frame[["lsoa_code", *measures.values()]], account)
    edition = _edition(frame, table.headers, area.vintage, list(measures.values()), table.name)
    frame = _measured(frame, list(measures.values()), edition, account)
    return Reading(
        kind="deprivation",
        name=edition.title,
        frame=_complete(frame),
        report=account.report(kept=len(frame)),
        sha256=file.sha256,
        attribution=OPEN_GOVERNMENT,
        details={
            "edition": edition.title,
            "vintage": edition.vintage,
            "country": edition.country,
        },
    )


def column_of(header: str) -> str:
    """Our name of a publisher's header, as ``income_score``; empty for any other column."""
    words = header.casefold().replace("_", " ").strip()
    match = _HEADER.match(words)
    if match is None or "sub-domain" in words:
        return ""
    domain = next((ours for begin, ours in _DOMAINS if match["domain"].startswith(begin)), "")
    return f"{domain}_{match['measure']}" if domain else ""


def _fits(headers: Sequence[str]) -> int:
    return sum(bool(column_of(header)) or "lsoa" in header.casefold() for header in headers)


def _measures(table: Table) -> dict[str, str]:
    """Header to our name; Refusal when the overall index is not among them."""
    found: dict[str, str] = {}
    for header in table.headers:
        name = column_of(header)
        if name and name not in found.values():
            found[header] = name
    if not {"imd_rank", "imd_score"} & set(found.values()):
        raise Refusal(
            f"{table.name} has neither a score nor a rank of multiple deprivation",
            found=f"The columns are {', '.join(table.headers[:12])}",
            cause="It is probably another table of the same publisher",
            remedy="Use File 7 of the Indices of Deprivation (all scores, ranks and deciles)",
        )
    return found


def _edition(
    frame: pd.DataFrame, headers: Sequence[str], vintage: str, measures: list[str], source: str
) -> Edition:
    letters = sorted(set(frame["lsoa_code"].str[0]))
    countries = [COUNTRIES.get(letter, letter) for letter in letters]
    if len(letters) > 1:
        raise Refusal(
            f"{source} mixes countries: {' and '.join(countries)}",
            cause="Each country ranks its own areas: the numbers cannot be compared",
            remedy="Import each country's index on its own",
        )
    country = countries[0] if countries else "England"
    if country == "Wales":
        return WIMD_2025 if vintage == "2021" else WIMD_2019
    if country in ("Scotland", "Northern Ireland"):
        raise Refusal(f"{source} is of {country}", remedy="Only England and Wales are covered")
    if vintage == "2021":
        return IOD_2025
    years = [match[1] for header in headers if (match := _DISTRICT_YEAR.match(header.casefold()))]
    if years and years[0] < "2019":
        return IMD_2015
    return IMD_2019 if all(name.startswith("imd_") for name in measures) else IOD_2019


def _measured(
    frame: pd.DataFrame, measures: list[str], edition: Edition, account: Account
) -> pd.DataFrame:
    """The frame with numbers, rows refused whose rank or decile cannot be."""
    limits = {"rank": (1.0, float(edition.n_areas)), "decile": (1.0, 10.0)}
    for name in measures:
        overall = name.startswith("imd_")
        low, high = limits.get(name.rpartition("_")[2], _SCORES if overall else (-np.inf, np.inf))
        frame = number_rows(
            frame, name, account, lowest=low, highest=high, required=overall, key="lsoa_code"
        )
    return frame


def _complete(frame: pd.DataFrame) -> pd.DataFrame:
    """The promised columns first, NaN where the file has none, then the domains."""
    absent = {name: np.nan for name in DEPRIVATION_COLUMNS if name not in frame.columns}
    rest = [name for name in frame.columns if name not in DEPRIVATION_COLUMNS]
    return frame.assign(**absent)[[*DEPRIVATION_COLUMNS, *rest]].reset_index(drop=True)
