"""What a document calls a speaker, and whether that is what a question calls them."""

from __future__ import annotations

import pytest

from retrieval.asking.coverage import Keys
from retrieval.asking.credit_index import CreditIndex, title_of
from tests.asking import reader
from tests.reading import document

KEYS = Keys([("France", "France"), ("French", "France"), ("Paris", "France")])


def called(phrase: str, name: str, text: str) -> bool:
    stated = reader().credits(document(f"{text}\n\n“So it was,” {name} said."))
    index, title = CreditIndex(stated, KEYS), title_of(phrase, KEYS)
    return any(index.bears(title, "doc", credit.speaker) for credit in stated if credit.speaker.name.endswith(name))


@pytest.mark.parametrize(
    ("phrase", "name", "text"),
    [
        ("Pemberley's housekeeper", "Jane Reynolds", "Pemberley housekeeper Jane Reynolds said he was kind."),
        ("Pemberley's housekeeper", "Jane Reynolds", "Jane Reynolds, the housekeeper at Pemberley, said so."),
        ("Pemberley's housekeeper", "Jane Reynolds", "A housekeeper at Pemberley, Jane Reynolds, said so."),
        ("the housekeeper of Pemberley", "Jane Reynolds", "Reynolds is the oldest housekeeper of Pemberley. She waits."),
        ("Darcy's housekeeper", "Jane Reynolds", "Mr Darcy’s housekeeper, Mrs Reynolds, opened the door."),
        ("Darcy's spokeswoman", "Jane Reynolds", "Darcy spokesman Jane Reynolds said so."),
        ("the Governor of Trinidad", "Edward Trelawney", "Gov. Trelawney of Trinidad has sailed."),
        ("Trinidad's governor", "Edward Trelawney", "Trinidad Gov. Edward Trelawney has sailed."),
        ("the UBW president", "Ned Land", "Ned Land, president of the United Brotherhood of Whalers, said so."),
        ("the UBW chief", "Ned Land", "United Brotherhood of Whalers President Ned Land said so."),
        ("the chairman of the Reform Club", "Phileas Fogg", "“So,” said Capt. Phileas Fogg (Savile Row), head of the Reform Club."),
        ("the chairman of the Reform Club", "Phileas Fogg", "The chairman of the Reform Club, Capt. Phileas Fogg, said so."),
        ("Fogg's former valet", "Jean Passepartout", "Jean Passepartout, who was Fogg’s valet, said so."),
        ("the French naturalist", "Pierre Aronnax", "Paris naturalist Pierre Aronnax said so."),
        ("the nurse from Brixton", "Rose Maylie", "Rose Maylie, 25, a nurse from Brixton, said so."),
    ],
)  # fmt: skip
def test_a_title_stands_beside_the_name(phrase: str, name: str, text: str) -> None:
    """In front of it, behind it between commas or in brackets, or in "is the …"; shortened titles and names are seen through."""
    assert called(phrase, name, text)


@pytest.mark.parametrize(
    ("phrase", "name", "text"),
    [
        ("Pemberley's housekeeper", "Fitzwilliam Darcy", "Pemberley housekeeper Jane Reynolds said Darcy was kind."),
        ("Darcy's housekeeper", "Fitzwilliam Darcy", "Darcy’s housekeeper opened the door to Bingley."),
        ("the first mate of the Pequod", "Ahab", "Ahab, Pequod first mate Starbuck and the harpooner Queequeg sailed."),
        ("the chairman of the Reform Club", "Andrew Stuart", "Reform Club chairman Phileas Fogg and Andrew Stuart sailed."),
        ("Fogg's valet", "Jean Passepartout", "Fogg’s former valet Jean Passepartout said so."),
        ("the governor of Trinidad", "Edward Trelawney", "Edward Trelawney, a candidate for governor of Trinidad, said so."),
        ("the governor of Trinidad", "Edward Trelawney", "Trinidad Deputy Governor Edward Trelawney said so."),
        ("the governor of Trinidad", "Edward Trelawney", "Trinidad gubernatorial candidate Edward Trelawney said so."),
        ("Fogg's spokesman", "Jean Passepartout", "Fogg attacked club spokesman Jean Passepartout."),
        ("the Trinidad governor", "Alexander Smollett", "Smollett met the governor. Trinidad was far."),
    ],
)  # fmt: skip
def test_a_title_that_is_somebody_elses_is_not_taken(phrase: str, name: str, text: str) -> None:
    """Neither a name nearby, nor who owns whom, nor a former, lesser or hoped-for office makes a title somebody's."""
    assert not called(phrase, name, text)


def test_a_title_may_run_over_the_end_of_a_line() -> None:
    """Text of a fixed width breaks a line within a phrase."""
    assert called(
        "the former chairman of the Reform Club",
        "Andrew Stuart",
        "That was what he had told everybody, said Andrew Stuart, the\nformer chairman of the Reform Club, who had lost the bet.",
    )


def test_a_film_in_quotation_marks_is_part_of_a_title() -> None:
    """ "star of the cult classic “The Sea Wolf,”" is the Sea Wolf star."""
    text = "Maud Brewster, star of the cult classic “The Sea Wolf,” is not sure."
    assert called("the Sea Wolf star", "Maud Brewster", text)


def test_a_retiree_is_no_former_anything() -> None:
    """The word is kept apart from "retired", which says that an office was left."""
    assert called("the retiree in Brixton", "Rose Maylie", "Rose Maylie, 75, a retiree in Brixton, said so.")
