"""Documents that cannot lie: what they list is what the code has."""

import re
from pathlib import Path

import pytest

from chb.cli.main import app
from chb.services.harm.columns import COLUMNS
from chb.services.harm.schemes import harm_schemes
from chb.services.loading.templates import TEMPLATE_KINDS
from tests.docs.passages import rows_under

PROJECT = Path(__file__).resolve().parents[2]
METHODS = (PROJECT / "docs" / "methods.md").read_text(encoding="utf-8")
README = (PROJECT / "README.md").read_text(encoding="utf-8")


def test_every_column_is_described_as_the_code_describes_it():
    assert {row[0].strip("`"): row[1] for row in rows_under(METHODS, "Columns")} == COLUMNS


def test_every_scheme_is_listed_with_its_caveat():
    listed = {row[0].strip("`"): (row[2], row[3]) for row in rows_under(METHODS, "Harm schemes")}
    assert listed == {
        key: (scheme.edition, scheme.caveat or "-") for key, scheme in harm_schemes().items()
    }


@pytest.mark.parametrize("folder", re.findall(r"^\| `([a-z/]+)/`", README, re.MULTILINE))
def test_the_folder_map_is_true(folder):
    assert (PROJECT / folder).is_dir()


def test_every_visible_folder_is_on_the_map():
    # What git ignores, and what a tool leaves behind, is no part of the tree.
    visible = {path.name for path in PROJECT.iterdir() if path.is_dir() and path.name[0] != "."}
    on_map = {folder.split("/")[0] for folder in re.findall(r"`([a-z_/]+)/`", README)}
    assert visible - {"build", "__pycache__"} <= on_map


def test_every_command_of_the_readme_exists():
    commands = {
        command.name or (command.callback.__name__ if command.callback else "")
        for command in app.registered_commands
    }
    commands |= {group.name for group in app.registered_groups}
    named = re.findall(r"python -m chb ([a-z-]+)", README)
    assert named and set(named) <= commands


def test_every_template_is_named_in_the_help():
    assert set(TEMPLATE_KINDS) == {"ocg-locations", "assets", "people", "disruptions"}


def test_the_screenshots_are_there():
    for name in re.findall(r"\]\((docs/[^)]+\.png)\)", README):
        assert (PROJECT / name).stat().st_size > 20_000
