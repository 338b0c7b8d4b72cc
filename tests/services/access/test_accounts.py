"""Making and ending accounts, giving and ending roles."""

from dataclasses import replace

import pytest

from chb.domain.access.accounts import AccountKind
from chb.domain.access.roles import Role
from chb.domain.access.scope import NotForYou, Scope
from chb.domain.refusal import Refusal
from chb.services.access import accounts, invitations, sessions, signing
from tests.services.access.signing_makers import PASSWORD, WHO, Clock, add_person

OTHER = "b@force.example"


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def ws(ws, clock):
    return replace(ws, clock=clock)


def test_who_comes_back_has_nothing_of_before(ws):
    add_person(ws, WHO, Role.LRO)
    with pytest.raises(Refusal, match="there already"):
        accounts.add_account(ws, WHO)
    accounts.end_account(ws, WHO)
    accounts.add_account(ws, WHO, kind=AccountKind.OIDC)
    (known,) = accounts.list_accounts(ws)
    assert (known.roles, known.account.password_hash) == (frozenset(), "")
    with pytest.raises(Refusal, match="organisation"):
        invitations.make_link(ws, WHO)


def test_what_is_not_there_cannot_be_changed(ws):
    for change in (
        lambda: accounts.grant_role(ws, WHO, Role.LRO),
        lambda: accounts.end_role(ws, WHO, Role.LRO),
        lambda: accounts.end_account(ws, WHO),
        lambda: invitations.make_link(ws, WHO),
    ):
        with pytest.raises(Refusal, match="no such account"):
            change()
    accounts.add_account(ws, WHO)
    with pytest.raises(Refusal, match="does not hold"):
        accounts.end_role(ws, WHO, Role.LRO)
    with pytest.raises(Refusal, match="works for somebody"):
        accounts.grant_role(ws, WHO, Role.PARTNER)


def test_the_last_administrator_ends_neither_their_role_nor_their_account(ws):
    invitations.make_first_administrator(ws, WHO, PASSWORD)
    theirs = ws.seen_by(Scope(person=WHO, roles=frozenset({Role.ADMINISTRATOR})))
    for end in (
        lambda: accounts.end_role(theirs, WHO, Role.ADMINISTRATOR),
        lambda: accounts.end_account(theirs, WHO.upper()),
    ):
        with pytest.raises(Refusal, match="last administrator"):
            end()
    add_person(ws, OTHER, Role.ADMINISTRATOR)
    accounts.end_role(theirs, WHO, Role.ADMINISTRATOR)
    with pytest.raises(Refusal, match="last administrator"):
        accounts.end_account(ws, OTHER)
    accounts.end_account(ws, WHO)
    assert accounts.has_administrator(ws)


def test_an_administrator_whose_account_ended_does_not_count(ws):
    for who in (WHO, OTHER):
        add_person(ws, who, Role.ADMINISTRATOR)
    accounts.end_account(ws, OTHER)
    with pytest.raises(Refusal, match="last administrator"):
        accounts.end_account(ws, WHO)


def test_who_is_signed_out_everywhere_may_come_back(ws):
    add_person(ws, WHO, Role.LRO)
    here = signing.sign_in_with_password(ws, WHO, PASSWORD).session.name
    with pytest.raises(NotForYou):
        accounts.end_screens(ws.seen_by(Scope(person=WHO, roles=frozenset({Role.SRO}))), WHO)
    assert accounts.end_screens(ws, WHO) == 1
    assert sessions.signed_in(ws, here) is None
    assert signing.sign_in_with_password(ws, WHO, PASSWORD)


def test_only_an_administrator_gives_roles(ws):
    add_person(ws, WHO, Role.LRO)
    officer = ws.seen_by(Scope(person=WHO, roles=frozenset({Role.LRO, Role.SRO})))
    with pytest.raises(NotForYou):
        accounts.grant_role(officer, WHO, Role.ADMINISTRATOR)
    with pytest.raises(NotForYou):
        invitations.make_link(officer, WHO)
