"""Commands that correct: hide, attribute, edit, and corrections to list and undo them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.settings import Settings
    from retrieval.storing.corrections import Correction
    from retrieval.syncing.correcting import Corrector
    from retrieval.syncing.loose import Loose

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
QuoteId = Annotated[str, typer.Argument(help="As `ask` prints it below a quote.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (hide, attribute, edit, corrections):
        app.command()(command)


@contextmanager
def correcting(settings: Settings) -> Iterator[Corrector]:
    """What corrects; the catalog may belong to another process, which shows a correction at once."""
    from bot.wiring import make_people, open_catalog
    from retrieval.records import Records
    from retrieval.syncing.correcting import Corrector

    catalog = open_catalog(settings)
    records = Records(settings.data_dir / "records.sqlite")
    try:
        yield Corrector(catalog, records, make_people(settings, catalog))
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    finally:
        records.close()
        catalog.close()


def me() -> str:
    """Who is at this shell, for the audit log."""
    import getpass
    import socket

    return f"{getpass.getuser()}@{socket.gethostname()}"


def hide(context: typer.Context, quote_id: QuoteId) -> None:
    """Show a quote no more, in no answer and in no passage."""
    with correcting(context.obj) as corrector:
        tell(made := corrector.hide(quote_id, me()))
        tell_of(corrector, made)


def attribute(
    context: typer.Context,
    quote_id: QuoteId,
    speaker: Annotated[str, typer.Argument(help='A name or an id; "" for nobody.')],
) -> None:
    """Credit a quote to somebody else, or to nobody."""
    with correcting(context.obj) as corrector:
        tell(made := corrector.attribute(quote_id, speaker, me()))
        tell_of(corrector, made)


def edit(
    context: typer.Context,
    document_id: Annotated[str, typer.Argument(help="As `sources` lists it.")],
    title: Annotated[str | None, typer.Option(help='The title; "" when it is not known.')] = None,
    publisher: Annotated[str | None, typer.Option(help='The publisher; "" when it is not known.')] = None,
    published: Annotated[str | None, typer.Option(help='The date, as 2024-07-10; "" when it is not known.')] = None,
    url: Annotated[str | None, typer.Option(help='The address; "" when it is not known.')] = None,
    speaker: Annotated[
        str | None, typer.Option(help='Whose the text is that no label gives to anybody; "" for nobody.')
    ] = None,
) -> None:
    """Put a document's title, publisher, date, address or speaker right."""
    given = {"title": title, "publisher": publisher, "published": published, "url": url, "speaker": speaker}
    with correcting(context.obj) as corrector:
        made = corrector.edit(document_id, {name: value for name, value in given.items() if value is not None}, me())
        tell(made)
    read_again(context.obj, made)


def read_again(settings: Settings, correction: Correction) -> None:
    """Have a document read again that has another speaker now, here or by the process that follows the corpus."""
    from bot.shell.index import sync_or_hand_over
    from bot.wiring import make_index
    from retrieval.storing.corrections import gives_speaker

    if gives_speaker(correction):
        with make_index(settings) as found:
            sync_or_hand_over(found, rebuild=False)


def corrections(
    context: typer.Context,
    undo: Annotated[int | None, typer.Option(help="Take the correction of this number back.")] = None,
    as_json: Json = False,
) -> None:
    """List the corrections in force, or undo one."""
    from dataclasses import asdict

    from retrieval.syncing.correcting import Corrections

    with correcting(context.obj) as corrector:
        if undo is not None:
            undone = corrector.undo(undo, me())
            typer.echo(f"undone: {line(undone)}")
    if undo is not None:
        read_again(context.obj, undone)
        return
    with correcting(context.obj) as corrector:
        active = Corrections(corrector.records).active()
        told = {correction.id: corrector.told_of(correction) for correction in active}
    if as_json:
        listed = [{**asdict(c), **loose_json(told[c.id])} for c in active]
        typer.echo(json.dumps(listed, ensure_ascii=False, indent=2))
        return
    for correction in active:
        typer.echo(line(correction))
        if (one := told[correction.id]) is not None:
            typer.echo(f"   {one.sentence}")


def loose_json(told: Loose | None) -> dict[str, object]:
    """Whether a correction applies to nothing any more, what is to be told of it, and the ids of quotes of much the same words."""
    if told is None:
        return {"gone": False, "told": None, "copies": []}
    return {"gone": told.gone, "told": told.sentence, "copies": [quote for quote, _ in told.copies]}


def tell_of(corrector: Corrector, correction: Correction) -> None:
    """Say where much the same words are shown besides, and how they are put right too."""
    from bot.shell.console import printable

    told = corrector.told_of(correction)
    for quote, document in told.copies if told else ():
        typer.echo(printable(f"much the same words are shown in {document}: nato-quote {correction.what} {quote}"))


def tell(correction: Correction) -> None:
    """Say what was corrected, and how it is undone."""
    typer.echo(line(correction))
    typer.echo(f"undo it with: nato-quote corrections --undo {correction.id}")


def line(correction: Correction) -> str:
    """A correction in one line for a person."""
    from bot.shell.console import printable

    change = correction.change
    if correction.what == "hide":
        done = "hidden"
    elif correction.what == "attribute":
        done = f"credited to {change['speaker_name'] or 'nobody'}" + (f" ({change['role']})" if change["role"] else "")
    else:
        done = ", ".join(f"{name}: {value or 'not known'}" for name, value in change.items())
    words = " […] ".join(" ".join(part.split()) for part in correction.words)
    shown = f" “{words[:80]}{'…' if len(words) > 80 else ''}”" if words else ""
    return printable(f"{correction.id}  {correction.target}{shown}  {done}  by {correction.who}")
