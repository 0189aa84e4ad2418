"""The writing half: sync() brings the index to the state of the corpus; an Index bundles the parts of one data folder.

files → formats → articles → quotes+attribution+speakers → chunks → embed → vectors → catalog (the switch)
"""

from __future__ import annotations

import getpass
import hashlib
import socket
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from retrieval.catalog import Catalog
from retrieval.errors import ConfigurationError, ForeignIndex, IndexFault, IndexMissing, ModelError
from retrieval.model import Report
from retrieval.own_people import OwnPeople
from retrieval.storing import private
from retrieval.storing.corrections import Correction, digest, read_active
from retrieval.storing.lock import FolderLock
from retrieval.syncing.nearest import ActiveEmbedder, Nearest
from retrieval.vectors import Chroma, discard

if TYPE_CHECKING:
    from retrieval.embed import Embedder
    from retrieval.people import People
    from retrieval.syncing.drafting import QuoteReader
    from retrieval.syncing.reconcile import Progress
    from retrieval.vectors import Vectors

KeepEncoder = Callable[[Path, Catalog, str], None]  # data folder, catalog, name of the model
LOGGED_FILES = 20  # named in a line of the audit log; of more only the number
CLOSE_SECONDS = 5.0
SHARED_PAUSE = 2.0  # seconds for which readers in other processes may still look for vectors that were replaced


def sync(
    corpus: Path,
    catalog: Catalog,
    vectors: Chroma,
    embedder: Embedder,
    reader: QuoteReader,
    *,
    pipeline: str = "",
    count_tokens: Callable[[str], int] | None = None,
    progress: Callable[[Progress], None] | None = None,
    rebuild: bool = False,
    stop: Callable[[], bool] | None = None,
    pause: float = 0.0,
    corrections: Callable[[], Sequence[Correction]] = tuple,
    own_people: str = "",
    people_fault: str | None = None,
) -> Report:
    """Bring catalog and vectors to the state of the corpus folder, and report what was done.

    Another model or pipeline than the index was made with (or `rebuild`) makes a new index beside the old one, which
    answers until the new one is complete. When `stop` says so, the work ends after the group at hand; the next sync
    goes on from there.
    """
    from retrieval.syncing import beside, ledger  # a quarter of a second, which whoever only asks does not need
    from retrieval.syncing.reconcile import Sync, reconcile

    if not corpus.is_dir():
        raise ConfigurationError(f"The corpus folder {corpus} is not there; create it, or set CORPUS_DIR (--corpus).")
    if count_tokens is None:
        from retrieval.storing.tokens import token_counter

        count_tokens = token_counter()
    job = Sync(
        corpus,
        catalog,
        vectors,
        embedder,
        reader,
        pipeline,
        count_tokens,
        progress=progress or (lambda _: None),
        stop=stop or (lambda: False),
        pause=pause,
        corrections=corrections,
        own_people=own_people,
        people_fault=people_fault,
    )
    made_with = catalog.status()
    other = made_with.model is not None and (made_with.model, made_with.pipeline) != (embedder.name, pipeline)
    if (other or rebuild) and ledger.known_files(catalog):
        return beside.rebuild(job, afresh=rebuild)
    beside.clear_leftovers(job)
    return reconcile(job)


