"""Evidence, order and probability: pure, over words written here."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retrieval.asking.coverage import (
    Keys,
    Surroundings,
    Wanted,
    covered,
    is_a,
    mended,
    missing,
    nearly_covered,
    surroundings,
    wanted,
    wants,
)
from retrieval.asking.present import around, excerpt
from retrieval.asking.rank import (
    ANSWER_FEATURES,
    ORDER_FEATURES,
    Found,
    Nearness,
    Rivals,
    Scored,
    Weights,
    answer_features,
    load_weights,
    order,
    order_features,
    probability,
    telling,
)
from retrieval.asking.train_kindred import table, vocabulary
from retrieval.model import Document, Question, Quote, Span, Speaker
from retrieval.terms import fold, stem, terms, words

KEYS = Keys(
    [
        ("France", "France"),
        ("French", "France"),
        ("Paris", "France"),
        ("United States", "United States"),
        ("American", "United States"),
    ]
)
TEXT = "The French captain spoke of the bridge.\n\n“It was mended in spring,” Nemo said of the bridge at Lambton.\n\nRain fell. “A whale!” cried Ned Land."
DOCUMENT = Document("d", "d.txt", 1, "0", TEXT, title="A visit")
NEMO = Speaker("nemo", "Nemo")


def quote(words_: str, kind: str = "direct") -> Quote:
    start = TEXT.index(words_)
    return Quote(words_, "d", kind, (Span(start, start + len(words_)),), speaker=NEMO, confidence=1.0)  # type: ignore[arg-type]


def asked(topic: str, **more: object) -> tuple[Wanted, ...]:
    frequency = {"bridge": 4, "mended": 1, "whale": 2, "spring": 1, "thank": 1}
    return wanted(topic, KEYS, lambda ws: {w: frequency.get(w, 0) for w in ws}, 100, **more)  # type: ignore[arg-type]


def found(words_: str, topic: float, kind: str = "direct") -> Found:
    q = quote(words_, kind)
    return Found(q, DOCUMENT, Nearness(topic, topic, 0.0), surroundings(DOCUMENT, q, q.extent, KEYS))


def test_forms_of_a_word_meet() -> None:
    """Stems bring together what belongs together, and keep apart what does not."""
    for one, other in [
        ("invitation", "invited"),
        ("delivery", "deliveries"),
        ("Ukraine", "Ukrainians"),
        ("security", "secure"),
        ("fought", "fighting"),
    ]:
        assert stem(fold(one)) == stem(fold(other))
    assert stem("bridge") != stem("bride")
    assert stem("war") != stem("warm")


def test_a_country_meets_its_adjective_and_its_capital() -> None:
    """ "French", "Paris" and "France" are one key, also where a name has two words."""
    assert KEYS.of("French") == KEYS.of("Paris") == KEYS.of("France’s")
    assert "@united states" in KEYS.of("the United States of old")


def test_what_others_say_nearby_is_no_context() -> None:
    """The words around a quote count, but not other people's quoted words."""
    near = surroundings(DOCUMENT, quote("It was mended in spring,"), Span(0, 1), KEYS)
    assert KEYS.of("mended") <= near.own
    assert KEYS.of("Lambton") <= near.sentence
    assert KEYS.of("rain") <= near.around
    assert not KEYS.of("whale") & near.around


def test_rare_words_weigh_more() -> None:
    """A word of many documents says less than one of few; a name is known as one; what stands behind "about" is marked."""
    bridge, mended_ = asked("bridge mended", named_outright="mended")
    assert bridge.weight < mended_.weight
    assert (bridge.about, mended_.about) == (False, True)
    assert [w.proper for w in asked("visit Lambton")] == [False, True]
    assert covered(asked("bridge mended"), KEYS.of("mended")) > 0.5
    assert [w.term.folded for w in missing(asked("bridge mended"), KEYS.of("mended"))] == ["bridge"]


def test_an_office_stands_for_its_holder() -> None:
    """A person's name in the topic is met by the office that the person holds."""
    wish = asked("Nemo", names={"nemo": (KEYS.of("French captain"),)})
    assert covered(wish, KEYS.of("the captain of the French ship")) == 1.0
    assert covered(wish, KEYS.of("the captain")) == 0.0


