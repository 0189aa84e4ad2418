"""Modals and the App Home: pure renderers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.library import InContext
from bot.slack.messages import answers, kit
from bot.slack.messages.kit import Block, Element
from retrieval.cite import source_title
from retrieval.model import Document, QuoteHit

View = dict[str, Any]
PART = 2800  # characters of one paragraph of rich text
PARTS = 8  # such paragraphs of one statement that a modal shows at once
BESIDE = 1500  # characters of the text before and after
LONGEST_TITLE = 200
NEWEST = 5


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the documents hold, as far as somebody may know."""

    documents: int
    quotes: int
    speakers: int
    newest: Sequence[Document] = ()
    most_quoted: Sequence[tuple[str, int]] = ()
    examples: Sequence[str] = ()


def in_context(context: InContext, offset: int = 0, extra: Sequence[Block] = ()) -> View:
    """The whole of a statement, marked, between what stands before and after it."""
    hit = context.hit
    pieces = parts(hit.text)
    shown, last = pieces[offset : offset + PARTS], offset + PARTS >= len(pieces)
    made: list[Block] = []
    if offset == 0 and context.before:
        made.append(kit.say(_end_of(context.before, BESIDE)))
    made.extend(kit.rich(kit.quoted(piece, bold=True)) for piece in shown)
    if not last:
        left = f"{len(pieces) - offset - PARTS} more parts"
        value = kit.state(q=hit.quote.id, d=hit.document.id, o=offset + PARTS)
        made.append(kit.say(f"Shown in part; {left} follow."))
        made.append(kit.actions(kit.button("context_on", "Go on", value, says="Show the next part of the statement")))
    elif context.after:
        made.append(kit.say(kit.cut(context.after, BESIDE)))
    made.append(kit.divider())
    made.append(kit.rich(*_source_lines(hit)))
    return modal("In context", [*made, *extra])


def parts(text: str) -> list[str]:
    """A long text in pieces of at most PART characters, each ended at a sentence or a word; nothing is lost."""
    pieces: list[str] = []
    rest = text
    while len(rest) > PART:
        head = kit.cut(rest, PART, "")
        pieces.append(head)
        rest = rest[len(head) :].lstrip()
    return [*pieces, rest]


def citation(forms: Sequence[tuple[str, str]]) -> View:
    """A citation in the forms that people paste, each set apart to be copied."""
    made: list[Block] = []
    for label, text in forms:
        made.append(kit.rich(kit.line(kit.words(label, italic=True)), *(kit.copyable(piece) for piece in parts(text))))
    return modal("Copy citation", made)


