"""People through one server process, one after another, each in what those before left warm."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from chb.exports.rows import WRITERS
from tests.leaks.canaries import NOT_SHOWN, READERS
from tests.leaks.house import House
from tests.leaks.journey import EXPORTS, PRODUCTS, Journey
from tests.leaks.people import LEAD, Somebody
from tests.leaks.record import Record
from tests.leaks.scanner import Hit

OF_THE_PERSON: Final = frozenset({"DISRUPTION_LOG", "MY_WORK"})
"""Products that differ by who among the officers asks."""
_LEFT_WAITING: Final = ("DISRUPTION_LOG", "ASSETS")
_LOG_HEADER: Final = "reference,happened_on,what,level,pillar,agency,ocg_code,place"
_LIST_HEADER: Final = "name,kind,longitude,latitude,note"


@dataclass
class Passage:
    """What everybody was sent, and what lies on the disk after them."""

    house: House
    records: list[Record] = field(default_factory=list)
    left_behind: list[Hit] = field(default_factory=list)
    fetched_of_others: dict[str, int] = field(default_factory=dict)
    """Addresses that were handed to one person and answered to another with a body."""
    tried: set[str] = field(default_factory=set)
    """All addresses that were handed to one person and asked for by another."""
    answered: dict[str, set[str]] = field(default_factory=dict)
    """By person: addresses beside the pages that were answered to them."""
    taken: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    """By person: products and their formats that were taken out."""

    def leaks(self) -> str:
        """Whatever reached somebody who may not read it, a line each; empty when nothing did."""
        return "\n".join(
            f"{hit.token} reached {hit.where} ({hit.via})"
            for record in self.records
            for hit in record.leaks(self.house.words.kept_from(record.who))
        )

    def unseen_by(self, who: Somebody) -> set[str]:
        """What somebody may read and was not sent: where the test would be blind."""
        seen = {token for each in self.records if each.who == who.key for token in each.tokens}
        may = {name for name, readers in READERS.items() if who.key in readers}
        return may - seen - NOT_SHOWN

    def taken_by(self, who: Somebody) -> set[str]:
        """Names of the products that somebody took out."""
        return {product for product, _ in self.taken[who.key]}

    def in_files_of(self, who: Somebody) -> set[str]:
        """Names of the words that stood in the files that somebody took out."""
        hits = (hit for each in self.records if each.who == who.key for hit in each.hits)
        return {hit.token for hit in hits if EXPORTS in hit.where}

    @property
    def n_frames(self) -> int:
        return sum(record.n_frames for record in self.records)


def go_through(
    house: House,
    order: Sequence[Somebody],
    *,
    thorough: bool = False,
    deepest: Mapping[Somebody, int] = MappingProxyType({LEAD: 2}),
    takers: Collection[Somebody] = (LEAD,),
) -> Passage:
    """Everybody in this order.

    Args:
        house: the store and its words.
        order: who goes, and after whom.
        thorough: every option of every choice, but for the lead, whose way is the one that
            is known to meet every word; and every format of what is taken out.
        deepest: how many choices somebody makes one after another; one, if not named.
        takers: who takes out every product they are offered; others, what differs by who asks.
    """
    passage = Passage(house)
    handed_out: dict[str, set[str]] = {}
    with house.open() as server:
        for who in order:
            is_lead = who == LEAD
            journey = house.journey(
                server,
                who,
                thorough=thorough and not is_lead,
                deepest=deepest.get(who, 1),
            )
            journey.takes = PRODUCTS if who in takers else OF_THE_PERSON
            journey.most_formats = len(WRITERS) if thorough else 1
            journey.through()
            _bring_in(journey, house, is_lead=is_lead)
            for owner, addresses in handed_out.items():
                if owner != who.key:
                    _try(journey, addresses - journey.record.addresses, passage)
            handed_out[who.key] = _kept_back(journey, passage)
            passage.records.append(journey.record)
        passage.left_behind = house.left_behind(server)
    return passage


def _bring_in(journey: Journey, house: House, *, is_lead: bool) -> None:
    """Files with a canary in them, looked at and not kept; and what was refused, taken out."""
    word = house.words["code of an upload"]
    if is_lead:
        row = f"R1,2026-03-01,Seen {word},minor,Pursue,Police,{house.words['ocg code']},"
        journey.upload("disruptions", f"{word}.csv", f"{_LOG_HEADER}\n{row}\n".encode())
    if "ASSETS" in journey.offered and "ASSETS" in journey.takes:
        name = word if is_lead else "Hall"
        row = f"{name},library,nowhere,51.5,A row that is refused"
        journey.upload("asset-import", "list.csv", f"{_LIST_HEADER}\n{row}\n".encode())


def _kept_back(journey: Journey, passage: Passage) -> set[str]:
    """Addresses that were answered to their owner, and one of a file that still waits."""
    who = journey.record.who
    passage.answered[who] = journey.fetch_all()
    passage.taken[who] = journey.taken
    offered = [product for product in _LEFT_WAITING if product in journey.offered]
    waiting = {journey.leave_waiting(product) for product in offered[:1]}
    return passage.answered[who] | waiting - {""}


def _try(journey: Journey, addresses: set[str], passage: Passage) -> None:
    for address in sorted(addresses):
        if address.startswith("/component/"):
            continue  # a component's own program, which anybody may have
        passage.tried.add(address)
        status = journey.fetch(address)
        if status == 200:
            passage.fetched_of_others[f"{journey.record.who}: {address}"] = status
