"""What every rule and every feature earns: `python -m tests.bench.signs FOLDER`, or `make signs POOL=FOLDER`.

Reading: the texts of the folder are parsed once; then each rule is switched off and each feature's weight is set to nothing, and it is counted how
many of the names that are told change. Asking: likewise over the question sets of `tests/eval/sets.toml`, where it is counted how many questions
have another first answer, and how many more or fewer are right. Both run side by side, within their time; what was left out for want of time is said.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from retrieval.asking.answer import QuoteFinder
from retrieval.asking.rank import Weights, load_weights
from retrieval.documents import read, scan
from retrieval.errors import NatoQuotesError
from retrieval.evaluate import judge, load, load_sets
from retrieval.ingest import open_index
from retrieval.linear import Linear, load_models
from retrieval.model import EVERYBODY
from retrieval.people import load_people
from retrieval.reading.reader import Prepared, Reader
from retrieval.rules import RULES, switched_off

SETS = Path("tests/eval/sets.toml")
MINUTES = 4.5  # for each half
LONGEST = 60_000  # characters; a longer text is no article


@dataclass(frozen=True, slots=True)
class Row:
    """What one rule or feature does."""

    name: str
    fires: int
    weight: float | None
    changes: int | None  # None: there was no time to look
    better: int = 0  # of questions: right first with it and not without it, less the other way round


class Tally(Linear):
    """A model that counts which features it was given."""

    __slots__ = ("seen",)

    def __init__(self, model: Linear) -> None:
        super().__init__(model.bias, model.weights)
        object.__setattr__(self, "seen", Counter[str]())

    def total(self, features: Mapping[str, float]) -> float:
        self.seen.update(name for name, value in features.items() if value)  # type: ignore[attr-defined]
        return super().total(features)


def texts_of(folder: Path, most: int) -> Iterator[str]:
    """The canonical texts of a folder's files."""
    found, _ = scan(folder)
    for path in found[:most]:
        try:
            for document in read(folder, path):
                if len(document.text) <= LONGEST:
                    yield document.text
        except NatoQuotesError:
            continue


def names_of(reader: Reader, ready: Sequence[Prepared], models: Mapping[str, Linear]) -> list[list[tuple[int, str]]]:
    """For each text the names that are told, by the place of the words."""
    return [[(e["start"], e.get("speaker_resolved", "")) for e in reader.entries(one, models)] for one in ready]


def differing(before: Sequence[Sequence[Any]], after: Sequence[Sequence[Any]]) -> int:
    """How many entries of two runs differ."""
    return sum(len(set(a) ^ set(b)) for a, b in zip(before, after, strict=True) if a != b) // 2 or sum(
        a != b for a, b in zip(before, after, strict=True)
    )


def reading(folder: Path, most: int, seconds: float) -> list[Row]:
    """The rows of reading."""
    reader, models = Reader(load_people()), load_models()
    ready = [reader.prepared(text) for text in texts_of(folder, most)]
    ready = [one for one in ready if one.layout.regions]
    end = time.monotonic() + seconds
    tallies = {name: Tally(model) for name, model in models.items()}
    with switched_off() as fired:
        plain = names_of(reader, ready, tallies)
    rows: list[Row] = []
    for name in [name for name in RULES if name.startswith("reading.")]:
        changes = None
        if fired[name] and time.monotonic() < end:
            with switched_off([name]):
                changes = differing(plain, names_of(reader, ready, models))
        rows.append(Row(name, fired[name], None, changes if fired[name] else 0))
    weighed = [(m, f, w) for m, model in models.items() for f, w in model.weights.items()]
    for model, feature, weight in sorted(weighed, key=lambda row: -abs(row[2])):
        fires = tallies[model].seen[feature]  # type: ignore[attr-defined]
        changes = 0
        late = time.monotonic() > end
        if fires and not late:
            weights = {n: w for n, w in models[model].weights.items() if n != feature}
            without = dict(models) | {model: Linear(models[model].bias, weights)}
            changes = differing(plain, names_of(reader, ready, without))
        rows.append(Row(f"{model}: {feature}", fires, weight, None if fires and late else changes))
    print(f"reading: {len(ready)} texts with quotations, {sum(map(len, plain))} quotations")
    return rows


