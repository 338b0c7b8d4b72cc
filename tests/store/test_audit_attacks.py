"""Attacks on the audit log, on both databases: each is blocked, or found and named."""

import sqlite3
import threading
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from chb.domain.access.scope import OPERATOR
from chb.domain.audit import AuditAction, Fault
from chb.store.audit.guards import guard_audit
from chb.store.store import Store
from tests.store.audited import N_ROWS, cut, filled, past_the_guards, put, run, verdict_of

HASH = "f" * 64
INSERT = (
    "{verb} INTO audit (seq, at, person, action, object_kind, object_id, recipient, purpose, "
    "commitment, prev, hash) SELECT {seq}, at, 'x', action, object_kind, object_id, recipient, "
    f"purpose, commitment, {{prev}}, '{HASH}' FROM audit WHERE seq = {N_ROWS}"
)
FORGED = INSERT.format(verb="INSERT", seq="seq + 1", prev="hash")
REPLACED = INSERT.format(verb="INSERT OR REPLACE", seq="seq", prev="prev")

BY_ANYBODY = {
    "change a row": "UPDATE audit SET person = 'nobody' WHERE seq = 3",
    "delete a row": f"DELETE FROM audit WHERE seq = {N_ROWS}",
    "fork the chain": INSERT.format(verb="INSERT", seq="seq + 1", prev="prev"),
    "leave a gap": INSERT.format(verb="INSERT", seq="seq + 2", prev="hash"),
    "change a content": "UPDATE audit_body SET body = '{}' WHERE seq = 3",
}
BY_THE_PROGRAM_ON_POSTGRESQL = {
    "empty the log": "TRUNCATE audit, audit_body",
    "switch the guards off": "ALTER TABLE audit DISABLE TRIGGER USER",
    "drop a guard": "DROP TRIGGER audit_guard ON audit",
    "rewrite a guard": "CREATE OR REPLACE FUNCTION audit_guard() RETURNS trigger "
    "LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$",
}
BLOCKED = r"only ever added to|goes on from its last row|never changed|permission denied|owner"


@pytest.fixture
def log(store):
    return filled(store)


@pytest.fixture
def postgresql_log(postgres, tmp_path):
    with postgres.database() as address:
        opened = Store(tmp_path / "home", address)
        yield filled(opened)
        opened.close()


@pytest.fixture
def program(postgresql_log):
    """A role that may do what the program does, and owns nothing."""
    role = f"holdfast_program_{uuid4().hex}"
    run(
        postgresql_log,
        f"CREATE ROLE {role}",
        f"GRANT {role} TO CURRENT_USER",
        f"GRANT SELECT, INSERT ON audit TO {role}",
        f"GRANT SELECT, INSERT, DELETE ON audit_body TO {role}",
    )
    yield role
    run(postgresql_log, f"DROP OWNED BY {role}", f"DROP ROLE {role}")


@pytest.mark.parametrize("what", BY_ANYBODY)
def test_nobody_can_while_the_guards_stand(log, what):
    with pytest.raises(DatabaseError, match=BLOCKED):
        run(log, BY_ANYBODY[what])
    assert verdict_of(log).is_whole


@pytest.mark.parametrize("what", BY_ANYBODY | BY_THE_PROGRAM_ON_POSTGRESQL)
def test_on_postgresql_the_program_cannot(postgresql_log, program, what):
    statement = (BY_ANYBODY | BY_THE_PROGRAM_ON_POSTGRESQL)[what]
    with pytest.raises(DatabaseError, match=BLOCKED):
        run(postgresql_log, f"SET LOCAL ROLE {program}", statement)
    assert verdict_of(postgresql_log).is_whole


def test_on_postgresql_not_even_the_owner_empties_the_log(postgresql_log):
    with pytest.raises(DatabaseError, match="only ever added to"):
        run(postgresql_log, "TRUNCATE audit, audit_body")
    assert verdict_of(postgresql_log).is_whole


