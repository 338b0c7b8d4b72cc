"""Would last quarter's map have found this quarter's harm? Tested on the months one has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields, replace
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd

from chb.domain.access.permissions import Permission
from chb.domain.refusal import Refusal
from chb.services.access.rules import needs
from chb.services.harm.analysis import DEFAULT_SEED, Analysis, panel_provenance
from chb.services.harm.harm_panel import Flags, Floats, HarmPanel, Ints, Measure, open_panel
from chb.services.harm.study import ProfileRequest, refusing
from chb.services.workspace import Workspace
from geo import frames
from geo.hotspots.selection import hottest_area
from geo.validation.bootstrap import FEWEST_MONTHS, Interval, bootstrap_months
from geo.validation.concentration import Concentration, concentration
from geo.validation.rank_overlap import rank_biased_overlap
from geo.validation.scores import Scores, score

SCORES: Final = ("hit_rate", "pai", "pei", "recapture_rate_index")


@dataclass(frozen=True)
class ForwardTestRequest:
    """How the months are divided: maps of ``learn_months``, scored on the ``test_months`` after.

    The window then moves on by ``test_months``. ``shares_of_area`` are the sizes of map
    scored, as shares of the area.
    """

    profile: ProfileRequest
    measures: tuple[str, ...] = (Measure.HARM, Measure.COUNT)
    shares_of_area: tuple[float, ...] = (0.01, 0.02, 0.05)
    learn_months: int = 3
    test_months: int = 3
    resamples: int = 999
    seed: int = DEFAULT_SEED


@dataclass(frozen=True)
class ForwardTests(Analysis):
    """``table`` has one row a measure and size of map; ``cells`` how often each was on it.

    ``rank_overlap`` is how alike the rankings of cells in successive windows are, by measure;
    NaN for its interval where there are fewer than three tests. ``concentration`` is that of
    all incidents of the period.
    """

    request: ForwardTestRequest
    n_tests: int
    n_skipped: int
    rank_overlap: dict[str, Interval]
    concentration: Concentration


@dataclass(frozen=True)
class _Test:
    """One map and the months that judge it; positions among the panel's months."""

    panel: HarmPanel
    learn: Ints
    test: Ints

    @cached_property
    def learnt(self) -> Flags:
        return np.isin(np.arange(len(self.panel.months)), self.learn)

    @cached_property
    def tested(self) -> Flags:
        return np.isin(np.arange(len(self.panel.months)), self.test)


@needs(Permission.SEE_HARM_FIGURES)
def run_forward_test(ws: Workspace, request: ForwardTestRequest) -> ForwardTests:
    """Score earlier maps on later months. Raises Refusal for too few months or incidents."""
    measures = [Measure.named(name) for name in request.measures]
    _check(request)
    with refusing():
        panel = open_panel(ws, request.profile)
        tests, n_skipped = _tests(panel, request)
        scored = [_scored(panel, tests, measure, request) for measure in measures]
        overlaps = {str(measure): _overlap(tests, measure, request) for measure in measures}
        concentrated = concentration(panel.total(Measure.COUNT), panel.areas_km2, seed=request.seed)
    cells = pd.DataFrame({frames.CELL: panel.study.cells, frames.AREA_KM2: panel.areas_km2})
    return ForwardTests(
        area=panel.study.area,
        shape=panel.study.shape,
        cells=cells.assign(**{key: value for _, times in scored for key, value in times.items()}),
        table=pd.DataFrame([row for rows, _ in scored for row in rows]),
        outlines=None,
        coverage=panel.coverage,
        provenance=panel_provenance(
            panel, choices=_choices(request, len(tests), n_skipped), made_at=ws.now()
        ),
        request=request,
        n_tests=len(tests),
        n_skipped=n_skipped,
        rank_overlap=overlaps,
        concentration=concentrated,
    )


def _check(request: ForwardTestRequest) -> None:
    if request.learn_months < 1 or request.test_months < 1:
        raise Refusal(
            "A test needs at least one month to learn from and one to be judged by",
            found=f"{request.learn_months} and {request.test_months} months",
            remedy="Ask for 3 and 3, a quarter each",
        )
    if not request.shares_of_area or not request.measures:
        raise Refusal("Nothing to score", remedy="Name at least one size of map and one measure")


def _tests(panel: HarmPanel, request: ForwardTestRequest) -> tuple[list[_Test], int]:
    """The tests whose months are all loaded, and how many were skipped; Refusal when too few."""
    tests, n_skipped = [], 0
    for learn, test in _windows(len(panel.months), request.learn_months, request.test_months):
        if panel.loaded[learn].all() and panel.loaded[test].all():
            tests.append(_Test(panel, learn, test))
        else:
            n_skipped += 1
    n_judged = len(tests) * request.test_months
    if n_judged < FEWEST_MONTHS:
        needed = request.learn_months + max(request.test_months, FEWEST_MONTHS)
        raise Refusal(
            "Not enough months for a forward test",
            found=f"{int(panel.loaded.sum())} of {len(panel.months)} months are loaded, which"
            f" leaves {n_judged} to judge by",
            cause="The period is short, or months of it were not published or imported",
            remedy=f"Take a period of at least {needed} loaded months in a row",
        )
    return tests, n_skipped


