"""When a look is a new one: a screen is drawn many times while somebody reads it."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Final

SAME_LOOK_S: Final = 600.0
"""Looking again within ten minutes is the same consultation."""

_MOST_KEPT: Final = 10_000

Look = tuple[Path, str, str, str]

_looked_at_s: Final[dict[Look, float]] = {}
_lock: Final = threading.Lock()


def is_new_look(home: Path, person: str, kind: str, object_id: str) -> bool:
    """Whether a person has not looked at a thing for a while; that they do now is noted."""
    look, now_s = (home, person, kind, object_id), time.monotonic()
    with _lock:
        last_s = _looked_at_s.get(look)
        if last_s is not None and now_s - last_s < SAME_LOOK_S:
            return False
        if len(_looked_at_s) >= _MOST_KEPT:
            _looked_at_s.clear()  # a consultation too many on record is better than one too few
        _looked_at_s[look] = now_s
        return True
