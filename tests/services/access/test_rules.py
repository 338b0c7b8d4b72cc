"""Every service has a rule: completeness by subtraction, over the modules as they are."""

import ast
import importlib
import inspect
import pkgutil
from pathlib import Path

import pytest

import chb
import chb.services
from chb.domain.access.permissions import Permission, check_may, may, roles_that_may
from chb.domain.access.roles import Role
from chb.domain.access.scope import PUBLIC_DATA, NotForYou, Scope
from chb.domain.edits import Edit
from chb.services.access.rules import RULE, needs

ROOT = Path(chb.__file__).parent
ASKERS = ("ui", "cli")


def services():
    """Every public function of a service module that takes a workspace first, by full name."""
    found = {}
    for info in pkgutil.walk_packages(chb.services.__path__, "chb.services."):
        if info.name.endswith(("_worker", "child", "__main__")):
            continue
        module = importlib.import_module(info.name)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ != info.name or name.startswith("_"):
                continue
            if _takes_a_workspace(function):
                found[f"{info.name}.{name}"] = function
    return found


def _takes_a_workspace(function):
    first = next(iter(inspect.signature(function).parameters.values()), None)
    return first is not None and (first.name == "ws" or first.annotation == "Workspace")


def asked_by_people():
    """Full names of what screens and commands call on service modules."""
    asked = set()
    for folder in ASKERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            asked |= _calls(ast.parse(path.read_text(encoding="utf-8")))
    return asked


def _calls(tree):
    known, found = {}, set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("chb.services"):
            for alias in node.names:
                known[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    found |= set(known.values())
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            module = known.get(ast.unparse(node.value))
            found |= {f"{module}.{node.attr}"} if module else set()
    return found


def test_whatever_a_screen_or_command_asks_has_a_rule():
    listed = services()
    assert len(listed) > 100
    without = sorted(
        name
        for name in asked_by_people() & set(listed)
        if getattr(listed[name], RULE, None) is None
    )
    assert without == []


def test_every_permission_is_asked_for_somewhere_and_given_to_somebody():
    asked = {getattr(each, RULE, None) for each in services().values()}
    by_pages = {
        Permission.WORK_HERE,
        Permission.SEE_HARM_BANDS,
        Permission.AUDIT,
        Permission.DISCLOSE,
    }
    assert set(Permission) - asked <= by_pages
    assert all(roles_that_may(permission) for permission in Permission)


@pytest.mark.parametrize("permission", list(Permission))
@pytest.mark.parametrize("role", list(Role))
def test_a_rule_and_its_twin_agree(role, permission):
    scope = Scope(person="x@example.org", roles=frozenset({role}))
    allowed = role in roles_that_may(permission)
    assert may(scope, permission) is allowed
    if allowed:
        check_may(scope, permission)
        return
    with pytest.raises(NotForYou, match=permission.value):
        check_may(scope, permission)


RULE_MODULES = ("conditions", "permissions", "responsibility")


def test_every_rule_has_a_twin_that_feeds_the_screen():
    """``check_...`` raises with the reason; without the prefix it says yes or no."""
    for name in RULE_MODULES:
        module = importlib.import_module(f"chb.domain.access.{name}")
        public = [each for each, _ in inspect.getmembers(module, inspect.isfunction)]
        rules = [each for each in public if each.startswith("check_")]
        assert rules, name
        for rule in rules:
            twin = getattr(module, rule.removeprefix("check_"), None)
            assert twin is not None, f"{name}.{rule} has no twin"
            assert inspect.signature(twin).return_annotation == "bool"


@pytest.mark.parametrize("permission", list(Permission))
def test_nobody_without_a_role_may_anything(permission):
    assert not may(Scope(person="x@example.org"), permission)
    assert may(PUBLIC_DATA, permission) is (permission == Permission.SEE_HARM_FIGURES)


def test_an_administrator_may_not_see_operations():
    admin = Scope(person="x@example.org", roles=frozenset({Role.ADMINISTRATOR}))
    allowed = {permission for permission in Permission if may(admin, permission)}
    assert allowed == {Permission.WORK_HERE, Permission.ADMINISTER, Permission.AUDIT}


def test_who_signed_in_is_who_did_it_whatever_the_form_says(ws):
    @needs(Permission.PLAN)
    def service(ws, edit, *, by):
        return edit.by, by

    lro = ws.seen_by(Scope(person="x@example.org", name="X", roles=frozenset({Role.LRO})))
    forged = Edit(reason="because", by="the chief constable", version=1)
    assert service(lro, forged, by="the chief constable") == ("X", "X")
    assert service(ws, forged, by="LRO") == ("the chief constable", "LRO")
