"""The sentences that say what a check of a claimed quotation found (pure)."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.asking.ascribing import Ascribed
from retrieval.asking.claims import LONGEST
from retrieval.model import Document, Quote, QuoteHit, Speaker

NO_WORDS = "There are no words to check; give the quotation in quotation marks."
TOO_LITTLE = "That is too little to check: give more of the quotation than a word that stands in any text."
NOT_FOUND = "No document here holds these words, nor words much like them."
CUT = f"That is a long text; I read its first {LONGEST:,} characters."


def more(most: int) -> str:
    """There are further quotations."""
    return f"I checked its first {most} quotations; send the others by themselves."


def exact(quote: Quote, hits: Sequence[QuoteHit]) -> str:
    """Word for word, and by whom."""
    places = sum(1 + len(hit.also_in) for hit in hits)
    return f"These are the exact words, by {_name(quote)}, in {places} document{'s' if places > 1 else ''}."


def edited(quote: Quote) -> str:
    """Word for word, but for what is marked."""
    return f"These are the exact words, by {_name(quote)}, but for what is marked as left out or put in."


def owner(quote: Quote, asked: Speaker | None) -> str:
    """Whose words they are, and whose not."""
    whom = f", not {_possessive(asked.name)}" if asked else ""
    return f"These words are {_possessive(_name(quote))}{whom}."


def altered(quote: Quote, whom: Ascribed) -> str:
    """Somebody said it in other words."""
    return f"Not word for word: {_name(quote)} said it differently{_not_them(quote, whom)}."


def clipped(quote: Quote, whom: Ascribed) -> str:
    """The words are cut out of a sentence that says something else."""
    return f"Not word for word: in what {_name(quote)} said, the sentence has more to it{_not_them(quote, whom)}."


def stitched(places: int) -> str:
    """Each piece is real, the whole is not."""
    return f"These words are put together from {places} places; nobody said them in one."


def reported(quote: Quote) -> str:
    """The sentence is the article's."""
    return f"These are the article’s own words about {_what(quote)}, not a quotation."


def retold(quote: Quote) -> str:
    """The nearest is the article's, and differs."""
    return f"No document here quotes these words; the closest are an article’s own words about {_what(quote)}."


def unattributed(document: Document) -> str:
    """They are in quotation marks, and nobody is credited."""
    return f"These words are quoted in “{document.title or document.path}”, but not whose they are."


def written(document: Document) -> str:
    """They stand in the running text."""
    return f"These words stand in “{document.title or document.path}”, but nobody is quoted with them."


def hidden(document: Document) -> str:
    """For admins: the words are there, and hidden."""
    return f"These words stand in “{document.title or document.path}”, where an admin has hidden them; others are told that they are not found."


def _not_them(quote: Quote, whom: Ascribed) -> str:
    return f", and it was not {whom.asked.name}" if whom.asked is not None and not whom.owns(quote) else ""


def _what(quote: Quote) -> str:
    return f"what {quote.speaker.name} said" if quote.speaker else "what was said"


def _name(quote: Quote) -> str:
    return quote.speaker.name if quote.speaker else "nobody known"


def _possessive(name: str) -> str:
    return f"{name}’s"
