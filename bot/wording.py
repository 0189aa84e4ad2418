"""Slack's way of writing text down, taken back to what the person typed (pure)."""

from __future__ import annotations

import re

_MARKED = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")


def typed(text: str, me: str | None = None) -> str:
    """What a person typed, from a message's text: our own mention gone, links and channels as they read.

    Other mentions stay as the characters they are.
    """
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
