"""The product's nouns: frozen records, standard library only.

All offsets are Unicode code points into a Document's canonical text, start included, end excluded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

Kind = Literal["direct", "mixed", "turn", "reported", "passage"]
Intent = Literal["quote", "who_said", "passage", "none"]
Order = Literal["relevance", "latest"]
SpeakerType = Literal["person", "body", "unnamed"]
CreditKind = Literal["office", "apposition", "label", "spokesperson", "kinship", "description"]
Reason = Literal[
    "unknown_speaker",
    "ambiguous_speaker",
    "speaker_silent",
    "other_speaker",
    "no_match",
    "out_of_range",
    "not_a_question",
    "would_invent",
    "empty_corpus",
]
AnswerStatus = Literal["answered", "near", "abstained"]
Wording = Literal["same", "clipped", "differs"]
# Of a claimed quotation. "edited": exact but for what it marks as left out or put in; "uncredited": it stands in a
# document, and is nobody's quotation there; "hidden": an admin has hidden the words (told to admins alone).
Status = Literal["exact", "edited", "altered", "stitched", "other_speaker", "uncredited", "hidden", "not_found"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The half-open range `[start, end)` of a canonical text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def of(self, text: str) -> str:
        """The characters of `text` that this span covers."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def shifted(self, by: int) -> Span:
        """The same stretch in a text that starts `by` characters earlier (or later, when negative)."""
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True)
class Locator:
    """Where in the original a stretch of canonical text stands: "p. 3" of a PDF, "00:01:20" of a recording."""

    span: Span
    label: str


@dataclass(frozen=True, slots=True)
class Document:
    """One published text. What is not known about it is None, never a guess."""

    id: str
    path: str  # relative to the corpus folder, with forward slashes; the original file's name
    article: int  # 1, 2, … within a file that joins several texts
    sha256: str  # of the file's bytes
    text: str = field(repr=False)  # the canonical text of this article
    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    url: str | None = None
    summary_of: str | None = None  # set on our own briefs: the source that the brief sums up
    channels: tuple[str, ...] = ()  # Slack channels that alone may see it; empty: everybody
    body: tuple[Span, ...] = ()  # the running text, boilerplate left out; empty: all of it
    locators: tuple[Locator, ...] = ()
    # headings and lines in bold, of a format that tells them; needed only where the document is read, and kept nowhere
    apart: tuple[Span, ...] = field(default=(), repr=False, compare=False)
    speaker_given: str | None = None  # whose the running text is that no label gives to anybody, as a person states it
    speaker_given_by: str | None = None  # who states it: "the document's head", "its sidecar", an admin
    form: str | None = None  # "article", "speech", "transcript" …, as it was recognised when the document was read
    author: str | None = None  # who wrote it, as it says itself
    modified: date | None = None  # when it was last changed, as it says itself; never taken for `published`
    dated_by: str | None = None  # what says when it was published: "front matter", "structured data", "address" …
    taken: float = 1.0  # of the paragraphs that its file shows, 0 to 1
    form_by: str | None = None  # a sentence: by what its form was recognised
    whose: str | None = None  # a sentence: whose text it is where it is one person's, or why nobody is told
    told: float | None = None  # of its running text, 0 to 1, told as somebody's words; None: not counted
    intact: bool = field(
        default=True, repr=False, compare=False
    )  # False: stored facts were altered since they were read

    @property
    def text_sha256(self) -> str:
        """The hash that the gate compares: of the canonical text as UTF-8."""
        return text_sha256(self.text)


@dataclass(frozen=True, slots=True)
class Role:
    """An office somebody holds, with the dates that are known (None: open on that side)."""

    title: str  # "Secretary General", "foreign minister"
    of: str  # "NATO", "Lithuania"
    since: date | None = None
    until: date | None = None

    def held_on(self, day: date) -> bool:
        """Whether the office was held on `day`; the first and the last day count."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whoever is credited with words. `unnamed` sources are described, and have no id."""

    id: str | None
    name: str  # for an unnamed source its description, as the document has it
    type: SpeakerType = "person"

    @property
    def unnamed(self) -> bool:
        return self.type == "unnamed"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words somebody said, as one document gives them.

    `speaker` is None when the words are unattributed. `words_sha256` is what indexing recorded of the fragments;
    the gate recomputes it. `lead` is the sentence that leads into the quote, for finding it, never shown as part of it.
    """

    id: str
    document_id: str
    kind: Kind
    fragments: tuple[Span, ...]
    cue: Span | None = None
    mention: Span | None = None
    speaker: Speaker | None = None
    role: str | None = None  # the speaker's role at the time, as text: "NATO Secretary General"
    said_on: date | None = None
    confidence: float = 0.0  # 0 to 1, that the speaker is right
    evidence: str = ""  # a sentence: why this speaker
    lead: Span | None = None
    words_sha256: str = ""

    @property
    def narrated(self) -> bool:
        """Whether the words are the document's and not the speaker's own."""
        return self.kind in ("reported", "passage")

    @property
    def extent(self) -> Span:
        """From the first fragment's start to the last one's end."""
        return Span(self.fragments[0].start, self.fragments[-1].end)


@dataclass(frozen=True, slots=True)
class Credit:
    """What a document calls somebody: "the Belgian premier", "Miss Bennet's housekeeper".

    It holds on the document's date. One that was found in how a quote is credited goes with that quote: whoever corrects
    or hides the quote corrects or hides it too.
    """

    document_id: str
    speaker: Speaker
    kind: CreditKind
    span: Span  # of the words
    words: str  # what stands there
    of: str | None = None  # whose, where the words leave it to what stands before: the company of "its chairman"
    quote_id: str | None = None


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a document is understood to be: its quotes, and what is told of it as a whole (as in Document)."""

    quotes: tuple[Quote, ...]
    form: str | None = None
    form_by: str | None = None
    whose: str | None = None
    told: float | None = None

    def of(self, document: Document) -> Document:
        """The document with what is told of it."""
        return replace(document, form=self.form, form_by=self.form_by, whose=self.whose, told=self.told)


