"""Where one article ends and the next begins in a text that joins several, with no mark between them (pure).

Each place between two paragraphs is scored by a small linear model over signals that a reader uses too: does the
next paragraph read like the opening of a report, are people introduced anew, does what follows hang on names that were
introduced before, do the words go on. The weights come from `python -m retrieval.taking.train_seams`, on
American news; four are set by hand, as that holds no examples: `length`, `perfect` (British reports), `after_end`, `title`.
When in doubt there is no seam.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import astuple, dataclass

LEAST_PARAGRAPHS = 4  # an article has at least as many on its side of a seam,
LEAST_WORDS = 110  # and as many words
WINDOW = 8  # paragraphs compared on each side
FAR = 14  # paragraphs in which a name without introduction is looked for
LINE = 0.6  # the probability from which on a place is a seam


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for (and against) a new article at one place. All values lie between 0 and 1."""

    dateline: float  # "WASHINGTON (AP) —"
    anaphora: float  # opens with "But", "He", "Mr Darcy"
    marked: float  # opens with a quotation mark, a dash or a small letter
    lede: float  # "has told", "said on Monday", a report's opening
    perfect: float  # "has told", "has warned": how British reports open
    introduced: float  # people with their full names in the first paragraphs
    again: float  # of the people known before who return, how many return with their full names
    retitled: float  # of the people known before, how many are introduced with title and full name once more
    dangling: float  # names that go on without their introduction
    names: float  # how much the names of both sides have in common
    apart: float  # no name at all is on both sides, though there are some on each
    words: float  # the same of all content words
    far: float  # the same, over more of both sides
    dip: float  # how much less than at other places of the text
    valley: float  # how much less than a little before and a little after
    lowest: float  # least of the places around
    closer: float  # how much closer the first paragraph is to what follows than to what came before
    after_end: float  # an end mark, a byline or a list of links stands between
    title: float  # a headline stands between, and its words come at once
    heading: float  # a headline stands between, and its words do not


@dataclass(frozen=True, slots=True)
class SeamWeights:
    """The linear model's numbers, by signal."""

    bias: float
    length: float  # times the logarithm of the text's length in thousands of words: a short text is rarely joined
    signals: Signals


