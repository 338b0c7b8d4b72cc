"""The planner from a terminal: the disruption log, overdue reviews, a calendar, the menu."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from chb.cli.output import print_file, print_json, print_quality, print_table, say
from chb.domain.refusal import Refusal
from chb.services.exports.manifests import AT_THE_TERMINAL
from chb.services.exports.preparing import ExportRequest, prepare_export
from chb.services.exports.products import ExportKind
from chb.services.planning import disruptions as log
from chb.services.planning.ocg_register import overdue_reviews
from chb.services.planning.tactics import search_tactics
from chb.services.workspace import open_workspace

app = typer.Typer(
    help="The planner: disruptions, overdue reviews, calendars, the menu of tactics.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

JsonOption = Annotated[bool, typer.Option("--json", help="Print the report as JSON.")]
OutOption = Annotated[
    Path | None, typer.Option("--out", help="File to write; standard output when left out.")
]

PurposeOption = Annotated[
    str, typer.Option(help="What the file is for; kept inside it and in the audit log.")
]
RecipientOption = Annotated[str, typer.Option(help="Whom the file is for.")]


@app.command("import-disruptions")
def import_disruptions(
    path: Annotated[Path, typer.Argument(help="The log, as CSV or XLSX.")],
    by: Annotated[str, typer.Option("--by", help="Who imports it.")],
    as_json: JsonOption = False,
) -> None:
    """Add the events of a disruption log; the same log twice doubles nothing."""
    outcome = log.import_disruptions(open_workspace(), path, by=by)
    if as_json:
        print_json(outcome.as_dict())
    else:
        print_quality(outcome.report)
    say(outcome.message)


@app.command("export-disruptions")
def export_disruptions(
    out: OutOption = None,
    purpose: PurposeOption = AT_THE_TERMINAL.purpose,
    recipient: RecipientOption = AT_THE_TERMINAL.recipient,
) -> None:
    """Write the APMIS-ready log of disruptions as CSV, its manifest inside."""
    asked = ExportRequest(ExportKind.DISRUPTION_LOG, ".csv")
    made = prepare_export(open_workspace(), asked, purpose=purpose, recipient=recipient)
    _write(made.content, out)


@app.command("overdue")
def overdue(as_json: JsonOption = False) -> None:
    """List OCGs whose scheduled review is overdue, the longest wait first."""
    rows = [
        (
            each.ocg.code,
            each.score.tier.value if each.score else "not scored",
            each.review_due_on.isoformat(),
            each.ocg.lro,
        )
        for each in overdue_reviews(open_workspace())
    ]
    headings = ("code", "tier", "due on", "lead")
    if as_json:
        print_json([dict(zip(headings, row, strict=True)) for row in rows])
    else:
        print_table("Overdue reviews", headings, rows)


@app.command("calendar")
def calendar(
    who: Annotated[list[str], typer.Argument(help="Name, work e-mail or role, one or more.")],
    out: OutOption = None,
    purpose: PurposeOption = AT_THE_TERMINAL.purpose,
    recipient: RecipientOption = AT_THE_TERMINAL.recipient,
) -> None:
    """Write somebody's dated work as an iCalendar file, its manifest inside."""
    asked = ExportRequest(ExportKind.MY_WORK, ".ics", tuple(who))
    made = prepare_export(open_workspace(), asked, purpose=purpose, recipient=recipient)
    _write(made.content, out)


@app.command("tactics")
def tactics(
    words: Annotated[list[str] | None, typer.Argument(help="Words to look for.")] = None,
) -> None:
    """Search the menu of tactics."""
    rows = [
        (each.key, each.pillar.value, each.what, each.power_or_agency)
        for each in search_tactics(" ".join(words or []))
    ]
    print_table("Menu of tactics", ("key", "P", "what", "power or agency"), rows)


def _write(content: bytes, out: Path | None) -> None:
    if out is None:
        print_file(content)
        return
    try:
        out.write_bytes(content)
    except OSError as fault:
        raise Refusal(f"{out} could not be written", found=fault.strerror or str(fault)) from fault
    say(f"Written: {out}")
