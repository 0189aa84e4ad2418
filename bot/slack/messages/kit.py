"""Block Kit's pieces, and its limits in code.

Whatever comes from a person or a document goes into `rich_text`, whose elements are literal: nothing in it can
ping, forge a link or break a block. Only our own fixed sentences are mrkdwn.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Block = dict[str, Any]
Element = dict[str, Any]

BUTTON_TEXT = 75
VALUE = 2000
URL = 3000
HEADER = 150
SECTION = 3000
TITLE = 24
PRIVATE_METADATA = 3000
FALLBACK_TEXT = 3000  # Slack takes 4000; the rest is for the escapes
ALL_BLOCKS = 12_000  # measured: Slack refuses a message from about 13,200
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*(?=\s)")


@dataclass(frozen=True, slots=True)
class Message:
    """What is posted: the blocks, and the text that notifications and screen readers give instead."""

    text: str
    blocks: tuple[Block, ...]
    understood: Mapping[str, Any] | None = None  # the question as it was understood, for follow-ups
    quotes: tuple[str, ...] = field(default=())  # ids of the quotes that are shown

    def payload(self) -> dict[str, Any]:
        """The arguments of chat.postMessage that say what is posted; `text` is set whatever happens."""
        return {
            "text": escape(cut(self.text, FALLBACK_TEXT)),
            "blocks": list(self.blocks),
            "unfurl_links": False,
            "unfurl_media": False,
        }


def escape(text: str) -> str:
    """`text` as mrkdwn that reads as those characters: Slack wants `&`, `<` and `>` escaped, and nothing else."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cut(text: str, limit: int, mark: str = " […]") -> str:
    """`text` with at most `limit` characters, ended at a sentence or else a word, with a mark where it was cut."""
    if len(text) <= limit:
        return text
    head = text[: max(0, limit - len(mark))]
    ends = [m.end() for m in _SENTENCE_END.finditer(head) if m.end() >= len(head) // 2]
    if not ends:
        space = head.rfind(" ")
        ends = [space] if space >= len(head) // 2 else [len(head)]
    return head[: ends[-1]].rstrip() + mark


def words(text: str, *, bold: bool = False, italic: bool = False, code: bool = False) -> Element:
    """Literal characters inside a rich text. (Slack refuses empty ones: a space stands in.)"""
    style = {name: True for name, on in (("bold", bold), ("italic", italic), ("code", code)) if on}
    return {"type": "text", "text": text or " ", **({"style": style} if style else {})}


def link(url: str | None, text: str) -> Element:
    """A link with literal text; just the text where there is no address that Slack takes."""
    if not url or len(url) > URL or not url.lower().startswith(("https://", "http://")):
        return words(text)
    return {"type": "link", "url": url, "text": text or url}


def person(user: str) -> Element:
    """A person's name as Slack shows it, without pinging anybody who is not one."""
    return {"type": "user", "user_id": user} if re.fullmatch(r"[UW][A-Z0-9]{1,20}", user) else words(cut(user, 80, "…"))


def quoted(text: str, *, bold: bool = False) -> Element:
    """A quotation with its bar at the side."""
    return {"type": "rich_text_quote", "elements": [words(text, bold=bold)]}


def line(*elements: Element) -> Element:
    """A paragraph of a rich text."""
    return {"type": "rich_text_section", "elements": list(elements)}


def bullets(items: Iterable[Sequence[Element]]) -> Element:
    """A bulleted list of a rich text."""
    return {"type": "rich_text_list", "style": "bullet", "elements": [line(*item) for item in items]}


def copyable(text: str) -> Element:
    """Characters set apart to be copied as they are."""
    return {"type": "rich_text_preformatted", "elements": [words(text)]}


def rich(*elements: Element) -> Block:
    """A block of literal text."""
    return {"type": "rich_text", "elements": list(elements)}


def say(text: str) -> Block:
    """A block with one literal paragraph."""
    return rich(line(words(text)))


def line_with(text: str, element: Element) -> Block:
    """Literal text with one button beside it."""
    return {"type": "section", "text": plain(text, SECTION), "accessory": element}


def header(text: str) -> Block:
    """A heading."""
    return {"type": "header", "text": {"type": "plain_text", "text": cut(text, HEADER, "…"), "emoji": False}}


def divider() -> Block:
    """A line across."""
    return {"type": "divider"}


def plain(text: str, limit: int = BUTTON_TEXT) -> Element:
    """Plain text for labels and titles."""
    return {"type": "plain_text", "text": cut(text, limit, "…") or " ", "emoji": False}


def button(action: str, label: str, value: str = "", *, style: str | None = None, says: str | None = None) -> Element:
    """A button; `says` is what a screen reader gives for it."""
    if len(value) > VALUE:
        raise ValueError(f"the state of button {action} is longer than Slack takes")
    made: Element = {"type": "button", "action_id": action, "text": plain(label)}
    if value:
        made["value"] = value
    if style:
        made["style"] = style
    if says:
        made["accessibility_label"] = cut(says, BUTTON_TEXT, "…")
    return made


def actions(*elements: Element) -> Block:
    """A row of buttons."""
    return {"type": "actions", "elements": list(elements)}


def state(**values: object) -> str:
    """What a button must know, as its value; fields that are None are left out."""
    return json.dumps({k: v for k, v in values.items() if v is not None}, ensure_ascii=False, separators=(",", ":"))


def read_state(value: str) -> dict[str, Any]:
    """A button's value as it was made by `state`; an empty dict for anything else."""
    try:
        found = json.loads(value or "{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def weight(blocks: Iterable[Block]) -> int:
    """How much of a message's allowance the blocks take, counted as Slack's clients count characters."""
    return len(json.dumps(list(blocks), ensure_ascii=False).encode("utf-16-le", "surrogatepass")) // 2
