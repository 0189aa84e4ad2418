"""What to say to an event: one function per kind, Event and audience in, Message out. Nothing is posted here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.library import Library
from bot.slack import admin, composing_watches
from bot.slack.client import Later, Refused
from bot.slack.desk import Desk
from bot.slack.guarding import guarded
from bot.slack.inbox import Event
from bot.slack.messages import answers, kit, listings, shown_again, verdicts
from bot.slack.messages.answers import PAGE, Asked
from bot.slack.messages.kit import Message
from bot.slack.messages.wording import names_a_member, quoted_words, to_nobody
from bot.slack.pointing import CANNOT_READ, NOTHING_ABOVE, meant, pointed_at
from bot.slack.questions import LONGEST, question_from_json, question_to_json, shown_in, shown_upto
from bot.slack.subcommands import FOR_ADMINS, Subcommand, in_marks, parse
from bot.slack.threads import carried, replies
from retrieval.asking.leaning import about_shown, leans_back
from retrieval.asking.question import asks_for_more
from retrieval.model import Audience, Question

GONE = frozenset({"thread_not_found", "message_not_found"})  # whoever asked has deleted the question
LATELY_SECONDS = 60 * 60  # how long a direct message may lean on the one before it
MEMBER = "I know people by the names that the documents give them: write the name of whoever you mean instead of mentioning a member."


def compose(desk: Desk, event: Event, audience: Audience) -> Message:
    """The message that answers `event` where `audience` will see it; a reason when there can be no answer."""

    def answer(shelf: Library) -> Message:
        desk.admit(event.user)
        return COMPOSERS[event.kind](desk, shelf, event, audience)

    return guarded(desk, event, answer)


def ask(desk: Desk, shelf: Library, event: Event, audience: Audience) -> Message:
    """A question in words; an empty one, and "help", are answered with how to ask."""
    text = to_nobody(event.text[: 2 * LONGEST])[:LONGEST]
    if text.strip(" ?!.").casefold() in ("", "help"):
        return how_to(desk, shelf, event, audience)
    if names_a_member(text):
        return answers.note(MEMBER)
    earlier = _before(desk, event)
    if (told := _of_shown(shelf, text, earlier, audience)) is not None:
        return told
    before = question_from_json(earlier)
    if before is not None and asks_for_more(text):
        return _further(shelf, replace(event, text=text), before, shown_upto(earlier, PAGE), audience)
    found = shelf.ask(text, audience, before=before, limit=PAGE + 1)
    private = event.kind not in ("mention", "follow_up")
    asked = Asked(event.event, text, question_to_json(before) if before else None, private=private, asker=event.user)
    message = answers.answer(found, asked)
    if len(event.text) > LONGEST:
        return answers.prefixed(message, f"That is a long question; I read its first {LONGEST:,} characters.")
    return message


def command(desk: Desk, shelf: Library, event: Event, audience: Audience) -> Message:
    """A subcommand or a question, wherever it was typed; a mistyped one is taken for what it nearly is."""
    if (told := _of_pointed(desk, shelf, event, audience)) is not None:
        return told
    meant = parse(to_nobody(event.text))
    if event.kind == "follow_up" and (
        meant.mistyped or meant.name in {*FOR_ADMINS, "watch"}
    ):  # said to others, more likely
        meant = Subcommand("ask", event.text)
    answered = SUBCOMMANDS[meant.name](
        desk, shelf, replace(event, text=event.text if meant.name == "ask" else meant.words), audience
    )
    if meant.mistyped:
        return answers.prefixed(answered, f"I took “{meant.mistyped}” for “{meant.name}”.")
    return answered


def how_to(desk: Desk, shelf: Library, event: Event, audience: Audience) -> Message:
    """How to ask; admins also see what else they can do, where nobody else sees the answer."""
    private = event.kind in ("slash", "dm")
    return answers.help_text(shelf.examples(audience), admin=private and desk.admins.is_admin(event.user))


def more(desk: Desk, shelf: Library, event: Event, audience: Audience) -> Message:
    """The next quotes on a question; what was asked is in the button, or else in the records."""
    state = dict(event.extra["state"])
    if "t" not in state and "l" not in state:
        asked = desk.inbox.asked(str(state.get("e", "")))
        if asked is None:
            return answers.note("I no longer have that question; please ask it again.")
        state["t"] = asked
    offset = int(state.get("o", PAGE))
    if state.get("l") == "speakers":
        return listings.speakers(shelf.speakers(audience), offset, event.event)
    if state.get("l") == "timeline":
        return listings.timeline(shelf.timeline(state["t"], audience), offset, event.event, state["t"])
    if state.get("l") in ("feedback", "log"):
        looking = admin.feedback if state["l"] == "feedback" else admin.audit_log
        return looking(desk, shelf, event, audience, before=offset)
    if state.get("l") == "sources":
        return listings.sources(shelf.documents(audience), shelf.quote_counts(), offset, event.event)
    found = shelf.ask(state["t"], audience, before=question_from_json(state.get("b")), limit=offset + PAGE + 1)
    kept = Asked(event.event, state["t"], state.get("b"), private=bool(event.extra.get("ephemeral")), asker=event.user)
    return answers.answer(found, kept, offset=offset)


def share(desk: Desk, shelf: Library, event: Event, audience: Audience) -> Message:
    """A private answer for a channel: the same quotes, as far as they may be seen there."""
    state = event.extra["state"]
    if "c" in state:
        return _shared_verdict(desk, shelf, event, audience)
    wanted = [(str(quote), str(document)) for quote, document in state.get("q", ())]
    asked, before = str(state.get("t", "")), question_from_json(state.get("b"))
    hits = shelf.as_shown(wanted, audience, asked, before, int(state.get("o", 0)) + PAGE)
    if not hits:
        return answers.note("There is nothing in that answer that may be shown here.")
    return answers.shared(hits, event.user, asked, event.event)


def _shared_verdict(desk: Desk, shelf: Library, event: Event, audience: Audience) -> Message:
    """A check that somebody had privately, made again for those who see it now."""
    text = desk.inbox.asked(str(event.extra["state"].get("c", "")))
    if text is None:
        return answers.note("I no longer have those words; please check them again.")
    typed = parse(text)  # the command's text begins with its own word
    return verdicts.shared(
        shelf.check(typed.words if typed.name == "check" else text, audience, one_named=True), event.user, event.event
    )


def who(desk: Desk, shelf: Library, event: Event, audience: Audience) -> Message:
    """Whose words these are."""
    words = in_marks(event.text)
    if not words:
        return answers.note('Give me the words in quotation marks: /nato-quote who "…"')
    return ask(desk, shelf, replace(event, text=f"Who said “{words}”?"), audience)


def check(desk: Desk, shelf: Library, event: Event, audience: Audience) -> Message:
    """Whether these words are real, word for word; admins, who alone see the answer, are told of hidden ones."""
    if not event.text.strip(' "“”„«»'):
        return answers.note('Give me the words in quotation marks: /nato-quote check "…"')

    def tells_hidden() -> bool:
        return event.kind in ("slash", "check", "dm") and desk.admins.is_admin(event.user)

    found = shelf.check(event.text, audience, tells_hidden, one_named=True)
    return verdicts.verdict(found, event.event, private=event.kind in ("slash", "check"))


def _of_pointed(desk: Desk, shelf: Library, event: Event, audience: Audience) -> Message | None:
    """The answer to "is this exact?" or "who said this?" about the message that is meant; None for anything else."""
    text, forwarded = to_nobody(event.text), event.extra.get("forwarded")
    kind = "check" if forwarded and not text else pointed_at(text)
    if kind is None or event.kind not in ("mention", "dm", "follow_up"):
        return None
    try:
        words = meant(desk, event, kind)
    except Refused:
        return answers.note(CANNOT_READ)
    if words and kind == "check":
        return check(desk, shelf, replace(event, text=words), audience)
    if words:
        return ask(desk, shelf, replace(event, text=f"Who said “{quoted_words({'text': words})}”?"), audience)
    if words is None:
        return ask(desk, shelf, event, audience)
    return answers.note(NOTHING_ABOVE) if kind == "check" and text.strip(" ?!.").casefold() != "check" else None


def timeline(_desk: Desk, shelf: Library, event: Event, audience: Audience) -> Message:
    """What somebody said, by date."""
    if not event.text:
        return answers.note("Whose words? /nato-quote timeline SPEAKER [TOPIC]")
    return listings.timeline(shelf.timeline(event.text, audience), event=event.event, words=event.text)


def speakers(_desk: Desk, shelf: Library, event: Event, audience: Audience) -> Message:
    """Whose words there are."""
    return listings.speakers(shelf.speakers(audience), event=event.event)


def sources(_desk: Desk, shelf: Library, event: Event, audience: Audience) -> Message:
    """Which documents there are."""
    return listings.sources(shelf.documents(audience), shelf.quote_counts(), event=event.event)


def _before(desk: Desk, event: Event) -> Mapping[str, Any] | None:
    """The question before this one in its thread, from the records or from what our replies carry with them.

    In direct messages outside of a thread it is the one that was answered last, where this message leans on it ("and Darcy?").
    """
    if event.kind == "slash" or not event.thread or not event.channel:
        return None
    if event.thread == event.ts:
        return _directly_before(desk, event, event.channel) if event.kind == "dm" and leans_back(event.text) else None
    known = desk.inbox.understood_in(event.channel, event.thread)
    try:
        return known or understood_in_thread(desk, event.channel, event.thread)
    except Later:
        if leans_back(event.text):
            raise
        return None  # it stands alone, and need not wait


def _directly_before(desk: Desk, event: Event, channel: str) -> Mapping[str, Any] | None:
    """What was understood of the last question in direct messages; of one just answered its reply knows before the records do."""
    for thread, known in desk.inbox.direct_before(event, LATELY_SECONDS):
        understood = known or understood_in_thread(desk, channel, thread)
        if understood:
            return understood
    return None


def _further(shelf: Library, event: Event, before: Question, upto: int, audience: Audience) -> Message:
    """The next quotes on the question before, of which the first `upto` have been shown."""
    found = shelf.ask(event.text, audience, before=before, limit=upto)
    asked = Asked(event.event, event.text, question_to_json(before), private=event.kind == "dm", asker=event.user)
    message = answers.answer(replace(found, quotes=found.quotes[:PAGE]), asked)
    told = dict(message.understood or {})
    return replace(message, understood=told | {"upto": upto + len(told.get("shown", ()))})


def _of_shown(shelf: Library, text: str, earlier: Mapping[str, Any] | None, audience: Audience) -> Message | None:
    """The answer to "when was that?" or "give me the source" about the quotes shown last; None for any other question."""
    kind, before = about_shown(text), question_from_json(earlier)
    pairs = shown_in(earlier) if kind is not None else []
    if kind is None or before is None or not pairs:
        return None
    hits = [hit for quote, document in pairs if (hit := shelf.hit(quote, document, audience)) is not None]
    return shown_again.told(kind, hits, before) if hits else None


def understood_in_thread(desk: Desk, channel: str, thread: str) -> dict[str, Any] | None:
    """The latest question that our replies in a thread carry in their metadata."""
    try:
        found = replies(desk.slack, channel, thread)
    except Refused as refused:
        if refused.code in GONE:
            raise
        return None  # what may not be read tells nothing
    for message in reversed(found):
        question = kit.read_state(str(carried(message).get("question") or ""))
        if question:
            return question
    return None


SUBCOMMANDS: dict[str, Callable[[Desk, Library, Event, Audience], Message]] = {
    "ask": ask,
    "help": how_to,
    "check": check,
    "who": who,
    "timeline": timeline,
    "speakers": speakers,
    "sources": sources,
    "watch": composing_watches.watch,
    "add": admin.offer,
    "remove": admin.choose_removal,
    "status": admin.status,
    "feedback": admin.feedback,
    "log": admin.audit_log,
}

COMPOSERS: dict[str, Callable[[Desk, Library, Event, Audience], Message]] = {
    "mention": command,
    "dm": command,
    "follow_up": command,
    "slash": command,
    "more": more,
    "share": share,
    "example": ask,
    "find": who,
    "check": check,
    "add_file": admin.offer,
    "add_url": admin.offer,
    "add_text": admin.offer,
    "which": admin.choose_removal,
    "watch_end": composing_watches.end,
    "watch_news": composing_watches.news,
    "undo": admin.undo,
    "status": admin.status,
    "feedback": admin.feedback,
    "log": admin.audit_log,
}
