"""Empty lists to fill in a spreadsheet, for what has no public format."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import Final

from chb.domain.assets.register import AssetStatus
from chb.domain.ocgs.locations import LARGEST_RADIUS_M, Confidence, LocationKind
from chb.domain.planning.disruptions import DisruptionLevel
from chb.domain.planning.plans import Pillar
from chb.domain.refusal import Refusal
from chb.sources.disruptions import DISRUPTION_COLUMNS
from chb.sources.reading import (
    ASSET_COLUMNS,
    ASSET_DETAIL_COLUMNS,
    OCG_LOCATION_COLUMNS,
    PEOPLE_COLUMNS,
)
from chb.sources.timetables import EXAMPLE


@dataclass(frozen=True)
class Template:
    """What a list is for, its columns with a word on each, and one row as an example."""

    purpose: str
    columns: tuple[str, ...]
    help: tuple[str, ...]
    example: tuple[str, ...]


_ASSET_TEMPLATE: Final = (
    *(name for name in ASSET_COLUMNS if name != "source_id"),
    *(name for name in ASSET_DETAIL_COLUMNS if name not in ("outline", "flags")),
)

TEMPLATES: Final[dict[str, Template]] = {
    "ocg-locations": Template(
        purpose="Locations of organised crime groups. Use the group's code, never a name.",
        columns=OCG_LOCATION_COLUMNS,
        help=(
            f"kind: {', '.join(LocationKind)}",
            "longitude, latitude: decimal degrees, WGS84",
            f"radius_m: how uncertain the place is, in metres, at most {LARGEST_RADIUS_M:,}",
            f"confidence: {', '.join(Confidence)}",
            "valid_from, valid_to: 2025-03-31 or 31/03/2025; leave blank when not known",
            "source, handling: where it comes from, and who may see it; both are needed",
        ),
        example=(
            *("OCG-07", "dealing location", "-1.4701", "53.3811", "250"),
            *("medium", "2025-03-01", "", "intelligence log 41", "police only"),
        ),
    ),
    "assets": Template(
        purpose="Community assets: places, groups and services.",
        columns=_ASSET_TEMPLATE,
        help=(
            "kind: a key of data/reference/asset_kinds.csv, for example library or sports_club",
            "longitude, latitude: decimal degrees, WGS84",
            "contact_role: a role such as centre manager, not a private person",
            f"sessions: {EXAMPLE}",
            "services: what it offers, with a semicolon between; youngest, oldest: ages in years",
            "opening_text: hours such as Mon-Fri 9am-5pm, where there are no sessions",
            f"status: {', '.join(AssetStatus)}; leave blank when not known",
            "accepts_referrals: yes or no",
            "verified_on: the day somebody last checked it, 2025-03-31 or 31/03/2025",
        ),
        example=(
            *("Foxhill Library", "library", "-1.4701", "53.3811", "2 Palgrave Road", "S5 8GR"),
            *("branch librarian", "", "Monday 18:00-20:00 Homework club (10-16)", "2025-03-31"),
            *("study space and computers", "8", "", "free", "step-free", "40", ""),
            *("found", "no"),
        ),
    ),
    "people": Template(
        purpose="People of the partnership who lead or own work.",
        columns=PEOPLE_COLUMNS,
        help=("work_email: a work address; it identifies the person",),
        example=(
            "Sam Taylor",
            "City Council",
            "community co-ordinator",
            "sam.taylor@example.gov.uk",
        ),
    ),
    "disruptions": Template(
        purpose="A log of disruptions, one event on each row, from any partner.",
        columns=DISRUPTION_COLUMNS,
        help=(
            "reference: your own number; a row with one that is known is not added again",
            "happened_on: 2025-03-31 or 31/03/2025",
            f"level: {', '.join(DisruptionLevel)}, as you propose it; a panel moderates it",
            f"pillar: {', '.join(Pillar)}; credited: other Ps, with a semicolon between them",
            "ocg_code, place: a registered code, the name of a place, or both",
            "impact_awareness and its like may be added: impact_ and a key of "
            "data/reference/disruption_prompts.csv",
        ),
        example=(
            *("2025-041", "2025-03-31", "Two lock-ups emptied under a partial closure order"),
            *("minor", "Pursue", "City Council", "", "Foxhill", "Protect"),
        ),
    ),
}


def template_csv(kind: str) -> str:
    """The empty list as CSV text: lines of help behind #, then the header. Refusal if unknown."""
    template = TEMPLATES.get(kind)
    if template is None:
        raise Refusal(
            f"There is no template called {kind!r}",
            found=f"There are {', '.join(TEMPLATES)}",
            remedy="Ask for one of these; everything else has a public format",
        )
    lines = [template.purpose, *template.help, f"example: {_row(template.example)}"]
    help_text = "".join(f"# {line}\n" for line in lines)
    return f"{help_text}{_row(template.columns)}\n"


def _row(cells: tuple[str, ...]) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="").writerow(cells)
    return stream.getvalue()
