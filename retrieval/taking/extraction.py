"""The worker process that `limits.Worker` talks to: documents come on stdin, their texts go to stdout as JSON lines."""

from __future__ import annotations

import json
import os
import signal
import sys
from typing import BinaryIO

from retrieval import formats
from retrieval.errors import DocumentError
from retrieval.taking import limits


def main(megabytes: int, seconds: float) -> None:
    """Work off documents until stdin closes."""
    requests = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between the answers
    _limit_memory(megabytes)
    while header := requests.readline():
        request = json.loads(header)
        _limit_time(seconds)
        answer = _answer(_read(requests, request["size"]), request["name"], megabytes)
        _limit_time(0)
        answers.write(json.dumps(answer).encode() + b"\n")
        answers.flush()


def _answer(data: bytes, name: str, megabytes: int) -> dict[str, object]:
    try:
        extracted = formats.extract(data, name)
        limits.check_text(extracted.text, name)
        return limits.to_json(extracted)
    except DocumentError as error:
        return {"error": str(error)}
    except MemoryError:
        return {
            "error": f"{name} took more than {megabytes} MB of memory to read; split it, or save it as plain text.",
            "spent": True,
        }
    except RecursionError:
        return {"error": f"{name} is nested deeper than any document is; save it as plain text and add that."}
    except Exception as error:  # noqa: BLE001 - parsers of damaged files fail in every way there is
        what = type(error).__name__
        return {
            "error": f"{name} is damaged and cannot be read ({what}); open it, save it again, or save it as plain text."
        }


def _read(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        sys.exit(1)  # whoever asked is gone
    return data


def _limit_memory(megabytes: int) -> None:
    try:
        import resource
    except ImportError:  # not a Unix system: the limit on time has to do
        return
    bound = megabytes * 1_000_000
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (bound if hard == resource.RLIM_INFINITY else min(bound, hard), hard))


def _limit_time(seconds: float) -> None:
    """End this process should whoever asked not live to do it."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds * 1.5 + 5 if seconds else 0)


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
