"""For one quotation, everybody who may have said it, each with the features that speak for and against (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from retrieval.lexicon import BODY_NOUNS, DOCUMENTS, PERSON_NOUNS, is_person_noun
from retrieval.model import Span
from retrieval.reading.cast import Cast
from retrieval.reading.cue_features import Place, bucket, cue_features, place_of
from retrieval.reading.cue_subjects import CueSource, is_group, relative_of
from retrieval.reading.cues import cued, names_two
from retrieval.reading.denials import unsaid
from retrieval.reading.label_forms import Label, is_somebody, label_at
from retrieval.reading.layout import Region
from retrieval.reading.parse import Sheet
from retrieval.role_words import FURTHER
from retrieval.rules import rule

_DASH = re.compile(r"\s*(?:[—–―~]|--|(?<=\s)-)\s*(?=[A-Z])")
_ATTRIBUTED_LINE = re.compile(r"[^!?:“”\"\n]{3,90}$")
_SENTENCE_VERB = re.compile(r"\b(?:is|are|was|were|has|had|have|said|says|told|will|would|can|that)\b")
# "And from X:", "From the desk of X, banker." as a line
_FROM_LINE = re.compile(r"(?:And\s)?[Ff]rom\s(?:the\sdesk\sof\s(?=[^\n]{3,110}[.:]$)|(?=[^\n.]{3,110}:$))(?=[A-Z])")
_DOTS = re.compile(r"\s*(?:(?:\.\s?){2,}|…)\s*")  # all that stands between two parts of one statement
_LABEL_WORDS = 4  # of a label with other words between it and the quotation


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may have said a quotation, by which way he was found, and what is known of that."""

    way: str  # "cue", "label", "dash", "inherit", "previous", "colon"
    mention: Span | None
    cue: Span | None
    kind: str  # "name", "body", "pronoun", "plural", "nominal", "group", "none"
    features: dict[str, float] = field(default_factory=dict)
    head: int | None = None  # where the mention's governing word starts
    relative: Span | None = None  # the "who" that stands for the mention beside the cue: "Ahab, who said"


@dataclass(frozen=True, slots=True)
class Attribution:
    """What was decided about one quotation: is it speech, and whose."""

    region: Region
    speech: float
    score: float
    choice: Candidate | None
    candidates: tuple[Candidate, ...] = ()
    strength: float = 0.0
    agreed: float = 0.0  # the score of all candidates that give the words to the same mention
    shares: tuple[float, ...] = ()  # the score of each candidate
    features: Mapping[str, float] = field(default_factory=dict)  # what speaks for and against the words being speech


@dataclass(frozen=True)
class Setting:
    """What surrounds a paragraph: its sheet, its sources, and the paragraph before."""

    text: str
    sheet: Sheet
    sources: tuple[CueSource, ...]
    kinds: tuple[str, ...]
    before: Setting | None
    cast: Cast
    verdicts_before: tuple[Attribution, ...] = ()
    after: Span | None = None  # the following paragraph


def setting_of(
    text: str, sheet: Sheet, cast: Cast, before: Setting | None, verdicts: tuple[Attribution, ...], after: Span | None
) -> Setting:
    """The setting of a paragraph; `verdicts` are those of the paragraph before."""
    found = cued(sheet, cast)
    kinds = tuple(mention_kind(sheet, s, cast) for s in found)
    return Setting(text, sheet, found, kinds, replace(before, before=None) if before else None, cast, verdicts, after)


def mention_kind(sheet: Sheet, source: CueSource, cast: Cast) -> str:
    """What sort of mention a source has."""
    word = sheet.words[source.head]
    if word.lower in ("they", "we", "us", "them", "both", "many", "some", "others", "these", "those"):
        return "plural"
    if word.tag in ("PRP", "WP") or word.lower in ("this", "that", "it", "one"):
        return (
            "pronoun"
            if word.lower in ("he", "she", "him", "her")
            else "first"
            if word.lower in ("i", "me")
            else "thing"
        )
    if is_group(sheet, source.head) or names_two(sheet, source):
        return "group"
    for mention, character in cast.named_in(source.mention.start, source.mention.end):
        if mention.start <= word.start < mention.end:
            return "name" if character.person else "body"
    if word.tag in ("NNP", "NNPS") and word.lower not in PERSON_NOUNS and word.lower not in BODY_NOUNS:
        return "name"
    return "nominal"


