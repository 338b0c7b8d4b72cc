"""What a test's first drive wrote is gone before its second, under the eyes of all who look."""

from __future__ import annotations

import pytest

from chb.services.places.register import list_places, start_place
from chb.services.workspace import Workspace
from tests.browser.app_server import AppServer
from tests.browser.lasting import put_back_stores
from tests.browser.signing import status

pytestmark = pytest.mark.browser

NAME = "Driven Twice"


def start(ws: Workspace) -> None:
    cells = [0x891951514A3FFFF]
    start_place(ws, name=NAME, cells=cells, area_name="Marram", reason="test", by="test")


def test_a_second_drive_begins_on_the_store_of_the_first(
    server: AppServer, sample: Workspace
) -> None:
    start(sample)
    assert NAME in {place.name for place in list_places(sample)}
    put_back_stores()
    assert NAME not in {place.name for place in list_places(sample)}
    start(sample)
    server.restart()  # it would refuse a store whose audit log does not verify
    assert status(server, "/sign-in", {}) < 500
