"""Every page there is, as long as the server takes to draw it for each role that finds it.

Asked for over the websocket, as a browser does: from the message that asks for a page to
the one that says it is finished. A page counts twice: with a role's first visit, when the
server may have to work out what it keeps, and with the median of the visits after it.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
from collections.abc import Iterable, Iterator
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

ROLES: Final = (Role.LRO, Role.SRO, Role.CSP_MANAGER, Role.CO_ORDINATOR, Role.ADMINISTRATOR)
N_VISITS: Final = 4
GOALS_S: Final = {"sample": 1.0, "sheffield": 2.0}

Visits = dict[str, list[float]]
"""Seconds of each visit, by role and page."""


def _measure(name: str) -> Iterable[Row]:
    with _stocked(name) as store:
        visits = _all_visits(store)
    first = {page: seconds[0] for page, seconds in visits.items()}
    later = {page: statistics.median(seconds[1:]) for page, seconds in visits.items()}
    for visit, by_page, rounds in (("first", first, 1), ("later", later, N_VISITS - 1)):
        words = f"{store.name}, {visit} visit"
        yield from _slow(words, by_page, limit_s=GOALS_S[name], rounds=rounds)


def _slow(words: str, by_page: dict[str, float], *, limit_s: float, rounds: int) -> Iterator[Row]:
    """The slowest page of all, and every other that is slower than it should be."""
    slowest, *others = sorted(by_page, key=lambda page: -by_page[page])
    for page in (slowest, *(each for each in others if by_page[each] > limit_s)):
        rank = f", slowest of {len(by_page)} pages and roles" if page is slowest else ""
        task = f"{words}: {page}{rank}"
        yield figure(task, by_page[page], "s", at_most=limit_s, rounds=rounds)


@contextmanager
def _stocked(name: str) -> Iterator[Stocked]:
    with tempfile.TemporaryDirectory(prefix="holdfast-pages-") as folder:
        yield STORES[name](Path(folder))


def _all_visits(store: Stocked) -> Visits:
    """One person a role, one after the other."""
    found: Visits = {}
    with served(store.home, sign_in=store.sign_in) as server:
        for person in store.of_roles(ROLES):
            found |= asyncio.run(_visits(server.port, person))
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


ITEMS: Final = tuple(Item(f"pages of {name}", "", partial(_measure, name)) for name in STORES)
