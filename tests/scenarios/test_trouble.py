"""What a person sees when something goes wrong: at most a wait, never a lost question and never a second answer."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from bot.slack.client import Later, Slack
from bot.slack.socket import connect_socket
from tests import slack_server
from tests.block_kit import literal_text
from tests.scenarios.child import launch
from tests.scenarios.conftest import Bot, settings_for
from tests.slack_server import Failure, SlackServer, ratelimited

PRIDE = "I could easily forgive his pride, if he had not mortified mine."


@pytest.fixture
def child(slack: SlackServer, tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Starts bots in processes of their own, connected; what is still running at the end is killed."""
    running: list[subprocess.Popen[bytes]] = []
    known = settings_for(slack, tmp_path)
    names = ("slack_api_url", "data_dir", "corpus_dir", "workers")
    settings = {name: getattr(known, name) for name in names} | {
        "slack_bot_token": slack_server.BOT_TOKEN,
        "slack_app_token": slack_server.APP_TOKEN,
    }

    def starter(seconds: float = 0.0, **more: object) -> subprocess.Popen[bytes]:
        before = slack.connections
        running.append(launch(seconds, **{**settings, **more}))
        slack.wait(lambda: slack.connections > before, "the child is connected", 30)
        return running[-1]

    yield starter
    for process in running:
        process.kill()
        process.wait()


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a process as a power cut would."""
    process.send_signal(signal.SIGKILL)
    process.wait()


def settled(slack: SlackServer, thread: str) -> list[dict[str, object]]:
    """The bot's messages in a thread, after time enough for a second one."""
    time.sleep(1.0)
    return slack.posted(thread_ts=thread)


def test_killed_between_ack_and_answer_it_answers_once_after_the_restart(
    slack: SlackServer, child: Callable[..., subprocess.Popen[bytes]]
) -> None:
    """What was acked is in the inbox, whatever happens to the process."""
    first = child(seconds=30.0)
    event = slack.mention("what did Elizabeth Bennet say?")
    slack.wait(lambda: slack.acks, "the ack")
    kill(first)
    child()
    assert PRIDE in literal_text(slack.answer_to(event)["blocks"])
    assert len(settled(slack, event["ts"])) == 1


def test_killed_while_posting_it_finds_its_answer_and_posts_no_second_one(
    slack: SlackServer, child: Callable[..., subprocess.Popen[bytes]]
) -> None:
    """Before a reply is posted again, the thread is read for one that carries the event's id."""
    first = child()
    slack.fail("chat.postMessage", Failure(seconds=30, done=True))
    event = slack.mention("what did Elizabeth Bennet say?")
    slack.answer_to(event)
    kill(first)
    child()
    slack.called("conversations.replies")
    other = slack.mention("what did Elizabeth Bennet say?")
    slack.answer_to(other)
    assert len(settled(slack, event["ts"])) == 1


def test_killed_with_a_command_open_it_answers_after_the_restart(
    slack: SlackServer, child: Callable[..., subprocess.Popen[bytes]]
) -> None:
    """The response URL outlives the process."""
    first = child(seconds=30.0)
    payload = slack.command("what did Elizabeth Bennet say?")
    slack.wait(lambda: payload["envelope"] in slack.acks, "the ack")
    kill(first)
    child()
    assert PRIDE in literal_text(slack.response_to(payload)["blocks"])
    assert len(slack.responses) == 1


def test_two_processes_share_the_work(slack: SlackServer, child: Callable[..., subprocess.Popen[bytes]]) -> None:
    """Two bots on one set of records answer each question once, and one takes over what the other dies on."""
    first = child(seconds=0.2, workers=2)
    child(seconds=0.2, workers=2)
    events = [slack.mention("Bennet?", channel=f"C{n}") for n in range(12)]
    slack.wait(lambda: len(slack.acks) == 12, "all acks")
    kill(first)
    for event in events:
        slack.answer_to(event, 30)
    time.sleep(1.0)
    assert [len(slack.posted(thread_ts=e["ts"])) for e in events] == [1] * 12


def test_told_to_stop_it_finishes_what_runs_and_exits_cleanly(
    slack: SlackServer, child: Callable[..., subprocess.Popen[bytes]]
) -> None:
    """SIGTERM: nothing new is begun, what runs is answered, exit code 0 within ten seconds."""
    process = child(seconds=1.5, workers=1)
    running = slack.mention("Bennet?")
    slack.wait(lambda: len(slack.acks) == 1, "the ack")
    time.sleep(0.7)
    waiting = slack.mention("Bennet again?", channel="C2")
    slack.wait(lambda: len(slack.acks) == 2, "the ack")
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    assert process.wait(15) == 0
    assert time.monotonic() - began < 10
    assert len(slack.posted(thread_ts=running["ts"])) == 1
    assert slack.posted(thread_ts=waiting["ts"]) == []
    child()
    slack.answer_to(waiting)


