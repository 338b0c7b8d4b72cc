"""The history of a group's file: what was recorded and changed, day by day, the latest first."""

from __future__ import annotations

from datetime import date
from itertools import groupby

import streamlit as st

from chb.services.planning.ocg_history import FileEvent, file_history
from chb.services.planning.ocg_register import OcgFile
from chb.ui import cache
from chb.ui.parts.words import literal_html


def show_file_history(file: OcgFile) -> None:
    """A block a day."""
    events = file_history(cache.workspace(), file.ocg.id)
    days = groupby(events, key=lambda event: event.at.date())
    blocks = "".join(_day(day, tuple(of_day)) for day, of_day in days)
    st.html(f'<div data-testid="file-history">{blocks}</div>')


def _day(day: date, events: tuple[FileEvent, ...]) -> str:
    lines = "".join(_line(event) for event in events)
    return f'<div class="hf-entry hf-old"><b>{day.day} {day:%B %Y}</b>{lines}</div>'


def _line(event: FileEvent) -> str:
    names = ", ".join(name.replace("_", " ") for name in event.changed)
    changed = f"changed: {names}" if names else "recorded"
    why = f" Because: {literal_html(event.reason)}" if event.reason else ""
    return (
        f"<p>{literal_html(event.what)} {literal_html(changed)}.{why} "
        f"<small>{event.at:%H:%M}, {literal_html(event.by)}</small></p>"
    )
