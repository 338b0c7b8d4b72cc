"""``import``: bringing data in, each import ending with its account."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from chb.cli.output import print_json, print_quality, progress_bar, say
from chb.domain.refusal import Refusal
from chb.services.loading import importing
from chb.services.loading.incident_import import import_incidents
from chb.services.loading.limited import get_ready
from chb.services.workspace import open_workspace

app = typer.Typer(
    help="Bring data in. Each import ends with an account whose counts add up to the rows read; "
    "the same content twice changes nothing.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.callback()
def begin() -> None:
    """Start what reads files while the store is being opened."""
    get_ready()


Paths = Annotated[list[Path], typer.Argument(help="Files, folders or a ZIP.")]
OnePath = Annotated[Path, typer.Argument(help="The file.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the account as JSON.")]


@app.command("incidents")
def incidents(
    paths: Paths,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put these months in place of loaded ones.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Recorded crime from data.police.uk: a ZIP, its folders, or CSV files.

    Example: python -m chb import incidents downloads/2025-south-yorkshire.zip
    """
    ws = open_workspace()
    with progress_bar("Reading") as progress:
        outcome = import_incidents(ws, paths, replace_months=replace, progress=progress)
    _print(outcome, as_json=as_json)


@app.command("boundaries")
def boundaries(
    paths: Paths,
    kind: Annotated[
        Literal["lsoa", "district", "csp", "ward"], typer.Option(help="What the areas are.")
    ],
    as_json: JsonOption = False,
) -> None:
    """Areas from the ONS Open Geography portal, as GeoJSON.

    Example: python -m chb import boundaries LSOA_2021.geojson --kind lsoa
    """
    ws = open_workspace()
    _print(importing.import_boundaries(ws, paths, layer=kind), as_json=as_json)


@app.command("deprivation")
def deprivation(path: OnePath, as_json: JsonOption = False) -> None:
    """Indices of deprivation: IoD 2025 or 2019 (File 1 or 7), or WIMD; CSV or XLSX."""
    _print(importing.import_deprivation(open_workspace(), path), as_json=as_json)


@app.command("population")
def population(path: OnePath, as_json: JsonOption = False) -> None:
    """Residents by LSOA, from the census or mid-year estimates."""
    _print(importing.import_population(open_workspace(), path), as_json=as_json)


@app.command("lookup")
def lookup(path: OnePath, as_json: JsonOption = False) -> None:
    """An ONS lookup: LSOA 2011 to 2021, LSOA to ward to district, district to partnership."""
    _print(importing.import_lookup(open_workspace(), path), as_json=as_json)


@app.command("assets")
def assets(
    paths: Paths,
    kind: Annotated[
        str | None, typer.Option(help="What the assets are, where the file does not say.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Community assets as they are, with no question asked: python -m chb assets import looks
    for duplicates first, and can be undone.

    The template, OpenStreetMap GeoJSON, Open Referral UK, or a register as CSV.
    """
    ws = open_workspace()
    outcomes, refusals = [], []
    for path in paths:
        try:
            outcomes.append(importing.import_assets(ws, path, kind=kind))
        except Refusal as refusal:
            refusals.append(refusal)
    if as_json and len(paths) > 1:
        accounts = [outcome.as_dict() for outcome in outcomes]
        print_json(accounts + [{"refused": refused.as_dict()} for refused in refusals])
    else:
        for outcome in outcomes:
            _print(outcome, as_json=as_json)
    if len(paths) == 1 and refusals:
        raise refusals[0]
    for refused in refusals:
        say(f"Refused: {refused}")
    if refusals:
        raise typer.Exit(1)


@app.command("postcodes")
def postcodes(path: OnePath, as_json: JsonOption = False) -> None:
    """Where postcodes are (postcode, longitude, latitude), for lists that give no more."""
    _print(importing.import_postcodes(open_workspace(), path), as_json=as_json)


@app.command("ocg-locations")
def ocg_locations(path: OnePath, as_json: JsonOption = False) -> None:
    """Locations of organised crime groups: fill in python -m chb template ocg-locations."""
    _print(importing.import_ocg_locations(open_workspace(), path), as_json=as_json)


@app.command("people")
def people(path: OnePath, as_json: JsonOption = False) -> None:
    """People of the partnership: fill in python -m chb template people."""
    _print(importing.import_people(open_workspace(), path), as_json=as_json)


@app.command("basemap")
def basemap(
    paths: Paths,
    kind: Annotated[
        Literal["roads", "water", "green", "place-names"], typer.Option(help="What is drawn.")
    ],
    as_json: JsonOption = False,
) -> None:
    """What is drawn under the harm, as GeoJSON; maps never fetch tiles from outside."""
    ws = open_workspace()
    _print(importing.import_context(ws, paths, layer=kind), as_json=as_json)


def _print(outcome: importing.ImportOutcome, *, as_json: bool) -> None:
    if as_json:
        print_json(outcome.as_dict())
    else:
        print_quality(outcome.report)
    say(outcome.message)
