"""Open Referral UK as JSON: one service, a list of them, or a page of a directory's answer."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pandas as pd

from chb.domain.refusal import Refusal
from chb.sources.files import InputFile
from chb.sources.open_referral.plain import part_of, parts_of
from chb.sources.open_referral.services import service_rows
from chb.sources.tables import Table

_PAGE: Final = ("contents", "content", "services")
"""Under these a page or an organisation keeps its list."""
_OF_A_SERVICE: Final = frozenset(
    {"status", "service_at_locations", "schedules", "organization", "minimum_age"}
)


def is_service_list(parsed: Any) -> bool:
    """Whether JSON is of Open Referral UK; GeoJSON has a type, and no services."""
    return bool(_services(parsed))


def service_table(parsed: Any, file: InputFile, *, notes: tuple[str, ...], today: date) -> Table:
    """The services as a table of text with the columns an asset list has, a row a location."""
    services = _services(parsed)
    return rows_table(
        file.name,
        file.sha256,
        [row for service in services for row in service_rows(service, today)],
        notes=(*notes, *_page_notes(parsed, file.name)),
    )


def rows_table(
    name: str, sha256: str, rows: list[dict[str, str]], *, notes: tuple[str, ...]
) -> Table:
    """Rows of services as a table whose lines count from 1; Refusal when there are none."""
    if not rows:
        raise Refusal(
            f"{name} lists no service",
            cause="The list was probably filtered to nothing",
            remedy="Export it again; nothing was imported",
        )
    frame = pd.DataFrame(rows, index=range(1, len(rows) + 1), dtype="str")
    return Table(name, sha256, frame, len(rows), notes=notes, is_ours=True)


def _services(parsed: Any) -> list[dict[str, Any]]:
    """The services of a document, each with its locations; none when it is not of services."""
    if isinstance(parsed, list):
        return [service for each in parsed for service in _services(each)]
    if not isinstance(parsed, dict) or "type" in parsed:
        return []
    if "service" in parsed:
        service = part_of(parsed, "service")
        place = {key: value for key, value in parsed.items() if key != "service"}
        return [{**service, "service_at_locations": [place]}] if service else []
    listed = next((name for name in _PAGE if isinstance(parsed.get(name), list)), None)
    if listed is not None:
        organisation = {"organization": parsed} if "name" in parsed else {}
        found = [service for each in parts_of(parsed, listed) for service in _services(each)]
        return [organisation | service for service in found]
    return [parsed] if "name" in parsed and not _OF_A_SERVICE.isdisjoint(parsed) else []


def _page_notes(parsed: Any, name: str) -> tuple[str, ...]:
    """A warning where a directory's answer is one page of several."""
    pages = parsed.get("total_pages") if isinstance(parsed, dict) else None
    if isinstance(pages, int) and pages > 1:
        page = parsed.get("page_number")
        return (f"{name} is page {page} of {pages}: fetch the others too",)
    return ()
