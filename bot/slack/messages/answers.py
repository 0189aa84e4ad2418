"""Answers as messages: pure renderers, one for each thing that can be said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.slack.messages import kit
from bot.slack.messages.differences import DIFFERENCE, HEADING, difference, differs
from bot.slack.messages.kit import Block, Element, Message
from bot.slack.questions import with_shown
from retrieval.asking.refusals import NOT_THE_ANSWER
from retrieval.cite import brief_of_ours, given_by, own_title, source_title, undated
from retrieval.display import reserve
from retrieval.model import Answer, Document, QuoteHit, Source, Verdict
from retrieval.terms import fold, tokens

PAGE = 3  # quotes an answer shows
QUOTE_LENGTHS = (2800, 1800, 1000, 500, 250, 120, 60)  # tried in turn until the message fits
SOURCES_SHOWN = 3
LINE, NEAR_LINE = 120, 280  # characters of the words of a quote that is a line
STATE_TEXT = 700  # characters of a question that buttons carry; a longer one is left to the records
LINK = 900  # characters of a link in a message; a longer one is given without its text fragment, or not at all
SAMPLES = 4
_WORDING = {"same": "the same words", "clipped": "a shorter wording", "differs": "a different wording"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the buttons under an answer must know: it is put into them, so that they work weeks later."""

    event: str
    text: str
    before: object = None  # the question before, as JSON, when this one was a follow-up
    private: bool = False
    asker: str = ""


def answer(found: Answer, asked: Asked, *, offset: int = 0) -> Message:
    """An answer: at most PAGE quotes from `offset` on, or the abstention in the words that Answer gives it."""
    if not found.answered or not found.quotes:
        return abstention(found, asked)
    shown, more = found.quotes[offset : offset + PAGE], len(found.quotes) > offset + PAGE
    if not shown:
        return note("That was all there is on this question.")
    foot = [_foot(asked, shown, offset, more), feedback(asked.event)]
    opening = [] if offset == 0 else [kit.rich(kit.line(kit.words("More on: ", italic=True), _brief(asked.text)))]
    if found.message and offset == 0:  # such as: nobody says just that, or the sources differ in the wording
        opening = [kit.rich(kit.line(kit.words(kit.cut(found.message, 600), italic=True)), *_differing(found.checked))]
    blocks = fitted(lambda length: [*opening, *at_a_glance(shown, length), *foot])
    return Message(
        text="\n".join(spoken(hit) for hit in shown),
        blocks=tuple(blocks),
        understood=with_shown(found.question, shown, offset),
        quotes=tuple(hit.quote.id for hit in shown),
    )


def fitted(build: Callable[[int], list[Block]]) -> list[Block]:
    """What `build(length)` gives for the longest quotes that still fit into one message."""
    made: list[Block] = []
    for length in QUOTE_LENGTHS:
        made = build(length)
        if kit.weight(made) <= kit.ALL_BLOCKS:
            break
    return made


def at_a_glance(hits: Sequence[QuoteHit], length: int) -> list[Block]:
    """The blocks of an answer: the first quote large, each of the others a line that opens."""
    first, *others = hits
    return [kit.rich(*quote(first, length)), *(opening_line(hit, min(LINE, length)) for hit in others)]


def opening_line(hit: QuoteHit, room: int) -> Block:
    """A quote as a line or two of plain text, with the button that opens it in context."""
    words = kit.cut(" ".join(hit.text.split()), room)
    shown = f"Reported: {words}" if hit.quote.kind == "reported" else words if hit.quote.narrated else f"“{words}”"
    facts = [kit.cut(fact, min(90, room), "…") for fact in _facts(hit)]
    which = kit.state(q=hit.quote.id, d=hit.document.id)
    return kit.line_with(
        f"{shown} — {', '.join(facts)}",
        kit.button("in_context", "Open", which, says=f"Open the words of {_whose(hit)}"),
    )


def quotes(hits: Sequence[QuoteHit], length: int, *, buttons: bool = True) -> list[Block]:
    """The blocks of several quotes, each whole and with its own buttons."""
    blocks: list[Block] = []
    for hit in hits:
        blocks.append(kit.rich(*quote(hit, length)))
        if buttons:
            blocks.append(kit.actions(*_quote_buttons(hit)))
    return blocks


