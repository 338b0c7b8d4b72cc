"""A template with a row added imports."""

from __future__ import annotations

import pytest

from chb.domain.refusal import Refusal
from chb.sources.disruptions import KnownSubjects, read_disruptions
from chb.sources.registry import READERS, Reader
from chb.sources.templates import TEMPLATES, template_csv

from .makers import TODAY, text_file

READ: dict[str, Reader] = {
    **READERS,
    "disruptions": lambda sources, today: read_disruptions(
        sources, known=KnownSubjects(codes=(), places=("Foxhill",)), today=today
    ),
}
"""The log of disruptions is read against a register; the example is of a place in it."""


@pytest.mark.parametrize("kind", TEMPLATES)
def test_the_example_of_a_template_imports_under_its_own_header(kind: str) -> None:
    template = template_csv(kind)
    example = next(line for line in template.splitlines() if line.startswith("# example: "))
    filled = template + example.removeprefix("# example: ") + "\n"
    report = READ[kind](text_file(filled), TODAY).report
    assert (report.rows_read, report.kept) == (1, 1)


@pytest.mark.parametrize("kind", TEMPLATES)
def test_an_empty_template_holds_no_rows(kind: str) -> None:
    with pytest.raises(Refusal, match="has a header and no rows"):
        READ[kind](text_file(template_csv(kind)), TODAY)


@pytest.mark.parametrize("kind", TEMPLATES)
def test_a_template_saved_by_a_spreadsheet_still_imports(kind: str) -> None:
    """Quotes round the help, semicolons for commas, a byte-order mark: all at once."""
    template = TEMPLATES[kind]
    header, row = (";".join(cells) for cells in (template.columns, template.example))
    text = (
        f'\ufeff"# {template.purpose}"{";" * (len(template.columns) - 1)}\r\n{header}\r\n{row}\r\n'
    )
    assert READ[kind](text_file(text), TODAY).report.kept == 1


def test_an_unknown_template_names_those_there_are() -> None:
    with pytest.raises(Refusal, match="ocg-locations, assets, people, disruptions"):
        template_csv("incidents")
