"""A memory of bounded size for what is dear to make again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Kept(Generic[Key, Value]):
    """What was used last, as much of it as weighs no more than `most`; safe to use from several threads."""

    def __init__(self, most: int, weight: Callable[[Value], int] = lambda _value: 1) -> None:
        self._most, self._weight = most, weight
        self._held: OrderedDict[Key, tuple[Value, int]] = OrderedDict()
        self._total = 0
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._held)

    def get(self, key: Key) -> Value | None:
        with self._lock:
            held = self._held.get(key)
            if held is None:
                return None
            self._held.move_to_end(key)
            return held[0]

    def put(self, key: Key, value: Value) -> None:
        weight = self._weight(value)
        with self._lock:
            self._total += weight - self._held.pop(key, (value, 0))[1]
            self._held[key] = (value, weight)
            while self._total > self._most and len(self._held) > 1:
                self._total -= self._held.popitem(last=False)[1][1]

    def all(self, keys: Iterable[Key], read: Callable[[list[Key]], dict[Key, Value]]) -> dict[Key, Value]:
        """What is held of these keys, and what `read` gives of the others, which is held from then on."""
        wanted = list(dict.fromkeys(keys))
        found = {key: value for key in wanted if (value := self.get(key)) is not None}
        new = [key for key in wanted if key not in found]
        read_now = read(new) if new else {}
        for key, value in read_now.items():
            self.put(key, value)
        both = found | read_now
        return {key: both[key] for key in wanted if key in both}
