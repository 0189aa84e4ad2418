"""Rules: what stands above or beside a model's weighing, each of which can be counted and switched off.

A rule is a function that says something only now and then. `@rule(…)` names what it overrules and what it says when it says nothing, so that
`make signs` can print how often it fires and what is lost without it. Nothing is switched off while questions are answered.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Final, Literal, ParamSpec, TypeVar

Args = ParamSpec("Args")
Said = TypeVar("Said")
Overrules = Literal["whose words", "speech or not", "who is meant", "which words", "order", "answer or not"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by its name (`reading.attribution.own`), what it overrules, and what it says in a sentence."""

    name: str
    overrules: Overrules
    says: str


@dataclass(slots=True)
class Switched:
    """Which rules are off, and how often each of the others said something."""

    off: frozenset[str]
    fired: Counter[str] = field(default_factory=Counter)


RULES: Final[dict[str, Rule]] = {}
_SWITCHED: ContextVar[Switched | None] = ContextVar("switched", default=None)


def rule(
    overrules: Overrules, *, off: Any = None, keep: int | None = None
) -> Callable[[Callable[Args, Said]], Callable[Args, Said]]:
    """Make a function a rule. Where it says nothing it returns `off`, or its argument number `keep` unchanged."""

    def made(function: Callable[Args, Said]) -> Callable[Args, Said]:
        name = f"{function.__module__.removeprefix('retrieval.')}.{function.__qualname__}"
        RULES[name] = Rule(name, overrules, (function.__doc__ or "").split("\n")[0])

        @functools.wraps(function)
        def said(*args: Args.args, **kwargs: Args.kwargs) -> Said:
            switched = _SWITCHED.get()
            if switched is None:
                return function(*args, **kwargs)
            nothing: Any = off if keep is None else args[keep]
            if name in switched.off:
                return nothing  # type: ignore[no-any-return]  # `off` is of the function's own type
            found: Any = function(*args, **kwargs)
            if isinstance(found, Iterator):
                found = tuple(found)
            switched.fired[name] += _plain(found) != _plain(nothing)
            return found  # type: ignore[no-any-return]

        return said

    return made


def _plain(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


@contextmanager
def switched_off(names: Collection[str] = ()) -> Iterator[Counter[str]]:
    """Inside, these rules say nothing, and it is counted how often each of the others says something."""
    unknown = set(names) - RULES.keys()
    if unknown:
        raise KeyError(f"no rule is called {', '.join(sorted(unknown))}")
    switched = Switched(frozenset(names))
    token = _SWITCHED.set(switched)
    try:
        yield switched.fired
    finally:
        _SWITCHED.reset(token)
