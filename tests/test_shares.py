"""A person's share: a burst delays whoever sends it, everybody has their turn, and nothing is lost on the way in."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.inbox import Event, Inbox
from bot.slack.shares import MOST_LATER, TOLD_SECONDS, Counted, Limits, Told, Turns, Waiting, ahead
from retrieval.records import Records


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[Inbox]:
    """An empty inbox."""
    records = Records(tmp_path / "records.sqlite")
    opened = Inbox(records, tmp_path / "seats")
    yield opened
    opened.leave()
    records.close()


def asked(user: str, number: int) -> Event:
    """A question."""
    return Event(f"{user}-{number}", "mention", user, "who?", "C1", f"{user}.{number}", f"{user}.{number}")


def test_a_burst_delays_whoever_sends_it(inbox: Inbox) -> None:
    """Two others who ask behind a hundred questions of one are answered first."""
    for number in range(100):
        inbox.put(asked("UBURST", number))
    inbox.put(asked("UJANE", 1))
    inbox.put(asked("UMARY", 1))
    first = [event.user for event in (inbox.take() for _ in range(4)) if event]
    assert set(first[:2]) == {"UJANE", "UMARY"}
    assert first[2] == "UBURST"


def test_everybody_has_their_turn(inbox: Inbox) -> None:
    """Three with ten questions each are answered in turn, each one's in their order."""
    for user in ("UA", "UB", "UC"):
        for number in range(10):
            inbox.put(asked(user, number))
    taken = []
    while (event := inbox.take()) is not None:
        taken.append(event)
        inbox.done(event, outcome="posted")
    assert all(len({e.user for e in taken[start : start + 3]}) == 3 for start in range(0, 30, 3))
    assert [e.event for e in taken if e.user == "UB"] == [f"UB-{n}" for n in range(10)]


@given(st.lists(st.tuples(st.sampled_from("ABCDE"), st.integers(0, 3)), max_size=20))
def test_a_turn_is_given_to_somebody_who_waits(people: list[tuple[str, int]]) -> None:
    """To one of whom least is being worked on."""
    waiting = [Waiting(user, number, working) for number, (user, working) in enumerate(people)]
    chosen = Turns().next(waiting)
    assert (chosen is None) == (not waiting)
    if chosen is not None:
        assert chosen in waiting
        assert chosen.working == min(one.working for one in waiting)


def test_one_question_is_not_behind_a_round_of_those_who_sent_a_dozen(inbox: Inbox) -> None:
    """Of whoever asks once behind two hundred people with ten questions each, and had an answer yesterday; these do not wait for ever."""
    inbox.put(asked("UJANE", 0))
    first = inbox.take()
    assert first is not None
    inbox.done(first, outcome="posted")
    for number in range(10):
        for user in range(200):
            inbox.put(asked(f"U{user}", number))
    inbox.put(asked("UJANE", 1))
    taken = [event.user for event in (inbox.take() for _ in range(3)) if event]
    assert "UJANE" in taken[:1]
    late = Turns().next(
        [Waiting("UMANY", 1, number=1_000, since=100.0), Waiting("UONE", 2, since=100.0 + MOST_LATER + 1)]
    )
    assert late is not None
    assert late.user == "UMANY"


