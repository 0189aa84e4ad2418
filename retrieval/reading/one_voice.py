"""One person's text: a speech, a statement or a letter, whose it is, and its running text in parts that can be shown (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from retrieval.lexicon import UTTERANCES
from retrieval.model import Document, Span, Speaker
from retrieval.people import People
from retrieval.reading.form import FOREIGN, QUOTED, SPOKEN, Form, first_person, form_of, is_english
from retrieval.reading.interviews import Interview, asks, interview, leads, names_in
from retrieval.reading.label_forms import (
    OFFICES,
    Label,
    is_questioner,
    is_somebody,
    label_at,
    quoting_label,
    stopped_label,
)
from retrieval.reading.label_speakers import Labels
from retrieval.reading.layout import OPENING, STRAIGHT, Layout
from retrieval.reading.live_pages import entries
from retrieval.reading.turns import ends_speech, is_interlude, is_stage_direction
from retrieval.reading.whose_text import JOINT, Claim, Whose
from retrieval.sentences import sentences
from retrieval.spelling import folded

ENOUGH = 100  # words of a part, which then ends with its paragraph
MOST = 200  # words of a part: a longer paragraph is cut between sentences
_MOST_HEAD = 14  # paragraphs above the first running words
_TAIL = 8  # paragraphs below the last ones in which a signature or a note may stand
_FEW = 4  # of that many paragraphs one may be a heading
_SHORT = 12  # words of a line that may be a heading
_CLOSED = re.compile(r"(?:[.?!…:;,—–-])[”\"’'»)\]*_\s]*$")
_SMALL = re.compile(r"\b[a-zà-ÿ]{3,}")
_SALUTES = re.compile(
    r"(?:(?:[Mm]r|[Mm]adam|[Dd]ear|[Ff]riends|[Cc]olleagues|[Ll]adies|[Ee]xcellenc|[Yy]our\s(?:[Ee]xcell|[Mm]ajest|[Rr]oyal)|[Hh]onou?rable|[Mm]y\s|[Tt]hank|[Gg]ood\s|[Hh]ello|[Ff]ellow|[Dd]istinguished)\b)"
)
_KEYED = re.compile(r"[^\W\d_][\w ]{1,30}:\s")
_CLOSES = re.compile(
    r"\W*(?:(?:notes?\s(?:to|for)\seditors?|(?:press|media)\s(?:contact|enquir|inquir)\w*|contacts?:|ends?\b|for\s(?:further|more)\sinformation|about\s(?:the\s)?[A-Z])|#{2,}|\*{3,}|-{3,}|_{3,})",
    re.IGNORECASE,
)
# the head of a letter inside another: "From: …" and, within a few lines, when or to whom it was sent
_FROM = re.compile(
    r"^[>\s*]{0,8}From:[ \t]\S[^\n]*\n(?:[>\s*]{0,8}[A-Z][\w-]{1,12}:[^\n]*\n){0,3}?[>\s*]{0,8}(?:Sent|Date|To|Subject):",
    re.MULTILINE,
)
_BULLET = re.compile(r"(?:[-–•·‣●*]|\d{1,3}[.)])\s")
_VALEDICTION = re.compile(
    r"\W*(?:(?:yours|best|kind|warm)\s[\w ]{2,30}|sincerely(?:\syours)?|respectfully|signed|regards),?\W*$",
    re.IGNORECASE,
)
SEVERAL = 3  # people under whose names words are listed, from which a text is nobody's alone
_SAYS = r"(?:said|says|told|added|replied|insisted|went\son|continued|explained)"


@dataclass(frozen=True, slots=True)
class OneVoice:
    """One person's text: who that is (None: it is not told), why, and the parts of the running text that are his words."""

    speaker: Speaker | None
    role: str | None
    evidence: str
    parts: tuple[Span, ...] = ()
    label: Label | None = None
    replaces: bool = False  # the parts stand for the turn of the one label
    leads: tuple[Span, ...] = ()  # for each part the question that it answers; empty: there are none


