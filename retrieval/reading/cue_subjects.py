"""Who speaks, by grammar: the subject of a reporting verb, "according to X", "X's statement" (pure)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from retrieval.lexicon import CITING, DOCUMENTS, MEDIUM, NOUNS, PERSON_NOUNS, STRONG, is_person_noun
from retrieval.model import Span
from retrieval.reading.parse import Sheet
from retrieval.rules import rule

_NOUN_TAGS = ("NN", "NNS", "NNP", "NNPS", "PRP", "CD", "JJ", "DT")
_LEFT = (
    "det",
    "compound",
    "amod",
    "nummod",
    "poss",
    "nmod",
    "advmod",
    "quantmod",
    "case",
    "predet",
    "npadvmod",
    "punct",
)
_RIGHT_PREPOSITIONS = frozenset(["of", "for", "from", "in", "at", "with", "on", "to", "near"])
_RECORDING = frozenset(["record", "records", "recorded"])
_RELATIVE = frozenset(["who", "that", "which", "whom"])
_THINGS = frozenset(["it", "this", "that", "there", "nothing"])
_LONGEST_MENTION = 14
_NOMINATIVE = frozenset(["he", "she", "they", "we", "i"])


@dataclass(frozen=True, slots=True)
class CueSource:
    """A cue and whom it gives the words to. `head` is the mention's governing word."""

    cue: int
    head: int
    mention: Span
    strength: str  # "strong", "medium", "other", "according", "noun"


def sources(sheet: Sheet) -> tuple[CueSource, ...]:
    """Every cue of a paragraph that has somebody to it, in order."""
    found: list[CueSource] = []
    for i, word in enumerate(sheet.words):
        if word.region >= 0:
            continue
        found.extend(_of_word(sheet, i))
    return tuple(found)


def _of_word(sheet: Sheet, i: int) -> Iterator[CueSource]:
    word = sheet.words[i]
    if word.tag.startswith("VB") or (
        word.tag in ("NN", "NNS", "JJ") and word.lower in STRONG and word.lower.endswith(("ed", "id"))
    ):
        head = _cited(sheet, i) if word.lower in CITING else subject_of(sheet, i)
        if head is not None:
            strength = "strong" if word.lower in STRONG else "medium" if word.lower in MEDIUM else "other"
            if word.lower in _RECORDING and sheet.words[head].lower in DOCUMENTS:
                strength = "medium"  # "the minutes, which record that …"
            yield CueSource(i, head, mention_of(sheet, head), strength)
    elif word.lower in NOUNS and word.tag.startswith("NN"):
        head = _owner(sheet, i)
        if head is None and word.lower == "words" and i and sheet.words[i - 1].lower == "the":
            head = _pobj(sheet, i, "of")  # "in the words of an old neighbour"
        if head is not None and sheet.words[head].region < 0:
            told = word.lower == "words" and sheet.words[word.head].lower == "in"  # "in Ahab's words": as he put it
            yield CueSource(i, head, mention_of(sheet, head), "according" if told else "noun")
    elif word.lower in _RECORDING and word.dep == "relcl" and sheet.words[word.head].lower in DOCUMENTS:
        yield CueSource(i, word.head, mention_of(sheet, word.head), "medium")  # "record" taken for a noun
    if word.lower == "according":
        head = _pobj(sheet, i, "to")
        if head is not None:
            yield CueSource(i, head, mention_of(sheet, head), "according")


@rule("whose words")
def _cited(sheet: Sheet, i: int) -> int | None:
    """Of "the agency quoted Ahab as saying", "Ahab was quoted by the agency" Ahab; of other quoting whoever quotes."""
    passive = sheet.child(i, "nsubjpass")
    if passive is not None:
        return passive if sheet.words[passive].lower not in _RELATIVE else _antecedent(sheet, i, passive)
    saying = next((c for c in sheet.children[i] if sheet.words[c].lower == "as"), None)
    cited = sheet.child(i, "dobj") if saying is not None and sheet.child(saying, "pcomp") is not None else None
    if cited is None:
        cited = _led_in(sheet, i)
    return cited if cited is not None else subject_of(sheet, i)


