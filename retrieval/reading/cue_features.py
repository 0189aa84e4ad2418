"""What speaks for and against a cue as the one that gives a quotation to somebody (pure)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.lexicon import ANSWERS, SAY
from retrieval.model import Span
from retrieval.reading.cue_subjects import CueSource
from retrieval.reading.parse import Sheet

_STOPS = frozenset([".", "?", "!", ";"])
_OWN = ("strong", "according")
_TOUCHES = 2  # words between a quotation and a cue that stands beside it


@dataclass(frozen=True)
class Place:
    """A quotation in its paragraph: its words, what governs it, and the cues that may give it to somebody."""

    text: str
    sheet: Sheet
    index: int
    usable: tuple[CueSource, ...]
    governors: dict[int, int]
    clauses: dict[int, int]  # the governors that are so by more than a full stop

    @property
    def first(self) -> int:
        """The quotation's first word."""
        return self.sheet.region_words[self.index][0]

    @property
    def last(self) -> int:
        """The word behind its last one."""
        return self.sheet.region_words[self.index][1]


def place_of(text: str, sheet: Sheet, index: int, every: Sequence[CueSource]) -> Place:
    """The place of a quotation; of the cues those that can be its."""
    first, last = sheet.region_words[index]
    governors = governors_of(sheet, first, last)
    usable = tuple(s for s in every if s.strength != "other" or s.cue in governors or _leads_in(text, sheet, index, s))
    return Place(text, sheet, index, usable, governors, governors_of(sheet, first, last, content=True))


def cue_features(place: Place, source: CueSource, sort: str) -> dict[str, float]:
    """The features of one cue; `sort` is what kind of mention it has."""
    sheet, first, last = place.sheet, place.first, place.last
    side = "after" if source.cue >= last else "before"
    bounds = lo, hi = _between(place, source, side)
    between = sheet.words[lo:hi]
    others = {w.region for w in between if w.region >= 0 and w.region != place.index}
    gap = sum(1 for w in between if w.region < 0 and w.text[0].isalnum())
    near = sheet.words[max(last - 1, 0)] if side == "after" else sheet.words[min(first, len(sheet.words) - 1)]
    sentences = abs(near.sentence - sheet.words[source.cue].sentence)
    rivals = sum(1 for s in place.usable if s.cue != source.cue and s.strength == "strong" and lo <= s.cue < hi)
    f = {
        side: 1.0,
        f"{side}.gap{bucket(gap)}": 1.0,
        f"{side}.others{min(2, len(others))}": 1.0,
        f"{side}.sentences{min(2, sentences)}": 1.0,
        f"{side}.rivals{min(2, rivals)}": 1.0,
        f"strength.{source.strength}": 1.0,
        f"{side}.strength.{source.strength}.gap{bucket(gap)}": 1.0,
        f"mention.{sort}": 1.0,
        f"{source.strength}.mention.{sort}": 1.0,
        f"far{bucket(abs(source.cue - source.head))}": 1.0,
    }
    f.update(_distance(place, source, side, bounds, gap))
    if source.cue in place.governors:
        f.update(_linked(place, source, side))
    above = set(sheet.ancestors(source.cue))
    if any(s.cue in above for s in place.usable if s.strength == "strong"):
        f[f"inner.{source.strength}"] = 1.0  # "the captain wants “peace”, his mate said": the mate speaks
    if sheet.words[source.cue].lower in SAY:
        f["say"] = 1.0
        f[f"{side}.say.gap{bucket(gap)}"] = 1.0
    elif sheet.words[source.cue].lower in ANSWERS:
        f["answers"] = 1.0  # not weighed: "“It is not,” he answered" is speech as surely as what is said
    if source.head > source.cue:
        f[f"{side}.inverted"] = 1.0
    if side == "before" and stops_between(place, bounds) and _is_aside(sheet, source.cue):
        f["aside"] = 1.0  # "“…,” said Ahab, who heard Pip say so. “…”"
    if gap <= _TOUCHES and not stops_between(place, bounds) and _is_led(place, side):
        f[f"touching.{source.strength}"] = 1.0  # "Ahab said, “", "“…,” Ahab said"
    if side == "after":
        tail = sheet.regions[place.index].inner.of(place.text).rstrip()[-1:]
        f[f"after.tail{tail if tail in ',.?!' else 'x'}.sentences{min(1, sentences)}"] = 1.0
    else:
        f[f"before.lead{lead(place.text, sheet, place.index)}.others{min(1, len(others))}"] = 1.0
    return f


def _is_aside(sheet: Sheet, cue: int) -> bool:
    """Whether a cue lies in a clause about somebody, which tells nothing of who goes on speaking behind its sentence."""
    return sheet.words[cue].dep == "relcl" or any(sheet.words[i].dep == "relcl" for i in sheet.ancestors(cue))


def _between(place: Place, source: CueSource, side: str) -> tuple[int, int]:
    """The words between a quotation and the nearer end of a cue with its mention."""
    edge = min(source.cue, source.head) if side == "after" else max(source.cue, source.head)
    if (side == "after" and edge < place.first) or (side == "before" and edge >= place.last):
        edge = source.cue
    return (place.last, edge) if side == "after" else (edge + 1, place.first)


