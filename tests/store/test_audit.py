"""The audit log in a transaction: rows, key, anchors, and what a backup does to them."""

import json
import os
import shutil
import stat
import zipfile
from datetime import UTC, datetime, timedelta

import pytest

from chb.domain.access.scope import OPERATOR, Scope
from chb.domain.audit import AuditAction, AuditEntry, AuditQuery, Fault
from chb.domain.refusal import Refusal
from chb.store.audit.anchors import EVERY, Anchor, AnchorFile, read_anchors
from chb.store.audit.chain import seal
from chb.store.audit.keys import KEY_NAME
from chb.store.backup import back_up, restore
from chb.store.store import Store
from tests.store.audited import N_ROWS, cut, filled, past_the_guards, verdict_of
from tests.store.test_store import NOW, place

LITERAL = 'O\'Neil "the fox" </script> ${x} 🎈 \n'


def found(store, **wanted):
    with store.reading(OPERATOR) as tx:
        return tx.audit.search(AuditQuery(**wanted))


def disclosed(store, person: str = "lro@example.org") -> None:
    entry = AuditEntry(
        AuditAction.DISCLOSE, "plan", "p1", "Housing", "patrol plan", {"why": LITERAL, "n": 3}
    )
    with store.writing(Scope(person=person)) as tx:
        tx.audit.add(entry)


def test_a_row_comes_back_as_it_was_recorded(tmp_path, database_url):
    store = Store(tmp_path, database_url, clock=lambda: NOW)
    disclosed(store)
    (row,) = found(store)
    assert (row.seq, row.at, row.person) == (
        1,
        "2026-03-04T10:30:00.000000+00:00",
        "lro@example.org",
    )
    assert (row.action, row.recipient, row.purpose) == ("disclose", "Housing", "patrol plan")
    assert row.body == {"why": LITERAL, "n": 3}
    assert verdict_of(store).is_whole
    store.close()


def test_the_log_is_searched_by_person_action_object_and_time(store):
    filled(store)
    disclosed(store)
    assert [row.seq for row in found(store, person="lro@example.org")] == [N_ROWS + 1]
    assert [row.seq for row in found(store, action=AuditAction.ALTER, most=2)] == [7, 6]
    assert [row.seq for row in found(store, object_kind="nominal", object_id="n3")] == [3]
    now = datetime.now(UTC)
    assert len(found(store, since=now - timedelta(hours=1), until=now + EVERY)) == N_ROWS + 1
    assert found(store, since=now + EVERY) == found(store, until=now - timedelta(hours=1)) == ()


def test_a_row_is_undone_with_what_it_records(store):
    filled(store, 2)
    with pytest.raises(RuntimeError), store.writing(OPERATOR) as tx:
        tx.places.add(place())
        raise RuntimeError
    assert [row.object_kind for row in found(store)] == ["nominal", "nominal"]
    filled(store, 1)
    assert verdict_of(store).n_rows == 3


def test_a_chain_is_sealed_by_content_place_and_key():
    row = [1, "2026", "a", "alter"]
    others = ([2, "2026", "a", "alter"], [1, "2026", "aa", "lter"], [1, "2026", "a", "decide"])
    hashes = {seal(b"k" * 32, fields) for fields in (row, *others)} | {seal(b"l" * 32, row)}
    assert len(hashes) == 5


def test_the_key_is_its_owners_alone_and_in_no_backup(store, tmp_path):
    filled(store, 1)
    key = store.home / "keys" / KEY_NAME
    assert stat.S_IMODE(key.stat().st_mode) == 0o400
    assert stat.S_IMODE(key.parent.stat().st_mode) == 0o700
    assert len(key.read_bytes()) == 32
    back_up(store, tmp_path / "all.zip", made_at=NOW, software="test")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        held = b"".join(archive.read(name) for name in archive.namelist())
    assert b"nominal" in held
    assert key.read_bytes() not in held and key.read_bytes().hex().encode() not in held


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda key: key.chmod(0o404), "open to others"),
        (lambda key: key.chmod(0o440), "open to others"),
        (lambda key: write(key, b"short"), "has 5 bytes, not 32"),
        (lambda key: write(key, b"\0" * 32), "all of them the same"),
        (lambda key: write(key, b""), "no key"),
        (os.remove, "missing, so nothing can be recorded"),
    ],
)
def test_a_key_that_keeps_nothing_safe_is_refused(store, database_url, spoil, says):
    filled(store, 1)
    spoil(store.home / "keys" / KEY_NAME)
    again = Store(store.home, database_url)
    with pytest.raises(Refusal, match=says), again.writing(OPERATOR) as tx:
        tx.places.add(place())
    with again.reading(OPERATOR) as tx:
        assert tx.places.all() == ()
    again.close()


def write(key, content: bytes) -> None:
    key.chmod(0o600)
    key.write_bytes(content)


def test_rows_of_a_renewed_key_verify_with_those_before(store, database_url):
    filled(store, 2)
    store.keys.renew()
    filled(store, 2)
    assert verdict_of(store).is_whole
    (old,) = (store.home / "keys").glob("audit-*.key")
    old.unlink()
    again = Store(store.home, database_url)
    first = verdict_of(again).first
    assert (first.fault, first.seq) == (Fault.CHANGED, 1)
    assert "a key that is not in the folder" in first.words
    again.close()


class Ticking:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock():
    return Ticking()


@pytest.fixture
def timed_store(tmp_path, database_url, clock):
    opened = Store(tmp_path / "home", database_url, clock=clock)
    yield opened
    opened.close()