@rule("whose words")
def _led_in(sheet: Sheet, i: int) -> int | None:
    """Of "Ahab said, quoting Pip: “…”" Pip, of "citing a letter from Pip that read: “…”" too."""
    cited = sheet.child(i, "dobj")
    if cited is None or sheet.words[i].tag != "VBG" or sheet.words[cited].region >= 0:
        return None
    at = cited + 1
    while at < len(sheet.words) and sheet.words[at].text not in (",", ";", ".", ":") and sheet.words[at].region < 0:
        at += 1
    if at == len(sheet.words) or sheet.words[at].text != ":" or sheet.words[at].region >= 0:
        return None
    author = _author(sheet, cited) if sheet.words[cited].lower in DOCUMENTS else None
    return author if author is not None else cited


def subject_of(sheet: Sheet, i: int, depth: int = 0) -> int | None:
    """The word that stands for whoever does what verb `i` says; None when nobody does."""
    if depth > 5:
        return None
    word = sheet.words[i]
    if (right_before := _set_beside(sheet, i)) is not None:
        return right_before
    own = [c for c in _under(sheet, i) if sheet.words[c].dep in ("nsubj", "nsubjpass") and sheet.words[c].region < 0]
    active = [c for c in own if sheet.words[c].dep == "nsubj"]
    if not own and word.tag == "VBG" and i and sheet.words[i - 1].tag == "NNP" and sheet.words[i - 1].region < 0:
        return i - 1  # "footage of Ahab saying"
    if active:
        subject = active[-1] if len(active) > 1 and _is_nearer(sheet, active, i) else active[0]
        if sheet.words[subject].lower in _RELATIVE:
            return _antecedent(sheet, i, subject)
        return subject
    if own:
        by = _pobj(sheet, i, "by")
        if by is not None:
            return by
        return own[0] if depth else None
    by = _pobj(sheet, i, "by") if word.tag == "VBN" else None
    if by is not None:
        return by
    found = _climbed(sheet, i, depth)
    if found is None:
        found = _inverted(sheet, i)
    return found if found is not None or depth else _beside(sheet, i)


def _is_nearer(sheet: Sheet, subjects: list[int], verb: int) -> bool:
    """Whether the last of two subjects is the verb's own: it is inverted, or stands right before it behind an aside."""
    last = subjects[-1]
    if last > verb:
        return True
    parted = any(sheet.words[c].text == "," for c in range(subjects[0], last))
    return last == verb - 1 and sheet.words[last].tag == "NNP" and parted and _is_aside(sheet, subjects[0])


@rule("whose words", off=False)
def _is_aside(sheet: Sheet, head: int) -> bool:
    """Whether a noun's phrase stands behind a comma: "In an earlier work, The Art of Waiting, …"."""
    opens = min(sheet.subtree(head, _LONGEST_MENTION), default=head)
    return (
        opens > 0
        and sheet.words[opens - 1].text == ","
        and sheet.words[opens - 1].sentence == sheet.words[head].sentence
    )


@rule("whose words")
def _set_beside(sheet: Sheet, i: int) -> int | None:
    """The subject right before a cue that the parser overlooked, taking what the sentence begins with for it.

    "Her husband, she wrote, was “handsome”"; "In an earlier work, The Art of Waiting, Kutuzov argued that …".
    """
    before = sheet.words[i - 1] if i else None
    if before is None or before.region >= 0 or before.sentence != sheet.words[i].sentence or i < 3:
        return None
    if before.lower in _NOMINATIVE and sheet.words[i - 2].text == ",":
        return i - 1 if before.dep != "nsubj" or before.head == i else None
    if before.tag != "NNP" or before.dep != "appos":
        return None
    first = i - 1
    while first > 1 and sheet.words[first - 1].tag == "NNP":
        first -= 1
    return i - 1 if sheet.words[first - 1].text == "," and _is_aside(sheet, before.head) else None


