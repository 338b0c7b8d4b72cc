"""``make bench``: measure speed as ratios within one run, and write what was found.

``python -m tests.bench WORD...`` runs only the sections whose title holds a word. It ends with
code 1 when a goal was missed; the report is complete all the same.
"""

from __future__ import annotations

import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.bench import (
    areal,
    assets,
    audit,
    density,
    end_to_end,
    gi_star,
    growth,
    maps,
    pages,
    report,
    screen,
    store,
)
from tests.bench.rows import Item, NotMeasuredError, Row

FOLDER: Final = Path("build")
SECTIONS: Final[dict[str, tuple[Item, ...]]] = {
    "Kernel density": density.ITEMS,
    "Gi*": gi_star.ITEMS,
    "Deprivation to cells": areal.ITEMS,
    "Growth of the density": growth.ITEMS,
    "Sheffield, end to end": end_to_end.ITEMS,
    "Cells on the map": maps.ITEMS,
    "Map on the screen": screen.ITEMS,
    "Pages": pages.ITEMS,
    "Planner's store": store.ITEMS,
    "Audit log": audit.ITEMS,
    "Community assets": assets.ITEMS,
}


def main(words: list[str]) -> int:
    """Measure the sections asked for, all by default.

    Returns:
        0 when all goals were met, 1 when one was missed, 2 when no section is called that.
    """
    chosen = {title: items for title, items in SECTIONS.items() if _is_meant(title, words)}
    if not chosen:
        print(f"No section is called that. There are: {', '.join(SECTIONS)}", file=sys.stderr)
        return 2
    warnings.simplefilter("ignore")  # the peers' own, about the versions they run with
    start = time.perf_counter()
    results = {
        section: [row for item in items for row in _measured(item)]
        for section, items in chosen.items()
    }
    report.write(results, folder=FOLDER, seconds=time.perf_counter() - start)
    return bool(report.missed(results))


def _is_meant(title: str, words: list[str]) -> bool:
    return not words or any(word.casefold() in title.casefold() for word in words)


def _measured(item: Item) -> Iterator[Row]:
    """The item's rows; whatever stops it stands in the table as the reason."""
    print(f"Measuring: {item.title}  {item.peer}", file=sys.stderr)
    try:
        yield from item.measure()
    except NotMeasuredError as reason:
        yield Row(task=item.title, peer=item.peer, not_measured=str(reason))
    except Exception as fault:  # a peer may fail in any way; the others are still measured
        said = f"{type(fault).__name__}: {' '.join(str(fault).split())}"
        yield Row(task=item.title, peer=item.peer, not_measured=said)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