WEIGHTS = SeamWeights(
    bias=-6.45,
    length=0.6,
    signals=Signals(
        dateline=1.92,
        anaphora=-0.8,
        marked=-1.64,
        lede=0.03,
        perfect=1.4,
        introduced=0.58,
        again=0.91,
        retitled=1.15,
        dangling=-2.63,
        names=-3.64,
        apart=0.99,
        words=-1.65,
        far=-3.96,
        dip=2.07,
        valley=0.53,
        lowest=3.49,
        closer=4.0,
        after_end=1.5,
        title=2.3,
        heading=0.0,
    ),
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text and what stands between it and the one before."""

    text: str
    ended: bool = False  # an end mark, a byline or a list of links
    headline: str = ""  # a headline or heading


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_TOKEN = re.compile(r"[^\W\d_]+(?:[’'‘-][^\W\d_]+)*\.?")
_DATELINE = re.compile(
    r"^\W{0,2}[A-Z][A-Z.'’-]+(?:[ ,]+[A-Z][A-Z.'’-]+){0,3}[ ,]*(?:,? [A-Z][\w.]+){0,3}(?: ?\([A-Z][\w /.]{1,30}\))?\s?(?:[-–—―]{1,2}|:)\s"
)
_ANAPHORA = re.compile(
    r"^(?:(?:But|And|Or|So|Yet|Still|He|She|They|It|Its|His|Her|Their|This|That|These|Those|Such|Both|Also|Another|Others?|"
    r"Meanwhile|However|Moreover|Instead|Earlier|Later|Then|Though|Although|Asked|Speaking|In addition|As for|For (?:his|her|its) part|"
    r"According|I|We|You|My|Our|There|Mr|Mrs|Ms|Miss|Dr|Sir|Lord|Lady|Adding|Nor|Indeed|Nonetheless|Nevertheless|Besides|Even|Again|"
    r"Once|Here|Now|Because|While|Only|What|Which|The (?:two|three|pair|same|former|latter|move|decision|comments|remarks|statement|"
    r"announcement|news|report|official|spokesman|spokeswoman|source|man|woman|group|bill|plan|deal|agreement|measure|law|issue))\b)"
)
_MARKED = re.compile(r"^[\"“‘„«'`–—…a-z(\[-]")
_LEDE = re.compile(
    r"\b(?:has|have) (?:\w+ly )?(?:been |become |emerged|told|said|warned|accused|called|urged|announced|agreed|vowed|rejected|won|died|signed|"
    r"launched|confirmed|claimed|admitted|backed|approved|ordered|begun|hit|revealed|promised|denied|condemned|defended|declared)\b|"
    r"\b(?:on|late|early) (?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:said|told \w+|announced|warned) "
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b",
    re.IGNORECASE,
)
_PERFECT = re.compile(
    r"\b(?:has|have) (?:told|said|warned|accused|called|urged|announced|emerged|vowed|rejected|admitted|insisted|claimed|revealed|denied|condemned|"
    r"defended|declared|criticised|criticized|refused|pledged|promised|welcomed|dismissed)\b"
)
_NOT_PEOPLE = _set(
    "president prime minister secretary general chancellor king queen prince princess sir lord lady mr mrs ms miss dr doctor professor captain "
    "colonel major sergeant admiral senator sen rep representative gov governor mayor judge justice ambassador chief foreign defence defense "
    "state attorney former vice deputy speaker leader chairman chairwoman director spokesman spokeswoman us u.s uk eu republican democratic "
    "democrat democrats republicans conservative labour party the a an in on at of for and but by from with to as if when after before while "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november "
    "december he she it they we i you his her their our this that these those there here what who how why where not no yes so or yet also"
)
_INSTITUTIONS = _set(
    "house states state kingdom union ministry department council court party news times post university college committee commission agency bank "
    "street army navy force forces office institute association company corporation group club street avenue road city county island islands "
    "river sea ocean republic nations alliance treaty act bill congress parliament senate assembly board center centre foundation press journal "
    "school church hall park hotel airport day night week month year war summit street east west north south america american"
)
_STOP = _set(
    "the and for that with was were are is be been has have had will would could should can may might said says say told not but from this they "
    "their them his her she its who which what when where there than then into over after before about more most some such only other also just "
    "one two new first last year years day days people time any all out our your you his him how because while during between against under "
    "through these those being did does done made make like many much very even still back down upon off own same both each few now"
)


def seams(paragraphs: Sequence[Paragraph], *, weights: SeamWeights = WEIGHTS, line: float = LINE) -> tuple[int, ...]:
    """The numbers of the paragraphs that open a new article (never the first one's)."""
    text = _Text(paragraphs)
    scores = {n: probability(text.signals(n), weights, sum(text.counts) / 1000) for n in text.places()}
    chosen: list[int] = []
    for number in sorted((n for n in scores if scores[n] >= line), key=lambda n: (-scores[n], n)):
        if all(text.far_enough(number, other) for other in chosen):
            chosen.append(number)
    return tuple(sorted(chosen))


def probability(signals: Signals, weights: SeamWeights, thousands: float = 1.0) -> float:
    """How likely a new article opens at a place with these signals, in a text of so many thousand words."""
    total = (
        weights.bias
        + weights.length * math.log(max(thousands, 0.1))
        + sum(s * w for s, w in zip(astuple(signals), astuple(weights.signals), strict=True))
    )
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def all_signals(paragraphs: Sequence[Paragraph]) -> dict[int, Signals]:
    """The signals at each place that may be a seam, for training and for explaining."""
    text = _Text(paragraphs)
    return {n: text.signals(n) for n in text.places()}


class _Text:
    """The paragraphs with what the signals need of each, read once."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self.paragraphs = paragraphs
        tokens = [_TOKEN.findall(p.text[:4000]) for p in paragraphs]
        self.counts = [len(t) for t in tokens]
        self.content = [Counter(_stem(w) for w in t if len(w) > 2 and w.lower() not in _STOP) for t in tokens]
        self.spread = Counter(w for content in self.content for w in content)
        self.people = [_full_names(p.text[:4000]) for p in paragraphs]
        self.titled = [_titled_surnames(p.text[:4000]) for p in paragraphs]
        self.called = [frozenset(_CALLED.findall(p.text[:4000])) for p in paragraphs]
        self.capitals = [_capitalised(p.text[:4000]) for p in paragraphs]
        self.named = Counter(w for capitals in self.capitals for w in capitals)
        self.likeness = [self._likeness(self.content, self.spread, n, WINDOW) for n in range(len(paragraphs))]
        ordered = sorted(self.likeness[1:])
        self.usual = ordered[len(ordered) // 2] if ordered else 0.0

    def places(self) -> list[int]:
        """The paragraphs before which a seam may be, far enough from both ends."""
        last = len(self.paragraphs)
        return [n for n in range(1, last) if self.far_enough(0, n) and self.far_enough(n, last)]

    def far_enough(self, one: int, other: int) -> bool:
        """Whether enough stands between two places for an article."""
        low, high = min(one, other), max(one, other)
        if high - low < LEAST_PARAGRAPHS:
            return False
        return high - low > LEAST_WORDS or sum(self.counts[low:high]) >= LEAST_WORDS

    def signals(self, n: int) -> Signals:
        """What speaks for and against a seam before paragraph `n`."""
        paragraph = self.paragraphs[n]
        opening = paragraph.text[:600]
        known = self._known(n)
        again, dangling = self._returns(n, known)
        heard = self._heard(paragraph.headline, n)
        anaphora, marked = bool(_ANAPHORA.match(opening)), bool(_MARKED.match(opening))
        perfect = bool(_PERFECT.search(opening.split(". ")[0]))
        introduced = min(3, sum(len(p) for p in self.people[n : n + 2])) / 3
        retitled = self._retitled(n, known)
        dateline = bool(_DATELINE.match(opening))
        return Signals(
            dateline=float(dateline),
            anaphora=float(anaphora),
            marked=float(marked),
            lede=float(bool(_LEDE.search(opening))),
            perfect=float(perfect),
            introduced=introduced,
            again=again,
            retitled=retitled,
            dangling=dangling,
            names=self._likeness(self.capitals, self.named, n, 2 * WINDOW),
            apart=self._apart(n),
            words=self.likeness[n],
            far=self._likeness(self.content, self.spread, n, 4 * WINDOW),
            dip=max(0.0, self.usual - self.likeness[n]) / (self.usual or 1.0),
            valley=self._valley(n),
            lowest=max(
                0.0, 1 - 4 * (self.likeness[n] - min(self.likeness[max(1, n - 3) : n + 4])) / (self.usual or 1.0)
            ),
            closer=self._closer(n),
            after_end=float(paragraph.ended),
            title=float(bool(paragraph.headline) and heard >= 0.5),
            heading=float(bool(paragraph.headline) and heard < 0.5),
        )

    def _known(self, n: int) -> frozenset[str]:
        """The surnames of people introduced before paragraph `n`, not too long ago."""
        introduced = {name.split()[-1] for people in self.people[max(0, n - 60) : n] for name in people}
        return frozenset(introduced.union(*self.called[max(0, n - 60) : n]))

    def _retitled(self, n: int, known: frozenset[str]) -> float:
        """How many people known before are introduced in the next paragraphs as if nobody knew them."""
        return min(2, len(known & frozenset().union(*self.titled[n : n + 6]))) / 2

    def _returns(self, n: int, known: frozenset[str]) -> tuple[float, float]:
        """Of the people known before: the share that returns by full name first, and how many return without it."""
        first: dict[str, bool] = {}
        for number in range(n, min(n + FAR, len(self.paragraphs))):
            full = {name.split()[-1] for name in self.people[number]}
            for surname in known & (self.capitals[number].keys() | full):
                first.setdefault(surname, surname in full)
        if not first:
            return 0.0, 0.0
        fully = sum(first.values())
        return fully / len(first), min(3, len(first) - fully) / 3

    def _apart(self, n: int) -> float:
        """Whether both sides name somebody or something, and nothing in common; a single common name counts half."""
        before = frozenset().union(*self.capitals[max(0, n - 2 * WINDOW) : n])
        after = frozenset().union(*self.capitals[n : n + 2 * WINDOW])
        if min(len(before), len(after)) < 5:
            return 0.0
        return max(0.0, 1 - len(before & after) / 2)

    def _valley(self, n: int) -> float:
        """How deep the likeness of both sides dips here, compared with the places around."""
        here = self.likeness[n]
        before = max(self.likeness[max(1, n - WINDOW) : n + 1])
        after = max(self.likeness[n : n + WINDOW + 1])
        return min(1.0, (before + after - 2 * here) / (2 * self.usual or 1.0) / 2)

    def _closer(self, n: int) -> float:
        """How much closer the first paragraph is to what follows than to what came before, rare words counting more."""
        here = self.content[n]
        before = {w for content in self.content[max(0, n - WINDOW) : n] for w in content}
        after = {w for content in self.content[n + 1 : n + 1 + WINDOW] for w in content}
        rarity = {w: 1 / self.spread[w] for w in here}
        total = sum(rarity.values())
        if not total:
            return 0.5
        gain = sum(r for w, r in rarity.items() if w in after) - sum(r for w, r in rarity.items() if w in before)
        return 0.5 + 0.5 * gain / total

    def _heard(self, headline: str, n: int) -> float:
        """The share of a headline's words that the next two paragraphs take up."""
        told = {_stem(w) for w in _TOKEN.findall(headline) if len(w) > 2 and w.lower() not in _STOP}
        if not told:
            return 0.0
        return sum(any(w in content for content in self.content[n : n + 2]) for w in told) / len(told)

    def _likeness(self, of: Sequence[Counter[str]], spread: Counter[str], n: int, window: int) -> float:
        """The cosine of what stands before and after a place; words of few paragraphs count more."""
        before: Counter[str] = Counter()
        after: Counter[str] = Counter()
        for counts in of[max(0, n - window) : n]:
            before.update(counts)
        for counts in of[n : n + window]:
            after.update(counts)
        total = len(of) + 1
        weight = {w: math.log(total / spread[w]) for w in before.keys() | after.keys()}
        shared = sum(math.sqrt(before[w] * after[w]) * weight[w] ** 2 for w in before.keys() & after.keys())
        size = math.sqrt(
            sum(c * weight[w] ** 2 for w, c in before.items()) * sum(c * weight[w] ** 2 for w, c in after.items())
        )
        return shared / size if size else 0.0


def _stem(word: str) -> str:
    """A word without its commonest endings; rough, as it only serves to compare."""
    word = re.sub(r"[’'‘]s?$", "", word.lower().rstrip("."))
    for ending in ("ings", "ing", "ed", "ies", "es", "s", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


_SEQUENCE = re.compile(
    r"(?:[A-ZÀ-ÞŠŽ][^\W\d_]*(?:[’'-][A-ZÀ-ÞŠŽ]?[^\W\d_]+)*\.?)(?: (?:(?:de|von|van|der|al|bin|la|le|du) )?[A-ZÀ-ÞŠŽ][^\W\d_]*(?:[’'-][A-ZÀ-ÞŠŽ]?[^\W\d_]+)*\.?)*"
)


def _full_names(text: str) -> frozenset[str]:
    """The full names of people in a text: two capitalised words and more that are no title or institution."""
    found = set()
    for sequence in _SEQUENCE.findall(text):
        for parts in _names_in(sequence.split()):
            last = parts[-1]
            if 2 <= len(parts) <= 4 and len(last) > 2 and not last.isupper() and last.lower() not in _INSTITUTIONS:
                found.add(" ".join(parts))
    return frozenset(found)


def _names_in(tokens: Sequence[str]) -> list[list[str]]:
    """Capitalised words in a row, parted at titles, demonyms and possessives."""
    names: list[list[str]] = [[]]
    for token in tokens:
        word = re.sub(r"[’'‘]s?$", "", token).rstrip(".")
        if (
            word.lower() in _NOT_PEOPLE
            or word.lower() in _STOP
            or word.lower().endswith(("ian", "ish", "ese", "ean", "ern"))
        ):
            names.append([])
            continue
        names[-1].append(word)
        if word != token.rstrip("."):
            names.append([])
    return [name for name in names if name]


_CALLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Sir|Lord|Lady)\.? ([A-ZÀ-ÞŠŽ][^\W\d_]+)")
_TITLED = re.compile(
    r"\b(?:president|minister|secretary|chancellor|senator|sen\.|gov\.|rep\.|governor|ambassador|premier|king|queen|prince|princess|leader|chief|"
    r"chairman|chairwoman|speaker|mayor|general|gen\.|adm\.|candidate|nominee|counterpart|spokesman|spokeswoman|director|envoy|commissioner|"
    r"representative|attorney|justice|judge|professor|captain|officer|lawmaker|billionaire|businessman|analyst|author|actor|co-founder|founder)"
    r"(?:-elect)? ((?:[A-ZÀ-ÞŠŽ][\w.’'-]+ ){1,3}[A-ZÀ-ÞŠŽ][^\W\d_]+)",
    re.IGNORECASE,
)


def _titled_surnames(text: str) -> frozenset[str]:
    """The surnames of people introduced with their title before the full name."""
    names = (name.split() for name in _TITLED.findall(text))
    return frozenset(
        parts[-1] for parts in names if all(part[0].isupper() for part in parts) and parts[0].lower() not in _NOT_PEOPLE
    )


def _capitalised(text: str) -> Counter[str]:
    """The capitalised words inside sentences, which are mostly names."""
    found: Counter[str] = Counter()
    for match in re.finditer(r"[A-ZÀ-ÞŠŽ][^\W_]+(?:[’'-][A-ZÀ-ÞŠŽ]?[^\W\d_]+)*", text):
        word = re.sub(r"[’'‘]s?$", "", match[0])
        start = match.start() == 0 or text[max(0, match.start() - 2) : match.start()].strip(" ")[-1:] in {
            "",
            ".",
            "?",
            "!",
            "“",
            '"',
            "‘",
        }
        if word.lower() not in _NOT_PEOPLE and not (start and word.lower() in _STOP):
            found[word] += 1
    return found
