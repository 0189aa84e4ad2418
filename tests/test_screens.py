"""docs/screens holds what the renderers make, and nothing that Slack would refuse."""

from __future__ import annotations

import pytest

from tests.block_kit import message_faults, view_faults
from tests.screens import FOLDER, screens, written

SCREENS = screens()


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_is_fresh(name: str) -> None:
    """If this fails: make screens."""
    assert (FOLDER / f"{name}.json").read_text(encoding="utf-8") == written(SCREENS[name])


@pytest.mark.parametrize("name", SCREENS)
def test_slack_takes_a_screen(name: str) -> None:
    """Within Block Kit's limits."""
    screen = SCREENS[name]
    assert (view_faults(screen) if "type" in screen else message_faults(screen)) == []


def test_no_screen_is_left_over() -> None:
    """A renderer that is gone takes its screen along."""
    assert {path.stem for path in FOLDER.glob("*.json")} == set(SCREENS)
