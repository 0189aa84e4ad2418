"""A quote as a citation ready to paste: plain, Markdown, BibTeX (pure). What is not known is left out; that a date is not, is said."""

from __future__ import annotations

import re
from datetime import date

from retrieval.display import reserve
from retrieval.model import Document, QuoteHit
from retrieval.spelling import folded

NO_DATE = "date not known"
_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~])")


def plain(hit: QuoteHit) -> str:
    """One line: the words, who, when, where."""
    return f"{_quoted(hit)} — " + "; ".join(part for part in (_who(hit), _where(hit), hit.link) if part) + "."


def markdown(hit: QuoteHit) -> str:
    """A block quote with its source; the link highlights the words."""
    where = _escaped(_where(hit))
    if hit.link:
        where = f"[{where}](<{hit.link}>)"
    body = _escaped(hit.text if hit.quote.kind == "reported" else _quoted(hit))
    return f"> {body}\n>\n> — " + ", ".join(part for part in (_escaped(_who(hit)), where) if part)


def bibtex(hit: QuoteHit) -> str:
    """A @misc entry for the source, the words in its note."""
    document, published = hit.document, hit.document.published
    words = f"{_who(hit)}: {_quoted(hit)}" if _who(hit) else _quoted(hit)
    fields = {
        "author": "{" + _tex(document.publisher) + "}" if document.publisher else None,
        "title": "{" + _tex(title) + "}" if (title := source_title(hit)) else None,
        "year": str(published.year) if published else None,
        "month": str(published.month) if published else None,
        "day": str(published.day) if published else None,
        "url": document.url,
        "note": _tex("; ".join(part for part in (words, brief_of_ours(hit), undated(hit)) if part)),
    }
    lines = ",\n".join(f"  {name:<6} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{{_key(hit)},\n{lines}\n}}"


def source_title(hit: QuoteHit) -> str | None:
    """The title under which the words stand: the source's own where we hold a brief of it, else the document's.

    What a brief tells in its own words stands in the brief alone.
    """
    document = hit.document
    return own_title(document) if not hit.quote.narrated else document.title


def own_title(document: Document) -> str | None:
    """The title of what a document gives: of the source that a brief of ours sums up, where the brief names it."""
    source = (document.summary_of or "").strip()
    return source if source and "://" not in source else document.title


def brief_of_ours(hit: QuoteHit) -> str:
    """That the words came by way of a brief of ours, or stand in it alone; else nothing."""
    document = hit.document
    if not document.summary_of:
        return ""
    if hit.quote.narrated:
        return f"our own brief of “{document.summary_of}”"
    return f"quoted after our brief “{document.title}”" if document.title else "quoted after a brief of ours"


def undated(hit: QuoteHit) -> str:
    """That nobody knows when the words were said or published; else nothing."""
    return "" if hit.quote.said_on or hit.document.published else NO_DATE


def given_by(hit: QuoteHit) -> str:
    """That it is a person who says whose words these are, where the document does not show it; else nothing."""
    quote, document = hit.quote, hit.document
    if quote.kind != "turn" or quote.speaker is None or quote.mention or quote.cue or not document.speaker_given:
        return ""
    if quote.speaker.name != document.speaker_given and "given by" not in quote.evidence:
        return ""  # the words are somebody else's, by an admin's word or by a label
    return f"speaker given by {document.speaker_given_by or 'an admin'}"


def _quoted(hit: QuoteHit) -> str:
    return hit.text if hit.quote.narrated else f"“{hit.text}”"


def _who(hit: QuoteHit) -> str:
    quote = hit.quote
    if quote.speaker is None:
        return ""
    role = f", {quote.role}" if quote.role else ""
    kind = f" (reported, {reserve(hit.text)})" if quote.kind == "reported" else ""
    return quote.speaker.name + role + kind + (f", {said}" if (said := given_by(hit)) else "")


def _where(hit: QuoteHit) -> str:
    document = hit.document
    said = f"said {_day(hit.quote.said_on)}" if hit.quote.said_on else ""
    title = f"“{own}”" if (own := source_title(hit)) else document.path
    published = _day(document.published) if document.published else undated(hit)
    parts = (said, title, document.publisher, published, brief_of_ours(hit))
    return ", ".join(part for part in parts if part)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _key(hit: QuoteHit) -> str:
    speaker = hit.quote.speaker
    name = folded(speaker.name).split()[-1] if speaker else "source"
    year = hit.document.published.year if hit.document.published else ""
    return re.sub(r"[^a-z0-9]", "", name) + f"{year}-{hit.quote.id[:7]}"


def _tex(text: str) -> str:
    return "".join(_SPECIAL.get(c, c) for c in text)


def _escaped(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)
