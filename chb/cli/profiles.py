"""``profile``: the harm profile of an area, to a file and to a readable table."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from chb.cli.output import message_console, print_json, print_table, say
from chb.domain.periods import Period
from chb.services.exporting import check_format, export_profile
from chb.services.profiling import HarmProfile, ProfileRequest, build_profile, profile_totals
from chb.services.workspace import open_workspace
from geo import frames
from geo.cells import to_text

_TOP = 10


def profile(
    *,
    area: Annotated[
        str,
        typer.Option(
            help="Name, code or key of a loaded area (Sheffield, csp:E22000262), or a GeoJSON file."
        ),
    ],
    first: Annotated[str, typer.Option("--from", help="First month, for example 2025-01.")],
    last: Annotated[str, typer.Option("--to", help="Last month, for example 2025-12.")],
    scheme: Annotated[
        str, typer.Option(help="Harm scheme: count, cchi-2026, cchi-2026-sqrt, ons-css.")
    ] = "cchi-2026",
    resolution: Annotated[
        int, typer.Option(help="H3 resolution; 9 is about 0.1 square kilometres.")
    ] = 9,
    bandwidth: Annotated[float, typer.Option(help="Kernel bandwidth in metres.")] = 400.0,
    kernel: Annotated[str, typer.Option(help="quartic, epanechnikov or gaussian.")] = "quartic",
    deprivation: Annotated[
        str, typer.Option(help="auto, none, or the name of a loaded edition.")
    ] = "auto",
    out: Annotated[
        Path | None, typer.Option(help="File to write: .gpkg, .geojson, .parquet or .csv.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Compute the harm profile of an area: one row a cell, its provenance inside the file.

    Example: python -m chb profile --area Sheffield --from 2025-01 --to 2025-12 --out sheffield.gpkg
    """
    if out is not None:
        check_format(out)
    request = ProfileRequest(
        area=area,
        period=Period.parse(first, last),
        scheme=scheme,
        resolution=resolution,
        bandwidth_m=bandwidth,
        kernel=kernel,
        deprivation=deprivation,
    )
    with message_console.status("Computing the profile"):
        result = build_profile(open_workspace(), request)
        if out is not None:
            export_profile(result, out)
    if as_json:
        print_json(_report(result, out))
    else:
        _print_readable(result)
    if out is not None:
        say(f"Written: {out} ({len(result.frame):,} cells)")


def _report(result: HarmProfile, out: Path | None) -> dict[str, Any]:
    return {
        "out": None if out is None else str(out),
        **profile_totals(result),
        "provenance": result.provenance.as_dict(),
    }


def _print_readable(result: HarmProfile) -> None:
    top = result.frame.nlargest(_TOP, frames.DENSITY)
    rows = [
        (cell, int(count), float(harm), float(density))
        for cell, count, harm, density in zip(
            to_text(top[frames.CELL].to_numpy()),
            top[frames.COUNT],
            top[frames.HARM_DAYS],
            top[frames.DENSITY],
            strict=True,
        )
    ]
    provenance = result.provenance
    title = f"{provenance.area}, {provenance.period}, {provenance.scheme} {provenance.edition}"
    print_table(title, ("cell", "count", "harm", provenance.density_unit), rows)
    totals = list(profile_totals(result).items())
    print_table("Totals", ("", ""), [(name.replace("_", " "), value) for name, value in totals])
    for caveat in provenance.caveats:
        say(f"Caveat: {caveat}")
