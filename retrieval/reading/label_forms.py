"""Speakers' labels as they look, and taken apart into office and name (pure, linear)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from retrieval.lexicon import BODIES, FEMALE, MALE, PERSON_NOUNS, STRONG, is_person_noun
from retrieval.model import Span
from retrieval.spelling import COURTESY, SUFFIXES, folded

LONGEST_LABEL = 110
_SHORTEST = 3  # letters of a name before a full stop
_LONGEST_OFFICE = 14  # words of a label with an office in it
# What may stand before a label: a clock with or without the day, list and emphasis marks of Markdown, a question's number.
_LEAD = re.compile(
    r"(?:Q\d{1,3}\.?\s+)?(?:\s|[>*_#•·▪◦‣●-]|[\[(]?(?:\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},?\s)?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?(?:\s?[AaPp]\.?[Mm]\b\.?(?:\s[A-Z]{2,4}\b(?=\s[A-Z]))?)?[\])]?)*"
)
_QUESTION = re.compile(
    r"(?:Q|QUESTION|Question)(?:\s?[\[(][^\])\n]{1,60}[\])])?(?:[.:]\s*|\s*[-–—]\s+|\s{2,}|\t|\s(?=[\"“(—–A-Z]))"
)
# A label in brackets, or that is a link: "[SPEAKER_00]: …", "[Samuel Pickwick](https://…): …"
_ADDRESS = re.compile(r"<?(?:https?://|www\.)\S{1,2000}(?:\s+[\"'(][^\n]{0,200})?$")
_BOXED = re.compile(r"\[(?P<name>[^\]\n]{1,110})\](?:\([^()\s]{1,500}\))?\s?:")
_CLOCK_OR_ARROW = re.compile(r"\d:\d{2}|>>")
_FROM = re.compile(r"(?:And\s)?[Ff]rom\s(?:the\sdesk\sof\s)?(?=[A-Z])")
_NAME_RUN = r"[A-ZÀ-ÞŠŽ][\w.’'\-]*(?:\s(?:de|van|von|der|la|[A-ZÀ-ÞŠŽ][\w.’'\-]*)){1,3}"
# A name with what its bearer is, in small letters: "Charles Bingley, owner of Netherfield", "Club treasurer Nathaniel Winkle"
_DESCRIBED = re.compile(
    rf"(?P<name>{_NAME_RUN}),\s(?!(?:who|which|and|but|as|in|on|at)\b)[^,;.!?“”\"\n]{{3,80}}$"
    rf"|(?:(?:The|the|[A-Z][\w’'\-]*)\s)?[a-z][\w’'\-]*(?:\s[a-z][\w’'\-]*){{0,2}}\s(?P<behind>{_NAME_RUN})$"
)
_SET = r"(?:\s?[\[(][^\])\n]{1,60}[\])]){0,3}"
_NAMED = r"(?:[A-Z]{2,4}\.\s)?(?:(?:[A-ZÀ-Þ][a-z]{0,4}\.|[A-ZÀ-ÞŠŽ][\w’'\-]*|de|da|di|du|del|van|von|der|den|la|le|zu)\s){0,6}[A-ZÀ-ÞŠŽ][\w’'\-]*\w"
# "Mr. SAWYER of Missouri. I yield", "The SPEAKER pro tempore (Mr. Finn). …", "Josef Knecht, Vice-President of the Commission. – …"
_STOPPED = re.compile(
    rf"[\s*_>]*(?P<name>{_NAMED}(?:\spro\stempore)?)(?:\sof\s(?:the\s)?[A-Z]\w+(?:\s[A-Z]\w+)?)?{_SET}"
    r"(?:(?P<dash>(?:,\s(?P<role>[^\n.:“”\"]{2,90}))?\.\s[–—-]\s|(?<=[)\]])\s?[—–]\s?)|\.\s+)(?=[“\"‘'`(\[—–A-Z])"
)
# "A.  I did." of a deposition; not "A. J. Raffles"
_ANSWER = re.compile(r"(?:A|ANSWER|Answer)\.\s+(?=[\"“(\[—–A-Z])(?![A-Z]\.)")
BRACKETS = re.compile(r"\\?[\[(][^\])\n]{0,60}\\?[\])]")
_LONGEST_QUOTING = 700  # characters of a label with its link
_QUOTING = re.compile(
    r"[*_#>\s•–\[-]{0,10}(?P<name>[A-Z][^:“”\"\[\]]{2,200}?)(?P<close>[*_\s]{0,6}(?:\](?:\([^\s\[\]]{0,500}\))?)?[*_\s:]{0,10})"
)
_SPACED_DASH = re.compile(r"\s[–—-]\s")  # before an office: "NATHANIEL WINKLE – MEMBER FOR KENT"
CAPITALS = re.compile(r"[^\W\d_]+")
# "The Secretary of State for Defence (Plantagenet Palliser)"
_OFFICE_WITH_NAME = re.compile(r"[Tt](?:he|HE)\s[^(\[]{3,80}[(\[]((?:[A-Z][\w.'’\-]+\s+){1,4}[A-Z][\w'’\-]+)[)\]]")
_MEMBERS = re.compile(r"(?:An?|Several|Some|Many)\s(?:[Hh]on\.?|[Nn]oble)\s(?:[Mm]embers?|Lords?|Friends?)$")
SMALL_WORDS = frozenset(
    [
        "of",
        "the",
        "and",
        "for",
        "de",
        "da",
        "van",
        "von",
        "der",
        "del",
        "la",
        "le",
        "di",
        "du",
        "al",
        "bin",
        "ibn",
        "to",
        "in",
        "at",
    ]
)
# "Yes. LAWS: Good." is an answer and the next label
_STOP_WITHIN = re.compile(r"\b([A-Z][a-z]+)\.\s")
_ABBREVIATED = COURTESY | frozenset(
    {"st", "jr", "sr", "sec", "atty", "pres", "min", "asst", "dep", "cong", "supt", "insp", "det", "amb", "sgt"}
)
_NOT_LABELS = frozenset(
    [
        "note",
        "update",
        "photo",
        "image",
        "watch",
        "read",
        "more",
        "source",
        "sources",
        "related",
        "tags",
        "correction",
        "editor's",
        "video",
        "listen",
        "advertisement",
        "via",
        "by",
        "from",
        "to",
        "subject",
        "date",
        "cc",
        "time",
        "where",
        "when",
        "who",
        "what",
        "location",
        "venue",
        "https",
        "http",
        "re",
        "fwd",
        "sent",
        "attachments",
        "music",
        "pro",
        "con",
        "pros",
        "cons",
        "applause",
        "laughter",
        "silence",
        "inaudible",
        "crosstalk",
        "noise",
    ]
)
# What may be a label where a person is not known otherwise
ADDRESSED = re.compile(
    r"(?:The\s|THE\s)?(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Dame|Lord|Lady|Baroness|Hon|Rt|Sen|Rep|Gov|Gen|Adm|Capt|Col|Lt|Maj|Amb|Sec|SEN|REP|GOV|GEN|ADM|CAPT|COL|LT|MAJ|AMB|SEC|MR|MRS|MS|MISS|DR|SIR|DAME|LORD|LADY)\b"
)
_PUBLIC_OFFICE = frozenset(
    "president minister secretary chancellor chairman chairwoman chair ambassador admiral general commander director king "  # noqa: SIM905 - a list of words reads better as one
    "queen premier speaker governor senator congressman congresswoman representative commissioner colonel captain judge "
    "justice attorney professor spokesman spokeswoman spokesperson official pm operator chief officer".split()
)

QUESTIONERS = frozenset(
    [
        "q",
        "question",
        "questioner",
        "reporter",
        "journalist",
        "moderator",
        "host",
        "interviewer",
        "presenter",
        "compere",
        "caller",
        "listener",
        "operator",
        "participant",
        "audience",
        "member",
        "press",
        "anchor",
        "speaker",
        "unidentified",
        "unknown",
        "multiple",
        "several",
        "inaudible",
        "voice",
        "male",
        "female",
        "remark",
    ]
)


Closer = Literal["colon", "stop", "dash", "line"]


@dataclass(frozen=True, slots=True)
class Label:
    """A speaker's label: where its words stand, where the speech after it begins, and the frame it stands in."""

    span: Span
    speech: int
    capitals: bool
    closer: Closer = "colon"  # what sets the words apart from the speech; "line": they have a line to themselves
    marked: bool = (
        False  # a clock, a bracket, a link or ">>" stands with it: running text has none of these before a colon
    )
    told: bool = False  # an office in small letters stands with the name: "Charles Bingley, owner of Netherfield"

    def name(self, text: str) -> str:
        """The label as it is written, without brackets; of an office with a name in brackets, the name."""
        words = self.span.of(text)
        named = _OFFICE_WITH_NAME.match(words)
        plain = " ".join((named[1] if named else BRACKETS.sub(" ", words)).split()).strip(" *_:.")
        return _SPACED_DASH.sub(", ", plain)


