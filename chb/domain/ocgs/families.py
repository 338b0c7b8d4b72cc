"""The family tree of a group's nominals: who is related to whom, and of which generation.

Drawn so that children, partners and elders at risk are seen and safeguarded. Nobody is looked
up anywhere else: a relative is a nominal of the same file or a person known only as they are
called there.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from chb.domain.ocgs.members import FamilyLink, Nominal, NominalRole

_WORD: Final = re.compile(r"[^\W\d_]+")
_STEPS: Final[dict[int, frozenset[str]]] = {
    -2: frozenset({"grandfather", "grandmother", "grandparent", "grandad", "gran", "nan"}),
    -1: frozenset(
        {
            *("father", "mother", "parent", "dad", "mum", "stepfather", "stepmother"),
            *("uncle", "aunt", "guardian"),
        }
    ),
    1: frozenset(
        {
            *("son", "daughter", "child", "children", "stepson", "stepdaughter", "stepchild"),
            *("nephew", "niece", "ward"),
        }
    ),
    2: frozenset({"grandson", "granddaughter", "grandchild", "grandchildren"}),
}


@dataclass(frozen=True)
class Relative:
    """One person of the tree: a nominal of the file, or somebody who is not one."""

    key: str
    name: str
    role: NominalRole | None
    generation: int
    """Rows down from the eldest of those who are related."""
    is_to_safeguard: bool
    ties: tuple[str, ...]
    """What they are to others, for example ``nephew of KIT-2``."""


@dataclass(frozen=True)
class Kinship:
    """A relation between two people of the tree, by their keys."""

    of: str
    to: str
    relation: str


@dataclass(frozen=True)
class FamilyTree:
    """Everybody of a file with a relation on it, and the relations; each pair once."""

    relatives: tuple[Relative, ...]
    kinships: tuple[Kinship, ...]


def generations_down(relation: str) -> int:
    """Generations from a nominal down to the relative, as far as the words tell; else none.

    Words add up: a *brother's son* is one down, the *mother of his child* level.
    """
    words = [word.casefold() for word in _WORD.findall(relation)]
    return sum(step for step, known in _STEPS.items() for word in words if word in known)


def family_tree(nominals: Iterable[Nominal]) -> FamilyTree:
    """The tree of one group's nominals.

    A relative who is called by the reference of a nominal of the file is that nominal; everybody
    else is a person of their own, even when two are called the same.
    """
    listed = tuple(nominals)
    known = {each.reference.casefold(): each for each in listed}
    kinships = tuple(_kinships(listed, known))
    levels = _generations(kinships)
    people = tuple(_relatives(listed, known, kinships, levels))
    return FamilyTree(people, _each_pair_once(kinships))


@dataclass(frozen=True)
class _Told(Kinship):
    """A relation with the words it was recorded in."""

    link: FamilyLink
    told_by: Nominal


def _kinships(listed: Sequence[Nominal], known: Mapping[str, Nominal]) -> Iterable[_Told]:
    for nominal in listed:
        for number, link in enumerate(nominal.family):
            other = known.get(link.to.casefold())
            to = other.reference if other else f"{nominal.reference} relative {number + 1}"
            if to != nominal.reference:
                yield _Told(nominal.reference, to, link.relation, link, nominal)


def _generations(kinships: Sequence[Kinship]) -> dict[str, int]:
    """The generation of each person, the eldest of a family at nought.

    What was recorded first holds where two relations contradict each other.
    """
    beside: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for each in kinships:
        step = generations_down(each.relation)
        beside[each.of].append((each.to, step))
        beside[each.to].append((each.of, -step))
    levels: dict[str, int] = {}
    for start in list(beside):
        if start not in levels:
            levels |= _levels_of_family(start, beside)
    return levels


def _levels_of_family(
    start: str, beside: Mapping[str, Sequence[tuple[str, int]]]
) -> dict[str, int]:
    levels, waiting = {start: 0}, deque([start])
    while waiting:
        here = waiting.popleft()
        for other, step in beside[here]:
            if other not in levels:
                levels[other] = levels[here] + step
                waiting.append(other)
    eldest = min(levels.values())
    return {name: level - eldest for name, level in levels.items()}


def _relatives(
    listed: Sequence[Nominal],
    known: Mapping[str, Nominal],
    kinships: Sequence[_Told],
    levels: Mapping[str, int],
) -> Iterable[Relative]:
    """In the order of the file, those who are no nominals after the one they were found through."""
    told_of: dict[str, list[_Told]] = defaultdict(list)
    for each in kinships:
        told_of[each.to].append(each)
    outsiders = [each for each in kinships if each.to.casefold() not in known]
    for nominal in listed:
        if nominal.reference in levels:
            yield _relative(nominal.reference, nominal, told_of, levels)
        for each in outsiders:
            if each.told_by is nominal:
                yield _relative(each.to, None, told_of, levels)


def _relative(
    key: str,
    nominal: Nominal | None,
    told_of: Mapping[str, Sequence[_Told]],
    levels: Mapping[str, int],
) -> Relative:
    told = told_of.get(key, ())
    return Relative(
        key=key,
        name=nominal.reference if nominal else told[0].link.to,
        role=nominal.role if nominal else None,
        generation=levels[key],
        is_to_safeguard=any(each.link.safeguarding for each in told),
        ties=tuple(f"{each.relation} of {each.of}" for each in told),
    )


def _each_pair_once(kinships: Iterable[Kinship]) -> tuple[Kinship, ...]:
    pairs: dict[frozenset[str], Kinship] = {}
    for each in kinships:
        pairs.setdefault(frozenset((each.of, each.to)), Kinship(each.of, each.to, each.relation))
    return tuple(pairs.values())
