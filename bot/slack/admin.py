"""What admins do: add, keep, remove, re-index, look. Each act asks again who is asking, and goes into the audit log."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import structlog

from bot.library import Library
from bot.slack import jobs
from bot.slack.client import Later, SlackTrouble
from bot.slack.desk import Desk
from bot.slack.drafts import Drafts
from bot.slack.files import download
from bot.slack.guarding import guarded
from bot.slack.inbox import Event
from bot.slack.messages import admin_answers, answers, kit
from bot.slack.messages.kit import Message
from bot.slack.payloads import digest
from bot.slack.subcommands import in_marks
from retrieval.errors import DocumentError, IndexBusy
from retrieval.model import ADMIN, Audience, Document, Report
from retrieval.records import PLACE
from retrieval.storing import private

if TYPE_CHECKING:
    from retrieval.adding import Incoming
    from retrieval.syncing.reconcile import Progress

SHOW_EVERY = 1.0  # seconds between two updates of a progress message
Show = Callable[[Message], None]
log = structlog.get_logger()


@contextmanager
def acting(desk: Desk, user: str, what: str, place: str | None) -> Iterator[None]:
    """Inside, `user` is an admin who acts from `place`. Raises Forbidden for everybody else."""
    desk.admins.require(user, what, place)
    token = PLACE.set(place)
    try:
        yield
    finally:
        PLACE.reset(token)


def drafts(desk: Desk) -> Drafts:
    """The documents that were offered and not yet decided on."""
    return Drafts(desk.records, desk.settings.data_dir / "drafts")


# --- adding


def offer(desk: Desk, shelf: Library, event: Event, _audience: Audience) -> Message:
    """A file, an address or a pasted text, as it is understood, before it is kept."""
    with acting(desk, event.user, "add", event.channel):
        identifier = digest(event.event)
        draft = drafts(desk).put(identifier, event.user, _candidate(desk, event))
        desk.records.audit(event.user, "offered a document", target=draft.name)
        return look_at(desk, shelf, identifier)


def look_at(desk: Desk, shelf: Library, identifier: str) -> Message:
    """A draft's preview."""
    from retrieval.adding import preview

    kept = drafts(desk)
    draft = kept.get(identifier)
    if draft.state != "open":
        return answers.note(f"{draft.name} was {draft.state}.")
    found = preview(kept.candidate(draft), shelf.index.reader(), shelf.index.catalog)
    return admin_answers.preview(identifier, draft.name, found)


def keep(desk: Desk, shelf: Library, event: Event, show: Show) -> Message:
    """Put a draft into the corpus and the index, and offer questions that it answers."""
    from retrieval import adding

    identifier = str(event.extra["state"].get("i", ""))
    with acting(desk, event.user, "keep", event.channel):
        kept = drafts(desk)
        draft = kept.get(identifier)
        if draft.state == "discarded":
            return answers.note(f"{draft.name} was discarded; give it to me again to add it.")
        with jobs.working(desk.inbox, event.user, f"adding {draft.name}") as job:
            path = draft.path
            if draft.state == "open":
                path = adding.keep(desk.settings.corpus_dir, kept.candidate(draft))
            report = sync(desk, shelf, event.user, job, f"Keeping {draft.name}", show)
            failed = next((f.error for f in report.failed if f.path == path), None)
            if failed:
                return answers.note(f"{draft.name} could not be indexed. {failed}")
            if draft.state == "open":
                kept.decide(identifier, "kept", path)
                desk.records.audit(event.user, "added", target=path)
    documents = [d for d in shelf.documents(ADMIN) if d.path == path]
    silent = [s.sentence for s in report.silent if s.path.partition(" (text ")[0] == path]
    return admin_answers.kept(documents, shelf.quote_counts(), shelf.questions_of(documents), silent)


def discard(desk: Desk, _shelf: Library, event: Event, _show: Show) -> Message:
    """Let a draft go."""
    with acting(desk, event.user, "discard", event.channel):
        kept = drafts(desk)
        draft = kept.get(str(event.extra["state"].get("i", "")))
        if draft.state == "open":
            kept.decide(draft.id, "discarded")
            desk.records.audit(event.user, "discarded a document", target=draft.name)
        return answers.note(f"{draft.name} was {'discarded' if draft.state == 'open' else draft.state}.")


def edit_draft(desk: Desk, shelf: Library, event: Event, _show: Show) -> Message:
    """Put a draft's facts right, and look at it again."""
    with acting(desk, event.user, "edit details", event.channel):
        identifier = str(event.extra["state"].get("i", ""))
        drafts(desk).edit(identifier, event.extra["given"])
        return look_at(desk, shelf, identifier)


