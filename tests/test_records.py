"""records.sqlite: migrated, never rebuilt; several threads and processes at once."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.slack.inbox import Event, Inbox
from retrieval import records as module
from retrieval.errors import ConfigurationError, RecordsFault
from retrieval.records import MIGRATIONS, Feedback, Migration, Records
from retrieval.storing.corrections import read_active
from tests.test_watch import came_true

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    """Fresh records."""
    opened = Records(tmp_path / "records.sqlite")
    yield opened
    opened.close()


def test_steps_are_numbered_without_gaps() -> None:
    """Appending is the only way to change the schema."""
    assert [step.number for step in MIGRATIONS] == list(range(1, len(MIGRATIONS) + 1))


def test_records_are_kept_when_they_are_opened_again(records: Records) -> None:
    """Nothing is rebuilt."""
    records.audit("U1", "hide", target="q1", place="C1", why="wrong")
    again = Records(records.path)
    assert [(e.who, e.what, e.target, e.place, e.detail) for e in again.audit_log()] == [
        ("U1", "hide", "q1", "C1", {"why": "wrong"})
    ]
    again.close()


def test_a_later_step_is_applied_to_older_records(records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is there stays, and the new table is there too."""
    records.audit("U1", "hide")
    later = Migration(len(MIGRATIONS) + 1, "a later one", ("CREATE TABLE later (id INTEGER PRIMARY KEY)",))
    monkeypatch.setattr(module, "MIGRATIONS", (*MIGRATIONS, later))
    again = Records(records.path)
    assert again.rows("SELECT * FROM later") == []
    assert len(again.audit_log()) == 1
    again.close()


