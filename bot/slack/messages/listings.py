"""Lists as messages: who is quoted, which documents there are. Pure renderers, page by page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from bot.slack.messages import answers, kit
from bot.slack.messages.kit import Block, Element, Message
from retrieval.model import Document

if TYPE_CHECKING:
    from retrieval.asking.timeline import Timeline
    from retrieval.catalog import SpeakerCount

SPEAKERS_PAGE = 50
SOURCES_PAGE = 12
TIMELINE_PAGE = 3


def speakers(found: Sequence[SpeakerCount], offset: int = 0, event: str = "") -> Message:
    """Whose words there are, most quoted first."""
    page = found[offset : offset + SPEAKERS_PAGE]
    if not page:
        return answers.note("Nobody is quoted in the documents." if not found else "Those were all.")
    named = [f"{kit.cut(s.name, 60, '…')} ({s.quotes:,})" for s in page]
    head = f"{len(found):,} speakers, most quoted first" if offset == 0 else f"Speakers {offset + 1:,} and on"
    listed = [kit.words(name if name is named[-1] else f"{name}, ") for name in named]
    made = [kit.rich(kit.line(kit.words(head, bold=True)), kit.line(*listed))]
    return Message(
        text=f"{head}: {', '.join(named[:20])}",
        blocks=(*made, *_rest("speakers", offset + SPEAKERS_PAGE, len(found), event)),
    )


def sources(found: Sequence[Document], quotes: Mapping[str, int], offset: int = 0, event: str = "") -> Message:
    """Which documents there are, newest first, each with its link and how many quotes it has."""
    page = found[offset : offset + SOURCES_PAGE]
    if not page:
        return answers.note("There are no documents yet." if not found else "Those were all.")
    head = f"{len(found):,} documents, newest first" if offset == 0 else f"Documents {offset + 1:,} and on"
    rest = _rest("sources", offset + SOURCES_PAGE, len(found), event)

    def build(room: int) -> list[Block]:
        items: list[list[Element]] = [
            [*answers.citation(d, d.url, room=room), kit.words(f" · {counted(quotes.get(d.id, 0), 'quote')}")]
            for d in page
        ]
        return [kit.rich(kit.line(kit.words(head, bold=True)), kit.bullets(items)), *rest]

    shown = "; ".join(kit.cut(d.title or d.path, 100, "…") for d in page)
    return Message(text=f"{head}: {shown}", blocks=tuple(answers.fitted(build)))


def timeline(found: Timeline, offset: int = 0, event: str = "", words: str = "") -> Message:
    """What somebody said, in the order of the days, each statement with its source."""
    page = found.entries[offset : offset + TIMELINE_PAGE]
    who = kit.cut(", ".join(s.name for s in found.speakers), 200, "…")
    about = f" on {kit.cut(found.topic, 200, '…')}" if found.topic else ""
    if not page:
        when = f" {found.when}" if found.when else ""
        return answers.note(f"I hold nothing by {who}{about}{when}." if not found.entries else "Those were all.")
    when = f", {kit.cut(found.when, 60, '…')}" if found.when else ""
    head = f"{who}{about}{when}: {counted(len(found.entries), 'statement')}, by date"
    head = f"{head}. {found.reserve}" if found.reserve else head
    rest = _rest("timeline", offset + TIMELINE_PAGE, len(found.entries), event, words)

    def build(length: int) -> list[Block]:
        made = [kit.rich(kit.line(kit.words(head, bold=True)))] if offset == 0 else []
        for entry in page:
            when = f"{answers.day(entry.day)}{'' if entry.said else ' (published)'}" if entry.day else "No date known"
            made.append(kit.rich(kit.line(kit.words(when, bold=True))))
            made.extend(answers.quotes([entry.hit], length))
        return [*made, *rest]

    spoken = "\n".join(answers.spoken(entry.hit) for entry in page)
    return Message(text=f"{head}\n{spoken}", blocks=tuple(answers.fitted(build)))


def counted(number: int, what: str) -> str:
    """ "1 quote", "12 quotes"."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _rest(name: str, offset: int, total: int, event: str, words: str | None = None) -> list[Block]:
    if offset >= total:
        return []
    label = f"More ({total - offset:,} left)"
    return [
        kit.actions(
            kit.button(
                "more", label, kit.state(e=event, l=name, o=offset, t=words and words[:300]), says=f"More {name}"
            )
        )
    ]
