"""A store that several processes open, on each database."""

from pathlib import Path

import pytest

from tests.soak.driving import Target


@pytest.fixture
def target(tmp_path: Path, database_url: str) -> Target:
    made = Target(tmp_path / "home", database_url, tmp_path / "notes")
    made.prepare()
    return made
