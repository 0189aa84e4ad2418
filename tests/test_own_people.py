"""A corpus's people.toml that changes, breaks and is mended while the index is asked and followed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.shell.cli import app
from retrieval.asking.answer import QuoteFinder
from retrieval.errors import ConfigurationError, ModelError, NatoQuotesError
from retrieval.ingest import Index, pipeline_version
from retrieval.model import EVERYBODY, Report
from retrieval.own_people import OwnPeople
from retrieval.people import People, load_people
from retrieval.status import read_status
from retrieval.syncing.drafting import QuoteReader
from retrieval.watch import Follower, follow_in_thread
from tests.stores import SAYINGS, open_demo, write
from tests.test_watch import came_true

THUNDER = '[person]\ncaptain-ahab = { name = "Captain Ahab", aliases = ["Old Thunder"] }\n'
BY_THAT_NAME = "What did Old Thunder say about the white whale?"
BROKEN = '[person]\ncaptain-ahab = { name = "Captain Ahab", aliases = "Old Thunder" }\n'


class Followed:
    """An index that is followed, as `serve` does it, and the finder that was made when it began."""

    def __init__(self, folder: Path) -> None:
        self.corpus, self.data = folder / "corpus", folder / "data"
        self.index: Index = open_demo(self.data, self.corpus, pipeline=pipeline_version)
        self.reports: list[Report] = []
        self.errors: list[NatoQuotesError] = []
        self.finder = QuoteFinder(self.index.catalog, self.index.vectors, self.index.embedder, load_people())
        self._end = follow_in_thread(Follower(self.index, self.reports.append, self.errors.append))
        assert came_true(lambda: self.index.built, 10)
        time.sleep(0.5)  # until the folder is watched

    def answered(self) -> bool:
        return self.finder.ask(BY_THAT_NAME, EVERYBODY).answered

    def faults(self) -> list[str]:
        return [f["error"] for f in read_status(self.corpus, self.data)["failed"] if f["path"] == "people.toml"]

    def end(self) -> None:
        self._end()
        self.index.close()


@pytest.fixture
def followed(tmp_path: Path) -> Iterator[Followed]:
    write(tmp_path / "corpus")
    made = Followed(tmp_path)
    yield made
    made.end()


def test_a_new_name_is_understood_by_the_running_finder(followed: Followed) -> None:
    """A name that is put into people.toml while the bot runs is understood without a restart, and one taken out is not."""
    assert not followed.answered()
    write(followed.corpus, {"people.toml": THUNDER})
    assert came_true(followed.answered, 6)
    (followed.corpus / "people.toml").unlink()
    assert came_true(lambda: not followed.answered(), 6)
    assert followed.errors == []


def test_a_broken_file_keeps_the_people_and_is_told_once(followed: Followed) -> None:
    """With a people.toml that breaks, the people before it count and documents go in; it is told once, and in the status."""
    write(followed.corpus, {"people.toml": THUNDER})
    assert came_true(followed.answered, 6)
    write(followed.corpus, {"people.toml": BROKEN})
    assert came_true(lambda: bool(followed.faults()), 6)
    write(followed.corpus, {"dance.txt": "“Shall we dance the reel”, said Jane Eyre."})
    assert came_true(lambda: any("dance.txt" in report.added for report in followed.reports), 6)
    assert followed.finder.ask("Who spoke of the reel?", EVERYBODY).answered

    assert followed.answered()
    (fault,) = followed.faults()
    assert "the aliases of person.captain-ahab are not a list of texts" in fault
    assert [r.added for r in followed.reports if r.failed] == [(), ("dance.txt",)]
    assert followed.errors == []

    write(followed.corpus, {"people.toml": ""})
    assert came_true(lambda: not followed.answered(), 6)
    assert came_true(lambda: not followed.faults(), 6)


def test_a_start_with_a_broken_file_goes_on_with_the_indexed_people(followed: Followed, tmp_path: Path) -> None:
    """A bot that starts when people.toml is broken goes by the people that the index was made with."""
    write(followed.corpus, {"people.toml": THUNDER})
    assert came_true(followed.answered, 6)
    followed.end()
    write(followed.corpus, {"people.toml": BROKEN})
    again = Followed(tmp_path)
    try:
        assert again.answered()
        assert came_true(lambda: bool(again.faults()), 6)
        assert again.errors == []
    finally:
        again.end()


def test_other_processes_name_whom_the_index_knows(tmp_path: Path) -> None:
    """Whoever reads the index while another process has yet to follow people.toml goes by the people that it was made with."""
    corpus = write(tmp_path / "corpus", {**SAYINGS, "people.toml": THUNDER})
    with open_demo(tmp_path / "data", corpus, pipeline=pipeline_version) as index:
        index.sync()
        write(corpus, {"people.toml": BROKEN})
        finder = QuoteFinder(index.catalog, index.vectors, index.embedder, load_people())
        assert finder.ask(BY_THAT_NAME, EVERYBODY).answered


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param('[[person]]\nname = "Captain Ahab"\n', r"write \[person\] on a line of its own", id="a list"),
        pytest.param("person = 3\n", r"write \[person\] on a line of its own", id="a number"),
        pytest.param("[person]\nahab = 3\n", "person.ahab has no name", id="a person that is a number"),
        pytest.param(BROKEN, "are not a list of texts", id="one text for a list"),
        pytest.param('[person]\na = { name = "A", gender = "male" }\n', "write “m” or “f”", id="another gender"),
        pytest.param('[person]\na = { name = "A", roles = ["mate, Pequod, 1851-13.."] }\n', "a date that is none", id="no date"),
        pytest.param('[titles]\nmate = "first mate"\n', "the wordings of “mate”", id="a title's wordings"),
    ],
)  # fmt: skip
def test_a_broken_file_at_the_start(tmp_path: Path, text: str, why: str) -> None:
    """Where nothing is known from before, every command that needs the people ends with one sentence that says what to mend."""
    write(tmp_path / "corpus", {**SAYINGS, "people.toml": text})
    ran = CliRunner().invoke(app, ["--corpus", str(tmp_path / "corpus"), "--data", str(tmp_path / "data"), "index"])

    assert isinstance(ran.exception, ConfigurationError)  # which main() shows as its text
    with pytest.raises(ConfigurationError, match=rf"people\.toml cannot be read: .*{why}.*Mend it, or move it away"):
        raise ran.exception


def test_a_file_with_a_byte_order_mark(tmp_path: Path) -> None:
    """A people.toml as some editors save it, with a mark before the text and other line ends, is understood."""
    (tmp_path / "people.toml").write_bytes(b"\xef\xbb\xbf" + THUNDER.replace("\n", "\r\n").encode())
    assert [p.id for p in OwnPeople(tmp_path).now(None).by_name("Old Thunder")] == ["captain-ahab"]


def test_trouble_is_told_when_it_begins(tmp_path: Path) -> None:
    """A sync that fails again and again for one reason is told once."""

    tries: list[People] = []

    def no_reader(people: People) -> QuoteReader:
        tries.append(people)
        raise ModelError("The parser is missing; run: make setup")

    errors: list[NatoQuotesError] = []
    with open_demo(tmp_path / "data", write(tmp_path / "corpus"), make_reader=no_reader) as index:
        end = follow_in_thread(Follower(index, failed=errors.append, again=0.05))
        assert came_true(lambda: len(tries) > 3, 5)
        end()
    assert [str(e) for e in errors] == ["The parser is missing; run: make setup"]
