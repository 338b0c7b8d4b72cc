"""Crime categories and the harm schemes that weigh them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class CrimeCategory(StrEnum):
    """The fourteen categories of the national open crime data, by their published names."""

    ANTI_SOCIAL_BEHAVIOUR = "Anti-social behaviour"
    BICYCLE_THEFT = "Bicycle theft"
    BURGLARY = "Burglary"
    CRIMINAL_DAMAGE = "Criminal damage and arson"
    DRUGS = "Drugs"
    OTHER_CRIME = "Other crime"
    OTHER_THEFT = "Other theft"
    WEAPONS = "Possession of weapons"
    PUBLIC_ORDER = "Public order"
    ROBBERY = "Robbery"
    SHOPLIFTING = "Shoplifting"
    THEFT_FROM_PERSON = "Theft from the person"
    VEHICLE_CRIME = "Vehicle crime"
    VIOLENCE = "Violence and sexual offences"


@dataclass(frozen=True)
class HarmWeight:
    """Weight of one category, and the range its sources give."""

    category: CrimeCategory
    weight: float
    lowest: float | None
    highest: float | None
    note: str = ""


@dataclass(frozen=True)
class HarmScheme:
    """A versioned table of weights. No scheme is official: each says where it comes from."""

    key: str
    title: str
    edition: str
    source: str
    licence: str
    unit: str
    caveat: str
    """What to beware of in every result, empty where there is nothing."""
    weights: Mapping[CrimeCategory, HarmWeight]

    def weight_of(self, category: str) -> float:
        """Weight of a category, in the scheme's unit; KeyError for a category it lacks."""
        return self.weights[CrimeCategory(category)].weight
