"""Every figure says how it is computed: whatever draws figures has the button, or its page has."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from chb.services.figures import meanings
from tests.ui.figures_shown import PROJECT, Screens, ui_sources

RULES = re.compile(r"Ours: (.+?) in (docs/\w+\.md)")
FEWEST_DRAWING = 50
"""Definitions that draw figures; fewer would mean that they were not found."""
DRAWS = "from chb.ui.parts.cards import show_cards\n\ndef show_part():\n    show_cards(())\n"
PAGE = "from chb.ui.parts.one import show_part\n\ndef show():\n    show_part()\n"
TOLD = "from chb.ui.parts.explained import explain\n\ndef told():\n    explain('', (), key='')\n"


def asked_for() -> set[str]:
    """The key of every figure that a call of ``explain`` names, itself or by a constant."""
    return {key for text in ui_sources().values() for key in _keys(ast.parse(text))}


def _keys(tree: ast.Module) -> Iterator[str]:
    asked = [
        node.args[1]
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "explain"
    ]
    named = {each.id for one in asked for each in ast.walk(one) if isinstance(each, ast.Name)}
    for node in tree.body:
        if isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") in named:
            asked += [node.value] if node.value else []
    for one in asked:
        for each in ast.walk(one):
            if isinstance(each, ast.Dict):
                each.keys.clear()  # what the figures are looked up by
        yield from (str(each.value) for each in ast.walk(one) if isinstance(each, ast.Constant))


def test_the_figures_that_are_explained_are_those_of_the_table() -> None:
    assert asked_for() == set(meanings())


def test_whatever_draws_figures_explains_them_or_its_page_does() -> None:
    screens = Screens(ui_sources())
    assert len(screens.showing) > FEWEST_DRAWING
    assert screens.unexplained() == set()


@pytest.mark.parametrize(("told_by", "found"), [("", True), ("page", False), ("part", False)])
def test_figures_that_nobody_explains_are_found(told_by: str, found: bool) -> None:
    sources = {
        "chb.ui.parts.one": DRAWS + TOLD * (told_by == "part"),
        "chb.ui.pages.first": PAGE + TOLD * (told_by == "page"),
    }
    screens = Screens(sources)
    pairs = {("chb.ui.parts.one", "chb.ui.pages.first")}
    assert screens.unexplained() == (pairs if found else set())


@pytest.mark.parametrize("key", meanings())
def test_a_figure_has_its_formula_and_its_source(key: str) -> None:
    figure = meanings()[key]
    assert figure.name and figure.meaning and figure.formula and figure.source
    assert len(figure.formula) > len("Count"), "the formula says what is counted"


@pytest.mark.parametrize("key", meanings())
def test_a_rule_of_our_own_that_is_named_is_written_down(key: str) -> None:
    for names, document in RULES.findall(meanings()[key].source):
        text = (PROJECT / document).read_text("utf-8")
        for name in names.split(" and "):
            assert f"\n| {name} |" in text or f"\n## {name}\n" in text, name
