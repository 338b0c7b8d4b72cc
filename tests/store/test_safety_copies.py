"""The copy before an upgrade: made when there is something to lose, and the newest three stay."""

import os
import sqlite3
import subprocess
import sys

import pytest

from chb.domain.refusal import Refusal
from chb.store.migrate import upgrade
from chb.store.postgresql import open_postgresql
from chb.store.safety_copies import KEPT, copies
from chb.store.sqlite import open_sqlite
from chb.store.store import Store
from chb.store.tables import HEAD
from tests.store.filling import contents, fill_every_table, schema


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


def old_store(home, *, filled=True):
    """A home at the first schema, as an earlier release left it."""
    engine = open_sqlite(home / "holdfast.sqlite")
    upgrade(engine, "0001")
    if filled:
        fill_every_table(engine)
    held = contents(engine)
    engine.dispose()
    return held


def opened(path):
    engine = open_sqlite(path)
    found = schema(engine)[0], contents(engine)
    engine.dispose()
    return found


def test_a_store_that_holds_data_is_copied_before_it_is_brought_up_to_date(home, caplog):
    held = old_store(home)
    Store(home).close()
    (copy,) = copies(home / "backups")
    assert copy.name == "before-upgrade-0001-schema-0001.sqlite"
    assert copy.stat().st_mode & 0o777 == 0o600
    assert opened(copy) == ("0001", held)
    assert opened(home / "holdfast.sqlite")[0] == HEAD
    assert str(copy) in caplog.text


def test_a_command_says_where_the_copy_is(home):
    old_store(home)
    environment = os.environ | {"CHB_HOME": str(home), "CHB_DATABASE_URL": ""}
    ran = subprocess.run(
        [sys.executable, "-m", "chb", "check"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    (copy,) = copies(home / "backups")
    assert f"kept in {copy}" in ran.stderr


@pytest.mark.parametrize("prepare", [lambda home: None, lambda home: old_store(home, filled=False)])
def test_a_store_without_data_is_not_copied(home, prepare):
    prepare(home)
    Store(home).close()
    assert not (home / "backups").exists()


def test_a_store_that_is_up_to_date_is_not_copied_again(home):
    old_store(home)
    for _ in range(2):
        Store(home).close()
    assert len(copies(home / "backups")) == 1


def test_the_newest_three_stay_and_other_files_are_left_alone(home):
    folder = home / "backups"
    folder.mkdir()
    (folder / "monday.zip").write_bytes(b"a person's own")
    (folder / "before-upgrade-mine.sqlite").write_bytes(b"a person's own")
    for number in range(1, KEPT + 3):
        old_store(home)
        Store(home).close()
        for file in home.glob("holdfast.sqlite*"):
            file.unlink()
        assert copies(folder)[-1].name == f"before-upgrade-{number:04d}-schema-0001.sqlite"
    assert [path.name[15:19] for path in copies(folder)] == ["0003", "0004", "0005"]
    assert len(list(folder.iterdir())) == KEPT + 2


def test_without_a_copy_there_is_no_upgrade(home):
    held = old_store(home)
    (home / "backups").write_bytes(b"not a folder")
    with pytest.raises(Refusal, match="no copy of it could be made first"):
        Store(home)
    assert opened(home / "holdfast.sqlite") == ("0001", held)


def test_a_copy_holds_what_is_still_in_the_journal_of_writes(home):
    old_store(home)
    writer = sqlite3.connect(home / "holdfast.sqlite")
    writer.execute("UPDATE person SET name = 'Latest' WHERE id = 1")
    writer.commit()  # and kept open, so that the write-ahead log is not folded in
    Store(home).close()
    writer.close()
    assert opened(copies(home / "backups")[0])[1]["person"][1,]["name"] == "Latest"


def test_the_operator_copies_postgresql(postgres, tmp_path):
    with postgres.empty_database() as address:
        engine = open_postgresql(address)
        upgrade(engine, "0001")
        fill_every_table(engine)
        engine.dispose()
        Store(tmp_path / "home", address).close()
    assert not (tmp_path / "home" / "backups").exists()
