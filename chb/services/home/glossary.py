"""The words of the work, for a page to look them up."""

from __future__ import annotations

from chb.domain.glossary import GlossaryTerm, found_terms
from chb.sources.glossary import glossary_terms


def groups() -> tuple[str, ...]:
    """Groups of terms, in the order of the table."""
    return tuple(dict.fromkeys(term.group for term in glossary_terms()))


def look_up(wanted: str = "", *, group: str = "") -> tuple[GlossaryTerm, ...]:
    """Terms that hold every word looked for, of one group or all; all terms for no word."""
    terms = (term for term in glossary_terms() if group in ("", term.group))
    return found_terms(terms, wanted)
