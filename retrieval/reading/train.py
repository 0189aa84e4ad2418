"""Trains the weights of `attribution.json`: `python -m retrieval.reading.train FILE.jsonl [--documents A:B]`.

FILE.jsonl holds annotated news, one document a line: {"doc_id", "text", "ignore": [[start, end]], "quotes": [{"kind",
"start", "end", "quoted_parts", "speaker", "speaker_start", "speaker_end", "head_start", "head_end", "speaker_key"}]}.
The shipped weights were trained on the training part of PolNeAR (US political news, annotated quotations and sources;
Newell, Margolin and Ruths 2018); features and lines were chosen while watching its development part, so a figure on either is
one on training material. The weights are numbers only: no text of that corpus is part of this project.

Three linear models over hand-made features: "ranker" (which candidate is the speaker?), "speech" (are these words
somebody's, or scare quotes, a title, a slogan?) and "pronoun" (whom does "he" mean? trained where "speaker_type" is
"pronoun" and "speaker_canonical" names the person; 170 pronouns of the same corpus were read for it). A candidate can rest on what was decided about the quotation
before it, so the features are made anew with the weights of the round before, three times.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from retrieval.linear import Linear, load_models
from retrieval.model import Span
from retrieval.people import People, load_people
from retrieval.reading.attribution import attributed
from retrieval.reading.candidates import Attribution, Candidate, setting_of
from retrieval.reading.explain import SPEECH
from retrieval.reading.name_mentions import parts_of_name
from retrieval.reading.prepared_text import Prepared
from retrieval.reading.reader import Reader
from retrieval.reading.resolve import context_of, resolved
from retrieval.reading.speech import speech_features

_ROUNDS = 3
_STRENGTH = {"ranker": 0.1, "speech": 0.3, "pronoun": 0.2}  # of the regularisation, smaller is stronger
_SMALLEST = 0.02
_PRONOUNS = frozenset(["he", "she", "they", "who", "it", "we", "i"])
_TARGET = Path(__file__).parent.parent / "attribution.json"


@dataclass(frozen=True)
class Gold:
    """The annotated segments of a document, and the zones that say nothing."""

    segments: tuple[tuple[Span, Mapping[str, Any]], ...]
    ignored: tuple[Span, ...]

    def at(self, span: Span) -> Mapping[str, Any] | None:
        """The annotation of a quotation, when one covers it or is mostly inside it."""
        for gold, quote in self.segments:
            shared = min(gold.end, span.end) - max(gold.start, span.start)
            if shared > 0.7 * min(gold.end - gold.start, span.end - span.start):
                return quote
        return None

    def silent_at(self, span: Span) -> bool:
        """Whether the annotation leaves open what a quotation is."""
        return any(z.start < span.end and span.start < z.end for z in self.ignored)


@dataclass
class Rows:
    """Features with their labels, for one model; rows of one group are candidates for one quotation."""

    features: list[dict[str, float]] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)

    def add(self, features: Mapping[str, float], label: bool, group: int) -> None:
        self.features.append(dict(features))
        self.labels.append(int(label))
        self.groups.append(group)


def gold_of(document: Mapping[str, Any]) -> Gold:
    """What the annotation of a document says about its quotations."""
    segments: list[tuple[Span, Mapping[str, Any]]] = []
    for quote in document["quotes"]:
        if quote["kind"] == "direct":
            segments.append((Span(quote["start"], quote["end"]), quote))
        elif quote["kind"] == "mixed":
            segments.extend((Span(a, b), quote) for a, b in quote.get("quoted_parts", []))
    return Gold(tuple(segments), tuple(Span(a, b) for a, b in document.get("ignore", [])))


def is_right(candidate: Candidate, quote: Mapping[str, Any], text: str) -> bool:
    """Whether a candidate is the annotated source: it covers its head, or has the same last name."""
    mention = candidate.mention
    if mention is None or not quote.get("speaker"):
        return False
    head = quote.get("head_start")
    if head is None:
        head = quote["speaker_start"] + max(
            0, quote["speaker"].casefold().rfind((quote.get("speaker_key") or "").casefold())
        )
    return bool(
        mention.start <= head < mention.end or (_last(mention.of(text)) == _key(quote) and _key(quote) not in _PRONOUNS)
    )


def _key(quote: Mapping[str, Any]) -> str:
    return str(quote.get("speaker_key") or quote["speaker"].split()[-1]).casefold()


def _last(words: str) -> str:
    found = re.findall(r"\w[\w'’\-]*", words.casefold())
    return found[-1].removesuffix("'s").removesuffix("’s") if found else ""


def rows_of(
    ready: Prepared, gold: Gold, models: Mapping[str, Linear]
) -> Iterator[tuple[str, Mapping[str, float], bool, int]]:
    """The training rows of one document, (model, features, label, group)."""
    verdicts = attributed(ready.text, ready.quoting, ready.following, ready.cast, models)
    by_paragraph: dict[int, list[Attribution]] = {}
    for verdict in verdicts:
        by_paragraph.setdefault(verdict.region.paragraph, []).append(verdict)
    for sheet in ready.quoting:
        here = by_paragraph.get(sheet.number, [])
        setting = setting_of(ready.text, sheet, ready.cast, None, (), None)
        for index, verdict in enumerate(here):
            quote = gold.at(verdict.region.inner)
            if quote is None and gold.silent_at(verdict.region.inner):
                continue
            features = speech_features(setting, index, verdict.choice, (verdict.score, verdict.strength), here[:index])
            group = verdict.region.inner.start
            yield "speech", features, quote is not None, group
            if quote is not None and quote.get("speaker"):
                for candidate in verdict.candidates:
                    if candidate.way not in ("dash", "label"):
                        yield "ranker", candidate.features, is_right(candidate, quote, ready.text), group


def pronoun_rows(
    ready: Prepared, gold: Gold, models: Mapping[str, Linear], people: People
) -> Iterator[tuple[Mapping[str, float], bool, int]]:
    """The candidates of each pronoun whose person the annotation gives ("speaker_canonical")."""
    context = context_of(ready.text, ready.cast, ready.parsed, people, models, None)
    verdicts = attributed(ready.text, ready.quoting, ready.following, ready.cast, models)
    seen: set[Span] = set()
    for verdict, found in resolved(verdicts, context, SPEECH):
        choice, quote = verdict.choice, gold.at(verdict.region.inner)
        if choice is None or choice.mention is None or choice.mention in seen or quote is None:
            continue
        name = quote.get("speaker_canonical") or ""
        if not name or quote.get("speaker_type") != "pronoun" or quote["speaker_start"] != choice.mention.start:
            continue
        seen.add(choice.mention)
        last = parts_of_name(name)[-1:]
        for weighed in found.weighed:
            yield weighed.features, parts_of_name(weighed.character.name)[-1:] == last, choice.mention.start


def fitted(rows: Rows, strength: float) -> Linear:
    """A logistic regression over the rows."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    vectorizer = DictVectorizer()
    model = LogisticRegression(C=strength, max_iter=2000)
    model.fit(vectorizer.fit_transform(rows.features), rows.labels)
    return _linear(float(model.intercept_[0]), vectorizer.get_feature_names_out(), model.coef_[0])


