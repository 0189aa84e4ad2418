"""A linear model over named features: its weights are a small readable JSON file, its use a sum (pure)."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights by feature name; a feature that is not named weighs nothing."""

    bias: float
    weights: Mapping[str, float]

    def total(self, features: Mapping[str, float]) -> float:
        """The weighted sum."""
        return self.bias + sum(self.weights.get(name, 0.0) * value for name, value in features.items())

    def probability(self, features: Mapping[str, float]) -> float:
        """The logistic of the weighted sum."""
        return logistic(self.total(features))


def logistic(total: float) -> float:
    """Between 0 and 1."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def shares(totals: Sequence[float]) -> list[float]:
    """Totals as probabilities that sum to one."""
    if not totals:
        return []
    most = max(totals)
    powers = [math.exp(max(-30.0, t - most)) for t in totals]
    return [p / sum(powers) for p in powers]


def load_models(name: str = "attribution.json") -> dict[str, Linear]:
    """The packaged models by name ("ranker", "speech")."""
    data = json.loads(resources.files("retrieval").joinpath(name).read_text(encoding="utf-8"))
    return {key: Linear(model["bias"], model["weights"]) for key, model in data["models"].items()}
