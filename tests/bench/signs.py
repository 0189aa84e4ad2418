"""What every rule and every feature earns: `python -m tests.bench.signs FOLDER`, or `make signs POOL=FOLDER`.

Reading: the texts of the folder are parsed once. Each rule is switched off in the texts in which it says something, and it is counted how many of the
names that are told change. Of each feature it is counted how many decisions would fall otherwise if it weighed nothing, each decision taken alone:
another candidate first, another person for a pronoun, words on the other side of the line between speech and scare quotes.
Asking: likewise over the question sets of `tests/eval/sets.toml`: how many questions have another first answer, and how many more are right with it.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from retrieval.asking.answer import QuoteFinder
from retrieval.asking.calibrate import Example, examples
from retrieval.asking.rank import load_weights, probability
from retrieval.documents import read, scan
from retrieval.errors import NatoQuotesError
from retrieval.evaluate import Case, judge, load, load_sets
from retrieval.ingest import open_index
from retrieval.linear import Linear, load_models
from retrieval.model import EVERYBODY
from retrieval.people import load_people
from retrieval.reading.explain import SPEECH
from retrieval.reading.prepared_text import Prepared
from retrieval.reading.reader import Reader
from retrieval.reading.statements import Attributed
from retrieval.rules import RULES, switched_off

SETS = Path("tests/eval/sets.toml")
SECONDS = 270.0  # for each half; what is not reached by then is said
LONGEST = 60_000  # characters; a longer text is no article


@dataclass(frozen=True, slots=True)
class Row:
    """What one rule or feature does."""

    name: str
    fires: int
    weight: float | None
    changes: int | None  # None: there was no time to look
    better: int = 0  # questions right with it and not without it, less the other way round


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


def names_in(reader: Reader, ready: Prepared) -> dict[int, str]:
    """The names that are told of a text's quotations, by the place of the words."""
    return {e["start"]: e.get("speaker_resolved", "") for e in reader.entries(ready)}


def reading(folder: Path, most: int) -> list[Row]:
    """The rows of reading."""
    reader = Reader(load_people())
    ready = [one for one in map(reader.prepared, texts_of(folder, most)) if one.layout.regions]
    end = time.monotonic() + SECONDS
    plain, fired = [], []
    for one in ready:
        with switched_off() as counted:
            plain.append(names_in(reader, one))
        fired.append(counted)
    rows = []
    for name in (name for name in RULES if name.startswith("reading.")):
        there = [i for i, counted in enumerate(fired) if counted[name]]
        changes: int | None = 0
        for i in there:
            if time.monotonic() > end:
                changes = None
                break
            with switched_off([name]):
                without = names_in(reader, ready[i])
            assert changes is not None
            changes += sum(plain[i].get(k) != without.get(k) for k in plain[i].keys() | without.keys())
        rows.append(Row(name, sum(counted[name] for counted in fired), None, changes))
    print(f"reading: {len(ready)} texts with quotations, {sum(map(len, plain))} of these told as speech")
    judged = [j for one in ready for j in reader.decided(one).judged]
    return rows + list(features_of_reading(judged, load_models()))


def features_of_reading(judged: Sequence[Attributed], models: Mapping[str, Linear]) -> Iterator[Row]:
    """How many decisions each feature of the three models turns."""
    fires: Counter[tuple[str, str]] = Counter()
    turns: Counter[tuple[str, str]] = Counter()
    for one in judged:
        verdict, weights = one.verdict, models["speech"].weights
        total = models["speech"].total(verdict.features)
        for name, value in verdict.features.items():
            fires["speech", name] += bool(value)
            less = _logistic(total - weights.get(name, 0.0) * value)
            turns["speech", name] += (_logistic(total) >= SPEECH) != (less >= SPEECH)
        _first_of("ranker", [(c.mention, c.features) for c in verdict.candidates], models["ranker"], fires, turns)
        _first_of(
            "pronoun", [(w.character.number, w.features) for w in one.resolved.weighed], models["pronoun"], fires, turns
        )
    for model, linear in models.items():
        for name, weight in linear.weights.items():
            yield Row(f"{model}: {name}", fires[model, name], weight, turns[model, name])


def _first_of(
    model: str,
    found: Sequence[tuple[object, Mapping[str, float]]],
    linear: Linear,
    fires: Counter[tuple[str, str]],
    turns: Counter[tuple[str, str]],
) -> None:
    """Count for each feature whether somebody else would come first if it weighed nothing."""
    if not found:
        return
    totals = [linear.total(features) for _, features in found]
    best = max(range(len(found)), key=totals.__getitem__)
    for name in {name for _, features in found for name, value in features.items() if value}:
        fires[model, name] += 1
        weight = linear.weights.get(name, 0.0)
        without = [t - weight * f.get(name, 0.0) for t, (_, f) in zip(totals, found, strict=True)]
        turns[model, name] += found[max(range(len(found)), key=without.__getitem__)][0] != found[best][0]


