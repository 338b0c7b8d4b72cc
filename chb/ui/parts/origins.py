"""Where a result comes from, and what to beware of: under every map and chart."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from chb.domain.provenance import Provenance
from chb.ui.parts.words import literal, literal_html


def show_attribution(sources: Iterable[str]) -> None:
    """The owners of the data, in small print."""
    words = " &nbsp;·&nbsp; ".join(literal_html(source) for source in sources)
    st.html(f'<p class="hf-note">{words}</p>')


def show_caveats(caveats: Iterable[str]) -> None:
    """What to beware of, in small print."""
    said = "".join(f"<li>{literal_html(each)}</li>" for each in caveats)
    st.html(f'<ul class="hf-note" aria-label="What to beware of">{said}</ul>')


def show_provenance(provenance: Provenance) -> None:
    """How the figures were made, closed until somebody asks."""
    with st.expander("How this was made, and what to beware of", icon=":material/info:"):
        st.markdown(_lines("Beware", provenance.caveats))
        st.markdown(_lines("Decided for you", provenance.choices))
        st.markdown(_lines("Made from", _made_from(provenance)))


def _made_from(provenance: Provenance) -> tuple[str, ...]:
    return (
        f"Area: {provenance.area}; months: {provenance.period}",
        f"Harm: {provenance.scheme}, edition {provenance.edition}, in {provenance.harm_unit}",
        f"Density: {provenance.kernel} kernel, bandwidth {provenance.bandwidth_m:,.0f} m, "
        f"H3 resolution {provenance.resolution}, in {provenance.density_unit}",
        f"{provenance.software}, {provenance.made_at}",
        *provenance.sources,
    )


def _lines(heading: str, lines: Iterable[str]) -> str:
    return "\n".join([f"**{heading}**", "", *(f"- {literal(line)}" for line in lines)])
