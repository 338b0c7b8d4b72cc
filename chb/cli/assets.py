"""``assets``: lists of community assets looked at, imported, undone and taken out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from chb.cli.output import print_file, print_json, print_quality, print_table, progress_bar, say
from chb.domain.refusal import Refusal
from chb.services.assets.batches import list_batches
from chb.services.assets.column_choice import choose_columns, column_choice
from chb.services.assets.duplicates import likely_duplicates
from chb.services.assets.importing import confirm_assets, preview_assets
from chb.services.assets.previews import AssetPreview, DecisionKind, same_for_all
from chb.services.assets.refused_rows import refused_csv
from chb.services.assets.undoing import undo_batch
from chb.services.exports.manifests import AT_THE_TERMINAL
from chb.services.exports.preparing import ExportRequest, prepare_export
from chb.services.exports.products import ExportKind
from chb.services.workspace import Workspace, open_workspace

app = typer.Typer(
    help="Community assets: look at what a list would do, import it with one undo, find "
    "duplicates, and take the register out as Open Referral UK.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Paths = Annotated[list[Path], typer.Argument(help="Files or folders, or the ZIP of a package.")]
KindOption = Annotated[
    str | None, typer.Option(help="What the assets are, where the list does not say.")
]
RefusedOption = Annotated[
    Path | None,
    typer.Option("--refused", help="File for the refused rows, to correct and import again."),
]
ByOption = Annotated[str, typer.Option("--by", help="Who does it.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the report as JSON.")]
_MOST_SHOWN: Final = 20


@app.command("preview")
def preview(
    paths: Paths,
    kind: KindOption = None,
    refused: RefusedOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say what importing would do; nothing is stored.

    Example: python -m chb assets preview foodbanks.csv --refused to-correct.csv
    """
    _show(_preview(open_workspace(), paths, kind), refused, as_json=as_json)


@app.command("import")
def import_(
    paths: Paths,
    by: ByOption,
    likely: Annotated[
        DecisionKind | None,
        typer.Option(help="What to do with rows that look like assets that are there."),
    ] = None,
    kind: KindOption = None,
    refused: RefusedOption = None,
    as_json: JsonOption = False,
) -> None:
    """Import lists of assets as one change that one undo takes back.

    Rows that look like assets that are there need --likely: merge each into its likeliest
    match, keep them apart, or leave them out.
    """
    ws = open_workspace()
    found = _preview(ws, paths, kind)
    _show(found, refused, as_json=as_json)
    decisions = {} if likely is None else same_for_all(found.undecided, likely)
    outcome = confirm_assets(ws, found, decisions=decisions, by=by)
    say(outcome.message)
    if outcome.batch is not None:
        say(f"To take it back: python -m chb assets undo {outcome.batch.id}")


@app.command("columns")
def columns(
    path: Annotated[Path, typer.Argument(help="The list, as CSV or XLSX.")],
    chosen: Annotated[
        list[str] | None, typer.Option("--set", help="A column as name=Heading, several times.")
    ] = None,
    by: ByOption = "whoever runs the machine",
) -> None:
    """Show which column of a list is which, or say so; it is remembered by the headings."""
    ws = open_workspace()
    choice = column_choice(ws, path)
    picked = dict(choice.columns)
    for each in chosen or ():
        ours, equals, theirs = each.partition("=")
        if not equals:
            raise Refusal(
                "A column is set as name=Heading", found=f"Found {each!r}", remedy="Add the ="
            )
        picked[ours.strip()] = theirs.strip()
    if chosen:
        choose_columns(ws, choice.headings, picked, by=by)
        say("Remembered for every list with these headings")
    rows = [(name, picked.get(ours, "")) for ours, name in choice.ours.items()]
    print_table(f"Columns of {choice.headings.name}", ("ours", "in the list"), rows)


@app.command("duplicates")
def duplicates(as_json: JsonOption = False) -> None:
    """List pairs of the register that are probably one asset, the likeliest first."""
    headings = ("score", "one", "other", "why")
    rows = [
        (f"{each.score:.2f}", each.one.name, each.other.name, each.reason)
        for each in likely_duplicates(open_workspace())
    ]
    if as_json:
        print_json([dict(zip(headings, row, strict=True)) for row in rows])
    else:
        print_table("Likely duplicates", headings, rows)


@app.command("batches")
def batches() -> None:
    """List imports, merges and other changes of many assets, the newest first."""
    rows = [
        (
            each.id,
            each.kind.value,
            each.title,
            each.made_at.date().isoformat(),
            "undone" if each.is_undone else "",
        )
        for each in list_batches(open_workspace())
    ]
    print_table("Changes of many assets", ("id", "what", "title", "on", "state"), rows)


@app.command("undo")
def undo(
    batch_id: Annotated[str, typer.Argument(help="The id that importing or merging gave.")],
    by: ByOption,
) -> None:
    """Take one import or merge back, whole or not at all."""
    batch = undo_batch(open_workspace(), batch_id, by=by)
    say(f"Undone: {batch.title}")


@app.command("export")
def export(
    out: Annotated[
        Path | None, typer.Option("--out", help="File to write; standard output when left out.")
    ] = None,
    purpose: Annotated[
        str, typer.Option(help="What the file is for; kept inside it and in the audit log.")
    ] = AT_THE_TERMINAL.purpose,
    recipient: Annotated[str, typer.Option(help="Whom it is for.")] = AT_THE_TERMINAL.recipient,
) -> None:
    """Write the register as Open Referral UK JSON, its manifest inside."""
    asked = ExportRequest(ExportKind.ASSETS, ".json")
    made = prepare_export(open_workspace(), asked, purpose=purpose, recipient=recipient)
    if out is None:
        print_file(made.content)
    else:
        _write(out, made.content)


def _preview(ws: Workspace, paths: list[Path], kind: str | None) -> AssetPreview:
    with progress_bar("Looking") as progress:
        return preview_assets(ws, paths, kind=kind, progress=progress)


def _show(found: AssetPreview, refused: Path | None, *, as_json: bool) -> None:
    if refused is not None and found.n_refused:
        _write(refused, refused_csv(found))
    if as_json:
        likely = found.as_frame().query("what == 'likely duplicate'") if found.rows else None
        print_json(
            found.report.as_dict()
            | {"what": {state.value: n for state, n in found.counts.items()}}
            | {"likely": [] if likely is None else likely[["line", "name", "like"]].values.tolist()}
        )
        return
    print_quality(found.report)
    rows = [
        (row.line, row.asset.name, row.likely[0].name, row.likely[0].reason)
        for row in found.undecided[:_MOST_SHOWN]
    ]
    if rows:
        print_table("Likely duplicates", ("row", "name", "is like", "why"), rows)
    say(found.sentence)


def _write(out: Path, content: bytes) -> None:
    try:
        out.write_bytes(content)
    except OSError as fault:
        raise Refusal(f"{out} could not be written", found=fault.strerror or str(fault)) from fault
    say(f"Written: {out}")
