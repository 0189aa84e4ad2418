"""Is a quotation real? Exact, altered (with a word diff), stitched together, somebody else's, or not found."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from retrieval.as_json import hit_json
from retrieval.model import Audience, Document, Quote, QuoteHit, Span, Speaker
from retrieval.sentences import sentences
from retrieval.spelling import folded
from retrieval.terms import STOP, fold

if TYPE_CHECKING:
    from retrieval.asking.answer import QuoteFinder


Status = Literal["exact", "altered", "stitched", "other_speaker", "not_found"]

_TOKEN = re.compile(r"\[?(?:…|\.{3,}|(?:\. ){2,}\.)\]?|\d+(?:[.,:]\d+)*|[^\W\d_]+(?:[’‘'.](?=[^\W_])[^\W_]+)*|[$€£%]")
_ELLIPSIS = "…"
_NEGATIONS = frozenset(
    (
        "no",
        "not",
        "never",
        "none",
        "nobody",
        "nothing",
        "neither",
        "nor",
        "without",
        "hardly",
        "barely",
        "cannot",
        "unless",
    )
)
TOO_LITTLE = "That is too little to check: give more of the quotation than a word that stands in any text."
_TELLING = 4  # words from which even plain ones tell a quotation
_EDGE = 2  # words at an end of a sentence whose loss is an alteration, not a clip
_ALIKE = 0.55  # share of the claimed words that must stand in a quote, in runs, for it to be their source
_SHORT = 6  # words up to which single words count as matches
_RUN = 3  # words of a run that show where a piece of a stitched quotation comes from
_COVERED = 0.85  # share of the claimed words that such pieces must make up


@dataclass(frozen=True, slots=True)
class Change:
    """One step of a word diff: what the true wording has, and what was claimed instead. Equal words have both."""

    op: Literal["equal", "replace", "delete", "insert"]
    true: str
    claimed: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said of a claimed quotation: its status, the true quotes, and where the wording differs."""

    claimed: str
    speaker: Speaker | None
    status: Status
    message: str
    hits: tuple[QuoteHit, ...] = ()
    diff: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class _Source:
    """A stored quote as words to compare with."""

    quote: Quote
    document: Document
    said: str
    words: tuple[str, ...]


def compared_words(text: str) -> tuple[str, ...]:
    """The words of a quotation as far as they matter: marks, case, dashes and white space do not, ellipses do."""
    found = _TOKEN.findall(" ".join(text.split()))
    return tuple(_ELLIPSIS if t[0] in "…[." else t if t[0].isdigit() else fold(t.replace(".", "")) for t in found)


def check(claimed: str, finder: QuoteFinder, audience: Audience, *, speaker: str | None = None) -> Verdict:
    """Whether `claimed` are real words (of `speaker`, when one is named), as far as `audience` may see the documents."""
    with finder.reading():
        named = finder.named(speaker, audience) if speaker else ()
        asked = named[0] if named else (Speaker(None, speaker) if speaker else None)
        words = compared_words(claimed)
        if not any(w != _ELLIPSIS for w in words):
            return Verdict(
                claimed, asked, "not_found", "There are no words to check; give the quotation in quotation marks."
            )
        sources = [s for q in finder.quotes_with(claimed, audience) if (s := _source(q, finder)) is not None]
        return _judged(claimed, words, sources, named, asked, finder, audience)


def _too_little(claimed: Sequence[str]) -> bool:
    """Whether words are so few, or so plain ("of the"), that they stand in any text."""
    told = [w for w in claimed if w != _ELLIPSIS]
    return len(told) < 2 or (len(told) < _TELLING and all(w in STOP for w in told))


