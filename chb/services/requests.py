"""Saving once: a form sent twice makes one thing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

from chb.store.store import Transaction


def new_id() -> str:
    """An identifier nobody can guess or collide with."""
    return str(uuid4())


def once(tx: Transaction, request_key: str, make: Callable[[], str], *, now: datetime) -> str:
    """The id of what the request makes, or made when it was sent before.

    ``request_key`` is drawn by the form that asks; an empty key means that the
    caller takes care of repetition.
    """
    if not request_key:
        return make()
    known = tx.journal.saved_result(request_key)
    if known is not None:
        return known
    made = make()
    tx.journal.save_request(request_key, result_id=made, saved_at=now)
    return made
