"""Codes of statistical areas: how they look, which vintage a header names, whose they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from chb.domain.refusal import Refusal
from chb.sources.account import Account, AnyFrame

AREA_CODE: Final = re.compile(r"[A-Z]\d{8}")
LSOA_CODE: Final = re.compile(r"[A-Z]01\d{6}")
COUNTRIES: Final = {"E": "England", "W": "Wales", "S": "Scotland", "N": "Northern Ireland"}


@dataclass(frozen=True)
class LsoaColumn:
    """The column that holds LSOA codes, and the census year its header names, if it does."""

    header: str
    vintage: str


def find_lsoa_column(headers: Sequence[str], source: str) -> LsoaColumn:
    """The column of LSOA codes; Refusal naming the columns there are."""
    for header in headers:
        words = header.casefold().replace("_", " ")
        match = re.search(r"lsoa\D*(?:20)?(11|21)?\D*(?:20)?(11|21)?", words)
        if match and "name" not in words and not words.endswith("nm"):
            year = match[1] or match[2]
            return LsoaColumn(header, f"20{year}" if year else "")
    raise Refusal(
        f"{source} has no column of LSOA codes",
        found=f"The columns are {', '.join(headers[:12])}",
        cause="It may be a table of wards or districts",
        remedy="Use the table by Lower layer Super Output Area",
    )


def country_of(code: str) -> str:
    """The country a code belongs to, by its first letter."""
    return COUNTRIES.get(code[:1], "")


def code_rows(
    frame: AnyFrame,
    column: str,
    account: Account,
    *,
    pattern: re.Pattern[str] = AREA_CODE,
    what: str = "code",
) -> AnyFrame:
    """The frame without rows whose code is missing or malformed; these are refused."""
    return account.without(
        frame,
        ~frame[column].str.fullmatch(pattern.pattern).astype(bool),
        f"The {what} is missing or malformed",
        show=column,
        remedy="Use nine-character codes such as E01012571",
    )


def lsoa_rows(frame: AnyFrame, account: Account) -> AnyFrame:
    """The frame with one row for each well-formed ``lsoa_code``; the others are refused."""
    frame = code_rows(frame, "lsoa_code", account, pattern=LSOA_CODE, what="LSOA code")
    return account.without_repeats(frame, "lsoa_code", "LSOA code")
