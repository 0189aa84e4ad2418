"""`people`: who is known, in which offices, until when; and taking persons and offices from a file."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

people = typer.Typer(help="Who is known, in which offices and until when.", invoke_without_command=True)


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.add_typer(people, name="people")


@people.callback()
def listed(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the people and bodies that are known, with their offices, and check the corpus's own people.toml."""
    if context.invoked_subcommand is not None:
        return
    import json

    from bot.shell.console import out, printable
    from retrieval.own_people import NAME
    from retrieval.people import load_people

    known = load_people(context.obj.corpus_dir / NAME)  # raises where the file is malformed, with the place
    if as_json:
        typer.echo(json.dumps([_row(p) for p in known.persons], ensure_ascii=False, indent=2))
        return
    console = out()
    for person in known.persons:
        console.print(printable(f"{person.name}  [{person.id}]"))
        for role in person.roles:
            until = "" if role.until is None else "…" if role.until == known.known_to else role.until.isoformat()
            console.print(printable(f"    {role.title}, {role.of}, {role.since or '…'} to {until or 'now'}"))
    own = " and the corpus's people.toml" if known.own else ""
    console.print(f"{len(known.persons)} people and bodies, from the program{own}. {told_of_age(known.known_to)}")


def told_of_age(known_to: date | None) -> str:
    """Up to which day offices are known, and what to do when that is long ago."""
    from retrieval.people_file import months_since

    if known_to is None:
        return ""
    months = months_since(known_to)
    ago = (
        f", {months} months ago: no later office is told; `nato-quote people import` takes newer ones"
        if months > 6
        else ""
    )
    return f"Offices are known up to {known_to.isoformat()}{ago}."


@people.command("import")
def taken(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A CSV, or the JSON of the Wikidata query in docs/operating.md.")],
    known_to: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day of the file; today if not given.")
    ] = None,
) -> None:
    """Put the persons and offices of a file into the corpus's people.toml; whoever stands there already is left."""
    from bot.shell.console import out, printable
    from retrieval.own_people import NAME
    from retrieval.people import load_people
    from retrieval.people_import import entries_of, toml_of

    own = context.obj.corpus_dir / NAME
    known = load_people(own)
    entries = entries_of(file, (known_to or datetime.now()).date())  # noqa: DTZ005  the day where the person sits
    theirs = _ids(own)
    new = [entry for entry in entries if entry.id not in theirs]
    before = own.read_text(encoding="utf-8-sig") if own.exists() else ""
    after = (before.rstrip("\n") + "\n" if before.strip() else "") + toml_of(new)
    _refuse_malformed(after, file)
    if new:
        beside = own.with_name(f".{own.name}.new")
        beside.write_text(after, encoding="utf-8")
        beside.replace(own)
    console = out()
    console.print(f"{len(new)} people put into {own}; {len(entries) - len(new)} stood there already and were left.")
    replaced = [entry.name for entry in new if known.get(entry.id) is not None]
    if replaced:
        console.print(printable(f"In the place of those that come with the program: {', '.join(replaced[:10])}."))


def _ids(own: Path) -> set[str]:
    import tomllib

    data: dict[str, Any] = tomllib.loads(own.read_text(encoding="utf-8-sig")) if own.exists() else {}
    return {*data.get("person", {}), *data.get("body", {})}


def _refuse_malformed(text: str, file: Path) -> None:
    from retrieval.errors import ConfigurationError
    from retrieval.people import people_with

    try:
        people_with(text)
    except (TypeError, ValueError) as error:
        raise ConfigurationError(
            f"{file.name} would make the people.toml malformed: {error}. Nothing was changed."
        ) from error


def _row(person: Any) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "type": person.type,
        "aliases": list(person.aliases),
        "roles": [
            {
                "title": role.title,
                "of": role.of,
                "since": role.since.isoformat() if role.since else None,
                "until": role.until.isoformat() if role.until else None,
            }
            for role in person.roles
        ],
    }
