"""What to say about watches: begun, listed, ended, and their news."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.slack.messages import answers, watch_answers
from bot.slack.watch_words import Wanted, wanted
from bot.slack.watches import EACH, PLACE_TAKES, Watch, Watches
from bot.slack.watching import audience_of, matching
from retrieval.model import QuoteHit

if TYPE_CHECKING:
    from bot.library import Library
    from bot.slack.desk import Desk
    from bot.slack.inbox import Event
    from bot.slack.messages.kit import Message
    from retrieval.model import Audience

SHORTEST = 3  # letters of a phrase


def watch(desk: Desk, shelf: Library, event: Event, _audience: Audience) -> Message:
    """Begin a watch, or tell which there are."""
    watches, asked = Watches(desk.records), wanted(event.text)
    channel = event.channel if event.channel and not event.channel.startswith("D") else None
    if not event.text.strip():
        own = watches.of_place(event.user, None)
        return watch_answers.listed([*own, *(watches.of_place(event.user, channel) if channel else ())])
    place = channel if channel and (asked.here or event.kind == "mention") else None
    most = PLACE_TAKES if place else EACH
    if len(watches.of_place(event.user, place)) >= most:
        return answers.note(
            f"No more than {most} things are watched for at one place; end one first: “watch” lists them."
        )
    made = _made(desk, shelf, event.user, place, asked)
    if made.phrase and sum(c.isalpha() for c in made.phrase) < SHORTEST:
        return answers.note("That phrase is too short to be watched for.")
    watches.unseen(shelf.documents(audience_of(made)))  # what is there when the first watch begins is no news
    known = [key for _, key, _, _ in matching(shelf, made, shelf.documents(audience_of(made)))]
    number = watches.add(made, known)
    if number is None:
        return answers.note(f"{made.heading} is watched for already: “watch” lists what is.")
    begun = watches.get(number)
    return watch_answers.started(begun or made, len(set(known)))


def end(desk: Desk, _shelf: Library, event: Event, _audience: Audience) -> Message:
    """End a watch: one's own, or one of the channel in which the button was pressed."""
    watches = Watches(desk.records)
    found = watches.get(int(event.extra["state"].get("w", 0)))
    if found is None:
        return answers.note("That has ended already.")
    if found.user != event.user and (not found.channel or found.channel != event.channel):
        return answers.note("That is somebody else's; only they can end it.")
    watches.end(found.id)
    return answers.note(f"Ended: {found.heading} is watched for no more.")


def news(desk: Desk, shelf: Library, event: Event, _audience: Audience) -> Message:
    """The news of a watch."""
    found = Watches(desk.records).get(int(event.extra["watch"]))
    return watch_answers.news(found, still_held(desk, shelf, event)) if found else answers.note("That has ended.")


def still_held(desk: Desk, shelf: Library, event: Event) -> tuple[QuoteHit, ...]:
    """The statements of a batch of news, as far as they are still held and may be seen where it goes."""
    watches = Watches(desk.records)
    found = watches.get(int(event.extra["watch"]))
    if found is None:
        return ()
    pairs = watches.in_batch(str(event.extra["batch"]))
    hits = (shelf.hit(quote, document, audience_of(found)) for quote, document in pairs)
    return tuple(hit for hit in hits if hit is not None)


def _made(desk: Desk, shelf: Library, user: str, place: str | None, asked: Wanted) -> Watch:
    hour = desk.settings.digest_hour if asked.hour is None else asked.hour
    speakers: tuple[tuple[str | None, str], ...] = ()
    topic = ""
    if not asked.phrase:
        from retrieval.model import EVERYBODY
        from retrieval.model import Audience as Seen

        named, topic = shelf.whom(asked.words, Seen(channel=place) if place else EVERYBODY)
        speakers = tuple((s.id, s.name) for s in named)
    return Watch(0, user, place, speakers, topic, asked.phrase, asked.rhythm, hour, 0.0, 0.0)
