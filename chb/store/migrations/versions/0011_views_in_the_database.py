"""View, day, indoctrination and person told to PostgreSQL: rows are kept by the rules of views.

The rules are those of chb/store/visibility.py and, for what hangs on places, of place_views.py.
Each is written once: it holds for the rows of its table, and for saved versions of them by
what the version says itself.
"""

from __future__ import annotations

from typing import Final

from alembic import op

from chb.store.row_security import keep_rows_apart, narrow_rows, open_rows_again

revision = "0011"
down_revision = "0010"

_FUNCTIONS: Final = """
CREATE FUNCTION holdfast_view() RETURNS integer LANGUAGE sql STABLE AS $$
  SELECT coalesce(nullif(current_setting('holdfast.view', true), '')::integer, 0)
$$;
CREATE FUNCTION holdfast_views_are(way text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce(current_setting('holdfast.views', true) = way, false)
$$;
CREATE FUNCTION holdfast_day() RETURNS date LANGUAGE sql STABLE AS $$
  SELECT nullif(current_setting('holdfast.day', true), '')::date
$$;
CREATE FUNCTION holdfast_signed() RETURNS text[] LANGUAGE sql STABLE AS $$
  SELECT string_to_array(current_setting('holdfast.signed_ids', true), ',')
$$;
CREATE FUNCTION holdfast_person() RETURNS text LANGUAGE sql STABLE AS $$
  SELECT nullif(current_setting('holdfast.person', true), '')
$$;
CREATE FUNCTION holdfast_names() RETURNS text[] LANGUAGE sql STABLE AS $$
  SELECT ARRAY[holdfast_person(), nullif(current_setting('holdfast.name', true), '')]
$$;
CREATE OR REPLACE FUNCTION holdfast_needs_none() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce(left(current_setting('holdfast.agency', true), 1) = '*', false)
$$;
CREATE OR REPLACE FUNCTION holdfast_is_own(agency text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce(
    '=' || lower(agency) = ltrim(current_setting('holdfast.agency', true), '*'), false)
$$;
CREATE FUNCTION holdfast_codes() RETURNS SETOF text LANGUAGE plpgsql STABLE AS $$
DECLARE told text := coalesce(current_setting('holdfast.views', true), '');
BEGIN
  PERFORM set_config('holdfast.views', 'aside', true);
  RETURN QUERY SELECT lower(code) FROM ocg
    UNION SELECT lower(content ->> 'code') FROM revision WHERE kind = 'ocg';
  PERFORM set_config('holdfast.views', told, true);
END $$;
CREATE FUNCTION holdfast_withheld() RETURNS SETOF text LANGUAGE plpgsql STABLE AS $$
DECLARE told text := coalesce(current_setting('holdfast.views', true), '');
BEGIN
  PERFORM set_config('holdfast.views', 'links', true);
  RETURN QUERY SELECT decision_id::text FROM decision_link WHERE CASE kind
    WHEN 'OCG' THEN reference NOT IN (SELECT id FROM ocg)
      AND lower(reference) NOT IN (SELECT holdfast_codes())
    WHEN 'plan' THEN reference NOT IN (SELECT id FROM plan)
    WHEN 'intervention' THEN reference NOT IN (SELECT id FROM intervention)
    WHEN 'disruption' THEN reference NOT IN (SELECT id FROM disruption)
    WHEN 'intelligence requirement' THEN
      reference NOT IN (SELECT id FROM intelligence_requirement)
    ELSE false END;
  PERFORM set_config('holdfast.views', told, true);
END $$;
"""
"""``codes`` are all that groups which may be known have or had; ``withheld`` are entries of the
decision log that are about something that may not be. Both look past the view at what they
compare, and hand on nothing else of it."""

