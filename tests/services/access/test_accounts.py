"""Making accounts, giving roles, and links that work once."""

from dataclasses import replace

import pytest

from chb.domain.access.accounts import AccountKind
from chb.domain.access.roles import Role
from chb.domain.access.scope import NotForYou, Scope
from chb.domain.refusal import Refusal
from chb.services.access import accounts, sessions, signing
from tests.services.access.signing_makers import PASSWORD, WHO, Clock, add_person

OTHER = "b@force.example"


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def ws(ws, clock):
    return replace(ws, clock=clock)


def test_the_first_administrator_is_made_once(ws):
    assert not accounts.has_accounts(ws)
    accounts.make_first_administrator(ws, WHO, PASSWORD)
    assert signing.sign_in_with_password(ws, WHO, PASSWORD)
    (known,) = accounts.list_accounts(ws)
    assert known.roles == {Role.ADMINISTRATOR}
    with pytest.raises(Refusal, match="administrator already"):
        accounts.make_first_administrator(ws, "b@force.example", PASSWORD)
    with pytest.raises(Refusal, match="administrator already"):
        accounts.make_first_link(ws)


def test_the_first_link_makes_one_administrator(ws):
    token = accounts.make_first_link(ws)
    assert accounts.link_of(ws, token).work_email == ""
    with pytest.raises(Refusal, match="would be guessed"):
        accounts.choose_password(ws, token, work_email=WHO, password="password")
    assert accounts.choose_password(ws, token, work_email=WHO, password=PASSWORD) == WHO
    with pytest.raises(Refusal, match="does not work"):
        accounts.choose_password(ws, token, work_email="b@force.example", password=PASSWORD)


def test_a_first_link_is_dead_once_somebody_has_an_account(ws):
    token = accounts.make_first_link(ws)
    accounts.add_account(ws, WHO)
    with pytest.raises(Refusal, match="does not work"):
        accounts.link_of(ws, token)


def test_a_link_lasts_half_an_hour_and_is_for_its_account_only(ws, clock):
    add_person(ws, WHO, Role.LRO)
    token = accounts.make_link(ws, WHO)
    other = "somebody.else@force.example"
    assert accounts.choose_password(ws, token, work_email=other, password=PASSWORD) == WHO
    late = accounts.make_link(ws, WHO)
    clock.move(minutes=30)
    with pytest.raises(Refusal, match="does not work"):
        accounts.link_of(ws, late)


def test_a_new_password_ends_sessions_and_the_lock(ws):
    add_person(ws, WHO, Role.LRO)
    opened = signing.sign_in_with_password(ws, WHO, PASSWORD)
    token = accounts.make_link(ws, WHO)
    accounts.choose_password(ws, token, work_email="", password="quite another thing")
    assert sessions.signed_in(ws, opened.session.name) is None
    with pytest.raises(signing.SignInRefused):
        signing.sign_in_with_password(ws, WHO, PASSWORD)
    assert signing.sign_in_with_password(ws, WHO, "quite another thing")


def test_who_comes_back_has_nothing_of_before(ws):
    add_person(ws, WHO, Role.LRO)
    with pytest.raises(Refusal, match="there already"):
        accounts.add_account(ws, WHO)
    accounts.end_account(ws, WHO)
    accounts.add_account(ws, WHO, kind=AccountKind.OIDC)
    (known,) = accounts.list_accounts(ws)
    assert (known.roles, known.account.password_hash) == (frozenset(), "")
    with pytest.raises(Refusal, match="organisation"):
        accounts.make_link(ws, WHO)


def test_what_is_not_there_cannot_be_changed(ws):
    for change in (
        lambda: accounts.grant_role(ws, WHO, Role.LRO),
        lambda: accounts.end_role(ws, WHO, Role.LRO),
        lambda: accounts.end_account(ws, WHO),
        lambda: accounts.make_link(ws, WHO),
    ):
        with pytest.raises(Refusal, match="no such account"):
            change()
    accounts.add_account(ws, WHO)
    with pytest.raises(Refusal, match="does not hold"):
        accounts.end_role(ws, WHO, Role.LRO)
    with pytest.raises(Refusal, match="works for somebody"):
        accounts.grant_role(ws, WHO, Role.PARTNER)


def test_the_last_administrator_ends_neither_their_role_nor_their_account(ws):
    accounts.make_first_administrator(ws, WHO, PASSWORD)
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


def test_accounts_without_an_administrator_are_told_of_with_the_remedy(ws):
    accounts.add_account(ws, WHO)
    assert not accounts.has_administrator(ws)
    with pytest.raises(Refusal, match=r"none of them is an administrator's.*--grant Administrator"):
        accounts.make_first_link(ws)
    accounts.grant_role(ws, WHO, Role.ADMINISTRATOR)
    with pytest.raises(Refusal, match="administrator already"):
        accounts.make_first_link(ws)


def test_only_an_administrator_gives_roles(ws):
    add_person(ws, WHO, Role.LRO)
    officer = ws.seen_by(Scope(person=WHO, roles=frozenset({Role.LRO, Role.SRO})))
    with pytest.raises(NotForYou):
        accounts.grant_role(officer, WHO, Role.ADMINISTRATOR)
    with pytest.raises(NotForYou):
        accounts.make_link(officer, WHO)


def test_a_token_is_kept_nowhere(ws):
    add_person(ws, WHO, Role.LRO)
    token = accounts.make_link(ws, WHO)
    secret = signing.sign_in_with_password(ws, WHO, PASSWORD).secret
    with ws.store.connection(ws.scope, writes=False) as connection:
        held = [
            str(connection.exec_driver_sql(f"SELECT * FROM {table}").all())
            for table in ("one_time_link", "user_session", "account", "audit_body")
        ]
    assert all(word not in text for word in (token, secret, PASSWORD) for text in held)
