"""The steps of a sync: look, compare, mend, tidy, read, put, switch, sweep, finish.

Vectors are written first, under ids that belong to one state of a document's content; the catalog's transaction is
the switch; what it no longer knows is swept from the vectors afterwards. Killed anywhere and run again, a sync ends
in the same state.
"""

from __future__ import annotations

import hashlib
import socket
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from retrieval import documents
from retrieval.catalog import Catalog
from retrieval.chunks import Window
from retrieval.errors import NO_INDEX, DocumentError, IndexMissing, Unreadable
from retrieval.model import ADMIN, Report, Silence, Skipped
from retrieval.storing.changes import Changes, FileEntry, Unread
from retrieval.storing.corrections import Correction
from retrieval.storing.store import OWN_PEOPLE
from retrieval.storing.weights import sha256_of
from retrieval.syncing import ledger, loose
from retrieval.syncing.drafting import DraftFile, Preparer, QuoteReader, groups
from retrieval.syncing.plan import FoundFile, Plan, compare

if TYPE_CHECKING:
    import numpy.typing as npt

    from retrieval.embed import Embedder
    from retrieval.vectors import Chroma, Vectors


KEPT = " What was read of it before is kept until it can be read, or is removed."
OUTLASTS = " What was read of it before is kept until it changes, or is removed."
READERS_SECONDS = 10.0  # a question takes milliseconds; one that takes longer than this may miss what was replaced


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a sync is: as if `done` of `total` files were in, those half done counted by halves; `path` is the last."""

    done: int
    total: int
    windows: int
    seconds: float
    path: str = ""

    @property
    def rate(self) -> float:
        """Files a second."""
        return self.done / self.seconds if self.seconds > 0 else 0.0

    @property
    def left(self) -> float | None:
        """Seconds left at this rate; None as long as nothing can be said."""
        return (self.total - self.done) / self.rate if self.rate > 0 else None


@dataclass(frozen=True, slots=True)
class Sync:
    """The parts that one sync works with."""

    corpus: Path
    catalog: Catalog
    chroma: Chroma
    embedder: Embedder
    reader: QuoteReader
    pipeline: str
    count_tokens: Callable[[str], int]
    progress: Callable[[Progress], None] = lambda _: None
    stop: Callable[[], bool] = lambda: False
    pause: float = 0.0  # seconds to wait before a sweep, for readers in other processes
    retired: list[tuple[float, list[str]]] = field(default_factory=list)  # since when which windows wait for a sweep
    left_out: list[Silence] = field(default_factory=list)  # what of the files that were read was passed over
    corrections: Callable[[], Sequence[Correction]] = tuple
    earlier: tuple[Catalog, ...] = ()  # catalogs whose vectors may be used again
    own_people: str = ""  # what the corpus's people.toml said when `reader` was made with it
    people_fault: str | None = None  # why it cannot be understood now


def reconcile(job: Sync, identities: dict[str, str] | None = None) -> Report:
    """Compare and carry out the difference, group by group."""
    started, (file, _) = time.monotonic(), job.catalog.generation()
    found, unread, skipped = look(job.corpus)
    failed = {path: f"{why}{KEPT if stays(job, path, why) else ''}" for path, why in unread.items()}
    vectors = open_collection(job)
    mend(job.catalog, vectors)
    known = ledger.known_files(job.catalog)
    plan = compare(found, {path: file for path, file in known.items() if path not in failed}, identities)
    tidy(job, vectors, plan)
    done = read_all(job, vectors, plan, started)
    sweep(job, vectors, all_of_them=True)
    if job.catalog.generation()[0] != file:
        raise IndexMissing(NO_INDEX)  # another one was put in its place meanwhile, and holds only what came after
    new_failures = {path: why for path, why in failed.items() if path not in known or known[path].error != why}
    finish(job, new_failures, skipped, complete=done == len(plan.to_read))
    job.left_out.extend(loose.remember(job.catalog, job.corrections()))
    return report(job, plan, frozenset(known), time.monotonic() - started)


def stays(job: Sync, path: str, why: DocumentError | str) -> bool:
    """Whether what was read of a file goes on being shown although its bytes cannot be read now.

    Not where something is wrong with the file itself, and not where what lies beside it may limit it to others than before.
    """
    if not isinstance(why, Unreadable):
        return False
    held = ledger.channels_of(job.catalog, path)
    try:
        beside = documents.facts_beside(job.corpus / path).channels
    except DocumentError:
        return False
    return bool(held) and (not beside or held == {beside})


def look(corpus: Path) -> tuple[dict[str, FoundFile], dict[str, DocumentError | str], list[Skipped]]:
    """The files of the corpus by path; those that cannot be read, with the reason; those passed over."""
    paths, skipped = documents.scan(corpus)
    found: dict[str, FoundFile] = {}
    failed: dict[str, DocumentError | str] = {}
    for path in paths:
        try:
            found[path] = FoundFile(documents.fingerprint(corpus, path), sha256_of(corpus / path))
        except DocumentError as error:
            failed[path] = error
        except OSError as error:
            failed[path] = f"{path} could not be read ({error.strerror}); check its permissions."
    return found, failed, skipped


def open_collection(job: Sync) -> Vectors:
    """The collection that belongs to the catalog; its name is settled with the first sync."""
    known = job.catalog.facts()
    stamp = {
        "collection": known.get("collection") or new_name(job),
        "model": job.embedder.name,
        "model_source": job.embedder.source,
        "pipeline": job.pipeline,
        "corpus": str(job.corpus.resolve()),
    }
    if any(known.get(name) != value for name, value in stamp.items()) or job.catalog.own_people() != job.own_people:
        job.catalog.apply(Changes(facts={**stamp, OWN_PEOPLE: job.own_people}))
    return job.chroma.collection(stamp["collection"])


def new_name(job: Sync) -> str:
    """A name for a new collection. What an index that was deleted has left under this data folder's names is dropped."""
    mine = (
        "nq-" + hashlib.sha256(f"{socket.gethostname()}|{job.catalog.path.resolve().parent}".encode()).hexdigest()[:12]
    )
    if not job.earlier:
        for name in job.chroma.names():
            if name.startswith(mine):
                job.chroma.drop(name)
    return f"{mine}-{uuid.uuid4().hex[:8]}"


