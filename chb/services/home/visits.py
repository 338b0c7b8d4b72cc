"""When a person last looked at Home, and how far they are with their first tour."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from chb.domain.home import HomeVisit, next_look
from chb.domain.home_tour import tour_for
from chb.services.access.rules import open_to_all
from chb.services.workspace import Workspace
from chb.store.store import Transaction

KEPT_FOR: Final = timedelta(days=366)
"""After so long away somebody begins as if they were new."""
WRITTEN_EVERY: Final = timedelta(minutes=1)
"""A page that is drawn again and again does not write each time."""


@open_to_all
def look(ws: Workspace) -> HomeVisit:
    """The person looks at Home: what counts as new to them, and their tour."""
    now = ws.now()
    with ws.reading() as tx:
        last = tx.home_visits.find()
    if last is not None and now - last.seen_at < WRITTEN_EVERY:
        return last
    with ws.writing() as tx:
        tx.home_visits.remove_before(now - KEPT_FOR)
        seen = next_look(tx.home_visits.find(), now)
        tx.home_visits.put(seen)
    return seen


@open_to_all
def has_tour(ws: Workspace) -> bool:
    """Whether the sample place is loaded, over which the tour leads."""
    with ws.reading() as tx:
        return any(entry.is_sample for entry in tx.frames.entries())


@open_to_all
def open_step(ws: Workspace, step: str) -> None:
    """A step of the person's tour was opened, and is ticked from then on."""
    if step not in {each.key for each in tour_for(ws.scope.roles)}:
        return
    with ws.writing() as tx:
        visit = _visit(ws, tx)
        tx.home_visits.put(replace(visit, tour_done=visit.tour_done | {step}))


@open_to_all
def put_tour_away(ws: Workspace, *, away: bool) -> None:
    """Put the tour out of sight, or bring it back; brought back, it begins afresh."""
    with ws.writing() as tx:
        visit = _visit(ws, tx)
        done = visit.tour_done if away else frozenset()
        tx.home_visits.put(replace(visit, tour_is_away=away, tour_done=done))


def _visit(ws: Workspace, tx: Transaction) -> HomeVisit:
    return tx.home_visits.find() or HomeVisit(seen_at=ws.now())
