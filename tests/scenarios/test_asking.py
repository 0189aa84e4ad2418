"""What a person sees who asks in Slack."""

from __future__ import annotations

from typing import Any

from tests.block_kit import literal_text, mrkdwn
from tests.scenarios.conftest import Bot
from tests.scenarios.library import PRIDE
from tests.slack_server import BOT_USER, SlackServer

HARVEST = "I found no quote on the harvest."


def quotes_in(message: dict[str, Any]) -> list[str]:
    """The words that a message quotes: the first set apart, each of the others on a line that opens."""
    lines = [b["text"]["text"].rpartition(" — ")[0].strip("“”") for b in message["blocks"] if b["type"] == "section"]
    texts = [e for b in message["blocks"] if b["type"] == "rich_text" for e in b["elements"]]
    return ["".join(t["text"] for t in e["elements"]) for e in texts if e["type"] == "rich_text_quote"] + lines


def test_a_mention_in_a_channel_is_answered_in_its_thread(slack: SlackServer, bot: Bot) -> None:
    """The answer has the words, who said them, the dates, the publisher and a link that highlights the words."""
    event = slack.mention("what did Elizabeth Bennet say about pride?")
    answer = slack.answer_to(event)
    assert answer["channel"] == "C1"
    assert answer["thread_ts"] == event["ts"]
    shown = literal_text(answer["blocks"])
    for part in (PRIDE, "Elizabeth Bennet", "The Meryton Courier", "27 November 1812"):
        assert part in shown
    assert "#:~:text=I%20could" in str(answer["blocks"])
    assert PRIDE in answer["text"]
    assert answer["unfurl_links"] is False
    assert answer["metadata"]["event_payload"]["event"].startswith("Ev")


def test_a_mention_inside_a_thread_is_answered_in_that_thread(slack: SlackServer, bot: Bot) -> None:
    """The thread stays one thread."""
    event = slack.mention("what did Elizabeth Bennet say?", thread="1600000000.000100")
    assert slack.answer_to(event)["thread_ts"] == "1600000000.000100"


def test_a_direct_message_is_answered(slack: SlackServer, bot: Bot) -> None:
    """In the thread of the message, with the status shown while it looks."""
    event = slack.direct("what did Elizabeth Bennet say?")
    assert PRIDE in literal_text(slack.answer_to(event)["blocks"])
    assert slack.called("assistant.threads.setStatus").args["thread_ts"] == event["ts"]


def test_the_command_is_answered_privately_with_a_button_that_shares(slack: SlackServer, bot: Bot) -> None:
    """Only the asker sees the answer until she shares it; the shared message says who asked."""
    payload = slack.command("what did Elizabeth Bennet say?", user="U7")
    private = slack.response_to(payload)
    assert private["response_type"] == "ephemeral"
    assert slack.posted() == []
    slack.press({**private, "channel": "C1"}, "share", user="U7", ephemeral=True)
    shared = slack.wait(slack.posted, "a shared answer")[0]
    assert shared["channel"] == "C1"
    assert PRIDE in literal_text(shared["blocks"])
    assert {"type": "user", "user_id": "U7"} in shared["blocks"][0]["elements"][0]["elements"]


def test_an_empty_mention_is_answered_with_how_to_ask(slack: SlackServer, bot: Bot) -> None:
    """Help comes with examples that the documents answer."""
    shown = literal_text(slack.answer_to(slack.mention(""))["blocks"])
    assert "What did Fitzwilliam Darcy say about the letter?" in shown
    assert "/nato-quote timeline" in shown


def test_no_answer_is_said_plainly(slack: SlackServer, bot: Bot) -> None:
    """An abstention has its sentence, points to nothing that is not near, and shows no quote."""
    answer = slack.answer_to(slack.mention("what about the harvest?"))
    shown = literal_text(answer["blocks"])
    assert HARVEST in shown
    assert "nearest" not in shown
    assert "rich_text_quote" not in str(answer["blocks"])


