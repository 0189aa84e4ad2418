"""What somebody may not see changes nothing that they see: the same to the byte with and without it, whatever is asked."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.library import Library
from bot.logs import set_up_logging
from bot.settings import Settings
from bot.slack.admins import Admins
from bot.slack.client import Slack
from bot.slack.composing import compose
from bot.slack.desk import Desk, Me
from bot.slack.inbox import Event, Inbox
from bot.slack.listeners import home, modals
from bot.slack.members import Members
from bot.slack.messages import answers, kit
from bot.slack.messages.answers import Asked
from bot.slack.questions import question_to_json
from retrieval import as_json
from retrieval.asking.answer import QuoteFinder
from retrieval.errors import NotFound
from retrieval.model import EVERYBODY, Audience
from retrieval.records import Records
from tests.asking import people
from tests.slack_server import BOT_TOKEN, SlackServer
from tests.stores import open_demo, write
from tests.two_corpora import (
    EVERYWHERE,
    OFFICES,
    Corpora,
    ReadOnce,
    claims,
    corpora,
    crowd,
    questions,
    report,
    spans,
    statement,
)

TODAY = date(1900, 1, 1)
READER = ReadOnce()
AUDIENCES = (EVERYBODY, Audience(EVERYWHERE))
COMMANDS = ("speakers", "sources", "help", "status", "log", "feedback", "remove the bridge", "add")


@pytest.fixture(autouse=True)
def quiet() -> None:
    """Refusals are expected here."""
    set_up_logging("critical")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """What the listeners share, of a workspace on loopback in which U1 is a member and no admin."""
    server, data = SlackServer(), tmp_path_factory.mktemp("desk")
    known = Settings(_env_file=None, data_dir=data, corpus_dir=data / "corpus", slack_bot_token=BOT_TOKEN)  # type: ignore[call-arg, arg-type]
    slack, records = Slack(server.url, BOT_TOKEN), Records(data / "records.sqlite")
    admins = Admins(Members(slack, "T1"), records, frozenset())
    made = Desk(known, slack, Me("UBOT", "BBOT", "T1"), records, Inbox(records, data / "seats"), admins)
    yield made
    made.errands.shutdown()
    made.inbox.leave()
    records.close()
    server.close()


@contextmanager
def library(files: dict[str, str]) -> Iterator[Library]:
    """A library of these files."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = write(Path(folder) / "corpus", files)
        with open_demo(Path(folder) / "data", corpus, make_reader=lambda _: READER) as index:
            assert index.sync().failed == ()
            yield Library(index, QuoteFinder(index.catalog, index.vectors, index.embedder, people()))


def asked(shelf: Library, text: str, follow_up: str, audience: Audience) -> Iterator[str]:
    """What a question and one that follows it bring, as the program's own JSON and as Slack's blocks."""
    before = None
    for words in (text, follow_up, "more"):
        found = shelf.finder.ask(words, audience, before=before, limit=4, today=TODAY, explain=True)
        yield json.dumps(as_json.answer_json(replace(found, took_ms=0.0)))
        kept = Asked("Ev1", words, question_to_json(before) if before else None, private=True, asker="U1")
        yield repr(answers.answer(found, kept))
        before = found.question


def heard(desk: Desk, audience: Audience, kind: str, text: str, **extra: Any) -> str:
    """What the bot answers to an event."""
    event = Event("Ev1", kind, "U1", text, channel=audience.channel or "DU1", extra=extra)
    return repr(compose(desk, event, audience))


def pressed(desk: Desk, audience: Audience, quote: str, document: str) -> Iterator[str]:
    """What opens when somebody presses the buttons of a quote, or shares it."""
    channel, value = audience.channel or "DU1", kit.state(q=quote, d=document)
    body = {"user": {"id": "U1"}, "channel": {"id": channel}}
    for make in (modals.context, modals.citation):
        try:
            yield repr(make(desk, body, {"value": value}))
        except NotFound as gone:
            yield str(gone)
    yield heard(desk, audience, "share", "", state={"q": [[quote, document]]})