def quoting_label(text: str, paragraph: Span, opening: int) -> Label | None:
    """The name, in bold, linked or before a colon, that a paragraph gives the words behind its first mark: "**Jane Eyre, governess:** “…”"."""
    found = _QUOTING.fullmatch(text, paragraph.start, opening) if opening - paragraph.start < _LONGEST_QUOTING else None
    if found is None or not (":" in found["close"] or "**" in found["close"]):
        return None
    first = [w.strip("*_") for w in found["name"].partition(", ")[0].split()]
    named = [w for w in first if w and w.casefold() not in SMALL_WORDS]
    whole = len(first) <= _LONGEST_OFFICE and all(w[0].isupper() or w[0] in "(&" for w in named)
    if not whole or folded(named[0]) in _NOT_LABELS or folded(found["name"].split()[-1]) in STRONG:
        return None  # "Jane Eyre, the governess, said: “…”" is a sentence
    return Label(Span(*found.span("name")), opening, capitals=False, marked=True, told=True)


def label_at(text: str, paragraph: Span) -> Label | None:
    """The label that opens a paragraph and that a colon or a question's letter closes, or None."""
    lead = _LEAD.match(text, paragraph.start, min(paragraph.end, paragraph.start + LONGEST_LABEL))
    start = lead.end() if lead else paragraph.start
    question = _QUESTION.match(text, start, paragraph.end)
    if question:
        speech = _past(text, question.end(), paragraph.end, "*_ ")  # "**Question:** When?"
        return Label(Span(start, start + len(question.group().rstrip(" \u00a0\t.:-–—"))), speech, capitals=True)
    answer = _ANSWER.match(text, start, paragraph.end)
    if answer:
        return Label(Span(start, text.index(".", start)), answer.end(), capitals=False)
    boxed = _BOXED.match(text, start, paragraph.end)
    limit = min(paragraph.end, start + LONGEST_LABEL)
    colon = _colon(text, start, limit) if boxed is None else boxed.end() - 1
    if colon <= start:
        return None
    speech = _past(text, colon + 1, paragraph.end, "*_")
    if speech == colon + 1 and speech < paragraph.end:
        return None  # "10:30", "https:"
    if _ADDRESS.match(text, speech, paragraph.end):
        return None  # "[Forge]: https://…" says where something stands, and nobody says it
    if boxed is not None:
        start, end = boxed.span("name")
        words = text[start:end].strip(" *_")
    else:
        end = end_of(text, start, colon)
        words = BRACKETS.sub(" ", text[start:colon]).strip(" *_")
    if (opening := _FROM.match(words)) is not None:  # of a press release: "From Chairwoman X: “…”"
        start, words = start + opening.end(), words[opening.end() :]
    marked = (
        boxed is not None
        or speech >= paragraph.end
        or "(" in text[start:end]
        or "[" in text[start:end]
        or _CLOCK_OR_ARROW.search(text, paragraph.start, start) is not None
    )
    capitals = is_label(words)
    if capitals is not None:
        return Label(Span(start, end), speech, capitals, marked=marked)
    described = _DESCRIBED.match(words)
    if described is None or words.partition(" ")[0].casefold() in _NOT_LABELS:
        return None
    name = described["name"] or described["behind"]
    at = text.index(name, start, end)
    return Label(Span(at, at + len(name)), speech, capitals=False, marked=marked, told=True)


