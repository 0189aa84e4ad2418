"""Cue and speaker's mention for every quotation of a document, or the speaker of the paragraph before (pure)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from retrieval.linear import Linear, logistic, shares
from retrieval.model import Span
from retrieval.reading.candidates import Attribution, Candidate, Setting, candidates, setting_of
from retrieval.reading.cast import Cast
from retrieval.reading.layout import Region
from retrieval.reading.nested_quotes import own
from retrieval.reading.parse import SUBJECTS, Sheet
from retrieval.reading.speech import NEVER_SPEECH, speech_features
from retrieval.reading.time_budget import go_on
from retrieval.reading.turns import is_stage_direction
from retrieval.rules import rule

_DOUBTED = 0.6
_STOP = re.compile(r"(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)[.?!]\s+(?=[A-Z])")
_SHOUTING = frozenset(["chanted", "chanting", "chants", "shouted", "shouting", "shouts"])
_STRONG_ENOUGH = 0.85
_SPOKEN = frozenset(["say", "answers"])
_OUTRIGHT = 2.0
_ASIDE = -2.5
_TERM = 6  # words of a term
_FEW = 3  # words that a verb which is none of speech gives to nobody
_OPENS_BRACKET = re.compile(
    r"\((?:(?:the|a|an|or|and|each|collectively|together|hereinafter|also|known|as|called),?\s){0,4}$"
)
_CLOSES_BRACKET = re.compile(r"[.,]?(?:\s(?:or|and)\s[^()\n]{1,40})?\)")


def attributed(
    text: str,
    sheets: Sequence[Sheet],
    following: Mapping[int, Span],
    cast: Cast,
    models: Mapping[str, Linear],
    pulled: frozenset[int] = frozenset(),
) -> tuple[Attribution, ...]:
    """A verdict for each quotation of the sheets, in order.

    `following` maps a paragraph's number to the one after it; `pulled` are pull quotes, behind which the text goes on as if
    they were not there.
    """
    verdicts: list[Attribution] = []
    before: Setting | None = None
    last: tuple[Attribution, ...] = ()
    for sheet in sheets:
        go_on()
        previous = sheet.number - 1
        while previous in pulled and sheet.number not in pulled:
            previous -= 1
        neighbour = before if before is not None and before.sheet.number == previous else None
        setting = setting_of(text, sheet, cast, neighbour, last if neighbour else (), following.get(sheet.number))
        found = decided(setting, models)
        verdicts.extend(found)
        if sheet.number not in pulled:
            before, last = setting, found
    return tuple(verdicts)


def decided(setting: Setting, models: Mapping[str, Linear]) -> tuple[Attribution, ...]:
    """The verdicts on one paragraph's quotations."""
    done: list[Attribution] = []
    for index in range(len(setting.sheet.regions)):
        found = candidates(setting, index, done)
        done.append(judged(setting, index, found, done, models))
    return tuple(done)


def judged(
    setting: Setting, index: int, found: Sequence[Candidate], done: Sequence[Attribution], models: Mapping[str, Linear]
) -> Attribution:
    """The best candidate, and whether the words are speech at all."""
    region = setting.sheet.regions[index]
    totals = [_total(c, models["ranker"]) for c in found]
    probabilities = list(shares(totals))
    best = max(range(len(found)), key=lambda i: totals[i], default=None)
    score = probabilities[best] if best is not None else 0.0
    if best is not None and (nearest := own(setting, index, found, best)) != best:
        probabilities[best], probabilities[nearest] = 0.0, score + probabilities[nearest]
        best, score = nearest, probabilities[nearest]
    if best is not None and "owned" in found[best].features:  # the sentence's form says it: nobody else is left
        probabilities = [float(i == best) for i in range(len(found))]
        score = 1.0
    choice = found[best] if best is not None else None
    strength = logistic(totals[best]) if best is not None else 0.0
    if choice is not None and "inherit.dots" in choice.features:
        strength = max(strength, choice.features["inherit.strength"])
    features = speech_features(setting, index, choice, (score, strength), done)
    speech = models["speech"].probability(features)
    inner = region.inner.of(setting.text)
    alone = (choice is None or _is_guess(choice)) and not (inner[:1].isupper() and len(inner.split()) >= 4)
    if choice is not None and choice.way == "cue" and "strength.other" in choice.features:
        told = inner[:1].isupper() and inner.rstrip()[-1:] in (",", ".", "?", "!")
        alone = alone or (
            len(inner.split()) <= _FEW and not told
        )  # "ordered its “stage 3” action": a verb that tells nothing
    if alone or is_stage_direction(inner) or is_defined_term(setting.text, region) or features.keys() & NEVER_SPEECH:
        speech = 0.0
    elif choice is not None and (_is_certain(choice, inner) or _is_shouted(setting.text, choice, inner)):
        speech = max(speech, 0.95)
    elif choice is not None and _is_led_by_colon(choice, inner, strength):
        speech = max(speech, 0.85)
    agreed = score
    if choice is not None and choice.kind == "name":
        agreed = max(score, sum(p for c, p in zip(found, probabilities, strict=True) if c.mention == choice.mention))
    if choice is not None and choice.way in ("cue", "inherit") and _is_in_anothers_sentence(setting, index, choice):
        strength *= _DOUBTED
    return Attribution(region, speech, score, choice, tuple(found), strength, agreed, tuple(probabilities), features)


