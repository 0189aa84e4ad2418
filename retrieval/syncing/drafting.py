"""One corpus file -> what the catalog and the vectors take of it. Reads the file; writes nothing."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from retrieval import chunks, documents
from retrieval.chunks import Window
from retrieval.errors import DocumentError, NatoQuotesError, Overran
from retrieval.model import Credit, Document, Passage, Quote, Understanding
from retrieval.storing.changes import FileEntry, NewDocument, text_key
from retrieval.storing.corrections import Correction, with_given_speaker
from retrieval.syncing.plan import ToRead

if TYPE_CHECKING:
    import numpy.typing as npt

    from retrieval.embed import Embedder

    Matrix = npt.NDArray[np.float32]


log = logging.getLogger(__name__)

GROUP_WINDOWS = 256  # embedded and committed together, so that memory does not grow with the corpus
GROUP_FILES = 64

KnownVectors = Callable[[Sequence[str]], Mapping[str, "Matrix"]]


class QuoteReader(Protocol):
    """Finds the quotes of a document, and what is to be told of it as a whole."""

    def understood(self, document: Document) -> Understanding: ...

    def credits(self, document: Document) -> tuple[Credit, ...]: ...


@dataclass(frozen=True, slots=True)
class Draft:
    """One document before its windows are embedded."""

    document: Document
    quotes: tuple[Quote, ...]
    passages: tuple[Passage, ...]
    windows: tuple[Window, ...]
    credits: tuple[Credit, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftFile:
    """One file as it was read: its documents, or why it could not be taken."""

    path: str
    fingerprint: str
    base_id: str
    drafts: tuple[Draft, ...] = ()
    error: str | None = None
    left_out: tuple[str, ...] = ()  # what of the file was passed over, and why
    overran: frozenset[tuple[str, ...]] = (
        frozenset()
    )  # where reading it took too long: to which channels it is limited now

    @property
    def size(self) -> int:
        return sum(len(d.windows) for d in self.drafts)


@dataclass(frozen=True, slots=True)
class Preparer:
    """What turns files into drafts, and drafts into entries."""

    corpus: Path
    reader: QuoteReader
    embedder: Embedder
    count_tokens: Callable[[str], int]
    stamp: str  # of model and pipeline: part of every window's id
    corrections: Callable[[], Sequence[Correction]] = tuple

    def draft(self, file: ToRead) -> DraftFile:
        """Read one file. Whatever is wrong with it is told in the draft, so that the others go on."""
        fingerprint, limited = "", frozenset[tuple[str, ...]]()
        try:
            fingerprint = documents.fingerprint(self.corpus, file.path)
            read = documents.taken(self.corpus, file.path)
            limited = frozenset(document.channels for document in read.documents)
            told = self.corrections()
            made = tuple(
                self._document(named(document, file.base_id), fingerprint, told) for document in read.documents
            )
        except Overran as error:
            return DraftFile(file.path, fingerprint, file.base_id, error=str(error), overran=limited)
        except DocumentError as error:
            return DraftFile(file.path, fingerprint, file.base_id, error=str(error))
        except NatoQuotesError:
            raise  # a model that is missing or altered is not this file's fault
        except OSError as error:
            reason = f"{file.path} could not be read ({error.strerror}); check its permissions."
            return DraftFile(file.path, fingerprint, file.base_id, error=reason)
        except Exception as error:
            log.exception("a file could not be understood", extra={"path": file.path})
            reason = f"{file.path} could not be understood ({type(error).__name__}: {error}); please report this file."
            return DraftFile(file.path, fingerprint, file.base_id, error=reason[:500])
        return DraftFile(file.path, fingerprint, file.base_id, made, left_out=read.left_out)

    def _document(self, document: Document, fingerprint: str, told: Sequence[Correction]) -> Draft:
        said = with_given_speaker(document, told)
        understood = self.reader.understood(said)
        document = understood.of(said)
        quotes = tuple({quote.id: quote for quote in understood.quotes}.values())
        passages = chunks.passages(document, self.count_tokens)
        key = hashlib.sha256(f"{fingerprint}|{document.article}|{self.stamp}".encode()).hexdigest()[:10]
        made = chunks.windows(
            document,
            quotes,
            passages,
            self.embedder.count,
            key=key,
            limit=min(self.embedder.limit, chunks.WINDOW_PIECES),
        )
        return Draft(document, quotes, passages, made, self.reader.credits(said))

    def entries(
        self, group: Sequence[DraftFile], known: KnownVectors, told: Callable[[int], None] = lambda _: None
    ) -> tuple[FileEntry, ...]:
        """Embed a group's windows, but for texts that were embedded before, and complete its drafts.

        `told` hears how many of a long document's windows are done.
        """
        texts = {text_key(w.text): w.text for file in group for draft in file.drafts for w in draft.windows}
        vectors = dict(known(list(texts)))
        missing = [key for key in texts if key not in vectors]
        for start in range(0, len(missing), GROUP_WINDOWS):
            part = missing[start : start + GROUP_WINDOWS]
            vectors |= zip(part, self.embedder.embed([texts[key] for key in part]), strict=True)
            told(start + len(part))
        return tuple(self._entry(file, vectors) for file in group)

    def _entry(self, file: DraftFile, vectors: Mapping[str, Matrix]) -> FileEntry:
        empty = np.empty((0, self.embedder.dimensions), dtype=np.float32)
        made = tuple(
            NewDocument(
                d.document,
                d.quotes,
                d.passages,
                d.windows,
                np.stack([vectors[text_key(w.text)] for w in d.windows]) if d.windows else empty,
                d.credits,
            )
            for d in file.drafts
        )
        return FileEntry(file.path, file.fingerprint, file.base_id, made, file.error)


def named(document: Document, base_id: str) -> Document:
    """The document under the id that its file keeps through renames."""
    return replace(document, id=base_id + (f".{document.article}" if document.article > 1 else ""))


def groups(drafts: Iterator[DraftFile]) -> Iterator[tuple[DraftFile, ...]]:
    """Files in groups of bounded size, in order."""
    held: list[DraftFile] = []
    for draft in drafts:
        held.append(draft)
        if len(held) >= GROUP_FILES or sum(d.size for d in held) >= GROUP_WINDOWS:
            yield tuple(held)
            held = []
    if held:
        yield tuple(held)
