"""Pathways and assets as places to refer somebody to, and how a row of them reads."""

from dataclasses import replace
from datetime import date, time

import pytest

from chb.domain.assets.ages import ages_words
from chb.domain.assets.sessions import Session, Weekday
from chb.domain.planning.referral_options import (
    HEADINGS,
    Acceptance,
    cells_of,
    of_asset,
    of_pathway,
    verified_words,
)
from tests.domain.test_partnership import PATHWAY
from tests.services.asset_makers import BOXING, an_asset

TODAY = date(2026, 3, 4)
ANYBODY = Session(Weekday.MONDAY, time(10), time(12), "Coffee", term_time_only=True)


@pytest.mark.parametrize(
    ("youngest", "oldest", "words"),
    [
        (None, None, "all ages"),
        (18, None, "18 and over"),
        (None, 17, "up to 17"),
        (0, 4, "0 to 4"),
    ],
)
def test_ages_in_words(youngest, oldest, words):
    assert ages_words(youngest, oldest) == words


def test_verification_has_an_age():
    assert verified_words(None, TODAY) == "never"
    assert verified_words(TODAY, TODAY) == "today"
    assert verified_words(date(2026, 3, 3), TODAY) == "1 day ago"


def test_a_pathway_keeps_its_ages_area_and_way():
    option = of_pathway(PATHWAY)
    assert (option.youngest, option.oldest, option.where) == (14, 25, PATHWAY.area_name)
    assert option.how == PATHWAY.how_to_refer
    assert option.accepts is Acceptance.YES
    assert not option.is_asset


@pytest.mark.parametrize(
    ("answer", "accepts"),
    [(True, Acceptance.YES), (False, Acceptance.NO), (None, Acceptance.UNSAID)],
)
def test_of_an_asset_its_entry_says_whether_it_accepts(answer, accepts):
    assert of_asset(an_asset(accepts_referrals=answer), kind="Hall").accepts is accepts


@pytest.mark.parametrize(
    ("changes", "ages"),
    [
        ({}, (None, None)),
        ({"sessions": (BOXING,)}, (10, 16)),
        ({"sessions": (BOXING, replace(BOXING, youngest=6, oldest=9))}, (6, 16)),
        ({"sessions": (BOXING, ANYBODY)}, (None, None)),
        ({"sessions": (BOXING,), "oldest": 18}, (None, 18)),
    ],
)
def test_where_an_asset_has_no_ages_its_sessions_give_them(changes, ages):
    option = of_asset(an_asset(**changes), kind="Hall")
    assert (option.youngest, option.oldest) == ages


def test_what_an_asset_offers_stands_before_what_its_sessions_are_called():
    boxing = an_asset(sessions=(BOXING, BOXING))
    assert of_asset(boxing, kind="Club").needs == ("Boxing",)
    assert of_asset(replace(boxing, services=("mentoring",)), kind="Club").needs == ("mentoring",)


def test_an_option_is_found_by_every_word_and_an_age_it_is_open_to():
    option = of_asset(an_asset(sessions=(BOXING,), address="1 Ferry Road"), kind="Boxing club")
    assert option.fits(words="ferry BOXING")
    assert not option.fits(words="ferry chess")
    assert [option.fits(age=age) for age in (9, 10, 16, 17)] == [False, True, True, False]


def test_a_row_says_what_is_known_and_that_the_rest_is_not():
    empty = dict(zip(HEADINGS, cells_of(of_asset(an_asset(), kind="Hall"), TODAY), strict=True))
    assert empty["For which needs"] == empty["Where"] == empty["How to refer"] == ("not said", "")
    full = of_asset(
        an_asset(
            sessions=(ANYBODY,),
            address="1 Ferry Road",
            postcode="ZZ1 1AB",
            contact_role="Warden",
            cost="free",
            access_needs="step-free",
        ),
        kind="Hall",
        distance_m=312.0,
    )
    row = dict(zip(HEADINGS, cells_of(full, TODAY), strict=True))
    assert row["Where"] == ("1 Ferry Road, ZZ1 1AB", "about 300 m away")
    assert row["How to refer"] == (
        "Monday 10:00 to 12:00 in term time",
        "Warden. free, step-free",
    )


def test_hours_that_nobody_could_read_are_shown_as_they_were_written():
    assert of_asset(an_asset(opening_text="Mon-Fri 9ish"), kind="Hall").how == "Mon-Fri 9ish"
