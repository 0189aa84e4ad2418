"""A speaker's label taken apart: "NATO Secretary General Rudolf Rassendyll" is an office and a name (pure)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from retrieval.naming.names import COURTESY, folded
from retrieval.reading.label_forms import is_office

Place = Callable[[str], str | None]

# The words that offices end in or go on with
OFFICES = frozenset(
    "president prime minister pm secretary general chancellor chairman chairwoman chair ambassador admiral commander "  # noqa: SIM905 - a list of words reads better as one
    "director king queen premier speaker vice deputy assistant under press foreign defense defence state "
    "secretary-general commissioner coordinator advisor adviser national security representative high sir madam lord "
    "lady dame sec spokesperson spokeswoman spokesman officer attorney justice governor senator judge first taoiseach".split()
)
_MATTERS = frozenset(
    "state defence defense foreign affairs interior finance treasury justice war trade security economy energy europe european".split()  # noqa: SIM905 - as above
)
# The last words of labels that name nobody
GENERIC = frozenset(
    "official officials spokesperson spokesman spokeswoman participant interpreter translator narrator "  # noqa: SIM905 - as above
    "staff aide voice man woman administration senior background speaker host anchor announcer audience "
    "crowd members member lords tempore clerk".split()
)
_TIES = frozenset(["of", "for", "to", "in", "at"])
_LINKS = frozenset(["and", "the", "&"])


@dataclass(frozen=True, slots=True)
class LabelParts:
    """The office and the name of a label, each empty where the label has none."""

    office: str
    name: str


def parts_of_label(label: str, place: Place) -> LabelParts:
    """The office and the name that a label gives; `place` tells countries and bodies."""
    front, comma, back = label.partition(", ")
    if comma:
        if is_office(front) and not is_office(back) and len(back.split()) > 1:
            return LabelParts(front, back)
        return LabelParts(back if is_office(back) else "", front) if not is_office(front) else _split(front, place)
    return _split(label, place)


def _split(label: str, place: Place) -> LabelParts:
    words = label.split()
    low = [folded(w) for w in words]
    at = 0
    while (last := max((i for i, w in enumerate(low) if i >= at and _is_office(w, i)), default=-1)) >= 0:
        tie = next((i for i in range(at, last + 1) if low[i] in _TIES and i), None)
        at = _past_matters(low, last + 1 if tie is None else tie, place)
    if not at:
        return LabelParts("", label)
    return LabelParts(" ".join(words[:at]), " ".join(w for w in words[at:] if folded(w) not in COURTESY))


def _is_office(word: str, at: int) -> bool:
    return word in OFFICES or (at == 0 and word in COURTESY)


def _past_matters(low: Sequence[str], at: int, place: Place) -> int:
    """Where the name begins behind "Minister of Foreign Affairs of Ruritania": the end when there is none."""
    while at < len(low) and low[at] in _TIES:
        at += 1
        while at < len(low) and low[at] in _LINKS:
            at += 1
        known = next((n for n in (4, 3, 2, 1) if at + n <= len(low) and place(" ".join(low[at : at + n]))), 0)
        start = at
        at += known
        while not known and at < len(low) and low[at] in _MATTERS | _LINKS:
            at += 1
        if at == start:
            at += 1
    return at
