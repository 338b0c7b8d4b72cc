"""Tables that were handed out, kept as they were: a table of an area and year is released once.

If figures were revised and the table made again, what is withheld could shift, and the two
editions would give each other's withheld counts away. So the first edition stays.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

from chb.domain.refusal import Refusal
from chb.services.workspace import Workspace

FOLDER: Final = "disclosures"
MOST_TABLES: Final = 10_000


@dataclass(frozen=True)
class Disclosure:
    """A released table: the figures that were given out and the cells they are of."""

    area_key: str
    year: int
    released_on: str
    figures: tuple[tuple[str, int | None], ...]
    total: int | None
    cells: frozenset[int]

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Self:
        return cls(
            area_key=values["area_key"],
            year=values["year"],
            released_on=values["released_on"],
            figures=tuple((category, number) for category, number in values["figures"]),
            total=values["total"],
            cells=frozenset(values["cells"]),
        )

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON: what was published, and nothing that was withheld."""
        return {
            "area_key": self.area_key,
            "year": self.year,
            "released_on": self.released_on,
            "figures": [list(figure) for figure in self.figures],
            "total": self.total,
            "cells": sorted(self.cells),
        }


class DisclosureLedger:
    """The released tables of one store, as files of its home. A file is made once."""

    def __init__(self, ws: Workspace) -> None:
        self._folder = ws.home / FOLDER

    def find(self, area_key: str, year: int) -> Disclosure | None:
        """The table that was released of an area and year, None when none was."""
        found = (each for each in self._of_year(year) if each.area_key == area_key)
        return next(found, None)

    def keep(self, new: Disclosure) -> Disclosure:
        """Keep a table as the one that is released, or give the one that was before it.

        Refusal when it shares cells with another released table of the year: what is in
        one and not in the other could then be worked out.
        """
        self._refuse_overlap(new)
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / self._name(new)
        draft = path.with_suffix(f".{os.getpid()}-{id(new)}.part")
        draft.write_text(json.dumps(new.as_dict()), encoding="utf-8")
        try:
            # A link is made whole or not at all, and never over another.
            os.link(draft, path)
        except FileExistsError:
            return self.find(new.area_key, new.year) or new
        finally:
            draft.unlink()
        return new

    def _name(self, new: Disclosure) -> str:
        taken = len(list(self._folder.glob("*.json")))
        if taken >= MOST_TABLES:
            raise Refusal(
                "No more tables can be released",
                found=f"{taken:,} were",
                remedy="Ask an administrator to archive the tables of past years",
            )
        safe = "".join(each if each.isalnum() else "-" for each in new.area_key)
        return f"{new.year}-{safe}.json"

    def _of_year(self, year: int) -> Iterator[Disclosure]:
        for path in sorted(self._folder.glob(f"{year}-*.json")):
            yield _read(path)

    def _refuse_overlap(self, new: Disclosure) -> None:
        for other in self._of_year(new.year):
            if other.area_key != new.area_key and not new.cells.isdisjoint(other.cells):
                raise Refusal(
                    f"The table of {new.year} cannot be released for this area",
                    found=f"One that shares cells with it was released on {other.released_on}",
                    cause="The two together could give single incidents away",
                    remedy="Use the table that was released",
                )


def released_cells(cells: Iterable[int]) -> frozenset[int]:
    """The cells of a table as it is kept."""
    return frozenset(int(cell) for cell in cells)


def _read(path: Path) -> Disclosure:
    try:
        return Disclosure.from_dict(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError) as fault:
        raise Refusal(
            "A table that was released cannot be read any more",
            found=f"{path.name} in the folder {FOLDER}",
            cause="The file was probably changed by hand",
            remedy="Put it back from a backup",
        ) from fault
