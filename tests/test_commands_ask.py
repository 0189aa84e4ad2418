"""The commands beside `ask`, run as a person runs them, over the novels' index."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.shell.cli import app
from bot.shell.console import who, words_of
from tests.asking import NOVELS, novels_data
from tests.invented import hit
from tests.stores import write


def run(*arguments: str) -> Result:
    """A command over the novels, with the index that all these tests share."""
    return CliRunner().invoke(app, ["--corpus", str(NOVELS), "--data", str(novels_data()), *arguments])


def test_check_says_whether_a_quotation_is_real() -> None:
    """Exact: exit code 0; altered: 3, with the difference marked."""
    exact = run("check", "Fever has no politics")
    assert exact.exit_code == 0, exact.output
    assert "exact: " in exact.output
    altered = run("check", "Fever has some politics")
    assert altered.exit_code == 3
    assert "[-some-] [+no+]" in altered.output
    found = json.loads(run("check", "--json", "--speaker", "Ben Gunn", "Fever has no politics").stdout)
    assert found["status"] == "other_speaker"


def test_timeline_lists_quotes_by_date(tmp_path: Path) -> None:
    """The earlier report first; the picture is drawn."""
    picture = tmp_path / "line.png"
    made = run("timeline", "Fogg", "--plot", str(picture))
    assert made.exit_code == 0, made.output
    assert made.output.index("3 October 1872") < made.output.index("22 December 1872")
    assert picture.read_bytes().startswith(b"\x89PNG")
    days = [entry["day"] for entry in json.loads(run("timeline", "--json", "Fogg").stdout)]
    assert days == sorted(days)
    assert "Pieces of eight" in run("timeline", "Jim Hawkins", "pieces", "of", "eight").output


def test_only_words_that_were_said_stand_in_quotation_marks() -> None:
    """A narrator's sentence about what somebody said is shown without, and called reported, in a timeline too."""
    said = hit()
    reported = replace(said, quote=replace(said.quote, kind="reported"))
    assert words_of(said) == f"“{said.text}”"
    assert words_of(reported) == said.text
    assert "reported, not verbatim" in who(reported)
    for speaker in ("Fogg", "Jim Hawkins"):
        made = run("timeline", speaker).output
        for entry in json.loads(run("timeline", "--json", speaker).stdout or "[]"):
            assert (f"“{entry['text']}”" in made) == (entry["kind"] != "reported")


@pytest.mark.parametrize("form", ["plain", "markdown", "bibtex"])
def test_cite_is_ready_to_paste(form: str) -> None:
    """Words, speaker, source and date in each form; nothing unknown is made up."""
    quote_id = json.loads(run("ask", "--json", "What did Livesey say about fever and politics?").stdout)["quotes"][0][
        "id"
    ]
    made = run("cite", quote_id, "--format", form)
    assert made.exit_code == 0, made.output
    for part in ("Fever has no politics", "David Livesey", "Bristol Mercury", "1765"):
        assert part in made.output
    assert "None" not in made.output


def test_cite_of_no_quote_is_an_error() -> None:
    """The error says where ids come from."""
    made = run("cite", "q0")
    assert made.exit_code != 0


def test_speakers_are_counted() -> None:
    """Everybody with how often; one of them with the documents."""
    everybody = json.loads(run("speakers", "--json").stdout)
    assert everybody[0]["quotes"] >= everybody[-1]["quotes"]
    one = json.loads(run("speakers", "--json", "Fogg").stdout)
    assert [s["name"] for s in one] == ["Phileas Fogg"]
    assert {d["path"] for d in one[0]["documents"]} == {"fogg-wager.md", "fogg-returns.md"}
    assert "Phileas Fogg" in run("speakers").output


def test_eval_prints_figures_and_misses(tmp_path: Path) -> None:
    """The figures, the curve, each miss, and exit code 1 below the bars."""
    rows = [
        {"id": "1", "question": "What did Livesey say about fever?", "kind": "direct", "answerable": True,
         "expected_speaker": "David Livesey", "expected_quote": "Fever has no politics", "doc_id": "hispaniola", "aliases": []},
        {"id": "2", "question": "What did Livesey say about penguins?", "kind": "wrong_topic", "answerable": False},
    ]  # fmt: skip
    questions = tmp_path / "questions.jsonl"
    questions.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    good = run("eval", str(questions), "--plot", str(tmp_path / "curve.png"))
    assert good.exit_code == 0, good.output
    assert "2 questions, 1 of them with an answer" in good.output
    assert (tmp_path / "curve.png").exists()
    rows[0]["expected_quote"] = "Words that nobody said"
    questions.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    bad = run("eval", str(questions))
    assert bad.exit_code == 1
    assert "miss 1: What did Livesey say about fever?" in bad.output
    assert "below the bar" in bad.output


def test_eval_of_sets_measures_each_over_an_index_of_its_own(tmp_path: Path) -> None:
    """One line a set; questions held back are told apart; a fall below a floor, and a wrong name, exit with 1."""
    corpus = write(tmp_path / "papers", {"fever.md": "“Fever has no politics,” Dr Livesey said.\n"})
    row = {"question": "What did Livesey say about fever?", "answerable": True, "expected_speaker": "Livesey",
           "expected_quote": "Fever has no politics"}  # fmt: skip
    rows = [{**row, "id": "1", "split": "tune"}, {**row, "id": "2", "split": "held"}]
    rows.append({"id": "3", "question": "What did Fogg say about fever?", "answerable": False, "split": "tune"})
    questions = tmp_path / "fever.jsonl"
    questions.write_text("\n".join(json.dumps(r) for r in rows), encoding="utf-8")
    sets = tmp_path / "sets.toml"
    listed = f'[[set]]\nname = "fever"\ncorpus = "{corpus}"\nquestions = "{questions}"\nfitted = true\nfloor = 1\ndeclined = 1\n'
    sets.write_text(listed, encoding="utf-8")
    good = run("eval", str(sets))
    assert good.exit_code == 0, good.output
    assert "100.0% of 1" in good.output
    assert "Training material" in good.output
    assert run("eval", "--plot", str(tmp_path / "x.png"), str(sets)).exit_code == 2
    questions.write_text(questions.read_text(encoding="utf-8").replace("no politics", "some ink"), encoding="utf-8")
    bad = json.loads(run("eval", "--json", str(sets)).stdout)["fever"]
    assert bad["below"] == ["0.0% right first, at least 100% before"]
    assert bad["held"]["questions"] == 1
