"""A store in a folder of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from chb.store.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "home")
    yield opened
    opened.close()
