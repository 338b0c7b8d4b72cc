"""``audit``: is the record as it was written, and who did what."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from chb.cli.output import print_json, print_table, say
from chb.domain.audit import AuditAction, AuditQuery, Verdict
from chb.domain.wording import plural
from chb.services import audit
from chb.services.workspace import open_workspace

app = typer.Typer(
    help="The audit log: verify that nobody changed or cut it, search it, renew its key.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

JsonOption = Annotated[bool, typer.Option("--json", help="Print the report as JSON.")]
_MOMENTS = ["%Y-%m-%d", "%Y-%m-%dT%H:%M"]


@app.command("verify")
def verify(
    anchors: Annotated[
        Path | None,
        typer.Option(help="File of anchors, for example a copy kept elsewhere; else the store's."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Read the whole log and say where it was changed, cut or truncated.

    The exit code is 1 unless the log is whole. To be run every night.
    """
    verdict = audit.verify(open_workspace(), anchors)
    if as_json:
        print_json({"is_whole": verdict.is_whole, **asdict(verdict)})
    elif verdict.findings:
        rows = [(each.seq or "", each.fault.value, each.words) for each in verdict.findings]
        print_table("Audit log", ("row", "what happened", "found"), rows)
    refusal = audit.refusal_of(verdict)
    if refusal is not None:
        raise refusal
    _say_whole(verdict)


@app.command("search")
def search(
    *,
    person: Annotated[str, typer.Option(help="Work e-mail of whoever did it.")] = "",
    action: Annotated[AuditAction | None, typer.Option(help="What was done.")] = None,
    kind: Annotated[str, typer.Option(help="Kind of thing, for example nominal.")] = "",
    object_id: Annotated[str, typer.Option("--object", help="Id of the thing.")] = "",
    since: Annotated[
        datetime | None,
        typer.Option("--from", formats=_MOMENTS, help="First day or minute, UTC."),
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option("--to", formats=_MOMENTS, help="Day or minute before which, UTC."),
    ] = None,
    most: Annotated[int, typer.Option(help="At most so many, the newest.")] = 100,
    as_json: JsonOption = False,
) -> None:
    """List who did what to what, the newest first. The search itself is recorded."""
    query = AuditQuery(
        person=person,
        action=action,
        object_kind=kind,
        object_id=object_id,
        since=_utc(since),
        until=_utc(until),
        most=most,
    )
    found = audit.search(open_workspace(), query)
    if as_json:
        print_json([asdict(row) for row in found])
        return
    rows = [
        (
            str(row.seq),
            row.at[:19].replace("T", " "),
            row.person,
            row.action,
            row.object_kind,
            row.object_id,
            row.recipient,
            row.purpose,
        )
        for row in found
    ]
    headings = ("row", "at (UTC)", "person", "action", "kind", "object", "recipient", "purpose")
    print_table("Audit log", headings, rows)
    say(f"{plural(len(found), 'row')}.")


@app.command("renew-key")
def renew_key(
    purpose: Annotated[str, typer.Option(help="Why, for the record.")],
) -> None:
    """Seal the log with a new key from now on; the old one is kept beside it to verify with.

    Also when the key is lost for good: rows up to now can then no longer be verified.
    """
    ws = open_workspace()
    audit.renew_key(ws, purpose=purpose)
    say(f"There is a new key in {ws.store.keys.folder}: keep a copy of that folder safe.")


def _utc(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.replace(tzinfo=UTC)


def _say_whole(verdict: Verdict) -> None:
    for note in verdict.notes:
        say(f"Note: {note}.")
    erased = f", the contents of {verdict.n_erased:,} erased lawfully" if verdict.n_erased else ""
    say(
        f"Whole: {verdict.n_rows:,} rows{erased}; "
        f"{verdict.n_anchors:,} anchors, the newest at row {verdict.anchored_seq:,}."
    )
