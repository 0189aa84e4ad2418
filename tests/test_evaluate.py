"""Question files: what counts as right, and the figures."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from retrieval.errors import ConfigurationError
from retrieval.evaluate import (
    Case,
    QuestionSet,
    SetFigures,
    holds,
    judge,
    load,
    load_sets,
    plot,
    risk_coverage,
    same_speaker,
    summary,
)
from retrieval.model import Answer, Document, Question, Quote, QuoteHit, Span, Speaker

TEXT = "“The sea does not belong to despots,” Captain Nemo said."
FOGG = Speaker("fogg", "Phileas Fogg")
NEMO = Speaker("nemo", "Captain Nemo")
CASE = Case(
    "1",
    "What did Nemo say about despots?",
    "direct",
    True,
    "Nemo",
    ("The sea does not belong to despots",),
    ("nautilus",),
)


def answer(speaker: Speaker | None, asked: tuple[Speaker, ...] = (), path: str = "nautilus.md") -> Answer:
    span = Span(1, TEXT.index("”"))
    document = Document("x-1", path, 1, "0", TEXT)
    hit = QuoteHit(
        Quote("q", "x-1", "direct", (span,), speaker=speaker),
        document,
        span.of(TEXT),
        (span,),
        False,
        None,
        "",
        "",
        1.0,
    )
    return Answer(Question(CASE.question, "quote", asked), (hit,), took_ms=5.0)


@pytest.mark.parametrize(
    ("shown", "expected", "right"),
    [
        ("The sea does not belong to despots,", "the sea does not belong to despots", True),
        ("the sea does not belong", "the sea does not belong to despots", True),
        ("the sea", "the sea does not belong to despots", False),
        ("He said that the sea does not belong to despots at all", "the sea does not belong to despots", True),
        ("word " * 200 + "dictator", "dictator", False),
        ("", "dictator", False),
    ],
    ids=["same", "most of it", "too little", "more", "a whole page", "nothing"],
)
def test_what_holds_the_expected_words(shown: str, expected: str, right: bool) -> None:
    """The words, or at least half of them, and not a whole page."""
    assert holds(shown, expected) == right


def test_whose_words_count_as_the_expected_ones() -> None:
    """By surname, and unnamed where no name is expected."""
    assert same_speaker("Nemo", NEMO)
    assert not same_speaker("Nemo", FOGG)
    assert not same_speaker("Nemo", None)
    assert same_speaker("unnamed sailors", Speaker(None, "sailors", "unnamed"))
    assert not same_speaker("Nemo", Speaker(None, "Nemo", "unnamed"))


def test_an_outcome_is_judged() -> None:
    """Right words by the right speaker; the same words under another name are the worst."""
    good = judge(CASE, answer(NEMO))
    assert (good.right_first, good.right_document, good.wrong_speaker) == (True, True, False)
    bad = judge(CASE, answer(FOGG))
    assert (bad.right_first, bad.wrong_speaker) == (False, True)
    assert judge(CASE, answer(FOGG, asked=(NEMO,))).wrong_speaker
    assert not judge(CASE, answer(NEMO, path="other.md")).right_document
    assert judge(replace(CASE, answerable=False), Answer(Question("", "none"), reason="no_match")).good


def test_the_figures_and_the_bars() -> None:
    """Shares, misses and which bars are missed."""
    silent = Answer(Question("", "quote"), reason="speaker_silent", took_ms=7.0)
    outcomes = [
        judge(CASE, answer(NEMO)),
        judge(CASE, silent),
        judge(replace(CASE, id="2", answerable=False, kind="absent"), silent),
    ]
    found = summary(outcomes)
    assert (found.right_first, found.answered, found.abstained, found.abstention_precision) == (0.5, 0.5, 1.0, 0.5)
    assert found.by_kind == {"absent": (1, 1), "direct": (1, 2)}
    assert [m.case.id for m in found.misses] == ["1"]
    assert summary([outcomes[0], outcomes[2]]).below == ()


def test_a_missed_bar_is_told_in_questions() -> None:
    """How many there are and how many it takes, so that a share that rounds to the bar still reads as too few."""
    silent = Answer(Question("", "quote"), reason="no_match")
    absent = replace(CASE, answerable=False)
    outcomes = [judge(CASE, answer(NEMO))] * 129 + [judge(CASE, silent)] * 4
    outcomes += [judge(absent, silent)] * 17 + [judge(absent, answer(NEMO))] * 3
    assert summary(outcomes).below == (
        "129 of 133 have the right words among the first three (97.0%), fewer than the 130 that 97% asks for",
        "17 of 20 that have no answer were declined (85.0%), fewer than the 19 that 95% asks for",
    )
    assert summary([judge(CASE, answer(FOGG))]).below[-1] == "1 answer names the wrong speaker; none may"


def test_what_fell_below_a_floor_is_told_and_a_wrong_name_is_below_every_floor() -> None:
    """A set has floors for what is right first and for what is declined; questions held back have figures of their own."""
    one = QuestionSet("sea", Path("sea"), Path("sea.jsonl"), fitted=True, floor=0.6, declined=1.0)
    silent = Answer(Question("", "quote"), reason="no_match")
    absent = replace(CASE, answerable=False)
    fine = [judge(CASE, answer(NEMO)), judge(absent, silent)]
    assert SetFigures.made(one, fine).held is None
    assert one.fallen(summary(fine)) == ()
    worse = [judge(replace(CASE, split="held"), answer(FOGG)), *fine, judge(absent, answer(NEMO))]
    found = SetFigures.made(one, worse)
    assert found.held is not None
    assert found.held.questions == 1
    assert one.fallen(found.all) == (
        "50.0% right first, at least 60% before",
        "50.0% declined of those without an answer, at least 100% before",
        "1 with a wrong name, none before",
    )


def test_the_repositorys_sets_are_there_and_a_bad_list_is_told(tmp_path: Path) -> None:
    """Each set's folder and questions exist, and no people are brought along but those of the program."""
    project = Path(__file__).parent.parent
    for one in load_sets(Path(__file__).parent / "eval" / "sets.toml"):
        assert (project / one.questions).is_file()
        assert (project / one.corpus).is_dir()
        assert "tests" not in one.corpus.parts or not (project / one.corpus / "people.toml").exists()
    (tmp_path / "sets.toml").write_text("[[set]]\nname = 'x'\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="no list of question sets"):
        load_sets(tmp_path / "sets.toml")


def test_risk_and_coverage(tmp_path: Path) -> None:
    """The surest answers first; the curve is drawn."""
    curve = risk_coverage([(0.9, True), (0.2, False), (0.5, True)])
    assert curve == [(1 / 3, 0.0), (2 / 3, 0.0), (1.0, 1 / 3)]
    plot(curve, tmp_path / "curve.png")
    assert (tmp_path / "curve.png").read_bytes().startswith(b"\x89PNG")


def test_a_file_of_questions_is_read_or_told(tmp_path: Path) -> None:
    """The form of the repository's own file; anything else is an error that says what is wanted."""
    own = Path(__file__).parent / "eval" / "questions.jsonl"
    cases = load(own)
    assert len(cases) >= 150
    assert sum(not c.answerable for c in cases) * 3 >= len(cases)
    assert len(load(own, "held")) >= 60
    bad = tmp_path / "bad.jsonl"
    bad.write_text(json.dumps({"question": "?"}), encoding="utf-8")
    with pytest.raises(ConfigurationError, match="no file of questions"):
        load(bad)
    bad.write_text(json.dumps({"id": "1", "question": "?", "answerable": False, "also_in": 3}), encoding="utf-8")
    with pytest.raises(ConfigurationError, match="also_in of 1 is not a list"):
        load(bad)
