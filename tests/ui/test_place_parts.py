"""The parts of a place's page that are made without a browser."""

from datetime import date

import pandas as pd
import pytest

from chb.domain.places.phases import Intensity, Phase
from chb.domain.places.standing import standings
from chb.domain.planning.interventions import Milestone
from chb.domain.planning.timeline import timeline
from chb.services.places.harm_changes import YearOnYear
from chb.services.places.overlaps import Overlap
from chb.services.places.zones import Zone
from chb.ui import theme
from chb.ui.parts.places.boundary_cells import standing_words
from chb.ui.parts.places.harm import told
from chb.ui.parts.places.harm_chart import drawn
from chb.ui.parts.places.start import overlap_words
from chb.ui.parts.places.stepper import since_words, stepper_html
from chb.ui.parts.plans.gantt_chart import days_of
from chb.ui.parts.plans.gantt_rows import bars, steps
from tests.domain.places.test_standing import TODAY, place
from tests.domain.planning.test_timeline import work

AT_WORK = place(
    (Phase.CLEAR, Intensity.ACTIVE, date(2026, 1, 5)),
    (Phase.HOLD, Intensity.ACTIVE, date(2026, 2, 1)),
    (Phase.CLEAR, Intensity.SUSTAINING, date(2026, 5, 1)),
)


def year(zone, now, before, n=(100, 100), n_months=12):
    return YearOnYear(zone, now, before, n, n_months)


def test_two_phases_may_be_active_at_once_and_each_says_so():
    shown = stepper_html(standings(AT_WORK, TODAY))
    assert shown.count('role="listitem"') == 3
    assert shown.count("<span>active</span>") == 2
    assert "<span>not started</span>" in shown
    assert shown.count("hf-hump ") == 2


def test_a_phase_says_since_when_and_what_is_to_come():
    clear, _, build = standings(AT_WORK, TODAY)
    assert since_words(clear) == "since 5 Jan 2026, sustaining from 1 May 2026"
    assert since_words(build) == ""


def test_a_bar_is_as_long_as_its_days_and_a_single_day_can_be_seen():
    plan = timeline(
        [
            work("patrols", starts_on=date(2026, 2, 1), due_on=date(2026, 3, 1)),
            work("strike", starts_on=date(2026, 4, 2), due_on=date(2026, 4, 2)),
        ],
        TODAY,
    )
    table = bars(plan)
    assert table["since"].tolist() == [pd.Timestamp("2026-02-01"), pd.Timestamp("2026-04-02")]
    assert table["until"].tolist() == [pd.Timestamp("2026-03-01"), pd.Timestamp("2026-04-06")]
    assert table["late"].tolist() == ["overdue 3 days", ""]
    first, last = days_of(plan)
    assert first < date(2026, 2, 1) and last > date(2026, 4, 2)


def test_rows_of_one_name_are_told_apart_and_a_hostile_one_is_a_word():
    titles = ["Patrols", "Patrols", "__proto__", "x" * 90, "x" * 91]
    plan = timeline([work(title, due_on=TODAY) for title in titles], TODAY)
    labels = bars(plan)["label"].tolist()
    assert len(set(labels)) == len(titles)
    assert "__proto__" not in labels
    assert max(map(len, labels)) < 50


def test_milestones_are_reached_ahead_or_missed():
    milestones = (
        Milestone("a", date(2026, 1, 1), date(2026, 1, 9)),
        Milestone("b", date(2026, 3, 1)),
        Milestone("c", date(2026, 4, 1)),
    )
    table = steps(timeline([work("patrols", milestones=milestones)], TODAY))
    assert [words.split(": ")[1].split(",")[0] for words in table["told"]] == [
        "reached",
        "missed",
        "ahead",
    ]
    assert table["fill"].tolist() == [theme.BLUE, theme.CLARET, theme.LIGHT_WORDS]
    assert table["day"].iloc[0] == pd.Timestamp("2026-01-09")


def test_a_line_is_parted_where_months_are_missing():
    table = pd.DataFrame(
        {
            "zone": ["the place"] * 4,
            "month": ["2025-05", "2025-06", "2025-07", "2025-08"],
            "index": [100.0, 90.0, float("nan"), 80.0],
        }
    )
    shown = drawn(table)
    assert shown["month"].tolist() == ["2025-05", "2025-06", "2025-08"]
    assert shown["run"].tolist() == [0, 0, 1]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (year(Zone.PLACE, 50, 100), "down 50% in the place"),
        (year(Zone.PLACE, 150, 100), "up 50% in the place"),
        (year(Zone.PLACE, 100.2, 100), "as it was in the place"),
        (year(Zone.PLACE, 50, 100, n=(9, 5)), "not enough to say in the place"),
        (year(Zone.PLACE, 50, 100, n_months=5), "not enough to say in the place"),
        (year(Zone.PLACE, 50, 0), "not enough to say in the place"),
    ],
)
def test_the_result_is_told_in_words_and_claims_no_cause(change, words):
    sentence = told((change, year(Zone.RING, 100, 100)), "Harm")
    assert words in sentence
    assert "does not say why" in sentence


def test_a_form_names_the_places_it_would_lie_over():
    found = (Overlap("Pierhead", 5), Overlap("The *Saltings*", 1))
    assert overlap_words(found, n_cells=7) == (
        "5 of its 7 cells already lie in Pierhead; "
        "1 of its 7 cells already lies in The \\*Saltings\\*."
    )
    assert overlap_words(found[:1], n_cells=1) == "This cell already lies in Pierhead."


def test_a_table_of_cells_says_what_a_draft_makes_of_each():
    now, draft = frozenset({1, 2}), frozenset({2, 3})
    words = [standing_words(now, draft, cell, leaves=False) for cell in (1, 2, 3)]
    assert words == ["taken away", "inside", "added"]
    assert [standing_words(now, frozenset({1}), cell, leaves=True) for cell in now] == [
        "leaves",
        "stays",
    ]
