"""Label forms are induced from a document: what frame repeats, or holds people whom the text knows."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.reading.layout import layout
from tests.reading import read


def speakers(text: str, *, title: str | None = None) -> list[tuple[str | None, str]]:
    """The speaker and the first word of each turn."""
    return [
        (q.speaker.name if q.speaker else None, q.fragments[0].of(text).split()[0])
        for q in read(text, title=title)
        if q.kind == "turn"
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "CHAIR COPPERFIELD. I thank you.\n\nTOMMY TRADDLES. Do you?\n\nCHAIR COPPERFIELD. I do.\n", id="stop"
        ),
        pytest.param(
            "David Copperfield (00:02): I thank you.\n\nTommy Traddles (00:04): Do you?\n\nDavid Copperfield (00:05): I do.\n",
            id="clock behind",
        ),
        pytest.param(
            "[COPPERFIELD]: I thank you. [TRADDLES]: Do you? [COPPERFIELD]: I do. [TRADDLES]: So.",
            id="brackets in one line",
        ),
        pytest.param(
            "Mr COPPERFIELD (Yarmouth—Minister for Boats) (3.31 pm)—I thank you.\n\n"
            "Mr TRADDLES (Holborn) (3.32 pm)—Do you?\n\nMr COPPERFIELD (Yarmouth) (3.33 pm)—I do.\n",
            id="seat, clock and dash",
        ),
        pytest.param(
            "COPPERFIELD: I thank you. TRADDLES: Do you?\n\nCOPPERFIELD: I do.\n\nTRADDLES: So.\n",
            id="a label in the middle",
        ),
    ],
)
def test_a_form_is_known_by_what_repeats(text: str) -> None:
    """Whatever sets the labels apart, three turns of two people are told."""
    assert [(name.split()[-1], word) for name, word in speakers(text)[:3] if name] == [
        ("Copperfield", "I"),
        ("Traddles", "Do"),
        ("Copperfield", "I"),
    ]


def test_one_label_is_enough_for_somebody_whom_the_head_names() -> None:
    """A speech with a single label runs to its end, however many paragraphs it has."""
    text = "Remarks by Mr. Wilkins Micawber\n\nMR. MICAWBER: I thank you all.\n\n" + "Something will turn up.\n\n" * 20
    assert speakers(text) == [("Wilkins Micawber", "I")]


def test_a_single_speech_of_a_printed_record_is_told() -> None:
    """ "Mr. MICAWBER. Mr. Speaker, …" stands there once, and speaks to somebody."""
    text = "THE STATE OF THE ACCOUNTS\n\nMr. MICAWBER. Mr. Speaker, income twenty pounds, result happiness.\n\nExpenditure is another matter.\n"
    assert speakers(text) == [("Micawber", "Mr.")]


@pytest.mark.parametrize(
    "text",
    [
        "Rating: Four stars.\n\nPrice: Two guineas.\n\nRating: Three stars.\n\nPrice: One guinea.\n",
        "The inn was full. Nobody slept.\n\nMr. Peggotty. That was the name on the boat.\n\nHe mended nets.\n",
    ],
)
def test_what_nobody_says_is_no_form(text: str) -> None:
    """Headings that come back, and a sentence that is a name, open no turn."""
    assert layout(text).turns == ()


@pytest.mark.parametrize("label", ["SPEAKER_01", "WITNESS 10", "SCO1", "[SPEAKER_00]"])
def test_a_source_known_by_a_number_is_nobody_by_name(label: str) -> None:
    """Machine labels and numbered sources are described, and have no id."""
    text = f"{label}: I saw the boat.\n\nMR. PEGGOTTY: You did?\n\n{label}: I told you so.\n"
    told = [q.speaker for q in read(text) if q.kind == "turn"]
    assert all(s is None or s.unnamed or s.name == "Peggotty" for s in told)


def test_an_office_is_whoever_is_asked_by_name() -> None:
    """ "Mr. Micawber, will you pay?" tells who "PRESIDENT:" is."""
    text = (
        "MR. HEEP: Mr. President, welcome.\n\nPRESIDENT: I thank you, Mr. Heep.\n\n"
        "JOURNALIST: Mr. Micawber, will you pay?\n\nPRESIDENT: I shall.\n"
    )
    assert [name for name, _ in speakers(text)] == ["Heep", "Micawber", None, "Micawber"]


@pytest.mark.parametrize(
    "head",
    [
        "Prime Minister: Wilkins Micawber\n\n",
        "Transcript of the Prime Minister, the Hon. Wilkins Micawber MP\n\n",
        "The Hon. Wilkins Micawber MP\nPrime Minister of Ruritania\n\n",
    ],
)
def test_an_office_is_whoever_the_head_calls_so(head: str) -> None:
    """The lines above the first label say who holds the office that "PM:" is."""
    text = head + "PM: I thank you.\n\nJOURNALIST: Will you pay?\n\nPM: I shall.\n"
    assert [name for name, _ in speakers(text)] == ["Wilkins Micawber", None, "Wilkins Micawber"]


@pytest.mark.parametrize("said", ["I met Prime Minister Rassendyll.", "Deputy Prime Minister Rassendyll is here."])
def test_whom_somebody_speaks_of_does_not_hold_the_office(said: str) -> None:
    """Neither a colleague abroad nor a deputy is "PRIME MINISTER:"."""
    text = f"PRIME MINISTER: I thank you. {said}\n\nJOURNALIST: Will you pay?\n\nPRIME MINISTER: I shall.\n"
    assert [name for name, _ in speakers(text)] == [None, None, None]


@given(st.text(alphabet="ABab .:—–-()[]>\n“”01,", max_size=300))
def test_turns_lie_in_the_text_and_in_order(text: str) -> None:
    """Whatever a text is made of, turns do not overlap and their labels stand before them."""
    found = layout(text).turns
    assert all(0 <= t.label.span.start <= t.label.span.end <= t.span.start < t.span.end <= len(text) for t in found)
    assert all(a.span.end <= b.label.span.start for a, b in pairwise(found))
