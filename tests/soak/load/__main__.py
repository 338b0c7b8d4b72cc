"""``make load``: people at work on a real server, and what they wait for.

``python -m tests.soak.load --seconds 60 --people 1 25`` measures less;
``--seconds 1800 --people 25 --no-noise`` is the half hour that memory is watched for.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.soak.load import goals, report
from tests.soak.load.crowd import Watched, watch
from tests.soak.load.neighbour import Noise, beside_heavy_work
from tests.soak.load.report import Sheet
from tests.soak.load.served import Served, served
from tests.soak.load.stores import STORES, Stocked

PEOPLE: Final = (1, 25, 40)
SECONDS: Final = 180.0
N_NEIGHBOURS: Final = 10
REPORT: Final = Path("build/load.md")


def ramps(
    server: Served, store: Stocked, *, people: tuple[int, ...], seconds: float
) -> list[Watched]:
    """Each number of people for so many seconds, on one server."""
    done = []
    for n_people in people:
        print(f"{store.name}: {n_people} people for {seconds:.0f} s", file=sys.stderr)
        crowd = store.people(n_people)
        done.append(asyncio.run(watch(server, crowd, seconds=seconds, seed=n_people)))
    return done


def noise(server: Served, store: Stocked, *, seconds: float) -> Noise:
    """Ten people, three of whom then ask for heavy profiles."""
    print(f"{store.name}: three heavy profiles at once", file=sys.stderr)
    crowd = store.people(N_NEIGHBOURS)
    return asyncio.run(beside_heavy_work(server, crowd, seconds=seconds))


def measure(store: Stocked, chosen: argparse.Namespace) -> tuple[list[Sheet], list[str]]:
    """The tables of one store, and what was missed there."""
    with served(store.home, sign_in=store.sign_in) as server:
        done = ramps(server, store, people=tuple(chosen.people), seconds=chosen.seconds)
        missed = [each for ramp in done for each in goals.missed_at_work(ramp)]
        sheets = [report.ramp_sheet(store.name, done), report.pages_sheet(store.name, done[-1])]
        if chosen.noise:
            heard = noise(server, store, seconds=chosen.seconds)
            missed += goals.missed_beside_heavy_work(heard)
            sheets.append(report.noise_sheet(store.name, heard))
    return sheets, [f"{store.name}: {each}" for each in missed]


@contextmanager
def _folder(homes: Path | None) -> Iterator[Path]:
    """Where the stores are made: for this run only, or kept for the next."""
    if homes is not None:
        homes.mkdir(parents=True, exist_ok=True)
        yield homes
        return
    with tempfile.TemporaryDirectory(prefix="holdfast-load-") as made:
        yield Path(made)


def _chosen(words: list[str]) -> argparse.Namespace:
    asked = argparse.ArgumentParser(prog="python -m tests.soak.load", description=__doc__)
    asked.add_argument("--people", type=int, nargs="+", default=list(PEOPLE))
    asked.add_argument("--seconds", type=float, default=SECONDS)
    asked.add_argument("--stores", nargs="+", choices=list(STORES), default=list(STORES))
    asked.add_argument("--no-noise", dest="noise", action="store_false")
    asked.add_argument("--homes", type=Path, help="keep the stores there for the next run")
    asked.add_argument("--report", type=Path, default=REPORT)
    return asked.parse_args(words)


def main(words: list[str]) -> int:
    """Measure what was asked for, everything by default; 1 when a goal was missed."""
    chosen = _chosen(words)
    sheets: list[Sheet] = []
    missed: list[str] = []
    with _folder(chosen.homes) as folder:
        for name in chosen.stores:
            found, wanting = measure(STORES[name](folder), chosen)
            sheets += found
            missed += wanting
            report.write(
                sheets, missed, chosen.report
            )  # at once: the next store takes as long again
    return bool(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
