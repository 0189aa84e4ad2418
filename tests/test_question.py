"""Words -> Question: who, what, when."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.asking.question import Understood, understand
from retrieval.asking.quoted import Known, Roster
from retrieval.model import Question, Speaker
from retrieval.people import People, Person
from tests.asking import roster

TODAY = date(1872, 12, 22)


@pytest.fixture(scope="module")
def known() -> Roster:
    return roster()


def asked(text: str, known: Roster, **more: object) -> Understood:
    return understand(text, known, today=TODAY, **more)  # type: ignore[arg-type]


def names(understood: Understood) -> list[str]:
    return [s.name for s in understood.question.speakers]


@pytest.mark.parametrize(
    ("text", "name", "topic"),
    [
        ("What did Fogg say about trains?", "Phileas Fogg", "trains"),
        ("what did fogg say about trains", "Phileas Fogg", "trains"),
        ("Fogg on trains", "Phileas Fogg", "trains"),
        ("Fogg: trains?", "Phileas Fogg", "trains"),
        ("trains, Fogg?", "Phileas Fogg", "trains"),
        ("fogg trains paris", "Phileas Fogg", "trains paris"),
        ("Did Fogg say that trains are late?", "Phileas Fogg", "trains are late"),
        ("What does Mr Darcy think of dancing?", "Fitzwilliam Darcy", "dancing"),
        ("What did Phileas Fogg call the Paris train?", "Phileas Fogg", "Paris train"),
        ("Fogg's latest on trains", "Phileas Fogg", "trains"),
        ("What was Darcy's view on dancing?", "Fitzwilliam Darcy", "dancing"),
        ("According to Fogg, what is late?", "Phileas Fogg", "late"),
        ("What is late, according to Fogg?", "Phileas Fogg", "late"),
        ("Who is savage, in Darcy's opinion?", "Fitzwilliam Darcy", "savage"),
        ("What must be earned, says Captain Ahab?", "Ahab", "earned"),
        ("Tell me what Fogg said about trains", "Phileas Fogg", "trains"),
        ("Any quotes by Darcy on dancing?", "Fitzwilliam Darcy", "dancing"),
        ("Why did Elizabeth Bennet refuse Darcy?", "Elizabeth Bennet", "refuse Darcy"),
        ("What did the great detective Sherlock Holmes say about dogs?", "Sherlock Holmes", "dogs"),
        ("What two words sum up Fogg's report on the trip?", "Phileas Fogg", "two words sum up report on the trip"),
        ("What does reading room regular Fogg say about trains?", "Phileas Fogg", "trains"),
        ("What did whaling captain Elizabeth Bennet decide about trout?", "Elizabeth Bennet", "decide about trout"),
        ("What's Fogg's worry about trains?", "Phileas Fogg", "worry about trains"),
        ("What did Meryton's best dancer Fitzwilliam Darcy say about dancing?", "Fitzwilliam Darcy", "dancing"),
        ("Was the train late? What did Fogg say that Friday?", "Phileas Fogg", "train late? What did say that Friday"),
    ],
)
def test_the_speaker_is_found_wherever_the_question_has_them(text: str, name: str, topic: str, known: Roster) -> None:
    """Every usual form of question names its speaker, and leaves the topic."""
    understood = asked(text, known)
    assert names(understood) == [name]
    assert understood.question.topic == topic
    assert understood.question.intent == "quote"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("waht did Elizbeth Bennett say abuot trout?", "Elizabeth Bennet"),
        ("What did Stoltenburg say?", "Jens Stoltenberg"),
        ("What did whaling guest Elizabeth Benett say about trout?", "Elizabeth Bennet"),
        ("fogg on darcy calling trains savige", "Phileas Fogg"),
        ("stoltenburg invitaton", "Jens Stoltenberg"),
        ("What did Zelenskiy say?", "Volodymyr Zelenskyy"),
    ],
)
def test_misspelt_names_are_understood(text: str, name: str, known: Roster) -> None:
    """A slip or two of the hand does not hide whom the question is about."""
    assert names(asked(text, known)) == [name]


def test_of_two_that_a_miswritten_name_is_like_the_quoted_one_is_meant() -> None:
    """Whoever the documents do not quote is not asked for where a name hardly less like it is quoted."""
    persons = [Person("helen-wallace", "Helen Wallace"), Person("celia-wallander", "Celia Wallander")]
    for quoted, typed in (("Celia Wallander", "Walladre"), ("Helen Wallace", "Walladre"), ("Helen Wallace", "Walace")):
        known = Roster(People(persons), [Known(Speaker(quoted.lower().replace(" ", "-"), quoted), quotes=2)])
        assert names(asked(f"What did {typed} say about trains?", known)) == [quoted]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("What did the French Foreign Ministry say about Nemo?", "French Foreign Ministry"),
        ("What did Paris's foreign ministry say about Nemo?", "French Foreign Ministry"),
        ("What did the Harbour Board say?", "Nantucket Harbour Board"),
        ("What did the Ruritanian ambassador say about despots?", "Nemo"),
        (
            "What did the unnamed Bank of England director say about the theft?",
            "An unnamed senior Bank of England director",
        ),
        ("What did the demonstrators outside Parliament shout?", "Protesters"),
        ("What do protesters say about bread?", "Protesters"),
    ],
)
def test_bodies_offices_and_described_sources_are_found(text: str, who: str, known: Roster) -> None:
    """A speaker may be a body, a country's ministry, an office, or a source without a name."""
    assert who in names(asked(text, known))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("What did Dr. Darcy say about dancing?", "Fitzwilliam Darcy"),
        ("Does Fogg, the London clubman, still think trains are late?", "Phileas Fogg"),
        ("What troubles Elizabeth Bennet of Longbourn about dancing?", "Elizabeth Bennet"),
        ("How did Fogg fault Bingley for not owning up to saying so?", "Phileas Fogg"),
        ("Who gains from the wager, according to Fogg?", "Phileas Fogg"),
        ("What will Fogg auction at the club?", "Phileas Fogg"),
    ],
)
def test_the_grammar_of_a_question_tells_its_speaker(text: str, name: str, known: Roster) -> None:
    """Titles with a full stop, what somebody is between commas, verbs that no list knows, "what troubles X"."""
    assert names(asked(text, known)) == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("How soon should the train leave, quipped Fogg?", "Phileas Fogg"),
        ("How does Bingley hope to win, Darcy said when the ball ended?", "Fitzwilliam Darcy"),
        ("What counts as a good day, for Darcy?", "Fitzwilliam Darcy"),
        ("As far as Darcy's concerned, may Bingley dance?", "Fitzwilliam Darcy"),
        ("Who may dance, going by Darcy's letter?", "Fitzwilliam Darcy"),
        ("How late was the train, per Fogg's Paris interview?", "Phileas Fogg"),
        ("What did Bingley get instead of a dance, as Darcy likes to say?", "Fitzwilliam Darcy"),
        ("Is a wager a sin? Fogg's reading?", "Phileas Fogg"),
        ("How did the storm strike Fogg?", "Phileas Fogg"),
        ("Was Fogg happy with what he brought home from France?", "Phileas Fogg"),
        ("Would a tax hurt Fogg's trains? What did he say?", "Phileas Fogg"),
        ("hi! could you tell me what Fogg said about trains, please? thanks!", "Phileas Fogg"),
        ("Give me three quotes by Fogg on trains", "Phileas Fogg"),
        ("Most recent Fogg quote on trains", "Phileas Fogg"),
        ("What's in the train for Fogg?", "Phileas Fogg"),
    ],
)
def test_frames_around_a_question_tell_whose_words_are_wanted(text: str, name: str, known: Roster) -> None:
    """Whoever speaks by the frame is meant, whoever else the question names; what is polite is no part of it."""
    assert names(asked(text, known)) == [name]


