"""Whatever goes to Slack, without the characters that turn the order of what stands around them (pure)."""

from __future__ import annotations

from typing import Any

# Embeddings, overrides and isolates. Marks of direction (U+200E, U+200F) turn nothing, and right-to-left texts need them.
_TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
# What is read by the bot and by Slack and shown to nobody.
_NOT_SHOWN = frozenset(
    {"value", "private_metadata", "metadata", "block_id", "action_id", "callback_id", "url", "user_id"}
)


def harmless(value: Any) -> Any:
    """The same message or view: in every field that is shown, nothing reads otherwise than its letters stand."""
    if isinstance(value, str):
        return value.translate(_TURNING)
    if isinstance(value, dict):
        return {name: inner if name in _NOT_SHOWN else harmless(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [harmless(inner) for inner in value]
    return value
