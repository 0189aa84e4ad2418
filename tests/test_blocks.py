"""Every message that can be sent is one that Slack takes, whatever is put into it, and loses nothing without saying so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.library import InContext
from bot.slack.messages import admin_answers, admin_views, answers, kit, listings, verdicts, views
from bot.slack.messages.answers import Asked
from bot.slack.messages.kit import Message
from bot.slack.messages.views import Holdings
from retrieval.adding import Preview, SpeakerQuotes
from retrieval.asking.refusals import NOT_THE_ANSWER
from retrieval.asking.timeline import Entry, Timeline
from retrieval.catalog import SpeakerCount
from retrieval.model import Answer, Change, Failure, Locator, Question, Report, Silence, Span, Speaker, Verdict
from retrieval.records import AuditEntry, Feedback
from retrieval.silence import NO_DATE, NO_QUOTE
from tests.block_kit import literal_text, message_faults, mrkdwn, view_faults
from tests.invented import document, hit, source

HOSTILE = {
    "long": "a very long word after another " * 4000,
    "unbroken": "x" * 50_000,
    "marks": "<!channel> <@U1> <https://evil.example|click> & *bold* `code` ```",
    "emoji": "🐋" * 6000,
    "right-to-left": "‮שלום " * 2000,
    "lines": "one\n\ntwo\n" * 2000,
    "quotes": '"\\' * 4000,
    "short": "I",
}
QUESTION = Question("what did she say?", "quote", (Speaker("elizabeth-bennet", "Elizabeth Bennet"),), "pride")
hostile = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)


def assert_fits(message: Message) -> Message:
    """A message that Slack takes and that holds no mrkdwn."""
    assert message_faults(message.payload()) == []
    assert mrkdwn(message.blocks) == ""
    return message


def everything(text: str) -> Any:
    """A hit whose every field is `text`."""
    also = tuple(
        source(text, wording, title=text, publisher=text) for wording in ("same", "clipped", "differs", "same")
    )
    return hit(
        text,
        text,
        role=text,
        title=text,
        publisher=text,
        summary_of=text,
        url="https://x.example/" + "y" * 4000,
        also_in=also,
    )


@hostile
def test_an_answer_fits_whatever_is_in_it(text: str) -> None:
    """Three hostile quotes with hostile facts and sources are one message that Slack takes."""
    found = Answer(QUESTION, (everything(text),) * 4, message=text)
    assert_fits(answers.answer(found, Asked("Ev1", text[:1500], {"text": text[:900]}, private=True)))
    assert_fits(answers.answer(found, Asked("Ev1", text[:1500]), offset=3))


@hostile
def test_nearest_words_fit_and_stand_under_a_line_that_says_so(text: str) -> None:
    """What is no answer is never taken for one: the line stands before the first quote, in blocks and in plain text."""
    near = Answer(QUESTION, reason="speaker_silent", message=text, near=(everything(text),) * 2)
    message = answers.answer(near, Asked("Ev1", text))
    assert_fits(message)
    assert NOT_THE_ANSWER in literal_text(list(message.blocks[:1]))
    assert NOT_THE_ANSWER in message.text


@hostile
def test_other_messages_fit_whatever_is_in_them(text: str) -> None:
    """Abstentions, help, notes, shared answers and lists."""
    assert_fits(
        answers.abstention(Answer(QUESTION, reason="no_match", message=text, close=(text,) * 9), Asked("Ev1", text))
    )
    assert_fits(answers.help_text([text] * 9))
    assert_fits(answers.prefixed(answers.note(text), text[:300]))
    assert_fits(answers.shared([everything(text)] * 3, text, text, "Ev1"))
    entries = (Entry(date(1812, 1, 1), False, everything(text)), Entry(None, False, everything(text))) * 4
    assert_fits(listings.timeline(Timeline((Speaker(None, text),), text, entries), 0, "Ev1", text))
    assert_fits(listings.speakers([SpeakerCount("x", text, "person", (), 3)] * 500))
    assert_fits(listings.sources([document("", title=text, publisher=text)] * 100, {}))


@hostile
@pytest.mark.parametrize(
    "status", ["exact", "edited", "altered", "stitched", "other_speaker", "uncredited", "hidden", "not_found"]
)
def test_verdicts_fit_whatever_is_in_them(text: str, status: Any) -> None:
    """The claim, the difference and the true words are one message that Slack takes."""
    steps = (
        Change("equal", text, text),
        Change("replace", text, text),
        Change("insert", "", text),
        Change("delete", text, ""),
    )
    assert_fits(verdicts.verdict(Verdict(text, None, status, text, (everything(text),) * 5, steps * 3), "Ev1"))


def test_a_difference_marks_the_claimed_and_the_true_words() -> None:
    """Struck out as claimed, bold as it stands."""
    made = verdicts.difference(
        (Change("equal", "I", "I"), Change("replace", "could", "can"), Change("insert", "", "not"))
    )
    assert [(e["text"], *e.get("style", {})) for e in made] == [
        ("I ",),
        ("can ", "strike"),
        ("could ", "bold"),
        ("not ", "strike"),
    ]


@hostile
def test_what_admins_see_fits_whatever_is_in_it(text: str) -> None:
    """Previews, progress, lists, the log, modals and their part of the App Home."""
    made = document("", title=text, publisher=text, url="https://x.example/" + "y" * 4000)
    speakers = (SpeakerQuotes(text, 3),) * 20
    previews = (Preview(made, (text, text), 9, speakers, (made,) * 5, (text,) * 3, (NO_QUOTE, NO_DATE)),) * 5
    assert_fits(admin_answers.preview("a" * 24, text, previews))
    assert_fits(admin_answers.progress(text[:300], 3, 12))
    assert_fits(admin_answers.kept((made,) * 9, {}, (text,) * 5))
    failed = tuple(Failure(text, text) for _ in range(30))
    assert_fits(
        admin_answers.reported(
            text[:200],
            Report(
                (text,) * 20,
                (text,) * 20,
                (text,) * 20,
                (text,) * 20,
                failed=failed,
                silent=(Silence(text, NO_DATE),) * 20,
            ),
        )
    )
    assert_fits(admin_answers.removable((made,) * 30, {}, text, {}))
    known = {"documents": 1, "quotes": 2, "passages": 3, "speakers": 4, "last_index": None, "model": text[:200]}
    known |= {"failed": [{"path": text, "error": text}] * 20, "skipped": [{"path": text, "reason": text}] * 20}
    known |= {"silent": [{"path": text, "sentence": NO_DATE}] * 20}
    known |= {"loose": [{"path": text, "sentence": text, "correction": 1, "copies": [["q" * 16, "d" * 60]] * 9}] * 20}
    assert_fits(admin_answers.status(known, text[:300], 4))
    given = [Feedback("e", text, "down", reason=text, question=text, quotes=("q",) * 9, at=1.0)] * 9
    assert_fits(admin_answers.feedback(given, {"q": "d" * 60}))
    acts = [AuditEntry(n, 1.0, text, text, text, "C1", {"correction": n}) for n in range(30)]
    assert_fits(admin_answers.audit(acts, frozenset(range(30)), known["loose"]))
    one = everything(text)
    for view in (
        admin_views.details(
            "i", dict.fromkeys(("title", "publisher", "published", "url"), text), {"c": "C1", "m": "1.1"}
        ),
        admin_views.paste(),
        admin_views.wrong_speaker(one, "C1"),
        admin_views.hide(one, "C1"),
        admin_views.source_details(one, None),
        views.home(
            Holdings(1, 1, 1),
            admin_views.home(known, text[:300], (made,) * 30, {}, {}, [text[:2000]], query=text, offset=6),
        ),
    ):
        assert view_faults(view) == []


@hostile
def test_views_fit_whatever_is_in_them(text: str) -> None:
    """Modals and the App Home."""
    for offset in (0, views.PARTS):
        assert view_faults(views.in_context(InContext(everything(text), text, text), offset)) == []
    assert view_faults(views.citation([("As text", text)])) == []
    assert view_faults(views.notice(text, text)) == []
    assert view_faults(views.share_to("{}")) == []
    assert view_faults(views.what_was_wrong("{}")) == []
    full = Holdings(10**9, 10**9, 10**9, [document("", title=text)] * 9, [(text, 10**9)] * 30, [text] * 9)
    assert view_faults(views.home(full)) == []
    assert view_faults(views.home(Holdings(0, 0, 0))) == []


def test_what_is_cut_says_so_and_offers_the_rest() -> None:
    """A quote that does not fit ends with a mark, and the button to the whole of it is named."""
    message = answers.answer(Answer(QUESTION, (everything(HOSTILE["long"]),)), Asked("Ev1", "q"))
    shown = literal_text(message.blocks)
    assert "[…]" in shown
    assert "Shown in part. In context has the whole of it." in shown
    assert "in_context" in str(message.blocks)


def test_a_quote_is_shown_as_it_is() -> None:
    """One literal element holds exactly the words, in their one pair of marks: nothing else is added to them."""
    words = "I <3 “whales” & *ships*"
    message = answers.answer(Answer(QUESTION, (hit(words),)), Asked("Ev1", "q"))
    quoted = message.blocks[0]["elements"][0]
    assert quoted == {"type": "rich_text_quote", "elements": [{"type": "text", "text": f"“{words}”"}]}


def test_what_is_unknown_is_left_out() -> None:
    """No date, publisher, title or link is guessed."""
    bare = hit(said_on=None, title=None, publisher=None, published=None, url=None)
    shown = literal_text(answers.answer(Answer(QUESTION, (bare,)), Asked("Ev1", "q")).blocks)
    assert shown.splitlines()[1:4] == ["— ", "Elizabeth Bennet", " · "]
    assert shown.splitlines()[4] == "netherfield.md"
    assert "None" not in shown


def test_what_is_known_is_shown() -> None:
    """Role at the time, the day of the words and the day of publication, publisher, page."""
    known = hit(role="of Longbourn", locators=(Locator(Span(0, 500), "p. 3"),))
    shown = literal_text(answers.answer(Answer(QUESTION, (known,)), Asked("Ev1", "q")).blocks)
    for part in (", of Longbourn", ", 26 November 1812", "The Meryton Courier · published 27 November 1812 · p. 3"):
        assert part in shown


def test_reported_words_are_labelled() -> None:
    """An article's own words are never taken for the speaker's."""
    message = answers.answer(Answer(QUESTION, (hit(kind="reported"),)), Asked("Ev1", "q"))
    assert literal_text(message.blocks).startswith("Reported, not verbatim: the article's own sentence")
    assert message.text.startswith("Reported, not verbatim:")
    assert "“" not in message.text

    said = "Elizabeth Bennet said that the ball was “insupportable” and left."
    partly = replace(hit(kind="reported"), text=said)
    message = answers.answer(Answer(QUESTION, (partly,)), Asked("Ev1", "q"))
    assert literal_text(message.blocks).startswith("Reported, only the words in quotation marks are verbatim:")
    assert message.text.startswith("Reported, only the words in quotation marks are verbatim: Elizabeth Bennet said")


def test_a_passage_has_no_speaker() -> None:
    """A text's own words are nobody's."""
    message = answers.answer(Answer(QUESTION, (hit(kind="passage", speaker=None),)), Asked("Ev1", "q"))
    assert "From the text" in literal_text(message.blocks)
    assert "unattributed" not in literal_text(message.blocks)
    assert "unattributed" not in message.text


def test_other_sources_are_named_with_their_wording() -> None:
    """A shorter and a different wording are shown as such; the same words are not repeated."""
    also = (
        source("mortified mine"),
        source("had he not mortified mine", "differs"),
        source("x", "same", title="Third"),
    )
    shown = literal_text(answers.answer(Answer(QUESTION, (hit(also_in=also),)), Asked("Ev1", "q")).blocks)
    assert "a shorter wording\n “mortified mine”" in shown
    assert "a different wording\n “had he not mortified mine”" in shown
    assert shown.rstrip().endswith("the same words")


def test_at_most_three_quotes_and_the_rest_behind_a_button() -> None:
    """More is offered where there is more, and only there."""
    four, three = (answers.answer(Answer(QUESTION, (hit(),) * n), Asked("Ev1", "q")) for n in (4, 3))
    assert [str(four.blocks).count(part) for part in ("rich_text_quote", "'Open'")] == [1, 2]
    assert '"more"' in str(four.blocks).replace("'", '"')
    assert '"more"' not in str(three.blocks).replace("'", '"')


def test_a_button_that_cannot_hold_its_question_leaves_it_to_the_records() -> None:
    """No state is cut in half."""
    found = Answer(QUESTION, (hit(),) * 4)
    message = answers.answer(found, Asked("Ev1", '"' * 1500, private=True))
    more = next(e for b in message.blocks if b["type"] == "actions" for e in b["elements"] if e["action_id"] == "more")
    assert kit.read_state(more["value"]) == {"e": "Ev1", "o": 3}


def test_a_link_that_is_none_is_text() -> None:
    """Only web addresses that Slack takes become links."""
    for url in ("javascript:alert(1)", "file:///etc/passwd", "https://x.example/" + "y" * 3000, None):
        assert kit.link(url, "a title") == {"type": "text", "text": "a title"}
    assert kit.link("https://x.example/", "a title")["type"] == "link"


def test_who_shared_is_a_person_or_plain_text() -> None:
    """A forged user id pings nobody."""
    assert kit.person("U123") == {"type": "user", "user_id": "U123"}
    for forged in ("!channel", "U1> <!here", "S0SUBTEAM", "C123"):
        assert kit.person(forged)["type"] == "text"


@given(st.text(max_size=400))
@settings(max_examples=200, deadline=None)
def test_escaped_text_holds_no_control_sequence(text: str) -> None:
    """Whatever it is, it can be read back, and nothing in it begins a mention or a link."""
    escaped = kit.escape(text)
    assert "<" not in escaped
    assert ">" not in escaped
    assert escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text


@given(st.text(max_size=600), st.integers(20, 300))
@settings(max_examples=300, deadline=None)
def test_a_cut_text_is_a_beginning_with_a_mark(text: str, limit: int) -> None:
    """It fits, it changes nothing, and it shows that something is missing."""
    shown = kit.cut(text, limit)
    assert len(shown) <= limit
    if shown != text:
        assert shown.endswith(" […]")
        assert text.startswith(shown.removesuffix(" […]"))


@given(st.text(alphabet=st.sampled_from("ab. \n“”"), max_size=12_000))
@settings(max_examples=60, deadline=None)
def test_a_long_text_in_parts_loses_nothing(text: str) -> None:
    """All characters but the white space between the parts are there, in order."""
    pieces = views.parts(text)
    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert all(len(piece) <= views.PART for piece in pieces)


def test_days_are_written_out() -> None:
    """As people say them."""
    assert answers.day(date(2023, 4, 4)) == "4 April 2023"
    assert answers.day(None) == ""