def mend(catalog: Catalog, vectors: Vectors) -> tuple[int, int]:
    """After a sync that did not end, or when Chroma lost something: sweep strays, put back what is missing."""
    if not catalog.facts().get("unfinished") and vectors.count() == ledger.window_count(catalog):
        return 0, 0
    known, there = ledger.window_ids(catalog), vectors.ids()
    vectors.delete(sorted(there - known))
    missing = sorted(known - there)
    for start in range(0, len(missing), 1000):
        put_back(catalog, vectors, missing[start : start + 1000])
    return len(there - known), len(missing)


def put_back(catalog: Catalog, vectors: Vectors, ids: Sequence[str]) -> None:
    """Add windows to the vectors from what the catalog has kept of them."""
    held, known = catalog.vectors(ids), catalog.windows(ids)
    there = [i for i in ids if i in held]
    vectors.add(there, np.stack([held[i] for i in there]), [metadata(known[i]) for i in there])


def metadata(window: Window) -> dict[str, str]:
    """What is kept beside a vector, so that whoever looks into Chroma sees what it stands for."""
    return {"document": window.document_id, "owner": window.owner}


def tidy(job: Sync, vectors: Vectors, plan: Plan) -> None:
    """Removals and renames, in one transaction; a file that is both renamed and altered is replaced when it is read."""
    replaced = {t.instead_of for t in plan.to_read if t.instead_of}
    removed = tuple(path for path in plan.removed if path not in replaced)
    if removed or plan.renamed:
        switch(job, vectors, Changes(removed=removed, renamed=plan.renamed))


def read_all(job: Sync, vectors: Vectors, plan: Plan, started: float) -> int:
    """Read, embed and put in what is new or changed; returns how many files went in."""
    stamp = hashlib.sha256(f"{job.embedder.name}|{job.pipeline}".encode()).hexdigest()[:12]
    preparer = Preparer(job.corpus, job.reader, job.embedder, job.count_tokens, stamp, job.corrections)
    before = {t.path: t.instead_of for t in plan.to_read}
    done = windows = 0
    held: list[DraftFile] = []

    def drafts() -> Iterator[DraftFile]:
        for number, file in enumerate(plan.to_read):
            if job.stop():
                return
            far = done + (number - done) // 2  # a file that has been read is half done; the other half is putting it in
            job.progress(Progress(far, len(plan.to_read), windows, time.monotonic() - started, file.path))
            yield preparer.draft(file)

    def told(embedded: int) -> None:
        share = min(1.0, embedded / max(1, sum(file.size for file in held)))
        far = done + int(len(held) * (1 + share) / 2)
        job.progress(Progress(far, len(plan.to_read), windows + embedded, time.monotonic() - started))

    for group in groups(drafts()):
        slow = {file.path: file for file in group if outlasts(job, file, before[file.path])}
        keep_earlier(job, tuple(slow.values()))
        held[:] = [file for file in group if file.path not in slow]
        entries = preparer.entries(held, lambda keys: kept(job, keys), told)
        instead = tuple(old for file in held if (old := before[file.path]))
        put(job, vectors, entries, instead)
        job.left_out.extend(Silence(file.path, what) for file in group for what in file.left_out)
        done += len(group)
        windows += sum(file.size for file in group)
        job.progress(Progress(done, len(plan.to_read), windows, time.monotonic() - started, group[-1].path))
    return done


