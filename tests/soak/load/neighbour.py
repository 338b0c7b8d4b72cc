"""Three people ask for heavy profiles at once: what do the others notice?"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from chb.domain.access.roles import Role
from tests.soak.load.browser import Asked, View, tab
from tests.soak.load.crowd import Watched, watch
from tests.soak.load.figures import Spread, Turn, spread
from tests.soak.load.people import SignedInPerson, options
from tests.soak.load.served import Served

N_HEAVY: Final = 3
THINKING_S: Final = 4.0
"""Less than people take, for more turns to tell a 95th percentile from."""
_PAGE: Final = "harm-map"
_RESOLUTION: Final = "10"


@dataclass(frozen=True)
class Noise:
    """The others' turns without and with heavy work beside them."""

    idle: Watched
    busy: Watched
    heavy: tuple[Turn, ...]

    @property
    def ratio(self) -> float:
        """95th percentile with heavy work, in times of that without."""
        return self._p95(self.busy).p95_s / self._p95(self.idle).p95_s

    @property
    def errors(self) -> list[Turn]:
        heavy = [turn for turn in self.heavy if turn.error]
        return self.idle.errors + self.busy.errors + heavy

    @staticmethod
    def _p95(watched: Watched) -> Spread:
        return spread(watched.counted)


async def beside_heavy_work(
    server: Served, people: Sequence[SignedInPerson], *, seconds: float
) -> Noise:
    """Watch the others alone, then again, doing the same, while three ask without a pause."""
    heavy = [who for who in people if who.role is Role.LRO][:N_HEAVY]
    others = [who for who in people if who not in heavy]
    await watch(server, others, seconds=seconds / 3, seed=1, thinking_s=THINKING_S)  # warm up
    idle = await watch(server, others, seconds=seconds, seed=2, thinking_s=THINKING_S)
    turns: list[Turn] = []
    is_over = asyncio.Event()
    asking = [_ask_on(server, who, number, turns, is_over) for number, who in enumerate(heavy)]
    heard = asyncio.gather(*asking)
    busy = await watch(server, others, seconds=seconds, seed=2, thinking_s=THINKING_S)
    is_over.set()
    await heard
    return Noise(idle, busy, tuple(turns))


async def _ask_on(
    server: Served, who: SignedInPerson, number: int, turns: list[Turn], is_over: asyncio.Event
) -> None:
    """Ask for one profile after another that nobody has asked for yet; the last is waited for."""
    async with tab(server.port, who.cookie) as opened:
        await opened.turn(Asked(_PAGE, "opens the page"))
        for sets in itertools.islice(_periods(opened.view), number, None, N_HEAVY):
            turns.append(await opened.turn(Asked(_PAGE, "heavy profile", sets)))
            if is_over.is_set():
                return


def _periods(view: View) -> Iterator[dict[str, Any]]:
    """The finest cells over every period that the page offers, the longest first."""
    resolution, _ = _found(view, "H3 resolution")
    (first, months), (last, _) = _found(view, "From"), _found(view, "To")
    spans = itertools.combinations_with_replacement(range(len(months)), 2)
    for begin, end in sorted(spans, key=lambda span: span[0] - span[1]):
        yield {resolution: [_RESOLUTION], first: months[begin], last: months[end]}


def _found(view: View, label: str) -> tuple[str, list[Any]]:
    found = options(view, label)
    assert found is not None, f"the page offers no {label}"
    return found
