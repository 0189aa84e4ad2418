"""Follow the corpus while the bot runs, and say what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from bot.settings import Settings
    from retrieval.errors import NatoQuotesError
    from retrieval.ingest import Index
    from retrieval.model import Report

NAMED = 5  # files named of each kind; of more only the number
log = structlog.get_logger()


@contextmanager
def following(index: Index, settings: Settings, say: Callable[[str], None] = lambda _: None) -> Iterator[None]:
    """Keep the index at the state of the corpus, in a thread of its own; it begins with a look at everything.

    `say` is given what changed, and what went wrong, as one sentence each.
    """
    from retrieval.records import Records
    from retrieval.watch import Follower, follow_in_thread

    def told(report: Report) -> None:
        log.warning("index_changed", **{name: len(getattr(report, name)) for name in ("added", "replaced", "removed")})
        for file in report.failed[:NAMED]:
            log.warning("not_taken", path=file.path, reason=file.error)
        say(sentence(report))

    def failed(error: NatoQuotesError) -> None:
        log.error("index_not_updated", reason=str(error))
        say(f"The index could not be brought up to date. {error}")

    # An index that is made anew needs the corrections: when all of the data folder was deleted, they come back first.
    records = Records(settings.data_dir / "records.sqlite")
    end = follow_in_thread(Follower(index, told, failed, before=records.keep))
    try:
        yield
    finally:
        end()
        records.close()


def sentence(report: Report) -> str:
    """What changed in the index, in one sentence for people."""
    parts = [
        _named(report.added, "added"),
        _named(report.replaced, "replaced"),
        _named(report.renamed, "renamed"),
        _named(report.removed, "removed"),
    ]
    unchanged = "nothing changed" if report.failed else "what could not be taken before is in order now"
    done = "; ".join(part for part in parts if part) or unchanged
    told = f"The index follows the documents: {done}. It holds {report.documents} documents and {report.quotes} quotes."
    for failed in report.failed[:NAMED]:
        told += f"\nNot taken: {failed.path}: {failed.error}"
    if len(report.failed) > NAMED:
        told += f"\nNot taken: {len(report.failed) - NAMED} more files; `nato-quote status` lists them."
    for silence in report.silent[:NAMED]:
        told += f"\n{silence.path} {silence.sentence}."
    if len(report.silent) > NAMED:
        told += f"\n{len(report.silent) - NAMED} more such lines: `nato-quote status`."
    return told


def _named(paths: tuple[str, ...], what: str) -> str:
    if not paths:
        return ""
    more = f" and {len(paths) - NAMED} more" if len(paths) > NAMED else ""
    return f"{what} {', '.join(paths[:NAMED])}{more}"