@dataclass(frozen=True, slots=True)
class Passage:
    """A token-bounded run of whole sentences of one document."""

    id: str
    document_id: str
    span: Span


@dataclass(frozen=True, slots=True)
class Question:
    """What was understood of a question. `topic` is what is left when speaker, dates and phrasing are taken out."""

    text: str
    intent: Intent
    speakers: tuple[Speaker, ...] = ()
    topic: str = ""
    since: date | None = None
    until: date | None = None
    publisher: str | None = None
    order: Order = "relevance"


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is asking where; decides which documents may be shown.

    `channel` is the Slack channel the answer will be seen in (None: a shell or a private place), `admin` sees everything.
    """

    channel: str | None = None
    admin: bool = False

    def may_see(self, channels: Sequence[str]) -> bool:
        """Whether a document limited to `channels` (none: open to all) may be shown here."""
        return self.admin or not channels or (self.channel is not None and self.channel in channels)


EVERYBODY = Audience()
ADMIN = Audience(admin=True)


@dataclass(frozen=True, slots=True)
class Source:
    """A further document that carries the same statement."""

    document: Document
    quote: Quote
    text: str
    link: str | None
    wording: Wording
    fragments: tuple[Span, ...] = ()  # those that `text` shows


@dataclass(frozen=True, slots=True)
class QuoteHit:
    """A verified quote, ready to be shown: everything a renderer needs.

    `text` is `display(fragments)`; `fragments` are those shown (a long statement may be shown in part: `truncated`).
    """

    quote: Quote
    document: Document
    text: str
    fragments: tuple[Span, ...]
    truncated: bool
    link: str | None
    context_before: str
    context_after: str
    score: float
    also_in: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One step of a word diff: what the true wording has, and what was claimed instead. Equal words have both."""

    op: Literal["equal", "replace", "delete", "insert"]
    true: str
    claimed: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand that are nobody's quotation: the document, and a link that highlights them."""

    document: Document
    link: str | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said of a claimed quotation: its status, the true quotes, and where the wording differs.

    `further` holds the verdicts on the other quotations of the same text, `note` what was left out of account.
    """

    claimed: str
    speaker: Speaker | None  # whom it was ascribed to
    status: Status
    message: str
    hits: tuple[QuoteHit, ...] = ()
    diff: tuple[Change, ...] = ()
    place: Place | None = None
    by_another: bool = False  # the words shown are not by whoever the claim names
    further: tuple[Verdict, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """Quotes in order, or a refusal (`reason` set) with its sentence and what is close.

    `close` holds short plain texts ("Jens Stoltenberg, on the invitation"), never shown as the answer. `near` holds the nearest
    words of whoever was asked, where nothing says just that: they are shown, and marked as not the answer.
    """

    question: Question
    quotes: tuple[QuoteHit, ...] = ()
    reason: Reason | None = None
    message: str = ""
    close: tuple[str, ...] = ()
    took_ms: float = 0.0
    code: str = ""  # which path refused, finer than the reason: a key of `retrieval.asking.refusals.CODES`
    decided: str = ""  # what decided so, with its amount
    trace: Mapping[str, Any] | None = None  # stage by stage what was seen, where it was asked for
    near: tuple[QuoteHit, ...] = ()
    checked: Verdict | None = None  # on the words that the question claims of somebody

    @property
    def answered(self) -> bool:
        return self.reason is None

    @property
    def status(self) -> AnswerStatus:
        return "answered" if self.answered else "near" if self.near else "abstained"


@dataclass(frozen=True, slots=True)
class Failure:
    """A corpus file that could not be taken, and the sentence that says why."""

    path: str
    error: str


# Reasons to pass over a file that nobody takes for a document.
NO_DOCUMENTS = frozenset(
    {"hidden", "facts about another file", "settings, no document", "about the folder, no document"}
)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file in the corpus folder that is no document, and why it was passed over."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Silence:
    """Something that a document does not say (no quote, no date) or that was not taken, and what to do about it."""

    path: str
    sentence: str


@dataclass(frozen=True, slots=True)
class DocumentAccount:
    """What a document was understood to be: its form, who speaks, how much of it is told."""

    path: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Report:
    """What one run of `sync` did. Counts of documents are of files' articles."""

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    renamed: tuple[str, ...] = ()
    unchanged: int = 0
    failed: tuple[Failure, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    silent: tuple[Silence, ...] = ()  # of the files that were read
    understood: tuple[DocumentAccount, ...] = ()  # likewise, where they were few
    documents: int = 0
    quotes: int = 0
    passages: int = 0
    seconds: float = 0.0


def text_sha256(text: str) -> str:
    """The sha256 of a text as UTF-8, in hex. Canonical texts hold no lone surrogates, so this never fails on one."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def words_sha256(text: str, fragments: Sequence[Span]) -> str:
    """The sha256 of the fragments' words, each closed by a NUL so that no two splits of the same words agree."""
    return text_sha256("".join(f.of(text) + "\0" for f in fragments))


def quote_id(document_id: str, text: str, fragments: Sequence[Span]) -> str:
    """A quote's id: the same as long as the same words stand at the same place of the same document."""
    place = ",".join(f"{f.start}-{f.end}" for f in fragments)
    return "q" + text_sha256(f"{document_id}|{place}|{words_sha256(text, fragments)}")[:15]
