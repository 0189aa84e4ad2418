"""What of some words can be a person's name: titles, publishers, verbs and fragments of headlines off (pure)."""

from __future__ import annotations

import re
from collections.abc import Callable

from retrieval.lexicon import FEMALE, MALE, PERSON_NOUNS, STRONG
from retrieval.spelling import COURTESY, FEMALE_ADDRESS, MALE_ADDRESS, PARTICLES, SUFFIXES, folded

# Words that stand in front of names without being part of them
TITLES = (
    MALE_ADDRESS
    | FEMALE_ADDRESS
    | frozenset(
        [
            "dr",
            "doctor",
            "prof",
            "professor",
            "gen",
            "general",
            "lt",
            "lieutenant",
            "col",
            "colonel",
            "maj",
            "major",
            "adm",
            "admiral",
            "capt",
            "captain",
            "cmdr",
            "commander",
            "sgt",
            "sergeant",
            "sen",
            "senator",
            "rep",
            "representative",
            "congressman",
            "congresswoman",
            "gov",
            "governor",
            "amb",
            "ambassador",
            "president",
            "prime",
            "minister",
            "secretary",
            "chairman",
            "chairwoman",
            "chancellor",
            "mayor",
            "judge",
            "justice",
            "attorney",
            "speaker",
            "director",
            "commissioner",
            "spokesman",
            "spokeswoman",
            "king",
            "queen",
            "prince",
            "pope",
            "candidate",
            "nominee",
            "former",
            "vice",
            "deputy",
            "the",
            "premier",
            "chief",
            "minister",
            "us",
            "uk",
            "u.s",
            "u.k",
            "sheriff",
            "officer",
            "detective",
            "reverend",
            "rev",
            "hon",
            "treasurer",
            "squire",
            "farmer",
            "inspector",
            "nurse",
        ]
    )
)
# The last word of a paper's or an agency's name
OUTLETS = frozenset(
    "post times news journal herald tribune gazette chronicle guardian telegraph observer review magazine press agency "  # noqa: SIM905 - a list of words reads better as one
    "broadcasting radio tv television network daily weekly reuters bloomberg politico politifact examiner courier "
    "independent economist dealer mirror mail sun express wire newspaper media podcast report today cnn bbc nbc abc "
    "cbs msnbc npr afp tass interfax".split()
)
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september "  # noqa: SIM905 - as above
    "october november december".split()
)
_PARTS_OF_TEXTS = frozenset(["article", "section", "clause", "paragraph", "annex", "amendment"])  # "Article 7 says"
_NO_NAMES = frozenset(
    "updated continued exclusive breaking latest how why what when where laughter applause crosstalk inaudible".split()  # noqa: SIM905 - as above
)
_ASKING = frozenset(["how", "why", "what", "when", "where"])
_KEPT_TITLES = frozenset(["king", "queen", "pope", "prince", "princess"])
_MOST_WORDS = 5
_SHORT_CAPITALS = 3


def is_part_of_text(words: str) -> bool:
    """Whether a name is that of a part of some text: "Article", of "Article 7 says"."""
    return folded(words.split()[0]) in _PARTS_OF_TEXTS and all(w[0].isdigit() or w.isupper() for w in words.split()[1:])


def person_name(words: str, is_ordinary: Callable[[str], bool] | None = None) -> str | None:
    """The person's name in `words`: "Trump" of "Washington Post Trump"; None when there is none in them."""
    if words.split()[:1] and words.split()[0].casefold() in _ASKING:
        return None
    kept = _trimmed(_before_link(words.split()))
    if not kept or len(kept) > _MOST_WORDS + 1:
        return None
    big = [w for w in kept if folded(w) not in PARTICLES]
    if (
        not big
        or not all(w[0].isupper() or w[:2] in ("d'", "d’", "al") for w in big)
        or any(c.isdigit() for c in words)
    ):
        return None
    if len(big) == 1 and (len(folded(big[0])) < 2 or folded(big[0]) in _DAYS | OUTLETS):
        return None
    if _is_headline(big, is_ordinary):
        return None
    return " ".join(kept)


def _before_link(words: list[str]) -> list[str]:
    """The words before "of the Budget Committee", behind "Commentary's"."""
    owned = [i for i, w in enumerate(words[:-1]) if w.endswith(("'s", "’s"))]
    if owned:
        words = words[owned[-1] + 1 :]
    for i, word in enumerate(words):
        if i and word in ("of", "for", "from", "at", "in", "on", "to", "and", "who", "with"):
            return words[:i]
    return [w.strip(",;:()") for w in words]


def _trimmed(words: list[str]) -> list[str]:
    """The words without titles and publishers in front and verbs behind."""
    kept = [w for w in words if w]
    outlet = max((i for i, w in enumerate(kept[:-1]) if folded(w) in OUTLETS), default=-1)
    if outlet > 0:  # "Washington Post Trump"
        kept = kept[outlet + 1 :]
    while len(kept) > 1 and _stands_in_front(kept[0]):
        kept = kept[1:]
    while len(kept) > 1 and (kept[-1].casefold() in STRONG or kept[-1].casefold() in ("is", "was", "has")):
        kept = kept[:-1]
    return kept


def _stands_in_front(word: str) -> bool:
    plain = folded(word)
    given = plain in MALE or plain in FEMALE
    title = plain in TITLES or plain in COURTESY or plain in PERSON_NOUNS or plain in STRONG or plain in _NO_NAMES
    return title and not given and plain not in _KEPT_TITLES


def _is_headline(words: list[str], is_ordinary: Callable[[str], bool] | None) -> bool:
    """Whether the words are a piece of a headline: capitals beside a name, or ordinary words written large."""
    plain = [folded(w) for w in words]
    if plain[0] in _NO_NAMES:
        return True
    shouted = [
        w for w in words if w.isupper() and len(re.sub(r"\W", "", w)) > _SHORT_CAPITALS and folded(w) not in SUFFIXES
    ]
    if shouted and len(shouted) < len(words) and plain[0] not in MALE and plain[0] not in FEMALE:
        return True
    if is_ordinary is None or len(words) < 3:
        return False
    common = [w for w in plain if is_ordinary(w) and w not in MALE and w not in FEMALE]
    return len(common) * 2 > len(words) or (len(words) >= 4 and len(common) * 2 >= len(words))
