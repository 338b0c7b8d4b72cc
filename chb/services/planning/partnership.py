"""The partnership: stakeholder groups, meetings, referral pathways, debriefs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from chb.domain.access.permissions import Permission
from chb.domain.access.responsibility import hold_entry_to_rules
from chb.domain.access.roles import View
from chb.domain.planning.debriefs import Debrief
from chb.domain.planning.debriefs import search as search_in
from chb.domain.planning.referrals import ReferralPathway, pathways_for
from chb.domain.planning.stakeholders import AgreementState, Meeting, Stakeholder, last_attended
from chb.domain.refusal import Refusal
from chb.domain.wording import checked_past
from chb.services.access.rules import needs, open_on_record, open_to_all
from chb.services.planning.keeping import existing, save
from chb.services.workspace import Workspace
from chb.store.store import Transaction


@dataclass(frozen=True)
class GroupMember:
    """A stakeholder as the group's page shows it."""

    stakeholder: Stakeholder
    agreement: AgreementState
    is_indoctrinated: bool
    last_attended_on: date | None


@open_to_all
def stakeholder_group(ws: Workspace, place_id: str) -> tuple[GroupMember, ...]:
    """The group of a place, by agency."""
    with ws.reading() as tx:
        stakeholders = tx.planner.stakeholders.where(place_id=place_id)
        meetings = tx.planner.meetings.where(place_id=place_id)
    attended, today = last_attended(stakeholders, meetings), ws.today()
    members = [
        GroupMember(
            stakeholder=each,
            agreement=each.agreement(today),
            is_indoctrinated=each.indoctrinated_on is not None and each.indoctrinated_on <= today,
            last_attended_on=attended[each.id],
        )
        for each in stakeholders
    ]
    return tuple(sorted(members, key=lambda member: member.stakeholder.agency.casefold()))


@needs(Permission.MANAGE_PARTNERSHIP)
def save_stakeholder(
    ws: Workspace, stakeholder: Stakeholder, *, by: str, reason: str = "", request_key: str = ""
) -> Stakeholder:
    """Add an agency to a place's group, or save what a person edited.

    That an agency is indoctrinated only an officer says, and nobody who is none enters
    the sharing agreement of their own agency.
    """

    def check(tx: Transaction, kept: Stakeholder) -> None:
        _refuse_same_agency(tx, kept)
        before = tx.planner.stakeholders.get(kept.id)
        if before is None or before.version == kept.version:  # else it is told to be stale
            hold_entry_to_rules(ws.scope, before, kept)

    return save(
        ws,
        lambda tx: tx.planner.stakeholders,
        stakeholder,
        by=by,
        reason=reason,
        request_key=request_key,
        check=check,
    )


@open_to_all
def list_meetings(ws: Workspace, place_id: str) -> tuple[Meeting, ...]:
    """Meetings of a place's group, the latest first."""
    with ws.reading() as tx:
        found = tx.planner.meetings.where(place_id=place_id)
    return tuple(sorted(found, key=lambda meeting: meeting.held_on, reverse=True))


@needs(Permission.MANAGE_PARTNERSHIP)
def save_meeting(
    ws: Workspace, meeting: Meeting, *, by: str, reason: str = "", request_key: str = ""
) -> Meeting:
    """Keep a meeting that was held, or save what a person edited."""
    checked_past(meeting.held_on, today=ws.today(), what="The meeting")
    return save(
        ws,
        lambda tx: tx.planner.meetings,
        meeting,
        by=by,
        reason=reason,
        request_key=request_key,
        check=_refuse_strangers,
    )


@open_to_all
def find_pathways(
    ws: Workspace, *, age: int | None = None, words: str = ""
) -> tuple[ReferralPathway, ...]:
    """Referral pathways open to an age that hold every word, by organisation."""
    with ws.reading() as tx:
        found = pathways_for(tx.planner.pathways.all(), age=age, words=words)
    return tuple(sorted(found, key=lambda pathway: pathway.organisation.casefold()))


@needs(Permission.MANAGE_PARTNERSHIP)
def save_pathway(
    ws: Workspace, pathway: ReferralPathway, *, by: str, reason: str = "", request_key: str = ""
) -> ReferralPathway:
    """Add a referral pathway to the register, or save what a person edited."""
    return save(
        ws,
        lambda tx: tx.planner.pathways,
        pathway,
        by=by,
        reason=reason,
        request_key=request_key,
    )


@open_on_record(shows="debriefs")
def search_debriefs(ws: Workspace, words: str = "") -> tuple[Debrief, ...]:
    """Debriefs of every place that hold every word, the most recent first.

    Intelligence that waits to be submitted is for officers, whoever wrote it down.
    """
    with ws.reading() as tx:
        found = tx.planner.debriefs.all()
    if ws.scope.view < View.RESTRICTED:
        found = tuple(replace(each, new_intelligence="") for each in found)
    return search_in(found, words)


@needs(Permission.MANAGE_PARTNERSHIP)
def save_debrief(
    ws: Workspace, debrief: Debrief, *, by: str, reason: str = "", request_key: str = ""
) -> Debrief:
    """Keep a debrief, or save what a person edited."""
    checked_past(debrief.held_on, today=ws.today(), what="The debrief")
    is_officer = ws.scope.view >= View.RESTRICTED
    if debrief.id and not is_officer:
        with ws.reading() as tx:
            unseen = existing(tx.planner.debriefs, debrief.id).new_intelligence
        debrief = replace(debrief, new_intelligence=unseen)
    return save(
        ws,
        lambda tx: tx.planner.debriefs,
        debrief,
        by=by,
        reason=reason,
        request_key=request_key,
        unseen=() if is_officer else ("new_intelligence",),
    )


def _refuse_same_agency(tx: Transaction, new: Stakeholder) -> None:
    for other in tx.planner.stakeholders.where(place_id=new.place_id):
        if other.id != new.id and other.agency.casefold() == new.agency.casefold():
            raise Refusal(
                f"{new.agency} is in the group already",
                found=f"Its point of contact is {other.contact_role}",
                remedy="Edit that entry instead",
            )


def _refuse_strangers(tx: Transaction, meeting: Meeting) -> None:
    members = {each.id for each in tx.planner.stakeholders.where(place_id=meeting.place_id)}
    strangers = [each for each in (*meeting.present, *meeting.apologies) if each not in members]
    if strangers:
        raise Refusal(
            "Somebody at the meeting is not in the group of this place",
            found=f"{len(strangers)} of them, the first being {strangers[0]!r}",
            remedy="Add the agency to the group first",
        )
