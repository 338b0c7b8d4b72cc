"""Who may ask each function: written from the domain page, kept apart from the code's own rules.

A function that screens and commands ask and that is not here fails the test of completeness.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from chb.domain.access.roles import Role

Roles = frozenset[Role]

OFFICERS: Final[Roles] = frozenset({Role.SRO, Role.LRO})
WITH_P_LEADS: Final[Roles] = OFFICERS | {Role.P_LEAD}
WITH_ANALYSTS: Final[Roles] = OFFICERS | {Role.ANALYST}
RESTRICTED: Final[Roles] = WITH_P_LEADS | {Role.ANALYST}
HOSTS: Final[Roles] = frozenset({Role.CSP_MANAGER, Role.CO_ORDINATOR})
OPERATIONAL: Final[Roles] = RESTRICTED | HOSTS | {Role.PARTNER}
ADMINISTRATOR: Final[Roles] = frozenset({Role.ADMINISTRATOR})
EVERYBODY: Final[Roles] = frozenset(Role)
"""They are asked before anybody is known, or show no more than the scope lets one see."""

_TABLE: Final[tuple[tuple[Roles, str], ...]] = (
    (
        EVERYBODY,
        """
        access.accounts: has_accounts has_administrator
        access.invitations: choose_password link_of make_first_administrator make_first_link
        access.scopes: scope_of
        access.sessions: needs_touch seconds_left signed_in touch
        access.own_account: change_password end_other_sessions own_sessions
        access.signing: change_demo_role check_password sign_in_to_demo sign_in_with_identity
        access.signing: sign_in_with_password sign_out
        access.startup: check_startup demo_over holds_real_data needs_first_administrator
        access.startup: sign_in_mode
        assets.register: asset asset_pins list_assets open_assets
        audit: record_disclosure record_refusal
        drafts: find_draft forget_draft keep_field
        exports.preparing: may_take
        harm.areas: find_area list_areas
        harm.context: basemap
        health: health
        home.visits: has_tour look open_step put_tour_away
        loading.catalogue: data_version frames_version loaded_months status
        loading.accounts: import_accounts
        loading.coverage: force_coverage
        loading.freshness: freshness
        places.register: find_place get_place list_places place_names
        planning.intelligence: list_requests list_requirements
        planning.my_work: my_work work_as_calendar
        planning.ocg_register: list_ocgs ocg_codes overdue_reviews
        planning.partnership: find_pathways list_meetings search_debriefs stakeholder_group
        planning.people: list_people
        views.access: require_view
        """,
    ),
    (
        RESTRICTED,
        """
        access.need_to_know: who_knows
        assets.gaps: gap_map
        assets.needs: harm_needs
        harm.association: find_associations
        harm.combining: look_at_profile
        harm.dossiers: cell_dossier
        harm.place_names: names_of_cells
        harm.engine_pool: run
        harm.forward_test: run_forward_test
        harm.harm_panel: open_panel
        harm.hotspots: find_hotspots
        harm.monthly: monthly_harm
        harm.profiling: build_profile
        harm.stability: map_stability
        harm.study: open_study
        harm.trends: find_trends
        home.changes: changes_in_full
        home.place_harm: harm_of_places
        home.places: places_at_a_glance
        places.decisions: get_decision list_decisions
        places.gates: checklist_versions gate_history gate_states
        places.harm_series: harm_series
        places.harm_trends: harm_trend
        planning.actions: action_choices list_actions
        places.ties: places_of_ocg posts_to_fill
        planning.disruptions: export_disruptions get_disruption list_disruptions
        planning.intelligence: add_reply save_request save_requirement
        planning.ocg_history: file_history
        planning.ocg_locations: handling_levels
        planning.ocg_network: group_network
        planning.ocg_register: ocg_file
        planning.plan_frames: plan_content plan_under
        planning.plans: work_left_behind
        planning.plans: list_plans plan_of plan_view
        planning.record_versions: versions_of
        planning.signals: linked_signals
        """,
    ),
    (
        OFFICERS,
        """
        access.need_to_know: end_need let_in
        places.boundaries: extend_place redraw_place rename_place shrink_place
        places.decisions: correct_decision record_decision
        places.gates: edit_checklist
        places.joining: merge_places split_place
        places.openings: close_place reopen_place resume_clear
        places.register: change_intensity
        planning.disruptions: moderate
        planning.ocg_locations: save_location
        planning.ocg_register: hold_review import_morile rescore save_nominal save_ocg
        planning.ocg_register: save_ocg_link
        disposal: dispose list_disposals preview_disposal
        retention: due_for_review find_kept lift_hold list_holds place_hold record_review
        """,
    ),
    (
        WITH_P_LEADS,
        """
        places.gates: record_evidence
        places.ties: tie_to_place untie_from_place
        planning.disruptions: import_disruptions preview_disruptions record_disruption
        planning.bulk: save_interventions
        planning.plans: save_intervention save_plan
        planning.signals: link_signal
        planning.tactics: add_tactic
        """,
    ),
    (
        WITH_ANALYSTS,
        """
        loading.demo: create_sample_place needs_sample
        loading.importing: import_assets import_boundaries import_context import_deprivation
        loading.importing: import_lookup import_ocg_locations import_population
        loading.importing: record sweep_strays
        loading.incident_import: import_incidents survey_incidents
        loading.previews: preview_boundaries preview_context preview_deprivation
        loading.previews: preview_incidents preview_lookup preview_ocg_locations
        loading.previews: preview_population
        loading.removing: removable remove_loaded
        loading.sample_records: make_sample_records
        """,
    ),
    (
        ADMINISTRATOR,
        """
        access.accounts: add_account end_account end_role end_screens grant_role
        access.accounts: list_accounts
        access.invitations: make_link
        audit: erase_bodies renew_key
        backups: back_up_store check check_backup list_backups remove_backup restore_store
        backup_jobs: backup_state start_backup
        home.administration: administration_state
        health: setup
        loading.importing: import_people
        loading.previews: preview_people
        planning.people: person_left person_returned
        retention: due_ids
        """,
    ),
    (ADMINISTRATOR | {Role.SRO}, "audit: search verify"),
    (
        OFFICERS | {Role.CSP_MANAGER},
        """
        places.overlaps: overlaps
        places.register: start_place
        """,
    ),
    (
        OFFICERS | HOSTS | {Role.P_LEAD},
        """
        assets.batches: apply_batch list_batches
        assets.column_choice: choose_columns column_choice
        assets.duplicates: likely_duplicates
        assets.engagement: contacts_of engagement_queue log_contact
        assets.follow_ups: follow_ups
        assets.importing: confirm_assets preview_assets
        assets.merging: keep_apart merge_assets pairs_kept_apart
        assets.nearby: assets_nearby
        assets.offering: offer_to_plan
        assets.register: asset_history check_asset mark_asset save_asset verify_asset
        loading.importing: import_postcodes
        loading.previews: preview_postcodes
        assets.review_queue: review_queue
        assets.undoing: changes_since undo_batch
        """,
    ),
    (
        RESTRICTED | HOSTS,
        """
        assets.referrals: referral_sheet
        exports.preparing: prepare_export
        exports.writing: write_analysis write_harm_profile
        """,
    ),
    (
        OFFICERS | HOSTS,
        "planning.partnership: save_debrief save_meeting save_pathway save_stakeholder",
    ),
    (
        OPERATIONAL,
        """
        assets.gaps: partner_gap_map
        assets.needs: band_needs
        assets.referrals: pathway_areas referral_options
        assets.timetables: week
        places.surroundings: assets_of_place
        home.shared_changes: shared_changes
        home.shared_places: shared_glances
        planning.signals: send_signal sent_signals signal_counts signals_during signals_of_place
        views.categories: shared_categories
        views.harm: community_harm partner_harm
        views.hotspots: partner_hotspots
        views.release: release
        views.community_work: community_assets community_places community_tasks community_work
        views.partner_work: partner_places partner_signals partner_tasks partner_work
        """,
    ),
)


def _listed() -> dict[str, Roles]:
    found: dict[str, Roles] = {}
    for roles, text in _TABLE:
        for row in filter(None, map(str.strip, text.splitlines())):
            module, _, names = row.partition(":")
            found |= {f"chb.services.{module}.{name}": roles for name in names.split()}
    return found


FUNCTIONS: Final[Mapping[str, Roles]] = _listed()
"""Full name of a function, and the roles that may ask it."""

PAGES: Final[Mapping[str, Roles]] = {
    "home": EVERYBODY,
    "harm-map": RESTRICTED,
    "harm-bands": HOSTS | {Role.PARTNER},
    "hotspots": RESTRICTED,
    "places": RESTRICTED,
    "shared-work": HOSTS | {Role.PARTNER},
    "plan": RESTRICTED,
    "ocgs": RESTRICTED,
    "intelligence": RESTRICTED,
    "disruptions": RESTRICTED,
    "signals": OPERATIONAL,
    "decisions": RESTRICTED,
    "partnership": OFFICERS | HOSTS,
    "learning": OFFICERS | HOSTS,
    "my-work": OPERATIONAL,
    "assets": OPERATIONAL,
    "timetable": OPERATIONAL,
    "gaps": OPERATIONAL,
    "asset-import": OFFICERS | HOSTS | {Role.P_LEAD},
    "engagement": OFFICERS | HOSTS | {Role.P_LEAD},
    "referrals": OPERATIONAL,
    "data": OPERATIONAL,
    "glossary": EVERYBODY,
    "administration": ADMINISTRATOR,
    "retention": OFFICERS,
    "audit-log": ADMINISTRATOR | {Role.SRO},
}
"""Path of a page, and the roles that find it in their navigation."""

BY_ADDRESS: Final[Mapping[str, Roles]] = {"harm-bands": RESTRICTED, "shared-work": RESTRICTED}
"""Officers may look at what is shared too; their navigation has the fuller page instead."""

PRODUCTS: Final[Mapping[str, Roles]] = {
    "HARM_PROFILE": RESTRICTED,
    "HOTSPOTS": RESTRICTED,
    "DISRUPTION_LOG": RESTRICTED,
    "MY_WORK": RESTRICTED,
    "PARTNER_HARM": RESTRICTED | HOSTS,
    "COMMUNITY_HARM": RESTRICTED | HOSTS,
    "PARTNER_TASKS": RESTRICTED | HOSTS,
    "ASSETS": RESTRICTED | HOSTS,
    "REFERRAL_SHEET": RESTRICTED | HOSTS,
    "REFUSED_ASSETS": RESTRICTED | HOSTS,
}
"""A product that can be taken out, and the roles that may take it."""
