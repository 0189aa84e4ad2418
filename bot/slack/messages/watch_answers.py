"""Watches as messages: what is watched for, and the news of it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.slack.messages import answers, kit
from bot.slack.messages.kit import Block, Message
from retrieval.model import QuoteHit

if TYPE_CHECKING:
    from bot.slack.watches import Watch

NEWS = 5  # statements that one message shows
LISTED = 20
HOW = 'Write “watch SPEAKER”, “watch SPEAKER on TOPIC” or “watch "exact phrase"”, with “daily” or “weekly” behind it for a digest; “here” at the end for this channel.'


def started(watch: Watch, held: int) -> Message:
    """A watch was begun: what it is for, where and when its news comes, and how to end it."""
    known = f" What I hold already ({held:,} statement{'' if held == 1 else 's'}) is no news." if held else ""
    text = f"Watching {watch.heading}: new statements come {_where(watch)}, {_when(watch)}.{known}"
    return Message(text, (kit.rich(kit.line(kit.words(kit.cut(text, 900)))), kit.actions(_end(watch))))


def listed(found: Sequence[Watch]) -> Message:
    """Somebody's watches and those of the channel, each with the button that ends it."""
    if not found:
        return answers.note(f"Nothing is watched for here. {HOW}")
    head = kit.rich(kit.line(kit.words("Watched for:", bold=True)))
    rows = [kit.line_with(kit.cut(f"{w.heading} · {_where(w)}, {_when(w)}", 280, "…"), _end(w)) for w in found[:LISTED]]
    text = f"Watched for: {'; '.join(w.heading for w in found[:LISTED])}"
    return Message(text, (head, *rows, kit.say(HOW)))


def news(watch: Watch, hits: Sequence[QuoteHit]) -> Message:
    """New statements, each whole and with its source."""
    shown = hits[:NEWS]
    number = f"{len(hits)} new statement{'' if len(hits) == 1 else 's'}"
    head = kit.rich(kit.line(kit.words("🔔 "), kit.words(kit.cut(f"{watch.heading}: {number}", 250, "…"), bold=True)))
    rest = [kit.say(f"{len(hits) - NEWS} more; ask me for the latest.")] if len(hits) > NEWS else []

    def build(length: int) -> list[Block]:
        return [head, *answers.quotes(shown, min(length, 900), buttons=False), *rest, kit.actions(_end(watch))]

    text = "\n".join([f"{watch.heading}: {number}", *(answers.spoken(hit) for hit in shown)])
    return Message(text, tuple(answers.fitted(build)), quotes=tuple(hit.quote.id for hit in shown))


def _end(watch: Watch) -> kit.Element:
    return kit.button("watch_end", "End", kit.state(w=watch.id), says=f"Watch no more for {watch.heading}")


def _where(watch: Watch) -> str:
    return "here" if watch.channel else "to you alone"


def _when(watch: Watch) -> str:
    if watch.rhythm == "at once":
        return "as they come in"
    return f"{'every day' if watch.rhythm == 'daily' else 'every Monday'} after {watch.hour}:00"
