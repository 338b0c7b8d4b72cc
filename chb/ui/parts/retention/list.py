"""What is due for review, and what is held."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

import streamlit as st

from chb.domain.retention import Hold, KeptKind, spoken
from chb.domain.wording import plural
from chb.services.retention import DueRecord
from chb.ui.parts.explained import explain
from chb.ui.parts.html_table import Cell, Noted, show_table

_MOST: Final = 200
"""Rows on the screen; the oldest are the ones to begin with."""
_LONGEST_NAME: Final = 80


def show_due(due: tuple[DueRecord, ...], *, today: date) -> None:
    """The longest overdue first."""
    if not due:
        st.info("Nothing is due for review.", icon=":material/event_available:")
        return
    more = f"; the first {_MOST} are shown" if len(due) > _MOST else ""
    st.caption(f"{plural(len(due), 'thing')} to review{more}. Nothing goes by itself.")
    rows = (_due_row(each, today) for each in due[:_MOST])
    show_table(("What", "Due", "Last worked on", "Standing"), rows, name="Due for review")


def show_holds(holds: tuple[Hold, ...]) -> None:
    """Holds in force, the oldest first."""
    if not holds:
        st.write("Nothing is held.")
        return
    rows = (
        (
            Noted(_capital(hold.record_kind.spoken), hold.record_id),
            Noted(_day(hold.placed_on), hold.placed_by),
            hold.why,
        )
        for hold in holds
    )
    show_table(("What", "Held since", "Why"), rows, name="Holds")


def show_counts(counts: Iterable[tuple[str, int]]) -> None:
    """What would go, by kind."""
    rows = ((_capital(spoken(name)), f"{number:,}") for name, number in counts)
    show_table(("Would go for good", "How many"), rows, name="What would go")
    explain("What would go", ("retention_goes",), key="explain_disposal")


def words_of(each: DueRecord) -> str:
    """One thing in a list to choose from."""
    return f"{_short(each.kept.name)}, due {_day(each.due_on)}"


def kind_words(kind: KeptKind) -> str:
    """A kind in a list to choose from."""
    return _capital(kind.spoken)


def _due_row(each: DueRecord, today: date) -> tuple[Cell, ...]:
    changed = each.kept.last_changed_on
    return (
        Noted(_short(each.kept.name), each.kept.kind.spoken),
        Noted(_day(each.due_on), "overdue" if each.due_on < today else ""),
        "not known" if changed == date.min else _day(changed),
        _standing(each),
    )


def _standing(each: DueRecord) -> Cell:
    if each.holds:
        return Noted("Held", each.holds[0].why)
    if each.is_to_go and each.last_review is not None:
        return Noted("To be disposed of", each.last_review.why)
    return "To be decided"


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}" if day.year > 1900 else "age not known"


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 3]}..."


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