def share_to(state: str) -> View:
    """Which channel to share a private answer to; Slack then gives an address for the post."""
    element = {
        "type": "conversations_select",
        "action_id": "channel",
        "placeholder": kit.plain("Choose a channel"),
        "default_to_current_conversation": False,
        "response_url_enabled": True,
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    chosen = {"type": "input", "block_id": "where", "label": kit.plain("Channel"), "element": element}
    return modal("Share to channel", [chosen], submit="Share", callback="share_to", metadata=state)


def what_was_wrong(state: str) -> View:
    """Asks for the reason behind a thumb down."""
    reasons = (
        ("speaker", "Somebody else said it"),
        ("words", "The words are not as in the source"),
        ("topic", "Not what I asked about"),
        ("missing", "There is an answer, and it was not found"),
        ("other", "Something else"),
    )
    choice = {
        "type": "input",
        "block_id": "reason",
        "optional": True,
        "label": kit.plain("What was wrong?"),
        "element": {
            "type": "radio_buttons",
            "action_id": "choice",
            "options": [{"text": kit.plain(label), "value": value} for value, label in reasons],
        },
    }
    free = {
        "type": "input",
        "block_id": "words",
        "optional": True,
        "label": kit.plain("Anything else"),
        "element": {"type": "plain_text_input", "action_id": "text", "multiline": True, "max_length": 1000},
    }
    return modal("Thank you", [choice, free], submit="Send", callback="reason", metadata=state)


def notice(title: str, text: str) -> View:
    """A modal that says one thing."""
    return modal(title, [kit.say(kit.cut(text, PART))])


def home(holdings: Holdings, extra: Sequence[Block] = ()) -> View:
    """The App Home of everybody: what there is, and how to ask, with examples that are answered."""
    made: list[Block] = [
        kit.header("NATO Quotes"),
        kit.rich(
            kit.line(
                kit.words(
                    "Ask who said what. You get the exact words, who said them, when, and a link to where; or a plain"
                ),
                kit.words(" “I hold nothing on that”. Nothing is written by a machine."),
            ),
            kit.line(
                kit.words("Mention me in a channel, write to me under Messages, or type "),
                kit.words("/nato-quote", code=True),
            ),
        ),
        kit.rich(
            kit.line(
                kit.words(
                    f"{holdings.documents:,} documents · {holdings.quotes:,} quotes · {holdings.speakers:,} speakers",
                    bold=True,
                )
            )
        ),
    ]
    if holdings.examples:
        made.append(kit.rich(kit.line(kit.words("Try one of these; the answer comes as a message:", italic=True))))
        made.append(kit.actions(*(_example(i, text) for i, text in enumerate(holdings.examples[:4]))))
    if holdings.most_quoted:
        names = ", ".join(f"{kit.cut(name, 60, '…')} ({count})" for name, count in holdings.most_quoted[:10])
        made.append(kit.rich(kit.line(kit.words("Most quoted: ", italic=True), kit.words(names))))
    if holdings.newest:
        made.append(
            kit.rich(kit.line(kit.words("Newest documents:", italic=True)), documents(holdings.newest[:NEWEST]))
        )
    return {"type": "home", "blocks": [*made, *extra]}


def later(why: str) -> View:
    """The App Home while the index is being opened or made."""
    return {"type": "home", "blocks": [kit.say(why)]}


def documents(found: Sequence[Document]) -> Element:
    """Documents as a list, each with its link."""
    return kit.bullets(answers.citation(d, d.url) for d in found)


def modal(
    title: str, made: Sequence[Block], *, submit: str | None = None, callback: str | None = None, metadata: str = ""
) -> View:
    """A modal; `metadata` is handed back when it is submitted."""
    view: View = {
        "type": "modal",
        "title": kit.plain(title, kit.TITLE),
        "close": kit.plain("Close"),
        "blocks": list(made),
    }
    if submit:
        view |= {"submit": kit.plain(submit, kit.TITLE), "close": kit.plain("Cancel")}
    if callback:
        view["callback_id"] = callback
    if metadata:
        view["private_metadata"] = metadata
    return view


def put_in(view: Mapping[str, Any]) -> dict[str, str]:
    """What a person put into a modal: block id -> text, choice or conversation; what was left empty is left out."""
    found: dict[str, str] = {}
    for block_id, actions in view.get("state", {}).get("values", {}).items():
        for element in actions.values():
            chosen = element.get("selected_option") or {}
            value = element.get("value") or chosen.get("value") or element.get("selected_conversation")
            value = value or element.get("selected_date")
            if value:
                found[block_id] = str(value)
    return found


def _example(number: int, text: str) -> Element:
    return kit.button(f"example_{number}", text, kit.state(t=text[:300]), says=f"Ask: {text}")


def _source_lines(hit: QuoteHit) -> list[Element]:
    lines: list[Element] = []
    if hit.quote.kind != "passage":
        lines.append(kit.line(*answers.credit(hit)))
    if hit.quote.kind == "reported":
        lines.append(kit.line(kit.words(answers.article_words(hit.text), italic=True)))
    lines.append(kit.line(*answers.citation(hit.document, hit.link, title=source_title(hit))))
    if hit.document.summary_of:
        summed = kit.cut(hit.document.summary_of, LONGEST_TITLE, "…")
        lines.append(
            kit.line(
                kit.words(
                    f"This document is our own summary of “{summed}”; the words in quotation marks are that source's."
                )
            )
        )
    if hit.also_in:
        lines.append(kit.line(kit.words("Also in", italic=True)))
        lines.append(kit.bullets([_other(source) for source in hit.also_in[:20]]))
    return lines


def _other(source: Any) -> list[Element]:
    return [*answers.citation(source.document, source.link), kit.words(f" “{kit.cut(source.text, 300)}”")]


def _end_of(text: str, limit: int) -> str:
    """The end of a text, from a word on, with a mark where it was cut."""
    if len(text) <= limit:
        return text
    tail = text[-limit:]
    return "[…] " + tail.partition(" ")[2]
