"""Bringing a database to the newest schema, all of it or none of it."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine

from chb.store.engine import WRITES
from chb.store.tables import HEAD


def alembic_config() -> Config:
    """Alembic's settings: its scripts lie beside this file."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def current_revision(engine: Engine) -> str | None:
    """The schema the database has, None when it is new."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def upgrade(engine: Engine, revision: str = HEAD) -> None:
    """Run the missing migrations in one transaction."""
    if current_revision(engine) == revision:
        return
    config = alembic_config()
    with engine.connect().execution_options(**WRITES) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
