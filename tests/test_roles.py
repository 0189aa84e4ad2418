"""Whom an office means in a document: "the Polish president", "the prime minister", "the mission's chief"."""

from __future__ import annotations

from datetime import date

import pytest

from retrieval.model import Role
from retrieval.people import People, Person
from retrieval.reading.label_forms import LabelParts, parts_of_label
from retrieval.reading.reader import Reader
from tests.reading import document, read, said

BEZUKHOV = Person(
    "pierre-bezukhov", "Pierre Bezukhov", gender="m", roles=(Role("president", "Poland", date(1810, 1, 1), None),)
)
ROSTOV = Person("ilya-rostov", "Ilya Rostov", gender="m", roles=(Role("president", "Finland", date(1810, 1, 1), None),))


def test_an_office_of_one_country_is_not_given_to_the_holder_in_another() -> None:
    """ "President Bezukhov received Ilya Rostov": the Finnish president is Rostov."""
    text = (
        "President Bezukhov received Ilya Rostov on Monday.\n\n“We dance at nine,” Bezukhov said.\n\n"
        "“We have brought the music,” the Finnish president said."
    )
    found = Reader(People([BEZUKHOV, ROSTOV])).read(document(text, published=date(1812, 5, 1)))
    assert [q.speaker.name for q in found if q.speaker] == ["Pierre Bezukhov", "Ilya Rostov"]


def test_one_of_two_presidents_whose_country_is_not_told_is_nobody_for_sure() -> None:
    """Where the document has a Ruritanian and a Bordurian president, a bare President Elphberg can be either."""
    text = (
        "President Elphberg met his guest at the lake.\n\n“We laid the rails,” the Bordurian president said.\n\n"
        "“We laid the table,” the Ruritanian president said."
    )
    assert {name for name, _ in said(text)}.isdisjoint({"Elphberg", "Rudolf Elphberg"})


def test_of_several_holders_the_line_tells_which_is_meant() -> None:
    """ "Palliser spoke of the bridge. “…,” the prime minister said": the one the paragraph names."""
    text = (
        "Finnish Prime Minister Plantagenet Palliser received Polish Prime Minister Anna Scherer.\n\n"
        "Palliser spoke of the bridge. “It will carry carts,” the prime minister said."
    )
    assert said(text) == [("Plantagenet Palliser", ("It will carry carts,",))]


def test_a_name_within_somebodys_words_is_no_rival() -> None:
    """A president who is only spoken of in a quotation is not whom "the president" means."""
    text = (
        "President Rudolf Elphberg opened the bridge.\n\n“President Ormstein would have closed it,” Elphberg said.\n\n"
        "“It will carry grain,” the president said."
    )
    assert said(text)[-1] == ("Rudolf Elphberg", ("It will carry grain,",))


def test_a_counterpart_holds_the_office_of_whom_he_is_the_counterpart() -> None:
    """ "Polish Foreign Minister X met her Finnish counterpart, Y": Y is the Finnish foreign minister."""
    text = (
        "Polish Foreign Minister Flavia Elphberg met her Finnish counterpart, Godfrey Norton, on Monday.\n\n"
        "“We began with the map,” the Finnish foreign minister said."
    )
    assert said(text) == [("Godfrey Norton", ("We began with the map,",))]


def test_a_land_that_only_the_document_has_is_a_land() -> None:
    """ "Ruritania" and "Ruritanian" belong together."""
    text = "The President of Ruritania, Rudolf Elphberg, came to Brussels.\n\n“It rains,” the Ruritanian leader said."
    assert said(text) == [("Rudolf Elphberg", ("It rains,",))]


def test_an_uncommon_given_name_behind_an_office_is_part_of_the_name() -> None:
    """ "Secretary General Plantagenet Palliser" is Plantagenet Palliser wherever he is only Mr Palliser."""
    text = "Secretary General Plantagenet Palliser came on Tuesday.\n\n“It holds,” Mr Palliser said."
    assert said(text) == [("Plantagenet Palliser", ("It holds,",))]


@pytest.mark.parametrize(
    ("label", "office", "name"),
    [
        ("NATO Secretary General Plantagenet Palliser", "NATO Secretary General", "Plantagenet Palliser"),
        ("Prime Minister of Finland Anna Scherer", "Prime Minister of Finland", "Anna Scherer"),
        ("Minister of Foreign Affairs Flavia Elphberg", "Minister of Foreign Affairs", "Flavia Elphberg"),
        ("Becky Sharp, NATO Spokesperson", "NATO Spokesperson", "Becky Sharp"),
        ("NATO Spokesperson, Becky Sharp", "NATO Spokesperson", "Becky Sharp"),
        ("Secretary General", "Secretary General", ""),
        ("Prime Minister of Finland", "Prime Minister of Finland", ""),
        ("Jonathan Harker", "", "Jonathan Harker"),
    ],
)
def test_a_label_is_an_office_and_a_name(label: str, office: str, name: str) -> None:
    """Either may be missing."""
    countries = {"finland": "Finland", "nato": "NATO"}
    assert parts_of_label(label, countries.get) == LabelParts(office, name)


