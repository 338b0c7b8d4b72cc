"""Whose is it? What of a permitted thing is one person's to do, and not their colleagues'.

Every rule is a pair: ``check_...`` raises with the reason, its boolean twin feeds the
screen. What a role allows at all is asked before, of the permissions.
"""

from __future__ import annotations

from datetime import date

from chb.domain.access.permissions import Permission, may, roles_that_may
from chb.domain.access.roles import Role, View
from chb.domain.access.scope import NotForYou, Scope
from chb.domain.places.places import Place
from chb.domain.places.records import TieKind
from chb.domain.planning.stakeholders import Stakeholder


def moves_phases(scope: Scope, place: Place, today: date) -> bool:
    """Whether phases of a place are the person's to move: its lead's, or the senior officer's.

    Its lead is whoever owns it. A place that nobody owns yet waits for its first lead,
    so any lead officer may move it until there is one.
    """
    if scope.holds_whole_store or Role.SRO in scope.roles:
        return True
    owners = {tie.subject.casefold() for tie in place.tied(today, TieKind.OWNER)}
    return not owners or bool(owners & scope.known_as)


def check_moves_phases(scope: Scope, place: Place, today: date) -> None:
    """Refusal for a place that somebody else leads."""
    if not moves_phases(scope, place, today):
        owners = [tie.subject for tie in place.tied(today, TieKind.OWNER)]
        raise NotForYou(
            f"{place.name} is led by somebody else",
            found=f"Its lead is {' and '.join(owners)}",
            cause="Whoever leads a place answers for its phases",
            remedy="Ask its lead, or the senior officer",
        )


def enters_indoctrination(scope: Scope) -> bool:
    """Whether the person may say that an agency has signed for an operation."""
    return may(scope, Permission.GRANT_NEED_TO_KNOW)


def check_enters_indoctrination(scope: Scope) -> None:
    """Refusal for who is no officer."""
    if not enters_indoctrination(scope):
        able = roles_that_may(Permission.GRANT_NEED_TO_KNOW)
        raise NotForYou(
            "That an agency is indoctrinated is an officer's to say",
            cause="It concerns who may know of an operation before it begins",
            remedy=f"Ask {' or '.join(sorted(role.value for role in able))}",
        )


def enters_agreement(scope: Scope, *agencies: str) -> bool:
    """Whether the person may enter, change or end the sharing agreements of the agencies.

    Officers answer for what is shared. Whoever convenes the partnership enters what others
    signed, and never what opens the records to the agency they work for themselves.
    """
    if scope.holds_whole_store or scope.view >= View.RESTRICTED:
        return True
    return all(each.casefold() != scope.agency.casefold() for each in agencies if each)


def check_enters_agreement(scope: Scope, *agencies: str) -> None:
    """Refusal for the sharing agreement of the person's own agency."""
    if not enters_agreement(scope, *agencies):
        raise NotForYou(
            "The sharing agreement of your own agency is not yours to enter",
            found=f"You work for {scope.agency}",
            cause="It opens the partner view to your colleagues",
            remedy="Ask a lead officer, or somebody of another agency who runs the group",
        )


def hold_entry_to_rules(scope: Scope, before: Stakeholder | None, after: Stakeholder) -> None:
    """Both rules, for what an entry now says otherwise: what is left as it was is nobody's."""
    if _indoctrination(before) != _indoctrination(after):
        check_enters_indoctrination(scope)
    if _agreement(before) != _agreement(after):
        check_enters_agreement(scope, before.agency if before else "", after.agency)


def _indoctrination(entry: Stakeholder | None) -> tuple[object, ...]:
    """What an entry says on indoctrination: of which agency, at which place, since when."""
    if entry is None or entry.indoctrinated_on is None:
        return ()
    return entry.agency.casefold(), entry.place_id, entry.indoctrinated_on


def _agreement(entry: Stakeholder | None) -> tuple[object, ...]:
    if entry is None or entry.isa_signed_on is None:
        return ()
    return entry.agency.casefold(), entry.place_id, entry.isa_signed_on, entry.isa_review_on