_UNVEILED: Final = "(SELECT holdfast_view() >= 4 OR holdfast_views_are('aside'))"
_PARTS: Final = {
    "officer": "(SELECT holdfast_view() >= 3)",
    "partner": "(SELECT holdfast_view() >= 2)",
    "anybody": "(SELECT holdfast_view() >= 1)",
    "host": "(SELECT holdfast_needs_none())",
    "today": "(SELECT holdfast_day())",
    "signed": "((SELECT holdfast_signed())::text[])",
    "names": "((SELECT holdfast_names())::text[])",
}
"""What rules are made of, asked once a query. A host is an officer, or convenes partners."""


class _Columns(dict[str, str]):
    """What stands in a rule for a part of it, and for any column of a table."""

    def __init__(self, table: str) -> None:
        super().__init__(_PARTS)
        self._table = table

    def __missing__(self, name: str) -> str:
        return f"{self._table}.{name}"


class _Said(_Columns):
    """The same in a rule for saved versions: of a column what the version says."""

    def __missing__(self, name: str) -> str:
        said = f"(revision.content ->> '{name}')"
        return f"{said}::date" if name.endswith("_on") else said


_IN_FORCE: Final = (
    "holdfast_is_own({agency}) AND {isa_signed_on} <= {today} "
    "AND ({isa_review_on} IS NULL OR {isa_review_on} >= {today})"
)
_AGREED: Final = (
    "{place_id} IN (SELECT stakeholder.place_id FROM stakeholder "
    "WHERE holdfast_is_own(stakeholder.agency) AND stakeholder.isa_signed_on <= {today} "
    "AND (stakeholder.isa_review_on IS NULL OR stakeholder.isa_review_on >= {today}))"
)
_ITS_PLACE: Final = "coalesce({place_id}, (SELECT place_id FROM plan WHERE id = {plan_id}))"
_OWN_WORK: Final = " AND ".join(
    ("holdfast_is_own({lead_agency})", _AGREED.replace("{place_id}", _ITS_PLACE))
)
_IS_TRIGGERED: Final = (
    "{trigger_on} <= {today} OR ({trigger_on} IS NULL "
    "AND {plan_id} IN (SELECT plan.id FROM plan WHERE plan.trigger_on <= {today}))"
)
_HAS_NO_TRIGGER: Final = (
    "{trigger_on} IS NULL AND {plan_id} IN (SELECT plan.id FROM plan WHERE plan.trigger_on IS NULL)"
)
_IS_LET_IN: Final = (
    "'*' = ANY {signed} OR {ocg_id} = ANY {signed} OR lower({owner}) = ANY {names} "
    "OR {plan_id} IN (SELECT plan.id FROM plan WHERE plan.place_id = ANY {signed} "
    "OR plan.ocg_id = ANY {signed} OR lower(plan.lead) = ANY {names})"
)
_INTERVENTION: Final = " AND ".join(
    (
        "{plan_id} IN (SELECT plan.id FROM plan)",
        "({phase} <> 'Clear' OR " + _IS_TRIGGERED + " "
        "OR ({officer} AND (" + _HAS_NO_TRIGGER + " OR " + _IS_LET_IN + ")))",
        "({officer} OR ({ocg_id} IS NULL AND (({anybody} AND {phase} = 'Build') "
        "OR ({partner} AND ({host} OR (" + _OWN_WORK + "))))))",
    )
)

_OF_OFFICERS: Final = dict.fromkeys(
    (
        "ocg",
        "ocg_score",
        "morile_score",
        "ocg_review",
        "nominal",
        "ocg_link",
        "disruption",
        "intelligence_requirement",
        "signal_link",
        "legal_hold",
        "retention_review",
        "ocg_location",
    ),
    "{officer}",
)
_NARROWED: Final = _OF_OFFICERS | {
    "plan": "{officer} OR ({anybody} AND {ocg_id} IS NULL)",
    "intervention": _INTERVENTION,
    "debrief": "{officer} OR ({host} AND {ocg_id} IS NULL)",
    "stakeholder": "{host} OR ({partner} AND " + _IN_FORCE + ")",
}
"""Of tables that are kept apart by group or agreement already."""

