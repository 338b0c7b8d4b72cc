"""Columns whose values are words of the domain, or text that must be there."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from chb.sources.account import Account, AnyFrame
from chb.sources.columns import spoken
from chb.sources.text import clean_text


def text_rows(
    frame: AnyFrame, column: str, account: Account, *, longest: int, required: bool = True
) -> AnyFrame:
    """The frame with the column as clean text; blank (if required) and long ones refused."""
    words = spoken(column)
    frame = frame.assign(**{column: frame[column].map(clean_text).astype("str")})
    if required:
        blank = frame[column] == ""
        reason = f"The {words} is missing"
        frame = account.without(frame, blank, reason, show=None, remedy="Fill it in")
    return account.without(
        frame,
        frame[column].str.len() > longest,
        f"The {words} is longer than {longest} characters",
        show=column,
        remedy="Shorten it",
    )


def word_rows(frame: AnyFrame, column: str, account: Account, words: Iterable[str]) -> AnyFrame:
    """The frame with the column as one of the words, whatever its case; others refused."""
    known = {word.casefold(): word for word in words}
    given = frame[column].map(clean_text).str.casefold().str.replace("_", " ")
    unknown = ~given.isin(list(known))
    first = given[unknown].iloc[0] if unknown.any() else ""
    near = get_close_matches(first, known, n=1)
    frame = account.without(
        frame,
        unknown,
        f"The {spoken(column)} is not one of: {', '.join(known.values())}",
        show=column,
        remedy=f"The nearest is {str(known[near[0]])!r}" if near else "Use one of these words",
    )
    return frame.assign(**{column: given.loc[frame.index].map(known).astype("str")})
