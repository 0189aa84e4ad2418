"""What admins do in Slack, and what everybody else sees who tries."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.library import Library
from retrieval.records import Records
from tests import slack_server
from tests.block_kit import literal_text
from tests.scenarios.child import launch
from tests.scenarios.conftest import Bot
from tests.scenarios.library import PRIDE, REPORTS, open_library
from tests.slack_server import SlackServer
from tests.stores import write

LETTER = (
    "---\ntitle: A Letter from Hunsford\npublisher: The Kentish Post\npublished: 1812-04-10\n---\n"
    "“The parsonage chimneys smoke whenever the wind is in the east”, said Charlotte Lucas. She laughed.\n"
)


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Library]:
    """A library of this test's own, to be changed."""
    with open_library(tmp_path) as opened:
        yield opened


@pytest.fixture
def admin_bot(slack: SlackServer, start: Callable[..., Bot], shelf: Library, tmp_path: Path) -> Bot:
    """A bot with a library of its own; U9 is an admin of the workspace."""
    slack.users["U9"] = {"is_admin": True}
    return start(shelf, corpus_dir=tmp_path / "corpus", data_dir=tmp_path / "index", fetch_loopback=True)


@pytest.fixture
def records(admin_bot: Bot) -> Iterator[Records]:
    """The bot's records."""
    opened = Records(admin_bot.settings.data_dir / "records.sqlite")
    yield opened
    opened.close()


def drop(slack: SlackServer, identifier: str = "F1", user: str = "U9", **more: Any) -> dict[str, Any]:
    """Somebody drops a file into the direct messages; gives the event."""
    return slack.direct("", user=user, subtype="file_share", files=[{"id": identifier, "name": "x"}], **more)


def preview_of(slack: SlackServer, event: dict[str, Any]) -> dict[str, Any]:
    """The answer to a dropped file."""
    return slack.answer_to(event, 20)


def became(slack: SlackServer, message: dict[str, Any], text: str, seconds: float = 20) -> str:
    """What a message reads as, once it holds `text`."""
    slack.wait(
        lambda: text in literal_text(message["blocks"]), f"{text!r} in {literal_text(message['blocks'])!r}", seconds
    )
    return literal_text(message["blocks"])


def test_a_dropped_file_is_previewed_kept_and_answers_a_moment_later(
    slack: SlackServer, admin_bot: Bot, records: Records
) -> None:
    """Title, publisher, date, quotes by whom and first lines; then one message with the progress, and questions."""
    slack.add_file("F1", "letter.md", LETTER.encode())
    shown = preview_of(slack, drop(slack))
    read = literal_text(shown["blocks"])
    for part in (
        "A Letter from Hunsford",
        "The Kentish Post",
        "10 April 1812",
        "1, by Charlotte Lucas (1)",
        "parsonage",
    ):
        assert part in read
    slack.press(shown, "draft_keep", user="U9")
    assert "Kept, and answering from now on." in became(slack, shown, "Kept")
    answer = slack.answer_to(slack.mention("what did Charlotte Lucas say about the chimneys?"))
    assert "The parsonage chimneys smoke whenever the wind is in the east" in literal_text(answer["blocks"])
    assert "https://test.slack.com/files/F1" in str(answer["blocks"])
    (added, *_) = [e for e in records.audit_log() if e.what == "added"]
    assert (added.who, added.target, added.place) == ("U9", "added/letter.md", "DU9")


def test_a_question_from_the_added_document_is_answered_at_a_press(slack: SlackServer, admin_bot: Bot) -> None:
    """The examples under a kept document are questions that it answers."""
    text = LETTER.replace(
        "The parsonage chimneys smoke whenever the wind is in the east", "We need a chimney agreement in this parsonage"
    )
    slack.add_file("F1", "letter.md", text.encode())
    shown = preview_of(slack, drop(slack))
    slack.press(shown, "draft_keep", user="U9")
    became(slack, shown, "Kept")
    if "example_0" not in str(shown["blocks"]):
        return
    slack.press(shown, "example_0", user="U9")
    answer = slack.wait(lambda: [m for m in slack.posted(channel="DU9") if "You asked" in str(m)], "an answer")[0]
    assert "chimney agreement" in literal_text(answer["blocks"])


