"""Every figure says how it is computed: the words are there, and each page has the button."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from chb.services.figures import meanings

PROJECT = Path(__file__).resolve().parents[2]
UI = PROJECT / "chb/ui"
BUTTON = "How is this computed"
WITH_FIGURES = {
    "bands": "pages/bands.py",
    "shared work": "pages/shared_work.py",
    "gaps": "parts/gaps/beside.py",
    "timetable": "parts/weeks/findings.py",
    "assets": "pages/assets.py",
    "assets to look at again": "parts/assets/review.py",
    "duplicates": "parts/assets/duplicates.py",
    "asset import": "parts/asset_import/preview.py",
    "engagement": "pages/engagement.py",
    "referrals": "parts/referrals/list.py",
    "referral sheet": "parts/referrals/sheet.py",
    "my work": "pages/my_work.py",
    "disruptions": "pages/disruptions.py",
    "intelligence": "pages/intelligence.py",
    "signals": "pages/signals.py",
    "partnership": "parts/partnership/stakeholders.py",
    "learning": "pages/learning.py",
}


def asked_for() -> Iterator[tuple[str, str]]:
    """The file and the key of each figure that a call of ``explain`` names."""
    for path in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "explain":
                for word in ast.walk(node.args[1]) if len(node.args) > 1 else ():
                    if isinstance(word, ast.Constant):
                        yield path.name, str(word.value)


def test_every_figure_that_a_page_explains_is_in_the_table() -> None:
    asked = set(asked_for())
    assert len(asked) > len(WITH_FIGURES)
    assert {each for each in asked if each[1] not in meanings()} == set()


@pytest.mark.parametrize("page", WITH_FIGURES)
def test_a_page_with_figures_says_how_they_are_computed(page: str) -> None:
    text = (UI / WITH_FIGURES[page]).read_text(encoding="utf-8")
    assert "explain(" in text or BUTTON in text


@pytest.mark.parametrize("key", meanings())
def test_a_figure_has_its_formula_and_its_source(key: str) -> None:
    figure = meanings()[key]
    assert figure.name and figure.meaning and figure.formula and figure.source
    assert len(figure.formula) > len("Count"), "the formula says what is counted"
