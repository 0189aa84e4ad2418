"""Training and the curve: from annotated documents to weights that can be read."""

from __future__ import annotations

import json
from pathlib import Path

from retrieval.linear import load_models
from retrieval.reading.line_curve import drawn, points
from retrieval.reading.line_curve import main as draw
from retrieval.reading.train import Rows, fitted, gold_of, is_right, ranked, written
from retrieval.reading.train import main as train
from tests.reading import reader

TEXT = "Elizabeth Bennet came in. “We sail at dawn,” said Bennet. The “white” whale was near."


def annotated() -> dict[str, object]:
    """A document with one annotated quotation."""
    start = TEXT.index("We sail")
    return {
        "doc_id": "a",
        "text": TEXT,
        "quotes": [
            {"kind": "direct", "start": start, "end": start + 16, "speaker": "Bennet", "speaker_start": TEXT.index("said Bennet") + 5, "speaker_type": "name"}
        ],
    }  # fmt: skip


def test_the_annotated_source_is_told_from_other_candidates() -> None:
    """A candidate is right when it covers the source's head, or has its last name."""
    gold = gold_of(annotated())
    ready = reader().prepared(TEXT)
    region = ready.layout.regions[0][0]
    quote = gold.at(region.inner)
    assert quote is not None
    found = reader().decided(reader().prepared(TEXT)).judged[0].verdict
    assert found.choice is not None
    assert is_right(found.choice, quote, TEXT)


def test_fitting_gives_small_named_weights() -> None:
    """Features that speak for the right label get weight, and the result is readable."""
    rows = Rows()
    for group in range(20):
        rows.add({"near": 1.0}, True, group)
        rows.add({"far": 1.0}, False, group)
    assert fitted(rows, 1.0).weights["near"] > 0 > fitted(rows, 1.0).weights["far"]
    assert ranked(rows, 1.0).weights["near"] > 0


def test_training_from_the_command_line_writes_weights_that_load(tmp_path: Path) -> None:
    """The command reads annotated documents and writes the JSON that the reader loads."""
    source, target = tmp_path / "train.jsonl", tmp_path / "weights.json"
    source.write_text((json.dumps(annotated()) + "\n") * 3, encoding="utf-8")
    assert train([str(source), "--out", str(target)]) == 0
    assert set(json.loads(target.read_text(encoding="utf-8"))["models"]) == {"ranker", "speech", "pronoun"}


def test_the_shipped_weights_are_written_back_the_same(tmp_path: Path) -> None:
    """Numbers by feature name, in a versioned file."""
    written(load_models(), tmp_path / "again.json")
    again = json.loads((tmp_path / "again.json").read_text(encoding="utf-8"))
    assert again["version"] == 1
    assert again["models"]["ranker"]["weights"] == dict(load_models()["ranker"].weights)


def test_the_curve_falls_in_coverage_and_is_drawn(tmp_path: Path) -> None:
    """A stricter line covers no more than a laxer one, and the PNG is a PNG."""
    found = points(reader(), [(TEXT, gold_of(annotated()))])
    assert [p.coverage for p in found] == sorted((p.coverage for p in found), reverse=True)
    drawn(found, tmp_path / "curve.png")
    assert (tmp_path / "curve.png").read_bytes().startswith(b"\x89PNG")
    source = tmp_path / "dev.jsonl"
    source.write_text(json.dumps(annotated()) + "\n", encoding="utf-8")
    assert draw([str(source), str(tmp_path / "two.png")]) == 0
