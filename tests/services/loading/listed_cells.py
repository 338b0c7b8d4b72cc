"""The list's numbers 20 to 30 and 37 to 47: references, letters, dates and other cells.

Where the answer is another than the list proposes, a comment says why it is sound.
"""

from __future__ import annotations

import codecs
from datetime import date

from tests.services.loading.listed_answers import (
    ASSETS,
    CRIMES,
    GROUPS,
    PEOPLE,
    Kept,
    Listed,
    Row,
    Whole,
    assets,
    changed,
    one_refused,
    third_kept,
)
from tests.sources.makers import workbook_bytes

TWO_REFERENCES = assets(
    *("1,Library,library,-1.4701,53.3811", "01,Hall,library,-1.4702,53.3812"),
)
LONG_REFERENCES = assets(
    *("12345678901234567,Library,library,-1.4701,53.3811",),
    *("12345678901234568,Hall,library,-1.4702,53.3812",),
)
REFERENCES = (
    Listed(
        "20a",
        ASSETS,
        changed(ASSETS, id="a1"),
        one_refused(
            ASSETS,
            Row(
                4,
                "The asset was given before",
                "upload.csv, row 4: source id 'a1'",
                "Keep one row for each; the first was kept",
            ),
        ),
    ),
    # The publisher gives one Crime ID to several crimes: they are counted, and none is dropped.
    Listed(
        "20b",
        CRIMES,
        changed(CRIMES, Crime_ID="c1"),
        Kept(
            {"2025-01": {"crime_id": "c1"}, "2025-02": {}, "2025-03": {"crime_id": "c1"}},
            repeated=1,
        ),
    ),
    Listed("21", ASSETS, TWO_REFERENCES, Kept({"1": {"name": "Library"}, "01": {"name": "Hall"}})),
    Listed(
        "22a",
        ASSETS,
        LONG_REFERENCES,
        Kept(
            {"12345678901234567": {"name": "Library"}, "12345678901234568": {"name": "Hall"}},
        ),
    ),
    Listed(
        "22b",
        CRIMES,
        changed(CRIMES, Crime_ID="12345678901234567"),
        third_kept(CRIMES, "2025-03", crime_id="12345678901234567"),
    ),
    Listed(
        "23a",
        ASSETS,
        changed(ASSETS, id="007"),
        third_kept(ASSETS, "007", name="Moor Library"),
    ),
    Listed(
        "23b",
        CRIMES,
        changed(CRIMES, Crime_ID="007"),
        third_kept(CRIMES, "2025-03", crime_id="007"),
    ),
    Listed(
        "24a",
        ASSETS,
        changed(ASSETS, id="1E5"),
        third_kept(ASSETS, "1E5", name="Moor Library"),
    ),
    Listed(
        "24b",
        CRIMES,
        changed(CRIMES, Crime_ID="1E5"),
        third_kept(CRIMES, "2025-03", crime_id="1E5"),
    ),
)

