"""What a figure on the screen means, how it is computed, and where that comes from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FigureMeaning:
    """One row of ``data/reference/figures.csv``.

    ``formula`` is plain text that a screen reader can say; ``source`` is a DOI, a document,
    or says that the rule is ours.
    """

    key: str
    name: str
    meaning: str
    formula: str
    source: str
