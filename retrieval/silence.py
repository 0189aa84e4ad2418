"""What a document does not say, and what of it was not taken, told to whoever looks after it. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass

LONG = 2_000  # characters; a shorter text may well hold no quote
MOST_TAKEN = 0.5  # of the paragraphs that a file shows: less is told

NO_QUOTE = "gave no quote; where it is one person's text, say whose: `speaker: NAME` in its head or sidecar, or edit its details"
NO_NAME = (
    "gave quotes, and of none is it told who speaks; where one person has the word, say whose it is: `speaker: NAME` in its head "
    "or sidecar, or edit its details"
)
NOT_ENGLISH = "is not in English, and nothing is quoted from it; add an English version of it"
NO_DATE = "has no date that could be found; write `published: 2024-07-10` in its head or sidecar, or edit its details"
MISSED = "was taken only in part: most of the paragraphs that it shows are not in it; copy the article's text into a .txt, or print the page to PDF, and add that"

# path, article, length, whether a date is known, the share taken, how many quotes and how many with a speaker: of the
# documents of which something may have to be told
QUERY = f"""
SELECT path, article, length(text), published IS NOT NULL, taken, coalesce(form = 'foreign', 0),
       (SELECT count(*) FROM quotes WHERE quotes.document_id = documents.id AND NOT quotes.hidden) AS given,
       (SELECT count(*) FROM quotes WHERE quotes.document_id = documents.id AND NOT quotes.hidden AND speaker_name IS NOT NULL) AS named
FROM documents WHERE published IS NULL OR taken < {MOST_TAKEN} OR named = 0 ORDER BY path, article
"""  # noqa: S608  the one value is our own number


@dataclass(frozen=True, slots=True)
class Looked:
    """What is looked at: the length of a document's text, whether it is dated, what was taken, whether it is in another language, its quotes, those with a speaker."""

    length: int
    dated: bool
    taken: float
    foreign: bool
    quotes: int
    named: int


def silences(held: Looked) -> tuple[str, ...]:
    """What is to be told of a document, with what to do."""
    found = {
        NOT_ENGLISH: held.foreign,
        NO_QUOTE: held.length > LONG and not held.quotes and not held.foreign,
        NO_NAME: held.length > LONG and held.quotes > 0 and not held.named,
        MISSED: held.taken < MOST_TAKEN,
        NO_DATE: not held.dated,
    }
    return tuple(sentence for sentence, is_so in found.items() if is_so)


def named_text(path: str, article: int) -> str:
    """A file, with which of its texts."""
    return path if article == 1 else f"{path} (text {article})"


def lines_of(
    path: str, article: int, length: int, dated: int, taken: float, foreign: int, quotes: int, named: int
) -> tuple[tuple[str, str], ...]:
    """What is to be told of a row of QUERY: the file, with which of its texts, and a sentence for each thing."""
    name = named_text(path, article)
    held = Looked(length, bool(dated), taken, bool(foreign), quotes, named)
    return tuple((name, sentence) for sentence in silences(held))
