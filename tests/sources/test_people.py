"""People from our own list."""

from __future__ import annotations

from chb.sources.people import read_people

from .makers import text_file


def test_people_are_read_and_wrong_rows_refused() -> None:
    text = (
        "Full name,Agency,Role,Work e-mail\n"
        "Sam Taylor,City Council,co-ordinator,Sam.Taylor@example.gov.uk\n"
        "Sam Again,City Council,co-ordinator,sam.taylor@example.gov.uk\n"
        "No Mail,City Council,co-ordinator,nomail\n"
        ",City Council,co-ordinator,a@example.gov.uk\n"
    )
    reading = read_people(text_file(text))
    assert reading.frame["work_email"].tolist() == ["sam.taylor@example.gov.uk"]
    reasons = [(entry.reason, entry.first_row) for entry in reading.report.refused]
    assert reasons == [
        ("The name is missing", 5),
        ("The work e-mail is not an address", 4),
        ("The work e-mail was given before", 3),
    ]