_ABOUT_ITS_OWN: Final = {
    "partner_request": "({officer} AND holdfast_sees({ocg_id})) "
    "OR ({partner} AND holdfast_is_own({agency}) "
    "AND ({host} OR {place_id} IS NULL OR " + _AGREED + "))",
    "need_to_know": "({officer} AND holdfast_sees({ocg_id})) "
    "OR lower({work_email}) = (SELECT holdfast_person())",
}
"""What somebody may read though it is about a group they do not know: it is theirs."""

_OF_RECORDS: Final = _ABOUT_ITS_OWN | {
    "signal": "{host} OR ({partner} AND holdfast_is_own({agency}))",
    "meeting": "{host}",
    "asset_contact": "{host}",
    "referral_pathway": "{anybody}",
}
_IS_KNOWN_TIE: Final = (
    "(SELECT current_setting('holdfast.ocg_ids', true) = '*') "
    "OR lower({subject}) IN (SELECT holdfast_codes())"
)
_OF_PLACES: Final = dict.fromkeys(
    ("place", "place_boundary", "place_cell", "place_name", "place_opening", "place_relation"),
    "{anybody}",
) | {
    "intensity_change": "({anybody} AND {phase} = 'Build') "
    "OR ({partner} AND ({host} OR " + _AGREED + "))",
    "place_tie": "CASE {kind} WHEN 'OCG' THEN {partner} AND (" + _IS_KNOWN_TIE + ") "
    "AND ({host} OR " + _AGREED + ") ELSE {officer} END",
    "gate_evidence": "{officer}",
}
_OTHERS: Final = {
    "signal_cell": "{signal_id} IN (SELECT signal.id FROM signal)",
    "decision": "{officer} AND {id} NOT IN (SELECT holdfast_withheld())",
    "decision_link": "(SELECT holdfast_views_are('links')) "
    "OR ({officer} AND {decision_id} NOT IN (SELECT holdfast_withheld()))",
    "draft": "{person} = (SELECT holdfast_person())",
}
_VERSIONED: Final = {
    kind: rule for kind, rule in (_NARROWED | _OF_RECORDS).items() if kind not in _OF_OFFICERS
}
_BY_GROUP: Final = (
    "(kind <> 'ocg' OR holdfast_sees(record_id)) "
    "AND holdfast_sees(content ->> 'ocg_id') AND holdfast_sees(content ->> 'other_id')"
)


def upgrade() -> None:
    """Tell PostgreSQL the rules; SQLite, which has none of its own, leaves them to Python."""
    connection = op.get_bind()
    if connection.dialect.name != "postgresql":
        return
    connection.exec_driver_sql(_FUNCTIONS)
    open_rows_again(connection, "need_to_know", (*_ABOUT_ITS_OWN, "revision"))
    open_rows_again(connection, "under_agreement", ("partner_request", "intervention"))
    apart = _OF_RECORDS | _OF_PLACES | _OTHERS
    own = ", ".join(f"'{kind}'" for kind in _ABOUT_ITS_OWN)
    keep_rows_apart(
        connection,
        {table: _rule(rule, _Columns(table)) for table, rule in apart.items()}
        | {"revision": f"kind IN ({own}) OR ({_BY_GROUP})"},
    )
    narrow_rows(
        connection,
        {table: _rule(rule, _Columns(table)) for table, rule in _NARROWED.items()}
        | {"revision": _rule(_of_versions(), _Columns("revision"))},
        policy="within_view",
    )


def _rule(rule: str, columns: _Columns) -> str:
    return f"{_UNVEILED} OR ({rule.format_map(columns)})"


def _of_versions() -> str:
    """Of each version what its table's rule says; assets are no secret, the rest is officers'."""
    cases = (
        f"WHEN '{kind}' THEN {rule.format_map(_Said(kind))}" for kind, rule in _VERSIONED.items()
    )
    return f"CASE kind {' '.join(cases)} WHEN 'asset' THEN true ELSE {_PARTS['officer']} END"
