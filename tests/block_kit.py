"""Block Kit's documented limits, checked on whatever the bot sends. `faults` lists what Slack would refuse."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

_PARTS = ("text", "link", "user", "emoji")
_BLOCKS = {"rich_text", "section", "actions", "context", "context_actions", "divider", "header", "input", "image"}
_VIEW_ONLY = {"input"}
_MESSAGE_ONLY = {"context_actions"}


def message_faults(payload: dict[str, Any]) -> list[str]:
    """What Slack would refuse in a message."""
    found = []
    if not payload.get("text"):
        found.append("text is missing: notifications and screen readers have nothing to give")
    if len(payload.get("text") or "") > 4000:
        found.append("text is longer than 4000")
    blocks = payload.get("blocks") or []
    if len(blocks) > 50:
        found.append(f"{len(blocks)} blocks in a message")
    if len(json.dumps(blocks, ensure_ascii=False).encode("utf-16-le")) // 2 >= 13_000:
        found.append("msg_blocks_too_long")
    found += [f"{b.get('type')} is for views only" for b in blocks if b.get("type") in _VIEW_ONLY]
    return found + list(_faults_in(blocks))


def view_faults(view: dict[str, Any]) -> list[str]:
    """What Slack would refuse in a modal or an App Home."""
    found = []
    if len(view.get("blocks", ())) > 100:
        found.append("more than 100 blocks in a view")
    labels = {name: len(view[name]["text"]) for name in ("title", "submit", "close") if name in view}
    found += [f"{name} of {length} characters" for name, length in labels.items() if not 1 <= length <= 24]
    if view.get("type") == "modal" and "title" not in view:
        found.append("a modal without a title")
    if len(view.get("private_metadata", "")) > 3000:
        found.append("private_metadata longer than 3000")
    if len(json.dumps(view)) > 250_000:
        found.append("view_too_large")
    if (
        any(b["type"] == "input" for b in view.get("blocks", ()))
        and view.get("type") == "modal"
        and "submit" not in view
    ):
        found.append("inputs without a submit button")
    found += [f"{b['type']} is for messages only" for b in view.get("blocks", ()) if b["type"] in _MESSAGE_ONLY]
    return found + list(_faults_in(view.get("blocks", ())))


def literal_text(blocks: Any) -> str:
    """All that a person reads in rich text, one element a line: characters that Slack takes literally."""
    return "\n".join(
        e["text"] if isinstance(e["text"], str) else e["text"]["text"]
        for e in _elements(blocks)
        if "text" in e and (e.get("type") in ("text", "link") or _is_plain(e))
    )


def _is_plain(block: dict[str, Any]) -> bool:
    """Whether a block's text is plain, so that Slack takes its characters literally."""
    return block.get("type") == "section" and isinstance(block["text"], dict) and block["text"]["type"] == "plain_text"


def mrkdwn(blocks: Any) -> str:
    """All that Slack would read as mrkdwn."""
    return "\n".join(e["text"] for e in _elements(blocks) if e.get("type") == "mrkdwn")


def _elements(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _elements(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _elements(inner)


def _faults_in(blocks: Any) -> Iterator[str]:
    seen: set[str] = set()
    for block in blocks:
        kind = block.get("type")
        if kind not in _BLOCKS:
            yield f"a block of type {kind!r}"
        block_id = block.get("block_id")
        if block_id and (block_id in seen or len(block_id) > 255):
            yield f"block_id {block_id!r} twice or too long"
        seen.add(block_id)
        yield from _block(block)
    for element in _elements(blocks):
        yield from _element(element)


def _block(block: dict[str, Any]) -> Iterator[str]:
    kind, elements = block.get("type"), block.get("elements", ())
    if kind == "actions" and not 1 <= len(elements) <= 25:
        yield f"{len(elements)} elements in actions"
    if kind == "context" and not 1 <= len(elements) <= 10:
        yield f"{len(elements)} elements in context"
    if kind == "context_actions" and not 1 <= len(elements) <= 5:
        yield f"{len(elements)} elements in context_actions"
    if kind == "header" and not 1 <= len(block["text"]["text"]) <= 150:
        yield "a header out of bounds"
    if kind == "section" and "text" in block and not 1 <= len(block["text"]["text"]) <= 3000:
        yield "a section out of bounds"
    if kind == "rich_text" and not elements:
        yield "an empty rich_text"
    if kind == "image" and not block.get("alt_text"):
        yield "an image without alt_text"
    if kind == "input" and not 1 <= len(block["label"]["text"]) <= 2000:
        yield "a label out of bounds"
    ids = [e.get("action_id") for e in elements if e.get("action_id")]
    if len(ids) != len(set(ids)):
        yield f"an action_id twice in one block: {ids}"


def _element(element: dict[str, Any]) -> Iterator[str]:
    kind = element.get("type")
    if kind == "button":
        if not 1 <= len(element["text"]["text"]) <= 75:
            yield "a button's text out of bounds"
        if len(element.get("accessibility_label", "")) > 75:
            yield "an accessibility_label longer than 75"
    if len(element.get("value") or "") > 2000 and kind != "plain_text_input":
        yield "a value longer than 2000"
    if len(element.get("url") or "") > 3000:
        yield "a url longer than 3000"
    if not 1 <= len(element.get("action_id") or "x") <= 255:
        yield "an action_id longer than 255"
    if kind == "link" and not str(element.get("url", "")).startswith(("http://", "https://")):
        yield f"a link to {element.get('url')!r}"
    if kind == "text" and "text" in element and (not element["text"] or len(element["text"]) > 3000):
        yield f"a text element of {len(element['text'])} characters"
    if kind == "plain_text_input" and len(element.get("initial_value") or "") > 3000:
        yield "an initial_value longer than 3000"
    if kind in ("static_select", "radio_buttons", "checkboxes", "overflow"):
        options = element.get("options", ())
        if not 1 <= len(options) <= (100 if kind == "static_select" else 10 if kind != "overflow" else 5):
            yield f"{len(options)} options in {kind}"
        for option in options:
            if not 1 <= len(option["text"]["text"]) <= 75 or len(option["value"]) > 150:
                yield "an option out of bounds"
