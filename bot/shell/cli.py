"""The command line. stdout carries only the answer; progress, notes and logs go to stderr.

Nothing heavy is imported before a command needs it, so that `--help` and `status` answer at once.
"""

from __future__ import annotations

import gc
import io
import json
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.logs import set_up_plain_logging
from bot.settings import load_settings
from bot.shell import add, index, known_people, privacy, quotes
from bot.shell.ask import register as register_asking
from retrieval.errors import NatoQuotesError

if TYPE_CHECKING:
    from retrieval.asking.answer import QuoteFinder
    from retrieval.model import Answer, QuoteHit

EXIT_ANSWERED, EXIT_FAILED, EXIT_USAGE, EXIT_ABSTAINED = 0, 1, 2, 3

app = typer.Typer(
    name="nato-quote",
    help="Exact words, who said them, when, and where: quotations from your documents, and nothing invented.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.callback()
def options(
    context: typer.Context,
    corpus: Annotated[Path | None, typer.Option(help="The folder of documents (CORPUS_DIR).")] = None,
    data: Annotated[Path | None, typer.Option(help="The folder of index and records (DATA_DIR).")] = None,
) -> None:
    """Read the settings once, for whichever command follows."""
    settings = load_settings(corpus, data)
    set_up_plain_logging("warning" if settings.log_level == "info" else settings.log_level)
    context.obj = settings


@app.command()
def ask(
    context: typer.Context,
    question: Annotated[list[str] | None, typer.Argument(help="The question, in your own words.")] = None,
    as_json: Json = False,
    limit: Annotated[int, typer.Option(min=1, max=50, help="At most so many quotes.")] = 3,
    batch: Annotated[Path | None, typer.Option(help="A JSONL file of questions: one JSON answer a line.")] = None,
    full: Annotated[bool, typer.Option("--full", help="Show long statements whole.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Tell stage by stage how the answer came about.")] = False,
) -> None:
    """Answer a question with verbatim quotes, or say honestly that there are none."""
    from bot.shell.console import print_answer, print_trace, waiting
    from bot.wiring import open_finder
    from retrieval.as_json import answer_json
    from retrieval.model import EVERYBODY

    if (question is None) == (batch is None):
        raise typer.BadParameter('ask one question (ask "what did … say about …?"), or give --batch FILE.jsonl')
    lines = read_batch(batch) if batch else None  # a file that cannot be read is told before a model is loaded
    with open_finder(context.obj) as finder:
        if lines is not None:
            answer_batch(finder, lines, limit, explain=explain)
            return
        with waiting("Looking …"):
            answer = finder.ask(" ".join(question or ()), EVERYBODY, limit=limit, explain=explain)
    if full:
        answer = whole(answer)
    if as_json:
        print_json(answer_json(answer))
    else:
        print_answer(answer)
        if answer.trace is not None:
            print_trace(answer.trace)
    raise typer.Exit(EXIT_ANSWERED if answer.answered else EXIT_ABSTAINED)


def whole(answer: Answer) -> Answer:
    """The same answer with long statements uncut."""
    from retrieval.display import display

    def uncut(hit: QuoteHit) -> QuoteHit:
        fragments = hit.quote.fragments
        return replace(hit, text=display(hit.document.text, fragments), fragments=fragments, truncated=False)

    return replace(
        answer,
        quotes=tuple(uncut(hit) if hit.truncated else hit for hit in answer.quotes),
        near=tuple(uncut(hit) if hit.truncated else hit for hit in answer.near),
    )


def read_batch(path: Path) -> list[tuple[str, str]]:
    """The (id, question) lines of a JSONL file; raises BadParameter naming the line that does not fit."""
    from bot.shell.jsonl import read_jsonl

    return read_jsonl(path, '{"id": …, "question": …}', lambda e: (str(e["id"]), str(e.get("question") or "")))


def answer_batch(finder: QuoteFinder, lines: Iterable[tuple[str, str]], limit: int, *, explain: bool = False) -> None:
    """Print one JSON answer a line, in order, each with its question's id."""
    from retrieval.as_json import answer_json
    from retrieval.model import EVERYBODY

    for identifier, text in lines:
        answer: Answer = finder.ask(text, EVERYBODY, limit=limit, explain=explain)
        typer.echo(json.dumps({"id": identifier, **answer_json(answer)}, ensure_ascii=False))


@app.command()
def serve(context: typer.Context) -> None:
    """Connect to Slack and answer there."""
    from bot.logs import set_up_logging
    from bot.slack.serve import serve as run

    set_up_logging(context.obj.log_level)
    run(context.obj)


@app.command()
def status(context: typer.Context, as_json: Json = False) -> None:
    """Say what the index holds, and what could not be taken."""
    from bot.shell.console import some_of
    from retrieval.accounts import forms_line
    from retrieval.people_file import known_to
    from retrieval.status import read_status

    found = read_status(context.obj.corpus_dir, context.obj.data_dir)
    if as_json:
        print_json(found)
        return
    for name in ("documents", "quotes", "passages", "speakers"):
        typer.echo(f"{name:<11}{found[name]}")
    if found["forms"]:
        typer.echo(f"{'forms':<11}{forms_line((f['form'], f['documents'], f['told']) for f in found['forms'])}")
    typer.echo(f"{'model':<11}{found['model'] or 'none yet'}")
    typer.echo(f"{'people':<11}{known_people.told_of_age(known_to())}")
    typer.echo(f"{'last index':<11}{found['last_index'] or 'never; run: nato-quote index'}")
    if found["foreign"]:
        typer.echo(f"corpus     {found['foreign']}, not {context.obj.corpus_dir}")
    if found["encoder"]:
        typer.echo(f"slow       {found['encoder']}")
    if found["writer"]:
        typer.echo(f"writing    {found['writer']}")
    for failed in found["failed"]:
        typer.echo(f"failed     {failed['path']}: {failed['error']}")
    for skipped in found["skipped"]:
        typer.echo(f"skipped    {skipped['path']}: {skipped['reason']}")
    for one in found["loose"]:
        typer.echo(f"correction {one['path']}: {one['sentence']}")
    for told in some_of([(s["path"], s["sentence"]) for s in found["silent"]]):
        typer.echo(f"note       {told}")


@app.command()
def sources(context: typer.Context, as_json: Json = False) -> None:
    """List the documents."""
    from bot.shell.console import day, printable
    from bot.wiring import open_catalog
    from retrieval.as_json import document_facts_json
    from retrieval.model import EVERYBODY

    catalog = open_catalog(context.obj)
    documents = catalog.documents(EVERYBODY)
    counts = catalog.quote_counts()
    if as_json:
        print_json([{**document_facts_json(d), "quotes": counts.get(d.id, 0)} for d in documents])
        return
    for d in documents:
        parts = [d.title or d.path, d.publisher, day(d.published), d.form, f"{counts.get(d.id, 0)} quotes"]
        typer.echo(f"{d.id}\n  " + printable(" · ".join(p for p in parts if p)) + (f"\n  {d.url}" if d.url else ""))


@app.command()
def text(context: typer.Context, document_id: Annotated[str, typer.Argument(help="As `sources` lists it.")]) -> None:
    """Print the canonical text that offsets point into."""
    from bot.wiring import open_catalog
    from retrieval.errors import NotFound

    document = open_catalog(context.obj).document(document_id)
    if document is None:
        raise NotFound(f"There is no document {document_id!r}; `nato-quote sources` lists them.")
    # Byte for byte: no newline is added and none is translated.
    sys.stdout.buffer.write(document.text.encode("utf-8"))
    sys.stdout.buffer.flush()


def print_json(value: object) -> None:
    """Print a value as indented JSON."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


add.register(app)
index.register(app)
quotes.register(app)
known_people.register(app)
privacy.register(app)
register_asking(app)


def main() -> None:
    """Run the command line; an error of ours is one sentence and exit code 1."""
    gc.disable()  # a start makes what stays; looking through it for what can go took a tenth of the time (see `all_loaded`)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # half a character in a question ends no answer
    try:
        app()
    except NatoQuotesError as error:
        typer.echo(str(error), err=True)
        sys.exit(EXIT_FAILED)
    except UnicodeEncodeError:  # an argument of other bytes: Python hands them on as halves of characters
        typer.echo("An argument is not UTF-8 text; write it again in a terminal that is set to UTF-8.", err=True)
        sys.exit(EXIT_USAGE)
    except BrokenPipeError:  # the reader of our output (head, less) has gone
        sys.stderr.close()
        sys.exit(EXIT_FAILED)
    except OSError as error:
        if error.filename is None:  # of no file that somebody named, so it wants its traceback
            raise
        typer.echo(f"{error.filename} cannot be used ({error.strerror}); check the path and its permissions.", err=True)
        sys.exit(EXIT_FAILED)
