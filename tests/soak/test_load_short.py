"""The load test with three people for some seconds, so that every run of the tests has it."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.soak.load.browser import Asked, tab
from tests.soak.load.crowd import Sample, Watched, watch
from tests.soak.load.figures import Turn
from tests.soak.load.goals import HALF_AN_HOUR_S, missed_at_work
from tests.soak.load.neighbour import beside_heavy_work
from tests.soak.load.people import HABITS, MIX, options
from tests.soak.load.report import noise_sheet, pages_sheet, ramp_sheet
from tests.soak.load.served import served
from tests.soak.load.stores import sample


def run_alone(work):
    """In a thread of its own: the browser of other tests keeps a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return sample(tmp_path_factory.mktemp("load"))


@pytest.fixture(scope="module")
def server(store):
    with served(store.home, sign_in=store.sign_in) as running:
        yield running


def test_every_page_offers_what_people_choose_there(store, server):
    for who in {each.role: each for each in store.people(len(MIX))}.values():
        assert run_alone(_not_offered(server, who)) == []


async def _not_offered(server, who):
    lacking = []
    async with tab(server.port, who.cookie) as opened:
        for habit in HABITS[who.role]:
            turn = await opened.turn(Asked(habit.address, "opens the page"))
            lacking += [turn.error] if turn.error else []
            labels = habit.chooses + habit.rarely
            lacking += [(habit.path, each) for each in labels if not options(opened.view, each)]
            if habit.clicks_map and not opened.view.maps:
                lacking.append((habit.path, "map"))
    return lacking


def test_three_people_at_work_meet_no_error_and_no_heavy_page(store, server):
    watched = run_alone(watch(server, store.people(3), seconds=10, seed=1, thinking_s=1))
    assert missed_at_work(watched) == []
    assert len(watched.counted) > 5
    assert watched.screens_s > 0
    assert watched.samples[-1].screens_bytes > 100e6
    assert watched.samples[-1].engine_bytes > 50e6
    assert ramp_sheet("sample", [watched]).lines[0][0] == "3"
    assert sum(int(line[2]) for line in pages_sheet("sample", watched).lines) == len(
        watched.counted
    )


def test_heavy_profiles_are_worked_out_while_the_others_go_on(store, server):
    noise = run_alone(beside_heavy_work(server, store.people(6), seconds=4))
    assert noise.errors == []
    assert noise.heavy
    assert noise_sheet("sample", noise).lines


def test_a_line_that_is_refused_is_an_error(store, server):
    (who,) = store.people(1)
    stranger = type(who)(who.role, "", who.positions)
    watched = run_alone(watch(server, [stranger], seconds=0.1, seed=1, thinking_s=0.1))
    assert [turn.doing for turn in watched.errors] == ["line"]
    assert missed_at_work(watched) == ["1 people: 1 errors"]


def worked(*, n_people, seconds, waited_s=0.2, sent_bytes=10_000, last_bytes=1_000):
    """A stretch in which everybody waited as long, and memory rose to the last size."""
    sizes = [1_000] * 9 + [last_bytes]
    samples = [Sample(seconds * at / 9, size, 0) for at, size in enumerate(sizes)]
    turns = [Turn("home", "opens the page", waited_s, sent_bytes, 1.0)]
    return Watched(n_people, turns, samples, is_over=True, counted_s=seconds)


def test_what_is_promised_of_half_an_hour_is_judged_in_each_part():
    kept = worked(n_people=25, seconds=HALF_AN_HOUR_S)
    assert missed_at_work(kept) == []
    slow = worked(n_people=25, seconds=HALF_AN_HOUR_S, waited_s=1.6)
    assert missed_at_work(slow) == ["25 people: p95 1.60 s, over 1.5 s"]
    assert missed_at_work(worked(n_people=40, seconds=300, waited_s=1.6)) == []
    heavy = worked(n_people=25, seconds=HALF_AN_HOUR_S, sent_bytes=500_001)
    assert missed_at_work(heavy) == ["25 people: 500 kB for one rerun"]
    grown = worked(n_people=25, seconds=HALF_AN_HOUR_S, last_bytes=1_200)
    assert missed_at_work(grown) == ["25 people: memory grew by 20%"]
    assert missed_at_work(worked(n_people=25, seconds=60, last_bytes=1_200)) == []
