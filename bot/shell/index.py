"""Commands that keep the index: index, verify, log and doctor."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.shell import mend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.settings import Settings
    from retrieval.ingest import Index
    from retrieval.model import Report
    from retrieval.records import AuditEntry

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (index, verify, log, doctor, backup):
        app.command()(command)
    mend.register(app)


def index(
    context: typer.Context,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Read everything anew, beside the old index.")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Go on, and index what changes, until interrupted.")] = False,
    as_json: Json = False,
) -> None:
    """Bring the index to the state of the corpus folder."""
    from bot.wiring import make_index

    with make_index(context.obj) as found:
        if watch:
            follow(found)
            return
        report = sync_or_hand_over(found, rebuild=rebuild)
    if as_json:
        typer.echo(json.dumps(report_json(report), ensure_ascii=False, indent=2))
    else:
        for line in report_lines(report):
            typer.echo(line)
    raise typer.Exit(1 if report.failed else 0)


def sync_or_hand_over(found: Index, *, rebuild: bool) -> Report:
    """Sync here; when a process that follows the corpus owns the folder, have it done there."""
    from bot.shell.console import waiting
    from bot.shell.progress import showing
    from retrieval.errors import IndexBusy
    from retrieval.storing.lock import FOLLOWERS
    from retrieval.syncing import handover

    try:
        with showing() as progress:
            return found.sync(progress, rebuild=rebuild)
    except IndexBusy:
        owner = found.lock.owner()
        if owner is None or owner.doing not in FOLLOWERS:
            raise
    request = handover.ask(found.data, rebuild=rebuild)
    with waiting(f"{owner} does it …"):
        report = handover.wait(found.data, request, alive=lambda: found.lock.owner() is not None)
    if report is not None:
        return report
    with showing() as progress:  # its owner has gone, so the folder is free
        return found.sync(progress, rebuild=rebuild)


def follow(found: Index) -> None:
    """Follow the corpus until Ctrl-C."""
    import signal
    import threading

    from bot.shell.console import err
    from retrieval.watch import Follower

    found.own("index --watch")
    stop, console = threading.Event(), err()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    console.print(f"following {found.corpus}; Ctrl-C ends it")
    follower = Follower(
        found,
        told=lambda report: console.print("\n".join(report_lines(report))),
        failed=lambda error: console.print(str(error)),
        doing="index --watch",
    )
    follower.run(stop)


def report_json(report: Report) -> dict[str, Any]:
    """A report as plain values."""
    from dataclasses import asdict

    return asdict(report)


def report_lines(report: Report) -> Iterator[str]:
    """A report as lines for a person: what was done, what is there, what could not be taken."""
    from bot.shell.console import printable, some_of

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
    yield from (printable(f"read {one.path}: {one.sentence}") for one in report.understood)
    yield from (printable(f"note {line}") for line in some_of([(s.path, s.sentence) for s in report.silent]))


def verify(
    context: typer.Context,
    repair: Annotated[bool, typer.Option("--repair", help="Mend what is wrong, from the corpus.")] = False,
    as_json: Json = False,
) -> None:
    """Re-read everything: quotes against documents, documents against files, vectors and full text."""
    from dataclasses import asdict

    from bot.shell.console import printable, waiting
    from bot.wiring import make_index
    from retrieval.integrity import verify as look

    with make_index(context.obj) as found, waiting("Re-reading everything …"):
        seen = look(found, repair=repair)
    if as_json:
        typer.echo(json.dumps(asdict(seen), ensure_ascii=False, indent=2))
        raise typer.Exit(1 if seen.faults else 0)
    vectors = (
        "vectors not looked at (they belong to another process)" if seen.vectors is None else f"{seen.vectors} vectors"
    )
    typer.echo(f"{seen.documents} documents, {seen.quotes} quotes, {vectors}")
    for fault in seen.mended:
        typer.echo(printable(f"mended: {fault.sentence} [{fault.target}]"))
    for fault in seen.faults:
        typer.echo(printable(f"wrong: {fault.sentence} [{fault.target}]"))
    if not seen.faults:
        typer.echo("everything is as it should be")
    elif not repair:
        typer.echo("mend it with: nato-quote verify --repair")
    raise typer.Exit(1 if seen.faults else 0)


def log(
    context: typer.Context,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many lines.")] = 50,
    as_json: Json = False,
) -> None:
    """Say who added, removed, corrected and re-indexed what and when, newest first."""
    from dataclasses import asdict

    from bot.shell.console import printable

    entries = read_log(context.obj, limit)
    if as_json:
        typer.echo(json.dumps([asdict(entry) for entry in entries], ensure_ascii=False, indent=2))
        return
    for entry in entries:
        typer.echo(printable(log_line(entry)))


def read_log(settings: Settings, limit: int) -> tuple[AuditEntry, ...]:
    """The newest lines of the audit log; none when nothing was kept yet."""
    from retrieval.records import Records

    path = settings.data_dir / "records.sqlite"
    if not path.is_file():
        return ()
    records = Records(path)
    try:
        return records.audit_log(limit)
    finally:
        records.close()


def log_line(entry: AuditEntry) -> str:
    """A line of the audit log for a person."""
    from datetime import datetime

    when = datetime.fromtimestamp(entry.at).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    files = entry.detail.get("files")
    if isinstance(files, dict):
        told = "; ".join(f"{name} {of['number']}: {', '.join(of['first'])}" for name, of in files.items())
    else:
        told = ", ".join(f"{name} {json.dumps(value, ensure_ascii=False)}" for name, value in entry.detail.items())
    return "  ".join(part for part in (when, entry.who, entry.what, entry.target, entry.place, told) if part)


def doctor(context: typer.Context, as_json: Json = False) -> None:
    """Look at everything that can be wrong with this installation, and say what to do about it."""
    from dataclasses import asdict

    from bot.settings import PROJECT
    from bot.shell.console import printable
    from bot.slack.checkup import examine_slack
    from retrieval.doctor import examine

    settings: Settings = context.obj
    checks = [
        *examine(
            settings.corpus_dir, settings.data_dir, chroma_url=settings.chroma_url, lock=PROJECT / "requirements.lock"
        ),
        *examine_slack(settings),
    ]
    if as_json:
        typer.echo(json.dumps([asdict(check) for check in checks], ensure_ascii=False, indent=2))
    else:
        for check in checks:
            typer.echo(printable(f"{'ok ' if check.well else 'BAD'} {check.name}: {check.found}"))
            if check.todo:
                typer.echo(printable(f"    → {check.todo}"))
    raise typer.Exit(0 if all(check.well for check in checks) else 1)


def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Where to put the copy; it must not be there yet.")],
) -> None:
    """Copy what cannot be rebuilt (questions waiting, audit log, feedback, corrections), also while the bot runs."""
    import sqlite3
    from contextlib import closing

    from retrieval.errors import NotFound, RecordsFault

    records = context.obj.data_dir / "records.sqlite"
    if not records.is_file():
        raise NotFound(f"There is nothing to back up yet: {records} is not there.")
    if file.exists():
        raise typer.BadParameter(f"{file} is there already; name another file")
    address = f"{records.resolve().as_uri()}?mode=ro"
    if not file.parent.is_dir():
        raise typer.BadParameter(f"there is no folder {file.parent}; make it, or name another place")
    try:
        file.touch(mode=0o600)  # what it holds is as private as what it is a copy of
        with closing(sqlite3.connect(address, uri=True)) as source, closing(sqlite3.connect(file)) as copy:
            source.backup(copy)
    except (sqlite3.Error, OSError) as error:
        file.unlink(missing_ok=True)
        raise RecordsFault(
            f"{records} could not be copied to {file} ({error}); see to the disk, and try again."
        ) from error
    typer.echo(
        f"{file}: {file.stat().st_size:,} bytes. To restore, stop the bot, delete {records}-wal and {records}-shm where they"
        f" lie there, and put it in place of {records}."
    )