WELSH, IRISH = "Caff\u00ea T\u0177 G\u0175yr", "O\u2019Neil\u2019s caf\u00e9"
UTF_16 = "upload.csv was read as UTF-16"
WINDOWS = "upload.csv is not UTF-8 (line 4) and was read as Windows-1252"
NUL = "The file was damaged on its way, or is not a text file. Export it again as CSV in UTF-8."
SMITH, WITHOUT_ID = "Smith,library,-1.47,53.38", "name,kind,longitude,latitude"
SMITH_ID = "library:smith:-1.47000,53.38000"
GIVEN_BEFORE = Row(
    3,
    "The asset was given before",
    f"upload.csv, row 3: source id '{SMITH_ID}'",
    "Keep one row for each; the first was kept",
)
LETTERS = (
    Listed(
        "25a",
        ASSETS,
        changed(ASSETS, name=WELSH).decode().encode("utf-16"),
        third_kept(ASSETS, "a3", name=WELSH, notes=(UTF_16,)),
    ),
    Listed(
        "25b",
        CRIMES,
        codecs.BOM_UTF16_BE + changed(CRIMES, Location=WELSH).decode().encode("utf-16-be"),
        third_kept(CRIMES, "2025-03", street=WELSH, notes=(UTF_16,)),
    ),
    # Without its mark UTF-16 is a guess, so it is refused as the bytes it looks like.
    Listed(
        "25c",
        ASSETS,
        changed(ASSETS, name=WELSH).decode().encode("utf-16-le"),
        Whole(
            "upload.csv is a binary file, not a text table (CSV) or an Excel workbook or a JSON or"
            " GeoJSON file or a JSON list. It begins with 'i d , n a m e , k i n d , l o n g i t"
            " u'. The name ends in .csv, but a name does not change what is inside."
            " Export the data as CSV in UTF-8, or as GeoJSON."
        ),
    ),
    Listed(
        "26a",
        ASSETS,
        changed(ASSETS, name=IRISH).decode().encode("cp1252"),
        third_kept(ASSETS, "a3", name=IRISH, notes=(WINDOWS,)),
    ),
    Listed(
        "26b",
        CRIMES,
        changed(CRIMES, Location=IRISH).decode().encode("cp1252"),
        third_kept(CRIMES, "2025-03", street=IRISH, notes=(WINDOWS,)),
    ),
    Listed(
        "27a",
        ASSETS,
        codecs.BOM_UTF8 + changed(ASSETS, name=WELSH),
        third_kept(ASSETS, "a3", name=WELSH),
    ),
    Listed(
        "27b",
        CRIMES,
        codecs.BOM_UTF8 + changed(CRIMES, Crime_ID="c9"),
        third_kept(CRIMES, "2025-03", crime_id="c9"),
    ),
    Listed(
        "28a",
        ASSETS,
        changed(ASSETS, name="Pa\0rk"),
        Whole(f"upload.csv has NUL characters in it. The first is on line 4. {NUL}"),
    ),
    Listed(
        "28b",
        CRIMES,
        changed(CRIMES, Location="Pa\0rk"),
        Whole(f"upload.csv has NUL characters in it. The first is on line 4. {NUL}"),
    ),
    Listed(
        "29a",
        ASSETS,
        changed(ASSETS, name="Park \u202eyrarbiL\u202c"),
        third_kept(
            ASSETS,
            "a3",
            name="Park yrarbiL",
            notes=("upload.csv: 2 invisible characters were removed, the first on line 4",),
        ),
    ),
    Listed(
        "29b",
        PEOPLE,
        changed(PEOPLE, name="Jo \u202enosnhoJ"),
        third_kept(
            PEOPLE,
            "j@example.gov.uk",
            name="Jo nosnhoJ",
            notes=("upload.csv: 1 invisible character was removed, the first on line 4",),
        ),
    ),
    Listed(
        "30a",
        PEOPLE,
        changed(PEOPLE, work_email="s\u200b@example.gov.uk"),
        one_refused(
            PEOPLE,
            Row(
                4,
                "The work e-mail was given before",
                "row 4: work email 's@example.gov.uk'",
                "Keep one row for each; the first was kept",
            ),
            notes=("upload.csv: 1 invisible character was removed, the first on line 4",),
        ),
    ),
    Listed(
        "30b",
        ASSETS,
        assets(SMITH, SMITH.replace("Sm", "Sm\u200b"), header=WITHOUT_ID),
        Kept(
            {SMITH_ID: {"name": "Smith"}},
            GIVEN_BEFORE,
            notes=("upload.csv: 1 invisible character was removed, the first on line 3",),
        ),
    ),
    Listed(
        "30c",
        ASSETS,
        assets(SMITH, SMITH.replace("S", "\uff33"), header=WITHOUT_ID),
        Kept({SMITH_ID: {"name": "Smith"}}, GIVEN_BEFORE),
    ),
)

