"""What a check of a claimed quotation found, as a message. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.slack.messages import answers, kit
from bot.slack.messages.differences import DIFFERENCE, HEADING, difference, differs
from bot.slack.messages.kit import Block, Element, Message

if TYPE_CHECKING:
    from retrieval.model import Verdict

_LABELS = {
    "exact": "✅ Exact",
    "edited": "✂️ Exact but for what is marked",
    "altered": "✏️ Altered",
    "stitched": "🪡 Stitched together",
    "other_speaker": "👤 Somebody else's words",
    "uncredited": "📄 In a document, nobody credited",
    "hidden": "🙈 Hidden by an admin",
    "not_found": "❔ Not found",
}
CLAIMED = 600  # characters of the claim that are repeated


def verdict(found: Verdict, event: str, *, private: bool = False) -> Message:
    """The finding, the claim, where its wording differs, and the true words with their source; for each quotation of a text.

    What only one person sees has a button that shares it.
    """
    return _told(found, event, (), _sharing(event) if private else ())


def shared(found: Verdict, asker: str, event: str) -> Message:
    """A verdict that somebody had privately and now shows to a channel; it says who checked."""
    return _told(found, event, (kit.rich(kit.line(kit.person(asker), kit.words(" checked:"))),), ())


def _sharing(event: str) -> tuple[Block, ...]:
    button = kit.button("share", "Share to channel", kit.state(c=event), says="Share this verdict to the channel")
    return (kit.actions(button),)


def _told(found: Verdict, event: str, opening: tuple[Block, ...], foot: tuple[Block, ...]) -> Message:
    several = (found, *found.further)

    def build(length: int) -> list[Block]:
        room = length if len(several) == 1 else max(60, length // len(several))
        made = [block for one in several for block in _about(one, room, answers.PAGE if len(several) == 1 else 1)]
        note = [kit.rich(kit.line(kit.words(found.note, italic=True)))] if found.note else []
        return [*opening, *made, *note, *foot, answers.feedback(event)]

    said = [f"{_label(one)}: {one.message}" for one in several]
    said += [answers.spoken(hit) for hit in found.hits[: answers.PAGE]]
    return Message("\n".join(said), tuple(answers.fitted(build)))


def head(found: Verdict, room: int) -> list[Element]:
    """The finding in lines of text: what it is, of which words, what it says, and what differs."""
    lines = [
        kit.line(kit.words(_LABELS[found.status], bold=True)),
        kit.line(kit.words("Checked: ", italic=True), kit.words(f"“{_claim(found, min(CLAIMED, room))}”")),
        kit.line(kit.words(kit.cut(found.message, min(CLAIMED, room)))),
    ]
    if differs(found.diff):
        lines.append(kit.line(kit.words(HEADING, italic=True)))
        lines.append(kit.line(*difference(found.diff, min(DIFFERENCE, room))))
    if found.place is not None and not found.hits:
        lines.append(kit.line(*answers.citation(found.place.document, found.place.link, room=room)))
    return lines


def _about(found: Verdict, room: int, most: int) -> list[Block]:
    return [kit.rich(*head(found, room)), *answers.quotes(found.hits[:most], room)]


def _label(found: Verdict) -> str:
    return _LABELS[found.status].split(" ", 1)[1]


def _claim(found: Verdict, room: int) -> str:
    """The claimed words on one line, without marks of their own around them."""
    words = " ".join(found.claimed.split())
    bare = words.strip('"“”„«»')
    return kit.cut(words if any(mark in bare for mark in '"“”„«»') else bare, room)
