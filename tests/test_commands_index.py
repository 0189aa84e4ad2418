"""The commands that keep and correct an index, as a person in a shell runs them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.following import sentence
from bot.shell.cli import app
from bot.shell.progress import line, spell
from retrieval.errors import IndexBusy, IndexMissing
from retrieval.ingest import Index
from retrieval.model import ADMIN, Failure, Report
from retrieval.syncing.reconcile import Progress
from retrieval.watch import Follower, follow_in_thread
from tests.stores import open_demo, write


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with open_demo(tmp_path / "data", write(tmp_path / "corpus")) as made:
        made.sync(who="Mrs Hudson")
        yield made


def run(index: Index, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["--corpus", str(index.corpus), "--data", str(index.data), *arguments])


def said(index: Index, *arguments: str) -> Any:
    result = run(index, *arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_corrections_from_a_shell(index: Index) -> None:
    """hide, attribute and edit hold at once for the process that owns the folder; corrections lists and undoes them."""
    (quote,) = index.catalog.quotes_by(["captain-ahab"], ADMIN)
    hidden = run(index, "hide", quote.id)
    assert hidden.exit_code == 0, hidden.output
    assert "I shall follow the white whale" in hidden.stdout
    assert index.catalog.quote(quote.id) is None
    assert "undone" in run(index, "corrections", "--undo", "1").stdout
    assert index.catalog.quote(quote.id) is not None
    assert "Elizabeth Bennet" in run(index, "attribute", quote.id, "Elizabeth Bennet").stdout
    assert len(index.catalog.quotes_by(["elizabeth-bennet"], ADMIN)) == 2
    assert "not known" in run(index, "edit", quote.document_id, "--title", "").stdout
    assert [c["what"] for c in said(index, "corrections")] == ["attribute", "edit"]
    assert [e["what"] for e in said(index, "log")] == ["edit", "attribute", "undo hide", "hide", "index"]
    assert "Mrs Hudson  index  added 3: baker.md" in run(index, "log").stdout


def test_a_date_that_is_none(index: Index) -> None:
    """What cannot be edited is a usage error that says what is wanted."""
    (document, *_) = index.catalog.documents(ADMIN)
    result = run(index, "edit", document.id, "--published", "yesterday")
    assert result.exit_code == 2
    assert "2024-07-10" in result.output


def test_verify_from_a_shell(index: Index) -> None:
    """verify says what was looked at and leaves with 1 when something is wrong, naming it and what to run."""
    seen = said(index, "verify")
    assert (seen["documents"], seen["vectors"], seen["faults"]) == (3, None, [])
    write(index.corpus, {"whale.txt": "Other words."})
    result = run(index, "verify")
    assert result.exit_code == 1
    assert "whale.txt" in result.stdout
    assert "verify --repair" in result.stdout


def test_doctor_from_a_shell(index: Index) -> None:
    """doctor names each check; without tokens Slack is no fault."""
    result = run(index, "doctor")
    assert "ok  Python" in result.stdout
    assert "ok  Slack bot token: not set" in result.stdout


def test_index_where_another_process_owns_the_folder(index: Index) -> None:
    """`index` beside a process that follows the corpus has the work done there and prints its report."""
    index.lock.release()
    index.own("serve")
    end = follow_in_thread(Follower(index))
    try:
        write(index.corpus, {"new.txt": "“It is done”, said Jane Eyre."})
        result = run(index, "index")
        assert result.exit_code == 0, result.output
        assert "4 documents, 4 quotes" in result.stdout
    finally:
        end()


def test_index_beside_another_index(index: Index) -> None:
    """A second `index` is told who holds the lock."""
    result = run(index, "index")
    assert isinstance(result.exception, IndexBusy)
    assert "`index`, process" in str(result.exception)


def test_corrections_of_nothing(tmp_path: Path) -> None:
    """Where nothing was indexed there is nothing to correct, and the sentence says what to run."""
    arguments = ["--corpus", str(tmp_path), "--data", str(tmp_path / "data"), "hide", "q1"]
    assert isinstance(CliRunner().invoke(app, arguments).exception, IndexMissing)


@pytest.mark.parametrize(
    ("seconds", "expected"), [(0.2, "1 s"), (45, "45 s"), (600, "10 min"), (5400, "1 h 30 min"), (36000, "10 h 0 min")]
)
def test_lengths_of_time(seconds: float, expected: str) -> None:
    """Times are said as people say them."""
    assert spell(seconds) == expected


def test_progress_in_a_line() -> None:
    """A line of progress has counts, rate and the time left; with nothing done yet no time is guessed."""
    assert line(Progress(30, 90, 300, 60.0)) == "indexing: 30 of 90 files, 0.5 a second, about 2 min left"
    assert line(Progress(0, 90, 0, 1.0)) == "indexing: 0 of 90 files, 0.0 a second"
    assert line(Progress(90, 90, 900, 180.0)) == "indexing: 90 of 90 files, 0.5 a second"


def test_what_the_admins_are_told() -> None:
    """The message in the admins' channel names a few files of each kind and how many more, and what was not taken."""
    report = Report(
        added=tuple(f"{n}.txt" for n in range(7)),
        removed=("old.txt",),
        failed=tuple(Failure(f"bad{n}.pdf", "It is encrypted.") for n in range(6)),
        documents=12,
        quotes=90,
    )
    told = sentence(report)
    assert "added 0.txt, 1.txt, 2.txt, 3.txt, 4.txt and 2 more; removed old.txt" in told
    assert "12 documents and 90 quotes" in told
    assert "Not taken: bad0.pdf: It is encrypted." in told
    assert "1 more files" in told


def test_backup_and_restore(index: Index, tmp_path: Path) -> None:
    """A backup is one command; put back, corrections and log are there again."""
    (quote,) = index.catalog.quotes_by(["captain-ahab"], ADMIN)
    run(index, "hide", quote.id)
    copy = tmp_path / "copy.sqlite"
    assert run(index, "backup", str(copy)).exit_code == 0
    assert run(index, "backup", str(copy)).exit_code == 2
    run(index, "corrections", "--undo", "1")
    index.close()
    for old in index.data.glob("records.sqlite*"):
        old.unlink()
    copy.rename(index.data / "records.sqlite")
    with open_demo(index.data, index.corpus) as again:
        assert again.catalog.quote(quote.id) is None
        assert [e["what"] for e in said(again, "log")] == ["hide", "index"]


def test_what_admins_are_told_when_a_file_is_in_order_again() -> None:
    """When nothing changed but that a file which could not be taken is in order, that is said, and not "nothing"."""
    broken = Failure("people.toml", "It cannot be read.")
    assert "nothing changed" in sentence(Report(failed=(broken,)))
    assert "Not taken: people.toml: It cannot be read." in sentence(Report(failed=(broken,)))
    assert "what could not be taken before is in order now" in sentence(Report())
