"""What admins read: which file is meant, who did what, what was passed over; and who is no admin here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.library import Library
from retrieval.records import Records
from tests.block_kit import literal_text
from tests.scenarios.conftest import Bot
from tests.scenarios.library import open_library
from tests.slack_server import SlackServer
from tests.stores import write


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Library]:
    """A library of this test's own, to be changed."""
    with open_library(tmp_path) as opened:
        yield opened


@pytest.fixture
def bot(slack: SlackServer, start: Callable[..., Bot], shelf: Library, tmp_path: Path) -> Bot:
    """A bot with a library of its own; U9 is an admin of the workspace."""
    slack.users["U9"] = {"is_admin": True, "team_id": "T1"}
    return start(shelf, corpus_dir=tmp_path / "corpus", data_dir=tmp_path / "index")


def read(slack: SlackServer, text: str, user: str = "U9") -> str:
    """The answer to a command, as it reads."""
    return literal_text(slack.response_to(slack.command(text, user=user))["blocks"])


def test_each_of_several_broken_files_is_named(slack: SlackServer, bot: Bot) -> None:
    """Of files that come in one message each that cannot be taken is named with its reason."""
    names = {"F1": "harpoon.pdf", "F2": "ledger.txt", "F3": "song.mp3"}
    for identifier, name in names.items():
        slack.add_file(identifier, name, bytes(range(256)) * 20)
    slack.direct("", user="U9", subtype="file_share", files=[{"id": i, "name": n} for i, n in names.items()])
    said = slack.wait(
        lambda: len(slack.posted(channel="DU9")) == 3 and slack.posted(channel="DU9"), "three answers", 30
    )
    told = [literal_text(message["blocks"]) for message in said]
    assert sorted(name for name in names.values() for text in told if name in text) == sorted(names.values())


def test_files_that_are_no_documents_are_named_in_the_status(slack: SlackServer, bot: Bot) -> None:
    """A file of a format that cannot be read is named with the reason; what is no document anyway is not."""
    write(
        bot.settings.corpus_dir,
        {"voyage.doc": "x", "README.md": "About this folder", "pequod.md.meta.toml": 'publisher = "The Log"'},
    )
    shelf: Library = bot.shelf
    shelf.index.sync()
    told = read(slack, "status")
    assert "1 file passed over" in told
    assert "voyage.doc" in told
    assert ".doc is of no format that can be read" in told
    assert "README" not in told
    assert "meta.toml" not in told


def test_the_log_names_who_acted(slack: SlackServer, bot: Bot) -> None:
    """What an admin's press changed in the index is in the log as done by her, and by nobody else."""
    listed = slack.response_to(slack.command("remove pemberley", user="U9"))
    slack.press({**listed, "channel": "C1"}, "remove", user="U9", ephemeral=True)
    slack.wait(lambda: any("Removed" in literal_text(m["blocks"]) for m in slack.posted(channel="DU9")), "removed", 20)
    records = Records(bot.settings.data_dir / "records.sqlite")
    acts = {entry.what: entry.who for entry in records.audit_log() if entry.what in ("removed", "index")}
    newest = next(entry for entry in records.audit_log() if entry.what == "index")
    records.close()
    assert acts["removed"] == "U9"
    assert newest.who == "U9"


@pytest.mark.parametrize(
    ("known", "allowed"),
    [
        pytest.param({"is_admin": True, "team_id": "T2"}, False, id="admin of another workspace"),
        pytest.param({"is_admin": True, "is_stranger": True}, False, id="from a shared channel"),
        pytest.param({"is_owner": True, "team_id": "T1"}, True, id="owner of this one"),
        pytest.param(
            {"is_admin": True, "team_id": "T2", "enterprise_user": {"teams": ["T1", "T2"]}},
            True,
            id="of a grid that holds both",
        ),
    ],
)
def test_an_admin_of_another_workspace_is_none_here(
    slack: SlackServer, bot: Bot, known: dict[str, object], allowed: bool
) -> None:
    """In a channel shared with another workspace its admins see what everybody sees."""
    slack.users["U7"] = known
    assert ("Last index run" in read(slack, "status", user="U7")) is allowed


def test_help_is_how_to_ask_wherever_it_is_asked(slack: SlackServer, bot: Bot) -> None:
    """ "help" in a direct message or after a mention brings the same as the command's."""
    for event in (slack.direct("help"), slack.mention("Help?")):
        assert "/nato-quote check" in literal_text(slack.answer_to(event)["blocks"])