def _sort(sheet: Sheet, source: CueSource, kind: str) -> str:
    """The kind, and for a common noun what sort of thing it names: only people, bodies and papers speak."""
    if kind != "nominal":
        return kind
    lower = sheet.words[source.head].lower
    if is_person_noun(lower):
        return "nominal.person"
    if lower in BODY_NOUNS:
        return "nominal.body"
    return "nominal.document" if lower in DOCUMENTS else "nominal.other"


def candidates(setting: Setting, index: int, done: Sequence[Attribution]) -> tuple[Candidate, ...]:
    """The candidates for region `index` of the setting's paragraph; `done` are the verdicts on those before it."""
    found: list[Candidate] = []
    found.extend(_by_cue(setting, index))
    found.extend(_by_form(setting, index))
    found.extend(_by_inheritance(setting, index, done))
    found.extend(_by_paragraph_before(setting, index))
    shared = _region_features(setting, index)
    return tuple(replace(c, features={**c.features, **{f"{c.way}&{k}": v for k, v in shared.items()}}) for c in found)


def _by_cue(setting: Setting, index: int) -> Iterator[Candidate]:
    sheet = setting.sheet
    place = place_of(setting.text, sheet, index, setting.sources)
    kinds = dict(zip(setting.sources, setting.kinds, strict=True))
    for source in place.usable:
        if _tells_something_else(place, source):
            continue
        f = cue_features(place, source, _sort(sheet, source, kinds[source]))
        cue, head = sheet.words[source.cue], sheet.words[source.head]
        who = relative_of(sheet, source)
        yield Candidate("cue", source.mention, Span(cue.start, cue.end), kinds[source], f, head.start, who)


@rule("whose words", off=False)
def _tells_something_else(place: Place, source: CueSource) -> bool:
    """Whether a cue in a sentence behind the words has words of its own: "“….” Ahab added that …", "“….” He declined to say when …"."""
    sheet = place.sheet
    inner = sheet.regions[place.index].inner.of(place.text).rstrip()
    behind = next((w.text for w in sheet.words[place.last :] if w.text[0].isalnum()), "")
    if min(source.cue, source.head) < place.last or inner[-1:] not in (".", "?", "!") or not behind[:1].isupper():
        return False
    cue = sheet.words[source.cue]
    own = any(sheet.words[c].dep == "ccomp" and c > source.cue for c in sheet.children[source.cue])
    return own or unsaid(place.text, Span(cue.start, cue.end))


@rule("whose words", off=())
def _by_form(setting: Setting, index: int) -> Iterator[Candidate]:
    """Attribution by the look of the line: "Ahab: “…”", "“…” — Captain Ahab", "Ahab's claim that “…”"."""
    sheet, text = setting.sheet, setting.text
    region = sheet.regions[index]
    owner = owned(text, region.outer.start, region.outer.end, sheet.span.start)
    if owner is not None and owner[1].of(text) == ":":
        yield Candidate("label", owner[0], None, "name", {"label": 1.0, "label.direct1": 1.0})
    elif owner is not None:
        yield Candidate("cue", owner[0], owner[1], "name", {"owned": 1.0})
    inside = label_at(text, region.inner)
    if inside is not None and inside.capitals and _is_named_elsewhere(text, inside):  # a transcript in quotation marks
        yield Candidate("label", _label_mention(text, inside), None, "name", {"label": 1.0, "label.inside": 1.0})
    label = label_at(text, sheet.span)
    if label is not None and label.span.end <= region.outer.start:
        direct = label.speech == region.outer.start
        words = label.name(text)
        formed = direct or (index == 0 and label.capitals) or 1 < len(words.split()) <= _LABEL_WORDS
        if formed and (is_somebody(text, words) or not (label.capitals or len(words.split()) == 1)):
            yield Candidate(
                "label",
                _label_mention(text, label),
                None,
                "name",
                {"label": 1.0, f"label.direct{int(direct)}": 1.0},
            )
    elif (name := _headed(setting, region)) is not None or (
        name := named_before(text, sheet.span, region.outer.start, setting.cast)
    ) is not None:
        yield Candidate("label", name, None, "name", {"label": 1.0, "label.direct1": 1.0})
    if index == len(sheet.regions) - 1:
        yield from _by_signature(setting, region)


