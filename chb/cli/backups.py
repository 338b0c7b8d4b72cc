"""``backup``, ``restore`` and ``check``: all of them while people work on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from chb.cli.output import print_json, print_table, say
from chb.domain.refusal import Refusal
from chb.domain.wording import plural
from chb.services import backups
from chb.services.workspace import open_workspace

JsonOption = Annotated[bool, typer.Option("--json", help="Print the report as JSON.")]


def backup(
    path: Annotated[Path, typer.Argument(help="File to write, for example monday.zip.")],
    as_json: JsonOption = False,
) -> None:
    """Write everything to one file: every record and every frame, as of one moment.

    It holds all that the store holds: keep it as safe as the store itself.
    """
    kept = backups.back_up_store(open_workspace(), path)
    if as_json:
        print_json(kept.as_dict())
    say(f"Written: {kept.path} ({plural(kept.n_rows, 'row')}, {plural(kept.n_frames, 'frame')})")


def restore(
    path: Annotated[Path, typer.Argument(help="A file that backup wrote.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Remove everything the store holds first.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Put a backup into an empty store, on SQLite or PostgreSQL, wherever it was made.

    All of it or nothing: a backup that is not whole changes nothing.
    """
    kept = backups.restore_store(open_workspace(), path, replace=replace)
    if as_json:
        print_json(kept.as_dict())
    said = f"{plural(kept.n_rows, 'row')}, {plural(kept.n_frames, 'frame')}"
    say(f"Restored: {said}, made {kept.made_at}")


def check(as_json: JsonOption = False) -> None:
    """Read every record and every frame once, and say what is wrong. Changes nothing."""
    found = backups.check(open_workspace())
    if as_json:
        print_json(
            {
                "database": found.database,
                "schema": found.schema,
                "rows": found.rows,
                "frames": found.n_frames,
                "problems": list(found.problems),
            }
        )
    else:
        rows = [(table, number) for table, number in found.rows.items() if number]
        print_table(f"{found.database}, schema {found.schema}", ("table", "rows"), rows)
    if not found.is_sound:
        raise Refusal(
            "The store is not sound",
            found="; ".join(found.problems[:5]),
            remedy="Restore the last backup that passes the check, or import the named frames",
        )
    said = f"{plural(sum(found.rows.values()), 'row')} and {plural(found.n_frames, 'frame')}"
    say(f"Sound: {said} read.")