def test_who_in_general_is_nobody_in_particular(known: Roster) -> None:
    """ "Any leader" asks for anybody; a country that has something is not asked for its words."""
    for text in ("Did any leader find it too early to dance?", "How many ships does France have?"):
        understood = asked(text, known)
        assert (names(understood), understood.unknown) == ([], "")


def test_an_agency_is_not_the_speaker_it_reports(known: Roster) -> None:
    """ "According to the Gazette, what did Fogg say?" limits where the words stand, be it that nothing of it is held."""
    for text in (
        "According to the Morning Gazette, what did Fogg say?",
        "What did Fogg say according to the Morning Gazette?",
    ):
        understood = asked(text, known)
        assert (names(understood), understood.question.publisher) == (["Phileas Fogg"], "Morning Gazette")


def test_who_else_and_what_else(known: Roster) -> None:
    """ "Who else?" asks the same of others, "anything else?" for more of the same."""
    before = Question("What did Fogg say about trains?", "quote", (Speaker("phileas-fogg", "Phileas Fogg"),), "trains")
    others = asked("who else?", known, before=before)
    assert (names(others), others.question.topic, others.besides) == ([], "trains", before.speakers)
    more = asked("Anything else?", known, before=before)
    assert (names(more), more.question.topic, more.further) == (["Phileas Fogg"], "trains", True)


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("What has Fogg said since March?", date(1872, 3, 1)),
        ("What has Fogg said since 29 December?", date(1871, 12, 29)),
        ("What has Fogg said after October?", date(1872, 11, 1)),
    ],
)
def test_a_month_without_its_year_is_the_last_one(text: str, since: date, known: Roster) -> None:
    """ "Since March" counts from the March that was last."""
    assert asked(text, known).question.since == since


