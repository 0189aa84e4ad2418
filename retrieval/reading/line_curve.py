"""Draws what the reader's line trades: `python -m retrieval.reading.line_curve FILE.jsonl OUT.png`.

FILE.jsonl is annotated as `retrieval.reading.train` reads it. For each line from 0.3 to 0.99: of the quotations that a person
said, how many are given a name (coverage), and how many of the names are right (precision).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from retrieval.model import Span
from retrieval.people import load_people
from retrieval.reading.name_mentions import parts_of_name
from retrieval.reading.reader import LINE, Reader
from retrieval.reading.train import Gold, gold_of

LINES = tuple(n / 100 for n in (30, 40, 50, 55, 60, 62, 65, 70, 75, 80, 85, 90, 95, 97, 99))


@dataclass(frozen=True, slots=True)
class Point:
    """One setting of the line."""

    line: float
    coverage: float
    precision: float


def said_by(quote: Mapping[str, Any]) -> str | None:
    """The last name of the person whom the annotation credits, None when it names nobody."""
    name = quote.get("speaker_canonical") or (quote.get("speaker") if quote.get("speaker_type") == "name" else "")
    parts = parts_of_name(str(name or "").split(",")[0])
    return parts[-1] if parts else None


def points(reader: Reader, documents: Iterable[tuple[str, Gold]]) -> tuple[Point, ...]:
    """Coverage and precision at each line."""
    seen: list[tuple[float, bool]] = []
    for text, gold in documents:
        for quote in reader.read_text(text):
            if quote.kind not in ("direct", "mixed"):
                continue
            annotated = gold.at(Span(quote.fragments[0].start, quote.fragments[0].end))
            wanted = said_by(annotated) if annotated is not None else None
            if wanted is not None:
                name = parts_of_name(quote.speaker.name) if quote.speaker is not None else ()
                seen.append((quote.confidence if name else 0.0, name[-1:] == (wanted,)))
    return tuple(_point(line, seen) for line in LINES)


def _point(line: float, seen: Sequence[tuple[float, bool]]) -> Point:
    named = [right for sure, right in seen if sure >= line]
    return Point(line, len(named) / max(1, len(seen)), sum(named) / max(1, len(named)))


def drawn(found: Sequence[Point], path: Path) -> None:
    """The curve as a PNG."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(7, 5))
    axes.plot([p.coverage for p in found], [p.precision for p in found], marker="o")
    for p in found:
        if p.line in (0.5, LINE, 0.8, 0.9, 0.95):
            axes.annotate(f"{p.line:g}", (p.coverage, p.precision), textcoords="offset points", xytext=(6, 6))
    axes.set_xlabel("coverage: quotations of a person that are given a name")
    axes.set_ylabel("precision: names that are right")
    axes.set_title("What the line trades")
    axes.grid(visible=True, alpha=0.3)
    figure.tight_layout()
    figure.savefig(path, dpi=120)
    plt.close(figure)


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw from the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m retrieval.reading.line_curve", description=__doc__.splitlines()[0] if __doc__ else None
    )
    parser.add_argument("file", type=Path, help="annotated documents, one JSON object a line")
    parser.add_argument("png", type=Path, help="where the curve goes")
    options = parser.parse_args(arguments)
    with options.file.open(encoding="utf-8") as lines:
        documents = [(d["text"], gold_of(d)) for d in map(json.loads, lines)]
    found = points(Reader(load_people(), line=0.0), documents)
    drawn(found, options.png)
    for p in found:
        sys.stdout.write(f"line {p.line:.2f}  coverage {p.coverage:6.1%}  precision {p.precision:6.1%}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