class Index:
    """The index of one data folder: what is asked (`catalog`, `vectors`, `embedder`) and what keeps it up to date (`sync`).

    Embedded vectors are opened by the one process that writes; every other process reads the catalog's own copy of
    them. With a Chroma server all processes go to the server.
    """

    def __init__(
        self,
        data: Path,
        corpus: Path,
        *,
        embedder: Embedder,
        make_reader: Callable[[People], QuoteReader],
        pipeline: Callable[[str], str],
        chroma_url: str | None = None,
        count_tokens: Callable[[str], int] | None = None,
        keep_encoder: KeepEncoder | None = None,
    ) -> None:
        """`keep_encoder` sees to it after a sync that questions can be encoded without the library; `pipeline` gives the version of what makes quotes of texts, for what the corpus's people.toml says."""
        self.data, self.corpus = data, corpus
        self.lock = FolderLock(data)
        self.catalog = Catalog(data / "index.sqlite")
        self.vectors = Nearest(self.catalog)
        self.embedder = ActiveEmbedder(self.catalog, embedder)
        self._url, self._count_tokens = chroma_url, count_tokens
        self._keep_encoder = keep_encoder
        self._new_embedder, self._make_reader, self._pipeline = embedder, make_reader, pipeline
        self.corrections = read_active(data / "records.sqlite")
        self._own_people = OwnPeople(corpus)
        self._reader: tuple[People, QuoteReader] | None = None
        self._syncing = threading.Lock()
        self._closing = threading.Event()
        if chroma_url:
            self.vectors.chroma = Chroma(chroma_url)

    @property
    def built(self) -> bool:
        """Whether there is a complete index to ask."""
        return self.catalog.facts().get("last_index") is not None

    @property
    def lost(self) -> bool:
        """Whether there is nothing to ask: the index was deleted, or never made to its end."""
        try:
            return not self.built
        except IndexMissing:
            return True

    @property
    def outdated(self) -> bool:
        """Whether the index was made by another model or pipeline than this program has now."""
        status = self.catalog.status()
        return (status.model, status.pipeline) != (self._new_embedder.name, self._pipeline(self._people().own or ""))

    def reader(self) -> QuoteReader:
        """What finds the quotes of a document, as it will be when it is indexed."""
        return self._reader_knowing(self._people())

    def answers(self) -> bool:
        """Whether questions can be embedded as the index was; not when the model it was made with is gone."""
        try:
            self.embedder.embed(["a question"])
        except ModelError:
            if not self.outdated:
                raise
            return False
        return True

    def own(self, doing: str) -> None:
        """Become the process that writes this folder, until `close`; IndexBusy names whoever is that already."""
        held = self.lock.held
        self.lock.acquire(doing, wait=0.5)
        if self.vectors.chroma is not None and self.vectors.chroma.gone:
            gone, self.vectors.chroma = self.vectors.chroma, None
            gone.close()
        if self.vectors.chroma is None:
            try:
                self.vectors.chroma = Chroma(self.data / "chroma")
            except IndexFault:
                if not held:
                    self.lock.release()  # who cannot write is not the one who writes
                raise
            private.close(self.data)

    def renew_vectors(self, doing: str) -> None:
        """Put embedded vectors that cannot be used aside for good; the next sync makes them anew of the catalog's copy.

        Vectors on a server are the server's to mend.
        """
        if self._url:
            return
        self.lock.acquire(doing, wait=0.5)
        if self.vectors.chroma is not None:
            self.vectors.chroma.close()
            self.vectors.chroma = None
        discard(self.data / "chroma")
        self.own(doing)

    def sync(
        self,
        progress: Callable[[Progress], None] | None = None,
        *,
        rebuild: bool = False,
        stop: Callable[[], bool] | None = None,
        doing: str = "index",
        who: str | None = None,
    ) -> Report:
        """Bring the index to the state of the corpus. One sync at a time; another one waits for it.

        What it changed goes into the audit log, as done by `who` (else whoever runs this process).
        """
        stop = stop or (lambda: False)
        with self._syncing:
            held = self.lock.held
            self.own(doing)
            try:
                assert self.vectors.chroma is not None
                if not self.catalog.path.exists():
                    self.catalog.reopen(create=True)
                people = self._people()
                own = people.own or ""
                report = sync(
                    self.corpus, self.catalog, self.vectors.chroma, self._new_embedder, self._reader_knowing(people),
                    pipeline=self._pipeline(own), count_tokens=self._count_tokens, progress=progress, rebuild=rebuild,
                    stop=lambda: stop() or self._closing.is_set(), pause=SHARED_PAUSE if self._url else 0.0,
                    corrections=self.corrections, own_people=own, people_fault=self._own_people.fault,
                )  # fmt: skip
                log_sync(self.data, report, who, rebuild=rebuild)
                if self._keep_encoder is not None and self.built and not self._closing.is_set():
                    self._keep_encoder(self.data, self.catalog, self._new_embedder.name)
                private.close(self.data)
                return report
            finally:
                if self._url and not held:  # with a server only the writing itself is exclusive
                    self.lock.release()

    def collection(self) -> Vectors | None:
        """The vectors that belong to the index; None when they are another process's, or there are none yet."""
        name = self.catalog.facts().get("collection")
        if self.vectors.chroma is None and not self._url and self.lock.owner() is None:
            self.own("reading the vectors")
        if self.vectors.chroma is None or name is None:
            return None
        return self.vectors.chroma.collection(name)

    def close(self) -> None:
        """End a running sync after the group at hand, and let go of everything."""
        self._closing.set()
        if not self._syncing.acquire(timeout=CLOSE_SECONDS):
            return  # a long document is being read; the process ends in a moment, and a sync survives that
        if self.vectors.chroma is not None:
            self.vectors.chroma.close()
            self.vectors.chroma = None
        self.catalog.close()
        self.lock.release()
        self._syncing.release()

    def _people(self) -> People:
        """The people that the next document is read with."""
        return self._own_people.now(self.catalog.own_people() if self.built else None)

    def _reader_knowing(self, people: People) -> QuoteReader:
        """The reader, made anew when the people have changed."""
        if self._reader is None or self._reader[0] is not people:
            self._reader = (people, self._make_reader(people))
        return self._reader[1]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_index(
    data: Path,
    corpus: Path,
    *,
    embedder: Embedder,
    make_reader: Callable[[People], QuoteReader],
    pipeline: Callable[[str], str] | None = None,
    chroma_url: str | None = None,
    count_tokens: Callable[[str], int] | None = None,
    keep_encoder: KeepEncoder | None = None,
) -> Index:
    """The index in `data`, made when there is none. Raises ForeignIndex when it belongs to another corpus folder."""
    index = Index(
        data,
        corpus,
        embedder=embedder,
        make_reader=make_reader,
        pipeline=pipeline or pipeline_version,
        chroma_url=chroma_url,
        count_tokens=count_tokens,
        keep_encoder=keep_encoder,
    )
    try:
        refuse_foreign(index.catalog, data, corpus)
    except ForeignIndex:
        index.close()
        raise
    if index.catalog.facts().get("corrections") != (digest(active) if (active := index.corrections()) else None):
        index.catalog.correct(index.corrections)  # the process that made the last one did not come so far
    return index


