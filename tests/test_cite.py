"""A citation names the source, and how we came by its words."""

from __future__ import annotations

from pathlib import Path

from retrieval import cite
from retrieval.model import EVERYBODY
from tests.asking import finder_over

BRIEF = """---
title: What was said about the harbour
published: 1871-05-03
publisher: The Meryton Courier
summary_of: Minutes of the harbour board
source_url: https://courier.example/minutes
---

“We will not sell the harbour,” Captain Ahab told the board. “It was never ours.”

Ahab said that the tolls should be raised before the winter.
"""


def test_words_from_a_brief_are_cited_by_their_source(tmp_path: Path) -> None:
    """The source's own title and publisher, and the brief as the way they came; the brief's own sentence is the brief's."""
    with finder_over(tmp_path, {"brief.md": BRIEF}) as finder:
        said = finder.ask("What did Ahab say about selling the harbour?", EVERYBODY).quotes[0]
        told = finder.ask("What did Ahab say about the tolls?", EVERYBODY).quotes[0]
    plain = cite.plain(said)
    assert "“Minutes of the harbour board”, The Meryton Courier, 3 May 1871" in plain
    assert "quoted after our brief “What was said about the harbour”" in plain
    assert "title  = {{Minutes of the harbour board}}" in cite.bibtex(said)
    assert told.quote.kind == "reported"
    assert "“What was said about the harbour”" in cite.plain(told)
    assert "our own brief of “Minutes of the harbour board”" in cite.markdown(told)


def test_marks_are_balanced_in_a_citation(tmp_path: Path) -> None:
    """The outer pair is printed, and the clause between two parts stands outside of the words."""
    with finder_over(tmp_path, {"brief.md": BRIEF}) as finder:
        said = finder.ask("What did Ahab say about selling the harbour?", EVERYBODY).quotes[0]
    words = cite.plain(said).split(" — ")[0]
    assert words.count("“") == words.count("”")