def test_a_middle_initial_makes_nobody_else() -> None:
    """Who is known without quotes and stands with an initial in the documents is one person."""
    people = roster().people.with_learned([Person("mary-bennet", "Mary Bennet")])
    known = Roster(people, [Known(Speaker("mary-e-bennet", "Mary E. Bennet"), quotes=3)])
    assert "Mary E. Bennet" in names(asked("What did Mary Bennet say about dancing?", known))


def test_an_event_is_no_date(known: Roster) -> None:
    """ "Before the ball" bounds nothing, and the answer will say so."""
    understood = asked("What did Fogg say before the Netherfield ball?", known)
    assert (understood.event, understood.question.until) == ("before the Netherfield ball", None)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Phiels Fgogg", "Phileas Fogg"),
        ("Eliazbeth Benet", "Elizabeth Bennet"),
        ("Zdarcy", "Fitzwilliam Darcy"),
        ("whaling guest Bnenett", "Elizabeth Bennet"),
        ("Meryton's Binlgye", "Charles Bingley"),
        ("Slivre", "Long John Silver"),
    ],
)
def test_two_slips_are_near_a_name(typed: str, meant: str, known: Roster) -> None:
    """Letters swapped, dropped, doubled or replaced, at the name's beginning too, leave somebody to be guessed at."""
    assert meant in [s.name for s in known.near(typed)]


@pytest.mark.parametrize(
    "typed",
    ["Jane Fogg", "Hester Prynne", "Ebenezer Scrooge", "Fox", "Defarge", "Ishmael", "asdf", "Dog", "Binghamton"],
)
def test_other_names_are_near_nobody(typed: str, known: Roster) -> None:
    """Somebody else's name is no slip of the hand, be its letters alike."""
    assert known.near(typed) == ()


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("What did the harpooner Queequeg say about trains?", "Queequeg"),
        ("Why does Scrooge doubt Fogg's concern for trains?", "Scrooge"),
        ("What joke did Ohio's Tom Sawyer make about trains?", "Tom Sawyer"),
    ],
)
def test_an_unknown_name_is_told_without_what_somebody_is(text: str, unknown: str, known: Roster) -> None:
    """The name alone is unknown, and whoever is named behind it is not asked about."""
    understood = asked(text, known)
    assert (understood.unknown.rsplit("harpooner ", 1)[-1], names(understood)) == (unknown, [])


def test_whose_source_speaks_is_not_who_is_asked_about(known: Roster) -> None:
    """ "Darcy's housekeeper" is a source of its own, be it that nobody knows her: Darcy's words are no answer."""
    for text in ("What did Darcy's housekeeper say?", "Was Darcy at the ball? What did his housekeeper say?"):
        understood = asked(text, known)
        assert not names(understood)
        assert understood.unknown == "Darcy's housekeeper"


def test_where_nobody_is_said_to_speak_all_who_are_named_may(known: Roster) -> None:
    """ "Would compliments from X change how Y deals …" does not say whose words are wanted."""
    found = names(asked("Would compliments from Darcy change how Fogg deals with trains?", known))
    assert set(found) == {"Fitzwilliam Darcy", "Phileas Fogg"}


def test_an_office_means_whoever_has_held_it(known: Roster) -> None:
    """ "The NATO chief" is everybody who was; the date of the words decides later."""
    found = names(asked("What did the NATO chief say about the weather?", known))
    assert {"Jens Stoltenberg", "Mark Rutte"} <= set(found)


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("What did Hester Prynne say about trains?", "Hester Prynne"),
        ("what did hester prynne say about trains", "hester prynne"),
        ("According to Ebenezer Scrooge, what is humbug?", "Ebenezer Scrooge"),
        ("What did the bridge say about Fogg?", "bridge"),
        ("What did Jane Bennet say about dancing?", "Jane Bennet"),
        ("What is Becky Sharp's view on dancing?", "Becky Sharp"),
    ],
)
def test_who_is_nobody_stays_unknown(text: str, unknown: str, known: Roster) -> None:
    """A name in the speaker's place that matches nobody is never taken for somebody else's."""
    understood = asked(text, known)
    assert understood.unknown == unknown
    assert names(understood) == []