def test_what_would_ping_or_format_comes_out_as_those_characters(slack: SlackServer, bot: Bot) -> None:
    """A broadcast, a mention and an ampersand in a question are literal in blocks and escaped in text."""
    typed = "Who said “<!channel> <@U1> &amp; *bold* &lt;https://evil.example|x&gt;”?"
    for text in (typed, "anything about <!channel> <@U1> &amp; *bold* &lt;https://evil.example|x&gt;"):
        answer = slack.answer_to(slack.mention(text))
        assert mrkdwn(answer["blocks"]) == ""
        assert "<" not in answer["text"]
    assert "<!channel> <@U1> & *bold*" in literal_text(answer["blocks"])
    assert "&lt;!channel&gt; &lt;@U1&gt; &amp; *bold*" in answer["text"]


def test_what_would_ping_in_a_document_comes_out_as_those_characters(slack: SlackServer, bot: Bot) -> None:
    """The words of a document are as they stand there, and do nothing."""
    answer = slack.answer_to(slack.mention("what did Sherlock Holmes say about the dog?"))
    words = "The dog did nothing in the night & that is <!channel> curious"
    assert {"type": "text", "text": f"“{words}”"} in answer["blocks"][0]["elements"][0]["elements"]
    assert "&amp; that is &lt;!channel&gt; curious" in answer["text"]


def test_a_question_delivered_three_times_is_answered_once(slack: SlackServer, bot: Bot) -> None:
    """Slack repeats what it is unsure about; the event's id tells."""
    event = {"type": "app_mention", "user": "U1", "text": f"<@{BOT_USER}> Bennet?", "ts": slack.ts(), "channel": "C1"}
    envelopes = [slack.event(event, event_id="Ev77", retry=n or None) for n in range(3)]
    slack.answer_to(event)
    last = slack.mention("what did Elizabeth Bennet say?")
    slack.answer_to(last)
    assert len(slack.posted(thread_ts=event["ts"])) == 1
    slack.wait(lambda: all(envelope in slack.acks for envelope in envelopes), "every ack")


def test_a_mention_that_also_comes_as_a_message_is_answered_once(slack: SlackServer, bot: Bot) -> None:
    """One message is one question, whatever events it comes as."""
    event = slack.direct("Bennet?")
    slack.event({**event, "type": "app_mention"})
    slack.answer_to(event)
    slack.answer_to(slack.direct("Bennet again?"))
    assert len(slack.posted(thread_ts=event["ts"])) == 1


def test_messages_of_bots_and_changed_messages_are_not_questions(slack: SlackServer, bot: Bot) -> None:
    """Neither another bot nor an edit in a direct message starts an answer."""
    slack.direct("Bennet?", bot_id="B9")
    slack.direct("Bennet?", subtype="message_changed")
    slack.answer_to(slack.direct("Bennet?"))
    assert len(slack.posted()) == 1


def test_a_follow_up_in_a_thread_inherits_the_speaker(slack: SlackServer, bot: Bot) -> None:
    """The question before is handed on, from the records."""
    first = slack.mention("what did Elizabeth Bennet say?")
    slack.answer_to(first)
    second = slack.mention("what did she say about pride?", thread=first["ts"])
    assert PRIDE in literal_text(slack.answer_to(second)["blocks"])


def test_a_follow_up_is_understood_when_the_records_have_forgotten(slack: SlackServer, bot: Bot, start: object) -> None:
    """Weeks later the thread's own metadata tells what was asked before."""
    first = slack.mention("what did Elizabeth Bennet say?")
    slack.answer_to(first)
    bot.stop()
    for path in bot.settings.data_dir.glob("records.sqlite*"):
        path.unlink()
    start()  # type: ignore[operator]
    second = slack.mention("what did she say about pride?", thread=first["ts"])
    assert PRIDE in literal_text(slack.answer_to(second)["blocks"])


