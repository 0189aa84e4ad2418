"""Which form a document has (article, speech, letter, transcript …), from what it shows of its own form (pure)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from retrieval.lexicon import UTTERANCES
from retrieval.linear import Linear, shares
from retrieval.model import Document, Span
from retrieval.reading.label_forms import is_questioner
from retrieval.reading.layout import Layout

NAMES: Mapping[str, str] = {
    "article": "an article",
    "speech": "a speech or statement by one person",
    "opinion": "a piece in the first person by its author",
    "letter": "a letter or a mail",
    "transcript": "a transcript",
    "interview": "an interview",
    "record": "a parliamentary record",
    "live": "a live page, entry by entry",
    "release": "a press release",
    "subtitles": "subtitles",
    "post": "a post or a thread",
    "foreign": "a text in another language than English",
}
# What each sign says for a form and against it; a sign lies between 0 and 1.
_WEIGHTS: Mapping[str, tuple[float, Mapping[str, float]]] = {
    "article": (1.0, {"told": 2.5, "byline": 0.7, "dateline": 0.5, "first person": -1.0}),
    "speech": (
        -1.5,
        {
            "given": 7.0,
            "clocks": -3.0,
            "whose": 3.5,
            "utterance": 1.3,
            "one label": 2.0,
            "lead-in": 1.5,
            "first person": 1.4,
            "address": 1.2,
            "delivered": 1.2,
            "stage": 0.8,
            "told": -1.5,
            "labels": -4.0,
            "questions": -2.0,
        },
    ),
    "opinion": (-2.5, {"byline": 2.2, "throughout": 2.3, "clocks": -3.0, "first person": 0.5, "told": -4.0, "labels": -4.0, "one label": -2.0}),
    "letter": (-1.0, {"dear": 3.0, "signed": 1.5, "mail": 4.0, "letter": 1.5, "told": -1.0, "labels": -3.0}),
    "transcript": (-1.0, {"labels": 4.0, "clocks": 4.0, "stage": 0.3, "first person": 0.5, "one label": 1.0}),
    "interview": (-1.5, {"labels": 2.0, "questions": 2.0, "interview": 2.5, "asked": 5.5}),
    "live": (-1.0, {"entries": 6.0, "labels": -4.0}),
    "record": (-1.5, {"labels": 2.0, "dotted": 2.5, "parliament": 3.0, "one label": 0.5}),
    "release": (-1.0, {"release": 3.5, "dateline": 0.7, "contact": 1.0, "told": 0.5}),
    "subtitles": (-1.0, {"captions": 6.0}),
    "post": (-1.5, {"posts": 4.0, "handles": 2.5}),
}  # fmt: skip
_MODELS = {name: Linear(bias, weights) for name, (bias, weights) in _WEIGHTS.items()}
_SHOWN: Mapping[str, str] = {
    "given": "whoever added it says who speaks",
    "whose": "its head says whose words it is",
    "utterance": "its head calls it a speech, a statement or the like",
    "one label": "one speaker's label stands at its head",
    "labels": "speakers' labels stand before what they say",
    "questions": "questions are asked in it",
    "asked": "questions that are set apart are answered in the first person",
    "entries": "its entries stand under their times",
    "lead-in": "a sentence leads into somebody's statement",
    "first person": "it speaks in the first person",
    "throughout": "its author says “I” from beginning to end",
    "address": "it addresses its listeners",
    "delivered": "it says how it was delivered",
    "stage": "it notes applause or the like",
    "told": "it tells what others said",
    "byline": "a byline names its author",
    "dateline": "it opens with a dateline",
    "dear": "it opens with “Dear …”",
    "signed": "it is signed",
    "mail": "it is an e-mail",
    "letter": "its title calls it a letter",
    "interview": "its head calls it an interview",
    "dotted": "its labels end in full stops",
    "parliament": "its head is that of a parliament's record",
    "release": "it is marked for release",
    "contact": "it names whom the press may ask",
    "captions": "its lines are timed captions",
    "clocks": "a clock stands at each of its lines",
    "posts": "its posts are signed with a handle",
    "handles": "its lines begin with handles",
}
SPOKEN = 0.03  # of the words of a speech so many are "I", "we" and their like
_FEWEST = 40  # words: of a shorter text the share says nothing
_LONGEST = 60_000  # characters of a text that are looked at
_FIRST_PERSON = re.compile(r"\b(?:I|[Mm]e|[Mm]y|[Ww]e|[Uu]s|[Oo]urs?)\b")
_ALONE = re.compile(r"\bI\b|\b[Mm]y\b")
_WORD = re.compile(r"[^\W\d_]+")
QUOTED = re.compile(r"[“\"„«][^“”\"„«»\n]{0,2000}[”\"»]")
_TELLING = re.compile(
    r"[,.?!…][”\"’]\s(?:[\w.’'\-]+\s){0,4}?(?:said|says|told|added|wrote|asked|replied|insisted|warned)\b"
    r"|\b(?:said|says|told|added|wrote|warned)\b[^“”\"\n]{0,60}[,:]?\s[“\"]|\b(?:he|she|they|spokes\w+)\s(?:said|added|told|says)\b"
)
_ADDRESSES = re.compile(
    r"\b(?:(?:good\s(?:morning|afternoon|evening))|ladies\sand\sgentlemen|thank\syou|dear\s(?:friends|colleagues|guests|fellow)"
    r"|(?:mr|mister|madam)\.?\s(?:president|speaker|chair\w*|secretary)|(?:your\s)?excellenc(?:y|ies)|my\sfellow|distinguished\s\w+|friends,)",
    re.IGNORECASE,
)
_DELIVERED = re.compile(
    r"\b(?:as|for|against|upon)\s(?:prepared|delivered|delivery)\b|\bE\s?&(?:amp;)?\s?O\s?E\b|\bspoken\sword\b",
    re.IGNORECASE,
)
_STAGE = re.compile(r"[\[(](?:applause|laughter|cheers|inaudible|crosstalk|music)[^\])\n]{0,40}[\])]", re.IGNORECASE)
DATELINE = re.compile(r"[A-Z][A-Z .,'’\-]{2,40}(?:,\s[\w. ]{2,30})?\s(?:\([^()\n]{2,30}\)\s)?[–—-]+\s")
_RELEASE = re.compile(
    r"\b(?:for\s(?:immediate\s)?release|press\srelease|news\srelease|media\srelease)\b", re.IGNORECASE
)
_CONTACT = re.compile(
    r"^[^\w\n]*+(?:press|media)\s?(?:contacts?|enquir\w+|inquir\w+)\b|^[^\w\n]*+notes?\s(?:to|for)\seditors?\b",
    re.IGNORECASE | re.MULTILINE,
)
_DEAR = re.compile(r"(?:Dear|To\sthe\sEditors?|Sirs?,)\b")
_SIGNED = re.compile(
    r"^[^\w\n]*+(?:(?:yours|best|kind|warm)\s[\w ]{2,30}|sincerely(?:\syours)?|respectfully|signed|regards),?:?[^\w\n]*+$",
    re.IGNORECASE | re.MULTILINE,
)
BYLINE = re.compile(r"(?:by|written\sby|author\s?:)\s+(?=[^\W\d_])", re.IGNORECASE)
_PARLIAMENT = re.compile(
    r"\b(?:Congressional\sRecord|Hansard|House\sof\s(?:Commons|Lords|Representatives)\s(?:Debates|Journal)|Record\sof\sthe\s\w+\s(?:Assembly|House|Senate)|Plenary\s(?:sitting|record))\b",
    re.IGNORECASE,
)
_INTERVIEW = re.compile(r"\b(?:interview(?:s|ed)?|Q\s?&(?:amp;)?\s?A|in\sconversation)\b", re.IGNORECASE)
_HANDLE = re.compile(r"^@\w{2,30}\b", re.MULTILINE)
_CLOCK = re.compile(r"[\[(]\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?[\])]|^\d{1,2}:\d{2}(?::\d{2})?\b", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Form:
    """A document's form: its name (a key of `NAMES`), a sentence that says by what it shows, and how sure that is, 0 to 1."""

    name: str
    evidence: str
    score: float

    @property
    def told(self) -> str:
        """The form as a person would say it: "a speech or statement by one person"."""
        return NAMES[self.name]

    @property
    def of_one(self) -> bool:
        """Whether the running text can be one person's own words."""
        return self.name in ("speech", "opinion", "letter")