@dataclass(frozen=True, slots=True)
class Heard:
    """What the form stage found: the document's form, and its one voice where it has but one."""

    form: Form
    voice: OneVoice | None = None


def heard(document: Document, taken: Layout, people: People) -> Heard:
    """The form of a document and, where its running text is one person's own, whose it is and in which parts."""
    if not is_english("\n".join(p.of(document.text) for p in taken.whole)):
        return Heard(FOREIGN)
    labels = {turn.label.name(document.text) for turn in taken.turns}
    voice = _Voice(document, taken, people, until=taken.turns[0].label.span.start if len(labels) > 1 else None)
    return voice.heard()


class _Voice:
    """Finds the one voice of a document that has no labels, or one alone, or of the speech `until` the labels begin."""

    def __init__(self, document: Document, taken: Layout, people: People, *, until: int | None) -> None:
        self._document, self._text, self._taken, self._people = document, document.text, taken, people
        self._every = tuple(p for p in taken.whole if until is None or p.start < until)
        self._until = until
        self._head = _head(self._text, self._every, document.title)
        self._whose = Whose(document, people)
        self._label = self._one_label()
        self._interview = interview(document, self._every) if until is None and self._label is None else None

    def heard(self) -> Heard:
        """The form, and the voice where it is one person's text."""
        lines = [p.of(self._text) for p in self._every[: self._head]]
        claims = list(self._claims(lines))
        strong = [c for c in claims if not c.weak]
        signs = {
            "given": float(any(c.place == "given" for c in claims)),
            "whose": float(any(c.place in ("title", "head", "key") for c in strong)),
            "one label": float(self._label is not None),
            "lead-in": float(any(c.place == "lead-in" for c in strong)),
            "asked": float(self._interview is not None),
            "entries": float(bool(entries(self._document, self._every))),
        }
        if any(c.place == "byline" for c in claims):
            signs["byline"] = 1.0
        form = form_of(self._document, self._taken, lines, signs)
        if self._until is not None:
            return Heard(form, self._before_labels(claims))
        if self._interview is not None and form.name == "interview":
            return Heard(form, self._answered(self._interview))
        return Heard(form, self._voice(form, claims, lines) if form.of_one else None)

    def _answered(self, found: Interview) -> OneVoice:
        """The answers of an interview: the guest's, where its title and what leads in name one and nobody else."""
        speaker, why = self._guest(found)
        parts: list[Span] = []
        leads: list[Span] = []
        for question, numbers in found.answers:
            told = list(self._parts([[piece for n in numbers for piece in self._cut(self._every[n])]]))
            parts += told
            leads += [self._every[question]] * len(told)
        role = speaker[1] if speaker else None
        return OneVoice(speaker[0] if speaker else None, role, why, tuple(parts), leads=tuple(leads))

    def _guest(self, found: Interview) -> tuple[tuple[Speaker, str | None] | None, str]:
        """Who is asked; nobody where the page names nobody, or several of whom its title makes none the guest."""
        if given := self._document.speaker_given:
            by = self._document.speaker_given_by or "whoever added it"
            return self._whose.person(given) or (self._whose.unlisted(given), None), f"speaker given by {by}: “{given}”"
        title = self._document.title or ""
        lines = [p.of(self._text) for p in self._every[: found.head]]
        askers = set(map(_surname, names_in(self._document.author or "")))
        named = {
            _surname(name): name
            for line in (title, *lines)
            for name in names_in(line)
            if _surname(name) not in askers and self._whose.person(name) is not None
        }
        asking = {last for last, name in named.items() if any(asks(line, name) for line in lines)}
        guests = [name for last, name in named.items() if last not in asking]
        if len(guests) > 1:
            guests = [name for name in guests if leads(title, name)]
        person = self._whose.person(guests[0]) if len(guests) == 1 else None
        if person is None:
            return None, "an interview, but whom it asks is not told: give `speaker:`"
        return person, f"an interview: its head names “{guests[0]}”"

    def _before_labels(self, claims: Sequence[Claim]) -> OneVoice | None:
        """The speech of whom the head names, where the labels begin only below it: the questions that followed."""
        claim = next((c for c in claims if c.place == "given" or (not c.weak and c.place in _NAMED)), None)
        parts = tuple(self._parts())
        plain = "\n".join(part.of(self._text) for part in parts)
        if (
            claim is None
            or len(plain.split()) < ENOUGH
            or first_person(plain) < SPOKEN / 2
            or self._is_told_of(claim.speaker, claim.phrase)
        ):
            return None
        by = self._document.speaker_given_by if claim.place == "given" else None
        given = f"speaker given by {by or 'whoever added it'}" if claim.place == "given" else _PLACES[claim.place]
        return OneVoice(claim.speaker, claim.role, f"what stands before the labels: {given} “{claim.phrase}”", parts)

    def _called(self, lines: Sequence[str]) -> bool:
        """Whether the title or the head calls the text a speech, a statement or the like."""
        return bool(UTTERANCES & set(folded(" ".join((self._document.title or "", *lines))).split()))

    def _voice(self, form: Form, claims: Sequence[Claim], lines: Sequence[str]) -> OneVoice:
        if self._holds_letters():
            why = "letters of several people stand in it: give `speaker:` only where one wrote all of it"
            return OneVoice(None, None, why)
        if self._document.speaker_given is None and self._lists_others():
            return OneVoice(None, None, "it lists what several people said, each under a name")
        claim, why = _decided(
            form, claims, called=form.name == "letter" or self._called(lines), by=self._document.speaker_given_by
        )
        if claim is None:
            return OneVoice(None, None, why)
        if claim.place != "given" and self._is_told_of(claim.speaker, claim.phrase):
            return OneVoice(None, None, f"it tells what {claim.speaker.name} said, and is not that person's own text")
        parts = tuple(self._parts())
        return OneVoice(claim.speaker, claim.role, why, parts, self._label, replaces=bool(parts))

    def _holds_letters(self) -> bool:
        """Whether the head of another letter stands in the text, beyond its own."""
        first = self._every[min(self._head, len(self._every) - 1)].start if self._every else 0
        return self._document.speaker_given is None and _FROM.search(self._text, first) is not None

    def _lists_others(self) -> bool:
        """Whether paragraph after paragraph is somebody's name and words in quotation marks."""
        every, marked = self._taken.paragraphs, self._taken.regions
        labels = (quoting_label(self._text, every[n], marked[n][0].outer.start) for n in marked)
        return len({label.name(self._text) for label in labels if label is not None}) >= SEVERAL

    def _claims(self, lines: Sequence[str]) -> Iterator[Claim]:
        """Whatever says whose text it is, the surest first."""
        if given := self._document.speaker_given:
            found = self._whose.person(given) or (self._whose.unlisted(given), None)
            yield Claim("given", given, found[0], found[1])
        if self._label is not None and not is_questioner(self._label.name(self._text)):
            yield from self._labelled(self._label.name(self._text))
        for place, line in (
            ("title", self._document.title or ""),
            *(("head", line) for line in lines),
            ("head", " ".join(lines)),
        ):
            for phrase, apart in self._whose.of_line(line):
                yield from self._claim(place, phrase, weak=apart)
        for n in range(self._head, min(self._head + 1, len(self._every))):
            if self._every[n].end - self._every[n].start < 600 and (led := self._leads_in(n)):
                yield from self._claim("lead-in", led)
        for line in lines:
            led = self._whose.of_lead_in(line) if _is_lead_in(line) else None
            if led:
                yield from self._claim("lead-in", led)
        if said := self._whose.of_self():
            yield from self._claim("self", said)
        yield from self._bare(lines)

    def _bare(self, lines: Sequence[str]) -> Iterator[Claim]:
        """Names that stand alone: in the head, behind "By", as the page's author, below the text."""
        if (author := self._document.author) and (named := self._whose.bare(author)):
            yield from self._claim("byline", named[0], weak=True, role=named[1])
        for line in lines:
            named = self._whose.bare(line)
            if named:
                by = line.strip("*_# ").lower().startswith(("by ", "author"))
                place = "byline" if by else "line" if named[1] is None else "key"
                yield from self._claim(place, named[0], weak=place != "key", role=named[1])
        called = set(folded(self._document.title or "").split())
        if "joint" in called and called & UTTERANCES:
            return  # a name below it is one of those who signed
        for n in range(max(self._head, len(self._every) - _TAIL), len(self._every)):
            line = self._every[n].of(self._text)
            named = self._whose.bare(line) if not _is_running(line) and n else None
            if named:
                signed = bool(_VALEDICTION.match(self._every[n - 1].of(self._text)))
                yield from self._claim("signature", named[0], weak=not signed)

    def _claim(self, place: str, phrase: str, *, weak: bool = False, role: str | None = None) -> Iterator[Claim]:
        found = self._whose.person(phrase)
        if found is not None and (found[0].type == "person" or place not in _ALONE):
            yield Claim(place, phrase.removeprefix(JOINT), found[0], found[1] or role, weak)

    def _labelled(self, label: str) -> Iterator[Claim]:
        labels = Labels(self._text, self._document.title, self._document.published, self._people, [label])
        speaker, _ = labels.speaker(label)
        if speaker is not None and not set(folded(speaker.name).split()) <= OFFICES:
            office = speaker.unnamed or self._whose.person(label) is None
            yield Claim("label", label, speaker, labels.role(label), weak=office)

    def _leads_in(self, n: int) -> str | None:
        words = self._every[n].of(self._text)
        return self._whose.of_lead_in(words) if _is_lead_in(words) else None

    def _one_label(self) -> Label | None:
        """The one label that the text has, at its head."""
        if self._until is not None:
            return None
        if self._taken.turns:
            return self._taken.turns[0].label
        for n in range(min(self._head + 1, len(self._every))):
            dotted = stopped_label(self._text, self._every[n])
            label = dotted or label_at(self._text, self._every[n])
            if (
                label is not None
                and label.speech < self._every[n].end
                and (dotted or self._speaks(label, self._every[n]))
            ):
                return label
        return None

    def _speaks(self, label: Label, paragraph: Span) -> bool:
        """Whether what stands behind a label is said: a sentence, and the label a person's."""
        name = label.name(self._text)
        if not _is_running(self._text[label.speech : paragraph.end]) or set(folded(name).split()) & UTTERANCES:
            return False
        if label.capitals:
            return is_somebody(self._text, name)
        top = folded(" ".join((self._document.title or "", *(p.of(self._text) for p in self._every[: self._head]))))
        return self._whose.person(name) is not None and folded(name).split()[-1] in top.split()

    def _is_told_of(self, speaker: Speaker, phrase: str) -> bool:
        """Whether the running text is about the speaker: it says again and again what he said, or names him and has no "I"."""
        surname = re.escape(speaker.name.split()[-1])
        plain = QUOTED.sub(" ", "\n".join(w for p in self._every[self._head :] if _is_running(w := p.of(self._text))))
        if not speaker.unnamed and not first_person(plain):
            called = {w for w in folded(f"{speaker.name} {phrase}").split() if len(w) > 1} - {folded(surname)}
            for named in re.finditer(rf"((?:[A-Z][\w.’'\-]*\s){{1,4}}){surname}\b", plain):
                if called & set(folded(named[1]).split()):
                    return True  # "Today, Mayor Fezziwig opened the ball", and nobody says "I" or "we"
        told = re.findall(
            rf"\b{surname}\b,?\s(?:\w+ly\s|also\s)?{_SAYS}\b|\b{_SAYS}\s(?:[A-Z][\w.]*\s){{0,3}}{surname}\b", self._text
        )
        return len(told) > 1

    def _parts(self, runs: Iterable[Sequence[Span]] | None = None) -> Iterator[Span]:
        """The speaker's words, cut between paragraphs into parts of a length that can be shown."""
        open_part: list[Span] = []
        for run in self._runs() if runs is None else runs:
            for piece in run:
                words = sum(_words(self._text, p) for p in open_part)
                if open_part and words + _words(self._text, piece) > MOST and not self._quotes(piece):
                    yield Span(open_part[0].start, open_part[-1].end)
                    open_part = []
                open_part.append(piece)
                if words + _words(self._text, piece) >= ENOUGH:
                    yield Span(open_part[0].start, open_part[-1].end)
                    open_part = []
            if open_part:
                yield Span(open_part[0].start, open_part[-1].end)
                open_part = []

    def _quotes(self, piece: Span) -> bool:
        """Whether a paragraph opens with a quotation mark: whose words it holds stands before it."""
        return self._text[piece.start] in OPENING + STRAIGHT

    def _runs(self) -> Iterator[list[Span]]:
        """The stretches of running text between headings and what else is not spoken, each as paragraphs or sentences."""
        run: list[Span] = []
        found = list(self._spoken())
        marked = sum(spoken is False for _, spoken in found)
        for paragraph, spoken in found:
            if spoken is False and marked * _FEW > len(found):
                spoken = True  # lines without a full stop are not headings here
            if spoken is None:
                continue
            if not spoken:
                if run:
                    yield run
                run = []
                continue
            run += self._cut(paragraph)
        if run:
            yield run

    def _cut(self, paragraph: Span) -> Iterator[Span]:
        if _words(self._text, paragraph) <= MOST:
            yield paragraph
            return
        start, end = None, paragraph.start
        for sentence in sentences(self._text, paragraph):
            if start is not None and _words(self._text, Span(start, sentence.end)) > MOST:
                yield Span(start, end)
                start = None
            start, end = sentence.start if start is None else start, sentence.end
        if start is not None:
            yield Span(start, end)

    def _spoken(self) -> Iterator[tuple[Span, bool | None]]:
        """Each paragraph from the first running words on: spoken, apart (False), or a note that may stay inside (None)."""
        first = self._first()
        last = self._last(first)
        for n in range(first, last):
            paragraph = self._every[n]
            if self._label is not None and paragraph.start <= self._label.span.start < paragraph.end:
                paragraph = Span(min(self._label.speech, paragraph.end), paragraph.end)
            words = paragraph.of(self._text)
            if not any(c.isalnum() for c in words):
                continue
            if is_stage_direction(words) or is_interlude(self._text, paragraph):
                yield paragraph, None
            else:
                yield paragraph, not self._is_heading(n)

    def _first(self) -> int:
        if self._label is not None:
            return next(n for n, p in enumerate(self._every) if p.end > self._label.span.start)
        return self._head

    def _last(self, first: int) -> int:
        """The number behind the last paragraph that is spoken."""
        last = len(self._every)
        for n in range(first + 1, len(self._every)):
            label = label_at(self._text, self._every[n])
            asks = label is not None and is_questioner(label.name(self._text))
            late = n > len(self._every) - _TAIL or n > first + (len(self._every) - first) * 0.6
            closes = ends_speech(self._text, self._every[n]) and not self._every[n].of(self._text).startswith("# ")
            if asks or (late and (closes or _CLOSES.match(self._every[n].of(self._text)))):
                last = n
                break
        while last > first + 1 and self._is_below(last - 1):
            last -= 1
        return last

    def _is_below(self, n: int) -> bool:
        """Whether a paragraph at the end is no running text: a signature, a place, a mark."""
        words = self._every[n].of(self._text)
        if _BULLET.match(words) and len(words.split()) > 1:
            return False
        return (not _is_running(words) and not _SALUTES.match(words)) or bool(_VALEDICTION.match(words))

    def _is_heading(self, n: int) -> bool:
        words = self._every[n].of(self._text)
        if words.startswith("#"):
            return True
        if len(words.split()) > _SHORT or _CLOSED.search(words) or _SALUTES.match(words) or _BULLET.match(words):
            return False
        before = self._every[n - 1]
        apart = "\n" in self._text[before.end : self._every[n].start].replace("\r", "").replace("\n", "", 1)
        return apart or bool(_CLOSED.search(before.of(self._text)))


