"""What every column of every analysis means: names fixed once, with units."""

from __future__ import annotations

from typing import Final

from geo import frames

COLUMNS: Final[dict[str, str]] = {
    frames.CELL: "H3 index of the cell",
    frames.COUNT: "incidents of the loaded months",
    frames.HARM_DAYS: "sum of the scheme's weights over the loaded months",
    frames.DENSITY: "kernel density of harm, per square kilometre and year",
    frames.AREA_KM2: "true area in square kilometres",
    frames.IMD_SCORE: "deprivation score, mean over residents; empty where nobody lives",
    frames.IMD_SCORE_MIN: "lowest score of any LSOA in the cell",
    frames.IMD_SCORE_MAX: "highest score of any LSOA in the cell",
    frames.IMD_RANK: "rank of the LSOA where the median resident lives; 1 is most deprived",
    frames.POPULATION: "residents, shared by area of overlap",
    frames.POPULATION_SUPPORT: "share of the cell covered by LSOAs",
    frames.N_LSOA: "LSOAs the cell touches",
    frames.OCG_INFLUENCE: "sum of the confidence weights of OCG locations, spread over their areas",
    frames.N_OCGS: "OCGs whose areas touch the cell",
    frames.ASSETS: "community assets inside",
    frames.LONGITUDE: "degrees WGS84, of the densest cell",
    frames.LATITUDE: "degrees WGS84, of the densest cell",
    "z": "Gi* of the cell: standard deviations from what chance would put there",
    "p": "two-sided p of Gi*",
    "p_adjusted": "p after the correction",
    "hot": "whether the rule calls the cell hot",
    "hotspot": "number of the hotspot, most harm first; 0 for none",
    "frequency_desert": "high harm on few incidents",
    "persistence": "share of the loaded months among the area's hottest tenth by harm",
    "name": "nearest place name to the densest cell, else its ward, else its LSOA",
    "n_cells": "number of cells",
    "share_of_harm": "share of the area's harm",
    "harm_density": "harm per square kilometre and year, without smoothing",
    "mean_z": "mean Gi* of the cells",
    "main_categories": "categories with most harm, and their share of it",
    "assets_nearby": "community assets within 800 m of any cell",
    "asset_gap": "residents per asset nearby, one added to the assets",
    "identity": "number of the hotspot in the earlier period that it continues, or a new number",
    "status": "continues, new, split, merged or gone",
    "earlier": "names of the earlier hotspots it comes from",
    "later": "name of the later hotspot it became or joined",
    "priority_rank": "1 is first",
    "best_rank": "best rank when weights vary by a fifth",
    "worst_rank": "worst rank when weights vary by a fifth",
    "priority_score": "weighted mean of the percentiles among the hotspots, 0 to 1",
    "harm_points": "share of harm density in the score",
    "harm_share_points": "share of the share of harm in the score",
    "persistence_points": "share of persistence in the score",
    "ocg_points": "share of OCG influence in the score",
    "asset_gap_points": "share of the asset gap in the score",
    "deprivation_points": "share of deprivation in the score",
    "known_months": "months with data",
    "months_hot": "months in which the cell was hot",
    "trend_z": "Mann-Kendall z: above 0 rising",
    "trend_p": "two-sided p of the trend",
    "trend_per_month": "median change a month",
    "change": "what the cell's history as a hotspot amounts to",
    "place_name": "nearest place name; empty for cells that were never hot",
    "measure": "what is summed: harm or incidents, and per what",
    "share_of_area": "size of the map as a share of the area",
    "hit_rate": "share of what came later that fell inside the map",
    "pai": "prediction accuracy index: hit rate over share of area",
    "pei": "prediction efficiency index: inside over the most a map of that size could hold",
    "recapture_rate_index": "hit rate over the share inside when the map was made",
    "n_tests": "forward tests",
    "n_test_months": "months judged by",
    "inside": "later amount inside the map, all tests",
    "total": "later amount in the area, all tests",
    "map_km2": "mean area of the map",
    "share_of_runs": "share of runs in which the cell is among the hottest",
    "steadiness": "robust, likely, fragile or never hottest",
    "year": "months the run is drawn from",
    "resolution": "H3 resolution of the run",
    "grid_shift": "shift of the grid in shares of the spacing of centres",
    "bandwidth_m": "kernel bandwidth in metres",
    "scheme": "harm scheme of the run",
    "shared_with_asked": "share of the run's hottest cells that the map as asked has too",
    "domain": "index or domain of deprivation",
    "rho": "Spearman's rank correlation",
    "n_used": "cells in which both are known",
    "harm_per_km2": "harm per square kilometre in the period",
    "harm_per_person": "harm per resident in the period",
    "harm_class": "third of harm density, 1 lowest; 0 not known",
    "deprivation_class": "third of deprivation, 1 least deprived; 0 not known",
}
"""Columns by name; those of a pattern are told by ``meaning``."""

_BOUNDS: Final = {"_low": "lower end of the interval", "_high": "upper end of the interval"}


def meaning(column: str) -> str:
    """What a column means; KeyError for a column nobody described."""
    for ending, words in _BOUNDS.items():
        if column.endswith(ending) and column.removesuffix(ending) in COLUMNS:
            return f"{words}: {COLUMNS[column.removesuffix(ending)]}"
    if column.startswith("times_hot_"):
        measure, share = column.removeprefix("times_hot_").rsplit("_", 1)
        return f"tests in which the cell was among the densest {float(share):.0%} by {measure}"
    if column not in COLUMNS and column.startswith("deprivation_"):
        return f"{column.removeprefix('deprivation_')}, more meaning more deprived"
    return COLUMNS[column]
