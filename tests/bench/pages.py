"""Every page of three professions, as long as the server takes to draw it.

Asked for over the websocket, as a browser does: from the message that asks for a page to
the one that says it is finished. A page counts with the median of its visits after the
first; how long a first visit takes, when nothing is kept yet, stands beside it.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final

from chb.domain.access.roles import Role
from chb.domain.access.scope import Scope
from chb.ui.shell.registry import PAGES
from tests.bench.rows import Item, NotMeasuredError, Row, figure
from tests.soak.load.browser import Asked, tab
from tests.soak.load.people import SignedInPerson
from tests.soak.load.served import served
from tests.soak.load.stores import STORES, Stocked

ROLES: Final = (Role.LRO, Role.CSP_MANAGER, Role.CO_ORDINATOR)
N_VISITS: Final = 4
GOALS_S: Final = {"sample": 1.0, "sheffield": 2.0}

Visits = dict[str, list[float]]
"""Seconds of each visit, by role and page."""


def _measure(name: str) -> Iterable[Row]:
    with _stocked(name) as store:
        visits = _all_visits(store)
    words = f"{len(visits)} pages of {len(ROLES)} roles, {store.name}"
    again = _slowest(visits, lambda seconds: statistics.median(seconds[1:]))
    first = _slowest(visits, lambda seconds: seconds[0])
    yield figure(
        f"{words}: slowest ({again[0]})",
        again[1],
        "s",
        at_most=GOALS_S[name],
        rounds=N_VISITS - 1,
    )
    yield figure(f"{words}: slowest first visit ({first[0]})", first[1], "s")


@contextmanager
def _stocked(name: str) -> Iterator[Stocked]:
    with tempfile.TemporaryDirectory(prefix="holdfast-pages-") as folder:
        yield STORES[name](Path(folder))


def _all_visits(store: Stocked) -> Visits:
    """One person a role, one after the other."""
    found: Visits = {}
    with served(store.home, sign_in=store.sign_in) as server:
        # Five people are one of each role at least, in the mix of the load.
        by_role = {person.role: person for person in store.people(5)}
        for role in ROLES:
            found |= asyncio.run(_visits(server.port, by_role[role]))
    return found


async def _visits(port: int, who: SignedInPerson) -> Visits:
    found: Visits = {}
    for path in paths_of(who.role):
        name = f"{path or 'home'} of {who.role.value}"
        found[name] = [await _visit(port, who.cookie, path) for _ in range(N_VISITS)]
    return found


async def _visit(port: int, cookie: str, path: str) -> float:
    """In a tab of its own: nothing of an earlier visit is on the screen."""
    async with tab(port, cookie) as opened:
        turn = await opened.turn(Asked(path, "opens the page"))
    if turn.error:
        raise NotMeasuredError(f"{path or 'home'}: {turn.error}")
    return turn.seconds


def paths_of(role: Role) -> list[str]:
    """Addresses of the pages that a role finds; the first has none."""
    scope = Scope(person="bench", roles=frozenset({role}))
    first, *others = [rule.path for rule in PAGES if rule.opens_for(scope)]
    return ["" if first == PAGES[0].path else first, *others]


def _slowest(visits: Visits, of: Callable[[list[float]], float]) -> tuple[str, float]:
    name = max(visits, key=lambda each: of(visits[each]))
    return name, of(visits[name])


ITEMS: Final = tuple(Item(f"pages of {name}", "", partial(_measure, name)) for name in STORES)
