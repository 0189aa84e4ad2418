"""Commands for a person's request about what is kept of them: export and forget."""

from __future__ import annotations

import json
import re
from contextlib import closing
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.settings import Settings
    from retrieval.records import Records

User = Annotated[str, typer.Argument(help="The person's Slack user id, such as U012AB3CD (in their profile, under ⋮).")]


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command()(export)
    app.command()(forget)


def export(context: typer.Context, user: User) -> None:
    """Print as JSON everything that is kept under a person's id."""
    with closing(_records(context.obj)) as records:
        found = records.of_person(_identifier(user))
    typer.echo(json.dumps(found, ensure_ascii=False, indent=2))


def forget(context: typer.Context, user: User) -> None:
    """Delete what a person asked and said of answers, and take their id out of the log; also while the bot runs."""
    with closing(_records(context.obj)) as records:
        touched = records.forget_person(_identifier(user))
    told = ", ".join(f"{table} {number}" for table, number in touched.items() if number)
    typer.echo(f"forgotten: {told}" if told else "nothing is kept of this person")
    typer.echo("Backups that were made before still hold it.")


def _identifier(user: str) -> str:
    found = re.fullmatch(r"(?:<@)?([UW][A-Z0-9]{1,20})(?:\|[^<>]*)?>?", user.strip())
    if found is None:
        raise typer.BadParameter("a person is named by their Slack user id, such as U012AB3CD")
    return found[1]


def _records(settings: Settings) -> Records:
    from retrieval.errors import NotFound
    from retrieval.records import Records

    path = settings.data_dir / "records.sqlite"
    if not path.is_file():
        raise NotFound(f"Nothing is kept of anybody yet: {path} is not there.")
    return Records(path)
