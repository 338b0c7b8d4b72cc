"""People of the partnership, from our own template: who leads what, and where to write to."""

from __future__ import annotations

from typing import Final

import pandas as pd

from chb.sources.attributions import OWN
from chb.sources.columns import Columns
from chb.sources.files import Sources, only_file
from chb.sources.naming import stem
from chb.sources.reading import PEOPLE_COLUMNS, Reading
from chb.sources.tables import account_of, read_columns
from chb.sources.vocabulary import text_rows

LONGEST_TEXT: Final = 120
_EMAIL: Final = r"[^@\s]+@[^@\s]+\.[^@\s.]+"

PEOPLE: Final = Columns(
    what="a list of people",
    required={
        "name": ("full name",),
        "agency": ("organisation", "employer"),
        "role": ("job title", "post"),
        "work_email": ("email", "e-mail", "work e-mail"),
    },
    remedy="python -m chb template people writes an empty list with the right columns",
)


def read_people(sources: Sources) -> Reading[pd.DataFrame]:
    """Read one list; the work e-mail identifies a person and is kept in lower case.

    The frame has PEOPLE_COLUMNS. Raises Refusal when a column is missing or nothing is left.
    """
    file = only_file(sources)
    table = read_columns(file, PEOPLE)
    account = account_of("people", table)
    frame = table.frame
    for column in PEOPLE_COLUMNS:
        frame = text_rows(frame, column, account, longest=LONGEST_TEXT)
    frame = frame.assign(work_email=frame["work_email"].str.casefold())
    frame = account.without(
        frame,
        ~frame["work_email"].str.fullmatch(_EMAIL).astype(bool),
        "The work e-mail is not an address",
        show="work_email",
        remedy="Write it as name@agency.gov.uk",
    )
    frame = account.without_repeats(frame, "work_email", "work e-mail")
    return Reading(
        kind="people",
        name=stem(file.name),
        frame=frame[list(PEOPLE_COLUMNS)].reset_index(drop=True),
        report=account.report(kept=len(frame)),
        sha256=file.sha256,
        attribution=OWN,
    )
