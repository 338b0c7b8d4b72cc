"""The shared types cannot hold what must not be seen: looked at to the last attribute."""

import dataclasses
import pkgutil
import re
import typing
from datetime import date, time
from enum import Enum
from importlib import import_module

import pytest

import chb.domain.views
from chb.domain.assets.sessions import Session

FORBIDDEN = re.compile(
    r"(^|_)(name|names|surname|forename|alias|person|people|owner|contact|email|phone|nominal"
    r"|suspect|address|postcode|ocg|ocg_id|detail|note|notes|reason|by|author"
    r"|longitude|latitude|lon|lat|x|y|point|geometry|shape|count)($|_)"
)
MAY_HAVE = {("CommunityAsset", "longitude"), ("CommunityAsset", "latitude")}
"""A building anybody may walk into is where it is."""
PLAIN = (str, int, float, bool, type(None), date, time)


def shared_types():
    found = []
    for module in pkgutil.iter_modules(chb.domain.views.__path__):
        loaded = import_module(f"chb.domain.views.{module.name}")
        found += [
            each
            for each in vars(loaded).values()
            if isinstance(each, type) and each.__module__ == loaded.__name__
        ]
    return found


def held_by(hint):
    """The types a hint is made of."""
    parts = typing.get_args(hint)
    if parts:
        return {held for part in parts if part is not ... for held in held_by(part)}
    return {hint}


def attributes(cls, seen=frozenset()):
    """Class, name and type of every attribute, those of attributes too."""
    for name, hint in typing.get_type_hints(cls).items():
        for held in held_by(hint):
            yield cls.__name__, name, held
            if dataclasses.is_dataclass(held) and held not in seen:
                yield from attributes(held, seen | {held})


@pytest.mark.parametrize("cls", shared_types(), ids=lambda each: each.__name__)
def test_a_shared_type_has_no_attribute_for_what_is_kept(cls):
    for owner, name, held in attributes(cls):
        assert not FORBIDDEN.search(name) or (owner, name) in MAY_HAVE, f"{owner}.{name}"
        ours = held in shared_types() or held is Session or issubclass(held, Enum)
        assert ours or held in PLAIN, f"{owner}.{name} is a {held}"


@pytest.mark.parametrize("cls", shared_types(), ids=lambda each: each.__name__)
def test_a_shared_object_takes_nothing_more_and_does_not_change(cls):
    assert dataclasses.is_dataclass(cls) and cls.__dataclass_params__.frozen
    assert not any("__dict__" in vars(base) for base in cls.__mro__)


def test_all_shared_types_are_looked_at():
    names = {each.__name__ for each in shared_types()}
    assert names >= {"PartnerCell", "PartnerHotspot", "PartnerPlace", "PartnerTask"}
    assert names >= {"PartnerSignal", "CommunityCell", "CommunityPlace", "CommunityTask"}


def test_the_check_sees_a_forbidden_attribute():
    @dataclasses.dataclass(frozen=True)
    class Leaky:
        owner: str

    assert any(FORBIDDEN.search(name) for _, name, _ in attributes(Leaky))
