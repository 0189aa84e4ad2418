"""What lies on the disk: the owner's alone, forgotten in time, and told or deleted at a person's request."""

from __future__ import annotations

import json
import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.shell.cli import app
from bot.slack.inbox import Event, Inbox
from bot.slack.listeners.life import is_ours
from retrieval.records import Feedback, Records
from retrieval.storing import private
from tests.stores import open_demo, write

REPORT = {
    "pequod.md": "---\ntitle: The Log\npublished: 1851-10-18\n---\n“The white whale is mine”, said Captain Ahab.\n"
}
DAY = 86_400.0


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    """Records in which two people have asked, judged and tried."""
    found = Records(tmp_path / "data" / "records.sqlite")
    inbox = Inbox(found, tmp_path / "data" / "seats")
    for number, user in enumerate(("UMARY", "UJANE")):
        inbox.put(Event(f"Ev{number}", "mention", user, f"what of {user}?", "C1", f"{number}.1", f"{number}.1"))
        event = inbox.take()
        assert event is not None
        inbox.done(event, outcome="posted", understood={"text": "what"})
        found.give_feedback(Feedback(event.event, user, "down", "C1", f"{user} says it is wrong", event.text))
        found.audit(user, "refused: add", place="C1")
    found.audit("UJANE", "removed", target="netherfield")
    inbox.leave()
    yield found
    found.close()


def modes(folder: Path) -> set[tuple[str, int]]:
    """What of a folder others may look into."""
    everything = [folder, *folder.rglob("*")]
    return {(str(path), stat.S_IMODE(path.lstat().st_mode)) for path in everything if path.lstat().st_mode & 0o077}


def test_the_data_folder_is_its_owners_alone(tmp_path: Path) -> None:
    """Index, vectors, records and locks, under a umask that gives everything to everybody."""
    before = os.umask(0)
    try:
        corpus = write(tmp_path / "corpus", REPORT)
        with open_demo(tmp_path / "data", corpus) as index:
            index.sync()
            records = Records(tmp_path / "data" / "records.sqlite")
            inbox = Inbox(records, tmp_path / "data" / "seats")
            inbox.put(Event("Ev1", "mention", "U1"))
            assert modes(tmp_path / "data") == set()
            inbox.leave()
            records.close()
    finally:
        os.umask(before)
    assert modes(tmp_path / "data") == set()


def test_a_folder_that_stood_open_is_closed(tmp_path: Path) -> None:
    """What an older version left readable; what is somebody else's in it is left alone."""
    data = tmp_path / "data"
    (data / "chroma" / "part").mkdir(parents=True)
    for name in ("chroma/part/data.bin", "records.sqlite", "notes.txt"):
        (data / name).write_bytes(b"x")
        (data / name).chmod(0o644)
    private.make(data)
    private.close(data)
    assert {path for path, _ in modes(data)} == {str(data / "notes.txt")}


def test_a_backup_is_as_private_as_what_it_copies(records: Records, tmp_path: Path) -> None:
    """Whatever the umask."""
    before = os.umask(0)
    try:
        run = CliRunner().invoke(app, ["--data", str(tmp_path / "data"), "backup", str(tmp_path / "copy.sqlite")])
    finally:
        os.umask(before)
    assert run.exit_code == 0
    assert stat.S_IMODE((tmp_path / "copy.sqlite").stat().st_mode) == 0o600


def held(records: Records) -> str:
    """All that the records hold, as text."""
    return json.dumps(
        [records.rows(f"SELECT * FROM {table}") for table in ("events", "feedback", "audit")], default=dict
    )


def test_questions_texts_and_ids_are_forgotten_in_time(records: Records) -> None:
    """After the days: nothing of what people asked or wrote, nor who they are; acts stay accounted for."""
    records.forget_questions(30, now=time.time() + 29 * DAY)
    assert "UMARY" in held(records)
    records.forget_questions(30, now=time.time() + 31 * DAY)
    left = held(records)
    assert "UMARY" not in left
    assert "says it is wrong" not in left
    assert "what of" not in left
    assert [entry.who for entry in records.audit_log() if entry.what == "removed"] == ["UJANE"]
    assert len(records.feedback()) == 2


def test_what_is_deleted_is_gone_from_the_file(records: Records, tmp_path: Path) -> None:
    """Not only from the tables: its bytes are overwritten."""
    records.forget_person("UMARY")
    records.close()
    assert b"what of UMARY" not in (tmp_path / "data" / "records.sqlite").read_bytes()


def test_a_person_is_forgotten_and_others_are_not(records: Records, tmp_path: Path) -> None:
    """By the command, while the records are open elsewhere."""
    run = CliRunner().invoke(app, ["--data", str(tmp_path / "data"), "forget", "<@UJANE>"])
    assert run.exit_code == 0, run.output
    assert "UJANE" not in held(records)
    assert "UMARY" in held(records)
    assert records.audit_log()[0].what == "removed"
    again = CliRunner().invoke(app, ["--data", str(tmp_path / "data"), "forget", "UJANE"])
    assert "nothing is kept" in again.output


def test_a_person_is_told_what_is_kept(records: Records, tmp_path: Path) -> None:
    """All of theirs as JSON, and nothing of others'."""
    run = CliRunner().invoke(app, ["--data", str(tmp_path / "data"), "export", "UJANE"])
    found = json.loads(run.output)
    assert [row["text"] for row in found["events"]] == ["what of UJANE?"]
    assert [row["what"] for row in found["audit"]] == ["refused: add", "removed"]
    assert found["feedback"][0]["reason"] == "UJANE says it is wrong"
    assert "UMARY" not in run.output


@pytest.mark.parametrize("user", ["jane", "", "U1; DROP TABLE events", "*"])
def test_a_person_is_named_by_an_id(records: Records, tmp_path: Path, user: str) -> None:
    """Anything else is a usage error, and deletes nothing."""
    before = held(records)
    run = CliRunner().invoke(app, ["--data", str(tmp_path / "data"), "forget", user])
    assert run.exit_code == 2
    assert held(records) == before


@pytest.mark.parametrize(
    ("body", "token", "ours"),
    [
        ({"team_id": "T1", "api_app_id": "A1"}, "xapp-1-A1-123-abc", True),
        ({"team_id": "T1", "api_app_id": "A1"}, "", True),
        ({"team_id": "T2", "api_app_id": "A1"}, "xapp-1-A1-123-abc", False),
        ({"team_id": "T1", "api_app_id": "A2"}, "xapp-1-A1-123-abc", False),
        ({"team_id": "T1"}, "xapp-1-A1-123-abc", False),
        ({}, "", False),
    ],
)
def test_only_this_app_leaving_this_workspace_erases(body: dict[str, str], token: str, ours: bool) -> None:
    """Another team's, another app's, or nobody's farewell is none of ours."""
    assert is_ours(body, "T1", token) is ours