def everything(
    desk: Desk, asks: dict[str, Sequence[str]], shown: Sequence[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    """All that the audiences are shown: (what was done, what came of it)."""
    shelf = desk.open_shelf()
    yield "home", repr(home.shown(desk, "U1", "", 0))
    for audience in AUDIENCES:
        where = str(audience)
        for text, follow_up in zip(asks["questions"], reversed(asks["questions"]), strict=True):
            for told in asked(shelf, text, follow_up, audience):
                yield f"{text} / {follow_up} {where}", told
            yield f"who {where}", heard(desk, audience, "find", text)
        for text in asks["claims"]:
            yield f"check {text} {where}", heard(desk, audience, "check", text)
            yield f"check {text} {where}", json.dumps(as_json.verdict_json(shelf.check(text, audience)))
        for text in asks["spans"]:
            yield f"timeline {text} {where}", heard(desk, audience, "slash", f"timeline {text}")
        for text in COMMANDS:
            yield f"{text} {where}", heard(desk, audience, "slash", text)
        for listed in ("speakers", "sources"):
            yield f"more {listed} {where}", heard(desk, audience, "more", "", state={"l": listed, "o": 2})
        yield f"counts {where}", repr(asdict(shelf.counts(audience)))
        yield f"speakers {where}", repr((shelf.speakers(audience), shelf.finder.speakers(audience)))
        yield f"sources {where}", repr([d.id for d in shelf.documents(audience)])
        yield f"examples {where}", repr(shelf.examples(audience))
        for quote, document in shown:
            for told in pressed(desk, audience, quote, document):
                yield f"pressed {quote} {where}", told


def compared(desk: Desk, files: Corpora, asks: dict[str, Sequence[str]]) -> None:
    """Fail at the first thing that is another with the secret documents than without them."""
    with library(files.open) as without, library(files.open | files.secret) as both:
        quotes = [(q.id, d.id) for d in both.documents(Audience(admin=True)) for q in both.catalog.quotes_of(d.id)[:2]]
        desk.shelf = without
        expected = list(everything(desk, asks, quotes))
        desk.shelf = both
        for (what, told), (_, now) in zip(expected, everything(desk, asks, quotes), strict=True):
            assert told == now, what


@settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[Phase.explicit, Phase.generate],  # a library is too slow to be made hundreds of times while shrinking
)
@given(
    corpora(),
    st.lists(questions, min_size=6, max_size=6),
    st.lists(claims, min_size=2, max_size=2),
    st.lists(spans, min_size=2, max_size=2),
)
def test_what_an_audience_may_not_see_changes_nothing_for_it(
    desk: Desk, files: Corpora, asked_for: list[str], claimed: list[str], whose: list[str]
) -> None:
    """Answers, refusals, hints, counts, lists, verdicts, pages and modals are the same to the byte."""
    compared(desk, files, {"questions": asked_for, "claims": claimed, "spans": whose})


@pytest.mark.parametrize("who", ["Captain Ahab", "Mina Harker"])
def test_many_secrets_on_the_same_matter_take_nobodys_place(desk: Desk, who: str) -> None:
    """A hundred statements that are nearer to the question push out none that may be seen."""
    shown = {f"{n}.md": report("A", "B", "", "", [statement(who, thing, "holds", "", 0, OFFICES[0])])
             for n, (who, thing) in enumerate([("Captain Ahab", "the bridge"), ("Jane Eyre", "the wager")])}  # fmt: skip
    secret = {"0.md": report("A", "B", "", "C9", crowd(who, "the bridge"))}
    asks = ("What did Captain Ahab say about the bridge?", "Who spoke about the wager?", "tell me about milestones")
    compared(
        desk,
        Corpora({f"b{name}": text for name, text in shown.items()}, secret),
        {"questions": asks, "claims": ("“The bridge holds”, said Jane Eyre",), "spans": ("Ahab on the bridge",)},
    )
