"""Which hotspot first: a ranking whose parts and whose uncertainty are in the open."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import pandas as pd

from chb.domain.hotspots import PRIORITY_COMPONENTS
from chb.domain.refusal import Refusal
from geo import frames
from geo.hotspots.priority import prioritise

Weights = tuple[tuple[str, float], ...]
"""Component and weight, each component once."""

COMPONENT_COLUMNS: Final[dict[str, str]] = {
    "harm": "harm_density",
    "harm_share": "share_of_harm",
    "persistence": "persistence",
    "ocg": frames.OCG_INFLUENCE,
    "asset_gap": "asset_gap",
    "deprivation": frames.IMD_SCORE,
}
COMPONENTS: Final = {component.key: component for component in PRIORITY_COMPONENTS}
DEFAULT_WEIGHTS: Final[Weights] = tuple(
    (component.key, 1.0) for component in PRIORITY_COMPONENTS if not component.only_if_chosen
)
"""Equal, as nobody has weighed them yet."""


@dataclass(frozen=True)
class Ranking:
    """A table of hotspots with the ranking's columns, and what was decided on the way."""

    table: pd.DataFrame
    choices: tuple[str, ...]
    caveats: tuple[str, ...]


def parse_weights(text: str) -> Weights:
    """Read ``harm=1,persistence=0.5``; Refusal for anything else."""
    weights: dict[str, float] = {}
    for part in text.split(","):
        name, _, amount = (piece.strip() for piece in part.partition("="))
        try:
            number = float(amount)
        except ValueError:
            number = math.nan
        if name not in COMPONENT_COLUMNS or name in weights or math.isnan(number):
            raise Refusal(
                "Weights are written as name=number, each name once, with commas between",
                found=f"Found {part.strip()!r}",
                remedy=f"The names are {', '.join(COMPONENT_COLUMNS)}: harm=1,persistence=0.5",
            )
        weights[name] = number
    return tuple(weights.items())


def rank_hotspots(table: pd.DataFrame, weights: Weights | None) -> Ranking:
    """Rank a table of hotspots; ``None`` weighs all components there are data for alike.

    Added are ``priority_rank``, ``best_rank``, ``worst_rank`` (each weight 20 % lower to
    20 % higher), ``priority_score`` and, for each component, its share in the score as
    ``<component>_points``. Raises Refusal for a component without data and GeoInputError for
    weights that are negative or all zero.
    """
    chosen = dict(DEFAULT_WEIGHTS if weights is None else weights)
    absent = [name for name in chosen if table[COMPONENT_COLUMNS[name]].isna().all()]
    if len(table) and absent:
        if weights is not None:
            raise _no_data(absent[0])
        chosen = {name: weight for name, weight in chosen.items() if name not in absent}
    values = {name: table[COMPONENT_COLUMNS[name]] for name in chosen}
    gaps = [name for name, column in values.items() if column.isna().any()]
    neutral = {name: column.fillna(column.median()) for name, column in values.items()}
    ranked = prioritise(neutral, chosen)
    points = {f"{name}_points": ranked.contributions[:, at] for at, name in enumerate(ranked.names)}
    return Ranking(
        table.assign(
            priority_rank=ranked.rank,
            best_rank=ranked.best_rank,
            worst_rank=ranked.worst_rank,
            priority_score=ranked.score,
            **points,
        ),
        choices=(_said(chosen, ranked.variation),),
        caveats=_caveats(absent, gaps, chosen),
    )


def _said(weights: dict[str, float], variation: float) -> str:
    listed = "; ".join(
        f"{COMPONENTS[name].label} ({COMPONENTS[name].unit}) {weight:g}"
        for name, weight in weights.items()
    )
    return (
        f"priority: weighted mean of percentiles among the hotspots ({listed}); rank range with"
        f" each weight from {variation:.0%} lower to {variation:.0%} higher"
    )


def _caveats(absent: list[str], gaps: list[str], weights: dict[str, float]) -> tuple[str, ...]:
    said = []
    if absent:
        said.append(f"No data for {', '.join(absent)}: left out of the priority")
    if gaps:
        said.append(f"Hotspots without a value for {', '.join(gaps)} rank in its middle")
    if weights.get("deprivation"):
        said.append("Deprivation is part of the priority because it was asked for")
    return tuple(said)


def _no_data(name: str) -> Refusal:
    return Refusal(
        f"There are no data to weigh {name} with",
        found=f"Column {COMPONENT_COLUMNS[name]} is empty in every hotspot",
        cause="Population or deprivation scores are probably not loaded for this area",
        remedy=f"Import them, or leave {name} out of the weights",
    )