def _past(text: str, at: int, end: int, marks: str) -> int:
    """Where the words begin behind white space and marks of emphasis."""
    while at < end and (text[at].isspace() or text[at] in marks):
        at += 1
    return at


def stopped_label(text: str, paragraph: Span) -> Label | None:
    """The label that opens a paragraph and that a full stop or a dash closes: "Mr. SAWYER. I yield.", "Ahab (Pequod)—Aye."."""
    found = _STOPPED.match(text, paragraph.start, min(paragraph.end, paragraph.start + LONGEST_LABEL + 60))
    if found is None:
        return None
    name, dashed = found["name"], found["dash"] is not None
    last = name.removesuffix(" pro tempore").split()[-1]
    bare = folded(last) in COURTESY or (name == last and folded(last) in OFFICES and not dashed)
    if bare or len(last) < _SHORTEST:
        return None  # "MR. SILVER: Aye", "SEC. PALLISER: No"
    capitals = sum(c.isupper() for c in last) * 2 > len(last)
    if not dashed and not (capitals or (" " in name and (ADDRESSED.match(name) or is_office(name)))):
        return None
    told = found["role"]
    end = found.end("role") if told and is_office(told) else found.end("name")
    return Label(
        Span(found.start("name"), end), found.end(), capitals, "dash" if dashed else "stop", marked=capitals or dashed
    )


