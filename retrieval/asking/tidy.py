"""What stands around a question without asking anything: greetings, "could you tell me", "give me three quotes by" (pure)."""

from __future__ import annotations

import re
from collections.abc import Callable

from retrieval.asking import grammar

_MANY = r"(?:all|every|some|any|a\s+few|a\s+couple\s+of|more|one|two|three|four|five|ten|\d{1,2}|the|your|his|her)"
_BEFORE = re.compile(
    r"^\W*(?:(?:hi|hiya|hey|hello|dear|good\s+(?:morning|afternoon|evening|day)|ok(?:ay)?|so|well|um+|please|pls|sorry|excuse\s+me|thanks?|"
    r"thank\s+you)\b(?:\s+(?:there|bot|all|team|everyone|again))?[\s,.!–—-]+)+(?=\S+\s+\S)",
    re.IGNORECASE,
)
_COULD_YOU = re.compile(
    r"^\W*(?:(?:can|could|would|will)\s+(?:you|u)\s+(?:please\s+|pls\s+|kindly\s+|maybe\s+|perhaps\s+)?(?:tell|show|give|find|look\s+up|get)(?:\s+(?:me|us))?\b|"
    r"i(?:[’']d|\s+would)\s+(?:like|love)\s+to\s+(?:know|hear|see|ask(?:\s+you)?)\b|i\s+(?:want|need)\s+to\s+know\b|(?:do|does)\s+(?:you|anyone)\s+know\b|"
    r"i\s+(?:wonder|was\s+wondering|am\s+wondering|[’']m\s+wondering)\b|any\s+idea\b|please\b|pls\b)[\s,:]*(?:if\s+|whether\s+)?",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?:(?:\s*[,.!?;–—-]+\s*(?:thanks?(?:\s+(?:a\s+lot|so\s+much|very\s+much|in\s+advance|you))?|thank\s+you(?:\s+(?:very|so)\s+much)?|thx|ty|cheers|"
    r"if\s+(?:possible|you\s+can|you\s+know)|asap|by\s+the\s+way|btw))|(?:[\s,]+(?:please|pls|plz)))+(?P<mark>[\s.!?]*)$",
    re.IGNORECASE,
)
_QUOTES_OF = re.compile(
    r"^\W*(?:(?:give|show|list|find|get|send|fetch|tell|look\s+up|search(?:\s+for)?)\s+(?:me\s+|us\s+)?)?(?:"
    + _MANY
    + r"\s+)*"
    r"(?:(?:latest|most\s+recent|newest|recent|best|direct|exact)\s+)?(?:quotes?|quotations?|statements?|remarks|words)\s+(?=(?:by|from|of)\s)",
    re.IGNORECASE,
)
_EVERYTHING = re.compile(
    r"^\W*(?:tell|show|give|find|get|list)\s+(?:me\s+|us\s+)?(?:everything|anything|all|whatever|what)\s+(?:that\s+)?(?=\S+(?:\s+\S+){0,4}?\s+(?:said|says|has\s+said)\b)",
    re.IGNORECASE,
)


def tidied(text: str) -> str:
    """The question without what merely surrounds it; the text as it is where nothing would be left."""
    found = _BEFORE.sub("", text)
    while (shorter := _AFTER.sub(lambda match: match["mark"].strip(), found)) != found:
        found = shorter
    found = _COULD_YOU.sub("", found)
    found = _EVERYTHING.sub("", _QUOTES_OF.sub("quotes ", found)) if not found.lower().startswith("quotes") else found
    return found if sum(c.isalnum() for c in found) > 2 else text


_OWNED = (
    grammar.SAYINGS
    | grammar.DESCRIBED
    | grammar.PERSONS
    | frozenset(
        [
            "foreign",
            "prime",
            "defence",
            "defense",
            "finance",
            "interior",
            "deputy",
            "vice",
            "former",
            "new",
            "top",
            "chief",
            "envoy",
        ]
    )
)
_OWNER = re.compile(r"\b([^\W\d_]{3,})s(?=\s+([^\W\d_]+))")


def with_apostrophes(text: str, names_an_owner: Callable[[str], bool]) -> str:
    """ "lithuanias minister" and "darcys view" as they are meant, where the shorter word is a name and the longer one is none."""

    def owned(found: re.Match[str]) -> str:
        whose = found[2].casefold() in _OWNED and names_an_owner(found[1]) and not names_an_owner(found[0])
        return f"{found[1]}’s" if whose else found[0]

    return _OWNER.sub(owned, text)
