"""One person's text: a document's form, whose words a speech is, and in which parts they are told."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.display import display
from retrieval.model import Document, Quote
from tests.reading import read, reader

SPOKEN = (
    "Good evening, dear friends of the Club.\n\n"
    "I am grateful to every one of you for coming through the rain. We have a great deal to settle before supper, and I shall be short.\n\n"
    "(Applause.)\n\n"
    "The coach to Rochester will leave at nine, and I shall sit on the box. We will pay for the horses ourselves.\n\n"
    "I thank you all.\n"
)
NEWS = (
    "The members of the Club met on Friday in the rain.\n\n"
    "“I am tired of the rain,” Samuel Pickwick said. “We leave tomorrow.”\n\n"
    "Nathaniel Winkle told the waiter that his gun was wet, and the waiter said he was sorry.\n\n"
    "“The horses are fed,” Sam Weller added.\n"
)


def document(text: str, title: str | None = None, path: str = "a.txt", speaker: str | None = None) -> Document:
    """A document as the corpus would give it."""
    by = "an admin" if speaker else None
    return Document(
        "d", path, 1, "", text, title, published=date(1836, 5, 13), speaker_given=speaker, speaker_given_by=by
    )


def turns(made: Document) -> list[Quote]:
    """The quotes that are somebody's turn."""
    return [quote for quote in reader().read(made) if quote.kind == "turn"]


def names(made: Document) -> set[str | None]:
    """Whose the turns are."""
    return {quote.speaker.name if quote.speaker else None for quote in turns(made)}


@pytest.mark.parametrize(
    "title",
    [
        "Speech by Samuel Pickwick at the Guildhall",
        "Remarks as Prepared for Delivery by Mr. Samuel Pickwick",
        "Statement from Club Chairman Samuel Pickwick on the Coach to Rochester",
        "Samuel Pickwick's opening address to the Club",
        "Samuel Pickwick: speech to the Club",
    ],
)
def test_a_title_says_whose_speech_it_is(title: str) -> None:
    assert names(document(SPOKEN, title)) == {"Samuel Pickwick"}


@pytest.mark.parametrize(
    "head",
    [
        "Press conference\nby Club Chairman Samuel Pickwick\n(As delivered)\n\n",
        "To the Club\n13 May 1836\nChairman: Samuel Pickwick\n\n",
        "*Club Chairman Samuel Pickwick made the following statement:*\n\n",
        "Remarks at the Guildhall\n\nMR. SAMUEL PICKWICK:  ",
    ],
)
def test_the_head_says_whose_speech_it_is(head: str) -> None:
    told = turns(document(head + SPOKEN))
    assert {q.speaker.name if q.speaker else None for q in told} == {"Samuel Pickwick"}
    assert all(line not in display(head + SPOKEN, q.fragments) for q in told for line in ("following", "As delivered"))


def test_a_speech_whose_speaker_nothing_names_is_nobodys() -> None:
    account = reader().account(document(SPOKEN, "Speech at the Guildhall"))
    assert account.heard.form.name == "speech"
    assert turns(document(SPOKEN, "Speech at the Guildhall")) == []
    assert any("give `speaker:`" in line for line in account.lines())


def test_whoever_adds_a_speech_says_whose_it_is() -> None:
    told = turns(document(SPOKEN, "At the Guildhall", speaker="Samuel Pickwick"))
    assert {q.speaker.name for q in told if q.speaker} == {"Samuel Pickwick"}
    assert all("given by an admin" in q.evidence for q in told)


def test_an_article_is_not_its_authors_speech() -> None:
    assert turns(document("Rain at the Club\n\nBy Augustus Snodgrass\n\n" + NEWS, "Rain at the Club")) == []


def test_a_statement_by_several_is_no_ones() -> None:
    for title in ("Joint Statement by Samuel Pickwick", "Remarks by Samuel Pickwick and Alfred Jingle"):
        assert turns(document(SPOKEN, title)) == []


def test_a_report_about_somebodys_words_is_not_his_own_text() -> None:
    assert turns(document(NEWS * 2 + "\n“No,” Pickwick said.\n", "Statement by Samuel Pickwick")) == []


