"""What every step of the machine has in common: sending a form, and what must come of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis.stateful import invariant, rule

from chb.domain.access.roles import Role
from chb.domain.access.scope import NotForYou
from chb.domain.audit import AuditQuery
from chb.domain.edits import Edit, StaleEdit
from chb.domain.places.records import TieKind
from chb.domain.refusal import Refusal
from chb.services.places.ties import tie_to_place
from chb.services.workspace import Workspace, open_workspace
from tests.services.access.model import Member, Model, Thing
from tests.services.access.people import (
    COMMAND,
    EDITS,
    PLANNERS,
    TABLES,
    WRITES,
    Send,
)
from tests.services.access.reading import VERSIONED
from tests.services.access.scopes import as_person
from tests.services.driven import Driven


class Confirmed(Driven):
    """A store, its twin in plain Python, and every change that was confirmed."""

    def __init__(self) -> None:
        super().__init__()
        self.ws.store.anchors.path.unlink(missing_ok=True)
        self.moment = self.ws.now()
        self.reopen()
        self.model = Model(self.moment.date())
        self.marks = (f"TK{number:04}X" for number in count(1))
        self.acknowledged: list[tuple[str, str, str]] = []
        """Person, kind and id of each change that was confirmed, in order."""
        self.forms: list[tuple[Member, Thing, Any]] = []
        self.last_form: tuple[Member, Thing, Send, str] | None = None

    @rule()
    def reopen(self) -> None:
        """The server stops and starts again."""
        store = self.ws.store
        address = "" if store.engine.dialect.name == "sqlite" else self._address()
        store.close()
        self.ws = open_workspace(store.home, clock=self.now, database_url=address)

    @invariant()
    def the_log_has_one_row_for_each_change(self) -> None:
        with self.ws.reading() as tx:
            rows = tx.audit.search(AuditQuery(most=100_000))
        written = [
            (row.person, row.object_kind, row.object_id)
            for row in reversed(rows)
            if row.action in WRITES and row.object_kind != "person"
        ]
        assert written == self.acknowledged

    def about_groups(
        self,
        kind: str,
        who: Member,
        save: Callable[..., Any],
        new: Any,
        words: set[str],
        *about: Thing,
        may: set[Role] = COMMAND,
        refused: type[Refusal] | None = None,
    ) -> Thing | None:
        """Save a new record that is about groups, or about none."""
        return self.saved(
            kind,
            who,
            lambda ws, key: save(ws, new, by="", request_key=key),
            words=words,
            may=may,
            about=about,
            refused=refused,
        )

    def saved(
        self,
        kind: str,
        who: Member,
        send: Send,
        *,
        words: set[str],
        may: set[Role],
        refused: type[Refusal] | None = None,
        about: tuple[Thing, ...] = (),
        edited: Thing | None = None,
        is_form: bool = True,
        **more: Any,
    ) -> Thing | None:
        """Send a form: the thing as it is kept, or None when it is refused as it must be."""
        self.n_requests += 1
        key = f"form-{self.n_requests}"
        hidden = not all(self.sees(who, each) for each in about)
        if edited is not None:
            known = who.is_officer and edited.groups <= self.model.known_groups(who)
            hidden = not self.sees(who, edited) or not (known or not edited.groups)
        if who.role not in may:
            refused = NotForYou
        elif hidden:
            refused = Refusal
        if refused is not None:
            with pytest.raises(refused) as told:
                send(self.seen_by(who), key)
            assert not (hidden and isinstance(told.value, StaleEdit))
            return None
        kept = send(self.seen_by(who), key)
        thing = self.note(kind, who, kept, words, edited=edited, about=about, **more)
        self.last_form = (who, thing, send, key) if is_form else None
        return thing

    def note(
        self,
        kind: str,
        who: Member,
        kept: Any,
        words: set[str],
        *,
        edited: Thing | None = None,
        about: tuple[Thing, ...] = (),
        plan: Thing | None = None,
        links: tuple[Thing, ...] = (),
    ) -> Thing:
        """Write an acknowledged change into the model."""
        self.acknowledged.append((who.email, TABLES[kind], str(kept.id)))
        if edited is not None:
            edited.earlier.append(edited.record)
            edited.record = self.model.as_kept(who, edited, kept)
            # Where no screen shows earlier versions, new words take the place of the old.
            edited.words = edited.words | words if kind in VERSIONED else words or edited.words
            return edited
        groups = {each.id for each in about} | (plan.groups if plan else set())
        thing = Thing(
            kind=kind, record=kept, words=words, groups=frozenset(groups), plan=plan, links=links
        )
        self.model.things.append(thing)
        return thing

    def edit_of(self, thing: Thing, seen: Any, mark: str) -> Send:
        """A form that puts new words into a record as somebody saw it."""
        save, name, _ = EDITS[thing.kind]
        edited = replace(seen, **{name: mark})
        return lambda ws, key: save(ws, edited, by="", reason="a visit", request_key=key)

    def _tied(self, who: Member, place: Thing, kind: TieKind, subject: str, reason: str) -> bool:
        if who.role not in PLANNERS:
            return False
        edit = Edit(reason=reason, by="", version=place.record.version)
        kept = tie_to_place(self.seen_by(who), place.id, kind, subject, edit)
        self.note("places", who, kept, set(), edited=place)
        return True

    def sees(self, who: Member, thing: Thing) -> bool:
        return self.model.sees(who, thing)

    def seen_by(self, who: Member) -> Workspace:
        """The store as the person has it today."""
        return as_person(self.ws, who.email, who.role, agency=who.agency)

    def subject(self, nth: int) -> Thing:
        """Groups and places as plans and grants name them: first the first two of each."""
        groups, places = self.model.of("ocgs"), self.model.of("places")
        listed = [*groups[:2], *places[:2], *groups[2:], *places[2:]]
        return listed[nth % len(listed)]

    def nth(self, kind: str, nth: int) -> Thing:
        listed = self.model.of(kind)
        return listed[nth % len(listed)]

    @staticmethod
    def named(about: Thing) -> dict[str, str]:
        return {"ocg_id" if about.kind == "ocgs" else "place_id": about.id}

    @property
    def today(self) -> date:
        return self.moment.date()

    def now(self) -> datetime:
        return self.moment

    def day(self, from_today: int | None) -> date | None:
        return None if from_today is None else self.today + timedelta(from_today)

    def _address(self) -> str:
        return self.ws.store.engine.url.render_as_string(hide_password=False)
