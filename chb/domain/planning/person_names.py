"""Does a text seem to name a person? A heuristic that warns; it neither proves nor clears.

It looks for four things: a title before a capitalised word; two or more capitalised
words in a row that are not known to name places, bodies or days; a date of birth;
a telephone number or e-mail address. It misses a lone first name and names typed
without capitals, and it suspects unknown streets and brands: so it asks, and the
sender answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

_TITLES: Final = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame"})
_WORD_OR_STOP: Final = re.compile("[^\\W\\d_]+(?:['\u2019-][^\\W\\d_]+)*|[^\\s\\w]|\\d+")
_BIRTH: Final = re.compile(r"\b(?:born|dob|d\.o\.b\.?)\b[^.\n]{0,12}\d", re.IGNORECASE)
_CONTACT: Final = re.compile(r"\b0\d{2,4}[ -]?\d{3}[ -]?\d{3,4}\b|[\w.+-]+@[\w-]+\.[\w.]+")

_NOT_NAMES: Final = frozenset(
    re.findall(
        r"\S+",
        """
        a academy alley and april arcade arms association august authority avenue bank
        bay beach bridge brigade bus cafe cathedral cemetery centre chapel charity
        children christmas church city clear close club college community company co-op
        corner council court crescent december district drive east easter estate farm
        february fire food forest friday gardens garage gate gp green grove hall health
        hill hold home homes hospital hotel house housing hub in inn january july june
        junction lane library lodge march market may mayor mews mill monday mosque
        museum new nhs north november nursery october of old on park parade pier place
        plaza police port primary promenade public quay queen's read retail rise rescue
        river road row royal rspca saint saturday school secondary september service
        services shop shopping since south square st station street summer sunday
        surgery team temple terrace the this thursday town trading trust tuesday union
        university unit upper village walk ward way we wednesday west wharf winter yard
        youth
        """,
    )
)
"""Words that mark a place, a body, a day or the start of a sentence."""


@dataclass(frozen=True)
class NameWarning:
    """Words that look like a person, and why."""

    words: str
    why: str


def name_warnings(text: str, *, known: Iterable[str] = ()) -> tuple[NameWarning, ...]:
    """What in the text may name a person; ``known`` are local names that do not."""
    local = {word.casefold() for name in known for word in name.split()}
    found = [
        *_capitalised(text, local | _NOT_NAMES),
        *(NameWarning(match[0], "a date of birth") for match in _BIRTH.finditer(text)),
        *(
            NameWarning(match[0], "a telephone number or e-mail address")
            for match in _CONTACT.finditer(text)
        ),
    ]
    return tuple(dict.fromkeys(found))


def _capitalised(text: str, not_names: set[str] | frozenset[str]) -> Iterator[NameWarning]:
    """Runs of capitalised words that hold a title, or no word that marks something else."""
    # The full stop of a title does not end its run.
    tokens = _WORD_OR_STOP.findall(re.sub(r"\b(Mrs?|Ms|Mx|Dr)\.", r"\1", text))
    for is_capitalised, group in groupby(tokens, key=_is_capitalised):
        run = list(group)
        if not is_capitalised or len(run) < 2:
            continue
        lowered = [word.casefold() for word in run]
        if _TITLES.intersection(lowered[:-1]):
            yield NameWarning(" ".join(run), "a title before a name")
        elif not not_names.intersection(lowered):
            yield NameWarning(" ".join(run), "capitalised words in a row")


def _is_capitalised(word: str) -> bool:
    """A capital, then something smaller: abbreviations and headings are not names."""
    return word[0].isupper() and not word.isupper()
