"""The one language in which reading and asking say how something came about: stages, amounts, what decided.

A trace is a mapping from a stage's name to plain values. Of a stage `candidates` each has a `score` and the `amounts` that add up to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

_MOST = 8  # amounts that a line tells; the JSON has all


def amounts(features: Mapping[str, float], weights: Mapping[str, float]) -> dict[str, float]:
    """What each feature adds to the score, the weightiest first; features that add nothing are left out."""
    added = {name: round(weights.get(name, 0.0) * value, 3) for name, value in features.items()}
    return dict(sorted(((n, a) for n, a in added.items() if a), key=lambda pair: -abs(pair[1])))


def lines(trace: Mapping[str, Any]) -> Sequence[str]:
    """A trace as lines for a terminal: a stage a paragraph, the candidates with their weightiest amounts."""
    found: list[str] = []
    for stage, told in trace.items():
        if stage == "candidates":
            for number, one in enumerate(told, 1):
                weightiest = ", ".join(f"{name} {amount:+.2f}" for name, amount in list(one["amounts"].items())[:6])
                found.append(f"candidate {number}: {one['score']:.2f} = {weightiest}, …")
                where = f"  [{one['quote']}]" if "quote" in one else ""
                found.append(f"    {one['speaker'] or 'nobody'}: {one['words']}{where}")
        elif stage == "gates":
            found += [f"gate {one['gate']}: {one['quote']} withheld, {one['why']}" for one in told]
            found += [] if told else ["gates: nothing withheld"]
        else:
            found.append(f"{stage}: " + "; ".join(f"{name} {_plain(value)}" for name, value in told.items()))
    return found


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        few = [f"{name} {amount:+.2f}" for name, amount in list(value.items())[:_MOST]]
        return ", ".join([*few, "…"] if len(value) > _MOST else few)
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return str(value)
