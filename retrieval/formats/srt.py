"""Subtitles (SRT, and VTT through `vtt`): cues joined to paragraphs, speakers as labels, the time of the words."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from retrieval.errors import DocumentError
from retrieval.formats import Extracted
from retrieval.formats.decode import clean, decode_text
from retrieval.formats.metadata import NOTHING_KNOWN, Metadata
from retrieval.model import Locator, Span

MOST_CUES = 100_000
PAUSE = 3.0  # seconds of silence after a sentence that open a paragraph
LONG = 900  # characters after which the next sentence opens a paragraph

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
_TIMING = re.compile(rf"^\s*{_TIME}\s*-->\s*{_TIME}")
_TAG = re.compile(r"</?(?:[a-z][^<>\n]{0,200}|\d[\d:.,]{0,20})>|\{\\[^{}\n]{0,100}\}", re.IGNORECASE)
_VOICE = re.compile(r"<v(?:\.[^\s<>]{1,60})?\s{1,9}+([^<>\n]{1,100})>", re.IGNORECASE)
_LABEL = re.compile(r"^\W{0,3}(?:[A-ZÀ-ÞŠŽĖ][\w .,'’&/()-]{0,60}|Q|A):\s+\S|^Q\s{1,8}\S")
_BRACKETED = re.compile(r"^\[[^\]\n]{1,60}\]:\s+\S")  # a label, or a note: either way a turn ends
_WORD_TIME = re.compile(r"<\d[\d:.,]{0,20}>|</?c(?:\.[^<>\s]{1,60})?>")
_NEW_VOICE = re.compile(r"^(?:>>+|[-–—‐]\s?(?=[A-Z\"“‘\[(]))\s*")
_APART = re.compile(
    r"^(?:\*[^*]+\*$|_[^_]+_$|END\b|\d{1,2}:\d{2} ?[AP]\.?M\.?|\[[^\]]+\]$|\([A-Z][^)]+\)$)"
)  # a place, a time, a stage direction
_SENTENCE_END = re.compile(r"[.?!…][\"”’')\]]*$")


@dataclass(frozen=True, slots=True)
class Cue:
    """Words on the screen from one time to another, in seconds."""

    start: float
    end: float
    lines: tuple[str, ...]


def extract(data: bytes) -> Extracted:
    """The spoken words as text."""
    return from_cues(cues(decode_text(data).splitlines()), NOTHING_KNOWN)


def cues(lines: Iterable[str]) -> Iterator[Cue]:
    """The cues of a subtitle file; whatever has no timing is passed over."""
    timing: tuple[float, float] | None = None
    shown: list[str] = []
    for line in lines:
        if found := _TIMING.match(line):
            if timing is not None:
                # the number of the next cue stands on the line above its timing
                yield Cue(*timing, tuple(shown[:-1] if shown and shown[-1].strip().isdigit() else shown))
            timing, shown = (_seconds(*found.groups()[:4]), _seconds(*found.groups()[4:])), []
        elif timing is not None:
            if line.strip():
                shown.append(line.strip())
            elif shown:
                yield Cue(*timing, tuple(shown))
                timing, shown = None, []
    if timing is not None:
        yield Cue(*timing, tuple(shown))


def from_cues(found: Iterable[Cue], metadata: Metadata) -> Extracted:
    """Cues put together: one paragraph a line, a new one where the speaker changes."""
    script = _Script()
    number = 0
    for number, cue in enumerate(found, 1):
        if number > MOST_CUES:
            raise DocumentError(f"It has more than {MOST_CUES:,} cues; split it into parts.")
        script.add(cue)
    if number == 0:
        raise DocumentError(
            "No cues with their times were found in it; each starts like 00:01:20,000 --> 00:01:23,000."
        )
    return Extracted(
        clean("".join(script.pieces)), metadata, locators=tuple(script.locators), joined=False, headed=False
    )


class _Script:
    """The text as it grows, with what was on the screen last."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.locators: list[Locator] = []
        self._length = 0
        self._paragraph = ""
        self._voice = ""
        self._labelled = False  # whether a speaker has been named: then a dash tells that somebody else speaks
        self._shown: tuple[str, ...] = ()
        self._end = 0.0

    def add(self, cue: Cue) -> None:
        """Append a cue's words."""
        start = None
        name = ""  # a voice speaks on to the end of its cue
        shown = tuple(_without_times(raw) for raw in cue.lines)
        for raw in shown:
            if raw in self._shown:
                continue  # captions that roll up show a line again, without the times of its words
            voice = _VOICE.search(raw)
            name = " ".join(html.unescape(voice[1]).split()) if voice else name
            text = " ".join(html.unescape(_TAG.sub("", raw)).split())
            if not text:
                continue
            place = self._append(text, name, pause=cue.start - self._end if start is None else 0.0)
            start = place if start is None else start
        if start is not None:
            self.locators.append(Locator(Span(start, self._length), clock(cue.start)))
        self._shown, self._end = shown, cue.end

    def _append(self, text: str, name: str, *, pause: float) -> int:
        """Put one line's words behind the others; where they start."""
        turn = bool(name and name != self._voice)
        silent = bool(self._voice) and not name  # where speakers are tagged, words without a tag are nobody's
        fresh = turn or silent or any(form.match(text) for form in (_LABEL, _BRACKETED, _NEW_VOICE, _APART))
        fresh = fresh or _APART.match(self._paragraph) is not None
        bare = _NEW_VOICE.sub("", text)
        named = _LABEL.match(bare) is not None or _BRACKETED.match(bare) is not None
        if named:
            text = bare
        elif bare != text and self._labelled:
            text = f">> {bare}"
        self._labelled = self._labelled or turn or named
        if turn:
            text = f"{name.upper()}: {text}"  # in capitals, as a label that was set and not spoken
        self._voice = name
        ended = bool(_SENTENCE_END.search(self._paragraph[-5:]))
        fresh = fresh or (ended and (pause >= PAUSE or len(self._paragraph) > LONG))
        if self._length:
            gap = _gap(self._paragraph, text, fresh=fresh)
            self.pieces.append(gap)
            self._length += len(gap)
            self._paragraph = "" if gap.startswith("\n") else self._paragraph
        place = self._length
        self.pieces.append(text)
        self._length += len(text)
        self._paragraph += text
        return place


def _gap(before: str, text: str, *, fresh: bool) -> str:
    """What stands between a paragraph so far and the next caption."""
    if text.startswith(">>"):
        return "\n\n"
    if fresh or not before:
        return "\n"
    return "" if _cut_word(before, text) else " "


def _without_times(line: str) -> str:
    """A caption's line without the times and classes of its words, so that it is the same however it is shown."""
    return " ".join(_WORD_TIME.sub("", line).split())


def clock(seconds: float) -> str:
    """A time as people write it: 00:01:20."""
    whole = int(seconds)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"


def _cut_word(before: str, after: str) -> bool:
    """Whether a word was cut at a hard hyphen between two lines."""
    return before.endswith("\u00ad") or (before[-2:-1].isalpha() and before.endswith("-") and after[:1].islower())


def _seconds(hours: str | None, minutes: str, seconds: str, thousandths: str) -> float:
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + int(thousandths.ljust(3, "0")) / 1000
