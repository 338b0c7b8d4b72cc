"""Nothing is read without a scope, and only the terminal's is that of the machine's owner."""

import ast
import inspect
from pathlib import Path

import chb
from chb.store.store import Store
from chb.store.unit import Unit

PACKAGE = Path(chb.__file__).parent


def calls_of(name):
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name:
                yield path.relative_to(PACKAGE), {each.arg for each in node.keywords}


def test_every_way_into_the_store_asks_for_a_scope():
    for way in (Store.reading, Store.writing, Store.connection, Unit):
        assert inspect.signature(way).parameters["scope"].default is inspect.Parameter.empty


def test_only_the_terminal_opens_a_store_as_its_owner():
    opened = list(calls_of("open_workspace"))
    assert {path.parts[0] for path, said in opened if "scope" not in said} == {"cli"}
    assert {path.parts[0] for path, said in opened if "scope" in said} == {"ui", "services"}
