"""All the planner's records, on one connection."""

from __future__ import annotations

from chb.domain.access.grants import NeedToKnow
from chb.domain.ocgs.members import Nominal, OcgLink
from chb.domain.ocgs.register import MorileScore, Ocg, OcgReview, OcgScore
from chb.domain.planning.debriefs import Debrief
from chb.domain.planning.disruptions import Disruption
from chb.domain.planning.intelligence import IntelligenceRequirement, PartnerRequest
from chb.domain.planning.plans import Plan
from chb.domain.planning.referrals import ReferralPathway
from chb.domain.planning.signals import SignalLink
from chb.domain.planning.stakeholders import Meeting, Stakeholder
from chb.domain.retention import Hold, RetentionReview
from chb.store.interventions import InterventionRecords
from chb.store.records import Records
from chb.store.signals import SignalRecords
from chb.store.tables import (
    intelligence,
    need_to_know,
    ocg_register,
    partnership,
    plans,
    retention,
)
from chb.store.unit import Unit


class PlannerRecords:
    """Repositories of the planner; what refers to another kind comes after it."""

    def __init__(self, unit: Unit) -> None:
        self.ocgs = Records(unit, ocg_register.ocg, Ocg)
        self.scores = Records(unit, ocg_register.ocg_score, OcgScore)
        self.morile_scores = Records(unit, ocg_register.morile_score, MorileScore)
        self.reviews = Records(unit, ocg_register.ocg_review, OcgReview)
        self.nominals = Records(unit, ocg_register.nominal, Nominal)
        self.ocg_links = Records(unit, ocg_register.ocg_link, OcgLink)
        self.plans = Records(unit, plans.plan, Plan)
        self.interventions = InterventionRecords(unit)
        self.disruptions = Records(unit, plans.disruption, Disruption)
        self.requirements = Records(
            unit, intelligence.intelligence_requirement, IntelligenceRequirement
        )
        self.partner_requests = Records(unit, intelligence.partner_request, PartnerRequest)
        self.signals = SignalRecords(unit)
        self.signal_links = Records(unit, intelligence.signal_link, SignalLink)
        self.stakeholders = Records(unit, partnership.stakeholder, Stakeholder)
        self.meetings = Records(unit, partnership.meeting, Meeting)
        self.pathways = Records(unit, partnership.referral_pathway, ReferralPathway)
        self.debriefs = Records(unit, partnership.debrief, Debrief)
        self.grants = Records(unit, need_to_know.need_to_know, NeedToKnow)
        self.holds = Records(unit, retention.legal_hold, Hold)
        self.retention_reviews = Records(unit, retention.retention_review, RetentionReview)

    def remove_samples(self) -> None:
        """Take the sample's records out; those that refer to others go first."""
        for records in reversed(list(vars(self).values())):
            records.remove_samples()
