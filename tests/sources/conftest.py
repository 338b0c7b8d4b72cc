"""Real data for the tests of the sources."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def real_data(pytestconfig: pytest.Config) -> Callable[[str], Path]:
    """The path of a real file by its name under ../shared/data."""
    folder = pytestconfig.rootpath.parent / "shared" / "data"

    def path_of(name: str) -> Path:
        path = folder / name
        if not path.exists():
            pytest.fail(f"The real data are missing: ../shared/data/{name} is needed by this test")
        return path

    return path_of
