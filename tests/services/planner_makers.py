"""Records of the planner as a test needs them, each saved by the service a person would use."""

from datetime import date

import shapely

from chb.domain.ocgs.bands import Band, Tier
from chb.domain.ocgs.register import Ocg, OcgModel, OcgScore, SocCategory
from chb.domain.places.phases import Phase
from chb.domain.planning.disruptions import Disruption, DisruptionLevel
from chb.domain.planning.interventions import Intervention
from chb.domain.planning.plans import Pillar, Plan
from chb.domain.planning.stakeholders import Sector, Stakeholder
from chb.services.places.register import start_place
from chb.services.planning.disruptions import record_disruption
from chb.services.planning.ocg_register import rescore, save_ocg
from chb.services.planning.partnership import save_stakeholder
from chb.services.planning.plans import save_intervention, save_plan
from geo.cells import cover

BY = "LRO"
DAY = date(2026, 3, 2)
LITERAL = 'O\'Neil "the fox" </script><b>&amp; ${x} =1+1 🎈'


def made_place(ws, name="Moorfield"):
    cells = cover(shapely.box(-1.50, 53.36, -1.49, 53.37), 9)
    return start_place(
        ws,
        name=name,
        cells=[int(cell) for cell in cells],
        area_name="Marram",
        reason="Third worst harm for two quarters",
        by=BY,
    )


def made_agreement(ws, place, agency="Council", **changes):
    """An agency of the place's group, with a sharing agreement in force."""
    values = {"sector": Sector.PUBLIC, "contact_role": "Manager", "isa_signed_on": DAY}
    entry = Stakeholder(place_id=place.id, agency=agency, **(values | changes))
    return save_stakeholder(ws, entry, by=BY)


def made_ocg(ws, code="KITTIWAKE", request_key="", **changes):
    values = {
        "lro": "lro@example.org",
        "tasked_on": date(2026, 1, 5),
        "category": SocCategory.DOMINATE,
        "model": OcgModel.CO_OPERATIVE,
    }
    return save_ocg(ws, Ocg(code=code, **(values | changes)), by=BY, request_key=request_key)


def made_score(ws, ocg, tier=Tier.ONE, on=date(2026, 1, 5), band=Band.TWO_B, request_key=""):
    score = OcgScore(
        ocg_id=ocg.id, band=band, tier=tier, assessed_on=on, assessor="desk", reason="scored"
    )
    return rescore(ws, score, by=BY, request_key=request_key)


def made_plan(ws, **subject):
    plan = Plan(aim="The green is safe", lead="lro@example.org", starts_on=DAY, **subject)
    return save_plan(ws, plan, by=BY)


def made_intervention(ws, plan, request_key="", **changes):
    values = {
        "title": "Patrols",
        "phase": Phase.CLEAR,
        "pillar": Pillar.PURSUE,
        "lead_agency": "Police",
        "is_police_led": True,
    }
    intervention = Intervention(plan_id=plan.id, **(values | changes))
    return save_intervention(ws, intervention, by=BY, request_key=request_key)


def made_disruption(ws, request_key="", **changes):
    values = {
        "happened_on": DAY,
        "what": "Two addresses closed",
        "level": DisruptionLevel.MODERATE,
        "pillar": Pillar.PURSUE,
        "agency": "Police",
    }
    return record_disruption(ws, Disruption(**(values | changes)), by=BY, request_key=request_key)
