"""Backup of a store at work, restore whole or not at all, and what a check finds."""

import json
import threading
import zipfile
from datetime import timedelta

import pandas as pd
import pytest

from chb.domain.access.scope import OPERATOR
from chb.domain.places.decisions import Decision, DecisionDraft, Link, LinkKind
from chb.domain.places.gates import Checklist, Evidence, Figure, Gate, GateItem
from chb.domain.refusal import Refusal
from chb.store.backup import back_up, restore
from chb.store.checking import check_store
from chb.store.store import Store
from tests.databases import KINDS
from tests.store.test_store import NOW, entry, place

FRAME = pd.DataFrame({"lsoa_code": ["E01", None], "population": [1.5, 2.0]})


def decision(id_: str, *, corrects: str | None = None) -> Decision:
    draft = DecisionDraft(
        what="Disrupt",
        rationale='O\'Neil "quoted" 🎈 \n line',
        taken_on=NOW.date(),
        links=(Link(LinkKind.PLACE, "p1"),),
    )
    return Decision(id_, draft, "LRO", NOW, corrects=corrects)


def fill(store: Store) -> None:
    figure = Figure("Harm", -12.5, "per cent", "2025-01", "cchi-2026")
    with store.writing(OPERATOR) as tx:
        tx.places.add(place())
        tx.gates.add_checklist(
            Checklist(Gate.CLEAR_TO_HOLD, 1, (GateItem("a", "Patrols"),), "", "why", "LRO", NOW)
        )
        tx.gates.add_evidence(
            "p1", Evidence(Gate.CLEAR_TO_HOLD, "a", 1, True, "rota", "", figure, "LRO", NOW)
        )
        # A correction whose id sorts before the entry it corrects.
        tx.decisions.add(decision("z"))
        tx.decisions.add(decision("a", corrects="z"))
        tx.journal.save_request("form", result_id="p1", saved_at=NOW)
        tx.frames.put(FRAME, **entry())


def contents(store: Store):
    with store.reading(OPERATOR) as tx:
        (frame,) = tx.frames.entries()
        return (
            tx.places.all(),
            tx.gates.checklists(Gate.CLEAR_TO_HOLD),
            tx.gates.evidence("p1", Gate.CLEAR_TO_HOLD),
            tx.decisions.all(),
            tx.journal.saved_result("form"),
            frame,
            tx.frames.read(frame).to_dict("list")["lsoa_code"][0],
        )


def backed_up(store: Store, folder, name: str = "monday.zip"):
    path = folder / name
    back_up(store, path, made_at=NOW, software="Holdfast test")
    return path


@pytest.fixture(params=KINDS)
def other_store(request, tmp_path):
    """An empty store of either kind, to restore into."""
    if request.param == "sqlite":
        opened = Store(tmp_path / "other")
        yield opened
        opened.close()
        return
    with request.getfixturevalue("postgres").database() as address:
        opened = Store(tmp_path / "other", address)
        yield opened
        opened.close()


def test_a_backup_restores_to_either_database_and_work_goes_on_there(store, other_store, tmp_path):
    fill(store)
    restore(other_store, backed_up(store, tmp_path))
    assert contents(other_store) == contents(store)
    assert check_store(other_store).problems == ()
    with other_store.writing(OPERATOR) as tx:
        tx.places.add_change("p1", place().history[0])
        assert tx.decisions.next_number() == 3


def test_a_full_store_is_replaced_only_when_asked(store, tmp_path):
    fill(store)
    path = backed_up(store, tmp_path)
    before = contents(store)
    with store.writing(OPERATOR) as tx:
        tx.places.add(place("p2", "Ropewalk"))
    with pytest.raises(Refusal, match="not empty"):
        restore(store, path)
    with store.reading(OPERATOR) as tx:
        assert len(tx.places.all()) == 2
    restore(store, path, replace=True)
    assert contents(store) == before


