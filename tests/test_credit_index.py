"""Whom a question means by an office, a body or a description: the credits of the documents, and nobody rather than a namesake."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.asking.answer import QuoteFinder
from retrieval.asking.coverage import Keys
from retrieval.asking.credit_index import CreditIndex, fits, title_of
from retrieval.asking.quoted import HomeCountries
from retrieval.model import EVERYBODY, Credit, Span, Speaker
from retrieval.people import countries
from tests.asking import finder_over, reader
from tests.reading import document

TEXTS = {
    "council.txt": """The council of Highbury

“The bridge will be mended by May,” said George Knightley, chairman of the Highbury Bridge Committee. “The toll is too high,” said
Augusta Elton, a spokeswoman for the Donwell Coach Company. The bridge committee’s treasurer, Robert Martin, said: “The chest is empty.”
""",
    "army.txt": """The camp at Brighton

“The bridge is not the army’s affair,” said Colonel Forster, head of the Brighton militia. The French harbour master, Pierre Aronnax,
said: “The bridge hinders every boat.” “The bridge was my father’s,” said Leo Rostov, a Nantucket Republican.
""",
    "old.txt": """---
published: 1811-03-01
---
Hartfield in March

“The bridge is unsafe,” said John Knightley, mayor of Hartfield.
""",
    "new.txt": """---
published: 1826-03-01
---
Hartfield in spring

“The bridge is as safe as my house,” said Frank Churchill, mayor of Hartfield.
""",
}
TEXTS |= {
    "label.txt": """---
published: 1815-05-01
---
Remarks at Portsmouth

PRIME MINISTER: The bridge at Portsmouth will carry every Englishman in England, and England will pay for it.

FITZWILLIAM DARCY: England thanks the prime minister. I thank England, and the people of England, for the bridge.

PRIME MINISTER: The bridge is the pride of England.
""",
    "left.txt": """A letter from Lisbon

Portuguese Foreign Minister Anna Sherwood said on Monday: “The bridge is closed to grain.” Elinor Tilney, treasurer at the Rosings
Ferry Union, said: “The bridge ruins every ferryman.” A former Wentworth adviser said: “He hates the bridge.” Captain Wentworth said:
“The bridge is safe for my ship.”

The bridge at Lyme is old. “It is a monument to the vanity of engineers,” said William Elliot, the Lyme harbour warden.
""",
}


@pytest.fixture(scope="module")
def finder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[QuoteFinder]:
    with finder_over(tmp_path_factory.mktemp("credits"), TEXTS) as made:
        yield made


def asked(finder: QuoteFinder, who: str) -> str | None:
    """Who answers what somebody said about the bridge; None: nobody does."""
    shown = finder.ask(f"What did {who} say about the bridge?", EVERYBODY).quotes
    return shown[0].quote.speaker.name if shown and shown[0].quote.speaker else None


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("the chairman of the Highbury Bridge Committee", "George Knightley"),
        ("the Highbury Bridge Committee chairwoman", "George Knightley"),
        ("the head of the Brighton militia", "Colonel Forster"),
        ("the French harbour master", "Pierre Aronnax"),
        ("the Nantucket Republican", "Leo Rostov"),
        ("the Portuguese foreign minister", "Anna Sherwood"),
    ],
)
def test_an_office_is_whoever_the_documents_call_so(finder: QuoteFinder, who: str, name: str) -> None:
    """By the document's words or others of the same office."""
    assert (asked(finder, who) or "").split()[-1] == name.split()[-1]


@pytest.mark.parametrize(
    "who",
    [
        "the French prime minister",
        "the Brighton prime minister",
        "the pope",
        "the French harbour master's clerk",
        "the chairman of the Lambton Bridge Committee",
        "the Nantucket attorney general",
        "the Nantucket Republican's adviser",
        "the Spanish foreign minister",
    ],
)
def test_a_word_in_common_makes_nobody_somebody(finder: QuoteFinder, who: str) -> None:
    """Another office of the same land, the same office elsewhere, an aide of whoever is called so."""
    assert asked(finder, who) is None


@pytest.mark.parametrize(
    "question",
    [
        "the Rosings Ferry Union treasurer on whether Wentworth said the bridge is safe",
        "the ferry treasurer on what Darcy thanked England for",
    ],
)
def test_whoever_opens_a_question_is_asked_and_nobody_named_behind(finder: QuoteFinder, question: str) -> None:
    """A description before "on" is the speaker, whoever else says something in the topic."""
    understood = finder.understand(question, EVERYBODY)
    assert understood.asked in {"described", "role"}
    assert understood.typed.endswith("treasurer")
    assert {s.name for s in understood.question.speakers} <= {"Elinor Tilney"}


def test_what_is_told_of_a_deed_is_found_in_the_words_themselves(finder: QuoteFinder) -> None:
    """Words that call a thing something need not name the thing in the same breath."""
    answer = finder.ask("who called the bridge a monument to the vanity of engineers?", EVERYBODY)
    assert [hit.quote.speaker.name for hit in answer.quotes if hit.quote.speaker] == ["William Elliot"]


