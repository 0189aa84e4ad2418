"""Judged quotations put together as statements: their parts, their kind, their lead, their day (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from retrieval.lexicon import MEDIUM, STRONG
from retrieval.model import Kind, Span
from retrieval.reading.candidates import Attribution
from retrieval.reading.circumstances import Resolved
from retrieval.reading.cue_subjects import sources
from retrieval.reading.denials import UNSAID
from retrieval.reading.label_forms import label_at
from retrieval.reading.layout import Region
from retrieval.reading.parse import Sheet
from retrieval.reading.reported_speech import at_top, sentence_span
from retrieval.rules import rule

_SENTENCE_END = re.compile(r"[.!?][\"”'’)]*\s+(?=[\"“‘(]?[A-Z0-9])")
_LEAD_AT_MOST = 400
_JOINED_BY = 3  # words between two quoted parts of one sentence
_TOLD_IN = 14  # words that tell who said it, to whom and when


@dataclass(frozen=True, slots=True)
class Attributed:
    """A quotation with its verdict and its speaker."""

    verdict: Attribution
    resolved: Resolved


@dataclass(frozen=True, slots=True)
class Statement:
    """Quotations that are one statement of one speaker."""

    parts: tuple[Attributed, ...]

    @property
    def first(self) -> Attributed:
        return self.parts[0]

    def fragments(self, text: str) -> tuple[Span, ...]:
        """The words' places, in order; a speaker's label inside the marks is not spoken."""
        return tuple(_spoken(text, p) for p in self.parts)

    @property
    def source(self) -> Attributed:
        """The part whose own cue names the speaker."""
        own = [
            p
            for p in self.parts
            if p.verdict.choice is not None and p.verdict.choice.way not in ("inherit", "previous")
        ]
        return own[0] if own else self.parts[0]


def _spoken(text: str, judged: Attributed) -> Span:
    inner, choice = judged.verdict.region.inner, judged.verdict.choice
    label = label_at(text, inner) if choice is not None and "label.inside" in choice.features else None
    if label is None or not any(c.isalnum() for c in text[label.speech : inner.end]):
        return inner
    return Span(label.speech, inner.end)


def statements(text: str, judged: Iterable[Attributed], paragraphs: Sequence[Span]) -> tuple[Statement, ...]:
    """The statements that quotations make up, in order."""
    found: list[list[Attributed]] = []
    for one in judged:
        if found and _goes_on(text, found[-1][-1], one, paragraphs):
            found[-1].append(one)
        else:
            found.append([one])
    return tuple(Statement(tuple(parts)) for parts in found)


def _goes_on(text: str, last: Attributed, one: Attributed, paragraphs: Sequence[Span]) -> bool:
    """Whether a quotation goes on with the statement of the one before it."""
    a, b = last.verdict.region, one.verdict.region
    if not _same_source(last, one):
        return False
    if b.paragraph == a.paragraph + 1:
        return (
            not a.closed
            and not text[paragraphs[b.paragraph].start : b.outer.start].strip()
            and _to_the_end(text, a.outer, paragraphs[a.paragraph])
        )
    if b.paragraph != a.paragraph:
        return False
    gap = text[a.outer.end : b.outer.start]
    words = gap.split()
    anew = (
        a.inner.of(text).rstrip()[-1:] in (".", "!", "?") and gap.lstrip()[:1].isupper()
    )  # “I go.” Pip left with “regret”
    if len(words) <= _JOINED_BY and not anew and not _SENTENCE_END.search(gap + "X"):
        return True  # "“a plank” and “a whale”"
    cue = last.verdict.choice.cue if last.verdict.choice else None
    if cue is None or last.verdict.choice.mention != one.verdict.choice.mention:  # type: ignore[union-attr]
        return False
    telling = a.outer.end <= cue.start < b.outer.start and len(words) <= _TOLD_IN and _one_break(gap)
    return telling and not _tells_on(text, a, b, gap)


def _tells_on(text: str, a: Region, b: Region, gap: str) -> bool:
    """Whether the words between two quotations are more than who said them: a new sentence, or what he said besides."""
    begins_anew = (
        a.inner.of(text).rstrip()[-1:] in ".!?…" and gap.lstrip()[:1].isupper() and gap.rstrip()[-1:] not in ".,"
    )
    goes_on_inside = gap.rstrip()[-1:] not in ".,:!?—–-" and b.inner.of(text)[:1].islower()
    return begins_anew or goes_on_inside


def _same_source(last: Attributed, one: Attributed) -> bool:
    a, b = last.verdict.choice, one.verdict.choice
    if a is None or b is None or a.mention is None or b.mention is None:
        return False
    if a.mention == b.mention:
        return True
    who, other = last.resolved.speaker, one.resolved.speaker
    return who is not None and who == other and who.id is not None


def _one_break(gap: str) -> bool:
    """Whether at most one sentence ends between two quotations, at the very end: ", he said. " and nothing more."""
    return len(_SENTENCE_END.findall(gap.strip() + " X")) <= 1


def _to_the_end(text: str, outer: Span, paragraph: Span) -> bool:
    return not text[outer.end : paragraph.end].strip()


def kind_of(text: str, statement: Statement, paragraphs: Sequence[Span]) -> Kind:
    """ "direct" when a part of it is a sentence of its own, "mixed" when it is only the quoted part of one."""
    return "direct" if any(is_sentence(text, p, paragraphs) for p in statement.parts) else "mixed"


def is_sentence(text: str, judged: Attributed, paragraphs: Sequence[Span]) -> bool:
    """Whether a quotation is a sentence in quotation marks, and not a phrase the article builds into its own."""
    region = judged.verdict.region
    words = region.inner.of(text).split()
    before = text[paragraphs[region.paragraph].start : region.outer.start].rstrip()
    if not words or (len(words) < 2 and words[0][-1:] not in ".!?,"):
        return False
    if not before or before[-1] in ':.!?”"—–' or before.endswith(")"):
        return words[0][:1].isupper() or not words[0][:1].isalpha() or (bool(before) and before[-1] == ":")
    return before[-1] == "," and (words[0][:1].isupper() or len(words) >= 5)


def lead_of(text: str, start: int, paragraphs: Sequence[Span], number: int) -> Span | None:
    """The sentence that leads into words at `start`: the rest of their own, or the last one of the paragraph before."""
    paragraph = paragraphs[number]
    before = text[paragraph.start : start].rstrip(' \n\t“"„«”')
    if sum(c.isalpha() for c in before) >= 8:
        return _last_sentence(text, paragraph.start, paragraph.start + len(before))
    if number == 0:
        return None
    previous = paragraphs[number - 1]
    if previous.end < paragraph.start - 4 and text.count("\n", previous.end, paragraph.start) > 4:
        return None
    return _last_sentence(text, previous.start, previous.end)


def _last_sentence(text: str, start: int, end: int) -> Span | None:
    at = start
    for match in _SENTENCE_END.finditer(text, start, end):
        if match.end() < end - 3:
            at = match.end()
    at = max(at, end - _LEAD_AT_MOST)
    while at < end and text[at].isspace():
        at += 1
    return Span(at, end) if at < end else None


# Sentences that give somebody's words partly in marks and partly in the document's own: "The sea was “no place” for Pip, Ahab said" (pure).

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
    said: Attributed


@rule("which words", off=())
def partly_quoted(
    text: str, sheet: Sheet, judged: Sequence[Attributed], paragraphs: Sequence[Span]
) -> Iterator[Partly]:
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


def sentences_with_speech(sheet: Sheet, judged: Sequence[Attributed]) -> frozenset[int]:
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


def _one_source(sheet: Sheet, number: int, inside: Sequence[Attributed]) -> Attributed | None:
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


def _tells_enough(text: str, sheet: Sheet, span: Span, said: Attributed, regions: Sequence[int]) -> bool:
    """Whether a sentence says more than the words in marks, who said them and that he did."""
    mention = said.verdict.choice.mention if said.verdict.choice is not None else None
    quoted = sum(len(sheet.regions[r].inner.of(text).split()) for r in regions)
    every = len(span.of(text).split())
    told = len(mention.of(text).split()) + 1 if mention is not None else 0
    return every - quoted - told >= _OWN_WORDS and quoted <= _QUOTED_AT_MOST * every


# Words that a text shows as a fake, or as what somebody only claims that another said: they are nobody's (pure).

_BACK, _ON = 260, 220  # characters looked at before and behind a quotation
_FEWEST = 4  # words: what is as long and stands elsewhere too is the same quotation
_MOST = 200  # fakes in one text
_POST = r"(?:[Pp]osts?|[Vv]ideos?|[Ii]mages?|pictures?|[Mm]emes?|[Ss]creenshots?|accounts?|clips?|[Tt]weets?|[Rr]umou?rs?|graphics?|[Ww]ebsites?|letters?|flyers?)"
_LOWER = r"(?:(?!(?:he|she|they|we|who|whose|which)\b)[a-z\d,.\-]+|Facebook|Instagram|Telegram|TikTok|Twitter|WhatsApp|X|YouTube|[A-Z][a-z]+day)"
# "A post shared 4,000 times claims that Fogg said", but not "in a post, Fogg claimed"
_CLAIMED = re.compile(
    rf"(?:(?<!in a )(?<!In a )(?<!in an )(?<!In an )(?<!in the )(?<!In the )\b{_POST}(?:\s{_LOWER}){{0,14}}?\s(?:claim|alleg|purport|pretend|attribut)\w*"
    rf"|\b(?:fake|fabricated|doctored|forged|bogus|AI-generated)\s(?:{_POST}|quotes?|quotations?|statements?|remarks?|messages?)\b"
    r"|\b(?:falsely|wrongly|mistakenly|misleadingly)\s(?:claim|attribut|quot|report|credit)\w*)[^.?!“”\"]{0,140}$"
)
_FAKE = r"(?:fake|fabricated|made[\s-]up|invented|doctored|forged|bogus|a\s(?:fake|forgery|fabrication|hoax)|not\s(?:real|genuine|authentic|his|hers|theirs))"
_OUTED = re.compile(
    rf"\b(?:[Tt]he|[Tt]his|[Tt]hat|[Tt]hese|[Tt]hose)\s(?:\w+\s)?(?:{_POST}|(?:quote|quotation|attribution|message)s?|words)\s(?:is|was|are|were)\s(?:\w+ly\s)?{_FAKE}\b"
    r"|\b(?:[Tt]he|[Tt]his|[Tt]hat|[Tt]hese)\s(?:quotes?|quotations?|attribution)\s(?:is|was|are|were)\s(?:\w+ly\s)?false\b"
    r"|\b(?:[Nn]ever|not|n[’']t)\s(?:actually\s|ever\s)?(?:said|say|wrote|write|written|uttered|tweeted|posted)\s"
    r"(?:(?:this|that|it|so|these\swords|those\swords|any\s?thing\sof\sthe\s(?:sort|kind)|any\ssuch\sthing|the\swords)(?=[,.;!?]|\s(?:at|in|on|during|and|according)\b|$))"
    r"|\b(?:denie[sd]|disput(?:es|ed))\s(?:ever\s)?(?:saying|having\ssaid|writing)\s(?:so|this|that|it|these\swords|those\swords)(?=[,.;!?]|\s|$)"
    r"|\b[Nn]o\s(?:evidence|record|proof)\s(?:that|of|to)\s[^.?!]{0,60}\b(?:said|say|saying|wrote|uttered|quote|words)\b"
)
_WORD = re.compile(r"[^\W_]+")


@rule("whose words", keep=1)
def disowned(text: str, judged: Sequence[Attributed]) -> tuple[Attributed, ...]:
    """The same quotations, without a speaker where the text says that the words were never said, there or elsewhere."""
    false = {place for place, j in enumerate(judged) if j.resolved.evidence == UNSAID or _is_false(text, j)}
    wordings = {words for place in sorted(false)[:_MOST] if len(words := _words(text, judged[place])) >= _FEWEST}
    return tuple(
        _without(j) if n in false or _is_one_of(_words(text, j), wordings) else j for n, j in enumerate(judged)
    )


def _without(judged: Attributed) -> Attributed:
    return replace(judged, resolved=replace(judged.resolved, speaker=None, confidence=0.0, evidence=UNSAID))


def _is_false(text: str, judged: Attributed) -> bool:
    quoted = judged.verdict.region.outer
    if _CLAIMED.search(text, max(0, quoted.start - _BACK), quoted.start):
        return True
    return any(_OUTED.search(part.of(text)) for part in _told_behind(text, quoted))


def _told_behind(text: str, quoted: Span) -> Iterator[Span]:
    """What the text itself goes on with: up to the next quotation mark, and no further than a paragraph on."""
    end = min(len(text), quoted.end + _ON)
    marks = [i for mark in '“"„«' if (i := text.find(mark, quoted.end, end)) >= 0]
    yield Span(quoted.end, min([end, *marks]))


def _words(text: str, judged: Attributed) -> tuple[str, ...]:
    return tuple(w.casefold() for w in _WORD.findall(judged.verdict.region.inner.of(text)))


def _is_one_of(words: tuple[str, ...], wordings: set[tuple[str, ...]]) -> bool:
    """Whether words hold one of some wordings whole."""
    if not wordings or len(words) < _FEWEST:
        return False
    line = f" {' '.join(words)} "
    return any(f" {' '.join(w)} " in line for w in wordings)


# The day on which something was said, as the sentence tells it: "on Tuesday", "Friday", "on 29 November" (pure).

_WEEKDAYS = {
    name: i for i, name in enumerate(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
}
_MONTHS = {
    name: i
    for i, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1
    )
}
_MONTH = r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
_DAY_FIRST = re.compile(
    rf"\b(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+(?P<year>(?:19|20)\d\d))?\b", re.IGNORECASE
)
_MONTH_FIRST = re.compile(
    rf"\b{_MONTH}\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?![\d–-])(?:,?\s+(?P<year>(?:19|20)\d\d))?\b", re.IGNORECASE
)
_WEEKDAY = re.compile(
    r"\b(?P<last>last\s+)?(?P<day>monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b", re.IGNORECASE
)
_NEAR = re.compile(r"\b(?P<day>yesterday|today)\b", re.IGNORECASE)
_DEPENDENTS = ("npadvmod", "prep", "advmod", "tmod", "dative", "dep", "oprd")


def said_on(sheet: Sheet, cue: int, published: date | None) -> date | None:
    """The day that hangs on the cue, None when none does or it cannot be placed."""
    found: set[int] = {cue}
    for child in sheet.children[cue]:
        word = sheet.words[child]
        if word.region < 0 and word.dep in _DEPENDENTS:
            found.update(i for i in sheet.subtree(child, 14) if abs(i - cue) <= 16)
    found.discard(cue)
    words = " ".join(sheet.words[i].text for i in sorted(found) if sheet.words[i].region < 0)
    return day_in(words, published)


def day_in(words: str, published: date | None) -> date | None:
    """The one day that words name, counted back from the day of publication."""
    for pattern in (_DAY_FIRST, _MONTH_FIRST):
        match = pattern.search(words)
        if match:
            return _calendar_day(match, published)
    if published is None:
        return None
    near = _NEAR.search(words)
    if near:
        return published - timedelta(days=near["day"].casefold() == "yesterday")
    weekday = _WEEKDAY.search(words)
    if weekday is None or re.search(r"\b(?:next|since|until|before|after|every|ago)\b", words, re.IGNORECASE):
        return None
    back = (published.weekday() - _WEEKDAYS[weekday["day"].casefold()]) % 7
    if weekday["last"] and back == 0:
        back = 7
    return published - timedelta(days=back)


def _calendar_day(match: re.Match[str], published: date | None) -> date | None:
    month, day = _MONTHS[match["month"][:3].casefold()], int(match["day"])
    try:
        if match["year"]:
            return date(int(match["year"]), month, day)
        if published is None:
            return None
        this_year = date(published.year, month, day)
        return this_year if this_year <= published else date(published.year - 1, month, day)
    except ValueError:
        return None
