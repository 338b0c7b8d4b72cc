"""What an officer can press on a page that is open to others too, sent by those others.

An officer's screen says which widgets a page has; whoever has the page and lacks some of them
sends those over the raw websocket. The store stays as it was, in every table: only looks
and refusals are added to the log. ``make soak`` takes every page.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import pytest

from chb.domain.access.roles import Role
from tests.browser.app_server import AppServer
from tests.leaks.contents import HARMLESS, contents, last_recorded, recorded_since
from tests.leaks.house import House
from tests.leaks.people import LEAD, SRO, Somebody, sign_in
from tests.leaks.pressing import everything_pressed, labels_of_buttons, screens_of
from tests.leaks.test_page_matrix import ONE_OF_EACH
from tests.leaks.ws_client import TRIGGER, Line, Screen, line

VERDICT: Final = "Record the verdict"
SHORT: Final[Mapping[Role, tuple[str, ...]]] = {
    Role.P_LEAD: ("disruptions",),
    Role.ANALYST: ("disruptions", "plan", "decisions"),
    Role.PARTNER: ("signals", "assets"),
}
"""By role: pages that it has, and on which officers may do more."""


@dataclass
class Rooms:
    """A server of this test's own, and the screens that officers have been shown."""

    house: House
    server: AppServer
    shown: dict[str, list[Screen]] = field(default_factory=dict)

    def line_of(self, who: Somebody) -> Any:
        """A connection in a new session of somebody's."""
        with self.house.workspace() as ws:
            return line(self.server.url, f"chb_sid={sign_in(ws, who)}")

    def of_officers(self, path: str) -> list[Screen]:
        """A page as officers have it, with each of its tabs."""
        if path not in self.shown:
            self.shown[path] = []
            for officer in (SRO, LEAD):
                with self.line_of(officer) as opened:
                    self.shown[path] += [screen for _, screen in screens_of(opened, path)]
        return self.shown[path]

    def press(self, opened: Line, path: str) -> set[str]:
        """Send what only officers have on a page; what is written on those buttons."""
        pressed: set[str] = set()
        for chosen, own in screens_of(opened, path):
            mine = everything_pressed(own).keys() | {row.id for row in own.tabs}
            for theirs in self.of_officers(path):
                states = {
                    id_: value
                    for id_, value in everything_pressed(theirs).items()
                    if id_ not in mine
                }
                if TRIGGER in states.values():
                    opened.run(path, states | chosen)
                    pressed |= {labels_of_buttons(theirs).get(id_, "") for id_ in states}
        return pressed


@pytest.fixture(scope="module")
def rooms(house: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rooms]:
    home = tmp_path_factory.mktemp("rooms") / "home"
    shutil.copytree(house.home, home)
    own = House(home, house.words, house.scanner)
    with own.open() as server:
        yield Rooms(own, server)


@pytest.fixture
def unchanged(rooms: Rooms) -> Callable[[Somebody, tuple[str, ...]], set[str]]:
    """Let somebody press what officers have on pages, and see that nothing came of it."""

    def presses(who: Somebody, paths: tuple[str, ...]) -> set[str]:
        for path in paths:
            rooms.of_officers(path)
        home = rooms.house.home
        before, number = contents(home), last_recorded(home)
        with rooms.line_of(who) as opened:
            pressed = set().union(*(rooms.press(opened, path) for path in paths))
        assert contents(home) == before
        did = {action for _, action, *_ in recorded_since(home, number)}
        assert did <= {each.value for each in HARMLESS}
        return pressed

    return presses


@pytest.mark.parametrize("role", SHORT, ids=lambda role: role.name)
def test_what_officers_press_on_an_open_page_does_nothing_for_others(unchanged, role):
    pressed = unchanged(ONE_OF_EACH[role], SHORT[role])
    assert pressed - {""}
    assert VERDICT in pressed or "disruptions" not in SHORT[role]


def test_an_officer_who_presses_changes_the_store(rooms):
    """So that the test above can fail: the same presses, on the screen that has them."""
    before = contents(rooms.house.home)
    with rooms.line_of(SRO) as opened:
        for chosen, own in screens_of(opened, "disruptions"):
            opened.run("disruptions", everything_pressed(own) | chosen)
    assert contents(rooms.house.home) != before
