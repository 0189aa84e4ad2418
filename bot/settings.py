"""Settings: read once, from the environment and `.env`; what is missing or wrong is said in one sentence each."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from retrieval.errors import ConfigurationError

PROJECT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Every setting by its environment name in lower case; `.env.example` lists them with a line each."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore")

    corpus_dir: Path = Field(default=PROJECT / "corpus", description="The folder of documents.")
    data_dir: Path = Field(default=PROJECT / ".data", description="The folder of the index and the records.")
    chroma_url: str | None = Field(default=None, description="A Chroma server instead of the embedded store.")
    embedding_model: str | None = Field(
        default=None, description="A model's hub name or folder; unset: the shipped one."
    )

    slack_api_url: str = Field(default="https://slack.com/api/", description="Base address of Slack's Web API.")
    slack_bot_token: SecretStr | None = Field(default=None, description="xoxb-…, from OAuth & Permissions.")
    slack_app_token: SecretStr | None = Field(default=None, description="xapp-…, for Socket Mode.")
    slack_signing_secret: SecretStr | None = Field(default=None, description="For HTTP mode, from Basic Information.")
    slack_mode: Literal["socket", "http"] = Field(default="socket", description="How Slack reaches the bot.")
    host: str = Field(default="127.0.0.1", description="Address to listen on in HTTP mode.")
    port: int = Field(default=3000, ge=1, le=65535, description="Port to listen on in HTTP mode.")

    admin_users: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="Slack user ids that are admins beside the workspace's own, separated by commas."
    )
    admin_channel: str | None = Field(default=None, description="Slack channel that hears of index changes.")
    answer_guests: bool = Field(default=False, description="Answer guests of the workspace too.")
    answer_strangers: bool = Field(
        default=False, description="Answer people of other workspaces too, and in channels that are shared with them."
    )
    keep_questions_days: int = Field(
        default=30, ge=0, description="How many days questions, feedback and the ids of who asked are kept."
    )
    follow_threads: bool = Field(default=False, description="Answer follow-ups in a thread without a mention.")
    time_zone: str = Field(default="UTC", description="The zone in which the hours of digests are meant.")
    digest_hour: int = Field(default=9, ge=0, le=23, description="The hour of digests that name none.")
    workers: int = Field(default=4, ge=1, le=64, description="How many questions are worked on at once.")
    questions_per_user: int = Field(default=50, ge=1, description="How many questions of one person may wait.")
    questions_per_workspace: int = Field(default=5000, ge=1, description="How many questions may wait in all.")
    fetch_loopback: bool = Field(default=False, description="Let documents be fetched from loopback; for tests only.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(default="info", description="What is logged.")

    @field_validator("admin_users", mode="before")
    @classmethod
    def _split_users(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part for part in value.replace(",", " ").split() if part)
        return value

    @field_validator("admin_users")
    @classmethod
    def _user_ids(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for number, part in enumerate(value, 1):  # what was put there may be a secret, and is not repeated
            if not re.fullmatch(r"[UW][A-Z0-9]{1,20}", part):
                raise ValueError(
                    f"entry {number} is no Slack user id; one looks like U012AB3CD, several stand between commas"
                )
        return value

    @field_validator("time_zone")
    @classmethod
    def _zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError("it is no zone; one looks like Europe/Brussels") from error
        return value

    @field_validator("corpus_dir", "data_dir")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().resolve()

    @field_validator("slack_api_url")
    @classmethod
    def _slash(cls, value: str) -> str:
        return value if value.endswith("/") else value + "/"


def load_settings(corpus: Path | None = None, data: Path | None = None) -> Settings:
    """The settings in force; arguments given on the command line win over the environment.

    Raises ConfigurationError, naming each setting that does not fit and why.
    """
    given = {name: value for name, value in (("corpus_dir", corpus), ("data_dir", data)) if value is not None}
    try:
        return Settings(**given)  # type: ignore[arg-type]  # the names come from the two arguments above
    except ValidationError as error:
        # Only names and reasons: the value itself may be a secret.
        faults = "; ".join(f"{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors())
        raise ConfigurationError(f"A setting does not fit: {faults}. .env.example describes each.") from error


def secret(value: SecretStr | None) -> str:
    """The characters of a secret; empty for none."""
    return value.get_secret_value().strip() if value is not None else ""
