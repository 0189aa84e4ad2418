"""The cues of a paragraph, each with whoever it gives the words to where grammar alone would name the wrong one (pure)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from retrieval.lexicon import DOCUMENTS, MEDIUM, STRONG
from retrieval.model import Span
from retrieval.reading.cast import Cast
from retrieval.reading.cue_subjects import CueSource, mention_of, sources, subject_of
from retrieval.reading.parse import Sheet
from retrieval.rules import rule

_HOLDS_NAME = frozenset(["NNP", "NNPS", "NN", "NNS", "JJ", "DT", "PRP$", "POS", "CD", "HYPH", "VBG", "VBN"])
_LONGEST = 10  # words of a mention beside the marks
_SPEAKS = ("VB", "VBD", "VBZ", "VBP", "VBN", "NN", "NNS", "NNP", "NNPS", "JJ")
_TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow morning afternoon evening night week month year "  # noqa: SIM905 - a list of words reads better as one
    "monday's weekend".split()
)
_SENDS = frozenset(
    "release releases released releasing issue issues issued issuing send sends sent sending email emails emailed post posts posted posting "  # noqa: SIM905 - as above
    "publish publishes published publishing write writes wrote written writing unleash unleashed fire fired circulate circulated put distribute "
    "distributed share shared tweet tweeted deliver delivered give gave made make makes sign signed".split()
)
_BRINGS = frozenset(
    "lead leads led leading prompt prompts prompted prompting cause causes caused causing force forces forced forcing encourage encouraged "  # noqa: SIM905 - as above
    "inspire inspired inspires drive drives drove push pushed pushes compel compelled move moved persuade persuaded provoke provoked allow "
    "allowed allows allowing permit permitted".split()
)
_READS = frozenset(["read", "reads", "ran", "runs"])  # "“…,” read the letter"
_SAYINGS = frozenset(["quote", "quotation", "words"])
_PRONOUNS = frozenset(["he", "she", "they", "it"])


def cued(sheet: Sheet, cast: Cast) -> tuple[CueSource, ...]:
    """The cues of a paragraph with their sources, in order, those included that only stand beside the marks."""
    by_grammar = [m for s in sources(sheet) if not _is_sent((m := _meant(sheet, s, cast)), sheet)]
    cues = {s.cue for s in by_grammar}
    beside = [s for s in _beside_marks(sheet) if s.cue not in cues]
    return tuple(sorted((*by_grammar, *beside), key=lambda s: s.cue)) if beside else tuple(by_grammar)


def _is_sent(source: CueSource, sheet: Sheet) -> bool:
    """Whether a source is only the letter that somebody sends: its sender speaks, or nobody who can be told."""
    word = sheet.words[source.head]
    verb = sheet.words[word.head]
    return word.lower in DOCUMENTS and word.dep == "dobj" and verb.lower in _SENDS and verb.region < 0


def _meant(sheet: Sheet, source: CueSource, cast: Cast) -> CueSource:
    """The source itself, or whom it stands for by the sentence it is in."""
    other = _sender(sheet, source)
    if other is None:
        other = _of_what(sheet, source)
    if other is None:
        other = _brought_to(sheet, source)
    if other is None:
        other = _of_the_sentence(sheet, source)
    if other is not None:
        return replace(source, head=other, mention=mention_of(sheet, other))
    return (
        _both(sheet, source) or _unclosed(sheet, source) or _before_name(sheet, source) or _by_name(sheet, source, cast)
    )


@rule("whose words")
def _before_name(sheet: Sheet, source: CueSource) -> CueSource | None:
    """Of "NHC President Ahab said" Ahab, where the parser saw in the body that he heads the subject."""
    words, last = sheet.words, source.cue - 1
    while last > source.head and words[last].tag == "RB":
        last -= 1
    between = words[source.head + 1 : last + 1]
    if len(between) < 2 or words[source.head].tag != "NNP" or any(w.tag != "NNP" or w.region >= 0 for w in between):
        return None
    return replace(source, head=last, mention=Span(source.mention.start, words[last].end))


@rule("whose words")
def _unclosed(sheet: Sheet, source: CueSource) -> CueSource | None:
    """Of "Or maybe Ahab, first mate Starbuck says" Starbuck: a name set beside another is closed by a comma too."""
    words, last = sheet.words, source.cue - 1
    while last > source.head and words[last].tag == "RB":
        last -= 1
    if last <= source.head or words[last].dep != "appos" or words[last].head != source.head:
        return None
    if words[last].tag != "NNP" or words[source.head].tag != "NNP" or words[last].region >= 0:
        return None
    comma = next((i for i in range(last, source.head, -1) if words[i].text == ","), None)
    return None if comma is None else replace(source, head=last, mention=Span(words[comma + 1].start, words[last].end))


@rule("whose words", keep=1)
def _by_name(sheet: Sheet, source: CueSource, cast: Cast) -> CueSource:
    """Of "Ahab, the captain of the ship, said" the name, where the parser took the captain for the subject."""
    words = sheet.words
    first = next((i for i in range(source.head, -1, -1) if words[i].start <= source.mention.start), source.head)
    if first < 2 or words[first - 1].text != "," or source.cue <= source.head or words[source.cue - 1].text != ",":
        return source
    name = words[first - 2]
    if name.tag != "NNP" or name.region >= 0 or name.dep in ("pobj", "dobj", "poss") or words[source.head].tag == "NNP":
        return source
    for mention, character in cast.named_in(max(0, name.start - 60), name.end):
        if character.person and mention.end == name.end:
            return replace(source, head=first - 2, mention=Span(mention.start, source.mention.end))
    return source


@rule("whose words")
def _both(sheet: Sheet, source: CueSource) -> CueSource | None:
    """Both of "Ahab and Starbuck call it", where the parser saw only the second."""
    words, head = sheet.words, source.head
    first = head
    while first > 0 and words[first - 1].tag == "NNP" and words[first - 1].region < 0:
        first -= 1
    if words[source.cue].tag != "VBP" or source.cue != head + 1 or words[head].tag != "NNP":
        return None
    if first < 2 or words[first - 1].lower != "and" or words[first - 2].tag != "NNP" or words[first - 2].region >= 0:
        return None
    other = first - 2
    begins = other
    while begins > 0 and words[begins - 1].tag == "NNP":
        begins -= 1
    if (
        begins
        and words[begins - 1].text not in (",", ";", ":")
        and words[begins - 1].sentence == words[begins].sentence
    ):
        return None
    return replace(source, head=other, mention=Span(words[begins].start, words[head].end))


@rule("whose words", off=False)
def names_two(sheet: Sheet, source: CueSource) -> bool:
    """Whether a mention goes on behind its head with "and" and another name."""
    after = sheet.words[source.head + 1 : source.head + 3]
    return len(after) == 2 and after[0].lower == "and" and after[1].tag == "NNP" and after[1].end <= source.mention.end


@rule("whose words")
def _sender(sheet: Sheet, source: CueSource) -> int | None:
    """Of "Ahab released a statement saying" Ahab, of "Ahab wrote on Monday saying" too."""
    word = sheet.words[source.head]
    if word.lower in _TIMES and word.dep != "nsubj":
        over = sheet.words[word.head]
        return subject_of(sheet, word.head) if over.tag.startswith("VB") and over.region < 0 else None
    if word.lower in _SAYINGS:
        owner = next((c for c in sheet.children[source.head] if sheet.words[c].lower in ("from", "by")), None)
        return sheet.child(owner, "pobj") if owner is not None else None  # "“…” That quote from Ahab appeared"
    if word.lower not in DOCUMENTS or sheet.words[source.cue].dep not in ("acl", "relcl"):
        return None
    at = source.head
    if word.dep == "pobj" and sheet.words[word.head].lower == "in":  # "In a statement announcing it, Ahab called"
        over = sheet.words[sheet.words[word.head].head]
        return subject_of(sheet, sheet.words[word.head].head) if over.tag.startswith("VB") and over.region < 0 else None
    while sheet.words[at].dep in ("pobj", "prep") and sheet.words[at].lower in DOCUMENTS | {"of"} | {"series"}:
        at = sheet.words[at].head
    verb = sheet.words[sheet.words[at].head]
    if sheet.words[at].dep != "dobj" or verb.lower not in _SENDS or verb.region >= 0:
        return None
    return subject_of(sheet, sheet.words[at].head)


@rule("whose words")
def _of_what(sheet: Sheet, source: CueSource) -> int | None:
    """Of "Ahab rejected what he called" Ahab: the pronoun can only mean whoever the clause around it is about."""
    cue, head = sheet.words[source.cue], sheet.words[source.head]
    if head.lower not in _PRONOUNS or source.head < 1 or sheet.words[source.head - 1].lower != "what":
        return None
    if source.cue <= source.head or cue.head == source.cue:
        return None
    for up in sheet.ancestors(source.cue):
        word = sheet.words[up]
        if word.tag.startswith("VB") and word.region < 0 and up < source.head:
            other = subject_of(sheet, up)
            if other is not None and other != source.head and sheet.words[other].tag.startswith(("NN", "PRP")):
                return other if sheet.words[other].lower not in ("it", "there") or head.lower == "it" else None
    return None


@rule("whose words")
def _brought_to(sheet: Sheet, source: CueSource) -> int | None:
    """Of "this led Ahab to fear" Ahab, who is brought to it."""
    cue = sheet.words[source.cue]
    over = sheet.words[cue.head]
    if cue.dep not in ("xcomp", "ccomp") or cue.tag != "VB" or over.lower not in _BRINGS or over.region >= 0:
        return None
    found = sheet.child(cue.head, "dobj", "dative")
    return found if found is not None and found < source.cue and sheet.words[found].region < 0 else None


@rule("whose words")
def _of_the_sentence(sheet: Sheet, source: CueSource) -> int | None:
    """Of "Ahab was angry at the men who left him, saying" Ahab: a comma takes the participle out of the clause about the men."""
    cue = sheet.words[source.cue]
    if cue.tag != "VBG" or source.strength != "strong" or source.cue == 0 or sheet.words[source.cue - 1].text != ",":
        return None
    above = list(sheet.ancestors(source.cue))
    if not above or not any(sheet.words[i].dep == "relcl" for i in above):
        return None
    root = above[-1]
    if sheet.words[root].region >= 0 or root > source.cue:
        return None
    subject = subject_of(sheet, root)
    if subject is None:
        subject = sheet.child(root, "nsubj", "nsubjpass")
    return subject if subject is not None and sheet.words[subject].region < 0 else None


@rule("whose words", off=())
def _beside_marks(sheet: Sheet) -> Iterator[CueSource]:
    """ "“…,” said Ahab" and "“…,” the two write" by their look alone, where the parser saw something else."""
    for region in sheet.regions:
        yield from _leading_up(sheet, region.outer.start)
        after = next((i for i, w in enumerate(sheet.words) if w.start >= region.outer.end), None)
        if after is None or sheet.words[after].region >= 0:
            continue
        if sheet.words[after].lower in STRONG | _READS and sheet.words[after].tag in _SPEAKS:
            last = _name_end(sheet, after + 1, spoken=True)
            if last is not None:
                yield _source(sheet, after, after + 1, last)
            continue
        last = _name_end(sheet, after)
        if last is not None and last + 1 < len(sheet.words) and _closes(sheet, last + 1):
            yield _source(sheet, last + 1, after, last)
    words = sheet.words
    if len(words) > 2 and words[0].lower in STRONG and words[0].region < 0:  # "Continued Ahab:"
        last = _name_end(sheet, 1)
        if last is not None and last + 1 < len(words) and words[last + 1].text == ":" and words[last].tag == "NNP":
            yield _source(sheet, 0, 1, last)


def _leading_up(sheet: Sheet, start: int) -> Iterator[CueSource]:
    """ "Article 7 affirms: “…”", where the parser took the verb for a noun."""
    words = sheet.words
    colon = next((i for i in range(len(words) - 1, -1, -1) if words[i].end <= start and words[i].start < start), None)
    if colon is None or colon < 2 or words[colon].text != ":":
        return
    cue, head = words[colon - 1], words[colon - 2]
    said = cue.tag in ("NNS", "NNP", "NNPS") and cue.text.islower() and cue.lower in STRONG | MEDIUM
    if (
        said
        and cue.region < 0
        and head.region < 0
        and head.tag in ("NN", "NNP", "CD")
        and head.sentence == cue.sentence
    ):
        first = colon - 2
        while first and words[first - 1].tag in _HOLDS_NAME and words[first - 1].sentence == cue.sentence:
            first -= 1
        yield _source(sheet, colon - 1, first, colon - 2)


def _source(sheet: Sheet, cue: int, first: int, last: int) -> CueSource:
    """A source beside the marks; a name set behind it with a comma belongs to its mention: "said his mate, Starbuck"."""
    end = max(sheet.words[last].end, mention_of(sheet, last).end)
    return CueSource(cue, last, Span(sheet.words[first].start, end), "strong")


def _name_end(sheet: Sheet, first: int, *, spoken: bool = False) -> int | None:
    """The last word of the noun phrase that begins at `first`; unless `spoken` is over, a noun can be its mistagged verb."""
    at = first
    while at < len(sheet.words) and at - first < _LONGEST and sheet.words[at].region < 0:
        word = sheet.words[at]
        if word.tag not in _HOLDS_NAME or (at > first and not spoken and word.lower in STRONG and word.tag != "VBG"):
            break
        at += 1
    while at > first and not (sheet.words[at - 1].tag.startswith("NN") or sheet.words[at - 1].tag == "CD"):
        at -= 1
    return at - 1 if at > first else None


def _closes(sheet: Sheet, i: int) -> bool:
    """Whether a reporting verb stands at the end of its clause: "the two write."."""
    word = sheet.words[i]
    if word.lower not in STRONG or word.tag not in _SPEAKS or word.region >= 0:
        return False
    following = sheet.words[i + 1] if i + 1 < len(sheet.words) else None
    return following is None or (following.region < 0 and following.text[0] in ".,:;")
