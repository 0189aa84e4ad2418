"""Corpus files <-> Documents: which files count, their text and facts, their stable ids."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from retrieval import articles, formats
from retrieval.errors import ConfigurationError, DocumentError, Unreadable
from retrieval.formats import Extracted, Part
from retrieval.formats.decode import decode
from retrieval.formats.gathering import facts_of, parts_of
from retrieval.formats.metadata import NOTHING_KNOWN, Metadata, dated, one_line, shortened
from retrieval.formats.restriction import key_lines
from retrieval.formats.sidecar import SIDECAR, SIDECAR_BYTES, stated
from retrieval.model import Document, Locator, Skipped, Span
from retrieval.taking import limits

TITLE_OF_A_PART = 120
GIVEN = "whoever added it"  # says the day of publication where the document does not


def scan(corpus: Path) -> tuple[list[str], list[Skipped]]:
    """The files of a corpus folder that can be read, as sorted relative paths, and those passed over."""
    files: list[str] = []
    skipped: list[Skipped] = []
    for path, reason in _walk(corpus):
        if reason is None:
            files.append(path)
        else:
            skipped.append(Skipped(path.encode("utf-8", "replace").decode("utf-8"), reason))
    closed = closed_by_a_neighbour(corpus, files, [s.path for s in skipped])
    skipped += [Skipped(path, reason) for path, reason in closed.items()]
    return sorted(path for path in files if path not in closed), sorted(skipped, key=lambda s: s.path)


def read(corpus: Path, path: str, *, worker: limits.Worker | None = None) -> tuple[Document, ...]:
    """The documents of one corpus file, several where it joins several texts.

    Whoever reads many files passes a `worker`, so that not every file starts a process of its own.
    """
    return taken(corpus, path, worker=worker).documents


@dataclass(frozen=True, slots=True)
class Taken:
    """The documents of a corpus file, and what of it was passed over."""

    documents: tuple[Document, ...]
    left_out: tuple[str, ...] = ()


def taken(corpus: Path, path: str, *, worker: limits.Worker | None = None) -> Taken:
    """As `read`, with what of the file was passed over."""
    data = _bytes(corpus, path)
    extracted = extract(data, PurePosixPath(path).name, worker)
    return Taken(build(path, data, extracted, facts_beside(corpus / path)), extracted.left_out)


def extract(data: bytes, name: str, worker: limits.Worker | None = None) -> Extracted:
    """The text of a file of this name, within the limits; heavy formats are read in the worker process."""
    limits.check_size(len(data), name)
    if not formats.known(name) or formats.light(name):
        extracted = formats.extract(data, name)
    elif worker is not None:
        extracted = worker.extract(data, name)
    else:
        with limits.Worker() as own:
            extracted = own.extract(data, name)
    limits.check_text(extracted.text, name)
    return extracted


def build(path: str, data: bytes, extracted: Extracted, known: Metadata) -> tuple[Document, ...]:
    """The documents of a file whose text has been extracted; what is `known` wins over what the file says.

    Where the format itself tells its documents apart, each has its own facts; what restricts the file restricts them all.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    parts = parts_of(extracted)
    found: list[Document] = []
    for part in parts:
        alone = len(parts) == 1
        facts = facts_of(part.metadata, extracted.metadata, known, alone=alone)
        facts = dated(
            facts, PurePosixPath(path).stem if alone else ""
        )  # a day in its name is none of several documents
        texts = articles.split(part.span.of(extracted.text), joined=part.joined, structured=part.structured)
        for place, article in enumerate(texts):
            entry = _Entry(path, sha256, len(found) + 1, part, first=place == 0)
            found.append(_document(entry, article, extracted, facts))
    return tuple(found)


def document_id(path: str, article: int) -> str:
    """A readable id that stays the same as long as the file keeps its path."""
    stem = unicodedata.normalize("NFKD", PurePosixPath(path).stem).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")[:40].rstrip("-") or "document"
    tail = hashlib.sha256(path.encode("utf-8", "surrogatepass")).hexdigest()[:6]
    return f"{slug}-{tail}" + (f".{article}" if article > 1 else "")