def test_an_office_as_label_is_whom_another_label_names_with_it() -> None:
    """ "Secretary General:" answers for "League Secretary General Plantagenet Palliser:"; the role is the label's."""
    text = (
        "League Secretary General Plantagenet Palliser: Good morning to all of you.\n\n"
        "Question [Chronicle]: When will it open?\n\nSecretary General: On Thursday, if it is dry.\n\n"
        "Question: And if not?\n\nA: On Friday."
    )
    found = read(text)
    assert [q.speaker.name if q.speaker else None for q in found] == [
        "Plantagenet Palliser",
        None,
        "Plantagenet Palliser",
        None,
        "Plantagenet Palliser",
    ]
    assert found[0].role == "League Secretary General"


def test_a_list_of_what_people_said_is_no_transcript() -> None:
    """Labels before words in quotation marks are attributions, not turns."""
    text = (
        "What they said\n\nPrime Minister Anna Scherer: “It was late.”\n\nPresident Rudolf Elphberg: “It was early.”\n\n"
        "Prime Minister Anna Scherer: “It was Tuesday.”"
    )
    assert {q.kind for q in read(text)} == {"direct"}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("“It holds,” South Wessex Gov. Gabriel Oak said Friday.", "South Wessex Governor"),
        ("“It holds,” Boldwood's spokeswoman Thomasin Yeobright said.", "Boldwood's spokeswoman"),
        ("Boldwood's former chief strategist, Gabriel Oak, said: “It holds.”", "Boldwood's former chief strategist"),
        (
            "“It holds,” said Gabriel Oak, a senior fellow at the Egdon Institute.",
            "senior fellow at the Egdon Institute",
        ),
        ("Gabriel Oak, the retired general who led the league, said: “It holds.”", "retired general"),
        ("Gabriel Oak was elected mayor of Weatherbury in May. “It holds,” Oak said.", "mayor of Weatherbury"),
        (
            "Gabriel Oak is the son of a shepherd and the chairman of the council. “It holds,” Oak said.",
            "chairman of the council",
        ),
        ("“It holds,” said the party's candidate in Weatherbury, Gabriel Oak.", "party's candidate in Weatherbury"),
        ("“It holds,” said Sen. Gabriel Oak (D-Vt.).", "Vermont Senator"),
        ("“It holds,” said Rep. Gabriel Oak, R-South Dakota, on Monday.", "South Dakota Representative"),
        ("“It holds,” said Gabriel Oak, the paper noted General Troy saying.", None),
    ],
)
def test_a_role_that_only_the_document_gives_is_kept(text: str, role: str | None) -> None:
    """The words that say what a speaker is stay with the quote, so that a question can ask by them."""
    assert [q.role for q in read(text) if q.kind == "direct"] == [role]


def test_a_senator_is_meant_by_the_state_behind_the_name() -> None:
    """ "Sen. X (D-Vt.)" is "the Vermont senator"."""
    text = (
        "Sen. Gabriel Oak (D-Vt.) spoke with Sen. William Boldwood (R-Tex.).\n\n“It holds,” the Vermont senator said."
    )
    assert said(text) == [("Gabriel Oak", ("It holds,",))]


def test_whoever_is_named_behind_a_description_is_meant_by_it() -> None:
    """ "The head of the mission, Admiral X, said" is X."""
    text = "The head of the Military Committee, Admiral Gabriel Oak, said: “It holds.”"
    assert said(text) == [("Gabriel Oak", ("It holds.",))]


def test_a_surname_that_the_text_calls_something_else_is_not_the_known_bearer() -> None:
    """A Finnish president of that name is not the second mate, wherever Finland is named."""
    known = Person(
        "ilya-stubb", "Ilya Stubb", gender="m", roles=(Role("president", "Finland", date(1810, 1, 1), None),)
    )
    text = "The second mate, Mr Stubb, told the council that Finland had sent no boats.\n\n“They will come,” Mr Stubb said."
    found = Reader(People([known])).read(document(text, published=date(1812, 5, 1)))
    assert {q.speaker.id for q in found if q.speaker} == {"stubb"}


