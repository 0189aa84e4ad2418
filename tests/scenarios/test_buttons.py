"""What a person sees who presses a button under an answer, today or weeks later."""

from __future__ import annotations

from collections.abc import Callable

from bot.library import Library
from retrieval.model import EVERYBODY
from retrieval.records import Records
from tests.block_kit import literal_text
from tests.scenarios.conftest import Bot
from tests.scenarios.library import LONG, PRIDE
from tests.slack_server import SlackServer


def opened(slack: SlackServer) -> dict:  # type: ignore[type-arg]
    """The modal that was opened last."""
    return slack.called("views.open").args["view"]


def test_in_context_shows_the_paragraphs_around_the_words(slack: SlackServer, bot: Bot) -> None:
    """The words are marked between what stands before and after them."""
    slack.press(slack.answer_to(slack.mention("what did Elizabeth Bennet say?")), "in_context")
    view = opened(slack)
    shown = literal_text(view["blocks"])
    assert shown.index("The company had left the room.") < shown.index(PRIDE) < shown.index("Nobody answered her.")
    assert {"type": "text", "text": PRIDE, "style": {"bold": True}} in view["blocks"][1]["elements"][0]["elements"]


def test_in_context_of_a_brief_says_what_it_sums_up(slack: SlackServer, bot: Bot) -> None:
    """One of our own briefs is not taken for the source."""
    slack.press(slack.answer_to(slack.mention("what did Sherlock Holmes say about the dog?")), "in_context")
    assert "our own summary of “The Strand, A Morning in Baker Street”" in literal_text(opened(slack)["blocks"])


def test_in_context_shows_the_whole_of_a_long_statement(slack: SlackServer, bot: Bot) -> None:
    """A statement that the answer shows in part is whole in context, page by page."""
    answer = slack.answer_to(slack.mention("what did Phileas Fogg say about the beds?"))
    assert "Shown in part. In context has the whole of it." in literal_text(answer["blocks"])
    slack.press(answer, "in_context")
    view, pages = opened(slack), []
    while True:
        pages.append("".join(e["text"] for b in view["blocks"][: len(view["blocks"])] for e in bold(b)))
        if not any(b["type"] == "actions" for b in view["blocks"]):
            break
        before = len([c for c in slack.calls if c.method == "views.update"])
        slack.press({"blocks": view["blocks"], "view": view, "id": "V1"}, "context_on")
        slack.wait(lambda n=before: len([c for c in slack.calls if c.method == "views.update"]) > n, "the next page")
        view = slack.called("views.update").args["view"]
    assert " ".join(pages).replace("  ", " ").split() == LONG.split()
    assert len(pages) > 1


def bold(block: dict) -> list[dict]:  # type: ignore[type-arg]
    """The marked words of a modal's block."""
    inner = [e for part in block.get("elements", ()) if part.get("type") == "rich_text_quote" for e in part["elements"]]
    return [{"text": e["text"] + " "} for e in inner if e.get("style", {}).get("bold")]


def test_a_citation_can_be_copied(slack: SlackServer, bot: Bot) -> None:
    """The modal has the words, the speaker, the publisher and the link, set apart to be copied."""
    slack.press(slack.answer_to(slack.mention("what did Elizabeth Bennet say?")), "cite")
    view = opened(slack)
    shown = literal_text(view["blocks"])
    for part in (PRIDE, "Elizabeth Bennet", "The Meryton Courier", "https://courier.example/netherfield"):
        assert part in shown
    assert any(e["type"] == "rich_text_preformatted" for b in view["blocks"] for e in b["elements"])


def test_in_context_of_words_that_are_gone_says_so(slack: SlackServer, bot: Bot) -> None:
    """A button under an old answer does not show what is no longer there."""
    answer = slack.answer_to(slack.mention("what did Elizabeth Bennet say?"))
    button = next(e for b in answer["blocks"] if b["type"] == "actions" for e in b["elements"])
    button["value"] = '{"q":"q000000000000000","d":"netherfield-000000"}'
    slack.press(answer, "in_context")
    assert "no longer in the documents" in literal_text(opened(slack)["blocks"])


def test_words_for_one_channel_cannot_be_opened_from_another(slack: SlackServer, bot: Bot) -> None:
    """A button's state that came from elsewhere shows nothing that may not be seen where it is pressed."""
    answer = slack.answer_to(slack.mention("what did Ahab say?", channel="C9"))
    slack.press({**answer, "channel": "C1"}, "in_context")
    assert "whale" not in literal_text(opened(slack)["blocks"])


def test_sharing_twice_shares_once(slack: SlackServer, bot: Bot) -> None:
    """A second press of the button does nothing."""
    private = slack.response_to(slack.command("what did Elizabeth Bennet say?"))
    for _ in range(2):
        slack.press({**private, "channel": "C1"}, "share", ephemeral=True)
    slack.answer_to(slack.mention("Bennet?", channel="C2"))
    assert len(slack.posted(channel="C1")) == 1


