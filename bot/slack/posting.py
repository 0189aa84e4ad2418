"""Getting a reply to where it belongs, once.

A reply's ts is written down as soon as Slack gives it. A reply also carries its event's id in the message metadata: where
a try ended without our hearing of it, the place is read for one that carries it before a second one is posted. Where Slack
does not let us read, the answer is posted all the same and says why: it is not lost.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import structlog

from bot.slack import admin
from bot.slack.client import Later, Refused, SlackTrouble
from bot.slack.composing import compose
from bot.slack.composing_watches import still_held
from bot.slack.desk import Desk, audience_of
from bot.slack.inbox import Event
from bot.slack.messages import answers, kit
from bot.slack.messages.kit import Message
from bot.slack.messages.wording import to_nobody
from bot.slack.subcommands import parse
from bot.slack.threads import METADATA, find, history, replies
from bot.slack.watches import Watches
from retrieval.errors import Forbidden
from retrieval.model import EVERYBODY

RESPONSE_URL_SECONDS = 29 * 60
WITHDRAWN = frozenset({"thread_not_found", "message_not_found"})
NOT_TAKEN = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "metadata_too_large"})
BY_DIRECT_MESSAGE = frozenset({"add_url", "add_text", "which", "undo", "status", "feedback", "log"})
SHARED = "Your channel is shared with another workspace, so I answer you here."
ONCE_MORE = "I could not see whether my answer had arrived, so here it is once more."
READ_AFTER_SECONDS, READ_TRIES = 5.0, 4
ELSEWHERE = "I answer in our direct messages."
# What only admins may see is never answered in a channel.
ACT_OF = {
    "add": "add_url",
    "remove": "which",
    "reindex": "reindex",
    "status": "status",
    "feedback": "feedback",
    "log": "log",
}
log = structlog.get_logger()


def work(desk: Desk, event: Event) -> None:
    """Answer one event, or put it back for later. What happened is in the inbox afterwards."""
    try:
        outcome, reply_ts, message = deliver(desk, event)
        desk.inbox.done(event, outcome=outcome, reply_ts=reply_ts, understood=message.understood if message else None)
        log.info("answered", event_id=event.event, kind=event.kind, outcome=outcome)
    except Later as later:
        kept = desk.inbox.again(event, seconds=later.seconds, posted=event.may_be_posted or later.perhaps_done)
        log.warning("later" if kept else "given_up", event_id=event.event, trouble=str(later), attempts=event.attempts)
    except SlackTrouble as trouble:
        desk.inbox.done(event, outcome=f"undeliverable: {trouble}")
        log.warning("undeliverable", event_id=event.event, trouble=str(trouble))


def deliver(desk: Desk, event: Event) -> tuple[str, str | None, Message | None]:
    """Post the reply by the way that its kind asks for; gives the outcome, the reply's ts and what was said."""
    if admin.is_offer(desk, event):
        return each_file(desk, event)
    event = as_meant(desk, event)
    if event.kind in admin.ACTS:
        return with_progress(desk, event)
    if event.kind == "watch_news":
        return watch_news(desk, event)
    if event.kind in BY_DIRECT_MESSAGE:
        return by_direct_message(desk, event)
    if event.kind == "share":
        return to_channel(desk, event)
    if event.kind == "example":
        return by_direct_message(desk, event, f"You asked: {event.text}")
    if event.kind == "slash" or event.extra.get("ephemeral"):
        return privately(desk, event)
    return in_thread(desk, event)


def as_meant(desk: Desk, event: Event) -> Event:
    """The event as an admin's act, where a message asks for one; in a channel the asker hears where the answer comes."""
    if event.kind not in ("mention", "dm"):
        return event
    meant = parse(to_nobody(event.text))
    if meant.mistyped or meant.name not in ACT_OF or (event.kind == "dm" and meant.name != "reindex"):
        return event
    if event.kind == "mention":
        desk.tell_in_channel(event, ELSEWHERE, "another place")
    return replace(event, kind=ACT_OF[meant.name], text=meant.words)


def in_thread(desk: Desk, event: Event) -> tuple[str, str | None, Message | None]:
    """Reply in the thread of the message that asked."""
    channel, thread = str(event.channel), str(event.thread)
    try:
        found, unsure = arrived(event, lambda: replies(desk.slack, channel, thread, event.received_at))
        if found:
            return "found", found, None
        if channel.startswith("D"):
            desk.slack.assist(
                "assistant.threads.setStatus", channel_id=channel, thread_ts=thread, status="is looking it up …"
            )
        if event.extra.get("shared") and not desk.settings.answer_strangers:
            return by_direct_message(desk, event, SHARED)
        message = once_more(compose(desk, event, audience_of(channel)), unsure)
        return "posted", post(desk, event, message, channel=channel, thread_ts=thread), message
    except Refused as refused:
        if refused.code in WITHDRAWN:  # the question was deleted: nobody is waiting
            return "withdrawn", None, None
        return by_direct_message(desk, event, f"I could not answer in that channel (Slack says: {refused.code}).")


def privately(desk: Desk, event: Event) -> tuple[str, str | None, Message | None]:
    """Reply so that the asker alone sees it; by direct message when Slack takes no more replies at the place."""
    url = str(event.extra.get("response_url") or "")
    if url and time.time() - event.received_at < RESPONSE_URL_SECONDS:
        message = compose(desk, event, audience_of(event.channel))
        # After a fault nobody knows whether the first try arrived. A second one takes its place where nothing else could:
        # behind a button the "original" is the message with the button, such as the first page.
        again = event.may_be_posted and event.kind == "slash"
        answer = {**message.payload(), "response_type": "ephemeral", "replace_original": again}
        desk.inbox.posting(event)
        try:
            desk.slack.respond(url, answer)
            return "responded", None, message
        except Refused:
            log.info("response_url_expired", event_id=event.event)
    return by_direct_message(desk, event)


