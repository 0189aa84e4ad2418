"""Fit the weights of `retrieval.taking.seams` on articles of one's own: `python -m retrieval.taking.train_seams FILE.jsonl`.

Each line holds one article as {"text": …}. Articles are joined at random, titles left out and ends cut off as in scraped
pages; every place between two paragraphs is an example. The result is printed, to be pasted into `seams.py`.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Sequence
from dataclasses import astuple, fields
from pathlib import Path

import numpy as np

from retrieval.taking.seams import LINE, WEIGHTS, Paragraph, SeamWeights, Signals, all_signals, seams

JOINED = 700


def load(path: Path) -> list[list[str]]:
    """The paragraphs of each article of a file."""
    texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    return [[p.strip() for p in text.split("\n") if len(p.strip()) > 20] for text in texts]


def join(articles: Sequence[Sequence[str]], rng: random.Random) -> tuple[list[Paragraph], set[int]]:
    """Some articles put together, and the numbers of the paragraphs that open one."""
    paragraphs: list[Paragraph] = []
    opens: set[int] = set()
    for article in rng.sample(list(articles), rng.choice((1, 1, 2, 3, 4))):
        body = list(article[1:] if rng.random() < 0.9 else article)
        if rng.random() < 0.12:
            body = body[1:]  # scraped pages lose their first paragraph at times
        body = body[: max(4, int(len(body) * rng.uniform(0.4, 1)))]
        opens.add(len(paragraphs))
        paragraphs += [Paragraph(p) for p in body]
    return paragraphs, opens - {0}


def fit(x: np.ndarray, y: np.ndarray, *, ridge: float = 1.0, rounds: int = 60) -> np.ndarray:
    """Logistic regression by Newton's method, the bias (last column) free of the penalty."""
    w = np.zeros(x.shape[1])
    penalty = np.full(x.shape[1], ridge)
    penalty[-1] = 0.0
    for _ in range(rounds):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        gradient = x.T @ (p - y) + penalty * w
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty + 1e-6)
        w -= np.linalg.solve(hessian, gradient)
    return w


def main(path: Path) -> None:
    """Train on three quarters of the articles and print the weights with what they do on the rest."""
    rng = random.Random(1851)  # noqa: S311 - no secret
    articles = [a for a in load(path) if len(a) >= 6]
    rng.shuffle(articles)
    cut = len(articles) * 3 // 4
    rows, marks = [], []
    for _ in range(JOINED):
        paragraphs, opens = join(articles[:cut], rng)
        for number, signals in all_signals(paragraphs).items():
            rows.append([*astuple(signals), 1.0])
            marks.append(float(number in opens))
    weights = fit(np.array(rows), np.array(marks))
    record = SeamWeights(
        round(float(weights[-1]), 2), WEIGHTS.length, Signals(*(round(float(v), 2) for v in weights[:-1]))
    )
    print(f"bias={record.bias}", *(f"{f.name}={getattr(record.signals, f.name)}" for f in fields(Signals)), sep="\n")  # noqa: T201 - its output
    for line in (0.5, 0.7, 0.8, LINE, 0.95):
        print(line, score(articles[cut:], record, line))  # noqa: T201 - its output


def score(
    articles: Sequence[Sequence[str]], weights: SeamWeights, line: float, *, joined: int = 150
) -> dict[str, float]:
    """Found, false and all seams of joined articles, and the share of single articles that are cut wrongly."""
    rng = random.Random(1813)  # noqa: S311 - no secret
    found = false = total = 0
    for _ in range(joined):
        paragraphs, opens = join(articles, rng)
        got = set(seams(paragraphs, weights=weights, line=line))
        found, false, total = found + len(got & opens), false + len(got - opens), total + len(opens)
    whole = [[Paragraph(p) for p in a[1:]] for a in articles]
    cut = sum(bool(seams(w, weights=weights, line=line)) for w in whole)
    return {"found": found, "false": false, "seams": total, "single_cut": cut, "single": len(whole)}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
