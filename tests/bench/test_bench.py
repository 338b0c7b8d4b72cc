"""The bench itself: a missed goal is said and told to whoever called it; the report is whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from chb.ui.shell.registry import PAGES
from tests.bench import __main__ as bench
from tests.bench.pages import ROLES, paths_of
from tests.bench.rows import Item, Row, figure


def slow() -> Iterator[Row]:
    yield figure("a page", 2.0, "s", at_most=1.0)


def quick() -> Iterator[Row]:
    yield figure("another page", 0.5, "s", at_most=1.0)


def broken() -> Iterator[Row]:
    yield figure("a map", 1 / 0, "s")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the bench writes; it has three sections and measures nothing."""
    sections = {
        "Slow pages": (Item("slow", "", slow), Item("quick", "", quick)),
        "Quick pages": (Item("quick", "", quick),),
        "Broken": (Item("ours alone", "", broken),),
        "Peers": (Item("beside another", "a peer", broken),),
    }
    monkeypatch.setattr(bench, "SECTIONS", sections)
    monkeypatch.setattr(bench, "FOLDER", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("words", "code", "missed"),
    [
        (["quick"], 0, []),
        (["slow"], 1, ["Missed: a page, at most 1"]),
        (["pages"], 1, ["Missed: a page, at most 1"]),
        (["broken"], 1, ["Missed: ours alone, ZeroDivisionError: division by zero"]),
        (["peers"], 0, []),
        (["nothing"], 2, []),
    ],
)
def test_a_missed_goal_is_said_and_ends_with_its_code(
    folder: Path, words: list[str], code: int, missed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert bench.main(words) == code
    said = capsys.readouterr().out.splitlines()
    assert [line for line in said if line.startswith("Missed")] == missed
    assert (folder / "bench.md").exists() == (code != 2)


def test_the_report_of_a_missed_goal_holds_the_others_too(folder: Path) -> None:
    bench.main(["pages"])
    results = json.loads((folder / "bench.json").read_text())["results"]
    tasks = {title: [row["task"] for row in rows] for title, rows in results.items()}
    assert tasks == {"Slow pages": ["a page", "another page"], "Quick pages": ["another page"]}


def test_every_page_is_measured_for_some_role() -> None:
    measured = {path or PAGES[0].path for role in ROLES for path in paths_of(role)}
    assert measured == {rule.path for rule in PAGES}
