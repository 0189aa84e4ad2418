"""The composition root: the one place where real parts are chosen."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from bot.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from bot.library import Library
    from bot.shell.progress import Show
    from retrieval.asking.answer import QuoteFinder
    from retrieval.catalog import Catalog
    from retrieval.ingest import Index
    from retrieval.model import Report
    from retrieval.people import People
    from retrieval.reading.reader import Reader


def all_loaded() -> None:
    """Have Python look for dead objects again where a start has put that off, and leave out what was loaded: it stays."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def make_people(settings: Settings, catalog: Catalog | None = None) -> People:
    """The people of the package and of CORPUS_DIR/people.toml; with a catalog, as that file was when it was made."""
    from retrieval.own_people import NAME
    from retrieval.people import load_people, people_with

    own = catalog.own_people() if catalog is not None else None
    return load_people(settings.corpus_dir / NAME) if own is None else people_with(own)


def make_reader(settings: Settings, line: float | None = None) -> Reader:
    """The quote engine; its language model is loaded with the first text that needs it.

    With a `line` of its own nothing is told of a speaker who is less sure than that.
    """
    from retrieval.reading.reader import Reader

    people = make_people(settings)
    return Reader(people) if line is None else Reader(people, line=line, mentions=False)


def reader_knowing(people: People) -> Reader:
    """The quote engine with these people; whoever only asks never loads it."""
    from retrieval.reading.reader import Reader

    return Reader(people)


def make_index(settings: Settings, *, lasting: bool = True) -> Index:
    """The index of the data folder; its models are loaded with the first text that needs them.

    One that is not `lasting` is thrown away soon, and makes nothing for the questions of later processes.
    """
    from retrieval.embed import SentenceTransformerEmbedder
    from retrieval.ingest import open_index
    from retrieval.storing.weights import DEFAULT_MODEL

    all_loaded()
    return open_index(
        settings.data_dir,
        settings.corpus_dir,
        embedder=SentenceTransformerEmbedder(settings.embedding_model or DEFAULT_MODEL),
        make_reader=reader_knowing,
        chroma_url=settings.chroma_url,
        keep_encoder=keep_encoder if lasting else None,
    )


def keep_encoder(data: Path, catalog: Catalog, model: str) -> None:
    """Have the packaged model's encoder of questions made where it is not there yet."""
    from bot.shell.console import err
    from retrieval.syncing.encoder_export import keep

    keep(data, catalog, model, told=err().print)


def open_catalog(settings: Settings) -> Catalog:
    """The catalog of the data folder, for reading.

    Raises IndexMissing when nothing has been indexed yet, ForeignIndex when it belongs to another corpus folder.
    """
    from retrieval.catalog import Catalog
    from retrieval.ingest import refuse_foreign

    catalog = Catalog(settings.data_dir / "index.sqlite", create=False)
    refuse_foreign(catalog, settings.data_dir, settings.corpus_dir)
    return catalog


def make_finder(settings: Settings, index: Index) -> QuoteFinder:
    """What answers questions from `index`."""
    from retrieval.asking.answer import QuoteFinder

    return QuoteFinder(index.catalog, index.vectors, index.embedder, make_people(settings, index.catalog))


@contextmanager
def open_finder(settings: Settings, *, lasting: bool = True) -> Iterator[QuoteFinder]:
    """What answers questions; an index that is missing, or made by another version, is built first."""
    from bot.shell.progress import showing

    with make_index(settings, lasting=lasting) as index:
        if not index.built or index.outdated:
            with showing() as progress:
                bring_up_to_date(index, progress)
        yield make_finder(settings, index)


def bring_up_to_date(index: Index, progress: Show) -> Report | None:
    """Sync, unless another process is at it and there is an older index that can answer meanwhile (None then)."""
    from bot.shell.console import err, printable, some_of
    from retrieval.errors import IndexBusy

    console = err()
    try:
        report = index.sync(progress)
    except IndexBusy as busy:
        if not index.built:
            raise IndexBusy(
                f"There is no index to answer from yet; ask again when the first one is made. {busy}"
            ) from busy
        console.print(f"The index is left as it is. {busy}")
        return None
    for failed in report.failed:
        console.print(printable(f"not indexed: {failed.path}: {failed.error}"))
    for told in some_of([(one.path, one.sentence) for one in report.silent]):
        console.print(printable(told))
    return report


@contextmanager
def open_shelf(settings: Settings, say: Callable[[str], None] = lambda _: None) -> Iterator[Library]:
    """The documents as the bot sees them, followed until it ends; this process writes the index as long as it runs.

    A first index is built before anything is answered; with an older one questions are answered from the first moment.
    `say` is given what changes in the index, as sentences.
    """
    from bot.following import following
    from bot.library import Library
    from bot.shell.progress import showing
    from retrieval.errors import IndexBusy

    with make_index(settings) as index:
        # A second process may share the work of answering; it reads, and leaves writing to the first.
        with suppress(*([IndexBusy] if index.built else [])):
            if settings.chroma_url is None:
                index.own("serve")
        if not (index.built and index.answers()):
            with showing() as progress:
                bring_up_to_date(index, progress)
        index.embedder.embed(["warm"])  # so that the first question waits for no model
        with following(index, settings, say):
            yield Library(index, make_finder(settings, index))
