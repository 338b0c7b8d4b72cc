"""Saving once: a form sent twice makes one thing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Final
from uuid import uuid4

from chb.store.store import Transaction

_LONGEST_KEY: Final = 64


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
    key = request_key if len(request_key) <= _LONGEST_KEY else _shortened(request_key)
    known = tx.journal.saved_result(key)
    if known is not None:
        return known
    made = make()
    tx.journal.save_request(key, result_id=made, saved_at=now)
    return made


def _shortened(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
