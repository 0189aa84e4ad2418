"""Words -> a full-text query: stop words dropped, each word quoted, so that no word can be read as syntax."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Words that stand in nearly every window: a query with them scans them all and learns nothing.
_STOP_WORDS = """a about above after again against all also am an and any are as at be because been before being below between
    both but by can could d did do does doing don down during each few for from further had has have having he her here
    hers herself him himself his how i if in into is it its itself just ll m me more most much my myself no nor not now
    of off on once only or other our ours ourselves out over own re s said same say says saying she should so some such
    t than that the their theirs them themselves then there these they this those through to too under until up us ve
    very was we were what when where which while who whom why will with would you your yours yourself yourselves"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
TOKENIZER = "porter unicode61 remove_diacritics 2"
_TOKEN = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")


def content_words(words: Iterable[str]) -> tuple[str, ...]:
    """The words worth searching, each once, in order: stop words and bare marks left out."""
    found = (token for word in words for token in _TOKEN.findall(word))
    return tuple(dict.fromkeys(t for t in found if t.casefold().replace("’", "'") not in STOP_WORDS))


def quoted(word: str) -> str:
    """One word (or a hyphenated one, as a phrase) as an FTS5 string. NUL and lone surrogates cannot be searched."""
    clean = "".join(" " if c == "\0" or "\ud800" <= c <= "\udfff" else c for c in word)
    return '"' + clean.replace('"', '""') + '"'