def _colon(text: str, start: int, limit: int) -> int:
    """The first colon that stands in no brackets: "Mr THORNTON (Milton) (14:02): …"."""
    colon = text.find(":", start, limit)
    for bracket in BRACKETS.finditer(text, start, limit) if text[colon - 1 : colon].isdigit() else ():
        if bracket.start() < colon < bracket.end():
            colon = text.find(":", bracket.end(), limit)
    return colon


def is_label(words: str) -> bool | None:
    """True for a label in capitals, False for one like "Jonathan Harker", None when it is no label."""
    letters = CAPITALS.findall(words)
    if not letters or len(letters) > _LONGEST_OFFICE or any(c in words for c in '“”"?!;()[]'):
        return None
    if letters[0].casefold() in _NOT_LABELS or any(
        folded(m[1]) not in _ABBREVIATED for m in _STOP_WITHIN.finditer(words)
    ):
        return None
    big = [w for w in letters if w.casefold() not in SMALL_WORDS]
    if not big:
        return None
    if all(w.isupper() or w[:2] in ("Mc", "Mac") for w in big) and any(len(w) > 1 for w in big):
        return True
    longest = _LONGEST_OFFICE if is_office(words) else 8
    if len(letters) <= longest and all(w[0].isupper() for w in big):
        return False
    if _MEMBERS.match(words) or (words[0].isupper() and is_questioner(words)):
        return False  # "Audience member", "An hon. Member"
    return None


def is_office(label: str) -> bool:
    """Whether a label carries a public office: "NATO Secretary General Rassendyll", "Prime Minister"."""
    return any(w.casefold() in _PUBLIC_OFFICE for w in CAPITALS.findall(label))


def is_somebody(text: str, label: str) -> bool:
    """Whether a label that stands there once can be a person's: an office, or a name that the text has elsewhere.

    "QUOTE OF THE DAY" and "SPOTTED" are headings.
    """
    words = [w.casefold() for w in CAPITALS.findall(label)]
    if not words or is_questioner(label) or set(words) & _PUBLIC_OFFICE or ADDRESSED.match(label):
        return bool(words)
    last = words[-1]
    return len(last) > 1 and re.search(rf"\b{re.escape(last.capitalize())}\b", text) is not None


def is_questioner(label: str) -> bool:
    """Whether a label stands for whoever asks: their words are never the principal's."""
    words = [w.casefold() for w in CAPITALS.findall(label)]
    return bool(words) and all(
        w in QUESTIONERS or w.removesuffix("s") in QUESTIONERS or w in SMALL_WORDS for w in words
    )


def initials_of(label: str) -> str:
    """The initials that a later label may stand for a name with: "CN" for Captain Nemo."""
    return "".join(w[0] for w in label.removeprefix("The ").split() if w.casefold() not in SMALL_WORDS).upper()


def end_of(text: str, start: int, end: int) -> int:
    """Where a stretch ends without the white space behind it."""
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


# A speaker's label taken apart: "NATO Secretary General Rudolf Rassendyll" is an office and a name (pure).

Place = Callable[[str], str | None]

# The words that offices end in or go on with
OFFICES = frozenset(
    "president prime minister pm secretary general chancellor chairman chairwoman chair ambassador admiral commander "  # noqa: SIM905 - a list of words reads better as one
    "director king queen premier speaker vice deputy assistant under press foreign defense defence state "
    "secretary-general commissioner coordinator advisor adviser national security representative high sir madam lord "
    "lady dame sec spokesperson spokeswoman spokesman officer attorney justice governor senator judge first taoiseach".split()
)
_MATTERS = frozenset(
    "state defence defense foreign affairs interior finance treasury justice war trade security economy energy europe european".split()  # noqa: SIM905 - as above
)
# The last words of labels that name nobody
GENERIC = frozenset(
    "official officials spokesperson spokesman spokeswoman participant interpreter translator narrator "  # noqa: SIM905 - as above
    "staff aide voice man woman administration senior background speaker host anchor announcer audience "
    "crowd members member lords tempore clerk".split()
)
_ADDRESSED_BEHIND = re.compile(r",\s(?=(?:the\s)?(?:hon|rt|mr|mrs|ms|miss|dr|sir|dame|senator)\b)", re.IGNORECASE)
_TIES = frozenset(["of", "for", "to", "in", "at"])
_LINKS = frozenset(["and", "the", "&"])
_CALLINGS = PERSON_NOUNS | {"whip", "ceo"}
_ADDRESSES = frozenset(
    {
        "congressman",
        "congresswoman",
        "senator",
        "representative",
        "rep",
        "sen",
        "governor",
        "gov",
        "dr",
        "mr",
        "mrs",
        "ms",
    }
)


