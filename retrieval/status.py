"""What the index holds, at once: nothing heavier than the standard library is imported."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from pathlib import Path
from typing import Any

from retrieval.accounts import FORMS
from retrieval.errors import IndexFault
from retrieval.question_encoder import FACT, fault_of
from retrieval.silence import QUERY, lines_of
from retrieval.storing.lock import FolderLock

EMPTY: dict[str, Any] = {
    "documents": 0,
    "quotes": 0,
    "passages": 0,
    "speakers": 0,
    "failed": [],
    "skipped": [],
    "silent": [],
    "loose": [],
    "forms": [],
    "model": None,
    "encoder": None,
    "last_index": None,
}
COUNTS = {
    "documents": "SELECT count(*) FROM documents",
    "quotes": "SELECT count(*) FROM quotes WHERE NOT hidden",
    "passages": "SELECT count(*) FROM passages WHERE NOT hidden",
    "speakers": "SELECT count(DISTINCT speaker_id) FROM quotes WHERE NOT hidden",
}


def read_status(corpus: Path, data: Path) -> dict[str, Any]:
    """Counts, failures, model and time of the last index run; zeros when nothing has been indexed yet.

    `corpus` is the folder that is asked about; an index that belongs to another one is told in `foreign`, and in `encoder`
    why questions wait for the embedding library, where they do.
    """
    path = data / "index.sqlite"
    found: dict[str, Any] = dict(EMPTY)
    if path.is_file():
        try:
            with contextlib.closing(
                sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=5)
            ) as store:
                found |= _read(store)
        except sqlite3.Error as error:
            if "no such table" not in str(error):  # made by another version, so there is no index for this one
                raise IndexFault(
                    f"The index {path} cannot be read ({error}); delete it and run: nato-quote index"
                ) from error
    found["encoder"] = fault_of(data, found["model"], found["encoder"]) if found["last_index"] else None
    known = found.pop("corpus", None)
    found["foreign"] = known if known not in (None, str(corpus.resolve())) else None
    writer = FolderLock(data).owner()
    found["writer"] = str(writer) if writer else None
    return found


def _read(store: sqlite3.Connection) -> dict[str, Any]:
    store.execute("BEGIN")  # one state for all that is read
    facts = dict(store.execute("SELECT name, json_extract(value, '$') FROM facts"))
    failed = list(store.execute("SELECT path, error FROM files WHERE error IS NOT NULL ORDER BY path"))
    if facts.get("people_fault"):
        failed.append(("people.toml", facts["people_fault"]))
    return {
        **{name: store.execute(query).fetchone()[0] for name, query in COUNTS.items()},
        "failed": [{"path": path, "error": error} for path, error in failed],
        "skipped": [
            {"path": path, "reason": reason}
            for path, reason in store.execute("SELECT path, reason FROM skipped ORDER BY path")
        ],
        "silent": [
            {"path": path, "sentence": sentence} for row in store.execute(QUERY) for path, sentence in lines_of(*row)
        ],
        "loose": json.loads(facts.get("loose") or "[]"),
        "forms": [
            {"form": form, "documents": count, "told": None if told is None else round(told, 3)}
            for form, count, told in store.execute(FORMS)
        ],
        "model": facts.get("model"),
        "encoder": json.loads(facts.get(FACT) or "null"),
        "last_index": facts.get("last_index"),
        "corpus": facts.get("corpus"),
    }
