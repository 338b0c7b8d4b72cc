"""What docs/deployment.md says of settings, commands and PostgreSQL roles holds."""

import ast
import re
from pathlib import Path

from chb.cli.main import app
from chb.services.access.openid import CALLBACK
from chb.ui.server.uploads import MEGABYTE, MOST_FILE_BYTES
from tests.docs.passages import fenced, rows_under

PROJECT = Path(__file__).resolve().parents[2]
TEXT = (PROJECT / "docs" / "deployment.md").read_text(encoding="utf-8")
VARIABLE = re.compile(r"CHB_[A-Z_]+")


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
            case ast.Call(func=ast.Name(id="secret_of"), args=[_, ast.Name(id=name)]):
                yield f"{named[name]}_FILE"


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
