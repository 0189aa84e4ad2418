"""Archives (zip): each member that can be read is read as a file of its own; nothing is unpacked onto the disk."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from retrieval import formats
from retrieval.errors import DocumentError
from retrieval.formats import Extracted
from retrieval.formats.decode import decode
from retrieval.formats.gathering import Gathered, gathered, passed_over
from retrieval.formats.metadata import NOTHING_KNOWN, Metadata, dated
from retrieval.formats.restriction import key_lines
from retrieval.formats.sidecar import SIDECAR, SIDECAR_BYTES, stated

MOST_MEMBERS = 2_000
MEMBER_BYTES = 25_000_000
UNPACKED_BYTES = 150_000_000
NESTED = frozenset({"archive"})
OFFICE = "[Content_Types].xml"


@dataclass(slots=True)
class _Archive:
    """An archive that has been checked, with what of it was passed over so far."""

    file: zipfile.ZipFile
    members: dict[str, zipfile.ZipInfo]
    passed_over: list[str] = field(default_factory=list)

    def bytes_of(self, name: str) -> bytes:
        """A member's bytes, never more than the limit whatever its header says."""
        with self.file.open(self.members[name]) as stream:
            data = stream.read(MEMBER_BYTES + 1)
        if len(data) > MEMBER_BYTES:
            raise DocumentError(f"{name} in it is larger than {MEMBER_BYTES // 1_000_000} MB; split that.")
        return data

    def pass_over(self, name: str, why: str) -> None:
        """Note that a member was not taken."""
        self.passed_over.append(f"holds {name[:200]}, which was passed over: {why.rstrip('.')}")


def extract(data: bytes) -> Extracted:
    """The documents of all members that can be read, in the order of their names."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            archive = _Archive(file, _checked(file.infolist()))
            _check_restrictions(archive)
            found = list(_documents(archive))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise DocumentError("It is damaged or no zip archive that can be read; pack it again.") from error
    told = archive.passed_over
    if not found:
        why = f" (it {told[0]})" if told else ""
        raise DocumentError(f"It holds no document that can be read{why}; add the files one by one.")
    return gathered(found, passed_over(told, "files"))


def _checked(members: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """The members by name; a DocumentError where the archive is none of documents, or may do harm."""
    files = [member for member in members if not member.is_dir()]
    names = Counter(member.filename.casefold() for member in files)
    if OFFICE.casefold() in names:
        raise DocumentError("It is an Office file and no archive of documents; give it its own ending, such as .docx.")
    if len(files) > MOST_MEMBERS:
        raise DocumentError(f"It holds more than {MOST_MEMBERS:,} files; split it into several archives.")
    if sum(member.file_size for member in files) > UNPACKED_BYTES:
        raise DocumentError(
            f"It unpacks to more than {UNPACKED_BYTES // 1_000_000} MB; split it into several archives."
        )
    if any(member.flag_bits & 1 for member in files):
        raise DocumentError("It is encrypted; unpack it and add the files in it.")
    if any(_leads_away(member.orig_filename) for member in files):
        raise DocumentError("A name in it leads out of the archive or cannot be shown; pack the files again by name.")
    if doubled := next((name for name, count in names.items() if count > 1), None):
        raise DocumentError(f"It holds {doubled[:200]} twice; leave only the one that counts.")
    return {member.filename: member for member in sorted(files, key=lambda member: member.filename)}


def _leads_away(name: str) -> bool:
    """Whether a member's name is absolute, climbs up, or holds what no name holds."""
    parts = name.split("/")
    return "\\" in name or ":" in parts[0] or not parts[0] or ".." in parts or not name.isprintable()


def _check_restrictions(archive: _Archive) -> None:
    """Refuse an archive with a file that may restrict another, and is no sidecar of one that is read."""
    sidecars = {name + SIDECAR for name in archive.members if _why_not(archive, name) is None}
    for name, member in archive.members.items():
        if name in sidecars or _why_not(archive, name) is None:
            continue
        with archive.file.open(member) as stream:
            head = stream.read(SIDECAR_BYTES)
        if key_lines(decode(head).splitlines()):
            raise DocumentError(
                f"{name[:200]} in it may restrict who sees the documents; name it like one of them with {SIDECAR} behind, or take it out."
            )


def _documents(archive: _Archive) -> Iterator[Gathered]:
    for name in archive.members:
        why = _why_not(archive, name)
        if why is not None:
            if why:
                archive.pass_over(name, why)
            continue
        known = NOTHING_KNOWN
        if name + SIDECAR in archive.members:
            known = stated(archive.bytes_of(name + SIDECAR), name + SIDECAR)
        data = archive.bytes_of(name)
        try:
            extracted = formats.extract(data, PurePosixPath(name).name)
        except DocumentError as error:
            archive.pass_over(name, str(error))
        except (MemoryError, RecursionError):
            raise  # these are told of the whole file
        except Exception as error:  # noqa: BLE001 - parsers of damaged files fail in every way there is
            archive.pass_over(name, f"it is damaged and cannot be read ({type(error).__name__})")
        else:
            yield Gathered(_dated(extracted, known, PurePosixPath(name).stem), name, known)


def _dated(extracted: Extracted, known: Metadata, name: str) -> Extracted:
    """A member with the day that its address or its name gives, where nothing else does."""
    if extracted.parts:
        return extracted
    facts = dated(extracted.metadata.under(known), name)
    return replace(extracted, metadata=replace(extracted.metadata, published=facts.published, dated_by=facts.dated_by))


def _why_not(archive: _Archive, name: str) -> str | None:
    """Why a member is not read: empty for what nobody takes for a document; None: it is read."""
    path = PurePosixPath(name)
    if any(part.startswith(".") or part == "__MACOSX" for part in path.parts):
        return ""
    if name.lower().endswith(".toml") or path.name.lower() == "readme.md":
        return ""
    if stat.S_ISLNK(archive.members[name].external_attr >> 16):
        return "it is a link"
    if not formats.known(name):
        instead = formats.SAVE_AS.get(formats.suffix_of(name))
        return f"it is of no format that can be read{f'; {instead}' if instead else ''}"
    if formats.FORMATS[formats.suffix_of(name)][0] in NESTED:
        return "it is an archive in an archive; unpack it and add the files in it"
    return None
