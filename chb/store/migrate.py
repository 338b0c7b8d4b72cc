"""Bringing a database to the newest schema, all of it or none of it."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from chb.domain.access.scope import OPERATOR
from chb.domain.refusal import Refusal
from chb.store.row_security import tell_scope
from chb.store.safety_copies import keep_copy
from chb.store.tables import HEAD
from chb.store.writes import WRITES


def alembic_config() -> Config:
    """Alembic's settings: its scripts lie beside this file."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def current_revision(connection: Connection) -> str | None:
    """The schema the database has, None when it is new."""
    return MigrationContext.configure(connection).get_current_revision()


def known_revisions() -> tuple[str, ...]:
    """Every schema this version knows, oldest first."""
    scripts = ScriptDirectory.from_config(alembic_config()).walk_revisions()
    return tuple(reversed([script.revision for script in scripts]))


def upgrade(
    engine: Engine,
    revision: str = HEAD,
    *,
    config: Config | None = None,
    copies_in: Path | None = None,
) -> None:
    """Run the missing migrations in one transaction; Refusal when the schema is a newer one.

    An embedded database that holds rows is first copied to the folder ``copies_in``.
    """
    with engine.connect() as connection:
        found = current_revision(connection)
    if found == revision:
        return
    if found is not None and found not in known_revisions():
        raise Refusal(
            "The database was made by a newer version of Holdfast",
            found=f"Its schema is {found}; this version knows schemas up to {HEAD}",
            remedy="Install the newer version again, or restore a backup made with this one",
        )
    config = config or alembic_config()
    with engine.connect().execution_options(**WRITES) as connection, connection.begin():
        found = current_revision(connection)  # somebody may have been faster
        if copies_in is not None and found not in (None, revision):
            keep_copy(connection, copies_in, schema=str(found))
        tell_scope(connection, OPERATOR)
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