def _logistic(total: float) -> float:
    return Linear(total, {}).probability({})


def first(finder: QuoteFinder, case: Case) -> tuple[str, bool]:
    """The id of a question's first answer, or the code of its refusal, and whether it is good."""
    outcome = judge(case, finder.ask(case.question, EVERYBODY))
    return (outcome.answer.quotes[0].quote.id if outcome.answer.quotes else outcome.answer.code), outcome.good


def asking() -> list[Row]:
    """The rows of asking."""
    from retrieval.embed import SentenceTransformerEmbedder

    with ExitStack() as stack:
        data = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        embedder, people = SentenceTransformerEmbedder(), load_people()
        asked: list[tuple[QuoteFinder, Case]] = []
        ranked: list[Example] = []
        for one in load_sets(SETS):
            index = stack.enter_context(open_index(data / one.name, one.corpus, embedder=embedder, make_reader=Reader))
            index.sync()
            finder = QuoteFinder(index.catalog, index.vectors, index.embedder, people)
            cases = load(one.questions)
            asked += [(finder, case) for case in cases]
            with finder.reading():
                ranked += examples(cases, finder)
        end = time.monotonic() + SECONDS
        plain, fired = [], []
        for finder, case in asked:
            with switched_off() as counted:
                plain.append(first(finder, case))
            fired.append(counted)
        rows = []
        for name in (name for name in RULES if name.startswith("asking.")):
            there = [i for i, counted in enumerate(fired) if counted[name]]
            changes: int | None = 0
            better = 0
            for i in there:
                if time.monotonic() > end:
                    changes = None
                    break
                with switched_off([name]):
                    without = first(*asked[i])
                assert changes is not None
                changes += plain[i][0] != without[0]
                better += plain[i][1] - without[1]
            rows.append(Row(name, sum(counted[name] for counted in fired), None, changes, better))
    print(
        f"asking: {len(asked)} questions, {sum(good for _, good in plain)} good; {len(ranked)} of them reach the ranking"
    )
    return rows + list(features_of_asking(ranked))


def features_of_asking(ranked: Sequence[Example]) -> Iterator[Row]:
    """How many first places and decisions to answer each feature turns, and how many of these for the better."""
    weights = load_weights()
    for name, weight in weights.order.items():
        fires = turns = better = 0
        for one in ranked:
            scores = [s.score for s in one.judged.ranked]
            values = [s.features.get(name, 0.0) for s in one.judged.ranked]
            fires += any(values)
            without = [score - weight * value for score, value in zip(scores, values, strict=True)]
            was, now = (max(range(len(scores)), key=of.__getitem__) for of in (scores, without))
            turns += was != now
            better += one.right[was] - one.right[now]
        yield Row(f"order: {name}", fires, weight, turns, better)
    for name, weight in weights.answer.items():
        fires = turns = better = 0
        for one in ranked:
            features = one.judged.features
            fires += bool(features.get(name))
            was = probability(features, weights) >= weights.line
            now = probability({k: v for k, v in features.items() if k != name}, weights) >= weights.line
            turns += was != now
            better += (was != now) * (1 if was == (one.case.answerable and one.right[0]) else -1)
        yield Row(f"answer: {name}", fires, weight, turns, better)


def told(title: str, rows: Iterable[Row], what: str) -> None:
    """Print rows, those that change most first, the idle ones last."""
    rows = sorted(rows, key=lambda r: (-(r.changes if r.changes is not None else -1), -r.fires, r.name))
    print(f"\n{title}\n{'':<60}{'fires':>8}{'weight':>9}{what:>18}{'better with it':>16}")
    for r in rows:
        weight = f"{r.weight:+.2f}" if r.weight is not None else ""
        changes = "no time" if r.changes is None else str(r.changes)
        print(f"{r.name:<60}{r.fires:>8}{weight:>9}{changes:>18}{r.better or '':>16}")
    never = sum(not r.fires for r in rows)
    idle = sum(bool(r.fires) and r.changes == 0 for r in rows)
    late = sum(r.changes is None for r in rows)
    print(f"{len(rows)} in all: {never} never fire, {idle} fire and change nothing, {late} were not reached in time")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=250, help="texts of the folder")
    given = parser.parse_args()
    with ProcessPoolExecutor(2) as pool:
        one, two = pool.submit(reading, given.folder, given.most), pool.submit(asking)
        read_, asked = one.result(), two.result()
    told("Features of reading", (r for r in read_ if r.weight is not None), "decisions turned")
    told("Features of asking", (r for r in asked if r.weight is not None), "decisions turned")
    told("Rules of reading", (r for r in read_ if r.weight is None), "names changed")
    told("Rules of asking", (r for r in asked if r.weight is None), "firsts changed")


if __name__ == "__main__":
    main()
