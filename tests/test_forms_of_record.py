"""Records of speech in the forms that parliaments, committees, councils and courts print."""

from __future__ import annotations

import pytest

from retrieval.model import Span
from retrieval.people import People, Person
from retrieval.reading.layout import paragraphs
from retrieval.reading.reader import Reader
from retrieval.reading.turns import ends_speech, is_interlude, turns
from tests.reading import document, read


def found(text: str) -> list[tuple[str, str]]:
    """(label, words) of each turn."""
    return [(t.label.name(text), " ".join(t.span.of(text).split())) for t in turns(text, paragraphs(text))]


def speakers(text: str, *, title: str | None = None) -> list[str | None]:
    """The speaker of each turn."""
    return [q.speaker.name if q.speaker else None for q in read(text, title=title) if q.kind == "turn"]


def test_a_congressional_record_closes_its_labels_with_a_full_stop() -> None:
    """ "Mr. SAWYER of Missouri. …" is a label, and what follows is his turn up to the next."""
    text = (
        "Mr. SAWYER of Missouri. Thank you, Madam Chair.\n\nThe river does not stop at the county line.\n\n"
        "The CHAIRWOMAN. The gentleman will suspend.\n\nMr. FINN. It depends on the river.\n"
    )
    assert found(text) == [
        ("Mr. SAWYER", "Thank you, Madam Chair. The river does not stop at the county line."),
        ("The CHAIRWOMAN", "The gentleman will suspend."),
        ("Mr. FINN", "It depends on the river."),
    ]


def test_a_printed_hearing_opens_its_paragraphs_with_an_indent() -> None:
    """Wrapped lines without blank ones between: an indented line opens a paragraph, and a label stands in it."""
    text = (
        "    Chairman Bingley. The committee will come to order. Good morning to\n"
        "everyone. The river has risen four feet since we last met in this room,\n"
        "and so has the cost of the patrol.\n"
        "    Ms. Woodhouse. Thank you, Mr. Chairman. I shall be very short, since\n"
        "I have nothing kind to say. My uncle told me so, and I have always found\n"
        "it good advice.\n"
        "    Mr. Finn. I have no statement, sir, and if I had one I should not be\n"
        "the one to read it here.\n"
    )
    assert [label for label, _ in found(text)] == ["Chairman Bingley", "Ms. Woodhouse", "Mr. Finn"]
    assert found(text)[1][1].endswith("it good advice.")


def test_an_article_that_opens_with_names_is_no_record() -> None:
    """One or two paragraphs that begin "Mr. Sawyer. …" make no record of speech."""
    assert found("Mr. Sawyer. That was the name on the door.\n\nHe came out and said nothing at all.\n") == []


def test_a_parliament_sets_a_dash_behind_the_label() -> None:
    """ "Name, office. – …" is a label with the office, and a blue card or a group is none."""
    text = (
        "President. – The next item is the debate on the ferry.\n\n"
        "Josef Knecht, Vice-President of the Commission. – Madam President, the ferry is running again.\n\n"
        "Plinio Designori, on behalf of the Glass Bead Group. – A ferry is not a policy.\n\n"
        "President. – The debate is closed.\n"
    )
    assert speakers(text) == [None, "Josef Knecht", "Plinio Designori", None]


def test_whoever_presides_is_not_the_president_whom_the_title_names() -> None:
    """ "The President" of a council is whoever has the chair, as the list above the record says, or nobody."""
    list_above = "President: Mr. Valjean (Montreuil)\nMembers: Nantucket: Mr. Ishmael\n\n"
    spoken = (
        "The President (spoke in French): I give the floor to the representative of Nantucket.\n\n"
        "Mr. Ishmael (Nantucket): My delegation asks for boats.\n\n"
        "The President (spoke in French): I thank the representative.\n\n"
        "Mrs. Scherer (Ruritania): Ruritania abstained.\n\nThe President (spoke in French): There are no more names.\n"
    )
    title = "Address by President Bolkonsky to the Council"
    assert speakers(list_above + spoken, title=title) == ["Valjean", "Ishmael", "Valjean", "Scherer", "Valjean"]
    assert speakers(spoken, title=title) == [None, "Ishmael", None, "Scherer", None]


def test_a_list_of_who_takes_part_is_nobodys_words() -> None:
    """Labels above the first words that have only names behind them open no turn."""
    text = (
        "Who owns the river?\n\nModerator: Becky Thatcher, St. Petersburg Gazette\nPanellists: Tom Sawyer, River Guard\n\n"
        "Becky Thatcher: Who owns the river?\n\nTom Sawyer: Whoever has the map.\n\nBecky Thatcher: Huck?\n\n"
        "Huckleberry Finn: Nobody.\n\nTom Sawyer: He means me.\n"
    )
    assert next(label for label, _ in found(text)) == "Becky Thatcher"
    assert len(found(text)) == 5


