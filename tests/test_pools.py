"""Questions over documents that lie elsewhere: found again by hashes of their words, laid out for the fit, named where they are gone."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.errors import ConfigurationError
from retrieval.evaluate import load, load_sets
from tests.eval.pools.__main__ import HERE, PROJECT, lay_out, load_documents, load_questions, report
from tests.eval.pools.pool_texts import converted, visible
from tests.eval.pools.pool_words import Fingerprint, find_words, fingerprint, folded

PAGE = b"<html><head><style>p {}</style></head><body><h1>The forge</h1><p>\xe2\x80\x9cWhat <b>l</b>arks we had,\xe2\x80\x9d said Joe Gargery.</p><p>Pip nodded.</p></body></html>"
RECORD = b"""<?xml version="1.0"?><transcript><title>At Coketown &amp; beyond</title><prime-minister>Gradgrind, Thomas</prime-minister>
<release-date>03/07/1854</release-date><release-type>Speech</release-type><content><![CDATA[<p>Now, what I want is facts.</p><p>Plant nothing else<br />
and root out everything else.</p>]]></content></transcript>"""
TABLE = b'title,date,text\nFirst,NA,"Call me Ishmael."\nSecond,1851-10-18,"Better sleep with a sober cannibal,\r\nsaid Ishmael."\n'
NOVEL = b"A title page.\n\nHere it begins.\n\n" + b"The whale is gone, said Starbuck.\n\n" * 500
FORMS = [  # repository, path, conversion, name here, bytes, the words asked for
    ("dickens/pages", "saved/forge.html", "file", "page_00_forge.html", PAGE, "What larks we had"),
    ("dickens/records", "transcripts/7.xml", "transcript", "record_00_7.txt", RECORD, "what I want is facts. Plant nothing else"),
    ("melville/rows", "data/said.csv", "row 1", "row_00_1.txt", TABLE, "better sleep with a sober cannibal"),
    ("melville/novels", "data/MobyDick/text.txt", "chapter 10", "novel_00.txt", NOVEL, "The whale is gone"),
]  # fmt: skip


def pool(folder: Path) -> tuple[Path, Path]:
    """Four fetched repositories, and the records of one set over them with an answerable question on each and one without an answer."""
    documents, questions = [], []
    for number, (repository, path, conversion, name, data, said) in enumerate(FORMS):
        file = folder / "fetched" / repository.replace("/", "+") / path
        file.parent.mkdir(parents=True)
        file.write_bytes(data)
        digest = hashlib.sha256(data).hexdigest()
        documents.append({"set": "set1", "name": name, "repository": repository, "path": path, "sha256": digest, "conversion": conversion})  # fmt: skip
        expected = asdict(fingerprint(said))
        questions.append({"id": f"Q{number}", "set": "set1", "question": "What was said?", "kind": "words", "answerable": True, "speaker": "Somebody", "document": name, "expected": expected, "aliases": [expected]})  # fmt: skip
    questions.append({"id": "Q9", "set": "set1", "question": "Joe on whales", "kind": "absent", "answerable": False, "speaker": "Joe"})  # fmt: skip
    records = folder / "records"
    records.mkdir()
    for name, rows in (("documents.jsonl", documents), ("questions.jsonl", questions)):
        (records / name).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return folder / "fetched", records


@given(st.lists(st.text(max_size=8), max_size=30), st.data())
def test_words_of_a_text_are_found_by_what_stands_for_them(parts: list[str], data: st.DataObject) -> None:
    """Whatever marks stand between: what is found is of the text, and its words are those that were asked for."""
    text = " ".join(parts)
    words = re.findall(r"[^\W_]+", text)
    if not words:
        assert find_words(text, [Fingerprint(1, "0" * 64), fingerprint("")]) == {}
        return
    first = data.draw(st.integers(0, len(words) - 1))
    wanted = fingerprint("… ".join(words[first : data.draw(st.integers(first + 1, len(words)))]))
    found = find_words(text, [wanted])

    assert list(found) == [wanted]
    assert found[wanted] in text
    assert fingerprint(found[wanted]) == wanted


@given(st.lists(st.sampled_from(["larks", "Pip", "Joe", "forge"]), max_size=12), st.lists(st.sampled_from(["larks", "Pip", "Joe", "forge"]), min_size=1, max_size=4))  # fmt: skip
def test_words_are_found_just_where_they_stand_in_this_order(text: list[str], wanted: list[str]) -> None:
    """Neither parts of words nor words in another order are found."""
    stands = any(text[n : n + len(wanted)] == wanted for n in range(len(text)))

    assert bool(find_words(", ".join(text), [fingerprint(" ".join(wanted))])) is stands


def test_a_page_is_read_as_it_is_seen() -> None:
    """Marks inside of a line part no word, blocks do, and what is not shown is not read."""
    assert folded(visible(PAGE, "forge.html")) == [
        "the",
        "forge",
        "what",
        "larks",
        "we",
        "had",
        "said",
        "joe",
        "gargery",
        "pip",
        "nodded",
    ]


def test_a_record_a_row_and_a_chapter_become_plain_texts() -> None:
    """Each with what heads it; a chapter ends with a paragraph."""
    assert converted(RECORD, "7.xml", "transcript").decode() == (
        "At Coketown & beyond\n3 July 1854\nPrime Minister: Thomas Gradgrind\nRelease type: Speech\n\n"
        "Now, what I want is facts.\nPlant nothing else\nand root out everything else.\n"
    )
    assert converted(TABLE, "said.csv", "row 0") == b"First\n\n\nCall me Ishmael.\n"
    chapter = converted(NOVEL, "data/MobyDick/text.txt", "chapter 10").decode()
    assert chapter.startswith("Moby Dick\n\nHere it begins.\n\nThe whale")
    assert chapter.endswith("said Starbuck.\n")
    assert len(chapter) < 15_000
    with pytest.raises(ValueError, match="no conversion"):
        converted(NOVEL, "text.txt", "poem")


def test_documents_and_questions_are_laid_out_for_the_fit(tmp_path: Path) -> None:
    """The list, the questions and the corpus are such as `nato-quote calibrate --sets` loads; the words are the documents' own."""
    fetched, records = pool(tmp_path)
    laid = lay_out(fetched, tmp_path / "laid", records)

    (one,) = load_sets(tmp_path / "laid" / "list.toml")
    cases = load(one.questions, "tune")
    assert (one.fitted, one.alone, sorted(f.name for f in one.corpus.iterdir())) == (True, True, sorted(f[3] for f in FORMS))  # fmt: skip
    assert [c.expected[0] for c in cases if c.answerable] == [
        "What larks we had",
        "what I want is facts.\nPlant nothing else",
        "Better sleep with a sober cannibal",
        "The whale is gone",
    ]
    assert cases[0].documents == ("page_00_forge",)
    assert (cases[-1].id, cases[-1].answerable, cases[-1].expected) == ("Q9", False, ())
    assert report(laid, tmp_path / "laid").startswith("4 of 4 documents and 5 questions lie in ")