def test_a_backup_while_writers_work_is_of_one_moment(store, tmp_path):
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            with store.writing(OPERATOR) as tx:
                tx.places.add(place(f"{number}"))
                tx.journal.save_request(f"{number}", result_id=f"{number}", saved_at=NOW)
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        path = backed_up(store, tmp_path)
    finally:
        stop.set()
        writer.join()
    rows = json.loads(zipfile.ZipFile(path).read("manifest.json"))["rows"]
    assert rows["place"] == rows["place_boundary"] == rows["saved_request"]
    assert rows["place_cell"] == 2 * rows["place"]


def test_a_backup_never_replaces_a_file(store, tmp_path):
    path = backed_up(store, tmp_path)
    with pytest.raises(Refusal, match="already"):
        backed_up(store, tmp_path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert sorted(file.name for file in tmp_path.iterdir() if file.is_file()) == ["monday.zip"]


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda data: data[: len(data) // 2], "not a whole backup"),
        (lambda data: b"", "not a whole backup"),
        (lambda data: b"PK nonsense" * 50, "not a whole backup"),
    ],
)
def test_a_spoilt_backup_changes_nothing(store, tmp_path, spoil, says):
    fill(store)
    path = backed_up(store, tmp_path)
    path.write_bytes(spoil(path.read_bytes()))
    before = contents(store)
    with pytest.raises(Refusal, match=says):
        restore(store, path, replace=True)
    assert contents(store) == before


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"tables/place.jsonl": b"{}\n"}, "not what was written"),
        ({"../../etc/evil.parquet": b"x"}, "missing or not listed"),
        ({"manifest.json": b"[]"}, "no manifest"),
        ({"manifest.json": b'{"format": "x"}'}, "no manifest"),
    ],
)
def test_a_backup_that_was_meddled_with_is_refused(store, tmp_path, change, says):
    fill(store)
    path, meddled = backed_up(store, tmp_path), tmp_path / "meddled.zip"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(meddled, "w") as target:
        parts = {name: source.read(name) for name in source.namelist()} | change
        for name, data in parts.items():
            target.writestr(name, data)
    with pytest.raises(Refusal, match=says):
        restore(store, meddled, replace=True)


def test_a_file_that_is_not_there_is_a_sentence(store, tmp_path):
    with pytest.raises(Refusal, match="There is no file"):
        restore(store, tmp_path / "nothing.zip")


def test_a_check_finds_what_is_missing_changed_or_unguarded(store):
    fill(store)
    assert check_store(store).is_sound
    (frame,) = (store.home / "frames").iterdir()
    whole = frame.read_bytes()
    frame.write_bytes(whole[:-1])
    assert "changed or damaged" in str(check_store(store).problems)
    frame.unlink()
    assert "is missing" in str(check_store(store).problems)
    with pytest.raises(Refusal, match="would not be whole"):
        backed_up(store, store.home)
    frame.write_bytes(whole)


def test_a_check_finds_a_history_that_lost_its_guards(store):
    with store.connection(OPERATOR, writes=True) as connection:
        lends = connection.dialect.name != "sqlite"  # a database, to the next test as well
        connection.exec_driver_sql(
            "ALTER TRIGGER decision_guard ON decision RENAME TO away"
            if lends
            else "DROP TRIGGER decision_guard_delete"
        )
    try:
        assert check_store(store).problems == (
            "The guards of decision are gone: its history could be rewritten",
        )
    finally:
        if lends:
            with store.connection(OPERATOR, writes=True) as connection:
                connection.exec_driver_sql(
                    "ALTER TRIGGER away ON decision RENAME TO decision_guard"
                )


def test_strays_are_not_backed_up_and_not_complained_of(store, tmp_path):
    fill(store)
    (store.home / "frames" / "incidents-stray.parquet").write_bytes(b"half")
    path = backed_up(store, tmp_path)
    assert "stray" not in str(zipfile.ZipFile(path).namelist())
    assert check_store(store).is_sound
    with store.reading(OPERATOR) as tx:
        assert tx.frames.sweep(older_than=NOW + timedelta(days=40_000)) == 1
