"""The list's numbers 1 to 5 and 31 to 36: tables, and their rows.

Where the answer is another than the list proposes, a comment says why it is sound.
"""

from __future__ import annotations

from tests.services.loading.importers import IMPORTERS
from tests.services.loading.listed_answers import (
    ASSETS,
    CRIMES,
    ONE_ASSET,
    Kept,
    Listed,
    Row,
    Whole,
    assets,
    changed,
    lines_of,
    one_refused,
    third_kept,
)

NO_HEADER = "The first line holds values: the file probably has no header row. "

SHAPE_OF_THE_FILE = (
    Listed(
        "1a",
        ASSETS,
        b"",
        Whole(
            "upload.csv is empty. Found 0 bytes. The download or the export probably stopped"
            " before it began. Fetch the file again."
        ),
    ),
    Listed(
        "1b",
        CRIMES,
        b"\r\n\r\n",
        Whole(
            "upload.csv holds no table. No header row and no rows."
            " Export the file again with its header."
        ),
    ),
    Listed(
        "2a",
        ASSETS,
        lines_of(ASSETS)[0].encode(),
        Whole(
            "upload has a header and no rows. The export was probably filtered to nothing."
            " Export it again with its rows; nothing was imported."
        ),
    ),
    Listed(
        "2b",
        CRIMES,
        lines_of(CRIMES)[0].encode(),
        Whole(
            "upload.csv has a header and no rows. The export was probably filtered to nothing."
            " Export it again with its rows; nothing was imported."
        ),
    ),
    # Without a header nobody can choose a column by its name: the remedy is to give it one.
    Listed(
        "3a",
        ASSETS,
        assets("a2,Park Library,library,-1.4702,53.3812", header="a1,Hall,library,-1.4701,53.3811"),
        Whole(
            "upload.csv lacks columns that a list of assets must have: name, longitude, latitude."
            " nothing like name; nothing like longitude; nothing like latitude. The columns are"
            f" a1, Hall, library, -1.4701, 53.3811. {NO_HEADER}"
            "python -m chb template assets writes an empty list with the right columns."
        ),
    ),
    Listed(
        "3b",
        CRIMES,
        "".join(lines_of(CRIMES)[1:]).encode(),
        Whole(
            "upload.csv has two columns of the same name. 'South Yorkshire Police' is column 3 and"
            f" column 4. {NO_HEADER}Rename or remove one of them."
        ),
    ),
    Listed(
        "4a",
        ASSETS,
        assets("a1,Library,library,53.3811", header="id,name,kind,latitude"),
        Whole(
            "upload.csv lacks columns that a list of assets must have: longitude."
            " nearest to longitude is 'latitude'. The columns are id, name, kind, latitude."
            " python -m chb template assets writes an empty list with the right columns."
        ),
    ),
    Listed(
        "4b",
        CRIMES,
        b"Month,Falls within,Latitude,Crime type\n2025-01,Avon,51.4,Burglary\n",
        Whole(
            "upload.csv lacks columns that a street-level crime file must have: longitude. nearest"
            " to longitude is 'Latitude'. The columns are Month, Falls within, Latitude, Crime"
            " type. Use the street-level CSV files of data.police.uk with their own headers."
        ),
    ),
    Listed(
        "5a",
        ASSETS,
        assets("a1,Library,library,53.3811,-1.4701", header="ID,Name,Kind,Latitude,LONGITUDE"),
        ONE_ASSET,
    ),
)

UNCLOSED = (
    " A value contains a quotation mark that was not doubled on export."
    " Close or double the quotation mark on that row."
)
RAGGED = "The row has more or fewer fields than the header"
QUOTES = "Put quotes round values that contain the separator"
TOO_LONG = (
    "upload.csv has a cell that is too long. Row 4 has a cell of more than 10,000 characters."
    " A quotation mark may be missing, so that many rows run into one cell."
    " Look at that row in a text editor."
)
ROWS = (
    Listed(
        "31a",
        ASSETS,
        assets('"a1,Library,library,-1.4701,53.3811', "a2,Hall,library,-1.4702,53.3812"),
        Whole(
            "upload.csv has a quotation mark that is never closed properly. It starts on row 2:"
            f" '\"a1,Library,library,-1.4701,53.3811'.{UNCLOSED}"
        ),
    ),
    Listed(
        "31b",
        CRIMES,
        IMPORTERS[CRIMES].good_file().replace(b"c1,", b'"c1,'),
        Whole(
            "upload.csv has a quotation mark that is never closed properly. It starts on row 2:"
            " '\"c1,2025-01,South Yorkshire Police,South Yorkshire Police,-1'."
            f"{UNCLOSED}"
        ),
    ),
    Listed(
        "32a",
        ASSETS,
        IMPORTERS[ASSETS].good_file() + b"a3,Moor Library\n",
        one_refused(ASSETS, Row(4, RAGGED, "upload.csv, row 4: 2 fields, 7 expected", QUOTES)),
    ),
    Listed(
        "32b",
        CRIMES,
        lines_of(CRIMES)[0].encode()
        + lines_of(CRIMES)[1].rstrip("\n").encode()
        + b",one,too many\n"
        + lines_of(CRIMES)[2].encode(),
        Kept(
            {"2025-02": {}},
            Row(
                2,
                RAGGED,
                "upload.csv, row 2: 14 fields, 12 expected",
                QUOTES,
            ),
        ),
    ),
    Listed(
        "33a",
        ASSETS,
        changed(ASSETS, note="one\ntwo"),
        third_kept(ASSETS, "a3", note="one\ntwo"),
    ),
    Listed(
        "33b",
        CRIMES,
        changed(CRIMES, Location="one\ntwo"),
        third_kept(CRIMES, "2025-03", street="one\ntwo"),
    ),
    Listed(
        "34",
        ASSETS,
        (",".join(f"c{number}" for number in range(10_000)) + "\n").encode(),
        Whole(
            "upload.csv has more columns than a table may. Found 10,000, the limit is 200. Rows and"
            " columns may have been swapped on export. Keep the columns that are asked for."
        ),
    ),
    Listed("35a", ASSETS, changed(ASSETS, note="x" * 1_000_000), Whole(TOO_LONG)),
    Listed("35b", CRIMES, changed(CRIMES, Location="x" * 1_000_000), Whole(TOO_LONG)),
    Listed(
        "36",
        ASSETS,
        assets("a1,Library,library,53.3811,53.99,-1.4701", header="id,name,kind,lat,lat,longitude"),
        Whole(
            "upload.csv has two columns of the same name. 'lat' is column 4 and column 5."
            " Rename or remove one of them."
        ),
    ),
)

TABLES: tuple[Listed, ...] = (*SHAPE_OF_THE_FILE, *ROWS)
