"""Working out a person's scope: what they need to know today."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from chb.domain.access.grants import Basis, NeedToKnow, in_force
from chb.domain.access.roles import Role, View, view_of
from chb.domain.access.scope import EVERYTHING, OPERATOR, Scope
from chb.domain.access.sessions import SignedIn
from chb.domain.places.records import TieKind
from chb.domain.planning.stakeholders import AgreementState
from chb.services.access.rules import open_to_all
from chb.services.workspace import Workspace
from chb.store.store import Transaction


@open_to_all
def scope_of(ws: Workspace, who: SignedIn) -> Scope:
    """What the person may see today: by role, by what they lead, and by what they were let in on.

    It is worked out anew for every run, so that what was ended a moment ago is ended.
    """
    today = ws.today()
    with ws.seen_by(OPERATOR).reading() as tx:
        mine = _grants_of(tx, who.person, today)
        view = view_of(who.roles, has_agreement=bool(_agreed_places(tx, who.agency, today)))
        if view < View.RESTRICTED:
            return _scope(who, view, today, ocg_ids=_let_in_on(mine))
        led = _led_ocgs(tx, who)
        return _scope(
            who,
            view,
            today,
            ocg_ids=_known_ocgs(who, led, mine),
            indoctrinated_ids=led | _led_places(tx, who, today) | _signed(mine),
        )


def known_to(tx: Transaction, who: SignedIn, today: date) -> frozenset[str]:
    """Why the person knows of one group or place or another, to be compared with a moment ago.

    Nothing is kept from the Senior Responsible Officer, so nothing can be taken from them.
    """
    if Role.SRO in who.roles:
        return frozenset()
    mine = _grants_of(tx, who.person, today)
    known = {f"{each.basis} {each.ocg_id or each.place_id}" for each in mine}
    known |= {f"leads {each}" for each in _led_ocgs(tx, who) | _led_places(tx, who, today)}
    if view_of(who.roles, has_agreement=True) < View.RESTRICTED:
        known |= {f"agreed {each}" for each in _agreed_places(tx, who.agency, today)}
    return frozenset(known)


def _scope(
    who: SignedIn,
    view: View,
    today: date,
    *,
    ocg_ids: frozenset[str] = frozenset(),
    indoctrinated_ids: frozenset[str] = frozenset(),
) -> Scope:
    return Scope(
        person=who.person,
        name=who.name,
        agency=who.agency,
        roles=who.roles,
        view=view,
        ocg_ids=ocg_ids,
        indoctrinated_ids=EVERYTHING if Role.SRO in who.roles else indoctrinated_ids,
        on=today,
    )


def _known_ocgs(who: SignedIn, led: frozenset[str], mine: tuple[NeedToKnow, ...]) -> frozenset[str]:
    if Role.SRO in who.roles:
        return EVERYTHING
    return led | _let_in_on(mine)


def _let_in_on(mine: tuple[NeedToKnow, ...]) -> frozenset[str]:
    """Groups somebody was let in on. Of these a partner is told the code name, and no more."""
    return frozenset(grant.ocg_id for grant in mine if grant.ocg_id)


def _grants_of(tx: Transaction, work_email: str, today: date) -> tuple[NeedToKnow, ...]:
    return in_force(tx.planner.grants.where(work_email=work_email.casefold()), today)


def _signed(grants: Iterable[NeedToKnow]) -> frozenset[str]:
    signed = [grant for grant in grants if grant.basis == Basis.INDOCTRINATED]
    return frozenset(each for grant in signed for each in (grant.place_id, grant.ocg_id) if each)


def _led_ocgs(tx: Transaction, who: SignedIn) -> frozenset[str]:
    """Groups tasked to the person, if they may lead any."""
    if Role.LRO not in who.roles:
        return frozenset()
    led = tx.planner.ocgs.where(lro=[who.person, who.name])
    return frozenset(ocg.id for ocg in led)


def _led_places(tx: Transaction, who: SignedIn, today: date) -> frozenset[str]:
    """Places the person owns: their lead officer sets the trigger date and knows it."""
    if Role.LRO not in who.roles:
        return frozenset()
    return tx.places.tied_to(TieKind.OWNER, (who.person, who.name), today)


def _agreed_places(tx: Transaction, agency: str, today: date) -> frozenset[str]:
    """Places for which the agency signed an agreement that has not lapsed."""
    stakeholders = tx.planner.stakeholders
    own = stakeholders.where(agency=stakeholders.spelled("agency", agency))
    return frozenset(
        each.place_id for each in own if each.agreement(today) == AgreementState.SIGNED
    )
