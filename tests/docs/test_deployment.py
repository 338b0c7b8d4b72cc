"""What docs/deployment.md says of settings, commands and PostgreSQL roles holds."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import DatabaseError, ProgrammingError

from chb.cli.main import app
from chb.domain.access.scope import OPERATOR
from chb.domain.audit import AuditAction
from chb.services.access.openid import CALLBACK
from chb.services.audit import verify
from chb.services.backups import back_up_store, check, restore_store
from chb.services.loading.demo import create_sample_place
from chb.services.workspace import open_workspace
from chb.store.migrate import known_revisions, upgrade
from chb.store.postgresql import open_postgresql
from chb.store.store import Store
from chb.store.writes import WRITES
from chb.ui.server.uploads import MEGABYTE, MOST_FILE_BYTES
from tests.docs.passages import fenced, rows_under

PROJECT = Path(__file__).resolve().parents[2]
TEXT = (PROJECT / "docs" / "deployment.md").read_text(encoding="utf-8")
VARIABLE = re.compile(r"CHB_[A-Z_]+")
PASSWORD = "not-a-secret-here"

FORBIDDEN = {
    "empty the audit log": "TRUNCATE audit, audit_body",
    "empty a table": "TRUNCATE place CASCADE",
    "change the audit log": "UPDATE audit SET person = 'nobody'",
    "delete from the audit log": "DELETE FROM audit",
    "change a content of the log": "UPDATE audit_body SET body = '{}'",
    "say that the schema is another": "UPDATE alembic_version SET version_num = '0001'",
    "change a history": "UPDATE revision SET content = '{}'",
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
    "become the owner": "SET ROLE holdfast_owner",
    "give itself rights": "ALTER ROLE holdfast_app BYPASSRLS",
}
REFUSED = "permission denied|must be owner|only ever added|policy|CREATEROLE|superuser|must have"


@dataclass(frozen=True)
class Server:
    """A database with the two roles of the document, under names of its own."""

    administration: str
    owner: str
    app: str
    roles: dict[str, str]

    def named(self, statements: str) -> str:
        """With this run's names in place of the document's."""
        for name, meant in self.roles.items():
            statements = re.sub(rf"\b{name}\b", meant, statements)
        return statements

    def run(self, address: str, statements: str) -> None:
        with psycopg.connect(address, autocommit=True) as connection:
            for statement in filter(str.strip, self.named(statements).split(";\n")):
                connection.execute(statement)


@pytest.fixture(scope="module")
def server(postgres) -> Iterator[Server]:
    """As a superuser and as the owner, what the document says to run before the first start."""
    mark = uuid4().hex[:12]
    roles = {f"holdfast{part}": f"holdfast{part}_{mark}" for part in ("_owner", "_app", "")}
    with postgres.empty_database() as given:
        url = make_url(given)
        addresses = {
            role: url.set(
                username=roles[role], password=PASSWORD, database=roles["holdfast"]
            ).render_as_string(hide_password=False)
            for role in ("holdfast_owner", "holdfast_app")
        }
        plain = url.set(drivername="postgresql", database="postgres")
        made = Server(
            plain.render_as_string(hide_password=False),
            addresses["holdfast_owner"],
            addresses["holdfast_app"],
            roles,
        )
        by_superuser, before, _ = fenced(TEXT, "sql")
        made.run(made.administration, by_superuser)
        for role in ("holdfast_owner", "holdfast_app"):
            made.run(made.administration, f"ALTER ROLE {role} PASSWORD '{PASSWORD}'")
        made.run(libpq(made.owner), before)
        yield made
        made.run(
            made.administration,
            "DROP DATABASE holdfast WITH (FORCE);\nDROP ROLE holdfast_app;\n"
            "DROP ROLE holdfast_owner",
        )


@pytest.fixture(scope="module")
def ready(server) -> Server:
    """The same after the owner has made the tables, from an older schema as after an upgrade."""
    engine = open_postgresql(server.owner)
    upgrade(engine, known_revisions()[2])
    upgrade(engine)
    engine.dispose()
    server.run(libpq(server.owner), fenced(TEXT, "sql")[2])
    return server


def libpq(address):
    plain = make_url(address).set(drivername="postgresql")
    return plain.render_as_string(hide_password=False)


def variables_of(tree):
    """Names of settings in the code, those made of another one's name too."""
    named = {
        node.targets[0].id if isinstance(node, ast.Assign) else node.target.id: node.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign | ast.AnnAssign)
        and isinstance(node.value, ast.Constant)
        and VARIABLE.fullmatch(str(node.value.value))
    }
    yield from named.values()
    for node in ast.walk(tree):
        match node:
            case ast.JoinedStr(
                values=[ast.FormattedValue(value=ast.Name(id=name)), ast.Constant(value=end)]
            ) if name in named and re.fullmatch(r"_[A-Z]+", end):
                yield named[name] + end


