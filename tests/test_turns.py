"""Transcripts: labels of many forms, turns, questions, stage directions."""

from __future__ import annotations

from datetime import date

import pytest

from retrieval.model import Role, Span
from retrieval.people import People, Person
from retrieval.reading.label_forms import is_questioner, label_at
from retrieval.reading.layout import paragraphs
from retrieval.reading.reader import Reader
from retrieval.reading.turns import is_stage_direction, turns
from tests.reading import document, read


def found(text: str) -> list[tuple[str, str]]:
    """(label, words) of each turn."""
    return [(t.label.name(text), " ".join(t.span.of(text).split())) for t in turns(text, paragraphs(text))]


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("MR. STARBUCK:  We sail.", "MR. STARBUCK"),
        ("THE CAPTAIN: We sail.", "THE CAPTAIN"),
        ("**THE CAPTAIN:** We sail.", "THE CAPTAIN"),
        ("Q    And the whale?", "Q"),
        ("Q: And the whale?", "Q"),
        ("QUESTION: And the whale?", "QUESTION"),
        ("QUESTION (Nantucket Inquirer): And the whale?", "QUESTION"),
        ("[00:01:20] CAPTAIN AHAB: We sail.", "CAPTAIN AHAB"),
        ("00:01:20 Ahab: We sail.", "Ahab"),
        ("CAPTAIN AHAB [Pequod]: We sail.", "CAPTAIN AHAB"),
        ("SENIOR HARBOUR OFFICIAL #2: We sail.", "SENIOR HARBOUR OFFICIAL #2"),
    ],
)
def test_labels_of_many_forms_are_known(line: str, label: str) -> None:
    """A label is known with brackets, clocks, emphasis and in capitals or not."""
    got = label_at(line, Span(0, len(line)))
    assert got is not None
    assert label == got.name(line)


@pytest.mark.parametrize(
    "line",
    [
        "At 10:30 the ship sailed.",
        "Note: the ship sailed.",
        "See https://pequod.example/log for more.",
        "He had one wish: to sail.",
    ],
)
def test_what_only_looks_like_a_label_is_none(line: str) -> None:
    """Clocks, notes, links and ordinary colons open no turn."""
    assert label_at(line, Span(0, len(line))) is None


def test_a_turn_runs_over_paragraphs_and_wrapped_lines_to_the_next_label() -> None:
    """Unlabelled paragraphs belong to the turn before them."""
    text = "CAPTAIN AHAB:  We sail at dawn.\n\nThe sea is wide.\n\nMR. STARBUCK: Aye.\n\nEND 5:10 P.M.\n\nSome note."
    assert found(text) == [("CAPTAIN AHAB", "We sail at dawn. The sea is wide."), ("MR. STARBUCK", "Aye.")]


def test_interruptions_are_turns_of_their_own() -> None:
    """A word thrown in between is its own turn, and the interrupted one is not glued."""
    text = "CAPTAIN AHAB: We have sailed two and a half —\n\nMR. STARBUCK: Yes.\n\nCAPTAIN AHAB: — thousand miles.\n"
    assert len(found(text)) == 3


def test_stage_directions_stay_in_place_but_are_told_apart() -> None:
    """ "(Laughter.)" inside a turn stays where it is; at its edge it is not part of what was said."""
    text = "CAPTAIN AHAB:  (In progress.)  We sail. (Laughter.) At dawn.\n\nMR. STARBUCK: Aye.\n"
    turn = turns(text, paragraphs(text))[0]
    assert turn.span.of(text) == "We sail. (Laughter.) At dawn."
    assert is_stage_direction("(Laughter.)")
    assert not is_stage_direction("We sail. (Laughter.)")


def test_dialogue_by_name_needs_more_than_one_label() -> None:
    """Names in small letters are labels only where they come in numbers."""
    assert found("Background: the ship sailed.\n\nIt came back.\n") == []
    text = "Mina Harker: I heard it.\n\nCount Dracula: Listen to them.\n\nMina Harker: What music?\n\nCount Dracula: The wolves.\n"
    assert len(found(text)) == 4


@pytest.mark.parametrize("label", ["Q", "QUESTION", "MODERATOR", "REPORTER", "Audience Member"])
def test_who_asks_is_known_by_the_label(label: str) -> None:
    """Questions and moderators are nobody's words but theirs."""
    assert is_questioner(label)


