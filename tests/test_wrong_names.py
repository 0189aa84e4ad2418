"""Names that documents seem to give and do not: namesakes, first words, nicknames, pages of any kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from retrieval.people import load_people
from retrieval.reading.reader import Reader
from tests.reading import read, said


def names(text: str) -> list[str | None]:
    """Who is credited, in order."""
    return [name for name, _ in said(text)]


def test_a_wife_who_is_always_named_in_full_does_not_take_her_husbands_surname_over() -> None:
    """The surname alone is his who was named in full first, however often she is named."""
    text = (
        "A neighbour complained on Monday about Edmund Bertram.\n\n"
        "Fanny Bertram, his wife, runs the school. Fanny Bertram opened it in June, and Fanny Bertram pays for it.\n\n"
        "“I never asked for the living,” Bertram said.\n"
    )
    assert names(text) == ["Edmund Bertram"]


def test_two_sisters_are_none_of_them_mrs() -> None:
    """Of "Mrs Dashwood" beside Elinor and Marianne Dashwood nobody can say which she is."""
    text = (
        "Elinor Dashwood came down first.\n\nMarianne Dashwood followed her, and the sisters sat by the window.\n\n"
        "“The roads are bad,” said Mrs Dashwood from her chair.\n"
    )
    assert not {"Elinor Dashwood", "Marianne Dashwood"} & set(names(text))


def test_a_namesake_from_the_same_country_is_not_the_known_person(tmp_path: Path) -> None:
    """A country beside a surname makes nobody its minister; an office beside it does."""
    (tmp_path / "people.toml").write_text(
        '[person]\nmycroft-holmes = { name = "Mycroft Holmes", gender = "m", roles = ["foreign minister, Canada, 1880-01-01..1881-01-01"] }\n',
        encoding="utf-8",
    )
    knowing = Reader(load_people(tmp_path / "people.toml"))
    text = "The Canadian tour ends in May.\n\n“The halls are full, and I sing every night,” Holmes said.\n"
    singer, minister = (
        knowing.read_text(t)[0].speaker for t in (text, text.replace("tour ends", "minister ends the tour"))
    )
    assert singer is not None
    assert minister is not None
    assert (singer.id, minister.id) == ("holmes", "mycroft-holmes")


def test_a_sentences_first_word_is_no_given_name() -> None:
    """ "Walking Bartleby" once, and "Bartleby" elsewhere: nobody is called Walking."""
    text = (
        "Bartleby came in June. Bartleby was pale. Walking Bartleby home was no use.\n\n"
        "“I would prefer not to,” Bartleby said.\n\n“I know where I am,” Bartleby added.\n"
    )
    assert set(names(text)) == {"Bartleby"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Thomas Bertram is a stoker known as “Black Tom.”",
        "Thomas Bertram sailed home, earning the islanders’ nickname “the man without sleep.”",
        "Thomas Bertram sells a dish called “sailor’s comfort” on the quay.",
        "Thomas Bertram has opened an office named “Remembrance of the City” there.",
    ],
)
def test_what_somebody_or_something_is_called_is_nobodys_words(sentence: str) -> None:
    """A nickname, a dish and an office have names; nobody says them."""
    assert names(f"Thomas Bertram came back in June.\n\n{sentence} He pays for it himself.\n") == []


def test_a_description_is_known_by_a_noun_for_people_of_any_kind() -> None:
    """A dispatcher, a follower and an academic speak without a name; a lack and a number do not."""
    text = (
        "“There is a boat adrift,” said a dispatcher at the harbour.\n\nOne academic told the Gazette: “We are not paid.”\n\n"
        "“It is the roof,” said a lack of money.\n"
    )
    assert names(text) == ["dispatcher at the harbour", "academic", None]


def test_nobody_is_no_source() -> None:
    """ "Nobody said" credits nobody."""
    assert set(names("“The bridge is safe,” nobody said at the meeting of the council.\n")) <= {None}


@pytest.mark.parametrize(
    "line", ["The harbour council says that Raveloe is closed.", "The ferry firm claims that Raveloe is full."]
)
def test_it_is_nobody_where_one_body_speaks_of_another(line: str) -> None:
    """Of "the council says that Raveloe is closed. “…,” it says" nobody can say which of the two goes on."""
    assert "Raveloe" not in names(f"{line} “We can do no more than wait for the spring,” it says.\n")


def test_whoever_sends_a_letter_says_what_it_says() -> None:
    """A letter is no speaker where its sender is named with it, nor where the place comes first."""
    told = "a letter saying that the whale had been seen near the islands.\n"
    for text in (f"Captain Ahab sent {told}", f"From the Azores Captain Ahab sent {told}"):
        assert {q.speaker.name for q in read(text) if q.speaker} <= {"Ahab"}
    assert read(f"Captain Ahab sent {told}")[0].speaker is not None


@pytest.mark.parametrize(
    ("text", "credited"),
    [
        ("And from Chairwoman Dorothea Brooke:\n\n“Anna brings with her a wealth of experience.”\n", "Dorothea Brooke"),
        ("From the desk of Nicholas Bulstrode, banker.\n\n“The railway has come to stay.”\n", "Nicholas Bulstrode"),
        ("Minister in the Ministry of Roads Edward Rochester said, “The roads are dry.”\n", "Edward Rochester"),
    ],
)
def test_who_is_named_by_the_line_above_or_behind_a_ministry(text: str, credited: str) -> None:
    """A line that says from whom words are, and a name that ends an office's."""
    assert names(text) == [credited]


def test_a_son_is_not_his_father() -> None:
    """ "Tulliver Jr." is not the Tulliver whom the text names in full."""
    text = "“The mill is mine,” Tulliver Jr. joked. Edward Tulliver later said: “That is my boy.”\n"
    assert names(text)[0] != "Edward Tulliver"
    assert names(text)[1] == "Edward Tulliver"


