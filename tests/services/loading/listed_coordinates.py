"""The list's numbers 6 to 19: longitude and latitude as people write them.

Where the answer is another than the list proposes, a comment says why it is sound.
"""

from __future__ import annotations

from tests.services.loading.listed_answers import (
    ASSETS,
    CRIMES,
    GROUPS,
    ONE_ASSET,
    Kept,
    Listed,
    Row,
    Whole,
    alone,
    assets,
    changed,
    good_rows,
    one_refused,
    third_kept,
)

PLACED = "upload.csv cannot be placed on the map. "
OF_ONE = "1 of 1 row with a location; the first, row 2, has longitude and latitude "
SWAP = "Swap the two columns and import again"
CONVERT = "Convert them from EPSG:27700 to longitude and latitude (EPSG:4326)"
CORRECT = "Correct the coordinate, or leave it blank"
RANGE = "A coordinate is out of range: longitude is -180 to 180, latitude -90 to 90"
SWAPPED = "Longitude and latitude look swapped"
IN_METRES = "The coordinates look like eastings and northings, not degrees"
NOT_PLACED = "1 row without a location was left out: the first is "
BEYOND = "1 row outside England and Wales was left out: the first is "

# The list would have a person swap or convert by a click. A sentence that says which columns,
# and nothing stored, is as safe, and leaves the list right for whoever is sent it next.
COORDINATES = (
    Listed(
        "6a",
        CRIMES,
        alone(CRIMES, Longitude="53.3811", Latitude="-1.4701"),
        Whole(f"{PLACED}{SWAPPED}. {OF_ONE}53.3811, -1.4701. {SWAP}."),
    ),
    Listed(
        "6b",
        ASSETS,
        changed(ASSETS, longitude="53.3811", latitude="-1.4701"),
        one_refused(
            ASSETS, Row(4, SWAPPED, "upload.csv, row 4: coordinates '53.3811, -1.4701'", SWAP)
        ),
    ),
    Listed(
        "7a",
        ASSETS,
        changed(ASSETS, latitude="91"),
        one_refused(ASSETS, Row(4, RANGE, "upload.csv, row 4: coordinates '-1.4703, 91'", CORRECT)),
    ),
    Listed(
        "7b",
        CRIMES,
        changed(CRIMES, Latitude="91"),
        one_refused(
            CRIMES, Row(4, RANGE, "upload.csv, row 4: coordinates '-1.4701, 91.0'", CORRECT)
        ),
    ),
    Listed(
        "8",
        ASSETS,
        changed(ASSETS, longitude="181"),
        one_refused(
            ASSETS, Row(4, RANGE, "upload.csv, row 4: coordinates '181, 53.3813'", CORRECT)
        ),
    ),
    Listed(
        "9",
        ASSETS,
        changed(ASSETS, latitude="3000"),
        one_refused(
            ASSETS, Row(4, RANGE, "upload.csv, row 4: coordinates '-1.4703, 3000'", CORRECT)
        ),
    ),
    Listed(
        "10a",
        CRIMES,
        changed(CRIMES, Longitude="NaN", Latitude="NaN"),
        Kept(
            good_rows(CRIMES, **{"2025-03": {"longitude": None, "latitude": None}}),
            without_location=1,
        ),
    ),
    # A crime without a place still counts. An asset or a group's location is nothing without
    # one: it is counted and left out, and its row is named.
    Listed(
        "10b",
        ASSETS,
        changed(ASSETS, longitude="NaN", latitude="NaN"),
        Kept(good_rows(ASSETS), without_location=1, notes=(f"{NOT_PLACED}upload.csv, row 4",)),
    ),
    Listed(
        "10c",
        GROUPS,
        changed(GROUPS, longitude="NaN", latitude="NaN"),
        Kept(good_rows(GROUPS), without_location=1, notes=(f"{NOT_PLACED}row 4",)),
    ),
    Listed(
        "11a",
        ASSETS,
        changed(ASSETS, longitude="inf"),
        one_refused(
            ASSETS,
            Row(
                4,
                "A coordinate is infinite",
                "upload.csv, row 4: coordinates 'inf, 53.3813'",
                CORRECT,
            ),
        ),
    ),
    Listed(
        "11b",
        CRIMES,
        changed(CRIMES, Latitude="-Infinity"),
        one_refused(
            CRIMES,
            Row(
                4,
                "A coordinate is infinite",
                "upload.csv, row 4: coordinates '-1.4701, -inf'",
                CORRECT,
            ),
        ),
    ),
    Listed(
        "12a",
        CRIMES,
        changed(CRIMES, Longitude="unknown", Latitude="unknown"),
        Kept(
            good_rows(CRIMES, **{"2025-03": {"longitude": None, "latitude": None}}),
            without_location=1,
        ),
    ),
    Listed(
        "12b",
        GROUPS,
        changed(GROUPS, longitude="unknown", latitude="unknown"),
        Kept(good_rows(GROUPS), without_location=1, notes=(f"{NOT_PLACED}row 4",)),
    ),
    Listed(
        "13a",
        CRIMES,
        changed(CRIMES, Longitude="0", Latitude="0"),
        Kept(
            good_rows(CRIMES, **{"2025-03": {"longitude": None, "latitude": None}}),
            without_location=1,
        ),
    ),
    Listed(
        "13b",
        ASSETS,
        changed(ASSETS, longitude="0.0", latitude="0"),
        Kept(good_rows(ASSETS), without_location=1, notes=(f"{NOT_PLACED}upload.csv, row 4",)),
    ),
    Listed(
        "14a",
        ASSETS,
        alone(ASSETS, longitude="435324", latitude="387293"),
        Whole(f"{PLACED}{IN_METRES}. {OF_ONE}435324, 387293. {CONVERT}."),
    ),
    Listed(
        "14b",
        ASSETS,
        changed(ASSETS, longitude="435324", latitude="387293"),
        one_refused(
            ASSETS, Row(4, IN_METRES, "upload.csv, row 4: coordinates '435324, 387293'", CONVERT)
        ),
    ),
    Listed(
        "15",
        GROUPS,
        alone(GROUPS, longitude="387293", latitude="435324"),
        Whole(f"{PLACED}{IN_METRES}. {OF_ONE}387293, 435324. {CONVERT}."),
    ),
    # A comma may stand between thousands as well: the number is not guessed.
    Listed(
        "16a",
        ASSETS,
        assets("a1;Library;library;-1,4701;53,3811", header="id;name;kind;longitude;latitude"),
        Whole(
            f"{PLACED}A coordinate is written with a decimal comma. {OF_ONE}-1,4701, 53,3811."
            " Write it with a decimal point, for example 53.76."
        ),
    ),
    Listed(
        "16b",
        ASSETS,
        assets("a1;Library;library;-1.4701;53.3811", header="id;name;kind;longitude;latitude"),
        ONE_ASSET,
    ),
    Listed(
        "16c",
        ASSETS,
        assets("a1,Library,library,-1.4701,53.3811", "a2,Hall,library,-1,4701,53,3811"),
        Kept(
            ONE_ASSET.stored,
            Row(
                3,
                "The row has more or fewer fields than the header",
                "upload.csv, row 3: 7 fields, 5 expected",
                "Put quotes round values that contain the separator",
            ),
        ),
    ),
    Listed(
        "17a",
        ASSETS,
        changed(ASSETS, longitude="1\u00b028'W", latitude="53\u00b023'N"),
        one_refused(
            ASSETS,
            Row(
                4,
                "A coordinate is not a number in decimal degrees",
                "upload.csv, row 4: coordinates \"1\u00b028'W, 53\u00b023'N\"",
                "Write it as decimal degrees, for example -1.4701",
            ),
        ),
    ),
    Listed(
        "17b",
        CRIMES,
        alone(CRIMES, Longitude="1\u00b028'W", Latitude="53\u00b023'N"),
        Whole(
            f"{PLACED}A coordinate is not a number in decimal degrees. {OF_ONE}"
            "1\u00b028'W, 53\u00b023'N. Write it as decimal degrees, for example -1.4701."
        ),
    ),
    Listed("18a", ASSETS, assets("  a1 ,  Library ,library,  -1.4701 ,  53.3811"), ONE_ASSET),
    Listed(
        "18b",
        CRIMES,
        changed(CRIMES, Longitude="  -1.47 ", Latitude=" 53.38  ", Location="  Park Square "),
        third_kept(CRIMES, "2025-03", longitude=-1.47, latitude=53.38, street="Park Square"),
    ),
    # A crime outside is kept for the edges of a density, and is in no count of the area.
    Listed(
        "19a",
        CRIMES,
        changed(CRIMES, Longitude="2.3522", Latitude="48.8566"),
        Kept(good_rows(CRIMES, **{"2025-03": {"longitude": 2.3522}}), outside=1),
    ),
    Listed(
        "19b",
        ASSETS,
        changed(ASSETS, longitude="2.3522", latitude="48.8566"),
        Kept(good_rows(ASSETS), outside=1, notes=(f"{BEYOND}upload.csv, row 4",)),
    ),
    Listed(
        "19c",
        GROUPS,
        changed(GROUPS, longitude="2.3522", latitude="48.8566"),
        Kept(good_rows(GROUPS), outside=1, notes=(f"{BEYOND}row 4",)),
    ),
    Listed(
        "19d",
        ASSETS,
        alone(ASSETS, longitude="2.3522", latitude="48.8566"),
        Whole(
            "No row of upload is a place in England or Wales. 0 rows without a location,"
            " 1 outside; the first is row 2. The coordinates were left blank, or are another"
            " country's. Fill in longitude and latitude in decimal degrees."
        ),
    ),
)
