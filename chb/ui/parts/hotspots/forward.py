"""Would last quarter's map have found this quarter's harm?"""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from chb.domain.wording import plural
from chb.services.harm.forward_test import ForwardTests
from chb.services.harm.harm_panel import Measure
from chb.ui.parts.explained import explain
from chb.ui.parts.words import percent

QUESTION: Final = "Would last quarter's map have found this quarter's harm?"
_SCORES: Final = {
    "Hit rate": "hit_rate",
    "PAI": "pai",
    "PEI": "pei",
    "Recapture": "recapture_rate_index",
}
_FIGURES: Final = (
    "forward_hit_rate",
    "forward_pai",
    "forward_pei",
    "forward_recapture",
    "forward_size",
    "rank_overlap",
    "forward_gini",
)
_WORDS: Final = {Measure.HARM: "harm", Measure.COUNT: "incidents"}


def show_forward(found: ForwardTests) -> None:
    """The answer in a sentence, the scores in a table, and how they are made."""
    st.markdown(f"**{forward_sentence(found)}**")
    st.table(scores_table(found.table), hide_index=True, border="horizontal")
    st.caption(_overlap_sentence(found))
    explain(QUESTION, _FIGURES, rules=found.provenance.choices, key="explain_forward")


def forward_sentence(found: ForwardTests) -> str:
    """The answer for harm and the largest map scored."""
    harm = found.table.loc[found.table["measure"] == str(Measure.HARM)]
    row = harm.sort_values("share_of_area").iloc[-1]
    answer = "Yes" if row["pai_low"] > 1 else "Not shown"
    return (
        f"{answer}: a map of {percent(row['share_of_area'])} of the area, drawn from one quarter,"
        f" held {percent(row['hit_rate'])} of the harm of the next, {row['pai']:.1f} times what its"
        f" size alone would hold and {percent(row['pei'])} of what the best map of that size could"
        f" have held ({plural(found.n_tests, 'test')}, {plural(int(row['n_test_months']), 'month')}"
        " to judge by)."
    )


def scores_table(table: pd.DataFrame) -> pd.DataFrame:
    """One row a measure and size of map, each score with its interval, as words."""
    shown = pd.DataFrame(
        {
            "Of": [_WORDS[Measure(name)] for name in table["measure"]],
            "Size of map": [f"{percent(share)} of the area" for share in table["share_of_area"]],
        }
    )
    for label, column in _SCORES.items():
        write = _as_share if column == "hit_rate" else _as_number
        ends = (table[column], table[f"{column}_low"], table[f"{column}_high"])
        shown[label] = [write(*row) for row in zip(*ends, strict=True)]
    return shown


def _as_share(value: float, low: float, high: float) -> str:
    return f"{value:.0%} ({low:.0%} to {high:.0%})"


def _as_number(value: float, low: float, high: float) -> str:
    return f"{value:.2f} ({low:.2f} to {high:.2f})"


def _overlap_sentence(found: ForwardTests) -> str:
    overlap = found.rank_overlap[str(Measure.HARM)]
    concentrated = found.concentration
    return (
        "In brackets: 95% intervals. Hit rate: the share of later harm inside the map. PAI: hit "
        "rate over the map's share of the area; 1 is no better than chance. PEI: 1 is the best a "
        "map of that size could do. Recapture: 1 when the map holds later what it held when made. "
        f"The order of cells before and after agrees at {overlap.estimate:.2f} of 1 (rank-biased "
        f"overlap). Incidents are gathered at {concentrated.gini:.2f} of 1 (Gini); chance alone "
        f"would give {concentrated.expected:.2f}."
    )
