"""Harm schemes a person may choose from."""

from __future__ import annotations

from difflib import get_close_matches
from functools import lru_cache

from chb.domain.harm import HarmScheme
from chb.domain.refusal import Refusal
from chb.sources import reference


@lru_cache(maxsize=1)
def harm_schemes() -> dict[str, HarmScheme]:
    """Every scheme in data/reference, by key."""
    return reference.harm_schemes()


def find_scheme(key: str) -> HarmScheme:
    """The scheme of that key; Refusal naming the nearest when there is none."""
    schemes = harm_schemes()
    if key not in schemes:
        near = get_close_matches(key, schemes, n=1, cutoff=0.3)
        raise Refusal(
            f"No harm scheme is called {key!r}",
            found=f"There are {', '.join(sorted(schemes))}",
            remedy=f"Perhaps {near[0]}" if near else "Choose one of these",
        )
    return schemes[key]
