"""Is a quotation real? Real words are exact, altered ones never."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.as_json import verdict_json
from retrieval.asking.answer import QuoteFinder
from retrieval.asking.check import check
from retrieval.asking.comparing import compared_words, seen, word_diff
from retrieval.asking.verdict_sentences import TOO_LITTLE
from retrieval.display import display
from retrieval.ingest import open_index
from retrieval.model import EVERYBODY, Span
from retrieval.sentences import sentences
from tests.asking import EMBEDDER, NOVELS, finder_of, index_of, novels_data, reader

LENGTH_OF_A_SENTENCE = 5


@pytest.fixture(scope="module")
def finder() -> Iterator[QuoteFinder]:
    with open_index(novels_data(), NOVELS, embedder=EMBEDDER, make_reader=lambda _: reader()) as index:
        yield finder_of(index)


@pytest.fixture(scope="module")
def quotes(finder: QuoteFinder) -> list[str]:
    """All the words that the novels' index holds as somebody's, as they are shown."""
    catalog = finder.shelf._catalog  # the test reads the same catalog
    return [
        display(document.text, quote.fragments)
        for document in catalog.documents(EVERYBODY)
        for quote in catalog.quotes_of(document.id)
        if quote.kind != "reported" and quote.speaker is not None
    ]


def test_untouched_quotes_are_exact(finder: QuoteFinder, quotes: list[str]) -> None:
    """Every stored quote, as it is shown, is exact."""
    assert len(quotes) > 50
    assert [q for q in quotes if check(q, finder, EVERYBODY).status != "exact"] == []


@pytest.mark.parametrize(
    "change",
    [
        str.upper,
        lambda q: f"“{q}”",
        lambda q: q.replace("—", "-").replace(" ", "  "),
        lambda q: q.replace("’", "'").rstrip(".,"),
    ],
    ids=["case", "marks", "dashes and white space", "apostrophes"],
)
def test_marks_case_dashes_and_white_space_do_not_matter(
    finder: QuoteFinder, quotes: list[str], change: Callable[[str], str]
) -> None:
    """What typing changes is seen through."""
    assert [q for q in quotes[::5] if check(change(q), finder, EVERYBODY).status != "exact"] == []


def negated(words: list[str], at: int) -> list[str]:
    for i, word in enumerate(words):
        if word.lower() == "not":
            return words[:i] + words[i + 1 :]
        if word.lower() in {"is", "was", "are", "were", "have", "had", "will", "would", "can", "shall", "must"}:
            return [*words[: i + 1], "not", *words[i + 1 :]]
    return ["never", *words]


def renumbered(words: list[str], at: int) -> list[str]:
    numbers = {"one": "two", "two": "three", "eighty": "ninety", "twenty": "thirty", "four": "five", "three": "four"}
    found = [i for i, word in enumerate(words) if word in numbers]
    return [numbers[w] if i in found[:1] else w for i, w in enumerate(words)] if found else [*words, "1851"]


ALTERATIONS: dict[str, Callable[[list[str], int], list[str]]] = {
    "negation": negated,
    "number": renumbered,
    "name": lambda words, at: [*words[:at], "Wickham", *words[at + 1 :]],
    "order": lambda words, at: [*words[:at], words[at + 1], words[at], *words[at + 2 :]],
    "ellipsis": lambda words, at: [*words[:at], "…", *words[at + 2 :]],
    "dropped word": lambda words, at: words[:at] + words[at + 1 :],
}


def test_a_hundred_alterations_are_never_exact(finder: QuoteFinder, quotes: list[str]) -> None:
    """Negations, numbers, names, order, ellipses and dropped words are all noticed."""
    chance = random.Random(7)
    long = [q for q in quotes if len(q.split()) > LENGTH_OF_A_SENTENCE and "”" not in q]
    called_exact = []
    for number in range(102):
        name, alter = list(ALTERATIONS.items())[number % len(ALTERATIONS)]
        words = chance.choice(long).split()
        at = chance.randrange(len(words) - 1)
        if name == "order" and compared_words(words[at]) == compared_words(words[at + 1]):
            at = 0
        claimed = " ".join(alter(words, at))
        if check(claimed, finder, EVERYBODY).status == "exact":
            called_exact.append((name, claimed))
    assert called_exact == []


def test_an_altered_quote_comes_with_its_true_wording(finder: QuoteFinder) -> None:
    """The diff says what was changed, and the true quote is shown with whose it is."""
    verdict = check("The unforeseen does often exist", finder, EVERYBODY)
    assert verdict.status == "altered"
    assert verdict.hits[0].quote.speaker is not None
    assert verdict.hits[0].quote.speaker.name == "Phileas Fogg"
    assert [(c.true, c.claimed) for c in verdict.diff if c.op == "replace"] == [("not", "often")]


def test_a_part_without_its_not_is_not_exact(finder: QuoteFinder) -> None:
    """Words cut out of a sentence that denies them are altered; an honest part is exact."""
    assert check("exist", finder, EVERYBODY).status != "exact"
    assert check("belong to despots", finder, EVERYBODY).status != "exact"
    assert check("we crossed eighty sunrises", finder, EVERYBODY).status == "exact"


def test_real_words_of_another_are_told_as_theirs(finder: QuoteFinder) -> None:
    """The words are right, the name is not."""
    verdict = check("Fever has no politics", finder, EVERYBODY, speaker="Ben Gunn")
    assert verdict.status == "other_speaker"
    assert verdict.message == "These words are David Livesey’s, not Ben Gunn’s."
    assert check("Fever has no politics", finder, EVERYBODY, speaker="Livesey").status == "exact"
    assert check("Fever has no politics", finder, EVERYBODY, speaker="Nobody Known").status == "other_speaker"


def test_words_put_together_from_two_places_are_stitched(finder: QuoteFinder) -> None:
    """Each piece is real, the whole is not."""
    claimed = "The unforeseen does not exist. Pieces of eight still wake me in the night."
    assert check(claimed, finder, EVERYBODY).status == "stitched"


@pytest.mark.parametrize("claimed", ["Penguins make poor bankers in any weather", "…", "", "!?"])
def test_words_that_nobody_said_are_not_found(finder: QuoteFinder, claimed: str) -> None:
    """Nothing like them, or no words at all."""
    verdict = check(claimed, finder, EVERYBODY)
    assert verdict.status == "not_found"
    assert verdict.hits == ()
    assert verdict.message


@pytest.mark.parametrize("claimed", ["the", "fever", "of the", "and “I”"])
def test_a_word_that_stands_in_any_text_is_too_little_to_check(finder: QuoteFinder, claimed: str) -> None:
    """One word, or a few plain ones, of longer quotes proves nothing; it is told so and not called exact."""
    verdict = check(claimed, finder, EVERYBODY)
    assert (verdict.status, verdict.message, verdict.hits) == ("not_found", TOO_LITTLE, ())


def test_one_word_that_is_all_that_was_said_is_exact(tmp_path: Path) -> None:
    """A quotation of a single word can be checked."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.txt").write_text("Asked about the crew, Ahab called them “cowards” on Monday.", encoding="utf-8")
    with index_of(corpus, tmp_path / "data") as index:
        found = finder_of(index)
        assert check("Cowards", found, EVERYBODY, speaker="Ahab").status == "exact"
        assert check("crew", found, EVERYBODY).status == "not_found"