def test_details_are_put_right_before_keeping(slack: SlackServer, admin_bot: Bot) -> None:
    """What the admin says wins; a date that is none is told in the modal."""
    slack.add_file(
        "F1",
        "letter.txt",
        b"A Letter\n\n\xe2\x80\x9cThe hens are laying again in the yard\xe2\x80\x9d, said Charlotte Lucas.\n",
    )
    shown = preview_of(slack, drop(slack))
    slack.press(shown, "draft_edit", user="U9")
    view = slack.called("views.open").args["view"]
    wrong = slack.submit(view, typed(published="some day"), user="U9")
    ack = slack.wait(lambda: slack.acks.get(wrong), "an ack")
    assert "published" in ack["payload"]["errors"]
    slack.submit(view, typed(title="The Hens", publisher="The Kentish Post", published="1812-04-11", url=""), user="U9")
    read = became(slack, shown, "The Hens")
    assert "11 April 1812" in read


def typed(**values: str) -> dict[str, Any]:
    """What was put into a modal's inputs."""
    return {name: {name: {"type": "plain_text_input", "value": value}} for name, value in values.items()}


def test_a_file_shared_with_a_mention_and_add_is_previewed_in_the_thread(slack: SlackServer, admin_bot: Bot) -> None:
    """In a channel too; every file of the message has a preview of its own."""
    slack.add_file("F1", "letter.md", LETTER.encode())
    slack.add_file("F2", "hens.txt", b"Hens\n\nThe hens are laying.\n")
    event = {"type": "app_mention", "user": "U9", "text": "<@UBOT> add these", "ts": slack.ts(), "channel": "C1"}
    slack.event({**event, "files": [{"id": "F1"}, {"id": "F2"}]})
    slack.wait(lambda: len(slack.posted(thread_ts=event["ts"])) == 2, "two previews", 20)
    read = "".join(literal_text(m["blocks"]) for m in slack.posted(thread_ts=event["ts"]))
    assert "letter.md" in read
    assert "hens.txt" in read


def test_a_question_with_a_file_beside_it_is_a_question(slack: SlackServer, admin_bot: Bot) -> None:
    """From whoever is no admin; her file is left alone."""
    event = slack.direct("what did Mr Darcy say?", user="U1", subtype="file_share", files=[{"id": "F1"}])
    assert "Fitzwilliam Darcy" in literal_text(slack.answer_to(event)["blocks"])


def test_a_discarded_document_is_not_added(slack: SlackServer, admin_bot: Bot, shelf: Library) -> None:
    """And cannot be kept afterwards."""
    slack.add_file("F1", "letter.md", LETTER.encode())
    shown = preview_of(slack, drop(slack))
    keep = slack.pressed(shown, "draft_keep", user="U9")
    slack.press(shown, "draft_discard", user="U9")
    became(slack, shown, "letter.md was discarded.")
    slack.deliver("interactive", keep)
    became(slack, shown, "give it to me again")
    assert not (admin_bot.settings.corpus_dir / "added").exists()


def test_a_document_that_is_there_already_is_told(slack: SlackServer, admin_bot: Bot) -> None:
    """The preview names what it is a duplicate of."""
    text = (admin_bot.settings.corpus_dir / "pemberley.md").read_bytes()
    slack.add_file("F1", "again.md", text)
    assert "Already here: \nAt Pemberley" in literal_text(preview_of(slack, drop(slack))["blocks"])


