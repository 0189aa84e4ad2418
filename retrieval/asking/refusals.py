"""The sentences of answers without quotes, and the questions that a document can answer (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from retrieval import lexicon
from retrieval.asking.topics import subjects
from retrieval.gates import NO_INVENTION, NOBODY, SPEAKER
from retrieval.lexicon import gender_of
from retrieval.model import Document, Question, Quote, Reason, Speaker
from retrieval.people import People
from retrieval.terms import fold, listed

NOT_THE_ANSWER = "The nearest I hold, and not the answer"
EMPTY_CORPUS = "There is nothing here to quote from yet; an admin can add documents."
WITHHELD = "The words that fit are withheld, because the stored text is not the one that was indexed."


@dataclass(frozen=True, slots=True)
class Code:
    """A path that ends without quotes: the reason it counts as, what decides it, and the gate that stands there."""

    reason: Reason
    decides: str
    gate: str = ""


CODES: Mapping[str, Code] = {
    "no_words": Code("not_a_question", "the message holds no letter and no digit"),
    "gives_orders": Code("would_invent", "the message gives orders to the bot", NO_INVENTION.name),
    "asks_to_invent": Code("would_invent", "the message asks for words to be made up or changed", NO_INVENTION.name),
    "greeting": Code("not_a_question", "the message is a greeting"),
    "thanks": Code("not_a_question", "the message is thanks"),
    "about_the_bot": Code("not_a_question", "the message asks about the bot"),
    "asks_for_the_unsaid": Code("no_match", "the message asks for what somebody did not say"),
    "not_english": Code("not_a_question", "small words of another language, and none of English"),
    "errand": Code("not_a_question", "the message asks for something else than words"),
    "who_somebody_is": Code("not_a_question", "the message asks who somebody is"),
    "nothing_held": Code("empty_corpus", "there is no document that may be shown here"),
    "words_of_nobody": Code("no_match", "the words stand in a document whose speaker is not known", SPEAKER.name),
    "words_not_found": Code("no_match", "no quote holds the words"),
    "name_unknown": Code("unknown_speaker", "nobody who is quoted or known bears the name", NOBODY.name),
    "name_in_doubt": Code("unknown_speaker", "words that open the question like a name are nobody's", NOBODY.name),
    "name_guessed": Code("unknown_speaker", "the name is miswritten, and the words do not bear the guess out", NOBODY.name),
    "only_named": Code("speaker_silent", "the name stands in the documents, and no words are theirs", SPEAKER.name),
    "never_quoted": Code("speaker_silent", "the speaker is known and quoted in no document", SPEAKER.name),
    "kind_unknown": Code("unknown_speaker", "no source of the kind that the question describes is quoted", NOBODY.name),
    "outside_the_period": Code("out_of_range", "period or publisher speak against every candidate"),
    "not_in_that_office": Code("speaker_silent", "no words are known to be from the time in that office"),
    "premise_not_told": Code("speaker_silent", "no document tells what the question takes for granted"),
    "nothing_found": Code("no_match", "no candidate at all"),
    "nothing_on_that": Code("no_match", "the evidence for the first candidate is below the line"),
    "said_by_another": Code("other_speaker", "somebody else's words fit, and those of whoever was asked do not", SPEAKER.name),
    "silent_on_that": Code("speaker_silent", "the evidence for the speaker's first candidate is below the line"),
    "beside_the_point": Code("no_match", "the first candidate is no answer, whatever speaks for it"),
    "silent_beside": Code("speaker_silent", "the speaker's first candidate is no answer, whatever speaks for it"),
    "several_fit": Code("ambiguous_speaker", "several people bear the name, and the words of two fit"),
    "withheld": Code("no_match", "a gate withheld every candidate"),
    "nothing_more": Code("no_match", "everything that fits was shown before"),
}  # fmt: skip
NEAR = frozenset(
    {"silent_on_that", "silent_beside"}
)  # after which the speaker's nearest words are shown, marked as such
_LONGEST_TOPIC = 5  # words; more than this claim what somebody said
UNATTRIBUTED = "Those words are in the documents, but not whose they are."
_TOPIC_LENGTH = 80
_THE_BODIES = lexicon.BODIES | listed(
    "house kremlin pentagon nations states kingdom office bureau alliance bundestag duma"
)


def unknown_speaker(name: str, near: Sequence[str]) -> str:
    """Nobody of that name is quoted."""
    if fold(name) in lexicon.PRONOUNS:
        return f"I cannot tell who “{name}” is. Name the speaker, or ask in the thread of the answer you mean."
    hint = f" Did you mean {_listed(near, 'or')}?" if near else ""
    return f"I have no quotes by “{_short(name)}”.{hint}"


def only_named(name: str) -> str:
    """The name stands in the documents, but no words are known to be theirs."""
    return f"“{_short(name)}” is named in the documents, but I know of no words there that are theirs."


def never_quoted(
    speakers: Sequence[Speaker], role: str = "", typed: str = "", country: str = "", others: Sequence[Speaker] = ()
) -> str:
    """Known people who are not quoted at all."""
    names = _listed(_called(speakers), "or")
    if others:
        return f"I have no quotes by {names}; for {country} there are quotes by {_listed([s.name for s in others], 'and')}."
    if role and len(speakers) > 1:
        return f"I have no quotes by “{_short(role)}” ({names})."
    if typed and len(speakers) > 1 and all(fold(typed) in fold(s.name) for s in speakers):
        return f"I have no quotes by anybody called “{_short(typed)}”, such as {names}."
    return f"I have no quotes by {names}."


def not_then(speakers: Sequence[Speaker], when: str) -> str:
    """They are quoted, but not from a time in the office asked about; `when` is "from a time as prime minister"."""
    return f"I have quotes by {_listed(_called(speakers), 'or')}, but know of none {when}."


def no_such_time(speakers: Sequence[Speaker], clause: str) -> str:
    """What a question takes for granted of its speaker stands in none of the documents that quote them."""
    return f"I know of no words of {_listed([_owner(s) for s in _distinct(speakers)], 'or')} from “{_short(clause)}”."


def no_more(question: Question) -> str:
    """Everything that fits was shown before."""
    who = _listed(_called(question.speakers), "or")
    about = f" on {_short(question.topic)}" if question.topic else ""
    return f"That is all I have{f' by {who}' if who else ''}{about}."


def undated(event: str) -> str:
    """An event bounds a question, whose day nobody has told the bot."""
    return (
        f"I do not know the day to find what was said “{_short(event)}”; these are the words that fit, whenever they were said."
        if event
        else ""
    )


def of_no_known_day(question: Question) -> str:
    """Words are shown that may be from the period asked for: nobody knows when they were said."""
    return f"I know of no words{_period(question)} that answer this; these stand in documents whose date is not known."


def left(others: Sequence[Speaker]) -> str:
    """A second question in the same breath is left."""
    return f"I take one question at a time: ask about {_listed(_called(others), 'and')} on its own." if others else ""


def not_just_that(speakers: Sequence[Speaker]) -> str:
    """ "Did X say …?" is shown what comes near it."""
    return f"I know of no quote in which {_listed(_called(speakers), 'or')} says just that; this comes nearest."


def read_as(typed: str, name: str) -> str:
    """A miswritten name was taken for somebody's."""
    return f"I took “{_short(typed)}” to be {name}."


