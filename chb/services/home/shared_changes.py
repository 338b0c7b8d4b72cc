"""What changed since a moment, as partners are told: shared work, places, signals, assets.

Nothing here says who recorded it, and of work only the wording that was made for partners.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any, Final

from chb.domain.access.permissions import Permission
from chb.domain.home import Change, Found, Subject, differs, grouped
from chb.domain.places.phases import IntensityChange, Phase, changes_in_force
from chb.domain.places.places import Place
from chb.domain.planning.plans import Plan
from chb.domain.views.wording import is_shared, phases_shown, shared_wording
from chb.services.access.rules import needs
from chb.services.home.changes import (
    MOST_READ,
    imports_since,
    last_told,
    place_changes,
    record_changes,
)
from chb.services.home.record_titles import SHARED, Names
from chb.services.workspace import Workspace
from chb.store.store import Transaction

_TASK: Final = "intervention"


@needs(Permission.SEE_COMMUNITY)
def shared_changes(ws: Workspace, since: datetime) -> tuple[Found, ...]:
    """Changes by subject, the newest first, of what is shared with the person."""
    with ws.reading() as tx:
        plans = [plan for plan in tx.planner.plans.all() if plan.ocg_id is None]
        places = [place for place in tx.places.all() if place.is_open(ws.today())]
        names = {place.id: place.name for place in places}
        shared = [_as_shared(ws, place, plans) for place in places]
        found = (
            *record_changes(tx, since, SHARED, names),
            Found.of(Subject.PLACES, place_changes(filter(_is_shown, shared), since)),
            Found.of(Subject.PLANS, _task_changes(ws, tx, since, plans, names)),
            Found.of(Subject.DATA, imports_since(tx, since)),
        )
    return grouped(replace(each, newest=_unsigned(each.newest)) for each in found)


def _as_shared(ws: Workspace, place: Place, plans: Iterable[Plan]) -> Place:
    """The place with what made its phases what they are today, as cards show them.

    Neither what was planned before nor what is entered ahead is told of.
    """
    triggers = [plan.trigger_on for plan in plans if plan.place_id == place.id]
    today = ws.today()
    in_force = changes_in_force(place.history, today)
    shown = phases_shown(place.intensities(today), triggers, today=today)
    history = tuple(_from_its_day(in_force[Phase(each.phase)]) for each in shown)
    return replace(place, history=history, ties=(), names=(), boundaries=(), openings=())


def _from_its_day(change: IntensityChange) -> IntensityChange:
    """The change as news of the day it took effect, where it was entered before."""
    its_day = datetime.combine(change.effective_on, time(), UTC)
    return replace(change, recorded_at=max(change.recorded_at, its_day))


def _is_shown(place: Place) -> bool:
    """Whether there is a card of the place: one of which no phase is shared has none."""
    return bool(place.history)


def _task_changes(
    ws: Workspace, tx: Transaction, since: datetime, plans: Iterable[Plan], names: Names
) -> Iterator[Change]:
    """Work that the store lets the person read, but for groups' and what is secret still."""
    by_id = {plan.id: plan for plan in plans}
    for record in tx.changes.newest(_TASK, since, most=MOST_READ):
        task = tx.planner.interventions.made(record.content)
        plan, what = by_id.get(task.plan_id), _shared_words(record.before, record.content)
        if plan is None or task.ocg_id is not None or not what:
            continue
        if is_shared(task.phase, task.trigger_on or plan.trigger_on, today=ws.today()):
            words = shared_wording(task.shared_title, pillar=task.pillar, phase=task.phase)
            place = names.get(task.place_id or plan.place_id or "", "")
            last = last_told(record, _shared_words)
            yield Change(title=words, what=what, at=last.at, about=place)


def _shared_words(before: Mapping[str, Any] | None, now: Mapping[str, Any]) -> str:
    """A change of what partners are shown; empty for any other, which is not theirs to notice."""
    if before is None:
        return "added"
    if before["status"] != now["status"]:
        return f"{before['status']} to {now['status']}"
    if differs("due_on", before, now):
        return "due on another day" if now["due_on"] else "no due date any more"
    return "worded anew" if differs("shared_title", before, now) else ""


def _unsigned(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    return tuple(replace(change, by="") for change in changes)
