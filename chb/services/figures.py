"""How each figure is computed: the same words wherever it is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from chb.domain.figures import FigureMeaning
from chb.sources.reference import figure_meanings


def meanings() -> Mapping[str, FigureMeaning]:
    """Every figure that is explained, by its key."""
    return {each.key: each for each in figure_meanings()}


def meanings_of(keys: Iterable[str]) -> tuple[FigureMeaning, ...]:
    """Those asked for, in that order; KeyError for a key that is not in the table."""
    return tuple(meanings()[key] for key in keys)
