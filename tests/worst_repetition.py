"""For a pattern the texts that it is slowest on: each of its repeated parts over and over, behind what it begins with.

`python -m tests.worst_repetition` prints the patterns of the whole project that are slow on them, the slowest first.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from pathlib import Path
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import bot
import retrieval

PLAIN = ["a", "A", "1", " ", "\n", '"', "“", "”", ".", "-", "(", "[", "<", "é", "’", "_", "/", "@", ":", ",", "\t"]
CATEGORIES = {
    code.CATEGORY_DIGIT: "1", code.CATEGORY_NOT_DIGIT: "a", code.CATEGORY_SPACE: " ", code.CATEGORY_NOT_SPACE: "a",
    code.CATEGORY_WORD: "a", code.CATEGORY_NOT_WORD: " ",
}  # fmt: skip
REPEATS = (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT)
METHODS = ("match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer")
MANY = 20


def collected(packages: tuple[str, ...] = ("bot", "retrieval")) -> dict[str, re.Pattern[Any]]:
    """Every compiled pattern that a module of these packages holds, by where it stands."""
    found: dict[str, re.Pattern[Any]] = {}
    for package in (bot, retrieval):
        for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            if module.name.startswith(packages) and not module.name.endswith("__main__"):
                loaded = importlib.import_module(module.name)
                for name, value in list(vars(loaded).items()):
                    for number, pattern in enumerate(_inside(value)):
                        if pattern not in found.values():
                            found[f"{module.name}.{name}" + (f"[{number}]" if number else "")] = pattern
    return found


def _inside(value: Any, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 5 and isinstance(value, dict):
        for one in (*value.keys(), *value.values()):
            yield from _inside(one, depth + 1)
    elif depth < 5 and isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from _inside(one, depth + 1)
    elif depth < 5 and hasattr(value, "__dataclass_fields__") and not isinstance(value, type):
        for name in value.__dataclass_fields__:
            yield from _inside(getattr(value, name, None), depth + 1)


def used(root: Path) -> dict[str, set[str]]:
    """By which of its methods each name of a pattern is used anywhere below `root`."""
    found: dict[str, set[str]] = {}
    for file in [*(root / "bot").rglob("*.py"), *(root / "retrieval").rglob("*.py")]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in METHODS:
                name = getattr(node.value, "id", None) or getattr(node.value, "attr", None)
                if name:
                    found.setdefault(name, set()).add(node.attr)
    return found


def seconds(pattern: re.Pattern[Any], methods: set[str], text: str) -> float:
    """How long the pattern takes over a text, by the methods that it is used by."""
    given: Any = text.encode("utf-8", "replace") if isinstance(pattern.pattern, bytes) else text
    began = time.perf_counter()
    if methods - {"match", "fullmatch"} or not methods:
        for _ in pattern.finditer(given):
            pass
    if "match" in methods:
        pattern.match(given)
    if "fullmatch" in methods:
        pattern.fullmatch(given)
    return time.perf_counter() - began


def texts(pattern: re.Pattern[Any], length: int) -> Iterator[str]:
    """The worst repetitions of this length."""
    flags = pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags
    tree = parser.parse(pattern.pattern, flags)
    pumps: set[tuple[str, str]] = set()
    alone = {*PLAIN, *(sample[:200] for sample in _samples(tree, 4))}
    _walk(tree, "", pumps, alone)
    for piece in sorted(alone)[:60]:
        if piece:
            yield (piece * (length // len(piece) + 1))[:length]
    for before, piece in sorted(pumps)[:60]:
        for after in ("\x00", "\n!"):
            yield before + (piece * (length // len(piece) + 1))[:length] + after


def _walk(tree: Any, before: str, pumps: set[tuple[str, str]], alone: set[str]) -> None:
    for what, how in tree:
        if what in REPEATS:
            if how[1] >= MANY or how[1] is code.MAXREPEAT:
                pumps |= {(before, sample) for sample in _samples(how[2], 4) if sample}
            _walk(how[2], before, pumps, alone)
        elif what is code.SUBPATTERN:
            _walk(how[3], before, pumps, alone)
        elif what is code.ATOMIC_GROUP:
            _walk(how, before, pumps, alone)
        elif what is code.BRANCH:
            for branch in how[1]:
                _walk(branch, before, pumps, alone)
        before = (before + next(iter(_of(what, how)), ""))[-80:]
        alone.add(before)


def _samples(tree: Any, most: int = 3) -> list[str]:
    found = [""]
    for what, how in tree:
        found = [one + more for one in found[:most] for more in _of(what, how)[:most]][: most * most]
    return found[:most]


def _of(what: Any, how: Any) -> list[str]:
    if what is code.LITERAL:
        return [chr(how)]
    if what is code.NOT_LITERAL:
        return [letter for letter in ("a", " ", "x") if ord(letter) != how]
    if what is code.ANY:
        return ["a", " "]
    if what is code.IN:
        return _in(how)
    if what is code.BRANCH:
        return [sample for branch in how[1] for sample in _samples(branch, 1)]
    if what is code.SUBPATTERN:
        return _samples(how[3])
    if what is code.ATOMIC_GROUP:
        return _samples(how)
    if what in REPEATS:
        return [sample * (min(how[0], 60) or 1) for sample in _samples(how[2], 2)]
    return [""]


def _in(items: Any) -> list[str]:
    if items[0][0] is code.NEGATE:
        return [letter for letter in [*PLAIN, "x", "%", "ж"] if not any(_fits(letter, item) for item in items[1:])][
            :4
        ] or ["x"]
    found = [
        chr(how) if what is code.LITERAL else chr(how[0]) if what is code.RANGE else CATEGORIES[how]
        for what, how in items
    ]
    return found[:6]


def _fits(letter: str, item: Any) -> bool:
    what, how = item
    if what is code.LITERAL:
        return ord(letter) == how
    if what is code.RANGE:
        return bool(how[0] <= ord(letter) <= how[1])
    word = letter.isalnum() or letter == "_"
    return {
        code.CATEGORY_DIGIT: letter.isdigit(), code.CATEGORY_NOT_DIGIT: not letter.isdigit(),
        code.CATEGORY_SPACE: letter.isspace(), code.CATEGORY_NOT_SPACE: not letter.isspace(),
        code.CATEGORY_WORD: word, code.CATEGORY_NOT_WORD: not word,
    }[how]  # fmt: skip


def main() -> None:
    """Each pattern on texts of 750 characters, where even what grows with the cube of the length comes to an end."""
    methods, slow = used(Path(__file__).resolve().parents[1]), []
    for name, pattern in collected().items():
        how = methods.get(name.rsplit(".", 1)[1].split("[")[0], set())
        worst = max((min(seconds(pattern, how, text) for _ in range(2)), text[:30]) for text in texts(pattern, 750))
        if worst[0] > 0.01:
            slow.append((worst[0], name, worst[1]))
    for taken, name, text in sorted(slow, reverse=True):
        print(f"{taken * 1000:8.1f} ms  {name}  {text!r}")


if __name__ == "__main__":
    main()
