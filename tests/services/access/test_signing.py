"""Signing in with a password, at a provider and to the demonstration; signing out."""

import time
from dataclasses import replace

import pytest
from argon2 import PasswordHasher

from chb.domain.access.accounts import FREE_FAILURES, AccountKind
from chb.domain.access.roles import Role
from chb.domain.access.scope import OPERATOR
from chb.domain.access.sessions import MOST_AT_ONCE, SignInMode
from chb.domain.audit import AuditAction, AuditQuery
from chb.domain.people import Person
from chb.domain.refusal import Refusal
from chb.services import audit
from chb.services.access import accounts, passwords, sessions, signing
from chb.services.access.signing import NoRoleYet, ProvenIdentity, SignInRefused
from tests.services.access.signing_makers import PASSWORD, WHO, Clock, add_person


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def ws(ws, clock):
    return replace(ws, clock=clock)


def who(ws, opened):
    sessions.forget(opened.session.name)
    return sessions.signed_in(ws, opened.session.name)


def fail(ws, times=1, work_email=WHO):
    for _ in range(times):
        with pytest.raises(SignInRefused, match="You are not signed in"):
            signing.sign_in_with_password(ws, work_email, "not the password")


def test_the_right_password_opens_a_session_with_the_roles_held_now(ws):
    add_person(ws, WHO, Role.LRO, Role.PARTNER)
    found = who(ws, signing.sign_in_with_password(ws, " Amira@Force.example", PASSWORD))
    assert (found.person, found.agency) == (WHO, "Bank Homes")
    assert found.roles == {Role.LRO, Role.PARTNER}
    assert found.mode is SignInMode.LOCAL


def test_a_role_given_and_taken_is_known_at_the_next_look(ws):
    add_person(ws, WHO, Role.LRO)
    opened = signing.sign_in_with_password(ws, WHO, PASSWORD)
    accounts.grant_role(ws, WHO, Role.ANALYST)
    accounts.end_role(ws, WHO, Role.LRO)
    assert who(ws, opened).roles == {Role.ANALYST}
    accounts.end_role(ws, WHO, Role.ANALYST)
    assert who(ws, opened) is None


def test_unknown_wrong_locked_and_ended_are_told_the_same(ws):
    add_person(ws, WHO, Role.LRO)
    add_person(ws, "b@force.example", Role.LRO)
    accounts.end_account(ws, "b@force.example")
    told = set()
    for address, password in (
        ("nobody@force.example", PASSWORD),
        (WHO, "wrong"),
        (WHO, ""),
        ("b@force.example", PASSWORD),
    ):
        with pytest.raises(SignInRefused) as refused:
            signing.sign_in_with_password(ws, address, password)
        told.add(str(refused.value))
    assert len(told) == 1


def test_an_unknown_account_costs_the_same_time(ws):
    add_person(ws, WHO, Role.LRO)
    fail(ws, work_email="warm@force.example")
    took = {}
    for address in (WHO, "nobody@force.example"):
        rounds = []
        for _ in range(4):
            start = time.process_time()  # what other programs do does not count
            fail(ws, work_email=address)
            rounds.append(time.process_time() - start)
        took[address] = min(rounds)
    least, most = sorted(took.values())
    assert most < 2.5 * least, "without a hash it would be twenty times less"


def test_after_five_failures_even_the_right_password_waits(ws, clock):
    add_person(ws, WHO, Role.LRO)
    fail(ws, FREE_FAILURES)
    with pytest.raises(SignInRefused):
        signing.sign_in_with_password(ws, WHO, PASSWORD)
    clock.move(seconds=31)
    assert signing.sign_in_with_password(ws, WHO, PASSWORD)
    fail(ws, FREE_FAILURES - 1)
    assert signing.sign_in_with_password(ws, WHO, PASSWORD), "a success starts the count afresh"


def test_the_lock_grows_and_attempts_while_locked_do_not_add_to_it(ws, clock):
    add_person(ws, WHO, Role.LRO)
    fail(ws, FREE_FAILURES)
    fail(ws, 10)
    clock.move(seconds=31)
    fail(ws)
    clock.move(seconds=31)
    fail(ws)
    with ws.reading() as tx:
        account = tx.identity.accounts.find(WHO)
    assert account.failed_attempts == FREE_FAILURES + 1
    clock.move(seconds=30)
    assert signing.sign_in_with_password(ws, WHO, PASSWORD)


def test_who_has_no_role_is_told_so_only_with_the_right_password(ws):
    add_person(ws, WHO)
    fail(ws)
    with pytest.raises(NoRoleYet, match="no role here yet"):
        signing.sign_in_with_password(ws, WHO, PASSWORD)


def test_a_fourth_session_ends_the_oldest(ws, clock):
    add_person(ws, WHO, Role.LRO)
    opened = []
    for _ in range(MOST_AT_ONCE + 1):
        opened.append(signing.sign_in_with_password(ws, WHO, PASSWORD))
        clock.move(seconds=1)
    assert [who(ws, each) is not None for each in opened] == [False, True, True, True]