def _decided(form: Form, claims: Sequence[Claim], *, called: bool, by: str | None) -> tuple[Claim | None, str]:
    """The claim to follow, and why; None with the reason where nothing tells for sure.

    A name that stands alone counts where the head has `called` the text a speech, a letter or the like.
    """
    given = next((c for c in claims if c.place == "given"), None)
    labelled = next((c for c in claims if c.place == "label" and not c.weak), None)
    if given is not None and (labelled is None or _same(given.speaker, labelled.speaker)):
        return given, f"speaker given by {by or 'whoever added it'}: “{given.phrase}”"
    strong = [c for c in claims if not c.weak and c.place != "given"]
    claims = [c for c in claims if c.place not in ("line", "signature") or called]
    for claim in strong or sorted(claims, key=lambda c: c.speaker.unnamed):
        several = claim.speaker.unnamed and claim.place != "label"
        others = {c.speaker.name for c in strong if not _same(c.speaker, claim.speaker)} if not several else set()
        if others and claim.place != "label":
            return (
                None,
                f"one person's text, but its head names {claim.speaker.name} and {' and '.join(sorted(others))}: give `speaker:`",
            )
        if others and claim.place == "label":
            return claim, f"{form.told}, labelled “{claim.phrase}”"
        if several or not claim.speaker.unnamed:
            told = "a statement by several who speak as one" if several else form.told
            return claim, f"{told}: {_PLACES[claim.place]} “{claim.phrase}”"
    return None, "one person's text, but whose is not told: give `speaker:`"


