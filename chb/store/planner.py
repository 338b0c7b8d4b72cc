"""All the planner's records, on one connection."""

from __future__ import annotations

from sqlalchemy import Connection

from chb.domain.ocgs.members import Nominal, OcgLink
from chb.domain.ocgs.register import MorileScore, Ocg, OcgReview, OcgScore
from chb.domain.planning.debriefs import Debrief
from chb.domain.planning.disruptions import Disruption
from chb.domain.planning.intelligence import IntelligenceRequirement, PartnerRequest
from chb.domain.planning.interventions import Intervention
from chb.domain.planning.plans import Plan
from chb.domain.planning.referrals import ReferralPathway
from chb.domain.planning.signals import SignalLink
from chb.domain.planning.stakeholders import Meeting, Stakeholder
from chb.store.records import Records
from chb.store.signals import SignalRecords
from chb.store.tables import intelligence, ocg_register, partnership, plans


class PlannerRecords:
    """Repositories of the planner; what refers to another kind comes after it."""

    def __init__(self, connection: Connection) -> None:
        self.ocgs = Records(connection, ocg_register.ocg, Ocg)
        self.scores = Records(connection, ocg_register.ocg_score, OcgScore)
        self.morile_scores = Records(connection, ocg_register.morile_score, MorileScore)
        self.reviews = Records(connection, ocg_register.ocg_review, OcgReview)
        self.nominals = Records(connection, ocg_register.nominal, Nominal)
        self.ocg_links = Records(connection, ocg_register.ocg_link, OcgLink)
        self.plans = Records(connection, plans.plan, Plan)
        self.interventions = Records(connection, plans.intervention, Intervention)
        self.disruptions = Records(connection, plans.disruption, Disruption)
        self.requirements = Records(
            connection, intelligence.intelligence_requirement, IntelligenceRequirement
        )
        self.partner_requests = Records(connection, intelligence.partner_request, PartnerRequest)
        self.signals = SignalRecords(connection)
        self.signal_links = Records(connection, intelligence.signal_link, SignalLink)
        self.stakeholders = Records(connection, partnership.stakeholder, Stakeholder)
        self.meetings = Records(connection, partnership.meeting, Meeting)
        self.pathways = Records(connection, partnership.referral_pathway, ReferralPathway)
        self.debriefs = Records(connection, partnership.debrief, Debrief)

    def remove_samples(self) -> None:
        """Take the sample's records out; those that refer to others go first."""
        for records in reversed(list(vars(self).values())):
            records.remove_samples()
