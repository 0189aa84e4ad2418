"""A document that says nothing, or not when, is told of with what to do; one that is in order is not."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest

from bot.shell.add import preview_json
from bot.shell.index import report_lines
from retrieval import adding
from retrieval.accounts import MOST_FILES, account_of, facts_of, sentence_of
from retrieval.model import Report
from retrieval.silence import LONG, MISSED, NO_DATE, NO_NAME, NO_QUOTE, NOT_ENGLISH, Looked, silences
from retrieval.status import read_status
from tests.embed_demo import ReadDemo
from tests.invented import document
from tests.stores import SAYINGS, open_demo, write

PROSE = "The whale was not seen that day, and the crew of the Pequod mended sails.\n" * 40


@pytest.mark.parametrize(
    ("held", "told"),
    [
        pytest.param(Looked(LONG + 1, True, 1.0, False, 0, 0), (NO_QUOTE,), id="a long text without a quote"),
        pytest.param(Looked(LONG + 1, False, 1.0, False, 0, 0), (NO_QUOTE, NO_DATE), id="nor a date"),
        pytest.param(Looked(LONG + 1, True, 1.0, True, 0, 0), (NOT_ENGLISH,), id="a text in another language"),
        pytest.param(Looked(LONG, True, 1.0, False, 0, 0), (), id="a short one may have none"),
        pytest.param(Looked(LONG + 1, True, 1.0, False, 1, 1), (), id="all is well"),
        pytest.param(Looked(10, False, 1.0, False, 1, 1), (NO_DATE,), id="no date"),
        pytest.param(Looked(LONG + 1, True, 1.0, False, 7, 0), (NO_NAME,), id="quotes that are nobody's"),
        pytest.param(Looked(LONG + 1, True, 0.4, False, 7, 3), (MISSED,), id="a page of which most was not taken"),
    ],
)
def test_what_is_told_of_a_document(held: Looked, told: tuple[str, ...]) -> None:
    """Whatever somebody who adds it would want to know, and nothing where all is well."""
    assert silences(held) == told


def test_index_tells_of_what_it_read_and_status_of_all(tmp_path: Path) -> None:
    """A second run that reads nothing repeats nothing."""
    corpus = write(tmp_path / "corpus", {"prose.txt": PROSE, "baker.md": SAYINGS["baker.md"]})
    with open_demo(tmp_path / "data", corpus) as index:
        report = index.sync()
        assert [(s.path, s.sentence) for s in report.silent] == [("prose.txt", NO_QUOTE), ("prose.txt", NO_DATE)]
        assert f"note prose.txt {NO_QUOTE}" in list(report_lines(report))
        assert index.sync().silent == ()
    told = read_status(corpus, tmp_path / "data")["silent"]
    assert told == [asdict(one) for one in report.silent]


def test_what_was_read_is_told_with_form_and_speakers(tmp_path: Path) -> None:
    """Of a few documents each, of many none; `status` counts their forms."""
    corpus = write(tmp_path / "corpus", {"baker.md": SAYINGS["baker.md"]})
    with open_demo(tmp_path / "data", corpus) as index:
        (told,) = index.sync().understood
        assert (told.path, "who speaks: " in told.sentence) == ("baker.md", True)
        assert index.sync().understood == ()
        write(corpus, {f"{n:02}.txt": f"{n} “It snows,” said Adam Bede.\n" for n in range(MOST_FILES + 1)})
        assert index.sync().understood == ()
    assert read_status(corpus, tmp_path / "data")["forms"] == [
        {"form": None, "documents": MOST_FILES + 2, "told": None}
    ]


def test_an_account_leaves_out_what_is_not_known() -> None:
    """And of many speakers tells how many more there are."""
    known = document(
        "", author="Mary Garth", dated_by="address", modified=date(1812, 12, 1), form="speech", form_by="it is signed", told=0.5,
        taken=0.4, whose="Adam Bede (the head says “Adam Bede”)",
    )  # fmt: skip
    assert dict(facts_of(known)) == {
        "author": "Mary Garth", "published": "27 November 1812 (address)", "last changed": "1 December 1812",
    }  # fmt: skip
    assert dict(account_of(known, ["A", "B", "C", "D", "E", "A"])) == {
        "form": "speech (it is signed)", "whose text": "Adam Bede (the head says “Adam Bede”)", "who speaks": "A, B, C, D and 1 more",
        "told as somebody's words": "50% of the text", "taken": "40% of the paragraphs that it shows",
    }  # fmt: skip
    assert sentence_of(document("", published=None), []) == "who speaks: nobody that is sure"


def test_of_many_the_first_lines_are_shown(tmp_path: Path) -> None:
    """And how many more there are."""
    corpus = write(tmp_path / "corpus", {f"{n:02}.txt": PROSE + str(n) for n in range(15)})
    with open_demo(tmp_path / "data", corpus) as index:
        notes = [line for line in report_lines(index.sync()) if line.startswith("note ")]
    assert len(notes) == 21
    assert notes[-1].startswith("note and 10 more")
    assert not [line for line in report_lines(Report()) if line.startswith("note ")]


def test_a_preview_tells_it_before_anything_is_kept() -> None:
    """So that the speaker or the date can be given with the document."""
    (silent,) = adding.preview(adding.from_bytes(PROSE.encode(), "a.txt"), ReadDemo())
    assert preview_json(silent)["silent"] == [NO_QUOTE, NO_DATE]
    (sound,) = adding.preview(adding.from_bytes(SAYINGS["baker.md"].encode(), "a.md"), ReadDemo())
    assert preview_json(sound)["silent"] == []
