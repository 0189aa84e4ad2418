"""The sentences of answers without quotes: why there are none, and what is close (pure)."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.asking import grammar
from retrieval.asking.terms import STOP, fold, listed
from retrieval.model import Question, Speaker
from retrieval.people import People

EMPTY_CORPUS = "There is nothing here to quote from yet; an admin can add documents."
UNATTRIBUTED = "Those words are in the documents, but not whose they are."
_TOPIC_LENGTH = 80
_THE_BODIES = grammar.BODIES | listed(
    "house kremlin pentagon nations states kingdom office bureau alliance bundestag duma"
)
_NOT_A_TOPIC = STOP | listed(
    """really something anything everything nothing many first last next year years today time"""
)


def unknown_speaker(name: str, near: Sequence[str]) -> str:
    """Nobody of that name is quoted."""
    hint = f" Did you mean {_listed(near, 'or')}?" if near else ""
    return f"I have no quotes by “{_short(name)}”.{hint}"


def only_named(name: str) -> str:
    """The name stands in the documents, but no words are known to be theirs."""
    return f"“{_short(name)}” is named in the documents, but I know of no words there that are theirs."


def never_quoted(speakers: Sequence[Speaker]) -> str:
    """Known people who are not quoted at all."""
    return f"I have no quotes by {_listed([with_article(s) for s in speakers], 'or')}."


def no_more(question: Question) -> str:
    """Everything that fits was shown before."""
    who = _listed([with_article(s) for s in question.speakers], "or")
    about = f" on {_short(question.topic)}" if question.topic else ""
    return f"That is all I have{f' by {who}' if who else ''}{about}."


def undated(event: str) -> str:
    """An event bounds a question, whose day nobody has told the bot."""
    return (
        f"I do not know the day to find what was said “{_short(event)}”; these are the words that fit, whenever they were said."
        if event
        else ""
    )


def read_as(typed: str, name: str) -> str:
    """A miswritten name was taken for somebody's."""
    return f"I took “{_short(typed)}” to be {name}."


def ambiguous(speakers: Sequence[Speaker]) -> str:
    """Two people fit equally well."""
    return f"Several people fit: {_listed([s.name for s in speakers], 'or')}? Ask again with the full name."


def silent(question: Question, topics: Sequence[str], people: People) -> str:
    """The speaker is known but says nothing on the topic."""
    who = _listed([with_article(speaker) for speaker in question.speakers], "or")
    topic = _short(question.topic)
    first = f"Nothing by {who} on {topic}." if topic else f"Nothing by {who} in the documents."
    if not topics:
        return first
    return f"{first} {_subject(question.speakers, people)} quoted on {_listed(topics, 'and')}."


def others_words(theirs: Speaker, asked: Sequence[Speaker]) -> str:
    """The words that fit are somebody else's."""
    return f"Those words are {_owner(theirs)}, not {_listed([_owner(s) for s in asked], 'or')}."


def out_of_range(question: Question, held: str) -> str:
    """Words there are, but none from the period or the publisher asked for."""
    who = _listed([with_article(speaker) for speaker in question.speakers], "or")
    when = _period(question)
    by = f" by {who}" if who else ""
    source = f" in {question.publisher}" if question.publisher else ""
    return (
        f"Nothing{by}{source}{when} that I know the date of.{held}" if when else f"Nothing{by}{source} on that.{held}"
    )


def no_match(question: Question, near: Sequence[str]) -> str:
    """No speaker was asked for, and nothing in the documents fits."""
    topic = _short(question.topic)
    first = f"I found no quote on {topic}." if topic else "I found no quote that answers this."
    return f"{first} The nearest quotes are on {_listed(near, 'and')}." if near else first


def _listed(names: Sequence[str], last: str) -> str:
    if len(names) > 4:
        names = [*names[:3], "others"]
        last = "and"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}" if names else ""


def _subject(speakers: Sequence[Speaker], people: People) -> str:
    person = people.get(speakers[0].id) if len(speakers) == 1 and speakers[0].id else None
    gender = person.gender if person else None
    if len(speakers) > 1:
        return "They are"
    return {"m": "He is", "f": "She is"}.get(gender or "", f"{_capital(with_article(speakers[0]))} is")


def with_article(speaker: Speaker) -> str:
    """A name as it stands in a sentence: "the Harbour Board", "the Kremlin", but "Oxfam"."""
    last = fold(speaker.name.split()[-1]) if speaker.name else ""
    with_the = speaker.type == "body" and last in _THE_BODIES and not speaker.name.lower().startswith("the ")
    return f"the {speaker.name}" if with_the else speaker.name


def _owner(speaker: Speaker) -> str:
    if speaker.unnamed:
        return f"those of “{speaker.name}”"
    if speaker.type == "body":
        return f"those of {with_article(speaker)}"
    return f"{speaker.name}’s"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _period(question: Question) -> str:
    since, until = question.since, question.until
    if since and until and since == until:
        return f" on {since.isoformat()}"
    if since and until:
        return f" between {since.isoformat()} and {until.isoformat()}"
    if since:
        return f" since {since.isoformat()}"
    return f" until {until.isoformat()}" if until else ""


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _TOPIC_LENGTH else text[:_TOPIC_LENGTH].rsplit(" ", 1)[0] + " …"
