"""Words within words, and words between two cues: of several who may be meant, the one whose cue is the quotation's own (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from retrieval.lexicon import ANSWERS, CITING, DOCUMENTS, NAMING, SAY, STRONG
from retrieval.model import Span
from retrieval.reading.candidates import Candidate, Setting
from retrieval.reading.proper_names import OUTLETS
from retrieval.rules import rule

_CLOSING = frozenset(',;:.()—“”"\n')
_JOINS = re.compile(r"[,;]?\s(?:and|but|while|whereas|to\swhich|which)\s")
_NEW_CLAUSE = re.compile(r",\s(?:and|but|while|whereas)\s$")
_TELLS = frozenset({"tell", "tells", "told", "telling"})
_LISTENER = 2  # words that say who was told
_WHOM = re.compile(r"\b(?:whom|which|who|whose(?:\s[\w\-]+){0,2})\s$")
_OBJECT = 5  # words between "called" and what somebody is called


@rule("whose words", keep=3)
def own(setting: Setting, index: int, found: Sequence[Candidate], best: int) -> int:
    """Which candidate a quotation is given to: the best one, unless another's cue stands between him and the words."""
    for way in (_owned, at_marks, _behind, _between, _joined, _aside):
        nearer = way(setting, index, found, best)
        if nearer is not None:
            return nearer
    return _innermost(setting, index, found, best)


@rule("whose words")
def _owned(setting: Setting, index: int, found: Sequence[Candidate], best: int) -> int | None:
    """Of "Pip laughed at Ahab's claim that it was “late”" Ahab, unless another cue stands between the claim and the words."""
    chosen, start = found[best], setting.sheet.regions[index].outer.start
    for i, other in enumerate(found):
        if "owned" in other.features and other.cue is not None and chosen.cue is not None:
            after_owner = chosen.way == "cue" and other.cue.end < chosen.cue.start < start
            return None if after_owner or chosen.way in ("label", "dash") else i
    return None


def _cued(found: Sequence[Candidate]) -> Iterator[tuple[int, Candidate, Span, Span]]:
    """The candidates whom a verb of speech brings in: number, candidate, mention and cue."""
    for i, other in enumerate(found):
        if other.way == "cue" and other.cue is not None and other.mention is not None:
            yield i, other, other.mention, other.cue


@rule("whose words")
def _aside(setting: Setting, index: int, found: Sequence[Candidate], best: int) -> int | None:
    """Of "Ahab, whom Pip called “mad”, said" Pip: the words stand in the clause aside, not in Ahab's."""
    chosen, region, text = found[best], setting.sheet.regions[index], setting.text
    if chosen.cue is None or chosen.way != "cue" or chosen.cue.start < region.outer.end:
        return None
    for i, _, mention, cue in _cued(found):
        if (
            mention.end <= cue.start < cue.end <= region.outer.start
            and _opens_aside(text, mention)
            and len(text[mention.end : cue.start].split()) <= _LISTENER
            and cue.of(text).casefold() in NAMING | SAY
            and len(text[cue.end : region.outer.start].split()) <= _LISTENER
            and not set(text[cue.end : region.outer.start]) & _CLOSING
        ):
            return i
    return None


def _opens_aside(text: str, mention: Span) -> bool:
    """Whether "whom", or the "whose" of "whose brother Pip", stands before a mention."""
    return (
        mention.of(text).startswith("whose ")
        or _WHOM.search(text, max(0, mention.start - 40), mention.start) is not None
    )


@rule("whose words")
def _behind(setting: Setting, index: int, found: Sequence[Candidate], best: int) -> int | None:
    """Of “A,” Ahab told Pip. “B,” he answered. the cue behind B: what comes before it belongs to A."""
    chosen, region = found[best], setting.sheet.regions[index]
    if region.inner.of(setting.text).rstrip()[-1:] not in (",", "?", "!", "—", "–", "-"):
        return None
    before = chosen.way in ("inherit", "previous", "reported") or (
        chosen.cue is not None and chosen.cue.end <= region.outer.start and _is_of_another(setting, index, chosen)
    )
    if not before:
        return None
    for i, other, mention, cue in _cued(found):
        if (
            mention != chosen.mention
            and cue.start >= region.outer.end
            and not any(c.isalnum() for c in setting.text[region.outer.end : min(mention.start, cue.start)])
            and "after.sentences0" in other.features
            and "after.others0" in other.features
            and cue.of(setting.text).casefold() in STRONG | ANSWERS
        ):
            return i
    return None