@pytest.mark.parametrize(
    ("question", "unknown"),
    [
        ("the Meryton harbour warden on the bridge", "Meryton harbour warden"),
        ("Prime Minister Collins on the bridge", "Prime Minister Collins"),
        ("the Swedish treasurer on the bridge", "Swedish treasurer"),
    ],
)
def test_a_description_that_is_nobodys_is_told(finder: QuoteFinder, question: str, unknown: str) -> None:
    """Nobody is shown who shares a word with it."""
    answer = finder.ask(question, EVERYBODY)
    assert not answer.quotes
    assert not answer.near
    assert unknown in answer.message


def test_somebodys_adviser_is_not_that_somebody(finder: QuoteFinder) -> None:
    """A name before what somebody is says whose they are."""
    understood = finder.understand("a Wentworth adviser on the bridge", EVERYBODY)
    assert all(speaker.name != "Captain Wentworth" for speaker in understood.question.speakers)


@pytest.mark.parametrize(
    ("counts", "home"),
    [
        ("England England England England France", "England"),
        ("England France", None),
        ("England France England France England France England", None),
    ],
)
def test_documents_speak_of_a_country_where_they_name_it_far_more_than_another(counts: str, home: str | None) -> None:
    """Whoever speaks abroad names two countries, and is of neither for certain."""
    places = countries()
    renamed = counts.replace("England", "Portugal")
    expected = home and "Portugal"
    assert HomeCountries(places, lambda _one: renamed).of(["letter"]) == expected


def test_a_spokesperson_speaks_for_the_body(finder: QuoteFinder) -> None:
    """Asked for the words of a body, its spokeswoman is shown, by her name."""
    answer = finder.ask("What did the Donwell Coach Company say about the toll?", EVERYBODY)
    assert [hit.quote.speaker.name for hit in answer.quotes if hit.quote.speaker] == ["Augusta Elton"]


@pytest.mark.parametrize(("year", "name"), [("1811", "John Knightley"), ("1826", "Frank Churchill")])
def test_an_office_is_its_holders_of_the_time(finder: QuoteFinder, year: str, name: str) -> None:
    """The mayor of 1811 is not the mayor of 1826."""
    shown = finder.ask(f"What did the mayor of Hartfield say about the bridge in {year}?", EVERYBODY).quotes
    assert {hit.quote.speaker.name for hit in shown if hit.quote.speaker} == {name}


def test_both_are_named_where_several_hold_an_office(finder: QuoteFinder) -> None:
    """Without a date the mayor is either of them."""
    shown = finder.ask("What did the mayor of Hartfield say about the bridge?", EVERYBODY).quotes
    assert {hit.quote.speaker.name for hit in shown if hit.quote.speaker} == {"John Knightley", "Frank Churchill"}


def test_an_acronym_and_an_owner_are_told_by_what_stands_before() -> None:
    """ "Director of the RGS" is that of the Royal Geographical Society, and "its valet" nobody's of another club."""
    text = (
        "The Royal Geographical Society (RGS) met. “The pole is ours,” said Phileas Fogg, director of the RGS.\n\n"
        "“It is cold,” said Jean Passepartout, the society’s valet."
    )
    told = {(c.speaker.name, c.words): c.of for c in reader().credits(document(text))}
    assert told["Phileas Fogg", "director of the RGS"] == "Royal Geographical Society"


@given(st.text(alphabet='ABab .,’()"“”\n-', max_size=200))
def test_every_credit_is_the_words_of_its_span(text: str) -> None:
    """Whatever stands around a name."""
    whole = f"{text}\n\n“So it was,” said Phileas Fogg, head of the Reform Club. {text}"
    for credit in reader().credits(document(whole)):
        assert credit.words == credit.span.of(whole) != ""


@given(
    st.lists(
        st.sampled_from(["mayor of Hartfield", "former mayor", "vice mayor of Hartfield", "Hartfield mayor"]),
        max_size=6,
    )
)
def test_nobody_is_called_what_no_credit_says(phrases: list[str]) -> None:
    """A lesser or a former office is not the office, in whatever number they stand."""
    speaker = Speaker("emma-woodhouse", "Emma Woodhouse")
    stated = [Credit("d", speaker, "office", Span(0, len(p)), p) for p in phrases]
    index = CreditIndex(stated, Keys())
    holds = any(p in {"mayor of Hartfield", "Hartfield mayor"} for p in phrases)
    assert index.bears(title_of("the mayor of Hartfield", Keys()), "d", speaker) is holds


@pytest.mark.parametrize(
    ("asked", "stated"),
    [
        ("boss of the Anglo-Bengalee company", "chief executive of the Anglo-Bengalee company"),
        ("CEO of the Anglo-Bengalee company", "chief executive officer of the Anglo-Bengalee company"),
        ("New York Fed president", "president of the Federal Reserve Bank of New York"),
        ("US attorney", "U.S. Attorney"),
    ],
)
def test_what_is_short_for_an_office_is_that_office(asked: str, stated: str) -> None:
    """A boss is a chief executive, the Fed the Federal Reserve; an American attorney is no defence attorney."""
    keys = Keys()
    have = title_of(stated, keys, stated=True)
    assert fits(title_of(asked, keys), have)
    assert not fits(title_of(asked, keys), title_of("Defense attorney", keys, stated=True))
