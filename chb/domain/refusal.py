"""A refusal is a sentence a person can act on."""

from __future__ import annotations


class Refusal(Exception):
    """Work that was refused, with the reason in words for the person who asked.

    Parts: what is wrong, what was found (with the first bad row), what probably
    happened, and what to do. Nothing has been changed when it is raised.
    """

    def __init__(self, wrong: str, *, found: str = "", cause: str = "", remedy: str = "") -> None:
        self.wrong = wrong
        self.found = found
        self.cause = cause
        self.remedy = remedy
        super().__init__(
            " ".join(_sentence(part) for part in (wrong, found, cause, remedy) if part)
        )

    def as_dict(self) -> dict[str, str]:
        """The parts by name, for a machine that reads the answer."""
        return {
            "wrong": self.wrong,
            "found": self.found,
            "cause": self.cause,
            "remedy": self.remedy,
        }


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "?", "!", ":")) else f"{text}."