@rule("speech or not", off=False)
def is_defined_term(text: str, region: Region) -> bool:
    """Whether a few words in marks stand alone in brackets: a term that is defined there, “the Board” or “Rule”."""
    if len(region.inner.of(text).split()) > _TERM:
        return False
    return bool(_OPENS_BRACKET.search(text, max(0, region.outer.start - 40), region.outer.start)) and bool(
        _CLOSES_BRACKET.match(text, region.outer.end)
    )


@rule("whose words", off=False)
def _is_in_anothers_sentence(setting: Setting, index: int, choice: Candidate) -> bool:
    """Whether a quoted phrase stands in a sentence of its own with another person for its subject: "Pip left with “regret”"."""
    sheet, text = setting.sheet, setting.text
    if index == 0 or choice.mention is None:
        return False
    earlier, here = sheet.regions[index - 1], sheet.regions[index]
    stop = max((m.end() for m in _STOP.finditer(text, earlier.outer.end, here.outer.start)), default=-1)
    if stop < 0 and earlier.inner.of(text).rstrip()[-1:] in (".", "?", "!"):
        stop = earlier.outer.end
    if stop < 0 or max(choice.mention.end, choice.cue.end if choice.cue is not None else 0) > stop:
        return False
    return any(
        stop <= w.start < here.outer.start and w.region < 0 and w.dep in SUBJECTS and w.tag == "NNP"
        for w in sheet.words
    )


@rule("speech or not", off=False)
def _is_certain(choice: Candidate, inner: str) -> bool:
    """Whether a plain reporting verb stands right at the marks: "“…,” Ishmael said", "Ishmael said: “…”"."""
    f = choice.features
    if _is_led_outright(choice):
        return True
    if choice.way != "cue" or not f.keys() & {"strength.strong", "answers"}:
        return False
    if f.keys() & {"after.gap0", "after.gap1", "after.gap2"}:
        return inner.rstrip()[-1:] in (",", "?", "!") and "after.sentences0" in f and bool(f.keys() & _SPOKEN)
    return bool(
        f.keys() & {"before.gap0", "before.gap1", "before.gap2"}
        and f.keys() & {"before.leadcolon.others0", "before.leadcomma.others0"}
        and len(inner.split()) > 2
        and not all(w[:1].isupper() for w in inner.split())
    )


@rule("speech or not", off=False)
def _is_led_by_colon(choice: Candidate, inner: str, strength: float) -> bool:
    """Whether a colon leads from whoever the sentence is about to a whole sentence: "Ahab has one message: “I never rest.”"."""
    words = inner.split()
    return (
        choice.way == "cue"
        and strength >= _STRONG_ENOUGH
        and "before.leadcolon.others0" in choice.features
        and len(words) > 2
        and words[0][:1].isupper()
        and inner.rstrip()[-1:] in (".", "!", "?")
        and not all(w[:1].isupper() for w in words)
    )


@rule("speech or not", off=False)
def _is_guess(choice: Candidate) -> bool:
    """Whether somebody is only taken for the speaker because the paragraph before has him, and words of its own stand here first."""
    return choice.way in ("previous", "reported") and not any(
        k.startswith(
            ("previous.before.whole", "previous.before.first", "reported.before.whole", "reported.before.first")
        )
        for k in choice.features
    )


@rule("speech or not", off=False)
def _is_shouted(text: str, choice: Candidate, inner: str) -> bool:
    """Whether words with a shout's mark stand right beside "chanted" or "shouted"."""
    beside = choice.features.keys() & {"before.gap0", "after.gap0", "after.gap1"}
    cue = choice.cue.of(text).casefold() if choice.cue is not None and choice.way == "cue" else ""
    return bool(beside) and cue in _SHOUTING and inner.rstrip().endswith("!")


def _total(candidate: Candidate, ranker: Linear) -> float:
    """The weight of a candidate; forms that name the speaker outright need no weighing."""
    if candidate.way == "dash":
        return 8.0
    if candidate.way == "label":
        return 9.0 if candidate.features.get("label.inside") or candidate.features.get("label.direct1") else 5.0
    if "owned" in candidate.features:
        return 6.0
    return ranker.total(candidate.features) + (
        _OUTRIGHT if _is_led_outright(candidate) else _ASIDE if "aside" in candidate.features else 0.0
    )


@rule("whose words", off=False)
def _is_led_outright(candidate: Candidate) -> bool:
    """Whether words stand right behind whoever they are according to: "In the words of Ahab, “…”"."""
    return candidate.way == "cue" and candidate.features.keys() >= {"touching.according", "before"}


# How surely a quotation's speaker is the one of the paragraph before (pure).

_SURE, _LIKELY, _EVEN, _UNLIKELY = 0.97, 0.93, 0.6, 0.35


@rule("whose words")
def carried_over(choice: Candidate) -> float | None:
    """How sure a speaker is who was carried over from the paragraph before; None for one who is named with the words.

    As it was counted on annotated news: nearly always right where the mark before never closed, where a colon leads in,
    and where a paragraph that is all quotation follows an attributed one; a guess elsewhere.
    """
    f = choice.features
    if choice.way == "reported":
        if any(k.startswith("reported.colon1") for k in f):
            return _SURE
        if not any(k.startswith("reported.strength.strong") or ".root1." in k for k in f):
            return _UNLIKELY  # "Ahab considering a voyage comes after weeks of calm" says nothing
        return _LIKELY if "reported.colon0.whole0.last1" in f else _EVEN
    if choice.way != "previous":
        return None
    if "previous.closed0.whole0" in f:
        return _SURE
    if "previous.closed1.whole0" in f:
        return _EVEN if "previous.tail0.whole0" in f else _LIKELY
    return _UNLIKELY
