"""What a check of a claimed quotation found, as a message. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot import blocks, kit
from bot.kit import Block, Element, Message

if TYPE_CHECKING:
    from retrieval.model import Change, Verdict

_LABELS = {
    "exact": "✅ Exact",
    "altered": "✏️ Altered",
    "stitched": "🪡 Stitched together",
    "other_speaker": "👤 Somebody else's words",
    "not_found": "❔ Not found",
}
CLAIMED = 600  # characters of the claim that are repeated
DIFFERENCE = 1500


def verdict(found: Verdict, event: str) -> Message:
    """The finding, the claim, where its wording differs, and the true words with their source."""
    hits = found.hits[: blocks.PAGE]

    def build(length: int) -> list[Block]:
        return [kit.rich(*_head(found, length)), *blocks.quotes(hits, length), blocks.feedback(event)]

    label = _LABELS[found.status].split(" ", 1)[1]
    said = "\n".join(blocks.spoken(hit) for hit in hits)
    return Message(f"{label}: {found.message}\n{said}".strip(), tuple(blocks.fitted(build)))


def _head(found: Verdict, room: int) -> list[Element]:
    head = [
        kit.line(kit.words(_LABELS[found.status], bold=True)),
        kit.line(kit.words("Checked: ", italic=True), kit.words(f"“{kit.cut(found.claimed, min(CLAIMED, room))}”")),
        kit.line(kit.words(kit.cut(found.message, min(CLAIMED, room)))),
    ]
    if found.status == "altered" and found.diff:
        head.append(kit.line(kit.words("What differs (struck out: as claimed; bold: as it stands):", italic=True)))
        head.append(kit.line(*difference(found.diff, min(DIFFERENCE, room))))
    return head


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
