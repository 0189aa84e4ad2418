"""How a process that may not write asks the one that owns the data folder for a sync, and gets its report.

Through files in the data folder: ID.ask, put there whole by a rename, is answered by ID.done. Nothing is listened to.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from retrieval.errors import IndexFault
from retrieval.model import DocumentAccount, Failure, Report, Silence, Skipped

FOLDER = "handover"
OLD_SECONDS = 3600.0  # an answer that nobody has fetched for so long is thrown away


@dataclass(frozen=True, slots=True)
class Request:
    """A sync that somebody asks for."""

    id: str
    rebuild: bool


def ask(data: Path, *, rebuild: bool = False) -> Request:
    """Put a request where the owner of the folder sees it."""
    request = Request(uuid.uuid4().hex, rebuild)
    try:
        (data / FOLDER).mkdir(exist_ok=True, mode=0o700)
        _write(data / FOLDER / f"{request.id}.ask", {"rebuild": rebuild})
    except OSError as error:
        raise IndexFault(f"{data} cannot be written ({error.strerror}); make it writable for this user.") from error
    return request


def wait(data: Path, request: Request, alive: Callable[[], bool], *, every: float = 0.1) -> Report | None:
    """The report of the sync that was asked for; None when the owner has gone without doing it.

    Raises IndexFault with the owner's own sentence when its sync failed.
    """
    asked, done = (data / FOLDER / f"{request.id}.{kind}" for kind in ("ask", "done"))
    while True:
        there = alive()  # asked first: whatever it did before it went lies there now
        if done.is_file():
            answer = json.loads(done.read_text(encoding="utf-8"))
            done.unlink(missing_ok=True)
            if answer["error"]:
                raise IndexFault(answer["error"])
            return _report(answer["report"])
        if not there:
            asked.unlink(missing_ok=True)
            return None
        time.sleep(every)


def pending(data: Path) -> tuple[Request, ...]:
    """The requests that wait for the owner of the folder."""
    return tuple(_pending(data))


def answer(data: Path, request: Request, report: Report | None, error: str | None = None) -> None:
    """Tell whoever asked what came of it."""
    folder = data / FOLDER
    _write(folder / f"{request.id}.done", {"report": asdict(report) if report else None, "error": error})
    (folder / f"{request.id}.ask").unlink(missing_ok=True)
    for old in folder.glob("*.done"):
        if old.stat().st_mtime < time.time() - OLD_SECONDS:
            old.unlink(missing_ok=True)


def _pending(data: Path) -> Iterator[Request]:
    for path in sorted((data / FOLDER).glob("*.ask")):
        try:
            yield Request(path.stem, bool(json.loads(path.read_text(encoding="utf-8")).get("rebuild")))
        except (OSError, ValueError, AttributeError):
            path.unlink(missing_ok=True)  # not one of ours


def _write(path: Path, content: object) -> None:
    half = path.with_suffix(".half")
    half.write_text(json.dumps(content), encoding="utf-8")
    half.replace(path)


def _report(values: dict[str, object]) -> Report:
    given = {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}
    given["failed"] = tuple(Failure(**f) for f in given["failed"])  # type: ignore[attr-defined]
    given["skipped"] = tuple(Skipped(**s) for s in given["skipped"])  # type: ignore[attr-defined]
    given["silent"] = tuple(Silence(**s) for s in given.get("silent", ()))  # type: ignore[attr-defined]
    given["understood"] = tuple(DocumentAccount(**a) for a in given.get("understood", ()))  # type: ignore[attr-defined]
    return Report(**given)  # type: ignore[arg-type]
