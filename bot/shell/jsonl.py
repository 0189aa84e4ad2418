"""Files of JSON lines that people give to a command: each line read, or the one that does not fit named."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import typer

T = TypeVar("T")


def read_jsonl(path: Path, wanted: str, read: Callable[[Any], T]) -> list[T]:
    """What `read` makes of every line that is not empty; a byte order mark is no part of the first.

    Raises BadParameter when the file cannot be read, or naming the first line that is not as `wanted` shows it.
    """
    found: list[T] = []
    for number, line in enumerate(_text(path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            found.append(read(json.loads(line)))
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            raise typer.BadParameter(f"{path}, line {number}: each line wants {wanted} as JSON") from error
    return found


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise typer.BadParameter(f"{path} is not UTF-8 text; save it as UTF-8") from error
    except OSError as error:
        raise typer.BadParameter(f"{path} cannot be read ({error.strerror}); check the path") from error
