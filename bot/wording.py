"""Slack's way of writing text down, taken back to what the person typed (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

LONGEST_TEXT = 12_000  # characters of a message that are looked at: Slack takes 40,000, and asks for 4,000

# A mark that opens ends what another one of its kind has opened: so each character is looked at once.
_QUOTED = re.compile(r"“([^“”]{2,})”|\"([^\"]{2,})\"|«([^«»]{2,})»|„([^„“”]{2,})[“”]")
_MARKED = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")

_PERSON = r"<@[^<>]*>"
_ADDRESSED = re.compile(
    rf"^\W*(?:(?:hi|hey|hello|dear|cc|fyi|ask|asking\s+for|for)\b[\s,:]*)?(?:{_PERSON}[\s,:;–—-]*(?:and\s+)?)+",
    re.IGNORECASE,
)
_AS_SPEAKER = re.compile(
    rf"\b(?:did|does|do|has|have|had|is|was|would|by|from|according\s+to|quotes?\s+of)\s+{_PERSON}|{_PERSON}(?:[’']s\b|\s+(?:say|says|said|on|about)\b)",
    re.IGNORECASE,
)
_COPIED = re.compile(rf"(?:(?<=[?!.,;:)])|\s/?(?:cc|fyi|for)\b:?)\s*(?:{_PERSON}[\s,]*(?:and\s+)?)+\W*$", re.IGNORECASE)


def typed(text: str, me: str | None = None) -> str:
    """What a person typed, from a message's text: our own mention gone, links and channels as they read.

    Other mentions stay as the characters they are.
    """
    text = text[:LONGEST_TEXT]
    if me:
        text = re.sub(rf"<@{re.escape(me)}(?:\|[^<>]*)?>", " ", text)
    text = _MARKED.sub(_readable, text)
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return " ".join(text.split())


def _readable(found: re.Match[str]) -> str:
    target, label = found.group(1), found.group(2)
    if target.startswith(("@", "!")):
        return found.group(0)
    if target.startswith("#"):
        return f"#{label or target[1:]}"
    return label or target.removeprefix("mailto:")


def to_nobody(text: str) -> str:
    """A question without the people it is addressed or copied to: "<@U7> what did …", "… on trains? cc <@U8>"."""
    return _COPIED.sub("", _ADDRESSED.sub("", text)).strip()


def names_a_member(text: str) -> bool:
    """Whether a question mentions a member of the workspace where it names somebody: no document knows people by that."""
    return bool(_AS_SPEAKER.search(to_nobody(text)))


def quoted_words(message: Mapping[str, Any]) -> str:
    """The words that a message quotes: set apart as a quotation, or else the longest in quotation marks, or else all."""
    apart = list(_set_apart(message.get("blocks")))
    if apart:
        return max(apart, key=len)
    raw = str(message.get("text") or "")[:LONGEST_TEXT]
    lines = [line.removeprefix("&gt;").strip() for line in raw.splitlines() if line.startswith("&gt;")]
    if lines:
        return typed(" ".join(lines))
    text = typed(raw)
    marked = ["".join(part or "" for part in found.groups()) for found in _QUOTED.finditer(text)]
    return max(marked, key=len).strip() if marked else text


def _set_apart(value: Any) -> Iterator[str]:
    """The texts of all rich text quotations inside a message's blocks."""
    if isinstance(value, dict):
        if value.get("type") == "rich_text_quote":
            elements = value.get("elements") or ()
            text = "".join(str(e.get("text", "")) for e in elements if isinstance(e, dict))
            if text.strip():
                yield " ".join(text[:LONGEST_TEXT].split())
        else:
            yield from _set_apart(list(value.values()))
    elif isinstance(value, list):
        for inner in value:
            yield from _set_apart(inner)
