"""Looks at everything that can be wrong with an installation, and says of each what to do. Loads no model."""

from __future__ import annotations

import locale
import os
import platform
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from retrieval.errors import NatoQuotesError
from retrieval.people_file import known_to, months_since

PARTS = (
    "chromadb",
    "onnx",
    "onnxruntime",
    "onnxscript",
    "sentence-transformers",
    "tokenizers",
    "torch",
    "spacy",
    "tiktoken",
    "sqlalchemy",
    "slack-bolt",
    "watchfiles",
)
NEEDED_MB = 500


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: how it is, and what to do when it is not well."""

    name: str
    well: bool
    found: str
    todo: str = ""


def examine(corpus: Path, data: Path, *, chroma_url: str | None = None, lock: Path | None = None) -> Iterator[Check]:
    """All checks that need no Slack, one after the other as they are done."""
    yield python()
    yield from versions(lock)
    yield from models()
    yield people()
    yield encoding()
    yield full_text()
    yield folder("corpus folder", corpus, writes=False)
    yield folder("data folder", data, writes=True)
    yield disk(data)
    yield index(corpus, data)
    yield question_encoder(corpus, data)
    yield records(data)
    yield writer(data)
    if chroma_url:
        yield server(chroma_url)


def python() -> Check:
    """Whether this Python can run it."""
    found = f"{platform.python_version()} on {platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    fits = (3, 11) <= sys.version_info[:2] < (3, 13)
    return Check("Python", fits, found, "" if fits else "Install Python 3.11 or 3.12, delete .venv and run: make setup")


def people() -> Check:
    """Up to which day offices are known: later ones are told of nobody, which is no fault, but somebody should know."""
    day = known_to()
    if day is None:
        return Check("people", False, "people.toml does not say up to when it is known", "Install the program anew.")
    months = months_since(day)
    found = f"offices are known up to {day.isoformat()}, {months} months ago"
    return Check("people", True, found + ("; nato-quote people import takes newer ones" if months > 6 else ""))


def versions(lock: Path | None) -> Iterator[Check]:
    """Whether the main parts are installed in the versions that were tested."""
    pinned = pins(lock)
    for part in PARTS:
        try:
            found = version(part)
        except PackageNotFoundError:
            yield Check(part, False, "not installed", "Run: make setup")
            continue
        wanted = pinned.get(part.replace("_", "-"))
        same = wanted is None or found.split("+")[0] == wanted.split("+")[0]
        yield Check(part, same, found, "" if same else f"{wanted} is what was tested; run: make setup")


def pins(lock: Path | None) -> dict[str, str]:
    """The versions that requirements.lock names."""
    if lock is None or not lock.is_file():
        return {}
    texts = [
        one.read_text(encoding="utf-8") for one in (lock, lock.with_name("requirements-torch.lock")) if one.is_file()
    ]
    lines = (line.split("#")[0].rstrip("\\ ").strip() for text in texts for line in text.splitlines())
    parts = (line.split("==") for line in lines if line.count("==") == 1)
    return {name.lower().replace("_", "-"): number.split(";")[0].strip() for name, number in parts}


def models() -> Iterator[Check]:
    """Whether the model files are there and are the pinned ones."""
    from retrieval.reading.parse import model_folder
    from retrieval.storing.weights import MODEL_FILES, TOKEN_FILES

    looked: tuple[tuple[str, Callable[[], Path]], ...] = (
        ("embedding model", MODEL_FILES.verified),
        ("token vocabulary", TOKEN_FILES.verified),
        ("English parser", model_folder),
    )
    for name, verified in looked:
        try:
            yield Check(name, True, f"every file has its hash, in {verified()}")
        except NatoQuotesError as error:
            yield Check(name, False, "missing or altered", str(error))


def encoding() -> Check:
    """Whether texts and file names go in and out as UTF-8."""
    found = {
        sys.getfilesystemencoding(),
        locale.getpreferredencoding(False),
        getattr(sys.stdout, "encoding", None) or "utf-8",
    }
    well = all(name.lower().replace("-", "").replace("_", "") == "utf8" for name in found)
    return Check(
        "encoding",
        well,
        ", ".join(sorted(found)),
        "" if well else "Set LC_ALL=C.UTF-8 (or PYTHONUTF8=1) in the environment.",
    )


def full_text() -> Check:
    """Whether Python's SQLite can search full text."""
    store = sqlite3.connect(":memory:")
    try:
        store.execute("CREATE VIRTUAL TABLE t USING fts5(x, tokenize='porter unicode61')")
    except sqlite3.Error as error:
        return Check(
            "SQLite", False, f"{sqlite3.sqlite_version}, without FTS5 ({error})", "Use a Python whose SQLite has FTS5."
        )
    finally:
        store.close()
    return Check("SQLite", True, f"{sqlite3.sqlite_version} with FTS5")


