"""What a document is understood to be, told to whoever looks after it: form, who speaks, how much of it. Standard library only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from retrieval.model import Document

MOST_FILES = 20  # of which a run of the index tells it one by one
SPEAKERS_TOLD = 4

# form, how many documents are of it, and the share of their text that is told as somebody's words
FORMS = "SELECT form, count(*), avg(told) FROM documents GROUP BY form ORDER BY count(*) DESC, form"


def facts_of(document: Document) -> tuple[tuple[str, str], ...]:
    """What a document says of itself besides title, publisher and address, by name; what is not known is left out."""
    published = _day(document.published)
    found = {
        "author": document.author,
        "published": f"{published} ({document.dated_by})" if published and document.dated_by else published,
        "last changed": _day(document.modified),
    }
    return tuple((name, value) for name, value in found.items() if value)


def _day(value: date | None) -> str | None:
    return f"{value.day} {value:%B %Y}" if value else None


def account_of(document: Document, speakers: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """What was made of a document, by name: its form, whose text it is or who speaks in it, and the shares told and taken."""
    form = f"{document.form} ({document.form_by})" if document.form and document.form_by else document.form
    names = list(dict.fromkeys(speakers))
    more = f" and {len(names) - SPEAKERS_TOLD} more" if len(names) > SPEAKERS_TOLD else ""
    found = {
        "form": form,
        "whose text": document.whose,
        "who speaks": ", ".join(names[:SPEAKERS_TOLD]) + more if names else "nobody that is sure",
        "told as somebody's words": f"{document.told:.0%} of the text" if document.told is not None else None,
        "taken": f"{document.taken:.0%} of the paragraphs that it shows" if document.taken < 1 else None,
    }
    return tuple((name, value) for name, value in found.items() if value)


def sentence_of(document: Document, speakers: Iterable[str]) -> str:
    """The same in one line, with what says its date."""
    dated = (("dated by", document.dated_by),) if document.dated_by else ()
    return "; ".join(f"{name}: {value}" for name, value in (*account_of(document, speakers), *dated))


def forms_line(forms: Iterable[tuple[str | None, int, float | None]]) -> str:
    """How many documents are of each form, with the share of their text that is told as somebody's words."""
    return ", ".join(
        f"{count} {form or 'of no known form'}" + (f" ({told:.0%} told)" if told is not None else "")
        for form, count, told in forms
    )
