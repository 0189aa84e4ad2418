"""Compares what the reader makes of a text with what a person wrote down about it.

A gold file is a list of entries, each a stretch of the text: `words` (with `nth` when they stand there more than once),
`kind`, `speaker` (None: nobody can know), `type` when the speaker is no person, `also` for other right names; or
`not_speech` for scare quotes, titles and slogans, and with `narration` for the document's own words. `known` on an entry says why the reader still fails there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from retrieval.model import Quote, Span

GOLD = Path(__file__).parent / "gold"
SMALL = frozenset({"a", "an", "the", "of", "for", "from", "mr", "mrs", "ms", "miss", "dr", "sir", "lady", "lord"})

# Words within words, and a headline's: they need not be found, but never under a wrong name.
MAY_BE_OUT = ("inner", "headline")

Outcome = Literal["right", "missed", "wrong", "kept"]


@dataclass(frozen=True)
class Scored:
    """What became of one gold entry. `wrong` is another person's name, `kept` a scare quote taken for speech."""

    entry: dict[str, Any]
    outcome: Outcome
    quote: Quote | None

    def line(self, name: str) -> str:
        """One line for whoever has to mend it."""
        speaker = self.quote.speaker.name if self.quote and self.quote.speaker else None
        found = "nothing" if self.quote is None else f"{self.quote.kind}, {speaker}"
        wanted = "no speech" if self.entry.get("not_speech") else f"{self.entry['kind']}, {self.entry['speaker']}"
        return f"{self.outcome} in {name}: {self.entry['words'][:60]!r} is {wanted}; found: {found}"


def gold_files() -> list[str]:
    """The names of the texts, without their endings."""
    return sorted(path.stem for path in GOLD.glob("*.txt"))


def text_of(name: str) -> str:
    """A text as it is."""
    return (GOLD / f"{name}.txt").read_bytes().decode("utf-8")


def entries_of(name: str) -> list[dict[str, Any]]:
    """What a person wrote down about a text."""
    entries: list[dict[str, Any]] = json.loads((GOLD / f"{name}.json").read_text(encoding="utf-8"))
    return entries


def place(text: str, entry: dict[str, Any]) -> Span:
    """Where an entry's words stand."""
    start = -1
    for _ in range(entry.get("nth", 1)):
        start = text.index(entry["words"], start + 1)
    return Span(start, start + len(entry["words"]))


def scored(text: str, entry: dict[str, Any], quotes: Sequence[Quote]) -> Scored:
    """What the reader made of one entry."""
    span = place(text, entry)
    tight = entry.get("kind") == "inner" or (entry.get("not_speech", False) and "narration" not in entry)
    quote = covering(span, [q for q in quotes if q.kind != "reported" or "narration" not in entry], tight=tight)
    speaker = quote.speaker if quote else None
    if entry.get("not_speech"):
        return Scored(entry, "kept" if quote else "right", quote)
    if entry["kind"] in MAY_BE_OUT and speaker is None:
        return Scored(entry, "right", quote)
    if entry["speaker"] is None:
        named = speaker is not None and speaker.type == "person"
        return Scored(entry, "wrong" if named else "right", quote)
    if speaker is None:
        return Scored(entry, "missed", quote)
    return Scored(entry, named_as(speaker.name, speaker.type, entry), quote)


def named_as(name: str, kind: str, entry: dict[str, Any]) -> Outcome:
    """Whether a found name is that of the entry, short of it, or somebody else's."""
    names = [entry["speaker"], *entry.get("also", ())]
    if entry.get("type", "person") == "person":
        if any(words(name) == words(right) for right in names):
            return "right"
        short = any(words(name) and words(name) < words(right) for right in names)
        return "missed" if short or kind != "person" else "wrong"
    alike = any(words(name) & words(right) for right in names)
    if kind == "person":
        return "wrong"
    return "right" if alike else "missed"


def words(name: str) -> frozenset[str]:
    """The telling words of a name or a description."""
    return frozenset(re.findall(r"\w+", re.sub(r"['’]s\b", "", name.casefold()))) - SMALL


def covering(span: Span, quotes: Sequence[Quote], *, tight: bool) -> Quote | None:
    """The quote that shares most with a stretch; `tight`: only one that is about as long."""
    best, most = None, 0
    for quote in quotes:
        for fragment in quote.fragments:
            shared = min(span.end, fragment.end) - max(span.start, fragment.start)
            length = fragment.end - fragment.start
            if tight and (quote.kind in ("turn", "reported") or length > 1.5 * (span.end - span.start) + 4):
                continue
            if shared > most and shared * 2 >= min(length, span.end - span.start):
                best, most = quote, shared
    return best


def strangers(text: str, entries: Sequence[dict[str, Any]], quotes: Sequence[Quote]) -> list[Quote]:
    """Quotes of a person (reported speech apart) where the gold has nothing at all."""
    places = [place(text, entry) for entry in entries]
    return [
        quote
        for quote in quotes
        if quote.kind != "reported"
        and quote.speaker is not None
        and any(not any(p.start < f.end and f.start < p.end for p in places) for f in quote.fragments)
    ]