def _is_named_elsewhere(text: str, label: Label) -> bool:
    """Whether a label in capitals is a name or an office that the text writes as one too; "WANTED: …" is nobody."""
    name = label.name(text)
    if is_somebody(text, name) or text.count(f"{name}:") > 1:
        return True
    return re.search(rf"\b{re.escape(name.split()[-1].title())}\b", text) is not None


@rule("whose words")
def _headed(setting: Setting, region: Region) -> Span | None:
    """Who is named by the line above a paragraph in marks: "And from Chairwoman Brooke:", "From the desk of Bulstrode, banker."."""
    above = setting.before.sheet if setting.before is not None else None
    if above is None or above.regions or setting.text[setting.sheet.span.start : region.outer.start].strip():
        return None
    line = _FROM_LINE.match(setting.text, above.span.start, above.span.end)
    found = setting.cast.named_in(line.end(), above.span.end) if line is not None else []
    person = next((m for m, c in found if c.person), None)
    return Span(person.start, person.end) if person is not None else None


@rule("whose words", off=())
def _by_signature(setting: Setting, region: Region) -> Iterator[Candidate]:
    """Attribution behind the words: "“…” — Captain Ahab", or a line with his name and office right below."""
    sheet, text, following = setting.sheet, setting.text, setting.sheet.span.end
    dash = _DASH.match(text, region.outer.end, min(following, region.outer.end + 8))
    start = dash.end() if dash else None
    ends = not text[region.outer.end : following].strip(" .")
    if start is None and setting.after is not None and ends:
        opening = _DASH.match(text, setting.after.start, min(setting.after.end, setting.after.start + 4))
        start, following = (opening.end(), setting.after.end) if opening else (None, following)
    line = _ATTRIBUTED_LINE.match(text, start, following) if start is not None else None
    headline = sheet.number == 0 and line is not None and not _is_named_below(text, line.group(), sheet.span.end)
    if start is not None and line is not None and not headline and not _SENTENCE_VERB.search(line.group()):
        yield Candidate("dash", Span(start, _cut(text, start, following)), None, "name", {"dash": 1.0})
    elif ends and setting.after is not None and not text[sheet.span.start : region.outer.start].strip():
        name = named_below(text, sheet.span, setting.after, setting.cast)
        if name is not None:
            yield Candidate("dash", name, None, "name", {"dash": 1.0})


def _is_named_below(text: str, words: str, end: int) -> bool:
    """Whether a text goes on to name whom its headline gives words to; "– Interview" behind them is nobody."""
    names = re.findall(r"\b[A-Z][\w’'\-]+", words)
    return not text[end:].strip() or any(re.search(rf"\b{re.escape(n)}\b", text[end:]) for n in names)


def _label_mention(text: str, label: Label) -> Span:
    words = label.span.of(text)
    cut = re.search(r"\s*[\[(,]", words)
    end = label.span.start + (cut.start() if cut and cut.start() > 0 else len(words))
    start = label.span.start
    return Span(start, end)


def _cut(text: str, start: int, end: int) -> int:
    for i in range(start, end):
        if text[i] in ",(;":
            end = i
            break
    while end > start and (text[end - 1].isspace() or text[end - 1] == "."):
        end -= 1
    return end


