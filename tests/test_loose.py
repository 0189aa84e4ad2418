"""Corrections hold, or it is told that they do not: words that changed, went, or stand in another document too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.slack.messages import admin_answers
from retrieval.ingest import Index
from retrieval.model import ADMIN, Quote
from retrieval.people import People, Person
from retrieval.records import Records
from retrieval.status import read_status
from retrieval.syncing.correcting import Corrector
from tests.stores import SAYINGS, open_demo, write

PEOPLE = People([Person("starbuck", "Mr Starbuck", "person", ("Starbuck",), (), "m")])
COPY = (
    "From the masthead\n\n“I shall follow the white whale around the world”, said Captain Ahab. It was cold that day.\n"
)
CLOSE = "From the deck\n\n“I shall follow the grey whale around the world”, said Captain Ahab. It rained on the deck.\n"


@dataclass
class Bench:
    """An index with what corrects it."""

    index: Index
    corrector: Corrector

    @property
    def whale(self) -> Quote:
        (found,) = self.index.catalog.quotes_by(["captain-ahab"], ADMIN)
        return found

    def status(self) -> list[dict[str, object]]:
        return list(read_status(self.index.corpus, self.index.data)["loose"])


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with open_demo(tmp_path / "data", write(tmp_path / "corpus")) as index:
        index.sync()
        records = Records(tmp_path / "data" / "records.sqlite")
        yield Bench(index, Corrector(index.catalog, records, PEOPLE))
        records.close()


def test_a_correction_that_holds_is_not_told_of(bench: Bench) -> None:
    """Neither at once, nor after the next run, nor when its words have moved within their document."""
    bench.corrector.hide(bench.whale.id, "an admin")
    write(bench.index.corpus, {"whale.txt": "A longer headline than before\n\n" + SAYINGS["whale.txt"]})
    assert bench.index.sync().silent is not None
    assert bench.status() == []
    assert bench.index.catalog.quotes_by(["captain-ahab"], ADMIN) == ()


@pytest.mark.parametrize("copy", [COPY, CLOSE], ids=["the same words", "one word changed"])
def test_a_copy_in_another_document_is_offered(bench: Bench, copy: str) -> None:
    """It is told by the run that brought it, once; status names it until it is hidden too."""
    made = bench.corrector.hide(bench.whale.id, "an admin")
    write(bench.index.corpus, {"copy.txt": copy})
    told = [s.sentence for s in bench.index.sync().silent if "correction" in s.sentence]
    assert len(told) == 1
    assert bench.whale.id in told[0]
    assert [one["copies"] for one in bench.status()] == [[[bench.whale.id, bench.whale.document_id]]]
    assert [s for s in bench.index.sync().silent if "correction" in s.sentence] == []
    loose = bench.corrector.told_of(made)
    assert loose is not None
    assert not loose.gone
    bench.corrector.hide(bench.whale.id, "an admin")
    assert bench.status() == []


def test_words_that_changed_come_back_but_not_in_silence(bench: Bench) -> None:
    """The correction is listed as applying to nothing, and what stands there now is offered."""
    made = bench.corrector.hide(bench.whale.id, "an admin")
    write(bench.index.corpus, {"whale.txt": SAYINGS["whale.txt"].replace("white", "pale")})
    told = [s.sentence for s in bench.index.sync().silent if "correction" in s.sentence]
    assert len(told) == 1
    assert f"correction {made.id}, which hides words, no longer applies" in told[0]
    assert bench.whale.id in told[0]


def test_a_document_that_went_leaves_its_corrections_told(bench: Bench) -> None:
    """Hidden words, another speaker and edited details alike."""
    bench.corrector.hide(bench.whale.id, "an admin")
    (holmes,) = bench.index.catalog.quotes_by(["sherlock-holmes"], ADMIN)
    bench.corrector.attribute(holmes.id, "starbuck", "an admin")
    bench.corrector.edit(holmes.document_id, {"title": "Another"}, "an admin")
    for name in ("whale.txt", "baker.md"):
        (bench.index.corpus / name).unlink()
    told = bench.index.sync().silent
    assert sum("no longer applies: its document is no longer there" in s.sentence for s in told) == 3
    assert len(bench.status()) == 3


def test_a_copy_of_words_given_to_another_is_told_until_it_is_theirs_too(bench: Bench) -> None:
    """Where the copy is credited as the admin said, there is nothing to be told."""
    bench.corrector.attribute(bench.whale.id, "starbuck", "an admin")
    write(bench.index.corpus, {"copy.txt": COPY})
    bench.index.sync()
    assert len(bench.status()) == 1
    bench.corrector.attribute(bench.whale.id, "starbuck", "an admin")
    assert bench.status() == []


def test_words_that_many_say_are_no_copies(bench: Bench) -> None:
    """Two or three words are nobody's in particular, and a few words spread over a long statement are no copy of it."""
    write(bench.index.corpus, {
        "short.txt": "A call\n\n“I agree”, said Captain Ahab. The boat was lowered at once.\n",
        "other.txt": "A reply\n\n“I agree”, said Jane Eyre. The house was quiet then.\n",
        "long.txt": "A tale\n\n“I told them that I shall not go, and that they may follow the road and the river, and that the white "
        "horse and the old whale of the story go around in it like all the world”, said Jane Eyre. It was late.\n",
    })  # fmt: skip
    bench.index.sync()
    for quote in bench.index.catalog.quotes_by(["captain-ahab"], ADMIN):
        bench.corrector.hide(quote.id, "an admin")
    assert bench.status() == []


def test_admins_see_it_in_slack(bench: Bench) -> None:
    """Status names the correction, with a button for each copy; the log says that there is something to look at."""
    bench.corrector.hide(bench.whale.id, "an admin")
    write(bench.index.corpus, {"copy.txt": COPY})
    bench.index.sync()
    known = read_status(bench.index.corpus, bench.index.data)
    shown = str(admin_answers.status(known, None, 0).payload())
    assert all(part in shown for part in ("Corrections to look at", "look_0", bench.whale.id))
    log = admin_answers.audit(bench.corrector.records.audit_log(), frozenset({1}), known["loose"])
    assert "1 correction to be looked at" in str(log.payload())