def _is_of_another(setting: Setting, index: int, chosen: Candidate) -> bool:
    """Whether a cue before a quotation stands with an earlier one: other marks, or a full stop, lie between."""
    if index == 0 or chosen.cue is None:
        return False
    earlier = setting.sheet.regions[index - 1]
    if chosen.cue.start < earlier.outer.start:
        return True
    between = setting.text[chosen.cue.end : setting.sheet.regions[index].outer.start].rstrip()
    return between[-1:] in (".", "?", "!")


@rule("whose words")
def _between(setting: Setting, index: int, found: Sequence[Candidate], best: int) -> int | None:
    """Of "Ahab called it “late”, and Pip called him “mad”" the second clause's cue, which stands between the two."""
    chosen, text = found[best], setting.text
    if index == 0 or chosen.cue is None or chosen.way == "label":
        return None
    start, end = setting.sheet.regions[index - 1].outer.end, setting.sheet.regions[index].outer.start
    if chosen.cue.start >= start:
        return None
    for i, _, mention, cue in _cued(found):
        if (
            start <= mention.start < cue.start < end
            and mention != chosen.mention
            and _JOINS.fullmatch(text, start, mention.start)
            and not set(text[cue.end : end]) & _CLOSING
            and len(text[cue.end : end].split()) <= _OBJECT
            and cue.of(text).casefold() in SAY | NAMING
        ):
            return i
    return None


@rule("whose words")
def _joined(setting: Setting, index: int, found: Sequence[Candidate], best: int) -> int | None:
    """Of "Ahab said that Pip should go, and Starbuck later called him “mad”" Starbuck, whose clause the words stand in."""
    chosen, text, start = found[best], setting.text, setting.sheet.regions[index].outer.start
    if chosen.way != "cue" or chosen.cue is None or chosen.mention is None or chosen.cue.end > start:
        return None
    for i, other, mention, cue in _cued(found):
        if (
            max(chosen.cue.end, chosen.mention.end) < mention.start < cue.start < start
            and mention != chosen.mention
            and other.kind in ("name", "pronoun")
            and _NEW_CLAUSE.search(text, chosen.cue.end, mention.start) is not None
            and len(text[mention.end : cue.start].split()) <= _LISTENER
            and not set(text[cue.end : start]) & _CLOSING
            and len(text[cue.end : start].split()) <= _OBJECT
            and cue.of(text).casefold() in SAY | NAMING
        ):
            return i
    return None


@rule("whose words", keep=3)
def _innermost(setting: Setting, index: int, found: Sequence[Candidate], best: int) -> int:
    """Of "Ahab said that Pip had said it was “late”" Pip: the last one who is said to speak before the words."""
    chosen, start = found[best], setting.sheet.regions[index].outer.start
    if chosen.way not in ("cue", "inherit") or chosen.cue is None or chosen.cue.end > start:
        return best
    reached = chosen.cue.end
    for i, other, mention, cue in _cued(found):
        if (
            chosen.cue.end < min(mention.start, cue.start)
            and reached < max(mention.end, cue.end) <= start
            and mention != chosen.mention
            and _leads_in(setting, other, start, of_paper=_is_paper(setting, chosen))
        ):
            best, reached = i, cue.end
    return best


def _is_paper(setting: Setting, chosen: Candidate) -> bool:
    """Whether whoever is said to speak is a document or a paper, which tells of others' words."""
    words = chosen.mention.of(setting.text).casefold().split() if chosen.mention is not None else []
    return chosen.kind != "name" and any(w.strip(".,") in DOCUMENTS | OUTLETS for w in words)


def _leads_in(setting: Setting, other: Candidate, start: int, *, of_paper: bool) -> bool:
    """Whether a cue goes on into the words: nothing closes its clause before them but a colon.

    A body that a person tells of only lends its view: "the ambassador said Moscow believed it was “over”". "called" and
    the like are the inner speaker's only where a document tells of it: of "Ahab said that Pip called it “late”" nobody
    knows whose word it is, and the annotated texts give it to Ahab.
    """
    assert other.cue is not None
    assert other.mention is not None
    between = setting.text[max(other.cue.end, other.mention.end) : start].rstrip()
    clause = between.removeprefix(",").lstrip() if "," in other.mention.of(setting.text) else between
    if set(clause.removesuffix(":")) & _CLOSING or _is_told(setting, other, between, start):
        return False
    f = other.features
    cue = other.cue.of(setting.text).casefold()
    if other.kind == "name" and "strength.strong" in f:
        return True
    if cue in CITING:
        return between.endswith(":")
    colon = between.endswith(":")
    linked = colon or clause.startswith("that ") or any(k.startswith("linked") for k in f)
    speaks = other.kind in ("name", "nominal") or (other.kind == "body" and (colon or of_paper))
    return linked and speaks and ("strength.strong" in f or (of_paper and cue in NAMING))


