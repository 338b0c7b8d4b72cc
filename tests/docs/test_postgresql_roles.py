"""The PostgreSQL roles of docs/deployment.md: the application can do its work, and no more."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import DatabaseError

from chb.domain.access.scope import OPERATOR
from chb.services.audit import verify
from chb.services.backups import back_up_store, check, restore_store
from chb.services.loading.demo import create_sample_place
from chb.services.workspace import Workspace, open_workspace
from chb.store.migrate import known_revisions, upgrade
from chb.store.postgresql import open_postgresql
from tests.docs.passages import fenced

TEXT = Path(__file__).resolve().parents[2].joinpath("docs", "deployment.md").read_text("utf-8")
BY_SUPERUSER, BEFORE, AFTER_EACH_UPGRADE = fenced(TEXT, "sql")
OWNER, APP, DATABASE = "holdfast_owner", "holdfast_app", "holdfast"
ROLES = (OWNER, APP)
PASSWORD = "not-a-secret-here"

FORBIDDEN = {
    "empty the audit log": "TRUNCATE audit, audit_body",
    "empty a table": "TRUNCATE place CASCADE",
    "change the audit log": "UPDATE audit SET person = 'nobody'",
    "delete from the audit log": "DELETE FROM audit",
    "change a content of the log": "UPDATE audit_body SET body = '{}'",
    "say that the schema is another": "UPDATE alembic_version SET version_num = '0001'",
    "change a history": "UPDATE revision SET record_id = 'x'",
    "switch guards off": "ALTER TABLE audit DISABLE TRIGGER USER",
    "drop a guard": "DROP TRIGGER audit_guard ON audit",
    "switch every guard off": "SET session_replication_role = replica",
    "rewrite a guard": "CREATE OR REPLACE FUNCTION audit_guard() RETURNS trigger "
    "LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$",
    "open the row policies": "ALTER TABLE ocg NO FORCE ROW LEVEL SECURITY",
    "add a row policy": "CREATE POLICY everybody ON ocg USING (true)",
    "read past the row policies": "SET LOCAL row_security = off; SELECT * FROM ocg",
    "add a column": "ALTER TABLE place ADD COLUMN note text",
    "drop a table": "DROP TABLE audit_body",
    "make a table": "CREATE TABLE mine (id integer)",
    "make a temporary table": "CREATE TEMPORARY TABLE mine (id integer)",
    "become the owner": f"SET ROLE {OWNER}",
    "give itself rights": f"ALTER ROLE {APP} BYPASSRLS",
}
REFUSED = "permission denied|must be owner|only ever added to|affected by row-level security"


@dataclass(frozen=True)
class Server:
    """The document's roles and database, under names that no other run has."""

    url: str
    mark: str

    def named(self, statements: str) -> str:
        return re.sub(rf"\b({OWNER}|{APP}|{DATABASE})\b", rf"\1_{self.mark}", statements)

    def run(self, address: str, statements: str) -> None:
        plain = make_url(address).set(drivername="postgresql").render_as_string(False)
        with psycopg.connect(plain, autocommit=True) as connection:
            for statement in filter(str.strip, self.named(statements).split(";\n")):
                connection.execute(statement)

    def address(self, role: str) -> str:
        """Of the database, for one of the roles."""
        url = make_url(self.url).set(
            username=self.named(role), password=PASSWORD, database=self.named(DATABASE)
        )
        return url.render_as_string(hide_password=False)


@pytest.fixture(scope="module")
def server(postgres) -> Iterator[Server]:
    """What the document says to run first, as a superuser and as the owner."""
    with postgres.empty_database() as given:
        made = Server(given, uuid4().hex[:12])
        made.run(given, BY_SUPERUSER)
        made.run(given, "".join(f"ALTER ROLE {role} PASSWORD '{PASSWORD}';\n" for role in ROLES))
        made.run(made.address(OWNER), BEFORE)
        yield made
        made.run(given, f"DROP DATABASE {DATABASE} WITH (FORCE);\nDROP ROLE {APP}, {OWNER}")


@pytest.fixture(scope="module")
def home(server, tmp_path_factory) -> Path:
    """A home once the owner has made the tables, and brought them up to date later on."""
    for revision in (known_revisions()[3], known_revisions()[-1]):
        engine = open_postgresql(server.address(OWNER))
        upgrade(engine, revision)
        engine.dispose()
        server.run(server.address(OWNER), AFTER_EACH_UPGRADE)
    return tmp_path_factory.mktemp("roles") / "home"


@pytest.fixture(scope="module")
def ws(server, home) -> Iterator[Workspace]:
    """The application's own workspace, with the sample place."""
    opened = open_workspace(home, database_url=server.address(APP))
    create_sample_place(opened)
    yield opened
    opened.store.close()


def test_the_application_does_its_work(ws, tmp_path):
    back_up_store(ws, tmp_path / "monday.zip")
    with ws.writing() as tx:
        tx.remove_samples()
    create_sample_place(ws)
    assert verify(ws).is_whole and check(ws).is_sound


def test_the_owner_restores_and_the_application_works_on(server, ws, home, tmp_path):
    back_up_store(ws, tmp_path / "tuesday.zip")
    owner = open_workspace(home, database_url=server.address(OWNER))
    restore_store(owner, tmp_path / "tuesday.zip", replace=True)
    owner.store.close()
    create_sample_place(ws)
    assert verify(ws).is_whole and check(ws).is_sound


@pytest.mark.parametrize("what", FORBIDDEN)
def test_the_application_cannot(server, ws, what):
    with (
        pytest.raises(DatabaseError) as refused,
        ws.store.connection(OPERATOR, writes=True) as connection,
    ):
        connection.exec_driver_sql(server.named(FORBIDDEN[what]))
    assert re.search(REFUSED, str(refused.value.orig))


def test_a_connection_that_was_told_nothing_sees_no_group(ws):
    with ws.store.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM asset")).scalar_one() > 0
        for table in ("ocg", "place", "decision", "signal"):
            assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() == 0


def test_a_dump_is_refused_to_the_owner_too(server, home):
    engine = open_postgresql(server.address(OWNER))
    with pytest.raises(DatabaseError, match="row-level security"), engine.connect() as dump:
        dump.exec_driver_sql("SET row_security = off; SELECT * FROM ocg")
    engine.dispose()