@pytest.mark.parametrize(
    ("prepare", "says"),
    [
        (lambda s: s.add_file("F1", "big.pdf", b"x", size=60_000_000), "big.pdf is larger than 25 MB"),
        (lambda s: s.add_file("F1", "a.pdf", b"<!DOCTYPE html><p>Sign in", "text/html", mimetype="application/pdf"), "a page to sign in"),
        (lambda s: None, "no longer in Slack"),
        (lambda s: s.add_file("F1", "a.gdoc", b"", is_external=True, mode="external"), "lies with another service"),
        (lambda s: s.add_file("F1", "a.txt", b"x", url_private_download="https://evil.example/a.txt"), "does not lie on Slack's own file host"),
        (lambda s: s.add_file("F1", "a.txt", b"x", url_private_download="http://files.slack.com/a.txt"), "does not lie on Slack's own file host"),
        (lambda s: s.add_file("F1", "empty.txt", b""), "empty.txt"),
        (lambda s: s.add_file("F1", "a.exe", b"MZ\x00\x01"), "a.exe"),
    ],
    ids=["60-MB", "sign-in-page", "deleted", "external", "another-host", "no-https", "empty", "no-document"],
)  # fmt: skip
def test_a_file_that_cannot_be_taken_is_told_with_its_reason(
    slack: SlackServer, admin_bot: Bot, prepare: Callable[[SlackServer], None], says: str
) -> None:
    """One sentence that says what to do; the token goes to no other host."""
    prepare(slack)
    assert says in literal_text(preview_of(slack, drop(slack))["blocks"])
    assert not any(c.token == "" for c in slack.calls if c.method == "download")


def test_a_file_is_downloaded_with_the_bot_token(slack: SlackServer, admin_bot: Bot) -> None:
    """Slack gives files to nobody without it."""
    slack.add_file("F1", "letter.md", LETTER.encode())
    preview_of(slack, drop(slack))
    assert [c.token for c in slack.calls if c.method == "download"] == ["xoxb-1-test"]


def test_an_address_is_added_by_command(slack: SlackServer, admin_bot: Bot) -> None:
    """The preview comes as a direct message; an address that may not be fetched is told."""
    slack.add_file("PAGE", "page.txt", LETTER.encode(), "text/plain")
    slack.tokens.add("")  # this page is open to everybody
    payload = slack.command(f"add http://127.0.0.1:{slack.port}/files/PAGE", user="U9")
    ack = slack.wait(lambda: slack.acks.get(payload["envelope"]), "the ack")
    assert "direct messages" in ack["payload"]["text"]
    shown = slack.wait(lambda: slack.posted(channel="DU9"), "a preview", 20)[0]
    assert "parsonage" in literal_text(shown["blocks"])


def test_pasted_text_is_added_from_a_modal(slack: SlackServer, admin_bot: Bot) -> None:
    """From the App Home or from the bare command; an empty one is told in the modal."""
    slack.command("add", user="U9")
    view = slack.called("views.open").args["view"]
    empty = slack.submit(view, typed(title="x"), user="U9")
    assert "text" in slack.wait(lambda: slack.acks.get(empty), "an ack")["payload"]["errors"]
    slack.submit(
        view, typed(title="Pasted", text="“The gate is open to all who come by”, said Charlotte Lucas."), user="U9"
    )
    shown = slack.wait(lambda: slack.posted(channel="DU9"), "a preview", 20)[0]
    assert "The gate is open" in literal_text(shown["blocks"])
    assert "1, by Charlotte Lucas (1)" in literal_text(shown["blocks"])


def test_a_removed_document_answers_no_more(slack: SlackServer, admin_bot: Bot, records: Records) -> None:
    """The button asks once more, saying what will go; the file is put aside."""
    listed = slack.response_to(slack.command("remove netherfield", user="U9"))
    confirm = next(e for b in listed["blocks"] if b["type"] == "actions" for e in b["elements"])["confirm"]
    assert "“The Ball at Netherfield” and its 1 quote will no longer be found." in confirm["text"]["text"]
    slack.press({**listed, "channel": "C1"}, "remove", user="U9", ephemeral=True)
    done = slack.wait(lambda: slack.posted(channel="DU9"), "word of it")[0]
    became(slack, done, "Removed The Ball at Netherfield")
    answer = slack.answer_to(slack.mention("what did Elizabeth Bennet say?"))
    assert PRIDE not in str(answer["blocks"])
    assert len(list((admin_bot.settings.data_dir / "removed").rglob("netherfield.md"))) == 1
    assert [e.target for e in records.audit_log() if e.what == "removed"] == ["netherfield.md"]


