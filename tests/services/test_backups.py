"""Backups that lie on the server: made beside the work, listed, checked, deleted."""

import os
import time
import zipfile
from datetime import timedelta

import pandas as pd
import pytest

from chb.domain.access.roles import Role
from chb.domain.access.scope import NotForYou
from chb.domain.audit import AuditQuery
from chb.domain.refusal import Refusal
from chb.services import audit
from chb.services.backup_jobs import BackupStage, backup_state, start_backup
from chb.services.backups import (
    BACKUP_KIND,
    LONGEST_KEPT,
    back_up_store,
    backup_folder,
    check_backup,
    list_backups,
    remove_backup,
)
from chb.services.health import LEAST_FREE_BYTES, setup
from chb.services.workspace import open_workspace
from chb.store.failures import DATABASE_VARIABLE
from tests.services.access.scopes import as_person, made_person
from tests.services.place_makers import started
from tests.store.test_store import entry

NAME = "monday.zip"
PATIENCE_S = 120.0


@pytest.fixture
def kept(ws):
    """A store with a place, and a backup of it."""
    started(ws)
    folder = backup_folder(ws.home)
    folder.mkdir(exist_ok=True)
    back_up_store(ws, folder / NAME)
    age(folder / NAME, ws, timedelta(days=1))
    return ws


def age(path, ws, old):
    """Make a file as old as that on the clock of the tests."""
    moment = (ws.now() - old).timestamp()
    os.utime(path, (moment, moment))


def wait_while_running(ws):
    deadline = time.monotonic() + PATIENCE_S
    while backup_state(ws).stage is BackupStage.RUNNING and time.monotonic() < deadline:
        time.sleep(0.05)


def actions(ws):
    return [row.action for row in audit.search(ws, AuditQuery(object_kind=BACKUP_KIND))]


def test_a_backup_is_made_in_a_process_of_its_own_while_work_goes_on(ws, monkeypatch, database_url):
    monkeypatch.setenv(DATABASE_VARIABLE, database_url)
    started(ws)
    name = start_backup(ws)
    assert name == "holdfast-20260304-103000.zip"
    assert backup_state(ws).stage is BackupStage.RUNNING
    with pytest.raises(Refusal, match="being made already"):
        start_backup(ws)
    made_person(ws, "new@force.example", Role.LRO)
    wait_while_running(ws)
    assert backup_state(ws).stage is BackupStage.IDLE
    (found,) = list_backups(ws)
    assert found.name == name and found.n_bytes > 0
    assert check_backup(ws, name).n_rows > 0
    assert (backup_folder(ws.home) / name).stat().st_mode & 0o777 == 0o600
    assert actions(ws) == ["consult"]


def test_one_that_cannot_be_made_whole_is_said_not_to_be_there(ws, monkeypatch, database_url):
    monkeypatch.setenv(DATABASE_VARIABLE, database_url)
    with ws.writing() as tx:
        tx.frames.put(pd.DataFrame({"a": [1]}), **entry())
    (frame,) = ws.store.frames_folder.iterdir()
    frame.unlink()
    start_backup(ws)
    wait_while_running(ws)
    assert backup_state(ws).stage is BackupStage.FAILED
    assert list_backups(ws) == ()


def test_one_that_was_cut_short_is_said_to_be_and_makes_room_for_the_next(kept, monkeypatch):
    draft = backup_folder(kept.home) / ".tuesday.zip.part"
    draft.write_bytes(b"half")
    age(draft, kept, timedelta(minutes=1))
    assert backup_state(kept).stage is BackupStage.RUNNING
    age(draft, kept, timedelta(minutes=11))
    assert backup_state(kept).stage is BackupStage.FAILED
    monkeypatch.setattr("chb.services.backup_jobs._process", lambda ws, path: None)
    start_backup(kept)
    assert not draft.exists()


def test_the_list_says_which_is_too_old(kept):
    assert [each.is_too_old for each in list_backups(kept)] == [False]
    age(backup_folder(kept.home) / NAME, kept, LONGEST_KEPT + timedelta(hours=1))
    assert [each.is_too_old for each in list_backups(kept)] == [True]


def test_a_backup_that_was_changed_does_not_pass(kept):
    assert check_backup(kept, NAME).n_rows > 0
    path = backup_folder(kept.home) / NAME
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("tables/extra.jsonl", "{}")
    with pytest.raises(Refusal, match="not a whole backup"):
        check_backup(kept, NAME)
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(Refusal, match="not a whole backup"):
        check_backup(kept, NAME)


@pytest.mark.parametrize("name", ["../holdfast.sqlite", "/etc/passwd", "", "tuesday.zip"])
def test_a_name_that_is_not_in_the_list_is_no_way_elsewhere(kept, name):
    for ask in (check_backup, remove_backup):
        with pytest.raises(Refusal, match="not there"):
            ask(kept, name)


def test_deleting_is_on_record(kept):
    remove_backup(kept, NAME)
    assert list_backups(kept) == ()
    assert actions(kept) == ["erase"]


@pytest.mark.parametrize("role", [each for each in Role if each is not Role.ADMINISTRATOR])
def test_backups_are_for_administrators(sample_ws, role):
    asking = as_person(sample_ws, "x@force.example", role)
    for ask in (list_backups, start_backup, backup_state, setup):
        with pytest.raises(NotForYou):
            ask(asking)


def test_the_setup_says_no_path_and_whether_keys_lie_apart(ws, tmp_path, database_url):
    found = setup(ws)
    assert not found.keys_are_apart and not found.anchors_are_apart
    assert found.free_bytes > LEAST_FREE_BYTES
    assert found.database.startswith("PostgreSQL" if database_url else "SQLite")
    assert str(tmp_path) not in repr(found)


def test_keys_and_anchors_may_lie_apart(tmp_path, monkeypatch):
    monkeypatch.setenv("CHB_KEYS", str(tmp_path / "safe"))
    monkeypatch.setenv("CHB_ANCHORS", str(tmp_path / "safe" / "anchors.jsonl"))
    ws = open_workspace(tmp_path / "home", database_url="")
    found = setup(ws)
    assert found.keys_are_apart and found.anchors_are_apart
    ws.store.close()


def test_what_is_no_file_of_its_own_is_no_backup(kept, tmp_path):
    folder = backup_folder(kept.home)
    (folder / "folder.zip").mkdir()
    (folder / "gone.zip").symlink_to(tmp_path / "nowhere.zip")
    (folder / "elsewhere.zip").symlink_to(folder / NAME)
    assert [each.name for each in list_backups(kept)] == [NAME]
    with pytest.raises(Refusal, match="not there"):
        check_backup(kept, "folder.zip")