def test_questions_are_never_the_principals_words() -> None:
    """A question's turn has no speaker; the answers around it do."""
    text = "MR. STARBUCK: We sail.\n\nQ    When, Mr. Starbuck?\n\nMR. STARBUCK: At dawn.\n\nMODERATOR: Thank you.\n"
    assert [q.speaker.name if q.speaker else None for q in read(text)] == ["Starbuck", None, "Starbuck", None]


def test_several_labels_are_one_person_decided_by_the_document() -> None:
    """A full name elsewhere in the document completes a label's surname."""
    text = "MR. STARBUCK: Thank you.\n\nHUGH STARBUCK: We sail.\n\nQ    When?\n\nMR. STARBUCK: Hugh Starbuck does not know.\n"
    speakers = {q.speaker.name for q in read(text, title="Remarks by Hugh Starbuck, first mate") if q.speaker}
    assert {"Hugh Starbuck"} == speakers


def test_an_office_as_label_is_told_by_the_title() -> None:
    """ "THE PRESIDENT" is the one whom the document's title calls so, with the role and the date of that day."""
    harker = Person("jonathan-harker", "Jonathan Harker", roles=(Role("president", "Estonia", date(1893, 5, 1), None),))
    text = "THE PRESIDENT:  Good evening.\n\nQ    Good evening.\n\nTHE PRESIDENT:  Thank you.\n"
    quotes = Reader(People([harker])).read(
        document(text, title="Remarks by President Harker in Press Conference", published=date(1893, 6, 14))
    )
    assert [q.speaker.name if q.speaker else None for q in quotes] == ["Jonathan Harker", None, "Jonathan Harker"]
    assert [q.role for q in quotes] == ["Estonian president", None, "Estonian president"]
    assert {date(1893, 6, 14)} == {q.said_on for q in quotes}


def test_an_office_that_nobody_is_known_to_hold_stays_unattributed() -> None:
    """Without a title that tells, "THE PRESIDENT" is nobody."""
    text = "THE PRESIDENT:  Good evening.\n\nQ    Good evening.\n\nTHE PRESIDENT:  Thank you.\n"
    assert {None} == {q.speaker for q in read(text)}


def test_an_unnamed_official_stays_unnamed() -> None:
    """ "SENIOR ADMINISTRATION OFFICIAL" is described, and has no id."""
    text = "MODERATOR: Go ahead.\n\nSENIOR ADMINISTRATION OFFICIAL: Thanks.\n\nQ    Why?\n\nSENIOR ADMINISTRATION OFFICIAL: Because.\n"
    speakers = [q.speaker for q in read(text) if q.speaker]
    assert [s.name for s in speakers] == ["senior administration official"] * 2
    assert all(s.unnamed and s.id is None for s in speakers)


def test_a_voice_that_is_heard_once_ends_the_turn_before() -> None:
    """Words behind "AIDE:" are not the principal's, though the label stands only once in the record."""
    text = "CAPTAIN AHAB: We sail at dawn.\n\nMR. STARBUCK: Aye, sir.\n\nCAPTAIN AHAB: The ship is ready.\n\nAIDE: Thank you, everybody.\n"
    assert ("CAPTAIN AHAB", "The ship is ready.") in found(text)


ALONE = (
    "MEETING OF THE PICKWICK CLUB\n\nMR. PICKWICK\n\nGood evening, gentlemen. I call upon Mr. Tupman.\n\nMR. TUPMAN\n\n"
    "Thank you. The accounts are in order.\n\nQUESTION\n\nWere the oysters paid for?\n\nMR. TUPMAN\n\nThey were not.\n\n"
    "SAM WELLER\n\nI paid for the oysters myself. So did Mr. Weller's father.\n\nMR. PICKWICK\n\nOrder, please.\n"
)


