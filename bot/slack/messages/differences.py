"""Where a claimed wording differs from the true one, as text. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.slack.messages import kit
from bot.slack.messages.kit import Element

if TYPE_CHECKING:
    from retrieval.model import Change

DIFFERENCE = 1500  # characters of a wording that are shown
HEADING = "What differs (struck out: as claimed; bold: as it stands):"


def differs(steps: Sequence[Change]) -> bool:
    """Whether any word differs."""
    return any(step.op != "equal" for step in steps)


def difference(steps: Sequence[Change], limit: int = DIFFERENCE) -> list[Element]:
    """The claim and the true wording in one line of text: what was claimed struck out, what stands there in bold."""
    parts: list[Element] = []
    left = limit
    for step in steps:
        struck = step.claimed if step.op in ("replace", "insert") else ""
        kept = step.true if step.op != "insert" else ""
        for text, style in ((struck, "strike"), (kept, "" if step.op == "equal" else "bold")):
            if not text:
                continue
            shown = kit.cut(text, max(20, left))
            parts.append({"type": "text", "text": f"{shown} ", **({"style": {style: True}} if style else {})})
            left -= len(shown)
        if left <= 0:
            parts.append(kit.words("[…]"))
            break
    return parts