def test_on_sqlite_no_row_is_put_in_place_of_another(tmp_path):
    store = filled(Store(tmp_path))
    with pytest.raises(DatabaseError, match=BLOCKED):
        run(store, REPLACED)
    assert verdict_of(store).is_whole
    store.close()


def change_a_row(connection):
    connection.execute(text("UPDATE audit SET person = 'nobody' WHERE seq = 3"))


def change_a_content(connection):
    connection.execute(text("UPDATE audit_body SET body = '{}' WHERE seq = 3"))


def cut_the_middle(connection):
    cut(connection, "seq IN (3, 4)")


def cut_the_middle_and_close_up(connection):
    cut(connection, "seq = 3")
    rows = cut(connection, "seq > 3")
    put(connection, [renumbered(row, body, row["seq"] - 1) for row, body in rows])


def swap_two(connection):
    (third, fourth) = cut(connection, "seq IN (3, 4)")
    put(connection, [renumbered(*fourth, 3), renumbered(*third, 4)])


def renumbered(row, body, seq):
    return row | {"seq": seq}, body | {"seq": seq}


def erase_a_content_unlogged(connection):
    connection.execute(text("DELETE FROM audit_body WHERE seq = 3"))


def forge_a_row(connection):
    connection.execute(text(FORGED))