def test_what_is_missing_or_altered_is_named_and_its_questions_left_out(tmp_path: Path) -> None:
    """The others stay, those without an answer too."""
    fetched, records = pool(tmp_path)
    (fetched / "dickens+pages" / "saved" / "forge.html").unlink()
    (fetched / "melville+rows" / "data" / "said.csv").write_bytes(TABLE + b"\n")
    told = report(lay_out(fetched, tmp_path / "laid", records), tmp_path / "laid")

    assert "dickens+pages/saved/forge.html is missing (page_00_forge.html of set1)." in told
    assert "melville+rows/data/said.csv was altered (row_00_1.txt of set1)." in told
    assert "Questions left out with them: Q0, Q2." in told
    assert "2 of 4 documents and 3 questions lie in " in told
    assert [c.id for c in load(tmp_path / "laid" / "set1.jsonl")] == ["Q1", "Q3", "Q9"]


def test_words_that_are_not_in_their_document_are_told(tmp_path: Path) -> None:
    """A question without its expected words is not asked; one that lacks a further wording is."""
    fetched, records = pool(tmp_path)
    rows = [json.loads(line) for line in (records / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
    rows[0]["expected"] = rows[1]["aliases"][0] = asdict(fingerprint("Barkis is willing"))
    (records / "questions.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    laid = lay_out(fetched, tmp_path / "laid", records)

    assert (laid.unfound, laid.questions) == (("Q0", "Q1"), 4)
    assert "Not all words that answer are in the documents of the questions Q0, Q1." in report(laid, tmp_path)


def test_no_text_gets_into_the_repository_or_among_other_files(tmp_path: Path) -> None:
    """Each refusal says which folder to name."""
    fetched, records = pool(tmp_path)
    with pytest.raises(ConfigurationError, match="name one outside"):
        lay_out(fetched, PROJECT / "laid", records)
    with pytest.raises(ConfigurationError, match="new or empty"):
        lay_out(fetched, records, records)
    with pytest.raises(ConfigurationError, match="is no folder"):
        lay_out(tmp_path / "nowhere", tmp_path / "laid", records)
    with pytest.raises(ConfigurationError, match="how to fetch them"):
        lay_out(records, tmp_path / "laid", records)
    assert not (tmp_path / "laid").exists()


def test_the_shipped_records_agree_and_hold_no_text_of_a_document() -> None:
    """Each question's document is listed in its set, each repository in the README, and answers stand there as hashes alone."""
    documents, questions = load_documents(HERE), load_questions(HERE)
    listed = {(d.set, d.name) for d in documents}
    readme = (HERE / "README.md").read_text(encoding="utf-8")

    assert (len(listed), len(questions), len({q.id for q in questions})) == (len(documents), 1130, 1130)
    assert [q.id for q in questions if q.answerable != bool(q.document)] == []
    assert [q.id for q in questions if q.answerable and ((q.set, q.document) not in listed or not q.expected)] == []
    assert {f.sha256.strip("0123456789abcdef") for q in questions for f in (q.expected, *q.aliases) if f} == {""}
    assert {d.repository for d in documents if f"| {d.repository} |" not in readme} == set()
