"""The OCG register: registering, scoring, reviewing, and what is overdue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from chb.domain.access.conditions import check_group_is_managed
from chb.domain.access.permissions import Permission
from chb.domain.ocgs.locations import OcgLocation
from chb.domain.ocgs.members import Nominal, OcgLink
from chb.domain.ocgs.register import (
    MorileScore,
    Ocg,
    OcgReview,
    OcgScore,
    OcgStanding,
    standing,
    unusable_code,
)
from chb.domain.refusal import Refusal
from chb.domain.wording import checked_past
from chb.services.access.rules import needs, open_on_record, open_to_all
from chb.services.planning.keeping import existing, keep, save, signed, why_edited
from chb.services.requests import once
from chb.services.workspace import Workspace
from chb.store.store import Transaction


@dataclass(frozen=True)
class OcgFile:
    """All that is kept about one group; restricted to its lead officer and those indoctrinated."""

    standing: OcgStanding
    scores: tuple[OcgScore, ...]
    morile_scores: tuple[MorileScore, ...]
    reviews: tuple[OcgReview, ...]
    nominals: tuple[Nominal, ...]
    links: tuple[OcgLink, ...]
    locations: tuple[OcgLocation, ...]
    """Locations under the group's code, whatever its case."""

    @property
    def ocg(self) -> Ocg:
        return self.standing.ocg

    def number_of(self, location: OcgLocation) -> int:
        """A location's number on this file, from 1.

        Its id is not for the screen: the ids between would tell how many locations other
        groups have.
        """
        return sorted(each.id for each in self.locations).index(location.id) + 1


@open_on_record(shows="ocg register")
def list_ocgs(ws: Workspace) -> tuple[OcgStanding, ...]:
    """Every group with its scoring and review date, by code."""
    with ws.reading() as tx:
        return standings(tx)


@open_to_all
def ocg_codes(ws: Workspace) -> dict[str, str]:
    """Code of every group by its id, in the order of codes: for lists to choose from."""
    with ws.reading() as tx:
        codes = {ocg.id: ocg.code for ocg in tx.planner.ocgs.all()}
    return dict(sorted(codes.items(), key=lambda pair: pair[1].casefold()))


@open_to_all
def overdue_reviews(ws: Workspace) -> tuple[OcgStanding, ...]:
    """Active groups whose scheduled review is overdue, the longest wait first."""
    late = [each for each in list_ocgs(ws) if each.is_overdue(ws.today())]
    return tuple(sorted(late, key=lambda each: each.review_due_on))


@needs(Permission.SEE_OPERATIONS, shows="ocg")
def ocg_file(ws: Workspace, ocg_id: str) -> OcgFile:
    """One group with everything kept about it; Refusal when it is not there."""
    with ws.reading() as tx:
        records = tx.planner
        ocg = existing(records.ocgs, ocg_id)
        scores = records.scores.where(ocg_id=ocg_id)
        reviews = records.reviews.where(ocg_id=ocg_id)
        return OcgFile(
            standing=standing(ocg, scores, reviews),
            scores=scores,
            morile_scores=records.morile_scores.where(ocg_id=ocg_id),
            reviews=reviews,
            nominals=records.nominals.where(ocg_id=ocg_id),
            links=(
                *records.ocg_links.where(ocg_id=ocg_id),
                *records.ocg_links.where(other_id=ocg_id),
            ),
            locations=tuple(
                each
                for each in tx.ocg_locations.all()
                if each.code.casefold() == ocg.code.casefold()
            ),
        )


@needs(Permission.MANAGE_OCGS)
def save_ocg(ws: Workspace, ocg: Ocg, *, by: str, reason: str = "", request_key: str = "") -> Ocg:
    """Register a group, or save what a person edited and why; codes differ beyond their case.

    What is kept about the group follows it to a new code.
    """
    checked_past(ocg.tasked_on, today=ws.today(), what="The tasking")
    signature = signed(ws, by, why_edited(ocg, reason, what="a group"))
    kept = ocg.checked()

    def make() -> str:
        refuse_same_code(tx, kept)
        before = tx.planner.ocgs.get(kept.id)
        saved = keep(tx.planner.ocgs, kept, signature=signature)
        if before is not None and before.code != kept.code:
            tx.ocg_locations.follow(before.code, kept.code, signature)
        return saved

    with ws.writing() as tx:
        return existing(tx.planner.ocgs, once(tx, request_key, make, now=signature.at))


