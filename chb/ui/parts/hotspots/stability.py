"""How stable is the map when the analyst chooses otherwise?"""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from chb.services.harm.stability import StabilityMap
from chb.ui import cache
from chb.ui.maps.analysis_layers import stability_sentence
from chb.ui.parts.explained import explain

QUESTION: Final = "How stable is it?"
_CHOICES: Final = {
    "Months": "year",
    "H3 resolution": "resolution",
    "Grid shifted by": "grid_shift",
    "Bandwidth": "bandwidth_m",
    "Harm scheme": "scheme",
}
_AGREEMENT: Final = "Cells shared with the map as asked"


def show_stability(found: StabilityMap) -> None:
    """The sentence, what each choice costs, and every run."""
    st.markdown(f"**{stability_sentence(found)}**")
    runs = readable_runs(found.table)
    st.table(by_choice(runs), hide_index=True, border="horizontal")
    for caveat in found.provenance.caveats[-1:]:
        st.caption(f"{caveat}.")
    with st.expander(f"All {found.stability.n_runs} maps"):
        st.dataframe(
            runs,
            hide_index=True,
            column_config={_AGREEMENT: st.column_config.NumberColumn(format="percent")},
        )
    explain(
        QUESTION,
        ("share_of_maps", "stability_shared", "stability_choices"),
        rules=found.provenance.choices,
        key="explain_stability",
    )


def readable_runs(table: pd.DataFrame) -> pd.DataFrame:
    """The runs under the words of the screen."""
    schemes = {key: scheme.title for key, scheme in cache.harm_schemes().items()}
    runs = pd.DataFrame({label: table[column] for label, column in _CHOICES.items()})
    runs["H3 resolution"] = [str(number) for number in runs["H3 resolution"]]
    runs["Bandwidth"] = [f"{width:,.0f} m" for width in runs["Bandwidth"]]
    runs["Harm scheme"] = [schemes.get(key, key) for key in runs["Harm scheme"]]
    runs[_AGREEMENT] = table["shared_with_asked"]
    return runs


def by_choice(runs: pd.DataFrame) -> pd.DataFrame:
    """For each choice made otherwise, the mean share of the hottest cells that stay."""
    rows = [
        (label, option, f"{share:.0%}")
        for label in _CHOICES
        if runs[label].nunique() > 1
        for option, share in runs.groupby(label, sort=False)[_AGREEMENT].mean().items()
    ]
    return pd.DataFrame(rows, columns=["Choice", "Made as", _AGREEMENT])
