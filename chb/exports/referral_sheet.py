"""The sheet of where to refer, as a page to print: one file that asks no server for anything.

The marking stands at the top and, on paper, at the head of every table, which browsers repeat
on each page; the manifest is in ``meta`` elements under the names of its columns.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from typing import Final

from chb.domain.planning.referral_options import (
    HEADINGS,
    Cell,
    ReferralOption,
    ReferralSheet,
    cells_of,
)
from chb.domain.wording import plural, printable
from chb.exports.manifest import ExportManifest

META_PREFIX: Final = "holdfast."
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"
_TOLD: Final = ("exported_by", "exported_at", "purpose", "recipient", "export_id")
"""What of the manifest whoever holds the paper should read."""
_WIDTHS: Final = (19, 20, 9, 18, 25, 9)
"""Of the columns, in per cent; the first row of a table that spans them all has none to give."""
_RULES: Final = """
@page { size: A4 landscape; margin: 12mm; }
body { font: 10pt/1.35 "Liberation Sans", Arial, sans-serif; color: #16202c; margin: 1.2rem; }
h1 { font-size: 16pt; margin: .4rem 0 .1rem; }
h2 { font-size: 12pt; margin: 1.1rem 0 .3rem; }
p { margin: .15rem 0; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th, td { border: 1px solid #9aa5b1; padding: 1.4mm 1.8mm; text-align: left; vertical-align: top; }
th, td { overflow-wrap: anywhere; }
thead th { background: #f3f5f8; }
td:first-child { font-weight: 700; }
small { display: block; font-weight: 400; color: #4a5663; }
.marking { font-weight: 700; text-align: center; border: 1px solid; padding: 1mm; }
.again { display: none; }
footer { margin-top: 1rem; color: #4a5663; font-size: 8.5pt; }
@media print {
  body { margin: 0; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  .again { display: table-row; }
  .again th { background: none; border: 0; text-align: center; }
}
"""
_COLUMNS: Final = "".join(f'<col style="width: {width}%">' for width in _WIDTHS)


def sheet_document(sheet: ReferralSheet, *, manifest: ExportManifest | None = None) -> str:
    """The sheet as HTML; every text in it is shown as it was written."""
    marking = "" if manifest is None else manifest.marking
    title = f"Where to refer: {sheet.place_name}"
    sections = (
        _section("Pathways", sheet, sheet.pathways, marking),
        _section("Near the place, accepting referrals", sheet, sheet.assets, marking),
    )
    return "\n".join(
        (
            '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            *_meta(manifest),
            f"<title>{_text(title)}</title>\n<style>{_RULES}</style>\n</head>\n<body>",
            *_marked(manifest),
            f"<main>\n<h1>{_text(title)}</h1>",
            f"<p>{_text('; '.join((f'Made on {sheet.made_on:%d %B %Y}', *sheet.asked)))}.</p>",
            *sections,
            "</main>",
            *_footer(manifest),
            "</body>\n</html>\n",
        )
    )


def _section(
    name: str, sheet: ReferralSheet, options: Sequence[ReferralOption], marking: str
) -> str:
    if not options:
        return f"<h2>{name}</h2>\n<p>None was found.</p>"
    columns = len(HEADINGS)
    again = f'<tr class="again"><th colspan="{columns}">{_text(marking)}</th></tr>'
    head = "".join(f'<th scope="col">{_text(each)}</th>' for each in HEADINGS)
    rows = (cells_of(each, sheet.made_on) for each in options)
    return (
        f"<h2>{name} ({plural(len(options), 'entry', 'entries')})</h2>\n<table>\n{_COLUMNS}\n"
        f"<thead>{again if marking else ''}<tr>{head}</tr></thead>\n"
        f"<tbody>\n{_body(rows)}\n</tbody>\n</table>"
    )


def _body(rows: Iterable[Iterable[Cell]]) -> str:
    return "\n".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)


def _cell(cell: Cell) -> str:
    text, note = cell
    return f"<td>{_text(text)}{f'<small>{_text(note)}</small>' if note else ''}</td>"


def _meta(manifest: ExportManifest | None) -> list[str]:
    columns = {} if manifest is None else manifest.as_columns()
    return [
        f'<meta name="{META_PREFIX}{name}" content="{_text(value)}">'
        for name, value in columns.items()
    ]


def _marked(manifest: ExportManifest | None) -> list[str]:
    if manifest is None:
        return []
    return [
        f'<header><p class="marking">{_text(manifest.marking)}</p>'
        f"<p>{_text(manifest.handling)}</p></header>"
    ]


def _footer(manifest: ExportManifest | None) -> list[str]:
    if manifest is None:
        return []
    columns = manifest.as_columns()
    told = ". ".join(f"{name.replace('_', ' ').capitalize()}: {columns[name]}" for name in _TOLD)
    return [
        f'<footer><p>{_text(told)}.</p><p class="marking">{_text(manifest.marking)}</p></footer>'
    ]


def _text(text: str) -> str:
    """Somebody's words in the page, as they were written."""
    return html.escape(printable(text), quote=True)