def _under(sheet: Sheet, i: int) -> tuple[int, ...]:
    """What a verb governs, and what its auxiliary does where the parser hung the subject on that: "Ahab, on deck, had called"."""
    found = sheet.children[i]
    if any(sheet.words[c].dep in ("nsubj", "nsubjpass") for c in found):
        return found
    return (*found, *(g for c in found if sheet.words[c].dep == "aux" for g in sheet.children[c]))


@rule("whose words")
def _climbed(sheet: Sheet, i: int, depth: int) -> int | None:
    """The subject that a verb without its own shares with the one above it."""
    word = sheet.words[i]
    above = sheet.words[word.head]
    if word.head == i:
        return None
    if word.dep == "advcl" and word.tag == "VBG" and word.lower in STRONG:
        over = _speaking_above(sheet, i)  # "Ahab said the crew was tired, adding …": Ahab adds, not the crew
        if over is not None:
            return subject_of(sheet, over, depth + 1)
    if word.dep == "conj" and word.lower in STRONG and _is_of_a_thing(sheet, word.head, depth):
        over = _speaking_above(sheet, i)  # "Ahab said there was no wind but added, “…”": Ahab adds
        if over is not None and sheet.words[over].tag == word.tag:
            return subject_of(sheet, over, depth + 1)
    if (
        word.dep in ("conj", "xcomp", "advcl", "dep", "aux", "ccomp", "parataxis")
        and above.tag.startswith("VB")
        and above.region < 0
    ):
        if word.dep in ("ccomp", "parataxis", "dep") and word.tag != "VBG" and not _behind_aside(sheet, i):
            return None
        return subject_of(sheet, word.head, depth + 1)
    if word.dep == "acl" and above.tag.startswith("NN") and above.region < 0:
        if above.lower in DOCUMENTS and (author := _author(sheet, word.head)) is not None:
            return author  # "a letter from Ahab saying"
        return word.head if word.tag == "VBG" or above.dep in ("ROOT", "npadvmod") else None
    if word.dep == "relcl" and above.tag.startswith("NN"):
        return None
    if word.dep == "pcomp":
        for up in sheet.ancestors(i):
            if sheet.words[up].lower in CITING:
                return _cited(sheet, up)  # "Starbuck quoted Mr Pip as saying"
            if sheet.words[up].tag.startswith("VB"):
                return subject_of(sheet, up, depth + 1)
    return None


def _behind_aside(sheet: Sheet, i: int) -> bool:
    """Whether the verb above is only a participle set between commas: "Ahab, exasperated, said"."""
    above = sheet.words[i].head
    if sheet.words[i].lower not in STRONG or not 0 < above < i or sheet.words[above].tag not in ("VBN", "VBD"):
        return False
    return sheet.words[above - 1].text == "," and above + 1 < i and sheet.words[above + 1].text == ","


def _is_of_a_thing(sheet: Sheet, verb: int, depth: int) -> bool:
    """Whether what a verb is about cannot speak: "it was too early", "there are whales"."""
    subject = subject_of(sheet, verb, depth + 1)
    return subject is not None and sheet.words[subject].lower in _THINGS


def _speaking_above(sheet: Sheet, i: int) -> int | None:
    """The reporting verb over the clause that a participle hangs on."""
    head = sheet.words[i].head
    for up in sheet.ancestors(head):
        word = sheet.words[up]
        if word.tag.startswith("VB") and word.lower in STRONG and word.region < 0:
            return up
    return None


@rule("whose words")
def _author(sheet: Sheet, noun: int) -> int | None:
    """Of "a letter from Ahab" or "Ahab's letter" whose letter it is."""
    for c in sheet.children[noun]:
        if sheet.words[c].lower in ("from", "by"):
            return sheet.child(c, "pobj")
    return sheet.child(noun, "poss")