def firsts(finders: Sequence[tuple[QuoteFinder, Any]], weights: Weights | None = None) -> dict[str, tuple[str, bool]]:
    """For each question the id of its first answer, or the code of its refusal, and whether it is good."""
    found = {}
    for finder, cases in finders:
        finder.weigh(weights or load_weights())
        for case in cases:
            outcome = judge(case, finder.ask(case.question, EVERYBODY))
            answer = outcome.answer
            found[case.id] = (answer.quotes[0].quote.id if answer.quotes else answer.code, outcome.good)
    return found


def asking(seconds: float) -> list[Row]:
    """The rows of asking."""
    from retrieval.embed import SentenceTransformerEmbedder

    rows: list[Row] = []
    with ExitStack() as stack:
        data = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        embedder, people = SentenceTransformerEmbedder(), load_people()
        finders = []
        for one in load_sets(SETS):
            index = stack.enter_context(open_index(data / one.name, one.corpus, embedder=embedder, make_reader=Reader))
            index.sync()
            finders.append((QuoteFinder(index.catalog, index.vectors, index.embedder, people), load(one.questions)))
        end = time.monotonic() + seconds
        with switched_off() as fired:
            plain = firsts(finders)

        def row(name: str, fires: int, weight: float | None, again: Callable[[], dict[str, tuple[str, bool]]]) -> Row:
            if fires and time.monotonic() > end:
                return Row(name, fires, weight, None)
            without = again() if fires else plain
            changed = [k for k in plain if plain[k][0] != without[k][0]]
            return Row(name, fires, weight, len(changed), sum(plain[k][1] - without[k][1] for k in plain))

        for name in [name for name in RULES if name.startswith("asking.")]:

            def without_rule(name: str = name) -> dict[str, tuple[str, bool]]:
                with switched_off([name]):
                    return firsts(finders)

            rows.append(row(name, fired[name], None, without_rule))
        weights = load_weights()
        for kind in ("order", "answer"):
            of: Mapping[str, float] = getattr(weights, kind)
            for feature, weight in sorted(of.items(), key=lambda pair: -abs(pair[1])):
                less = replace(weights, **{kind: {n: w for n, w in of.items() if n != feature}})
                rows.append(row(f"{kind}: {feature}", len(plain), weight, lambda less=less: firsts(finders, less)))  # type: ignore[misc]
        print(f"asking: {len(plain)} questions, {sum(good for _, good in plain.values())} good")
    return rows


def told(title: str, rows: Iterable[Row], what: str) -> None:
    """Print rows, the idle ones last."""
    rows = sorted(rows, key=lambda r: (-(r.changes if r.changes is not None else -1), -r.fires, r.name))
    print(f"\n{title}\n{'':<56}{'fires':>8}{'weight':>9}{what:>16}{'better with it':>16}")
    for r in rows:
        weight = f"{r.weight:+.2f}" if r.weight is not None else ""
        changes = "no time" if r.changes is None else str(r.changes)
        print(f"{r.name:<56}{r.fires:>8}{weight:>9}{changes:>16}{r.better or '':>16}")
    never = [r.name for r in rows if not r.fires]
    idle = [r for r in rows if r.fires and r.changes == 0]
    late = sum(r.changes is None for r in rows)
    print(
        f"{len(rows)} in all: {len(never)} never fire, {len(idle)} fire and change nothing, {late} were not reached in time"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=150, help="texts of the folder")
    parser.add_argument("--minutes", type=float, default=MINUTES, help="for each half")
    given = parser.parse_args()
    with ProcessPoolExecutor(2) as pool:
        one = pool.submit(reading, given.folder, given.most, given.minutes * 60)
        two = pool.submit(asking, given.minutes * 60)
        read_, asked = one.result(), two.result()
    told("Rules of reading", (r for r in read_ if r.weight is None), "names changed")
    told("Features of reading", (r for r in read_ if r.weight is not None), "names changed")
    told("Rules of asking", (r for r in asked if r.weight is None), "firsts changed")
    told("Features of asking", (r for r in asked if r.weight is not None), "firsts changed")


if __name__ == "__main__":
    main()
