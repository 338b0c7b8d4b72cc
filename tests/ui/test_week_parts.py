"""The parts of the timetable that need no screen: the table of the week, moves and their words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time
from xml.etree import ElementTree

import pytest

from chb.domain.assets.sessions import Session, Weekday
from chb.services.assets.moves import Moved, what_if
from chb.services.assets.weeks import EVENING, Week
from chb.ui.parts.weeks.grid import (
    COLUMN_MINUTES,
    Marks,
    evening_words,
    lanes,
    week_html,
    without_day_openings,
)
from chb.ui.parts.weeks.move import effect_words
from chb.ui.parts.weeks.tries import Try, retimed
from tests.services.assets.test_weeks import BRADFORD_MOOR, slot, week_of
from tests.services.assets.timetable_makers import THURSDAY, TUESDAY, made_asset, session
from tests.ui.test_escape import HOSTILE


@pytest.fixture
def moor() -> Week:
    """Four groups, all from six to eight on the same two evenings."""
    return week_of(
        *(
            slot(group, session(day, 18, 20), index=int(day == THURSDAY))
            for group, day in BRADFORD_MOOR
        )
    )


def drawn(week: Week, moved: tuple[tuple[str, int], ...] = ()) -> ElementTree.Element:
    """The table, read as strictly as XML is."""
    html = week_html(week, name="Week of Moor", marks=Marks.of(week, moved))
    return ElementTree.fromstring(re.sub(r"<col [^>]*>", "", html))


def said(element: ElementTree.Element) -> str:
    return " ".join(element.itertext())


def day_of(table: ElementTree.Element, weekday: Weekday) -> ElementTree.Element:
    return next(body for body in table.findall("tbody") if said(body).startswith(weekday))


def test_sessions_at_the_same_time_stand_on_lines_of_their_own() -> None:
    after = slot("After", session(TUESDAY, 20, 21))
    first = slot("First", session(TUESDAY, 18, 20))
    second = slot("Second", session(TUESDAY, 19, 21))
    assert [[each.asset_name for each in line] for line in lanes((first, second, after))] == [
        ["First", "After"],
        ["Second"],
    ]


def test_every_line_is_as_long_as_the_heading(moor: Week) -> None:
    quarter_past = Session(Weekday.SATURDAY, time(9, 10), time(10, 50))
    table = drawn(week_of(*moor.slots, slot("Market", quarter_past)))
    hours = [int(head.attrib["colspan"]) for head in table.findall("thead/tr/th")]
    assert sum(hours) * COLUMN_MINUTES == 12 * 60  # from nine to nine
    for row in table.findall("tbody/tr"):
        assert sum(int(cell.attrib["colspan"]) for cell in row.findall("td")) == sum(hours)


def test_each_day_is_headed_once_over_all_its_lines(moor: Week) -> None:
    for body in drawn(moor).findall("tbody"):
        (head,) = body.findall("tr/th")
        assert int(head.attrib["rowspan"]) == len(body.findall("tr"))


def test_a_clash_is_said_in_words_and_numbered_as_in_the_list(moor: Week) -> None:
    table = drawn(moor)
    assert said(day_of(table, TUESDAY)).count("Clash 1") == 4
    assert said(day_of(table, THURSDAY)).count("Clash 2") == 4
    assert "Clash" not in said(day_of(table, Weekday.FRIDAY))


def test_an_evening_with_nothing_is_said_at_its_day_and_in_its_place(moor: Week) -> None:
    friday = said(day_of(drawn(moor), Weekday.FRIDAY))
    assert "Evening: nothing" in friday and "Nothing this evening" in friday
    assert "Evening: 2 h" in said(day_of(drawn(moor), TUESDAY))


def test_openings_by_day_are_left_out_and_those_in_an_evening_are_not() -> None:
    library = slot("Library", session(TUESDAY, 9, 17))
    leisure = slot("Leisure centre", session(TUESDAY, 9, 21))
    club = slot("Club", session(TUESDAY, 10, 12))
    assert without_day_openings(week_of(library, leisure, club)).slots == (leisure, club)


@pytest.mark.parametrize(
    ("hours", "words"),
    [((18, 20), "2 h"), ((20, 22), "1 h"), ((9, 11), "nothing")],
)
def test_how_much_of_an_evening_is_covered(hours: tuple[int, int], words: str) -> None:
    assert evening_words(week_of(slot("Club", session(TUESDAY, *hours))).evenings[1]) == words


def test_half_an_hour_is_said_not_to_be_enough() -> None:
    week = week_of(slot("Club", Session(TUESDAY, time(16), time(17, 30))))
    assert evening_words(week.evenings[1]) == "30 min only"
    assert week.evening == EVENING


def test_a_moved_session_is_marked_where_it_is_tried(moor: Week) -> None:
    effect = what_if(moor, Moved("Boxing", 0, Weekday.FRIDAY, time(18), time(20)))
    table = drawn(effect.week, moved=(("Boxing", 0),))
    assert said(table).count("Moved here") == 1
    assert "Moved here" in said(day_of(table, Weekday.FRIDAY))
    assert effect_words(effect) == ("Fills the evening of Friday",)


def test_a_move_that_changes_nothing_says_so(moor: Week) -> None:
    same = Moved("Boxing", 0, TUESDAY, time(18), time(20))
    (words,) = effect_words(what_if(moor, same))
    assert words.startswith("Ends no clash")


def test_ending_and_making_a_clash_is_said() -> None:
    week = week_of(
        slot("One", session(TUESDAY, 18, 20)),
        slot("Two", session(TUESDAY, 19, 21)),
        slot("Three", session(THURSDAY, 18, 20)),
    )
    effect = what_if(week, Moved("Two", 0, THURSDAY, time(19), time(21)))
    assert effect_words(effect) == (
        "Ends the clash of Tuesday 18:00 to 21:00",
        "Makes a clash: Thursday 18:00 to 21:00",
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_names_and_activities_stay_words(text: str) -> None:
    named = replace(slot("Club", session(TUESDAY, 18, 20, activity=text)), asset_name=text)
    table = drawn(week_of(named))
    assert {each.tag for each in table.iter()} <= {
        *("table", "thead", "tbody", "tr", "th", "td", "b", "span", "colgroup", "small", "em"),
    }


def test_only_the_sessions_that_moved_get_new_times() -> None:
    before = session(TUESDAY, 18, 20, activity="Boxing", capacity=12)
    asset = replace(made_asset("Gym", session(TUESDAY, 9, 10), before), id="gym")
    tries = (
        Try(before, Moved("gym", 1, Weekday.SATURDAY, time(10), time(12))),
        Try(before, Moved("hall", 0, Weekday.SUNDAY, time(10), time(12))),
    )
    kept, moved = retimed(asset, tries).sessions
    assert kept == asset.sessions[0]
    assert moved == replace(before, weekday=Weekday.SATURDAY, start=time(10), end=time(12))