@rule("whose words")
def _inverted(sheet: Sheet, i: int) -> int | None:
    """Of “…,” said Ahab, when the parser took the subject for something else."""
    word = sheet.words[i]
    if word.lower not in STRONG or word.tag not in ("VBD", "VBZ", "VBP", "VBN", "NN"):
        return None
    if i == 0 or sheet.words[i - 1].text not in ("”", '"', "''", ","):
        return None
    for c in sheet.children[i]:
        if (
            c > i
            and sheet.words[c].dep in ("dobj", "attr", "appos", "oprd", "npadvmod")
            and sheet.words[c].tag.startswith("NNP")
        ):
            return c
    return None


@rule("whose words")
def _beside(sheet: Sheet, i: int) -> int | None:
    """The noun right before a cue whose subject the parser did not see: "Police Chief Starbuck said Monday"."""
    word = sheet.words[i]
    if word.tag not in ("VBD", "VBN", "VBZ", "VBP", "NNP", "NN") or (
        word.lower not in STRONG and word.lower not in MEDIUM
    ):
        return None
    if (i == 0 or sheet.words[i - 1].sentence != word.sentence) and word.tag in ("VBD", "VBN", "NN", "NNP"):
        at = i + 1  # "Said Ahab:"
        while at < len(sheet.words) and sheet.words[at].tag == "NNP" and sheet.words[at].region < 0:
            at += 1
        return at - 1 if at > i + 1 else None
    at = i - 1
    while at >= 0 and sheet.words[at].tag in ("RB", "MD") and i - at <= 3:
        at -= 1
    if at < 0 or sheet.words[at].region >= 0 or sheet.words[at].sentence != word.sentence:
        return None
    before = sheet.words[at]
    if before.tag in ("WP", "WDT") and at > 0:
        back = at - 1 - (sheet.words[at - 1].text == ",")
        return back if sheet.words[back].tag.startswith("NN") and sheet.words[back].region < 0 else None
    return (
        at
        if before.tag in ("NNP", "NN", "NNS", "NNPS", "PRP") and before.dep not in ("nsubjpass", "npadvmod")
        else None
    )


@rule("whose words")
def _antecedent(sheet: Sheet, verb: int, relative: int) -> int | None:
    """Whom a "who" before a verb stands for: the word that its clause hangs on."""
    head = sheet.words[verb].head
    if sheet.words[verb].dep == "relcl" and sheet.words[head].region < 0:
        near = relative - 1 - (relative > 1 and sheet.words[relative - 1].text == ",")
        told_on = any(w.lower == "who" for w in sheet.words[head + 1 : relative])
        return (
            near if told_on and sheet.words[near].tag == "NNP" else head
        )  # "Athos told Porthos, who told Aramis, who said"
    for c in range(relative - 1, max(-1, relative - 4), -1):
        if sheet.words[c].tag.startswith("NN"):
            return _who_is_there(sheet, c) if sheet.words[relative].lower == "who" else c
    return None


def _who_is_there(sheet: Sheet, noun: int) -> int:
    """Of "a merchant in Berlin who told me" the merchant: people, not places, are who tells."""
    word = sheet.words[noun]
    over = sheet.words[word.head]
    if (
        word.dep == "pobj"
        and over.lower in ("in", "at", "from", "near")
        and sheet.words[over.head].tag.startswith("NN")
    ):
        return over.head
    return noun


def relative_of(sheet: Sheet, source: CueSource) -> Span | None:
    """The "who" of "Ahab, who said", which stands for a source beside its cue."""
    for c in sheet.children[source.cue]:
        word = sheet.words[c]
        beside = word.start - source.mention.end <= 2 or sheet.words[source.cue].head == source.head
        if word.dep == "nsubj" and word.lower in _RELATIVE and word.start >= source.mention.end and beside:
            return Span(word.start, word.end)
    return None


