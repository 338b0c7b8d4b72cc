"""Sizes and ages of files in words."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from chb.domain.wording import plural

_UNITS: Final = ("bytes", "kB", "MB", "GB")


def size_words(n_bytes: float) -> str:
    """``950 bytes``, ``12 kB``, ``1.3 GB``: in steps of a thousand, as disks are sold."""
    size, unit = float(n_bytes), 0
    while size >= 999.5 and unit < len(_UNITS) - 1:
        size, unit = size / 1_000, unit + 1
    decimals = 1 if unit > 1 and size < 10 else 0
    return f"{size:,.{decimals}f} {_UNITS[unit]}"


def age_words(made_at: datetime, now: datetime) -> str:
    """``just now``, ``5 hours ago``, ``12 days ago``."""
    passed = now - made_at
    if passed.days >= 1:
        return f"{plural(passed.days, 'day')} ago"
    hours, minutes = divmod(max(0, int(passed.total_seconds())) // 60, 60)
    if hours:
        return f"{plural(hours, 'hour')} ago"
    return f"{plural(minutes, 'minute')} ago" if minutes else "just now"