def test_names_on_lines_of_their_own_are_labels() -> None:
    """A record in which each name stands above the words is told apart like one with colons."""
    quotes = read(ALONE)
    assert [(q.speaker.name if q.speaker else None, q.fragments[0].of(ALONE).split()[0]) for q in quotes] == [
        ("Pickwick", "Good"),
        ("Tupman", "Thank"),
        (None, "Were"),
        ("Tupman", "They"),
        ("Sam Weller", "I"),
        ("Pickwick", "Order,"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "Present were:\n\nMR. PICKWICK\n\nMR. TUPMAN\n\nMR. WINKLE\n\nMR. PICKWICK\n\nThe meeting opened at noon.\n",
            id="a list",
        ),
        pytest.param(
            "Mr Pickwick\n\nHe was born in Goswell Street.\n\n"
            + "He travelled. " * 20
            + "\n\n"
            + "He wrote.\n\n" * 12
            + "Sam Weller\n\nHe served him.\n\nSam Weller\n\nHe is well.\n",
            id="headings of an essay",
        ),
    ],
)
def test_names_on_lines_of_their_own_can_be_a_list(text: str) -> None:
    """Without words below each, or with too few of them, such lines open no turns."""
    assert found(text) == []


@pytest.mark.parametrize(
    ("label", "name"),
    [
        pytest.param("DEPUTY WARDEN", "deputy warden", id="deputy"),
        pytest.param("ACTING CAPTAIN", "acting captain", id="acting"),
        pytest.param("PIRATE CAPTAIN", "pirate captain", id="an office behind another word"),
    ],
)
def test_an_office_of_a_label_is_kept_whole(label: str, name: str) -> None:
    """Part of an office is never taken for a name."""
    text = f"CAPTAIN SMOLLETT: We sail.\n\n{label}: We do not.\n\nCAPTAIN SMOLLETT: We do.\n\n{label}: Never.\n"
    speakers = [q.speaker for q in read(text)]
    assert [s.name for s in speakers if s] == ["Smollett", name, "Smollett", name]
    assert [s.unnamed for s in speakers if s] == [False, True, False, True]


@pytest.mark.parametrize(
    "text",
    [
        "MR. SILVER: Aye.\n\nDR. LIVESEY and SQUIRE TRELAWNEY: We agree.\n\nMR. SILVER: Good.\n",
        "SILVER: Aye.\n\nSILVER AND LIVESEY: We agree.\n\nSILVER: Good.\n\nLIVESEY: Very.\n\nSILVER AND LIVESEY: Yes.\n",
    ],
)
def test_a_label_of_two_is_nobodys(text: str) -> None:
    """What two say together is not one person's."""
    quotes = read(text)
    assert [q.speaker.name if q.speaker else None for q in quotes][:3] == ["Silver", None, "Silver"]


def test_a_surname_that_is_once_a_label_ends_the_turn_before() -> None:
    """ "DENISOV:" is whoever another label calls "DEPUTY MINISTER DENISOV"; another single name is at least nobody else."""
    text = (
        "BEZUKHOV: Good evening.\n\nDEPUTY MINISTER DENISOV: May I?\n\nBEZUKHOV: Please.\n\n"
        "DENISOV: There is bread.\n\nBEZUKHOV: Good.\n\nKARATAYEV: There is salt.\n"
    )
    assert found(text)[-2:] == [("DENISOV", "There is bread."), ("BEZUKHOV", "Good.")]


def test_a_name_with_a_calling_on_a_line_of_its_own_is_a_label() -> None:
    """ "PASSEPARTOUT, valet to Mr Fogg" is Passepartout."""
    text = (
        "PHILEAS FOGG\n\nI shall be back.\n\nANDREW STUART\n\nWhen?\n\nPHILEAS FOGG\n\nIn winter.\n\n"
        "PASSEPARTOUT, valet to Mr Fogg\n\nThe gas is on.\n\nANDREW STUART\n\nStill?\n"
    )
    assert ("Passepartout", "The gas is on.") in [
        (q.speaker.name, q.fragments[0].of(text)) for q in read(text) if q.speaker
    ]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        pytest.param("Molly Gibson was not there.", "Gibson", id="of another gender"),
        pytest.param("But Gibson stayed.", "Gibson", id="no given name"),
        pytest.param("Roger Gibson stayed.", "Roger Gibson", id="his own"),
    ],
)
def test_a_labels_surname_is_not_completed_by_a_namesake(sentence: str, name: str) -> None:
    """ "MR. GIBSON" takes the given name that the text has for a man of that name."""
    text = f"MR. GIBSON: I am glad. {sentence}\n\nQ    Why?\n\nMR. GIBSON: It passed.\n"
    assert [q.speaker.name for q in read(text) if q.speaker] == [name, name]