def _judged(
    claimed: str,
    words: tuple[str, ...],
    sources: Sequence[_Source],
    named: Sequence[Speaker],
    asked: Speaker | None,
    finder: QuoteFinder,
    audience: Audience,
) -> Verdict:
    exact = [s for s in sources if _is_exact(words, s)]
    if _too_little(words):  # it proves nothing where it is not all that was said
        exact = [s for s in exact if s.words == tuple(w for w in words if w != _ELLIPSIS)]
        if not exact:
            return Verdict(claimed, asked, "not_found", TOO_LITTLE)
    if exact and all(s.quote.kind == "reported" for s in exact):
        return Verdict(claimed, asked, "not_found", _reported_message(exact[0].quote), _hits(exact, claimed, finder))
    exact = [s for s in exact if s.quote.kind != "reported"]
    if exact:
        theirs = [s for s in exact if asked is None or _is_by(s.quote, named)]
        hits = _hits(theirs or exact, claimed, finder)
        if theirs and hits:
            return Verdict(claimed, asked, "exact", _exact_message(theirs[0], hits), hits)
        if hits:
            return Verdict(claimed, asked, "other_speaker", _owner_message(exact[0].quote, asked), hits)
    pieces = _pieces(words, sources)
    if len({s.quote.id for s in pieces}) > 1 and not _one_source(words, sources):
        hits = _hits(pieces, claimed, finder)
        return Verdict(
            claimed,
            asked,
            "stitched",
            f"These words are put together from {len(pieces)} places; nobody said them in one.",
            hits,
        )
    near = _nearest(words, sources, named)
    if near is None or near.quote.kind == "reported":
        written = finder.written_in(claimed, lambda text: _place(words, compared_words(text)) is not None, audience)
        if written is not None:
            return Verdict(claimed, asked, "not_found", _written_message(written))
    if near is None:
        return Verdict(claimed, asked, "not_found", "No document here holds these words, nor words much like them.")
    hits = _hits([near], claimed, finder)
    return Verdict(
        claimed, asked, "altered", _altered_message(near.quote, asked, named), hits, word_diff(near.said, claimed)
    )


def _source(quote: Quote, finder: QuoteFinder) -> _Source | None:
    document = finder.shelf.document(quote.document_id)
    if document is None:
        return None
    said = " ".join(f.of(document.text) for f in quote.fragments)
    return _Source(quote, document, said, compared_words(said))


def _is_exact(words: tuple[str, ...], source: _Source) -> bool:
    """Whether the words are all of the quote, or a run of it that leaves no sentence nearly whole and no negation out."""
    if words == source.words:
        return True
    text, extent = source.document.text, source.quote.extent
    if len(source.quote.fragments) > 1 and words == compared_words(extent.of(text)):
        return True
    at = _place(words, source.words)
    if at is None:
        return False
    return _is_fair_part(at, at + len(words), source)


def _place(part: Sequence[str], whole: Sequence[str]) -> int | None:
    size = len(part)
    return next((i for i in range(len(whole) - size + 1) if tuple(whole[i : i + size]) == tuple(part)), None)


def _is_fair_part(first: int, last: int, source: _Source) -> bool:
    """Whether a run of a quote's words may stand alone: whole sentences, or a clause that drops neither an edge nor a "not"."""
    text = source.document.text
    at = 0
    for fragment in source.quote.fragments:
        for sentence in sentences(text, fragment):
            words = compared_words(sentence.of(text))
            start, end = at, at + len(words)
            at = end
            if end <= first or start >= last:
                continue
            before, after = (
                words[: max(0, first - start)],
                words[max(0, len(words) - (end - last)) :] if end > last else (),
            )
            if not _may_be_left_out(before) or not _may_be_left_out(after):
                return False
    return True


def _may_be_left_out(words: Sequence[str]) -> bool:
    if not words:
        return True
    negated = any(w in _NEGATIONS or w.endswith("nt") for w in words)
    return len(words) > _EDGE and not negated


def _is_by(quote: Quote, named: Sequence[Speaker]) -> bool:
    return quote.speaker is not None and any(
        quote.speaker.id == s.id and (s.id is not None or folded(s.name) == folded(quote.speaker.name)) for s in named
    )


def _share(words: Sequence[str], source: _Source) -> float:
    """The share of the claimed words that stand in the source in runs of two and more."""
    blocks = difflib.SequenceMatcher(None, source.words, words, autojunk=False).get_matching_blocks()
    shortest = 2 if len(words) > _SHORT else 1
    return sum(b.size for b in blocks if b.size >= shortest) / max(1, sum(w != _ELLIPSIS for w in words))


def _nearest(words: Sequence[str], sources: Sequence[_Source], named: Sequence[Speaker]) -> _Source | None:
    scored = [
        (
            _share(words, s)
            + 0.1 * _is_by(s.quote, named)
            - 0.1 * (s.quote.kind == "reported")
            - 0.0005 * len(s.words),
            s,
        )
        for s in sources
    ]
    scored = [(score, s) for score, s in scored if score >= _ALIKE]
    return max(scored, key=lambda pair: pair[0])[1] if scored else None


