"""Sentences that give somebody's words partly in marks and partly in the document's own: "The sea was “no place” for Pip, Ahab said" (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.model import Span
from retrieval.reading.assembly import Judged, is_sentence
from retrieval.reading.cues import MEDIUM, STRONG
from retrieval.reading.reported import at_top, sentence_span
from retrieval.reading.sheet import Sheet
from retrieval.reading.sources import sources

# Verbs that give a quotation to whoever does them, and tell nothing of what else he says
_NO_TELLING = frozenset(
    "go goes went going gone begin begins began begun start starts started open opens opened show shows showed read reads".split()  # noqa: SIM905 - a list of words reads better as one
)
_TELLING = (STRONG | MEDIUM) - _NO_TELLING
_OWN_WORDS = 5  # of the document's own beside the quoted ones, the speaker and the verb
_QUOTED_AT_MOST = 0.6  # of a sentence's words; more, and the quotation says it all


@dataclass(frozen=True, slots=True)
class Partly:
    """Such a sentence, and the quotation in it whose cue says who is meant."""

    span: Span
    said: Judged


def partly_quoted(text: str, sheet: Sheet, judged: Sequence[Judged], paragraphs: Sequence[Span]) -> Iterator[Partly]:
    """The sentences of a paragraph that say in their own words what the quoted ones are part of.

    `judged` are the paragraph's quotations that were taken for speech.
    """
    for number, regions in _by_sentence(sheet).items():
        inside = [j for j in judged if j.verdict.region in {sheet.regions[r] for r in regions}]
        found = _one_source(sheet, number, inside)
        if found is None or any(is_sentence(text, j, paragraphs) for j in inside):
            continue
        span = sentence_span(sheet, number)
        if _tells_enough(text, sheet, span, found, regions):
            yield Partly(span, found)


def sentences_with_speech(sheet: Sheet, judged: Sequence[Judged]) -> frozenset[int]:
    """The sentences of a paragraph that hold somebody's quoted words; one whose marks are no speech's is told like any."""
    said = {j.verdict.region for j in judged}
    return frozenset(w.sentence for w in sheet.words if w.region >= 0 and sheet.regions[w.region] in said)


def _by_sentence(sheet: Sheet) -> dict[int, list[int]]:
    """The quotations of each sentence; none of a sentence that a quotation runs out of."""
    found: dict[int, list[int]] = {}
    broken: set[int] = set()
    for index in range(len(sheet.regions)):
        numbers = {w.sentence for w in sheet.words if w.region == index}
        if len(numbers) != 1 or not sheet.regions[index].closed:
            broken |= numbers
        for number in numbers:
            found.setdefault(number, []).append(index)
    return {n: regions for n, regions in found.items() if n not in broken}


def _one_source(sheet: Sheet, number: int, inside: Sequence[Judged]) -> Judged | None:
    """The quotation whose cue stands at the top of the sentence, where all of them are one speaker's."""
    speakers = {j.resolved.speaker for j in inside}
    if len(speakers) != 1 or None in speakers:
        return None
    for one in inside:
        choice = one.verdict.choice
        if choice is None or choice.way != "cue" or choice.cue is None or choice.mention is None:
            continue
        cue = next((i for i, w in enumerate(sheet.words) if w.start == choice.cue.start and w.region < 0), None)
        if cue is not None and sheet.words[cue].sentence == number and _tells(sheet, cue):
            return None if _another_speaks(sheet, number, choice.mention) else one
    return None


def _tells(sheet: Sheet, cue: int) -> bool:
    """Whether the whole sentence is what the cue tells."""
    word = sheet.words[cue]
    if word.lower == "according":
        return True
    aside = word.dep == "advcl" and word.tag != "VBG" and sheet.child(cue, "mark", "advmod") is not None
    if aside and not any(sheet.words[c].lower == "as" for c in sheet.children[cue]):
        return False  # "While Ahab called it “folly”, the ship sailed"
    return word.lower in _TELLING and at_top(sheet, cue)


def _another_speaks(sheet: Sheet, number: int, mention: Span) -> bool:
    """Whether a sentence has a second speaker by name: "Ahab said it was late, and Starbuck called it “folly” to go on"."""
    return any(
        sheet.words[s.cue].sentence == number
        and s.mention != mention
        and sheet.words[s.head].tag == "NNP"
        and s.strength in ("strong", "medium")
        and sheet.words[s.cue].dep in ("ROOT", "conj", "parataxis")
        for s in sources(sheet)
    )


def _tells_enough(text: str, sheet: Sheet, span: Span, said: Judged, regions: Sequence[int]) -> bool:
    """Whether a sentence says more than the words in marks, who said them and that he did."""
    mention = said.verdict.choice.mention if said.verdict.choice is not None else None
    quoted = sum(len(sheet.regions[r].inner.of(text).split()) for r in regions)
    every = len(span.of(text).split())
    told = len(mention.of(text).split()) + 1 if mention is not None else 0
    return every - quoted - told >= _OWN_WORDS and quoted <= _QUOTED_AT_MOST * every
