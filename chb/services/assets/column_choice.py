"""A list whose headings are not known: what they probably mean, and what a person says they do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chb.domain.access.permissions import Permission
from chb.domain.edits import checked_author
from chb.services.access.rules import needs
from chb.services.loading import limited
from chb.services.workspace import Workspace
from chb.sources.asset_columns import MAPPABLE
from chb.sources.asset_headings import Headings
from chb.sources.column_maps import ColumnMap, chosen
from chb.sources.columns import spoken
from chb.sources.files import Sources


@dataclass(frozen=True)
class ColumnChoice:
    """A list's headings with what is proposed, or was chosen for the same headings before."""

    headings: Headings
    columns: Mapping[str, str]
    """Our column to the list's heading."""
    is_remembered: bool

    @property
    def ours(self) -> dict[str, str]:
        """Every column that may be chosen, with its name as a person would say it."""
        return {name: spoken(name) for name in (*MAPPABLE.required, *MAPPABLE.optional)}


@needs(Permission.MANAGE_ASSETS)
def column_choice(ws: Workspace, sources: Sources) -> ColumnChoice:
    """Look at the headings of one CSV or workbook; nothing is kept."""
    headings = limited.read_headings(sources)
    with ws.reading() as tx:
        remembered = tx.asset_column_maps.all().get(headings.fingerprint)
    return ColumnChoice(headings, remembered or headings.proposed, remembered is not None)


@needs(Permission.MANAGE_ASSETS)
def choose_columns(
    ws: Workspace, headings: Headings, columns: Mapping[str, str], *, by: str
) -> ColumnMap:
    """Remember which columns are which, for this list and every other with its headings.

    ``columns`` is our column to the list's heading; an empty heading is none. Raises
    Refusal when a heading is chosen twice, is not in the list, or too few are chosen.
    """
    column_map = chosen(headings.headings, columns, MAPPABLE)
    column_map.check_whole(headings.headings, headings.name)
    author = checked_author(by)
    with ws.writing() as tx:
        tx.asset_column_maps.put(column_map.fingerprint, column_map.columns, by=author, at=ws.now())
    return column_map