def folder(name: str, path: Path, *, writes: bool) -> Check:
    """Whether a folder is there and can be used."""
    if not path.is_dir():
        if writes:
            return Check(name, True, f"{path}, made with the first index")
        return Check(name, False, f"{path} is not there", "Create it, or name another one with --corpus (CORPUS_DIR).")
    mode = os.R_OK | os.X_OK | (os.W_OK if writes else 0)
    fits = os.access(path, mode)
    todo = "" if fits else f"Make it {'writable' if writes else 'readable'} for this user."
    return Check(name, fits, str(path), todo)


def disk(data: Path) -> Check:
    """Whether there is room for an index."""
    there = data
    while not there.exists() and there != there.parent:
        there = there.parent
    free = shutil.disk_usage(there).free // 2**20
    return Check(
        "disk", free >= NEEDED_MB, f"{free:,} MB free", "" if free >= NEEDED_MB else f"Free at least {NEEDED_MB} MB."
    )


def index(corpus: Path, data: Path) -> Check:
    """Whether there is an index, of this corpus, without failures."""
    from retrieval.status import read_status

    try:
        status = read_status(corpus, data)
    except NatoQuotesError as error:
        return Check("index", False, "cannot be read", str(error))
    if status["foreign"]:
        return Check(
            "index",
            False,
            f"belongs to the corpus {status['foreign']}",
            "Choose another folder with --data (DATA_DIR).",
        )
    if not status["last_index"]:
        return Check("index", False, "nothing has been indexed yet", "Run: nato-quote index")
    failed = len(status["failed"])
    found = (
        f"{status['documents']} documents, {status['quotes']} quotes, of {status['last_index']}; {failed} files failed"
    )
    return Check("index", not failed, found, "See why with: nato-quote status" if failed else "")


def question_encoder(corpus: Path, data: Path) -> Check:
    """Whether questions are encoded without waiting for the embedding library."""
    from retrieval.status import read_status
    from retrieval.storing.weights import PACKAGED

    try:
        status = read_status(corpus, data)
    except NatoQuotesError:
        return Check("question encoder", True, "not looked at, since the index cannot be read")
    if status["encoder"]:
        fault, _, todo = status["encoder"].partition("; ")
        return Check("question encoder", False, fault, f"{todo[:1].upper()}{todo[1:]}")
    if not status["last_index"]:
        return Check("question encoder", True, "made with the first index")
    own = "kept beside the index, with its hash" if status["model"] == PACKAGED else f"none for {status['model']}"
    return Check("question encoder", True, own)


def records(data: Path) -> Check:
    """Whether records.sqlite is sound."""
    path = data / "records.sqlite"
    if not path.is_file():
        return Check("records", True, "none yet")
    try:
        store = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=5)
        try:
            (said,) = store.execute("PRAGMA quick_check(1)").fetchone()
        finally:
            store.close()
    except sqlite3.Error as error:
        said = str(error)
    well = said == "ok"
    return Check(
        "records", well, str(path) if well else said, "" if well else "Put back the last backup of records.sqlite."
    )


def writer(data: Path) -> Check:
    """Who writes the data folder at this moment."""
    from retrieval.storing.lock import FolderLock

    owner = FolderLock(data).owner()
    return Check("writer", True, f"{owner}" if owner else "no process writes the data folder now")


def server(url: str) -> Check:
    """Whether the Chroma server answers."""
    from retrieval.vectors import Chroma

    try:
        chroma = Chroma(url)
        found = f"{url}, {len(chroma.names())} collections"
        chroma.close()
    except NatoQuotesError as error:
        return Check("Chroma server", False, url, str(error))
    return Check("Chroma server", True, found)
