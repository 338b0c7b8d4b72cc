"""The engine in its own processes: the same answers, and nobody waits for another's."""

import os
import pickle
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pandas as pd
import pytest

from chb.domain.periods import Period
from chb.domain.refusal import Refusal
from chb.services.harm import engine_pool
from chb.services.harm.engine_orders import Reply
from chb.services.harm.engine_pool import EngineError, EnginePool, get_ready, n_workers
from chb.services.harm.engine_worker import RUNS
from chb.services.harm.hotspots import HotspotRequest
from chb.services.harm.profiling import ProfileRequest, build_profile
from tests.services.harm.engine_requests import request_of

YEAR = Period.parse("2025-01", "2025-12")
REQUEST = ProfileRequest("Marram", YEAR, resolution=8, bandwidth_m=1_000)


@pytest.fixture(autouse=True)
def embedded(monkeypatch):
    monkeypatch.delenv("CHB_DATABASE_URL", raising=False)


def run(ws, name, request, person=""):
    return engine_pool.run(ws, name, request, person=person)


def test_one_processor_is_left_for_the_screens():
    assert n_workers() == max(1, len(os.sched_getaffinity(0)) - 1)
    assert len(get_ready().pids) == n_workers()


def test_a_profile_is_the_one_the_service_makes(sample_ws):
    found, here = run(sample_ws, "profile", REQUEST), build_profile(sample_ws, REQUEST)
    pd.testing.assert_frame_equal(found.frame, here.frame)
    assert found.coverage == here.coverage
    assert found.provenance.sources == here.provenance.sources
    assert found.provenance.caveats == here.provenance.caveats


@pytest.mark.parametrize("name", RUNS)
def test_every_analysis_has_a_result_that_travels(sample_ws, name):
    result = run(sample_ws, name, request_of(name, REQUEST))
    assert pickle.loads(pickle.dumps(result)).provenance == result.provenance


def test_a_refusal_comes_with_its_parts(sample_ws):
    with pytest.raises(Refusal) as refused:
        run(sample_ws, "profile", replace(REQUEST, area="Nowhere"))
    with pytest.raises(Refusal) as here:
        build_profile(sample_ws, replace(REQUEST, area="Nowhere"))
    assert refused.value.as_dict() == here.value.as_dict()


def test_a_defect_is_an_error_with_its_own_account(sample_ws):
    with pytest.raises(EngineError) as failed:
        run(sample_ws, "profile", "no request at all")
    assert "AttributeError" in failed.value.__notes__[0]
    assert len(run(sample_ws, "profile", REQUEST).frame)


def test_a_worker_that_died_is_replaced(sample_ws):
    run(sample_ws, "profile", REQUEST)
    for pid in get_ready().pids:
        os.kill(pid, signal.SIGKILL)
    for _ in range(n_workers()):
        with pytest.raises(Refusal, match="stopped before it was done"):
            run(sample_ws, "profile", REQUEST)
    assert len(run(sample_ws, "profile", REQUEST).frame)


@pytest.mark.parametrize(("people", "expected"), [("aaa", 1), ("bc", 2)])
def test_one_person_has_one_calculation_at_a_time(monkeypatch, people, expected):
    pool, running, most = EnginePool(0), [], []

    def reply(_order):
        running.append(1)
        most.append(len(running))
        time.sleep(0.2)
        running.pop()
        return Reply()

    monkeypatch.setattr(pool, "_reply", reply)
    threads = [threading.Thread(target=pool.run, args=(None, person)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(most) == expected


def test_three_calculations_take_no_time_of_this_process(sample_ws):
    """What a screen would wait for: the reason for the pool."""
    asked = HotspotRequest(REQUEST, permutations=9_999)
    with ThreadPoolExecutor(3) as three:
        before = time.process_time()
        found = list(three.map(lambda _: run(sample_ws, "hotspots", asked), range(3)))
        took_s = time.process_time() - before
    assert all(len(each.cells) for each in found)
    assert took_s < 0.5
