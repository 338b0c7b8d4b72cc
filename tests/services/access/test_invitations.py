"""Links that work once, and how the first administrator comes to be."""

from dataclasses import replace

import pytest

from chb.domain.access.roles import Role
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


def test_the_first_administrator_is_made_once(ws):
    assert not accounts.has_accounts(ws)
    invitations.make_first_administrator(ws, WHO, PASSWORD)
    assert signing.sign_in_with_password(ws, WHO, PASSWORD)
    (known,) = accounts.list_accounts(ws)
    assert known.roles == {Role.ADMINISTRATOR}
    with pytest.raises(Refusal, match="administrator already"):
        invitations.make_first_administrator(ws, "b@force.example", PASSWORD)
    with pytest.raises(Refusal, match="administrator already"):
        invitations.make_first_link(ws)


def test_the_first_link_makes_one_administrator(ws):
    token = invitations.make_first_link(ws)
    assert invitations.link_of(ws, token).work_email == ""
    with pytest.raises(Refusal, match="would be guessed"):
        invitations.choose_password(ws, token, work_email=WHO, password="password")
    assert invitations.choose_password(ws, token, work_email=WHO, password=PASSWORD) == WHO
    with pytest.raises(Refusal, match="does not work"):
        invitations.choose_password(ws, token, work_email="b@force.example", password=PASSWORD)


def test_a_first_link_is_dead_once_somebody_has_an_account(ws):
    token = invitations.make_first_link(ws)
    accounts.add_account(ws, WHO)
    with pytest.raises(Refusal, match="does not work"):
        invitations.link_of(ws, token)


def test_a_link_lasts_half_an_hour_and_is_for_its_account_only(ws, clock):
    add_person(ws, WHO, Role.LRO)
    token = invitations.make_link(ws, WHO)
    other = "somebody.else@force.example"
    assert invitations.choose_password(ws, token, work_email=other, password=PASSWORD) == WHO
    late = invitations.make_link(ws, WHO)
    clock.move(minutes=30)
    with pytest.raises(Refusal, match="does not work"):
        invitations.link_of(ws, late)


def test_a_new_password_ends_sessions_and_the_lock(ws):
    add_person(ws, WHO, Role.LRO)
    opened = signing.sign_in_with_password(ws, WHO, PASSWORD)
    token = invitations.make_link(ws, WHO)
    invitations.choose_password(ws, token, work_email="", password="quite another thing")
    assert sessions.signed_in(ws, opened.session.name) is None
    with pytest.raises(signing.SignInRefused):
        signing.sign_in_with_password(ws, WHO, PASSWORD)
    assert signing.sign_in_with_password(ws, WHO, "quite another thing")


def test_accounts_without_an_administrator_are_told_of_with_the_remedy(ws):
    accounts.add_account(ws, WHO)
    assert not accounts.has_administrator(ws)
    with pytest.raises(Refusal, match=r"none of them is an administrator's.*--grant Administrator"):
        invitations.make_first_link(ws)
    accounts.grant_role(ws, WHO, Role.ADMINISTRATOR)
    with pytest.raises(Refusal, match="administrator already"):
        invitations.make_first_link(ws)


def test_a_token_is_kept_nowhere(ws):
    add_person(ws, WHO, Role.LRO)
    token = invitations.make_link(ws, WHO)
    secret = signing.sign_in_with_password(ws, WHO, PASSWORD).secret
    with ws.store.connection(ws.scope, writes=False) as connection:
        held = [
            str(connection.exec_driver_sql(f"SELECT * FROM {table}").all())
            for table in ("one_time_link", "user_session", "account", "audit_body")
        ]
    assert all(word not in text for word in (token, secret, PASSWORD) for text in held)