def fingerprint(corpus: Path, path: str) -> str:
    """A hash that changes whenever the file or its sidecar does."""
    digest = hashlib.sha256(_bytes(corpus, path))
    sidecar = corpus / (path + SIDECAR)
    if _ordinary(sidecar):
        digest.update(b"\0" + _at_most(sidecar, SIDECAR_BYTES + 1))
    elif os.path.lexists(sidecar):
        digest.update(b"\0\0a link, or no file")
    return digest.hexdigest()


def _refuse(error: OSError) -> None:
    """A folder that cannot be listed hides its files: they are not taken for removed."""
    if not isinstance(error, FileNotFoundError):  # removed just now
        raise ConfigurationError(
            f"The folder {error.filename} cannot be read ({error.strerror}); check its permissions. The index is left as it is."
        ) from error


def _walk(corpus: Path) -> Iterator[tuple[str, str | None]]:
    """Each entry of the corpus folder with the reason to pass over it, or None."""
    for folder, folders, names in os.walk(corpus, followlinks=False, onerror=_refuse):
        here = Path(folder)
        for name in [n for n in folders if n.startswith(".") or (here / n).is_symlink()]:
            folders.remove(name)
            yield _relative(corpus, here / name) + "/", "hidden" if name.startswith(".") else "a link to another folder"
        for name in names:
            yield _relative(corpus, here / name), _why_skipped(corpus, here / name)


def _relative(corpus: Path, path: Path) -> str:
    return path.relative_to(corpus).as_posix()


def _why_skipped(corpus: Path, path: Path) -> str | None:
    name = path.name
    relative = _relative(corpus, path)
    if any("\ud800" <= c <= "\udfff" or unicodedata.category(c) == "Cc" for c in relative):
        return "its name holds characters that cannot be shown; rename it"
    if name.startswith("."):
        return "hidden"
    if name.lower().endswith(SIDECAR):
        return "facts about another file"
    if name.lower().endswith(".toml"):
        return "settings, no document"
    if name.lower() == "readme.md":
        return "about the folder, no document"
    if not formats.known(name):
        return f"{formats.suffix_of(name) or 'a file without a suffix'} is of no format that can be read"
    if path.is_symlink() and not _inside(corpus, path):
        return "a link that leads out of the corpus folder"
    try:
        mode = path.stat().st_mode
    except OSError:
        return "a link that leads nowhere"
    return None if stat.S_ISREG(mode) else "no ordinary file"


def closed_by_a_neighbour(corpus: Path, files: list[str], others: list[str]) -> dict[str, str]:
    """Documents beside which a file of nearly a sidecar's name may restrict who sees them, each with the reason."""
    by_name: dict[str, list[str]] = {}
    for path in files:
        for name in {path.casefold(), path.casefold().rpartition(".")[0]}:
            by_name.setdefault(name, []).append(path)
    sidecars = {path + SIDECAR for path in files}
    found: dict[str, str] = {}
    for other in (*others, *(f for f in files if f"{SIDECAR}." in f.casefold())):  # "NAME.meta.toml.txt"
        if other in sidecars or other.endswith("/"):
            continue
        meant = [p for n in _beginnings(other.casefold()) for p in by_name.get(n, ()) if p != other]
        if meant and _may_restrict(corpus / other):
            name = PurePosixPath(other).name
            why = f"{name} beside it may restrict who sees it; name that file {{}}{SIDECAR}, or remove it"
            found |= {path: why.format(PurePosixPath(path).name) for path in meant}
    return found


def _beginnings(path: str) -> list[str]:
    """The path up to each dot of its name; what hides a file does not count."""
    folder, slash, name = path.rpartition("/")
    parts = name.lstrip(".").split(".")
    return [folder + slash + ".".join(parts[:n]) for n in range(1, len(parts))]


def _may_restrict(file: Path) -> bool:
    """Whether a file that belongs to no format looks like facts about another, with a restriction among them."""
    try:
        return _ordinary(file) and key_lines(decode(_at_most(file, SIDECAR_BYTES)).splitlines()) > 0
    except OSError:
        return True  # what cannot be read may say anything


def _inside(corpus: Path, path: Path) -> bool:
    try:
        return path.resolve().is_relative_to(corpus.resolve())
    except (OSError, RuntimeError):
        return False


