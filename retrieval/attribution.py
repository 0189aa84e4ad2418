"""Cue and speaker's mention for every quotation of a document, paragraph by paragraph (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from retrieval.candidates import Candidate, Setting, Verdict, candidates, setting_of
from retrieval.cast import Cast
from retrieval.cues import STRONG
from retrieval.linear import Linear, logistic, shares
from retrieval.marks import MARKS
from retrieval.model import Span
from retrieval.sheet import Sheet
from retrieval.turns import is_stage_direction


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
    totals = [_total(c, models["ranker"]) for c in found]
    probabilities = shares(totals)
    best = max(range(len(found)), key=lambda i: totals[i], default=None)
    choice = found[best] if best is not None else None
    score = probabilities[best] if best is not None else 0.0
    strength = logistic(totals[best]) if best is not None else 0.0
    features = speech_features(setting, index, choice, (score, strength), done)
    speech = models["speech"].probability(features)
    inner = region.inner.of(setting.text)
    alone = choice is None and not (inner[:1].isupper() and len(inner.split()) >= 4)
    if alone or is_stage_direction(inner) or features.keys() & _NEVER_SPEECH:
        speech = 0.0
    elif choice is not None and _is_certain(choice, inner):
        speech = max(speech, 0.95)
    return Verdict(region, speech, score, choice, tuple(found), strength)


def _is_certain(choice: Candidate, inner: str) -> bool:
    """Whether a plain reporting verb stands right at the marks: "“…,” Ishmael said", "Ishmael said: “…”"."""
    f = choice.features
    if choice.way != "cue" or "strength.strong" not in f:
        return False
    if f.keys() & {"after.gap0", "after.gap1", "after.gap2"}:
        return inner.rstrip()[-1:] in (",", "?", "!") and "after.sentences0" in f and "say" in f
    return bool(
        f.keys() & {"before.gap0", "before.gap1", "before.gap2"}
        and f.keys() & {"before.leadcolon.others0", "before.leadcomma.others0"}
        and len(inner.split()) > 2
        and not all(w[:1].isupper() for w in inner.split())
    )


def _total(candidate: Candidate, ranker: Linear) -> float:
    """The weight of a candidate; forms that name the speaker outright need no weighing."""
    if candidate.way == "dash":
        return 8.0
    if candidate.way == "label":
        return 9.0 if candidate.features.get("label.inside") or candidate.features.get("label.direct1") else 5.0
    return ranker.total(candidate.features)


def speech_features(
    setting: Setting, index: int, choice: Candidate | None, scores: tuple[float, float], done: Sequence[Verdict]
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
        "score": scores[0],
        "strength": scores[1],
        f"strength{int(scores[1] * 5)}": 1.0,
        f"score{int(scores[0] * 5)}": 1.0,
        f"size{size}.strength{int(scores[1] * 3)}": 1.0,
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
    cued = choice is not None and (choice.cue is None or choice.cue.of(setting.text).casefold() in STRONG | _NAMING)
    if title and 2 <= len(words) <= 6 and not cued and before[-1:] not in (",", ":", ""):
        f["title_alone"] = 1.0  # "the crew had read “Wuthering Heights”"
    if word in ("so-called", "known", "dubbed", "nicknamed") and len(words) <= 5:
        f["so_called"] = 1.0
    possessed = before.endswith(("'s", "’s"))
    if possessed:
        f[f"possessed.title{int(title)}.size{size}"] = 1.0
    if len(words) <= 7 and (title or (capital and len(words) <= 3)) and (possessed or word.strip(",") in _WORKS):
        f["work"] = 1.0
        if possessed and title and len(words) > 1:
            f["possessed.work"] = 1.0  # "on the Pequod's “Whaling Hour”": never speech
        f[f"work.stop{int(stop in '.?!')}"] = 1.0
    following = after.split(None, 1)[0].casefold().strip(".,;:") if after and after[0].isalpha() else ""
    if following:
        f[f"runs_on.capital{int(capital)}.size{size}"] = 1.0
        if following in _SHOWS:
            f["before_show"] = 1.0
    f.update(_grammar(setting, index, size))
    if choice is not None:
        kept = (k for k in choice.features if k.startswith(_SHARED) and "&" not in k)
        f.update({f"{choice.way}|{k}|{'small' if len(words) <= 4 else 'large'}": 1.0 for k in kept})
    if choice is not None and choice.cue is not None:
        cue = choice.cue.of(setting.text).casefold()
        f[f"cue.{cue}" if cue in _NAMING else "cue.other"] = 1.0
    return f


def _grammar(setting: Setting, index: int, size: str) -> dict[str, float]:
    """The parts of speech around a quotation, and what its head is to the sentence."""
    sheet = setting.sheet
    first, last = sheet.region_words[index]
    if first >= last:
        return {}
    before = next((w for w in reversed(sheet.words[max(0, first - 3) : first]) if w.text[0].isalnum()), None)
    after = next((w for w in sheet.words[last : last + 3] if w.text[0] not in MARKS), None)
    small = "small" if size in ("1", "2", "4") else "large"
    f = {
        f"tag_before.{before.tag if before and sheet.words[first - 1].text[0] in MARKS else 'none'}.{small}": 1.0,
        f"tag_after.{after.tag if after else 'none'}.{small}": 1.0,
    }
    roots = [w for w in sheet.words[first:last] if not first <= w.head < last]
    if roots:
        f[f"root.{roots[0].dep}.{small}"] = 1.0
        f[f"root_tag.{roots[0].tag}.{small}"] = 1.0
    if size == "1" and before is not None and after is not None and before.tag == after.tag == "NNP":
        f["nickname"] = 1.0
    return f


# What the best candidate rests on tells speech from scare quotes too
_SHARED = (
    "strength.",
    "linked",
    "before.lead",
    "after.tail",
    "before.gap",
    "after.gap",
    "before.sent",
    "after.sent",
    "inherit.gap",
)
_WORKS = frozenset(
    [
        "on",
        "of",
        "called",
        "titled",
        "entitled",
        "dubbed",
        "named",
        "show",
        "episode",
        "program",
        "programme",
        "film",
        "movie",
        "documentary",
        "book",
        "novel",
        "essay",
        "article",
        "column",
        "commentary",
        "song",
        "album",
        "series",
        "magazine",
        "newspaper",
        "podcast",
        "host",
        "hosts",
        "drama",
        "thriller",
        "play",
        "musical",
        "painting",
        "hit",
        "op-ed",
        "editorial",
        "spot",
        "ad",
        "video",
        "slogan",
        "sign",
        "signs",
        "banner",
        "hashtag",
        "reading",
        "act",
        "bill",
        "law",
        "initiative",
        "project",
        "campaign",
        "operation",
        "tour",
        "concert",
        "special",
        "memoir",
    ]
)
_NEVER_SPEECH = frozenset({"possessed.work", "so_called", "title_alone"})
_SHOWS = frozenset(
    [
        "show",
        "program",
        "programme",
        "podcast",
        "forum",
        "radio",
        "series",
        "film",
        "movie",
        "initiative",
        "website",
        "campaign",
        "crowd",
        "movement",
        "hashtag",
        "magazine",
    ]
)
_NAMING = frozenset(
    [
        "called",
        "call",
        "calls",
        "calling",
        "dubbed",
        "described",
        "describes",
        "describing",
        "labeled",
        "labelled",
        "branded",
        "named",
        "titled",
        "entitled",
        "known",
        "referred",
        "said",
        "says",
        "told",
        "tweeted",
        "wrote",
        "added",
        "chanted",
        "chanting",
    ]
)
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
