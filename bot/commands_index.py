"""Commands that keep the index: index, and what looks after it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retrieval.model import Report

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command()(index)


def index(
    context: typer.Context,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Read everything anew, beside the old index.")] = False,
    as_json: Json = False,
) -> None:
    """Bring the index to the state of the corpus folder."""
    from bot.progress import showing
    from bot.wiring import make_index

    with make_index(context.obj) as found, showing() as progress:
        report = found.sync(progress, rebuild=rebuild)
    if as_json:
        typer.echo(json.dumps(report_json(report), ensure_ascii=False, indent=2))
    else:
        for line in report_lines(report):
            typer.echo(line)
    raise typer.Exit(1 if report.failed else 0)


def report_json(report: Report) -> dict[str, Any]:
    """A report as plain values."""
    from dataclasses import asdict

    return asdict(report)


def report_lines(report: Report) -> Iterator[str]:
    """A report as lines for a person: what was done, what is there, what could not be taken."""
    from bot.console import printable

    done = [
        (len(report.added), "added"),
        (len(report.replaced), "replaced"),
        (len(report.renamed), "renamed"),
        (len(report.removed), "removed"),
    ]
    told = ", ".join(f"{number} {what}" for number, what in done if number) or "nothing to do"
    yield f"{told} ({report.seconds:.1f} s)"
    yield f"{report.documents} documents, {report.quotes} quotes, {report.passages} passages"
    for skipped in report.skipped:
        yield printable(f"skipped {skipped.path}: {skipped.reason}")
    for failed in report.failed:
        yield printable(f"failed {failed.path}: {failed.error}")
