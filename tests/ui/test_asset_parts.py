"""What the forms of an asset make of what was typed and clicked."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from chb.domain.assets.batches import AssetBatch, BatchKind
from chb.domain.assets.outlines import contains
from chb.domain.assets.register import Asset
from chb.domain.assets.sessions import Session, Weekday
from chb.domain.refusal import Refusal
from chb.ui.parts.assets.batches import batch_words
from chb.ui.parts.assets.facts import asset_facts
from chb.ui.parts.assets.place import corners_of_lines, within_outline
from chb.ui.parts.assets.sessions import days_of_lines, in_place_of
from chb.ui.parts.assets.words import session_words

MONDAY = Session(Weekday.MONDAY, time(18), time(20), "boxing", 11, 16)
SUNDAY = Session(Weekday.SUNDAY, time(9), time(10))
HALL = Asset(name="Hall", kind="village_hall", longitude=-1.5, latitude=53.4, source="test")
EAST = ((-1.49, 53.39), (-1.48, 53.39), (-1.48, 53.41), (-1.49, 53.41))


def test_sessions_stay_in_the_order_of_the_week() -> None:
    tuesday = Session(Weekday.TUESDAY, time(18), time(20))
    assert in_place_of((SUNDAY, MONDAY), None, tuesday) == (MONDAY, tuesday, SUNDAY)
    assert in_place_of((MONDAY, SUNDAY), MONDAY, tuesday) == (tuesday, SUNDAY)
    assert in_place_of((MONDAY, SUNDAY), MONDAY, None) == (SUNDAY,)


def test_a_session_is_said_in_one_line() -> None:
    assert session_words(MONDAY) == "Monday 18:00 to 20:00, boxing, ages 11 to 16"
    assert session_words(SUNDAY) == "Sunday 09:00 to 10:00"


def test_days_are_read_as_they_are_written_here() -> None:
    assert days_of_lines("25/12/2026\n\n 01/01/2027 ") == (date(2026, 12, 25), date(2027, 1, 1))


@pytest.mark.parametrize("written", ["2026-12-25", "31/02/2026", "Christmas", "1/2/3/4"])
def test_a_day_that_is_none_is_refused_with_what_was_found(written: str) -> None:
    with pytest.raises(Refusal, match="cannot be read") as refused:
        days_of_lines(f"25/12/2026\n{written}")
    assert written in refused.value.found


def test_corners_are_latitude_and_longitude_on_each_line() -> None:
    assert corners_of_lines("53.4, -1.5\n\n53.5,-1.4") == ((-1.5, 53.4), (-1.4, 53.5))
    for line in ("53.4", "53.4, west", "1, 2, 3"):
        with pytest.raises(Refusal, match="corner"):
            corners_of_lines(line)


def test_an_asset_comes_to_lie_inside_the_area_that_was_drawn() -> None:
    drawn = within_outline(HALL, EAST).checked()
    assert contains(EAST, (drawn.longitude, drawn.latitude))
    around = ((-1.6, 53.3), (-1.4, 53.3), (-1.4, 53.5), (-1.6, 53.5))
    assert within_outline(HALL, around).longitude == HALL.longitude
    assert within_outline(drawn, ()).outline == ()


def test_an_area_that_crosses_itself_is_refused() -> None:
    with pytest.raises(Refusal, match="crosses itself"):
        within_outline(HALL, (EAST[0], EAST[2], EAST[1], EAST[3]))


def test_a_batch_says_what_it_did() -> None:
    made = AssetBatch(
        id="b", kind=BatchKind.MERGE, title="t", by="x", made_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    assert batch_words(made) == "nothing"
    assert batch_words(AssetBatch(**vars(made) | {"n_changed": 1200, "n_closed": 1})) == (
        "1,200 changed, 1 closed"
    )


def test_every_fact_has_a_label_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chb.ui.parts.assets.facts.look_words", lambda _: "never")
    facts = list(asset_facts(HALL))
    assert len({label for label, _ in facts}) == len(facts)
    assert dict(facts)["Kind"] == "Village or church hall"
