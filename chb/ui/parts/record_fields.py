"""Fields that the forms of the register share: which record, lists of lines, a day, the reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

import streamlit as st

from chb.domain.records import Record
from chb.ui.parts.drafts import kept_area, kept_line

AnyRecord = TypeVar("AnyRecord", bound=Record)


def open_record(
    label: str, records: Sequence[AnyRecord], words: Callable[[AnyRecord], str], *, new: str
) -> AnyRecord | None:
    """One of the records to edit; None for a new one, which comes first as ``new`` says."""
    by_id = {each.id: each for each in records}
    opened = st.selectbox(
        label,
        ["", *by_id],
        format_func=lambda each: words(by_id[each]) if each else new,
    )
    return by_id.get(opened)


def ask_lines(label: str, lines: Sequence[str], *, key: str) -> tuple[str, ...]:
    """Several lines, one thing on each."""
    typed = kept_area(
        label, value="\n".join(lines), height=90, key=key, placeholder="One on each line"
    )
    return tuple(line for line in typed.splitlines() if line.strip())


def ask_day(label: str, day: date | None, *, key: str) -> date | None:
    """A day that may be left open."""
    return st.date_input(label, value=day, format="DD/MM/YYYY", key=key)


def ask_reason(record: object) -> str:
    """Why a record is changed; nothing is asked of a new one."""
    if record is None:
        return ""
    return kept_line("Reason", placeholder="What changed, and what it rests on")
