"""Harm and deprivation: how alike they rank the cells of this area, with crime and without.

An association found in these data, never a cause, and never an ingredient of a score.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from chb.domain.access.permissions import Permission
from chb.domain.refusal import Refusal
from chb.services.access.rules import needs
from chb.services.harm.analysis import DEFAULT_SEED, Analysis
from chb.services.harm.harm_panel import Floats, open_panel
from chb.services.harm.profiling import HarmProfile, ProfileRequest, build_profile
from chb.services.harm.study import refusing
from chb.services.harm.zones import AUTOMATIC, LEFT_OUT, RANK, SCORE
from chb.services.workspace import Workspace
from geo import frames
from geo.association import Bivariate, bivariate_classes, rank_association

DOMAIN_WEIGHTS: Final[Mapping[str, float]] = {
    "income": 22.5,
    "employment": 22.5,
    "education": 13.5,
    "health": 13.5,
    "crime": 9.3,
    "housing": 9.3,
    "living_environment": 9.3,
}
"""Weights of the English Indices of Deprivation in per cent (MHCLG, technical report)."""
OTHER_DOMAINS: Final = ("idaci", "idaopi", "access", "physical_environment")
CRIME: Final = "crime"
IMD: Final = "imd"
WITHOUT_CRIME: Final = "imd_without_crime"
FEWEST_RESIDENTS: Final = 50.0
"""Below this a rate per person says more about the denominator."""
PER_KM2, PER_PERSON = "harm per km2", "harm per person"


@dataclass(frozen=True)
class AssociationRequest:
    """What is compared with harm.

    ``against`` is the domain on the two-variable map: "imd_without_crime", "imd", the name of
    a domain, or "auto" for the first of these there is. ``resamples`` of 0 takes intervals
    from Fisher's transformation.
    """

    profile: ProfileRequest
    against: str = AUTOMATIC
    confidence: float = 0.95
    resamples: int = 0
    seed: int = DEFAULT_SEED


@dataclass(frozen=True)
class Associations(Analysis):
    """``table`` has one row a measure of harm and a domain; ``cells`` one row a cell.

    ``against`` is the domain of the two-variable map and ``classes`` are its breaks.
    """

    request: AssociationRequest
    against: str
    classes: Bivariate


@needs(Permission.SEE_HARM_FIGURES)
def find_associations(ws: Workspace, request: AssociationRequest) -> Associations:
    """Correlate harm with every domain there is and class the cells by both.

    Raises Refusal when no deprivation is loaded for the area, when the domain asked for
    cannot be had, and for too few incidents or cells.
    """
    if request.profile.deprivation == LEFT_OUT:
        raise Refusal(
            "An association needs deprivation",
            found="Deprivation was left out",
            remedy="Ask for 'auto', or name a loaded edition",
        )
    asked = replace(request.profile, domains=(*DOMAIN_WEIGHTS, *OTHER_DOMAINS))
    with refusing():
        panel = open_panel(ws, asked)
        profile = build_profile(ws, asked)
        measures = _deprivation(profile.frame)
        against = _against(measures, request.against, profile)
        harm = _harm(profile.frame)
        density = profile.frame[frames.DENSITY].to_numpy(np.float64)
        deprived = measures[against]
        classes = bivariate_classes(np.where(np.isnan(deprived), np.nan, density), deprived)
        table = _table(harm, measures, request)
    return Associations(
        area=panel.study.area,
        shape=panel.study.shape,
        cells=_cells(profile.frame, harm, measures, classes),
        table=table,
        outlines=None,
        coverage=profile.coverage,
        provenance=replace(
            profile.provenance,
            choices=(*profile.provenance.choices, *_choices(request, against, measures)),
            caveats=(*profile.provenance.caveats, *_caveats(profile.frame, measures)),
        ),
        request=request,
        against=against,
        classes=classes,
    )


def _harm(frame: pd.DataFrame) -> dict[str, Floats]:
    residents = frame[frames.POPULATION].to_numpy(np.float64)
    days = frame[frames.HARM_DAYS].to_numpy(np.float64)
    per_person = np.full(len(frame), np.nan)
    np.divide(days, residents, out=per_person, where=residents >= FEWEST_RESIDENTS)
    return {PER_KM2: days / frame[frames.AREA_KM2].to_numpy(np.float64), PER_PERSON: per_person}


def _deprivation(frame: pd.DataFrame) -> dict[str, Floats]:
    """Each domain there is, more meaning more deprived, NaN where nobody lives."""
    found = {}
    for domain in (IMD, *DOMAIN_WEIGHTS, *OTHER_DOMAINS):
        for name, direction in ((f"{domain}{SCORE}", 1), (f"{domain}{RANK}", -1)):
            if domain not in found and name in frame and frame[name].notna().any():
                found[domain] = direction * frame[name].to_numpy(np.float64)
    six = {domain: found[domain] for domain in DOMAIN_WEIGHTS if domain in found}
    six.pop(CRIME, None)
    if len(six) == len(DOMAIN_WEIGHTS) - 1:
        found[WITHOUT_CRIME] = _combined(six)
    return found


def _combined(domains: Mapping[str, Floats]) -> Floats:
    """Weighted mean of the domains' percentiles within the area, 0 to 1.

    The published weights, without that of crime, are scaled up to one again. A cell needs
    every domain.
    """
    table = np.column_stack(list(domains.values()))
    known = ~np.isnan(table).any(axis=1)
    weights = np.array([DOMAIN_WEIGHTS[domain] for domain in domains])
    percentiles = (rankdata(table[known], axis=0) - 0.5) / max(int(known.sum()), 1)
    combined = np.full(len(table), np.nan)
    combined[known] = percentiles @ (weights / weights.sum())
    return combined


def _against(measures: Mapping[str, Floats], asked: str, profile: HarmProfile) -> str:
    """The domain of the two-variable map; Refusal when it cannot be had."""
    if not measures:
        raise Refusal(
            "No deprivation is known for the cells of this area",
            found=next(iter(profile.provenance.caveats[-2:]), ""),
            cause="The edition is not loaded, or is of another vintage than the boundaries",
            remedy="Import one: python -m chb import deprivation PATH",
        )
    if asked == AUTOMATIC:
        return next(name for name in (WITHOUT_CRIME, *measures) if name in measures)
    if asked not in measures:
        raise Refusal(
            f"There is no {asked!r} to set beside harm here",
            found=f"There are {', '.join(measures)}",
            cause="The edition as loaded does not have every domain it takes",
            remedy="Choose one of these, or import File 7 of the index",
        )
    return asked


def _table(
    harm: Mapping[str, Floats], measures: Mapping[str, Floats], request: AssociationRequest
) -> pd.DataFrame:
    rows = []
    for measure, amounts in harm.items():
        if np.isnan(amounts).all():
            continue
        for domain, values in measures.items():
            found = rank_association(
                amounts,
                values,
                confidence=request.confidence,
                resamples=request.resamples,
                seed=request.seed,
            )
            rows.append((measure, domain, found.rho, found.low, found.high, found.n))
    return pd.DataFrame(rows, columns=["measure", "domain", "rho", "rho_low", "rho_high", "n_used"])


def _cells(
    frame: pd.DataFrame,
    harm: Mapping[str, Floats],
    measures: Mapping[str, Floats],
    classes: Bivariate,
) -> pd.DataFrame:
    kept = [frames.CELL, frames.COUNT, frames.HARM_DAYS, frames.DENSITY, frames.AREA_KM2]
    return frame[[*kept, frames.POPULATION]].assign(
        harm_per_km2=harm[PER_KM2],
        harm_per_person=harm[PER_PERSON],
        **{f"deprivation_{domain}": values for domain, values in measures.items()},
        harm_class=classes.first + 1,
        deprivation_class=classes.second + 1,
    )


def _choices(
    request: AssociationRequest, against: str, measures: Mapping[str, Floats]
) -> tuple[str, ...]:
    interval = f"{request.resamples} resamples" if request.resamples else "Fisher's transformation"
    said = [
        f"Spearman's rank correlation over cells, {request.confidence:.0%} interval by {interval}",
        f"harm per person in cells of at least {FEWEST_RESIDENTS:.0f} residents",
        f"two-variable map: thirds of harm density by thirds of {against}, among cells with"
        " residents; 1 lowest, 3 highest, 0 not known; equal values share a class",
        "more always means more deprived: a domain published as ranks is turned round",
    ]
    if WITHOUT_CRIME in measures:
        weights = ", ".join(
            f"{domain} {weight:g}" for domain, weight in DOMAIN_WEIGHTS.items() if domain != CRIME
        )
        said.append(
            "IMD without crime: mean of the six other domains' percentiles within this area,"
            f" weighted as published ({weights}); not a published index"
        )
    return tuple(said)


def _caveats(frame: pd.DataFrame, measures: Mapping[str, Floats]) -> tuple[str, ...]:
    said = [
        "An association in these data is no cause, and neighbouring cells resemble each other:"
        " the true intervals are wider",
        "Residents are not the people present: harm per person is high wherever few live",
    ]
    if WITHOUT_CRIME not in measures:
        absent = [domain for domain in DOMAIN_WEIGHTS if domain != CRIME and domain not in measures]
        said.append(f"IMD without crime cannot be computed: no {', '.join(absent)} in this edition")
    if frame[frames.POPULATION].isna().all():
        said.append("No population is loaded: harm per person is not known")
    return tuple(said)
