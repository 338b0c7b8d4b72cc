"""Places with names, owners and threats; gates; the decision log; history that is guarded."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from chb.store.append_only import IS_SAMPLE_PLACE, guard_history, guard_sample_flag

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add what places, gates and decisions need, then guard every history."""
    _extend_first_tables()
    _make_place_records()
    _make_gates()
    _make_decisions()
    _name_places_as_they_are_called()
    _guard()


def _extend_first_tables() -> None:
    op.add_column("person", sa.Column("left_on", sa.Date()))
    op.add_column(
        "place_boundary",
        sa.Column("change", sa.String(20), nullable=False, server_default="drawn"),
    )
    op.add_column(
        "place_boundary",
        sa.Column("recorded_by", sa.String(200), nullable=False, server_default=""),
    )
    for column in (
        sa.Column("gate", sa.String(40)),
        sa.Column("gate_version", sa.Integer()),
        sa.Column("gate_open_items", sa.JSON()),
    ):
        op.add_column("intensity_change", column)


def _make_place_records() -> None:
    op.create_table(
        "place_name",
        *_entry_of_a_place("place_name"),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        *_signature(),
    )
    op.create_table(
        "place_opening",
        *_entry_of_a_place("place_opening"),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        *_signature(),
    )
    op.create_table(
        "place_relation",
        *_entry_of_a_place("place_relation"),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column(
            "other_place_id",
            sa.String(36),
            sa.ForeignKey("place.id", name="fk_place_relation_other_place_id_place"),
            nullable=False,
        ),
        sa.Column("effective_on", sa.Date(), nullable=False),
        *_signature(),
    )
    op.create_table(
        "place_tie",
        *_entry_of_a_place("place_tie"),
        sa.Column("tie_id", sa.String(36), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("is_added", sa.Boolean(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        *_signature(),
    )
    for table in ("place_name", "place_opening", "place_relation", "place_tie"):
        op.create_index(f"ix_{table}_place_id", table, ["place_id"])
    op.create_index("ix_place_relation_other_place_id", "place_relation", ["other_place_id"])
    op.create_index("ix_place_tie_subject", "place_tie", ["kind", "subject"])


def _make_gates() -> None:
    op.create_table(
        "gate_checklist",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("gate", sa.String(40), nullable=False),
        sa.Column("scope", sa.String(36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        *_signature(),
        sa.PrimaryKeyConstraint("id", name="pk_gate_checklist"),
        sa.UniqueConstraint("gate", "version", name="uq_gate_checklist_gate"),
    )
    op.create_index("ix_gate_checklist_scope", "gate_checklist", ["scope"])
    op.create_table(
        "gate_evidence",
        *_entry_of_a_place("gate_evidence"),
        sa.Column("gate", sa.String(40), nullable=False),
        sa.Column("item_key", sa.String(40), nullable=False),
        sa.Column("checklist_version", sa.Integer(), nullable=False),
        sa.Column("is_met", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("figure", sa.JSON()),
        *_signature()[1:],
    )
    op.create_index("ix_gate_evidence_place_id", "gate_evidence", ["place_id", "gate"])


def _make_decisions() -> None:
    op.create_table(
        "decision",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("rationale", sa.Text(), nullable=False),
        sa.Column("not_doing", sa.Text(), nullable=False),
        sa.Column("not_doing_why", sa.Text(), nullable=False),
        sa.Column("business_area", sa.String(40), nullable=False),
        sa.Column("approach", sa.String(40), nullable=False),
        sa.Column("focus", sa.String(40), nullable=False),
        sa.Column("information_protocol", sa.Text(), nullable=False),
        sa.Column("corrects", sa.String(36)),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        *_signature()[1:],
        sa.PrimaryKeyConstraint("id", name="pk_decision"),
        sa.ForeignKeyConstraint(
            ["corrects"], ["decision.id"], name="fk_decision_corrects_decision"
        ),
        sa.UniqueConstraint("number", name="uq_decision_number"),
        sa.UniqueConstraint("corrects", name="uq_decision_corrects"),
    )
    op.create_table(
        "decision_link",
        sa.Column("decision_id", sa.String(36), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("reference", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("decision_id", "kind", "reference", name="pk_decision_link"),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name="fk_decision_link_decision_id_decision"
        ),
    )
    op.create_index("ix_decision_link_reference", "decision_link", ["kind", "reference"])


def _name_places_as_they_are_called() -> None:
    """Places of the first release get the name they have as their first name."""
    op.execute(
        "INSERT INTO place_name (place_id, name, valid_from, reason, recorded_by, recorded_at) "
        "SELECT place.id, place.name, "
        "(SELECT MIN(valid_from) FROM place_boundary WHERE place_id = place.id), "
        "'The name it was started with', '', place.created_at "
        "FROM place WHERE EXISTS (SELECT 1 FROM place_boundary WHERE place_id = place.id)"
    )


def _guard() -> None:
    connection = op.get_bind()
    of_a_place = (
        "place_boundary",
        "place_cell",
        "intensity_change",
        "place_name",
        "place_opening",
        "place_relation",
        "place_tie",
        "gate_evidence",
    )
    for table in of_a_place:
        guard_history(connection, table, sample=IS_SAMPLE_PLACE.format(column="place_id"))
    guard_history(connection, "gate_checklist", sample=IS_SAMPLE_PLACE.format(column="scope"))
    guard_sample_flag(connection, "place")
    guard_history(connection, "decision", sample="OLD.is_sample")
    guard_history(
        connection,
        "decision_link",
        sample="EXISTS (SELECT 1 FROM decision WHERE decision.id = OLD.decision_id "
        "AND decision.is_sample)",
    )


def _entry_of_a_place(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "place_id",
            sa.String(36),
            sa.ForeignKey("place.id", name=f"fk_{table}_place_id_place"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    ]


def _signature() -> list[sa.Column[object]]:
    return [
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.String(200), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
    ]
