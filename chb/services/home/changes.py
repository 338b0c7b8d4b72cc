"""What changed since a moment, for officers: every record that they may see."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any, Final

from chb.domain.access.permissions import Permission
from chb.domain.home import Change, Found, Subject, grouped, what_changed
from chb.domain.places.decisions import Decision
from chb.domain.places.places import Place
from chb.domain.wording import plural
from chb.services.access.rules import needs
from chb.services.home.record_titles import IN_FULL, Names, Titled
from chb.services.loading.freshness import LABELS
from chb.services.planning.secrecy import TRIGGER
from chb.services.workspace import Workspace
from chb.store.changes import ChangedRecord, SavedVersion
from chb.store.store import Transaction

Tells = Callable[[Mapping[str, Any] | None, Mapping[str, Any]], str]
"""What a viewer is told happened to a record between two versions; empty for nothing."""

MOST_READ: Final = 100
"""Records of a kind that are looked at; beyond, only that there are more."""


@needs(Permission.SEE_OPERATIONS, shows="what changed")
def changes_in_full(ws: Workspace, since: datetime) -> tuple[Found, ...]:
    """Changes by subject, the newest first, with who recorded each."""
    with ws.reading() as tx:
        return grouped(
            (
                *record_changes(tx, since, IN_FULL, _names(tx)),
                Found.of(Subject.PLACES, place_changes(tx.places.all(), since)),
                Found.of(Subject.DECISIONS, map(_of_decision, tx.decisions.since(since))),
                Found.of(Subject.DATA, imports_since(tx, since)),
            )
        )


def _names(tx: Transaction) -> Names:
    names = tx.places.names()
    names |= {each.id: each.code for each in tx.planner.ocgs.all()}
    plans = {each.id: each.place_id or each.ocg_id for each in tx.planner.plans.all()}
    return names | {plan_id: names[of] for plan_id, of in plans.items() if of in names}


def record_changes(
    tx: Transaction, since: datetime, kinds: Mapping[str, Titled], names: Names
) -> Iterator[Found]:
    """Records that were saved after a moment, by kind."""
    for kind in kinds:
        found = tx.changes.newest(kind, since, most=MOST_READ)
        told = [_told(record, kinds[kind], names) for record in found]
        changes = tuple(change for change in told if change.what)
        yield Found(kinds[kind].subject, len(changes), changes, is_more=len(found) == MOST_READ)


def place_changes(places: Iterable[Place], since: datetime) -> Iterator[Change]:
    """What was recorded about places after a moment, of what is in them as they are given."""
    for place in places:
        if place.created_at > since:
            title = f"{place.name} was started"
            yield Change(title=title, what="added", at=place.created_at, about=place.area_name)
        else:
            yield from _of_place(place, since)


def imports_since(tx: Transaction, since: datetime) -> Iterator[Change]:
    """Imports of public data by kind; nothing of file names, groups or people."""
    for each in tx.changes.imports(since):
        if each.kind in LABELS:
            what = plural(each.number, "import")
            yield Change(title=LABELS[each.kind], what=what, at=each.last_at)


def last_told(record: ChangedRecord, tells: Tells) -> SavedVersion:
    """The last version that changed something the viewer is told of; the first where none did.

    A save of what they are not told of neither dates the news nor signs it.
    """
    told = (saved for before, saved in reversed(record.steps) if tells(before, saved.content))
    return next(told, record.saved[0])


def _told(record: ChangedRecord, titled: Titled, names: Names) -> Change:
    """A trigger date is nobody's to be told of here: it is kept for those in the secret."""
    tells = partial(what_changed, unseen={TRIGGER})
    last = last_told(record, tells)
    return Change(
        title=titled.title(record.content, names),
        what=tells(record.before, record.content),
        at=last.at,
        about=titled.about(record.content, names),
        by=last.by,
    )


def _of_place(place: Place, since: datetime) -> Iterator[Change]:
    for words, at, by in _recorded(place):
        if at > since:
            yield Change(title=place.name, what=words, at=at, by=by)


def _recorded(place: Place) -> Iterator[tuple[str, datetime, str]]:
    """Everything recorded about a place: in words, when, and by whom."""
    for change in place.history:
        yield f"{change.phase} {change.intensity}", change.recorded_at, change.recorded_by
    for boundary in place.boundaries:
        yield f"boundary {boundary.change}", boundary.recorded_at, boundary.recorded_by
    for name in place.names:
        yield f"now called {name.name}", name.recorded_at, name.recorded_by
    for opening in place.openings:
        words = "opened again" if opening.is_open else "closed"
        yield words, opening.recorded_at, opening.recorded_by
    for tie in place.ties:
        words = f"{tie.kind} {'added' if tie.is_added else 'ended'}"
        yield words, tie.recorded_at, tie.recorded_by


def _of_decision(decision: Decision) -> Change:
    return Change(
        title=decision.draft.what,
        what="corrects another" if decision.corrects else "recorded",
        at=decision.recorded_at,
        about=decision.reference,
        by=decision.recorded_by,
    )
