"""Counting tokens with tiktoken's cl100k_base, from a vocabulary on disk: nothing is downloaded, no cache is written."""

from __future__ import annotations

import base64
from collections.abc import Callable
from functools import lru_cache

from retrieval.storing.weights import TOKEN_FILES

# cl100k_base as tiktoken defines it; only the vocabulary is too large to stand here.
PATTERN = (
    r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+"
    r"|\s++$|\s*[\r\n]|\s+(?!\S)|\s"
)


@lru_cache
def token_counter() -> Callable[[str], int]:
    """A function that says how many tokens a text has. Raises ModelError when the vocabulary is not the official one."""
    import tiktoken

    path = TOKEN_FILES.verified() / "cl100k_base.tiktoken"
    ranks = {base64.b64decode(token): int(rank) for token, rank in map(bytes.split, path.read_bytes().splitlines())}
    encoding = tiktoken.Encoding(
        "cl100k_base_on_disk", pat_str=PATTERN, mergeable_ranks=ranks, special_tokens={"<|endoftext|>": 100257}
    )

    def count(text: str) -> int:
        # A document may well contain "<|endoftext|>"; it is text like any other.
        return len(encoding.encode(text, disallowed_special=()))

    return count
