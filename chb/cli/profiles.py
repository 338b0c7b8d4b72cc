"""``profile``: the harm profile of an area, to a file and to a readable table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from chb.cli.options import Output, shared_options
from chb.cli.output import message_console, print_json, print_table, say
from chb.domain.wording import plural
from chb.services.exports.writing import write_harm_profile
from chb.services.harm.combining import look_at_profile
from chb.services.harm.profiling import HarmProfile, ProfileRequest, build_profile, profile_totals
from chb.services.workspace import open_workspace
from geo import frames
from geo.cells import to_text

_TOP = 10


@shared_options
def profile(*, request: ProfileRequest, to: Output) -> None:
    """Compute the harm profile of an area: one row a cell, its provenance inside the file.

    Example: python -m chb profile --area Sheffield --from 2025-01 --to 2025-12 --out sheffield.gpkg
    """
    with message_console.status("Computing the profile"):
        ws = open_workspace()
        result = look_at_profile(ws, build_profile(ws, request))
        if to.out is not None:
            write_harm_profile(ws, result, to.out, to=to.disclosure)
    if to.as_json:
        print_json(_report(result, to.out))
    else:
        _print_readable(result)
    if to.out is not None:
        say(f"Written: {to.out} ({plural(len(result.frame), 'cell')})")


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
