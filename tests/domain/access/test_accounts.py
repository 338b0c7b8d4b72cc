"""Addresses, lock-outs and the names of roles."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chb.domain.access.accounts import (
    FREE_FAILURES,
    LONGEST_LOCK,
    RoleGrant,
    checked_agency,
    checked_email,
    locked_until,
    role_named,
    roles_held,
)
from chb.domain.access.roles import Role
from chb.domain.refusal import Refusal
from tests.conftest import NOW

WHO = "amira.khan@force.example"


@pytest.mark.parametrize(
    "address", [" Amira.Khan@Force.Example ", "a@b.uk", "o'neil@x-y.police.uk"]
)
def test_addresses_are_kept_in_small_letters(address):
    assert checked_email(address) == address.strip().lower()


@pytest.mark.parametrize(
    "address",
    [
        "",
        "amira",
        "amira@localhost",
        "a b@c.uk",
        "a@b..uk",
        "a@b.uk\nBcc: x@y.uk",
        "ä@b.uk",
        "@b.uk",
    ],
)
def test_what_is_no_address_is_refused(address):
    with pytest.raises(Refusal, match="not a work e-mail"):
        checked_email(address)


def test_five_failures_lock_and_each_further_one_doubles():
    assert [locked_until(n, NOW) for n in range(FREE_FAILURES)] == [None] * FREE_FAILURES
    locks = [locked_until(n, NOW) - NOW for n in range(FREE_FAILURES, FREE_FAILURES + 7)]
    assert [lock.total_seconds() for lock in locks] == [30, 60, 120, 240, 480, 900, 900]


@given(st.integers(min_value=FREE_FAILURES, max_value=10**9))
def test_no_lock_is_longer_than_a_quarter_of_an_hour(failures):
    assert timedelta(0) < locked_until(failures, NOW) - NOW <= LONGEST_LOCK


@pytest.mark.parametrize("role", Role)
def test_every_role_is_found_by_its_words_and_by_its_short_name(role):
    for text in (role.value, role.value.upper(), role.name, role.name.lower().replace("_", "-")):
        assert role_named(text) is role


def test_an_unknown_role_is_refused_with_the_list():
    with pytest.raises(Refusal, match="Senior Responsible Officer"):
        role_named("superuser")


def test_a_partner_has_an_agency():
    with pytest.raises(Refusal, match="works for somebody"):
        checked_agency(Role.PARTNER, "  ")
    assert checked_agency(Role.PARTNER, " Bank Homes ") == "Bank Homes"
    assert checked_agency(Role.LRO, "") == ""


def test_an_ended_role_is_not_held():
    def grant(role, ended_at=None):
        return RoleGrant(
            work_email=WHO,
            role=role,
            agency="",
            granted_by="x",
            granted_at=NOW,
            ended_at=ended_at,
        )

    assert roles_held([grant(Role.LRO, NOW), grant(Role.ANALYST)]) == {Role.ANALYST}
