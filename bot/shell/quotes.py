"""`nato-quote quotes`: what the quote engine finds in a file, with no index."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from retrieval.model import Document, Quote
    from retrieval.reading.reader import Reader


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(quotes)


def quotes(
    context: typer.Context,
    files: Annotated[list[Path] | None, typer.Argument(help="Files of any known format.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    jsonl: Annotated[Path | None, typer.Option(help='Lines {"doc_id","text"}; prints one JSON line each.')] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Say why each was attributed, or left out.")] = False,
    line: Annotated[
        float | None,
        typer.Option(
            min=0.0,
            max=1.0,
            help="Tell no speaker who is less sure than this (0.7 if not given): more means fewer, surer names.",
        ),
    ] = None,
) -> None:
    """Print the quotes found in files, with whose words they are."""
    from bot.wiring import make_reader

    if bool(files) == (jsonl is not None):
        raise typer.BadParameter("name the files to read, or give --jsonl FILE")
    texts = None if jsonl is None else read_texts(jsonl)  # a wrong line is told before anything is printed
    reader = make_reader(context.obj, line)
    if texts is not None:
        print_jsonl(reader, texts)
        return
    documents = [document for file in files or () for document in read_documents(file)]
    if explain and as_json:
        typer.echo(json.dumps([explained_json(d, reader) for d in documents], ensure_ascii=False, indent=2))
    elif explain:
        print_explained(reader, documents)
    elif as_json:
        typer.echo(json.dumps([found_json(d, reader.read(d)) for d in documents], ensure_ascii=False, indent=2))
    else:
        print_found(reader, documents)


def read_documents(file: Path) -> tuple[Document, ...]:
    """The documents of one file outside any corpus."""
    from retrieval.documents import read
    from retrieval.errors import DocumentError

    if not file.is_file():
        raise DocumentError(f"{file} is not a file that can be read; check the path.")
    return read(file.resolve().parent, file.name)


def read_texts(path: Path) -> list[tuple[Any, str]]:
    """The (doc_id, text) lines of a JSONL file; raises BadParameter naming the line that does not fit."""
    from bot.shell.jsonl import read_jsonl
    from retrieval.formats.decode import clean

    def text_of(entry: Any) -> tuple[Any, str]:
        return entry["doc_id"], clean(entry["text"])  # of the same length, so that offsets fit the given text

    return read_jsonl(path, '{"doc_id": …, "text": …}', text_of)


def print_jsonl(reader: Reader, texts: list[tuple[Any, str]]) -> None:
    """One line a document: its id and its quotes, one entry per pair of quotation marks."""
    from retrieval.reading.many_texts import segments_of

    for (identifier, _), found in zip(texts, segments_of(reader, (text for _, text in texts)), strict=True):
        typer.echo(json.dumps({"doc_id": identifier, "quotes": found}, ensure_ascii=False))


def found_json(document: Document, found: tuple[Quote, ...]) -> dict[str, Any]:
    """A document's quotes; offsets point into the document's canonical text."""
    return {
        "document": document.id,
        "path": document.path,
        "article": document.article,
        "title": document.title,
        "quotes": [quote_json(document, quote) for quote in found],
    }


def explained_json(document: Document, reader: Reader) -> dict[str, Any]:
    """Each stretch of a document that was looked at, with what became of it and the trace of that."""
    looked_at = [
        {
            "start": e.span.start,
            "end": e.span.end,
            "verdict": e.verdict,
            "sentence": e.sentence,
            "trace": dict(e.trace),
        }
        for e in reader.explain(document)
    ]
    account = reader.account(document)
    form, voice = account.heard.form, account.heard.voice
    return {
        "document": document.id,
        "path": document.path,
        "article": document.article,
        "form": {"name": form.name, "evidence": form.evidence, "score": form.score},
        "whose": {"speaker": voice.speaker.name if voice.speaker else None, "evidence": voice.evidence}
        if voice
        else None,
        "share": round(account.share, 3),
        "explained": looked_at,
    }


def quote_json(document: Document, quote: Quote) -> dict[str, Any]:
    """One quote with its words, offsets, cue and speaker."""
    from retrieval.display import display

    text = document.text
    return {
        "id": quote.id,
        "kind": quote.kind,
        "text": display(text, quote.fragments),
        "fragments": [{"text": f.of(text), "start": f.start, "end": f.end} for f in quote.fragments],
        "cue": quote.cue.of(text) if quote.cue else None,
        "mention": quote.mention.of(text) if quote.mention else None,
        "speaker": quote.speaker.name if quote.speaker else None,
        "speaker_id": quote.speaker.id if quote.speaker else None,
        "unnamed": bool(quote.speaker and quote.speaker.unnamed),
        "role": quote.role,
        "said_on": quote.said_on.isoformat() if quote.said_on else None,
        "confidence": round(quote.confidence, 3),
        "evidence": quote.evidence,
    }


def print_found(reader: Reader, documents: list[Document]) -> None:
    """The quotes of each document for a person to read."""
    from rich.text import Text

    from bot.shell.console import out, printable
    from retrieval.display import display

    console = out()
    for document in documents:
        console.print(Text(printable(document.title or document.path), style="bold"))
        for quote in reader.read(document):
            speaker = quote.speaker.name if quote.speaker else "unattributed"
            role = f", {quote.role}" if quote.role else ""
            console.print(f"  {printable(speaker + role)} · {quote.kind} · {quote.confidence:.2f}")
            console.print(Text(f"    {printable(display(document.text, quote.fragments))}"))
        console.print()


def print_explained(reader: Reader, documents: list[Document]) -> None:
    """Each stretch that was looked at: what became of it, and the sentence that says why."""
    from rich.text import Text

    from bot.shell.console import out, printable
    from retrieval.traces import lines

    console = out()
    for document in documents:
        console.print(Text(printable(document.title or document.path), style="bold"))
        for line in reader.account(document).lines():
            console.print(Text(f"  {printable(line)}"))
        for explained in reader.explain(document):
            style = {"left out": "yellow", "unattributed": "red"}.get(explained.verdict, "green")
            words = printable(" ".join(explained.span.of(document.text).split()))
            console.print(Text(f"  {explained.verdict}", style=style) + Text(f"  {words}"))
            console.print(Text(f"      {printable(explained.sentence)}", style="dim"))
            for line in lines(explained.trace):
                console.print(Text(f"        {printable(line)}", style="dim"))
        for credit in reader.credits(document):
            whose = f" ({credit.of})" if credit.of else ""
            told = f"{credit.speaker.name}: {' '.join(credit.words.split())}{whose}"
            console.print(Text("  called", style="cyan") + Text(f"  {printable(told)} · {credit.kind}"))
        console.print()
