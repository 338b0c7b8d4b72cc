"""One store with canaries for every test that opens a server on it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.leaks.house import House, build


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The store; its words are new in every run."""
    yield build(tmp_path_factory.mktemp("leaks"), int.from_bytes(os.urandom(4)))


@pytest.fixture(scope="session")
def new_house(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], House]:
    """A store of one test's own."""

    def make() -> House:
        folder: Path = tmp_path_factory.mktemp("leaks")
        return build(folder, int.from_bytes(os.urandom(4)))

    return make


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What opens servers on the one store runs in one process."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here) and "house" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("leaks"))
