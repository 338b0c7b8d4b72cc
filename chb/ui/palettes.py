"""Colours of classes that have names, not amounts.

Chosen like the ramp of `chb.ui.theme`: by simulating colour blindness (Machado, Oliveira and
Fernandes 2009, doi:10.1109/TVCG.2009.113) until any two classes of a layer, and each class and
the bare land, stay apart for every eye.
"""

from __future__ import annotations

from typing import Final

SIGNIFICANCE: Final = ("#7f0f26", "#e0602a", "#f8c560", "#3b74b4")
"""Hot at 99, 95 and 90 per cent, cold."""

TREND: Final = ("#4a1259", "#e2601a", "#5c9ccc", "#f3d97a")
"""Persistent, emerging, former, intermittent."""

STABILITY: Final = ("#0b3357", "#3a87b8", "#a9d3e8")
"""Robust, likely, fragile."""

TWO_WAY: Final = (
    ("#e9e6e0", "#a9c6de", "#5a9ac6"),
    ("#f0c27b", "#a9a58d", "#5f7f8e"),
    ("#e08a1e", "#96662a", "#33302f"),
)
"""Rows from least to most harm, columns from least to most deprived: orange rises with harm,
blue with deprivation, and both together are dark."""

HOTSPOT_EDGE: Final = "#14263f"
CHOSEN_EDGE: Final = "#000000"
CLEAR: Final = "#ffffff"
"""In a key: what is measured and carries no colour."""
