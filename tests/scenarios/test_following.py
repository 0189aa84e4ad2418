"""While the bot runs it follows the corpus, and the admins' channel hears of it."""

from __future__ import annotations

from pathlib import Path

from bot.following import following
from bot.slack.announcing import announcer
from bot.slack.checkup import examine_slack
from retrieval.model import ADMIN
from tests.scenarios.conftest import settings_for
from tests.slack_server import SlackServer
from tests.stores import open_demo, write


def test_the_admins_hear_what_changed(slack: SlackServer, tmp_path: Path) -> None:
    """A new file is indexed by itself and told in the admins' channel; what its name holds comes out literally."""
    settings = settings_for(slack, tmp_path, admin_channel="C9")
    corpus = write(tmp_path / "corpus")
    with open_demo(tmp_path / "data", corpus) as index:
        index.sync()
        with following(index, settings, announcer(settings)):
            slack.wait(lambda: index.lock.held, "owning the folder")
            write(corpus, {"<!channel> & more.txt": "“All hands”, said Captain Ahab."})
            (told,) = slack.wait(lambda: slack.posted(channel="C9"), "news for the admins")
    assert "added &lt;!channel&gt; &amp; more.txt" in told["text"]
    assert "4 documents and 4 quotes" in told["text"]


def test_without_a_channel_nobody_is_told(slack: SlackServer, tmp_path: Path) -> None:
    """Where no admins' channel is set the index follows all the same, and nothing is posted."""
    corpus = write(tmp_path / "corpus")
    with (
        open_demo(tmp_path / "data", corpus) as index,
        following(index, settings_for(slack, tmp_path), announcer(settings_for(slack, tmp_path))),
    ):
        slack.wait(lambda: index.built, "the first index")
    assert slack.posted() == []


def test_a_slack_that_is_away_stops_nothing(slack: SlackServer, tmp_path: Path) -> None:
    """When Slack cannot be reached the index follows all the same."""
    settings = settings_for(slack, tmp_path, admin_channel="C9", slack_api_url="http://127.0.0.1:9/api/")
    corpus = write(tmp_path / "corpus")
    with open_demo(tmp_path / "data", corpus) as index, following(index, settings, announcer(settings)):
        slack.wait(lambda: index.built, "the first index")
        write(corpus, {"more.txt": "“All hands”, said Captain Ahab."})
        assert len(slack.wait(lambda: index.catalog.search(["hands"], ADMIN), "the second one")) >= 1
    assert slack.posted() == []


def test_doctor_asks_slack(slack: SlackServer, tmp_path: Path) -> None:
    """doctor says whose the tokens are; a wrong one, or none that can be asked, comes with what to do."""
    assert all(check.well for check in examine_slack(settings_for(slack, tmp_path)))
    wrong = list(
        examine_slack(settings_for(slack, tmp_path, slack_bot_token="xoxb-wrong", slack_app_token="xapp-wrong"))
    )
    assert [check.well for check in wrong] == [False, False]
    assert all("https://api.slack.com/apps" in check.todo for check in wrong)
    away = settings_for(slack, tmp_path, slack_api_url="http://127.0.0.1:9/api/")
    assert {check.found.split(" (")[0] for check in examine_slack(away)} == {
        "Slack at http://127.0.0.1:9/api/ cannot be reached"
    }