def _pobj(sheet: Sheet, i: int, preposition: str) -> int | None:
    for c in sheet.children[i]:
        if sheet.words[c].lower == preposition:
            return sheet.child(c, "pobj", "pcomp")
    if i + 1 < len(sheet.words) and sheet.words[i + 1].lower == preposition:
        return sheet.child(i + 1, "pobj")
    return None


def _owner(sheet: Sheet, i: int) -> int | None:
    owner = sheet.child(i, "poss")
    if owner is None:
        owner = _pobj(sheet, i, "from") or _pobj(sheet, i, "by")
    return owner if owner is not None and sheet.words[owner].region < 0 else None


def mention_of(sheet: Sheet, head: int) -> Span:
    """The noun phrase around `head` as it is written: titles, modifiers and a following name, no clauses."""
    inside = {head}
    for c in sheet.children[head]:
        word = sheet.words[c]
        near = abs(c - head) <= _LONGEST_MENTION
        if not near or word.region >= 0:
            continue
        if c < head and word.dep in _LEFT:
            inside.update(w for w in sheet.subtree(c, _LONGEST_MENTION) if w < head)
        elif (
            c > head
            and word.dep == "prep"
            and word.lower in _RIGHT_PREPOSITIONS
            and word.start - sheet.words[head].end <= 2
        ):
            part = sheet.subtree(c, _LONGEST_MENTION + 2)
            if len(part) <= 8 and not any(sheet.words[w].tag in ("WP", "WDT", "VBD", "VBZ") for w in part):
                inside.update(part)
        elif c > head and word.dep == "appos" and c - head <= 6:
            inside.update(w for w in sheet.subtree(c, _LONGEST_MENTION) if head < w <= c)
    first, last = _run(sheet, inside, head)
    return Span(sheet.words[first].start, sheet.words[last].end)


def _run(sheet: Sheet, inside: set[int], head: int) -> tuple[int, int]:
    """The unbroken run of chosen words around the head (commas may stand in it), edges clear of punctuation."""
    first = last = head
    while first - 1 in inside or (
        first - 2 in inside and first > 1 and sheet.words[first - 1].text in ("-", ",", "’s", "'s", ".")
    ):
        first -= 1
    while last + 1 in inside or (
        last + 2 in inside and last + 1 < len(sheet.words) and sheet.words[last + 1].text in (",", "-", ".")
    ):
        last += 1
    while first < head and not sheet.words[first].text[0].isalnum():
        first += 1
    while last > head and not sheet.words[last].text[-1].isalnum():
        last -= 1
    return first, last


def is_group(sheet: Sheet, head: int) -> bool:
    """Whether the mention is one of several joined by "and"; "the senator and candidate" is one."""
    return any(
        sheet.words[c].dep == "conj"
        and sheet.words[c].tag in _NOUN_TAGS
        and sheet.words[c].tag != "JJ"
        and not _is_same(sheet, head, c)
        for c in sheet.children[head]
    )


def _is_same(sheet: Sheet, head: int, other: int) -> bool:
    """Whether a second calling is the same person's: it has no article of its own, or commas set the callings apart from a name."""
    one, two = sheet.words[head], sheet.words[other]
    if one.tag == "NNP" and two.tag == "NN" and is_person_noun(two.lower):
        opens = sheet.words[head + 1].text if head + 1 < len(sheet.words) else ""
        last = max(sheet.subtree(other, _LONGEST_MENTION), default=other)
        closes = sheet.words[last + 1].text if last + 1 < len(sheet.words) else ""
        return (
            opens == closes == "," and sheet.child(other, "det") is None
        )  # "Ahab, a whaler and Starbuck's captain, said"
    if one.tag != "NN" or two.tag != "NN" or one.lower not in PERSON_NOUNS or two.lower not in PERSON_NOUNS:
        return False
    return sheet.child(head, "det", "poss") is not None and sheet.child(other, "det", "poss") is None
