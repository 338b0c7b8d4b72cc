"""What lies over the cells: places, hotspots, assets and boundaries, each on or off."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st


@dataclass(frozen=True)
class Switches:
    """What is on."""

    places: bool
    hotspots: bool
    assets: bool
    wards: bool
    lsoas: bool

    @property
    def edges(self) -> tuple[str, ...]:
        """Boundaries by the names that the map knows them by."""
        return tuple(name for name, on in (("ward", self.wards), ("lsoa", self.lsoas)) if on)


def ask_switches() -> Switches:
    """A button that opens them; the usual ones are on."""
    with st.popover("Also show", icon=":material/stacks:"):
        return Switches(
            places=_toggle("Places", on=True, told="With their local names"),
            hotspots=_toggle("Hotspots", on=False, told="Their edges and ranks"),
            assets=_toggle("Community assets", on=False, told="Each one as a mark"),
            wards=_toggle("Ward boundaries", on=False),
            lsoas=_toggle("LSOA boundaries", on=True),
        )


def _toggle(label: str, *, on: bool, told: str | None = None) -> bool:
    key = f"map_shows:{label}"
    return st.toggle(label, value=on, key=key, persist_state="session", help=told)
