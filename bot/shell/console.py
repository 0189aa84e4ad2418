"""Answers, lists and progress as a person reads them in a terminal. Pure text in, nothing decided here."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.text import Text

from retrieval.asking.refusals import NOT_THE_ANSWER
from retrieval.cite import brief_of_ours, given_by, own_title, source_title, undated
from retrieval.display import reserve
from retrieval.model import Answer, Change, Document, Place, QuoteHit, Source, Verdict

if TYPE_CHECKING:
    from rich.status import Status

# Control characters of a document must not steer somebody's terminal; each is shown as one visible mark.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


MOST_LINES = 20


def printable(text: str) -> str:
    """`text` with control and direction-changing characters made visible as U+FFFD."""
    return _CONTROL.sub("\ufffd", text)


def some_of(silent: Sequence[tuple[str, str]]) -> Iterator[str]:
    """What documents do not say, a line each; of many the first ones."""
    for path, sentence in silent[:MOST_LINES]:
        yield f"{path} {sentence}"
    if len(silent) > MOST_LINES:
        yield f"and {len(silent) - MOST_LINES} more such lines; `nato-quote status --json` has them all"


def day(value: date | None) -> str | None:
    """A date as people write it: 3 December 2024."""
    return f"{value.day} {value:%B %Y}" if value else None


def out() -> Console:
    """A console on stdout that changes no character of what it prints and breaks no line."""
    return Console(file=sys.stdout, highlight=False, markup=False, emoji=False, soft_wrap=True)


def err() -> Console:
    """A console on stderr, for progress and notes."""
    return Console(file=sys.stderr, highlight=False, markup=False, emoji=False, soft_wrap=True)


@contextmanager
def waiting(message: str) -> Iterator[Status | None]:
    """Show on a terminal that something slow is going on; elsewhere say nothing."""
    console = err()
    if not console.is_terminal:
        yield None
        return
    with console.status(message) as status:
        yield status


def print_answer(answer: Answer) -> None:
    """Print an answer or an abstention on stdout."""
    console = out()
    if not answer.answered:
        console.print(printable(answer.message))
        for line in answer.close:
            console.print(Text("  · " + printable(line)))
        if answer.near:
            console.print(Text(f"{NOT_THE_ANSWER}:"))
        for hit in answer.near:
            console.print()
            _print_hit(console, hit)
        print_checked(answer.checked)
        return
    if answer.message:
        console.print(printable(answer.message))
    if answer.checked:
        print_difference(answer.checked.diff)
    for number, hit in enumerate(answer.quotes):
        if number:
            console.print()
        _print_hit(console, hit)


def print_checked(verdict: Verdict | None) -> None:
    """Print the true words of a claim that is refused: where it differs, who said them or where they stand."""
    if verdict is None:
        return
    print_difference(verdict.diff)
    if verdict.place and not verdict.hits:
        print_place(verdict.place)
    for hit in verdict.hits:
        out().print()
        _print_hit(out(), hit)


def print_difference(steps: Sequence[Change]) -> None:
    """Print a word diff, in colour where the terminal has it; nothing where no word differs."""
    if all(change.op == "equal" for change in steps):
        return
    line = Text()
    for change in steps:
        if change.op == "equal":
            line.append(printable(change.true) + " ")
            continue
        if change.claimed:
            line.append(f"[-{printable(change.claimed)}-] ", style="strike red")
        if change.true:
            line.append(f"[+{printable(change.true)}+] ", style="bold green")
    out().print(line)


def print_trace(trace: Mapping[str, Any]) -> None:
    """Print stage by stage how an answer came about."""
    from retrieval.traces import lines

    console = out()
    console.print()
    for line in lines(trace):
        console.print(Text(printable(line), style="dim"))


def print_place(place: Place) -> None:
    """Print where words stand that are nobody's quotation: publisher, title, day and link."""
    document, published = place.document, day(place.document.published)
    parts = [document.publisher, f"“{document.title}”" if document.title else document.path]
    parts.append(f"published {published}" if published else None)
    out().print("  " + printable(", ".join(part for part in parts if part)))
    if place.link:
        out().print("  " + printable(place.link))


def _print_hit(console: Console, hit: QuoteHit) -> None:
    console.print(Text(printable(words_of(hit)), style="bold"))
    if hit.truncated:
        console.print(Text("  (part of a longer statement; --full shows the whole of it)", style="dim"))
    console.print("  — " + printable(who(hit)))
    said, published = day(hit.quote.said_on), day(hit.document.published)
    dates = [f"said {said}" if said else None, f"published {published}" if published else None, undated(hit) or None]
    if any(dates):
        console.print("  " + " · ".join(d for d in dates if d))
    console.print("  " + printable(hit_line(hit)))
    if hit.link:
        console.print("  " + printable(hit.link))
    for source in hit.also_in:
        _print_source(console, source)
    console.print(Text(f"  [{hit.quote.id}]", style="dim"))


def _print_source(console: Console, source: Source) -> None:
    wording = {"same": "the same words", "clipped": "clipped", "differs": "other wording"}[source.wording]
    published = day(source.document.published)
    line = f"  Also in: {source_line(source.document)}" + (f", {published}" if published else "")
    console.print(printable(line + f" ({wording})"))
    if source.wording != "same":
        console.print(printable(f"    “{source.text}”"))
    if source.link:
        console.print("    " + printable(source.link))


def words_of(hit: QuoteHit) -> str:
    """The words, in quotation marks only when they are the speaker's own."""
    return hit.text if hit.quote.narrated else f"“{hit.text}”"


def who(hit: QuoteHit) -> str:
    """The speaker and the role at the time, or that the words are unattributed, and what kind of words they are."""
    speaker = hit.quote.speaker
    if speaker is None:
        named = "" if hit.quote.kind == "passage" else "unattributed"
    else:
        named = speaker.name + (f", {hit.quote.role}" if hit.quote.role else "")
        if speaker.unnamed:
            named += " (unnamed source)"
    label = {"reported": f"reported, {reserve(hit.text)}", "passage": "from the document's text"}.get(hit.quote.kind)
    return " · ".join(part for part in (named, given_by(hit), label) if part)


def hit_line(hit: QuoteHit) -> str:
    """Publisher and title of where the words stand, and that they came by way of a brief of ours."""
    title, brief = source_title(hit), brief_of_ours(hit)
    line = ", ".join(p for p in (hit.document.publisher, f"“{title}”" if title else hit.document.path) if p)
    return f"{line} — {brief}" if brief else line


def source_line(document: Document) -> str:
    """Publisher, the source's own title, and that we hold a brief of it; what is not known is left out."""
    title = own_title(document)
    line = ", ".join(part for part in (document.publisher, f"“{title}”" if title else document.path) if part)
    if not document.summary_of:
        return line
    return line + (f" — by way of our brief “{document.title}”" if document.title else " — by way of a brief of ours")