def ambiguous(speakers: Sequence[Speaker]) -> str:
    """Two people fit equally well."""
    return f"Several people fit: {_listed([s.name for s in speakers], 'or')}? Ask again with the full name."


def silent(question: Question, topics: Sequence[str], people: People) -> str:
    """The speaker is known but says nothing on the topic."""
    who = _listed(_called(question.speakers), "or")
    first = f"Nothing by {who}{_on(question)}."
    if not topics:
        return first
    return f"{first} {_subject(question.speakers, people)} {_listed(topics, 'and')}."


def others_words(theirs: Speaker, question: Question) -> str:
    """The words that fit are somebody else's: the very ones that were asked for, or words on the same topic."""
    asked = question.speakers
    if len(question.topic.split()) > _LONGEST_TOPIC:
        return f"Those words are {_owner(theirs)}, not {_listed([_owner(s) for s in _distinct(asked)], 'or')}."
    other = f"an unnamed source (“{theirs.name}”)" if theirs.unnamed else with_article(theirs)
    return (
        f"Nothing by {_listed(_called(asked), 'or')}{_on(question)}. {other[0].upper()}{other[1:]} is quoted on that."
    )


def out_of_range(question: Question, held: str, role: str = "") -> str:
    """Words there are, but none from the period or the publisher asked for; of an office nobody is named who held it at another time."""
    who = f"“{_short(role)}”" if role else _listed(_called(question.speakers), "or")
    when = _period(question)
    by = f" by {who}" if who else ""
    if question.publisher and not when:
        return f"I hold nothing that says it is from {question.publisher}{f' with words{by}' if by else ''}."
    source = f" in {question.publisher}" if question.publisher else ""
    return (
        f"Nothing{by}{source}{when} that I know the date of.{held}" if when else f"Nothing{by}{source} on that.{held}"
    )