def test_what_the_clerks_note_is_not_part_of_a_speech() -> None:
    """ "Admiral Croft (Bath) rose—" and a clock are not said by whoever has the floor."""
    text = (
        "Sir Walter Elliot: I have looked the fleet over from the pier.\n\nSeveral hon. Members rose—\n\n"
        "Anne Elliot: I thank him.\n\nAdmiral Croft (Bath) (Ind) rose—\n\nSir Walter Elliot: I give way.\n\n3.15 pm\n\n"
        "Anne Elliot: So do I.\n"
    )
    assert [words for _, words in found(text)] == [
        "I have looked the fleet over from the pier.",
        "I thank him.",
        "I give way.",
        "So do I.",
    ]


@pytest.mark.parametrize("line", ["(Applause)", "[music]", "3.15 pm", "Captain Wentworth rose—"])
def test_notes_of_clerks_and_captions_are_known(line: str) -> None:
    """A note on a line of its own."""
    assert is_interlude(line, Span(0, len(line)))


@pytest.mark.parametrize(
    "line",
    [
        "The meeting was good, and I would go again.",
        "The text I have in front of me reads as follows.",
        "The sun rose at five, and we sailed.",
        "(I say this with respect.) The roof leaks.",
    ],
)
def test_what_a_speaker_can_say_ends_no_speech(line: str) -> None:
    """Sentences that only begin like a note of the clerks are said."""
    assert not ends_speech(line, Span(0, len(line)))
    assert not is_interlude(line, Span(0, len(line)))


def test_a_paper_that_is_put_in_ends_the_speech() -> None:
    """A prepared statement behind "[The prepared statement … follows:]" is not in the mouth of who spoke last."""
    text = (
        "Ms. Woodhouse. I have nothing to add.\n\n[The prepared statement of Mr. Knightley follows:]\n\n"
        "The raft was mine and I want it back.\n\nMr. Knightley. Thank you.\n\nMs. Woodhouse. I yield.\n"
    )
    assert [words for _, words in found(text)] == ["I have nothing to add.", "Thank you.", "I yield."]


def test_answers_with_a_full_stop_are_turns_of_their_own() -> None:
    """ "A. …" under counsel's objection is the witness's, not counsel's."""
    text = (
        "Q.  Did you leave your room?\nMR. SEEGRAVE: Objection.\nMR. BRUFF: You can answer.\nA.  I did not.\nQ.  Who did?\n"
        "A.  My slippers.\n"
    )
    assert [label for label, _ in found(text)] == ["Q", "MR. SEEGRAVE", "MR. BRUFF", "A", "Q", "A"]


def test_an_exchange_inside_an_article_does_not_swallow_what_follows() -> None:
    """Where labels stand in running text, a turn is its own paragraph, and the article goes on behind it."""
    text = (
        "“I saw his slippers,” the footman, Gabriel Betteredge, said.\n\nBetteredge told the court that he knew them.\n\n"
        "Q. So you saw slippers in the dark?\n\nA. I saw them in the moon.\n\nQ. There was no moon?\n\nA. There was some.\n\n"
        "“You will have to decide how much of one,” Judge Verinder told the jurors.\n"
    )
    quotes = read(text)
    assert [q.kind for q in quotes if q.kind != "reported"] == ["direct", "turn", "turn", "turn", "turn", "direct"]
    assert quotes[-1].speaker is not None
    assert quotes[-1].speaker.name == "Verinder"


def test_a_voice_without_a_name_is_not_the_one_before() -> None:
    """ ">>" and "Audience member:" open somebody else's words."""
    text = ">> DR SEWARD: He is eating flies.\n\n>> Should people worry?\n\n>> DR SEWARD: The flies should.\n"
    assert [words for _, words in found(text)] == ["He is eating flies.", "The flies should."]
    text = (
        "Tom Sawyer: I had it painted.\n\nHuckleberry Finn: You did.\n\nAudience member: Who paid?\n\nTom Sawyer: Nobody.\n\n"
        "Huckleberry Finn: I did.\n"
    )
    assert speakers(text) == ["Tom Sawyer", "Huckleberry Finn", None, "Tom Sawyer", "Huckleberry Finn"]


def test_initials_stand_for_the_name_that_opened() -> None:
    """ "Captain Nemo:" once, then "CN:": one person, and the first answer is not lost."""
    text = (
        "The Nautilus Post: Why do you stay below?\n\nCaptain Nemo: Because nobody has asked me up.\n\nNP: And Ned Land?\n\n"
        "CN: Mr Land is hungry.\n\nNP: Is he?\n\nCN: Always.\n"
    )
    told = speakers(text, title="Interview with Captain Nemo")
    assert len(told) == 6
    assert len(set(told[1::2])) == 1


