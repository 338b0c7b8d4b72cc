"""The table of a run: on screen, and as Markdown."""

from __future__ import annotations

import math
import os
import platform
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from tests.soak.load.crowd import Watched
from tests.soak.load.figures import Turn, quantile, spread
from tests.soak.load.goals import MOST_P95_S, MOST_RATIO, growth
from tests.soak.load.neighbour import Noise

NARROWEST: Final = 160
_HEADINGS: Final = (
    "People", "Turns", "p50 s", "p95 s", "Longest s", "Target", "Errors", "Largest kB",
    "Processor ms a turn", "Screens MB", "Growth", "Engine MB", "Clients' processor", "Load",
)  # fmt: skip
_PAGE_HEADINGS: Final = ("Page", "Doing", "Turns", "p50 s", "p95 s", "Longest s", "Largest kB")


@dataclass(frozen=True)
class Sheet:
    """A table with its title and what is to be said below it."""

    title: str
    headings: Sequence[str]
    lines: Sequence[Sequence[str]]
    below: Sequence[str] = ()


def ramp_sheet(store: str, ramps: Iterable[Watched]) -> Sheet:
    """One line a number of people."""
    kept = list(ramps)
    lines = [
        "Processor time is that of the process that draws the screens, polling included; "
        "it tells two versions apart on a busy machine too.",
        *_said(turn for ramp in kept for turn in ramp.errors),
    ]
    return Sheet(f"{store}: people at work", _HEADINGS, [_ramp_line(ramp) for ramp in kept], lines)


def pages_sheet(store: str, watched: Watched) -> Sheet:
    """One line a page and what was done there, the slowest first."""
    grouped: defaultdict[tuple[str, str], list[Turn]] = defaultdict(list)
    for turn in watched.counted:
        grouped[turn.page, turn.doing].append(turn)
    ordered = sorted(grouped.items(), key=lambda item: -spread(item[1]).p95_s)
    lines = [(*what, *_times(turns), _kilobytes(turns)) for what, turns in ordered]
    title = f"{store}: what {watched.n_people} people did"
    return Sheet(title, _PAGE_HEADINGS, lines)


def noise_sheet(store: str, noise: Noise) -> Sheet:
    """Two lines: without and with heavy work beside."""
    lines = [
        (name, *_times(watched.counted), _processor_ms(watched), f"{watched.load:.1f}")
        for name, watched in (("alone", noise.idle), ("beside heavy profiles", noise.busy))
    ]
    longest = max((turn.seconds for turn in noise.heavy), default=math.nan)
    below = [
        f"The others' 95th percentile is {noise.ratio:.2f} times that alone; at most "
        f"{MOST_RATIO:g}: {_met(noise.ratio <= MOST_RATIO)}.",
        f"{len(noise.heavy)} heavy profiles were worked out, the longest in {longest:.1f} s.",
        *_said(noise.errors),
    ]
    headings = ("Others", "Turns", "p50 s", "p95 s", "Longest s", "Processor ms a turn", "Load")
    return Sheet(f"{store}: three heavy profiles at once", headings, lines, below)


def write(sheets: Sequence[Sheet], missed: Sequence[str], path: Path) -> None:
    """Write the Markdown, and print the tables and what was missed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    about = f"{os.cpu_count()} processors, Python {platform.python_version()}; clients beside them"
    text = ["# People at work, measured over the websocket", "", about]
    for sheet in sheets:
        text += ["", *_markdown(sheet)]
    text += ["", "Missed:" if missed else "Nothing was missed.", *(f"- {each}" for each in missed)]
    path.write_text("\n".join(text) + "\n", encoding="utf-8")
    for sheet in sheets:
        _print(sheet)
    for each in missed:
        print(f"Missed: {each}")


def _ramp_line(ramp: Watched) -> tuple[str, ...]:
    limit = MOST_P95_S.get(ramp.n_people)
    p95_s = spread(ramp.counted).p95_s
    last = ramp.samples[-1]
    return (
        str(ramp.n_people),
        *_times(ramp.counted),
        "" if limit is None else f"at most {limit:g}: {_met(p95_s <= limit)}",
        str(len(ramp.errors)),
        _kilobytes(ramp.counted),
        _processor_ms(ramp),
        f"{last.screens_bytes / 1e6:.0f}",
        f"{growth(ramp):+.1%}",
        f"{last.engine_bytes / 1e6:.0f}",
        f"{ramp.clients_s / ramp.counted_s:.0%}",
        f"{ramp.load:.1f}",
    )


def _times(turns: Sequence[Turn]) -> tuple[str, ...]:
    times = spread(turns)
    seconds = (times.median_s, times.p95_s, times.longest_s)
    return str(times.n_turns), *(f"{each:.2f}" for each in seconds)


def _kilobytes(turns: Sequence[Turn]) -> str:
    return f"{quantile(sorted(turn.sent_bytes for turn in turns), 1.0) / 1000:.0f}"


def _processor_ms(watched: Watched) -> str:
    n_turns = len(watched.counted)
    return f"{1000 * watched.screens_s / n_turns:.0f}" if n_turns else ""


def _said(errors: Iterable[Turn]) -> Iterator[str]:
    for turn in errors:
        yield f"Error at {turn.page or 'the first page'}, {turn.doing}: {turn.error}"


def _met(is_met: bool) -> str:
    return "met" if is_met else "NOT met"


def _markdown(sheet: Sheet) -> list[str]:
    head = [sheet.headings, ["---"] * len(sheet.headings)]
    rows = [f"| {' | '.join(cells)} |" for cells in (*head, *sheet.lines)]
    return [f"## {sheet.title}", "", *rows, *(f"\n{line}" for line in sheet.below)]


def _print(sheet: Sheet) -> None:
    console = Console()
    console.width = max(console.width, NARROWEST)
    table = Table(*sheet.headings, title=sheet.title, title_justify="left", expand=True)
    for cells in sheet.lines:
        table.add_row(*(escape(cell) for cell in cells))
    console.print(table)
    for line in sheet.below:
        console.print(line, highlight=False, markup=False)
