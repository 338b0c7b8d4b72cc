"""The sentences and tables of the page of hotspots."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from chb.domain.periods import Month, Period
from chb.domain.refusal import Refusal
from chb.services.harm.association import AssociationRequest, find_associations
from chb.services.harm.forward_test import ForwardTestRequest, run_forward_test
from chb.services.harm.hotspots import HotspotRequest, find_hotspots
from chb.services.workspace import Workspace
from chb.ui.parts.hotspots.deprivation import association_sentence, domains_table
from chb.ui.parts.hotspots.dossier import identity_sentence
from chb.ui.parts.hotspots.forward import forward_sentence, scores_table
from chb.ui.parts.hotspots.list import hotspot_outlines, in_order
from chb.ui.parts.hotspots.question import year_before
from chb.ui.parts.hotspots.stability import by_choice
from chb.ui.parts.hotspots.weights import reweighed
from tests.ui.test_analysis_layers import PROFILE

YEAR_2024 = Period.parse("2024-01", "2024-12")


@pytest.mark.parametrize(
    ("period", "earlier"),
    [
        (("2025-01", "2025-12"), ("2024-01", "2024-12")),
        (("2025-10", "2025-12"), ("2024-10", "2024-12")),
        (("2024-07", "2025-12"), None),
    ],
)
def test_the_year_before_is_the_same_months_if_all_are_loaded(period, earlier) -> None:
    months = tuple(Month(2024, 1).plus(step) for step in range(24))
    expected = Period.parse(*earlier) if earlier else None
    assert year_before(Period.parse(*period), months) == expected


def test_a_long_period_is_set_beside_the_time_just_before_it() -> None:
    months = tuple(Month(2022, 1).plus(step) for step in range(48))
    before = year_before(Period.parse("2024-01", "2025-12"), months)
    assert before == Period.parse("2022-01", "2023-12")


def test_the_open_hotspot_comes_first_and_every_one_has_its_rank(sample_ws: Workspace) -> None:
    found = find_hotspots(sample_ws, HotspotRequest(PROFILE, against=YEAR_2024))
    ranked = in_order(found.table)
    last = ranked.iloc[-1]
    outlines = hotspot_outlines(found.cells, ranked, chosen=int(last["hotspot"]))
    assert outlines[0].name == f"{last['priority_rank']}. {last['name']}"
    assert outlines[0].width > outlines[1].width
    assert sorted(int(one.name.split(".")[0]) for one in outlines) == list(ranked["priority_rank"])


def test_a_hotspot_says_what_it_was(sample_ws: Workspace) -> None:
    found = find_hotspots(sample_ws, HotspotRequest(PROFILE, against=YEAR_2024))
    pierhead = found.table.set_index("name", drop=False).loc["Pierhead"]
    said = identity_sentence(pierhead, YEAR_2024)
    # Markdown shows the escaped comma as a plain one.
    assert said == "Several of 2024-01 to 2024-12 grown together: Pierhead\\, Ropewalk."
    assert identity_sentence(pierhead, None).startswith("Not enough data")


def test_other_weights_give_another_order_and_say_so(sample_ws: Workspace) -> None:
    found = find_hotspots(sample_ws, HotspotRequest(PROFILE))
    changed = reweighed(found, (("deprivation", 3.0), ("harm", 0.0)))
    most_deprived = found.table.loc[found.table["imd_score"].idxmax(), "name"]
    assert in_order(changed.table)["name"].iloc[0] == most_deprived
    assert "harm_points" not in changed.table
    said = " ".join((*changed.provenance.choices, *changed.provenance.caveats))
    assert said.count("priority: weighted mean") == 1
    assert "Deprivation is part of the priority because it was asked for" in said
    with pytest.raises(Refusal, match="all zero"):
        reweighed(found, (("harm", 0.0),))


def test_the_forward_test_is_answered_in_a_sentence(sample_ws: Workspace) -> None:
    found = run_forward_test(sample_ws, ForwardTestRequest(PROFILE, resamples=99))
    assert forward_sentence(found).startswith("Yes: a map of 5% of the area, drawn from one")
    chance = replace(found, table=found.table.assign(pai_low=0.9))
    assert forward_sentence(chance).startswith("Not shown: ")
    shown = scores_table(found.table)
    assert list(shown.columns) == ["Of", "Size of map", "Hit rate", "PAI", "PEI", "Recapture"]
    assert all(" to " in words for words in shown["Hit rate"])


def test_deprivation_is_told_with_and_without_crime(sample_ws: Workspace) -> None:
    found = find_associations(sample_ws, AssociationRequest(PROFILE))
    said = association_sentence(found)
    assert said.startswith("More deprived cells have more harm here: ")
    assert "crime left out" in said and "with the index as published" in said
    table = domains_table(found.table)
    assert list(table["Domain"][:2]) == [
        "Index without its crime domain",
        "Index as published, crime included",
    ]
    unclear = found.table.assign(rho_low=-0.1)
    assert association_sentence(replace(found, table=unclear)).startswith("No association")


def test_only_choices_that_were_made_otherwise_are_listed() -> None:
    share = "Cells shared with the map as asked"
    runs = pd.DataFrame(
        {
            "Months": ["2025"] * 4,
            "H3 resolution": ["9", "9", "10", "10"],
            "Grid shifted by": ["0 east, 0 north"] * 4,
            "Bandwidth": ["400 m"] * 4,
            "Harm scheme": ["harm", "count", "harm", "count"],
            share: [1.0, 0.5, 0.8, 0.3],
        }
    )
    table = by_choice(runs)
    assert list(table["Choice"]) == ["H3 resolution"] * 2 + ["Harm scheme"] * 2
    assert list(table[share]) == ["75%", "55%", "90%", "40%"]