def _one_source(words: Sequence[str], sources: Sequence[_Source]) -> bool:
    return any(_share(words, s) >= _COVERED for s in sources)


def _pieces(words: tuple[str, ...], sources: Sequence[_Source]) -> list[_Source]:
    """The quotes whose runs, one after the other, make up the claimed words; empty when they do not."""
    at, held, found = 0, 0, list[_Source]()
    while at < len(words):
        best, source = max(
            ((_longest_run(words[at:], s.words), s) for s in sources), key=lambda pair: pair[0], default=(0, None)
        )
        if best >= _RUN and source is not None:
            held += best
            at += best
            if source.quote.id not in {s.quote.id for s in found}:
                found.append(source)
        else:
            held += words[at] == _ELLIPSIS
            at += 1
    return found if held >= _COVERED * len(words) else []


def _longest_run(words: tuple[str, ...], whole: tuple[str, ...]) -> int:
    """How many of the first words stand in `whole` as a run."""
    best = 0
    for i, word in enumerate(whole):
        if words and word == words[0]:
            size = 0
            while size < len(words) and i + size < len(whole) and words[size] == whole[i + size]:
                size += 1
            best = max(best, size)
    return best


def word_diff(true: str, claimed: str) -> tuple[Change, ...]:
    """The steps from the true wording to the claimed one; what only surrounds the claimed part is left out."""
    ours, theirs = true.split(), claimed.split()
    a, b = ["".join(compared_words(w)) for w in ours], ["".join(compared_words(w)) for w in theirs]
    steps = difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    if steps and steps[0][0] == "delete" and steps[0][2] > 4:
        steps = steps[1:]
    if steps and steps[-1][0] == "delete" and steps[-1][2] - steps[-1][1] > 4:
        steps = steps[:-1]
    return tuple(Change(op, " ".join(ours[i1:i2]), " ".join(theirs[j1:j2])) for op, i1, i2, j1, j2 in steps)


def _hits(sources: Sequence[_Source], claimed: str, finder: QuoteFinder) -> tuple[QuoteHit, ...]:
    wanted = set(compared_words(claimed))

    def worth(document: Document, parts: Sequence[Span]) -> list[float]:
        return [sum(w in wanted for w in compared_words(p.of(document.text))) / (1 + len(wanted)) for p in parts]

    return finder.present([s.quote for s in sources], worth, limit=10)


def _exact_message(source: _Source, hits: Sequence[QuoteHit]) -> str:
    who = source.quote.speaker.name if source.quote.speaker else None
    places = sum(1 + len(hit.also_in) for hit in hits)
    by = f", by {who}" if who else ", but no document says whose words they are"
    return f"These are the exact words{by}, in {places} document{'s' if places > 1 else ''}."


def _owner_message(quote: Quote, asked: Speaker | None) -> str:
    whom = f", not {_possessive(asked.name)}" if asked else ""
    if quote.speaker is None:
        return "The words are in the documents, but not whose they are."
    return f"These words are {_possessive(quote.speaker.name)}{whom}."


def _altered_message(quote: Quote, asked: Speaker | None, named: Sequence[Speaker]) -> str:
    who = f"{quote.speaker.name} said" if quote.speaker else "the document has"
    if quote.kind == "reported":
        return "Not a quotation: the closest are the article’s own words, which differ."
    other = asked is not None and quote.speaker is not None and not _is_by(quote, named)
    return f"Not word for word: {who} it differently" + (f", and it was not {asked.name}." if other and asked else ".")


def _reported_message(quote: Quote) -> str:
    whom = f"what {quote.speaker.name} said" if quote.speaker else "what was said"
    return f"These are the article’s own words about {whom}, not a quotation."


def _written_message(document: Document) -> str:
    return f"These words stand in “{document.title or document.path}”, but nobody is quoted with them."


def _possessive(name: str) -> str:
    return f"{name}’s"


def verdict_json(verdict: Verdict) -> dict[str, Any]:
    """The verdict as `check --json` prints it."""
    return {
        "status": verdict.status,
        "message": verdict.message,
        "claimed": verdict.claimed,
        "speaker": verdict.speaker.name if verdict.speaker else None,
        "speaker_id": verdict.speaker.id if verdict.speaker else None,
        "quotes": [hit_json(hit) for hit in verdict.hits],
        "diff": [{"op": c.op, "true": c.true, "claimed": c.claimed} for c in verdict.diff],
    }
