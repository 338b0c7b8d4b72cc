"""The second wall: PostgreSQL itself keeps rows from those who may not see them.

The first is in the repositories, and holds on both databases. What the database is
told lives as long as the transaction: a pooled connection keeps nothing of it, and a
connection that was told nothing sees nothing. It is no defence against somebody who
can run SQL of their own, who could tell it otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlalchemy import Connection, text

OCGS_SETTING: Final = "holdfast.ocg_ids"

_TELL: Final = text("SELECT set_config(:name, :value, true)")

_SEES: Final = f"""
CREATE FUNCTION holdfast_sees(ocg_id text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT ocg_id IS NULL
      OR current_setting('{OCGS_SETTING}', true) = '*'
      OR ocg_id = ANY (string_to_array(current_setting('{OCGS_SETTING}', true), ','))
$$
"""


def tell_scope(connection: Connection, ocg_ids: Iterable[str]) -> None:
    """Let the database know, until the transaction ends, which OCGs may be seen."""
    if connection.dialect.name != "postgresql":
        return
    ids = sorted(ocg_ids)
    value = "*" if "*" in ids else ",".join(ids)
    connection.execute(_TELL, {"name": OCGS_SETTING, "value": value})


def guard_rows(connection: Connection, conditions: dict[str, str]) -> None:
    """Let PostgreSQL show and take only rows that meet their table's condition.

    The owner of the tables is held to it as well. Views need ``security_invoker``.
    """
    if connection.dialect.name != "postgresql":
        return
    connection.exec_driver_sql(_SEES)
    keep_rows_apart(connection, conditions)


def keep_rows_apart(connection: Connection, conditions: dict[str, str]) -> None:
    """The same for tables of a later schema."""
    if connection.dialect.name != "postgresql":
        return
    for table, condition in conditions.items():
        for statement in (
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY need_to_know ON {table} USING ({condition})",
        ):
            connection.exec_driver_sql(statement)