def refuse_foreign(catalog: Catalog, data: Path, corpus: Path) -> None:
    """Raise ForeignIndex when the catalog in `data` was made of another corpus folder."""
    belongs_to = catalog.status().corpus
    if belongs_to is not None and belongs_to != str(corpus.resolve()):
        raise ForeignIndex(
            f"The index in {data} belongs to the corpus {belongs_to}, not to {corpus.resolve()}; choose another folder "
            f"for this corpus with --data, or delete {data / 'index.sqlite'} to begin anew with it."
        )


def log_sync(data: Path, report: Report, who: str | None, *, rebuild: bool) -> None:
    """A line in the audit log for a sync that changed something."""
    from retrieval.records import Records

    changed = {name: list(getattr(report, name)) for name in ("added", "replaced", "renamed", "removed")}
    if not any(changed.values()):
        return
    records = Records(data / "records.sqlite")
    files = {name: {"number": len(paths), "first": paths[:LOGGED_FILES]} for name, paths in changed.items() if paths}
    who = who or f"{getpass.getuser()}@{socket.gethostname()}"
    records.audit(who, "rebuild" if rebuild else "index", files=files)
    records.close()


def pipeline_version(own_people: str) -> str:
    """What the quotes of an index depend on besides the documents: the engine's and the chunks' version, and the people."""
    from importlib.resources import files

    from retrieval.chunks import CHUNKS_VERSION
    from retrieval.reading.pipeline_version import PIPELINE_VERSION

    digest = hashlib.sha256(files("retrieval").joinpath("people.toml").read_bytes())
    digest.update(own_people.encode())
    return f"{PIPELINE_VERSION}.{CHUNKS_VERSION}.{digest.hexdigest()[:8]}"