def each_file(desk: Desk, event: Event) -> tuple[str, str | None, Message | None]:
    """Every file of a message is an event of its own, with a preview of its own."""
    for number, file in enumerate(event.extra["files"]):
        one = replace(event, event=f"{event.event}:{number}", kind="add_file", ts=None, extra={"files": [file]})
        desk.put(one)
    return "files", None, None


def with_progress(desk: Desk, event: Event) -> tuple[str, str | None, Message | None]:
    """Carry out an admin's act in the message whose button was pressed, or in one of its own in the direct messages."""
    ts = event.extra.get("message_ts")
    if ts and not event.extra.get("ephemeral"):
        return "acted", str(ts), admin.perform(desk, event, str(event.channel), str(ts))
    opened = desk.slack.call("conversations.open", users=event.user)
    channel = str(opened["channel"]["id"])
    own, _ = arrived(event, lambda: history(desk.slack, channel, event.received_at))
    if own is None:
        own = post(desk, event, answers.note("⏳ One moment …"), channel=channel)
    return "acted", own, admin.perform(desk, event, channel, own)


def to_channel(desk: Desk, event: Event) -> tuple[str, str | None, Message | None]:
    """Post a shared answer to its channel; by the response URL where the bot is not a member."""
    channel, thread = str(event.channel), event.extra.get("thread")
    try:
        found, unsure = arrived(event, lambda: history(desk.slack, channel, event.received_at))
        if found:
            return "found", found, None
        message = once_more(compose(desk, event, audience_of(channel)), unsure)
        return "shared", post(desk, event, message, channel=channel, thread_ts=thread), message
    except Refused as refused:
        url = str(event.extra.get("response_url") or "")
        if not url:
            raise
        log.info("shared_by_response_url", event_id=event.event, code=refused.code)
        message = compose(desk, event, audience_of(channel))
        desk.slack.respond(url, {**message.payload(), "response_type": "in_channel", "replace_original": False})
        return "shared", None, message


def watch_news(desk: Desk, event: Event) -> tuple[str, str | None, Message | None]:
    """Post the news of a watch, once; where the watch has ended, or nothing of it is left to be shown, nothing."""
    try:
        if not still_held(desk, desk.open_shelf(), event):
            told: tuple[str, str | None, Message | None] = "nothing to tell", None, None
        else:
            desk.admit(event.user)
            told = to_channel(desk, event) if event.channel else by_direct_message(desk, event)
    except Forbidden:  # whoever watches may no longer ask
        told = "not allowed", None, None
    except Refused as refused:
        told = by_direct_message(desk, event, f"I could not post in that channel (Slack says: {refused.code}).")
    Watches(desk.records).told(int(event.extra["watch"]), str(event.extra["batch"]))
    return told


def by_direct_message(desk: Desk, event: Event, why: str = "") -> tuple[str, str | None, Message | None]:
    """Reply by direct message, with what may be seen there: everybody's documents only."""
    opened = desk.slack.call("conversations.open", users=event.user)
    channel = str(opened["channel"]["id"])
    found, unsure = arrived(event, lambda: history(desk.slack, channel, event.received_at))
    if found:
        return "found", found, None
    message = once_more(compose(desk, event, EVERYBODY), unsure)
    if why:
        message = answers.prefixed(message, why)
    return "direct message", post(desk, event, message, channel=channel), message


def post(desk: Desk, event: Event, message: Message, **where: Any) -> str:
    """Post a reply that carries the event's id; gives its ts."""
    desk.inbox.posting(event)
    arguments = {**message.payload(), **where, "metadata": metadata(event, message)}
    try:
        posted = desk.slack.call("chat.postMessage", **arguments)
    except Refused as refused:
        if refused.code not in NOT_TAKEN:
            raise
        # Should not happen, since every message is measured; if Slack's limits move, the words still arrive.
        log.warning("blocks_refused", event_id=event.event, code=refused.code)
        posted = desk.slack.call("chat.postMessage", **{**arguments, "blocks": None})
    ts = str(posted.get("ts", ""))
    desk.inbox.replied(event, ts)
    return ts


def arrived(event: Event, read: Callable[[], list[dict[str, Any]]]) -> tuple[str | None, bool]:
    """The ts of the reply that an earlier try has posted, and whether that cannot be told. Our own records go first.

    Slack's word to wait a little is waited for (raises Later); a longer wait, or a refusal, is no reason to keep the answer back.
    """
    if event.reply or not event.may_be_posted:
        return event.reply, False
    try:
        return find(event, read()), False
    except Refused as refused:
        if refused.code in WITHDRAWN:
            raise
        log.warning("place_not_readable", event_id=event.event, code=refused.code)
    except Later as later:
        if (later.seconds or 0) <= READ_AFTER_SECONDS and event.attempts <= READ_TRIES:
            raise
        log.warning("place_not_readable", event_id=event.event, code=str(later))
    return None, True


def once_more(message: Message, unsure: bool) -> Message:
    """The message, with a word on why it may be there twice."""
    return answers.prefixed(message, ONCE_MORE) if unsure else message


def metadata(event: Event, message: Message) -> dict[str, Any]:
    """What a reply carries with it: the event it answers, and the question as it was understood."""
    payload = {"event": event.event}
    question = json.dumps(message.understood, ensure_ascii=False) if message.understood else ""
    if question and len(question) <= kit.PRIVATE_METADATA:
        payload["question"] = question
    return {"event_type": METADATA, "event_payload": payload}
