"""The inbox: written once, worked once, never lost."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.slack.inbox import KEEP_TRYING_SECONDS, Event, Inbox
from retrieval.records import Records

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[Inbox]:
    """An empty inbox."""
    records = Records(tmp_path / "records.sqlite")
    opened = Inbox(records, tmp_path / "seats")
    yield opened
    opened.leave()
    records.close()


def asked(number: int = 1, **more: object) -> Event:
    """A question."""
    known = {
        "event": f"Ev{number}",
        "kind": "mention",
        "user": "U1",
        "text": "who?",
        "channel": "C1",
        "ts": f"{number}.1",
        "thread": f"{number}.1",
    }
    return Event(**{**known, **more})  # type: ignore[arg-type]


def test_an_event_is_taken_once(inbox: Inbox) -> None:
    """Delivered again under its id, or as another event of the same message, it is the same question."""
    assert inbox.put(asked())
    assert not inbox.put(asked())
    assert not inbox.put(asked(event="Ev99"))
    first = inbox.take()
    assert first is not None
    assert (first.event, first.text, first.attempts) == ("Ev1", "who?", 1)
    assert inbox.take() is None


def test_commands_have_no_message_and_do_not_clash(inbox: Inbox) -> None:
    """Two commands in one channel are two questions."""
    assert inbox.put(asked(1, ts=None))
    assert inbox.put(asked(2, ts=None))


def test_the_oldest_comes_first(inbox: Inbox) -> None:
    """Nobody is overtaken."""
    for number in (3, 1, 2):
        inbox.put(asked(number))
    assert [e.event for e in iter(inbox.take, None)] == ["Ev3", "Ev1", "Ev2"]


def test_what_was_put_back_comes_when_it_is_due(inbox: Inbox) -> None:
    """A pause is kept, and whether something may have been posted is remembered."""
    inbox.put(asked())
    event = inbox.take()
    assert event is not None
    inbox.posting(event)
    inbox.again(event, seconds=0.2, posted=True)
    assert inbox.take() is None
    time.sleep(0.25)
    again = inbox.take()
    assert again is not None
    assert (again.attempts, again.may_be_posted) == (2, True)
    inbox.posting(again)
    inbox.again(again, seconds=0.0, posted=False)
    third = inbox.take()
    assert third is not None
    assert not third.may_be_posted


def test_after_a_day_of_trying_it_is_dropped(inbox: Inbox) -> None:
    """Nobody wants yesterday's answer; the row says what became of it."""
    inbox.put(asked(received_at=time.time() - KEEP_TRYING_SECONDS - 1))
    event = inbox.take()
    assert event is not None
    assert not inbox.again(event, posted=False)
    assert inbox.take() is None
    assert inbox.waiting() == 0


def test_what_a_dead_process_held_is_free_at_once(inbox: Inbox) -> None:
    """A killed process leaves its claim; the next one sees that nobody is behind it."""
    inbox.put(asked())
    code = (
        "import sys, os, signal; from pathlib import Path\n"
        "from retrieval.records import Records; from bot.slack.inbox import Inbox\n"
        "folder = Path(sys.argv[1])\n"
        "inbox = Inbox(Records(folder / 'records.sqlite'), folder / 'seats')\n"
        "assert inbox.take() is not None\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    process = subprocess.run([sys.executable, "-c", code, str(inbox.records.path.parent)], cwd=ROOT, check=False)
    assert process.returncode == -9
    assert inbox.take() is None
    assert inbox.free_the_dead() == 1
    event = inbox.take()
    assert event is not None
    assert event.attempts == 2


def test_what_a_living_process_holds_is_left_to_it(inbox: Inbox) -> None:
    """However long it takes."""
    other = Inbox(inbox.records, inbox.seats)
    inbox.put(asked())
    assert other.take() is not None
    assert inbox.free_the_dead() == 0
    other.leave()
    assert inbox.free_the_dead() == 1


def test_two_never_take_the_same(inbox: Inbox) -> None:
    """Many threads on two seats share the work without overlap."""
    other, taken, lock = Inbox(inbox.records, inbox.seats), [], threading.Lock()
    for number in range(60):
        inbox.put(asked(number))

    def work(mine: Inbox) -> None:
        while (event := mine.take()) is not None:
            with lock:
                taken.append(event.event)
            mine.done(event, outcome="posted")

    threads = [threading.Thread(target=work, args=(mine,)) for mine in (inbox, other) * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.leave()
    assert sorted(taken) == sorted(f"Ev{n}" for n in range(60))


def test_a_thread_remembers_what_was_understood(inbox: Inbox) -> None:
    """The latest question that was answered in it, for the follow-up."""
    for number, topic in ((1, "pride"), (2, "prejudice")):
        inbox.put(asked(number, thread="1.1"))
        event = inbox.take()
        assert event is not None
        inbox.done(event, outcome="posted", reply_ts=f"{number}.9", understood={"text": topic})
    assert inbox.understood_in("C1", "1.1") == {"text": "prejudice"}
    assert inbox.answered_in("C1", "1.1")
    assert inbox.understood_in("C2", "1.1") is None
    assert not inbox.answered_in("C1", "2.1")


def test_text_that_is_no_text_is_taken(inbox: Inbox) -> None:
    """Lone surrogates and NULs do not stop a question from being written down."""
    assert inbox.put(asked(text="what\ud800 \x00 did he say?"))
    event = inbox.take()
    assert event is not None
    assert event.text.startswith("what")