@dataclass(frozen=True, slots=True)
class LabelParts:
    """The office and the name of a label, each empty where the label has none."""

    office: str
    name: str


def names_body(label: str) -> bool:
    """Whether a name ends as a body's does: "Dingley Dell First Cricket Club"."""
    return not BODIES.isdisjoint(folded(label).split()[-1:])


def parts_of_label(label: str, place: Place) -> LabelParts:
    """The office and the name that a label gives; `place` tells countries and bodies."""
    front, comma, back = label.partition(", ")
    if not comma and names_body(label) and not is_office(label):
        return LabelParts("", label)
    if addressed := next((m for m in _ADDRESSED_BEHIND.finditer(label) if is_office(label[: m.start()])), None):
        front, back = (
            label[: addressed.start()],
            label[addressed.end() :],
        )  # "Minister for Roads, Bridges and Ferries, the Hon. …"
    if comma:
        titled = folded(back).split()[:2] and set(folded(back).split()[:2]) & COURTESY - _LINKS
        if is_office(front) and not (is_office(back) and not titled) and len(back.split()) > 1:
            return LabelParts(front, " ".join(w for w in back.split() if folded(w) not in COURTESY | SUFFIXES))
        return LabelParts(back if is_office(back) else "", front) if not is_office(front) else _split(front, place)
    return _split(label, place)


def _split(label: str, place: Place) -> LabelParts:
    words = label.split()
    low = [folded(w) for w in words]
    at = 0
    while (last := max((i for i, w in enumerate(low) if i >= at and _is_office(w, i)), default=-1)) >= 0:
        tie = next((i for i in range(at, last + 1) if low[i] in _TIES and i), None)
        at = _past_matters(low, last + 1 if tie is None else tie, place)
        if (
            at < len(low) and low[at] in _LINKS
        ):  # "Minister for Roads and Lesser Bridges": matters up to a form of address
            at = next((i for i in range(at, len(low)) if low[i] in COURTESY - _LINKS), len(low))
    # "Kent Congressman Nathaniel Winkle": what stands before a form of address goes with it
    behind = max((i + 1 for i, w in enumerate(low) if i > at and w in _ADDRESSES), default=0)
    given = next((i for i, w in enumerate(low) if i >= at and w in MALE | FEMALE), None)
    if given is not None or not at:
        before = range(at, len(low) - 1 if given is None else given)
        if called := [i + 1 for i in before if _is_calling(low[i], surely=given is not None)]:
            behind = max(
                behind, called[-1] if given is None else given
            )  # "MAYOR FEZZIWIG", "Club Whip Augustus Snodgrass"
        while behind > at + 1 and len(low[behind - 1]) == 1:
            behind -= 1  # "Club Whip A. Augustus Snodgrass"
    if behind and set(low[behind:]) - SUFFIXES:
        at = behind
    if not at:
        return LabelParts("", label)
    return LabelParts(" ".join(words[:at]), " ".join(w for w in words[at:] if folded(w) not in COURTESY))


def _is_calling(word: str, *, surely: bool) -> bool:
    """Whether a word before a name says what its bearer is; where a given name follows, nouns that are surnames too may."""
    last = word.rpartition(" ")[2]  # "co-founder"
    return last in _CALLINGS or (surely and is_person_noun(last))


def _is_office(word: str, at: int) -> bool:
    return word in OFFICES or (at == 0 and word in COURTESY)


def _past_matters(low: Sequence[str], at: int, place: Place) -> int:
    """Where the name begins behind "Minister of Foreign Affairs of Ruritania": the end when there is none."""
    while at < len(low) and low[at] in _TIES:
        at += 1
        while at < len(low) and low[at] in _LINKS:
            at += 1
        known = next((n for n in (4, 3, 2, 1) if at + n <= len(low) and place(" ".join(low[at : at + n]))), 0)
        start = at
        at += known
        while not known and at < len(low) and low[at] in _MATTERS | _LINKS:
            at += 1
        if at == start:
            at += 1
    return at
