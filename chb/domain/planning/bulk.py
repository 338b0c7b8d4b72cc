"""Many actions changed at once: all of them, or none and every reason why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from chb.domain.planning.interventions import Intervention
from chb.domain.refusal import Refusal
from chb.domain.wording import plural

MOST_AT_ONCE: Final = 200


@dataclass(frozen=True)
class RefusedAction:
    """One action that could not be changed, and why."""

    action_id: str
    title: str
    refusal: Refusal


class BulkRefused(Refusal):
    """Refused because some of the actions could not be changed: then none was."""

    def __init__(self, refused: Sequence[RefusedAction], *, n_sent: int) -> None:
        self.refused = tuple(refused)
        first = self.refused[0]
        super().__init__(
            "Nothing was changed",
            found=f"{len(self.refused)} of {plural(n_sent, 'action')} could not be; the first is "
            f"{first.title}: {first.refusal.wrong}",
            remedy="Look at each of them, take it out or send it again if it still holds",
        )


def checked_edits(edited: Sequence[Intervention]) -> tuple[Intervention, ...]:
    """What may be sent at once; Refusal for nothing, too much, or one action twice."""
    if not edited:
        raise Refusal(
            "No action is changed yet",
            remedy="Change a status in the list, or tick actions and say what they get",
        )
    if len(edited) > MOST_AT_ONCE:
        raise Refusal(
            f"At most {MOST_AT_ONCE} actions are changed at once",
            found=f"Found {len(edited):,}",
            remedy="Narrow the list, and change the rest after it",
        )
    ids = [each.id for each in edited]
    if "" in ids or len(set(ids)) < len(ids):
        raise Refusal(
            "Each action is one that is kept, and is changed once",
            remedy="Load the list again",
        )
    return tuple(edited)