def test_the_table_of_settings_has_every_variable_that_the_code_reads():
    read = {
        variable
        for path in (PROJECT / "chb").rglob("*.py")
        for variable in variables_of(ast.parse(path.read_text(encoding="utf-8")))
    }
    listed = [row[0].strip("`") for row in rows_under(TEXT, "Settings")]
    assert set(listed) == read and len(listed) == len(read) > 8


def test_no_setting_is_named_that_there_is_not():
    listed = {row[0].strip("`") for row in rows_under(TEXT, "Settings")}
    assert {found.rstrip("_") for found in VARIABLE.findall(TEXT)} <= listed


def test_every_command_exists():
    commands = {
        command.name or command.callback.__name__ for command in app.registered_commands
    } | {group.name for group in app.registered_groups}
    named = set(re.findall(r"python -m chb ([a-z-]+)", TEXT))
    assert {"serve", "audit", "account", "backup", "restore", "check"} <= named <= commands


def test_the_redirect_address_is_the_one_that_is_served():
    assert f"https://holdfast.force.example{CALLBACK}\n" in TEXT


def test_the_proxy_lets_an_upload_through():
    (allowed,) = re.findall(r"client_max_body_size (\d+)m;", TEXT)
    assert MOST_FILE_BYTES < int(allowed) * MEGABYTE <= MOST_FILE_BYTES + 2 * MEGABYTE


def test_the_service_may_make_the_namespaces_that_readers_of_files_need():
    (unit, _) = fenced(TEXT, "ini")
    assert "RestrictNamespaces=user net\n" in unit and "MemoryDenyWriteExecute=yes" not in unit


def test_the_application_does_its_work_with_its_own_role(ready, tmp_path):
    ws = open_workspace(tmp_path / "home", database_url=ready.app)
    create_sample_place(ws)
    back_up_store(ws, tmp_path / "monday.zip")
    with ws.writing() as tx:
        tx.remove_samples()
    assert verify(ws).is_whole and not check(ws).problems
    ws.store.close()

    owner = open_workspace(tmp_path / "home", database_url=ready.owner)
    restore_store(owner, tmp_path / "monday.zip", replace=True)
    owner.store.close()
    again = Store(tmp_path / "home", ready.app)
    with again.writing(OPERATOR) as tx:
        assert tx.places.all()
        tx.audit.record(AuditAction.CONSULT, "place")
    again.close()


@pytest.mark.parametrize("what", FORBIDDEN)
def test_the_application_cannot(ready, what):
    store = Store(Path(tempfile.gettempdir()), ready.app)
    with (
        pytest.raises(DatabaseError) as refused,
        store.connection(OPERATOR, writes=True) as connection,
    ):
        for statement in FORBIDDEN[what]:
            connection.execute(text(ready.named(statement)))
    assert re.search(REFUSED, str(refused.value.orig))
    store.close()


def test_a_connection_of_the_application_that_was_told_nothing_sees_nothing(ready):
    engine = open_postgresql(ready.app)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM ocg")).scalar_one() == 0
    engine.dispose()


def test_a_dump_by_the_owner_would_be_refused(ready):
    engine = open_postgresql(ready.owner)
    with pytest.raises(ProgrammingError, match="row-level security"), engine.connect() as dump:
        dump.execute(text("SET row_security = off"))
        dump.execute(text("SELECT * FROM ocg"))
    engine.dispose()
