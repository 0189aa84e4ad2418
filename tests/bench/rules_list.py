"""Writes docs/rules.md, the list of everything that overrules a model: `python -m tests.bench.rules_list`."""

from __future__ import annotations

from pathlib import Path

import retrieval.asking.answer
import retrieval.reading.reader  # noqa: F401  importing the two recipes registers the rules of all their stages
from retrieval.gates import GATES
from retrieval.rules import RULES

PLACE = Path(__file__).parents[2] / "docs" / "rules.md"
HEAD = """# What overrules a model

Made by `python -m tests.bench.rules_list`; `make signs POOL=folder` says what each rule earns on texts of yours.

## Gates

What must never happen (`retrieval/gates.py`). These stay.

| gate | what is promised |
|---|---|
"""
RULES_HEAD = """
## Rules

Everything else that decides beside or above what was fitted. Each goes, or becomes a feature that is weighed, when its stage is rebuilt.

| rule | overrules | what it says |
|---|---|---|
"""
FIXED = """
## Fixed numbers that decide

These cannot be switched, because they are weights and lines chosen by hand:

| where | what |
|---|---|
| `retrieval/reading/attribution.py`, `_total` | a label, a dash and an owner outweigh every fitted feature |
| `retrieval/reading/attribution.py`, `judged` | speech is certain beside a plain reporting verb, and impossible for stage directions and for features in `NEVER_SPEECH` |
| `retrieval/reading/attribution.py`, `carried_over` | how sure a speaker is who was carried over from the paragraph before |
| `retrieval/reading/reader.py`, `LINE`, and `retrieval/reading/explain.py`, `SPEECH` and the exponents of `certainty` | the lines below which nobody is named and words are no speech |
| `retrieval/asking/search.py`, `NEAREST`, `MATCHING`, `LOOKED_AT` | how many candidates are looked at |
| `retrieval/asking/answer.py`, `_BESIDE_THE_FIRST`, `_ON_TOPIC`, `_GUESSED` | which further quotes are shown, and how sure a guessed name has to be |
| `retrieval/taking/seams.py`, `LINE` | from when on two paragraphs are two articles |
"""


def page() -> str:
    """The whole page."""
    gates = "".join(f"| `{gate.name}` | {gate.promise} |\n" for gate in GATES)
    rules = "".join(f"| `{r.name}` | {r.overrules} | {r.says.replace('|', '/')} |\n" for _, r in sorted(RULES.items()))
    return HEAD + gates + RULES_HEAD + rules + FIXED


if __name__ == "__main__":
    PLACE.write_text(page(), encoding="utf-8")
