"""Adding a document: from a path, an address or bytes to a look at what was understood, and into the corpus folder."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path, PurePosixPath
from typing import Protocol

from retrieval import documents, formats
from retrieval.asking.refusals import questions_for
from retrieval.errors import DocumentError
from retrieval.formats import Extracted
from retrieval.formats.metadata import NOTHING_KNOWN, Metadata, shortened
from retrieval.formats.sidecar import SIDECAR
from retrieval.model import ADMIN, Audience, Document, Quote, Understanding
from retrieval.silence import Looked, silences
from retrieval.taking import fetch, limits

FOLDER = "added"
FIRST_LINES = 3
MOST_COMPARED = 2_000  # documents; beyond that only the same bytes and the same text are found

_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))})


class DocumentReader(Protocol):
    """What finds the quotes of a document: `retrieval.reading.reader.Reader`, or a test's stand-in."""

    def understood(self, document: Document) -> Understanding: ...


class CorpusView(Protocol):
    """What knows the documents that are there already: `retrieval.catalog.Catalog`."""

    def documents(self, audience: Audience) -> tuple[Document, ...]: ...


@dataclass(frozen=True, slots=True)
class Incoming:
    """A document that somebody may want to add: its bytes, a safe name, and what was understood of it.

    `given` are the facts that a person stated, or that stand in its sidecar; they win over those in the file.
    """

    name: str
    data: bytes = field(repr=False)
    extracted: Extracted
    given: Metadata = NOTHING_KNOWN

    @property
    def facts(self) -> Metadata:
        """All that is known about it."""
        return self.extracted.metadata.under(self.given)

    @property
    def articles(self) -> tuple[Document, ...]:
        """The documents that it will become."""
        return documents.build(f"{FOLDER}/{self.name}", self.data, self.extracted, self.given)


@dataclass(frozen=True, slots=True)
class SpeakerQuotes:
    """How many quotes of a speaker a document holds; `name` None counts those of nobody that is sure."""

    name: str | None
    quotes: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What was understood of one document before it is kept."""

    document: Document
    first_lines: tuple[str, ...]
    quotes: int
    speakers: tuple[SpeakerQuotes, ...]
    duplicates: tuple[Document, ...]
    questions: tuple[str, ...]
    silent: tuple[str, ...] = ()  # what it does not say, with what to do


def from_path(path: Path, given: Metadata = NOTHING_KNOWN, *, worker: limits.Worker | None = None) -> Incoming:
    """A file of this machine as a candidate; a sidecar beside it is heeded."""
    try:
        if path.is_dir():
            raise DocumentError(f"{path} is a folder; name the files in it.")
        if not path.is_file():
            raise DocumentError(f"There is no file {path}; check the path.")
        limits.check_size(path.stat().st_size, path.name)
        with path.open("rb") as stream:
            data = stream.read(limits.FILE_BYTES + 1)
    except (OSError, ValueError) as error:
        raise DocumentError(f"{path.name} cannot be read; check its name and its permissions.") from error
    _check_neighbours(path)
    return from_bytes(data, path.name, documents.facts_beside(path).under(given), worker=worker)


def _check_neighbours(path: Path) -> None:
    """Refuse a file beside which facts with a restriction lie under a name that is no sidecar's."""
    try:
        others = [other.name for other in path.parent.iterdir() if not formats.known(other.name)]
    except OSError:
        return  # a folder that cannot be listed
    for why in documents.closed_by_a_neighbour(path.parent, [path.name], others).values():
        raise DocumentError(f"{why}.")


def from_address(
    url: str, given: Metadata = NOTHING_KNOWN, *, door: fetch.Door | None = None, worker: limits.Worker | None = None
) -> Incoming:
    """A page of the web as a candidate; its address is that of the page unless the page names its own."""
    fetched = fetch.fetch(url, door)
    found = from_bytes(fetched.data, fetched.name, given, worker=worker)
    if found.facts.url is not None or found.extracted.parts:
        return found  # each of several documents has an address of its own
    return Incoming(found.name, found.data, found.extracted, Metadata(url=fetched.url).under(given))


def from_bytes(
    data: bytes, name: str, given: Metadata = NOTHING_KNOWN, *, worker: limits.Worker | None = None
) -> Incoming:
    """Bytes under a file name (an upload) as a candidate."""
    safe = safe_name(name)
    return Incoming(safe, data, documents.extract(data, safe, worker), given)


def preview(
    candidate: Incoming, reader: DocumentReader | None = None, shelf: CorpusView | None = None
) -> tuple[Preview, ...]:
    """What was understood: one preview for each article in the file."""
    there = shelf.documents(ADMIN) if shelf is not None else ()
    previews = tuple(_preview(document, reader, there) for document in candidate.articles)
    first = replace(previews[0], silent=candidate.extracted.left_out + previews[0].silent)
    return (first, *previews[1:])


def keep(corpus: Path, candidate: Incoming) -> str:
    """Put a candidate into CORPUS_DIR/added with its sidecar; its path relative to the corpus folder.

    The same bytes under the same name are kept once; other bytes get a name of their own.
    """
    try:
        return _put(corpus, candidate)
    except OSError as error:
        raise DocumentError(
            f"It cannot be written to {corpus / FOLDER} ({error.strerror}); check the folder's permissions and the disk."
        ) from error


