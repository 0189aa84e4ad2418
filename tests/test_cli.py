"""The command line as a person uses it, on the shipped corpus, in processes of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).resolve().parent.parent
PROGRAM = Path(sys.executable).with_name("nato-quote")
BRIDGE = "what did Rutte say about the bridge?"


@dataclass(frozen=True)
class Shell:
    """Runs nato-quote on one corpus and one data folder."""

    corpus: Path
    data: Path

    def run(self, *arguments: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        """The finished process; fails the test when its exit code is another."""
        command = [str(PROGRAM), "--corpus", str(self.corpus), "--data", str(self.data), *arguments]
        environment = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR"}}
        ran = subprocess.run(
            command,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=300,
            cwd=self.data.parent,
            env=environment,
        )
        assert ran.returncode == code, ran.stderr
        return ran

    def json(self, *arguments: str, code: int = 0) -> Any:
        """What the command printed, as JSON."""
        return json.loads(self.run(*arguments, code=code).stdout)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """The shipped corpus, indexed once by the first question."""
    return Shell(PROJECT / "corpus", tmp_path_factory.mktemp("cli") / "data")


def test_asking_with_no_index_builds_it_and_answers(shipped: Shell) -> None:
    """The first question indexes the corpus; stdout holds the answer and nothing else."""
    ran = shipped.run("ask", BRIDGE)

    assert ran.stdout.startswith("“As you know, Allies agree that the future of Ukraine is in NATO,")
    assert re.search(r"— Mark Rutte, NATO('s)? Secretary General", ran.stdout)
    assert "3 December 2024" in ran.stdout
    assert "Also in: Reuters" in ran.stdout
    assert "https://westhawaiitoday.com/2024/12/04/" in ran.stdout
    assert "#:~:text=building%20the%20bridge" in ran.stdout
    assert "indexing" not in ran.stdout


def test_an_answer_as_json_points_into_the_canonical_text(shipped: Shell) -> None:
    """Each fragment's words are the characters that `text` prints at these offsets."""
    answer = shipped.json("ask", "--json", BRIDGE)

    assert answer["status"] == "answered"
    assert answer["reason"] is None
    assert [s["name"] for s in answer["question"]["speakers"]] == ["Mark Rutte"]
    for quote in answer["quotes"]:
        text = shipped.run("text", quote["document"]["id"]).stdout
        assert [f["text"] for f in quote["fragments"]] == [text[f["start"] : f["end"]] for f in quote["fragments"]]


def test_an_abstention_says_what_there_is_and_exits_with_3(shipped: Shell) -> None:
    """Nothing by somebody who is not quoted is an answer of its own."""
    answer = shipped.json("ask", "--json", "What did Count Dracula say about the bridge?", code=3)

    assert (answer["status"], answer["reason"], answer["quotes"]) == ("abstained", "unknown_speaker", [])
    assert "Dracula" in answer["message"]


def test_a_batch_is_answered_in_order_with_ids(shipped: Shell, tmp_path: Path) -> None:
    """One JSON answer a line; an empty question is no question; exit code 0."""
    asked = [
        {"id": "a", "question": BRIDGE},
        {"id": "b", "question": ""},
        {"id": 3, "question": "What did Kuleba say?"},
    ]
    file = tmp_path / "questions.jsonl"
    file.write_text("".join(json.dumps(q) + "\n" for q in asked), encoding="utf-8")

    lines = [json.loads(line) for line in shipped.run("ask", "--batch", str(file)).stdout.splitlines()]

    assert [line["id"] for line in lines] == ["a", "b", "3"]
    assert lines[1]["reason"] == "not_a_question"
    assert lines[2]["quotes"][0]["speaker"] == "Dmytro Kuleba"


@pytest.mark.parametrize("arguments", [("ask",), ("ask", "--limit", "0", "x"), ("nonsense",)], ids=" ".join)
def test_wrong_usage_exits_with_2(shipped: Shell, arguments: tuple[str, ...]) -> None:
    """Usage errors are told apart from failures and abstentions."""
    ran = shipped.run(*arguments, code=2)

    assert ran.stdout == ""
    assert "Traceback" not in ran.stderr


def test_an_unknown_document_is_one_sentence_and_exit_code_1(shipped: Shell) -> None:
    """A failure is told in a sentence that says what to do next, without a traceback."""
    ran = shipped.run("text", "no-such-document", code=1)

    assert ran.stderr.strip() == "There is no document 'no-such-document'; `nato-quote sources` lists them."


def test_sources_lists_every_document_with_its_quotes(shipped: Shell) -> None:
    """Each brief is there, with path, date and how many quotes it holds."""
    listed = shipped.json("sources", "--json")

    assert {d["path"] for d in listed} == {
        f"documents/{p.name}" for p in (PROJECT / "corpus" / "documents").glob("*.md")
    }
    assert all(d["quotes"] > 0 for d in listed)
    assert sum(d["quotes"] for d in listed) == shipped.json("status", "--json")["quotes"]


def test_status_tells_what_was_skipped_and_by_which_model(shipped: Shell) -> None:
    """Every key of the interface is there."""
    found = shipped.json("status", "--json")

    wanted = {"documents", "quotes", "passages", "speakers", "failed", "skipped", "model", "last_index"}
    assert wanted <= set(found)
    assert [s["path"] for s in found["skipped"]] == ["README.md"]
    assert "MiniLM" in found["model"]