def test_more_shows_the_next_quotes_once(slack: SlackServer, bot: Bot) -> None:
    """Paging twice does nothing twice."""
    event = slack.mention("what did Mr Darcy say?")
    answer = slack.answer_to(event)
    slack.press(answer, "more")
    slack.press(answer, "more", user="U2")
    slack.wait(lambda: len(slack.posted(thread_ts=event["ts"])) == 2, "a second page")
    first, second = (quotes_in(m) for m in slack.posted(thread_ts=event["ts"]))
    assert (len(first), len(second), len({*first, *second})) == (3, 2, 5)
    slack.answer_to(slack.mention("Bennet?"))
    assert len(slack.posted(thread_ts=event["ts"])) == 2


def test_words_for_one_channel_appear_only_there(slack: SlackServer, bot: Bot) -> None:
    """A document limited to a channel answers in that channel and nowhere else."""
    assert "The white whale" in literal_text(
        slack.answer_to(slack.mention("what did Ahab say?", channel="C9"))["blocks"]
    )
    for event in (slack.mention("what did Ahab say?", channel="C1"), slack.direct("Ahab?")):
        assert "whale" not in str(slack.answer_to(event))


def test_a_mentioned_member_is_no_speaker(slack: SlackServer, bot: Bot) -> None:
    """Whoever is mentioned where a speaker is named gets no look-up of their id; one who is addressed is passed over."""
    refused = slack.answer_to(slack.mention("what did <@U8> say about pride?"))
    assert "write the name of whoever you mean" in literal_text(refused["blocks"])
    assert "U8" not in literal_text(refused["blocks"])
    assert PRIDE in literal_text(
        slack.answer_to(slack.mention("<@U8> what did Elizabeth Bennet say about pride?"))["blocks"]
    )


def test_a_direct_message_leans_on_the_one_before(slack: SlackServer, bot: Bot) -> None:
    """Outside of a thread too: somebody else on the same, more of the same, and the pronoun."""
    slack.answer_to(slack.direct("what did Fitzwilliam Darcy say?"))
    assert len(quotes_in(slack.answer_to(slack.direct("more")))) == 2
    assert "That is all I have by Fitzwilliam Darcy." in literal_text(slack.answer_to(slack.direct("more"))["blocks"])
    slack.answer_to(slack.direct("what did Fitzwilliam Darcy say about his opinion?"))
    assert PRIDE in literal_text(slack.answer_to(slack.direct("and Elizabeth Bennet?"))["blocks"])
    assert PRIDE in literal_text(slack.answer_to(slack.direct("what did she say about pride?"))["blocks"])


def test_a_whole_question_in_a_direct_message_stands_alone(slack: SlackServer, bot: Bot) -> None:
    """Nothing of the question before is read into it."""
    slack.answer_to(slack.direct("what did Elizabeth Bennet say about pride?"))
    answer = slack.answer_to(slack.direct("what did Fitzwilliam Darcy say about the library?"))
    assert "The library of this house" in literal_text(answer["blocks"])


def test_when_where_and_the_source_are_told_of_what_was_shown(slack: SlackServer, bot: Bot) -> None:
    """The words just shown are meant, in a thread and in direct messages; the question before lives on."""
    first = slack.mention("what did Elizabeth Bennet say about pride?")
    slack.answer_to(first)
    when = literal_text(slack.answer_to(slack.mention("when was that?", thread=first["ts"]))["blocks"])
    assert "Published on 27 November 1812; the day on which it was said is not known." in when
    where = literal_text(slack.answer_to(slack.mention("and where?", thread=first["ts"]))["blocks"])
    assert "Where it was said I do not know; it stands in:" in where
    assert "The Ball at Netherfield" in where
    slack.answer_to(slack.direct("what did Elizabeth Bennet say about pride?"))
    source = slack.answer_to(slack.direct("give me the source"))
    assert "https://courier.example/netherfield" in str(source["blocks"])
    darcy = literal_text(slack.answer_to(slack.direct("and Fitzwilliam Darcy?"))["blocks"])
    assert "Nothing by Fitzwilliam Darcy on pride." in darcy


def test_what_may_not_be_seen_is_not_told_again(slack: SlackServer, bot: Bot) -> None:
    """A follow-up about nothing that was shown is a question like any other."""
    answer = slack.answer_to(slack.direct("when was that?"))
    assert not quotes_in(answer)