def test_a_bare_surname_is_nobody_known_where_the_country_is_far_away() -> None:
    """A country that stands in another part of the text says nothing of a surname."""
    known = Person(
        "ilya-stubb", "Ilya Stubb", gender="m", roles=(Role("president", "Finland", date(1810, 1, 1), None),)
    )
    text = "“They will come,” Stubb said.\n\n" + "The boats were counted twice. " * 40 + "\n\nFinland sent none."
    found = Reader(People([known])).read(document(text, published=date(1812, 5, 1)))
    assert {q.speaker.id for q in found if q.speaker} == {"stubb"}


def test_a_state_has_a_governor() -> None:
    """ "Vermont's governor" is an office as "France's president" is."""
    known = Person("gabriel-oak", "Gabriel Oak", roles=(Role("governor", "Vermont", date(1870, 1, 1), None),))
    people = People([known])
    assert people.by_role("the Vermont governor", None, date(1874, 1, 1)) == (known,)
    assert people.by_role("governor", "Vermont", date(1874, 1, 1)) == (known,)
    assert people.by_role("the governor of Texas", None, date(1874, 1, 1)) == ()


def who_said(text: str) -> list[tuple[str | None, str]]:
    """(speaker, first word) of each turn."""
    return [
        (q.speaker.name if q.speaker else None, q.extent.of(text).split()[0]) for q in read(text) if q.kind == "turn"
    ]


def test_labels_can_have_a_line_to_themselves() -> None:
    """Without colons, where the text has enough of them to be a record of speech."""
    text = (
        "League Secretary General Plantagenet Palliser\nThank you so much for the welcome.\nIt was warm.\n\n"
        "President of Ruritania Rudolf Elphberg\nWe are honoured.\n\nQUESTION\nWhen will it open?\n\n"
        "League Secretary General Plantagenet Palliser\nSoon, if it is dry.\n"
    )
    assert who_said(text) == [
        ("Plantagenet Palliser", "Thank"),
        ("Rudolf Elphberg", "We"),
        (None, "When"),
        ("Plantagenet Palliser", "Soon,"),
    ]


def test_a_heading_with_an_office_in_it_makes_no_transcript() -> None:
    """An article whose headings name an office stays an article."""
    text = (
        "Prime Minister Palliser Resigns\n\nHe left on Monday, after the vote on the bridge.\n\n"
        "Foreign Ministers Meet\n\n“It was short,” Anna Scherer said on the steps of the hall."
    )
    assert [q.kind for q in read(text)] == ["direct"]


def test_a_moderator_who_speaks_once_ends_the_turn_before() -> None:
    """His words are not those of whoever spoke last."""
    text = (
        "**Secretary General Plantagenet Palliser:** Good morning.\n\n**Prime Minister Anna Scherer:** Welcome.\n\n"
        "**Moderator:** First question.\n\n**Question:** When?\n\n**Secretary General:** Soon.\n"
    )
    assert who_said(text) == [
        ("Plantagenet Palliser", "Good"),
        ("Anna Scherer", "Welcome."),
        (None, "First"),
        (None, "When?"),
        ("Plantagenet Palliser", "Soon."),
    ]


def test_the_president_is_not_the_guest_who_has_a_label_with_his_name() -> None:
    """Where no title tells who "THE PRESIDENT" is, another president's label tells nothing of him."""
    text = "THE PRESIDENT: Welcome.\n\nPRESIDENT ELPHBERG: Thank you.\n\nTHE PRESIDENT: Please sit.\n"
    assert [name for name, _ in who_said(text)] == [None, "Elphberg", None]


def test_an_office_in_brackets_behind_a_label_is_the_role() -> None:
    """ "Becky Sharp (League Spokesperson):" keeps what she is, in her later turns too."""
    text = (
        "Becky Sharp (League Spokesperson): Good afternoon.\n\nWill Ladislaw (Courier): Is it paid?\n\n"
        "Becky Sharp: It is.\n\nWill Ladislaw (Courier): Twice?\n"
    )
    assert [q.role for q in read(text) if q.speaker and q.speaker.name == "Becky Sharp"] == ["League Spokesperson"] * 2


def test_an_office_held_under_somebody_is_not_his() -> None:
    """ "Harbour master under Emma Woodhouse" says nothing of what she is."""
    text = (
        "“The keys were rusty when I got them,” said Frank Churchill, for nine years harbour master under Emma Woodhouse. "
        "“He oiled the locks himself,” Emma Woodhouse said."
    )
    roles = [q.role for q in read(text) if q.speaker and q.speaker.name == "Emma Woodhouse"]
    assert len(roles) == 1
    assert not roles[0]
