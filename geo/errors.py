"""The one error this floor raises for input it cannot compute on."""

from __future__ import annotations


class GeoInputError(ValueError):
    """Input that has no honest answer; the text is a sentence for a person.

    The text says what is wrong, what was found and what probably happened, so
    that a screen may show it as it stands.
    """
