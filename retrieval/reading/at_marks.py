"""Whose words are by what stands right at the marks, whatever is farther off (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.reading.candidates import Candidate, Setting

_NEAR = frozenset(["after.gap0", "after.gap1", "after.gap2"])
_BEFORE = frozenset(["before", "before.gap0", "strength.strong"])
_LED = frozenset(["before.leadcomma.others0", "before.leadcolon.others0"])
_BY_WHOM = frozenset(["after", "touching.according"])
_DOES = frozenset(["spoke", "speak", "speaks", "talked", "talk", "talks", "discussed", "discuss", "discusses"])
_TO_SAY = re.compile(r"\b(?:to|would|should|could|might|may|will|must|can)\s(?:\w+ly\s)?$")


def at_marks(setting: Setting, index: int, found: Sequence[Candidate], best: int) -> int | None:
    """The candidate whom the words' own place gives them to; None when it tells nothing or gives them to the best one."""
    listed = _listed(found)
    if listed is None:
        listed = _led_in(setting, index, found, found[best])
    if listed is None:
        listed = _according(setting, found, found[best])
    return listed if listed is not None else _right_before(setting, found, found[best])


def _listed(found: Sequence[Candidate]) -> int | None:
    """Of "“A?” . . . “B?”" whoever said A: only dots stand between."""
    return next((i for i, c in enumerate(found) if "inherit.dots" in c.features), None)


def _led_in(setting: Setting, index: int, found: Sequence[Candidate], chosen: Candidate) -> int | None:
    """Of "The Gazette reports:" and a new line of words whoever the line before tells of, unless a verb behind them says another."""
    region, text, before = setting.sheet.regions[index], setting.text, setting.before
    if before is None or chosen.way != "cue" or text[setting.sheet.span.start : region.outer.start].strip():
        return None
    if (
        chosen.features.keys() & _NEAR
        and "strength.strong" in chosen.features
        and "after.sentences0" in chosen.features
    ):
        return None
    for i, other in enumerate(found):
        if (
            other.way == "reported"
            and other.cue is not None
            and text[other.cue.end : before.sheet.span.end].strip() == ":"
        ):
            return i
    return None


def _according(setting: Setting, found: Sequence[Candidate], chosen: Candidate) -> int | None:
    """Of "Ahab spoke with Pip “to settle the matter,” according to the log" the log: Ahab only did something."""
    if chosen.way != "cue" or chosen.cue is None:
        return None
    did = "strength.other" in chosen.features or chosen.cue.of(setting.text).casefold() in _DOES
    if not did:
        return None
    return next((i for i, c in enumerate(found) if c.way == "cue" and c.features.keys() >= _BY_WHOM), None)


def _right_before(setting: Setting, found: Sequence[Candidate], chosen: Candidate) -> int | None:
    """Of "She said no, and when pressed, the miller replied, “…”" the miller, whose verb stands right before the marks."""
    text = setting.text
    if chosen.way != "cue" or chosen.cue is None or chosen.features.keys() >= _BEFORE:
        return None
    for i, other in enumerate(found):
        if other.way != "cue" or other.mention is None or other.cue is None or other.relative is not None:
            continue
        if not (other.features.keys() >= _BEFORE and other.features.keys() & _LED):
            continue
        nearer = chosen.cue.end < other.mention.start < other.cue.start
        if (
            nearer
            and not other.kind.startswith("thing")
            and not _TO_SAY.search(text, other.mention.end, other.cue.start)
        ):
            return i
    return None
