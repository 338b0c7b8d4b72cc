"""How long a session holds, and who makes room for one more."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chb.domain.access.roles import Role
from chb.domain.access.sessions import (
    ABSOLUTE,
    IDLE,
    MOST_AT_ONCE,
    Ending,
    SignedIn,
    SignInMode,
    UserSession,
    name_of,
    surplus,
)
from tests.conftest import NOW


def session(name="s", made_at=NOW, seen_at=NOW, **values):
    return UserSession(
        name=name,
        work_email="a@force.example",
        mode=SignInMode.LOCAL,
        made_at=made_at,
        seen_at=seen_at,
        **values,
    )


MOMENT = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("opened", "later", "ending"),
    [
        (session(), IDLE - MOMENT, ""),
        (session(), IDLE, Ending.IDLE),
        (session(seen_at=NOW + ABSOLUTE - MOMENT), ABSOLUTE - MOMENT, ""),
        (session(seen_at=NOW + ABSOLUTE - MOMENT), ABSOLUTE, Ending.OLD),
        (session(ended_at=NOW, why="signed out"), timedelta(0), "signed out"),
    ],
)
def test_a_session_ends_unused_after_15_minutes_and_in_any_case_after_12_hours(
    opened, later, ending
):
    assert opened.ending(NOW + later) == ending


def test_time_left_is_what_ends_first():
    assert session().time_left(NOW) == IDLE
    old = session(made_at=NOW - ABSOLUTE + timedelta(minutes=5))
    assert old.time_left(NOW) == timedelta(minutes=5)


def test_the_oldest_make_room():
    held = [session(str(age), made_at=NOW - timedelta(hours=age)) for age in (2, 5, 1)]
    assert len(held) == MOST_AT_ONCE
    assert [each.name for each in surplus(held)] == ["5"]
    assert surplus(held[:2]) == []
    more = [*held, session("7", made_at=NOW - timedelta(hours=7))]
    assert [each.name for each in surplus(more)] == ["7", "5"]


def test_the_name_says_nothing_of_the_secret():
    assert name_of("a") != name_of("b") and len(name_of("a")) == 64


def test_what_was_theirs_to_see_is_kept_until_one_thing_of_it_is_gone():
    before = SignedIn(
        session="s",
        person="a@force.example",
        name="A",
        agency="Force",
        roles=frozenset({Role.LRO}),
        mode=SignInMode.LOCAL,
        knows=frozenset({"leads one", "leads two"}),
    )
    assert replace(before, knows=before.knows | {"shared with three"}).keeps(before)
    assert not replace(before, knows=frozenset({"leads one", "leads three"})).keeps(before)
    assert not replace(before, roles=frozenset({Role.ANALYST})).keeps(before)
    assert before.knows_by_digest.isdisjoint(before.knows) and len(before.knows_by_digest) == 2
    assert replace(before, session="t").knows_by_digest.isdisjoint(before.knows_by_digest)


def test_rights_change_with_person_agency_and_roles_and_with_nothing_else():
    who = SignedIn(
        session="s",
        person="a@force.example",
        name="A",
        agency="Force",
        roles=frozenset({Role.LRO, Role.ANALYST}),
        mode=SignInMode.LOCAL,
    )
    assert replace(who, session="t", name="B").rights == who.rights
    for other in (
        replace(who, person="b@force.example"),
        replace(who, agency="Council"),
        replace(who, roles=frozenset({Role.LRO})),
    ):
        assert other.rights != who.rights
