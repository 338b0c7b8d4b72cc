"""What people do all day: the pages of their role, and what they choose on each."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from websockets.exceptions import WebSocketException

from chb.domain.access.roles import Role
from tests.soak.load.browser import Asked, Click, RefusedError, Tab, View, tab
from tests.soak.load.figures import Turn

THINKING_S: Final = 10.0
"""Mean of the exponential time between an answer and the next thing asked."""
FIRST_PAGE: Final = "first page"
BROKEN: Final = "line"
"""What is told of a turn that never was: the connection was refused, or ended."""
_GOES_ON: Final = 0.35
"""How often the next thing is another page."""
_RARELY: Final = 0.03
"""How often a choice is one of those that have a new profile worked out."""


_FIRST: Final = "home"


@dataclass(frozen=True)
class Habit:
    """A page, and what people do there."""

    path: str
    chooses: tuple[str, ...] = ()
    """Labels of lists and segments."""
    rarely: tuple[str, ...] = ()
    clicks_map: bool = False

    @property
    def address(self) -> str:
        """As a browser asks for it: a person's first page goes by no path."""
        return "" if self.path == _FIRST else self.path


HABITS: Final = {
    Role.LRO: (
        Habit("home"),
        Habit("harm-map", ("Layer",), ("From", "Harm scheme"), clicks_map=True),
        Habit("hotspots", ("Layer", "Hotspot"), clicks_map=True),
        Habit("places", ("Place",), clicks_map=True),
        Habit("plan", ("Plan for", "Headings")),
        Habit("ocgs", ("OCG",)),
    ),
    Role.CSP_MANAGER: (
        Habit("home"),
        Habit("harm-bands", rarely=("Area",), clicks_map=True),
        Habit("shared-work"),
        Habit("partnership", ("Place",)),
    ),
    Role.CO_ORDINATOR: (
        Habit("home"),
        Habit("harm-bands", clicks_map=True),
        Habit("assets", ("Groups",), clicks_map=True),
        Habit("signals", ("Kind shown",), clicks_map=True),
    ),
}
MIX: Final = (Role.LRO, Role.CSP_MANAGER, Role.LRO, Role.CO_ORDINATOR, Role.LRO)
"""Three of five are lead officers, whose pages are the heaviest."""


@dataclass(frozen=True)
class SignedInPerson:
    """Somebody with a session, and where they would click."""

    role: Role
    cookie: str
    positions: Sequence[tuple[float, float]]


class Person:
    """One person at one tab, thinking between one thing and the next.

    Args:
        who: their session and role.
        rng: theirs alone, so that two runs of it do the same.
        thinking_s: mean time between an answer and the next thing asked.
    """

    def __init__(
        self, who: SignedInPerson, rng: random.Random, *, thinking_s: float = THINKING_S
    ) -> None:
        self._who, self._rng, self._thinking_s = who, rng, thinking_s
        self._habit = HABITS[who.role][0]

    async def work(
        self, port: int, done: Callable[[Turn], None], is_over: Callable[[], bool]
    ) -> None:
        """Go from thing to thing until it is over; a line that breaks is an error."""
        try:
            async with tab(port, self._who.cookie) as opened:
                done(await opened.turn(Asked("", FIRST_PAGE)))
                while True:
                    await asyncio.sleep(self._rng.expovariate(1 / self._thinking_s))
                    if is_over():
                        return
                    asked = self._next(opened)
                    done(replace(await opened.turn(asked), page=self._habit.path))
        except (OSError, WebSocketException, RefusedError, asyncio.IncompleteReadError) as fault:
            said = f"{type(fault).__name__}: {fault}"
            now = asyncio.get_running_loop().time()
            done(Turn(self._habit.path, BROKEN, 0.0, 0, now, said))

    def _next(self, opened: Tab) -> Asked:
        offered = list(self._offered(opened.view))
        if self._rng.random() < _GOES_ON or not offered:
            habits = [habit for habit in HABITS[self._who.role] if habit is not self._habit]
            self._habit = self._rng.choice(habits)
            return Asked(self._habit.address, "opens the page")
        return self._rng.choice(offered)

    def _offered(self, view: View) -> Iterator[Asked]:
        """What the person might do on the page, each as likely as the next."""
        rarely = self._habit.rarely if self._rng.random() < _RARELY else ()
        for label in rarely or self._habit.chooses:
            found = self._other_option(view, label)
            if found is not None:
                yield Asked(self._habit.address, f"chooses {label}", found)
        if self._habit.clicks_map and not rarely:
            for widget in view.maps[:1]:
                click = Click(*self._rng.choice(self._who.positions))
                yield Asked(self._habit.address, "clicks the map", {widget: click})

    def _other_option(self, view: View, label: str) -> dict[str, Any] | None:
        found = options(view, label)
        return None if found is None else {found[0]: self._rng.choice(found[1])}


def options(view: View, label: str) -> tuple[str, list[Any]] | None:
    """What offers a choice, by its label, with its values; None when it is not there."""
    for box in view.kind("selectbox"):
        if box.label == label and not box.form_id and box.options:
            return box.id, list(box.options)
    for several in view.kind("multiselect"):
        if several.label == label and several.options:
            return several.id, [[option] for option in several.options]
    for group in view.kind("button_group"):
        if group.label == label and group.options:
            return group.id, [[option.content] for option in group.options]
    return None