def test_signing_out_ends_that_session_and_no_other(ws):
    add_person(ws, WHO, Role.LRO)
    one, two = (signing.sign_in_with_password(ws, WHO, PASSWORD) for _ in range(2))
    assert sessions.signed_in(ws, one.session.name)
    signing.sign_out(ws, one.session.name)
    assert sessions.signed_in(ws, one.session.name) is None, "at once, not after a second"
    assert who(ws, two)
    signing.sign_out(ws, "no such session")


def test_a_hash_with_weaker_parameters_is_made_anew(ws):
    add_person(ws, WHO, Role.LRO)
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with ws.writing() as tx:
        tx.identity.accounts.change(WHO, password_hash=weak)
    signing.sign_in_with_password(ws, WHO, PASSWORD)
    with ws.reading() as tx:
        kept = tx.identity.accounts.find(WHO).password_hash
    assert kept.startswith("$argon2id$") and not passwords.is_outdated(kept)


def test_a_provider_says_who_somebody_is_and_nothing_else(ws):
    add_person(ws, WHO, Role.ANALYST, kind=AccountKind.OIDC)
    opened = signing.sign_in_with_identity(ws, ProvenIdentity(WHO, "sub-1"))
    assert who(ws, opened).roles == {Role.ANALYST}
    with pytest.raises(NoRoleYet):
        signing.sign_in_with_identity(ws, ProvenIdentity("new@force.example", "sub-2"))


def test_the_same_address_with_another_subject_is_somebody_else(ws):
    add_person(ws, WHO, Role.ANALYST, kind=AccountKind.OIDC)
    signing.sign_in_with_identity(ws, ProvenIdentity(WHO, "sub-1"))
    with pytest.raises(NoRoleYet):
        signing.sign_in_with_identity(ws, ProvenIdentity(WHO, "sub-2"))


def test_an_account_has_one_way_in(ws):
    add_person(ws, WHO, Role.ANALYST)
    with pytest.raises(NoRoleYet):
        signing.sign_in_with_identity(ws, ProvenIdentity(WHO, "sub-1"))


def test_who_left_the_work_is_not_let_in_and_not_kept_in(ws):
    add_person(ws, WHO, Role.LRO)
    with ws.writing() as tx:
        tx.people.put([Person("Amira", "Force", "LRO", WHO)], source_sha256="0" * 64)
    opened = signing.sign_in_with_password(ws, WHO, PASSWORD)
    assert who(ws, opened).name == "Amira" or who(ws, opened).name == WHO
    with ws.writing() as tx:
        tx.people.set_left_on(WHO, ws.today())
    assert who(ws, opened) is None
    with pytest.raises(NoRoleYet):
        signing.sign_in_with_password(ws, WHO, PASSWORD)


@pytest.mark.parametrize("role", Role)
def test_the_demonstration_has_a_person_for_every_role(sample_ws, role):
    opened = signing.sign_in_to_demo(sample_ws, role)
    found = sessions.signed_in(sample_ws, opened.session.name)
    assert found.roles == {role} and "invented" in found.name


def test_the_role_is_switched_in_a_demonstration_only(sample_ws, ws):
    opened = signing.sign_in_to_demo(sample_ws)
    signing.change_demo_role(sample_ws, opened.session.name, Role.PARTNER)
    found = sessions.signed_in(sample_ws, opened.session.name)
    assert found.roles == {Role.PARTNER} and "synthetic" in found.agency
    add_person(ws, WHO, Role.LRO)
    with pytest.raises(Refusal):
        real = signing.sign_in_with_password(ws, WHO, PASSWORD)
        signing.change_demo_role(ws, real.session.name, Role.SRO)


def test_no_demonstration_without_the_sample_place(ws):
    with pytest.raises(SignInRefused, match="python -m chb demo"):
        signing.sign_in_to_demo(ws)


def test_what_happens_at_the_door_is_in_the_log_and_no_password_is(ws):
    add_person(ws, WHO, Role.LRO)
    fail(ws, FREE_FAILURES)
    fail(ws, work_email="my secret typed in the wrong field")
    with ws.writing() as tx:
        tx.identity.accounts.change(WHO, failed_attempts=0, locked_until=None)
    opened = signing.sign_in_with_password(ws, WHO, PASSWORD)
    signing.sign_out(ws, opened.session.name)
    rows = audit.search(ws.seen_by(OPERATOR), AuditQuery())
    text = str([(row, row.body) for row in rows])
    assert PASSWORD not in text and "my secret" not in text
    refused = [row for row in rows if row.action == AuditAction.REFUSE]
    assert [row.person for row in refused] == ["unknown", *[WHO] * FREE_FAILURES]
    assert "locked_until" in refused[1].body
    signed = [row for row in rows if row.action == AuditAction.SIGN_IN]
    assert [row.body["event"] for row in signed] == ["signed out", "local"]
