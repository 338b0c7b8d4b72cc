"""The planner's records: OCG register, plans, disruptions, intelligence, signals, partnership."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from chb.store.append_only import guard_history

revision = "0003"
down_revision = "0002"

_APPEND_ONLY = ("revision", "ocg_score", "morile_score", "ocg_review", "signal")

_Column = sa.Column[object]


def upgrade() -> None:
    """Make the tables, what is referred to first, then guard what is only added to."""
    _make_revisions()
    _make_register()
    _make_plans()
    _make_intelligence()
    _make_partnership()
    for table in _APPEND_ONLY:
        guard_history(op.get_bind(), table, sample="OLD.is_sample")


def _make_revisions() -> None:
    op.create_table(
        "revision",
        sa.Column("seq", sa.Integer(), nullable=False),
        _word("kind"),
        sa.Column("record_id", sa.String(36), nullable=False),
        _number("version"),
        _json("content"),
        _text("reason"),
        _line("recorded_by"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        _flag("is_sample"),
        sa.PrimaryKeyConstraint("seq", name="pk_revision"),
        sa.UniqueConstraint("kind", "record_id", "version", name="uq_revision_kind"),
    )


def _make_register() -> None:
    _make(
        "ocg",
        _line("code"),
        _line("lro"),
        _day("tasked_on", required=True),
        _word("category"),
        _word("model"),
        _text("summary"),
        _json("commodities"),
        _json("business_model"),
        _json("intelligence_gaps"),
        _word("status"),
        unique=("code",),
    )
    _make(
        "ocg_score",
        _reference("ocg_id", required=True),
        _word("band"),
        _word("tier"),
        _word("p_band", required=False),
        _day("assessed_on", required=True),
        _line("assessor"),
        _text("reason"),
        refers={"ocg_id": "ocg"},
    )
    _make(
        "morile_score",
        _reference("ocg_id", required=True),
        sa.Column("score", sa.Float(), nullable=False),
        _day("assessed_on", required=True),
        _line("assessor"),
        _line("source"),
        refers={"ocg_id": "ocg"},
    )
    _make(
        "ocg_review",
        _reference("ocg_id", required=True),
        _word("kind"),
        _day("held_on", required=True),
        _text("why"),
        _text("findings"),
        refers={"ocg_id": "ocg"},
    )
    _make(
        "nominal",
        _reference("ocg_id", required=True),
        _line("reference"),
        _word("role"),
        _line("function"),
        _word("status"),
        _json("family"),
        _text("note"),
        refers={"ocg_id": "ocg"},
    )
    _make(
        "ocg_link",
        _reference("ocg_id", required=True),
        _reference("other_id", required=True),
        _word("kind"),
        _day("since"),
        _text("note"),
        refers={"ocg_id": "ocg", "other_id": "ocg"},
    )


def _make_plans() -> None:
    _make(
        "plan",
        _reference("place_id"),
        _reference("ocg_id"),
        _text("aim"),
        _line("lead"),
        _day("starts_on", required=True),
        _json("objectives"),
        _json("undeveloped"),
        _text("exit_strategy"),
        refers={"place_id": "place", "ocg_id": "ocg"},
        unique=("place_id", "ocg_id"),
    )
    _make(
        "intervention",
        _reference("plan_id", required=True),
        _line("title"),
        _word("phase"),
        _word("pillar"),
        _line("lead_agency"),
        _flag("is_police_led"),
        _line("owner"),
        _text("detail"),
        _json("credited"),
        _word("prevent_level", required=False),
        _word("status"),
        _day("starts_on"),
        _day("due_on"),
        _json("milestones"),
        _line("waiting_on"),
        _reference("place_id"),
        _reference("ocg_id"),
        _word("business_part", required=False),
        _json("asset_ids"),
        _text("expected_outcome"),
        _text("measure"),
        _flag("is_adopted"),
        _line("tactic_key"),
        _line("handover_to"),
        _day("handover_on"),
        refers={"plan_id": "plan", "place_id": "place", "ocg_id": "ocg"},
    )
    op.create_index("ix_intervention_owner", "intervention", ["owner", "status"])
    _make(
        "disruption",
        _day("happened_on", required=True),
        _text("what"),
        _word("level"),
        _word("pillar"),
        _line("agency"),
        _reference("place_id"),
        _reference("ocg_id"),
        _reference("intervention_id"),
        _json("credited"),
        _json("impact"),
        _json("moderations"),
        _line("reference"),
        refers={"place_id": "place", "ocg_id": "ocg", "intervention_id": "intervention"},
        index=("happened_on", "reference"),
    )


def _make_intelligence() -> None:
    _make(
        "intelligence_requirement",
        _text("question"),
        _text("drives"),
        _word("need"),
        _reference("place_id"),
        _reference("ocg_id"),
        _text("known_already"),
        _json("collection"),
        _line("owner"),
        _day("due_on"),
        _text("answer"),
        _day("answered_on"),
        refers={"place_id": "place", "ocg_id": "ocg"},
        index=("owner",),
    )
    _make(
        "partner_request",
        _line("agency"),
        _word("heading"),
        _text("question"),
        _line("asked_by"),
        _day("asked_on", required=True),
        _day("due_on", required=True),
        _reference("place_id"),
        _reference("ocg_id"),
        _reference("requirement_id"),
        _json("replies"),
        _flag("is_closed"),
        refers={
            "place_id": "place",
            "ocg_id": "ocg",
            "requirement_id": "intelligence_requirement",
        },
        index=("asked_by",),
    )
    _make(
        "signal",
        _line("agency"),
        _word("category"),
        _day("first_day", required=True),
        _day("last_day", required=True),
        _line("area_name"),
        _json("answers"),
        index=("last_day",),
    )
    op.create_table(
        "signal_cell",
        _reference("signal_id", required=True),
        sa.Column("cell", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("signal_id", "cell", name="pk_signal_cell"),
        sa.ForeignKeyConstraint(
            ["signal_id"], ["signal.id"], name="fk_signal_cell_signal_id_signal", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_signal_cell_cell", "signal_cell", ["cell"])
    _make(
        "signal_link",
        _reference("signal_id", required=True),
        _reference("place_id"),
        _reference("ocg_id"),
        _text("note"),
        refers={"signal_id": "signal", "place_id": "place", "ocg_id": "ocg"},
    )


def _make_partnership() -> None:
    _make(
        "stakeholder",
        _reference("place_id", required=True),
        _line("agency"),
        _word("sector"),
        _line("contact_role"),
        _line("contact_email"),
        _day("isa_signed_on"),
        _day("isa_review_on"),
        _day("indoctrinated_on"),
        _text("can_offer"),
        refers={"place_id": "place"},
    )
    _make(
        "meeting",
        _reference("place_id", required=True),
        _day("held_on", required=True),
        _line("purpose"),
        _json("present"),
        _json("apologies"),
        _text("notes"),
        refers={"place_id": "place"},
    )
    _make(
        "referral_pathway",
        _line("organisation"),
        _word("kind"),
        _json("needs"),
        _line("area_name"),
        _text("how_to_refer"),
        _line("contact_role"),
        sa.Column("youngest", sa.Integer()),
        sa.Column("oldest", sa.Integer()),
        _word("prevent_level", required=False),
        _day("verified_on"),
    )
    _make(
        "debrief",
        _line("title"),
        _day("held_on", required=True),
        _text("worked"),
        _reference("place_id"),
        _reference("ocg_id"),
        _word("phase", required=False),
        _text("repeat"),
        _text("change"),
        _text("new_intelligence"),
        _json("thanks"),
        _line("owner"),
        refers={"place_id": "place", "ocg_id": "ocg"},
    )


def _make(
    table: str,
    *columns: _Column,
    refers: dict[str, str] | None = None,
    unique: tuple[str, ...] = (),
    index: tuple[str, ...] = (),
) -> None:
    """A table of records. A reference has an index, unless it is unique and has one anyway."""
    parents = refers or {}
    op.create_table(
        table,
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        _number("version"),
        *columns,
        _flag("is_sample"),
        sa.PrimaryKeyConstraint("seq", name=f"pk_{table}"),
        *(sa.UniqueConstraint(column, name=f"uq_{table}_{column}") for column in ("id", *unique)),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{parent}.id"], name=f"fk_{table}_{column}_{parent}"
            )
            for column, parent in parents.items()
        ),
    )
    for column in (*parents, *index):
        if column not in unique:
            op.create_index(f"ix_{table}_{column}", table, [column])


def _reference(name: str, *, required: bool = False) -> _Column:
    return sa.Column(name, sa.String(36), nullable=not required)


def _word(name: str, *, required: bool = True) -> _Column:
    return sa.Column(name, sa.String(40), nullable=not required)


def _line(name: str) -> _Column:
    return sa.Column(name, sa.String(200), nullable=False)


def _text(name: str) -> _Column:
    return sa.Column(name, sa.Text(), nullable=False)


def _json(name: str) -> _Column:
    return sa.Column(name, sa.JSON(), nullable=False)


def _day(name: str, *, required: bool = False) -> _Column:
    return sa.Column(name, sa.Date(), nullable=not required)


def _number(name: str) -> _Column:
    return sa.Column(name, sa.Integer(), nullable=False)


def _flag(name: str) -> _Column:
    return sa.Column(name, sa.Boolean(), nullable=False)
