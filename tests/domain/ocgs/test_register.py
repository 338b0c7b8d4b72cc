"""Bands, tiers, review dates, and a scoring history that is never rewritten."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chb.domain.ocgs.bands import Band, PBand, Tier, months_after
from chb.domain.ocgs.register import (
    MorileScore,
    Ocg,
    OcgModel,
    OcgReview,
    OcgScore,
    OcgStatus,
    ReviewKind,
    SocCategory,
    current_score,
    review_due_on,
    standing,
)
from chb.domain.refusal import Refusal

TASKED = date(2026, 1, 31)
OCG = Ocg(
    code="KITTIWAKE",
    lro="lro@example.org",
    tasked_on=TASKED,
    category=SocCategory.DOMINATE,
    model=OcgModel.HIERARCHICAL,
)


def score(tier=Tier.ONE, on=TASKED, band=Band.TWO_B):
    return OcgScore(
        ocg_id="o", band=band, tier=tier, assessed_on=on, assessor="desk", reason="scored"
    )


def review(on, kind=ReviewKind.SCHEDULED):
    return OcgReview(ocg_id="o", kind=kind, held_on=on, why="a change", findings="as before")


def test_the_grid_has_fifteen_bands_and_each_says_what_it_means():
    assert [band.value for band in Band] == [
        f"{n}{letter}" for n in range(1, 6) for letter in "ABC"
    ]
    assert Band.ONE_A.criminality.startswith("extremely high")
    assert Band.FIVE_C.capability.startswith("fluid")
    assert len({(band.criminality, band.capability) for band in Band}) == 15


@pytest.mark.parametrize("text", ["6Z", "0A", "2", "A2", "", "2D"])
def test_a_band_that_is_not_on_the_grid_is_refused(text):
    with pytest.raises(Refusal, match="no such band"):
        Band.parse(text)


def test_a_band_is_read_whatever_its_case():
    assert Band.parse(" 2b ") is Band.TWO_B


def test_every_tier_has_its_rhythm():
    assert [tier.months_between_reviews for tier in Tier] == [1, 3, 3, 6]
    assert all(tier.response for tier in Tier)


def test_p_bands_are_four_and_apart_from_threat_bands():
    assert set(PBand) == {"P1", "P2", "P3", "P4"}


def test_the_last_of_the_month_stays_the_last_where_it_does_not_exist():
    assert months_after(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_after(date(2027, 11, 30), 3) == date(2028, 2, 29)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 60))
def test_months_are_counted_on_the_calendar(day, months):
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day


def test_a_review_is_due_by_the_tier_from_the_tasking_and_then_from_each_review():
    scores = [score(Tier.TWO)]
    assert review_due_on(OCG, scores, []) == date(2026, 4, 30)
    assert review_due_on(OCG, scores, [review(date(2026, 4, 20))]) == date(2026, 7, 20)


def test_a_trigger_review_comes_on_top_and_moves_nothing():
    scores = [score(Tier.TWO)]
    extra = review(date(2026, 4, 1), ReviewKind.TRIGGER)
    assert review_due_on(OCG, scores, [extra]) == review_due_on(OCG, scores, [])


def test_a_new_tier_starts_its_own_rhythm_and_the_same_tier_again_does_not():
    slow, fast = score(Tier.FOUR), score(Tier.ONE, date(2026, 6, 10))
    assert review_due_on(OCG, [slow, fast], []) == date(2026, 7, 10)
    again = score(Tier.ONE, date(2026, 7, 1))
    assert review_due_on(OCG, [slow, fast, again], []) == date(2026, 7, 10)


def test_a_group_never_scored_is_due_at_once():
    unscored = standing(OCG, [], [])
    assert unscored.score is None
    assert unscored.is_overdue(TASKED + timedelta(days=1))


def test_an_archived_group_is_never_overdue():
    archived = Ocg(**(vars(OCG) | {"status": OcgStatus.ARCHIVED}))
    assert not standing(archived, [], []).is_overdue(date(2030, 1, 1))


def test_the_current_score_is_the_latest_assessed_and_of_one_day_the_last_recorded():
    early, late = score(on=date(2026, 2, 1)), score(on=date(2026, 3, 1))
    correction = score(on=date(2026, 3, 1), band=Band.THREE_C)
    assert current_score([late, early, correction]) is correction
    assert current_score([]) is None


days = st.dates(date(2024, 1, 1), date(2026, 12, 31))


@given(st.lists(st.builds(score, st.sampled_from(Tier), days), min_size=1), st.lists(days))
def test_one_more_scheduled_review_never_brings_the_due_date_forward(scores, held):
    reviews = [review(day) for day in held]
    before = review_due_on(OCG, scores, reviews)
    for day in (date(2025, 6, 1), date(2027, 1, 1)):
        assert review_due_on(OCG, scores, [*reviews, review(day)]) >= before


def test_a_trigger_review_says_why():
    with pytest.raises(Refusal, match="What triggered the review is missing"):
        OcgReview(ocg_id="o", kind=ReviewKind.TRIGGER, held_on=TASKED, findings="worse").checked()


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -1.0])
def test_a_morile_score_is_a_finite_number(number):
    with pytest.raises(Refusal, match="zero or more"):
        MorileScore(
            ocg_id="o", score=number, assessed_on=TASKED, assessor="desk", source="mail"
        ).checked()


def test_a_code_of_ten_thousand_characters_is_refused():
    with pytest.raises(Refusal, match="at most 40 characters"):
        Ocg(**(vars(OCG) | {"code": "K" * 10_000})).checked()
