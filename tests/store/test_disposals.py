"""What may leave history, and only when its disposal is recorded."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from chb.domain.access.scope import OPERATOR
from chb.store.append_only import guarded_tables
from chb.store.disposals import LETS_GO
from chb.store.migrate import upgrade
from chb.store.tables import metadata
from tests.store.audited import run
from tests.store.test_records import NOMINAL, OCG, SIGNED
from tests.store.test_store import NOW

MAY_LEAVE = (
    "asset_contact",
    "ocg_score",
    "morile_score",
    "ocg_review",
    "signal",
    "revision",
    "decision",
)
NOTED = (
    "INSERT INTO disposal (kind, record_id, disposed_by, at, reason) "
    "VALUES ('ocg', 'another', 'x', '2026-03-04 10:00:00', 'x')"
)


@pytest.fixture
def filled(store):
    with store.writing(OPERATOR) as tx:
        tx.planner.ocgs.add(OCG, SIGNED)
        tx.planner.nominals.add(NOMINAL, SIGNED)
    return store


def erase(tx, kind, record_id):
    reach = tx.disposals.reach(kind, record_id)
    tx.disposals.erase(reach, kind=kind, record_id=record_id, reason="x", at=NOW)
    return reach


def test_a_version_leaves_only_when_its_own_disposal_is_recorded(filled):
    run(filled, NOTED)
    with pytest.raises(IntegrityError, match="only ever added to"):
        run(filled, "DELETE FROM revision")
    with filled.writing(OPERATOR) as tx:
        assert erase(tx, "nominal", NOMINAL.id) == {"nominal": {NOMINAL.id}}
    with filled.reading(OPERATOR) as tx:
        assert tx.planner.ocgs.revisions(OCG.id) and not tx.planner.nominals.all()


@pytest.mark.parametrize("statement", ["DELETE FROM disposal", "UPDATE disposal SET reason = ''"])
def test_the_fact_of_a_disposal_stays(filled, statement):
    with filled.writing(OPERATOR) as tx:
        erase(tx, "ocg", OCG.id)
    with pytest.raises(IntegrityError, match="only ever added to"):
        run(filled, statement)


@pytest.mark.parametrize("table", MAY_LEAVE)
def test_every_guarded_kind_has_a_lawful_way_out(empty_engine, table):
    """On a database of its own: others are lent again after tests that attack their guards."""
    upgrade(empty_engine)
    with empty_engine.connect() as connection:
        assert table in guarded_tables(connection)
        query = (
            "SELECT sql FROM sqlite_master WHERE name = :name || '_guard_delete'"
            if connection.dialect.name == "sqlite"
            else "SELECT prosrc FROM pg_proc WHERE proname = :name || '_guard'"
        )
        assert "disposal" in connection.execute(text(query), {"name": table}).scalar_one()


def test_a_record_that_is_not_there_takes_nothing_with_it(store):
    with store.reading(OPERATOR) as tx:
        assert tx.disposals.reach("ocg", "none") == {}
        assert tx.disposals.reach("ocg_location", "none") == {}


def test_only_what_may_be_empty_is_let_go():
    assert LETS_GO and all(column.nullable for column in LETS_GO)
    assert all(column.table.name in metadata.tables for column in LETS_GO)


def test_a_group_that_is_disposed_of_leaves_no_word_in_the_file(tmp_path, filled):
    with filled.writing(OPERATOR) as tx:
        erase(tx, "ocg", OCG.id)
    assert filled.scrub()
    words = OCG.code.encode()
    files = [path for path in (tmp_path / "home").rglob("*") if path.is_file()]
    assert files and [path.name for path in files if words in path.read_bytes()] == []
