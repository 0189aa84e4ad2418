"""A document that says nothing, or not when, is told of with what to do; one that is in order is not."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pytest

from bot.commands_add import preview_json
from bot.commands_index import report_lines
from retrieval import adding
from retrieval.model import Report
from retrieval.silence import LONG, NO_DATE, NO_QUOTE, silences
from retrieval.status import read_status
from tests.embed_demo import ReadDemo
from tests.stores import SAYINGS, open_demo, write

PROSE = "The whale was not seen that day, and the crew of the Pequod mended sails.\n" * 40


@pytest.mark.parametrize(
    ("length", "quotes", "dated", "told"),
    [
        (LONG + 1, 0, True, (NO_QUOTE,)),
        (LONG + 1, 0, False, (NO_QUOTE, NO_DATE)),
        (LONG, 0, True, ()),
        (LONG + 1, 1, True, ()),
        (10, 1, False, (NO_DATE,)),
    ],
)
def test_what_is_told_of_a_document(length: int, quotes: int, dated: bool, told: tuple[str, ...]) -> None:
    """A long text without a quote, and any without a date."""
    assert silences(length, quotes, dated=dated) == told


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
