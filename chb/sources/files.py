"""What a person names, opened: a file, several, a folder, or a ZIP.

Limits come first, reading second: an ``InputSet`` can only be made from sources
that passed, and it reads one file at a time so that a national archive fits.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from chb.domain.refusal import Refusal
from chb.sources.archives import (
    ARCHIVE_LIMITS,
    ArchiveLimits,
    checked_members,
    member_bytes,
    size_words,
)
from chb.sources.sniff import ARCHIVE_MAGIC, FileKind, kind_of_archive, sniff

_LONGEST_SHOWN: Final = 300
_LITTER: Final = ("__MACOSX", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True)
class InputFile:
    """One file's bytes with the name a person knows it by."""

    name: str
    data: bytes
    sha256: str

    @classmethod
    def of(cls, name: str, data: bytes) -> InputFile:
        """Name the bytes; Refusal when there are none."""
        if not data:
            raise Refusal(
                f"{name} is empty",
                found="Found 0 bytes",
                cause="The download or the export probably stopped before it began",
                remedy="Fetch the file again",
            )
        return cls(name, data, hashlib.sha256(data).hexdigest())


Source = str | Path | InputFile
Sources = Source | Iterable[Source]


@dataclass(frozen=True)
class _Part:
    """A loose file, or an archive with its members by name."""

    content: Path | InputFile
    members: tuple[str, ...] = ()


@dataclass(frozen=True)
class InputSet:
    """Checked sources, read one file at a time in a stable order."""

    parts: tuple[_Part, ...]
    notes: tuple[str, ...]

    @property
    def n_files(self) -> int:
        return sum(len(part.members) if part.members else 1 for part in self.parts)

    def __iter__(self) -> Iterator[InputFile]:
        for part in self.parts:
            if part.members:
                yield from _unpacked(part)
            else:
                yield _loose(part.content)


def open_inputs(sources: Sources, limits: ArchiveLimits = ARCHIVE_LIMITS) -> InputSet:
    """Check what was named and list it; Refusal with the first fault found."""
    given = [sources] if isinstance(sources, str | Path | InputFile) else list(sources)
    if not given:
        raise Refusal("No file was named", remedy="Name a file, a folder or a ZIP archive")
    notes: list[str] = []
    parts: list[_Part] = []
    for source in given:
        found = (source,) if isinstance(source, InputFile) else _found(Path(source), notes)
        parts += [_part(content, notes, limits) for content in found]
    files = InputSet(tuple(parts), tuple(notes))
    if files.n_files > limits.members:
        raise Refusal(
            "Too many files at once",
            found=f"Found {files.n_files:,}, the limit is {limits.members:,}",
            remedy="Give fewer folders at a time",
        )
    return files


def only_file(sources: Sources) -> InputFile:
    """The one file named; Refusal when there are several."""
    files = open_inputs(sources)
    if files.n_files != 1:
        raise Refusal(
            "One file is read at a time here",
            found=f"Found {files.n_files:,}",
            remedy="Name the one file you mean",
        )
    return next(iter(files))


def combined_sha256(files: Iterable[InputFile]) -> str:
    """One fingerprint for several files, whatever their order; a single file keeps its own."""
    prints = sorted(file.sha256 for file in files)
    return prints[0] if len(prints) == 1 else hashlib.sha256("".join(prints).encode()).hexdigest()


def _found(path: Path, notes: list[str]) -> tuple[Path, ...]:
    if not _exists(path):
        raise Refusal(
            f"There is no file or folder called {str(path)[:_LONGEST_SHOWN]}",
            cause="The name is probably misspelt, or relative to another folder",
            remedy="Check the path; an address on the web must be downloaded first",
        )
    if path.is_file():
        return (path,)
    if not path.is_dir():
        raise Refusal(
            f"{path} is neither a file nor a folder",
            cause="It is probably a device or a pipe",
            remedy="Save the data to a file and name that",
        )
    return _in_folder(path, notes)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # longer than any name on a disk can be
        return False


def _in_folder(folder: Path, notes: list[str]) -> tuple[Path, ...]:
    files = []
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or _is_litter(path.relative_to(folder).as_posix()):
            notes.append(f"{path.name} was left out: it is a hidden file or a link")
        elif path.is_file():
            files.append(path)
    if not files:
        raise Refusal(f"The folder {folder} has no files in it", remedy="Name the right folder")
    return tuple(files)


def _part(content: Path | InputFile, notes: list[str], limits: ArchiveLimits) -> _Part:
    name = content.name
    if _kind(content) != FileKind.ZIP:
        _check_size(content, limits)
        return _Part(content)
    with _archive(content) as archive:
        members = checked_members(archive, name, limits)
    wanted = tuple(member.filename for member in members if not _is_litter(member.filename))
    litter = len(members) - len(wanted)
    if litter:
        notes.append(f"{litter:,} hidden files in {name} were left out")
    if not wanted:
        raise Refusal(f"{name} holds hidden files only", remedy="Make the archive again")
    return _Part(content, tuple(sorted(wanted)))


def _check_size(content: Path | InputFile, limits: ArchiveLimits) -> None:
    size = content.stat().st_size if isinstance(content, Path) else len(content.data)
    if size > limits.member_bytes:
        raise Refusal(
            f"{content.name} is too large to read at once",
            found=f"{size_words(size)}, the limit is {size_words(limits.member_bytes)}",
            remedy="Split the file by month or by area",
        )


def _kind(content: Path | InputFile) -> FileKind:
    if isinstance(content, InputFile):
        return sniff(content.data)
    try:
        with content.open("rb") as stream:
            if not stream.read(4).startswith(ARCHIVE_MAGIC):
                return FileKind.BINARY  # anything but an archive is recognised by its reader
            return kind_of_archive(stream)
    except OSError as error:
        raise _unreadable(content) from error


def _archive(content: Path | InputFile) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(content if isinstance(content, Path) else io.BytesIO(content.data))
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise Refusal(
            f"{content.name} is a damaged ZIP archive",
            cause="The download probably stopped early",
            remedy="Download it again",
        ) from error


def _unpacked(part: _Part) -> Iterator[InputFile]:
    with _archive(part.content) as archive:
        for name in part.members:
            data = member_bytes(archive, archive.getinfo(name), part.content.name)
            if sniff(data) == FileKind.ZIP:
                raise Refusal(
                    f"{part.content.name} has another archive inside it",
                    found=f"The member {name!r}",
                    remedy="Unpack the archive yourself and give the files",
                )
            yield InputFile.of(name, data)


def _loose(content: Path | InputFile) -> InputFile:
    if isinstance(content, InputFile):
        return content
    try:
        return InputFile.of(content.name, content.read_bytes())
    except OSError as error:
        raise _unreadable(content) from error


def _unreadable(path: Path) -> Refusal:
    return Refusal(
        f"{path} cannot be read",
        cause="The file belongs to somebody else, or its disk has gone",
        remedy="Check its permissions, or copy it to a folder of your own",
    )


def _is_litter(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any(part.startswith(".") or part in _LITTER for part in parts)
