"""The whole data folder goes while the bot runs: deleted by mistake, or moved away."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.following import following
from bot.library import Library
from bot.slack.announcing import announcer
from bot.slack.inbox import is_taken
from retrieval.errors import IndexBusy
from retrieval.ingest import Index
from retrieval.model import EVERYBODY, QuoteHit
from retrieval.records import Records
from retrieval.storing.lock import FolderLock
from retrieval.syncing import handover
from tests.block_kit import literal_text
from tests.scenarios.conftest import Bot, settings_for
from tests.scenarios.library import open_library
from tests.scenarios.test_admins import LETTER, became, drop, preview_of
from tests.slack_server import SlackServer
from tests.test_watch import came_true

DARCY = "what did Fitzwilliam Darcy say about the letter?"
LETTER_WORDS = "What do I not owe you for the letter"
HIDDEN = "You taught me a lesson, hard indeed at first"


@pytest.fixture
def shelf(slack: SlackServer, tmp_path: Path) -> Iterator[Library]:
    """A library that is owned and followed as by `nato-quote serve`."""
    with open_library(tmp_path) as opened:
        opened.index.own("serve")
        settings = settings_for(slack, tmp_path, data_dir=tmp_path / "index")
        with following(opened.index, settings, announcer(settings)):
            yield opened


@pytest.fixture
def bot(slack: SlackServer, start: Callable[..., Bot], shelf: Library, tmp_path: Path) -> Bot:
    """A bot that has answered a question and in which U9, an admin, has hidden a quote."""
    slack.users["U9"] = {"is_admin": True}
    running = start(shelf, corpus_dir=tmp_path / "corpus", data_dir=tmp_path / "index")
    slack.answer_to(slack.mention("what did Elizabeth Bennet say?"))
    records = Records(running.settings.data_dir / "records.sqlite")
    (hidden,) = [hit for hit in by_darcy(shelf) if hit.text.startswith(HIDDEN)]
    shelf.corrector(records).hide(hidden.quote.id, "U9")
    records.close()
    return running


def by_darcy(shelf: Library) -> list[QuoteHit]:
    return [entry.hit for entry in shelf.timeline("Fitzwilliam Darcy", EVERYBODY).entries]


def delete(data: Path) -> None:
    """As by `rm -r`, though the bot makes files anew meanwhile."""
    while data.exists():
        shutil.rmtree(data, ignore_errors=True)


def move(data: Path) -> None:
    data.rename(data.with_name("elsewhere"))


@pytest.mark.parametrize("take_away", [delete, move])
def test_asked_added_to_and_looked_at_without_its_folder(
    slack: SlackServer, bot: Bot, shelf: Library, take_away: Callable[[Path], None]
) -> None:
    """Whoever asks hears that the index is made anew, and soon the words; adding and status work; nothing kept is lost."""
    data = bot.settings.data_dir
    take_away(data)

    def answer() -> str:
        return literal_text(slack.answer_to(slack.mention(DARCY))["blocks"])

    answers = [answer()]
    until = time.monotonic() + 20
    while LETTER_WORDS not in answers[-1] and time.monotonic() < until:
        answers.append(answer())
    assert LETTER_WORDS in answers[-1]
    assert all("There is no index at the moment" in text for text in answers[:-1])

    slack.add_file("F1", "letter.md", LETTER.encode())
    shown = preview_of(slack, drop(slack))
    slack.press(shown, "draft_keep", user="U9")
    became(slack, shown, "Kept, and answering from now on.")
    status = literal_text(slack.response_to(slack.command("status", user="U9"))["blocks"])
    assert "6 documents" in status

    assert len(by_darcy(shelf)) == 4
    assert not [hit for hit in by_darcy(shelf) if hit.text.startswith(HIDDEN)]
    records = Records(data / "records.sqlite")
    assert {"hide", "index", "added"} <= {entry.what for entry in records.audit_log()}
    asked = [row["text"] for row in records.rows("SELECT text FROM events WHERE kind = 'mention' ORDER BY id")]
    records.close()
    assert asked == ["what did Elizabeth Bennet say?", *[DARCY] * len(answers)]


def test_without_its_folder_it_still_is_the_only_one_that_writes(slack: SlackServer, bot: Bot, shelf: Library) -> None:
    """Its lock, its seat and the place where a shell asks it for a sync are made anew with the rest."""
    data = bot.settings.data_dir
    delete(data)
    assert came_true(lambda: not shelf.index.lost, 20)
    with pytest.raises(IndexBusy, match="belongs to `serve`"):
        FolderLock(data).acquire("index")
    assert came_true(lambda: [path.stem for path in (data / "seats").glob("*.lock")] != [], 10)
    (seat,) = [path.stem for path in (data / "seats").glob("*.lock")]
    assert is_taken(data / "seats", seat)
    request = handover.ask(data)
    began = time.monotonic()
    assert handover.wait(data, request, lambda: time.monotonic() - began < 20) is not None


def test_the_index_of_a_folder_that_went_is_whole(bot: Bot, shelf: Library, tmp_path: Path) -> None:
    """What is made anew holds what an index of the same corpus holds that was made in peace."""
    before = counted(shelf.index)
    delete(bot.settings.data_dir)
    assert came_true(lambda: not shelf.index.lost and counted(shelf.index) == before, 20)


def counted(index: Index) -> tuple[int, int]:
    found = index.catalog.counts(EVERYBODY)
    return found.documents, found.quotes
