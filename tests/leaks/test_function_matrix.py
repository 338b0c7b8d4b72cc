"""Every role asks every function: allowed as the table says, and refused in every other case."""

from __future__ import annotations

import inspect

import pytest

from chb.domain.access.roles import Role, View, view_of
from chb.domain.access.scope import NotForYou, Scope
from chb.services.access.rules import RULE
from chb.services.exports.preparing import ExportRequest, prepare_export
from chb.services.exports.products import PRODUCTS as MADE
from chb.services.exports.products import ExportKind
from chb.services.workspace import open_workspace
from chb.ui.shell.registry import PAGES as REGISTERED
from tests.leaks.contents import contents, last_recorded, recorded_since
from tests.leaks.function_table import BY_ADDRESS, FUNCTIONS, PAGES, PRODUCTS
from tests.services.access.test_rules import asked_by_people, services

ROLES = tuple(Role)
SERVICES = services()
NOT_FOR_ALL = sorted(name for name, roles in FUNCTIONS.items() if roles != frozenset(ROLES))


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """An empty store: what is let through finds nothing, and fails for want of arguments."""
    workspace = open_workspace(tmp_path_factory.mktemp("matrix") / "home", database_url="")
    yield workspace
    workspace.store.close()


def scope_as(role):
    return Scope(
        person="x@example.org",
        name="X",
        agency="Agency",
        roles=frozenset({role}),
        view=view_of({role}, has_agreement=True),
    )


def ruled():
    return {name: each for name, each in SERVICES.items() if hasattr(each, RULE)}


def test_every_function_has_a_line_in_the_table_and_every_line_a_function():
    assert set(ruled()) - set(FUNCTIONS) == set(), "without a line in the table"
    assert set(FUNCTIONS) - set(ruled()) == set(), "in the table and no function"


def test_what_screens_and_commands_ask_is_in_the_table():
    assert asked_by_people() & set(SERVICES) - set(FUNCTIONS) == set()


def test_every_page_and_every_product_has_a_line():
    assert {rule.path for rule in REGISTERED} == set(PAGES)
    assert {kind.name for kind in MADE} == set(PRODUCTS)


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_a_function_refuses_whom_the_table_does_not_name(name, empty):
    function = SERVICES[name]
    allowed = {role for role in ROLES if not _is_refused(function, empty.seen_by(scope_as(role)))}
    assert allowed == FUNCTIONS[name]
    nobody = Scope(person="x@example.org")
    assert _is_refused(function, empty.seen_by(nobody)) is (FUNCTIONS[name] != frozenset(ROLES))


def _arguments(function):
    """Names of what a service is given beside the workspace."""
    kinds = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
    listed = inspect.signature(function).parameters.values()
    return [each.name for each in listed if each.kind in kinds and each.name != "ws"]


class Looked(Exception):
    """An argument was looked at."""


class Trap:
    """An argument that must not be looked at before the rule was asked."""

    def __getattribute__(self, name):
        raise Looked(name)


@pytest.mark.parametrize("name", NOT_FOR_ALL)
def test_a_refusal_looks_at_no_argument_and_leaves_its_own_row_only(name, empty):
    function = SERVICES[name]
    given = {each: Trap() for each in _arguments(function)}
    refused = [role for role in ROLES if role not in FUNCTIONS[name]]
    before, number = contents(empty.home), last_recorded(empty.home)
    for role in refused:
        with pytest.raises(NotForYou):
            function(empty.seen_by(scope_as(role)), **given)
    row = ("x@example.org", "refuse", "service", function.__name__)
    assert recorded_since(empty.home, number) == [row] * len(refused)
    assert contents(empty.home) == before


@pytest.mark.parametrize("name", [each for each in NOT_FOR_ALL if _arguments(SERVICES[each])])
def test_a_trap_is_sprung_once_the_rule_is_passed(name, empty):
    """So that the test above can fail: who may ask has the arguments looked at."""
    function = SERVICES[name]
    given = {each: Trap() for each in _arguments(function)}
    for role in FUNCTIONS[name]:
        with pytest.raises(Looked):
            function(empty.seen_by(scope_as(role)), **given)


def _is_refused(function, ws):
    """Whether the rule refuses, before an argument is looked at."""
    asked = getattr(function, "__wrapped__", None)
    if asked is None:  # open to all: what it shows is the scope's to say
        return False
    try:
        function(ws, _unknown_argument=1)
    except NotForYou:
        return True
    except TypeError:
        return False
    raise AssertionError("a function took an argument that it does not have")


@pytest.mark.parametrize("rule", REGISTERED, ids=lambda rule: rule.path)
def test_a_page_opens_for_whom_the_table_names(rule):
    assert {role for role in ROLES if rule.opens_for(scope_as(role))} == PAGES[rule.path]
    opened = {role for role in ROLES if not _is_refused_at(rule, scope_as(role))}
    assert opened == PAGES[rule.path] | BY_ADDRESS.get(rule.path, frozenset())


def _is_refused_at(rule, scope):
    """Whether a page refuses somebody who typed its address."""
    try:
        rule.check_opens_for(scope)
    except NotForYou:
        return True
    return False


@pytest.mark.parametrize("kind", list(ExportKind), ids=lambda kind: kind.name)
def test_a_product_goes_to_whom_the_table_names(kind, empty):
    taken = set()
    for role in ROLES:
        ws = empty.seen_by(scope_as(role))
        try:
            prepare_export(ws, ExportRequest(kind, ".none"), purpose="x", recipient="y")
        except NotForYou:
            continue
        except Exception as refusal:
            assert "no such format" in str(refusal)
            taken.add(role)
    assert taken == PRODUCTS[kind.name]


def test_an_agency_whose_agreement_lapsed_takes_no_partner_view_out(empty):
    lapsed = Scope(
        person="x@example.org", agency="A", roles=frozenset({Role.PARTNER}), view=View.COMMUNITY
    )
    for kind in ExportKind:
        with pytest.raises(NotForYou):
            request = ExportRequest(kind, MADE[kind].endings[0])
            prepare_export(empty.seen_by(lapsed), request, purpose="x", recipient="y")
