"""What docs/databases.md says of commands, folders and numbers is what the code has."""

import re
from pathlib import Path

from chb.cli.main import app
from chb.services.workspace import HOME_VARIABLE
from chb.store.failures import DATABASE_VARIABLE
from chb.store.postgresql import EXAMPLE
from chb.store.safety_copies import FOLDER, KEPT, copies
from tests.bench import filled_records, filled_store

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "databases.md").read_text(encoding="utf-8")


def test_every_command_exists():
    known = {command.name or command.callback.__name__ for command in app.registered_commands}
    named = re.findall(r"python -m chb ([a-z-]+)", TEXT)
    assert {"backup", "restore", "check"} <= set(named) <= known


def test_variables_and_the_example_are_those_of_the_code():
    assert f"`{HOME_VARIABLE}`" in TEXT and f"{DATABASE_VARIABLE}={EXAMPLE}" in TEXT


def test_copies_lie_where_it_says_under_the_names_it_says(tmp_path):
    (name,) = re.findall(r"`(before-upgrade-[^`]+)`", TEXT)
    (tmp_path / name).touch()
    assert copies(tmp_path) == (tmp_path / name,)
    assert f"`{FOLDER}/`" in TEXT and KEPT == 3 and "newest three stay" in TEXT


def test_the_store_of_the_bench_is_as_large_as_it_says():
    (numbers,) = re.findall(
        r"(\d+) places, (\d+) OCGs, ([\d,]+) interventions and ([\d,]+)\s+saved versions",
        TEXT.replace("\n", " "),
    )
    assert [int(number.replace(",", "")) for number in numbers] == [
        filled_records.N_PLACES,
        filled_records.N_OCGS,
        filled_records.N_INTERVENTIONS,
        filled_store.N_REVISIONS,
    ]
