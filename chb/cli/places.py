"""``places``: what is worked on where, from a terminal."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from chb.cli.output import print_json, print_table
from chb.domain.places.phases import Phase
from chb.domain.places.places import Place
from chb.services.places.register import find_place, list_places
from chb.services.workspace import Workspace, open_workspace

app = typer.Typer(help="Places: list them, show one.", no_args_is_help=True, rich_markup_mode=None)

JsonOption = Annotated[bool, typer.Option("--json", help="Print the report as JSON.")]


@app.command("list")
def list_all(as_json: JsonOption = False) -> None:
    """Every place with its three phases as they stand today."""
    ws = open_workspace()
    places = list_places(ws)
    if as_json:
        print_json([_plain(ws, place) for place in places])
        return
    rows = [
        (
            place.name,
            place.area_name,
            place.headline(ws.today()),
            len(place.boundary.cells),
            place.boundary.version,
        )
        for place in places
    ]
    print_table("Places", ("name", "area", "now", "cells", "boundary version"), rows)


@app.command("show")
def show(
    name: Annotated[str, typer.Argument(help="The place's name, now or earlier, or its id.")],
    as_json: JsonOption = False,
) -> None:
    """One place: its phases, what is tied to it, and its whole history."""
    ws = open_workspace()
    place = find_place(ws, name)
    if as_json:
        print_json(_plain(ws, place))
        return
    print_table(
        f"{place.name}: {place.headline(ws.today())}",
        ("phase", "intensity", "from", "by", "reason"),
        [
            (change.phase, change.intensity, change.effective_on, change.recorded_by, change.reason)
            for change in place.history
        ],
    )
    print_table(
        "Boundary",
        ("version", "change", "cells", "from", "reason"),
        [
            (drawn.version, drawn.change, len(drawn.cells), drawn.valid_from, drawn.reason)
            for drawn in place.boundaries
        ],
    )
    tied = [(tie.kind, tie.subject, tie.effective_on) for tie in place.tied(ws.today())]
    print_table("Tied to it", ("kind", "what or who", "since"), tied)


def _plain(ws: Workspace, place: Place) -> dict[str, Any]:
    intensities = place.intensities(ws.today())
    return {
        "id": place.id,
        "name": place.name,
        "earlier_names": list(place.earlier_names),
        "area": place.area_name,
        "headline": place.headline(ws.today()),
        "phases": {phase.value: intensities[phase] for phase in Phase},
        "is_open": place.is_open(ws.today()),
        "version": place.version,
        "boundary_version": place.boundary.version,
        "cells": [f"{cell:x}" for cell in sorted(place.boundary.cells)],
        "tied": [
            {"kind": tie.kind.value, "subject": tie.subject, "since": str(tie.effective_on)}
            for tie in place.tied(ws.today())
        ],
    }
