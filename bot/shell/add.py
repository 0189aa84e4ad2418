"""The command that adds documents: from files and addresses, with a look before it keeps them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.shell.mend import me
from retrieval.errors import DocumentError, NatoQuotesError

if TYPE_CHECKING:
    from bot.settings import Settings
    from retrieval.adding import CorpusView, DocumentReader, Incoming, Preview
    from retrieval.formats.metadata import Metadata
    from retrieval.taking.limits import Worker


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(add)


def add(
    context: typer.Context,
    sources: Annotated[list[str], typer.Argument(help="Files, or addresses that start with http:// or https://.")],
    preview: Annotated[bool, typer.Option("--preview", help="Only show what was understood; keep nothing.")] = False,
    title: Annotated[str | None, typer.Option(help="The title, where the document's own is wrong.")] = None,
    date: Annotated[str | None, typer.Option(help="The day of publication: 2024-12-03.")] = None,
    publisher: Annotated[str | None, typer.Option(help="Who published it.")] = None,
    url: Annotated[str | None, typer.Option(help="Where it was published.")] = None,
    speaker: Annotated[str | None, typer.Option(help="Whose the text is, where no label says it.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    index: Annotated[bool, typer.Option("--index/--no-index", help="Bring the index up to date afterwards.")] = True,
) -> None:
    """Copy documents into the corpus folder, from files or from the web, and index them."""
    from bot.shell.console import printable

    given = _given(title, date, publisher, url, speaker)
    failures: list[tuple[str, str]] = []
    results: list[dict[str, Any]] = []
    for source, found in _candidates(context.obj, sources, given, failures):
        if preview:
            results.append({"source": source, "articles": _previews(context.obj, found)})
            continue
        try:
            results.append({"source": source, "path": _kept(context.obj, found)})
        except DocumentError as error:
            failures.append((source, str(error)))
    if as_json:
        told = {"results": results, "failed": [{"source": s, "error": e} for s, e in failures]}
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for line in _lines(results):
            typer.echo(line)
    for source, reason in failures:
        typer.echo(printable(f"not added: {source}: {reason}"), err=True)
    if index and not preview and results:
        _index(context.obj, as_json=as_json)
    raise typer.Exit(1 if failures else 0)


def _given(
    title: str | None, date: str | None, publisher: str | None, url: str | None, speaker: str | None
) -> Metadata:
    """The facts stated on the command line; what cannot be one is a usage error."""
    from retrieval.formats.metadata import Metadata, day, one_line, web_address

    published = day(date) if date else None
    if date and published is None:
        raise typer.BadParameter("--date is a whole day, such as 2024-12-03")
    address = web_address(url) if url else None
    if url and address is None:
        raise typer.BadParameter("--url is an address that starts with http:// or https://")
    return Metadata(
        title=one_line(title) if title else None,
        publisher=one_line(publisher) if publisher else None,
        published=published,
        url=address,
        speaker=_name(speaker) if speaker is not None else None,
        speaker_given_by=me() if speaker is not None else None,
    )


def _name(speaker: str) -> str:
    from retrieval.formats.given_speaker import speaker_name

    try:
        return speaker_name(speaker)
    except DocumentError as error:
        raise typer.BadParameter(str(error)) from error


def _candidates(
    settings: Settings, sources: list[str], given: Metadata, failures: list[tuple[str, str]]
) -> Iterator[tuple[str, Incoming]]:
    """What each source holds; one that cannot be taken is noted, and the others go on."""
    from retrieval.taking.limits import Worker

    with Worker() as worker:
        for source in sources:
            try:
                yield source, _candidate(settings, source, given, worker)
            except DocumentError as error:
                failures.append((source, str(error)))


def _candidate(settings: Settings, source: str, given: Metadata, worker: Worker) -> Incoming:
    from retrieval import adding
    from retrieval.taking import fetch

    if source.lower().startswith(("http://", "https://")):
        return adding.from_address(source, given, door=fetch.Door(loopback=settings.fetch_loopback), worker=worker)
    if "://" in source:
        raise DocumentError("Only addresses that start with http:// or https:// are fetched.")
    return adding.from_path(Path(source).expanduser(), given, worker=worker)


def _kept(settings: Settings, candidate: Incoming) -> str:
    from retrieval.adding import keep

    return keep(settings.corpus_dir, candidate)


def _previews(settings: Settings, candidate: Incoming) -> list[dict[str, Any]]:
    from retrieval.adding import preview

    reader, shelf = _parts(settings)
    return [preview_json(one) for one in preview(candidate, reader, shelf)]


def _parts(settings: Settings) -> tuple[DocumentReader, CorpusView | None]:
    """What finds quotes, and what knows the documents that are there (None before the first index)."""
    from bot.wiring import make_reader, open_catalog

    try:
        return make_reader(settings), open_catalog(settings)
    except NatoQuotesError:
        return make_reader(settings), None  # nothing is indexed yet, so nothing can be there twice


def preview_json(preview: Preview) -> dict[str, Any]:
    """A preview as plain values."""
    from retrieval.accounts import account_of

    document = preview.document
    return {
        "title": document.title,
        "publisher": document.publisher,
        "published": document.published.isoformat() if document.published else None,
        "url": document.url,
        "author": document.author,
        "dated_by": document.dated_by,
        "modified": document.modified.isoformat() if document.modified else None,
        "speaker_given": document.speaker_given,
        "form": document.form,
        "form_by": document.form_by,
        "whose": document.whose,
        "told": document.told,
        "taken": document.taken,
        "account": dict(account_of(document, [s.name for s in preview.speakers if s.name])),
        "quotes": preview.quotes,
        "speakers": [{"name": s.name, "quotes": s.quotes} for s in preview.speakers],
        "first_lines": list(preview.first_lines),
        "duplicates": [{"id": d.id, "title": d.title, "path": d.path} for d in preview.duplicates],
        "questions": list(preview.questions),
        "silent": list(preview.silent),
    }


def _lines(results: list[dict[str, Any]]) -> Iterator[str]:
    """Results as lines for a person."""
    from bot.shell.console import printable

    for result in results:
        if "path" in result:
            yield printable(f"added {result['source']} as {result['path']}")
            continue
        for article in result["articles"]:
            yield from (printable(line) for line in _article_lines(result["source"], article))


def _article_lines(source: str, article: dict[str, Any]) -> Iterator[str]:
    yield f"{source}:"
    for name in ("title", "publisher", "published", "url"):
        by = f" ({article['dated_by']})" if name == "published" and article["dated_by"] else ""
        yield f"  {name}: {article[name] or 'not known'}{by}"
    for name, value in (("author", article["author"]), ("last changed", article["modified"])):
        if value:
            yield f"  {name}: {value}"
    if article["speaker_given"]:
        yield f"  speaker of what no label gives to anybody: {article['speaker_given']}"
    by = ", ".join(f"{s['name'] or 'nobody that is sure'} {s['quotes']}" for s in article["speakers"])
    yield f"  quotes: {article['quotes']}" + (f" ({by})" if by else "")
    for name, value in article["account"].items():
        yield f"  {name}: {value}"
    for told in article["silent"]:
        yield f"  it {told}"
    for line in article["first_lines"]:
        yield f"  | {line}"
    for other in article["duplicates"]:
        yield f"  already there: {other['title'] or other['path']} ({other['id']})"
    for question in article["questions"]:
        yield f"  you could ask: {question}"


def _index(settings: Settings, *, as_json: bool) -> None:
    """Bring the index up to date, and say what the new documents were understood to be."""
    from bot.shell.console import printable
    from bot.shell.progress import showing
    from bot.wiring import bring_up_to_date, make_index

    with make_index(settings) as found, showing() as progress:
        report = bring_up_to_date(found, progress)
    for one in report.understood if report is not None and not as_json else ():
        typer.echo(printable(f"read {one.path}: {one.sentence}"))
