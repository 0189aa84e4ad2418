"""Where the link of an answer leads, and what it highlights there."""

from __future__ import annotations

from pathlib import Path

from retrieval.model import EVERYBODY
from tests.asking import finder_over

BRIEF = """---
title: The harbour board meets
source_url: https://courier.example/board
summary_of: The Meryton Courier, Minutes of the harbour board
---

“The lantern burns too low for the pilots,” Elizabeth Bennet told the board.

Fitzwilliam Darcy said that the violins of Pemberley had been sold to an orchestra in Whitby before the winter.
"""


def test_our_own_sentence_is_not_looked_for_at_the_source(tmp_path: Path) -> None:
    """A summary's quoted words are highlighted at its source; the sentences that are our own stand nowhere there."""
    with finder_over(tmp_path, {"brief.md": BRIEF}) as finder:
        quoted = finder.ask("What did Bennet say about the lantern?", EVERYBODY).quotes[0]
        ours = finder.ask("What did Darcy say about the violins?", EVERYBODY).quotes[0]
    assert (quoted.quote.kind, ours.quote.kind) == ("direct", "reported")
    assert (quoted.link or "").startswith("https://courier.example/board#:~:text=The%20lantern%20burns")
    assert ours.link == "https://courier.example/board"
