"""Weekly sessions written in one line."""

from __future__ import annotations

from datetime import time

import pytest

from chb.domain.assets.sessions import Session, Weekday
from chb.domain.refusal import Refusal
from chb.sources.timetables import EXAMPLE, parse_sessions, sessions_json


def test_the_example_is_read_as_it_is_meant() -> None:
    assert parse_sessions(EXAMPLE) == (
        Session(Weekday.MONDAY, time(18), time(20), "Boxing", 10, 17),
        Session(Weekday.SATURDAY, time(9, 30), time(11), "Food parcels", term_time_only=True),
    )


def test_what_is_written_as_json_is_read_back() -> None:
    sessions = parse_sessions(EXAMPLE)
    assert parse_sessions(sessions_json(sessions)) == sessions
    assert parse_sessions("") == ()


@pytest.mark.parametrize(
    "text",
    [
        *("sometimes", "Moonday 10:00-11:00", "Monday 25:00-26:00", "Monday 11:00-10:00"),
        *('[{"weekday": "Monday"}]', "[1]", "[", '[{"weekday": "Moonday"}]', "[" * 100_000),
        *("Monday 10:00-11:00 Boxing (17-10)", "Monday 10:00-11:00 Boxing (10-170)"),
        '[{"weekday": "Monday", "start": "10:00", "end": "11:00", "youngest": -5}]',
        '[{"weekday": "Monday", "start": "10:00", "end": "11:00", "oldest": 1e400}]',
    ],
)
def test_what_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        parse_sessions(text)
