"""``hotspots``, ``trend``, ``validate``, ``stability``, ``association``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Final

import typer

from chb.cli import analysis_tables as tables
from chb.cli.options import Output, shared_options
from chb.cli.output import message_console, print_json, progress_bar, records, say
from chb.domain.periods import Period
from chb.domain.refusal import Refusal
from chb.services.exports.writing import write_analysis
from chb.services.harm.analysis import DEFAULT_SEED, Analysis
from chb.services.harm.association import AssociationRequest, find_associations
from chb.services.harm.combining import look_at_profile
from chb.services.harm.exporting import RowKind
from chb.services.harm.forward_test import ForwardTestRequest, run_forward_test
from chb.services.harm.hotspots import HotspotRequest, find_hotspots
from chb.services.harm.priority import COMPONENT_COLUMNS, parse_weights
from chb.services.harm.profiling import ProfileRequest
from chb.services.harm.stability import StabilityRequest, map_stability
from chb.services.harm.trends import TrendRequest, find_trends
from chb.services.workspace import open_workspace

MeasureOption = Annotated[str, typer.Option(help="harm or count.")]
TransformOption = Annotated[
    str,
    typer.Option(help="auto (square-root for harm), none, square-root or winsorised."),
]
CorrectionOption = Annotated[
    str,
    typer.Option(help="benjamini-hochberg, benjamini-yekutieli, bonferroni or none."),
]
AlphaOption = Annotated[float, typer.Option(help="Level of significance after the correction.")]
SeedOption = Annotated[int, typer.Option(help="Seed of every random draw.", min=0)]
MOST_DRAWS: Final = 100_000
RowsOption = Annotated[RowKind, typer.Option(help="What a row of the file is.")]


@shared_options
def hotspots(
    *,
    request: ProfileRequest,
    measure: MeasureOption = "harm",
    transform: TransformOption = "auto",
    rule: Annotated[str, typer.Option(help="gi-star or top-share.")] = "gi-star",
    top: Annotated[float, typer.Option(help="Per cent of the area, under top-share.")] = 5.0,
    correction: CorrectionOption = "benjamini-hochberg",
    alpha: AlphaOption = 0.05,
    permutations: Annotated[
        int,
        typer.Option(
            help="0 for the normal distribution, else at least 9,999.", min=0, max=MOST_DRAWS
        ),
    ] = 0,
    whole: Annotated[
        bool, typer.Option("--whole", help="Do not divide contiguous patches at their dips.")
    ] = False,
    desert_events: Annotated[
        int,
        typer.Option(help="High harm on fewer incidents than this is a frequency desert.", min=0),
    ] = 10,
    against_from: Annotated[str, typer.Option(help="First month to follow hotspots from.")] = "",
    against_to: Annotated[str, typer.Option(help="Last month to follow hotspots from.")] = "",
    weights: Annotated[
        str,
        typer.Option(help=f"Priority, as harm=1,persistence=1. Of {', '.join(COMPONENT_COLUMNS)}."),
    ] = "",
    seed: SeedOption = DEFAULT_SEED,
    rows: RowsOption = RowKind.TABLE,
    to: Output,
) -> None:
    """Find hotspots as named places, follow them from an earlier period, and rank them.

    Example: python -m chb hotspots --area Sheffield --from 2025-07 --to 2025-12
    --against-from 2025-01 --against-to 2025-06 --out hotspots.gpkg
    """
    asked = HotspotRequest(
        profile=request,
        measure=measure,
        transform=transform,
        rule=rule,
        correction=correction,
        alpha=alpha,
        permutations=permutations,
        seed=seed,
        share_of_area=top / 100,
        saddle_share=0.0 if whole else HotspotRequest.saddle_share,
        desert_events=desert_events,
        against=_against(against_from, against_to),
        weights=parse_weights(weights) if weights else None,
    )
    with message_console.status("Looking for hotspots"):
        ws = open_workspace()
        found = find_hotspots(ws, asked)
        look_at_profile(ws, found.profile)
    _hand_out(found, to, rows=rows, layer="hotspots", more={"earlier": records(found.earlier)})
    if not to.as_json:
        tables.print_hotspots(found)


@shared_options
def trend(
    *,
    request: ProfileRequest,
    measure: MeasureOption = "harm",
    transform: TransformOption = "auto",
    correction: CorrectionOption = "benjamini-hochberg",
    alpha: AlphaOption = 0.05,
    patterns: Annotated[str, typer.Option(help="simple, or arcgis for the eight.")] = "simple",
    recent_months: Annotated[
        int, typer.Option(help="Months that count as recent; 0 for the last quarter.")
    ] = 0,
    rows: RowsOption = RowKind.CELLS,
    to: Output,
) -> None:
    """Say which cells stay hot, emerge, were hot, or come and go, month by month.

    Example: python -m chb trend --area Marram --from 2024-01 --to 2025-12 --recent-months 12
    """
    asked = TrendRequest(
        profile=request,
        measure=measure,
        transform=transform,
        correction=correction,
        alpha=alpha,
        patterns=patterns,
        recent_months=recent_months or None,
    )
    with message_console.status("Following every cell"):
        found = find_trends(open_workspace(), asked)
    _hand_out(found, to, rows=rows, layer="trend")
    if not to.as_json:
        tables.print_trends(found)


@shared_options
def validate(
    *,
    request: ProfileRequest,
    learn_months: Annotated[int, typer.Option(help="Months a map is made from.")] = 3,
    test_months: Annotated[int, typer.Option(help="Months after it that judge it.")] = 3,
    top: Annotated[str, typer.Option(help="Sizes of map, per cent of the area.")] = "1,2,5",
    resamples: Annotated[
        int, typer.Option(help="Resamples of months for intervals.", min=0, max=MOST_DRAWS)
    ] = 999,
    seed: SeedOption = DEFAULT_SEED,
    rows: RowsOption = RowKind.TABLE,
    to: Output,
) -> None:
    """Would last quarter's map have found this quarter's harm?

    Example: python -m chb validate --area Sheffield --from 2025-01 --to 2025-12
    """
    asked = ForwardTestRequest(
        profile=request,
        shares_of_area=tuple(share / 100 for share in _numbers(top)),
        learn_months=learn_months,
        test_months=test_months,
        resamples=resamples,
        seed=seed,
    )
    with message_console.status("Judging earlier maps"):
        found = run_forward_test(open_workspace(), asked)
    _hand_out(found, to, rows=rows, layer="forward_test", more=tables.forward_extras(found))
    if not to.as_json:
        tables.print_forward_test(found)


@shared_options
def stability(
    *,
    request: ProfileRequest,
    schemes: Annotated[str, typer.Option(help="With commas between; all when left out.")] = "",
    bandwidths: Annotated[
        str, typer.Option(help="Metres, with commas between; 1, 1.25 and 1.5 times --bandwidth.")
    ] = "",
    resolutions: Annotated[
        str, typer.Option(help="With commas between; --resolution and the next finer.")
    ] = "",
    top: Annotated[float, typer.Option(help="Per cent of cells that are the hottest.")] = 5.0,
    rows: RowsOption = RowKind.CELLS,
    to: Output,
) -> None:
    """Say which cells stay among the hottest when scheme, bandwidth, grid and year change.

    Example: python -m chb stability --area Sheffield --from 2025-01 --to 2025-12 --out steady.gpkg
    """
    asked = StabilityRequest(
        profile=request,
        schemes=tuple(name.strip() for name in schemes.split(",") if name.strip()),
        bandwidths_m=_numbers(bandwidths),
        resolutions=_whole_numbers(resolutions),
        top_share=top / 100,
    )
    with progress_bar("Stability") as progress:
        found = map_stability(open_workspace(), asked, progress=progress)
    _hand_out(found, to, rows=rows, layer="stability")
    if not to.as_json:
        tables.print_stability(found)


@shared_options
def association(
    *,
    request: ProfileRequest,
    domain: Annotated[
        str, typer.Option(help="For the two-variable map: auto, imd, imd_without_crime, income...")
    ] = "auto",
    resamples: Annotated[
        int,
        typer.Option(
            help="Resamples of cells for intervals; 0 for Fisher's formula.", min=0, max=MOST_DRAWS
        ),
    ] = 0,
    seed: SeedOption = DEFAULT_SEED,
    rows: RowsOption = RowKind.CELLS,
    to: Output,
) -> None:
    """Correlate harm with each domain of deprivation in this area, with crime and without.

    Example: python -m chb association --area Sheffield --from 2025-01 --to 2025-12
    """
    asked = AssociationRequest(profile=request, against=domain, resamples=resamples, seed=seed)
    with message_console.status("Comparing harm with deprivation"):
        found = find_associations(open_workspace(), asked)
    _hand_out(found, to, rows=rows, layer="association")
    if not to.as_json:
        tables.print_associations(found)


COMMANDS: Final[dict[str, Callable[..., None]]] = {
    "hotspots": hotspots,
    "trend": trend,
    "validate": validate,
    "stability": stability,
    "association": association,
}


def _against(first: str, last: str) -> Period | None:
    if bool(first) != bool(last):
        raise Refusal(
            "An earlier period has a first and a last month",
            found=f"Found only {first or last}",
            remedy="Give both --against-from and --against-to",
        )
    return Period.parse(first, last) if first else None


def _numbers(text: str) -> tuple[float, ...]:
    try:
        return tuple(float(part) for part in text.split(",") if part.strip())
    except ValueError as fault:
        raise Refusal(
            "A list of numbers has commas between them",
            found=f"Found {text!r}",
            remedy="Write, for example, 1,2,5",
        ) from fault


def _whole_numbers(text: str) -> tuple[int, ...]:
    numbers = _numbers(text)
    if any(number % 1 for number in numbers):
        raise Refusal("Resolutions are whole numbers", found=f"Found {text!r}")
    return tuple(int(number) for number in numbers)


def _hand_out(
    found: Analysis, to: Output, *, rows: RowKind, layer: str, more: dict[str, Any] | None = None
) -> None:
    if to.out is not None:
        ws = open_workspace()
        write_analysis(ws, found, to.out, rows=rows, layer=layer, to=to.disclosure)
        say(f"Written: {to.out}")
    if to.as_json:
        print_json(
            {
                "out": None if to.out is None else str(to.out),
                "table": records(found.table),
                **(more or {}),
                "provenance": found.provenance.as_dict(),
            }
        )
