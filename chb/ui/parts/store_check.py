"""Whether the store is sound, and how it is set up."""

from __future__ import annotations

import os
from typing import Final

import streamlit as st

from chb.domain.access.sessions import ABSOLUTE, IDLE, SignInMode
from chb.domain.wording import plural
from chb.services import backups, retention
from chb.services.access.settings import read_settings
from chb.services.access.tiles import tiles_told
from chb.services.health import health, setup
from chb.ui import cache, viewer
from chb.ui.maps.tiles import tile_service
from chb.ui.parts.backups.words import size_words
from chb.ui.parts.explained import explain
from chb.ui.parts.html_table import show_facts, show_table
from chb.ui.parts.words import literal
from chb.ui.server.uploads import MEGABYTE, MOST_DAY_BYTES, MOST_FILE_BYTES

_HEALTH: Final = {
    "database_takes_writes": "The database takes writes",
    "schema_is_newest": "Its schema is the newest",
    "disk_has_room": "The disk has room",
}
_SIGN_IN: Final = {
    SignInMode.DEMO: "Nobody signs in: a demonstration on this machine",
    SignInMode.LOCAL: "With a password kept here",
    SignInMode.OIDC: "At the organisation, by OpenID Connect",
}


def show_store_check() -> None:
    """Health at a glance, the settings in force, and a check of everything on request."""
    _show_health()
    wide, narrow = st.columns([1.6, 1], gap="medium")
    with wide:
        show_facts(_facts(), name="Settings in force")
        explain("The store", ("store_health", "store_rows", "retention_due"), key="explain_store")
    with narrow:
        _show_due()
        _show_check()


def _show_health() -> None:
    found = health(cache.workspace()).as_dict()
    wrong = [words for key, words in _HEALTH.items() if not found[key]]
    if wrong:
        st.error(f"Not so: {'; '.join(wrong)}.", icon=":material/error:")
    else:
        st.success(f"{'. '.join(_HEALTH.values())}.", icon=":material/check_circle:")


def _facts() -> list[tuple[str, str]]:
    """No secret, no key, and no path of the machine."""
    found, settings = setup(cache.workspace()), read_settings(os.environ)
    upload = f"{MOST_FILE_BYTES // MEGABYTE} MB a file, {MOST_DAY_BYTES // MEGABYTE} MB a day"
    hours, minutes = ABSOLUTE.total_seconds() / 3600, IDLE.total_seconds() / 60
    return [
        ("Software", found.software),
        ("Database", f"{found.database}; schema {found.schema}"),
        ("Free on the disk", size_words(found.free_bytes)),
        ("People sign in", _SIGN_IN[viewer.who_is_here().mode]),
        ("Known as", settings.public_url or "This machine only"),
        ("OpenID provider", settings.issuer or "None"),
        ("A session ends", f"after {minutes:.0f} minutes unused, and after {hours:.0f} hours"),
        ("Uploads", upload),
        ("Audit log's keys", _apart(found.keys_are_apart)),
        ("Audit log's anchors", _apart(found.anchors_are_apart)),
        ("Tile service", tiles_told(tile_service())),
    ]


def _apart(is_apart: bool) -> str:
    return "Apart from the store" if is_apart else "Beside the store: better kept apart from it"


def _show_due() -> None:
    """Counts on request, for it goes through all that is kept; the review is for officers."""
    st.markdown("**Retention**")
    st.write("Senior and lead officers review what is due, on the page Retention.")
    if not st.button("Count what is due"):
        return
    due = retention.due_ids(cache.workspace())
    n_held = sum(each.is_held for each in due)
    st.info(f"{plural(len(due), 'thing')} due for review, {n_held:,} of them held.")


def _show_check() -> None:
    """On request: it reads everything."""
    st.markdown("**Check of the store**")
    st.write("Reads every record and every file once, and changes nothing.")
    if not st.button("Check the store now"):
        return
    found = backups.check(cache.workspace())
    if found.is_sound:
        st.success("The store is sound.", icon=":material/check_circle:")
    for problem in found.problems:
        st.error(literal(problem))
    rows = [(name, f"{number:,}") for name, number in found.rows.items() if number]
    show_table(("Kept", "Rows"), rows, name="Rows by table")
