"""Words are kept literally, within limits."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chb.domain.refusal import Refusal
from chb.domain.spreadsheet_text import as_typed, marked
from chb.domain.wording import (
    LONGEST_TEXT,
    checked_choice,
    checked_line,
    checked_lines,
    checked_past,
    checked_span,
    checked_text,
    plural,
)

LITERAL = 'O\'Neil "the fox" </script><b>&amp; ${x} 🎈'


def test_quotes_emoji_and_html_are_kept_as_they_were_typed():
    assert checked_line(f"  {LITERAL} ", what="The title") == LITERAL
    assert checked_text(f"{LITERAL}\n\n{LITERAL}", what="The note") == f"{LITERAL}\n\n{LITERAL}"


def test_ten_thousand_characters_are_refused_with_both_numbers():
    with pytest.raises(Refusal, match=r"at most 5,000 characters\. Found 10,000"):
        checked_text("x" * 10_000, what="The note")


def test_nothing_chosen_from_a_list_is_to_be_chosen_and_not_written():
    with pytest.raises(Refusal, match=r"The lead agency is missing.*Choose it from the list"):
        checked_choice(" ", what="The lead agency")
    assert checked_choice(" Marram  Council ", what="The lead agency") == "Marram Council"


@pytest.mark.parametrize("blank", ["", "   ", "\n\t", "\x00"])
def test_blank_is_missing_where_words_are_required(blank):
    with pytest.raises(Refusal, match="The note is missing"):
        checked_text(blank, what="The note")
    assert checked_text(blank, what="The note", required=False) == ""


def test_blank_lines_are_left_out_of_a_list():
    assert checked_lines((" crack  cocaine ", "", " "), what="A commodity") == ("crack cocaine",)


def test_reversed_dates_are_refused_and_open_ends_are_not():
    with pytest.raises(Refusal, match=r"The period ends before it starts.*wrong way round"):
        checked_span(date(2026, 2, 1), date(2026, 1, 31), what="The period")
    checked_span(date(2026, 2, 1), date(2026, 2, 1), what="The period")
    checked_span(None, date(2026, 2, 1), what="The period")


def test_the_future_has_not_happened():
    with pytest.raises(Refusal, match="cannot have happened yet"):
        checked_past(date(2026, 3, 5), today=date(2026, 3, 4), what="The review")
    assert checked_past(date(2026, 3, 4), today=date(2026, 3, 4), what="The review")


@given(st.text(max_size=LONGEST_TEXT))
def test_what_is_kept_is_kept_again_unchanged_and_any_database_can_hold_it(text):
    kept = checked_text(text, what="The note", required=False)
    assert checked_text(kept, what="The note", required=False) == kept
    assert "\x00" not in kept
    assert kept.encode("utf-8").decode("utf-8") == kept


@given(st.text())
def test_a_spreadsheet_mark_is_taken_off_again(text):
    assert as_typed(marked(text)) == text
    assert not marked(text).startswith(("=", "+", "-", "@"))


def test_one_is_one_and_none_are_many():
    assert [plural(number, "row") for number in (0, 1, 2_000)] == ["0 rows", "1 row", "2,000 rows"]
    assert plural(2, "entry", "entries") == "2 entries"
