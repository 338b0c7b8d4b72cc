"""The few rules of the harm map's own parts."""

from __future__ import annotations

from typing import Final

import streamlit as st

_RULES: Final = """
<style>
/* Every layer is in sight: what does not fit into a row goes into the next. */
.st-key-layer [role="radiogroup"] {
  flex-wrap: wrap;
  overflow: visible;
  gap: .35rem;
  mask-image: none;
}
.st-key-layer [role="radiogroup"] button {
  flex-grow: 0;
  padding-inline: .72rem;
}
</style>
"""


def apply_harm_style() -> None:
    """Once a run, before the parts are drawn."""
    st.html(_RULES)