def _is_told(setting: Setting, other: Candidate, between: str, start: int) -> bool:
    """Whether the words only name what was told: of "Pip said Ahab had told him “a different story”" they are Pip's."""
    region = next(r for r in setting.sheet.regions if r.outer.start == start)
    words = region.inner.of(setting.text).split()
    tells = other.cue is not None and other.cue.of(setting.text).casefold() in _TELLS
    return tells and words[:1] != [] and words[0] in ("a", "an", "the") and len(between.split()) <= _LISTENER


# Whose words are by what stands right at the marks, whatever is farther off (pure).

_NEAR = frozenset(["after.gap0", "after.gap1", "after.gap2"])
_BEFORE = frozenset(["before", "before.gap0", "strength.strong"])
_LED = frozenset(["before.leadcomma.others0", "before.leadcolon.others0"])
_BY_WHOM = frozenset(["after", "touching.according"])
_DOES = frozenset(["spoke", "speak", "speaks", "talked", "talk", "talks", "discussed", "discuss", "discusses"])
_TO_SAY = re.compile(r"\b(?:to|would|should|could|might|may|will|must|can)\s(?:\w+ly\s)?$")


def at_marks(setting: Setting, index: int, found: Sequence[Candidate], best: int) -> int | None:
    """The candidate whom the words' own place gives them to; None when it tells nothing or gives them to the best one."""
    listed = _listed(found)
    if listed is None:
        listed = _led_in(setting, index, found, found[best])
    if listed is None:
        listed = _according(setting, found, found[best])
    return listed if listed is not None else _right_before(setting, found, found[best])


@rule("whose words")
def _listed(found: Sequence[Candidate]) -> int | None:
    """Of "“A?” . . . “B?”" whoever said A: only dots stand between."""
    return next((i for i, c in enumerate(found) if "inherit.dots" in c.features), None)


@rule("whose words")
def _led_in(setting: Setting, index: int, found: Sequence[Candidate], chosen: Candidate) -> int | None:
    """Of "The Gazette reports:" and a new line of words whoever the line before tells of, unless a verb behind them says another."""
    region, text, before = setting.sheet.regions[index], setting.text, setting.before
    if before is None or chosen.way != "cue" or text[setting.sheet.span.start : region.outer.start].strip():
        return None
    if (
        chosen.features.keys() & _NEAR
        and "strength.strong" in chosen.features
        and "after.sentences0" in chosen.features
    ):
        return None
    for i, other in enumerate(found):
        if (
            other.way == "reported"
            and other.cue is not None
            and text[other.cue.end : before.sheet.span.end].strip() == ":"
        ):
            return i
    return None


@rule("whose words")
def _according(setting: Setting, found: Sequence[Candidate], chosen: Candidate) -> int | None:
    """Of "Ahab spoke with Pip “to settle the matter,” according to the log" the log: Ahab only did something."""
    if chosen.way != "cue" or chosen.cue is None:
        return None
    did = "strength.other" in chosen.features or chosen.cue.of(setting.text).casefold() in _DOES
    if not did:
        return None
    return next((i for i, c in enumerate(found) if c.way == "cue" and c.features.keys() >= _BY_WHOM), None)


@rule("whose words")
def _right_before(setting: Setting, found: Sequence[Candidate], chosen: Candidate) -> int | None:
    """Of "She said no, and when pressed, the miller replied, “…”" the miller, whose verb stands right before the marks."""
    text = setting.text
    if chosen.way != "cue" or chosen.cue is None or chosen.features.keys() >= _BEFORE:
        return None
    for i, other in enumerate(found):
        if other.way != "cue" or other.mention is None or other.cue is None or other.relative is not None:
            continue
        if not (other.features.keys() >= _BEFORE and other.features.keys() & _LED):
            continue
        nearer = chosen.cue.end < other.mention.start < other.cue.start
        if (
            nearer
            and not other.kind.startswith("thing")
            and not _TO_SAY.search(text, other.mention.end, other.cue.start)
        ):
            return i
    return None
