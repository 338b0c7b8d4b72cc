"""A server of people who sign in, on a copy of the sample place that is theirs alone."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from chb.services.access import accounts
from chb.services.workspace import Workspace, open_workspace
from tests.browser.app_server import AppServer
from tests.browser.lasting import lasting


@contextmanager
def house_with(
    untouched_home: Path, folder: Path, move_in: Callable[[Workspace], object]
) -> Iterator[AppServer]:
    """Copy the sample place, let people move in, and serve it with local accounts."""
    home = shutil.copytree(untouched_home, folder / "home")
    ws = open_workspace(home)
    move_in(ws)
    ws.store.close()
    with lasting(home, CHB_SIGN_IN="local") as server:
        yield server


def with_account(work_email: str) -> Callable[[Workspace], object]:
    """Moves in one person, whose sessions the test opens by itself."""
    return lambda ws: accounts.add_account(ws, work_email)
