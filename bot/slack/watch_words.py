"""What somebody says behind "watch" (pure): for what, how often, at which hour, for whom."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.slack.subcommands import in_marks
from bot.slack.watches import Rhythm

_HERE = re.compile(r"[\s,]+(?:here|in\s+this\s+channel)\W*$", re.IGNORECASE)
_OFTEN = re.compile(r"[\s,]+(?:every\s+)?(daily|weekly|day|week)(?:\s+(?:at\s+)?(\d{1,2})(?::00)?)?\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be watched for: the words as typed, or an exact phrase."""

    words: str
    phrase: str
    rhythm: Rhythm
    hour: int | None
    here: bool


def wanted(text: str) -> Wanted:
    """Read what follows "watch": "Ahab on the whale, daily at 8, here"."""
    here, rhythm, hour = False, "at once", None
    for _ in range(2):  # in either order
        if found := _HERE.search(text):
            here, text = True, text[: found.start()]
        if found := _OFTEN.search(text):
            rhythm = "weekly" if found[1].casefold().startswith("week") else "daily"
            hour = int(found[2]) if found[2] and int(found[2]) < 24 else hour
            text = text[: found.start()]
    text = text.strip(" ,.")
    phrase = in_marks(text) if text.startswith(('"', "“", "„", "«")) else ""
    return Wanted("" if phrase else text, phrase, rhythm, hour, here)  # type: ignore[arg-type]  # one of the three