_ALONE = frozenset(
    {"line", "byline", "signature", "key"}
)  # a body is not meant by its bare name: it may be a letterhead
_NAMED = frozenset({"title", "head", "key"})
_PLACES = {
    "title": "the title says",
    "head": "the head says",
    "label": "the label says",
    "lead-in": "the sentence above it says",
    "self": "the text says “I,”",
    "line": "the head names",
    "key": "a line of the head says",
    "byline": "the byline names",
    "signature": "it is signed",
}


def _surname(name: str) -> str:
    return folded(name).split()[-1] if name.split() else ""


def _same(one: Speaker, other: Speaker) -> bool:
    return (one.id is not None and one.id == other.id) or folded(one.name).split()[-1] == folded(other.name).split()[-1]


def _head(text: str, every: Sequence[Span], title: str | None) -> int:
    """How many paragraphs stand above the first running words: the title, a place, a time, a byline, a lead-in."""
    for n, paragraph in enumerate(every[:_MOST_HEAD]):
        words = paragraph.of(text)
        label = label_at(text, paragraph)
        if (
            label is not None
            and label.capitals
            and _is_running(text[label.speech : paragraph.end])
            and is_somebody(text, label.name(text))
            and not _is_key(words)
        ):
            return n
        if title and folded(words) == folded(title):
            continue
        if _is_lead_in(words) or _is_key(words) or is_stage_direction(words):
            continue
        if _BULLET.match(words) and not words.startswith("*"):
            return n
        if _is_running(words) or _SALUTES.match(words):
            return n
    return min(len(every), _MOST_HEAD)


def _is_key(words: str) -> bool:
    """Whether a line is a fact about the text: "Subjects: the roads of Kent; the mail coach"."""
    return bool(_KEYED.match(words)) and len(words.split()) <= 25 and not words.rstrip().endswith((".", "!", "?"))


def _is_lead_in(words: str) -> bool:
    """Whether a sentence only leads into the statement below it: "… released the following statement:"."""
    plain = words.rstrip('*_ \t"”')
    return plain.endswith(":") and len(plain.split()) < 90 and bool(UTTERANCES & set(folded(plain).split()))


def _is_running(words: str) -> bool:
    """Whether a paragraph is of sentences, and not a name, a place, a time or a heading."""
    plain = words.strip("*_ \t")
    if len(_SMALL.findall(plain)) < 1 or len(plain.split()) < 2:
        return False
    return bool(_CLOSED.search(plain)) or len(plain.split()) > 25


def _words(text: str, span: Span) -> int:
    return len(span.of(text).split())