def test_a_step_that_fails_leaves_nothing_behind(records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    """A step is one transaction."""
    broken = Migration(len(MIGRATIONS) + 1, "broken", ("CREATE TABLE half (id INTEGER)", "CREATE NONSENSE"))
    monkeypatch.setattr(module, "MIGRATIONS", (*MIGRATIONS, broken))
    with pytest.raises(Exception, match="NONSENSE"):
        Records(records.path)
    with sqlite3.connect(records.path) as connection:
        assert connection.execute("SELECT name FROM sqlite_master WHERE name = 'half'").fetchall() == []
    connection.close()


def test_records_of_a_newer_version_are_left_alone(records: Records) -> None:
    """The sentence says what to do."""
    with records.write() as connection:
        connection.exec_driver_sql("INSERT INTO migrations VALUES (99, 'from the future', 'x', 0)")
    with pytest.raises(ConfigurationError, match=r"step 99 .* Install that version or a later one"):
        Records(records.path)


def test_records_that_cannot_be_opened_are_one_sentence(tmp_path: Path) -> None:
    """A damaged file and a folder that is none: said with what to do, by whoever writes and whoever only reads."""
    path = tmp_path / "records.sqlite"
    path.write_bytes(b"no database at all " * 300)
    with pytest.raises(RecordsFault, match="put a backup in its place"):
        Records(path)
    with pytest.raises(RecordsFault, match="put a backup in its place"):
        read_active(path)()
    with pytest.raises(RecordsFault, match="choose another folder"):
        Records(path / "records.sqlite")


def test_the_last_verdict_of_a_person_counts(records: Records) -> None:
    """One person, one answer, one verdict; what it was about is kept."""
    records.give_feedback(Feedback("Ev1", "U1", "down", question="what?", quotes=("q1",)))
    records.give_feedback(Feedback("Ev1", "U1", "down", reason="speaker"))
    records.give_feedback(Feedback("Ev1", "U2", "up"))
    (down,) = records.feedback("down")
    assert (down.reason, down.question, down.quotes) == ("speaker", "what?", ("q1",))
    assert [f.user for f in records.feedback()] == ["U2", "U1"]


def test_old_questions_lose_their_words(records: Records, tmp_path: Path) -> None:
    """After KEEP_QUESTIONS_DAYS no word and no asker is left; younger ones and unanswered ones stay."""
    inbox = Inbox(records, tmp_path / "seats")
    for name in ("Ev1", "Ev2"):
        inbox.put(Event(name, "mention", "U1", "a question", "C1", f"{name}.1", f"{name}.1"))
    first = inbox.take()
    assert first is not None
    inbox.done(first, outcome="posted", understood={"text": "a question"})
    records.give_feedback(Feedback("Ev1", "U1", "down", question="a question"))
    assert records.forget_questions(30) == 0
    assert records.forget_questions(30, now=time.time() + 31 * 86_400) == 1
    done, waiting = records.rows("SELECT * FROM events ORDER BY id")
    assert (done["text"], done["user"], done["understood"]) == ("", None, None)
    assert waiting["text"] == "a question"
    assert "U1" not in str(records.feedback())
    assert records.feedback()[0].question == ""
    assert not inbox.put(Event("Ev1", "mention", "U1", "a question", "C1", "Ev1.1", "Ev1.1"))
    inbox.leave()


def test_threads_write_side_by_side(records: Records) -> None:
    """No write is lost and none fails."""
    threads = [
        threading.Thread(target=lambda n=n: [records.audit(f"U{n}", "act") for _ in range(20)]) for n in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(records.audit_log(limit=1000)) == 120


def test_processes_open_and_write_side_by_side(tmp_path: Path) -> None:
    """Several processes may create, migrate and use one file at once."""
    code = (
        "import sys; from pathlib import Path; from retrieval.records import Records\n"
        "r = Records(Path(sys.argv[1]))\n"
        "for n in range(25): r.audit('U', 'act')\n"
    )
    path = tmp_path / "records.sqlite"
    running = [subprocess.Popen([sys.executable, "-c", code, str(path)], cwd=ROOT) for _ in range(3)]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    records = Records(path)
    assert len(records.audit_log(limit=1000)) == 75
    records.close()


def test_records_that_are_moved_away_while_they_are_written_lose_nothing(tmp_path: Path) -> None:
    """Every line that was written stands in the file that was put back, where others read it."""
    path = tmp_path / "data" / "records.sqlite"
    opened = [Records(path), Records(path)]  # two, as of two processes
    stop, written = threading.Event(), [0] * 4

    def write(number: int) -> None:
        while not stop.is_set():
            opened[number % 2].audit(f"U{number}", "act")
            written[number] += 1

    threads = [threading.Thread(target=write, args=(number,), daemon=True) for number in range(4)]
    for thread in threads:
        thread.start()
    put_back = []
    for number in range(2):
        time.sleep(0.1)
        path.parent.rename(tmp_path / f"away-{number}")
        put_back.append(came_true(path.exists, 30))
    stop.set()
    for thread in threads:
        thread.join()
    assert put_back == [True, True]
    opened[0].keep()
    opened.append(Records(path))
    assert len(opened[-1].audit_log(limit=1_000_000)) == sum(written) > 0
    assert {p.name for p in path.parent.iterdir()} <= {"records.sqlite", "records.sqlite-wal", "records.sqlite-shm"}
    for one in opened:
        one.close()


def test_a_backup_that_is_put_in_the_place_of_the_records_counts(records: Records, tmp_path: Path) -> None:
    """Another file at the path is what was meant to be there."""
    records.audit("U1", "hide")
    with sqlite3.connect(tmp_path / "copy.sqlite") as copy, sqlite3.connect(records.path) as now:
        now.backup(copy)
    copy.close()
    now.close()
    records.audit("U1", "attribute")
    for path in records.path.parent.glob("records.sqlite*"):
        path.unlink()
    (tmp_path / "copy.sqlite").rename(records.path)
    assert [entry.what for entry in records.audit_log()] == ["hide"]
    records.audit("U1", "edit")
    assert [entry.what for entry in records.audit_log()] == ["edit", "hide"]
