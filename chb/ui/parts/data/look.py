"""Looking at a file once, and remembering in this tab what was found, until it is another file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from chb.domain.refusal import Refusal
from chb.services.loading.previews import ImportPreview
from chb.services.loading.uploads import Upload
from chb.services.progress import ProgressReport
from chb.ui import cache
from chb.ui.parts.words import literal

Asked = tuple[str, str, str, str]
"""The file, its kind, its layer, and the version of the data that it was compared with."""

_LOOK: Final = "data_look"


@dataclass(frozen=True)
class Look:
    """What was found in a file: a preview, or why there is none."""

    asked: Asked
    preview: ImportPreview | None
    refusal: Refusal | None


def look_at(upload: Upload, *, file_id: str) -> Look:
    """As it was found before, or looked at now with a bar of progress.

    The bar's place is always there: one that comes and goes would move what is below.
    """
    kept: Look | None = st.session_state.get(_LOOK)
    place = st.empty()
    asked = (file_id, upload.kind.key, upload.layer, cache.data_version())
    if kept is None or kept.asked != asked:
        kept = _look(upload, asked, place)
        st.session_state[_LOOK] = kept
    return kept


def forget_look() -> None:
    """The file is read anew in the next run."""
    st.session_state.pop(_LOOK, None)


def bar_in(place: DeltaGenerator, first: str) -> ProgressReport:
    """A bar of progress in a place, and what moves it."""
    bar = place.progress(0.0, text=first)

    def tell(done: int, total: int, what: str) -> None:
        bar.progress(min(1.0, done / max(1, total)), text=f"{first}: {literal(what)}")

    return tell


def _look(upload: Upload, asked: Asked, place: DeltaGenerator) -> Look:
    try:
        return Look(asked, upload.look(cache.workspace(), bar_in(place, "Reading")), None)
    except Refusal as refusal:
        return Look(asked, None, refusal)
    finally:
        place.empty()
