"""A person's work as a calendar other programs read."""

from datetime import UTC, date, datetime

from icalendar import Calendar

from chb.domain.planning.my_work import WorkItem, WorkKind
from chb.exports.calendar import work_calendar

MADE_AT = datetime(2026, 3, 4, 10, 30, tzinfo=UTC)
DUE = WorkItem(WorkKind.REVIEW, "Review; A, B\nand C 🎈", date(2026, 3, 31), "o1", "KITTIWAKE")
UNDATED = WorkItem(WorkKind.THANKS, "Thank the school", None, "d1")
STEP = WorkItem(WorkKind.MILESTONE, "List agreed", date(2026, 3, 9), "i1", waiting_on="Housing")


def events(*items):
    return Calendar.from_ical(work_calendar(items, made_at=MADE_AT)).walk("VEVENT")


def test_a_dated_item_is_an_all_day_entry_that_takes_no_time():
    (event,) = events(DUE, UNDATED)
    assert str(event["summary"]) == "Review; A, B\nand C 🎈 (KITTIWAKE)"
    assert event.decoded("dtstart") == date(2026, 3, 31)
    assert event.decoded("dtend") == date(2026, 4, 1)
    assert event.decoded("dtstamp") == MADE_AT
    assert str(event["transp"]) == "TRANSPARENT"


def test_lines_are_folded_and_end_as_the_standard_says():
    long = WorkItem(WorkKind.REVIEW, "words " * 40, date(2026, 3, 31), "o1")
    content = work_calendar([long], made_at=MADE_AT)
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


def test_a_moved_date_moves_the_entry_and_two_milestones_are_two_entries():
    moved = WorkItem(DUE.kind, "Another title", date(2026, 5, 1), DUE.record_id)
    assert events(DUE)[0]["uid"] == events(moved)[0]["uid"]
    other_step = WorkItem(STEP.kind, "Half done", STEP.due_on, STEP.record_id)
    assert events(STEP)[0]["uid"] != events(other_step)[0]["uid"]
    assert str(events(STEP)[0]["description"]) == "Waiting on Housing"