def _put(corpus: Path, candidate: Incoming) -> str:
    folder = corpus / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    if folder.is_symlink() or not folder.resolve().is_relative_to(corpus.resolve()):
        raise DocumentError(f"The folder {FOLDER} leads out of the corpus folder; make it an ordinary folder.")
    name = _free_name(folder, candidate)
    _write(folder / (name + SIDECAR), sidecar_text(_worth_keeping(candidate)).encode("utf-8"))
    _write(folder / name, candidate.data)
    return f"{FOLDER}/{name}"


def safe_name(name: str) -> str:
    """A file name that means the same on every system and leads nowhere: letters, digits, dots and dashes."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    suffix = last.lower() if last.lower() in formats.FORMATS else formats.suffix_of(last)
    stem = last[: len(last) - len(suffix)] if suffix else last
    stem = re.sub(r"[^\w.+-]+", "-", stem, flags=re.UNICODE)
    stem = (
        re.sub(r"[-_.]*-[-_.]*", "-", "".join(c for c in stem if not "\ud800" <= c <= "\udfff"))
        .strip("-._")[:80]
        .strip("-._")
    )
    while len(stem.encode("utf-8")) > 160:
        stem = stem[:-1]
    if not stem or stem.lower() in _RESERVED or stem.lower() == "readme" or stem.lower().endswith(".meta"):
        stem = f"document-{stem}".rstrip("-").replace(".meta", "-meta")
    return stem + re.sub(r"[^\w.]", "", suffix)[:12]


def sidecar_text(facts: Metadata) -> str:
    """Facts as a NAME.meta.toml, by the names that a front matter uses."""
    lines = ["# What is known about the document beside this file. What stands here wins over what the file says."]
    names = {"url": "source_url"}
    for entry in fields(facts):
        value = getattr(facts, entry.name)
        name = names.get(entry.name, entry.name)
        if entry.name == "dated_by":
            continue  # the file says it itself
        if entry.name in ("published", "modified") and value:
            lines.append(f"{name} = {value.isoformat()}")
        elif entry.name == "channels" and value:
            lines.append(f"{name} = [{', '.join(_quoted(item) for item in value)}]")
        elif value:
            lines.append(f"{name} = {_quoted(value)}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "")


def _worth_keeping(candidate: Incoming) -> Metadata:
    """What the sidecar says: of a file with facts of its own only what was stated beside it."""
    return candidate.given if candidate.name.endswith((".md", ".markdown")) else candidate.facts


def _free_name(folder: Path, candidate: Incoming) -> str:
    """The candidate's name, with a number when another document has it."""
    path = PurePosixPath(candidate.name)
    for number in range(1, 10_000):
        name = candidate.name if number == 1 else f"{path.stem}-{number}{path.suffix}"
        file = folder / name
        if file.is_symlink():
            continue
        if not file.exists() or (
            file.is_file() and file.stat().st_size == len(candidate.data) and file.read_bytes() == candidate.data
        ):
            return name
    raise DocumentError(f"There are too many documents called {candidate.name}; rename the file.")


def _write(file: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    unfinished = file.with_name(f".{file.name}.part")
    unfinished.write_bytes(data)
    unfinished.replace(file)


def _preview(document: Document, reader: DocumentReader | None, there: Sequence[Document]) -> Preview:
    found = reader.understood(document) if reader is not None else Understanding(())
    document, quotes = found.of(document), found.quotes
    named = sum(quote.speaker is not None for quote in quotes)
    foreign = found.form == "foreign"
    held = Looked(len(document.text), document.published is not None, document.taken, foreign, len(quotes), named)
    return Preview(
        document=document,
        first_lines=_first_lines(document),
        quotes=len(quotes),
        speakers=_speakers(quotes),
        duplicates=tuple(_duplicates(document, there)),
        questions=questions_for(document, quotes),
        silent=silences(held) if reader else (),
    )


def _first_lines(document: Document) -> tuple[str, ...]:
    """The first lines of running text, for a person to see that the right text was taken."""
    lines = (" ".join(line.split()) for span in document.body for line in span.of(document.text)[:4_000].splitlines())
    return tuple(shortened(line, 160) for line in [line for line in lines if line][:FIRST_LINES])


def _speakers(quotes: Iterable[Quote]) -> tuple[SpeakerQuotes, ...]:
    counts: dict[str | None, int] = {}
    for quote in quotes:
        name = quote.speaker.name if quote.speaker is not None else None
        counts[name] = counts.get(name, 0) + 1
    ordered = sorted(counts.items(), key=lambda item: (item[0] is None, -item[1], item[0] or ""))
    return tuple(SpeakerQuotes(name, count) for name, count in ordered)


def _duplicates(document: Document, there: Sequence[Document]) -> list[Document]:
    """Documents with the same bytes, the same text, or nearly the same words."""
    others = [other for other in there if other.id != document.id]
    same = [
        o
        for o in others
        if (o.sha256, o.article) == (document.sha256, document.article) or o.text_sha256 == document.text_sha256
    ]
    if same or not others or len(others) > MOST_COMPARED:
        return same
    from retrieval.storing.likeness import signature, similar

    alike = similar(signature(document.text), [signature(other.text) for other in others])
    return [other for other, is_alike in zip(others, alike, strict=True) if is_alike]
