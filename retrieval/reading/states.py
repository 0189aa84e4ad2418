"""The state of an American office-holder, where it stands in brackets behind the name: "Sen. X (D-Vt.)" (pure)."""

from __future__ import annotations

import re

_SHORT = {
    "ala": "Alabama", "ariz": "Arizona", "ark": "Arkansas", "calif": "California", "colo": "Colorado", "conn": "Connecticut",
    "del": "Delaware", "fla": "Florida", "ga": "Georgia", "ill": "Illinois", "ind": "Indiana", "kan": "Kansas", "ky": "Kentucky",
    "la": "Louisiana", "md": "Maryland", "mass": "Massachusetts", "mich": "Michigan", "minn": "Minnesota",
    "miss": "Mississippi", "mo": "Missouri", "mont": "Montana", "neb": "Nebraska", "nev": "Nevada", "nh": "New Hampshire",
    "nj": "New Jersey", "nm": "New Mexico", "ny": "New York", "nc": "North Carolina", "nd": "North Dakota",
    "okla": "Oklahoma", "ore": "Oregon", "pa": "Pennsylvania", "ri": "Rhode Island", "sc": "South Carolina",
    "sd": "South Dakota", "tenn": "Tennessee", "tex": "Texas", "vt": "Vermont", "va": "Virginia", "wash": "Washington",
    "wva": "West Virginia", "wis": "Wisconsin", "wyo": "Wyoming",
}  # fmt: skip
# By their own names; those of four letters are never shortened
STATES = frozenset(_SHORT.values()) | {"Alaska", "Hawaii", "Idaho", "Iowa", "Maine", "Ohio", "Texas", "Utah"}
_BEHIND = re.compile(r"(?:\s\(|,\s)[RDI]-(?P<state>[A-Z][\w.]*(?:\s[A-Z][\w.]*)?)(?=[),])")
_HOLDERS = frozenset(["senator", "representative", "congressman", "congresswoman", "governor"])


def with_state(text: str, end: int, title: str) -> str:
    """A title with the state that stands behind the name which ends at `end`: "Vermont Senator"; else as it is."""
    words = title.split()
    if words[-1].casefold() not in _HOLDERS or len(words) > 1:
        return title
    found = _BEHIND.match(text, end, end + 40)
    if found is None:
        return title
    state = found["state"].strip()
    known = _SHORT.get(re.sub(r"[.\s]", "", state.casefold()), None if "." in state else state)
    return f"{known} {title}" if known else title
