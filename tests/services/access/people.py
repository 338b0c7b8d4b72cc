"""The partnership that the machine drives: who is in it, and what each role may do."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from chb.domain.access.roles import Role
from chb.domain.audit import AuditAction
from chb.services.planning.disruptions import record_disruption
from chb.services.planning.intelligence import save_request, save_requirement
from chb.services.planning.ocg_register import save_nominal, save_ocg, save_ocg_link
from chb.services.planning.plans import save_intervention, save_plan
from chb.services.workspace import Workspace
from tests.services.access.model import OFFICERS, Member

HOUSING, YOUTH = "Bank Homes", "Quay Youth"
AGENCIES = (HOUSING, HOUSING.upper(), YOUTH)
SRO = Member("sro@example.org", Role.SRO)
LRO = Member("lro@example.org", Role.LRO)
OTHER_LRO = Member("ro@example.org", Role.LRO)
P_LEAD = Member("p.lead@example.org", Role.P_LEAD)
ANALYST = Member("analyst@example.org", Role.ANALYST)
CSP_MANAGER = Member("csp@example.org", Role.CSP_MANAGER, "Marram Council")
HOUSING_OFFICER = Member("homes@example.org", Role.PARTNER, HOUSING)
YOUTH_WORKER = Member("youth@example.org", Role.PARTNER, YOUTH)
ADMINISTRATOR = Member("systems@example.org", Role.ADMINISTRATOR)
EVERYBODY = (
    SRO,
    LRO,
    OTHER_LRO,
    P_LEAD,
    ANALYST,
    CSP_MANAGER,
    HOUSING_OFFICER,
    YOUTH_WORKER,
    ADMINISTRATOR,
)
LEADS = (LRO, OTHER_LRO)

COMMAND = {Role.SRO, Role.LRO}
PLANNERS = COMMAND | {Role.P_LEAD}
HOSTS = COMMAND | {Role.CSP_MANAGER}
SENDERS = OFFICERS | {Role.CSP_MANAGER, Role.PARTNER}

TABLES = {
    "ocgs": "ocg",
    "nominals": "nominal",
    "ocg_links": "ocg_link",
    "locations": "ocg_location",
    "plans": "plan",
    "interventions": "intervention",
    "disruptions": "disruption",
    "requirements": "intelligence_requirement",
    "partner_requests": "partner_request",
    "signals": "signal",
    "stakeholders": "stakeholder",
    "grants": "need_to_know",
    "decisions": "decision",
    "places": "place",
}
WRITES = (AuditAction.ALTER, AuditAction.COLLECT, AuditAction.DECIDE, AuditAction.ERASE)
EDITS: dict[str, tuple[Callable[..., Any], str, set[Role]]] = {
    "ocgs": (save_ocg, "summary", COMMAND),
    "nominals": (save_nominal, "note", COMMAND),
    "ocg_links": (save_ocg_link, "note", COMMAND),
    "plans": (save_plan, "exit_strategy", PLANNERS),
    "interventions": (save_intervention, "detail", PLANNERS),
    "disruptions": (record_disruption, "what", PLANNERS),
    "requirements": (save_requirement, "known_already", OFFICERS),
    "partner_requests": (save_request, "question", OFFICERS),
}
"""How each kind is edited, the field that takes new words, and who may."""

Send = Callable[[Workspace, str], Any]
"""Sends a form as the person whose workspace it is, under a key; what was kept."""

WHO = st.sampled_from(EVERYBODY)
OFFICER = st.sampled_from(EVERYBODY[:5])
NTH = st.integers(0, 7)
SOON = st.integers(-2, 2)
MAYBE_SOON = st.none() | SOON
AGENCY = st.sampled_from(AGENCIES)