def test_misspelt_words_are_taken_for_those_of_the_documents() -> None:
    """A slip is mended, a real word and a country never are."""
    vocabulary = frozenset({"bridge", "whale", "ireland"})
    assert mended(asked("brige"), vocabulary, KEYS, lambda w: False)[0].meant == "bridge"
    assert mended(asked("while"), vocabulary, KEYS, lambda w: True) == asked("while")
    assert mended(asked("Paris"), frozenset({"pars"}), KEYS, lambda w: False)[0].meant == ""


def test_function_words_with_a_slip_are_no_topic() -> None:
    """ "waht did X say abuot" asks for nothing called "waht"."""
    assert [w.term.folded for w in asked("waht abuot bridge")] == ["bridge"]


def test_words_in_quotation_marks_come_before_reported_speech() -> None:
    """With everything else equal, verbatim words come first, by the weights that are shipped."""
    weights = load_weights()
    verbatim, reported = found("It was mended in spring,", 0.5), found("It was mended in spring,", 0.5, "reported")
    assert [s.found for s in order([reported, verbatim], asked("bridge"), weights)] == [verbatim, reported]


def test_covering_the_question_makes_an_answer_likelier() -> None:
    """Evidence raises the probability; somebody else's better match lowers it."""
    weights = load_weights()

    def sure(topic: str, near: float, rivals: Rivals) -> float:
        ranked = order([found("It was mended in spring,", near)], asked(topic), weights)
        wanted = asked(topic, named_outright=topic)
        question = Question(f"What did Fogg say about {topic}?", "quote", (), topic)
        return probability(answer_features(ranked, wanted, rivals, question=question, nobody=False), weights)

    good = sure("bridge mended", 0.6, Rivals())
    assert good > weights.line
    assert good > sure("penguins", 0.1, Rivals())
    assert good > sure("bridge mended", 0.6, Rivals(0.9, 2.0))


def test_the_shipped_weights_know_the_features() -> None:
    """The record was written by the calibration of this program."""
    weights = load_weights()
    assert set(weights.order) == set(ORDER_FEATURES)
    assert set(weights.answer) == set(ANSWER_FEATURES)
    assert Weights.from_json(weights.to_json()) == weights


def test_no_amount_says_the_contrary_of_its_name() -> None:
    """What can only speak for an answer has no weight against one, and the other way round."""
    weights = load_weights().answer
    assert all(weights[name] * sign >= 0 for name, sign in ANSWER_FEATURES.items())
    assert sum(weights[name] != 0 for name in ANSWER_FEATURES) > 20


def test_a_long_statement_is_cut_at_sentences() -> None:
    """The run with the worthiest sentence is taken, of whole sentences only; a short statement stays whole."""
    sentences_ = [
        f"Sentence number {n} speaks of fishes and of nothing else at all in the wide sea." for n in range(20)
    ]
    text = " ".join(sentences_)
    document = Document("d", "d.txt", 1, "0", text)
    long = Quote("q", "d", "turn", (Span(0, len(text)),))
    fragments, cut = excerpt(document, long, lambda parts: [float("number 11" in p.of(text)) for p in parts])
    shown = fragments[0].of(text)
    assert cut
    assert "number 11" in shown
    assert shown.startswith("Sentence")
    assert shown.endswith("sea.")
    assert excerpt(document, Quote("s", "d", "direct", (Span(0, 40),)), lambda parts: [0.0] * len(parts)) == (
        (Span(0, 40),),
        False,
    )


def test_context_stays_in_the_document() -> None:
    """What stands before and after is text of the document, cut at sentences where it is long."""
    start = TEXT.index("It was")
    before, after = around(DOCUMENT, [Span(start, start + 24)])
    assert before == "The French captain spoke of the bridge. “"
    assert after.startswith("” Nemo said of the bridge at Lambton.")


@given(st.text())
def test_no_text_breaks_the_comparing(text: str) -> None:
    """Whatever the text, its terms and keys are made."""
    assert all(t.stem for t in terms(text))
    assert KEYS.of(text) is not None
    assert all(words(text))


