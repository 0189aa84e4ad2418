"""From a mention to a person, a body, an unnamed source, or nobody."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from retrieval.model import Role, Speaker
from retrieval.people import People, Person, load_people
from retrieval.reading.circumstances import slug
from retrieval.reading.label_speakers import Labels
from retrieval.reading.reader import Reader
from tests.reading import document, read, said

DASHWOOD = Person(
    "elinor-dashwood",
    "Elinor Dashwood",
    roles=(Role("foreign minister", "Estonia", date(1811, 1, 1), date(1812, 1, 1)),),
    gender="f",
)
FERRARS = Person(
    "edward-ferrars", "Edward Ferrars", roles=(Role("foreign minister", "Estonia", date(1812, 1, 2), None),), gender="m"
)


def who(text: str) -> list[Speaker | None]:
    """The speakers of what stands in quotation marks."""
    return [q.speaker for q in read(text) if q.kind in ("direct", "mixed")]


def test_a_surname_is_the_full_name_of_the_same_article() -> None:
    """A surname alone is joined to the name given before."""
    text = "Elizabeth Bennet came to the ball.\n\n“I shall not dance,” Bennet said."
    assert [s.name for s in who(text) if s] == ["Elizabeth Bennet"]


def test_two_people_with_one_surname_stay_two() -> None:
    """Forms of address tell whom a shared surname means."""
    text = "Elizabeth Bennet and Thomas Bennet came to the ball. “I shall dance,” said Elizabeth Bennet. “I shall read,” said Thomas Bennet."
    assert [s.name for s in who(text) if s] == ["Elizabeth Bennet", "Thomas Bennet"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param(
            "Elizabeth Bennet met Fitzwilliam Darcy. “I shall not dance,” she said.", "Elizabeth Bennet", id="gender"
        ),
        pytest.param(
            "Jonathan Harker wrote to Dorian Gray. “The castle is dark,” he said.", "Jonathan Harker", id="subject"
        ),
        pytest.param(
            "Mina Harker said the castle was dark. Count Dracula was away. “I heard wolves,” she said.",
            "Mina Harker",
            id="who has the floor",
        ),
    ],
)
def test_he_and_she_are_resolved_by_grammar_and_gender(text: str, name: str) -> None:
    """Subjecthood, recency and gender decide."""
    assert [name] == [s.name for s in who(text) if s]


def test_a_pronoun_that_can_mean_two_stays_unattributed() -> None:
    """No name is better than a wrong one."""
    assert who("Jonathan Harker and Dorian Gray met the owners of the ship. “We sail at dawn,” he said.") == [None]


def test_a_description_is_resolved_inside_the_article() -> None:
    """Role, counterpart and office stand for the one whom the article describes so."""
    text = (
        "Estonian Foreign Minister Elinor Dashwood met her Latvian counterpart Edward Ferrars in Riga.\n\n"
        "“The road is open,” the Estonian minister said.\n\n“It is a good road,” her counterpart said."
    )
    assert [s.name for s in who(text) if s] == ["Elinor Dashwood", "Edward Ferrars"]


def test_an_office_is_resolved_by_the_day() -> None:
    """The same words mean another person a year later; on an unknown day nobody."""
    reader = Reader(People([DASHWOOD, FERRARS]))
    text = "“The road is open,” the Estonian foreign minister said."

    def name(day: date | None) -> str | None:
        speaker = reader.read(document(text, published=day))[0].speaker
        return speaker.name if speaker else None

    assert [name(date(1811, 6, 1)), name(date(1813, 6, 1))] == ["Elinor Dashwood", "Edward Ferrars"]
    assert name(None) not in ("Elinor Dashwood", "Edward Ferrars")


def test_an_unnamed_source_is_never_the_nearest_name() -> None:
    """The official stays a described, unnamed source, under the fuller description, by pronoun too."""
    text = (
        "Captain Ahab met the owners on Monday.\n\n"
        "A senior harbour official, who spoke on condition of anonymity, said the ship would sail. “It is decided,” he said.\n\n"
        "“There is no going back,” the official added."
    )
    speakers = who(text)
    assert [s.name if s else None for s in speakers] == ["senior harbour official"] * 2
    assert all(s is not None and s.unnamed and s.id is None for s in speakers)


def test_a_body_is_named_as_the_document_names_it() -> None:
    """ "The Ministry" is the ministry named before."""
    text = "The Estonian Harbour Ministry closed the pier.\n\nThe Ministry said in a statement, “The pier is not safe.”"
    (speaker,) = who(text)
    assert speaker is not None
    assert (speaker.name, speaker.type) == ("Estonian Harbour Ministry", "body")


def test_known_people_keep_their_id_and_new_ones_get_one_from_their_name() -> None:
    """Ids come from people.toml, or from the name."""
    reader = Reader(People([DASHWOOD]))
    quotes = reader.read(document("“Yes, of course,” Elinor Dashwood said.\n\n“No, never,” Jiří Harker said."))
    assert [q.speaker.id for q in quotes if q.speaker] == ["elinor-dashwood", "jiri-harker"]
    assert slug("Jan Lipavský") == "jan-lipavsky"


def test_the_role_is_the_articles_own_or_that_of_the_day() -> None:
    """A title beside the name wins; otherwise the office held on the day, if any."""
    reader = Reader(People([DASHWOOD]))
    own = reader.read(
        document("“Yes, of course,” Harbour Commissioner Elinor Dashwood said.", published=date(1811, 6, 1))
    )
    assert [q.role for q in own] == ["Harbour Commissioner"]
    known = reader.read(document("“Yes, of course,” Elinor Dashwood said.", published=date(1811, 6, 1)))
    assert [q.role for q in known] == ["Estonian foreign minister"]
    none = reader.read(document("“Yes, of course,” Elinor Dashwood said.", published=date(1820, 6, 1)))
    assert [q.role for q in none] == [None]


def test_several_people_at_once_are_nobody() -> None:
    """ "Ahab and Starbuck said" is not credited to one of them."""
    assert said("“We sail at dawn,” Jonathan Harker and Dorian Gray said.") == [(None, ("We sail at dawn,",))]


def test_a_label_that_no_name_completes_keeps_its_own_words() -> None:
    """A surname in capitals comes out as a name."""
    speaker, _ = Labels("MR. STARBUCK: Aye.", None, None, People([])).speaker("MR. STARBUCK")
    assert speaker == Speaker("starbuck", "Starbuck")


def test_the_elder_of_two_is_nobody_for_sure() -> None:
    """An adjective that tells two people of one name apart is no proof of which one is meant."""
    text = "Sherlock Holmes came with his brother, Mycroft. “He cannot be liked,” the elder Holmes said."
    assert [s.name if s else None for s in who(text)] == [None]


def test_a_name_beside_an_office_is_the_speaker() -> None:
    """Of "the envoy's aide, Passepartout" the name."""
    text = "The envoy's aide, Passepartout, told reporters: “It is twenty minutes past eleven.”"
    assert [s.name for s in who(text) if s] == ["Passepartout"]


def test_a_surname_that_two_share_is_nobody_for_sure() -> None:
    """Unless a form of address, the paragraph or the one who is named far more tells which."""
    text = (
        "Jane Bennet and Elizabeth Bennet spoke to the Assembly.\n\n“The vote was never in doubt,” Bennet said.\n\n"
        "Charles Gould was there with his wife, Emilia Gould. “Nobody asked us,” Mrs. Gould said."
    )
    assert [s.name if s else None for s in who(text)] == [None, "Emilia Gould"]


def test_a_bare_surname_is_the_best_known_holder(tmp_path: Path) -> None:
    """Where the article never gives the full name: whoever held an office on its day, else the first in the people's file."""
    (tmp_path / "people.toml").write_text(
        "[person]\n"
        'mycroft-holmes = { name = "Mycroft Holmes", gender = "m", roles = ["clerk, NATO, 1880-01-01..1881-01-01"] }\n'
        'sherlock-holmes = { name = "Sherlock Holmes", gender = "m", roles = ["president, NATO, 1890-01-01..1891-01-01"] }\n',
        encoding="utf-8",
    )
    knowing = Reader(load_people(tmp_path / "people.toml"))
    text = "NATO closed the case on Tuesday.\n\n“The game is over, and we know who lost it,” Holmes said."
    undated = knowing.read_text(text)[0].speaker
    dated = knowing.read_text(text, dated=date(1890, 6, 1))[0].speaker
    assert undated is not None
    assert dated is not None
    stranger = knowing.read_text(text.replace("NATO", "The Yard"))[0].speaker
    assert stranger is not None
    assert stranger.id == "holmes"  # nothing else there is of the ones who are known
    assert (undated.id, dated.id) == ("mycroft-holmes", "sherlock-holmes")