def test_a_chat_is_read_by_its_clocks_and_names() -> None:
    """A day and a clock may stand before each name, however long the lines are."""
    text = (
        "[14/05/2024, 09:12:03] Emma Woodhouse: Has anybody seen the statement?\n"
        "[14/05/2024, 09:12:40] George Knightley: I have, and I wish I had not.\n"
        "[14/05/2024, 09:13:02] Emma Woodhouse: That is not a statement at all.\n"
        "[14/05/2024, 09:13:30] George Knightley: It is the best kind there is.\n"
    )
    assert speakers(text) == ["Emma Woodhouse", "George Knightley"] * 2


def test_an_office_and_a_name_behind_a_comma_are_one_person() -> None:
    """ "THE SECRETARY GENERAL, RUDOLF RASSENDYLL:" opens, "THE SECRETARY GENERAL:" answers."""
    text = (
        "THE SECRETARY GENERAL, RUDOLF RASSENDYLL: Good morning.\n\nPRIME MINISTER ANNA SCHERER: Thank you.\n\n"
        "QUESTION: What about the fleet?\n\nTHE SECRETARY GENERAL: It is at anchor.\n\nPRIME MINISTER SCHERER: Of oak.\n"
    )
    assert speakers(text) == ["Rudolf Rassendyll", "Anna Scherer", None, "Rudolf Rassendyll", "Anna Scherer"]


def test_a_titled_label_is_not_a_namesake_with_a_label_of_her_own() -> None:
    """ "Judge Thatcher" is not Becky Thatcher, whom the record calls no judge."""
    text = (
        "Becky Thatcher: Who owns the river?\n\nTom Sawyer: I do.\n\nJudge Thatcher (from the floor): He does not.\n\n"
        "Becky Thatcher: Father!\n\nTom Sawyer: Sir.\n"
    )
    assert speakers(text) == ["Becky Thatcher", "Tom Sawyer", "Thatcher", "Becky Thatcher", "Tom Sawyer"]


def test_the_name_in_front_is_taken_whole() -> None:
    """The line below a title is no part of the name in it."""
    text = (
        "Press conference by Chancellor Natasha Rostova\nOtradnoe, 14 May 2024\n\nCHANCELLOR ROSTOVA: Thank you.\n\n"
        "QUESTION: And the mill?\n\nCHANCELLOR ROSTOVA: I have nothing to add.\n"
    )
    assert speakers(text) == ["Natasha Rostova", None, "Natasha Rostova"]


def test_a_surname_alone_is_no_known_person_without_another_sign_of_him() -> None:
    """ "Senator RASSENDYLL" is not the known king's cousin where nothing else in the record speaks of that one."""
    known = Person("rudolf-rassendyll", "Rudolf Rassendyll")
    text = "Chairman STARBUCK. Order.\n\nSenator RASSENDYLL. I yield.\n\nChairman STARBUCK. The Senator yields.\n"
    quotes = Reader(People([known])).read(document(text))
    assert [q.speaker.name if q.speaker else None for q in quotes] == ["Starbuck", "Rassendyll", "Starbuck"]
    assert quotes[1].speaker is not None
    assert quotes[1].speaker.id != known.id


def test_a_journalist_with_a_line_to_himself_ends_the_turn_before() -> None:
    """ "Lucy Westenra, Whitby Times" alone on a line asks; what follows is not the spokesperson's."""
    text = (
        "League Spokesperson\nWe start with the first row.\n\nQuincey Morris, CNN\nIs the castle lost?\n\n"
        "Rudolf Rassendyll\nNo.\n\nLeague Spokesperson\nSecond row.\n\nXquirl Abendroth, Die Zeit\nAnd the bridge?\n\n"
        "Rudolf Rassendyll\nIt is open.\n"
    )
    assert found(text) == [
        ("League Spokesperson", "We start with the first row."),
        ("Quincey Morris", "Is the castle lost?"),
        ("Rudolf Rassendyll", "No."),
        ("League Spokesperson", "Second row."),
        ("Rudolf Rassendyll", "It is open."),
    ]


def test_a_name_and_a_clock_on_a_line_are_a_label() -> None:
    """The form in which machines write down a talk: "Edmond Dantès  0:09"."""
    text = (
        "Abbé Faria  0:03\nI came out in the wrong cell.\n\nEdmond Dantès  0:09\nIt was the right one for me.\n\n"
        "Abbé Faria  0:14\nYou say so now.\n\nEdmond Dantès  0:20\nI had no company.\n"
    )
    assert speakers(text) == ["Abbé Faria", "Edmond Dantès"] * 2


