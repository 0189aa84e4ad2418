"""Re-reads everything: each quote against its document, each document against its file, each vector's presence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from retrieval import documents
from retrieval.catalog import Catalog
from retrieval.errors import DocumentError, IndexFault
from retrieval.model import ADMIN
from retrieval.syncing import ledger, row_checks
from retrieval.syncing.reconcile import put_back
from retrieval.syncing.row_checks import Fault

if TYPE_CHECKING:
    from pathlib import Path

    from retrieval.ingest import Index
    from retrieval.vectors import Vectors


BATCH = 1000
CHROMA = "chroma"  # the folder as a whole
ROUNDING = 1e-4  # Chroma gives a vector back as it was put in; anything beyond this is another vector


@dataclass(frozen=True, slots=True)
class Verified:
    """What was checked, what was wrong, and what a repair did about it."""

    documents: int
    quotes: int
    vectors: int | None  # None: they belong to another process and were not looked at
    faults: tuple[Fault, ...]  # what is wrong now
    mended: tuple[Fault, ...] = ()  # what was wrong and no longer is


def verify(index: Index, *, repair: bool = False, told: Callable[[str], None] = lambda _: None) -> Verified:
    """Check everything; with `repair` mend what is wrong from the corpus and check again."""
    found = looked_at(index, told)
    if not (repair and found.faults):
        return found
    told("mending")
    if any(fault.target == CHROMA for fault in found.faults):
        index.renew_vectors("verify --repair")
    index.own("verify --repair")
    if any(fault.kind in ("document", "quote", "credit", "passage", "store") for fault in found.faults):
        row_checks.purge(index.catalog)
    mend(index, (*found.faults, *looked_at(index, told).faults))
    after = looked_at(index, told)
    return replace(after, mended=tuple(fault for fault in found.faults if fault not in after.faults))


def looked_at(index: Index, told: Callable[[str], None]) -> Verified:
    """All checks; vectors that cannot be opened or read at all are a fault like another."""
    try:
        return check(index, index.collection(), told)
    except IndexFault as fault:
        if type(fault) is not IndexFault:  # missing, busy, foreign: nothing that is damaged
            raise
        seen = check(index, None, told)
        return replace(seen, faults=(*seen.faults, Fault("vector", CHROMA, str(fault))))


def check(index: Index, vectors: Vectors | None, told: Callable[[str], None]) -> Verified:
    """All checks, in order: the store itself, documents and quotes, files, full text, vectors."""
    catalog = index.catalog
    with catalog.snapshot():
        told("reading the store")
        faults = list(check_store(catalog))
        told("reading documents and quotes")
        faults += row_checks.check_seals(catalog)
        for identifier in ledger.document_ids(catalog):
            faults += row_checks.check_document(catalog, identifier)
        faults += row_checks.check_windows(catalog)
        told("comparing with the corpus")
        faults += check_files(catalog, index.corpus)
        faults += row_checks.check_records(index.data / "records.sqlite")
        told("looking for vectors")
        faults += check_vectors(catalog, vectors) if vectors is not None else ()
        counts = catalog.counts(ADMIN)
        number = ledger.window_count(catalog)
    return Verified(counts.documents, counts.quotes, number if vectors is not None else None, tuple(faults))


def check_store(catalog: Catalog) -> Iterator[Fault]:
    """Whether SQLite itself finds its file sound, and each row what it refers to."""
    with catalog.reading() as connection:
        for (line,) in connection.exec_driver_sql("PRAGMA integrity_check(5)"):
            if line != "ok":
                yield Fault("store", str(catalog.path), f"SQLite finds its file damaged: {line}")
        for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            yield Fault("store", str(row[0]), f"A row of {row[0]} belongs to something that is not there.")
        missing = "SELECT count(*) FROM windows WHERE number NOT IN (SELECT id FROM full_text_docsize)"
        if number := connection.exec_driver_sql(missing).scalar_one():
            yield Fault("full text", "full_text", f"{number} windows are not in the full text.")


def check_files(catalog: Catalog, corpus: Path) -> Iterator[Fault]:
    """Whether reading each file again gives the documents that are stored, with their texts and facts."""
    paths, _ = documents.scan(corpus)
    known, held = ledger.known_files(catalog), ledger.documents_by_path(catalog)
    for path in sorted(set(paths) - set(known)):
        yield Fault("file", path, f"{path} is in the corpus and not in the index.", path)
    taken = {path for path, file in known.items() if file.error is None} | set(held)
    for path in sorted(path for path in taken if isinstance(path, str)):  # its seal tells of one that is none
        try:
            same = row_checks.as_read(catalog, path, documents.read(corpus, path))
        except DocumentError as error:
            yield Fault("file", path, f"{path} is in the index, and cannot be read again: {error}", path)
            continue
        if not same:
            yield Fault("file", path, f"{path} does not read as what is stored of it.", path)


def check_vectors(catalog: Catalog, vectors: Vectors) -> Iterator[Fault]:
    """Whether each window has its vector in Chroma, and Chroma no others."""
    known, there = ledger.window_ids(catalog), vectors.ids()
    if lost := known - there:
        yield Fault("vector", min(lost), f"{len(lost)} windows have no vector.")
    if strays := there - known:
        yield Fault("vector", min(strays), f"{len(strays)} vectors belong to nothing.")
    altered = list(altered_vectors(catalog, vectors, sorted(known & there)))
    if altered:
        yield Fault("vector", altered[0], f"{len(altered)} vectors are not those that were made of their words.")


def altered_vectors(catalog: Catalog, vectors: Vectors, ids: Sequence[str]) -> Iterator[str]:
    """The windows whose vector in Chroma is not the one that the catalog has kept."""
    for start in range(0, len(ids), BATCH):
        part = ids[start : start + BATCH]
        kept, held = catalog.vectors(part), vectors.get(part)
        yield from (
            i for i in part if kept[i].shape != held[i].shape or not np.allclose(kept[i], held[i], atol=ROUNDING)
        )


def mend(index: Index, faults: Sequence[Fault]) -> None:
    """Read the files again that faults name, put vectors right from the catalog's copy, make the full text anew."""
    catalog = index.catalog
    if any(fault.kind == "full text" for fault in faults):
        catalog.rebuild_full_text()
    ledger.read_again(catalog, sorted({fault.path for fault in faults if isinstance(fault.path, str)}))
    vectors = index.collection()
    if vectors is not None and any(fault.kind == "vector" for fault in faults):
        known, there = ledger.window_ids(catalog), vectors.ids()
        wrong = list(altered_vectors(catalog, vectors, sorted(known & there)))
        vectors.delete([*sorted(there - known), *wrong])
        lost = sorted((known - there) | set(wrong))
        for start in range(0, len(lost), BATCH):
            put_back(catalog, vectors, lost[start : start + BATCH])
    index.sync(doing="verify --repair")
