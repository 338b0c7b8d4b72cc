"""A store that the commands open by the environment."""

import pytest

from chb.services.workspace import open_workspace


@pytest.fixture
def administered(tmp_path, monkeypatch, database_url):
    """A store that the commands open by the environment."""
    monkeypatch.setenv("CHB_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CHB_DATABASE_URL", database_url)
    ws = open_workspace()
    yield ws
    ws.store.close()
