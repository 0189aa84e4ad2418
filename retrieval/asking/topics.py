"""What words are about, in a few of them: names of places, bodies and events, and things with their article (pure)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from retrieval.lexicon import gender_of
from retrieval.terms import STOP, fold, listed

_DETERMINERS = "the|this|that|these|those|our|their|its|his|her|my|your"
_AFTER = r"(?=\s*[.,;:!?)”\"…]|\s+[–—-]|\s+(?:and|or|of|in|on|to|for|with|that|which|is|was|are|were|will|would|can|at|by|from|as|has|have|had|but|because|when|who|before|after|until|during|while|if|though|than|into|over|under|against|about|through|where|must|may|shall|should|could|did|does|do|not|said|we|they|you|he|she|it|i)\b|\s*$)"
_NAME = re.compile(
    r"(?<=[a-z,;’'] )(?P<the>the\s+)?(?P<what>[A-Z][\w’-]*[\w](?:\s+(?:of\s+(?:the\s+)?)?[A-Z][\w’-]*[\w]){0,3})(?![\w-])(?!\s+[A-HJ-Z])(?![’'])"
)
_THING = re.compile(
    rf"\b(?P<the>(?:{_DETERMINERS})\s+)?(?:(?:of|on|about|for|against|with|into|more|new|and|to|by|in)\s+)?(?<=\s)"
    rf"(?P<what>(?:[a-z][a-z-]{{3,}}\s+)?[a-z][a-z-]{{3,}}){_AFTER}"
)
# What people speak about, by its name; and endings of nouns that may be anything.
_MATTER = re.compile(
    r"(?:^|[a-z])(?:weapon|price|cost|right|tax|job|school|worker|soldier|troop|border|treaty|deal|law|talk|rule|bank|budget|vote|voter|gun|drug|attack|"
    r"visit|letter|bridge|ship|train|ball|wedding|war|army|navy|oil|gas|sanction|guarantee|summit|election|debate|climate|trade|union|minority|police|"
    r"children|clock|wreck|wind|wager|market|student|patient|immigrant|government|planet|agreement|invitation|membership|alliance|invasion|"
    r"investment|missile|tank|ammunition|negotiation|ceasefire|convention|campaign|pipeline|constitution|amendment|immigration|education|"
    r"government|refugee|lodging|building|hearing|killing|shooting|bombing|famine|strike|harvest|hospital|railway|peacekeeper|jet)s?$|(?:minor|commun)ities$|^(?:peace|aid|arms|defen[cs]e|security|justice|freedom|"
    r"energy|health|power|economy|world order|deterrence|inflation|unemployment|immigration|terrorism|corruption)$"
)
_NOUN = re.compile(
    r"(?:(?:tion|sion|ment|ship|ance|ence|ism|ure|age|ity|dom|line|system|force|member|women|people|parent|accident|client|event|servant)s?|ities|ies|speech|future)$"
)
_KIND_OF = re.compile(
    r"(?:al|ive|ic|ous|ary|ful|ble|ern|ior|tion|ity|ment|ence|age|ism|ship|ear|ign|ean|ian|ish|way|itical|eign)$|^(?:arms|air|gas|oil|free|world|tax|gun|war|peace|police|"
    r"school|labou?r|climate|energy|trade|border|bank|drug|fair|safe|strong|open|cheap|clean|hard|gold|sea|food|water|power|defen[cs]e|state|party|press|service)$"
)
_OF_A_PEOPLE = re.compile(
    r"(?:ian|ians|[^r]can|cans|ean|eans|ish|ese|ch|crat|crats|ern|cratic|lantic|lamic|German|Germans|ly|[a-z]ing)$|-type$"
)
_PLURAL = re.compile(r"(?<![sui])s$")
_NO_SUBJECT = STOP | listed(
    """really many first last next year years today time times lot lots kind kinds sort sorts bit number part parts side way ways day days
    week weeks month months moment end case cases matter matters place places point points question questions reason reasons issue issues
    fact facts idea ideas thing things nothing something anything everything everybody nobody well good better best great much more most
    little long short big small other others another same such able sure going being having doing making getting coming taking saying
    never ever always often still also just very quite rather together however morning evening night hours minutes yesterday tomorrow
    person persons man men woman body guy guys folks ladies gentlemen president prime minister secretary general leader leaders mister
    actual usual unusual whole entire evening afternoon question answer years president’s under over after before later earlier people’s"""
)
_TOLD = 0.7  # what a phrase of several texts must be worth: a thing that may be anything has to be named by two
_MANY, _OF_MANY = 4, 1.6  # texts of which two have to name a thing, and what a phrase is then worth
_PLAIN_FORMS = listed("bring thing king during according following regarding")


def subjects(
    texts: Iterable[str],
    is_person: Callable[[str], bool],
    limit: int = 3,
    is_ordinary: Callable[[str], bool] = lambda _: False,
) -> tuple[str, ...]:
    """Up to `limit` things that these words are about, each once: what most of the texts name first.

    `is_ordinary` tells words that are no name by themselves, however they are written.
    """
    counts: dict[str, float] = {}
    shown: dict[str, str] = {}
    texts = list(texts)
    for text in texts:
        for phrase, weight in dict(_in(" ".join(text.split()), is_person, is_ordinary)).items():
            key = fold(phrase.removeprefix("the "))
            counts[key] = counts.get(key, 0.0) + weight
            shown.setdefault(key, phrase)
    least = _OF_MANY if len(texts) >= _MANY else _TOLD if len(texts) > 1 else 0.0
    best = sorted((key for key in counts if counts[key] >= least), key=lambda key: -counts[key])
    kept: list[str] = []
    for key in best:
        if not any(set(key.split()) & set(fold(other).split()) for other in kept):
            kept.append(shown[key])
    return tuple(kept[:limit])


def _in(text: str, is_person: Callable[[str], bool], is_ordinary: Callable[[str], bool]) -> Iterable[tuple[str, float]]:
    for found in _NAME.finditer(text):
        what = found["what"]
        words = [fold(word) for word in what.split()]
        short = (
            len(what) < 3 or "’" in what or "'" in what or re.match(r"\.\s*[a-z0-9]", text[found.end() :])
        )  # "Sept. 3"
        whose = _OF_A_PEOPLE.search(what) and not what.isupper()
        plain = len(words) == 1 and not found["the"] and is_ordinary(what) and not what.isupper()
        if (
            short
            or whose
            or plain
            or words[0] in _NO_SUBJECT
            or words[-1] in _NO_SUBJECT
            or _is_somebody(what, is_person)
        ):
            continue
        the = found["the"] and (len(words) > 1 or is_ordinary(what))  # "the Senate", but Ukraine of "the Ukraine war"
        yield ("the " if the else "") + what, 1.0 + 0.5 * (len(words) > 1)
    for found in _THING.finditer(text):
        words = found["what"].split()
        matter = bool(_MATTER.search(words[-1]))
        if not (matter or _NOUN.search(words[-1])) or words[-1] in _NO_SUBJECT | _PLAIN_FORMS:
            continue
        whole = len(words) > 1 and words[0] not in _NO_SUBJECT and bool(_KIND_OF.search(words[0]))
        owned = bool(found["the"])
        plural = bool(_PLURAL.search(words[-1]))
        if len(words) > 1 and not whole:
            continue  # "want peace": what stands before the thing is no part of it, and what does is not known
        if not owned and not plural and len(words) == 1:
            continue
        phrase = found["what"]
        worth = 0.8 + 0.4 * whole if matter else _TOLD / 2
        yield (f"the {phrase}" if owned and not plural else phrase), worth


def _is_somebody(what: str, is_person: Callable[[str], bool]) -> bool:
    """Whether a name is a person's, or holds one ("President Lincoln")."""
    words = what.split()
    alone = len(words) == 1 and gender_of(what) is not None
    return (
        alone
        or is_person(what)
        or is_person(words[-1])
        or any(is_person(" ".join(words[:n])) for n in range(2, len(words)))
    )
