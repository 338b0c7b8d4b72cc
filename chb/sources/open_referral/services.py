"""One service of Open Referral UK as rows of an asset list: a row for each of its locations.

A contact is its role here (``title``), never its person (``name``), telephone or e-mail.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from chb.domain.wording import LONGEST_LINE
from chb.sources.columns import normal
from chb.sources.open_referral.plain import part_of, parts_of, text_of
from chb.sources.open_referral.schedules import timetable
from chb.sources.reference import kind_words
from chb.sources.timetables import sessions_json

_GONE: Final = frozenset({"inactive", "defunct", "temporarily closed"})
_ADDRESS: Final = ("address_1", "address_2", "city", "region", "state_province")


def service_rows(service: Mapping[str, Any], today: date) -> list[dict[str, str]]:
    """A row for each location; a service without one is a row without a position."""
    places = parts_of(service, "service_at_locations") or [{}]
    return [_row(service, place, today) for place in places]


def _row(service: Mapping[str, Any], place: Mapping[str, Any], today: date) -> dict[str, str]:
    location = part_of(place, "location")
    terms = _terms(service) + _terms(location)
    kind = next((term for term in terms if normal(term) in kind_words()), "")
    hours = timetable(_schedules(service, place), today)
    cost, cost_note = _line(_cost(service), "Cost")
    access, access_note = _line(_access(location), "Access")
    notes = (_note(service), cost_note, access_note)
    status = text_of(service, "status").casefold()
    return {
        "source_id": "@".join(filter(None, (text_of(service, "id"), text_of(location, "id")))),
        "name": text_of(service, "name"),
        "kind": kind,
        "longitude": text_of(location, "longitude"),
        "latitude": text_of(location, "latitude"),
        **_address(location),
        "contact_role": next(
            (text_of(each, "title") for each in parts_of(service, "contacts")), ""
        ),
        "note": "\n".join(filter(None, notes)),
        "services": "; ".join(dict.fromkeys(term for term in terms if term != kind)),
        "youngest": text_of(service, "minimum_age"),
        "oldest": text_of(service, "maximum_age"),
        "cost": cost,
        "access_needs": access,
        "sessions": sessions_json(hours.sessions) if hours.sessions else "",
        "opening_text": hours.words,
        "closed": status if status in _GONE else "",
        "verified_on": text_of(service, "assured_date")[:10],
        "flags": "; ".join(hours.flags),
    }


def _schedules(service: Mapping[str, Any], place: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Those of the service that are not of another location, and the location's own."""
    here = text_of(place, "id")
    of_service = [
        each
        for each in parts_of(service, "schedules")
        if text_of(each, "service_at_location_id") in ("", here)
    ]
    return of_service + parts_of(place, "schedules")


def _terms(values: Mapping[str, Any]) -> list[str]:
    """Names of the taxonomy terms that something was given."""
    terms = [part_of(each, "taxonomy_term") for each in parts_of(values, "attributes")]
    return [name for term in terms if (name := text_of(term, "name") or text_of(term, "term"))]


def _address(location: Mapping[str, Any]) -> dict[str, str]:
    """The address in one line, the physical one before one for post."""
    addresses = parts_of(location, "addresses")
    addresses.sort(key=lambda each: text_of(each, "address_type") != "physical")
    first = addresses[0] if addresses else {}
    lines = [text_of(first, name) for name in _ADDRESS]
    name = text_of(location, "name")
    return {
        "address": ", ".join(dict.fromkeys(line for line in (name, *lines) if line)),
        "postcode": text_of(first, "postal_code"),
    }


def _cost(service: Mapping[str, Any]) -> str:
    names = ("option", "amount", "amount_description")
    options = [
        " ".join(filter(None, (text_of(each, name) for name in names)))
        for each in parts_of(service, "cost_options")
    ]
    return "; ".join(filter(None, (text_of(service, "fees"), *options)))


def _access(location: Mapping[str, Any]) -> str:
    given = [
        text_of(each, "description") or text_of(each, "accessibility")
        for each in parts_of(location, "accessibility")
    ]
    return "; ".join(dict.fromkeys(filter(None, given)))


def _note(service: Mapping[str, Any]) -> str:
    organisation = text_of(part_of(service, "organization"), "name")
    areas = [text_of(each, "name") for each in parts_of(service, "service_areas")]
    serves = "; ".join(filter(None, areas))
    return "\n".join(
        filter(
            None,
            (
                text_of(service, "description"),
                text_of(service, "alert"),
                f"Run by {organisation}" if organisation else "",
                f"Serves: {serves}" if serves else "",
            ),
        )
    )


def _line(text: str, what: str) -> tuple[str, str]:
    """The text where a line is wanted, and what goes to the note of one that is too long."""
    return (text, "") if len(text) <= LONGEST_LINE else ("see the note", f"{what}: {text}")
