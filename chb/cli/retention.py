"""``retention``: what is due for review, what is held, and disposing of what may go."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

import typer

from chb.cli.output import print_json, print_table, say
from chb.domain.refusal import Refusal
from chb.domain.retention import Hold, KeptKind, Outcome, spoken
from chb.services import disposal, retention
from chb.services.retention import DueRecord
from chb.services.workspace import Workspace, open_workspace

app = typer.Typer(
    help="Review, retention, disposal: due, keep, hold, holds, lift, dispose. The periods are "
    "the force's own policy, in data/reference/retention.csv.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Kind = Annotated[KeptKind, typer.Argument(help="Kind of thing.")]
RecordId = Annotated[str, typer.Argument(help="Its id, as due lists it.")]
By = Annotated[str, typer.Option(help="Who says so, for the record.")]
Why = Annotated[str, typer.Option(help="Why, for the record.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the report as JSON.")]


@app.command("due")
def due(
    kind: Annotated[list[KeptKind] | None, typer.Option(help="Only these; may repeat.")] = None,
    on: Annotated[
        datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d"], help="Due by this day; today when left out."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """List what is due for review, the longest overdue first. Nothing is changed."""
    day = None if on is None else on.date()
    found = retention.due_for_review(open_workspace(), kind or tuple(KeptKind), on=day)
    if as_json:
        print_json([_as_dict(each) for each in found])
        return
    rows = [tuple(_as_dict(each).values()) for each in found]
    print_table("Due for review", ("kind", "id", "name", "due", "held", "to go"), rows)
    say(f"{len(found):,} due.")


@app.command("keep")
def keep(
    kind: Kind,
    record_id: RecordId,
    until: Annotated[
        datetime, typer.Option(formats=["%Y-%m-%d"], help="The day of the next review.")
    ],
    why: Why,
    by: By,
) -> None:
    """Record a review that decided to keep a thing."""
    review = retention.record_review(
        open_workspace(),
        kind,
        record_id,
        outcome=Outcome.KEEP,
        why=why,
        by=by,
        keep_until=until.date(),
    )
    say(f"Kept: its next review is on {review.keep_until:%d %B %Y}.")


@app.command("hold")
def hold(kind: Kind, record_id: RecordId, why: Why, by: By) -> None:
    """Let nobody dispose of a thing, nor of what it would go with, until it is lifted."""
    placed = retention.place_hold(open_workspace(), kind, record_id, why=why, by=by)
    say(f"Held. To lift it: python -m chb retention lift {placed.id} --help")


@app.command("holds")
def holds(as_json: JsonOption = False) -> None:
    """List the holds in force, the oldest first."""
    rows = [
        (each.id, each.record_kind.value, each.record_id, str(each.placed_on), each.placed_by)
        for each in retention.list_holds(open_workspace())
    ]
    headings = ("hold", "kind", "id", "since", "by")
    if as_json:
        print_json([dict(zip(headings, row, strict=True)) for row in rows])
        return
    print_table("Holds", headings, rows)


@app.command("lift")
def lift(
    hold_id: Annotated[str, typer.Argument(help="The hold's own id, as holds lists it.")],
    why: Why,
    by: By,
) -> None:
    """End a hold."""
    ws = open_workspace()
    retention.lift_hold(ws, _hold(ws, hold_id), why=why, by=by)
    say("Lifted.")


@app.command("dispose")
def dispose(
    kind: Kind,
    record_id: RecordId,
    reason: Annotated[str, typer.Option(help="Why; it stays for ever, so describe nothing.")],
    is_sure: Annotated[
        bool, typer.Option("--yes", help="Do it; without this, say only what would go.")
    ] = False,
) -> None:
    """Take a thing, and all that goes with it, out for good. Backups made before age out."""
    ws = open_workspace()
    if not is_sure:
        preview = disposal.preview_disposal(ws, kind, record_id)
        say(f"This would go for good: {_listed(preview.counts)}. Add --yes to do it.")
        return
    gone = disposal.dispose(ws, kind, record_id, reason=reason)
    say(f"Gone: {_listed(gone.counts)}; contents of {gone.n_bodies:,} rows of the audit log.")
    if not gone.is_scrubbed:
        say("The file was busy: its freed space is cleared with the next disposal.")


def _hold(ws: Workspace, hold_id: str) -> Hold:
    for each in retention.list_holds(ws):
        if each.id == hold_id:
            return each
    raise Refusal(
        "There is no such hold in force",
        found=hold_id[:80],
        remedy="List them: python -m chb retention holds",
    )


def _as_dict(each: DueRecord) -> dict[str, str]:
    return {
        "kind": each.kept.kind.value,
        "id": each.kept.record_id,
        "name": each.kept.name,
        "due": each.due_on.isoformat(),
        "held": "held" if each.holds else "",
        "to go": "to go" if each.is_to_go else "",
    }


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{number:,} {spoken(name)}" for name, number in counts.items())