def quote(hit: QuoteHit, length: int) -> list[Element]:
    """One quote: its words as they are, and in one line who said them, when, and where they stand."""
    shown = kit.cut(hit.text, length)
    parts: list[Element] = []
    if hit.quote.kind == "reported":
        parts.append(kit.line(kit.words(article_words(hit.text), italic=True)))
    if hit.quote.kind == "passage":
        parts.append(kit.line(kit.words("From the text", italic=True)))
    parts.append(kit.quoted(shown if hit.quote.narrated else f"“{shown}”"))
    who = [] if hit.quote.kind == "passage" else [*credit(hit, length), kit.words(" · ")]
    source = citation(hit.document, hit.link, _place(hit), room=length, title=source_title(hit))
    undated_too = [kit.words(f" · {told}")] if (told := undated(hit)) else []
    brief = kit.cut(brief_of_ours(hit) or "", min(200, length), "…")
    parts.append(kit.line(*who, *source, *undated_too, *([kit.words(f" · {brief}", italic=True)] if brief else [])))
    if hit.truncated or shown != hit.text:
        parts.append(kit.line(kit.words("Shown in part. In context has the whole of it.", italic=True)))
    if hit.also_in:
        parts.append(also_in(hit.also_in, length))
    return parts


def credit(hit: QuoteHit, room: int = 200) -> list[Element]:
    """Who said it, in which role, on which day: only what is known."""
    speaker = hit.quote.speaker
    name = kit.cut(speaker.name, min(200, room), "…") if speaker else "unattributed"
    parts = [kit.words("— "), kit.words(name, bold=True)]
    if hit.quote.role:
        parts.append(kit.words(f", {kit.cut(hit.quote.role, min(150, room), '…')}"))
    if hit.quote.said_on:
        parts.append(kit.words(f", {day(hit.quote.said_on)}"))
    if told := given_by(hit):
        parts.append(kit.words(f" · {kit.cut(told, min(150, room), '…')}", italic=True))
    return parts


def citation(
    document: Document, link: str | None, place: str | None = None, room: int = 200, title: str | None = None
) -> list[Element]:
    """Title (the document's, or the one given) with its link, publisher, day of publication, page: only what is known."""
    title = kit.cut(title or document.title or document.path, min(200, room), "…")
    longest = LINK if room >= 200 else LINK // 3
    url = next((u for u in (link, document.url) if u and len(u) <= longest), None)
    rest = [kit.cut(document.publisher, min(100, room), "…")] if document.publisher else []
    if document.published:
        rest.append(f"published {day(document.published)}")
    if place:
        rest.append(place)
    return [kit.link(url, title), *([kit.words(" · " + " · ".join(rest))] if rest else [])]


def also_in(sources: Sequence[Source], length: int) -> Element:
    """In one line the other documents that carry the statement, with their wording where it is another one."""
    count = SOURCES_SHOWN if length >= 1000 else 1 if length >= 500 else 0
    told: list[Element] = [kit.words("Also in ", italic=True)]
    for number, source in enumerate(sources[:count]):
        title = source.document.title if source.quote.narrated else own_title(source.document)
        told += [kit.words("; ")] if number else []
        told += [
            *citation(source.document, source.link, room=length, title=title),
            kit.words(f": {_WORDING[source.wording]}"),
        ]
        if source.wording != "same":
            told.append(kit.words(f" “{kit.cut(source.text, min(300, length))}”"))
    if len(sources) > count:
        told.append(kit.words(f"{'; ' if count else ''}{len(sources) - count} more, listed under In context"))
    return kit.line(*told)


def abstention(found: Answer, asked: Asked) -> Message:
    """No answer, said plainly, with what is near and never shown as the answer."""
    message = found.message or "I found nothing in the documents that answers this."
    parts = [kit.line(kit.words(kit.cut(message, 1500)))]
    if found.near:
        return _nearest(found, asked, message)
    close = [text for text in found.close[:5] if not _says(message, text)]  # some sentences name them already
    if close:
        parts.append(kit.line(kit.words("What is near:", italic=True)))
        parts.append(kit.bullets([[kit.words(kit.cut(text, 200, "…"))] for text in close]))
    true = found.checked.hits[:PAGE] if found.checked else ()  # the words that were claimed of another
    # Small talk is nothing to judge, and has no reasons.
    foot = [] if found.reason == "not_a_question" else [kit.actions(_why(asked)), feedback(asked.event)]
    shown = fitted(lambda length: [kit.rich(*parts, *_differing(found.checked)), *quotes(true, length), *foot])
    return Message(
        text="\n".join([message, *(spoken(hit) for hit in true)]),
        blocks=tuple(shown),
        understood=with_shown(found.question, true),
        quotes=tuple(hit.quote.id for hit in true),
    )


