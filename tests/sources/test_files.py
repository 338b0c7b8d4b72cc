"""What a person names, and the limits on it."""

from __future__ import annotations

import hashlib
import io
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from chb.domain.refusal import Refusal
from chb.sources.archives import ArchiveLimits
from chb.sources.files import InputFile, combined_sha256, only_file, open_inputs

from .makers import zip_bytes


def zip_with(info: zipfile.ZipInfo, data: bytes = b"a,b\n1,2\n") -> InputFile:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(info, data)
    return InputFile.of("upload.zip", stream.getvalue())


def test_a_folder_is_read_recursively_in_a_stable_order_without_hidden_files(
    tmp_path: Path,
) -> None:
    for name in ("b/two.csv", "a/one.csv", ".hidden.csv", "a/._one.csv"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x\n")
    inputs = open_inputs(tmp_path)
    assert [file.name for file in inputs] == ["one.csv", "two.csv"]
    assert len(inputs.notes) == 2


def test_a_symbolic_link_in_a_folder_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "secret.csv"
    outside.write_bytes(b"secret\n")
    folder = tmp_path / "given"
    folder.mkdir()
    (folder / "good.csv").write_bytes(b"x\n")
    (folder / "link.csv").symlink_to(outside)
    assert [file.name for file in open_inputs(folder)] == ["good.csv"]


def test_the_real_archive_gives_its_members_and_their_own_fingerprints(
    real_data: Callable[[str], Path],
) -> None:
    path = real_data("sheffield/police-uk-south-yorkshire.zip")
    files = list(open_inputs(path))
    with zipfile.ZipFile(path) as archive:
        expected = {
            name: hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()
        }
    assert {file.name: file.sha256 for file in files} == expected


def test_mac_litter_in_an_archive_is_left_out_with_a_note() -> None:
    data = zip_bytes({"a.csv": b"x\n", "__MACOSX/._a.csv": b"\0\0", "._b.csv": b"\0"})
    inputs = open_inputs(InputFile.of("a.zip", data))
    assert [file.name for file in inputs] == ["a.csv"]
    assert "2 hidden files" in inputs.notes[0]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("../../etc/passwd", "outside its own folder"),
        ("/etc/passwd", "outside its own folder"),
        ("..\\..\\evil.csv", "outside its own folder"),
        ("C:/evil.csv", "outside its own folder"),
        ("inner.zip", "another archive inside"),
    ],
)
def test_a_member_with_a_wrong_name_is_refused(name: str, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        open_inputs(zip_with(zipfile.ZipInfo(name)))


def test_an_archive_under_another_name_inside_an_archive_is_refused() -> None:
    data = zip_bytes({"month.csv": zip_bytes({"a.csv": b"x\n"})})
    with pytest.raises(Refusal, match="another archive inside"):
        list(open_inputs(InputFile.of("a.zip", data)))


def test_a_link_and_a_password_in_an_archive_are_refused() -> None:
    link = zipfile.ZipInfo("link.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with pytest.raises(Refusal, match="symbolic link"):
        open_inputs(zip_with(link))
    data = bytearray(zip_bytes({"a.csv": b"x\n"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1  # the flag of an encrypted member
    with pytest.raises(Refusal, match="password"):
        open_inputs(InputFile.of("a.zip", bytes(data)))


def test_limits_are_checked_before_anything_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> bytes:
        raise AssertionError("a member was unpacked")

    bomb = InputFile.of("bomb.zip", zip_bytes({"zeros.csv": bytes(40_000_000)}))
    many = InputFile.of("many.zip", zip_bytes({f"{number}.csv": b"x" for number in range(30)}))
    monkeypatch.setattr(zipfile.ZipFile, "open", never)
    with pytest.raises(Refusal, match="packed more tightly"):
        open_inputs(bomb)
    with pytest.raises(Refusal, match="would unpack to more than the limit"):
        open_inputs(bomb, ArchiveLimits(unpacked_bytes=1_000_000))
    with pytest.raises(Refusal, match="too large to read at once"):
        open_inputs(bomb, ArchiveLimits(member_bytes=1_000_000))
    with pytest.raises(Refusal, match="Found 30, the limit is 20"):
        open_inputs(many, ArchiveLimits(members=20))


def test_an_archive_that_lies_about_its_sizes_is_refused() -> None:
    data = bytearray(zip_bytes({"a.csv": b"a,b\n" * 1000}))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = (10).to_bytes(4, "little")
    with pytest.raises(Refusal, match=r"damaged|more than it declares"):
        list(open_inputs(InputFile.of("a.zip", bytes(data))))


def test_cut_and_empty_archives_are_refused() -> None:
    whole = zip_bytes({"a.csv": b"a,b\n" * 1000})
    with pytest.raises(Refusal, match="damaged"):
        open_inputs(InputFile.of("a.zip", whole[:60]))
    damaged = bytearray(whole)
    damaged[45] ^= 0xFF
    with pytest.raises(Refusal, match="damaged"):
        list(open_inputs(InputFile.of("a.zip", bytes(damaged))))
    with pytest.raises(Refusal, match="nothing in it"):
        open_inputs(InputFile.of("a.zip", zip_bytes({})))


@pytest.mark.parametrize("name", ["", "."])
def test_a_member_without_a_name_is_refused(name: str) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.csv", b"a,b\n")
        archive.filelist[0].filename = name  # in the directory, which is all a reader sees
    with pytest.raises(Refusal, match="without a name"):
        open_inputs(InputFile.of("a.zip", stream.getvalue()))


def test_two_members_of_one_name_are_refused() -> None:
    twice = zip_bytes({"a.csv": b"1\n", "b.csv": b"2\n"}).replace(b"b.csv", b"a.csv")
    with pytest.raises(Refusal, match=r"two files of the same name.*'a\.csv'"):
        open_inputs(InputFile.of("a.zip", twice))


def test_a_member_whose_name_is_no_text_makes_a_damaged_archive() -> None:
    data = bytearray(zip_bytes({"\u00e9.csv": b"1\n"}))
    with pytest.raises(Refusal, match="damaged"):
        open_inputs(InputFile.of("a.zip", bytes(data).replace("\u00e9".encode(), b"\xff\xfe")))


@pytest.mark.parametrize("packing", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_damage_is_recognised_in_every_way_of_packing(packing: int) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", packing) as archive:
        archive.writestr("a.csv", b"a,b\n" * 100)
    data = bytearray(stream.getvalue())
    data[45:70] = b"\xff" * 25
    with pytest.raises(Refusal, match="damaged"):
        list(open_inputs(InputFile.of("a.zip", bytes(data))))


def test_what_is_not_there_or_not_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").touch()
    (tmp_path / "folder").mkdir()
    with pytest.raises(Refusal, match="no file or folder called"):
        open_inputs(tmp_path / "absent.csv")
    with pytest.raises(Refusal, match="no file or folder called"):
        open_inputs("https://example.org/data.csv")
    with pytest.raises(Refusal, match=r"no file or folder called a{300}\."):
        open_inputs("a" * 5000)
    with pytest.raises(Refusal, match="neither a file nor a folder"):
        open_inputs("/dev/null")
    with pytest.raises(Refusal, match=r"empty\.csv is empty"):
        list(open_inputs(tmp_path / "empty.csv"))
    with pytest.raises(Refusal, match="has no files in it"):
        open_inputs(tmp_path / "folder")
    with pytest.raises(Refusal, match="No file was named"):
        open_inputs([])


def test_one_file_is_asked_for_and_several_are_given(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_bytes(b"x\n")
    assert only_file(tmp_path / "a.csv").name == "a.csv"
    with pytest.raises(Refusal, match="Found 2"):
        only_file(tmp_path)


def test_the_fingerprint_of_several_files_does_not_depend_on_their_order() -> None:
    first, second = InputFile.of("a", b"1"), InputFile.of("b", b"2")
    assert combined_sha256([first, second]) == combined_sha256([second, first])
    assert combined_sha256([first]) == first.sha256