def test_the_words_of_an_article_are_no_quotation(finder: QuoteFinder) -> None:
    """A sentence that tells what somebody said is the article's, however truly it is copied."""
    told = check("spent two weeks on the moor, admitted to fear", finder, EVERYBODY)
    assert told.status == "uncredited"
    assert told.message == "These are the article’s own words about what John Watson said, not a quotation."
    assert [hit.quote.kind for hit in told.hits] == ["reported"]


def test_running_text_is_not_called_a_quotation(finder: QuoteFinder) -> None:
    """Words that stand in a document outside all quotations are told as such, with nobody's name."""
    document = next(d for d in finder.shelf._catalog.documents(EVERYBODY) if "spent two weeks" in d.text)
    quoted = [q.extent for q in finder.shelf._catalog.quotes_of(document.id)]
    plain = next(
        s.of(document.text)
        for s in sentences(document.text, Span(0, len(document.text)))
        if s.end - s.start > 40 and not any(q.start < s.end and q.end > s.start for q in quoted)
    )
    found = check(plain, finder, EVERYBODY)
    assert (found.status, found.hits) == ("uncredited", ())
    assert found.place is not None
    assert (found.place.document, found.place.link) == (document, document.url)
    assert found.message == f"These words stand in “{document.title}”, but nobody is quoted with them."


def test_words_that_come_twice_may_not_change_places(finder: QuoteFinder, quotes: list[str]) -> None:
    """Any other order of the same words is altered; only equal words may be exchanged, which changes nothing."""
    for quote in quotes[::7]:
        words = quote.split()
        turned = " ".join([*words[1:], words[0]])
        if len(words) > 1 and compared_words(turned) != compared_words(quote):
            assert check(turned, finder, EVERYBODY).status != "exact"


def test_a_statement_pasted_as_it_is_shown_has_one_verdict(tmp_path: Path) -> None:
    """The clause between its sentences breaks nothing off; a clause within a sentence lets no "not" go."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    text = "“We sail at dawn,” Ahab said. “I do not turn back for weather.”\n\n“I do not,” Starbuck added, “see the use of it.”"
    (corpus / "a.txt").write_text(text, encoding="utf-8")
    with index_of(corpus, tmp_path / "data") as index:
        found = finder_of(index)
        whole = check("“We sail at dawn,” said Ahab. “I do not turn back for weather.”", found, EVERYBODY)
        assert (whole.status, whole.further) == ("exact", ())
        assert check("We sail at dawn", found, EVERYBODY, speaker="Ahab").status == "exact"
        assert check("see the use of it", found, EVERYBODY, speaker="Starbuck").status == "altered"


def test_the_json_has_status_quotes_and_diff(finder: QuoteFinder) -> None:
    """The form that `check --json` prints."""
    made = verdict_json(check("Fever has some politics", finder, EVERYBODY))
    assert made["status"] == "altered"
    assert made["quotes"][0]["text"] == "Fever has no politics,"
    assert {"op": "replace", "true": "no", "claimed": "some"} in made["diff"]


@given(st.text(), st.text())
def test_a_diff_holds_all_the_claimed_words(true: str, claimed: str) -> None:
    """Put together again, each side of the diff is what it was made of, white space and what nobody sees left out."""
    made = word_diff(true, claimed)
    assert "".join("".join(c.claimed for c in made).split()) == "".join(seen(claimed).split())
    assert "".join("".join(c.true for c in made).split()) == "".join(seen(true).split())


@given(st.text())
def test_comparing_never_fails(text: str) -> None:
    """Whatever the text, its words are folded and without white space."""
    assert all(word and not re.search(r"\s", word) for word in compared_words(text))
