"""manifest.json asks for what the code uses and for nothing else, within Slack's limits."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from bot.slack.client import METHODS, READS
from bot.slack.subcommands import NAME

ROOT = Path(__file__).resolve().parents[1]
EVENT_SCOPES = {"app_mention": "app_mentions:read", "message.im": "im:history"}


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    """The manifest."""
    found: dict[str, Any] = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def source() -> str:
    """All of the Slack app's code."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "bot").rglob("*.py")))


def test_the_events_are_those_that_are_listened_to(manifest: dict[str, Any], source: str) -> None:
    """Every event has a listener, and every listener its event; of messages only direct ones."""
    heard = set(re.findall(r'app\.event\("([a-z_]+)"', source))
    assert {e.split(".")[0] for e in manifest["settings"]["event_subscriptions"]["bot_events"]} == heard
    assert "message.im" in manifest["settings"]["event_subscriptions"]["bot_events"]


def test_the_methods_table_lists_what_is_called(source: str) -> None:
    """A method that is no longer called leaves the table, and its scope with it."""
    code = re.sub(r"METHODS: dict.*?\n}\n", "", source, flags=re.DOTALL)
    code = re.sub(r"READS = frozenset\(.*?\n\)\n", "", code, flags=re.DOTALL)
    code += ' "apps.connections.open"'  # called by the SDK's Socket Mode client
    assert {name for name in METHODS if f'"{name}"' in code} == set(METHODS)
    assert set(METHODS) >= READS


def test_the_scopes_are_those_that_the_code_uses(manifest: dict[str, Any]) -> None:
    """Scopes of the methods that are called, of the events that are heard, and of the command."""
    events = manifest["settings"]["event_subscriptions"]["bot_events"]
    used = {scope for scopes in METHODS.values() for scope in scopes} | {"commands"}
    used |= {EVENT_SCOPES[event] for event in events if event in EVENT_SCOPES}
    assert set(manifest["oauth_config"]["scopes"]["bot"]) == used


def test_command_and_shortcuts_are_listened_to(manifest: dict[str, Any], source: str) -> None:
    """What a person can pick in Slack has somebody who answers."""
    assert [c["command"] for c in manifest["features"]["slash_commands"]] == [NAME]
    heard = set(re.findall(r'app\.shortcut\("([a-z_]+)"', source))
    assert {s["callback_id"] for s in manifest["features"]["shortcuts"]} == heard


def test_texts_are_within_slacks_limits(manifest: dict[str, Any]) -> None:
    """Slack takes the manifest as it is."""
    shown, features = manifest["display_information"], manifest["features"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert 174 <= len(shown["long_description"]) <= 4000
    assert len(features["bot_user"]["display_name"]) <= 80
    assert len(features["agent_view"]["agent_description"]) <= 300
    assert "assistant_view" not in features
    for command in features["slash_commands"]:
        assert len(command["command"]) <= 32
        assert len(command["description"]) <= 2000
        assert len(command["usage_hint"]) <= 1000
    for shortcut in features["shortcuts"]:
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["description"]) <= 150
    assert manifest["settings"]["interactivity"]["is_enabled"]
    assert manifest["settings"]["socket_mode_enabled"]
