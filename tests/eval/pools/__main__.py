"""Lays out the public documents that the evidence is fitted on: `python -m tests.eval.pools FETCHED TARGET`; README.md says what to fetch.

TARGET, a new folder outside of the repository, gets a folder of documents and a file of questions for each set, and `list.toml` for
`nato-quote calibrate --sets`. What is missing or was altered since is named, and the questions on it are left out.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from retrieval.errors import ConfigurationError, NatoQuotesError
from tests.eval.pools.pool_texts import converted, visible
from tests.eval.pools.pool_words import Fingerprint, find_words

HERE = Path(__file__).parent
PROJECT = HERE.parents[2]
ALONE = "set1"  # its questions are asked of each document alone, too


@dataclass(frozen=True, slots=True)
class PoolDocument:
    """Where a document comes from, and the set and the name that it has here."""

    set: str
    name: str
    repository: str
    path: str
    sha256: str  # of the file as it lies in the repository
    conversion: str

    @property
    def file(self) -> Path:
        """The file below the folder of fetched repositories."""
        return Path(self.repository.replace("/", "+"), self.path)


@dataclass(frozen=True, slots=True)
class PoolQuestion:
    """A question asked of a set, with what stands for the words of the document that answer it."""

    id: str
    set: str
    question: str
    kind: str
    answerable: bool
    speaker: str
    document: str = ""
    expected: Fingerprint | None = None
    aliases: tuple[Fingerprint, ...] = ()


@dataclass(frozen=True, slots=True)
class LaidOut:
    """What came of it."""

    documents: int
    questions: int
    absent: tuple[str, ...]  # a sentence for each document that is missing or altered
    lost: tuple[str, ...]  # questions whose document is absent
    unfound: tuple[str, ...]  # questions of which words are not in their document


def load_documents(folder: Path) -> tuple[PoolDocument, ...]:
    """The documents that `documents.jsonl` lists."""
    return tuple(PoolDocument(**row) for row in _rows(folder / "documents.jsonl"))


def load_questions(folder: Path) -> tuple[PoolQuestion, ...]:
    """The questions that `questions.jsonl` lists."""
    return tuple(_question(row) for row in _rows(folder / "questions.jsonl"))


def lay_out(fetched: Path, target: Path, records: Path = HERE) -> LaidOut:
    """Write documents, questions and `list.toml` into `target`, and say what was left out."""
    _refuse_unfit(fetched, target)
    texts: dict[tuple[str, str], str] = {}
    absent = []
    for document in load_documents(records):
        data, why = _intact(fetched, document)
        if why:
            absent.append(f"{document.file} {why} ({document.name} of {document.set}).")
            continue
        made = converted(data, document.path, document.conversion)
        place = target / document.set / document.name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(made)
        texts[document.set, document.name] = visible(made, document.name)
    if not texts:
        raise ConfigurationError(f"{fetched} holds none of the documents; {HERE / 'README.md'} says how to fetch them.")
    return _write_sets(load_questions(records), texts, target, absent)


def report(laid: LaidOut, target: Path) -> str:
    """What was left out, line by line, and one sentence that says what came of it."""
    lines = list(laid.absent)
    if laid.lost:
        lines.append(f"Questions left out with them: {', '.join(laid.lost)}.")
    if laid.unfound:
        lines.append(f"Not all words that answer are in the documents of the questions {', '.join(laid.unfound)}.")
    lines.append(
        f"{laid.documents} of {laid.documents + len(laid.absent)} documents and {laid.questions} questions lie in {target}; "
        f"the fit: nato-quote calibrate --sets tests/eval/sets.toml --sets {target / 'list.toml'}"
    )
    return "\n".join(lines)


def _refuse_unfit(fetched: Path, target: Path) -> None:
    """Stop where the folders are not as they have to be."""
    if not fetched.is_dir():
        raise ConfigurationError(f"{fetched} is no folder; name the one that holds the fetched repositories.")
    if target.resolve().is_relative_to(PROJECT):
        raise ConfigurationError(f"{target} lies in the repository, which takes no text of others; name one outside.")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise ConfigurationError(f"{target} is there already; name a folder that is new or empty.")


def _intact(fetched: Path, document: PoolDocument) -> tuple[bytes, str]:
    """The file's bytes, or what is wrong with it."""
    try:
        data = (fetched / document.file).read_bytes()
    except OSError:
        return b"", "is missing"
    return (data, "") if hashlib.sha256(data).hexdigest() == document.sha256 else (b"", "was altered")


