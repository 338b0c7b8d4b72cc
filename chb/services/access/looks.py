"""When a look is a new one: a screen is drawn many times while somebody reads it."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Final

from chb.domain.audit import AuditAction
from chb.services.workspace import Workspace

SAME_LOOK_S: Final = 600.0
"""Looking again within ten minutes is the same consultation."""

_MOST_KEPT: Final = 10_000

Look = tuple[Path, str, AuditAction, str, str]

_looked_at_s: Final[dict[Look, float]] = {}
_lock: Final = threading.Lock()


def put_look_on_record(ws: Workspace, action: AuditAction, kind: str, object_id: str = "") -> None:
    """Record what somebody does by looking at a thing, once for as long as the look lasts."""
    look = ws.home, ws.scope.person, action, kind, object_id
    if not _is_new(look):
        return
    try:
        with ws.writing() as tx:
            tx.audit.record(action, kind, object_id)
    except BaseException:
        _forget(look)  # what is not on record was not looked at yet
        raise


def _is_new(look: Look) -> bool:
    """Whether a person has not looked at a thing for a while; that they do now is noted."""
    now_s = time.monotonic()
    with _lock:
        last_s = _looked_at_s.get(look)
        if last_s is not None and now_s - last_s < SAME_LOOK_S:
            return False
        if len(_looked_at_s) >= _MOST_KEPT:
            _looked_at_s.clear()  # a consultation too many on record is better than one too few
        _looked_at_s[look] = now_s
        return True


def _forget(look: Look) -> None:
    with _lock:
        _looked_at_s.pop(look, None)