def test_reindexing_tells_what_changed_and_what_failed(slack: SlackServer, admin_bot: Bot) -> None:
    """In one message, with reasons for what could not be taken."""
    (admin_bot.settings.corpus_dir / "letter.md").write_text(LETTER)
    (admin_bot.settings.corpus_dir / "broken.pdf").write_bytes(b"%PDF-1.7 nothing else")
    slack.command("reindex", user="U9")
    done = slack.wait(lambda: slack.posted(channel="DU9"), "a message", 20)[0]
    read = became(slack, done, "Re-indexed")
    assert "1 added: \nletter.md" in read
    assert "1 file could not be taken:\nbroken.pdf" in read
    assert len(slack.posted(channel="DU9")) == 1


def test_one_job_at_a_time(slack: SlackServer, admin_bot: Bot, shelf: Library, records: Records) -> None:
    """A second admin sees who is at it, and how far."""
    slack.users["U8"] = {"is_owner": True}
    records.change(
        "INSERT INTO jobs (who, what, seat, started_at, done, total) VALUES ('U9', 're-indexing', :seat, :now, 3, 12)",
        seat=next((admin_bot.settings.data_dir / "seats").glob("*.lock")).stem,
        now=time.time(),
    )
    slack.command("reindex", user="U8")
    shown = slack.wait(lambda: slack.posted(channel="DU8"), "a message")[0]
    assert "is re-indexing (since just now, 3 of 12 files so far)" in became(slack, shown, "is re-indexing")
    assert {"type": "user", "user_id": "U9"} in shown["blocks"][0]["elements"][0]["elements"]


def test_a_job_of_a_dead_process_does_not_stand_in_the_way(
    slack: SlackServer, admin_bot: Bot, records: Records
) -> None:
    """Nobody has to clean up after a crash."""
    records.change("INSERT INTO jobs (who, what, seat, started_at) VALUES ('U9', 're-indexing', 'gone', 0)")
    slack.command("reindex", user="U9")
    shown = slack.wait(lambda: slack.posted(channel="DU9"), "a message")[0]
    assert "Re-indexed" in became(slack, shown, "Re-indexed")


@pytest.fixture
def child(slack: SlackServer, tmp_path: Path) -> Iterator[Callable[[float], subprocess.Popen[bytes]]]:
    """Starts bots in processes of their own, each with the same library; `seconds` slows each text's indexing."""
    slack.users["U9"] = {"is_admin": True}
    write(tmp_path / "corpus", REPORTS)
    running: list[subprocess.Popen[bytes]] = []

    def starter(seconds: float) -> subprocess.Popen[bytes]:
        before = slack.connections
        running.append(
            launch(
                seconds,
                library=True,
                slack_api_url=slack.url,
                slack_bot_token=slack_server.BOT_TOKEN,
                slack_app_token=slack_server.APP_TOKEN,
                data_dir=tmp_path / "data",
                corpus_dir=tmp_path / "corpus",
            )
        )
        slack.wait(lambda: slack.connections > before, "the child is connected", 30)
        return running[-1]

    yield starter
    for process in running:
        process.kill()
        process.wait()