# Words that English cannot do without, and that hardly stand in other languages
_ENGLISH = frozenset(
    "the and of to that is was for with it on have are this not be they we you but from has were will he his".split()  # noqa: SIM905 - a list of words reads better as one
)
_ENGLISH_SHARE = (
    0.06  # of 268 English documents the poorest had 0.13, of 27 German, Spanish and Polish ones the richest 0.01
)
FOREIGN = Form("foreign", "hardly any of its words are English", 1.0)


def is_english(text: str) -> bool:
    """Whether a text is in English, as far as it is long enough to tell."""
    words = _lower(text[:_LONGEST])
    return len(words) < _FEWEST or sum(w in _ENGLISH for w in words) >= _ENGLISH_SHARE * len(words)


def form_of(document: Document, taken: Layout, head: Sequence[str], signs: Mapping[str, float]) -> Form:
    """The form of a document with these lines at its head; `signs` holds what is known of it already ("whose", "given")."""
    found = {**signs_of(document, taken, head), **signs}
    totals = {name: model.total(found) for name, model in _MODELS.items()}
    best = max(totals, key=lambda name: totals[name])
    score = shares(list(totals.values()))[list(totals).index(best)]
    weights = _MODELS[best].weights
    shown = sorted((s for s in found if found[s] * weights.get(s, 0.0) >= 0.3), key=lambda s: -found[s] * weights[s])
    if not shown:
        return Form("article", "its form is not recognised, and it is read as an article", round(score, 2))
    return Form(best, "; ".join(_SHOWN[s] for s in shown[:3]), round(score, 2))


