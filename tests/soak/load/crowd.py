"""Many people at once, and what they and the server took meanwhile."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from tests.soak.load.figures import Turn
from tests.soak.load.people import BROKEN, FIRST_PAGE, THINKING_S, Person, SignedInPerson
from tests.soak.load.resources import load_average
from tests.soak.load.served import Served

_ARRIVE_WITHIN_S: Final = 20.0
_ARRIVE_APART_S: Final = 0.5
_SAMPLED_EVERY_S: Final = 5.0


@dataclass(frozen=True)
class Sample:
    """The server's memory at a moment after the start."""

    after_s: float
    screens_bytes: int
    engine_bytes: int


@dataclass
class Watched:
    """One stretch of time with so many people."""

    n_people: int
    turns: list[Turn] = field(default_factory=list)
    """All of them, those of people who had only just come included."""
    samples: list[Sample] = field(default_factory=list)
    is_over: bool = False
    settled_at_s: float = 0.0
    """When everybody had come and seen their first page; before it nothing counts."""
    counted_s: float = 0.0
    screens_s: float = 0.0
    """Processor time of the screens while turns counted."""
    engine_s: float = 0.0
    clients_s: float = 0.0
    """Processor time of this program, which shares the machine."""
    load: float = 0.0
    """The machine's load average at the end, this test's own share included."""

    @property
    def counted(self) -> list[Turn]:
        return [turn for turn in self.turns if turn.at_s >= self.settled_at_s]

    @property
    def errors(self) -> list[Turn]:
        """At any time."""
        return [turn for turn in self.turns if turn.error]


async def watch(
    server: Served,
    people: Sequence[SignedInPerson],
    *,
    seconds: float,
    seed: int,
    thinking_s: float = THINKING_S,
) -> Watched:
    """Let people come one by one, then count for so many seconds."""
    watched = Watched(len(people))
    apart_s = min(_ARRIVE_WITHIN_S / len(people), _ARRIVE_APART_S)
    crowd = [
        asyncio.create_task(
            _come(Person(who, rng, thinking_s=thinking_s), server, number * apart_s, watched)
        )
        for number, who in enumerate(people)
        for rng in [random.Random(f"{seed}-{number}")]
    ]
    await _settled(watched)
    await _sample(server, watched, seconds)
    await asyncio.gather(*crowd)
    return watched


async def _come(person: Person, server: Served, after_s: float, watched: Watched) -> None:
    await asyncio.sleep(after_s)
    await person.work(server.port, watched.turns.append, lambda: watched.is_over)


async def _settled(watched: Watched) -> None:
    """Wait until everybody has seen a page, or was turned away."""
    while sum(turn.doing in (FIRST_PAGE, BROKEN) for turn in watched.turns) < watched.n_people:
        await asyncio.sleep(0.1)
    watched.settled_at_s = asyncio.get_running_loop().time()


async def _sample(server: Served, watched: Watched, seconds: float) -> None:
    """Take the server's memory now and then, and its processor time over what counts."""
    loop, begun = asyncio.get_running_loop(), watched.settled_at_s
    until = begun + seconds
    screens, engine, clients = server.screens(), server.engine(), time.process_time()
    while True:
        now, worked = server.screens(), server.engine()
        sample = Sample(loop.time() - begun, now.resident_bytes, worked.resident_bytes)
        watched.samples.append(sample)
        if loop.time() >= until:
            break
        await asyncio.sleep(min(_SAMPLED_EVERY_S, max(0.05, until - loop.time())))
    watched.is_over = True
    watched.counted_s = loop.time() - begun
    watched.screens_s = now.processor_s - screens.processor_s
    watched.engine_s = worked.processor_s - engine.processor_s
    watched.clients_s = time.process_time() - clients
    watched.load = load_average()
