"""What the data page says in words: the grid of months, accounts, sizes and ages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from chb.domain.periods import Month, Period
from chb.domain.quality import QualityReport, RefusedRows
from chb.services.loading.coverage import ForceCoverage, MonthCoverage
from chb.ui.parts.backups.words import age_words, size_words
from chb.ui.parts.data.grid import MOST_MONTHS, grid_html, windows_of
from chb.ui.parts.data.report import cards_of, lines_of

NOW = datetime(2026, 3, 4, 10, 30, tzinfo=UTC)


def a_force(*months: str, name: str = "Marram", rows: int = 1_000) -> ForceCoverage:
    of_month = {Month.parse(each): MonthCoverage(rows, rows - 20) for each in months}
    return ForceCoverage(name, False, of_month)


def a_report(**changes: object) -> QualityReport:
    counts: dict[str, object] = {"rows_read": 10, "kept": 10}
    return QualityReport(kind="incidents", source="x.csv", **(counts | changes))  # type: ignore[arg-type]


def test_a_month_that_is_missing_between_others_is_a_gap_and_one_before_them_is_not():
    forces = [a_force("2025-01", "2025-03"), a_force("2025-03", name="Late <b>")]
    (window,) = windows_of(forces)
    page = grid_html(forces, window)
    assert page.count('class="hf-gap"') == 1
    assert 'aria-label="2025-02: missing">gap<' in page
    assert page.count('class="hf-no"') == 2
    assert 'aria-label="2025-01: 1,000 rows, 98% with a position">1.0k<' in page
    assert "Late &lt;b&gt;" in page and "<b>" not in page


def test_a_month_with_far_fewer_rows_than_usual_is_marked():
    force = a_force("2025-01", "2025-02", "2025-04")
    thin = {**force.months, Month(2025, 3): MonthCoverage(499, 499)}
    page = grid_html([ForceCoverage("Marram", False, thin)], Period.parse("2025-01", "2025-04"))
    assert page.count('class="hf-few"') == 1
    assert "2025-03: 499 rows, 100% with a position, far fewer than usual" in page


def test_many_months_are_shown_some_at_a_time_the_newest_first():
    windows = windows_of([a_force("2020-01", "2025-12")])
    assert [each.n_months for each in windows] == [MOST_MONTHS, MOST_MONTHS, MOST_MONTHS]
    assert str(windows[0].last) == "2025-12" and str(windows[-1].first) == "2020-01"
    assert windows_of([a_force("2025-05")]) == (Period.parse("2025-05", "2025-05"),)


def test_the_cards_of_an_account_add_up():
    refused = (RefusedRows("no month", 2, 4, "never"),)
    report = a_report(kept=5, without_location=2, outside_area=1, refused=refused)
    read, *others = (int(card.value.replace(",", "")) for card in cards_of(report))
    assert read == sum(others) == 10
    assert [card.note for card in cards_of(report)][1:] == [
        "50% of them",
        "20% of them",
        "10% of them",
        "20% of them",
    ]
    people = QualityReport(kind="people", source="x.csv", rows_read=1, kept=1)
    assert [card.label for card in cards_of(people)] == ["Read", "Kept", "Refused"]


def test_an_account_says_its_months_and_what_to_know():
    run = tuple(Month(2025, number) for number in (1, 2, 3))
    report = a_report(months_present=run, repeated_ids=3, notes=("A note.",))
    assert lines_of(report) == [
        "Months: 2025-01 to 2025-03.",
        "3 rows have an id that another row has; all are kept.",
        "A note.",
    ]
    assert lines_of(a_report(months_present=(run[0], run[2]))) == ["Months: 2025-01, 2025-03."]


@pytest.mark.parametrize(
    ("n_bytes", "words"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1_000, "1 kB"),
        (20_307_646, "20 MB"),
        (1_558_132, "1.6 MB"),
        (999_600, "1.0 MB"),
        (7.3e10, "73 GB"),
        (5e15, "5,000,000 GB"),
    ],
)
def test_sizes_are_in_steps_of_a_thousand(n_bytes, words):
    assert size_words(n_bytes) == words


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(seconds=-5), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(hours=23, minutes=59), "23 hours ago"),
        (timedelta(days=36), "36 days ago"),
    ],
)
def test_ages_are_in_the_largest_whole_unit(passed, words):
    assert age_words(NOW - passed, NOW) == words
