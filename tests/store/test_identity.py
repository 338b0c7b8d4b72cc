"""Accounts, sessions, links and attempts, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from chb.domain.access.accounts import Account, AccountKind, RoleGrant
from chb.domain.access.roles import Role
from chb.domain.access.scope import OPERATOR
from chb.domain.access.sessions import ABSOLUTE, IDLE, Ending, SignInMode, UserSession
from chb.domain.people import Person
from chb.store.identity import MOST_ATTEMPTS, OidcAttempt, OneTimeLink
from tests.conftest import NOW

WHO = "amira@force.example"
ACCOUNT = Account(work_email=WHO, name="Amira", kind=AccountKind.LOCAL, made_at=NOW, made_by="x")
GRANT = RoleGrant(work_email=WHO, role=Role.PARTNER, agency="Homes", granted_by="x", granted_at=NOW)
SESSION = UserSession(name="n" * 64, work_email=WHO, mode=SignInMode.OIDC, made_at=NOW, seen_at=NOW)
LINK = OneTimeLink(digest="d", work_email=WHO, made_by="x", expires_at=NOW)
ATTEMPT = OidcAttempt(state="s", browser="b", nonce="n", verifier="v", made_at=NOW)


def test_an_account_comes_back_as_it_was_kept_and_changed(store):
    with store.writing(OPERATOR) as tx:
        tx.identity.accounts.add(ACCOUNT)
        tx.identity.accounts.change(WHO, failed_attempts=3, locked_until=NOW)
    with store.reading(OPERATOR) as tx:
        accounts = tx.identity.accounts
        assert accounts.find(WHO) == replace(ACCOUNT, failed_attempts=3, locked_until=NOW)
        assert accounts.find("other@force.example") is None
        assert (accounts.count(), len(accounts.all())) == (1, 1)


def test_a_role_ends_and_is_remembered(store):
    with store.writing(OPERATOR) as tx:
        tx.identity.accounts.add(ACCOUNT)
        tx.identity.accounts.grant(GRANT)
        assert tx.identity.accounts.end_grants(WHO, Role.LRO, now=NOW) == 0
        assert tx.identity.accounts.end_grants(WHO, Role.PARTNER, now=NOW) == 1
        assert tx.identity.accounts.grants(WHO) == (replace(GRANT, ended_at=NOW),)


def test_nobody_without_an_account_holds_a_role(store):
    with pytest.raises(IntegrityError), store.writing(OPERATOR) as tx:
        tx.identity.accounts.grant(GRANT)


def test_people_are_found_whatever_the_letters(store):
    with store.writing(OPERATOR) as tx:
        listed = Person("Amira", "Force", "Analyst", "Amira@Force.example")
        tx.people.put([listed], source_sha256="0" * 64, is_sample=True)
        assert tx.identity.accounts.person(WHO) == listed
        assert tx.identity.accounts.sample_people() == (listed,)
        tx.identity.remove_samples()


def test_a_session_ends_once(store):
    with store.writing(OPERATOR) as tx:
        tx.identity.sessions.add(replace(SESSION, role=Role.LRO))
        assert tx.identity.sessions.open_of(WHO) == (replace(SESSION, role=Role.LRO),)
        assert tx.identity.sessions.end(SESSION.name, why="x", now=NOW)
        assert not tx.identity.sessions.end(SESSION.name, why="y", now=NOW)
    with store.reading(OPERATOR) as tx:
        ended = tx.identity.sessions.find(SESSION.name)
        assert (ended.ended_at, ended.why) == (NOW, "x")
        assert tx.identity.sessions.open_of(WHO) == ()


def test_what_nobody_used_and_what_is_old_is_ended(store):
    with store.writing(OPERATOR) as tx:
        sessions = tx.identity.sessions
        sessions.add(SESSION)
        sessions.add(replace(SESSION, name="idle", seen_at=NOW - IDLE))
        sessions.add(replace(SESSION, name="old", made_at=NOW - ABSOLUTE))
        sessions.end_expired(NOW)
        assert [each.name for each in sessions.open_of(WHO)] == [SESSION.name]
        assert sessions.find("idle").why == Ending.IDLE
        assert sessions.find("old").why == Ending.OLD


def test_the_probe_leaves_nothing(store):
    with store.writing(OPERATOR) as tx:
        tx.identity.sessions.probe(NOW)
        assert tx.identity.sessions.find("probe") is None


def test_a_link_is_used_once_and_a_newer_one_takes_its_place(store):
    with store.writing(OPERATOR) as tx:
        links = tx.identity.links
        links.add(LINK)
        links.add(replace(LINK, digest="newer"))
        assert links.find("d") is None
        assert links.use("newer", now=NOW) and not links.use("newer", now=NOW)
        assert links.find("newer").used_at == NOW


def test_an_attempt_is_taken_once(store):
    with store.writing(OPERATOR) as tx:
        attempts = tx.identity.attempts
        attempts.add(ATTEMPT, oldest=NOW)
        assert attempts.take("s") == ATTEMPT and attempts.take("s") is None


def test_old_attempts_go_and_a_flood_drives_out_its_own_oldest(store):
    with store.writing(OPERATOR) as tx:
        attempts = tx.identity.attempts
        attempts.add(ATTEMPT, oldest=NOW)
        for number in range(MOST_ATTEMPTS):
            later = NOW + timedelta(seconds=number + 1)
            attempts.add(replace(ATTEMPT, state=str(number), made_at=later), oldest=NOW)
        assert attempts.take("s") is None and attempts.take("0") is not None
        attempts.add(replace(ATTEMPT, state="new"), oldest=NOW + timedelta(hours=1))
        assert attempts.take("5") is None and attempts.take("new") is not None
