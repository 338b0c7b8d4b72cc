"""Residents and deprivation of the LSOA-like areas, in the layouts of the public files."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from statistics import NormalDist
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from chb.sources.sample_place.areas import Areas
from chb.sources.sample_place.snap_points import SnapPoints
from chb.sources.sample_place.spec import SamplePlaceSpec

Values = NDArray[np.float64]

RANK_WORDS: Final = "Rank (where 1 is most deprived)"
DECILE_WORDS: Final = "Decile (where 1 is most deprived 10% of LSOAs)"
RURAL_DEPRIVATION: Final = 0.35
_NORMAL: Final = NormalDist()

DOMAINS: Final[Mapping[str, tuple[str, str, float, Callable[[float], float]]]] = {
    # key: published name, words of its score, spread of its quantile, quantile to score
    "income": ("Income", "Score (rate)", 0.05, lambda q: 0.01 + 0.5 * q**2.2),
    "employment": ("Employment", "Score (rate)", 0.06, lambda q: 0.01 + 0.3 * q**2),
    "education": ("Education, Skills and Training", "Score", 0.09, lambda q: 1 + 68 * q**2.4),
    "health": (
        "Health Deprivation and Disability",
        "Score",
        0.08,
        lambda q: 0.95 * _NORMAL.inv_cdf(q),
    ),
    "crime": ("Crime", "Score", 0.05, lambda q: 0.85 * _NORMAL.inv_cdf(q)),
    "housing": ("Barriers to Housing and Services", "Score", 0.2, lambda q: 4 + 42 * q**1.6),
    "living": ("Living Environment", "Score", 0.16, lambda q: 2 + 55 * q**2),
}


def draw_population(spec: SamplePlaceSpec, areas: Areas, need: Values) -> pd.DataFrame:
    """Residents, households and two age bands by LSOA, in the layout of the census file."""
    rng = spec.rng("population")
    n = len(areas.lsoas)
    mean, spread = spec.census["residents_mean"], spec.census["residents_spread"]
    residents = np.clip(rng.normal(mean, spread, n), 0.6 * mean, 1.6 * mean).round()
    young = 0.15 + 0.1 * need + rng.normal(0, 0.015, n)
    teenage = 0.13 + 0.05 * need + rng.normal(0, 0.012, n)
    whole = {
        "total_residents": residents,
        "total_households": residents / spec.census["residents_per_household"],
        "aged_0_17": residents * young,
        "aged_10_24": residents * teenage,
    }
    return pd.DataFrame(
        {
            "lsoa21_code": [area.code for area in areas.lsoas],
            "lsoa21_name": [area.name for area in areas.lsoas],
            "ltla24_code": areas.district.code,
            "ltla24_name": areas.district.name,
            **{column: values.round().astype(np.int64) for column, values in whole.items()},
        }
    )


def need_of_areas(spec: SamplePlaceSpec, points: SnapPoints, areas: Areas) -> Values:
    """National deprivation quantile of each LSOA: the mean over its points' quarters."""
    planned = np.array([quarter.deprivation for quarter in spec.quarters] + [RURAL_DEPRIVATION])
    at_point = planned[points.quarter]
    lsoa = areas.lsoa_at(points.degrees)
    n = len(areas.lsoas)
    total, points_in = np.bincount(lsoa, at_point, n), np.bincount(lsoa, minlength=n)
    means: Values = np.where(points_in > 0, total / np.maximum(points_in, 1), RURAL_DEPRIVATION)
    return means


def draw_deprivation(
    spec: SamplePlaceSpec, areas: Areas, need: Values, crime_rate: Values
) -> pd.DataFrame:
    """Index and seven domains under the header texts of File 7 of the 2025 Indices.

    The Crime domain follows the recorded incidents per resident, as the real one
    does; the others follow the plan with a spread of their own.
    """
    rng = spec.rng("deprivation")
    by_rate = 0.15 + 0.83 * np.argsort(np.argsort(crime_rate)) / (len(crime_rate) - 1)
    domains: dict[str, Values] = {}
    for key, (_, _, spread, _) in DOMAINS.items():
        base = by_rate if key == "crime" else need
        domains[key] = np.clip(base + rng.normal(0, spread, len(base)), 0.005, 0.995)
    weights = spec.census["domain_weights"]
    score = np.sum([weight * _exponential(domains[key]) for key, weight in weights.items()], axis=0)
    tenths = spec.census["imd_score_at_tenths"]
    overall = np.interp(score, tenths, np.linspace(0, 1, len(tenths)))
    index_name = "Index of Multiple Deprivation (IMD)"
    columns: dict[str, object] = {
        "LSOA code (2021)": [area.code for area in areas.lsoas],
        "LSOA name (2021)": [area.name for area in areas.lsoas],
        "Local Authority District code (2024)": areas.district.code,
        "Local Authority District name (2024)": areas.district.name,
        f"{index_name} Score": score.round(3),
        **_standing(index_name, overall, spec),
    }
    for key, (name, score_words, _, scored) in DOMAINS.items():
        columns[f"{name} {score_words}"] = [round(scored(float(q)), 3) for q in domains[key]]
        columns.update(_standing(name, domains[key], spec))
    return pd.DataFrame(columns)


def _standing(name: str, quantile: Values, spec: SamplePlaceSpec) -> dict[str, object]:
    """National rank and decile of a quantile, no two areas sharing a rank."""
    n_ranked = int(spec.census["n_areas_ranked"])
    order = np.argsort(-quantile, kind="stable")
    rank = np.clip(np.ceil((1 - quantile) * n_ranked), 1, n_ranked).astype(np.int64)
    rank[order] = np.maximum.accumulate(rank[order] - np.arange(len(rank))) + np.arange(len(rank))
    decile = np.ceil(rank * 10 / n_ranked).astype(np.int64)
    return {f"{name} {RANK_WORDS}": rank, f"{name} {DECILE_WORDS}": decile}


def _exponential(quantile: Values) -> Values:
    """The Indices' own transformation of a domain's rank before domains are added up.

    Ministry of Housing, Communities and Local Government, English Indices of
    Deprivation, technical report: -23 ln(1 - R (1 - exp(-100 / 23))).
    """
    transformed: Values = -23 * np.log(1 - quantile * (1 - math.exp(-100 / 23)))
    return transformed
