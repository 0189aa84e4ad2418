"""What was typed after `/nato-quote`: a subcommand, or plainly a question (pure)."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Whether each takes words after it, may, or takes none.
FOR_EVERYBODY = {"check": "words", "who": "words", "timeline": "words", "speakers": "", "sources": "", "help": ""}
FOR_ADMINS = {"add": "may", "remove": "words", "reindex": "", "status": "", "feedback": "", "log": ""}
LONGEST_WORD = 20  # of a mistyped subcommand
LIKE = 80  # of 100: how near a mistyped word must be
_MARKED = re.compile(r"^[\"“„«](.+)[\"”“»]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Subcommand:
    """What was meant: `name` is "ask" for a question; `mistyped` is the word that stood for another one."""

    name: str
    words: str
    mistyped: str | None = None


def parse(text: str) -> Subcommand:
    """Read what was typed. A first word that is none of the subcommands begins a question, unless it nearly is one."""
    first, rest = (*text.split(maxsplit=1), "", "")[:2]
    rest, word = rest.strip(), first.casefold()
    if not first:
        return Subcommand("help", "")
    takes = {**FOR_EVERYBODY, **FOR_ADMINS}
    if word in takes:
        return Subcommand(word, rest) if _fits(word, takes[word], rest) else Subcommand("ask", text.strip())
    meant = _nearest(word, takes)
    if meant and _is_certainly(meant, takes[meant], rest):
        return Subcommand(meant, rest, mistyped=first)
    return Subcommand("ask", text.strip())


def in_marks(words: str) -> str:
    """The words in quotation marks that a text begins with, or else all of it, without marks."""
    found = _MARKED.match(words.strip())
    return (found[1] if found else words).strip().strip('"“”„«»').strip()


def _fits(word: str, takes: str, rest: str) -> bool:
    """Whether the word is the subcommand here, and not the beginning of a question ("who said …", "sources say?")."""
    if word in ("who", "add", "remove"):
        return not rest or bool(re.match(r"[\"“„«]", rest)) or (word != "who" and len(rest.split()) <= 8)
    return takes != "" or not rest


def _is_certainly(meant: str, takes: str, rest: str) -> bool:
    if meant in ("check", "who"):
        return bool(re.match(r"[\"“„«]", rest)) or not rest
    return bool(rest) if takes == "words" else not rest or takes == "may"


def _nearest(word: str, known: dict[str, str]) -> str | None:
    from rapidfuzz import distance, fuzz, process

    if len(word) > LONGEST_WORD:
        return None
    near = [name for name in known if len(name) > 3 or name == "who"]  # "log" and "add" are near to too many words
    slip = next((name for name in near if distance.OSA.distance(word, name) == 1), None)
    found = process.extractOne(word, near, scorer=fuzz.ratio, score_cutoff=LIKE)
    return slip or (str(found[0]) if found else None)
