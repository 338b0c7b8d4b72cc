"""The glossary that ships with the product."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from chb.domain.glossary import GlossaryTerm
from chb.sources.reference import REFERENCE_FOLDER


@cache
def glossary_terms(folder: Path = REFERENCE_FOLDER) -> tuple[GlossaryTerm, ...]:
    """Every term, in the order of the table."""
    with (folder / "glossary.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(GlossaryTerm(**row) for row in csv.DictReader(stream))