def _bytes(corpus: Path, path: str) -> bytes:
    """A corpus file's bytes; never those of a file outside the corpus, and never more than the limit."""
    name = PurePosixPath(path).name
    file = corpus / path
    if "\0" in path or not _inside(corpus, file):
        raise DocumentError(f"{name} lies outside the corpus folder; copy it into the folder first.")
    try:
        if not file.is_file():
            raise DocumentError(f"{name} is not there, or is no ordinary file.")
        limits.check_size(file.stat().st_size, name)
        with file.open("rb") as stream:
            data = stream.read(limits.FILE_BYTES + 1)
    except OSError as error:
        raise Unreadable(f"{name} cannot be read ({error.strerror}); check its permissions.") from error
    limits.check_size(len(data), name)
    return data


def facts_beside(file: Path) -> Metadata:
    """What the sidecar beside a document says about it; one that cannot be heeded refuses the document."""
    sidecar = file.with_name(file.name + SIDECAR)
    if not os.path.lexists(sidecar):
        return NOTHING_KNOWN
    if not _ordinary(sidecar):
        raise DocumentError(
            f"{sidecar.name} is a link or no ordinary file, so that who may see the document is not sure; put a copy there."
        )
    try:
        data = _at_most(sidecar, SIDECAR_BYTES + 1)
    except OSError as error:
        raise DocumentError(f"{sidecar.name} cannot be read ({error.strerror}); check its permissions.") from error
    return stated(data, sidecar.name)


def _ordinary(file: Path) -> bool:
    return not file.is_symlink() and file.is_file()


def _at_most(file: Path, size: int) -> bytes:
    with file.open("rb") as stream:
        return stream.read(size)


@dataclass(frozen=True, slots=True)
class _Entry:
    """Where a document comes from: its file, its number in it, its part, and whether it opens that."""

    path: str
    sha256: str
    number: int
    part: Part
    first: bool


def _document(entry: _Entry, article: articles.Article, extracted: Extracted, metadata: Metadata) -> Document:
    """One article as a Document with a text of its own. A later article shares none of the first one's facts."""
    start, end = entry.part.span.start + article.span.start, entry.part.span.start + article.span.end
    first = entry.first
    title = one_line(article.title or "") if entry.part.headed else None
    if not first and title:
        title = shortened(title, TITLE_OF_A_PART)
    body = tuple(span.shifted(entry.part.span.start) for span in article.body)
    return Document(
        id=document_id(entry.path, entry.number),
        path=entry.path,
        article=entry.number,
        sha256=entry.sha256,
        text=extracted.text[start:end],
        title=(metadata.title if first else None) or title,
        publisher=metadata.publisher,
        published=metadata.published if first else None,
        dated_by=_dated_by(metadata) if first else None,
        modified=metadata.modified if first else None,
        author=metadata.author if first else None,
        url=metadata.url if first else None,
        summary_of=metadata.summary_of,
        channels=metadata.channels,
        speaker_given=metadata.speaker if first else None,
        speaker_given_by=metadata.speaker_given_by if first else None,
        taken=round(entry.part.share, 3),
        body=tuple(span.shifted(-start) for span in _common(body, extracted.body)),
        apart=tuple(span.shifted(-start) for span in extracted.apart if start <= span.start and span.end <= end),
        locators=tuple(
            _clipped(loc, start, end) for loc in extracted.locators if loc.span.start < end and start < loc.span.end
        ),
    )


def _dated_by(metadata: Metadata) -> str | None:
    """What says when a document was published; None where nothing does."""
    return (metadata.dated_by or GIVEN) if metadata.published else None


def _common(spans: tuple[Span, ...], within: tuple[Span, ...]) -> tuple[Span, ...]:
    """The parts of `spans` that lie in what the format itself knows to be running text (empty: all of it)."""
    if not within:
        return spans
    found: list[Span] = []
    inner = list(within)
    for span in spans:
        while inner and inner[0].end <= span.start:
            inner.pop(0)
        for other in inner:
            if other.start >= span.end:
                break
            found.append(Span(max(span.start, other.start), min(span.end, other.end)))
    return tuple(found)


def _clipped(locator: Locator, start: int, end: int) -> Locator:
    span = locator.span
    return Locator(Span(max(span.start, start) - start, min(span.end, end) - start), locator.label)
