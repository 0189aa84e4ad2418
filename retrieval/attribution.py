"""Cue and speaker's mention for every quotation of a document, paragraph by paragraph (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from retrieval.candidates import Candidate, Setting, Verdict, candidates, setting_of
from retrieval.cast import Cast
from retrieval.linear import Linear
from retrieval.model import Span
from retrieval.sheet import Sheet


def attributed(
    text: str, sheets: Sequence[Sheet], following: Mapping[int, Span], cast: Cast, models: Mapping[str, Linear]
) -> tuple[Verdict, ...]:
    """A verdict for each quotation of the sheets, in order. `following` maps a paragraph's number to the one after it."""
    verdicts: list[Verdict] = []
    before: Setting | None = None
    last: tuple[Verdict, ...] = ()
    for sheet in sheets:
        neighbour = before if before is not None and before.sheet.number == sheet.number - 1 else None
        setting = setting_of(text, sheet, cast, neighbour, last if neighbour else (), following.get(sheet.number))
        last = decided(setting, models)
        verdicts.extend(last)
        before = setting
    return tuple(verdicts)


def decided(setting: Setting, models: Mapping[str, Linear]) -> tuple[Verdict, ...]:
    """The verdicts on one paragraph's quotations."""
    done: list[Verdict] = []
    for index in range(len(setting.sheet.regions)):
        found = candidates(setting, index, done)
        done.append(judged(setting, index, found, done, models))
    return tuple(done)


def judged(
    setting: Setting, index: int, found: Sequence[Candidate], done: Sequence[Verdict], models: Mapping[str, Linear]
) -> Verdict:
    """The best candidate, and whether the words are speech at all."""
    region = setting.sheet.regions[index]
    scored = sorted(
        ((models["ranker"].probability(c.features), i) for i, c in enumerate(found)), key=lambda s: (-s[0], s[1])
    )
    score, choice = (scored[0][0], found[scored[0][1]]) if scored else (0.0, None)
    features = speech_features(setting, index, choice, score, done)
    return Verdict(region, models["speech"].probability(features), score, choice, tuple(found))


def speech_features(
    setting: Setting, index: int, choice: Candidate | None, score: float, done: Sequence[Verdict]
) -> dict[str, float]:
    """What tells words that somebody said from scare quotes, titles and slogans."""
    region = setting.sheet.regions[index]
    inner = region.inner.of(setting.text)
    words = inner.split()
    before = setting.text[setting.sheet.span.start : region.outer.start].rstrip()
    after = setting.text[region.outer.end : setting.sheet.span.end].strip()
    capital = inner[:1].isupper()
    stop = inner.rstrip()[-1:]
    title = len(words) > 1 and all(
        w[:1].isupper() or w.lower() in ("of", "the", "a", "an", "and", "in", "to", "for", "on") for w in words
    )
    size = (
        "1"
        if len(words) == 1
        else "2"
        if len(words) == 2
        else "4"
        if len(words) <= 4
        else "7"
        if len(words) <= 7
        else "more"
    )
    f = {
        f"size{size}": 1.0,
        f"size{size}.capital{int(capital)}": 1.0,
        f"stop{stop if stop in ',.?!' else 'x'}.capital{int(capital)}": 1.0,
        "score": score,
        f"score{int(score * 5)}": 1.0,
        f"size{size}.score{int(score * 3)}": 1.0,
        f"way.{choice.way if choice else 'none'}": 1.0,
        f"way.{choice.way if choice else 'none'}.size{size}": 1.0,
        f"kind.{choice.kind if choice else 'none'}": 1.0,
        f"lead.{before[-1] if before[-1:] and before[-1] in ',:.' else 'x' if before else 'start'}.capital{int(capital)}": 1.0,
        f"rest{int(bool(after))}.lead{int(bool(before))}": 1.0,
        f"said_before{int(bool(done) and done[-1].speech > 0.5)}": 1.0,
    }
    if title:
        f[f"title.size{size}"] = 1.0
    word = before.rsplit(None, 1)[-1].casefold() if before else ""
    if word:
        f[f"after_word.{word}" if word in _TELLING else "after_word.other"] = 1.0
    following = after.split(None, 1)[0].casefold().strip(".,;:") if after and after[0].isalpha() else ""
    if following and not capital:
        f["runs_on"] = 1.0
    return f


_TELLING = frozenset(
    [
        "the",
        "a",
        "an",
        "that",
        "as",
        "called",
        "named",
        "dubbed",
        "titled",
        "entitled",
        "so-called",
        "his",
        "her",
        "its",
        "their",
        "of",
        "is",
        "was",
        "are",
        "be",
        "in",
        "and",
        "or",
        "to",
        "for",
        "with",
        "on",
        "from",
        "by",
        "said",
        "than",
        "not",
        "about",
        "being",
        "word",
        "words",
        "term",
        "phrase",
        "slogan",
        "song",
        "show",
        "book",
        "movie",
        "film",
        "series",
        "magazine",
    ]
)
