"""Choose a record of the group's file, and see each of its versions."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from chb.services.planning.ocg_register import OcgFile
from chb.services.planning.record_versions import RecordKind
from chb.ui.parts.ocgs.link_form import link_words
from chb.ui.parts.ocgs.location_form import location_words
from chb.ui.parts.record_versions import show_versions


def show_ocg_versions(file: OcgFile, names: Mapping[str, str]) -> None:
    """The group itself at first; then nominals, links and locations."""
    records = _listed(file, names)
    kind, record_id = st.selectbox(
        "Versions of", list(records), format_func=lambda each: records[each]
    )
    show_versions(kind, record_id)
    st.caption("Scorings, MoRiLE scores and reviews are never changed: they have one version.")


def _listed(file: OcgFile, names: Mapping[str, str]) -> dict[tuple[RecordKind, str], str]:
    here = file.ocg
    return {
        (RecordKind.OCG, here.id): f"{here.code}, the group itself",
        **{(RecordKind.NOMINAL, each.id): f"Nominal {each.reference}" for each in file.nominals},
        **{
            (RecordKind.LINK, each.id): f"Link: {link_words(each, here.id, names)}"
            for each in file.links
        },
        **{
            (RecordKind.LOCATION, str(each.id)): f"Location: {location_words(file, each)}"
            for each in file.locations
        },
    }