def test_a_broadcast_brings_its_people_in_with_what_they_are() -> None:
    """ "MINA HARKER, ANCHOR:" once, then "HARKER:"; a clip's speaker is somebody, and a notice in capitals is nobody's."""
    text = (
        "MINA HARKER, TNN ANCHOR: Good evening. Arthur?\n\nARTHUR HOLMWOOD, TNN CORRESPONDENT: It is cold, Mina.\n\n"
        "(BEGIN VIDEO CLIP)\n\nABRAHAM VAN HELSING, PHYSICIAN: He is brute.\n\n(END VIDEO CLIP)\n\nHARKER: And the count?\n\n"
        "HOLMWOOD: Asleep.\n\nHARKER: That is all for tonight.\n\nTO ORDER A VIDEO OF THIS TRANSCRIPT, PLEASE CALL NOW.\n"
    )
    people = ["Mina Harker", "Arthur Holmwood", "Abraham Van Helsing", "Mina Harker", "Arthur Holmwood", "Mina Harker"]
    assert speakers(text) == people
    assert found(text)[-1][1] == "That is all for tonight."


def test_an_initial_tells_two_of_one_surname_apart() -> None:
    """ "E BERTRAM" is Edmund, where Tom has a label too."""
    text = (
        "EDMUND BERTRAM, BYLINE: The ferryman is called Tom.\n\nTOM BERTRAM: I stopped.\n\nE BERTRAM: Who said it?\n\n"
        "TOM BERTRAM: They did.\n"
    )
    assert speakers(text) == ["Edmund Bertram", "Tom Bertram"] * 2


def test_a_family_is_told_apart_by_its_forms_of_address() -> None:
    """MR., MRS. and MISS BENNET are three people, none of them the daughter with a given name."""
    text = (
        "MRS. BENNET: I was here first.\n\nMR. BENNET: So you were.\n\nMISS BENNET: Might we begin?\n\n"
        "MISS ELIZABETH BENNET: Jane is right.\n\nMRS. BENNET: Nobody asked you.\n\nMR. BENNET: I did.\n"
    )
    assert speakers(text) == [
        "Mrs. Bennet",
        "Mr. Bennet",
        "Miss Bennet",
        "Elizabeth Bennet",
        "Mrs. Bennet",
        "Mr. Bennet",
    ]


def test_offices_in_short_are_those_in_full() -> None:
    """ "SEC. PALLISER" and "GEN. KUTUZOV" are the secretary and the general of the opening statements."""
    text = (
        "SECRETARY OF DEFENSE PLANTAGENET PALLISER: Thanks.\n\nGENERAL MIKHAIL KUTUZOV: Thank you.\n\nQ: General, will you resign?\n\n"
        "GEN. KUTUZOV: No.\n\nSEC. PALLISER: Nor will I.\n\nADM. CROFT: I might.\n\nSEC. PALLISER: Go ahead.\n"
    )
    told = ["Plantagenet Palliser", "Mikhail Kutuzov", None, "Mikhail Kutuzov", "Plantagenet Palliser", "Croft"]
    assert speakers(text) == [*told, "Plantagenet Palliser"]


def test_a_surname_alone_opens_a_turn_where_its_name_has_one() -> None:
    """ "Stein:" behind "Governor of Patusan Stein:" is not swallowed by the turn before it; nor is "Remark:"."""
    text = (
        "President of Ruritania Rudolf Rassendyll: Mr Stein, ladies and gentlemen,\n\nWe have had good talks.\n\n"
        "Governor of Patusan Stein: We are friends.\n\nQuestion: Are you in one boat?\n\nRudolf Rassendyll: He is fond of boats.\n\n"
        "Stein: He sank one of mine.\n\nRemark: No, he did not.\n\nRudolf Rassendyll: Of course.\n"
    )
    assert [words for _, words in found(text)] == [
        "Mr Stein, ladies and gentlemen, We have had good talks.",
        "We are friends.",
        "Are you in one boat?",
        "He is fond of boats.",
        "He sank one of mine.",
        "No, he did not.",
        "Of course.",
    ]


def test_a_clock_in_brackets_is_part_of_the_label() -> None:
    """ "Mr THORNTON (Milton) (14:02): …" is a label, and an interjection is not said by whoever speaks."""
    text = (
        "Mr THORNTON (Milton—Leader of the Opposition) (14:02): Where is the cotton?\n\nMs HALE (Helstone) (14:03): On the water.\n\n"
        "Mr Thornton interjecting—\n\nThe SPEAKER: Order!\n\nMs HALE: For three weeks.\n\nMr THORNTON: I thank her.\n"
    )
    assert [words for _, words in found(text)][:2] == ["Where is the cotton?", "On the water."]
    assert len(found(text)) == 5
