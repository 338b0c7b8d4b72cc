"""Opening hours: read where they mean one thing, kept as text where they do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chb.sources.opening_hours import HoursRead, parse_opening

WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def spoken(text: str) -> list[str]:
    """Sessions as "Mon 09:00-17:00"."""
    return [
        f"{each.weekday[:3]} {each.start:%H:%M}-{each.end:%H:%M}"
        for each in parse_opening(text).sessions
    ]


@pytest.mark.parametrize(
    ("text", "sessions"),
    [
        ("Mon-Fri 9am-5pm", [f"{day} 09:00-17:00" for day in WEEK[:5]]),
        ("Tues & Thurs 10:00 - 12.30", ["Tue 10:00-12:30", "Thu 10:00-12:30"]),
        ("Wednesday 1pm to 3pm", ["Wed 13:00-15:00"]),
        ("Tue 11.00 \u2013 13.00\nFri 9.00 \u2013 13.00", ["Tue 11:00-13:00", "Fri 09:00-13:00"]),
        ("Monday to Friday 9.00 - 12.00", [f"{day} 09:00-12:00" for day in WEEK[:5]]),
        ("Sat-Mon 10.00-11.00", ["Sat 10:00-11:00", "Sun 10:00-11:00", "Mon 10:00-11:00"]),
        ("Mo,We 09:00-17:00; Sa closed", ["Mon 09:00-17:00", "Wed 09:00-17:00"]),
        ("9am to 12 noon Mondays", ["Mon 09:00-12:00"]),
        ("Mon 9am-12pm, 1-3pm", ["Mon 09:00-12:00", "Mon 13:00-15:00"]),
        ("Mon 1-3pm, Tue 10-2pm", ["Mon 13:00-15:00", "Tue 10:00-14:00"]),
        ("Daily 0900-1700", [f"{day} 09:00-17:00" for day in WEEK]),
        ("weekends 9.30am - 4.30 p.m.", ["Sat 09:30-16:30", "Sun 09:30-16:30"]),
        ("Opening hours: Monday from 12am until 1am", ["Mon 00:00-01:00"]),
        ("Sunday closed", []),
    ],
)  # fmt: skip
def test_hours_with_one_meaning_are_read(text: str, sessions: list[str]) -> None:
    assert spoken(text) == sessions
    assert parse_opening(text).how == HoursRead.PARSED


@pytest.mark.parametrize(
    "text",
    [
        "Mon-Fri 9ish",
        "Mon-Fri 9-5",
        "Tue 1.00 - 3.00",
        "Wednesday 12.30",
        "Thursday 9am - 5",
        "First Monday 10am-11am",
        "24/7",
        "Monday 14:00-12:00",
        "Monday 9am-9am",
        "Mon 25:00-26:00",
        "Monday 0pm-1pm",
        "10am-2pm",
        "by appointment",
        "to",
        "Friday 7pm-11pm and 1.5 hours after",
    ],
)
def test_what_is_not_certain_is_kept_as_text(text: str) -> None:
    read = parse_opening(text)
    assert (read.sessions, read.unread) == ((), (text,))
    assert read.how == HoursRead.TEXT


def test_a_part_is_read_whole_or_not_at_all() -> None:
    read = parse_opening("Mon 10:00-12:00\nPH off")
    assert (len(read.sessions), read.unread) == (1, ("PH off",))
    assert read.how == HoursRead.PARTLY


def test_term_time_is_part_of_the_session() -> None:
    (session,) = parse_opening("Mondays 18:00-20:00 (term time only)").sessions
    assert session.term_time_only


def test_nothing_given_is_nothing_read() -> None:
    assert parse_opening(" \n ").how == HoursRead.NONE_GIVEN


@given(st.text(alphabet="MonTueFrisday 0123456789:.-\u2013,;&apm\n/()", max_size=60))
def test_any_text_is_read_or_kept(text: str) -> None:
    read = parse_opening(text)
    parts = [part.strip() for part in text.replace(";", "\n").split("\n") if part.strip()]
    assert read.n_read + len(read.unread) == len(parts)
    assert all(each.start < each.end for each in read.sessions)
