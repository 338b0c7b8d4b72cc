"""What docs/security.md says of roles, views, modules and tests is what the code has."""

import re
from pathlib import Path

import pytest

from chb.domain.access.permissions import Permission, roles_that_may
from chb.domain.access.roles import Role, View, view_of
from chb.domain.access.sessions import ABSOLUTE, IDLE
from chb.domain.audit import AuditAction
from geo.suppression import LEAST_ADDRESSES, LEAST_COUNT
from tests.docs.passages import rows_under

PROJECT = Path(__file__).resolve().parents[2]
TEXT = (PROJECT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED_TESTS = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", TEXT)))
NAMED_FILES = sorted(set(re.findall(r"`((?:chb|geo|tests)/[\w/.-]+\.\w+)", TEXT)))


def short(role: Role) -> str:
    """What a column of the table calls a role."""
    return role.name if len(role.name) == 3 else role.value


def roles_and_permissions():
    """The two tables under the heading, told apart by their number of columns."""
    rows = rows_under(TEXT, "Roles and permissions")
    return [row for row in rows if len(row) == 3], [row for row in rows if len(row) > 3]


def test_every_role_is_listed_with_its_view():
    listed, _ = roles_and_permissions()
    assert listed == [
        [f"`{role}`", short(role), f"`{view_of([role], has_agreement=True).name}`"] for role in Role
    ]


def test_every_permission_is_listed_with_the_roles_that_have_it():
    _, listed = roles_and_permissions()
    assert listed == [
        [f"`{each}`", *("yes" if role in roles_that_may(each) else "" for role in Role)]
        for each in Permission
    ]


def test_the_columns_are_the_roles_in_order():
    (head,) = re.findall(r"^\| may \| (.*) \|$", TEXT, re.MULTILINE)
    assert head.split(" | ") == [short(role) for role in Role]


def test_every_view_is_described():
    assert {row[0].strip("`") for row in rows_under(TEXT, "Three views")} == set(View.__members__)


def test_the_numbers_are_those_of_the_code():
    assert f"counts from 1 to {LEAST_COUNT - 1}, cells of 1 to {LEAST_ADDRESSES - 1}" in TEXT
    assert (
        f"{IDLE.seconds // 60} minutes without use, and after {ABSOLUTE.seconds // 3600} hours"
        in TEXT
    )


def test_every_action_of_the_audit_log_is_named():
    section = TEXT.split("## The audit log\n", 1)[1].split("\n## ", 1)[0]
    assert all(re.search(rf"\b{action}\b", section) for action in AuditAction)


@pytest.mark.parametrize("path", NAMED_FILES)
def test_every_file_that_is_named_is_there(path):
    assert (PROJECT / path).is_file()


@pytest.mark.parametrize(("path", "test"), NAMED_TESTS, ids=lambda part: part.rpartition("/")[2])
def test_every_test_that_is_named_is_there(path, test):
    source = (PROJECT / path).read_text(encoding="utf-8")
    assert re.search(rf"^def {test}\(", source, re.MULTILINE)


def test_enough_is_named_to_be_worth_the_name():
    assert len(NAMED_TESTS) > 40
