"""Schemas: as the tables describe them, forward on a filled store, all or nothing."""

import shutil
import threading
from datetime import date
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Table, inspect, text
from sqlalchemy.exc import DatabaseError

from chb.domain.access.scope import OPERATOR
from chb.domain.places.phases import Intensity, Phase
from chb.domain.refusal import Refusal
from chb.store import migrate
from chb.store.audit.keys import KeyFolder
from chb.store.audit.log import AuditLog
from chb.store.migrate import alembic_config, current_revision, known_revisions, upgrade
from chb.store.store import Transaction, utc_now
from chb.store.tables import HEAD, metadata
from chb.store.unit import Unit
from chb.store.writes import WRITES

CELL = 0x8F1FB46622D8591
FIRST_SCHEMA = [
    "INSERT INTO place VALUES ('p1', 'Moorfield', 'Marram', FALSE, '2025-01-01 09:00:00', 3)",
    "INSERT INTO place_boundary VALUES ('p1', 1, 9, '2025-01-02', 'drawn', '2025-01-02 09:00:00')",
    f"INSERT INTO place_cell VALUES ('p1', 1, {CELL})",
    "INSERT INTO intensity_change VALUES "
    "(1, 'p1', 'Clear', 'active', '2025-01-03', 'Strike day', 'LRO', '2025-01-03 09:00:00')",
    "INSERT INTO person VALUES "
    "(1, 'A. Reader', 'Council', 'CSP manager', 'a@b.gov.uk', 'x', FALSE)",
    "INSERT INTO saved_request VALUES ('form', 'p1', '2025-01-03 09:00:00')",
]


def run(engine, *statements: str) -> None:
    with engine.connect().execution_options(**WRITES) as connection, connection.begin():
        for statement in statements:
            connection.execute(text(statement))


def tables_of(engine) -> set[str]:
    return set(inspect(engine).get_table_names())


def test_the_schema_is_the_one_the_tables_describe(empty_engine):
    upgrade(empty_engine)
    found = inspect(empty_engine)
    assert tables_of(empty_engine) == {*metadata.tables, "alembic_version"}
    for name, table in metadata.tables.items():
        assert columns_of(found, name) == {
            column.name: column.nullable for column in table.columns
        }, name
        assert indexes_of(empty_engine, name) >= {index.name for index in table.indexes}, name
        assert foreign_keys(found, name) == {
            (key.parent.name, key.column.table.name) for key in table.foreign_keys
        }, name
        assert uniques_of(found, name) == declared_uniques(table), name
    assert ScriptDirectory.from_config(alembic_config()).get_current_head() == HEAD


def indexes_of(engine, table: str) -> set[str]:
    """Names from the database's own catalogue: reflection passes over indexes on expressions."""
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = :name",
        "postgresql": "SELECT indexname FROM pg_indexes WHERE tablename = :name",
    }[engine.dialect.name]
    with engine.connect() as connection:
        return set(connection.execute(text(query), {"name": table}).scalars())


def columns_of(found, name: str) -> dict[str, bool]:
    return {column["name"]: column["nullable"] for column in found.get_columns(name)}


def foreign_keys(found, name: str) -> set[tuple[str, str]]:
    return {
        (key["constrained_columns"][0], key["referred_table"])
        for key in found.get_foreign_keys(name)
    }


def uniques_of(found, name: str) -> set[frozenset[str]]:
    return {frozenset(unique["column_names"]) for unique in found.get_unique_constraints(name)}


def declared_uniques(table: Table) -> set[frozenset[str]]:
    return {
        frozenset(constraint.columns.keys())
        for constraint in table.constraints
        if type(constraint).__name__ == "UniqueConstraint"
    }


def test_a_filled_store_of_the_first_schema_comes_forward_whole(empty_engine, tmp_path):
    upgrade(empty_engine, "0001")
    run(empty_engine, *FIRST_SCHEMA)
    upgrade(empty_engine)
    with empty_engine.connect() as connection:
        assert current_revision(connection) == HEAD
        log = AuditLog(connection, person="", clock=utc_now, keys=KeyFolder(tmp_path))
        tx = Transaction(Unit(connection, OPERATOR, log), tmp_path)
        (place,) = tx.places.all()
        assert (place.name, place.version, place.boundary.cells) == ("Moorfield", 3, {CELL})
        assert place.intensities(date(2025, 1, 3))[Phase.CLEAR] == Intensity.ACTIVE
        assert [(name.name, name.valid_from) for name in place.names] == [
            ("Moorfield", date(2025, 1, 2))
        ]
        assert tx.people.find("A@B.gov.uk").left_on is None
        assert tx.journal.saved_result("form") == "p1"


def test_a_migration_that_fails_leaves_nothing_behind(empty_engine, tmp_path, monkeypatch):
    upgrade(empty_engine, "0001")
    before = tables_of(empty_engine)
    config = scripts_with(
        tmp_path,
        "op.create_table('half', sa.Column('id', sa.Integer()))\n"
        "    op.add_column('place', sa.Column('half', sa.Integer()))\n"
        "    op.execute('INSERT INTO half VALUES (1)')\n"
        "    op.execute('INSERT INTO no_such_table VALUES (1)')",
    )
    with pytest.raises(DatabaseError, match="no_such_table"):
        upgrade(empty_engine, "broken", config=config)
    assert tables_of(empty_engine) == before
    assert "half" not in columns_of(inspect(empty_engine), "place")
    with empty_engine.connect() as connection:
        assert current_revision(connection) == "0001"
    upgrade(empty_engine)
    assert tables_of(empty_engine) > before


def scripts_with(folder: Path, body: str):
    """Alembic's settings with one more migration, straight after the first."""
    home = folder / "migrations"
    shutil.copytree(Path(migrate.__file__).parent / "migrations", home)
    (home / "versions" / "broken.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n\n"
        f"revision = 'broken'\ndown_revision = '0001'\n\n\ndef upgrade():\n    {body}\n"
    )
    config = alembic_config()
    config.set_main_option("script_location", str(home))
    return config


def test_a_database_of_a_newer_version_is_left_alone(empty_engine):
    upgrade(empty_engine)
    run(empty_engine, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Refusal, match="newer version of Holdfast"):
        upgrade(empty_engine)


def test_the_schemas_are_known_in_their_order():
    assert known_revisions()[0] == "0001"
    assert known_revisions()[-1] == HEAD


def test_two_who_open_a_new_database_at_once_make_it_once(empty_engine):
    faults = []

    def open_it() -> None:
        try:
            upgrade(empty_engine)
        except Exception as fault:
            faults.append(fault)

    openers = [threading.Thread(target=open_it) for _ in range(4)]
    for opener in openers:
        opener.start()
    for opener in openers:
        opener.join()
    assert faults == []
    assert tables_of(empty_engine) == {*metadata.tables, "alembic_version"}
