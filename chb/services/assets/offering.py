"""An asset offered to a place's plan, in one step from the map of gaps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from chb.domain.access.conditions import check_place_is_open
from chb.domain.access.permissions import Permission
from chb.domain.assets.register import Asset, AssetStatus
from chb.domain.places.phases import Intensity, Phase
from chb.domain.planning.interventions import Intervention
from chb.domain.planning.plans import Pillar, Plan, PreventLevel
from chb.domain.refusal import Refusal
from chb.services.access.rules import needs
from chb.services.places.edits import existing_place
from chb.services.planning.keeping import existing, keep, signed
from chb.services.requests import once
from chb.services.workspace import Workspace
from chb.store.store import Transaction

OFFERED_AS: Final = (Pillar.PREVENT, Pillar.PROTECT, Pillar.PREPARE)
"""Pursue is not for the community to offer."""


@dataclass(frozen=True)
class PlanOffer:
    """Which asset is offered to the plan of which place, and as what."""

    asset_id: str
    place_id: str
    pillar: Pillar
    title: str
    prevent_level: PreventLevel = PreventLevel.PRIMARY
    """Whom it is for, where it is Prevent."""


@needs(Permission.MANAGE_ASSETS)
def offer_to_plan(
    ws: Workspace, offer: PlanOffer, *, by: str, request_key: str = ""
) -> Intervention:
    """Propose to a place's plan an intervention that uses the asset, which is then in a plan.

    Whoever offers it, it is proposed: those who write plans agree it. It belongs to Build,
    or to Hold while that is active there. Refusal where the place has no plan yet.
    """
    signature = signed(ws, by, f"Offered to the plan: {offer.title}")

    def make() -> str:
        asset = existing(tx.assets, offer.asset_id)
        _refuse_what_cannot_be_offered(asset, offer)
        proposed = _proposal(ws, tx, asset, offer).checked()
        if asset.status != AssetStatus.IN_A_PLAN:
            keep(tx.assets, replace(asset, status=AssetStatus.IN_A_PLAN), signature=signature)
        return keep(tx.planner.interventions, proposed, signature=signature)

    with ws.writing() as tx:
        return existing(tx.planner.interventions, once(tx, request_key, make, now=signature.at))


def _proposal(ws: Workspace, tx: Transaction, asset: Asset, offer: PlanOffer) -> Intervention:
    place = existing_place(tx, offer.place_id)
    check_place_is_open(place, ws.today())
    holds = place.intensities(ws.today())[Phase.HOLD] == Intensity.ACTIVE
    is_prevent = offer.pillar == Pillar.PREVENT
    return Intervention(
        plan_id=_plan_of(tx, offer.place_id).id,
        title=offer.title,
        phase=Phase.HOLD if holds else Phase.BUILD,
        pillar=offer.pillar,
        prevent_level=offer.prevent_level if is_prevent else None,
        lead_agency=asset.name,
        is_police_led=False,
        asset_ids=(asset.id,),
    )


def _plan_of(tx: Transaction, place_id: str) -> Plan:
    found = tx.planner.plans.where(place_id=place_id)
    if not found:
        raise Refusal(
            "The place has no plan yet",
            cause="A plan needs an aim and somebody who leads it",
            remedy="Ask whoever leads the work at the place to start its plan",
        )
    return found[0]


def _refuse_what_cannot_be_offered(asset: Asset, offer: PlanOffer) -> None:
    if offer.pillar not in OFFERED_AS:
        raise Refusal(
            "An asset is offered as Prevent, Protect or Prepare",
            found=f"Found {offer.pillar}",
            cause="Pursue is the work of the police",
            remedy="Choose one of the other three",
        )
    if not asset.is_open or asset.status == AssetStatus.DECLINED:
        raise Refusal(
            "This asset cannot be offered to a plan",
            found=f"It is {'withdrawn' if asset.is_withdrawn else asset.status}",
            remedy="Choose another asset, or put on record that it is there again",
        )
