"""The database's own guards of the audit log: it grows at its end, and in no other way.

There is no exception for the sample place. Content may be deleted, which is how it is
erased, and never changed. Guards of a release never change, as in ``append_only``.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

_SQLITE: Final = {
    "audit_guard_update": "CREATE TRIGGER audit_guard_update BEFORE UPDATE ON audit "
    "BEGIN SELECT RAISE(ABORT, 'audit is only ever added to'); END",
    "audit_guard_delete": "CREATE TRIGGER audit_guard_delete BEFORE DELETE ON audit "
    "BEGIN SELECT RAISE(ABORT, 'audit is only ever added to'); END",
    "audit_guard_insert": "CREATE TRIGGER audit_guard_insert BEFORE INSERT ON audit "
    "WHEN NEW.seq <> coalesce((SELECT max(seq) FROM audit), 0) + 1 OR NEW.prev <> "
    "coalesce((SELECT hash FROM audit ORDER BY seq DESC LIMIT 1), '0') "
    "BEGIN SELECT RAISE(ABORT, 'audit goes on from its last row'); END",
    "audit_body_guard_update": "CREATE TRIGGER audit_body_guard_update BEFORE UPDATE "
    "ON audit_body BEGIN SELECT RAISE(ABORT, 'audit_body is never changed'); END",
}

_FUNCTIONS: Final = {
    "audit_guard": """
    BEGIN
      RAISE EXCEPTION USING
        MESSAGE = TG_TABLE_NAME || ' is only ever added to', ERRCODE = 'restrict_violation';
    END """,
    "audit_guard_insert": """
    DECLARE
      last record;
    BEGIN
      SELECT seq, hash INTO last FROM audit ORDER BY seq DESC LIMIT 1;
      IF NEW.seq <> coalesce(last.seq, 0) + 1 OR NEW.prev <> coalesce(last.hash, '0') THEN
        RAISE EXCEPTION 'audit goes on from its last row' USING ERRCODE = 'restrict_violation';
      END IF;
      RETURN NEW;
    END """,
}

_TRIGGERS: Final = {
    "audit_guard": "BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_guard()",
    "audit_guard_all": "BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_guard()",
    "audit_guard_insert": "BEFORE INSERT ON audit FOR EACH ROW "
    "EXECUTE FUNCTION audit_guard_insert()",
    "audit_body_guard": "BEFORE UPDATE ON audit_body FOR EACH ROW EXECUTE FUNCTION audit_guard()",
    "audit_body_guard_all": "BEFORE TRUNCATE ON audit_body FOR EACH STATEMENT "
    "EXECUTE FUNCTION audit_guard()",
}


def guard_audit(connection: Connection) -> None:
    """Put the guards on, once the tables are made."""
    if connection.dialect.name == "sqlite":
        for statement in _SQLITE.values():
            connection.exec_driver_sql(statement)
        return
    for name, body in _FUNCTIONS.items():
        connection.exec_driver_sql(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$"
        )
    for name, rest in _TRIGGERS.items():
        connection.exec_driver_sql(f"CREATE TRIGGER {name} {rest}")


def audit_guards_off(connection: Connection) -> tuple[str, ...]:
    """Names of guards that are missing, disabled, or not as they were made."""
    if connection.dialect.name == "sqlite":
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        expected, found = _SQLITE, _pairs(connection, query)
    else:
        expected = {name: _FUNCTIONS[_function_of(rest)] for name, rest in _TRIGGERS.items()}
        found = _pairs(
            connection,
            "SELECT tgname, prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid "
            "WHERE tgrelid IN ('audit'::regclass, 'audit_body'::regclass) AND tgenabled <> 'D'",
        )
    return tuple(name for name, made in expected.items() if found.get(name) != made)


def _function_of(rest: str) -> str:
    return rest.rpartition(" ")[2].removesuffix("()")


def _pairs(connection: Connection, query: str) -> dict[str, str]:
    return {row[0]: row[1] for row in connection.exec_driver_sql(query)}
