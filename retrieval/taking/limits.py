"""What a document may cost: size, length, time and memory, each with its own sentence.

Formats that stand on large parsers are read in a worker process, which is stopped when it overruns, so that no file
can hang or exhaust the bot.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any

from retrieval.errors import DocumentError
from retrieval.formats import Extracted, Part
from retrieval.formats.metadata import Metadata
from retrieval.model import Locator, Span

FILE_BYTES = 25_000_000
TEXT_CHARACTERS = 12_000_000


def check_size(size: int, name: str) -> None:
    """Refuse a file that is larger than any document that people quote from."""
    if size > FILE_BYTES:
        raise DocumentError(
            f"{name} is larger than {FILE_BYTES // 1_000_000} MB; split it, or add the part that is quoted from."
        )


def check_text(text: str, name: str) -> None:
    """Refuse a text that is longer than can be searched in good time."""
    if len(text) > TEXT_CHARACTERS:
        raise DocumentError(
            f"{name} holds more than {TEXT_CHARACTERS // 1_000_000} million characters of text; split it into parts."
        )


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one document may take of the worker's time and memory."""

    seconds: float = 30.0
    megabytes: int = 1000


class Worker:
    """A process that extracts texts, one at a time; started when first needed, and anew after it was stopped."""

    def __init__(self, allowance: Allowance | None = None) -> None:
        self._allowance = allowance or Allowance()
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def extract(self, data: bytes, name: str) -> Extracted:
        """As `formats.extract`, within the allowance; a DocumentError tells which limit was passed."""
        with self._lock:
            answer = self._ask(data, name)
        if "error" in answer:
            raise DocumentError(answer["error"])
        return _from_json(answer)

    def close(self) -> None:
        """Stop the process; a later `extract` starts another."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    _close_quietly(stream)

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _ask(self, data: bytes, name: str) -> dict[str, Any]:
        process = self._running()
        answers: list[bytes] = []
        exchange = threading.Thread(target=_exchange, args=(process, data, name, answers), daemon=True)
        exchange.start()
        exchange.join(self._allowance.seconds)
        if exchange.is_alive():
            process.kill()  # ends the exchange too, whose pipes it closes
            exchange.join()
            self.close()
            raise DocumentError(
                f"{name} took longer than {self._allowance.seconds:g} seconds to read; split it, or save it as plain text."
            )
        try:
            answer = json.loads(answers[0]) if answers else None
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            self.close()
            raise DocumentError(
                f"{name} could not be read: it took more than {self._allowance.megabytes} MB of memory or is damaged. "
                "Save it as plain text and add that."
            )
        if answer.get("spent"):
            self.close()  # after a memory error nothing is sure; the next document gets a fresh process
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = subprocess.Popen(  # noqa: S603 - our own module, by a list of arguments
                [
                    sys.executable,
                    "-m",
                    "retrieval.taking.extraction",
                    str(self._allowance.megabytes),
                    str(self._allowance.seconds),
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=Path(__file__).resolve().parents[2],
            )
        return self._process


def _exchange(process: subprocess.Popen[bytes], data: bytes, name: str, answers: list[bytes]) -> None:
    """Send one document to the worker and wait for its answer; none comes when the worker has died."""
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(json.dumps({"name": name, "size": len(data)}).encode() + b"\n")
        process.stdin.write(data)
        process.stdin.flush()
        line = process.stdout.readline()
    except (OSError, ValueError):
        return  # the worker is gone; its missing answer tells
    if line.endswith(b"\n"):
        answers.append(line)


def _close_quietly(stream: Any) -> None:
    try:
        stream.close()
    except OSError:
        return  # bytes were left in the pipe to a process that is gone


def to_json(extracted: Extracted) -> dict[str, Any]:
    """An extracted text as plain values, to cross from the worker."""
    return {
        "text": extracted.text,
        "metadata": _facts_to_json(extracted.metadata),
        "body": [(s.start, s.end) for s in extracted.body],
        "locators": [(loc.span.start, loc.span.end, loc.label) for loc in extracted.locators],
        "joined": extracted.joined,
        "headed": extracted.headed,
        "parts": [
            (p.span.start, p.span.end, _facts_to_json(p.metadata), p.joined, p.headed, p.structured, p.share)
            for p in extracted.parts
        ],
        "left_out": extracted.left_out,
        "structured": extracted.structured,
        "share": extracted.share,
        "apart": [(s.start, s.end) for s in extracted.apart],
    }


def _facts_to_json(facts: Metadata) -> dict[str, Any]:
    days = {"published": facts.published, "modified": facts.modified}
    return asdict(facts) | {name: day.isoformat() if day else None for name, day in days.items()}


def _from_json(values: dict[str, Any]) -> Extracted:
    return Extracted(
        text=values["text"],
        metadata=_facts_from_json(values["metadata"]),
        body=tuple(Span(start, end) for start, end in values["body"]),
        locators=tuple(Locator(Span(start, end), label) for start, end, label in values["locators"]),
        joined=values["joined"],
        headed=values["headed"],
        parts=tuple(
            Part(Span(start, end), _facts_from_json(facts), *told) for start, end, facts, *told in values["parts"]
        ),
        left_out=tuple(values["left_out"]),
        structured=values["structured"],
        share=values["share"],
        apart=tuple(Span(start, end) for start, end in values["apart"]),
    )


def _facts_from_json(values: dict[str, Any]) -> Metadata:
    days = {name: date.fromisoformat(values[name]) if values[name] else None for name in ("published", "modified")}
    return Metadata(**values | days | {"channels": tuple(values["channels"])})
