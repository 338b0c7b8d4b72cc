"""People through one server process, one after another, each in what those before left warm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.leaks.canaries import NOT_SHOWN, READERS
from tests.leaks.house import House
from tests.leaks.journey import Journey
from tests.leaks.people import LEAD, Somebody
from tests.leaks.record import Record
from tests.leaks.scanner import Hit

_LOG_HEADER = "reference,happened_on,what,level,pillar,agency,ocg_code,place"


@dataclass
class Passage:
    """What everybody was sent, and what lies on the disk after them."""

    house: House
    records: list[Record] = field(default_factory=list)
    left_behind: list[Hit] = field(default_factory=list)
    fetched_of_others: dict[str, int] = field(default_factory=dict)
    """Addresses that were handed to one person and answered to another with a body."""

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

    @property
    def n_frames(self) -> int:
        return sum(record.n_frames for record in self.records)


def go_through(
    house: House,
    order: Sequence[Somebody],
    *,
    thorough: bool = False,
    deepest: int = 1,
    lead_deepest: int = 2,
) -> Passage:
    """Everybody in this order; how many choices they make one after another, and the lead.

    ``thorough`` is every option of every choice, but for the lead, whose way is the one that
    is known to meet every word.
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
                deepest=lead_deepest if is_lead else deepest,
            )
            journey.through()
            if is_lead:
                _bring_in(journey, house)
            for owner, addresses in handed_out.items():
                if owner != who.key:
                    _try(journey, addresses - journey.record.addresses, passage)
            handed_out[who.key] = _fetched(journey, leaves_one=is_lead)
            passage.records.append(journey.record)
        passage.left_behind = house.left_behind(server)
    return passage


def _bring_in(journey: Journey, house: House) -> None:
    """A file with a canary in its name and in its content, looked at and not kept."""
    word = house.words["code of an upload"]
    row = f"R1,2026-03-01,Seen {word},minor,Pursue,Police,{house.words['ocg code']},"
    journey.upload("disruptions", f"{word}.csv", f"{_LOG_HEADER}\n{row}\n".encode())


def _fetched(journey: Journey, *, leaves_one: bool) -> set[str]:
    """Addresses that were answered to their owner, and one of a file that still waits."""
    answered = journey.fetch_all()
    waiting = journey.leave_waiting("disruptions") if leaves_one else ""
    return answered | ({waiting} if waiting else set())


def _try(journey: Journey, addresses: set[str], passage: Passage) -> None:
    for address in sorted(addresses):
        if address.startswith("/component/"):
            continue  # a component's own program, which anybody may have
        status = journey.fetch(address)
        if status == 200:
            passage.fetched_of_others[f"{journey.record.who}: {address}"] = status