@given(st.binary(max_size=40) | st.text().map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_what_comes_in_is_checked_as_the_client_checks_it(received: bytes) -> None:
    """At least as strictly as by the client's own, slow check, which lets pass what is cut off; and in its place."""
    from websocket import _abnf, _utils

    from bot.slack.socket import _check_texts_at_once, is_utf8

    assert not is_utf8(received) or _utils.validate_utf8(received)
    assert is_utf8("“whale” 🐋".encode())
    assert hasattr(_abnf, "validate_utf8")
    _check_texts_at_once()
    assert _abnf.validate_utf8 is is_utf8  # type: ignore[attr-defined]


def test_what_is_before_a_question_is_what_has_its_turn_earlier() -> None:
    """Of another's hundred only as many as one's own."""
    assert ahead({"UBURST": 100, "UJANE": 1}, "UJANE") == 1
    assert ahead({"UBURST": 100, "UJANE": 1}, "UBURST") == 100
    assert ahead({}, "UJANE") == 0


def test_a_share_is_bounded_for_each_and_for_all() -> None:
    """With one line that says what to do."""
    limits = Limits(each=3, everybody=5)
    assert limits.refusal({"UA": 2, "UB": 2}, "UA") is None
    assert "3 things of yours" in str(limits.refusal({"UA": 3}, "UA"))
    assert limits.refusal({"UA": 3}, "UB") is None
    assert "ask again in some minutes" in str(limits.refusal({"UA": 3, "UB": 2}, "UC"))


def test_of_a_dozen_at_the_same_moment_each_counts(inbox: Inbox) -> None:
    """Though none of them is written down yet when the next is looked at: a share of three takes three."""
    counted, limits, together = Counted(inbox.waiting_of_each), Limits(each=3, everybody=50), threading.Barrier(12)
    refused: list[str | None] = []

    def receive(number: int) -> None:
        together.wait(10)
        refused.append(refusal := counted.coming("UBURST", limits))
        together.wait(10)
        if refusal is None:
            counted.came("UBURST", new=inbox.put(asked("UBURST", number)))

    threads = [threading.Thread(target=receive, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert refused.count(None) == 3
    assert inbox.waiting() == 3
    assert counted.now() == {"UBURST": 3}


def test_what_comes_again_is_not_counted_twice(inbox: Inbox) -> None:
    """An event that was in the inbox before leaves the count as it was."""
    counted = Counted(inbox.waiting_of_each)
    for _ in range(2):
        assert counted.coming("UA", Limits(each=3, everybody=50)) is None
        counted.came("UA", new=inbox.put(asked("UA", 1)))
    assert counted.now() == {"UA": 1}


def test_a_wait_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """To each one; and again when some time has passed."""
    told = Told()
    assert told.first("UA")
    assert not told.first("UA")
    assert told.first("UB")
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + TOLD_SECONDS + 1)
    assert told.first("UA")


def test_a_locked_database_loses_nothing(inbox: Inbox) -> None:
    """Another process that writes for seconds is waited for, by every thread that has something to put in."""
    other = sqlite3.connect(inbox.records.path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    threading.Timer(4.0, lambda: other.execute("COMMIT")).start()
    put: list[bool] = []
    threads = [threading.Thread(target=lambda n=n: put.append(inbox.put(asked("UA", n)))) for n in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert put == [True] * 50
    assert inbox.waiting() == 50
    other.close()


def test_many_threads_put_in_each_thing_once(inbox: Inbox) -> None:
    """Though every event comes three times, and others take and finish meanwhile."""
    new: list[bool] = []

    def put(number: int) -> None:
        new.extend(inbox.put(asked(f"U{n % 7}", n)) for n in range(number, 300, 10))

    threads = [threading.Thread(target=put, args=(number % 10,)) for number in range(30)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        if (event := inbox.take()) is not None:
            inbox.done(event, outcome="posted")
    assert sum(new) == 300
    assert len(inbox.records.rows("SELECT 1 FROM events")) == 300


def test_what_cannot_be_written_is_its_own_trouble(inbox: Inbox) -> None:
    """A forged event whose user is no text is told so, and those beside it are written."""
    errors: list[Exception] = []

    def forged() -> None:
        try:
            inbox.put(Event("Ev0", "mention", {"id": "U1"}))  # type: ignore[arg-type]
        except Exception as error:  # noqa: BLE001  # it is looked at below
            errors.append(error)

    threads = [
        threading.Thread(target=forged),
        *(threading.Thread(target=inbox.put, args=(asked("UA", n),)) for n in range(20)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(errors) == 1
    assert isinstance(errors[0], TypeError)
    assert inbox.waiting() == 20
