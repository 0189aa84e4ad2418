"""What only the writer asks the catalog: which files and windows it holds, and a finished build to take over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from sqlalchemy import func, select, text

from retrieval.accounts import MOST_FILES, sentence_of
from retrieval.catalog import Catalog
from retrieval.model import DocumentAccount, Quote, Silence
from retrieval.question_encoder import FACT
from retrieval.silence import QUERY, lines_of, named_text
from retrieval.storing import overlay
from retrieval.storing.changes import next_generation
from retrieval.storing.corrections import Correction
from retrieval.storing.rows import document_of, quote_of
from retrieval.storing.store import MANY
from retrieval.storing.tables import CONTENT, documents, facts, faults, files, quotes, remember, windows
from retrieval.syncing.plan import KnownFile

if TYPE_CHECKING:
    import numpy.typing as npt


def known_files(catalog: Catalog) -> dict[str, KnownFile]:
    """The corpus files that the catalog knows, by path."""
    query = select(files, func.min(documents.c.sha256).label("sha256")).outerjoin(documents).group_by(files.c.path)
    with catalog.reading() as connection:
        return {
            row.path: KnownFile(row.fingerprint, row.sha256, row.base_id, row.error)
            for row in connection.execute(query)
        }


def documents_by_path(catalog: Catalog) -> dict[str, int]:
    """How many documents each file has."""
    query = select(documents.c.path, func.count().label("number")).group_by(documents.c.path)
    with catalog.reading() as connection:
        return {row.path: row.number for row in connection.execute(query)}


def silent(catalog: Catalog, paths: Iterable[str]) -> tuple[Silence, ...]:
    """What the documents of these files do not say."""
    asked = set(paths)
    if not asked:
        return ()
    with catalog.reading() as connection:
        found = connection.exec_driver_sql(QUERY).all()
    return tuple(Silence(*line) for row in found if row[0] in asked for line in lines_of(*row))


def understood(catalog: Catalog, paths: Sequence[str]) -> tuple[DocumentAccount, ...]:
    """What the documents of these files were understood to be, where the files are few enough to tell it of each."""
    if not paths or len(paths) > MOST_FILES:
        return ()
    query = select(quotes.c.document_id, quotes.c.speaker_name, func.count().label("said")).where(
        quotes.c.speaker_name.is_not(None), ~quotes.c.hidden
    )
    rows = select(documents).where(documents.c.path.in_(paths)).order_by(documents.c.path, documents.c.article)
    with catalog.reading() as connection:
        found = [document_of(row) for row in connection.execute(rows).mappings()]
        by = query.where(quotes.c.document_id.in_([d.id for d in found[:MANY]])).group_by(
            quotes.c.document_id, quotes.c.speaker_name
        )
        said = sorted(connection.execute(by).all(), key=lambda row: (-row.said, row.speaker_name))
    return tuple(
        DocumentAccount(
            named_text(d.path, d.article), sentence_of(d, [row.speaker_name for row in said if row.document_id == d.id])
        )
        for d in found[:MANY]
    )


def channels_of(catalog: Catalog, path: str) -> set[tuple[str, ...]]:
    """To which channels the documents of a file are limited; empty when the file has none."""
    with catalog.reading() as connection:
        found = connection.execute(select(documents.c.channels).where(documents.c.path == path)).scalars()
        return {tuple(channels) for channels in found}


def document_at(catalog: Catalog, path: str, article: int) -> str | None:
    """The id of a file's document."""
    query = select(documents.c.id).where(documents.c.path == path, documents.c.article == article)
    with catalog.reading() as connection:
        return connection.execute(query).scalars().first()


def document_ids(catalog: Catalog) -> tuple[str, ...]:
    """The ids of all documents."""
    with catalog.reading() as connection:
        return tuple(connection.execute(select(documents.c.id).order_by(documents.c.id)).scalars())


def window_count(catalog: Catalog) -> int:
    """How many windows there are, those of hidden quotes included."""
    with catalog.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(windows)).scalar_one())


def window_ids(catalog: Catalog, paths: Sequence[str] | None = None) -> frozenset[str]:
    """The ids of all windows, or of those of some files."""
    query = select(windows.c.id)
    with catalog.reading() as connection:
        if paths is None:
            return frozenset(connection.execute(query).scalars())
        found: set[str] = set()
        of_files = query.join(documents, documents.c.id == windows.c.document_id)
        for start in range(0, len(paths), MANY):
            found |= set(
                connection.execute(of_files.where(documents.c.path.in_(paths[start : start + MANY]))).scalars()
            )
        return frozenset(found)


def read_again(catalog: Catalog, paths: Sequence[str]) -> None:
    """Have the next sync read these files as if they had changed; until then what is stored of them answers."""
    with faults(catalog.path), catalog.engine.connect().execution_options(writes=True) as connection:
        for path in paths:
            connection.execute(files.update().where(files.c.path == path).values(fingerprint=""))
        connection.commit()


def recorded_sha256(catalog: Catalog, document_id: str) -> str:
    """The hash of a document's text that indexing recorded."""
    with catalog.reading() as connection:
        found = connection.execute(select(documents.c.text_sha256).where(documents.c.id == document_id))
        return str(found.scalar_one())


def all_quotes_of(catalog: Catalog, document_id: str) -> tuple[Quote, ...]:
    """A document's quotes, hidden ones too."""
    with catalog.reading() as connection:
        found = connection.execute(select(quotes).where(quotes.c.document_id == document_id)).mappings()
        return tuple(quote_of(row) for row in found)


def vectors_by_text(catalog: Catalog, keys: Sequence[str], model: str) -> dict[str, npt.NDArray[np.float32]]:
    """The vectors of texts that this model has embedded before, by the texts' keys."""
    if catalog.facts().get("model") != model:
        return {}
    found: dict[str, npt.NDArray[np.float32]] = {}
    query = select(windows.c.text_key, windows.c.vector)
    with catalog.reading() as connection:
        for start in range(0, len(keys), MANY):
            part = connection.execute(query.where(windows.c.text_key.in_(keys[start : start + MANY])))
            found |= {key: np.frombuffer(vector, dtype=np.float32) for key, vector in part}
    return found


def adopt(catalog: Catalog, beside: Path, corrections: Callable[[], Sequence[Correction]]) -> None:
    """Take over everything of a catalog that was built beside this one, in one transaction: the switch."""
    with faults(catalog.path), catalog.engine.connect().execution_options(writes=True) as connection:
        before = catalog.facts()
        connection.exec_driver_sql("ROLLBACK")  # no file can be attached inside a transaction
        connection.exec_driver_sql("ATTACH DATABASE ? AS beside", (str(beside),))
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            generation = next_generation(connection)
            for table in (*reversed(CONTENT), facts):
                connection.execute(table.delete())
            for table in (*CONTENT, facts):
                columns = ", ".join(f'"{column.name}"' for column in table.columns)
                copied = f"SELECT {columns} FROM beside.{table.name}"  # noqa: S608  the names are our own
                connection.execute(text(f"INSERT INTO main.{table.name} ({columns}) {copied}"))
            overlay.lay(connection, corrections())
            stays = {FACT: before.get(FACT)}  # the file is of the model, whatever the documents
            remember(connection, {"generation": generation, "retired": before.get("collection"), **stays})
            connection.exec_driver_sql("COMMIT")
        except BaseException:
            connection.exec_driver_sql("ROLLBACK")
            raise
        finally:
            connection.exec_driver_sql("DETACH DATABASE beside")
            connection.exec_driver_sql("BEGIN")  # which SQLAlchemy believes to be open
