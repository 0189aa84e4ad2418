"""What a person sees who watches for somebody's words or for a phrase."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.library import Library
from bot.slack.watch_words import wanted
from bot.slack.watches import Watch
from tests.block_kit import literal_text
from tests.scenarios.conftest import Bot, Site
from tests.scenarios.library import PRIDE, REPORTS, open_library
from tests.slack_server import BOT_USER, Failure, SlackServer
from tests.stores import write

NEW = "---\ntitle: A Walk to Meryton\npublisher: The Meryton Courier\npublished: 1813-01-05\nsource_url: https://courier.example/walk\n---\n"
WALK = f"{NEW}“I am determined that nothing but the deepest love could ever induce me into matrimony”, said Elizabeth Bennet.\n"


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Library]:
    """A library of this test's own, to be added to."""
    with open_library(tmp_path) as opened:
        yield opened


@pytest.fixture
def bot(slack: SlackServer, start: Callable[..., Bot], shelf: Library, tmp_path: Path) -> Bot:
    """A bot with a library of its own."""
    return start(shelf, corpus_dir=tmp_path / "corpus")


def added(bot: Bot, **files: str) -> None:
    """Documents come in."""
    write(bot.settings.corpus_dir, {f"{name}.md": text for name, text in files.items()})
    bot.shelf.index.sync()


def news(slack: SlackServer, place: str = "DU1") -> list[str]:
    """What was told of watches at a place, as it reads."""
    return [shown for m in slack.posted(channel=place) if "🔔" in (shown := literal_text(m["blocks"]))]


def heard(slack: SlackServer, place: str = "DU1", number: int = 1) -> list[str]:
    """The news at a place, once there is so much."""
    slack.wait(lambda: len(news(slack, place)) >= number, "news")
    return news(slack, place)


def quiet(slack: SlackServer) -> int:
    """How much news there is after a while."""
    time.sleep(2.6)
    return sum("🔔" in literal_text(m["blocks"]) for m in slack.posted())


def begun(slack: SlackServer, text: str) -> str:
    """What the command says to a watch."""
    return literal_text(slack.response_to(slack.command(text))["blocks"])


def test_new_statements_of_somebody_are_told_once_each_with_its_source(slack: SlackServer, bot: Bot) -> None:
    """What was held before is no news, and neither is what others say."""
    said = begun(slack, "watch Elizabeth Bennet")
    assert "Watching Elizabeth Bennet: new statements come to you alone, as they come in." in said
    assert "1 statement) is no news" in said
    added(
        bot, walk=WALK, other=f"{NEW}“It rained in Hertfordshire for the whole of that week”, said Fitzwilliam Darcy.\n"
    )
    (told,) = heard(slack)
    assert "deepest love" in told
    assert "A Walk to Meryton" in told
    assert "Hertfordshire" not in told
    assert PRIDE not in told
    assert quiet(slack) == 1


def test_nothing_is_told_twice(slack: SlackServer, bot: Bot, start: Callable[..., Bot], shelf: Library) -> None:
    """Not after a restart, a new index, a renamed document, or one that repeats the words."""
    begun(slack, "watch Elizabeth Bennet")
    added(bot, walk=WALK)
    heard(slack)
    bot.stop()
    start(shelf, corpus_dir=bot.settings.corpus_dir)
    (bot.settings.corpus_dir / "walk.md").rename(bot.settings.corpus_dir / "stroll.md")
    added(bot, again=WALK.replace("A Walk to Meryton", "The walk, once more"))
    shelf.index.sync(rebuild=True)
    assert quiet(slack) == 1


def test_a_first_index_tells_nothing(slack: SlackServer, bot: Bot) -> None:
    """Somebody who watches for a phrase hears of what comes in from then on."""
    begun(slack, 'watch "deepest love"')
    assert quiet(slack) == 0
    added(bot, walk=WALK)
    assert "deepest love" in heard(slack)[0]


def test_a_phrase_is_watched_for_in_everybodys_words(slack: SlackServer, bot: Bot) -> None:
    """Word for word, whatever the case."""
    assert "Watching “RAINED in Hertfordshire”" in begun(slack, "watch “RAINED in Hertfordshire”")
    added(bot, one=f"{NEW}“It rained in Hertfordshire for a week”, said Fitzwilliam Darcy.\n")
    assert "for a week" in heard(slack)[0]
    added(bot, two=f"{NEW}“It rained once in Hertfordshire, and no more”, said Fitzwilliam Darcy.\n")
    assert quiet(slack) == 1


def test_a_topic_narrows_a_watch(slack: SlackServer, bot: Bot) -> None:
    """Other words of the same person are no news."""
    begun(slack, "watch Fitzwilliam Darcy on the library")
    added(bot, one=f"{NEW}“It rained in Hertfordshire for a week”, said Fitzwilliam Darcy.\n")
    assert quiet(slack) == 0
    added(bot, two=f"{NEW}“The library wants new shelves before the winter”, said Fitzwilliam Darcy.\n")
    assert "shelves" in heard(slack)[0]