def test_a_busy_slack_is_given_the_time_it_asks_for(slack: SlackServer, bot: Bot) -> None:
    """429 with Retry-After: the answer comes after that time, once."""
    slack.fail("chat.postMessage", ratelimited(1))
    event = slack.mention("Bennet?")
    slack.answer_to(event)
    first, second = (c.at for c in slack.calls if c.method == "chat.postMessage")
    assert second - first >= 1.0
    assert len(slack.posted()) == 1


@pytest.mark.parametrize(
    "failure",
    [
        pytest.param(Failure(503, "service_unavailable", done=True), id="5xx-after-posting"),
        pytest.param(Failure(500, "internal_error"), id="5xx"),
        pytest.param(Failure(hang_up=True, done=True), id="hang-up-after-posting"),
        pytest.param(Failure(hang_up=True), id="hang-up"),
        pytest.param(Failure(error="internal_error"), id="error-with-200"),
    ],
)
def test_a_failing_slack_gets_the_answer_later_and_once(slack: SlackServer, bot: Bot, failure: Failure) -> None:
    """Whether or not the post took effect before it failed, there is one answer in the end."""
    slack.fail("chat.postMessage", failure)
    event = slack.mention("Bennet?")
    slack.answer_to(event)
    slack.called("conversations.replies")
    assert len(settled(slack, event["ts"])) == 1


def test_a_call_without_an_answer_is_given_up_in_time(slack: SlackServer) -> None:
    """A silent Slack holds up a worker for seconds, not for ever; the call may have taken effect."""
    slack.fail("chat.postMessage", Failure(seconds=3))
    with pytest.raises(Later) as later:
        Slack(slack.url, slack_server.BOT_TOKEN).call("chat.postMessage", timeout=1, channel="C1", text="x")
    assert later.value.perhaps_done


def test_a_closed_socket_is_opened_again(slack: SlackServer, bot: Bot) -> None:
    """Questions that come after the break are answered."""
    before = slack.connections
    slack.close_sockets()
    slack.wait(lambda: slack.connections > before, "a new socket", 20)
    assert "Elizabeth Bennet" in literal_text(slack.answer_to(slack.mention("Bennet?"))["blocks"])


def test_a_socket_that_slack_refreshes_is_replaced(slack: SlackServer, bot: Bot) -> None:
    """Slack says that it will disconnect; the bot connects anew."""
    before = slack.connections
    slack.close_sockets(say_so=True)
    slack.wait(lambda: slack.connections > before, "a new socket", 20)
    assert "Elizabeth Bennet" in literal_text(slack.answer_to(slack.mention("Bennet?"))["blocks"])


def test_a_socket_that_goes_silent_is_replaced(slack: SlackServer) -> None:
    """A network may drop a connection without a word: unanswered pings tell."""
    app = App(client=WebClient(token=slack_server.BOT_TOKEN, base_url=slack.url), signing_secret="x")
    close = connect_socket(app, Slack(slack.url, ""), slack_server.APP_TOKEN, ping_seconds=1, silent_seconds=2.0)
    time.sleep(3.0)
    assert slack.connections == 1
    slack.answers_pings = False
    slack.wait(lambda: slack.connections > 1, "a new socket")
    close()


def test_slack_out_of_reach_while_connected_is_waited_for(slack: SlackServer, bot: Bot) -> None:
    """The socket breaks and no new one can be had for a while: it is tried again until there is one."""
    before = slack.connections
    slack.fail("apps.connections.open", Failure(500, "internal_error"), Failure(hang_up=True))
    slack.close_sockets()
    slack.wait(lambda: slack.connections > before, "a new socket", 30)
    assert "Elizabeth Bennet" in literal_text(slack.answer_to(slack.mention("Bennet?"))["blocks"])


