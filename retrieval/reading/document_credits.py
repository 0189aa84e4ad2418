"""What a document calls each of its people, found once when it is read: the credits that are stored (pure)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from retrieval.lexicon import BODY_NOUNS, DETERMINERS
from retrieval.model import Credit, CreditKind, Document, Quote, Span, Speaker
from retrieval.people import People
from retrieval.reading.cast import Cast
from retrieval.reading.circumstances import speaker_of
from retrieval.reading.credit_phrases import Place, phrases, widened
from retrieval.reading.credits import heads_of
from retrieval.reading.parse import English, Sheet, laid_back, masked
from retrieval.reading.prepared_text import Prepared
from retrieval.reading.roles import Roles
from retrieval.role_words import KIN
from retrieval.spelling import folded

_MOST_MENTIONS = 60  # of one person that are looked at
_INTRODUCED = 3  # paragraphs in which somebody is introduced
_LONGEST_INTRODUCTION = 3_000
_PRONOUNS = frozenset("he she they it who i we you his her their him them".split())  # noqa: SIM905 - a list of words reads better as one
_OWN = re.compile(r"^(?:his|her|their|its)\b", re.IGNORECASE)
_NEAR = 1_500  # characters before a credit in which the body that it leaves out is named
_WORD = re.compile(r"[^\W\d_][\w’'\-]*")
_SHORT_FOR = re.compile(
    r"(?<![\w’'&.-])((?:[A-Z][\w’'&.-]{0,40}+\s{1,20}+(?:(?:of|for|to|the|and|on|in)\s{1,20}+){0,2}){2,9})\(([A-Z]{2,8})\)"
)
_ACRONYM = re.compile(r"\b[A-Z]{2,8}\b")
_HEADLINE = re.compile(
    r"(?P<who>(?:[\w.’'-]+\s+){1,5}?[\w.’'-]+?)\s*(?::|\b(?:says|said|warns|tells|vows|calls|claims|insists|urges|predicts)\b)"
)
_ANY_BODY = frozenset(
    [
        "group",
        "company",
        "organization",
        "organisation",
        "firm",
        "agency",
        "alliance",
        "panel",
        "party",
        "team",
        "outfit",
        "body",
    ]
)


@dataclass(frozen=True)
class Finder:
    """Finds the credits of one text. `quotes` are those that were found in it."""

    document: Document
    quotes: tuple[Quote, ...]
    sheets: tuple[Sheet, ...]
    cast: Cast
    roles: Roles
    people: People

    def everyone(self) -> tuple[Credit, ...]:
        """Every credit once, in the order in which they stand."""
        found = {(c.speaker, c.span): c for c in (*self._of_quotes(), *self._titled(), *self._around())}
        headline = self._headline({c.speaker for c in found.values()})
        if headline is not None:
            found[headline.speaker, headline.span] = headline
        return tuple(sorted(found.values(), key=lambda c: (c.span, c.speaker.name)))

    def _around(self) -> Iterator[Credit]:
        """What stands around the names in the parsed paragraphs."""
        for speaker, number, places in self._people():
            for at in places[:_MOST_MENTIONS]:
                sheet = self._sheet_at(at.start)
                words = self._words(sheet, at) if sheet else None
                for place, span in phrases(sheet, *words) if sheet and words else ():
                    if not self._names(span, number):
                        yield self._credit(speaker, span, place)

    def _people(self) -> Iterator[tuple[Speaker, int, list[Span]]]:
        """Everybody by name, with their number in the cast (-1: none) and where they are named."""
        for character in self.cast.characters:
            if character.person and not character.unnamed and not character.doubtful:
                places = [Span(m.start, m.end) for m in character.mentions]
                yield speaker_of(character, self.people), character.number, places
        named = {c.name for c in self.cast.characters}
        quoted = {q.speaker for q in self.quotes if q.speaker is not None and q.speaker.type == "person"}
        for speaker in sorted(quoted, key=lambda s: s.name):
            if speaker.name not in named and speaker.id not in {c.known for c in self.cast.characters}:
                found = re.finditer(rf"\b{re.escape(speaker.name)}\b", self.document.text)
                yield speaker, -1, [Span(*one.span()) for one in found]

    def _titled(self) -> Iterator[Credit]:
        """What stands around the names in the other paragraphs, found by patterns."""
        for titled in self.roles.titled:
            if self._sheet_at(titled.start) is not None:
                continue
            character = self.cast.characters[titled.character]
            low = max(0, titled.start - len(titled.words) - 4)
            upto = titled.start if titled.before_name else min(len(self.document.text), titled.start + 200)
            at = self.document.text.find(titled.words, low if titled.before_name else titled.start, upto)
            if at >= 0 and not character.doubtful:
                span = self._plain(Span(at, at + len(titled.words)))
                yield self._credit(
                    speaker_of(character, self.people), span, "before" if titled.before_name else "behind"
                )

    def _of_quotes(self) -> Iterator[Credit]:
        """What the words beside a quote, or its label, call whoever says it."""
        for quote in self.quotes:
            if quote.speaker is None or quote.mention is None:
                continue
            span = self._plain(self._whole(quote.mention) if quote.speaker.unnamed else quote.mention)
            words = [w.casefold() for w in _WORD.findall(span.of(self.document.text))]
            own = {folded(w) for w in _WORD.findall(quote.speaker.name)}
            says_more = (
                {folded(w) for w in words} - own if quote.speaker.unnamed else not own & {folded(w) for w in words}
            )
            if not words or set(words) <= _PRONOUNS or not says_more:
                continue
            text = self.document.text
            kind: CreditKind = "label" if quote.kind == "turn" else self._kind(span.of(text), "before")
            yield Credit(self.document.id, quote.speaker, kind, span, span.of(text), self._of(span), quote.id)

    def _headline(self, called: Set[Speaker]) -> Credit | None:
        """ "Harbour chief says …": whoever speaks most in the text below and is called nothing else there."""
        title = self.document.title or ""
        at, found = self.document.text.find(title) if title else -1, _HEADLINE.match(title)
        said = Counter(q.speaker for q in self.quotes if q.speaker is not None)
        speaker, n = said.most_common(1)[0] if said else (None, 0)
        if speaker is None or speaker.type != "person" or speaker in called or 2 * n <= said.total():
            return None
        return self._credit(speaker, Span(at, at + found.end("who")), "before") if found and at >= 0 else None

    def _whole(self, mention: Span) -> Span:
        """A mention with what is tied to it: "a clerk with the Coach Office"."""
        sheet = self._sheet_at(mention.start)
        words = self._words(sheet, mention) if sheet else None
        found = widened(sheet, words[0]) if sheet and words else None
        return found if found is not None and found.end > mention.end else mention

    def _plain(self, span: Span) -> Span:
        """A phrase without its article."""
        words = span.of(self.document.text)
        return Span(span.end - len(DETERMINERS.sub("", words)), span.end) if words[:1].isalpha() else span

    def _credit(self, speaker: Speaker, span: Span, place: Place) -> Credit:
        words = span.of(self.document.text)
        return Credit(self.document.id, speaker, self._kind(words, place), span, words, self._of(span))

    def _kind(self, words: str, place: Place) -> CreditKind:
        heads = list(heads_of(words)) or [""]
        if any(head.startswith("spokes") for head in heads):
            return "spokesperson"
        if heads[-1] in KIN:
            return "kinship"
        office = self.roles.office(words)
        if office is not None and self.people.titles.known(office.wording):
            return "office"
        return "apposition" if place == "behind" else "description"

    def _of(self, span: Span) -> str | None:
        """Whose a credit is that leaves it to what stands before: the company of "its chairman", what an acronym stands for."""
        words = span.of(self.document.text)
        short = [full for acronym in _ACRONYM.findall(words) if (full := self._acronyms.get(acronym))]
        if short:
            return short[0]
        if _OWN.match(words):
            return self._owner(span.start, of_person=not words.casefold().startswith("it"))
        nouns = [
            w for w in _WORD.findall(words) if w.islower() and w.removesuffix("’s").removesuffix("'s") in BODY_NOUNS
        ]
        before = self.document.text[max(0, span.start - 4) : span.start]
        bare = nouns and not any(w[0].isupper() for w in _WORD.findall(DETERMINERS.sub("", words))[:-1])
        if not nouns or not (bare or before.casefold().endswith("the ")):
            return None
        return self._body_named(nouns[0].removesuffix("’s").removesuffix("'s"), span.start)

    def _owner(self, at: int, *, of_person: bool) -> str | None:
        """Who or what "his" or "its" means: the last one named before in the paragraph, where it is the only one."""
        start = self.document.text.rfind("\n", 0, at) + 1
        named = [c for _, c in self.cast.named_in(start, at) if c.person == of_person]
        return named[-1].name if len({c.number for c in named}) == 1 else None

    def _body_named(self, noun: str, at: int) -> str | None:
        """The last body named before that is such a one: the association of "the association's director"."""
        before = [c for _, c in self.cast.named_in(max(0, at - _NEAR), at) if not c.person]
        before = [c for c in before if self.people.places.find(c.name) is None]
        fits = [c for c in before if any(_is_short_for(w, noun) for w in _WORD.findall(c.name.casefold()))]
        here = self.document.text.rfind("\n", 0, at) + 1
        near = [c for _, c in self.cast.named_in(here, at) if c in before and " " in c.name]
        fits = fits or (near if noun in _ANY_BODY else [])
        return fits[-1].name if fits else None

    @cached_property
    def _acronyms(self) -> dict[str, str]:
        """What the document says that its acronyms stand for."""
        found: dict[str, str] = {}
        for full, acronym in _SHORT_FOR.findall(self.document.text):
            words = full.split()
            capitals = [i for i, w in enumerate(words) if w[0].isupper()]
            if len(capitals) >= len(acronym):
                start = capitals[-len(acronym)]
                if "".join(w[0] for w in words[start:] if w[0].isupper()) == acronym:
                    found.setdefault(acronym, " ".join(words[start:]))
        return found

    def _names(self, span: Span, number: int) -> bool:
        """Whether a phrase goes on to somebody else, or begins with a name: it then says what another is."""
        inside = [(m, c) for m, c in self.cast.named_in(span.start, span.end) if c.person and c.number != number]
        owned = self.document.text[inside[0][0].end : inside[0][0].end + 2] in ("’s", "'s") if inside else False
        return bool(inside) and inside[0][0].start == span.start and not owned and inside[0][0].end == span.end

    @cached_property
    def _parsed(self) -> tuple[list[int], list[Sheet]]:
        sheets = sorted((s for s in self.sheets if s.words), key=lambda s: s.span)
        return [s.span.start for s in sheets], sheets

    def _sheet_at(self, at: int) -> Sheet | None:
        """The parsed paragraph that an offset lies in."""
        starts, sheets = self._parsed
        n = bisect_right(starts, at) - 1
        return sheets[n] if n >= 0 and at < sheets[n].span.end else None

    @staticmethod
    def _words(sheet: Sheet, span: Span) -> tuple[int, int] | None:
        """The words of a paragraph that a stretch covers."""
        inside = [i for i, w in enumerate(sheet.words) if w.region < 0 and span.start <= w.start and w.end <= span.end]
        return (inside[0], inside[-1] + 1) if inside else None


def introductions(ready: Prepared, quotes: Sequence[Quote], english: English) -> list[Sheet]:
    """The paragraphs, parsed, in which those who are quoted are named first; those that were parsed anyway left out."""
    quoted = {q.speaker.name.split()[-1] for q in quotes if q.speaker is not None and q.speaker.type == "person"}
    seen: Counter[str] = Counter()
    wanted: list[Sheet] = []
    for sheet in ready.sheets if ready.parsed else ():
        text = sheet.span.of(ready.text)
        named = {name for name in quoted if seen[name] < _INTRODUCED and name in text}
        seen.update(named)
        if named and not sheet.words and len(text) < _LONGEST_INTRODUCTION:
            wanted.append(sheet)
    forms = [masked(ready.layout.plain, sheet.span, sheet.regions) for sheet in wanted]
    parses = english.parse([form.text for form in forms]) if forms else ()
    return [
        laid_back(sheet.number, sheet.span, sheet.regions, form, parse, ())
        for sheet, form, parse in zip(wanted, forms, parses, strict=True)
    ]


def _is_short_for(word: str, noun: str) -> bool:
    """Whether a word is a noun, or an abbreviation of it: "Assn." for "association"."""
    letters = iter(noun)
    return word == noun or (
        len(word) > 2 and word[0] == noun[0] and len(word) < 5 and all(one in letters for one in word.strip("."))
    )


def credits_of(
    document: Document, quotes: Sequence[Quote], sheets: Sequence[Sheet], cast: Cast, roles: Roles, people: People
) -> tuple[Credit, ...]:
    """The credits of a document that was read."""
    return Finder(document, tuple(quotes), tuple(sheets), cast, roles, people).everyone()
