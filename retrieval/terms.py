"""Words as the asking half compares them: folded, stemmed lightly, without the words that carry nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(r"[^\W_]+(?:[’‘'.](?=[^\W_])[^\W_]+)*", re.UNICODE)
_APOSTROPHES = re.compile(r"[’‘'`´]")


def listed(words_: str) -> frozenset[str]:
    """The words of a text, as a set: how word lists are written down here."""
    return frozenset(words_.split())


STOP = listed(
    """a about above after again against all am an and any anybody anyone anything are as at be because been before being
    below between both but by can could did didnt do does doesnt doing dont down during each either else ever every few for
    from further get got had has have having he her here hers herself him himself his how however i if in into is isnt it
    its itself just know let like me more most much must my myself no nor not now of off on once one only onto or other our
    ours out over own per please quite rather really s same shall she should so some somebody someone something still such
    t than that the their theirs them themselves then there these they thing things this those through to too toward towards
    under until up upon us use very via want was wasnt way we were what whatever whats when where wheres whether which while
    who whom whos whose why will with within without would yes yet you your yours yourself mr mrs ms dr sir hey hi hello ok
    okay also back even go going gone say says said saying tell tells told telling ask asks asked asking talk talks talked
    talking speak speaks spoke spoken speaking comment comments commented mention mentions mentioned mentioning describe
    describes described describing call calls called calling state states stated think thinks thought believe believes
    believed quote quotes quoted quotation words word remark remarks statement statements view views opinion opinions
    position stance take answer answered reply replied respond responded response explain explained explaining claim claims
    claimed argue argues argued according regarding concerning latest recent recently newest lately exactly exact put
    express expressed note noted add added suggest suggested insist insisted declare declared announce announced reaction
    react reacted give gave given make made makes making sort kind show find look anyone tweet tweeted post posted write
    wrote written shout shouted chant chanted warn warned urge urged stress stressed"""
)


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a text: as written, folded, and its stem; `proper` when it is written like a name."""

    written: str
    folded: str
    stem: str
    proper: bool = False


def fold(text: str) -> str:
    """`text` without accents, apostrophes and case: "Szijjártó’s" and "szijjartos" are one."""
    if text.isascii():  # nearly all words are, and have no accents to look for
        return text.replace("'", "").replace("`", "").casefold()
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold().replace("ł", "l").replace("ø", "o")


@lru_cache(maxsize=65536)
def folded_word(word: str) -> str:
    """`fold` of a single word, remembered."""
    return fold(word)


def tokens(text: str) -> list[str]:
    """The words of `text` as written, possessive endings left on."""
    return _TOKEN.findall(text)


def words(text: str) -> list[str]:
    """The folded words of `text`, in order: what two wordings of one statement have in common."""
    return [w for w in (folded_word(t.replace(".", "")) for t in tokens(text)) if w]


def terms(text: str) -> list[Term]:
    """The content words of `text`, in order."""
    found = []
    for i, token in enumerate(tokens(text)):
        bare = re.sub(r"[’‘'`´][sS]$|[sS][’‘'`´]$", "", token)
        folded = fold(bare.replace(".", ""))
        if folded and folded not in STOP and (len(folded) > 1 or folded.isdigit()):
            proper = bool(bare[:1].isupper() and (i > 0 or (bare.isupper() and len(bare) > 1)))
            found.append(Term(bare, folded, stem(folded), proper))
    return found


# A light stemmer that errs towards one stem too many words: "invitation", "invited" and "invite" must meet.
_ENDINGS = (
    "izations", "ization", "ationally", "fulness", "iveness", "ousness", "ibility", "abilities", "ability",
    "ations", "itions", "ments", "ation", "ition", "ities", "ances", "ences", "ating", "ators", "ingly", "edly",
    "ment", "ness", "ance", "ence", "able", "ible", "ator", "ated", "ates", "ives", "ious", "ions", "ings", "ship", "ians",
    "ity", "ing", "ion", "ate", "ers", "ors", "ied", "ies", "ily", "ents", "ent", "ant", "ency", "ancy", "ries", "ry", "ful", "ive", "ous", "ian", "ize", "ise", "ish", "ism", "ist",
    "ed", "er", "or", "es", "ly", "al", "ic", "en", "an", "y", "s", "e", "i", "a",
)  # fmt: skip


# Endings that may leave three letters, a vowel before the last: "caring" and "care", "moved" and "move".
_SHORT_ENDINGS = ("ing", "ed", "es", "e")
_BRITISH = re.compile(
    r"(?<=[a-z]{3})our(?=$|s$|e[dr]s?$|ing$|i[sz]|abl|less|ful|ly|ite|al)|(?<=[a-z]{3})(?:ys(?=e|ing$)|is(?=ation))"
)
_AMERICAN = {"our": "or", "ys": "yz", "is": "iz"}


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of a folded word, British and American spelling alike: endings taken off as long as four letters stay."""
    irregular = _IRREGULAR.get(word)
    if irregular:
        return irregular
    word = _BRITISH.sub(lambda m: _AMERICAN[m.group()], word)
    for _ in range(3):
        ending = next((e for e in _ENDINGS if word.endswith(e) and len(word) - len(e) >= 4), None)
        if ending is None:
            break
        word = word[: -len(ending)]
    for ending in _SHORT_ENDINGS:
        if (
            word.endswith(ending)
            and len(word) - len(ending) == 3
            and word[2] not in "aeiou"
            and set(word[:2]) & set("aeiouy")
        ):
            return word[:3]
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "aeiouls":
        word = word[:-1]
    return word


_IRREGULAR = {
    form: base
    for base, forms in {
        "war": "wars", "ally": "allies allied alliance alliances", "deal": "deals", "arm": "arms armed arming",
        "army": "armies", "tank": "tanks", "man": "men", "woman": "women", "child": "children kids", "win": "won wins winning",
        "lose": "lost loses losing loss losses", "buy": "bought buys buying", "fight": "fought fights fighting",
        "keep": "kept keeps", "leave": "left leaves leaving", "meet": "met meets meeting meetings", "pay": "paid pays paying",
        "send": "sent sends sending", "spend": "spent spends spending", "build": "built builds building", "die": "died dies dying dead death deaths",
        "choose": "chose chosen choice choices", "begin": "began begun begins beginning", "grow": "grew grown growth",
        "strong": "stronger strongest strength strengthen strengthened", "long": "longer length", "free": "freedom freed",
        "lie": "lies lied lying", "tax": "taxes taxed taxation", "vote": "votes voted voting voter voters",
        "need": "needs needed", "aid": "aids aided", "talk": "talks", "join": "joins joined joining jond joning",
        "defens": "defence defences defense defenses defensive defenseless defenceless", "offens": "offence offences offense offenses offensive",
        "licens": "licence licences license licenses licensed", "center": "centre centres centers centred centered", "theater": "theatre theatres theaters",
        "program": "programme programmes programs", "republican": "republicans gop", "democrat": "democrats democratic dems",
    }.items()
    for form in (base, *forms.split())
}  # fmt: skip


def coverage(asked: Mapping[str, float], present: Iterable[str]) -> float:
    """The share of the asked stems' weight that `present` holds, 0 to 1; 1 when nothing is asked."""
    total = sum(asked.values())
    if not total:
        return 1.0
    have = set(present)
    return sum(weight for stem_, weight in asked.items() if stem_ in have) / total
