"""Assets and sessions for tests of timetables and reach."""

from datetime import time

from chb.domain.assets.register import Asset
from chb.domain.assets.sessions import Session, Weekday

TUESDAY, THURSDAY = Weekday.TUESDAY, Weekday.THURSDAY


def session(weekday, start, end, **more):
    """A session between two full hours, for ages 10 to 16."""
    return Session(weekday, time(start), time(end), **({"youngest": 10, "oldest": 16} | more))


def made_asset(name, *sessions, at=(-1.49, 53.37), **more):
    """An asset that stands somewhere, with a timetable."""
    fields = {"kind": "youth_club", "source": "made"} | more
    return Asset(name=name, longitude=at[0], latitude=at[1], sessions=sessions, **fields)
