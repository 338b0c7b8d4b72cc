"""The planner's pages over a store of years, on both databases: what each asks a service for.

50 places, 500 OCGs, 20,000 interventions and 200,000 saved versions. A list must come within
100 ms, a place's whole plan within 150 ms; the median decides and the 95th percentile stands
beside it. What the bench has imported for its other sections is no part of the app, so
Python's collector is told to leave that alone: walking it takes 200 ms.
"""

from __future__ import annotations

import gc
import statistics
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sized
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final

from chb.domain.access.roles import Role
from chb.domain.places.decisions import Link, LinkKind
from chb.services.places.decisions import list_decisions
from chb.services.places.register import list_places
from chb.services.planning.disruptions import list_disruptions
from chb.services.planning.my_work import my_work
from chb.services.planning.ocg_register import list_ocgs, ocg_file, overdue_reviews
from chb.services.planning.partnership import search_debriefs, stakeholder_group
from chb.services.planning.plans import plan_of
from chb.services.planning.signals import linked_signals, signals_of_place
from chb.services.workspace import Workspace, open_workspace
from tests.bench import filled_records as filled
from tests.bench.filled_store import N_REVISIONS, fill
from tests.bench.rows import Item, NotMeasuredError, Row, figure
from tests.bench.servers import postgresql_address
from tests.bench.timing import timed
from tests.services.access.scopes import as_person

LIST_S: Final = 0.1
PLAN_S: Final = 0.15
ROUNDS: Final = 20

Ask = Callable[[Workspace], Sized]

_PLACE: Final = filled.id_of("place", 7)
_OCG: Final = filled.id_of("ocg", 7)
_LISTS: Final[dict[str, Ask]] = {
    "places": list_places,
    "OCG register": list_ocgs,
    "overdue reviews": overdue_reviews,
    "decision log, whole": list_decisions,
    "decision log of a place": partial(list_decisions, about=Link(LinkKind.PLACE, _PLACE)),
    "disruption log, latest 500": list_disruptions,
    "disruption log of a place": partial(list_disruptions, place_id=_PLACE),
    "signals with their links": linked_signals,
    "signals of a place": lambda ws: signals_of_place(ws, _PLACE),
    "stakeholder group of a place": lambda ws: stakeholder_group(ws, _PLACE),
    "search of debriefs": lambda ws: search_debriefs(ws, "housing officer"),
    "my work, one person": lambda ws: [
        item for items in my_work(ws, filled.email_of(7)).values() for item in items
    ],
    "file of an OCG": lambda ws: ocg_file(ws, _OCG).reviews,
}
_OF_AN_OFFICER: Final = ("OCG register", "disruption log, latest 500", "my work, one person")
"""Lists asked for again as an officer who leads a few groups, whom the rest are kept from."""


@contextmanager
def _filled(database_url: str) -> Iterator[Workspace]:
    with tempfile.TemporaryDirectory() as home:
        ws = open_workspace(Path(home), clock=lambda: filled.NOW, database_url=database_url)
        try:
            n_revisions = fill(ws.store)
            if n_revisions < N_REVISIONS:
                raise NotMeasuredError(f"the store has {n_revisions:,} saved versions")
            gc.freeze()
            yield ws
        finally:
            gc.unfreeze()
            ws.store.close()


def _on_sqlite() -> Iterable[Row]:
    with _filled("") as ws:
        yield from _measured(ws, "SQLite")


def _on_postgresql() -> Iterable[Row]:
    with postgresql_address() as address, _filled(address) as ws:
        yield from _measured(ws, "PostgreSQL")


def _measured(ws: Workspace, database: str) -> Iterable[Row]:
    for title, ask in _LISTS.items():
        yield _row(f"{title}, {database}", partial(ask, ws), at_most=LIST_S)
    yield _row(f"plan of a place, {database}", partial(_plan, ws), at_most=PLAN_S)
    sign_in = partial(as_person, ws, filled.email_of(7), Role.LRO)
    yield _row(
        f"what an officer may see, {database}", lambda: sign_in().scope.ocg_ids, at_most=LIST_S
    )
    officer = sign_in()
    for title in _OF_AN_OFFICER:
        ask = partial(_LISTS[title], officer)
        yield _row(f"{title}, as an officer sees it, {database}", ask, at_most=LIST_S)
    plan = partial(_plan, officer)
    yield _row(f"plan of a place, as an officer sees it, {database}", plan, at_most=PLAN_S)


def _plan(ws: Workspace) -> Sized:
    view = plan_of(ws, place_id=_PLACE)
    return () if view is None else view.interventions


def _row(task: str, ask: Callable[[], Sized], *, at_most: float) -> Row:
    found = ask()
    if not found:
        raise NotMeasuredError(f"{task}: nothing was found")
    times = [timed(ask)[0] for _ in range(ROUNDS)]
    p95_ms = statistics.quantiles(times, n=20)[-1] * 1000
    return figure(
        task,
        statistics.median(times),
        "s",
        at_most=at_most,
        checked=f"{len(found):,} rows; 95 % within {p95_ms:.3g} ms",
        rounds=ROUNDS,
    )


ITEMS: Final = (
    Item("planner's store, SQLite", "", _on_sqlite),
    Item("planner's store, PostgreSQL", "", _on_postgresql),
)
