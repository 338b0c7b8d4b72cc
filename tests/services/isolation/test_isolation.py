"""The limits bite, the walls hold, and nothing is left behind."""

import os
import signal
import socket
import tempfile
import threading
import time
from pathlib import Path

import pytest

from chb.domain.refusal import Refusal
from chb.services.isolation import hatchery
from chb.services.isolation.limits import LIMITS, UPLOAD_BYTES, Limits, limits_for
from chb.services.isolation.rooms import PREFIX
from chb.services.isolation.running import Task, run_limited
from chb.services.isolation.walls import HOOK, NAMESPACE
from chb.services.workspace import open_workspace
from chb.sources.files import InputFile
from tests.conftest import fixed_clock
from tests.services.loading.bad_inputs import VRT
from tests.services.loading.importers import IMPORTERS

MB = 1024 * 1024
SHORT = Limits(memory_bytes=256 * MB, cpu_s=2, wall_s=3.0, written_bytes=20 * MB)


def run(function, limits=SHORT, progress=lambda *_: None, **options):
    task = Task(f"tests.services.isolation.misbehaving:{function}", "list.csv", options=options)
    return run_limited(task, limits=limits, progress=progress)


def rooms():
    return sorted(Path(tempfile.gettempdir()).glob(f"{PREFIX}*"))


@pytest.fixture(autouse=True)
def nothing_left_behind(tmp_path, monkeypatch):
    """Rooms are made in a folder of the test's own, which is empty after it."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    yield
    assert rooms() == []


@pytest.fixture
def listener():
    """A server on this machine that the child must not reach, and whom it heard from."""
    heard = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen():
            while True:
                try:
                    heard.append(server.accept()[1])
                except OSError:
                    return

        threading.Thread(target=listen, daemon=True).start()
        yield server.getsockname()[1], heard
        server.shutdown(socket.SHUT_RDWR)


def test_a_task_is_told_its_options_and_tells_how_far_it_is():
    told = []
    answer = run("say_hello", progress=lambda *said: told.append(said), name="Sam")
    assert answer.plain["hello"] == "Sam"
    assert told == [(1, 2, "half")]


def test_files_that_are_on_no_disk_come_with_their_names():
    task = Task(
        "tests.services.isolation.misbehaving:say_hello", "x", contents=[("../../a.csv", b"1")]
    )
    assert run_limited(task).plain["files"] == ["../../a.csv"]


@pytest.mark.parametrize("function", ["eat_memory", "eat_memory_in_python"])
def test_memory_is_limited(function):
    with pytest.raises(Refusal, match=r"more memory.*256 MB.*nothing was imported"):
        run(function, Limits(memory_bytes=256 * MB, cpu_s=30, wall_s=30.0))


@pytest.mark.parametrize("function", ["loop", "sleep"])
def test_time_is_limited(function):
    started = time.monotonic()
    with pytest.raises(Refusal, match=r"took longer than it may.*nothing was imported"):
        run(function)
    assert time.monotonic() - started < 15


@pytest.mark.parametrize("function", ["write_too_much", "die", "fail", "answer_rubbish"])
def test_other_deaths_are_a_sentence_too(function):
    with pytest.raises(Refusal, match=r"list.csv could not be read") as refused:
        run(function)
    assert refused.value.remedy
    assert "a name that must not be shown" not in str(refused.value)


def test_a_refusal_comes_whole():
    with pytest.raises(Refusal) as refused:
        run("refuse")
    assert refused.value.as_dict() == {
        "wrong": "It is wrong",
        "found": "Row 7",
        "cause": "A slip",
        "remedy": "Mend it",
    }


def test_there_is_no_way_out(tmp_path, listener):
    port, heard = listener
    database = tmp_path / "holdfast.sqlite"
    database.write_bytes(b"SQLite format 3\x00")
    tried = run("reach_out", port=port, database=str(database)).plain
    network = tried.pop("network")
    assert network in (NAMESPACE, HOOK)
    assert {way: how for way, how in tried.items() if how != "PermissionError"} in (
        {},
        {"web": "URLError"},
    )
    assert heard == []
    assert not Path("/tmp/holdfast-elsewhere").exists()


def test_the_namespace_holds_what_no_hook_sees(listener):
    port, heard = listener
    try:
        answer = run("pass_the_hook_by", port=port)
    except Refusal:  # the hook holds the way to the C library already
        assert heard == []
        return
    assert answer.plain["network"] == HOOK or answer.plain["code"] != 0


def test_a_child_knows_no_secret_and_has_a_folder_of_its_own(monkeypatch):
    monkeypatch.setenv("CHB_DATABASE_URL", "postgresql://somebody:secret@host/db")
    monkeypatch.setattr(hatchery, "_held", [])  # a nursery that is started with the secret about
    seen = run("look_round").plain
    assert not [name for name in seen["environment"] if name.startswith(("CHB", "AWS", "PG"))]
    assert Path(seen["folder"]).name.startswith(PREFIX) and seen["mode"] == 0o700
    assert seen["threads"] == 1


def test_a_killed_child_leaves_nothing_behind():
    def kill(_done, _total, pid):
        assert rooms()
        os.kill(int(pid), signal.SIGKILL)

    with pytest.raises(Refusal, match="could not be read"):
        run("leave_files", Limits(wall_s=30.0), progress=kill)


@pytest.mark.parametrize(
    "function", ["answer_with_a_pickle", "answer_off_the_globe", "answer_with_a_link"]
)
def test_an_answer_that_no_reader_gives_is_not_believed(function):
    with pytest.raises(Refusal, match="could not be read"):
        run(function)


def test_a_nursery_that_died_is_started_again():
    run("say_hello")
    before = hatchery.nursery().pid
    os.kill(before, signal.SIGKILL)
    time.sleep(0.2)
    assert run("say_hello").plain["hello"] == ""
    assert hatchery.nursery().pid != before


def test_two_at_once_do_not_wait_for_each_other():
    def refused():
        with pytest.raises(Refusal, match="longer"):
            run("sleep")

    slow = threading.Thread(target=refused)
    slow.start()
    time.sleep(0.3)
    started = time.monotonic()
    run("say_hello")
    assert time.monotonic() - started < 2
    slow.join()


def test_an_upload_has_the_plain_limits_and_a_large_file_their_multiple():
    assert limits_for(0) == limits_for(UPLOAD_BYTES) == LIMITS
    assert LIMITS.memory_bytes == 1024 * MB and LIMITS.wall_s == LIMITS.cpu_s == 60
    assert limits_for(UPLOAD_BYTES + 1).memory_bytes == 2 * LIMITS.memory_bytes
    assert limits_for(10**15).wall_s == 16 * 60


@pytest.mark.parametrize("name", ["x.geojson", "x.gpkg", "x.csv", "x.kml"])
@pytest.mark.parametrize("importer", IMPORTERS.values(), ids=IMPORTERS)
def test_a_descriptor_never_reads_our_own_database(tmp_path, importer, name):
    ws = open_workspace(tmp_path / "home", clock=fixed_clock, database_url="")
    ws.store.close()
    database = tmp_path / "home" / "holdfast.sqlite"
    assert database.exists()
    upload = InputFile.of(name, VRT.format(target=database).encode())
    with pytest.raises(Refusal, match="GDAL descriptor") as refused:
        importer.run(ws, upload)
    assert "alembic" not in str(refused.value) and "SQLite" not in str(refused.value)
