"""Do two sets of area codes belong together? Below 99 % they do not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from chb.domain.refusal import Refusal
from chb.sources.codes import LSOA_CODE, country_of

LOWEST_SHARE: Final = 0.99
_MOST_NAMED: Final = 5


@dataclass(frozen=True)
class Match:
    """How many of the loaded areas a table knows, the first it lacks, and probably why."""

    share: float
    missing_first: tuple[str, ...]
    likely_cause: str


def match_share(codes_loaded: Iterable[str], codes_in_table: Iterable[str]) -> Match:
    """The share of ``codes_loaded`` that are in ``codes_in_table``; 1 when none is loaded."""
    loaded, table = set(codes_loaded), set(codes_in_table)
    missing = sorted(loaded - table)
    share = 1 - len(missing) / len(loaded) if loaded else 1.0
    cause = _likely_cause(missing, table) if missing else ""
    return Match(share, tuple(missing[:_MOST_NAMED]), cause)


def check_match(
    codes_loaded: Iterable[str],
    codes_in_table: Iterable[str],
    *,
    what: str = "The table",
    table_vintage: str = "",
    loaded_vintage: str = "",
) -> Match:
    """The match, when it is good enough to join; Refusal below 99 %.

    ``what`` names the table in the sentence, the vintages are census years when known.
    """
    match = match_share(codes_loaded, codes_in_table)
    if match.share >= LOWEST_SHARE:
        return match
    cause = match.likely_cause
    if table_vintage and loaded_vintage and table_vintage != loaded_vintage:
        cause = (
            f"The table uses LSOAs of {table_vintage} and the boundaries are of {loaded_vintage}:"
            " the wrong vintage"
        )
    raise Refusal(
        f"{what} does not belong to these areas: only {match.share:.1%} of them match,"
        f" and {LOWEST_SHARE:.0%} are needed",
        found=f"The first areas it lacks are {', '.join(match.missing_first)}",
        cause=cause,
        remedy="Use the edition made for these areas, or the boundaries made for this edition",
    )


def _likely_cause(missing: list[str], table: set[str]) -> str:
    lsoas_missing = [code for code in missing if re.fullmatch(LSOA_CODE, code)]
    if len(lsoas_missing) * 2 < len(missing):
        return "The areas are not LSOAs: their codes look different"
    countries = {country_of(code) for code in table} - {""}
    if countries and not countries & {country_of(code) for code in missing}:
        return f"The table is of another country ({', '.join(sorted(countries))})"
    return "The wrong vintage: one side uses LSOAs of 2011 and the other of 2021"
