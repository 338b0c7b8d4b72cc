"""When things are due, what a review must say, and what a hold does."""

from dataclasses import replace
from datetime import date

import pytest

from chb.domain.refusal import Refusal
from chb.domain.retention import (
    Hold,
    KeptKind,
    Outcome,
    RetentionReview,
    RetentionRule,
    check_may_be_disposed,
    checked_disposal_reason,
    is_due,
    may_be_disposed,
    review_due_on,
)

TODAY = date(2026, 3, 4)
SIX = RetentionRule(KeptKind.OCG, 6, "")
HOLD = Hold(
    record_kind=KeptKind.OCG, record_id="o1", why="Regina v Fox", placed_by="LRO", placed_on=TODAY
)
REVIEW = RetentionReview(
    record_kind=KeptKind.OCG,
    record_id="o1",
    outcome=Outcome.KEEP,
    held_on=TODAY,
    keep_until=date(2028, 3, 4),
    why="In use",
)


@pytest.mark.parametrize(
    ("changed", "keep_until", "due"),
    [
        (date(2020, 3, 4), None, date(2026, 3, 4)),
        (date(2020, 2, 29), None, date(2026, 3, 1)),
        (date(2020, 3, 4), date(2027, 1, 1), date(2027, 1, 1)),
        (date(2025, 3, 4), date(2027, 1, 1), date(2027, 1, 1)),
        (date(2027, 1, 2), date(2027, 1, 1), date(2033, 1, 2)),
        (date.min, None, date(7, 1, 1)),
    ],
    ids=["years on", "leap day", "kept longer", "seen sooner", "worked on after", "age unknown"],
)
def test_a_review_is_due_when_the_rule_or_the_last_review_says(changed, keep_until, due):
    assert review_due_on(SIX, last_changed_on=changed, keep_until=keep_until) == due


def test_a_day_that_has_come_is_due_and_the_day_before_is_not():
    assert is_due(TODAY, today=TODAY)
    assert not is_due(date(2026, 3, 5), today=TODAY)


@pytest.mark.parametrize("years", [0, -1, 101])
def test_a_period_that_cannot_be_is_refused(years):
    with pytest.raises(ValueError, match="between 1 and 100"):
        RetentionRule(KeptKind.OCG, years, "")


def test_a_hold_blocks_until_it_is_lifted_and_a_lifted_one_never():
    lifted = HOLD.lifted(by="SRO", on=TODAY, why="Sentence served")
    assert HOLD.is_in_force and not lifted.is_in_force
    with pytest.raises(Refusal, match=r"held on 04 March 2026 by LRO: Regina v Fox, and 1 more"):
        check_may_be_disposed([lifted, HOLD, HOLD])
    assert not may_be_disposed([lifted, HOLD])
    check_may_be_disposed([lifted])
    assert may_be_disposed([lifted])


def test_decisions_that_stay_block_too():
    with pytest.raises(Refusal, match="Entries D-2, D-7"):
        check_may_be_disposed((), ["D-7", "D-2"])
    assert not may_be_disposed((), ["D-7"])


def test_a_hold_ends_once_and_for_a_reason():
    with pytest.raises(Refusal, match="lifted is missing"):
        HOLD.lifted(by="SRO", on=TODAY, why=" ")
    with pytest.raises(Refusal, match="lifted already"):
        HOLD.lifted(by="SRO", on=TODAY, why="x").lifted(by="SRO", on=TODAY, why="x")
    with pytest.raises(Refusal, match="held is missing"):
        replace(HOLD, why=" ").checked()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"why": " "}, "reason of the review is missing"),
        ({"keep_until": None}, "next review is missing"),
        ({"keep_until": TODAY}, "in the past"),
        ({"keep_until": date(2226, 1, 1)}, "too far away"),
        ({"outcome": Outcome.DISPOSE}, "has no next review"),
    ],
)
def test_a_review_says_what_follows_and_why(changes, words):
    assert REVIEW.checked() == REVIEW
    with pytest.raises(Refusal, match=words):
        replace(REVIEW, **changes).checked()


def test_a_disposal_needs_a_reason_of_one_line():
    assert checked_disposal_reason(" past\nits review ") == "past its review"
    with pytest.raises(Refusal, match="disposal is missing"):
        checked_disposal_reason("")
