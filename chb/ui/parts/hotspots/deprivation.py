"""Harm beside deprivation: an association in this area, never a cause."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from chb.services.harm.association import IMD, PER_KM2, PER_PERSON, WITHOUT_CRIME, Associations
from chb.ui.parts.explained import explain
from chb.ui.parts.words import literal

TITLE: Final = "Deprivation"
_NAMES: Final = {
    WITHOUT_CRIME: "Index without its crime domain",
    IMD: "Index as published, crime included",
    "idaci": "Children in low-income households",
    "idaopi": "Older people in low-income households",
}
_COLUMNS: Final = {
    PER_KM2: "With harm per km\N{SUPERSCRIPT TWO}",
    PER_PERSON: "With harm per person",
}


def show_deprivation(found: Associations) -> None:
    """The sentence, the domains in a table, and how they are made."""
    st.markdown(f"**{association_sentence(found)}**")
    st.caption(
        "An association is not a cause. Deprivation never enters a score unless you choose it "
        "under Weights."
    )
    st.table(domains_table(found.table), hide_index=True, border="horizontal")
    st.caption(
        "Rank correlation over cells with its 95% interval: 1 when the more deprived cell always "
        "has more harm, 0 when the one says nothing of the other, -1 when it always has less."
    )
    st.markdown("\n".join(f"- {literal(caveat)}" for caveat in found.provenance.caveats[-2:]))
    explain(
        TITLE,
        ("association_rho", "association_cells", "harm_per_km2", "harm_per_person"),
        rules=found.provenance.choices,
        key="explain_deprivation",
    )


def association_sentence(found: Associations) -> str:
    """What the index says of harm here, with crime left out where that can be done."""
    per_km2 = _by_domain(found.table, PER_KM2)
    row = per_km2[found.against]
    without = " (crime left out)" if found.against == WITHOUT_CRIME else ""
    said = f"the rank correlation is {_interval(row)}{without}"
    if found.against != IMD and IMD in per_km2:
        said += f", and {_interval(per_km2[IMD])} with the index as published"
    return f"{_direction(row)}: {said}."


def domains_table(table: pd.DataFrame) -> pd.DataFrame:
    """One row a domain, the two indices first; a column for each measure of harm."""
    domains = list(dict.fromkeys(table["domain"]))
    domains.sort(key=lambda domain: [WITHOUT_CRIME, IMD, domain].index(domain))
    shown = pd.DataFrame({"Domain": [_name(domain) for domain in domains]})
    for measure, label in _COLUMNS.items():
        rows = _by_domain(table, measure)
        if rows:
            shown[label] = [_interval(rows[domain]) for domain in domains]
            shown[f"Cells {label.removeprefix('With harm ')}"] = [
                f"{rows[domain]['n_used']:,}" for domain in domains
            ]
    return shown


def _by_domain(table: pd.DataFrame, measure: str) -> dict[str, pd.Series]:
    rows = table.loc[table["measure"] == measure]
    return {str(row["domain"]): row for _, row in rows.iterrows()}


def _direction(row: pd.Series) -> str:
    if row["rho_low"] > 0:
        return "More deprived cells have more harm here"
    if row["rho_high"] < 0:
        return "More deprived cells have less harm here"
    return "No association can be told here"


def _interval(row: pd.Series) -> str:
    return f"{row['rho']:.2f} ({row['rho_low']:.2f} to {row['rho_high']:.2f})"


def _name(domain: str) -> str:
    return _NAMES.get(domain, domain.replace("_", " ").capitalize())