def test_british_and_american_spelling_meet() -> None:
    """A question about defence finds words about defense."""
    pairs = [("defence", "defense"), ("neighbours", "neighbors"), ("analysed", "analyzing"), ("caring", "care")]
    assert all(stem(one) == stem(other) for one, other in pairs)
    assert stem("four") != stem("for")


def test_words_that_mean_nearly_the_same_count_in_part() -> None:
    """Haste answers hurry better than rain does, and less than hurry itself; names have no kin."""
    (hurry,) = asked("hurry")
    same, near, other = (nearly_covered([hurry], KEYS.of(text)) for text in ("in a hurry", "with haste", "in the rain"))
    assert same == 1.0 > near > 0.3 > other
    assert covered([hurry], KEYS.of("with haste")) == 0.0
    assert not asked("Paris")[0].kin


def test_a_reason_is_preferred_where_the_question_asks_why() -> None:
    """Of two statements that fit alike, the one that gives a reason answers “why”; other questions do not mind."""
    plain, reasoned = "The roof fell in", "because the beams were rotten"
    text = f"“{plain},” said Nemo. “{reasoned},” said Ned."
    document = Document("d", "d.txt", 1, "0", text)
    pair = []
    for words_ in (plain, reasoned):
        span = Span(text.index(words_), text.index(words_) + len(words_))
        q = Quote(words_, "d", "direct", (span,), speaker=NEMO)
        near = Surroundings(frozenset(), frozenset(), frozenset(), frozenset(), 4, is_a(words_), is_a(words_))
        pair.append(Found(q, document, Nearness(0.5, 0.5, 0.0), near))
    first = order(pair, (), load_weights(), "Why did the roof fall in?")[0]
    assert reasoned == first.found.quote.id
    assert wants("Why?") == {"reason"}
    assert wants("How many sailors did he take?") == {"number"}
    assert wants("Did he go?") == {"verdict"}
    assert not wants("What did Nemo say?")


def test_words_that_follow_upon_each_other_share_what_they_are_about() -> None:
    """A statement beside one of the same speaker that fits has that nearness beside its own."""
    near, far = found("It was mended in spring,", 0.8), found("A whale!", 0.1)
    features = order_features([near, far], asked("bridge"))
    assert (features[1]["topic"], features[1]["beside_topic"]) == (0.1, 0.8)
    alone = order_features([far], asked("bridge"))
    assert alone[0]["beside_topic"] == 0.1


def test_the_table_of_kindred_words_is_made_from_vectors() -> None:
    """Words with like vectors become kin of each other, with how near they are; others do not."""
    vectors = np.array([[1.0, 0.0], [0.9, 0.1], [-1.0, 0.0], [0.0, -1.0]], dtype=np.float32)
    lines = dict(line.split("\t") for line in table(["boat", "ship", "cake", "moon"], vectors))
    assert lines["boat"].startswith("ship ")
    assert "cake" not in lines["boat"]
    assert vocabulary(["boat", "##at", "the", "x1"]) == ["boat"]


def test_courtesies_are_no_answers_unless_asked_for() -> None:
    """“Thank you.” is not shown beside an answer; it is when thanks were asked about, and “Yes.” may answer yes or no."""
    text = "“It was mended in spring.” “Thank you.” “Yes.”"
    document = Document("d", "d.txt", 1, "0", text)
    ranked = []
    for words_ in ("Yes.", "Thank you.", "It was mended in spring."):
        span = Span(text.index(words_), text.index(words_) + len(words_))
        q = Quote(words_, "d", "direct", (span,), speaker=NEMO)
        ranked.append(Scored(Found(q, document, Nearness(0, 0, 0), surroundings(document, q, span, KEYS)), {}, 0.0))

    def shown(question: str, topic: str) -> list[str]:
        return [s.found.quote.id for s in telling(ranked, asked(topic), question)]

    assert shown("What did Nemo say about the bridge?", "bridge") == ["It was mended in spring."]
    assert shown("Whom did Nemo thank?", "thank") == ["Thank you.", "It was mended in spring."]
    assert shown("Did Nemo mend the bridge?", "bridge") == ["Yes.", "It was mended in spring."]