def test_a_person_may_be_the_topic(known: Roster) -> None:
    """Who is spoken about is not who speaks."""
    assert names(asked("Who talked about Fogg?", known)) == []
    assert names(asked("What did Darcy say about Elizabeth Bennet?", known)) == ["Fitzwilliam Darcy"]


def test_several_speakers(known: Roster) -> None:
    """ "X or Y" asks for either."""
    assert names(asked("What did Fogg or Darcy say about trains?", known)) == ["Phileas Fogg", "Fitzwilliam Darcy"]


def test_namesakes_are_told_apart_or_shared(known: Roster) -> None:
    """A surname that two people bear is shared, unless the first name is given."""
    understood = asked("What did Holmes say about dogs?", known)
    assert understood.shared
    assert set(names(understood)) == {"Sherlock Holmes", "Mycroft Holmes"}
    assert names(asked("What did Mycroft Holmes say about dogs?", known)) == ["Mycroft Holmes"]


@pytest.mark.parametrize(
    "text",
    [
        'Who said "the unforeseen does not exist"?',
        "who talked about trains?",
        "Whose words are these?",
        "Who called the sea a desert?",
    ],
)
def test_questions_for_the_speaker(text: str, known: Roster) -> None:
    """ "Who said …" asks whose words they are."""
    assert asked(text, known).question.intent == "who_said"


def test_quoted_words_are_kept_apart(known: Roster) -> None:
    """The words in quotation marks are what is looked for."""
    assert asked("Who said “the sea does not belong to despots”?", known).quoted == "the sea does not belong to despots"


@pytest.mark.parametrize(
    "text", ["Who won the regatta?", "When does the train leave?", "How many men sailed with the Pequod?"]
)
def test_questions_of_fact_may_be_answered_by_a_passage(text: str, known: Roster) -> None:
    """Where nobody's words are asked for, plain text will do."""
    assert asked(text, known).question.intent == "passage"


def test_period_order_and_publisher(known: Roster) -> None:
    """Dates, "latest" and a publisher are taken out of the topic."""
    understood = asked(
        "What has Fogg said about trains since May 1868, according to the Morning Chronicle?",
        known,
        publishers=["The Morning Chronicle"],
    )
    question = understood.question
    assert (question.since, question.until) == (date(1868, 5, 1), None)
    assert question.publisher == "The Morning Chronicle"
    assert question.topic == "trains"
    assert asked("Fogg's latest on trains", known).question.order == "latest"


def test_a_follow_up_inherits_what_it_leaves_out(known: Roster) -> None:
    """The speaker or the topic of the question before is lent to the one that lacks it."""
    before = asked("What did Fogg say about trains?", known).question
    topic = asked("and about Paris?", known, before=before)
    assert names(topic) == ["Phileas Fogg"]
    assert "Paris" in topic.question.topic
    speaker = asked("what about Darcy?", known, before=before)
    assert names(speaker) == ["Fitzwilliam Darcy"]
    assert speaker.question.topic == "trains"
    pronoun = asked("What did he say about the bank?", known, before=before)
    assert names(pronoun) == ["Phileas Fogg"]
    period = asked("and in 1868?", known, before=before).question
    assert (period.topic, period.since) == ("trains", date(1868, 1, 1))


def test_a_whole_question_inherits_nothing(known: Roster) -> None:
    """A question that names its speaker and topic stands alone."""
    before = Question("", "quote", (Speaker("phileas-fogg", "Phileas Fogg"),), "trains", since=date(1868, 1, 1))
    question = asked("What did Elizabeth Bennet say about the trout of Derbyshire?", known, before=before).question
    assert question.since is None
    assert [s.name for s in question.speakers] == ["Elizabeth Bennet"]


@settings(deadline=None)
@given(st.text(max_size=200))
def test_no_text_breaks_the_parser(text: str) -> None:
    """Whatever is typed, a question comes out."""
    assert understand(text, _ROSTER, today=TODAY).question is not None


_ROSTER = roster()
