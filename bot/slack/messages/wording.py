"""Slack's way of writing text down, taken back to what the person typed (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

LONGEST_TEXT = 12_000  # characters of a message that are looked at: Slack takes 40,000, and asks for 4,000
# Each pattern stops at the next opening mark, so that a text of marks alone is read once.
_QUOTED = re.compile(r"“([^“”]{2,})”|\"([^\"]{2,})\"|«([^«»]{2,})»|„([^„“”]{2,})[“”]")
MOST_ATTACHED = 10
READ = 8000  # characters of a message that are read for quotations: more than are checked of it
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
    text = without_mention(text[:LONGEST_TEXT], me) if me else text[:LONGEST_TEXT]
    text = _MARKED.sub(_readable, text)
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return " ".join(text.split())


def without_mention(text: str, me: str) -> str:
    """A message's text without our own mention."""
    return re.sub(rf"<@{re.escape(me)}(?:\|[^<>]*)?>", " ", text)


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
    lines = pasted_text(message).split("\n")
    apart = " ".join(line.removeprefix(">").strip() for line in lines if line.startswith(">")).strip()
    if apart:
        return apart
    text = " ".join(" ".join(lines).split())
    marked = ["".join(part or "" for part in found.groups()) for found in _QUOTED.finditer(text)]
    return max(marked, key=len).strip() if marked else text


def pasted_text(message: Mapping[str, Any]) -> str:
    """A message as a text with its lines; those set apart as a quotation begin with ">", those of a list with "-".

    What is forwarded in it, or attached, follows as paragraphs of its own.
    """
    lines = list(_lines(message.get("blocks"), READ))
    if not lines:
        lines = [_line(line) for line in str(message.get("text") or "")[:READ].splitlines()]
    own = "\n".join(lines).strip("\n")
    return "\n\n".join(part for part in (own, attached_text(message)) if part)[:READ]


def attached_text(message: Mapping[str, Any]) -> str:
    """The words of the messages that are forwarded in a message, and of what else is attached to it."""
    texts: list[str] = []
    attachments = message.get("attachments")
    for one in attachments[:MOST_ATTACHED] if isinstance(attachments, list) else ():
        if not isinstance(one, dict):
            continue
        inner = [b for part in one.get("message_blocks") or () if isinstance(part, dict) for b in _blocks_in(part)]
        texts.append(
            pasted_text({"blocks": inner or one.get("blocks"), "text": one.get("text") or one.get("fallback")})
        )
    return "\n\n".join(text for text in texts if text)[:READ]


def quotes_words(text: str) -> bool:
    """Whether a text with its lines quotes anything: set apart, or in quotation marks."""
    return text.startswith(">") or "\n>" in text or bool(_QUOTED.search(text))


def _blocks_in(part: Mapping[str, Any]) -> list[Any]:
    inner = part.get("message")
    blocks = inner.get("blocks") if isinstance(inner, dict) else None
    return blocks if isinstance(blocks, list) else []


def typed_lines(text: str) -> str:
    """What a person typed, as `typed` gives it, with its lines kept."""
    return "\n".join(_line(line) for line in text[:READ].splitlines())


def _line(line: str) -> str:
    quoted = line.startswith(("&gt;", ">"))
    words = typed(line.removeprefix("&gt;").removeprefix(">"))
    return f"> {words}" if quoted else words


_LEADS = {"rich_text_quote": "> ", "rich_text_list": "- ", "rich_text_section": "", "rich_text_preformatted": ""}


def _lines(value: Any, room: int, lead: str = "") -> Iterator[str]:
    """The lines of all rich texts inside a message's blocks, as many as have room."""
    if isinstance(value, list):
        for inner in value:
            for line in _lines(inner, room, lead):
                yield line
                room -= len(line) + 1
                if room <= 0:
                    return
    elif isinstance(value, dict):
        kind, elements = value.get("type"), value.get("elements")
        if kind == "rich_text_list" or (kind not in _LEADS and elements):
            yield from _lines(elements, room, _LEADS.get(str(kind), lead))
        elif kind in _LEADS and isinstance(elements, list):
            text = "".join(str(e.get("text", "")) for e in elements if isinstance(e, dict))[:room]
            yield from ((_LEADS[kind] or lead) + " ".join(line.split()) for line in text.split("\n"))
