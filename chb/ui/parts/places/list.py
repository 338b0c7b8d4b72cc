"""Places in a list and on a map."""

from __future__ import annotations

from datetime import date

from chb.domain.places.phases import Intensity, Phase
from chb.domain.places.places import Place
from chb.domain.wording import plural
from chb.services.places import register as places
from chb.ui import cache
from chb.ui.maps.elements import Outline
from chb.ui.maps.outlines import place_outline
from chb.ui.parts.paged_table import show_paged_table

NOT_STARTED = "not started"


def place_outlines() -> list[Outline]:
    """Every place with its name."""
    return [place_outline(place) for place in places.list_places(cache.workspace())]


def place_cards(listed: tuple[Place, ...], *, chosen_id: str, today: date) -> list[Outline]:
    """Every place with its name; the map goes to the chosen one, which has its headline.

    The chosen one comes first: where names would cover each other, the first one stays.
    """
    ordered = sorted(listed, key=lambda place: place.id != chosen_id)
    return [
        place_outline(place, detail=place.headline(today), chosen=True, focus=True)
        if place.id == chosen_id
        else place_outline(place)
        for place in ordered
    ]


def show_place_table(listed: tuple[Place, ...], *, today: date) -> None:
    """One row a place, with its three intensities."""
    show_paged_table(
        ("Place", "Area", "Boundary", *(phase.value for phase in Phase)),
        listed,
        lambda place: _row(place, today),
        told=plural(len(listed), "place"),
        name="Places",
        key="places_page",
    )


def _row(place: Place, today: date) -> tuple[str, ...]:
    now = place.intensities(today)
    words = (intensity_words(now[phase]) for phase in Phase)
    return place.name, place.area_name, plural(len(place.boundary.cells), "cell"), *words


def intensity_words(intensity: Intensity | None) -> str:
    """The intensity, or that the phase has none yet."""
    return intensity.value if intensity else NOT_STARTED
