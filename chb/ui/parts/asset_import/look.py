"""Looking at a list of assets once, and remembering in this tab what was found.

Reading takes seconds, and a page runs at every choice: what was read is kept until the
list, or what is said of it, is another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.uploaded_file_manager import UploadedFile

from chb.domain.refusal import Refusal
from chb.services.assets.batches import list_batches
from chb.services.assets.column_choice import ColumnChoice, column_choice
from chb.services.assets.importing import preview_assets
from chb.services.assets.previews import AssetPreview, Decision, PreviewRow
from chb.services.assets.uploads import has_headings, uploaded
from chb.services.exports.products import ExportKind
from chb.ui import cache
from chb.ui.parts.download import forget_prepared

Asked = tuple[str, str, int]
"""The file, what its assets are, and how many changes of the register were undone by then."""

_LOOK: Final = "asset_import_look"
FoundT = TypeVar("FoundT")


@dataclass(frozen=True)
class GivenList:
    """A file, and what its assets are where it does not say."""

    file: UploadedFile
    kind: str | None


@dataclass
class Decisions:
    """Those made at the screen so far, by the number of the row.

    ``turn`` counts how often many were made at once: their fields are other ones then, which
    begin with what was decided.
    """

    made: dict[int, Decision] = field(default_factory=dict)
    turn: int = 0

    def put(self, number: int, decision: Decision | None) -> None:
        """One, or None to take it back."""
        if decision is None:
            self.made.pop(number, None)
        else:
            self.made[number] = decision

    def put_many(self, decisions: Mapping[int, Decision]) -> None:
        """Many at once."""
        self.made.update(decisions)
        self.turn += 1

    def take_back(self) -> None:
        """None is made."""
        self.made.clear()
        self.turn += 1


@dataclass(frozen=True)
class Look:
    """What was found in a list, and what was decided at the screen."""

    asked: Asked
    preview: AssetPreview | None
    refusal: Refusal | None
    choice: ColumnChoice | None
    """The columns of a table; None for a list whose columns nobody need say."""
    decisions: Decisions = field(default_factory=Decisions)

    @property
    def left(self) -> tuple[PreviewRow, ...]:
        """Likely duplicates that are not decided on yet."""
        rows = self.preview.undecided if self.preview else ()
        return tuple(row for row in rows if row.number not in self.decisions.made)


def look_at(given: GivenList) -> Look:
    """What the list holds: as it was found before, or looked at now with a bar of progress.

    The bar's place is always there: one that comes and goes would close what is open below.
    """
    kept: Look | None = st.session_state.get(_LOOK)
    place = st.empty()
    asked = (given.file.file_id, given.kind or "", _n_undone())
    if kept is None or kept.asked != asked:
        kept = _look(given, asked, place)
        st.session_state[_LOOK] = kept
        forget_prepared(ExportKind.REFUSED_ASSETS)  # of another list
    return kept


def forget_look() -> None:
    """The list is read anew in the next run, and decisions are asked for anew."""
    st.session_state.pop(_LOOK, None)


def _n_undone() -> int:
    """What was undone is new again: a list that was looked at before says otherwise."""
    return sum(each.is_undone for each in list_batches(cache.workspace()))


def _look(given: GivenList, asked: Asked, place: DeltaGenerator) -> Look:
    ws, file = cache.workspace(), given.file
    bar = place.progress(0.0, text="Reading")

    def tell(done: int, total: int, what: str) -> None:
        bar.progress(done / total, text=what)

    def choice() -> ColumnChoice | None:
        return column_choice(ws, source()) if has_headings(file.name) else None

    def preview() -> AssetPreview:
        return preview_assets(ws, source(), kind=given.kind, progress=tell)

    source = partial(uploaded, file.name, file.getvalue())
    columns, _ = _found_or_refused(choice)  # what is wrong with the file, the preview says
    found, refusal = _found_or_refused(preview)
    place.empty()
    return Look(asked, found, refusal, columns)


def _found_or_refused(work: Callable[[], FoundT]) -> tuple[FoundT | None, Refusal | None]:
    try:
        return work(), None
    except Refusal as refusal:
        return None, refusal