def anchored(store) -> list[int]:
    return [json.loads(line)["seq"] for line in store.anchors.path.read_text().splitlines()]


def test_the_head_is_anchored_every_hundred_rows(timed_store):
    filled(timed_store, 230)
    assert anchored(timed_store) == [1, 101, 201]
    assert verdict_of(timed_store, anchored=True).notes == ()
    assert "no anchor of this log" in verdict_of(timed_store).notes[0]


def test_the_head_is_anchored_every_quarter_of_an_hour_by_whoever_comes(timed_store, clock):
    filled(timed_store, 3)
    assert anchored(timed_store) == [1]
    clock.now += EVERY
    with timed_store.reading(OPERATOR) as tx:
        tx.places.all()
    assert anchored(timed_store) == [1, 3]
    clock.now += EVERY
    with timed_store.reading(OPERATOR) as tx:
        tx.places.all()
    filled(timed_store, 1)
    assert anchored(timed_store) == [1, 3, 4]


def test_closing_anchors_the_end(timed_store):
    filled(timed_store, 3)
    timed_store.close()
    assert anchored(timed_store) == [1, 3]


def test_anchors_that_cannot_be_written_stop_nobody(tmp_path, database_url, caplog):
    (tmp_path / "file").write_text("not a folder")
    store = Store(tmp_path / "home", database_url, anchors=tmp_path / "file" / "audit.jsonl")
    filled(store, 2)
    assert verdict_of(store).n_rows == 2
    assert "could not be anchored" in caplog.text
    store.close()


def test_anchors_of_other_stores_and_a_line_half_written_are_passed_over(tmp_path):
    path = tmp_path / "anchors.jsonl"
    ours, theirs = (
        Anchor(1, "a", NOW.isoformat(), "ours"),
        Anchor(2, "b", NOW.isoformat(), "theirs"),
    )
    AnchorFile(path).offer(theirs)
    AnchorFile(path).offer(ours)
    with path.open("a") as file:
        file.write('{"seq": 3, "ha')
    assert list(read_anchors(path, {"ours"})) == [ours]
    later = Anchor(200, "c", NOW.isoformat(), "ours")
    AnchorFile(path).offer(later)
    lines = path.read_text().splitlines()
    assert json.loads(lines[-1])["seq"] == 200
    assert list(read_anchors(path, {"ours"})) == [ours, later]
    path.write_text(path.read_text() + "nonsense\n")
    with pytest.raises(Refusal, match=r"a line that is no anchor\. Line 5 "):
        list(read_anchors(path, {"ours"}))


class Looked(AnchorFile):
    """Counts how often it looked into its file."""

    n_looks = 0

    def _last(self, store):
        self.n_looks += 1
        return super()._last(store)


def test_the_file_is_looked_into_only_when_an_anchor_may_be_due(tmp_path):
    anchors = Looked(tmp_path / "anchors.jsonl")
    heads = [Anchor(seq, f"h{seq}", NOW.isoformat(), "ours") for seq in range(1, 101)]
    for head in heads:
        anchors.offer(head)
        anchors.tick(NOW)
    assert anchors.n_looks == 1
    other = AnchorFile(anchors.path)
    other.offer(Anchor(101, "h101", NOW.isoformat(), "ours"))
    anchors.offer(Anchor(102, "h102", NOW.isoformat(), "ours"))
    anchors.tick(NOW)
    assert anchors.n_looks == 2
    for restored in (
        Anchor(50, "h50", NOW.isoformat(), "ours"),
        Anchor(50, "h50", NOW.isoformat(), "after"),
    ):
        anchors.offer(restored)
    anchors.tick(NOW + EVERY)
    assert [json.loads(line)["seq"] for line in anchors.path.read_text().splitlines()] == [
        1,
        101,
        50,
        50,
    ]


def test_the_log_of_a_backup_goes_on_and_says_so(store, tmp_path):
    filled(store)
    path = tmp_path / "monday.zip"
    back_up(store, path, made_at=NOW, software="test")
    filled(store)
    store.anchors.flush()
    restore(store, path, replace=True)
    verdict = verdict_of(store, anchored=True)
    assert verdict.is_whole and verdict.n_rows == N_ROWS + 1
    assert verdict.notes[0].startswith(f"Rows {N_ROWS + 1} to {2 * N_ROWS} were replaced on")
    filled(store)
    assert verdict_of(store, anchored=True).is_whole


def test_a_restore_excuses_no_later_cut(store, tmp_path):
    path = tmp_path / "monday.zip"
    filled(store)
    back_up(store, path, made_at=NOW, software="test")
    filled(store)
    restore(store, path, replace=True)
    filled(store, 4)
    store.anchors.flush()
    with past_the_guards(store) as connection:
        cut(connection, f"seq > {N_ROWS + 2}")
    assert verdict_of(store, anchored=True).first.fault == Fault.TRUNCATED


def test_rows_of_another_store_verify_with_its_key(store, tmp_path):
    filled(store)
    path = tmp_path / "monday.zip"
    back_up(store, path, made_at=NOW, software="test")
    other = Store(tmp_path / "other")
    restore(other, path)
    assert "a key that is not in the folder" in verdict_of(other).first.words
    shutil.copy2(store.home / "keys" / KEY_NAME, tmp_path / "other" / "keys" / "old.key")
    again = Store(tmp_path / "other")
    assert verdict_of(again).is_whole
    again.close()
    other.close()
