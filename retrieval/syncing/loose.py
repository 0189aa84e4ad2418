"""Corrections that no longer do what they were made for: their words changed, went, or stand somewhere else as well."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from retrieval.model import ADMIN, Document, Quote, Silence
from retrieval.storing.changes import Changes
from retrieval.storing.corrections import Correction
from retrieval.syncing import ledger

if TYPE_CHECKING:
    from retrieval.catalog import Catalog

FACT = "loose"
FEWEST = 4  # words; shorter ones ("I agree.") are said by many
ALIKE = 0.8  # of the words, in their order: one that was put right or put in leaves the others
RUN, SPREAD = 2, 1.5  # words in a row that count, and over how much more than its own length a text may be spread
LOOKED_AT = 40  # windows that hold the words
ASKED = 12  # words that a search asks for, the longest ones
NAMED = 3
_SAID = {"hide": "hides words", "attribute": "says whose words are", "edit": "edits its details"}
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Loose:
    """A correction with something to be told of it: why, and quotes of much the same words that it is not laid over."""

    correction: Correction
    path: str
    gone: bool  # whether it is laid over nothing any more
    sentence: str
    copies: tuple[tuple[str, str], ...] = ()  # (quote id, document id)


def loose(catalog: Catalog, corrections: Sequence[Correction]) -> tuple[Loose, ...]:
    """What is to be told of the corrections in force, oldest first."""
    with catalog.snapshot():
        return tuple(told for correction in corrections for told in _told(catalog, correction))


def _gone(catalog: Catalog, correction: Correction, document: Document | None) -> str:
    """Why a correction is laid over nothing any more; empty where it is laid over something."""
    if document is None:
        return "its document is no longer there"
    if correction.what == "edit":
        return ""
    spans = correction.spans_in(document.text)
    if not spans:
        return "its words do not stand there any more"
    if correction.what == "hide":
        return ""
    name = correction.change["speaker_name"]
    over = [
        q
        for q in catalog.quotes_of(document.id)
        if any(s.start < f.end and f.start < s.end for s in spans for f in q.fragments)
    ]
    credited = any((q.speaker.name if q.speaker else None) == name for q in over)
    return "" if credited or not over else "what is quoted there begins and ends elsewhere by now"


def _copies(catalog: Catalog, correction: Correction) -> list[tuple[Quote, Document]]:
    """Quotes of much the same words that are shown, and shown as somebody else's than an admin has said."""
    words = _words(" ".join(correction.words))
    if correction.what == "edit" or len(words) < FEWEST:
        return []
    rarest = sorted(dict.fromkeys(words), key=lambda w: (-len(w), w))[:ASKED]
    windows = catalog.windows([w for w, _ in catalog.search(rarest, ADMIN, owners="quotes", limit=LOOKED_AT)])
    quotes = catalog.quotes(list(dict.fromkeys(w.owner for w in windows.values())))
    texts = catalog.documents_by_id(list(dict.fromkeys(q.document_id for q in quotes.values())))
    return [
        (quote, texts[quote.document_id])
        for quote in sorted(quotes.values(), key=lambda q: (q.document_id, q.extent))
        if not _as_said(correction, quote) and _alike(words, _said(texts[quote.document_id], quote))
    ]


def _as_said(correction: Correction, quote: Quote) -> bool:
    """Whether a quote is credited as the correction says."""
    if correction.what != "attribute":
        return False
    change = correction.change
    name, identifier = (quote.speaker.name, quote.speaker.id) if quote.speaker else (None, None)
    return (name, identifier) == (change["speaker_name"], change["speaker_id"])


def _said(document: Document, quote: Quote) -> list[str]:
    return _words(" ".join(f.of(document.text) for f in quote.fragments))


def _words(text: str) -> list[str]:
    return [word.casefold().replace("’", "'") for word in _WORD.findall(text)]


def _alike(some: Sequence[str], others: Sequence[str]) -> bool:
    """Whether most words of the shorter of two texts stand in the other one, in their order."""
    short, long = sorted((some, others), key=len)
    if len(short) < FEWEST:
        return False
    blocks = [b for b in SequenceMatcher(None, short, long, autojunk=False).get_matching_blocks() if b.size >= RUN]
    together = bool(blocks) and blocks[-1].b + blocks[-1].size - blocks[0].b <= SPREAD * len(short)
    return together and sum(b.size for b in blocks) >= ALIKE * len(short)


def _told(catalog: Catalog, correction: Correction) -> list[Loose]:
    """One line where there is anything to be told."""
    document = _document(catalog, correction)
    gone, copies = _gone(catalog, correction, document), _copies(catalog, correction)
    if not gone and not copies:
        return []
    number, said = correction.id, _SAID[correction.what]
    told = [f"correction {number}, which {said}, no longer applies: {gone}"] if gone else []
    if copies:
        named = ", ".join(f"{quote.id} in {found.path}" for quote, found in copies[:NAMED])
        named += f" and {len(copies) - NAMED} more" if len(copies) > NAMED else ""
        act = "hide" if correction.what == "hide" else "attribute"
        told.append(
            f"much the same words as those of correction {number} are shown as {named}; {act} them too where that is meant"
        )
    else:
        told.append(f"take it back (`nato-quote corrections --undo {number}`), or make it anew")
    ids = tuple((quote.id, quote.document_id) for quote, _ in copies)
    path = document.path if document is not None else correction.path
    return [Loose(correction, path, bool(gone), "; ".join(told), ids)]


def _document(catalog: Catalog, correction: Correction) -> Document | None:
    """The document that a correction is about: by its id, or by its place in the corpus."""
    found = catalog.document(correction.document_id)
    other = None if found else ledger.document_at(catalog, correction.path, correction.article)
    return found or (catalog.document(other) if other else None)


def remember(catalog: Catalog, corrections: Sequence[Correction]) -> tuple[Silence, ...]:
    """Keep what is to be told of corrections where `status` finds it; returns what was not told before."""
    before = catalog.facts().get(FACT) or []
    now = [
        {
            "path": one.path,
            "sentence": one.sentence,
            "correction": one.correction.id,
            "copies": [list(c) for c in one.copies],
        }
        for one in loose(catalog, corrections)
    ]
    if now != before:
        catalog.apply(Changes(facts={FACT: now or None}))
    told = {(line["path"], line["sentence"]) for line in before}
    return tuple(Silence(n["path"], n["sentence"]) for n in now if (n["path"], n["sentence"]) not in told)  # type: ignore[arg-type]