def outlasts(job: Sync, file: DraftFile, instead_of: str | None) -> bool:
    """Whether what was read of a file before stays where reading it anew took too long: where it is limited as it was."""
    return bool(file.overran) and instead_of is None and ledger.channels_of(job.catalog, file.path) == set(file.overran)


def keep_earlier(job: Sync, files: Sequence[DraftFile]) -> None:
    """Name the files, and leave what was read of them; they are tried again when they change."""
    if files:
        why = {file.path: Unread(f"{file.error}{OUTLASTS}", file.fingerprint) for file in files}
        job.catalog.apply(Changes(unread=why))


def put(job: Sync, vectors: Vectors, entries: tuple[FileEntry, ...], instead: tuple[str, ...]) -> None:
    """Vectors first; then the switch."""
    if not job.catalog.facts().get("unfinished"):
        job.catalog.apply(Changes(facts={"unfinished": True}))
    made = [entry for file in entries for entry in file.entries if entry.windows]
    if made:
        windows = [window for entry in made for window in entry.windows]
        vectors.add([w.id for w in windows], np.concatenate([e.vectors for e in made]), [metadata(w) for w in windows])
    switch(job, vectors, Changes(removed=instead, files=entries))


def switch(job: Sync, vectors: Vectors, changes: Changes) -> None:
    """Commit the changes to the catalog; when no reader sees the old state any more, sweep what it alone needed."""
    before = ledger.window_ids(job.catalog, [*changes.removed, *(f.path for f in changes.files)])
    if before and not job.catalog.facts().get("unfinished"):
        job.catalog.apply(Changes(facts={"unfinished": True}))
    job.catalog.apply(replace(changes, corrections=job.corrections))
    after = {w.id for file in changes.files for entry in file.entries for w in entry.windows}
    if before - after:
        job.retired.append((time.monotonic(), sorted(before - after)))
        sweep(job, vectors)


def sweep(job: Sync, vectors: Vectors, *, all_of_them: bool = False) -> None:
    """Delete windows that no reader can still see; `all_of_them` waits for those that were replaced just now."""
    while job.retired:
        since, ids = job.retired[0]
        left = since + job.pause - time.monotonic()
        if left > 0 and not all_of_them:
            return
        time.sleep(max(0.0, left))
        job.catalog.wait_for_readers(READERS_SECONDS)
        vectors.delete(ids)
        job.retired.pop(0)


def let_readers_end(job: Sync) -> None:
    """Wait until no question that is being answered still sees what is about to be swept."""
    job.catalog.wait_for_readers(READERS_SECONDS)
    if job.pause:
        time.sleep(job.pause)


def finish(job: Sync, failed: dict[str, str], skipped: list[Skipped], *, complete: bool) -> None:
    """Note when the corpus was last seen whole, and what of it could not be taken."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    kept = {path: Unread(why) for path, why in failed.items() if why.endswith(KEPT)}
    refused = {path: why for path, why in failed.items() if path not in kept}
    unreadable = tuple(FileEntry(path, "", documents.document_id(path, 1), error=why) for path, why in refused.items())
    facts = {"people_fault": job.people_fault} | ({"last_index": now, "unfinished": None} if complete else {})
    job.catalog.apply(Changes(files=unreadable, skipped=tuple(skipped), unread=kept, facts=facts))


def kept(job: Sync, keys: Sequence[str]) -> dict[str, npt.NDArray[np.float32]]:
    """The vectors of texts that were embedded before."""
    found: dict[str, npt.NDArray[np.float32]] = {}
    for catalog in (job.catalog, *job.earlier):
        found |= ledger.vectors_by_text(catalog, keys, job.embedder.name)
    return found


def report(job: Sync, plan: Plan, known: frozenset[str], seconds: float) -> Report:
    """What was done, and what is there now."""
    status, counts, by_path = job.catalog.status(), job.catalog.counts(ADMIN), ledger.documents_by_path(job.catalog)
    outlasted = {f.path for f in status.failed}
    taken = [t for t in plan.to_read if t.path in by_path and t.path not in outlasted]
    moved = {t.instead_of for t in plan.to_read}
    return Report(
        added=tuple(t.path for t in taken if t.path not in known and not t.instead_of),
        replaced=tuple(t.path for t in taken if t.path in known),
        removed=tuple(path for path in plan.removed if path not in moved),
        renamed=tuple(sorted([new for _, new in plan.renamed] + [t.path for t in taken if t.instead_of])),
        unchanged=sum(by_path.get(path, 0) for path in plan.unchanged),
        failed=status.failed,
        skipped=status.skipped,
        silent=tuple(job.left_out) + ledger.silent(job.catalog, (t.path for t in taken)),
        understood=ledger.understood(job.catalog, [t.path for t in taken]),
        documents=counts.documents,
        quotes=counts.quotes,
        passages=counts.passages,
        seconds=seconds,
    )
