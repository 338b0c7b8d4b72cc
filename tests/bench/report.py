"""The table of a run: on screen, as Markdown and as JSON."""

from __future__ import annotations

import importlib.metadata
import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from tests.bench.rows import Row

PEERS: Final = ("scikit-learn", "libkdv", "KDEpy", "esda", "libpysal", "tobler", "folium")
HEADINGS: Final = (
    "Task", "Ours", "Peer", "Theirs", "Ratio", "Target", "Answers", "Threads", "Rounds",
)  # fmt: skip

NARROWEST: Final = 180
"""Columns of text that the table needs; a narrower screen would break every word."""

Results = Mapping[str, Sequence[Row]]


def write(results: Results, *, folder: Path, seconds: float) -> None:
    """Write ``bench.json`` and ``bench.md``, and print the table."""
    folder.mkdir(parents=True, exist_ok=True)
    about = _about(seconds)
    plain = {
        section: [{**asdict(row), "ratio": row.ratio} for row in rows]
        for section, rows in results.items()
    }
    text = json.dumps({"about": about, "results": plain}, indent=2)
    (folder / "bench.json").write_text(text + "\n", encoding="utf-8")
    (folder / "bench.md").write_text(_markdown(results, about), encoding="utf-8")
    _print(results, about)


def _about(seconds: float) -> dict[str, str]:
    """What the figures depend on."""
    return {
        "processors": str(os.cpu_count()),
        "Python": platform.python_version(),
        "peers": ", ".join(f"{peer} {_version(peer)}" for peer in PEERS),
        "took": f"{seconds:.0f} s",
    }


def _version(distribution: str) -> str:
    try:
        return importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        return "(not installed)"


def _markdown(results: Results, about: Mapping[str, str]) -> str:
    lines = ["# Speed, as ratios within one run", ""]
    lines += [f"- {name}: {value}" for name, value in about.items()]
    for section, rows in results.items():
        lines += ["", f"## {section}", "", _line(HEADINGS), _line(["---"] * len(HEADINGS))]
        lines += [_line(_texts(row)) for row in rows]
    return "\n".join(lines) + "\n"


def _line(texts: Sequence[str]) -> str:
    return f"| {' | '.join(texts)} |"


def _print(results: Results, about: Mapping[str, str]) -> None:
    console = Console()
    console.width = max(console.width, NARROWEST)
    for section, rows in results.items():
        table = Table(*HEADINGS, title=section, title_justify="left", expand=True)
        for row in rows:
            table.add_row(*(escape(text) for text in _texts(row)))
        console.print(table)
    for name, value in about.items():
        console.print(f"{name}: {value}", highlight=False)
    for task in missed(results):
        console.print(f"Missed: {task}", highlight=False, markup=False)


def missed(results: Results) -> list[str]:
    """What was missed, or of ours could not be measured."""
    return [
        f"{row.task}, {row.not_measured or row.target}"
        for rows in results.values()
        for row in rows
        if row.missed
    ]


def _texts(row: Row) -> tuple[str, ...]:
    """The cells of one line of the table."""
    if row.not_measured:
        return (row.task, "", row.peer, "", "", "", f"not measured: {row.not_measured}", "", "")
    met = {True: "met", False: "NOT met", None: ""}[row.met]
    return (
        row.task,
        _amount(row.ours, row.unit),
        row.peer,
        _amount(row.theirs, row.unit),
        "" if row.ratio is None else f"{row.ratio:.3g}",
        f"{row.target}: {met}" if met else row.target,
        row.checked,
        row.threads,
        str(row.rounds),
    )


def _amount(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    if unit == "s" and value < 1:
        return f"{value * 1000:.3g} ms"
    return f"{value:,.0f} {unit}" if value >= 100 else f"{value:.3g} {unit}"