@needs(Permission.MANAGE_OCGS)
def rescore(ws: Workspace, score: OcgScore, *, by: str, request_key: str = "") -> OcgScore:
    """Add a scoring; those before it stay as they are."""
    checked_past(score.assessed_on, today=ws.today(), what="The scoring")
    return save(
        ws,
        lambda tx: tx.planner.scores,
        score,
        by=by,
        request_key=request_key,
        check=_refuse_archived,
    )


@needs(Permission.MANAGE_OCGS)
def import_morile(
    ws: Workspace, score: MorileScore, *, by: str, request_key: str = ""
) -> MorileScore:
    """Add a MoRiLE score that was made elsewhere."""
    checked_past(score.assessed_on, today=ws.today(), what="The MoRiLE assessment")
    return save(ws, lambda tx: tx.planner.morile_scores, score, by=by, request_key=request_key)


@needs(Permission.MANAGE_OCGS)
def hold_review(ws: Workspace, review: OcgReview, *, by: str, request_key: str = "") -> OcgReview:
    """Add a review that was held; a scheduled one starts the clock for the next."""
    checked_past(review.held_on, today=ws.today(), what="The review")
    return save(
        ws,
        lambda tx: tx.planner.reviews,
        review,
        by=by,
        request_key=request_key,
        check=_refuse_archived,
    )


@needs(Permission.MANAGE_OCGS)
def save_nominal(
    ws: Workspace, nominal: Nominal, *, by: str, reason: str = "", request_key: str = ""
) -> Nominal:
    """Add a nominal to a group, or save what a person edited and why."""
    return save(
        ws,
        lambda tx: tx.planner.nominals,
        nominal,
        by=by,
        reason=why_edited(nominal, reason, what="a nominal"),
        request_key=request_key,
        check=_refuse_same_nominal,
    )


@needs(Permission.MANAGE_OCGS)
def save_ocg_link(
    ws: Workspace, link: OcgLink, *, by: str, reason: str = "", request_key: str = ""
) -> OcgLink:
    """Link two groups, or save what a person edited and why."""
    return save(
        ws,
        lambda tx: tx.planner.ocg_links,
        link,
        by=by,
        reason=why_edited(link, reason, what="a link"),
        request_key=request_key,
        check=_refuse_same_link,
    )


def standings(tx: Transaction) -> tuple[OcgStanding, ...]:
    """Every group as a list shows it, by code, within a transaction."""
    scores: dict[str, list[OcgScore]] = defaultdict(list)
    for score in tx.planner.scores.all():
        scores[score.ocg_id].append(score)
    reviews: dict[str, list[OcgReview]] = defaultdict(list)
    for review in tx.planner.reviews.all():
        reviews[review.ocg_id].append(review)
    ocgs = sorted(tx.planner.ocgs.all(), key=lambda ocg: ocg.code.casefold())
    return tuple(standing(ocg, scores[ocg.id], reviews[ocg.id]) for ocg in ocgs)


def refuse_same_code(tx: Transaction, ocg: Ocg) -> None:
    """Refusal when another group has or had the code, or what is kept under it is not its own."""
    if _taken(ocg.code, (each.code for each in tx.planner.ocgs.all() if each.id != ocg.id)):
        raise Refusal(
            f"There is already an OCG called {ocg.code}",
            remedy="Open that group, or give this one another code name",
        )
    before = tx.planner.ocgs.get(ocg.id)
    is_new = before is None or before.code.casefold() != ocg.code.casefold()
    if is_new and not tx.group_codes.is_free(ocg.code, ocg_id=ocg.id):
        raise unusable_code()


def _refuse_archived(tx: Transaction, entry: OcgScore | OcgReview) -> None:
    """An archived group is neither scored nor reviewed; one that is not there is told of later."""
    ocg = tx.planner.ocgs.get(entry.ocg_id)
    if ocg is not None:
        check_group_is_managed(ocg)


def _refuse_same_nominal(tx: Transaction, nominal: Nominal) -> None:
    others = tx.planner.nominals.where(ocg_id=nominal.ocg_id)
    if _taken(nominal.reference, (each.reference for each in others if each.id != nominal.id)):
        raise Refusal(
            f"The group has a nominal {nominal.reference} already",
            remedy="Edit that one, or give this one another reference",
        )


def _refuse_same_link(tx: Transaction, link: OcgLink) -> None:
    pair = {link.ocg_id, link.other_id}
    for other in tx.planner.ocg_links.where(ocg_id=pair, other_id=pair, kind=link.kind.value):
        if other.id != link.id:
            raise Refusal(
                f"These two groups are linked by {link.kind} already",
                remedy="Edit that link instead",
            )


def _taken(name: str, names: Iterable[str]) -> bool:
    return name.casefold() in {each.casefold() for each in names}