def _windows(n_months: int, n_learn: int, n_test: int) -> Iterator[tuple[Ints, Ints]]:
    """Positions of the months to learn from and to test on, earliest first."""
    for start in range(0, n_months - n_learn - n_test + 1, n_test):
        middle = start + n_learn
        yield np.arange(start, middle), np.arange(middle, middle + n_test)


def _scored(
    panel: HarmPanel, tests: Sequence[_Test], measure: Measure, request: ForwardTestRequest
) -> tuple[list[dict[str, object]], dict[str, Ints]]:
    """A row of scores a size of map, and how often each cell was on that map."""
    monthly, areas = panel.monthly(measure), panel.areas_km2
    densities = [panel.density(measure, test.learnt) for test in tests]
    rows, times = [], {}
    for share in request.shares_of_area:
        maps = [hottest_area(one * areas, areas, share_of_area=share) for one in densities]
        judged = _judged(tests, maps, monthly, areas)
        rows.append({"measure": str(measure), "share_of_area": share, **judged.row(request)})
        times[f"times_hot_{measure}_{share:g}"] = np.sum(maps, axis=0)
    return rows, times


@dataclass(frozen=True)
class _Judged:
    """Maps and the months that judge them, one test after another.

    ``by_month`` has shape (test months, 3): amount inside the map, in the whole area, and
    inside the best map of the same size. The best map is that of all months of its test, also
    when months are drawn again: chosen anew each time it would fit the noise of the draw.
    ``fixed`` sums what does not depend on the months judged.
    """

    by_month: Floats
    fixed: Scores
    n_tests: int

    def row(self, request: ForwardTestRequest) -> dict[str, object]:
        """Each score with its interval, and the denominators of all."""
        n_months = len(self.by_month)
        intervals = bootstrap_months(
            self.measured, n_months, seed=request.seed, resamples=request.resamples
        )
        row: dict[str, object] = {}
        for name, interval in zip(SCORES, intervals, strict=True):
            row[name] = interval.estimate
            row[f"{name}_low"] = interval.low
            row[f"{name}_high"] = interval.high
        pooled = self.pooled(np.arange(n_months))
        return row | {
            "n_tests": self.n_tests,
            "n_test_months": n_months,
            "inside": pooled.inside,
            "total": pooled.total,
            "map_km2": pooled.area_inside_km2 / self.n_tests,
            "area_km2": pooled.area_km2 / self.n_tests,
        }

    def measured(self, chosen: Ints) -> Floats:
        found = self.pooled(chosen)
        return np.array([getattr(found, name) for name in SCORES])

    def pooled(self, chosen: Ints) -> Scores:
        """Numerators and denominators summed over the tests, for months drawn again or not."""
        inside, total, best = self.by_month[chosen].sum(axis=0)
        return replace(self.fixed, inside=inside, total=total, best_inside=best)


def _judged(
    tests: Sequence[_Test], maps: Sequence[Flags], monthly: Floats, areas_km2: Floats
) -> _Judged:
    by_month, summed = [], np.zeros(len(fields(Scores)))
    for test, hot in zip(tests, maps, strict=True):
        months = monthly[:, test.test]
        after = months.sum(axis=1)
        found = score(hot, monthly[:, test.learn].sum(axis=1), after, areas_km2)
        share = found.area_inside_km2 / found.area_km2
        best = months[hottest_area(after, areas_km2, share_of_area=share)].sum(axis=0)
        # Whole cells rarely fill the area to the last; the exact maximum sets the level.
        best *= found.best_inside / (best.sum() or 1)
        by_month.append(np.column_stack([months[hot].sum(axis=0), months.sum(axis=0), best]))
        summed += astuple(found)
    return _Judged(np.concatenate(by_month), Scores(*summed.tolist()), len(tests))


def _overlap(tests: Sequence[_Test], measure: Measure, request: ForwardTestRequest) -> Interval:
    """Rank-biased overlap of the map learnt and the map of the months that followed."""
    found = np.array([_one_overlap(test, measure) for test in tests])
    if found.size < FEWEST_MONTHS:
        return Interval(float(found.mean()), float("nan"), float("nan"), 0.95)

    def mean(chosen: Ints) -> Floats:
        return np.array([found[chosen].mean()])

    (interval,) = bootstrap_months(mean, found.size, seed=request.seed, resamples=request.resamples)
    return interval


def _one_overlap(test: _Test, measure: Measure) -> float:
    before = test.panel.density(measure, test.learnt)
    after = test.panel.density(measure, test.tested)
    one, other = (np.argsort(-density, kind="stable") for density in (before, after))
    return rank_biased_overlap(one, other)


def _choices(request: ForwardTestRequest, n_tests: int, n_skipped: int) -> tuple[str, ...]:
    skipped = f"; {n_skipped} skipped as months are missing" if n_skipped else ""
    return (
        f"{n_tests} forward tests: density of {request.learn_months} months, scored on the"
        f" {request.test_months} after{skipped}",
        "hit rate: share of later harm (or incidents) inside the map; PAI: hit rate over share"
        " of area; PEI: inside over the most any map of that size could have held",
        "recapture rate index (Levine 2008): hit rate over the share inside when the map was made",
        "sums over all tests before dividing; 95% intervals from"
        f" {request.resamples} resamples of whole months, seed {request.seed}, the best map held",
        "rank-biased overlap: persistence 0.9, map learnt against map of the months after",
        "concentration: generalised Gini of incidents against 199 Poisson maps",
    )
