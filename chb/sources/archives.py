"""What a ZIP must be before anything in it is unpacked.

Every limit is checked on the archive's own directory, so a bomb is refused
without inflating a byte; sizes are counted again while reading, because a
directory can lie.
"""

from __future__ import annotations

import lzma
import stat
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from chb.domain.refusal import Refusal

KILOBYTE: Final = 1024
MEGABYTE: Final = 1024 * KILOBYTE
SMALLEST_BOMB_BYTES: Final = MEGABYTE
"""Below this a high ratio is only a repetitive table, not a threat."""

_DAMAGED: Final = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError),
    *(EOFError, NotImplementedError, OSError, ValueError),
)
"""What the library raises, by the way of packing, for bytes that cannot be unpacked."""
_UNPACK_REMEDY: Final = "Unpack the archive yourself, look at what is in it, and give the files"


@dataclass(frozen=True)
class ArchiveLimits:
    """How much one archive may hold. A national month-by-month archive has about 1,500 members."""

    members: int = 2_000
    unpacked_bytes: int = 4 * 1024 * MEGABYTE
    ratio: float = 200.0
    member_bytes: int = 1024 * MEGABYTE


ARCHIVE_LIMITS: Final = ArchiveLimits()


def checked_members(
    archive: zipfile.ZipFile, name: str, limits: ArchiveLimits = ARCHIVE_LIMITS
) -> tuple[zipfile.ZipInfo, ...]:
    """The archive's files, folders left out; Refusal when any limit is passed."""
    members = tuple(member for member in archive.infolist() if not member.filename.endswith("/"))
    if not members:
        raise Refusal(
            f"{name} is an archive with nothing in it",
            cause="The download probably stopped early",
            remedy="Download it again",
        )
    if len(members) > limits.members:
        raise Refusal(
            f"{name} holds more files than an archive may",
            found=f"Found {len(members):,}, the limit is {limits.members:,}",
            remedy="Unpack it and give the folders one at a time",
        )
    for member in members:
        _check_member(member, name)
    _check_names(members, name)
    _check_sizes(members, name, limits)
    return members


def member_bytes(archive: zipfile.ZipFile, member: zipfile.ZipInfo, archive_name: str) -> bytes:
    """A member's bytes, never more than it declared; Refusal when it is damaged."""
    try:
        with archive.open(member) as stream:
            data = stream.read(member.file_size + 1)
    except _DAMAGED as error:
        raise Refusal(
            f"{archive_name} is damaged",
            found=f"{member.filename} cannot be unpacked",
            cause="The download probably stopped early, or the file was changed afterwards",
            remedy="Download it again",
        ) from error
    if len(data) > member.file_size:
        raise Refusal(
            f"{archive_name} unpacks to more than it declares",
            found=member.filename,
            cause="The archive was made to mislead, or it is damaged",
            remedy=_UNPACK_REMEDY,
        )
    return data


def _check_member(member: zipfile.ZipInfo, name: str) -> None:
    fault = _fault(member)
    if fault:
        raise Refusal(
            f"{name} {fault}", found=f"The member {member.filename!r}", remedy=_UNPACK_REMEDY
        )


def _fault(member: zipfile.ZipInfo) -> str:
    path = PurePosixPath(member.filename.replace("\\", "/"))
    if not path.name:
        return "has a file without a name"
    if path.is_absolute() or ".." in path.parts or path.parts[0].endswith(":"):
        return "has a file that would be written outside its own folder"
    if stat.S_ISLNK(member.external_attr >> 16):
        return "has a symbolic link in it"
    if member.flag_bits & 0x1:
        return "is protected by a password"
    if path.suffix.lower() == ".zip":
        return "has another archive inside it"
    return ""


def _check_names(members: tuple[zipfile.ZipInfo, ...], name: str) -> None:
    """Refusal when two files share a name: only the last of them could be read."""
    times = Counter(member.filename for member in members)
    repeated = [file for file, count in times.items() if count > 1]
    if repeated:
        raise Refusal(
            f"{name} has two files of the same name",
            found=f"The member {repeated[0]!r}",
            cause="A file was added to the archive again, or it was made to mislead",
            remedy=_UNPACK_REMEDY,
        )


def _check_sizes(members: tuple[zipfile.ZipInfo, ...], name: str, limits: ArchiveLimits) -> None:
    unpacked = sum(member.file_size for member in members)
    packed = max(1, sum(member.compress_size for member in members))
    largest = max(members, key=lambda member: member.file_size)
    if unpacked > limits.unpacked_bytes:
        raise Refusal(
            f"{name} would unpack to more than the limit",
            found=f"{size_words(unpacked)}, the limit is {size_words(limits.unpacked_bytes)}",
            remedy="Give fewer months or fewer forces at a time",
        )
    if largest.file_size > limits.member_bytes:
        raise Refusal(
            f"{name} holds a file that is too large to read at once",
            found=f"{largest.filename} has {size_words(largest.file_size)}",
            remedy="Split the file by month or by force",
        )
    if unpacked > SMALLEST_BOMB_BYTES and unpacked / packed > limits.ratio:
        raise Refusal(
            f"{name} is packed more tightly than real data can be",
            found=f"{size_words(packed)} would unpack to {size_words(unpacked)}",
            cause="This is the mark of an archive made to fill a disk",
            remedy=_UNPACK_REMEDY,
        )


def size_words(size: int) -> str:
    """A size in words, to the nearest tenth of a megabyte; the smallest in kilobytes."""
    if size < MEGABYTE / 10:
        return f"{size / KILOBYTE:,.1f} kB"
    return f"{size / MEGABYTE:,.1f} MB"
