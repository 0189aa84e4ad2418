"""The composition root: the one place where real parts are chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.settings import Settings

if TYPE_CHECKING:
    from retrieval.ingest import Index
    from retrieval.people import People
    from retrieval.reader import Reader


def make_people(settings: Settings) -> People:
    """The people of the package and of CORPUS_DIR/people.toml."""
    from retrieval.people import load_people

    return load_people(settings.corpus_dir / "people.toml")


def make_reader(settings: Settings) -> Reader:
    """The quote engine; its language model is loaded with the first text that needs it."""
    from retrieval.reader import Reader

    return Reader(make_people(settings))


def make_index(settings: Settings) -> Index:
    """The index of the data folder; its models are loaded with the first text that needs them."""
    from retrieval.embed import SentenceTransformerEmbedder
    from retrieval.ingest import open_index
    from retrieval.weights import DEFAULT_MODEL

    return open_index(
        settings.data_dir,
        settings.corpus_dir,
        embedder=SentenceTransformerEmbedder(settings.embedding_model or DEFAULT_MODEL),
        make_reader=lambda: make_reader(settings),
        chroma_url=settings.chroma_url,
    )
