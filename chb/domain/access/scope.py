"""The scope of a piece of work: for whom it is done, and what they may see.

Nothing is read from the store without one. It holds what may be seen on the day it
was worked out, and nothing that is decided later: a rule that needs more asks for it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Self

from chb.domain.access.roles import HOSTS, Role, View
from chb.domain.refusal import Refusal

EVERYTHING: Final = frozenset({"*"})
"""In place of ids: all there are, and all there will be."""

_ENGINE: Final = "engine"


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Who it is, and which OCGs and places they need to know.

    ``ocg_ids`` are the groups a person owns, shares or is indoctrinated in.
    ``indoctrinated_ids`` are the places and groups whose actions they may see before
    the trigger date. Either is EVERYTHING where nothing is kept from them.
    """

    person: str
    """Work e-mail, or the name of a part of the program."""
    name: str = ""
    agency: str = ""
    roles: frozenset[Role] = frozenset()
    view: View = View.NONE
    ocg_ids: frozenset[str] = frozenset()
    indoctrinated_ids: frozenset[str] = frozenset()
    on: date | None = None
    """The day it was worked out for; what is secret until a day is secret until then."""
    holds_whole_store: bool = False
    """For the machine's owner at the terminal, migrations and backups."""

    @classmethod
    def of_operator(cls, name: str = "operator") -> Self:
        """Whoever runs commands on the machine that holds the store: they hold the file itself."""
        return cls(
            person=name,
            name=name,
            roles=frozenset(Role),
            view=View.RESTRICTED,
            ocg_ids=EVERYTHING,
            indoctrinated_ids=EVERYTHING,
            holds_whole_store=True,
        )

    @classmethod
    def of_public_data(cls) -> Self:
        """Work on incidents, areas and context only: the engine's, whoever asks for it."""
        return cls(person=_ENGINE)

    @property
    def is_engine(self) -> bool:
        """Whether it is work on public data, whoever asked for it."""
        return self.person == _ENGINE

    @property
    def today(self) -> date:
        """The day of the scope; the first of days, when nothing was triggered, without one."""
        return self.on or date.min

    @property
    def known_as(self) -> frozenset[str]:
        """What work may be under: the work e-mail and the name, in small letters."""
        return frozenset(each.casefold() for each in (self.person, self.name) if each)

    @property
    def needs_agreements(self) -> bool:
        """Whether the partner view hangs on what their agency signed, place by place.

        An officer's view comes with the role, and whoever convenes the partnership sees
        what every agency of it has shared.
        """
        is_officer = self.holds_whole_store or self.view >= View.RESTRICTED
        return not is_officer and not self.roles & HOSTS

    @property
    def sees_every_ocg(self) -> bool:
        return "*" in self.ocg_ids

    def sees_ocg(self, ocg_id: str | None) -> bool:
        """Whether a group may be known to exist; what concerns no group may."""
        return ocg_id is None or _holds(self.ocg_ids, ocg_id)

    def is_indoctrinated(self, *subject_ids: str | None) -> bool:
        """Whether the person signed for any of these places and groups."""
        return any(_holds(self.indoctrinated_ids, each) for each in subject_ids if each)

    @property
    def visibility(self) -> str:
        """A digest of what may be seen, the same for two people who may see the same."""
        parts = (
            str(int(self.view)),
            self.agency.casefold() if self.view < View.RESTRICTED else "",
            *sorted(role.name for role in self.roles),
            "ocgs",
            *sorted(self.ocg_ids),
            "indoctrinated",
            *sorted(self.indoctrinated_ids),
        )
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]


def _holds(ids: frozenset[str], wanted: str) -> bool:
    return "*" in ids or wanted in ids


class NotForYou(Refusal):
    """Refused because the person does not need to know, or may not do it.

    It never says whether the thing exists.
    """


OPERATOR: Final = Scope.of_operator()
PUBLIC_DATA: Final = Scope.of_public_data()


def in_full(scope: Scope) -> Scope:
    """The same person, before whom nothing is hidden: to do to all what they asked, not to show."""
    return replace(scope, ocg_ids=EVERYTHING, indoctrinated_ids=EVERYTHING, holds_whole_store=True)
