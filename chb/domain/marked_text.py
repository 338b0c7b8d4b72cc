"""Text that carries a marking above OFFICIAL: it is refused wherever it is typed."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from chb.domain.refusal import Refusal

_WORD: Final = r"(?:TOP[\s_-]*)?SECRET"
_MARKED_ABOVE: Final = re.compile(
    r"(?i:\W*(?:classification|marking|gsc|protective marking)\s*[:=]\s*(?:UK\s+)?" + _WORD + r"\b)"
    r"|\W*(?:UK\s+)?" + _WORD + r"\s*(?:$|[\])}.:;,|/\\-]|UK\b|STRAP|EYES|ATOMIC)"
    r"|(?i:\W*(?:UK\s+)?" + _WORD + r"\W*$)"
    r"|\W*(?:UK\s+)?TOP[\s_-]*SECRET\b"
    r"|\W*STRAP\s*[123]\b"
)
_SPACED: Final = re.compile(r"\W*(?:T\s+O\s+P\s+)?S\s+E\s+C\s+R\s+E\s+T\b")


def refuse_above_official(text: str) -> str:
    """The text; Refusal when one of its lines carries a marking above OFFICIAL.

    A marking is capitals at the start of a line, alone, in brackets, or with its caveats
    ("SECRET//", "UK TOP SECRET - UK EYES ONLY"), however the letters are spaced. A
    sentence that happens to have the word is none.
    """
    for line in text.splitlines():
        plain = plain_letters(line).strip()
        if _MARKED_ABOVE.match(plain) or _SPACED.match(plain):
            raise above_official(line.strip())
    return text


def plain_letters(text: str) -> str:
    """Without what makes a word look the same and compare otherwise."""
    folded = unicodedata.normalize("NFKC", text)
    visible = "".join(each for each in folded if unicodedata.category(each) != "Cf")
    return re.sub(r"[\u2010-\u2015\u2212]", "-", visible)


def above_official(found: str) -> Refusal:
    """The refusal of material above OFFICIAL."""
    return Refusal(
        "Material above OFFICIAL may not be kept here",
        found=f"Found the marking in {found[:60]!r}",
        cause="This product is cleared for OFFICIAL and OFFICIAL-SENSITIVE only",
        remedy="Keep it on a system cleared for it, and tell your security officer",
    )