def _distance(place: Place, source: CueSource, side: str, bounds: tuple[int, int], gap: int) -> dict[str, float]:
    """How far off a cue is: in words, in sentences by their stops, in cues that are nearer."""
    stops = stops_between(place, bounds)
    own = [s for s in place.usable if s.strength in _OWN and s.cue != source.cue]
    nearer = sum(1 for s in own if bounds[0] <= s.cue < bounds[1])
    other_side = sum(1 for s in own if (s.cue < place.first) == (side == "after") and not _apart(place, s))
    with_whom = any(s.strength == "according" and not _apart(place, s) for s in own)
    f = {
        f"{side}.distance": math.log1p(gap),
        f"{side}.stops": float(min(3, stops)),
        f"{side}.stops{min(2, stops)}.{source.strength}": 1.0,
        f"{side}.nearer": float(min(3, nearer)),
        f"{side}.nearer{min(1, nearer)}.stops{min(1, stops)}": 1.0,
        f"{side}.facing{min(1, other_side)}.stops{min(1, stops)}": 1.0,
    }
    if with_whom:
        f[f"beside_according.{source.strength}"] = 1.0
    return f


def stops_between(place: Place, bounds: tuple[int, int]) -> int:
    """How many sentences end among some words."""
    return sum(1 for w in place.sheet.words[slice(*bounds)] if w.region < 0 and w.text in _STOPS)


def _is_led(place: Place, side: str) -> bool:
    """Whether a comma or a colon ties a quotation to what stands beside it."""
    if side == "before":
        return lead(place.text, place.sheet, place.index) in ("comma", "colon")
    return place.sheet.regions[place.index].inner.of(place.text).rstrip()[-1:] in (",", "?", "!")


def _apart(place: Place, source: CueSource) -> bool:
    """Whether a sentence ends between a quotation and a cue."""
    lo, hi = (place.last, source.cue) if source.cue >= place.last else (source.cue + 1, place.first)
    return any(w.region < 0 and w.text in _STOPS for w in place.sheet.words[lo:hi])


def _linked(place: Place, source: CueSource, side: str) -> dict[str, float]:
    """How a cue governs a quotation: by how many steps, and whether another cue is nearer."""
    steps = place.governors[source.cue]
    nearer = sum(
        1
        for s in place.usable
        if s.cue != source.cue and s.strength != "other" and place.governors.get(s.cue, 99) < steps
    )
    clause = place.clauses.get(source.cue, 9)
    nearest = min((place.clauses.get(s.cue, 9) for s in place.usable if s.strength != "other"), default=9)
    return {
        f"clause{min(5, clause)}.{source.strength}": 1.0,
        f"clause.nearest{int(clause <= nearest)}.{source.strength}": 1.0,
        f"linked{min(4, steps)}.{side}": 1.0,
        f"{side}.linked.{source.strength}": 1.0,
        f"linked{min(3, steps)}.{side}.{source.strength}.nearer{min(1, nearer)}": 1.0,
        f"linked.nearer{min(2, nearer)}": 1.0,
        f"linked.{source.strength}.nearer{min(1, nearer)}": 1.0,
    }


def _leads_in(text: str, sheet: Sheet, index: int, source: CueSource) -> bool:
    """Whether a verb's sentence ends in a colon right before a region: "Queequeg disagrees: “…”"."""
    first = sheet.region_words[index][0]
    if lead(text, sheet, index) != "colon" or source.cue >= first or first == 0:
        return False
    return sheet.words[source.cue].dep == "ROOT" and not any(w.region >= 0 for w in sheet.words[source.cue : first - 1])


def governors_of(sheet: Sheet, first: int, last: int, *, content: bool = False) -> dict[int, int]:
    """Words outside a region that its words hang on or that hang on its root, with how many steps away.

    A full stop hangs on the verb at the sentence's root; with `content` it is left aside.
    """
    found: dict[int, int] = {}
    for i in range(first, last):
        if content and sheet.words[i].dep == "punct":
            continue
        head = sheet.words[i].head
        if head == i or not first <= head < last:
            for steps, up in enumerate(sheet.ancestors(i), start=1):
                found[up] = min(steps, found.get(up, 9))
                if steps > 6:
                    break
            for c in sheet.children[i]:
                if not first <= c < last and sheet.words[c].dep in ("parataxis", "ccomp", "conj", "advcl", "dep"):
                    found[c] = min(1, found.get(c, 9))
    return found


def lead(text: str, sheet: Sheet, index: int) -> str:
    """What stands right before a region: a comma, a colon, "that", or something else."""
    before = Span(sheet.span.start, sheet.regions[index].outer.start).of(text).rstrip()
    if not before:
        return "start"
    if before[-1] in ",:":
        return "comma" if before[-1] == "," else "colon"
    if before[-1] in '.!?”"':
        return "stop"
    last = before.rsplit(None, 1)[-1].casefold()
    return last if last in ("that", "a", "the", "as", "is", "was", "of", "to", "and", "its", "his", "her") else "word"


def bucket(n: int) -> str:
    """A count, the larger the coarser."""
    for limit in (0, 1, 2, 4, 7, 12, 20):
        if n <= limit:
            return str(limit)
    return "more"