def test_sharing_where_the_bot_is_no_member_uses_the_address_that_slack_gives(slack: SlackServer, bot: Bot) -> None:
    """The answer reaches the channel without the bot having been invited."""
    slack.foreign_channels.add("C3")
    private = slack.response_to(slack.command("what did Elizabeth Bennet say?", channel="C3"))
    payload = slack.press({**private, "channel": "C3"}, "share", ephemeral=True)
    shared = slack.response_to(payload)
    assert shared["response_type"] == "in_channel"
    assert PRIDE in literal_text(shared["blocks"])


def test_sharing_from_a_direct_message_asks_for_the_channel(slack: SlackServer, bot: Bot) -> None:
    """A direct message has no channel to share to, so the asker chooses one."""
    slack.press(slack.answer_to(slack.direct("what did Elizabeth Bennet say?")), "share")
    view = opened(slack)
    assert view["callback_id"] == "share_to"
    slack.submit(view, {"where": {"channel": {"type": "conversations_select", "selected_conversation": "C4"}}})
    shared = slack.wait(lambda: slack.posted(channel="C4"), "a shared answer")[0]
    assert PRIDE in literal_text(shared["blocks"])


def test_sharing_leaves_out_what_may_not_be_seen_there(slack: SlackServer, bot: Bot) -> None:
    """Words for one channel are not carried into another."""
    private = slack.response_to(slack.command("what did Ahab say?", channel="C9"))
    assert "white whale" in literal_text(private["blocks"])
    slack.press({**private, "channel": "C1"}, "share", ephemeral=True)
    shared = slack.wait(lambda: slack.posted(channel="C1"), "a message")[0]
    assert "whale" not in str(shared["blocks"])


def test_a_thumb_down_is_kept_with_its_reason(slack: SlackServer, bot: Bot) -> None:
    """Question, quotes and reason are in the records; a change of mind replaces the verdict."""
    answer = slack.answer_to(slack.mention("what did Elizabeth Bennet say?"))
    payload = slack.pressed(answer, "feedback")
    payload["actions"][0]["value"] = payload["actions"][0]["value"].replace("up", "down")
    slack.deliver("interactive", payload)
    view = opened(slack)
    chosen = {"type": "radio_buttons", "selected_option": {"value": "speaker"}}
    slack.submit(
        view, {"reason": {"choice": chosen}, "words": {"text": {"type": "plain_text_input", "value": "it was Jane"}}}
    )
    records = Records(bot.settings.data_dir / "records.sqlite")
    found = slack.wait(lambda: [f for f in records.feedback("down") if f.reason], "a verdict")[0]
    assert (found.question, found.reason) == ("what did Elizabeth Bennet say?", "speaker: it was Jane")
    assert len(found.quotes) == 1
    slack.press(answer, "feedback")
    slack.wait(lambda: records.feedback("up"), "another verdict")
    assert records.feedback("down") == ()
    records.close()


def test_buttons_work_after_a_restart_with_empty_records(
    slack: SlackServer, bot: Bot, start: Callable[..., Bot]
) -> None:
    """Weeks later, with every question forgotten, More, In context and Share still do what they say."""
    event = slack.mention("what did Mr Darcy say?")
    answer = slack.answer_to(event)
    private = slack.response_to(slack.command("what did Mr Darcy say?"))
    bot.stop()
    for path in bot.settings.data_dir.glob("records.sqlite*"):
        path.unlink()
    start()
    slack.press(answer, "more")
    slack.wait(lambda: len(slack.posted(thread_ts=event["ts"])) == 2, "a second page")
    slack.press(answer, "in_context")
    assert "Fitzwilliam Darcy" in literal_text(opened(slack)["blocks"])
    slack.press({**private, "channel": "C1"}, "share", ephemeral=True)
    slack.wait(lambda: [m for m in slack.posted(channel="C1") if "thread_ts" not in m], "a shared answer")


def test_an_example_of_the_app_home_is_answered_by_direct_message(
    slack: SlackServer, bot: Bot, library: Library
) -> None:
    """Examples are questions that the documents do answer."""
    slack.event({"type": "app_home_opened", "user": "U5", "tab": "home", "channel": "DU5"})
    view = slack.called("views.publish").args["view"]
    slack.press({"blocks": view["blocks"], "view": view, "id": "V2"}, "example_0", user="U5")
    answer = slack.wait(lambda: slack.posted(channel="DU5"), "an answer")[0]
    assert f"You asked: {library.examples(EVERYBODY)[0]}" in literal_text(answer["blocks"])
    assert "rich_text_quote" in str(answer["blocks"])
