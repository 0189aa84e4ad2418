"""What was typed after `/nato-quote`, in a mention, in a direct message or in a thread: a subcommand, or plainly a question (pure)."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Whether each takes words after it, may, or takes none.
FOR_EVERYBODY = {
    "check": "words",
    "who": "words",
    "timeline": "words",
    "watch": "may",
    "speakers": "",
    "sources": "",
    "help": "",
}
FOR_ADMINS = {"add": "may", "remove": "words", "reindex": "", "status": "", "feedback": "", "log": ""}
LONGEST_WATCH = 16  # words
LONGEST_WORD = 20  # of a mistyped subcommand
LIKE = 80  # of 100: how near a mistyped word must be
NAME = "/nato-quote"
_BEGINS_MARKED = re.compile(r"[\"“„«]|>\s*\S")
# What follows "check" where somebody asks for something else than a look at words: "check with Darcy what …".
_TALK = re.compile(
    r"(?:with|whether|if|out|back|again|in\s+with|up\s+on|what|who|whom|whose|when|where|why|how|which)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(r"(?:(?:of|for|by)\s+)?(?:what|who|whom|whose|when|where|why|how|which)\b", re.IGNORECASE)
_LONG_MARKED = re.compile(r"[\"“„«]\s*[^\s\"“”„«»]+(?:\s+[^\s\"“”„«»]+){2}")
_SPEAKER_LEAD = re.compile(r"(?:of|for|by)\s+", re.IGNORECASE)
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
    if first.casefold() == NAME:
        return parse(rest)
    rest, word = rest.strip(), first.casefold().rstrip(":,.!?")
    if not first:
        return Subcommand("help", "")
    takes = {**FOR_EVERYBODY, **FOR_ADMINS}
    if word in takes:
        return Subcommand(word, _bare(word, rest)) if _fits(word, rest) else Subcommand("ask", text.strip())
    meant = _nearest(word, takes)
    if meant and _is_certainly(meant, takes[meant], rest):
        return Subcommand(meant, _bare(meant, rest), mistyped=first)
    return Subcommand("ask", text.strip())


def in_marks(words: str) -> str:
    """The words in quotation marks that a text begins with, or else all of it, without marks."""
    found = _MARKED.match(words.strip())
    return (found[1] if found else words).strip().strip('"“”„«»').strip()


def _fits(word: str, rest: str) -> bool:
    """Whether the word is the subcommand here, and not the beginning of a question ("who said …", "sources say?")."""
    if not rest:
        return True
    if word == "who":
        return bool(_BEGINS_MARKED.match(rest))
    if word == "check":
        return _is_claim(rest)
    if word == "timeline":
        return not _ASKS.match(rest)
    if word == "watch":
        return not _ASKS.match(rest) and not rest.endswith(("?", "!")) and len(rest.split()) <= LONGEST_WATCH
    if word == "add":
        return len(rest.split()) == 1 and ("://" in rest or "." in rest.strip("."))
    return word == "remove" and len(rest.split()) <= 8 and not rest.endswith("?")


def _is_claim(rest: str) -> bool:
    """Whether what follows "check" is words to be looked up, and not a question that begins with that word."""
    if _BEGINS_MARKED.match(rest):
        return True
    if _TALK.match(rest) or rest.endswith("?"):
        return bool(_LONG_MARKED.search(rest)) and not rest.casefold().startswith("with ")
    return True


def _bare(word: str, rest: str) -> str:
    return _SPEAKER_LEAD.sub("", rest, count=1) if word == "timeline" and _SPEAKER_LEAD.match(rest) else rest


def _is_certainly(meant: str, takes: str, rest: str) -> bool:
    if meant in ("check", "who"):
        return bool(_BEGINS_MARKED.match(rest)) or not rest
    if meant in ("add", "remove", "watch"):  # what changes documents is done for the word itself alone
        return False
    return (bool(rest) and _fits(meant, rest) and not rest.endswith("?")) if takes == "words" else not rest


def _nearest(word: str, known: dict[str, str]) -> str | None:
    from rapidfuzz import distance, fuzz, process

    if len(word) > LONGEST_WORD:
        return None
    near = [name for name in known if len(name) > 3 or name == "who"]  # "log" and "add" are near to too many words
    slip = next((name for name in near if distance.OSA.distance(word, name) == 1), None)
    found = process.extractOne(word, near, scorer=fuzz.ratio, score_cutoff=LIKE)
    return slip or (str(found[0]) if found else None)
