"""Near-identical documents: MinHash signatures, and the bands in which similar ones meet (pure)."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

SHINGLE = 4  # words
HASHES = 64
BANDS = 16
SIMILAR = 0.8  # of the shingles of both documents at least so many are the same
CHUNK = 20_000  # shingles hashed at a time, so that a long text takes no more memory than a short one

_WORD = re.compile(r"\w+")
_PRIME = np.uint64((1 << 61) - 1)
_NUMBERS = np.random.default_rng(61)  # the same numbers on every machine: signatures are stored
_FACTORS = _NUMBERS.integers(1, 1 << 28, HASHES, dtype=np.uint64)
_SHIFTS = _NUMBERS.integers(0, 1 << 60, HASHES, dtype=np.uint64)


def signature(text: str) -> bytes:
    """A text's MinHash: two texts' signatures agree in about as many places as their shingles do."""
    words = _WORD.findall(text.casefold())
    count = max(1, len(words) - SHINGLE + 1)
    smallest = np.full(HASHES, np.iinfo(np.uint64).max, dtype=np.uint64)
    for start in range(0, count, CHUNK):
        hashes = np.fromiter(
            (zlib.crc32(" ".join(words[i : i + SHINGLE]).encode()) for i in range(start, min(count, start + CHUNK))),
            dtype=np.uint64,
        )
        mixed = (np.unique(hashes)[:, None] * _FACTORS + _SHIFTS) % _PRIME
        smallest = np.minimum(smallest, mixed.min(axis=0))
    return (smallest & np.uint64(0xFFFFFFFF)).astype(np.uint32).tobytes()


def bands(of: bytes) -> tuple[int, ...]:
    """One number a band; documents that are similar share at least one of them."""
    size = len(of) // BANDS
    return tuple(zlib.crc32(of[i * size : (i + 1) * size]) for i in range(BANDS))


def similar(one: bytes, others: list[bytes]) -> npt.NDArray[np.bool_]:
    """Which of the others are near-identical to the one."""
    mine = np.frombuffer(one, dtype=np.uint32)
    theirs = np.frombuffer(b"".join(others), dtype=np.uint32).reshape(len(others), -1)
    return np.asarray((theirs == mine).mean(axis=1) >= SIMILAR)