def _candidate(desk: Desk, event: Event) -> Incoming:
    from retrieval import adding
    from retrieval.formats.given_speaker import speaker_name
    from retrieval.formats.metadata import Metadata, day, one_line, web_address
    from retrieval.taking import fetch
    from retrieval.taking.limits import Worker

    given = event.extra.get("given") or {}
    facts = Metadata(
        title=one_line(given["title"]) if given.get("title") else None,
        publisher=one_line(given["publisher"]) if given.get("publisher") else None,
        published=day(given["published"]) if given.get("published") else None,
        url=web_address(given["url"]) if given.get("url") else None,
        speaker=speaker_name(given["speaker"]) if given.get("speaker") else None,
        speaker_given_by=event.user if given.get("speaker") else None,
    )
    with Worker() as worker:
        if event.extra.get("files"):
            file = download(desk.slack, str(event.extra["files"][0]["id"]))
            try:
                found = adding.from_bytes(file.data, file.name, facts, worker=worker)
            except DocumentError as error:  # of several files in one message each has to be named
                raise error if file.name in str(error) else DocumentError(f"{file.name}: {error}") from error
            if found.facts.url is None and file.permalink:  # it cites the file as it lies in Slack
                return adding.from_bytes(file.data, file.name, Metadata(url=file.permalink).under(facts), worker=worker)
            return found
        if given.get("text"):
            name = f"{(given.get('title') or 'pasted text')[:60]}.txt"
            return adding.from_bytes(given["text"].encode("utf-8", "replace"), name, facts, worker=worker)
        address = web_address(event.text or given.get("url") or "")
        if address is None:
            raise DocumentError("Give me an address that begins with https://, or drop a file into a direct message.")
        return adding.from_address(
            address, facts, door=fetch.Door(loopback=desk.settings.fetch_loopback), worker=worker
        )


# --- removing and re-indexing


def choose_removal(desk: Desk, shelf: Library, event: Event, _audience: Audience) -> Message:
    """The documents that some words fit, to choose from."""
    with acting(desk, event.user, "remove", event.channel):
        words = in_marks(event.text)
        if not words:
            return answers.note("Which document? /nato-quote remove WORDS OF ITS TITLE")
        return admin_answers.removable(shelf.find_documents(words), shelf.quote_counts(), words, shelf.together())


def remove(desk: Desk, shelf: Library, event: Event, show: Show) -> Message:
    """Take a document's file out of the corpus, and its words out of the index. The file is put aside, not destroyed."""
    with acting(desk, event.user, "remove", event.channel):
        document = shelf.catalog.document(str(event.extra["state"].get("d", "")))
        if document is None:
            return answers.note("That document is gone already.")
        with jobs.working(desk.inbox, event.user, f"removing {document.title or document.path}") as job:
            put_aside(desk, document)
            report = sync(desk, shelf, event.user, job, f"Removing {document.title or document.path}", show)
            desk.records.audit(event.user, "removed", target=document.path)
    return admin_answers.reported(f"Removed {kit.cut(document.title or document.path, 150, '…')}", report)


def put_aside(desk: Desk, document: Document) -> None:
    """Move a document's file, and what stands beside it, out of the corpus into DATA_DIR/removed."""
    from retrieval.formats.sidecar import SIDECAR

    corpus = desk.settings.corpus_dir.resolve()
    folder = desk.settings.data_dir / "removed" / time.strftime("%Y%m%d-%H%M%S")
    for name in (document.path, document.path + SIDECAR):
        file = (corpus / name).resolve()
        if file.is_relative_to(corpus) and file.is_file():
            private.make(folder.parent)
            private.make(folder)
            shutil.move(file, folder / file.name)
            (folder / file.name).chmod(0o600)


def reindex(desk: Desk, shelf: Library, event: Event, show: Show) -> Message:
    """Bring the index to the state of the corpus."""
    with (
        acting(desk, event.user, "re-index", event.channel),
        jobs.working(desk.inbox, event.user, "re-indexing") as job,
    ):
        report = sync(desk, shelf, event.user, job, "Re-indexing", show)
        desk.records.audit(
            event.user,
            "re-indexed",
            added=len(report.added),
            replaced=len(report.replaced),
            removed=len(report.removed),
            failed=len(report.failed),
        )
    return admin_answers.reported("Re-indexed", report)


def sync(desk: Desk, shelf: Library, who: str, job: int, what: str, show: Show) -> Report:
    """One run of the index with its progress shown; another process that owns the folder does it for us."""
    shown_at = 0.0

    def far(progress: Progress) -> None:
        nonlocal shown_at
        if time.monotonic() - shown_at < SHOW_EVERY:
            return
        shown_at = time.monotonic()
        jobs.far(desk.inbox, job, progress.done, progress.total)
        show(admin_answers.progress(what, progress.done, progress.total))

    show(admin_answers.progress(what))
    try:
        return shelf.index.sync(far, who=who)
    except IndexBusy:
        report = _handed_over(shelf)
        return report if report is not None else shelf.index.sync(far, who=who)