@rule("whose words", off=())
def _by_inheritance(setting: Setting, index: int, done: Sequence[Attribution]) -> Iterator[Candidate]:
    """Whoever said the quotation before this one in the same paragraph."""
    for verdict in reversed(done):
        if verdict.choice is None:
            continue
        sheet = setting.sheet
        here, there = sheet.region_words[index], sheet.region_words[verdict_index(sheet, verdict)]
        between = sheet.words[there[1] : here[0]]
        gap = sum(1 for w in between if w.region < 0 and w.text[0].isalnum())
        sentences = (between[-1].sentence - between[0].sentence) if between else 0
        cue = verdict.choice.cue
        sandwiched = cue is not None and there[1] < len(sheet.words) and cue.start >= verdict.region.outer.end
        rivals = sum(1 for s in setting.sources if s.strength == "strong" and there[1] <= s.cue < here[0])
        own = 1 if sandwiched and cue is not None and cue.start < sheet.regions[index].outer.start else 0
        f = {
            "inherit": 1.0,
            f"inherit.gap{bucket(gap)}": 1.0,
            f"inherit.sentences{min(3, sentences)}": 1.0,
            f"inherit.rivals{max(0, min(2, rivals - own))}.own{own}": 1.0,
            f"inherit.way.{verdict.choice.way}": 1.0,
            "inherit.speech": verdict.speech,
            "inherit.score": verdict.score,
            "inherit.strength": verdict.strength,
        }
        if _DOTS.fullmatch(setting.text, verdict.region.outer.end, sheet.regions[index].outer.start):
            f["inherit.dots"] = 1.0
        yield replace(verdict.choice, way="inherit", features=f)
        return


def verdict_index(sheet: Sheet, verdict: Attribution) -> int:
    """Which of the paragraph's regions a verdict is about."""
    return next(i for i, r in enumerate(sheet.regions) if r.outer == verdict.region.outer)


@rule("whose words", off=())
def _by_paragraph_before(setting: Setting, index: int) -> Iterator[Candidate]:
    """Whoever had the floor in the paragraph before."""
    if setting.before is None:
        return
    region, sheet = setting.sheet.regions[index], setting.sheet
    alone = not any(c.isalnum() for c in setting.text[sheet.span.start : region.outer.start])
    whole = alone and not any(c.isalnum() for c in setting.text[region.outer.end : sheet.span.end])
    last = setting.verdicts_before[-1] if setting.verdicts_before else None
    shape = f"{'whole' if whole else 'first' if alone else 'inside'}{min(index, 1)}"
    own = sum(1 for s in setting.sources if s.strength == "strong")
    base = {f"before.{shape}": 1.0, f"before.{shape}.own{min(1, own)}": 1.0}
    if last is not None and last.choice is not None:
        tail = setting.text[last.region.outer.end : setting.before.sheet.span.end].strip()
        f = {
            "previous": 1.0,
            f"previous.closed{int(last.region.closed)}.{shape}": 1.0,
            f"previous.tail{bucket(len(tail.split()))}.{shape}": 1.0,
            "previous.speech": last.speech,
            f"previous.way.{last.choice.way}": 1.0,
            **{f"previous.{k}": v for k, v in base.items()},
        }
        yield replace(last.choice, way="previous", features=f)
    yield from _reported_before(setting, shape, base)


