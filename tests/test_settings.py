"""Settings: one reading, plain words for what does not fit, and documented completely."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.settings import Settings, load_settings
from retrieval.errors import ConfigurationError

PROJECT = Path(__file__).resolve().parent.parent


def test_admin_users_are_split_at_commas_and_spaces(monkeypatch: pytest.MonkeyPatch) -> None:
    """ADMIN_USERS takes a list as people write it."""
    monkeypatch.setenv("ADMIN_USERS", "U1, U2 U3,")

    assert load_settings().admin_users == ("U1", "U2", "U3")


@pytest.mark.parametrize("users", ["@jane", "U1 jane", "u1", "U1;U2", "xoxb-in-the-wrong-place", "C123", "U1,*"])
def test_an_admin_who_is_none_stops_the_start(monkeypatch: pytest.MonkeyPatch, users: str) -> None:
    """What is not understood is told, and not shown: it may be a secret."""
    monkeypatch.setenv("ADMIN_USERS", users)

    with pytest.raises(ConfigurationError, match=r"ADMIN_USERS: .*entry [12] is no Slack user id") as caught:
        load_settings()

    assert "xoxb" not in str(caught.value)


def test_the_command_line_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """--corpus is obeyed even where CORPUS_DIR says otherwise."""
    monkeypatch.setenv("CORPUS_DIR", str(tmp_path / "other"))

    assert load_settings(corpus=tmp_path / "mine").corpus_dir == tmp_path / "mine"


def test_every_setting_that_does_not_fit_is_named_without_its_value(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence names the settings, and shows no value: it may be a secret."""
    monkeypatch.setenv("PORT", "xoxb-in-the-wrong-place")
    monkeypatch.setenv("SLACK_MODE", "carrier-pigeon")

    with pytest.raises(ConfigurationError) as caught:
        load_settings()

    assert "PORT" in str(caught.value)
    assert "SLACK_MODE" in str(caught.value)
    assert "xoxb-in-the-wrong-place" not in str(caught.value)


def test_a_dot_env_file_is_read(tmp_path: Path) -> None:
    """Settings stand in `.env` of the folder one works in."""
    (tmp_path / ".env").write_text("KEEP_QUESTIONS_DAYS=7\n", encoding="utf-8")

    assert load_settings().keep_questions_days == 7


def test_secrets_do_not_show_when_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A token never reaches a log through a settings object."""
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-secret")

    assert "xoxb-secret" not in repr(load_settings())


def test_the_example_file_lists_exactly_the_settings() -> None:
    """`.env.example` has one commented line for each setting, and none that does not exist."""
    listed = set(re.findall(r"^#([A-Z_]+)=", (PROJECT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE))

    assert listed == {name.upper() for name in Settings.model_fields}
