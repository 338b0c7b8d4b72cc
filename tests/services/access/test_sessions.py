"""Looking a session up: fresh, cheap, and over in time."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from chb.domain.access.roles import Role
from chb.domain.access.sessions import Ending
from chb.services.access import accounts, sessions, signing
from tests.services.access.signing_makers import PASSWORD, WHO, Clock, add_person


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def ws(ws, clock):
    ws = replace(ws, clock=clock)
    add_person(ws, WHO, Role.LRO)
    return ws


@pytest.fixture
def name(ws):
    return signing.sign_in_with_password(ws, WHO, PASSWORD).session.name


def test_a_session_that_is_used_holds_for_12_hours(ws, clock, name):
    for _ in range(12 * 6 - 1):
        clock.move(minutes=10)
        sessions.forget(name)
        sessions.touch(ws, name)
        assert sessions.signed_in(ws, name)
    clock.move(minutes=10)
    assert sessions.signed_in(ws, name) is None
    assert sessions.seconds_left(ws, name) == 0


def test_a_session_that_is_not_used_ends_after_15_minutes_and_does_not_come_back(ws, clock, name):
    clock.move(minutes=14, seconds=59)
    assert sessions.signed_in(ws, name)
    clock.move(seconds=1)
    assert sessions.signed_in(ws, name) is None, "though it was looked up a moment ago"
    sessions.forget(name)
    sessions.touch(ws, name)
    assert sessions.signed_in(ws, name) is None


def test_use_is_written_down_once_a_minute(ws, clock, name):
    assert sessions.signed_in(ws, name) and not sessions.needs_touch(ws, name)
    clock.move(seconds=59)
    sessions.touch(ws, name)
    with ws.reading() as tx:
        assert tx.identity.sessions.find(name).seen_at < clock.now
    clock.move(seconds=1)
    sessions.touch(ws, name)
    with ws.reading() as tx:
        assert tx.identity.sessions.find(name).seen_at == clock.now


def test_an_account_that_is_ended_here_ends_at_once_and_elsewhere_within_a_second(ws, name):
    assert sessions.signed_in(ws, name)
    assert accounts.end_account(ws, WHO) == 1
    assert sessions.signed_in(ws, name) is None
    with ws.reading() as tx:
        assert tx.identity.sessions.find(name).why == Ending.REVOKED


def test_what_another_process_ended_is_seen_within_the_second(ws, name):
    assert sessions.signed_in(ws, name)
    with ws.writing() as tx:  # past this process's memory
        tx.identity.sessions.end(name, why="x", now=ws.now())
    start = time.monotonic()
    while sessions.signed_in(ws, name):
        assert time.monotonic() - start < 2 * sessions.FRESH_S
        time.sleep(0.02)


def elsewhere(work, *given):
    """Let another thread do something, as another request does, and wait for it."""
    with ThreadPoolExecutor(1) as others:
        others.submit(work, *given).result(30)


def test_who_asks_while_somebody_signs_out_leaves_nothing_remembered(ws, name, monkeypatch):
    recorded = signing._recorded

    def asked_before_it_is_kept(*given):
        elsewhere(sessions.signed_in, ws, name)
        recorded(*given)

    monkeypatch.setattr(signing, "_recorded", asked_before_it_is_kept)
    signing.sign_out(ws, name)
    assert sessions.signed_in(ws, name) is None


def test_an_answer_that_was_on_its_way_at_sign_out_is_not_remembered(ws, name, monkeypatch):
    who = sessions._who
    sessions.forget(name)

    def overtaken(*given):
        elsewhere(signing.sign_out, ws, name)
        return who(*given)

    monkeypatch.setattr(sessions, "_who", overtaken)
    assert sessions.signed_in(ws, name), "it was read before the end"
    assert sessions.signed_in(ws, name) is None


def test_an_unknown_session_is_nobody(ws):
    assert sessions.signed_in(ws, "f" * 64) is None
    assert sessions.signed_in(ws, "") is None


def test_a_look_is_cheap(ws, name):
    looks = []
    for _ in range(60):
        sessions.forget(name)
        start = time.perf_counter()
        assert sessions.signed_in(ws, name)
        looks.append(time.perf_counter() - start)
    start = time.perf_counter()
    for _ in range(100):
        sessions.signed_in(ws, name)
    remembered = (time.perf_counter() - start) / 100
    assert min(looks) < 0.01 and remembered < 0.001