def test_what_is_not_spoken_stays_apart() -> None:
    text = "Speech by Samuel Pickwick\n\n" + SPOKEN + "\nEND\n\nNotes to editors: The Club was founded in 1822.\n"
    words = " ".join(display(text, q.fragments) for q in turns(document(text, "Speech by Samuel Pickwick")))
    assert "thank you all" in words
    assert "Speech by" not in words
    assert "founded" not in words


def test_a_long_speech_is_told_in_parts_that_can_be_shown() -> None:
    text = SPOKEN * 12
    told = turns(document(text, "Speech by Samuel Pickwick"))
    assert len(told) > 3
    assert all(len(display(text, q.fragments).split()) <= 220 for q in told)


def test_questions_after_a_speech_are_not_the_speakers() -> None:
    asked = "\nQUESTION: Will Mr. Winkle bring his gun?\n\nMR. PICKWICK: He will.\n\nQUESTION: Why?\n\nMR. PICKWICK: He is a sportsman.\n"
    told = turns(document(SPOKEN * 2 + asked, "Speech by Samuel Pickwick"))
    assert all(q.speaker is None for q in told if "gun" in display(SPOKEN * 2 + asked, q.fragments))
    assert any(q.speaker and "coach" in display(SPOKEN * 2 + asked, q.fragments) for q in told)


@pytest.mark.parametrize(
    ("made", "form"),
    [
        (document(NEWS), "article"),
        (document(SPOKEN, "Speech by Samuel Pickwick"), "speech"),
        (document("FOR IMMEDIATE RELEASE\n\nThe Club appoints a new waiter.\n"), "release"),
        (document("Dear Mr. Pickwick,\n\nThe horse has come back.\n\nYours truly,\nSam Weller\n"), "letter"),
        (document("The horse has come back.\n", path="a.vtt"), "subtitles"),
        (document("The horse has come back to us.\n"), "article"),
    ],
)
def test_a_documents_form_is_told(made: Document, form: str) -> None:
    assert reader().understood(made).form == form


def test_a_form_that_is_not_recognised_is_said_to_be_read_as_an_article() -> None:
    form = reader().account(document("The horse has come back to us.\n")).heard.form
    assert "read as an article" in form.evidence


@settings(deadline=None, max_examples=25)
@given(
    st.lists(st.sampled_from(SPOKEN.split("\n\n")), min_size=1, max_size=30), st.sampled_from(["\n", "\n\n", "\r\n"])
)
def test_the_parts_of_a_speech_are_in_order_and_never_overlap(paragraphs: list[str], between: str) -> None:
    told = [q.extent for q in turns(document(between.join(paragraphs), "Speech by Samuel Pickwick"))]
    assert all(one.end <= two.start for one, two in itertools.pairwise(told))


@pytest.mark.parametrize(
    ("title", "who"),
    [
        ("Five Towns (5T) Leaders' Statement on the canal", "Five Towns Leaders"),
        (
            "Joint Statement of the Leaders of Hanbridge, Bursley, and the Knype Union on the canal",
            "Leaders of Hanbridge, Bursley, and the Knype Union",
        ),
        (
            "Joint Statement by Edwin Clayhanger and Darius Clayhanger on the canal",
            "Edwin Clayhanger and Darius Clayhanger",
        ),
        ("Five Towns’ Leaders’ Joint Statement on the canal", "Five Towns’ Leaders"),
    ],
)
def test_what_several_state_as_one_is_theirs_as_the_title_calls_them(title: str, who: str | None) -> None:
    """All of them, with nobody left out, and nobody alone."""
    text = (
        f"{title}\n\n12 March 1873\n\nWe met in Bursley and we looked at the water. We are agreed that the canal must be dug deeper, and we "
        "shall pay for it in three shares.\n\nWe call on the owners of the barges to wait until our men have done, and we thank them.\n"
    )
    found = read(text, title=title)
    assert {q.speaker.name if q.speaker else None for q in found if q.kind == "turn"} <= {who}
    assert bool([q for q in found if q.kind == "turn" and q.speaker]) == (who is not None)
