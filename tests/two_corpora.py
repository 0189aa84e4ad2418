"""Corpora and questions made up by Hypothesis: the same library with and without documents that somebody may not see.

People of novels speak; what they say is put together from parts of our own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import strategies as st

from retrieval.model import Credit, Document, Understanding
from tests.asking import reader

OPEN_PEOPLE = ("Elizabeth Bennet", "Captain Ahab", "Sherlock Holmes", "Jane Eyre", "Phileas Fogg", "Mr. Darcy")
SECRET_PEOPLE = ("Dorothea Brooke", "Ned Land", "Mina Harker", "Elisabeth Benet", "Georgiana Darcy", "Mycroft Holmes")
OFFICES = ("master of the Pequod", "governor of the harbour", "a housekeeper of Thornfield", "treasurer of the club")
THINGS = ("the bridge", "the lighthouse", "the harbour dues", "the white whale", "the school at Lowick", "the wager")
DEEDS = ("holds", "must be paid for", "was never finished", "will cost us dear", "is open to everybody", "cannot last")
TAILS = ("", " before the winter", " whatever the Meryton council thinks", " by the second of June", " and I rejoice")
SECRET_THINGS = ("the torpedo", "the diamond", "the bridge", "the wager", "Carfax Abbey", "the lighthouse")
PUBLISHERS = ("The Meryton Courier", "The Strand", "The Nantucket Log")
EVERYWHERE, ELSEWHERE = "C1", "C9"  # a channel whose documents are in both, and one whose documents are in one alone


@dataclass(frozen=True)
class Corpora:
    """Files that both libraries hold, and those that only one holds and only another channel may see."""

    open: dict[str, str]
    secret: dict[str, str]


def statement(who: str, thing: str, deed: str, tail: str, form: int, office: str) -> str:
    """A paragraph in which somebody says something, in one of the forms of newspapers."""
    words = f"{thing[0].upper()}{thing[1:]} {deed}{tail}"
    last = who.split()[-1]
    return (
        f"“{words}”, said {who}. A cab waited below.",
        f"{who}, {office}, told the company that it rained. “{words}”, {last} added.",
        f"{who}: {words}, and nobody shall say otherwise.",
        f"Nobody had asked. “{words},” said a sailor, who would not be named.",
        f"{who} said {thing} {deed}{tail}. “I was there”, said {who}, {office}.",
        f"The {office.split()[0 if office.split()[0] != 'a' else 1]} of the place, {who}, was silent, and {thing} {deed}.",
    )[form]


def statements(people: tuple[str, ...], things: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Paragraphs of these people about these things."""
    parts = (people, things, DEEDS, TAILS)
    return st.builds(statement, *map(st.sampled_from, parts), st.integers(0, 5), st.sampled_from(OFFICES))


def report(title: str, publisher: str, day: str, channels: str, said: list[str]) -> str:
    """A document with a head."""
    facts = [f"title: {title}", f"publisher: {publisher}"]
    facts += [f"published: {day}"] if day else []
    facts += [f"channels: [{channels}]"] if channels else []
    return "---\n" + "\n".join(facts) + "\n---\n" + "\n\n".join(said) + "\n"


def reports(channels: st.SearchStrategy[str], said: st.SearchStrategy[list[str]]) -> st.SearchStrategy[str]:
    """Documents of such statements."""
    titles = st.builds("{} and {}".format, st.sampled_from(THINGS), st.sampled_from(SECRET_THINGS))
    days = st.sampled_from(("", "1811-03-04", "1851-10-18", "1872-12-22", "1891-07-01", "1893-05-03"))
    return st.builds(report, titles, st.sampled_from(PUBLISHERS), days, channels, said)


def crowd(who: str, thing: str) -> list[str]:
    """So many statements of one person about one thing that they would fill every list of candidates."""
    return [statement(who, thing, DEEDS[n % 6], f" at milestone {n}", 0, OFFICES[0]) for n in range(110)]


@st.composite
def corpora(draw: Callable[..., object]) -> Corpora:
    """A small library, and secrets beside it: other people's, the same people's, copies of what everybody may read."""
    said = st.lists(statements(OPEN_PEOPLE, THINGS), min_size=1, max_size=3)
    shown: list[str] = draw(st.lists(reports(st.sampled_from(("", "", EVERYWHERE)), said), min_size=1, max_size=4))  # type: ignore[assignment]
    both = statements(OPEN_PEOPLE + SECRET_PEOPLE, THINGS + SECRET_THINGS)
    crowds = st.builds(crowd, st.sampled_from(OPEN_PEOPLE + SECRET_PEOPLE), st.sampled_from(THINGS))
    hidden_said = st.lists(both, min_size=1, max_size=4) | crowds
    where = st.sampled_from((ELSEWHERE, f"{ELSEWHERE}, C8"))
    secret: list[str] = draw(st.lists(reports(where, hidden_said), min_size=1, max_size=3))  # type: ignore[assignment]
    if draw(st.booleans()):
        copied = shown[0].replace(f"channels: [{EVERYWHERE}]\n", "")
        secret.append(copied.replace("\n---\n", f"\nchannels: [{ELSEWHERE}]\n---\n", 1))
    return Corpora(
        {f"b{number}.md": text for number, text in enumerate(shown)},
        {f"{'ac'[number % 2]}{number}.md": text for number, text in enumerate(secret)},  # before the others and after
    )


_names = st.sampled_from((*OPEN_PEOPLE, *SECRET_PEOPLE, "Ahab", "Brooke", "Elizabth Bennett", "Holmes", "Darcy"))
_things = st.sampled_from((*THINGS, *SECRET_THINGS, "the brigde", "torpedos", "the weather"))
_words = st.builds("{} {}{}".format, _things, st.sampled_from(DEEDS), st.sampled_from(TAILS))
questions: st.SearchStrategy[str] = st.one_of(
    st.builds("What did {} say about {}?".format, _names, _things),
    st.builds("What did {} say?".format, _names),
    st.builds("what has {} said about {} since 1872".format, _names, _things),
    st.builds("latest from {} on {}".format, _names, _things),
    st.builds("Who said “{}”?".format, _words),
    st.builds("Who spoke about {}?".format, _things),
    st.builds("What did the {} say about {}?".format, st.sampled_from(OFFICES), _things),
    st.builds("What does {} write about {}?".format, st.sampled_from(PUBLISHERS), _things),
    st.builds("Did {} say “{}”?".format, _names, _words),
    st.builds("{}?".format, _names | _things),
    st.builds("tell me about {}".format, _things),
)
claims: st.SearchStrategy[str] = st.builds("“{}”, said {}".format, _words, _names)
spans: st.SearchStrategy[str] = st.builds("{} on {}".format, _names, _things) | _names


class ReadOnce:
    """The real reader, which reads the same document once for both libraries."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, str], tuple[Understanding, tuple[Credit, ...]]] = {}

    def understood(self, document: Document) -> Understanding:
        return self._both(document)[0]

    def credits(self, document: Document) -> tuple[Credit, ...]:
        return self._both(document)[1]

    def _both(self, document: Document) -> tuple[Understanding, tuple[Credit, ...]]:
        key = (document.id, document.text)
        if key not in self._held:
            self._held[key] = reader().understood(document), reader().credits(document)
        return self._held[key]
