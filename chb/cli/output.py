"""Reports on standard output; progress and messages on standard error."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, Final, Literal

import pandas as pd
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from chb.domain.quality import QualityReport
from chb.domain.wording import printable
from chb.services.progress import ProgressReport

_NOT_IN_JSON: Final = re.compile("[\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What a terminal obeys, and JSON lets stand as it is."""
_console = partial(Console, markup=False, emoji=False, highlight=False, soft_wrap=True)
report_console = _console()
message_console = _console(stderr=True)


def say(text: str) -> None:
    """A message for the person, out of the way of the report."""
    message_console.print(printable(text))


def print_json(values: Any) -> None:
    """A report for a machine."""
    written = json.dumps(values, ensure_ascii=False, indent=2, allow_nan=False)
    print(_NOT_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", written))


def print_file(content: bytes) -> None:
    """A file of text as it is; on a terminal, without what the terminal would obey."""
    text = content.decode("utf-8")
    print(printable(text) if sys.stdout.isatty() else text, end="")


def print_table(title: str, headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """A report for a person; numbers are set to the right."""
    table = Table(title=printable(title), title_justify="left", header_style="bold")
    for position, heading in enumerate(headings):
        numeric = all(isinstance(row[position], int | float) for row in rows) and bool(rows)
        side: Literal["left", "right"] = "right" if numeric else "left"
        table.add_column(_cell(heading), justify=side, overflow="fold")
    for row in rows:
        table.add_row(*(_cell(value) for value in row))
    report_console.print(table)


def print_frame(title: str, frame: pd.DataFrame, headings: Mapping[str, str]) -> None:
    """A frame for a person: the named columns under these headings."""
    shown = frame[list(headings)].replace({True: "yes", False: ""})
    print_table(title, list(headings.values()), list(shown.itertuples(index=False, name=None)))


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """A frame for a machine, missing values as null."""
    rows: list[dict[str, Any]] = json.loads(frame.to_json(orient="records", double_precision=15))
    return rows


def print_quality(report: QualityReport) -> None:
    """The account of an import; the counts above the line add up to the rows read."""
    rows = [
        ("kept", report.kept),
        ("without location", report.without_location),
        ("outside the area", report.outside_area),
        *((f"refused: {reason.reason}", reason.rows) for reason in report.refused),
        ("rows read", report.rows_read),
    ]
    print_table(f"{report.source}: data quality", ["", "rows"], rows)
    for reason in report.refused:
        remedy = f" {reason.remedy}." if reason.remedy else ""
        _line(f"First refused ({reason.reason}): {reason.example}.{remedy}")
    if report.repeated_ids:
        _line(f"Repeated IDs: {report.repeated_ids:,} (kept; each row is an incident)")
    if report.months_present:
        _line(f"Months present: {_span([str(month) for month in report.months_present])}")
        _line(f"Months missing: {', '.join(map(str, report.months_missing)) or 'none'}")
    for note in report.notes:
        _line(f"Note: {note}")


@contextmanager
def progress_bar(title: str) -> Iterator[ProgressReport]:
    """A bar on standard error; nothing is drawn where there is no terminal."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=message_console, transient=True) as bar:
        task = bar.add_task(title, total=None)

        def advance(done: int, total: int, what: str) -> None:
            bar.update(task, completed=done, total=total, description=printable(f"{title}: {what}"))

        yield advance


def _cell(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return printable(str(value)).replace("\t", " ")
    return f"{value:,}" if isinstance(value, int) else f"{value:,.2f}"


def _span(months: list[str]) -> str:
    return f"{months[0]} to {months[-1]} ({len(months)})" if len(months) > 1 else months[0]


def _line(text: str) -> None:
    report_console.print(printable(text))
