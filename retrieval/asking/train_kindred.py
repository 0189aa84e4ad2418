"""Makes the table of kindred words from the embedding model: `python -m retrieval.asking.train_kindred`.

The words are those that the model's tokenizer knows whole. Each is embedded by itself; what all vectors have in common is
taken off, and the nearest others are its kin. The table is written beside `ranking.json`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from retrieval.asking.coverage import TABLE
from retrieval.terms import STOP, stem

if TYPE_CHECKING:
    import numpy.typing as npt

    Matrix = npt.NDArray[np.float32]

_FROM, _TO = 0.3, 0.7  # cosines that count as nothing and as the same word
_LEAST = 0.45
_MOST = 24  # kin of one word
_ROWS = 1000


def main() -> None:
    """Write the table."""
    from tokenizers import Tokenizer

    from retrieval.embed import SentenceTransformerEmbedder
    from retrieval.storing.weights import MODEL_FILES

    tokenizer = Tokenizer.from_file(str(MODEL_FILES.verified() / "tokenizer.json"))
    words = vocabulary(tokenizer.get_vocab())
    lines = table(words, SentenceTransformerEmbedder().embed(words))
    (Path(__file__).parent.parent / TABLE).write_text("".join(f"{line}\n" for line in lines), encoding="ascii")
    print(f"{len(lines)} words written to {TABLE}.")  # noqa: T201 - a command's output


def vocabulary(pieces: Iterable[str]) -> list[str]:
    """The words among a tokenizer's pieces that carry meaning."""
    return sorted(w for w in pieces if re.fullmatch(r"[a-z]{3,}", w) and w not in STOP)


def table(words: Sequence[str], vectors: Matrix) -> list[str]:
    """The table's lines, by key; words of one key count as one."""
    centred = vectors - vectors.mean(axis=0)
    centred /= np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9)
    kin: dict[str, dict[str, float]] = {}
    for start in range(0, len(words), _ROWS):
        cosines = centred[start : start + _ROWS] @ centred.T
        for word, row in zip(words[start : start + _ROWS], cosines, strict=True):
            for other in np.argsort(-row, kind="stable")[: _MOST + 1]:
                a, b, near = stem(word), stem(words[other]), float(row[other])
                if a != b and near >= _LEAST:
                    for one, two in ((a, b), (b, a)):
                        known = kin.setdefault(one, {})
                        known[two] = max(known.get(two, 0.0), near)
    return [f"{key}\t{_written(kin[key])}" for key in sorted(kin)]


def _written(kin: dict[str, float]) -> str:
    near = {other: min(99, round(100 * (cosine - _FROM) / (_TO - _FROM))) for other, cosine in kin.items()}
    return " ".join(f"{other} {n}" for other, n in sorted(near.items(), key=lambda pair: (-pair[1], pair[0])))


if __name__ == "__main__":
    main()
