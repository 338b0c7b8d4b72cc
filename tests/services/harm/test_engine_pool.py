"""The engine in its own processes: the same answers, and nobody waits for another's."""

import os
import pickle
import resource
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from chb.domain.periods import Period
from chb.domain.refusal import Refusal
from chb.services.harm import engine_pool
from chb.services.harm.engine_orders import CPU_S, MEMORY_BYTES, Order, Reply
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


@pytest.fixture(scope="module")
def lone():
    """A pool of one worker, whose server knows secrets."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("CHB_DATABASE_URL", raising=False)
        patch.setenv("CHB_CLIENT_SECRET", "not for a worker")
        patch.setenv("PGPASSWORD", "nor this, where the store is a file")
        pool = EnginePool(1)
    yield pool
    pool.close()


def asked(pool, ws, request=REQUEST):
    order = Order(ws.home.absolute(), "", ws.scope, "profile", request)
    return pool.run(order, "")


def test_a_worker_knows_no_secret_of_the_server(lone, sample_ws):
    asked(lone, sample_ws)
    (pid,) = lone.pids
    told = dict(
        line.split("=", 1)
        for line in Path(f"/proc/{pid}/environ").read_text().split("\0")
        if "=" in line
    )
    assert told["PYTHONPATH"]
    assert not [name for name in told if name.startswith(("CHB_", "PG"))]


def test_a_worker_whose_store_is_a_file_is_off_the_network(lone, sample_ws):
    asked(lone, sample_ws)
    (pid,) = lone.pids
    devices = Path(f"/proc/{pid}/net/dev").read_text().splitlines()[2:]
    own, its = Path("/proc/self/ns/net").readlink(), Path(f"/proc/{pid}/ns/net").readlink()
    assert (own != its) is may_part_networks()
    assert own == its or [line.split(":")[0].strip() for line in devices] == ["lo"]


def may_part_networks():
    """Whether this machine lets a process leave the network, as for children that read files."""
    left = "import sys; from chb.services.isolation.walls import *; sys.exit(cut_network() == HOOK)"
    return subprocess.run([sys.executable, "-c", left], check=False).returncode == 0


@pytest.mark.parametrize(
    "way", ["socket.socket()", "subprocess.run(['true'])", "os.system('true')"]
)
def test_a_calculation_reaches_neither_the_network_nor_a_program(way):
    shut = "import os, socket, subprocess; from chb.services.isolation.walls import *; "
    done = subprocess.run(
        [sys.executable, "-c", f"{shut}keep_to_the_store(); {way}"],
        check=False,
        capture_output=True,
        text=True,
    )
    assert "is not for a calculation" in done.stderr


def test_a_worker_may_take_so_much_memory_and_no_more(lone, sample_ws):
    asked(lone, sample_ws)
    (pid,) = lone.pids
    limit, _ = resource.prlimit(pid, resource.RLIMIT_DATA)
    assert MEMORY_BYTES < limit < 2 * MEMORY_BYTES
    soft, _ = resource.prlimit(pid, resource.RLIMIT_CPU)
    assert CPU_S < soft < 2 * CPU_S


def test_a_worker_that_overruns_is_replaced_and_its_asker_told(lone, sample_ws, monkeypatch):
    (stuck,) = lone.pids
    os.kill(stuck, signal.SIGSTOP)
    with monkeypatch.context() as patch, pytest.raises(Refusal, match="longer than it may"):
        patch.setattr(lone, "_wall_s", 0.5)
        asked(lone, sample_ws)
    assert not Path(f"/proc/{stuck}").exists()
    assert len(asked(lone, sample_ws).frame)


def test_a_calculation_that_takes_more_memory_is_refused(lone, sample_ws):
    (pid,) = lone.pids
    resource.prlimit(pid, resource.RLIMIT_DATA, (1, 1))
    with pytest.raises(Refusal, match="stopped before it was done") as refused:
        asked(lone, sample_ws, replace(REQUEST, resolution=11, bandwidth_m=100))
    assert "memory" in refused.value.cause


def test_three_calculations_take_no_time_of_this_process(sample_ws):
    """What a screen would wait for: the reason for the pool."""
    asked = HotspotRequest(REQUEST, permutations=9_999)
    with ThreadPoolExecutor(3) as three:
        before = time.process_time()
        found = list(three.map(lambda _: run(sample_ws, "hotspots", asked), range(3)))
        took_s = time.process_time() - before
    assert all(len(each.cells) for each in found)
    assert took_s < 0.5