def _handed_over(shelf: Library) -> Report | None:
    from retrieval.storing.lock import FOLLOWERS
    from retrieval.syncing import handover

    owner = shelf.index.lock.owner()
    if owner is None or owner.doing not in FOLLOWERS:
        raise IndexBusy(f"The index is being written by {owner or 'another process'}. Please try again in a moment.")
    request = handover.ask(shelf.index.data)
    return handover.wait(shelf.index.data, request, alive=lambda: shelf.index.lock.owner() is not None)


# --- looking


def status(desk: Desk, _shelf: Library, event: Event, _audience: Audience) -> Message:
    """How the index and the inbox are."""
    with acting(desk, event.user, "status", event.channel):
        return admin_answers.status(known(desk), at_work(desk), max(0, desk.inbox.waiting() - 1))


def known(desk: Desk) -> dict[str, Any]:
    """What the index says of itself."""
    from retrieval.status import read_status

    return read_status(desk.settings.corpus_dir, desk.settings.data_dir)


def at_work(desk: Desk) -> str | None:
    """Who is at what, in a sentence; None when nobody is."""
    job = jobs.running(desk.inbox)
    return f"{job.who} {jobs.JobRunning(job)}" if job else None


def feedback(desk: Desk, shelf: Library, event: Event, _audience: Audience, before: int | None = None) -> Message:
    """Answers with a thumb down."""
    with acting(desk, event.user, "feedback", event.channel):
        found = desk.records.feedback("down", limit=admin_answers.PAGE + 1, before=before)
        quotes = shelf.catalog.quotes([q for one in found for q in one.quotes])
        return admin_answers.feedback(found, {q.id: q.document_id for q in quotes.values()})


def audit_log(desk: Desk, _shelf: Library, event: Event, _audience: Audience, before: int | None = None) -> Message:
    """What admins did, with what can be taken back."""
    from retrieval.syncing.correcting import Corrections

    with acting(desk, event.user, "log", event.channel):
        active = frozenset(c.id for c in Corrections(desk.records).active())
        loose = known(desk)["loose"] if before is None else ()
        return admin_answers.audit(desk.records.audit_log(admin_answers.PAGE * 2 + 1, before), active, loose)


def undo(desk: Desk, shelf: Library, event: Event, _audience: Audience) -> Message:
    """Take a correction back."""
    with acting(desk, event.user, "undo", event.channel):
        undone = shelf.corrector(desk.records).undo(int(event.extra["state"].get("n", 0)), event.user)
        shelf.read_again_after(undone)
        return answers.note(f"Taken back: {undone.what} of {undone.target}. What the document says counts again.")


# --- ways of showing progress


ACTS: dict[str, Callable[[Desk, Library, Event, Show], Message]] = {
    "keep": keep,
    "discard": discard,
    "edit_draft": edit_draft,
    "remove": remove,
    "reindex": reindex,
}


def perform(desk: Desk, event: Event, channel: str, ts: str) -> Message:
    """Carry out an act, with its progress and its end in one message that is updated."""

    def show(message: Message) -> None:
        try:
            desk.slack.call("chat.update", channel=channel, ts=ts, **message.payload())
        except SlackTrouble as trouble:  # the next update shows it
            log.info("progress_not_shown", trouble=str(trouble))

    try:
        message = guarded(desk, event, lambda shelf: ACTS[event.kind](desk, shelf, event, show))
    except jobs.JobRunning as busy:
        told = answers.busy(busy.job.who, str(busy))
        desk.slack.call("chat.postEphemeral", channel=channel, user=event.user, **told.payload())
        if event.extra.get("message_ts"):  # the message with the button stays as it is, to be pressed again
            return told
        message = told
    try:
        desk.slack.call("chat.update", channel=channel, ts=ts, **message.payload())
    except Later as later:
        raise Later(str(later), seconds=later.seconds, perhaps_done=False) from later
    return message


def is_offer(desk: Desk, event: Event) -> bool:
    """Whether a message hands over files to be added: in a direct message, or with a mention and "add"."""
    if not event.extra.get("files") or event.kind not in ("dm", "mention"):
        return False
    if "add" in event.text.casefold().split()[:3]:
        return True
    # With a question beside the file it is a question, unless an admin sends it.
    return event.kind == "dm" and (not event.text or desk.admins.is_admin(event.user))