def _write_sets(
    questions: Sequence[PoolQuestion], texts: Mapping[tuple[str, str], str], target: Path, absent: Sequence[str]
) -> LaidOut:
    """The questions that can be asked, a file for each set of which there are documents, and the list of the sets."""
    found = {place: find_words(text, _wanted(questions, place)) for place, text in texts.items()}
    rows: dict[str, list[dict[str, object]]] = {name: [] for name in dict.fromkeys(name for name, _ in texts)}
    lost, unfound = [], []
    for one in questions:
        words = found.get((one.set, one.document))
        if one.set not in rows or (one.answerable and words is None):
            lost.append(one.id)
            continue
        said = [words[f] for f in _of(one) if words and f in words]
        if len(said) < len(_of(one)):
            unfound.append(one.id)
        if one.expected is None or (words and one.expected in words):
            rows[one.set].append(_row(one, said))
    for name, asked in rows.items():
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in asked)
        (target / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    (target / "list.toml").write_text("\n".join(_listed(name, target.resolve()) for name in rows), encoding="utf-8")
    return LaidOut(len(texts), sum(map(len, rows.values())), tuple(absent), tuple(lost), tuple(unfound))


def _of(question: PoolQuestion) -> tuple[Fingerprint, ...]:
    """What stands for all words that answer a question, the expected ones first."""
    return (question.expected, *question.aliases) if question.expected else ()


def _wanted(questions: Iterable[PoolQuestion], place: tuple[str, str]) -> list[Fingerprint]:
    return [f for one in questions if (one.set, one.document) == place for f in _of(one)]


def _row(question: PoolQuestion, said: Sequence[str]) -> dict[str, object]:
    """A question as `retrieval/evaluate.py` loads it."""
    return {
        "id": question.id,
        "question": question.question,
        "doc_id": PurePosixPath(question.document).stem,
        "expected_speaker": question.speaker,
        "expected_quote": said[0] if said else "",
        "aliases": list(said[1:]),
        "kind": question.kind,
        "answerable": question.answerable,
        "split": "tune",
    }


def _listed(name: str, target: Path) -> str:
    """A set as `load_sets` reads it; what is only fitted has no floor to fall below."""
    return (
        f"[[set]]\nname = {json.dumps(name)}\ncorpus = {json.dumps(str(target / name))}\n"
        f"questions = {json.dumps(str(target / name) + '.jsonl')}\nfitted = true\nfloor = 0.0\ndeclined = 0.0\n"
        + ("alone = true\n" if name == ALONE else "")
    )


def _question(row: Mapping[str, Any]) -> PoolQuestion:
    kept = {key: value for key, value in row.items() if key not in ("expected", "aliases")}
    expected = Fingerprint(**row["expected"]) if row.get("expected") else None
    return PoolQuestion(**kept, expected=expected, aliases=tuple(Fingerprint(**a) for a in row.get("aliases") or ()))


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def main() -> None:
    """Read the two folders, lay out, and print what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval.pools", description=__doc__)
    parser.add_argument("fetched", type=Path, help="folder with one folder a repository, named OWNER+NAME")
    parser.add_argument("target", type=Path, help="new folder outside of the repository")
    given = parser.parse_args()
    try:
        print(report(lay_out(given.fetched, given.target), given.target))
    except NatoQuotesError as error:
        raise SystemExit(str(error)) from error


if __name__ == "__main__":
    main()
