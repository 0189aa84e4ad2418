"""Sentences in which the document says in its own words what somebody said (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.lexicon import DOCUMENTS, MEDIUM, STRONG
from retrieval.model import Span
from retrieval.reading.candidates import Candidate, mention_kind
from retrieval.reading.cast import Cast
from retrieval.reading.cue_subjects import CueSource
from retrieval.reading.cues import cued
from retrieval.reading.parse import Sheet, Word

# Which paragraphs are worth parsing for it.
REPORTS = re.compile(
    r"\b(?:says?|said|saying|told|tells|adds?|added|warn(?:s|ed)|suggest(?:s|ed)|argu(?:es|ed)|claim(?:s|ed)|insist(?:s|ed)|announced|"
    r"stress(?:es|ed)|stated|declared|[Aa]ccording\s+to|not(?:es|ed)|explained|acknowledged|den(?:ies|ied)|vow(?:s|ed)|pledged|promised|"
    r"urg(?:es|ed)|conceded|admitted|repeated|reiterated|predicted|confirmed|recalled|wrote|tweeted|posted|called\s+(?:on|for)|"
    r"(?:add|warn|suggest|argu|claim|insist|stress|stat|declar|explain|promis|pledg|predict|tell|writ)ing)\b"
)
_CLAUSE = ("ccomp", "parataxis", "xcomp")
# What they say of a person is often only a conclusion from what he did
_CONCLUDING = frozenset(["suggesting", "pointing", "reasoning", "demanding", "offering", "posting"])
_SHRINKING = frozenset(["declined", "refused", "avoided"])
_NOT_REPORTS = frozenset(
    [
        "asked",
        "ask",
        "asks",
        "asking",
        "cried",
        "laughed",
        "sighed",
        "fired",
        "hit",
        "shot",
        "offer",
        "offered",
        "reason",
        "points",
        "point",
    ]
)


@dataclass(frozen=True, slots=True)
class ReportedSentence:
    """A reporting sentence: its span, its cue, and whoever is reported, as a candidate to resolve."""

    span: Span
    cue: int
    candidate: Candidate


def reports(sheet: Sheet, cast: Cast, quoted: frozenset[int]) -> Iterator[ReportedSentence]:
    """The reporting sentences of a paragraph; `quoted` are those that hold somebody's words in quotation marks."""
    if not sheet.words:
        return
    taken: set[int] = set()
    every = cued(sheet, cast)
    for found in every:
        source = _said_before(sheet, found, every) or found
        sentence = sheet.words[source.cue].sentence
        if sentence in quoted or sentence in taken or not _reports(sheet, source):
            continue
        span = sentence_span(sheet, sentence)
        if len(range(span.start, span.end)) < 25 or _asks(sheet, sentence):
            continue
        taken.add(sentence)
        cue = sheet.words[source.cue]
        kind = mention_kind(sheet, source, cast)
        yield ReportedSentence(
            span,
            source.cue,
            Candidate("reported", source.mention, Span(cue.start, cue.end), kind, head=sheet.words[source.head].start),
        )


def _said_before(sheet: Sheet, source: CueSource, every: Sequence[CueSource]) -> CueSource | None:
    """Of "…, the council said, according to the Gazette" the council: the paper only carries it."""
    at = source.cue
    if source.strength != "according" or at < 2 or sheet.words[at - 1].text != ",":
        return None
    return next((s for s in every if s.cue == at - 2 and s.head < s.cue and _is_verb_of_speech(sheet, s.cue)), None)


def _reports(sheet: Sheet, source: CueSource) -> bool:
    """Whether the cue governs a clause of what is said, at the top of its sentence."""
    cue = sheet.words[source.cue]
    if source.strength == "according" or _is_carried(sheet, source.cue):
        return True
    if (cue.lower not in STRONG and cue.lower not in ("confirmed", "confirms")) or cue.lower in _NOT_REPORTS:
        return False
    if not at_top(sheet, source.cue) and not _is_told_with(sheet, source.cue):
        return False
    if cue.lower in _CONCLUDING and cue.dep == "advcl" and not _is_of_speech(sheet, cue.head):
        return False
    children = [sheet.words[c] for c in sheet.children[source.cue]]
    if any(c.dep == "neg" for c in children):
        return False
    if any(c.dep in _CLAUSE and c.tag.startswith(("VB", "MD", "NN", "JJ")) for c in children):
        return True
    if any(c.dep == "npadvmod" and _has_clause(sheet, c) for c in children):
        return True  # "suggested the same day that …"
    return cue.dep == "parataxis" or any(c.lower == "that" and c.dep in ("mark", "dobj") for c in children)


def _is_carried(sheet: Sheet, i: int) -> bool:
    """Whether a verb that closes its clause is followed by where it was read: "said, according to"."""
    behind = [w.lower for w in sheet.words[i + 1 : i + 4]]
    return behind == [",", "according", "to"] and _is_verb_of_speech(sheet, i)


def _is_verb_of_speech(sheet: Sheet, i: int) -> bool:
    return sheet.words[i].lower in STRONG and sheet.words[i].tag.startswith("VB")


def _is_told_with(sheet: Sheet, i: int) -> bool:
    """Whether a participle tells what somebody says beside the sentence's own verb: "with Ahab saying …", "sent a letter saying …"."""
    word, above = sheet.words[i], sheet.words[sheet.words[i].head]
    if word.dep == "relcl":
        return (
            above.tag == "NNP" and above.dep == "nsubj" and at_top(sheet, above.head)
        )  # "Ahab, who has said that …, sails"
    if word.tag != "VBG":
        return False
    if word.dep == "pcomp" and above.lower == "with":
        return at_top(sheet, above.head)
    return word.dep == "acl" and above.lower in DOCUMENTS and above.dep == "dobj" and at_top(sheet, above.head)


def _is_of_speech(sheet: Sheet, i: int) -> bool:
    """Whether a verb says that somebody speaks, or will not."""
    return sheet.words[i].lower in STRONG | MEDIUM | _SHRINKING


def _has_clause(sheet: Sheet, word: Word) -> bool:
    """Whether "that" follows a day: the clause of what is said was taken for one about the day on which it was."""
    at = next((i for i, w in enumerate(sheet.words) if w.start == word.start), None)
    return at is not None and at + 1 < len(sheet.words) and sheet.words[at + 1].lower == "that"


def at_top(sheet: Sheet, i: int) -> bool:
    """Whether a verb is its sentence's root, joined to it, or set beside it ("…, diplomats said")."""
    word = sheet.words[i]
    for _ in range(4):
        if word.dep in ("ROOT", "parataxis"):
            return True
        if word.dep not in ("conj", "advcl", "ccomp"):
            return False
        if word.dep == "ccomp" and sheet.words[word.head].dep != "ROOT":
            return False
        word = sheet.words[word.head]
    return False


def _asks(sheet: Sheet, number: int) -> bool:
    """Whether a sentence is a question: "Did Fogg say that the world was too small?" tells nothing."""
    last = max(i for i, w in enumerate(sheet.words) if w.sentence == number and w.text.strip())
    return sheet.words[last].text == "?"


def sentence_span(sheet: Sheet, number: int) -> Span:
    """Where a sentence stands, with the quotations in it."""
    inside = [w for w in sheet.words if w.sentence == number and w.text.strip()]
    outer = [sheet.regions[r].outer for r in {w.region for w in inside if w.region >= 0}]
    starts, ends = [inside[0].start, *(o.start for o in outer)], [*(w.end for w in inside), *(o.end for o in outer)]
    return Span(min(starts), max(ends))
