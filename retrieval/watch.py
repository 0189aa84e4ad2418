"""Follows the corpus folder: a changed file is noticed within two seconds, left to settle, and indexed."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from retrieval.errors import IndexBusy, IndexMissing, NatoQuotesError
from retrieval.ingest import Index
from retrieval.model import Report
from retrieval.storing.identity import identity
from retrieval.syncing import handover

SETTLE_MS = 300  # without a further change before a sync begins
AT_MOST_MS = 1500  # to wait for that while a file is being copied
TICK_MS = 1000  # how often the watching thread looks up from it
LOOK_EVERY_SECONDS = 300.0  # look at the corpus without being told to, for folders whose changes cannot be watched
END_SECONDS = 3.0
AGAIN_SECONDS = 15.0  # after an error


class Follower:
    """Keeps an index at the state of its corpus until it is told to stop. `run` it in a thread of its own."""

    def __init__(
        self,
        index: Index,
        told: Callable[[Report], None] = lambda _: None,
        failed: Callable[[NatoQuotesError], None] = lambda _: None,
        doing: str = "serve",
        again: float = AGAIN_SECONDS,
        before: Callable[[], None] = lambda: None,
    ) -> None:
        """`told` hears of each sync that changed something, `failed` when one could not be done; it is tried `again`.

        `before` each sync is the time to see that what it reads is there.
        """
        self._index, self._told, self._failed, self._doing, self._again = index, told, failed, doing, again
        self._before = before
        self._known_failures: tuple[object, ...] = ()
        self._known_trouble = ""  # the last sentence that was told of a sync that could not be done

    def run(self, stop: threading.Event) -> None:
        """Sync now, and then whenever something changes or somebody asks for it, until `stop`."""
        self._sync_until_done(stop)
        while not stop.is_set():
            if not self._index.corpus.is_dir():
                gone = f"The corpus folder {self._index.corpus} is not there; what was indexed still answers."
                self._failed_once(NatoQuotesError(gone))
                stop.wait(self._again)
                continue
            self._watch(stop)

    def _watch(self, stop: threading.Event) -> None:
        """Sync at every change, until `stop` or until one of the folders goes."""
        from watchfiles import watch

        folders = (self._index.corpus, self._index.data / handover.FOLDER)
        looked = float("-inf")  # once right after watching began: for what changed just before
        try:
            folders[1].mkdir(parents=True, exist_ok=True, mode=0o700)
            asked_in = identity(folders[1])
            for changes in watch(
                *folders,
                watch_filter=lambda _, path: self._matters(Path(path)),
                stop_event=stop,
                step=SETTLE_MS,
                debounce=AT_MOST_MS,
                rust_timeout=TICK_MS,
                yield_on_timeout=True,
                raise_interrupt=False,
            ):
                if stop.is_set():
                    return
                lost = self._index.lost
                if not changes and not lost and time.monotonic() - looked < LOOK_EVERY_SECONDS:
                    continue
                self._sync_until_done(stop, only_asked=bool(changes) and not lost and not self._in_corpus(changes))
                looked = time.monotonic() if not changes else looked
                if not self._index.corpus.is_dir() or identity(folders[1]) != asked_in:
                    return
        except (FileNotFoundError, OSError) as error:
            self._failed_once(
                NatoQuotesError(f"The corpus folder cannot be watched ({error}); it is looked at every now and then.")
            )
            stop.wait(self._again)
            self._sync_until_done(stop)

    def _matters(self, path: Path) -> bool:
        if path.suffix in (".half", ".done"):
            return False
        inside = path.relative_to(self._index.corpus) if path.is_relative_to(self._index.corpus) else Path(path.name)
        return not any(part.startswith(".") for part in inside.parts)

    def _in_corpus(self, changes: Iterable[tuple[object, str]]) -> bool:
        return any(Path(path).is_relative_to(self._index.corpus) for _, path in changes)

    def _sync_until_done(self, stop: threading.Event, *, only_asked: bool = False) -> None:
        """One sync; after an error another try a little later. Whoever asked for one gets its report or the error."""
        while not stop.is_set():
            asked = handover.pending(self._index.data)
            if only_asked and not asked:
                return
            try:
                self._before()
                report = self._index.sync(rebuild=any(r.rebuild for r in asked), stop=stop.is_set, doing=self._doing)
            except IndexBusy:
                stop.wait(self._again)  # another process writes, and does what is to be done; when it ends, we do
                continue
            except IndexMissing:
                stop.wait(TICK_MS / 1000)  # it was deleted in the middle, and is begun anew
                continue
            except Exception as fault:  # noqa: BLE001  whatever it is, the bot has to go on following
                error = fault if isinstance(fault, NatoQuotesError) else _unforeseen(fault)
                for request in asked:
                    handover.answer(self._index.data, request, None, str(error))
                self._failed_once(error)
                stop.wait(self._again)
                continue
            for request in asked:
                handover.answer(self._index.data, request, report)
            self._known_trouble = ""
            self._tell(report)
            return

    def _tell(self, report: Report) -> None:
        changed = report.added or report.replaced or report.renamed or report.removed
        if changed or report.failed != self._known_failures:
            self._told(report)
        self._known_failures = report.failed

    def _failed_once(self, error: NatoQuotesError) -> None:
        """Tell of trouble when it begins, not at every try."""
        if str(error) != self._known_trouble:
            self._known_trouble = str(error)
            self._failed(error)


def _unforeseen(fault: Exception) -> NatoQuotesError:
    """A sentence for an error that nobody thought of; the log has the whole of it."""
    logging.getLogger(__name__).error("a sync failed", exc_info=fault)
    return NatoQuotesError(
        f"An error that was not foreseen ended the sync ({type(fault).__name__}); the log has the details. "
        "What was indexed before still answers, and it is tried again."
    )


def follow_in_thread(follower: Follower) -> Callable[[], None]:
    """Run a follower beside everything else; gives what ends it."""
    stop = threading.Event()
    thread = threading.Thread(target=follower.run, args=(stop,), name="following the corpus", daemon=True)
    thread.start()

    def end() -> None:
        stop.set()
        thread.join(END_SECONDS)

    return end