def test_a_data_folder_refuses_another_corpus(shipped: Shell, tmp_path: Path) -> None:
    """An index remembers whose it is, and says what to do."""
    shipped.run("ask", BRIDGE)
    (tmp_path / "other").mkdir()

    for command in ("index", "sources"):
        ran = Shell(tmp_path / "other", shipped.data).run(command, code=1)

        assert "--data" in ran.stderr
        assert ran.stdout == ""


def test_a_broken_file_is_reported_while_the_others_go_in(tmp_path: Path) -> None:
    """Exit code 1, the file by name and reason, and the rest can be asked."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "voyage.md").write_text(
        "---\ntitle: The voyage\npublished: 1851-10-18\n---\n\n"
        "“I will chase the white whale round the Horn,” Ishmael Coffin said on the deck of the Pequod.\n",
        encoding="utf-8",
    )
    (corpus / "empty.txt").write_bytes(b"")
    shell = Shell(corpus, tmp_path / "data")

    ran = shell.run("index", code=1)

    assert "empty.txt" in ran.stdout
    answer = shell.json("ask", "--json", "What did Ishmael Coffin say about the white whale?")
    assert answer["quotes"][0]["text"] == "I will chase the white whale round the Horn,"
    assert answer["quotes"][0]["speaker"] == "Ishmael Coffin"


def test_quotes_reads_jsonl_and_writes_offsets_into_the_given_text(shipped: Shell, tmp_path: Path) -> None:
    """One entry per pair of marks, inside the marks, with the mention as written and the name it stands for."""
    text = "“It is a truth universally acknowledged,” Elizabeth Bennet said.\n\n“I doubt it,” she added."
    file = tmp_path / "texts.jsonl"
    file.write_text(json.dumps({"doc_id": "d1", "text": text}) + "\n", encoding="utf-8")

    found = json.loads(shipped.run("quotes", "--jsonl", str(file)).stdout)

    assert found["doc_id"] == "d1"
    assert [text[q["start"] : q["end"]] for q in found["quotes"]] == [
        "It is a truth universally acknowledged,",
        "I doubt it,",
    ]
    assert [q["speaker"] for q in found["quotes"]] == ["Elizabeth Bennet", "she"]
    assert [q.get("speaker_resolved") for q in found["quotes"]] == ["Elizabeth Bennet", "Elizabeth Bennet"]

    strict = json.loads(shipped.run("quotes", "--line", "1", "--jsonl", str(file)).stdout)
    assert [q["start"] for q in strict["quotes"]] == [q["start"] for q in found["quotes"]]
    assert not any("speaker" in q for q in strict["quotes"])


@pytest.mark.parametrize(
    ("arguments", "lines", "told"),
    [
        (("ask", "--batch"), b'{"id": 1, "question": "x"}\n[1]\n', "line 2"),
        (("ask", "--batch"), b"\xff\xfe\x00", "not UTF-8 text"),
        (("quotes", "--jsonl"), b'{"doc_id": "a"}\n', "line 1"),
        (("quotes", "--jsonl"), b'\n{"doc_id": "a", "text": 5}\n', "line 2"),
        (("quotes", "--jsonl"), b"\xff\xfe\x00", "not UTF-8 text"),
        (("quotes", "--jsonl"), b"[" * 100_000, "line 1"),
    ],
)
def test_a_line_that_does_not_fit_is_named(
    shipped: Shell, tmp_path: Path, arguments: tuple[str, ...], lines: bytes, told: str
) -> None:
    """A file of JSON lines with a wrong one is a usage error that says where, and nothing is printed."""
    file = tmp_path / "lines.jsonl"
    file.write_bytes(lines)

    ran = shipped.run(*arguments, str(file), code=2)

    assert told in ran.stderr
    assert "Traceback" not in ran.stderr
    assert ran.stdout == ""


def test_jsonl_may_begin_with_a_byte_order_mark_and_hold_halves_of_characters(shipped: Shell, tmp_path: Path) -> None:
    """Neither ends the run, and offsets still point into the given text."""
    text = "\ud800 “I have come on foot from Lambeth,” said Elizabeth Bennet."
    file = tmp_path / "texts.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + json.dumps({"doc_id": "\udfff", "text": text}).encode("ascii") + b"\r\n")

    found = json.loads(shipped.run("quotes", "--jsonl", str(file)).stdout)

    assert found["doc_id"] == "\udfff"
    assert [text[q["start"] : q["end"]] for q in found["quotes"]] == ["I have come on foot from Lambeth,"]


def test_an_argument_of_other_bytes_is_one_sentence(shipped: Shell) -> None:
    """What no store can look up is a usage error, no traceback."""
    ran = shipped.run("cite", "q\udcff", code=2)

    assert "not UTF-8" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_place_that_cannot_be_written_is_one_sentence(shipped: Shell, tmp_path: Path) -> None:
    """A picture or a backup for a folder that is not there: said, without a traceback."""
    picture = shipped.run("timeline", "Rutte", "--plot", str(tmp_path / "nowhere" / "line.png"), code=1)
    assert "check the path" in picture.stderr
    assert "Traceback" not in picture.stderr

    backup = shipped.run("backup", str(tmp_path / "nowhere" / "copy.sqlite"), code=2)
    assert "there is no folder" in backup.stderr