def test_killed_in_the_middle_of_an_add_it_is_finished_after_the_restart(
    slack: SlackServer, child: Callable[[float], subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    """The document is in once, and the message that showed the progress shows the end."""
    first = child(2.0)
    slack.add_file("F1", "letter.md", LETTER.encode())
    shown = preview_of(slack, drop(slack))
    slack.press(shown, "draft_keep", user="U9")
    became(slack, shown, "Keeping letter.md")
    slack.wait(lambda: list((tmp_path / "corpus" / "added").glob("letter*.md")), "the file in the corpus")
    first.send_signal(signal.SIGKILL)
    first.wait()
    child(0.0)
    became(slack, shown, "Kept, and answering from now on.", 30)
    assert [p.name for p in (tmp_path / "corpus" / "added").glob("*.md")] == ["letter.md"]
    answer = slack.answer_to(slack.mention("what did Charlotte Lucas say?"))
    assert "parsonage chimneys" in str(answer["blocks"])


def test_killed_in_the_middle_of_a_reindex_it_is_finished_after_the_restart(
    slack: SlackServer, child: Callable[[float], subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    """One message, which says in the end what changed; what was indexed before answers all the time."""
    first = child(2.0)
    slack.answer_to(slack.mention("what did Mr Darcy say?"), 30)
    (tmp_path / "corpus" / "letter.md").write_text(LETTER)
    slack.command("reindex", user="U9")
    shown = slack.wait(lambda: slack.posted(channel="DU9"), "a message", 20)[0]
    became(slack, shown, "Re-indexing")
    first.send_signal(signal.SIGKILL)
    first.wait()
    child(0.0)
    became(slack, shown, "Re-indexed", 30)
    assert len(slack.posted(channel="DU9")) == 1
    assert "parsonage chimneys" in str(slack.answer_to(slack.mention("what did Charlotte Lucas say?"))["blocks"])


def menu(slack: SlackServer, message: dict[str, Any], action: str, user: str = "U9") -> None:
    """An admin opens a quote in context, and somebody presses a button of the admins' row there."""
    slack.press(message, "in_context", user="U9")
    view = opened(slack, "In context")
    slack.press({"blocks": view["blocks"], "view": view, "id": "V1"}, f"mend_{action}", user=user)


def opened(slack: SlackServer, title: str) -> dict[str, Any]:
    """The modal with this title, once it is open."""
    return slack.wait(
        lambda: next(
            (
                c.args["view"]
                for c in slack.calls
                if c.method in ("views.open", "views.update") and c.args["view"]["title"]["text"] == title
            ),
            None,
        ),
        title,
    )  # type: ignore[no-any-return]


def test_a_wrong_speaker_is_mended_at_once_and_the_log_takes_it_back(
    slack: SlackServer, admin_bot: Bot, records: Records
) -> None:
    """Everywhere, also after a re-index."""
    menu(slack, slack.answer_to(slack.mention("what did Elizabeth Bennet say about pride?")), "speaker")
    submitted = slack.submit(opened(slack, "Wrong speaker"), typed(speaker="Jane Bennet"), user="U9")
    ack = slack.wait(lambda: slack.acks.get(submitted), "an ack")
    assert "credited to Jane Bennet" in literal_text(ack["payload"]["view"]["blocks"])
    assert PRIDE in str(slack.answer_to(slack.mention("what did Jane Bennet say about pride?"))["blocks"])
    slack.command("reindex", user="U9")
    became(slack, slack.wait(lambda: slack.posted(channel="DU9"), "a message")[0], "Re-indexed")
    assert PRIDE in str(slack.answer_to(slack.mention("what did Jane Bennet say about pride?"))["blocks"])
    listed = slack.response_to(slack.command("log", user="U9"))
    assert "attribute" in literal_text(listed["blocks"])
    assert " from C1" in literal_text(listed["blocks"])
    slack.press({**listed, "channel": "C1"}, "undo", user="U9", ephemeral=True)
    slack.wait(
        lambda: (
            "Taken back"
            in str([m["text"] for m in slack.posted(channel="DU9")] + [m["text"] for _, m in slack.responses])
        ),
        "word of it",
    )
    assert PRIDE in str(slack.answer_to(slack.mention("what did Elizabeth Bennet say about pride?"))["blocks"])


def test_a_hidden_quote_is_shown_no_more(slack: SlackServer, admin_bot: Bot) -> None:
    """At once, in no answer."""
    answer = slack.answer_to(slack.mention("what did Elizabeth Bennet say about pride?"))
    menu(slack, answer, "hide")
    slack.submit(opened(slack, "Hide this quote"), {}, user="U9")
    time.sleep(0.3)
    assert PRIDE not in str(slack.answer_to(slack.mention("what did Elizabeth Bennet say about pride?"))["blocks"])
    slack.press(answer, "in_context")
    assert "no longer in the documents" in literal_text(opened(slack, "Sorry")["blocks"])


def test_hidden_words_are_told_as_such_to_admins_alone(slack: SlackServer, admin_bot: Bot) -> None:
    """Whoever else checks them hears that they are not found."""
    menu(slack, slack.answer_to(slack.mention("what did Elizabeth Bennet say about pride?")), "hide")
    slack.submit(opened(slack, "Hide this quote"), {}, user="U9")
    time.sleep(0.3)
    checked = f'check "{PRIDE}"'
    assert "Hidden by an admin" in literal_text(slack.response_to(slack.command(checked, user="U9"))["blocks"])
    for_all = literal_text(slack.response_to(slack.command(checked, user="U1"))["blocks"])
    assert "Not found" in for_all
    assert "hidden" not in for_all.casefold()


def test_source_details_are_mended(slack: SlackServer, admin_bot: Bot) -> None:
    """The next answer cites them; a date that is none is told."""
    menu(slack, slack.answer_to(slack.mention("what did Elizabeth Bennet say about pride?")), "source")
    view = opened(slack, "Edit source details")
    wrong = slack.submit(view, typed(title="x", published="some day"), user="U9")
    assert "Write the whole day" in str(slack.wait(lambda: slack.acks.get(wrong), "an ack")["payload"])
    slack.submit(
        view, typed(title="The Netherfield Ball", publisher="The Courier", published="1812-11-28", url=""), user="U9"
    )
    time.sleep(0.3)
    shown = literal_text(slack.answer_to(slack.mention("what did Elizabeth Bennet say about pride?"))["blocks"])
    assert "The Netherfield Ball\n · The Courier · published 28 November 1812" in shown


def test_a_speaker_is_given_and_the_document_read_again(slack: SlackServer, admin_bot: Bot) -> None:
    """By whoever follows the corpus; what is no name is told."""
    menu(slack, slack.answer_to(slack.mention("what did Elizabeth Bennet say about pride?")), "source")
    view = opened(slack, "Edit source details")
    wrong = slack.submit(view, typed(title="x", speaker="she said so."), user="U9")
    assert "write the name alone" in str(slack.wait(lambda: slack.acks.get(wrong), "an ack")["payload"])
    right = slack.submit(view, typed(title="The Netherfield Ball", speaker="Caroline Bingley"), user="U9")
    assert "is Caroline Bingley" in str(slack.wait(lambda: slack.acks.get(right), "an ack")["payload"])


def test_in_context_offers_admins_to_mend(slack: SlackServer, admin_bot: Bot) -> None:
    """And nobody else."""
    answer = slack.answer_to(slack.mention("what did Elizabeth Bennet say about pride?"))
    slack.press(answer, "in_context", user="U9")
    assert "mend_hide" in str(slack.called("views.open").args["view"])
    count = len([c for c in slack.calls if c.method == "views.open"])
    slack.press(answer, "in_context", user="U1")
    slack.wait(lambda: len([c for c in slack.calls if c.method == "views.open"]) > count, "another modal")
    assert "mend_hide" not in str(slack.called("views.open").args["view"])


def test_feedback_is_listed_with_the_way_to_mend_it(slack: SlackServer, admin_bot: Bot, records: Records) -> None:
    """Question, reason, and the quotes that were shown."""
    answer = slack.answer_to(slack.mention("what did Elizabeth Bennet say about pride?"))
    payload = slack.pressed(answer, "feedback")
    payload["actions"][0]["value"] = payload["actions"][0]["value"].replace("up", "down")
    slack.deliver("interactive", payload)
    slack.wait(lambda: records.feedback("down"), "a verdict")
    listed = slack.response_to(slack.command("feedback", user="U9"))
    assert "what did Elizabeth Bennet say about pride?" in literal_text(listed["blocks"])
    slack.press({**listed, "channel": "C1"}, "look_0", user="U9", ephemeral=True)
    assert PRIDE in literal_text(opened(slack, "In context")["blocks"])


def test_status_tells_how_things_are(slack: SlackServer, admin_bot: Bot) -> None:
    """Counts, the last run, the model."""
    shown = literal_text(slack.response_to(slack.command("status", user="U9"))["blocks"])
    assert "5 documents, 9 quotes" in shown
    assert "Last index run: " in shown


def test_the_app_home_of_admins_has_more(slack: SlackServer, admin_bot: Bot) -> None:
    """Documents with search and pages, buttons for every act, who may do what; nobody else sees it."""
    for user in ("U9", "U1"):
        slack.event({"type": "app_home_opened", "user": user, "tab": "home", "channel": f"D{user}"})
    slack.wait(lambda: len([c for c in slack.calls if c.method == "views.publish"]) == 2, "both homes")
    by_user = {c.args["user_id"]: c.args["view"] for c in slack.calls if c.method == "views.publish"}
    for part in ("admin_add", "admin_reindex", "admin_feedback", "admin_log", "admin_status", "search", "ADMIN_USERS"):
        assert part in str(by_user["U9"])
        assert part not in str(by_user["U1"])
    payload = slack.pressed(
        {
            "blocks": [{"type": "actions", "elements": [{"type": "button", "action_id": "search", "value": "pequod"}]}],
            "view": by_user["U9"],
            "id": "V1",
        },
        "search",
        user="U9",
    )
    slack.deliver("interactive", payload)
    slack.wait(lambda: len([c for c in slack.calls if c.method == "views.publish"]) == 3, "what was found")
    found = literal_text(slack.called("views.publish").args["view"]["blocks"])
    assert "The Log of the Pequod" in found
    slack.press({"blocks": by_user["U9"]["blocks"], "view": by_user["U9"], "id": "V1"}, "admin_status", user="U9")
    assert "Last index run" in literal_text(slack.wait(lambda: slack.posted(channel="DU9"), "a message")[0]["blocks"])


@pytest.mark.parametrize(
    "text", ["remove netherfield", "status", "feedback", "log", "add https://x.example/", "reindex"]
)
def test_everybody_else_gets_one_friendly_refusal(
    slack: SlackServer, admin_bot: Bot, records: Records, text: str
) -> None:
    """And the attempt is in the log."""
    payload = slack.command(text, user="U1")
    said = slack.wait(
        lambda: [m for u, m in slack.responses if u == payload["response_url"]] + slack.posted(channel="DU1"),
        "a refusal",
    )
    slack.wait(lambda: "for admins of this workspace only" in literal_text(said[0]["blocks"]), "a refusal")
    assert [e.who for e in records.audit_log() if e.what.startswith("refused")] == ["U1"]


def test_a_stranger_who_drops_a_file_or_presses_an_admins_button_is_refused(
    slack: SlackServer, admin_bot: Bot, records: Records
) -> None:
    """Who presses is asked for again, whoever the button was drawn for."""
    slack.add_file("F1", "letter.md", LETTER.encode())
    assert "for admins" in literal_text(preview_of(slack, drop(slack, user="U1"))["blocks"])
    assert not any(c.method == "download" for c in slack.calls)
    answer = slack.answer_to(slack.mention("what did Elizabeth Bennet say about pride?"))
    menu(slack, answer, "hide", user="U1")
    assert "for admins" in literal_text(opened(slack, "Sorry")["blocks"])
    hidden = {
        "type": "modal",
        "callback_id": "mend_hide",
        "private_metadata": answer["blocks"][1]["elements"][0]["value"],
    }
    submitted = slack.submit(hidden, {}, user="U1")
    ack = slack.wait(lambda: slack.acks.get(submitted), "an ack")
    assert "for admins" in literal_text(ack["payload"]["view"]["blocks"])
    assert PRIDE in str(slack.answer_to(slack.mention("what did Elizabeth Bennet say about pride?"))["blocks"])
    assert len([e for e in records.audit_log() if e.what.startswith("refused") and e.who == "U1"]) == 3


def test_admins_named_in_the_settings_need_nobody_to_vouch(slack: SlackServer, start: Callable[..., Bot]) -> None:
    """ADMIN_USERS works where Slack's own roles do not fit."""
    start(admin_users=("U3",))
    assert "Last index run" in literal_text(slack.response_to(slack.command("status", user="U3"))["blocks"])
    assert not any(c.method == "users.info" for c in slack.calls)
