"""Choosing another password, and ending one's other screens: only with the password."""

from dataclasses import replace

import pytest

from chb.domain.access.accounts import FREE_FAILURES, AccountKind
from chb.domain.access.roles import Role
from chb.domain.refusal import Refusal
from chb.services.access import own_account, sessions, signing
from chb.services.access.signing import ProvenIdentity, SignInRefused
from tests.services.access.signing_makers import PASSWORD, WHO, Clock, add_person

NEW = "harbour lentil quartz eleven"


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def ws(ws, clock):
    return replace(ws, clock=clock)


@pytest.fixture
def here(ws):
    """The name of a session of Amira's."""
    add_person(ws, WHO, Role.LRO)
    return signing.sign_in_with_password(ws, WHO, PASSWORD).session.name


def another(ws):
    return signing.sign_in_with_password(ws, WHO, PASSWORD).session.name


def test_a_new_password_ends_every_screen_and_begins_this_one_anew(ws, here):
    there = another(ws)
    opened = own_account.change_password(ws, here, current=PASSWORD, new=NEW)
    assert opened.session.name not in (here, there)
    assert sessions.signed_in(ws, opened.session.name).person == WHO
    assert sessions.signed_in(ws, here) is None and sessions.signed_in(ws, there) is None
    with pytest.raises(SignInRefused):
        signing.sign_in_with_password(ws, WHO, PASSWORD)
    assert signing.sign_in_with_password(ws, WHO, NEW)


@pytest.mark.parametrize(
    ("new", "why"), [("password12345", "would be guessed"), (PASSWORD, "the password you have")]
)
def test_a_password_that_will_not_do_changes_nothing(ws, here, new, why):
    with pytest.raises(Refusal, match=why):
        own_account.change_password(ws, here, current=PASSWORD, new=new)
    assert sessions.signed_in(ws, here) is not None
    assert signing.sign_in_with_password(ws, WHO, PASSWORD)


def test_a_screen_left_open_gives_nobody_the_account(ws, here, clock):
    there = another(ws)
    for _ in range(FREE_FAILURES):
        with pytest.raises(SignInRefused):
            own_account.change_password(ws, here, current="a guess at it", new=NEW)
    with pytest.raises(SignInRefused):  # locked by now, as at the door
        own_account.end_other_sessions(ws, here, password=PASSWORD)
    assert sessions.signed_in(ws, there) is not None
    clock.move(minutes=1)
    assert own_account.end_other_sessions(ws, here, password=PASSWORD) == 1


def test_the_other_screens_end_and_this_one_stays(ws, here, clock):
    clock.move(minutes=2)
    there = another(ws)
    seen = own_account.own_sessions(ws, here)
    assert [each.is_this for each in seen] == [False, True]
    assert own_account.end_other_sessions(ws, here, password=PASSWORD) == 1
    assert sessions.signed_in(ws, there) is None
    (left,) = own_account.own_sessions(ws, here)
    assert left.is_this


def test_nobody_sees_the_screens_of_others(ws, here):
    other = "ben@force.example"
    add_person(ws, other, Role.ANALYST)
    signing.sign_in_with_password(ws, other, PASSWORD)
    assert len(own_account.own_sessions(ws, here)) == 1
    with pytest.raises(SignInRefused):
        own_account.own_sessions(ws, "no such session")


def test_who_signs_in_at_their_organisation_has_no_password_to_change(ws):
    add_person(ws, WHO, Role.LRO, kind=AccountKind.OIDC)
    opened = signing.sign_in_with_identity(ws, ProvenIdentity(WHO, "subject-1"))
    with pytest.raises(Refusal, match="no password here"):
        own_account.change_password(ws, opened.session.name, current="", new=NEW)
    assert own_account.own_sessions(ws, opened.session.name)[0].is_this