DATE_REMEDY = "Write the date as 2025-03-31 or 31/03/2025"
NO_DATE = "The valid from date cannot be read, or is no day of the calendar"
DATES = (
    Listed(
        "37a",
        GROUPS,
        changed(GROUPS, valid_from="03/04/2026"),
        third_kept(
            GROUPS,
            "OCG-09",
            valid_from=date(2026, 4, 3),
            notes=(
                "The valid from date of 1 row was read day first: the first, '03/04/2026' on"
                " row 4, is 03 April 2026",
            ),
        ),
    ),
    Listed(
        "37b",
        GROUPS,
        changed(GROUPS, valid_from="04/13/2026"),
        one_refused(GROUPS, Row(4, NO_DATE, "row 4: valid from '04/13/2026'", DATE_REMEDY)),
    ),
    Listed(
        "37c",
        GROUPS,
        changed(GROUPS, valid_from="13/04/2026"),
        third_kept(GROUPS, "OCG-09", valid_from=date(2026, 4, 13)),
    ),
    # A day number counts from 1900 or from 1904, and only the workbook knows: not converted.
    Listed(
        "38",
        GROUPS,
        changed(GROUPS, valid_from="46023"),
        one_refused(
            GROUPS,
            Row(
                4,
                "The valid from date is Excel's day number, not a date",
                "row 4: valid from '46023'",
                "Format the column as a date in the spreadsheet, then save it again",
            ),
        ),
    ),
    Listed(
        "39a",
        ASSETS,
        changed(ASSETS, verified_on="2099-01-01"),
        one_refused(
            ASSETS,
            Row(
                4,
                "It was verified in the future",
                "upload.csv, row 4: verified on '2099-01-01'",
                "Correct the date",
            ),
        ),
    ),
    Listed(
        "39b",
        CRIMES,
        changed(CRIMES, Month="2099-01"),
        one_refused(
            CRIMES,
            Row(
                4,
                "The month is in the future",
                "upload.csv, row 4: month '2099-01'",
                "Correct the month",
            ),
        ),
    ),
    Listed(
        "39c",
        "disruptions",
        changed("disruptions", happened_on="2099-01-01"),
        one_refused(
            "disruptions",
            Row(
                4,
                "The date is in the future",
                "row 4: happened on '2099-01-01'",
                "Correct the day or the year: a disruption has happened",
            ),
        ),
    ),
    Listed(
        "40",
        GROUPS,
        changed(GROUPS, valid_from="31/02/2026"),
        one_refused(GROUPS, Row(4, NO_DATE, "row 4: valid from '31/02/2026'", DATE_REMEDY)),
    ),
    # No importer keeps a time of day: the day is right, and the note says what was odd.
    Listed(
        "41",
        GROUPS,
        changed(GROUPS, valid_from="2026-03-29 01:30"),
        third_kept(
            GROUPS,
            "OCG-09",
            valid_from=date(2026, 3, 29),
            notes=("1 time of day never was, as the clocks went forward; the day was kept",),
        ),
    ),
)

FORMULA = '=HYPERLINK("http://x","y")'
LOGIN = b"<!DOCTYPE html><html><body>Please sign in</body></html>"
SIGN_IN = (
    "It begins with '<!DOCTYPE html><html><body>Please sign i'. The site probably answered with a"
    " page to sign in, or with an error. Sign in where it comes from and download the data again."
)
SHEET = workbook_bytes(
    {
        "Assets": [
            ["id", "name", "kind", "longitude", "latitude"],
            ["007", "Library", "library", -1.4701, 53.3811],
            ["01", "Hall", "library", -1.4702, 53.3812],
        ]
    }
)
OTHERS = (
    Listed("42a", ASSETS, changed(ASSETS, note=FORMULA), third_kept(ASSETS, "a3", note=FORMULA)),
    Listed(
        "43a",
        "population",
        changed("population", population="-3"),
        one_refused(
            "population",
            Row(
                4,
                "The population is out of range (0 to 100,000)",
                "row 4: population '-3'",
                "Correct it",
            ),
        ),
    ),
    Listed(
        "43b",
        GROUPS,
        changed(GROUPS, radius_m="-250"),
        one_refused(
            GROUPS,
            Row(
                4,
                "The radius is not above zero",
                "row 4: radius m '-250.0'",
                "A location is an uncertain area: give its radius in metres",
            ),
        ),
    ),
    Listed(
        "44a",
        CRIMES,
        changed(CRIMES, Crime_type="NA"),
        one_refused(
            CRIMES,
            Row(
                4,
                "The crime type 'NA' is not one of the fourteen",
                "upload.csv, row 4: category 'NA'",
                "Use the publisher's categories",
            ),
        ),
    ),
    Listed(
        "44b",
        ASSETS,
        changed(ASSETS, name="NA", note="N/A"),
        third_kept(ASSETS, "a3", name="NA", note="N/A"),
    ),
    Listed(
        "45a",
        PEOPLE,
        changed(PEOPLE, name="None"),
        third_kept(PEOPLE, "j@example.gov.uk", name="None"),
    ),
    Listed(
        "45b",
        PEOPLE,
        changed(PEOPLE, name="Null"),
        third_kept(PEOPLE, "j@example.gov.uk", name="Null"),
    ),
    Listed(
        "46a",
        CRIMES,
        LOGIN,
        Whole(f"upload.csv is a web page, not a text table (CSV). {SIGN_IN}"),
    ),
    Listed(
        "46b",
        PEOPLE,
        LOGIN,
        Whole(f"upload.csv is a web page, not a text table (CSV) or an Excel workbook. {SIGN_IN}"),
    ),
    # A workbook is read wherever a table is, whatever its name; the note says which sheet.
    Listed(
        "47a",
        ASSETS,
        SHEET,
        Kept(
            {"007": {"name": "Library", "longitude": -1.4701}, "01": {"name": "Hall"}},
            notes=("upload.csv: the sheet 'Assets' was read",),
        ),
    ),
)

CELLS: tuple[Listed, ...] = (*REFERENCES, *LETTERS, *DATES, *OTHERS)
