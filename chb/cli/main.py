"""Holdfast on the command line."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from chb.cli import (
    accounts,
    analysis,
    assets,
    audit,
    backups,
    imports,
    places,
    planner,
    profiles,
    retention,
    server,
)
from chb.cli.output import print_json, print_table, progress_bar, say
from chb.domain.refusal import Refusal
from chb.services.loading import demo as demo_service
from chb.services.loading.catalogue import Status
from chb.services.loading.catalogue import status as describe
from chb.services.loading.templates import TEMPLATE_KINDS, template
from chb.services.workspace import open_workspace

app = typer.Typer(
    name="python -m chb",
    help="Harm hotspots and Clear-Hold-Build planning. CHB_HOME names the runtime folder "
    "(default data/runtime). Reports go to standard output, progress and messages to standard "
    "error. Exit codes: 0 done, 1 refused with a reason, 2 wrong usage.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.add_typer(imports.app, name="import")
app.command("profile")(profiles.profile)
for name, command in analysis.COMMANDS.items():
    app.command(name)(command)
app.command("serve")(server.serve)
app.add_typer(places.app, name="places")
app.add_typer(planner.app, name="planner")
app.add_typer(assets.app, name="assets")
app.add_typer(accounts.app, name="account")
app.add_typer(audit.app, name="audit")
app.add_typer(retention.app, name="retention")
app.command("backup")(backups.backup)
app.command("restore")(backups.restore)
app.command("check")(backups.check)

JsonOption = Annotated[bool, typer.Option("--json", help="Print the report as JSON.")]


@app.command("template")
def write_template(
    kind: Annotated[str, typer.Argument(help=f"One of {', '.join(TEMPLATE_KINDS)}.")],
    out: Annotated[
        Path | None, typer.Option("--out", help="File to write; standard output when left out.")
    ] = None,
) -> None:
    """Write an empty, commented CSV for data that has no public format.

    Fill it in with a spreadsheet, then import it: lines that start with # are skipped.
    """
    text = template(kind)
    if out is None:
        print(text, end="")
        return
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as fault:
        raise Refusal(f"{out} could not be written", found=fault.strerror or str(fault)) from fault
    say(f"Written: {out}")


@app.command()
def demo(as_json: JsonOption = False) -> None:
    """Make the synthetic sample place, or make it afresh; nothing else is touched."""
    ws = open_workspace()
    with progress_bar("Sample place") as progress:
        demo_service.create_sample_place(ws, progress=progress)
    say("The sample place is ready: a synthetic borough called Marram.")
    _print_status(describe(ws), as_json=as_json)


@app.command()
def status(as_json: JsonOption = False) -> None:
    """Say what is loaded: forces and months, boundaries, deprivation, places, assets."""
    _print_status(describe(open_workspace()), as_json=as_json)


def _print_status(found: Status, *, as_json: bool) -> None:
    if as_json:
        print_json(found.as_dict())
        return
    if found.is_empty:
        say(f"{found.home} is empty. Next: python -m chb demo, or python -m chb import --help")
        return
    forces = [
        (
            force.force,
            force.rows,
            str(force.first),
            str(force.last),
            ", ".join(str(month) for month in force.missing) or "none",
        )
        for force in found.incidents
    ]
    print_table("Incidents", ("force", "rows", "from", "to", "months missing"), forces)
    frames = [(frame.kind, frame.name, frame.rows, frame.source_name) for frame in found.frames]
    print_table("Loaded", ("kind", "name", "rows", "source"), frames)
    records = [
        ("places", found.n_places),
        ("assets", found.n_assets),
        ("OCG locations", found.n_ocg_locations),
        ("people", found.n_people),
    ]
    print_table("Records", ("", "number"), records)


def run(arguments: Sequence[str]) -> int:
    """Run a command and return its exit code; a refusal is a sentence, never a traceback."""
    try:
        app(args=list(arguments))
    except Refusal as refusal:
        say(f"Refused: {refusal}")
        if "--json" in arguments:
            print_json({"refused": refusal.as_dict()})
        return 1
    except SystemExit as stop:
        return int(stop.code or 0)
    return 0


def main() -> None:
    """What ``python -m chb`` runs."""
    sys.exit(run(sys.argv[1:]))
