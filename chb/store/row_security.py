"""The second wall: PostgreSQL itself keeps rows from those who may not see them.

The first is in the repositories, and holds on both databases. What the database is
told lives as long as the transaction: a pooled connection keeps nothing of it, and a
connection that was told nothing sees nothing. It is no defence against somebody who
can run SQL of their own, who could tell it otherwise.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from sqlalchemy import Connection, text

from chb.domain.access.roles import View
from chb.domain.access.scope import Scope

OCGS_SETTING: Final = "holdfast.ocg_ids"
NO_AGREEMENT_NEEDED: Final = "*"
"""Before an agency: an officer's view, or that of who convenes the partnership."""
WHOLE_STORE: Final = max(View) + 1
"""In place of a view, for who holds the whole store."""

_SEES: Final = f"""
CREATE FUNCTION holdfast_sees(ocg_id text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT ocg_id IS NULL
      OR current_setting('{OCGS_SETTING}', true) = '*'
      OR ocg_id = ANY (string_to_array(current_setting('{OCGS_SETTING}', true), ','))
$$
"""


_AGREEMENTS: Final = """
CREATE FUNCTION holdfast_needs_none() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce(current_setting('holdfast.agency', true) = '*', false)
$$;
CREATE FUNCTION holdfast_is_own(agency text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce('=' || lower(agency) = current_setting('holdfast.agency', true), false)
$$;
CREATE FUNCTION holdfast_in_force(signed_on date, review_on date)
RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce(signed_on <= today AND (review_on IS NULL OR review_on >= today), false)
  FROM (SELECT nullif(current_setting('holdfast.day', true), '')::date AS today) AS told
$$;
CREATE FUNCTION holdfast_agreed(at_place text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT 1 FROM stakeholder
    WHERE place_id = at_place AND holdfast_is_own(agency)
      AND holdfast_in_force(isa_signed_on, isa_review_on))
$$;
"""


def tell_scope(connection: Connection, scope: Scope, *, views_aside: bool = False) -> None:
    """Let the database know, until the transaction ends, for whom it works, and on what day.

    With ``views_aside`` it lets through what the view hides; groups stay apart.
    """
    if connection.dialect.name == "postgresql":
        told = _told(scope) | {"views": "aside" if views_aside else ""}
        connection.execute(_TELL, told)


def _told(scope: Scope) -> dict[str, str]:
    """Values by the last part of their setting's name; '=' stands before an agency."""
    free = "" if scope.needs_agreements else NO_AGREEMENT_NEEDED
    own = f"={scope.agency.casefold()}" if scope.agency else ""
    return {
        "ocg_ids": _ids(scope.ocg_ids),
        "agency": free + own,
        "day": scope.today.isoformat(),
        "view": str(int(WHOLE_STORE if scope.holds_whole_store else scope.view)),
        "signed_ids": _ids(scope.indoctrinated_ids),
        "person": scope.person.casefold(),
        "name": scope.name.casefold(),
    }


def _ids(ids: Collection[str]) -> str:
    return "*" if "*" in ids else ",".join(sorted(ids))


_TELL: Final = text(
    "SELECT "
    + ", ".join(
        f"set_config('holdfast.{name}', :{name}, true)"
        for name in (*_told(Scope(person="")), "views")
    )
)


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


def make_agreements_known(connection: Connection) -> None:
    """What conditions on sharing agreements are made of."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(_AGREEMENTS)


def narrow_rows(
    connection: Connection, conditions: dict[str, str], *, policy: str = "under_agreement"
) -> None:
    """Let PostgreSQL show and take, of rows that were let through already, only these."""
    if connection.dialect.name != "postgresql":
        return
    for table, condition in conditions.items():
        connection.exec_driver_sql(
            f"CREATE POLICY {policy} ON {table} AS RESTRICTIVE USING ({condition})"
        )


def open_rows_again(connection: Connection, policy: str, tables: Iterable[str]) -> None:
    """Take a condition off, for a migration that puts another on."""
    if connection.dialect.name == "postgresql":
        for table in tables:
            connection.exec_driver_sql(f"DROP POLICY {policy} ON {table}")
