"""Words that were typed and not sent yet: each person's own, replaced and never versioned."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, delete, insert, select

from chb.store.tables.drafts import draft
from chb.store.unit import Unit

_ID_LENGTH: Final = 32
"""Shorter ids are numbers, which are part of many a name; no form of theirs keeps drafts."""


@dataclass(frozen=True)
class SavedDraft:
    """What somebody typed in one form, by the names of its fields."""

    words: dict[str, str] = field(repr=False)
    saved_at: datetime


class DraftRepository:
    """Drafts of whoever the transaction is for; those of others are not there."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._connection = unit.connection
        self._person = unit.scope.person.casefold()

    def find(self, form: str) -> SavedDraft | None:
        """What the person typed in a form, None when there is nothing."""
        row = self._connection.execute(select(draft).where(self._is_of(form))).first()
        return None if row is None else SavedDraft(dict(row.content), row.saved_at)

    def put(self, form: str, words: dict[str, str], *, saved_at: datetime) -> None:
        """Keep these words in place of any earlier ones; no words, no draft."""
        self.remove(form)
        if words:
            self._connection.execute(
                insert(draft).values(
                    person=self._person, form=form, content=words, saved_at=saved_at
                )
            )

    def remove(self, form: str) -> None:
        """Forget what the person typed in a form."""
        self._connection.execute(delete(draft).where(self._is_of(form)))

    def remove_of(self, work_email: str) -> None:
        """Forget all that somebody typed, because their account ended."""
        self._remove_anybodys(draft.c.person == work_email.casefold())

    def remove_before(self, moment: datetime) -> None:
        """Forget what anybody left lying since before a moment."""
        self._remove_anybodys(draft.c.saved_at < moment)

    def remove_about(self, record_ids: Collection[str], codes: Collection[str]) -> None:
        """Forget everybody's words in forms of these records, or that name one of the codes."""
        named = [code.casefold() for code in codes]
        known = [each for each in record_ids if len(each) >= _ID_LENGTH]
        with self._unit.views_aside():
            everybodys = self._connection.execute(select(draft)).all()
        for row in everybodys:
            text = json.dumps(row.content, ensure_ascii=False).casefold()
            of_record = any(record_id in row.form for record_id in known)
            if of_record or any(code in text for code in named):
                self._remove_anybodys((draft.c.person == row.person) & (draft.c.form == row.form))

    def remove_samples(self) -> None:
        """What is typed is nobody's record yet, and goes by its age."""

    def _remove_anybodys(self, gone: ColumnElement[bool]) -> None:
        with self._unit.views_aside():
            self._connection.execute(delete(draft).where(gone))

    def _is_of(self, form: str) -> ColumnElement[bool]:
        return (draft.c.person == self._person) & (draft.c.form == form)
