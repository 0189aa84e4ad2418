"""Whose words a text is, as its title, its head, its lead-in or its signature says in their own grammar (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.lexicon import BODIES, FEMALE, MALE, UTTERANCES
from retrieval.model import Document, Speaker
from retrieval.people import People
from retrieval.reading.form import BYLINE
from retrieval.reading.label_forms import GENERIC, OFFICES, is_office, parts_of_label
from retrieval.reading.label_offices import seat_of
from retrieval.reading.label_speakers import Labels
from retrieval.spelling import COURTESY, SUFFIXES, folded

_TOKEN = re.compile(r"[^\W_](?:[\w.’'+\-\u2060\u2010\u2011]*[\w’'])?\.?|[,:;–—|()&“”\"]")
_LINKS = frozenset("of the and for de van von der den la le al bin ibn du di del da dos to".split())  # noqa: SIM905 - a list of words reads better as one
_STOPS = frozenset(
    "on at in to after before during following with as regarding about via when while who marking upon ahead announcing "  # noqa: SIM905 - as above
    "honoring honouring commemorating over against under through during amid because by from".split()
)
_OF_DELIVERY = frozenset("as prepared for delivery delivered given made opening closing a the joint".split())  # noqa: SIM905 - as above
_PRESS = frozenset({"conference", "briefing"})  # others than those for the press are meetings
_OF_PRESS = frozenset({"press", "news", "media"})
_GIVES = frozenset("released issued made delivered gave published read posted shared".split())  # noqa: SIM905 - as above
_ADVERBS = frozenset("today yesterday later also has have".split())  # noqa: SIM905 - as above
_EMPTY = frozenset("hon rt honourable honorable excellency he hrh mp".split())  # noqa: SIM905 - as above
_MARKS = frozenset(',:;–—|()&“”"')
_TAKEN = frozenset({"a", "an", "the", "his", "her", "its", "our", "their", "how", "that"})  # by a verb
_LONGEST = 18  # words behind "by" that are looked at
_SELF = re.compile(r"(?<!\w)I, ((?:[A-Z][\w.’'\-]*\s){1,5}[A-Z][\w.’'\-]*),")
_ADDRESS = re.compile(r"(?<!\s)\s{0,20}<[^<>\s]{1,100}@[^<>\s]{1,100}>")  # behind the name of a mail's sender
_KEYED = re.compile(r"([^\W\d_][\w ]{1,40}?)\s?[:–—-]\s+(\S.{2,80})$")
_KEYS = frozenset("speaker speakers author by delivered name remarks statement from".split())  # noqa: SIM905 - as above
_NO_NAME = re.compile(r"[/!?(\[:;]")
_POSSESSIVE = re.compile(r"(?:[’']s|(?<=s)[’'])$")
_PLAIN_NAME = re.compile(r"[\w.,’'\-– ]+$")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Claim:
    """One place that says whose text it is: the words for the person, where they stand, and who that is."""

    place: str
    phrase: str
    speaker: Speaker
    role: str | None = None
    weak: bool = False  # a name that alone says nothing of whose words follow


# "Group of Seven (G-7)"
_SHORT_FORM = re.compile(r"\s?\([A-Z0-9][\w-]{0,8}\)")
_GROUP = re.compile(
    r"(?:(?:[Tt]he\s)?(?P<heads>(?:Leaders|Heads\sof\sState(?:\sand\s(?:of\s)?Government)?|(?:\w+\s)?Ministers|Governments|Members|Ambassadors)\sof\s\S.*)"
    r"|(?:[Tt]he\s)?(?P<whole>[A-Z0-9].*\s(?:Leaders|Heads\sof\sState(?:\sand\s(?:of\s)?Government)?|Ministers|Governments|Ambassadors))[’']?)$"
)


JOINT = "Joint: "
_SIDES = re.compile(r",\s(?:and\s|&\s)?|\s(?:and|&)\s")


def group_of(phrase: str) -> Speaker | None:
    """Several who speak as one, as a title calls them: "the Leaders of the Five Towns", and those of a "Joint: " statement."""
    joint = phrase.startswith(JOINT)
    plain = phrase.removeprefix(JOINT).strip(" ,’'")
    found = _GROUP.match(" ".join(word for word in plain.split() if word != "Joint").strip(" ,"))
    if found is not None:
        return Speaker(None, found["heads"] or found["whole"], "unnamed")
    several = joint and len(_SIDES.split(plain)) > 1
    return Speaker(None, re.sub(r"^[Tt]he\s", "", plain), "unnamed") if several else None


class Whose:
    """Reads whose words a document is; `labels` of the same document resolve the names."""

    def __init__(self, document: Document, people: People) -> None:
        self._text, self._title, self._published = document.text, document.title, document.published
        self._people, self._seat = people, seat_of(document, people)

    def person(self, phrase: str) -> tuple[Speaker, str | None] | None:
        """The person (or the known body) for whom a phrase stands, with the office that it gives; nobody where it names none."""
        if (group := group_of(phrase)) is not None:
            return group, None
        phrase = self._plain(phrase)
        if not phrase or len(phrase) > 140 or not phrase[0].isupper() or _NO_NAME.search(phrase):
            return None
        parts = parts_of_label(phrase, self._place)
        first = phrase.split()[0]
        if len(first) > 2 and first.isupper() and not phrase.isupper() and (known := self._behind_calling(parts.name)):
            return self._resolved(*known)  # "APNSA Samuel Pickwick"
        if not self._is_name(phrase, parts.office, parts.name):
            shorter = self._behind_calling(parts.name)
            return self._resolved(*shorter) if shorter else self._holder(phrase) or self._before_link(phrase)
        return self._resolved(phrase, None)

    def _resolved(self, phrase: str, calling: str | None) -> tuple[Speaker, str | None] | None:
        labels = Labels(self._text, self._title, self._published, self._people, [phrase])
        found, _ = labels.speaker(phrase)
        if found is None or found.unnamed:
            return None
        return found, (calling or labels.role(phrase) if found.type == "person" else None)

    def _behind_calling(self, phrase: str) -> tuple[str, str] | None:
        """A full name and the words before it that call its bearer something: "Second Gentleman Samuel Weller"."""
        words = phrase.split()
        for i in range(1, len(words) - 1):
            rest = " ".join(words[i:])
            given = folded(words[i]) in MALE | FEMALE and not self._people.is_ordinary(words[i])
            if (
                given
                and all(self._people.is_ordinary(w) or w.isupper() for w in words[:i])
                and self._is_name(rest, "", rest)
            ):
                return rest, " ".join(words[:i])
        return None

    def _before_link(self, phrase: str) -> tuple[Speaker, str | None] | None:
        """The full name that stands before what else a phrase has: "Dr. Jane Eyre for the Lowood School"."""
        front = re.split(r"\s(?:for|of|to|from)\s", phrase, maxsplit=1)[0]
        return (
            self._resolved(front, None)
            if front != phrase and " " in front and self._is_sure(front) and self._is_name(front, *self._split(front))
            else None
        )

    def unlisted(self, name: str) -> Speaker:
        """Whoever a person states to be the speaker, known from elsewhere or not."""
        return Speaker(re.sub(r"[^a-z0-9]+", "-", folded(name)).strip("-") or None, name)

    def of_line(self, line: str) -> Iterator[tuple[str, bool]]:
        """The phrases for whoever a line calls its author, each with whether a topic stands between: "Remarks by …"."""
        tokens = _TOKEN.findall(_SHORT_FORM.sub("", line))
        lows = [folded(t) for t in tokens]
        for i, low in enumerate(lows):
            if low in UTTERANCES and not (low in _PRESS and lows[i - 1 : i] not in [[w] for w in _OF_PRESS]):
                found = [(phrase, apart) for phrase, apart in self._around(tokens, lows, i) if apart is not None]
                found += [
                    (p, False) for p, apart in self._around(tokens, lows, i) if apart is None and self._is_sure(p)
                ]
                yield from found
                if any(self.person(phrase) for phrase, _ in found):
                    return

    def of_lead_in(self, words: str) -> str | None:
        """Who "released the following statement:"."""
        tokens = _TOKEN.findall(words)
        lows = [folded(t) for t in tokens]
        if not UTTERANCES & set(lows):
            return None
        for i, low in enumerate(lows):
            if low in _GIVES:
                end = i
                while end and lows[end - 1] in _ADVERBS:
                    end -= 1
                start = end
                while start and (tokens[start - 1][0].isupper() or (lows[start - 1] in _LINKS and start - 1)):
                    start -= 1
                return " ".join(tokens[start:end]) or None
        return None

    def of_self(self) -> str | None:
        """Who says "I, Samuel Pickwick, …"."""
        found = _SELF.search(self._text[:3_000])
        return found[1] if found else None

    def bare(self, line: str) -> tuple[str, str | None] | None:
        """The name that a line of the head is, or that stands behind "By" or behind a key, with the office that the key is."""
        plain = _ADDRESS.sub("", line.strip("*_# \t"))
        byline = BYLINE.match(plain)
        if byline:
            return plain[byline.end() :], None
        keyed = _KEYED.match(plain)
        if keyed and (is_office(keyed[1]) or folded(keyed[1]).split()[0] in _KEYS):
            return keyed[2], keyed[1] if is_office(keyed[1]) else None
        words = plain.replace(",", " ").split()
        alone = 2 <= len(words) <= 10 and plain[-1] not in ".:;!?" and not UTTERANCES & set(folded(plain).split())
        capital = all(w[0].isupper() or folded(w) in _LINKS for w in words)
        return (plain, None) if alone and capital and words[0][0].isupper() and _PLAIN_NAME.match(plain) else None

    def _around(self, tokens: Sequence[str], lows: Sequence[str], i: int) -> Iterator[tuple[str, bool | None]]:
        """The phrases around a word such as "speech"; None where they stand before it, and only a sure name is one."""
        if "joint" in lows[max(0, i - 2) : i]:  # whose it is besides, is not told by one name
            by = lows[i + 1 : i + 2] in (["by"], ["of"], ["from"])
            phrase = self._phrase(tokens, lows, i + 2, joint=True) if by else self._back(tokens, lows, i - 1)
            if by or phrase.endswith(("’", "'")):
                yield f"{JOINT}{phrase}", False
            return
        for j in range(i + 1, min(len(tokens), i + 18)):
            if tokens[j] in (":", ";", "–", "—", "|"):
                break
            near = all(
                low in _OF_DELIVERY or t in _MARKS or low in UTTERANCES
                for low, t in zip(lows[i + 1 : j], tokens[i + 1 : j], strict=True)
            )
            if lows[j] in ("by", "from") or (lows[j] == "of" and j == i + 1):
                if phrase := self._phrase(tokens, lows, j + 1):
                    yield phrase, not near
                    return
                break
        start = i
        while (
            start
            and i - start < 4
            and tokens[start - 1] not in _MARKS
            and not tokens[start - 1].endswith(("’s", "'s", "s’", "s'"))
        ):
            start -= 1
        if start and tokens[start - 1].endswith(("’s", "'s", "s’", "s'")):  # "Mr. Pickwick's opening speech"
            yield _POSSESSIVE.sub("", self._back(tokens, lows, start)), None
        elif start and tokens[start - 1] in (":", "–", "—", "|", ","):  # "Samuel Pickwick: speech at the Club"
            yield self._back(tokens, lows, start - 1), None
        elif not start and i:  # "Prime Minister Plantagenet Palliser Address to the Club"
            yield self._back(tokens, lows, i), None

    def _phrase(self, tokens: Sequence[str], lows: Sequence[str], at: int, *, joint: bool = False) -> str:
        """The words for a person from `at` on: capitals and what links them, up to a preposition or a mark."""
        end = at
        while end < len(tokens) and end - at < _LONGEST:
            word, low = tokens[end], lows[end]
            listed = end + 1 < len(tokens) and (tokens[end + 1][0].isupper() or (joint and lows[end + 1] == "and"))
            if word == "," and end + 1 < len(tokens) and (lows[end + 1] in SUFFIXES or listed):
                end += 1
                continue
            takes = end + 1 < len(lows) and lows[end + 1] in _TAKEN  # "Reaffirming Our Ties"
            gerund = low.endswith("ing") and (self._people.is_ordinary(low) or (takes and end > at))
            if (
                low == "to" and end > at and not self._split(" ".join(tokens[at:end]))[1]
            ):  # "Adviser to the President Jane Eyre"
                end += 1
                continue
            if (word in _MARKS and word != "&") or low in _STOPS or low in UTTERANCES or gerund:
                break
            if not word[0].isupper() and low not in _LINKS and word != "&":
                break
            end += 1
        ended = end < len(tokens) and lows[end] in _PRESS
        while end > at and (
            lows[end - 1] in _LINKS or tokens[end - 1] in _MARKS or (ended and lows[end - 1] in _OF_PRESS)
        ):
            end -= 1
        return " ".join(tokens[at:end]).replace(" ,", ",")

    def _back(self, tokens: Sequence[str], lows: Sequence[str], end: int) -> str:
        """The words for a person that end before `end`."""
        start = end
        while (
            start
            and (tokens[start - 1][0].isupper() or lows[start - 1] in _LINKS)
            and lows[start - 1] not in UTTERANCES
        ):
            start -= 1
        while start < end and lows[start] in _LINKS:
            start += 1
        return " ".join(tokens[start:end])

    def _plain(self, phrase: str) -> str:
        """A phrase without what says nothing of who it is, cut behind the first name where commas follow."""
        phrase = _SPACES.sub(" ", phrase).strip(" *_#.,;:–—-")
        words = [w for w in phrase.split() if folded(w) not in _EMPTY]
        while len(words) > 2 and folded(words[-1]) in OFFICES and any(folded(w) in MALE | FEMALE for w in words[:-2]):
            words.pop()  # "Dr. Samuel Pickwick Assistant"
        plain = " ".join(words)
        plain = re.sub(r",\s(?=(?:Jr|Sr|II|III|IV)\b)", " ", plain)
        return re.sub(r"^(?:the|The|THE)\s(?=.*\s)", "", plain)

    def _place(self, words: str) -> str | None:
        body = next((p.name for p in self._people.by_name(words) if p.type == "body"), None)
        country = self._people.places.find(words)
        return body or (country.name if country else None)

    def _is_name(self, phrase: str, office: str, name: str) -> bool:
        """Whether a phrase is one person's name (or a known body's), with an office or without."""
        sides = [s for s in re.split(r"\s(?:and|&|AND)\s", phrase) if s]
        if len(sides) > 1 and all(self._is_name(s, *self._split(s)) for s in (sides[0], sides[-1])):
            return False
        if len(self._people.by_name(phrase)) == 1:
            return True
        words = [folded(w) for w in name.replace(",", " ").split()]
        words = [w for w in words if w and w not in SUFFIXES and w not in COURTESY]
        full = [w for w in words if len(w) > 1]
        if (
            not full
            or len(words) > 5
            or any(
                w in GENERIC or w in BODIES or w in _LINKS & {"of", "for", "and", "to"} or w.isdigit() for w in words
            )
        ):
            return False
        if self._place(name) is not None and len(self._people.by_name(name)) != 1:
            return False
        titled = is_office(office) or folded(phrase).split()[0] in COURTESY
        ordinary = [w for w in full if self._people.is_ordinary(w) or w in UTTERANCES]
        if len(full) == 1:
            return titled and not ordinary
        return (full[0] in MALE | FEMALE and len(ordinary) < len(full)) or not ordinary

    def _is_sure(self, phrase: str) -> bool:
        """Whether a phrase that no "by" makes a person's is one: known, with a given name, or with an office before it."""
        if group_of(phrase) is not None:
            return True
        office, name = self._split(self._plain(phrase))
        words = name.split()
        known = bool(name) and any(p.type == "person" for p in self._people.by_name(name))
        return bool(words) and (known or (len(words) > 1 and folded(words[0]) in MALE | FEMALE) or is_office(office))

    def _split(self, phrase: str) -> tuple[str, str]:
        parts = parts_of_label(phrase, self._place)
        return parts.office, parts.name

    def _holder(self, phrase: str) -> tuple[Speaker, str | None] | None:
        """The only one who held an office on the day, where a phrase is an office: "the NATO Secretary General"."""
        words = phrase.split()
        placed = any(
            self._place(" ".join(words[i:j]))
            for i in range(len(words))
            for j in range(i + 1, min(i + 4, len(words) + 1))
        )
        seat = None if placed else self._seat
        if self._published is None or not (placed or seat) or not OFFICES & set(folded(phrase).split()):
            return None
        held = self._people.by_role(phrase, seat, on=self._published)
        return (Speaker(held[0].id, held[0].name, held[0].type), None) if len(held) == 1 else None
