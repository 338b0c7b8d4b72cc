"""Files that a page offers: the forms in which one says what for, and how to send them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from tests.leaks.ws_client import TRIGGER, Screen

_FORM: Final = "export:"
"""A form to take a product out is called by the product's name after this."""

OFFERED_ON: Final[Mapping[str, str]] = {
    "HARM_PROFILE": "harm-map",
    "HOTSPOTS": "hotspots",
    "DISRUPTION_LOG": "disruptions",
    "MY_WORK": "my-work",
    "PARTNER_HARM": "harm-bands",
    "COMMUNITY_HARM": "harm-bands",
    "PARTNER_TASKS": "shared-work",
    "ASSETS": "asset-import",
    "REFUSED_ASSETS": "asset-import",
    "REFERRAL_SHEET": "referrals",
}
"""By product: the page that offers it."""


@dataclass(frozen=True)
class Offer:
    """One such form, on a page with certain things chosen on it."""

    path: str
    states: Mapping[str, Any]
    button: str
    fields: tuple[str, ...]
    """Ids of what is to be written: purpose and recipient."""
    list_of_formats: str = ""
    formats: tuple[str, ...] = ("",)

    def sent(self, form: str) -> dict[str, Any]:
        """States of the widgets with which the form is sent, for a file in that format."""
        written = dict.fromkeys(self.fields, "Case conference")
        chosen = {self.list_of_formats: form} if form else {}
        return {**self.states, **written, **chosen, self.button: TRIGGER}


def offers_on(screen: Screen, path: str, states: Mapping[str, Any]) -> dict[str, Offer]:
    """What a page offers, by the product's name."""
    return {
        button.form_id.removeprefix(_FORM): _offer(screen, button, path, states)
        for button in screen.kind("button")
        if button.form_id.startswith(_FORM)
    }


def _offer(screen: Screen, button: Any, path: str, states: Mapping[str, Any]) -> Offer:
    fields, lists = (
        [each for each in screen.kind(kind) if each.form_id == button.form_id]
        for kind in ("text_input", "selectbox")
    )
    formats = [(each.id, tuple(each.options)) for each in lists] or [("", ("",))]
    return Offer(path, states, button.id, tuple(each.id for each in fields), *formats[0])