def test_a_pronoun_behind_somebody_untold_is_left_open() -> None:
    """Whoever the sentence right before is about is meant; when that is nobody known, no older man is named for him."""
    text = (
        "Phileas Fogg told the club that he was ready. “I leave tonight,” Fogg said.\n\n"
        "The cardinal was in better humour. “He will sign by Thursday,” he said."
    )
    assert "Phileas Fogg" not in [s.name for s in who(text)[1:] if s]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        (
            "The shadow defence secretary, Estella Havisham, said: “The guns were in a shed.”",
            "shadow defence secretary",
        ),
        ("“We sail at dawn,” said Captain Ahab’s friend Elizabeth Bennet, the daughter of a judge.", None),
        ("Sen. Elizabeth Bennet spoke first.\n\n“We sail at dawn, all of us,” Bennet said.", "Senator"),
        (
            "The news was bad. Nantucket Mayor Elizabeth Bennet spoke first. “We sail at dawn, all of us,” she said.",
            "Nantucket Mayor",
        ),
    ],
)
def test_a_role_says_something(text: str, role: str | None) -> None:
    """Kin is no role, the shadow of an office is not the office, a sentence before is no part of it."""
    assert next(q.role for q in read(text) if q.kind == "direct") == role


def test_whoever_is_quoted_by_another_speaks() -> None:
    """Of "Starbuck quoted Mr Pip as saying" the one who is quoted."""
    text = "Mr Starbuck spoke first.\n\nStarbuck also quoted Pip Gargery as saying: “The captain said it twice.”"
    assert [s.name for s in who(text) if s] == ["Pip Gargery"]