def test_a_headlines_participle_says_nothing() -> None:
    """A paragraph in marks behind "Casaubon considering a journey comes after …" is not Casaubon's."""
    text = (
        "Casaubon Considering a Journey\n\nCasaubon considering the journey comes after weeks of rain in the county.\n\n"
        "“Hundreds of farmers came to the meeting in the town, and they asked for dry roads.\n\nMr Brooke, who called it, wrote of them.”\n"
    )
    assert "Casaubon" not in names(text)[:1]


def test_a_post_may_be_signed_in_the_line_below_it() -> None:
    """The name and the handle in a line of their own tell whose the paragraph above is."""
    text = (
        "The ball was on Monday, and the whole village had come to see it.\n\nI only danced twice. The rest is gossip.\n\n"
        "— Frank Churchill (@frankc) May 14, 2024\n\nMiss Bates said the supper had been very good.\n"
    )
    assert said(text) == [("Frank Churchill", ("I only danced twice. The rest is gossip.",))]


@pytest.mark.parametrize(
    "sentence",
    [
        "Captain Smollett said the prize should have gone to the comedy “Sunday Pie.”",
        "Captain Smollett ended the “stage 3” drill on deck.",
    ],
)
def test_names_of_things_and_verbs_that_tell_nothing_give_no_words(sentence: str) -> None:
    """A comedy has a name, and an order of a drill is no statement."""
    assert names(f"Captain Smollett came on deck.\n\n{sentence}\n") == []


def test_people_and_not_places_are_who_tells() -> None:
    """Of "a merchant in Lowick who told me" the merchant; a word that begins a sentence is no name where it is a word."""
    told = [
        q.speaker.name
        for q in read("It was a merchant in Lowick who first told me that the mill was sold.\n")
        if q.speaker
    ]
    assert "Lowick" not in told
    science = "Phrenology tells us that the skull is the man, but the study of phrenology is young.\n"
    assert [q.speaker for q in read(science) if q.speaker] == []


def test_a_word_that_a_page_lets_break_is_one_word() -> None:
    """Soft hyphens part no names and no cues."""
    text = "Cap­tain Ahab is old. “The whale has been seen near the is­lands,” Ahab al­so not­ed. “We shall sail.”\n"
    assert {name and name.replace("­", "") for name in names(text)} <= {"Ahab"}


def test_an_abbreviation_does_not_end_a_role() -> None:
    """The stops of "U.K." belong to the words."""
    text = "“The talks are back,” Mina Harker, an expert on the county at U.K. think-tank Carfax House, told the Gazette.\n"
    assert read(text)[0].role == "expert on the county at U.K. think-tank Carfax House"


def test_records_note_sounds_examiners_and_remarks_that_nobody_says() -> None:
    """ "[Music]: …" is no speaker's, "BY MR. JAGGERS:" and "Note: …" are no part of the turn before."""
    sung = (
        "[Captain Nemo]: We dive at noon, and I ask you all to be ready for it.\n\n[Music]: la la la the song of the sea goes on\n\n"
        "[Pierre Aronnax]: I should like to see the coral before we go down again.\n\n[Music]: another song that nobody sings\n\n"
        "[Captain Nemo]: You shall see it, professor, and much more besides.\n"
    )
    assert {q.speaker.name for q in read(sung) if q.speaker} == {"Nemo", "Pierre Aronnax"}
    record = (
        "Q. Where were you on the night of the fire?\n\nA. I was at the inn with my brother.\n\nBY MR. JAGGERS:\n\n"
        "Q. And who paid?\n\nA. My brother paid.\n\nMR. WEMMICK: I object to the question.\n\nMR. JAGGERS: I withdraw it.\n\n"
        "Note: The witness was excused at noon.\n"
    )
    words = [f.of(record) for q in read(record) for f in q.fragments]
    assert not any("JAGGERS" in w or "excused" in w for w in words)


@pytest.mark.parametrize(
    ("sentence", "credited"),
    [
        ("“The poor pay most,” wrote clergyman Edward Casaubon in his book Mythologies.", "Edward Casaubon"),
        ("It came with a note. “WANTED: a tall man with one leg. Ask at the harbour.”", None),
        ("“The nets are dear,” some in the fishing village complained.", None),
    ],
)
def test_a_book_a_notice_and_a_place_are_no_speakers(sentence: str, credited: str | None) -> None:
    """A speaker is a person, a body, or a description headed by a noun for one."""
    assert set(names(f"The county was quiet in May.\n\n{sentence}\n")) <= {credited}


def test_the_company_is_not_any_company_of_the_text() -> None:
    """A firm with the word in its name, far above, is not "the company" that is spoken of now."""
    far = "The boats went out every day, and every day they came back with less than before.\n\n" * 20
    text = f"The Pequod Whaling Company sold a boat.\n\n{far}Dombey and Son bought it. The company said that it was glad.\n"
    assert "Pequod Whaling Company" not in {q.speaker.name for q in read(text) if q.speaker}


@pytest.mark.parametrize("calling", ["harpooner", "first mate", "carpenter"])
def test_whoever_was_introduced_by_a_calling_is_meant_by_it(calling: str) -> None:
    """ "Starbuck, the first mate, …" and then "the mate": that is Starbuck, whatever the calling."""
    text = (
        f"Starbuck, the {calling}, was less eager. “I came here to hunt whales,” Starbuck said.\n\n"
        f"Asked whether he would obey, the {calling.split()[-1]} replied: “A ship has one master.”\n"
    )
    assert names(text) == ["Starbuck", "Starbuck"]