def ranked(rows: Rows, strength: float) -> Linear:
    """Weights under which the right candidates of each group weigh most (a conditional logit)."""
    import numpy as np
    from scipy.optimize import minimize
    from sklearn.feature_extraction import DictVectorizer

    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(rows.features).tocsr()
    labels = np.array(rows.labels, dtype=float)
    _, groups = np.unique(rows.groups, return_inverse=True)
    right = np.bincount(groups, labels)
    kept = right[groups] > 0
    matrix, labels, groups = matrix[kept], labels[kept], groups[kept]

    def loss(weights: Any) -> tuple[float, Any]:
        totals = np.clip(matrix @ weights, -30, 30)
        powers = np.exp(totals)
        every = np.bincount(groups, powers, minlength=len(right))
        good = np.bincount(groups, powers * labels, minlength=len(right))
        there = every > 0
        value = -np.log(good[there] / every[there]).sum() * strength + 0.5 * float(weights @ weights)
        pull = powers / every[groups] - powers * labels / np.maximum(good[groups], 1e-30)
        return value, strength * (matrix.T @ pull) + weights

    found = minimize(loss, np.zeros(matrix.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return _linear(0.0, vectorizer.get_feature_names_out(), found.x)


def _linear(bias: float, names: Sequence[str], values: Sequence[float]) -> Linear:
    weights = dict(zip(names, values, strict=True))
    kept = {str(k): round(float(v), 3) for k, v in sorted(weights.items()) if abs(v) >= _SMALLEST}
    return Linear(round(bias, 3), kept)


def trained(ready: Sequence[tuple[Prepared, Gold]], models: Mapping[str, Linear], people: People) -> dict[str, Linear]:
    """The models after a few rounds over the prepared documents."""
    current = dict(models)
    for _ in range(_ROUNDS):
        rows = {"ranker": Rows(), "speech": Rows()}
        for number, (prepared, gold) in enumerate(ready):
            for name, features, label, group in rows_of(prepared, gold, current):
                rows[name].add(features, label, number * 10_000_000 + group)
        current["ranker"] = ranked(rows["ranker"], _STRENGTH["ranker"])
        current["speech"] = fitted(rows["speech"], _STRENGTH["speech"])
        pronouns = Rows()
        for number, (prepared, gold) in enumerate(ready):
            for features, right, group in pronoun_rows(prepared, gold, current, people):
                pronouns.add(features, right, number * 10_000_000 + group)
        if pronouns.labels:
            current["pronoun"] = ranked(pronouns, _STRENGTH["pronoun"])
    return current


def written(models: Mapping[str, Linear], path: Path) -> None:
    """Write the models as the JSON that `linear.load_models` reads."""
    data = {"version": 1, "models": {n: {"bias": m.bias, "weights": dict(m.weights)} for n, m in models.items()}}
    path.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Train from the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m retrieval.reading.train", description=__doc__.splitlines()[0] if __doc__ else None
    )
    parser.add_argument("file", type=Path, help="annotated documents, one JSON object a line")
    parser.add_argument("--documents", default=":", help="which of them, as a slice: 0:110")
    parser.add_argument("--out", type=Path, default=_TARGET, help="where the weights go")
    options = parser.parse_args(arguments)
    first, _, last = options.documents.partition(":")
    with options.file.open(encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines][int(first or 0) : int(last) if last else None]
    people = load_people()
    reader = Reader(people)
    ready = [(reader.prepared(d["text"]), gold_of(d)) for d in documents]
    random.Random(1).shuffle(ready)  # noqa: S311 - an order, no secret
    written(trained(ready, load_models(), people), options.out)
    sys.stderr.write(f"trained on {len(ready)} documents: {options.out}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