def test_a_long_quotation_takes_nobody_out_of_mind() -> None:
    """Sentences that somebody speaks do not come between a pronoun and whom it means."""
    text = (
        "“I pulled the oar all night,” said Queequeg. He laughed.\n\n"
        "The storm is something that still worries Ishmael Bulkington, a sailor of the island.\n\n"
        "“Nobody sleeps. The wind is up. The sails are torn. The casks have broken loose,” he said."
    )
    assert said(text)[-1][0] == "Ishmael Bulkington"


@pytest.mark.parametrize(
    "line",
    [
        "For Edward Rochester the matter is simple.",
        "Edward Rochester’s reply was short.",
        "The charge was denied by Edward Rochester.",
        "According to Edward Rochester, the papers were lost.",
        "Critics such as Edward Rochester say that the papers are gone.",
        "Edward Rochester has no doubt about it:",
    ],
)
def test_a_pronoun_is_not_whoever_spoke_before_where_its_line_names_another(line: str) -> None:
    """Behind a line that names one man, "he" is never the man of the line before."""
    text = f"“They have no answers,” said Arthur Clennam on Monday.\n\n{line} “They lose what they dislike,” he said.\n"
    first, second = who(text)
    assert first is not None
    assert first.name == "Arthur Clennam"
    assert second is None or second.name == "Edward Rochester"


@pytest.mark.parametrize(
    "verb", ["put it differently", "criticised the plan", "accused the Office of hiding its papers"]
)
def test_a_sentence_before_a_colon_says_whom_a_pronoun_means(verb: str) -> None:
    """In "Gowan criticised the plan: “…,” he said" the words are Gowan's, though another man spoke just before."""
    text = f"“They have no answers,” said Arthur Clennam on Monday.\n\nHenry Gowan {verb}: “They lose what they dislike,” he said.\n"
    assert [s and s.name for s in who(text)] == ["Arthur Clennam", "Henry Gowan"]


def test_a_pronoun_may_be_whoever_spoke_before_where_its_line_still_speaks_of_him() -> None:
    """A name in passing does not take the floor from somebody whom the line goes on about."""
    text = (
        "“They have no answers,” said Arthur Clennam on Monday.\n\n"
        "He had written to Edward Rochester. “They lose what they dislike,” he said.\n"
    )
    assert [s and s.name for s in who(text)] == ["Arthur Clennam", "Arthur Clennam"]


@pytest.mark.parametrize(
    "line",
    [
        "Edward Rochester’s map lost him the suit, in which he was fined for writing that the ford was a “grave with a signpost.”",
        "THE JURY WAS OUT — Edward Rochester’s map lost him the suit, and he was fined for writing that it was a “grave with a signpost.”",
        "When Edward Rochester asked him about the tolls, he was silent. “I will answer in the court,” he said at last.",
        "The town lost its carters, which concerns Mark Robarts, master of the mill.\n\n“Nobody carries our flour now,” he said.",
    ],
)
def test_a_pronoun_behind_somebody_who_was_just_named_is_not_whoever_spoke_before(line: str) -> None:
    """ "Him" behind another man's name, and a man brought in with his calling, leave it open whom "he" means."""
    text = f"Arthur Clennam met neighbours in Barchester on Monday.\n\n“The bridge is safe,” Clennam said.\n\n{line}\n"
    assert said(text)[-1][0] != "Arthur Clennam"


@pytest.mark.parametrize("doing", ["winces when told that he comes too late", "shrugs at the thought that he may lose"])
def test_a_surname_before_its_verb_is_whom_the_next_pronoun_means(doing: str) -> None:
    """ "Thornton shrugs at it. “…,” he said": Thornton, also where the parser takes the two words for a noun."""
    text = (
        "John Thornton hopes for the mill.\n\n“Nobody knows whether he can pay for it,” said Septimus Harding, a neighbour."
        f"\n\nThornton {doing}. “I have paid all that I needed to pay,” he said.\n"
    )
    assert [name for name, _ in said(text)] == ["Septimus Harding", "John Thornton"]