def test_a_rotated_token_is_read_anew(slack: SlackServer, bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Slack no longer takes the token: the one that is now in the settings is used, and no question is lost."""
    slack.tokens = {"xoxb-2-new"}
    event = slack.mention("Bennet?")
    slack.wait(lambda: [c for c in slack.calls if c.method in ("chat.postMessage", "users.info")], "a refused call")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-2-new")
    slack.answer_to(event, 30)
    assert len(slack.posted()) == 1


def test_where_the_bot_may_not_post_the_asker_gets_a_direct_message(slack: SlackServer, bot: Bot) -> None:
    """Whoever addressed the bot gets the answer and the reason why it comes this way."""
    slack.foreign_channels.add("C5")
    slack.mention("what did Elizabeth Bennet say?", channel="C5", user="U8")
    posted = slack.wait(lambda: slack.posted(channel="DU8"), "a direct message")[0]
    assert PRIDE in literal_text(posted["blocks"])
    assert "could not answer in that channel (Slack says: not_in_channel)" in literal_text(posted["blocks"])


def test_a_direct_message_in_place_of_a_channel_shows_only_what_everybody_may_see(slack: SlackServer, bot: Bot) -> None:
    """Words for one channel do not leave it, not even to somebody who asked there."""
    slack.foreign_channels.add("C9")
    slack.mention("Ahab?", channel="C9", user="U8")
    posted = slack.wait(lambda: slack.posted(channel="DU8"), "a direct message")[0]
    assert "whale" not in str(posted)


def test_a_deleted_question_is_let_go(slack: SlackServer, bot: Bot) -> None:
    """Nobody is waiting for it any more; nothing is posted and nothing is tried again."""
    event = {"type": "app_mention", "user": "U1", "text": "Bennet?", "ts": slack.ts(), "channel": "C1"}
    slack.deleted.add(("C1", event["ts"]))
    slack.event(event)
    assert "Elizabeth Bennet" in literal_text(slack.answer_to(slack.mention("Bennet?"))["blocks"])
    assert len(settled(slack, event["ts"])) == 0
    assert len([c for c in slack.calls if c.method == "chat.postMessage"]) == 2


def test_without_assistant_methods_direct_messages_are_answered(slack: SlackServer, bot: Bot) -> None:
    """A workspace that does not know assistant.* gets its answers all the same, and is not asked again."""
    failure = Failure(error="unknown_method")
    slack.fail("assistant.threads.setStatus", failure, failure)
    for _ in range(2):
        slack.answer_to(slack.direct("Bennet?"))
    assert len([c for c in slack.calls if c.method == "assistant.threads.setStatus"]) == 1


def test_an_expired_command_is_answered_by_direct_message(slack: SlackServer, bot: Bot) -> None:
    """When Slack takes no more replies to a command, the answer finds the asker."""
    payload = slack.command("what did Elizabeth Bennet say?", user="U8", envelope=False)
    slack.expired.add(payload["response_url"])
    slack.deliver("slash_commands", payload)
    posted = slack.wait(lambda: slack.posted(channel="DU8"), "a direct message")[0]
    assert PRIDE in literal_text(posted["blocks"])


def test_a_wait_is_told_at_once(slack: SlackServer, child: Callable[..., subprocess.Popen[bytes]]) -> None:
    """Who asks while many wait hears of it within the ack or a moment later, and is answered in the end."""
    child(seconds=1.0, workers=1)
    events = [slack.mention("Bennet?", channel=f"C{n}") for n in range(5)]
    slack.wait(lambda: len(slack.posted()) >= 2, "some answers", 20)
    more = [slack.mention("Bennet?", channel=f"C{n}", user="U6") for n in range(10, 15)]
    slack.wait(lambda: [c for c in slack.calls if c.method == "chat.postEphemeral"], "word of the wait", 20)
    payload = slack.command("Bennet?")
    ack = slack.wait(lambda: slack.acks.get(payload["envelope"]), "the ack")
    assert "other questions before yours" in ack["payload"]["text"]
    slack.response_to(payload, 30)
    for event in events + more:
        slack.answer_to(event, 30)


def test_more_than_a_share_is_told_once_and_the_rest_is_answered(
    slack: SlackServer, child: Callable[..., subprocess.Popen[bytes]]
) -> None:
    """One line for the burst; what was taken of it is answered, and so is the next question of somebody else."""
    child(seconds=0.3, workers=1, questions_per_user=3)
    burst = [slack.mention("Bennet?", channel="C1", user="U5") for _ in range(12)]
    other = slack.mention("Bennet?", channel="C1", user="U6")
    slack.answer_to(other, 20)
    slack.wait(lambda: [c for c in slack.calls if c.method == "chat.postEphemeral"], "a note", 10)
    time.sleep(3.0)
    answered = [event for event in burst if slack.posted(thread_ts=event["ts"])]
    assert 3 <= len(answered) < 12
    notes = [c.args["text"] for c in slack.calls if c.method == "chat.postEphemeral" and c.args["user"] == "U5"]
    assert len([note for note in notes if "of yours" in note]) == 1
    command = slack.command("Bennet?", user="U7")
    assert slack.response_to(command, 10)
