"""What tells words that somebody said from scare quotes, titles and slogans (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.lexicon import NAMING, STRONG
from retrieval.reading.candidates import Attribution, Candidate, Setting
from retrieval.reading.layout import MARKS
from retrieval.rules import rule


def speech_features(
    setting: Setting, index: int, choice: Candidate | None, scores: tuple[float, float], done: Sequence[Attribution]
) -> dict[str, float]:
    """What tells words that somebody said from scare quotes, titles and slogans."""
    region = setting.sheet.regions[index]
    inner = region.inner.of(setting.text)
    words = inner.split()
    before = setting.text[setting.sheet.span.start : region.outer.start].rstrip()
    after = setting.text[region.outer.end : setting.sheet.span.end].strip()
    capital = inner[:1].isupper()
    stop = inner.rstrip()[-1:]
    title = _is_title(words)
    size = next((str(n) for n in (1, 2, 4, 7) if len(words) <= n), "more")
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
    if any(w.strip(",.?!…").casefold() in _OWN for w in words):
        f["own_person"] = 1.0
        f[f"own_person.size{size}"] = 1.0
    if len(words) <= _TERM and capital and setting.text.count(inner.strip(" ,.")) > 1:
        f[f"again.size{size}"] = 1.0  # a name that the text uses elsewhere
    elif len(words) <= _TERM and setting.text.count(inner.strip(" ,.")) > 1:
        f[f"again.small.size{size}"] = 1.0
    f.update(_place(setting, index, before, after, words, choice, size))
    f.update(_grammar(setting, index, size))
    if choice is not None:
        f.update(_evidence(setting, choice, words))
    return f


@rule("speech or not", off=False)
def _is_title(words: Sequence[str]) -> bool:
    """Whether every word that carries something is written large: the title of a work."""
    return len(words) > 1 and all(w[:1].isupper() or w.lower() in _SMALL for w in words)


@rule("speech or not", off=False)
def _is_thing_called(setting: Setting, index: int) -> bool:
    """Whether the words are only what a thing is called, and nobody is said to call it so: "a dish called “burgoo”"."""
    words, first = setting.sheet.words, setting.sheet.region_words[index][0]
    at = next((i for i in range(first - 1, max(-1, first - 3), -1) if words[i].text[0].isalnum()), None)
    if at is None or words[at].lower not in _CALLED or words[at].dep != "acl":
        return False
    return not any(words[c].lower == "by" for c in setting.sheet.children[at])


@rule("speech or not", off=False)
def _is_name_of_thing(setting: Setting, index: int, words: Sequence[str]) -> bool:
    """Whether a few words written large stand right behind the noun for what they name: "the comedy “Wedding Bells”"."""
    large = len(words) <= _TERM and all(w[:1].isupper() or w.lower() in _SMALL for w in words)
    at = setting.sheet.region_words[index][0] - 1
    while at >= 0 and setting.sheet.words[at].text[0] in MARKS:
        at -= 1
    return large and at >= 0 and setting.sheet.words[at].tag == "NN" and words[-1][-1:] not in "!?"


@rule("speech or not", off=False)
def _is_event(words: Sequence[str], before: str) -> bool:
    """Whether the words name a law, a gathering or a show: "the 2010 “Expulsion Initiative”"."""
    last = words[-1].strip(".,;:!?").casefold() if words else ""
    return _is_title(words) and last in _EVENTS and (before in _DETERMINERS or before.isdigit())


@rule("speech or not", off=False)
def _is_talked_of(words: Sequence[str], before: str, after: str) -> bool:
    """Whether a title is what its sentence is about: "“Girls of Raveloe” is a celebration of women"."""
    follows = after.split(None, 2)[:2]
    return (
        _is_title(words)
        and 2 <= len(words) <= _TERM
        and words[-1][-1:] not in ".!?"
        and (not before or before[-1] in ".,;")
        and len(follows) == 2
        and follows[0] in ("is", "was")
        and follows[1] in ("a", "an", "the")
    )


def _place(
    setting: Setting,
    index: int,
    before: str,
    after: str,
    words: Sequence[str],
    choice: Candidate | None,
    size: str,
) -> dict[str, float]:
    """What stands beside a quotation: the show it is the title of, the noun it describes."""
    capital, title = words[0][:1].isupper() if words else False, _is_title(words)
    stop = words[-1][-1:] if words else ""
    f: dict[str, float] = {}
    word = before.rsplit(None, 1)[-1].casefold() if before else ""
    if word:
        f[f"after_word.{word}" if word in _TELLING else "after_word.other"] = 1.0
    cued = choice is not None and (choice.cue is None or choice.cue.of(setting.text).casefold() in STRONG | _NAMING)
    if title and 2 <= len(words) <= 6 and not cued and before[-1:] not in (",", ":", ""):
        f["title_alone"] = 1.0  # "the crew had read “Wuthering Heights”"
    naming = choice is not None and choice.cue is not None and choice.cue.of(setting.text).casefold() in NAMING
    if not naming and _is_name_of_thing(setting, index, words):
        f["so_called"] = 1.0  # "the comedy “Fleabag”"
    if len(words) <= _MOTTO and (_IS_NAME_OF.search(before) or _is_thing_called(setting, index)):
        f["so_called"] = (
            1.0  # "Its motto is “Ready, aye, ready”", "known as “Black Tom”", "something called “the Deep”"
        )
    if (title and len(words) <= _MOTTO and _IN_A_WORK.search(before)) or (
        _A_WORK.search(before) and _TELLS_OF_IT.match(after)
    ):
        f["so_called"] = 1.0  # "in the last instalment of “Whaling Hour,”", "Her essay, “On the sea,” was printed"
    if _PASSED_OFF.search(before) or _is_event(words, word) or _is_talked_of(words, before, after):
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
    return f


def _evidence(setting: Setting, choice: Candidate, words: Sequence[str]) -> dict[str, float]:
    """What the best candidate rests on."""
    kept = (k for k in choice.features if k.startswith(_SHARED) and "&" not in k)
    f = {f"{choice.way}|{k}|{'small' if len(words) <= 4 else 'large'}": 1.0 for k in kept}
    if choice.cue is not None:
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


_PASSED_OFF = re.compile(r"\b(?:pitched|billed|marketed|advertised|sold|styled|branded)\sas$")  # of what nobody says
_EVENTS = frozenset(
    "initiative forum act show summit campaign tour bill law project program programme prize award festival convention".split()  # noqa: SIM905 - a list of words reads better as one
)
_DETERMINERS = frozenset(["the", "a", "an", "its", "his", "her", "their", "this", "that"])
_IS_NAME_OF = re.compile(
    r"\b(?:(?:motto|slogan|watchword|tagline|nickname|title|theme|name|headline)(?:(?:\s\w+){0,4}\s(?:is|was|of)|,)?|"
    r"so-called|known(?:\s\w+){0,5}\sas|known|dubbed|nicknamed|christened|entitled|titled|headlined)$"
)
_CALLED = frozenset(["called", "named", "labelled", "labeled", "termed"])
_IN_A_WORK = re.compile(
    r"\b(?:episode|edition|broadcast|instal?lment|taping|season|finale|copy|copies|chapter|cover|screening|rendition|host|star|"
    r"author|creator|producer|director|co-host|anchor)s?\s(?:of|on)$"
)
_A_WORK = re.compile(
    r"\b(?:commentary|column|article|essay|op-ed|editorial|story|book|novel|film|song|play|memoir|poem),$"
)
_TELLS_OF_IT = re.compile(r"(?:is|was|has|had|will|came|appeared|ran|tells|told|won|made|makes)\b")
_MOTTO = 7  # words of a motto, at most
_OWN = frozenset(
    ["i", "i'm", "i’m", "i've", "i’ve", "i'll", "i’ll", "me", "my", "we", "we're", "we’re", "our", "us", "you", "your"]
)
_TERM = 5  # words of a term, a title, a slogan

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
    "clause",
    "before.stops",
    "after.stops",
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
NEVER_SPEECH = frozenset({"possessed.work", "so_called", "title_alone"})
_SMALL = frozenset({"of", "the", "a", "an", "and", "in", "to", "for", "on"})
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
