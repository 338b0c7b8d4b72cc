"""Tables that are only ever added to: the database itself refuses anything else.

A row may leave in two ways only: it belongs to the sample place, which a person
may make afresh, or its disposal is recorded, which is itself never removed. Each
table names the condition by which that is known.
Rebuilding such a table (Alembic's batch mode on SQLite) loses its guards: put
them back in the same migration. Guards of a release never change; a migration
that needs others drops these and makes new ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy import Connection

IS_SAMPLE_PLACE: Final = (
    "EXISTS (SELECT 1 FROM place WHERE place.id = OLD.{column} AND place.is_sample)"
)
"""The row's place is a sample place; ``column`` is the row's column that names the place."""

_POSTGRESQL: Final = (
    """
    CREATE FUNCTION {table}_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'DELETE' THEN
        IF {sample} THEN RETURN OLD; END IF;
      END IF;
      RAISE EXCEPTION '{table} is only ever added to' USING ERRCODE = 'restrict_violation';
    END $$
    """,
    "CREATE TRIGGER {table}_guard BEFORE UPDATE OR DELETE ON {table} "
    "FOR EACH ROW EXECUTE FUNCTION {table}_guard()",
    "CREATE TRIGGER {table}_guard_all BEFORE TRUNCATE ON {table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION {table}_guard()",
)

_SQLITE: Final = (
    "CREATE TRIGGER {table}_guard_update BEFORE UPDATE ON {table} "
    "BEGIN SELECT RAISE(ABORT, '{table} is only ever added to'); END",
    "CREATE TRIGGER {table}_guard_delete BEFORE DELETE ON {table} WHEN NOT ({sample}) "
    "BEGIN SELECT RAISE(ABORT, '{table} is only ever added to'); END",
)


def guard_history(connection: Connection, table: str, *, sample: str) -> None:
    """Let rows of ``table`` be added, never changed, and removed only where ``sample`` holds.

    ``sample`` is an SQL condition over the row as OLD, true for rows of the sample place
    and, in tables whose rows may be disposed of, for those whose disposal is recorded.
    """
    statements = _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL
    for statement in statements:
        connection.exec_driver_sql(statement.format(table=table, sample=sample))


def unguard_history(connection: Connection, table: str) -> None:
    """Take the guards of ``guard_history`` off, for a migration that puts others on."""
    if connection.dialect.name == "sqlite":
        for of in ("update", "delete"):
            connection.exec_driver_sql(f"DROP TRIGGER {table}_guard_{of}")
        return
    for name in (f"{table}_guard", f"{table}_guard_all"):
        connection.exec_driver_sql(f"DROP TRIGGER {name} ON {table}")
    connection.exec_driver_sql(f"DROP FUNCTION {table}_guard()")


def guard_sample_flag(connection: Connection, table: str) -> None:
    """Let no row of ``table`` become a sample, which could then be removed with its history."""
    words = f"a row of {table} cannot become a sample"
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(
            f"CREATE TRIGGER {table}_guard_sample BEFORE UPDATE OF is_sample ON {table} "
            f"WHEN OLD.is_sample <> NEW.is_sample BEGIN SELECT RAISE(ABORT, '{words}'); END"
        )
        return
    connection.exec_driver_sql(
        f"CREATE FUNCTION {table}_guard_sample() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{words}' USING ERRCODE = 'restrict_violation'; END $$"
    )
    connection.exec_driver_sql(
        f"CREATE TRIGGER {table}_guard_sample BEFORE UPDATE OF is_sample ON {table} FOR EACH ROW "
        f"WHEN (OLD.is_sample <> NEW.is_sample) EXECUTE FUNCTION {table}_guard_sample()"
    )


@contextmanager
def guards_lifted(connection: Connection) -> Iterator[None]:
    """Without guards for a moment, within the transaction: only for restoring a whole backup."""
    if connection.dialect.name == "sqlite":
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        triggers = connection.exec_driver_sql(query).all()
        for name, _ in triggers:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        yield
        for _, statement in triggers:
            connection.exec_driver_sql(statement)
        return
    tables = sorted(guarded_tables(connection))
    for table in tables:
        connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    yield
    for table in tables:
        connection.exec_driver_sql(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def guarded_tables(connection: Connection) -> set[str]:
    """Tables that have their guards."""
    query = (
        "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name = tbl_name || "
        "'_guard_delete'"
        if connection.dialect.name == "sqlite"
        else "SELECT event_object_table FROM information_schema.triggers "
        "WHERE trigger_name = event_object_table || '_guard'"
    )
    return {row[0] for row in connection.exec_driver_sql(query)}
