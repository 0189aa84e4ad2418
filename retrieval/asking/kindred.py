"""Words that mean nearly the same: "hurry" and "haste", "afraid" and "fear". The table is made by `train_kindred`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

TABLE = "kindred.txt"


@lru_cache(maxsize=4096)
def kindred(key: str) -> Mapping[str, float]:
    """The keys of words akin to the word of this key, each with how near it comes (0 to 1); empty for an unknown one."""
    parts = iter(_table().get(key, "").split())
    return {other: int(nearness) / 100 for other, nearness in zip(parts, parts, strict=True)}


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    """Each line: a key, a tab, and its kin with their nearness in hundredths."""
    text = resources.files("retrieval").joinpath(TABLE).read_text(encoding="ascii")
    return dict(line.split("\t", 1) for line in text.splitlines())