def _says(message: str, text: str) -> bool:
    """Whether a sentence has all the words of a text, in whatever order."""
    said = {fold(word) for word in tokens(message)}
    return all(fold(word) in said for word in tokens(text))


def _nearest(found: Answer, asked: Asked, message: str) -> Message:
    """No answer, under a heading that says so; the nearest words as lines that open, none of them large."""
    lead = kit.rich(
        kit.line(kit.words("✗ "), kit.words(kit.cut(message, 1500), bold=True)),
        kit.line(kit.words(f"{NOT_THE_ANSWER}:", italic=True)),
    )
    foot = [kit.actions(_why(asked)), feedback(asked.event)]
    blocks = fitted(lambda length: [lead, *(opening_line(hit, min(NEAR_LINE, length)) for hit in found.near), *foot])
    return Message(
        text="\n".join([message, f"{NOT_THE_ANSWER}:", *map(spoken, found.near)]),
        blocks=tuple(blocks),
        understood=with_shown(found.question, found.near),
        quotes=tuple(hit.quote.id for hit in found.near),
    )


def _differing(found: Verdict | None) -> list[Element]:
    """Where the words that a question claims differ from the true ones."""
    if found is None or not differs(found.diff):
        return []
    return [kit.line(kit.words(HEADING, italic=True)), kit.line(*difference(found.diff, DIFFERENCE // 2))]


def help_text(examples: Sequence[str], command: str = "/nato-quote", *, admin: bool = False) -> Message:
    """How to ask, with examples that the documents at hand do answer."""
    lead = "Ask me who said what. I answer with the exact words, who said them, when and where, or not at all."
    parts: list[Element] = [kit.line(kit.words(lead))]
    if examples:
        parts.append(kit.line(kit.words("For example:", italic=True)))
        parts.append(kit.bullets([[kit.words(kit.cut(example, 200, "…"))] for example in examples[:SAMPLES]]))
    parts.append(kit.line(kit.words("Mention me in a channel, write to me here, or use the command:", italic=True)))
    usages = [
        ("WORDS", "answers you alone, with a button to share it"),
        ('check "WORDS"', "is this quote exact?"),
        ('who "WORDS"', "who said this?"),
        ("timeline SPEAKER [TOPIC]", "what somebody said, by date"),
        ("watch SPEAKER [on TOPIC]", "tells you of new statements; also of a “phrase”, daily or weekly, here"),
        ("speakers", "whose words I hold"),
        ("sources", "which documents I hold"),
    ]
    if admin:
        usages += [
            ("add [URL]", "adds a document; a file you drop into a direct message with me"),
            ("remove WORDS", "takes a document out"),
            ("reindex · status · feedback · log", "how things are, and what was done"),
        ]
    parts.append(
        kit.bullets([[kit.words(f"{command} {form}", code=True), kit.words(f"  {what}")] for form, what in usages])
    )
    return Message(text=f"{lead} Try: {'; '.join(examples[:SAMPLES]) or command + ' help'}", blocks=(kit.rich(*parts),))


def prefixed(message: Message, sentence: str) -> Message:
    """The same message with a sentence of ours before it."""
    opening = kit.rich(kit.line(kit.words(kit.cut(sentence, 300), italic=True)))
    return replace(message, text=f"{sentence}\n{message.text}", blocks=(opening, *message.blocks))


def note(text: str) -> Message:
    """One literal sentence or two."""
    return Message(text=text, blocks=(kit.say(kit.cut(text, 2800)),))


def busy(who: str, what: str) -> Message:
    """Somebody else is at it."""
    return Message(f"{what}", (kit.rich(kit.line(kit.person(who), kit.words(f" {what}"))),))


def shared(hits: Sequence[QuoteHit], asker: str, question: str, event: str) -> Message:
    """An answer that somebody had privately and now shows to a channel; it says who asked what."""
    opening = kit.rich(kit.line(kit.person(asker), kit.words(" asked: "), _brief(question)))
    foot = [kit.actions(*_quote_buttons(hits[0])), feedback(event)]
    blocks = fitted(lambda length: [opening, *at_a_glance(hits, length), *foot])
    return Message(
        text="\n".join(spoken(hit) for hit in hits), blocks=tuple(blocks), quotes=tuple(h.quote.id for h in hits)
    )


def feedback(event: str) -> Block:
    """Thumbs up and down."""
    return {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": "feedback",
                "positive_button": {
                    "text": kit.plain("👍"),
                    "value": kit.state(e=event, v="up"),
                    "accessibility_label": "This answer helped",
                },
                "negative_button": {
                    "text": kit.plain("👎"),
                    "value": kit.state(e=event, v="down"),
                    "accessibility_label": "This answer is wrong or did not help",
                },
            }
        ],
    }


def article_words(text: str) -> str:
    """What stands above a reported sentence, which is the article's."""
    return f"Reported, {reserve(text)}: the article's own sentence"


def spoken(hit: QuoteHit) -> str:
    """A quote as one line of plain text, for notifications and screen readers."""
    words = f"“{kit.cut(hit.text, 600)}”"
    if hit.quote.kind == "reported":
        words = f"Reported, {reserve(hit.text)}: {kit.cut(hit.text, 600)}"
    return f"{words} — {', '.join(kit.cut(fact, 150, '…') for fact in _facts(hit))}"


def _facts(hit: QuoteHit) -> list[str]:
    """Who said it, in which role and when, and where it stands: what is known."""
    who = [] if hit.quote.kind == "passage" else [hit.quote.speaker.name if hit.quote.speaker else "unattributed"]
    facts = [*who, hit.quote.role, day(hit.quote.said_on), source_title(hit), hit.document.publisher]
    return [fact for fact in facts if fact]


def day(when: date | None) -> str:
    """ "4 April 2023"; empty for an unknown day."""
    return f"{when.day} {when:%B %Y}" if when else ""


def _brief(text: str) -> Element:
    return kit.words(kit.cut(" ".join(text.split()), 300, "…"))


def _place(hit: QuoteHit) -> str | None:
    start = hit.fragments[0].start if hit.fragments else 0
    for locator in hit.document.locators:
        if locator.span.start <= start < locator.span.end:
            return kit.cut(locator.label, 60, "…")
    return None


def _quote_buttons(hit: QuoteHit) -> list[Element]:
    which = kit.state(q=hit.quote.id, d=hit.document.id)
    return [
        kit.button("in_context", "In context", which, says=f"Show the words of {_whose(hit)} in context"),
        kit.button("cite", "Copy citation", which, says=f"Citation for the words of {_whose(hit)}"),
    ]


def _whose(hit: QuoteHit) -> str:
    return hit.quote.speaker.name if hit.quote.speaker else "the text"


def _foot(asked: Asked, shown: Sequence[QuoteHit], offset: int, more: bool) -> Block:
    """The one row of buttons under an answer."""
    buttons = _quote_buttons(shown[0])
    if more:
        buttons.append(
            kit.button("more", "More", _question(asked, o=offset + PAGE), says="More quotes on this question")
        )
    if asked.private:
        ids = [[hit.quote.id, hit.document.id] for hit in shown]
        value = kit.state(e=asked.event, q=ids, t=asked.text, o=offset, b=asked.before)
        if len(value) > STATE_TEXT:  # the quotes are what matters; the question is only told in part
            value = kit.state(e=asked.event, q=ids, t=kit.cut(asked.text, 200, "…"))
        buttons.append(kit.button("share", "Share to channel", value, says="Share this answer to the channel"))
    return kit.actions(*buttons, _why(asked))


def _why(asked: Asked) -> Element:
    return kit.button("why", "Why?", _question(asked), says="How this came about")


def _question(asked: Asked, **more: object) -> str:
    """What was asked, for a button; a long question is left to the records."""
    value = kit.state(e=asked.event, **more, t=asked.text, b=asked.before)
    return value if len(value) <= STATE_TEXT else kit.state(e=asked.event, **more)