def no_match(question: Question, near: Sequence[str], looked_for: str = "") -> str:
    """No speaker was asked for, and nothing in the documents fits."""
    asked = (
        f" on {_short(question.topic)}"
        if question.topic
        else f" that answers this. I looked for “{_short(looked_for)}”"
        if looked_for
        else " that answers this"
    )
    first = f"I found no quote{asked}."
    return f"{first} The nearest quotes are on {_listed(near, 'and')}." if near else first


def _on(question: Question) -> str:
    """What was asked about, where the question has it in words that can follow "on"."""
    return f" on {_short(question.topic)}" if question.topic else " that answers this"


def _listed(names: Sequence[str], last: str) -> str:
    if len(names) > 4:
        names = [*names[:3], "others"]
        last = "and"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}" if names else ""


def _subject(speakers: Sequence[Speaker], people: People) -> str:
    distinct = _distinct(speakers)
    if len(distinct) > 1:
        return "They are quoted on"
    person = people.get(distinct[0].id) if distinct[0].id else None
    given = distinct[0].name.split()[0] if distinct[0].type == "person" and " " in distinct[0].name else ""
    gender = person.gender if person and person.gender else gender_of(given)
    return {"m": "He is quoted on", "f": "She is quoted on"}.get(gender or "", "There are quotes on")


def _distinct(speakers: Sequence[Speaker]) -> list[Speaker]:
    """The speakers without those whom a document calls by no more than the surname of another one of them."""
    full = [s for s in speakers if " " in s.name]
    return [s for s in speakers if " " in s.name or all(s.name not in other.name.split() for other in full)]


def _called(speakers: Sequence[Speaker]) -> list[str]:
    return [f"“{s.name}”" if s.unnamed else with_article(s) for s in _distinct(speakers)]


def with_article(speaker: Speaker) -> str:
    """A name as it stands in a sentence: "the Harbour Board", "the Kremlin", but "Oxfam"."""
    last = fold(speaker.name.split()[-1]) if speaker.name else ""
    with_the = speaker.type == "body" and last in _THE_BODIES and not speaker.name.lower().startswith("the ")
    return f"the {speaker.name}" if with_the else speaker.name


def _owner(speaker: Speaker) -> str:
    if speaker.unnamed:
        return f"an unnamed source’s (“{speaker.name}”)"
    return f"{with_article(speaker)}’s"


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


# Questions that a document can answer, made of its quotes' own words (pure).

MOST = 3
_ENOUGH = 6  # words of a quote that is worth a question


def questions_for(document: Document, quotes: Sequence[Quote]) -> tuple[str, ...]:
    """Up to three questions, of different speakers where there are several; none where nobody is sure to speak on anything."""
    asked: list[tuple[str, str, str]] = []
    for quote in sorted(quotes, key=lambda q: -q.confidence):
        speaker = quote.speaker
        if speaker is None or speaker.unnamed or quote.kind == "reported":
            continue
        words = " ".join(fragment.of(document.text) for fragment in quote.fragments)
        own = {part.casefold() for part in speaker.name.split()}
        told = subjects((words,), lambda name: bool({part.casefold() for part in name.split()} & own), 1)  # noqa: B023
        if told and len(words.split()) >= _ENOUGH and all(told[0] != other for _, _, other in asked):
            asked.append((speaker.name, f"What did {with_article(speaker)} say about {told[0]}?", told[0]))
    firsts = {name: question for name, question, _ in reversed(asked)}
    chosen = list(dict.fromkeys([*(firsts[name] for name, _, _ in asked), *(question for _, question, _ in asked)]))
    return tuple(chosen[:MOST])