ATTACKS = {
    change_a_row: (Fault.CHANGED, 3, "Row 3 is not as it was recorded"),
    change_a_content: (Fault.CONTENT_CHANGED, 3, "content of row 3 was changed"),
    cut_the_middle: (Fault.CUT_OUT, 3, "Rows 3 to 4 are gone"),
    cut_the_middle_and_close_up: (Fault.CUT_OUT, 3, "Row 4 stands as row 3"),
    swap_two: (Fault.REORDERED, 3, "Row 4 stands as row 3"),
    erase_a_content_unlogged: (Fault.CONTENT_REMOVED, 3, "no row says that it was erased"),
    forge_a_row: (Fault.FORGED, N_ROWS + 1, "without the key"),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_who_owns_the_database_is_found_out(log, attack):
    with past_the_guards(log) as connection:
        attack(connection)
    fault, seq, words = ATTACKS[attack]
    first = verdict_of(log).first
    assert (first.fault, first.seq) == (fault, seq)
    assert words in first.words


def test_a_row_that_was_put_in_before_others_is_found(log):
    with past_the_guards(log) as connection:
        forge_a_row(connection)
    filled(log, 2)
    first = verdict_of(log).first
    assert (first.fault, first.seq) == (Fault.CHANGED, N_ROWS + 1)


def test_a_changed_row_whose_hash_was_made_anew_without_the_key_is_found_once(log):
    with past_the_guards(log) as connection:
        connection.execute(text(f"UPDATE audit SET person = 'x', hash = '{HASH}' WHERE seq = 3"))
    verdict = verdict_of(log)
    assert verdict.n_faults == 1
    assert (verdict.first.fault, verdict.first.seq) == (Fault.CHANGED, 3)


def test_a_cut_tail_is_missed_by_the_chain_and_found_by_the_anchor(log):
    log.anchors.flush()
    with past_the_guards(log) as connection:
        cut(connection, "seq > 5")
    assert verdict_of(log).is_whole
    first = verdict_of(log, anchored=True).first
    assert (first.fault, first.seq) == (Fault.TRUNCATED, 6)
    assert "ends with row 5, and had 7" in first.words


def test_contents_without_their_rows_give_a_cut_tail_away(tmp_path):
    store = filled(Store(tmp_path))
    with sqlite3.connect(tmp_path / "holdfast.sqlite") as connection:  # it asks for no references
        query = "SELECT sql FROM sqlite_master WHERE name = 'audit_guard_delete'"
        ((guard,),) = connection.execute(query).fetchall()
        connection.execute("DROP TRIGGER audit_guard_delete")
        connection.execute("DELETE FROM audit WHERE seq > 5")
        connection.execute(guard)
    first = verdict_of(store).first
    assert (first.fault, first.seq) == (Fault.TRUNCATED, 6)
    store.close()


def test_a_wiped_log_is_found_by_the_anchor_though_it_goes_on(log):
    log.anchors.flush()
    with past_the_guards(log) as connection:
        cut(connection, "seq > 0")
    assert verdict_of(log, anchored=True).first.fault == Fault.TRUNCATED
    filled(log)
    assert verdict_of(log).is_whole
    assert verdict_of(log, anchored=True).first.fault == Fault.REWRITTEN


def test_a_tail_that_was_cut_and_written_afresh_is_found_by_the_anchor(log):
    log.anchors.flush()
    with past_the_guards(log) as connection:
        cut(connection, "seq > 5")
    filled(log)
    assert verdict_of(log).is_whole
    first = verdict_of(log, anchored=True).first
    assert (first.fault, first.seq) == (Fault.REWRITTEN, N_ROWS)


def test_a_genuine_row_after_another_than_its_own_is_found(log):
    with past_the_guards(log) as connection:
        ours = cut(connection, "seq > 4")
    filled(log, 1)
    with past_the_guards(log) as connection:
        put(connection, ours[1:])
    first = verdict_of(log).first
    assert (first.fault, first.seq) == (Fault.REWRITTEN, 6)


WITHOUT_GUARDS = {
    ("sqlite", "off"): ["DROP TRIGGER audit_guard_update"],
    ("sqlite", "hollow"): [
        "DROP TRIGGER audit_guard_update",
        "CREATE TRIGGER audit_guard_update BEFORE UPDATE ON audit BEGIN SELECT 1; END",
    ],
    ("postgresql", "off"): ["ALTER TABLE audit DISABLE TRIGGER USER"],
    ("postgresql", "hollow"): [BY_THE_PROGRAM_ON_POSTGRESQL["rewrite a guard"]],
}


@pytest.mark.parametrize("how", ["off", "hollow"])
def test_guards_that_were_left_off_are_found(log, how):
    run(log, *WITHOUT_GUARDS[log.engine.dialect.name, how])
    try:
        verdict = verdict_of(log)
        assert {each.fault for each in verdict.findings} == {Fault.UNGUARDED}
    finally:  # a PostgreSQL database is lent to the next test as well
        make_guards_afresh(log)
    assert verdict_of(log).is_whole


def make_guards_afresh(log) -> None:
    with log.connection(OPERATOR, writes=True) as connection:
        if connection.dialect.name == "sqlite":
            names = connection.exec_driver_sql(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit_%'"
            ).scalars()
            for name in list(names):
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
        else:
            connection.exec_driver_sql("DROP FUNCTION audit_guard, audit_guard_insert CASCADE")
        guard_audit(connection)


def test_a_lawful_erasure_verifies_clean(log):
    with log.writing(OPERATOR) as tx:
        assert tx.audit.numbers_of("nominal", "n2") == (2,)
        assert tx.audit.erase_bodies([2, 3, 99], purpose="retention") == 2
    verdict = verdict_of(log)
    assert verdict.is_whole and verdict.n_erased == 2
    with log.connection(OPERATOR, writes=False) as connection:
        left = connection.execute(text("SELECT seq FROM audit_body ORDER BY seq")).scalars()
        assert list(left) == [1, 4, 5, 6, 7, 8]


def test_eight_who_write_at_once_write_one_chain(store):
    faults = []

    def write() -> None:
        try:
            for _ in range(100):
                with store.writing(OPERATOR) as tx:
                    tx.audit.record(AuditAction.ALTER, "nominal", "n1")
        except Exception as fault:
            faults.append(fault)

    writers = [threading.Thread(target=write) for _ in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert faults == []
    verdict = verdict_of(store, anchored=True)
    assert verdict.is_whole and verdict.n_rows == 800
    assert verdict.anchored_seq >= 701 and verdict.n_anchors >= 8
