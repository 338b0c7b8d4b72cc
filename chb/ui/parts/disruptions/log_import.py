"""Bring a log in from the page: what would be read is shown before anything is added."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from chb.domain.quality import RefusedRows
from chb.domain.wording import plural
from chb.services.planning import disruptions
from chb.services.planning.disruptions import LogPreview
from chb.ui import cache, session
from chb.ui.parts.download import offer_template
from chb.ui.parts.forms import ask_author, save
from chb.ui.parts.notices import refusals_shown, warn_that_demo_ends
from chb.ui.parts.sending import send_button
from chb.ui.parts.upload import ask_file
from chb.ui.parts.words import literal, literal_html

_FORM: Final = "import_disruptions"
_MOST_REFUSED: Final = 50
_MOST_PX: Final = 230
_ROW_PX: Final = 35


def show_import_log(names: dict[str, str]) -> None:
    """An empty form to fill in, the upload, its preview, and the button that adds it."""
    offer_template("Empty list to fill in (CSV)", "disruptions")
    file = ask_file(
        "A log as CSV or workbook",
        endings=("csv", "xlsx"),
        key=f"{session.form_key(_FORM)}:file",
        command="python -m chb planner import-disruptions PATH",
    )
    if file is None:
        st.caption("Nothing is added before you have seen what was read.")
        return
    with refusals_shown():
        _show_and_ask(file.name, file.getvalue(), names)


def _show_and_ask(name: str, data: bytes, names: dict[str, str]) -> None:
    source = disruptions.uploaded(name, data)
    found = disruptions.preview_disruptions(cache.workspace(), source)
    if found.as_before:
        st.info(f"{literal(found.as_before)}.", icon=":material/content_copy:")
        return
    _show_preview(found, names)
    if not found.new:
        st.info("Every event is in the log already.", icon=":material/content_copy:")
        return
    warn_that_demo_ends()
    with st.form(session.form_key(_FORM), border=False):
        by = ask_author()
        sent = send_button(_FORM, f"Add {plural(len(found.new), 'disruption')}")
    if sent:
        save(
            _FORM,
            lambda _key: _sentence(
                disruptions.import_disruptions(cache.workspace(), source, by=by).message
            ),
        )


def _show_preview(found: LogPreview, names: dict[str, str]) -> None:
    report = found.reading.report
    st.markdown(
        f"**{plural(report.rows_read, 'row')} read**: {len(found.new):,} to add, "
        f"{found.n_known:,} in the log already, {len(found.refused):,} refused."
    )
    for note in report.notes:
        st.caption(literal(note))
    _show_new(found, names)
    _show_refused(found)
    if found.n_without_reference:
        st.caption(
            f"{found.n_without_reference:,} to add without a reference: another list that holds "
            "the same events would add them again."
        )


def _show_new(found: LogPreview, names: dict[str, str]) -> None:
    if not found.new:
        return
    table = pd.DataFrame(
        {
            "On": [each.happened_on for each in found.new],
            "What": [each.what for each in found.new],
            "Level": [each.level.value for each in found.new],
            "P": [each.pillar.value for each in found.new],
            "About": [_about(names, each.place_id, each.ocg_id) for each in found.new],
            "Agency": [each.agency for each in found.new],
            "Reference": [each.reference for each in found.new],
        }
    )
    days = st.column_config.DateColumn(format="DD MMM YYYY")
    st.caption("To add")
    st.dataframe(table, hide_index=True, height=_height(table), column_config={"On": days})


def _show_refused(found: LogPreview) -> None:
    if not found.refused:
        return
    rows = "".join(_refused(each) for each in found.refused[:_MOST_REFUSED])
    st.caption("Refused, by the row of the file")
    st.html(f'<ul class="hf-lacks" data-testid="refused">{rows}</ul>')
    if len(found.refused) > _MOST_REFUSED:
        st.caption(f"The first {_MOST_REFUSED} of {len(found.refused):,} are listed.")


def _refused(row: RefusedRows) -> str:
    why = f"{row.reason}. {row.remedy}" if row.remedy else row.reason
    return (
        f"<li><b>Row {row.first_row:,}</b>: {literal_html(row.example.partition(': ')[2])}<br>"
        f"<small>{literal_html(why)}</small></li>"
    )


def _about(names: dict[str, str], *ids: str | None) -> str:
    return ", ".join(names.get(each, "") for each in ids if each)


def _height(table: pd.DataFrame) -> int:
    return min(_MOST_PX, _ROW_PX * (len(table) + 1) + 3)


def _sentence(message: str) -> str:
    return f"{literal(message)}."