def test_a_channel_watches_and_hears_only_what_it_may_see(slack: SlackServer, bot: Bot) -> None:
    """A mention in a channel is for the channel; a document for one channel is news nowhere else."""
    slack.answer_to(slack.mention('watch "white whale"', channel="C9"))
    begun(slack, 'watch "white whale"')
    added(bot, log=REPORTS["pequod.md"].replace("is mine and nobody else shall have her", "has gone south again"))
    assert "gone south" in heard(slack, "C9")[0]
    assert quiet(slack) == 1


def test_watches_are_listed_and_ended_with_buttons(slack: SlackServer, bot: Bot) -> None:
    """Everywhere; somebody else's own watch is not theirs to end."""
    begun(slack, "watch Elizabeth Bennet daily at 7")
    listed = slack.answer_to(slack.direct("watch"))
    assert "Elizabeth Bennet · to you alone, every day after 7:00" in literal_text(listed["blocks"])
    assert "watched for already" in begun(slack, "watch Elizabeth Bennet")
    slack.press(listed, "watch_end", user="U2")
    slack.wait(lambda: "somebody else's" in str([m["text"] for m in slack.posted()]), "a refusal")
    slack.press(listed, "watch_end")
    slack.wait(lambda: "Ended: Elizabeth Bennet" in str([m["text"] for m in slack.posted()]), "the end")
    assert "Nothing is watched for here" in begun(slack, "watch")


def test_nobody_known_and_too_many_are_told(slack: SlackServer, bot: Bot) -> None:
    """With what to do."""
    assert "Nobody called “Abel Magwitch” is quoted" in begun(slack, "watch Abel Magwitch")
    for number in range(20):
        begun(slack, f'watch "milestone number {number}"')
    assert "No more than 20" in begun(slack, 'watch "one too many"')


def test_a_failing_slack_gets_the_news_later_and_once(slack: SlackServer, bot: Bot) -> None:
    """As it gets answers."""
    begun(slack, "watch Elizabeth Bennet")
    slack.fail("chat.postMessage", Failure(503, "service_unavailable", done=True), Failure(500))
    added(bot, walk=WALK)
    heard(slack)
    assert quiet(slack) == 1


def test_a_digest_gathers_what_came_in(slack: SlackServer, bot: Bot) -> None:
    """Nothing is told before its hour; then all of it in one message."""
    begun(slack, "watch Elizabeth Bennet daily at 7")
    added(bot, walk=WALK)
    added(bot, more=f"{NEW}“Till this moment I never knew myself”, said Elizabeth Bennet.\n")
    assert quiet(slack) == 0
    from retrieval.records import Records

    records = Records(bot.settings.data_dir / "records.sqlite")
    records.change("UPDATE watches SET made_at = made_at - 172800")
    (told,) = heard(slack)
    records.close()
    assert "2 new statements" in told
    assert quiet(slack) == 1


def test_a_digest_is_due_at_its_hour_in_the_zone() -> None:
    """Once a day, or on Mondays; not before, and not twice."""
    zone = ZoneInfo("Europe/Brussels")

    def at(day: int, hour: int) -> float:
        return datetime(2026, 11, day, hour, 30, tzinfo=zone).timestamp()

    daily = Watch(1, "U1", None, (), "", "x y z", "daily", 9, made_at=at(24, 12), told_at=0.0)
    assert [daily.is_due(at(*when), zone) for when in ((24, 20), (25, 8), (25, 9), (26, 3))] == [
        False,
        False,
        True,
        True,
    ]
    weekly = Watch(1, "U1", None, (), "", "x y z", "weekly", 9, made_at=at(24, 12), told_at=0.0)  # a Tuesday
    assert [weekly.is_due(at(*when), zone) for when in ((25, 10), (29, 23), (30, 8), (30, 10))] == [
        False,
        False,
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Ahab on the whale", ("Ahab on the whale", "", "at once", None, False)),
        ("“call me Ishmael”, weekly", ("", "call me Ishmael", "weekly", None, False)),
        ("Ahab every day at 8 here", ("Ahab", "", "daily", 8, True)),
        ("Ahab here, daily 17:00", ("Ahab", "", "daily", 17, True)),
    ],
)
def test_what_follows_watch_is_read(text: str, read: tuple[object, ...]) -> None:
    """For what, how often, when and for whom."""
    found = wanted(text)
    assert (found.words, found.phrase, found.rhythm, found.hour, found.here) == read


def test_watching_over_http(slack: SlackServer, site: Site) -> None:
    """The way by which Slack reaches the bot makes no difference."""
    event = {"type": "app_mention", "user": "U1", "text": f"<@{BOT_USER}> watch", "ts": slack.ts(), "channel": "C1"}
    assert site.post(slack.event_envelope(event)).status_code == 200
    assert "Nothing is watched for here" in literal_text(slack.answer_to(event)["blocks"])
