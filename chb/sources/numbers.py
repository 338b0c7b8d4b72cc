"""Columns of numbers as people and spreadsheets write them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from chb.sources.account import Account, AnyFrame


def parse_numbers(texts: pd.Series) -> pd.Series:
    """Numbers, thousands separators allowed; NaN for blank and for anything else."""
    grouped = texts.str.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?").astype(bool)
    plain = texts.where(~grouped, texts.str.replace(",", ""))
    return pd.to_numeric(plain, errors="coerce").astype("float64")


def number_rows(
    frame: AnyFrame,
    column: str,
    account: Account,
    *,
    lowest: float = -np.inf,
    highest: float = np.inf,
    required: bool = True,
    key: str | None = None,
) -> AnyFrame:
    """The frame with the column as float64; other rows refused.

    Both limits are allowed values. A blank is NaN, or refused when ``required``.
    ``key`` is the column to quote for a blank.
    """
    words = column.replace("_", " ")
    blank = frame[column] == ""
    numbers = parse_numbers(frame[column])
    unread = ~blank & ~np.isfinite(numbers)
    beyond = np.isfinite(numbers) & ((numbers < lowest) | (numbers > highest))
    if required:
        reason = f"The {words} is missing"
        frame = account.without(frame, blank, reason, show=key, remedy="Fill it in")
    frame = account.without(
        frame,
        unread.loc[frame.index],
        f"The {words} is not a number",
        show=column,
        remedy="Write digits with a decimal point",
    )
    frame = account.without(
        frame,
        beyond.loc[frame.index],
        f"The {words} is out of range ({_span(lowest, highest)})",
        show=column,
        remedy="Correct it",
    )
    return frame.assign(**{column: numbers.loc[frame.index]})


def _span(lowest: float, highest: float) -> str:
    if highest == np.inf:
        return f"at least {lowest:,g}"
    if lowest == -np.inf:
        return f"at most {highest:,.10g}"
    return f"{lowest:,.10g} to {highest:,.10g}"