@rule("whose words", off=())
def _reported_before(setting: Setting, shape: str, base: dict[str, float]) -> Iterator[Candidate]:
    """Whoever the paragraph before reports or speaks of: "Ahab was sure of it." before a quotation that stands alone."""
    before = setting.before
    assert before is not None
    words = before.sheet.words
    if not words:
        return
    colon = setting.text[before.sheet.span.end - 1] in ":,"
    final = words[-1].sentence
    pairs = list(zip(before.sources, before.kinds, strict=True))
    spoken = [p for p in pairs if p[0].strength in ("strong", "medium", "according")]
    chosen: dict[int, tuple[CueSource, str]] = {}
    for pair in (spoken[-1:], [p for p in pairs if words[p[0].cue].sentence == final][:1], pairs[:1]):
        chosen.update((p[0].head, p) for p in pair)
    for source, kind in chosen.values():
        cue = words[source.cue]
        root = cue.dep == "ROOT"
        sort = _sort(before.sheet, source, kind)
        f = {
            "reported": 1.0,
            f"reported.colon{int(colon)}.{shape}.last{int(cue.sentence == final)}": 1.0,
            f"reported.strength.{source.strength}.root{int(root)}.{shape}": 1.0,
            f"reported.mention.{sort}": 1.0,
            f"reported.quoted{min(2, len(before.sheet.regions))}.{shape}": 1.0,
            f"reported.last{int(cue.sentence == final)}.root{int(root)}": 1.0,
            f"reported.first{int(source is before.sources[0])}": 1.0,
            **{f"reported.{k}": v for k, v in base.items()},
        }
        yield Candidate("reported", source.mention, Span(cue.start, cue.end), kind, f, words[source.head].start)


def _region_features(setting: Setting, index: int) -> dict[str, float]:
    region = setting.sheet.regions[index]
    inner = region.inner.of(setting.text)
    words = len(inner.split())
    return {
        f"words{bucket(words)}": 1.0,
        f"capital{int(inner[:1].isupper())}": 1.0,
    }


# Words that the form of the sentence gives to somebody beside its verb: "Ahab's claim that", "described by Pip as" (pure).

_NAME = r"(?P<name>(?:[A-Z][\w.\-]*(?:['’][A-Z]\w+)?\s){0,3}(?:[a-z]’)?[A-Z][\w\-]*(?:['’][A-Z]\w+)?)"
_THINGS = (
    "claim|warning|assertion|argument|accusation|allegation|boast|contention|insistence|suggestion|promise|pledge|vow|complaint|"
    "prediction|assurance|admission|remark|comment|description|denial|threat|demand|plea|appeal|prophecy|conclusion|quip|joke|phrase|words"
)
# "Ahab's claim that the ship was “", "Ahab's description of it as “", "Ahab's words – “", "Ahab's words were: “"; not "Ahab's remarks were “rude”"
_OWNER = re.compile(
    rf"{_NAME}['’]s?\s(?:(?!that\b)[a-z\-]+\s){{0,2}}(?P<thing>(?:{_THINGS})s?)"
    r"(?:\s(?:that|of)\s[^.;:,“”\"–—]*|\s?[–—:,]?\s?|\s(?:[a-z]+\s){0,3}(?:was|were|is|are):\s)$"
)
_CALLED = (
    r"(?P<thing>described|called|dubbed|labell?ed|branded|termed|denounced|dismissed|hailed|praised|characteri[sz]ed)"
)
# "accused by Ahab of “", "described by Ahab as a “"
_BY_BEFORE = re.compile(
    rf"\b(?:{_CALLED}|(?P<charge>accused|suspected))\s(?:\w+ly\s)?by\s{_NAME}\s(?:as|of)\s(?:being\s)?(?:an?\s|the\s)?$"
)
_CALLED_BEFORE = re.compile(rf"\b{_CALLED}\s(?:as\s)?(?:an?\s|the\s)?$")
_BY_AFTER = re.compile(rf",?\s(?:\w+\s)?by\s{_NAME}(?=[,.;)\s])")
# "“A.” Pip Gargery: “": a label in the middle of a line
_LABELLED = re.compile(rf"[.?!][”\"’']?\s(?=\w[\w.\-]*\s){_NAME}(?P<thing>:)\s?$")
_REACH = 240


