"""Sharing agreements by place, and versions by what they said: rows kept apart further."""

from __future__ import annotations

from typing import Final

from alembic import op

from chb.store.row_security import keep_rows_apart, make_agreements_known, narrow_rows

revision = "0009"
down_revision = "0008"

_PLACE: Final = (
    "coalesce(place_id, (SELECT plan.place_id FROM plan WHERE plan.id = intervention.plan_id))"
)
_UNDER_AGREEMENT: Final = {
    "intervention": "holdfast_needs_none() OR phase = 'Build' "
    f"OR (holdfast_is_own(lead_agency) AND holdfast_agreed({_PLACE}))",
    "partner_request": "holdfast_needs_none() OR (holdfast_is_own(agency) "
    "AND (place_id IS NULL OR holdfast_agreed(place_id)))",
    "revision": "kind <> 'ocg_location' OR current_setting('holdfast.ocg_ids', true) = '*' "
    "OR lower(content ->> 'code') IN (SELECT lower(code) FROM ocg)",
}
_OWN_ENTRY: Final = (
    "holdfast_needs_none() "
    "OR (holdfast_is_own(agency) AND holdfast_in_force(isa_signed_on, isa_review_on))"
)


def upgrade() -> None:
    """Let PostgreSQL hold an agency to the places where it has signed; SQLite has no such rules."""
    connection = op.get_bind()
    make_agreements_known(connection)
    keep_rows_apart(connection, {"stakeholder": _OWN_ENTRY})
    narrow_rows(connection, _UNDER_AGREEMENT)
