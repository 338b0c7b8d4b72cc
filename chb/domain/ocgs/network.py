"""Groups, how they stand to one another, and references that more than one of them has.

Made of what one person may see and of nothing else: what they may not see leaves no gap, no
number and no line that ends nowhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from chb.domain.ocgs.members import Nominal, NominalRole, OcgLink
from chb.domain.ocgs.register import OcgStanding


@dataclass(frozen=True)
class SharedReference:
    """One reference on the files of several groups: perhaps one person, to be checked."""

    reference: str
    roles: tuple[tuple[str, NominalRole], ...]
    """Id of each group and the part played there, in the order of the groups."""


@dataclass(frozen=True)
class GroupNetwork:
    """Groups by code, their links, and the references that they share."""

    groups: tuple[OcgStanding, ...]
    links: tuple[OcgLink, ...]
    shared: tuple[SharedReference, ...]

    @property
    def codes(self) -> dict[str, str]:
        """Code of each group by its id."""
        return {each.ocg.id: each.ocg.code for each in self.groups}

    @property
    def unlinked(self) -> tuple[OcgStanding, ...]:
        """Groups of which no link and no shared reference is known here."""
        tied = {end for pair in self.pairs() for end in pair}
        return tuple(each for each in self.groups if each.ocg.id not in tied)

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Ids of every two groups that something ties, each pair once, the lesser id first."""
        linked = {_pair(link.ocg_id, link.other_id) for link in self.links}
        for each in self.shared:
            ids = [ocg_id for ocg_id, _ in each.roles]
            linked |= {_pair(one, other) for one in ids for other in ids if one != other}
        return tuple(sorted(linked))

    def around(self, ocg_id: str) -> GroupNetwork:
        """One group, those tied to it, and what ties any two of these."""
        near = {ocg_id} | {end for pair in self.pairs() if ocg_id in pair for end in pair}
        return GroupNetwork(
            groups=tuple(each for each in self.groups if each.ocg.id in near),
            links=tuple(link for link in self.links if {link.ocg_id, link.other_id} <= near),
            shared=tuple(
                SharedReference(each.reference, roles)
                for each in self.shared
                if len(roles := tuple(role for role in each.roles if role[0] in near)) > 1
            ),
        )


def network_of(
    groups: Iterable[OcgStanding], links: Iterable[OcgLink], nominals: Iterable[Nominal]
) -> GroupNetwork:
    """The network of some groups; a link or nominal of any other group is left out of it."""
    listed = tuple(groups)
    order = {each.ocg.id: at for at, each in enumerate(listed)}
    known = [each for each in nominals if each.ocg_id in order]
    return GroupNetwork(
        groups=listed,
        links=tuple(each for each in links if each.ocg_id in order and each.other_id in order),
        shared=shared_references(sorted(known, key=lambda each: order[each.ocg_id])),
    )


def shared_references(nominals: Iterable[Nominal]) -> tuple[SharedReference, ...]:
    """References, whatever their case, that stand on the files of more than one group."""
    named: dict[str, list[Nominal]] = defaultdict(list)
    for each in nominals:
        named[each.reference.casefold()].append(each)
    return tuple(
        SharedReference(same[0].reference, tuple((each.ocg_id, each.role) for each in same))
        for _, same in sorted(named.items())
        if len({each.ocg_id for each in same}) > 1
    )


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)