def signs_of(document: Document, taken: Layout, head: Sequence[str]) -> dict[str, float]:
    """What a document shows of its own form, each between 0 and 1."""
    text = document.text[:_LONGEST]
    plain = QUOTED.sub(" ", text)
    top = "\n".join((document.title or "", *head))
    labels = {turn.label.name(document.text) for turn in taken.turns}
    named = {name for name in labels if not is_questioner(name)}
    suffix = PurePosixPath(document.path).suffix.lower()
    return {
        "utterance": float(bool(UTTERANCES & set(_lower(top)))),
        "one label": float(len(named) == 1 and len(labels) == 1),
        "labels": float(len(labels) > 1),
        "questions": float(any(is_questioner(name) for name in labels)),
        "first person": min(1.0, first_person(plain) / SPOKEN),
        "throughout": throughout(plain),
        "address": float(bool(_ADDRESSES.search(plain[:1_500]) or _ADDRESSES.search(plain[-400:]))),
        "delivered": float(bool(_DELIVERED.search(top + "\n" + text[:400]))),
        "stage": float(bool(_STAGE.search(text))),
        "told": _told(text, taken),
        "byline": float(any(BYLINE.match(line) for line in head)),
        "dateline": float(any(DATELINE.match(line) for line in text[:600].splitlines())),
        "release": float(bool(_RELEASE.search(text[:400]))),
        "contact": float(bool(_CONTACT.search(text))),
        "dear": float(any(_DEAR.match(line.strip("*_ ")) for line in text[:800].splitlines())),
        "signed": float(bool(_SIGNED.search(document.text[-600:]))),
        "mail": float(suffix == ".eml"),
        "letter": float("letter" in _lower(document.title or "")[:4]),
        "captions": float(suffix in (".srt", ".vtt")),
        "parliament": float(bool(_PARLIAMENT.search(top + "\n" + text[:400]))),
        "interview": float(bool(_INTERVIEW.search(top))),
        "dotted": float(len(labels) > 1 and all(t.label.speech and text[t.label.speech - 3 : t.label.speech].rstrip()[-1:] == "." for t in taken.turns[:3])),
        "clocks": float(len(_CLOCK.findall(text)) * 3 > text.count("\n") > 6),
        "handles": min(1.0, len(_HANDLE.findall(text)) / 3),
    }  # fmt: skip


def first_person(plain: str) -> float:
    """The share of the words that are "I", "we" and their like."""
    return len(_FIRST_PERSON.findall(plain)) / max(_FEWEST, len(_WORD.findall(plain)))


def throughout(plain: str) -> float:
    """1 where each fifth of a text says "I" or "my", less where not all do."""
    step = max(1, len(plain) // 5)
    parts = [plain[at : at + step] for at in range(0, step * 5, step)]
    saying = sum(bool(_ALONE.search(part)) for part in parts)
    return {5: 1.0, 4: 0.6}.get(saying, 0.0) if first_person(plain) >= SPOKEN / 2 else 0.0


def _told(text: str, taken: Layout) -> float:
    """How much of a text tells what somebody said: a fifth of its paragraphs or more is 1."""
    looked = [p for p in taken.paragraphs[:400] if p.end - p.start > 60]
    telling = sum(bool(_TELLING.search(text, p.start, min(p.end, p.start + 3_000))) for p in looked)
    return min(1.0, 5 * telling / max(1, len(looked)))


def _lower(line: str) -> list[str]:
    return [w.casefold() for w in _WORD.findall(line)]


def letters(text: str, spans: Sequence[Span]) -> int:
    """How many letters these stretches of a text hold."""
    return sum(c.isalpha() for span in spans for c in span.of(text))
