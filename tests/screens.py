"""`make screens`: every kind of message and view that the bot sends, as JSON in docs/screens, from the real renderers."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bot.library import InContext
from bot.slack.admins import REFUSAL
from bot.slack.guarding import SORRY
from bot.slack.messages import admin_answers, admin_views, answers, listings, reasons, verdicts, views, watch_answers
from bot.slack.messages.answers import Asked
from bot.slack.messages.views import Holdings
from bot.slack.watches import Watch
from retrieval.adding import Preview, SpeakerQuotes
from retrieval.asking.timeline import Entry, Timeline
from retrieval.catalog import SpeakerCount
from retrieval.model import Answer, Change, Failure, Question, Report, Speaker, Verdict
from retrieval.records import AuditEntry, Feedback
from tests.invented import document, hit, source

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "screens"
EXAMPLES = ("What did Elizabeth Bennet say about pride?", "What did Captain Ahab say about the whale?")


def screens() -> dict[str, Any]:
    """Every screen by its file's name, as Slack is given it."""
    bennet = Speaker("elizabeth-bennet", "Elizabeth Bennet")
    question = Question("what did Elizabeth Bennet say about pride?", "quote", (bennet,), "pride")
    also = (source("if he had not mortified mine"), source("I could easily forgive his pride", "differs"))
    hits = (
        hit(also_in=also, role="of Longbourn"),
        hit("He is not handsome enough to tempt me", "Fitzwilliam Darcy", kind="mixed"),
        hit("that she would not dance again that evening", kind="reported"),
        hit("Happiness in marriage is entirely a matter of chance.", "Charlotte Lucas"),
    )
    asked = Asked("Ev0000000001", question.text)
    answered = Answer(question, hits)
    nothing = Answer(
        question,
        reason="speaker_silent",
        message="Nothing by Elizabeth Bennet on the harvest.",
        close=("pride", "the lakes"),
    )
    near = Answer(
        question, reason="speaker_silent", message="Nothing by Elizabeth Bennet on the harvest.", near=hits[:2]
    )
    whom = (("elizabeth-bennet", "Elizabeth Bennet"),)
    watch = Watch(1, "U0123456789", "C0123456789", whom, "pride", "", "daily", 9, 1.8e9, 0.0)
    differs = (
        Change("equal", "I could", "I could"),
        Change("replace", "easily", "never"),
        Change("equal", "forgive", "forgive"),
    )
    verdict = Verdict(
        "I could never forgive his pride",
        None,
        "altered",
        "Not word for word: Elizabeth Bennet said it differently.",
        hits[:1],
        differs,
    )
    context = InContext(
        hits[0],
        "The company had left the room. Miss Lucas asked what she thought of the gentleman.",
        "Nobody answered her.",
    )
    brief = document("", title="A brief on the ball", summary_of="The Meryton Courier, The Ball at Netherfield")
    held = Holdings(12, 96, 24, (brief, document("")), (("Elizabeth Bennet", 31), ("Fitzwilliam Darcy", 18)), EXAMPLES)
    entries = tuple(Entry(date(1812, 11, 26), True, one) for one in hits[:2])
    preview = Preview(
        document(
            "",
            title="A Letter from Hunsford",
            author="Charlotte Lucas",
            dated_by="the line under the title",
            form="letter",
            form_by="it opens with “Dear …”; it is signed",
            whose="Charlotte Lucas (a letter or a mail: it is signed “Charlotte Lucas”)",
            told=0.94,
        ),
        ("Dear Eliza,",),
        3,
        (SpeakerQuotes("Charlotte Lucas", 3),),
        (brief,),
        EXAMPLES,
    )
    report = Report(
        ("letter.md",),
        ("ball.md",),
        ("old.md",),
        failed=(Failure("scan.pdf", "scan.pdf holds no text."),),
        documents=13,
        quotes=99,
        seconds=4.0,
    )
    known = {
        "documents": 13,
        "quotes": 99,
        "passages": 210,
        "speakers": 24,
        "last_index": "2026-11-21T09:00:00+00:00",
        "model": "all-MiniLM-L6-v2",
    }
    known |= {
        "failed": [{"path": "scan.pdf", "error": "scan.pdf holds no text."}],
        "skipped": [],
        "loose": [],
        "silent": [],
    }
    down = Feedback(
        "Ev0000000001",
        "U0123456789",
        "down",
        reason="speaker: it was Jane",
        question=question.text,
        quotes=(hits[0].quote.id,),
        at=1.8e9,
    )
    act = AuditEntry(7, 1.8e9, "U0123456789", "attribute", hits[0].quote.id, "C0123456789", {"correction": 3})
    return {
        "answer-in-a-channel": answers.answer(answered, asked).payload(),
        "answer-in-private": answers.answer(answered, Asked("Ev0000000001", question.text, private=True)).payload(),
        "answer-next-page": answers.answer(answered, asked, offset=3).payload(),
        "answer-shared": answers.shared(hits[:1], "U0123456789", question.text, "share:1").payload(),
        "abstention": answers.abstention(nothing, asked).payload(),
        "near": answers.abstention(near, asked).payload(),
        "help": answers.help_text(EXAMPLES).payload(),
        "mistyped-subcommand": answers.prefixed(answers.help_text(EXAMPLES), "I took “halp” for “help”.").payload(),
        "trouble": answers.note(SORRY.format(event="Ev0000000001")).payload(),
        "check-exact": verdicts.verdict(Verdict(hits[0].text, bennet, "exact", "These are the exact words, by Elizabeth Bennet, in 1 document.", hits[:1]), "Ev1").payload(),
        "check-altered": verdicts.verdict(verdict, "Ev1").payload(),
        "check-not-found": verdicts.verdict(Verdict("Call me Ishmael", None, "not_found", "No document here holds these words."), "Ev1").payload(),
        "timeline": listings.timeline(Timeline((bennet,), "pride", entries), event="Ev1", words="Elizabeth Bennet").payload(),
        "speakers": listings.speakers([SpeakerCount("elizabeth-bennet", "Elizabeth Bennet", "person", (), 31)]).payload(),
        "sources": listings.sources([brief, document("")], {"netherfield-a1b2c3": 7}).payload(),
        "watch-started": watch_answers.started(watch, 31).payload(),
        "watch-listed": watch_answers.listed([watch]).payload(),
        "watch-news": watch_answers.news(watch, hits[:2]).payload(),
        "modal-in-context": views.in_context(context),
        "modal-why": reasons.why(
            {
                "question": {"speakers": ["Elizabeth Bennet"], "speaker found by": "name", "topic": "the harvest"},
                "search": {"by words": 0, "looked at": 12},
                "candidates": [{"speaker": "Elizabeth Bennet", "words": hits[0].text}],
                "evidence": {"probability": 0.226, "line": 0.433, "asked words": ["harvest"]},
                "outcome": {"refused": "silent_on_that", "decided by": "the evidence is 0.23, below the line 0.43"},
            }
        ),
        "modal-citation": views.citation([("As text", "“…” — Elizabeth Bennet."), ("For Markdown", "> “…”")]),
        "modal-share": views.share_to("{}"),
        "modal-what-was-wrong": views.what_was_wrong("{}"),
        "modal-gone": views.notice("Sorry", "These words are no longer in the documents, or may not be shown here."),
        "admin-preview": admin_answers.preview("0" * 24, "letter.md", [preview]).payload(),
        "admin-progress": admin_answers.progress("Keeping letter.md", 3, 12).payload(),
        "admin-kept": admin_answers.kept([brief], {"netherfield-a1b2c3": 7}, EXAMPLES).payload(),
        "admin-busy": answers.busy("U0123456789", "is re-indexing (since 2 min ago, 3 of 12 files so far). Please try again when that is done.").payload(),
        "admin-refused": answers.note(REFUSAL).payload(),
        "admin-reindexed": admin_answers.reported("Re-indexed", report).payload(),
        "admin-remove": admin_answers.removable([brief], {"netherfield-a1b2c3": 7}, "ball", {}).payload(),
        "admin-status": admin_answers.status(known, None, 2).payload(),
        "admin-feedback": admin_answers.feedback([down], {hits[0].quote.id: hits[0].document.id}).payload(),
        "admin-log": admin_answers.audit([act], frozenset({3})).payload(),
        "admin-modal-add": admin_views.paste(),
        "admin-modal-details": admin_views.details("0" * 24, {"title": "A Letter from Hunsford"}, {"c": "D1", "m": "1.1"}),
        "admin-modal-wrong-speaker": admin_views.wrong_speaker(hits[0], "C1"),
        "admin-modal-hide": admin_views.hide(hits[0], "C1"),
        "admin-modal-source-details": admin_views.source_details(hits[0], "C1"),
        "admin-modal-in-context": views.in_context(context, 0, [admin_views.mending(hits[0])]),
        "admin-home": views.home(held, admin_views.home(known, None, (brief, document("")), {"netherfield-a1b2c3": 7}, {}, ["U0123456789"])),
        "home": views.home(held),
        "home-starting": views.later("I am just starting up. Please try again in a moment."),
    }  # fmt: skip


def written(screen: Mapping[str, Any]) -> str:
    """A screen as its file holds it."""
    return json.dumps(screen, ensure_ascii=False, indent=1) + "\n"


def main() -> None:
    """Write every screen, and remove files of screens that are no more."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    made = screens()
    for path in FOLDER.glob("*.json"):
        if path.stem not in made:
            path.unlink()
    for name, screen in made.items():
        (FOLDER / f"{name}.json").write_text(written(screen), encoding="utf-8")
    sys.stderr.write(f"{len(made)} screens in {FOLDER}\n")


if __name__ == "__main__":
    main()
