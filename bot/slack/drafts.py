"""Documents on their way in: the bytes as they came, and what an admin has said about them, until she keeps them."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.errors import NotFound
from retrieval.records import Records
from retrieval.storing import private

if TYPE_CHECKING:
    from retrieval.adding import Incoming

FACTS = ("title", "publisher", "published", "url", "speaker")
OLD_SECONDS = 14 * 86_400.0


@dataclass(frozen=True, slots=True)
class AddedDraft:
    """One document that was offered."""

    id: str
    who: str
    name: str
    given: Mapping[str, str]
    state: str  # "open", "kept", "discarded"
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Drafts:
    """Drafts in the records, their bytes in a folder beside them."""

    records: Records
    folder: Path

    def put(self, identifier: str, who: str, candidate: Incoming) -> AddedDraft:
        """Keep a candidate until somebody decides; the same identifier again changes nothing."""
        private.make(self.folder)
        self._sweep()
        half = self.folder / f"{identifier}.half"
        half.touch(mode=0o600)
        half.write_bytes(candidate.data)
        half.replace(self.folder / identifier)
        facts = {name: str(value) for name in FACTS if (value := getattr(candidate.given, name))}
        self.records.change(
            "INSERT INTO drafts (id, at, who, name, given) VALUES (:id, :at, :who, :name, :given)"
            " ON CONFLICT (id) DO NOTHING",
            id=identifier,
            at=time.time(),
            who=who,
            name=candidate.name,
            given=json.dumps(facts),
        )
        return self.get(identifier)

    def get(self, identifier: str) -> AddedDraft:
        """A draft by its identifier; NotFound when it is gone."""
        rows = self.records.rows("SELECT id, who, name, given, state, path FROM drafts WHERE id = :id", id=identifier)
        if not rows:
            raise NotFound("I no longer have that document; please give it to me again.")
        return AddedDraft(**{**rows[0], "given": json.loads(rows[0]["given"])})

    def candidate(self, draft: AddedDraft) -> Incoming:
        """The document as it is understood with what was said about it."""
        from retrieval.adding import from_bytes
        from retrieval.formats.metadata import Metadata
        from retrieval.taking.limits import Worker

        facts = dict(draft.given)
        published = date.fromisoformat(facts.pop("published")) if facts.get("published") else None
        try:
            data = (self.folder / draft.id).read_bytes()
        except FileNotFoundError as error:
            raise NotFound("I no longer have that document; please give it to me again.") from error
        with Worker() as worker:
            given = Metadata(facts.get("title"), facts.get("publisher"), published, facts.get("url"))
            if name := facts.get("speaker"):
                given = replace(given, speaker=name, speaker_given_by=draft.who)
            return from_bytes(data, draft.name, given, worker=worker)

    def edit(self, identifier: str, given: Mapping[str, str]) -> AddedDraft:
        """Keep what an admin says about a draft."""
        merged = {**self.get(identifier).given, **given}
        kept = {name: value for name, value in merged.items() if name in FACTS and value}
        self.records.change("UPDATE drafts SET given = :given WHERE id = :id", given=json.dumps(kept), id=identifier)
        return self.get(identifier)

    def decide(self, identifier: str, state: str, path: str | None = None) -> None:
        """Note what became of a draft; its bytes are no longer needed."""
        self.records.change(
            "UPDATE drafts SET state = :state, path = :path WHERE id = :id", state=state, path=path, id=identifier
        )
        (self.folder / identifier).unlink(missing_ok=True)

    def _sweep(self) -> None:
        for path in self.folder.iterdir():
            if time.time() - path.stat().st_mtime > OLD_SECONDS:
                path.unlink(missing_ok=True)
