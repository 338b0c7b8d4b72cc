"""Text tables and workbooks: nothing inferred, nothing dropped silently."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chb.domain.refusal import Refusal
from chb.sources.columns import Columns
from chb.sources.files import InputFile
from chb.sources.tables import read_columns, read_table

from .makers import csv_text, text_file, unzipped, workbook_bytes, zip_bytes

WANTED = Columns(what="a list", required={"name": (), "latitude": ("lat",)}, optional={"note": ()})


def test_values_stay_text_whatever_they_look_like() -> None:
    values = ["NA", "None", "null", "007", "1E5", "12345678901234567", "=HYPERLINK()", "1", "01"]
    frame = read_table(text_file("ref\n" + "\n".join(values))).frame
    assert frame["ref"].tolist() == values


def test_the_index_is_the_line_in_the_file_comments_and_line_ends_counted() -> None:
    text = '# help, with a comma\n"# quoted help",,\n\nname,note\na,"one\ntwo"\n\nb,x\n'
    frame = read_table(text_file(text)).frame
    assert frame.index.tolist() == [5, 8]
    assert frame["note"].tolist() == ["one\ntwo", "x"]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_separator_is_found(mark: str) -> None:
    table = read_table(text_file(f"name{mark}lat\nx{mark}53\n"))
    assert table.headers == ("name", "lat")
    assert table.frame["lat"].tolist() == ["53"]


@pytest.mark.parametrize(
    ("data", "note"),
    [
        ("name\nCaffè\n".encode(), ""),
        ("\ufeffname\nCaffè\n".encode(), ""),
        ("name\nCaffè\n".encode("utf-16"), "read as UTF-16"),
        ("name\nCaffè\n".encode("cp1252"), "not UTF-8 (line 2) and was read as Windows-1252"),
        ("name\r\nCaffe\u0300\r\n".encode(), ""),
        ("name\rCaffè\r".encode(), ""),
    ],
)
def test_encodings_and_line_ends_are_understood(data: bytes, note: str) -> None:
    table = read_table(InputFile.of("list.csv", data))
    assert table.frame["name"].tolist() == ["Caffè"]
    assert note in " ".join(table.notes)


def test_invisible_characters_are_removed_and_noted() -> None:
    table = read_table(text_file("name\nSmi\u200bth\n\u202eSmith\nSmith \n"))
    assert table.frame["name"].tolist() == ["Smith"] * 3
    assert table.notes == ("list.csv: 2 invisible characters were removed, the first on line 2",)


def test_ragged_rows_are_refused_with_their_line_and_the_rest_is_kept() -> None:
    table = read_table(text_file("a,b\n1,2\n3\n4,5\n6,7,8\n9,10,\n"))
    assert table.frame["a"].tolist() == ["1", "4"]
    (refused,) = table.refused
    assert (refused.rows, refused.first_row) == (3, 3)
    assert "1 fields, 2 expected" in refused.example
    assert table.rows_read == len(table.frame) + refused.rows


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('a,b\n1,2\n3,"4\n5,6\n', "never closed properly.*row 3"),
        ('a,b\n1,"x" y\n', "never closed properly.*row 2"),
        ("a,b\n1,\0\n", "NUL characters in it.*line 2"),
        ("a,B,b\n1,2,3\n", "two columns of the same name.*column 2 and column 3"),
        (",".join(f"c{n}" for n in range(201)) + "\n", "Found 201, the limit is 200"),
        ("a\n" + "x" * 10_001 + "\n", "cell that is too long.*Row 2"),
        ("a\n" + "x" * 1_000_000 + "\n", "cell that is too long.*Row 2"),
        ("\n\n \n", "holds no table"),
        ("# only help\n", "holds no table"),
    ],
)
def test_a_damaged_table_is_refused_with_the_place(text: str, words: str) -> None:
    with pytest.raises(Refusal, match=f"(?s){words}"):
        read_table(text_file(text))


def test_bytes_that_are_no_text_at_all_are_refused() -> None:
    with pytest.raises(Refusal, match="not readable as text"):
        read_table(InputFile.of("list.csv", b"name\nab\x81cd\n"))


def test_columns_are_matched_without_regard_to_case_spaces_and_underscores() -> None:
    frame = read_columns(text_file(" NAME ,La_T,other\nx,53,y\n"), WANTED).frame
    assert frame.to_dict("list") == {"name": ["x"], "latitude": ["53"]}


def test_missing_columns_are_named_with_the_nearest_found() -> None:
    with pytest.raises(Refusal) as refused:
        read_columns(text_file("nam,lattitude\nx,53\n"), WANTED)
    assert "name, latitude" in refused.value.wrong
    assert "'nam'" in refused.value.found
    assert "'lattitude'" in refused.value.found


def test_a_table_without_a_header_row_is_recognised() -> None:
    with pytest.raises(Refusal, match="no header row"):
        read_columns(text_file("Library,53.38\nPark,53.4\n"), WANTED)


def test_the_sheet_with_the_wanted_columns_is_read_past_titles_and_notes() -> None:
    sheets = {
        "Notes": [["Some notes"]],
        "Data": [
            ["A title"],
            [],
            ["Name", "Lat", None],
            ["x", 53.5],
            ["y", 54, None],
            [None, None],
        ],
    }
    table = read_columns(InputFile.of("list.xlsx", workbook_bytes(sheets)), WANTED)
    assert table.frame.to_dict("list") == {"name": ["x", "y"], "latitude": ["53.5", "54"]}
    assert table.frame.index.tolist() == [4, 5]
    assert "'Data'" in table.notes[0]


def test_a_damaged_workbook_is_refused() -> None:
    whole = workbook_bytes({"Data": [["Name", "Lat"]]})
    damaged = whole.replace(b"xl/workbook.xml", b"xl/wxrkbook.xml")
    with pytest.raises(Refusal, match="damaged workbook"):
        read_table(InputFile.of("list.xlsx", damaged))


def test_a_workbook_without_its_parts_is_refused() -> None:
    types = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    with pytest.raises(Refusal, match="damaged workbook"):
        read_table(InputFile.of("list.xlsx", zip_bytes({"[Content_Types].xml": types})))


def test_a_workbook_that_points_at_a_text_it_lacks_is_refused() -> None:
    parts = unzipped(workbook_bytes({"Data": [["Name", "Lat"]]}))
    (sheet,) = (name for name in parts if name.startswith("xl/worksheets/"))
    shared = b't="s"><v>99</v>'
    parts[sheet] = parts[sheet].replace(b't="inlineStr"><is><t>Lat</t></is>', shared)
    assert shared in parts[sheet]
    with pytest.raises(Refusal, match="damaged workbook"):
        read_table(InputFile.of("list.xlsx", zip_bytes(parts)))


cells = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs")), max_size=12)


@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=20))
def test_every_row_written_is_a_row_read(rows: list[tuple[str, str]]) -> None:
    named = [{"a": f"x{first}", "b": second} for first, second in rows]
    table = read_table(text_file(csv_text(named, ["a", "b"])))
    assert table.rows_read == len(table.frame) == len(rows)
    assert table.refused == ()
