"""Modals for admins, and what the App Home shows them on top. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.slack.messages import admin_answers, answers, kit, views
from bot.slack.messages.kit import Block, Element
from bot.slack.messages.views import View
from retrieval.formats.given_speaker import LONGEST
from retrieval.model import Document, QuoteHit

HOME_PAGE = 6
PASTED = 3000  # characters of one input, as Slack takes them; a longer text comes as a file


def details(identifier: str, given: Mapping[str, str | None], where: Mapping[str, str]) -> View:
    """Puts the facts of a draft right."""
    return views.modal(
        "Edit details",
        _facts(given),
        submit="Save",
        callback="draft_details",
        metadata=kit.state(i=identifier, **where),
    )


def paste() -> View:
    """Adds a document from pasted text or an address."""
    text = _input("text", "Its text (or leave this empty and give an address)", multiline=True, longest=PASTED)
    hint = kit.say("A longer text, a PDF or a Word file: drop it into a direct message with me.")
    return views.modal("Add a document", [*_facts({}), text, hint], submit="Look at it", callback="add_text")


def wrong_speaker(hit: QuoteHit, channel: str | None) -> View:
    """Credits a quote to somebody else, or to nobody."""
    name = hit.quote.speaker.name if hit.quote.speaker else ""
    made = [kit.rich(kit.quoted(kit.cut(hit.text, 600)))]
    made.append(_input("speaker", "Who said it? Leave it empty for nobody.", initial=name))
    return views.modal("Wrong speaker", made, submit="Save", callback="mend_speaker", metadata=_about(hit, channel))


def hide(hit: QuoteHit, channel: str | None) -> View:
    """Asks once more before a quote is hidden."""
    made = [
        kit.rich(kit.quoted(kit.cut(hit.text, 600))),
        kit.say("It will be shown no more, in no answer. The log can take that back."),
    ]
    return views.modal("Hide this quote", made, submit="Hide", callback="mend_hide", metadata=_about(hit, channel))


def source_details(hit: QuoteHit, channel: str | None) -> View:
    """Puts a document's facts right."""
    document = hit.document
    published = document.published.isoformat() if document.published else ""
    given = {"title": document.title, "publisher": document.publisher, "published": published, "url": document.url}
    given["speaker"] = document.speaker_given
    return views.modal(
        "Edit source details", _facts(given), submit="Save", callback="mend_source", metadata=_about(hit, channel)
    )


def mending(hit: QuoteHit) -> Block:
    """The row by which an admin mends a quote that she looks at."""
    which = {"q": hit.quote.id, "d": hit.document.id}
    return kit.actions(
        kit.button("mend_speaker", "Wrong speaker", kit.state(**which), says="Credit this quote to somebody else"),
        kit.button("mend_hide", "Hide this quote", kit.state(**which), style="danger", says="Show this quote no more"),
        kit.button(
            "mend_source", "Edit source details", kit.state(**which), says="Put title, publisher, date, address right"
        ),
    )


def home(
    known: Mapping[str, Any],
    job: str | None,
    found: Sequence[Document],
    quotes: Mapping[str, int],
    together: Mapping[str, int],
    named: Sequence[str],
    *,
    query: str = "",
    offset: int = 0,
) -> list[Block]:
    """What admins have on top of everybody's App Home."""
    shown = [
        block
        for document in found[offset : offset + HOME_PAGE]
        for block in _held(document, quotes.get(document.id, 0), together.get(document.path, 1))
    ]
    return [
        kit.divider(),
        kit.header("For admins"),
        _last_run(known),
        *([kit.say(job)] if job else []),
        _doings(),
        {
            **_input("search", "Search documents by title, publisher or file name", initial=query),
            "dispatch_action": True,
        },
        *(shown or [kit.say("No document fits.")]),
        *_pager(offset, len(found), query),
        _who_may(named),
    ]


def _last_run(known: Mapping[str, Any]) -> Block:
    """When the index last followed the corpus, and which files it could not take."""
    return kit.rich(
        kit.line(kit.words("Last index run: ", italic=True), kit.words(known["last_index"] or "never")),
        *admin_answers.failures([(f["path"], f["error"]) for f in known["failed"]]),
    )


def _doings() -> Block:
    return kit.actions(
        kit.button("admin_add", "Add a document", style="primary"),
        kit.button("admin_reindex", "Re-index"),
        kit.button("admin_feedback", "Feedback"),
        kit.button("admin_log", "Log"),
        kit.button("admin_status", "Status"),
    )


def _held(document: Document, quotes: int, together: int) -> list[Block]:
    """A document of the index and the button that removes it."""
    facts = kit.words(f" · {quotes} quotes · {document.path[:150]}")
    return [
        kit.rich(kit.line(*answers.citation(document, document.url, room=150), facts)),
        kit.actions(admin_answers.remove_button(document, quotes, together)),
    ]


def _who_may(named: Sequence[str]) -> Block:
    who = ", ".join(named) or "nobody"
    rule = f"everybody asks; admins and owners of this workspace, and those that ADMIN_USERS names ({who}), add, remove, re-index and mend."
    return kit.rich(kit.line(kit.words("Who may do what: ", italic=True), kit.words(rule)))


def _pager(offset: int, total: int, query: str) -> list[Block]:
    buttons: list[Element] = []
    if offset > 0:
        buttons.append(kit.button("home_back", "Newer", kit.state(o=max(0, offset - HOME_PAGE), w=query[:300])))
    if offset + HOME_PAGE < total:
        buttons.append(
            kit.button(
                "home_on", f"Older ({total - offset - HOME_PAGE} left)", kit.state(o=offset + HOME_PAGE, w=query[:300])
            )
        )
    return [kit.actions(*buttons)] if buttons else []


def _about(hit: QuoteHit, channel: str | None) -> str:
    return kit.state(q=hit.quote.id, d=hit.document.id, c=channel)


def _facts(given: Mapping[str, str | None]) -> list[Block]:
    return [
        _input("title", "Title", initial=given.get("title") or ""),
        _input("publisher", "Publisher", initial=given.get("publisher") or ""),
        _input("published", "Published, as 2024-07-10", initial=given.get("published") or "", longest=40),
        _input("url", "Address (https://…)", initial=given.get("url") or ""),
        _input(
            "speaker", "Whose text it is, where no label says so", initial=given.get("speaker") or "", longest=LONGEST
        ),
    ]


def _input(block: str, label: str, *, initial: str = "", multiline: bool = False, longest: int = 2000) -> Block:
    element: Element = {"type": "plain_text_input", "action_id": block, "multiline": multiline, "max_length": longest}
    if initial:
        element["initial_value"] = initial[:longest]
    return {"type": "input", "block_id": block, "optional": True, "label": kit.plain(label, 150), "element": element}
