"""What a document does not say, told to whoever looks after it, with what to do. Standard library only."""

from __future__ import annotations

LONG = 2_000  # characters; a shorter text may well hold no quote

NO_QUOTE = "gave no quote; where it is one person's text, say whose: `speaker: NAME` in its head or sidecar, or edit its details"
NO_DATE = "has no date that could be found; write `published: 2024-07-10` in its head or sidecar, or edit its details"

# path, article, length, whether a date is known, how many quotes: of the documents that may be silent
QUERY = """
SELECT path, article, length(text), published IS NOT NULL,
       (SELECT count(*) FROM quotes WHERE quotes.document_id = documents.id AND NOT quotes.hidden) AS given
FROM documents WHERE published IS NULL OR given = 0 ORDER BY path, article
"""


def silences(length: int, quotes: int, *, dated: bool) -> tuple[str, ...]:
    """What is to be told of a document whose text has so many characters and gave so many quotes."""
    told = (NO_QUOTE,) if length > LONG and not quotes else ()
    return told if dated else (*told, NO_DATE)


def lines_of(path: str, article: int, length: int, dated: int, quotes: int) -> tuple[tuple[str, str], ...]:
    """What is to be told of a row of QUERY: the file, with which of its texts, and a sentence for each thing."""
    name = path if article == 1 else f"{path} (text {article})"
    return tuple((name, sentence) for sentence in silences(length, quotes, dated=bool(dated)))
