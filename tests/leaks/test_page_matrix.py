"""Every role asks for every page over the raw websocket, with the widgets of a closed page.

An officer and an administrator open the pages first; what they could press there is pressed by
everybody else. No byte of a closed page comes back, and the store is as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus

from chb.domain.access.roles import Role
from tests.browser.app_server import AppServer
from tests.leaks.function_table import BY_ADDRESS, PAGES
from tests.leaks.house import House
from tests.leaks.people import EVERYBODY, LEAD, SRO
from tests.leaks.pressing import WRITTEN, everything_pressed
from tests.leaks.ws_client import Screen, line

ADMINISTRATOR = next(each for each in EVERYBODY if each.role is Role.ADMINISTRATOR)
HOST = next(each for each in EVERYBODY if each.role is Role.CSP_MANAGER)
ONE_OF_EACH = {each.role: each for each in reversed(EVERYBODY)}
ONE_OF_EACH[Role.P_LEAD] = next(each for each in EVERYBODY if each.key == "p lead not let in")
ONE_OF_EACH[Role.LRO] = next(each for each in EVERYBODY if each.key == "other lead officer")


@dataclass(frozen=True)
class Doors:
    """The server, and on each page the widgets with what somebody could send for them."""

    server: AppServer
    crafted: Mapping[str, Mapping[str, Any]]


@pytest.fixture(scope="module")
def doors(house: House) -> Iterator[Doors]:
    with house.open() as server:
        crafted: dict[str, Mapping[str, Any]] = {}
        for who in (LEAD, SRO, ADMINISTRATOR, HOST):
            journey = house.journey(server, who)
            for path, roles in PAGES.items():
                if who.role in roles and path not in crafted:
                    crafted[path] = everything_pressed(journey.look_at(path))
        yield Doors(server, crafted)


def test_every_page_was_opened_by_somebody(doors):
    assert set(doors.crafted) == set(PAGES)
    assert sum(bool(states) for states in doors.crafted.values()) > len(PAGES) / 2


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.name)
def test_a_role_finds_its_pages_and_no_others(house, doors, role):
    who = ONE_OF_EACH[role]
    mine = {path for path, roles in PAGES.items() if role in roles}
    journey = house.journey(doors.server, who)
    first = journey.look_at("")
    paths = first.paths
    assert len(paths) == len(mine)
    assert paths[0] == ""
    assert set(paths[1:]) < mine
    closed = {path for path in PAGES.keys() - mine if role not in BY_ADDRESS.get(path, ())}
    for path in closed:
        crafted = doors.crafted[path]
        shown = journey.look_at(path, crafted)
        assert path not in shown.paths
        _assert_nothing_of_it(shown, crafted.keys() - everything_pressed(first).keys())
    assert journey.record.n_frames > 0
    assert journey.record.leaks(house.words.kept_from(who.key)) == []


def _assert_nothing_of_it(shown: Screen, ids: Set[str]) -> None:
    """None of a closed page's widgets, save those that the person's own first page has too."""
    answer = b"".join(shown.frames)
    assert [id_ for id_ in ids if id_.encode() in answer] == []
    assert WRITTEN.encode() not in answer


def test_nothing_was_written_by_those_who_pressed(house, doors):
    with house.workspace() as ws, ws.reading() as tx:
        planned = [*tx.planner.ocgs.all(), *tx.planner.plans.all(), *tx.planner.interventions.all()]
        referred = [*tx.assets.all(), *tx.asset_contacts.all(), *tx.planner.pathways.all()]
        kept = planned + referred
        assert planned and referred
        assert WRITTEN not in repr(kept)


@pytest.mark.parametrize("cookie", ["", "chb_sid=" + "A" * 43])
def test_nobody_gets_a_line(doors, cookie):
    with pytest.raises(InvalidStatus), line(doors.server.url, cookie):
        pass
