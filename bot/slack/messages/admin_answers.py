"""What admins see in messages: previews, progress, lists of what may be removed, feedback, the log. Pure."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from bot.slack.messages import answers, kit
from bot.slack.messages.kit import Block, Element, Message
from bot.slack.messages.listings import counted
from retrieval.accounts import account_of, facts_of
from retrieval.model import NO_DOCUMENTS, Document, Report

if TYPE_CHECKING:
    from retrieval.adding import Preview
    from retrieval.records import AuditEntry, Feedback

ARTICLES_SHOWN = 3
SPEAKERS_SHOWN = 8
PATHS_SHOWN = 8
SILENT_SHOWN = 3
SENTENCES_SHOWN = 4  # as many as there are kinds of silence
PAGE = 5
LOOSE_SHOWN = 3


def preview(draft_id: str, name: str, found: Sequence[Preview]) -> Message:
    """What was understood of a document, with the choice to keep it, to put its facts right, or to let it be."""
    head = kit.line(kit.words("Add this document? ", bold=True), kit.words(kit.cut(name, 120, "…")))
    note: list[Block] = []
    if len(found) > ARTICLES_SHOWN:
        note.append(
            kit.say(f"The file joins {len(found)} texts; the first {ARTICLES_SHOWN} are shown, all would be added.")
        )
    note.extend(kit.say(f"It {told}.") for told in dict.fromkeys(told for one in found for told in one.silent))
    value = kit.state(i=draft_id)
    choice = kit.actions(
        kit.button("draft_keep", "Keep", value, style="primary", says="Keep this document"),
        kit.button("draft_edit", "Edit details", value, says="Edit title, publisher, date and address"),
        kit.button("draft_discard", "Discard", value, says="Do not add this document"),
    )
    title = found[0].document.title if found and found[0].document.title else name

    def build(room: int) -> list[Block]:
        return [kit.rich(head), *(kit.rich(*_article(one, room)) for one in found[:ARTICLES_SHOWN]), *note, choice]

    return Message(f"Add this document? {title}", tuple(answers.fitted(build)))


def _article(one: Preview, room: int) -> list[Element]:
    document = one.document
    facts = [
        ("Title", document.title),
        ("Publisher", document.publisher),
        *([] if document.published else [("Published", None)]),
        *((name.capitalize(), value) for name, value in facts_of(document)),
        ("Address", document.url),
        *([("Whose text it is, where no label says so", document.speaker_given)] if document.speaker_given else []),
    ]
    lines = [
        kit.line(kit.words(f"{name}: ", italic=True), kit.words(kit.cut(value or "not known", min(300, room), "…")))
        for name, value in facts
    ]
    by = ", ".join(
        f"{kit.cut(s.name or 'nobody that is sure', min(60, room), '…')} ({s.quotes})"
        for s in one.speakers[:SPEAKERS_SHOWN]
    )
    more = f" and {len(one.speakers) - SPEAKERS_SHOWN} more" if len(one.speakers) > SPEAKERS_SHOWN else ""
    lines.append(
        kit.line(kit.words("Quotes: ", italic=True), kit.words(f"{one.quotes}{f', by {by}{more}' if by else ''}"))
    )
    lines.extend(
        kit.line(kit.words(f"{name.capitalize()}: ", italic=True), kit.words(kit.cut(value, min(300, room), "…")))
        for name, value in account_of(document, [s.name for s in one.speakers if s.name])
        if name != "who speaks"  # the line of quotes says it
    )
    if one.first_lines:
        lines.append(kit.line(kit.words("It begins:", italic=True)))
        lines.append(kit.quoted(kit.cut("\n".join(one.first_lines), min(480, room))))
    warned = kit.words("⚠️ Already here: ", bold=True)
    lines.extend(
        kit.line(warned, *answers.citation(other, other.url, room=min(120, room))) for other in one.duplicates[:3]
    )
    return lines


def progress(what: str, done: int = 0, total: int = 0) -> Message:
    """A job that is under way, and how far it is."""
    far = f": {done} of {total} files" if total else " …"
    return answers.note(f"⏳ {what}{far}")


def kept(
    documents: Sequence[Document], quotes: Mapping[str, int], questions: Sequence[str], silent: Sequence[str] = ()
) -> Message:
    """A document is in, with questions that it answers, and what is to be told of it."""
    items = [
        [*answers.citation(d, d.url, room=150), kit.words(f" · {counted(quotes.get(d.id, 0), 'quote')}")]
        for d in documents[:5]
    ]
    made: list[Block] = [
        kit.rich(kit.line(kit.words("✅ Kept, and answering from now on.", bold=True)), kit.bullets(items))
    ]
    made.extend(kit.say(f"It {told}.") for told in dict.fromkeys(silent))
    if len(documents) > 5:
        made.append(kit.say(f"and {len(documents) - 5} more texts of the same file."))
    if questions:
        made.append(kit.say("You could ask:"))
        made.append(
            kit.actions(
                *(
                    kit.button(f"example_{i}", q, kit.state(t=q[:300]), says=f"Ask: {q}")
                    for i, q in enumerate(questions[:3])
                )
            )
        )
    return Message(f"Kept: {'; '.join(d.title or d.path for d in documents[:5])}", tuple(made))


def reported(what: str, report: Report) -> Message:
    """What a run of the index changed, and what it could not take."""
    changes = [
        ("added", report.added),
        ("replaced", report.replaced),
        ("renamed", report.renamed),
        ("removed", report.removed),
    ]
    lines = [kit.line(kit.words(f"✅ {what}", bold=True))]
    for name, paths in changes:
        if paths:
            more = f" and {len(paths) - PATHS_SHOWN} more" if len(paths) > PATHS_SHOWN else ""
            shown = ", ".join(kit.cut(p, 60, "…") for p in paths[:PATHS_SHOWN])
            lines.append(kit.line(kit.words(f"{len(paths)} {name}: ", italic=True), kit.words(f"{shown}{more}")))
    if not any(paths for _, paths in changes):
        lines.append(kit.line(kit.words("Nothing had changed.")))
    held = f"{counted(report.documents, 'document')} and {counted(report.quotes, 'quote')}, in {report.seconds:.0f} s"
    lines.append(kit.line(kit.words(f"It holds {held}.")))
    lines.extend(failures([(f.path, f.error) for f in report.failed]))
    lines.extend(silent_told([(s.path, s.sentence) for s in report.silent]))
    return Message(f"{what}. It holds {held}.", (kit.rich(*lines),))


def failures(found: Sequence[tuple[str, str]]) -> list[Element]:
    """Files that could not be taken, each with its reason."""
    return files_told(found, "could not be taken")


def files_told(found: Sequence[tuple[str, str]], what: str, most: int = PATHS_SHOWN) -> list[Element]:
    """Files of which something is to be told, each with the reason; nothing where there are none."""
    if not found:
        return []
    items = [
        [kit.words(kit.cut(path, 80, "…"), bold=True), kit.words(f": {kit.cut(error, 180)}")]
        for path, error in found[:most]
    ]
    if len(found) > most:
        items.append([kit.words(f"and {len(found) - most} more; nato-quote status lists them all")])
    return [kit.line(kit.words(f"{counted(len(found), 'file')} {what}:", italic=True)), kit.bullets(items)]


def silent_told(found: Sequence[tuple[str, str]]) -> list[Element]:
    """What documents do not say, with what to do: a line for each thing, with the first files that it is true of."""
    lines: list[Element] = []
    for sentence in list(dict.fromkeys(sentence for _, sentence in found))[:SENTENCES_SHOWN]:
        paths = [path for path, told in found if told == sentence]
        more = f" and {len(paths) - SILENT_SHOWN} more (`nato-quote status`)" if len(paths) > SILENT_SHOWN else ""
        shown = ", ".join(kit.cut(path, 30, "…") for path in paths[:SILENT_SHOWN])
        lines.append(kit.line(kit.words(f"{shown}{more}: ", bold=True), kit.words(f"{kit.cut(sentence, 180)}.")))
    return lines


def removable(found: Sequence[Document], quotes: Mapping[str, int], words: str, together: Mapping[str, int]) -> Message:
    """Documents that fit some words, each with a button that asks once more before it removes."""
    if not found:
        return answers.note(f"No document's title or file name holds “{kit.cut(words, 100, '…')}”.")
    made: list[Block] = [kit.say("Which one is to go?")]
    for document in found[:PAGE]:
        made.append(
            kit.rich(
                kit.line(*answers.citation(document, document.url, room=150), kit.words(f" · {document.path[:150]}"))
            )
        )
        made.append(kit.actions(remove_button(document, quotes.get(document.id, 0), together.get(document.path, 1))))
    if len(found) > PAGE:
        made.append(kit.say(f"{len(found) - PAGE} more fit; give more words of the title."))
    return Message(f"{len(found)} documents fit", tuple(made))


def remove_button(document: Document, quotes: int, together: int) -> Element:
    """Asks once more, saying what will go."""
    title = kit.cut(document.title or document.path, 100, "…")
    goes = f"“{title}” and its {counted(quotes, 'quote')} will no longer be found."
    if together > 1:
        goes += f" Its file joins {together} texts; all of them go."
    made = kit.button("remove", "Remove …", kit.state(d=document.id), style="danger", says=f"Remove {title}")
    made["confirm"] = {
        "title": kit.plain("Remove this document?", 100),
        "text": kit.plain(kit.cut(goes, 300), 300),
        "confirm": kit.plain("Remove", 30),
        "deny": kit.plain("Keep it", 30),
        "style": "danger",
    }
    return made


def status(known: Mapping[str, Any], job: str | None, waiting: int) -> Message:
    """How the index and the inbox are."""
    counts = ", ".join(f"{known[name]:,} {name}" for name in ("documents", "quotes", "passages", "speakers"))
    lines = [
        kit.line(kit.words(counts, bold=True)),
        kit.line(kit.words("Last index run: ", italic=True), kit.words(known["last_index"] or "never")),
        kit.line(kit.words("Model: ", italic=True), kit.words(known["model"] or "none yet")),
        kit.line(kit.words("Questions being worked on: ", italic=True), kit.words(str(waiting))),
    ]
    if job:
        lines.append(kit.line(kit.words(job)))
    lines.extend(failures([(f["path"], f["error"]) for f in known["failed"]]))
    strange = [(s["path"], s["reason"]) for s in known["skipped"] if s["reason"] not in NO_DOCUMENTS]
    lines.extend(files_told(strange, "passed over", PATHS_SHOWN // 2))
    lines.extend(silent_told([(s["path"], s["sentence"]) for s in known["silent"]]))

    def build(room: int) -> list[Block]:
        copies = [c for one in known["loose"] for c in one["copies"]]
        return [kit.rich(*lines, *loose_told(known["loose"], room)), *copies_offered(copies)]

    return Message(f"{counts}; last index run: {known['last_index'] or 'never'}", tuple(answers.fitted(build)))


def loose_told(found: Sequence[Mapping[str, Any]], room: int = 250) -> list[Element]:
    """Corrections that apply to nothing any more, or whose words are shown elsewhere too."""
    items = [
        [
            kit.words(f"{kit.cut(one['path'], 30, '…')}: ", bold=True),
            kit.words(kit.cut(one["sentence"], min(250, room))),
        ]
        for one in found[:LOOSE_SHOWN]
    ]
    if len(found) > LOOSE_SHOWN:
        items.append([kit.words(f"and {len(found) - LOOSE_SHOWN} more; nato-quote corrections lists them all")])
    return [kit.line(kit.words("Corrections to look at:", italic=True)), kit.bullets(items)] if items else []


def copies_offered(found: Sequence[Sequence[str]]) -> list[Block]:
    """Buttons that show quotes of much the same words as were corrected, to be corrected too."""
    if not found:
        return []
    buttons = [
        kit.button(f"look_{i}", f"Quote {i + 1}", kit.state(q=q, d=d), says="Show the quote and mend it")
        for i, (q, d) in enumerate(found[:3])
    ]
    return [kit.actions(*buttons)]


def feedback(found: Sequence[Feedback], documents: Mapping[str, str]) -> Message:
    """Answers that somebody gave a thumb down, each with the way to mend it. `documents`: quote id -> document id."""
    if not found:
        return answers.note("Nobody has given an answer a thumb down.")
    made: list[Block] = [kit.rich(kit.line(kit.words("Thumbs down, newest first", bold=True)))]
    for one in found[:PAGE]:
        why = one.reason or "no reason given"
        asked = f"“{kit.cut(one.question, 200)}”" if one.question else "(the question is no longer kept)"
        made.append(
            kit.rich(
                kit.line(
                    kit.words(f"{_when(one.at)} ", italic=True),
                    kit.person(one.user),
                    kit.words(f": {kit.cut(why, 250)}"),
                ),
                kit.line(kit.words(asked)),
            )
        )
        known = [(q, documents[q]) for q in one.quotes if q in documents][:3]
        if known:
            buttons = [
                kit.button(f"look_{i}", f"Quote {i + 1}", kit.state(q=q, d=d), says="Show the quote and mend it")
                for i, (q, d) in enumerate(known)
            ]
            made.append(kit.actions(*buttons))
    if len(found) > PAGE:
        value = kit.state(l="feedback", o=found[PAGE - 1].id, e="feedback")
        made.append(kit.actions(kit.button("more", "More", value, says="Older feedback")))
    return Message(f"{len(found)} thumbs down", tuple(made))


def audit(found: Sequence[AuditEntry], active: frozenset[int], loose: Sequence[Mapping[str, Any]] = ()) -> Message:
    """The newest admin acts; a correction that is in force has a button that takes it back.

    How many corrections apply no more, or have words that are shown elsewhere too, is told first.
    """
    if not found:
        return answers.note("No admin has done anything yet.")
    told = f"{counted(len(loose), 'correction')} to be looked at: /nato-quote status lists them."
    made: list[Block] = [kit.rich(kit.line(kit.words(told)))] if loose else []
    made.append(kit.rich(kit.line(kit.words("What admins did, newest first", bold=True))))
    for entry in found[: PAGE * 2]:
        about = [kit.words(f" {kit.cut(entry.target, 150, '…')}", code=True)] if entry.target else []
        where = [kit.words(f" from {entry.place}")] if entry.place else []
        made.append(
            kit.rich(
                kit.line(
                    kit.words(f"{_when(entry.at)} ", italic=True),
                    kit.person(entry.who),
                    kit.words(f" {kit.cut(entry.what, 100, '…')}"),
                    *about,
                    *where,
                )
            )
        )
        number = entry.detail.get("correction")
        if isinstance(number, int) and number in active and not entry.what.startswith("undo"):
            made.append(kit.actions(kit.button("undo", "Undo", kit.state(n=number), says="Take this correction back")))
    if len(found) > PAGE * 2:
        value = kit.state(l="log", o=found[PAGE * 2 - 1].id, e="log")
        made.append(kit.actions(kit.button("more", "More", value, says="Older entries")))
    return Message(f"{len(found)} entries of the log", tuple(made))


def _when(at: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(at))
