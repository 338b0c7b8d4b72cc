"""Words of the work, as the glossary explains them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class GlossaryTerm:
    """One row of ``data/reference/glossary.csv``; the meaning is in our own words."""

    term: str
    group: str
    meaning: str
    source: str
    """Section of the guidance, or another public document; or says that the word is ours."""
    also: str
    """Other words it is found by, separated by semicolons."""

    def holds(self, wanted: str) -> bool:
        """Whether every word that is looked for is somewhere in it, in any case."""
        text = f"{self.term} {self.also} {self.meaning}".casefold()
        return all(word in text for word in wanted.casefold().split())


def found_terms(terms: Iterable[GlossaryTerm], wanted: str) -> tuple[GlossaryTerm, ...]:
    """Terms that hold what is looked for, those named so first, each part by the alphabet."""
    found = [term for term in terms if term.holds(wanted)]
    return tuple(sorted(found, key=lambda term: (not _is_named(term, wanted), _sorted_by(term))))


def _is_named(term: GlossaryTerm, wanted: str) -> bool:
    return wanted.strip().casefold() in f"{term.term};{term.also}".casefold()


def _sorted_by(term: GlossaryTerm) -> str:
    return term.term.casefold()
