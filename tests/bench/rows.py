"""One row of the table, and the two ways to fill it: a contest and a figure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from tests.bench.timing import Contestant, race


@dataclass(frozen=True)
class Row:
    """What was measured; without a peer ``theirs`` is None, and so is ``met`` without a target."""

    task: str
    ours: float | None = None
    unit: str = "s"
    peer: str = ""
    theirs: float | None = None
    target: str = ""
    met: bool | None = None
    checked: str = ""
    threads: str = ""
    rounds: int = 1
    not_measured: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times as much the peer takes."""
        return self.theirs / self.ours if self.theirs is not None and self.ours else None

    @property
    def missed(self) -> bool:
        """Whether a goal was missed, or something of ours alone could not be measured at all."""
        return self.met is False or bool(self.not_measured and not self.peer)

    def at_most(self, limit: float) -> Row:
        """The same with the most that ours should be."""
        met = self.ours is not None and self.ours <= limit
        return replace(self, target=f"at most {limit:g}", met=met)


@dataclass(frozen=True)
class Item:
    """One thing to measure; when it fails, its title stands in the table with the reason."""

    title: str
    peer: str
    measure: Callable[[], Iterable[Row]]


class NotMeasuredError(Exception):
    """The reason why there is no figure, as a sentence."""


def contest(
    task: str,
    ours: Contestant,
    theirs: Contestant,
    *,
    check: Callable[[Any, Any], str],
    at_least: float | None = None,
    rounds: int = 5,
) -> Row:
    """Race ours against a peer; the answers are compared before any time is reported."""
    result = race(ours, theirs, rounds=rounds)
    checked = check(result.our_answer, result.their_answer)
    return Row(
        task=task,
        ours=result.ours_s,
        peer=theirs.name,
        theirs=result.theirs_s,
        target="" if at_least is None else f"{at_least:g} times",
        met=None if at_least is None else result.theirs_s / result.ours_s >= at_least,
        checked=checked,
        threads=f"{ours.threads} / {theirs.threads}",
        rounds=result.rounds,
    )


def figure(task: str, value: float, unit: str, *, at_most: float | None = None, **more: Any) -> Row:
    """A figure of ours alone, with the most it should be."""
    row = Row(task=task, ours=value, unit=unit, **more)
    return row if at_most is None else row.at_most(at_most)


def agreement(ours: ArrayLike, theirs: ArrayLike, *, within: float) -> str:
    """Say how far two answers lie apart, as a share of the largest; raise when it is too far."""
    expected = np.asarray(theirs, dtype=np.float64)
    apart = float(np.abs(np.asarray(ours) - expected).max() / np.abs(expected).max())
    if not apart <= within:
        raise NotMeasuredError(f"the answers differ by {apart:.2g} of the largest, over {within:g}")
    return f"equal to {apart:.1g} of the largest"