@rule("whose words")
def owned(text: str, start: int, end: int, first: int) -> tuple[Span, Span] | None:
    """Who has the words between two marks, and the word that says so; `first` is where the paragraph begins."""
    before = text[max(first, start - _REACH) : start]
    shift = start - len(before)
    for pattern in (_OWNER, _BY_BEFORE, _LABELLED):
        found = pattern.search(before)
        if found is not None:
            thing = "thing" if found["thing"] else "charge"  # only one pattern has a charge
            return Span(shift + found.start("name"), shift + found.end("name")), Span(
                shift + found.start(thing), shift + found.end(thing)
            )
    called = _CALLED_BEFORE.search(before)
    by = _BY_AFTER.match(text, end) if called is not None else None
    if called is None or by is None:
        return None
    return Span(by.start("name"), by.end("name")), Span(shift + called.start("thing"), shift + called.end("thing"))


# Names that stand with words by the look of the line alone: "Ahab, on the whale: “…”", a line "Starbuck, chief mate" below (pure).

_SIGNED_NAME = r"(?P<name>(?:(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Capt)\.?\s)?[A-Z][\w’'\-]+(?:\s[A-Z][\w’'.\-]*){0,3})"
_ON = re.compile(
    rf"[\s•·*▪◦‣>–—-]*{_SIGNED_NAME},\s(?:on|about|when|in|asked|speaking|responding|replying|to|after|during|at|via|of)\s[^:“”\"\n]{{1,90}}:\s*"
)
# "Allahakbarries manager Lord Emsworth: “…”"
_SIGNED_CALLED = re.compile(
    rf"[\s•·*▪◦‣>–—-]*(?:[\w’'&.\-]+\s){{0,7}}(?P<calling>[a-z\-]+)\s(?:(?:Lord|Lady|Sir|Dame|Prince|Princess)\s)?{_SIGNED_NAME}:\s*"
)
_VERBLESS = re.compile(rf"[.!?][”\"’')]*\s{_SIGNED_NAME}:\s*$")
_SIGNED_REACH = 60  # characters before a quotation in which a name and a colon stand
_LINE = 90  # characters of a line that is a name and what he is
_VERB = re.compile(r"\b(?:is|are|was|were|has|had|have|said|says|told|tells|will|would|can|that|who)\b")


@rule("whose words")
def named_before(text: str, paragraph: Span, at: int, cast: Cast) -> Span | None:
    """The name that a colon ties to words at an offset without a verb; None when it is nobody's."""
    found = _ON.fullmatch(text, paragraph.start, at) or _VERBLESS.search(
        text, max(paragraph.start, at - _SIGNED_REACH), at
    )
    if found is None:
        found = _SIGNED_CALLED.fullmatch(text, paragraph.start, min(at, paragraph.start + _LINE * 2))
        if found is None or found["calling"] not in PERSON_NOUNS | FURTHER | {
            "boss",
            "captain",
            "skipper",
            "mp",
            "mep",
        }:
            return None
    name = Span(*found.span("name"))
    for mention, character in cast.named_in(name.start, name.end):
        if character.person and mention.end == name.end:  # a surname alone after its full name only
            known = " " in mention.text or text.find(character.name, 0, name.start) >= 0
            return name if known and not character.doubtful else None
    return None


@rule("whose words")
def named_below(text: str, quoted: Span, after: Span, cast: Cast) -> Span | None:
    """The name in the line right below a paragraph that is a quotation: "Captain Ahab, whaler"."""
    if text.count("\n", quoted.end, after.start) != 1 or after.end - after.start > _LINE:
        return None
    line = after.of(text).rstrip()
    if line[-1:] in '.!?:;,”"' or _VERB.search(line):
        return None
    for mention, character in cast.named_in(after.start, after.end):
        before = text[after.start : mention.start].split()
        titled = len(before) <= 4 and all(w[0].isupper() for w in before)
        if not character.person or not titled or text[mention.end : mention.end + 2] != ", ":
            return None
        return Span(mention.start, mention.end) if " " in mention.text or before else None
    return None
