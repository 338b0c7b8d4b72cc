"""Many people at once, and what they and the server took meanwhile."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from tests.soak.load.figures import Turn
from tests.soak.load.people import THINKING_S, Person, SignedInPerson
from tests.soak.load.resources import load_average
from tests.soak.load.served import Served

_ARRIVE_WITHIN_S: Final = 20.0
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
    loop = asyncio.get_running_loop()
    watched = Watched(len(people))
    arriving_s = min(_ARRIVE_WITHIN_S, len(people) * 0.5)
    watched.settled_at_s = loop.time() + arriving_s + 2 * min(thinking_s, seconds / 10)
    until = watched.settled_at_s + seconds
    crowd = [
        asyncio.create_task(
            _come(Person(who, random.Random(f"{seed}-{number}"), thinking_s=thinking_s),
                  server, number * arriving_s / len(people), until, watched)
        )
        for number, who in enumerate(people)
    ]  # fmt: skip
    await _sample(server, watched, until)
    await asyncio.gather(*crowd)
    return watched


async def _come(
    person: Person, server: Served, after_s: float, until: float, watched: Watched
) -> None:
    await asyncio.sleep(after_s)
    await person.work(server.port, until, watched.turns.append)


async def _sample(server: Served, watched: Watched, until: float) -> None:
    """Take the server's memory now and then, and its processor time over what counts."""
    loop = asyncio.get_running_loop()
    await asyncio.sleep(max(0.0, watched.settled_at_s - loop.time()))
    begun = loop.time()
    screens, engine, clients = server.screens(), server.engine(), time.process_time()
    while True:
        now, worked = server.screens(), server.engine()
        sample = Sample(loop.time() - begun, now.resident_bytes, worked.resident_bytes)
        watched.samples.append(sample)
        if loop.time() >= until:
            break
        await asyncio.sleep(min(_SAMPLED_EVERY_S, max(0.05, until - loop.time())))
    watched.counted_s = loop.time() - begun
    watched.screens_s = now.processor_s - screens.processor_s
    watched.engine_s = worked.processor_s - engine.processor_s
    watched.clients_s = time.process_time() - clients
    watched.load = load_average()
