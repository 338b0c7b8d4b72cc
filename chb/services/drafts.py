"""Words that were typed and not sent yet, kept so that a reload loses a few seconds of them.

They are the person's own, and nobody's record: they are replaced, have no versions, and
what they say is nowhere in the audit log. They go when the form is sent, after two weeks,
with the account, and with the disposal of what they are about.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

from chb.domain.refusal import Refusal
from chb.domain.wording import LONGEST_LINE, checked_line, checked_text
from chb.services.access.rules import open_to_all
from chb.services.workspace import Workspace
from chb.store.drafts import SavedDraft

KEPT_FOR: Final = timedelta(days=14)
LONGEST_FIELD: Final = 10_000
"""Characters; longer than any field may be when it is sent."""
MOST_FIELDS: Final = 40

_NOT_IN_NAMES: Final = re.compile(r"[^A-Za-z0-9_-]")


def form_name(form: str) -> str:
    """A form's name as a page can carry it: letters, digits, ``_`` and ``-``."""
    return _NOT_IN_NAMES.sub("-", form)[:LONGEST_LINE]


@open_to_all
def find_draft(ws: Workspace, form: str) -> SavedDraft | None:
    """What the person typed in a form and did not send; None when there is nothing to put back."""
    with ws.reading() as tx:
        found = tx.drafts.find(form_name(form))
    return found if found is not None and found.saved_at > _oldest(ws) else None


@open_to_all
def keep_field(ws: Workspace, form: str, *, field: str, words: str, request_key: str) -> bool:
    """Keep what stands in one field of a form; False when the form of that key was sent.

    What arrives after its form was saved is not a draft any more.
    """
    name = checked_line(field, what="The field")
    text = checked_text(words, what="The draft", required=False, longest=LONGEST_FIELD)
    with ws.writing() as tx:
        if tx.journal.saved_result(request_key) is not None:
            return False
        tx.drafts.remove_before(_oldest(ws))
        kept = tx.drafts.find(form_name(form))
        others = {} if kept is None else {k: v for k, v in kept.words.items() if k != name}
        if len(others) >= MOST_FIELDS:
            raise Refusal("No form has so many fields", found=f"More than {MOST_FIELDS}")
        content = others | ({name: text} if text else {})
        tx.drafts.put(form_name(form), content, saved_at=ws.now())
    return True


@open_to_all
def forget_draft(ws: Workspace, form: str) -> None:
    """Forget what the person typed in a form: it was sent, or they want to begin afresh."""
    with ws.reading() as tx:
        if tx.drafts.find(form_name(form)) is None:
            return
    with ws.writing() as tx:
        tx.drafts.remove(form_name(form))


def _oldest(ws: Workspace) -> datetime:
    return ws.now() - KEPT_FOR
