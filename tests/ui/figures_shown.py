"""Which parts of the screens show figures, and which of those nobody explains."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
PARTS = "chb.ui.parts"
DRAWS = {
    f"{PARTS}.cards.show_cards",
    *(f"{PARTS}.charts.{name}" for name in ("show_chart", "show_categories", "show_months")),
}
"""What is drawn with these is made of figures, always."""
LISTS = {f"{PARTS}.html_table.show_table", "streamlit.table", "streamlit.dataframe"}
"""What these list is figures where its module writes numbers."""
NUMBER = re.compile(r"(?=.)\+?,?(\.\d+)?[f%]?")
"""The format of a figure; that of a day or an hour has letters of its own."""


def ui_sources() -> dict[str, str]:
    """Every module of the screens with its text."""
    return {
        ".".join(path.relative_to(PROJECT).with_suffix("").parts): path.read_text("utf-8")
        for path in (PROJECT / "chb/ui").rglob("*.py")
    }


class Screens:
    """The definitions of the modules of the screens, and who refers to whom."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self.trees = {name: ast.parse(text) for name, text in sources.items()}

    @cached_property
    def refers(self) -> dict[str, set[str]]:
        """Full names that each definition at the top of a module refers to."""
        return {
            f"{module}.{name}": set(_resolved(node, module, _imported(tree)))
            for module, tree in self.trees.items()
            for name, node in _definitions(tree)
        }

    @cached_property
    def explaining(self) -> set[str]:
        """Modules that open an explanation."""
        return {
            _module(each)
            for each, others in self.refers.items()
            if any(_leaf(other).startswith("explain") for other in others)
        }

    @cached_property
    def showing(self) -> set[str]:
        """Definitions that draw figures themselves."""
        counting = {name for name, tree in self.trees.items() if any(map(_is_number, _nodes(tree)))}
        return {
            each
            for each, others in self.refers.items()
            if others & DRAWS or (others & LISTS and _module(each) in counting)
        } - DRAWS

    def unexplained(self) -> set[tuple[str, str]]:
        """Modules that draw figures, each with a page on which nothing explains them."""
        used_by = defaultdict(set)
        for each, others in self.refers.items():
            for other in others:
                used_by[other].add(each)
        found = set()
        for one in self.showing:
            reached, left = set(), [one]
            while left:
                each = left.pop()
                if each in reached or _module(each) in self.explaining:
                    continue
                reached.add(each)
                left += used_by[each]
            found |= {(_module(one), _module(each)) for each in reached if ".pages." in each}
        return found


def _definitions(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name, node
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                if isinstance(target, ast.Name):
                    yield target.id, node


def _imported(tree: ast.Module) -> dict[str, str]:
    """What each imported name stands for."""
    names = {}
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            before = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
            names |= {each.asname or each.name: before + each.name for each in node.names}
    return names


def _resolved(definition: ast.AST, module: str, names: Mapping[str, str]) -> Iterator[str]:
    for node in ast.walk(definition):
        if isinstance(node, ast.Name):
            yield names.get(node.id, f"{module}.{node.id}")
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield f"{names.get(node.value.id, node.value.id)}.{node.attr}"


def _is_number(node: ast.AST) -> bool:
    """Whether a figure is put into words here."""
    if isinstance(node, ast.FormattedValue) and isinstance(node.format_spec, ast.JoinedStr):
        return bool(NUMBER.fullmatch(ast.unparse(node.format_spec)[2:-1]))
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("figure", "percent")


def _nodes(tree: ast.Module) -> list[ast.AST]:
    return list(ast.walk(tree))


def _module(name: str) -> str:
    return name.rpartition(".")[0]


def _leaf(name: str) -> str:
    return name.rpartition(".")[2]
