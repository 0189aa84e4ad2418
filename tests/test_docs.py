"""What the documents claim, held against the code."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import typer.main

PROJECT = Path(__file__).resolve().parent.parent
TEXTS = sorted(
    path
    for path in (*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md"), PROJECT / "corpus" / "README.md")
    if path.is_file()
)


def commands() -> set[str]:
    """The names of all commands of nato-quote."""
    from bot.shell.cli import app

    group = typer.main.get_command(app)
    return set(group.commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.relative_to(PROJECT).as_posix())
def test_every_command_that_is_named_exists(path: Path) -> None:
    """A reader can type what the documents say."""
    named = set(re.findall(r"`nato-quote ([a-z]+)", path.read_text(encoding="utf-8")))

    assert named - commands() == set()


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.relative_to(PROJECT).as_posix())
def test_every_make_target_that_is_named_exists(path: Path) -> None:
    """Each `make x` in the documents is a target of the Makefile."""
    targets = set(re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"(?:`|^    )make ([a-z]+)", path.read_text(encoding="utf-8"), re.MULTILINE))

    assert named - targets == set()


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.relative_to(PROJECT).as_posix())
def test_every_file_that_is_named_exists(path: Path) -> None:
    """Paths and links in the documents lead somewhere."""
    text = path.read_text(encoding="utf-8")
    in_backticks = re.findall(r"`((?:bot|retrieval|tests|docs|corpus)/[\w./-]+\.\w+)`", text)
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    missing = [name for name in in_backticks if not (PROJECT / name).exists()]
    missing += [link for link in links if not (path.parent / link).exists()]

    assert missing == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.relative_to(PROJECT).as_posix())
def test_every_module_that_is_to_be_run_exists(path: Path) -> None:
    """Each `python -m x.y` in the documents can be run."""
    named = re.findall(r"python -m ((?:bot|retrieval|tests)[\w.]*)", path.read_text(encoding="utf-8"))
    at = [PROJECT.joinpath(*name.rstrip(".").split(".")) for name in named]

    assert [p for p in at if not p.with_suffix(".py").exists() and not (p / "__main__.py").exists()] == []


def test_every_command_is_described_for_operators() -> None:
    """docs/operating.md or the README names each command."""
    described = "".join(
        p.read_text(encoding="utf-8") for p in (PROJECT / "README.md", PROJECT / "docs" / "operating.md")
    )

    assert {
        name for name in commands() if f"nato-quote {name}" not in described and f"`{name}" not in described
    } == set()


def test_every_dependency_has_its_sentence() -> None:
    """Decision 0002 says of each dependency what it saves us."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(d for extra in project["optional-dependencies"].values() for d in extra)]
    record = (PROJECT / "docs" / "decisions" / "0002-dependencies.md").read_text(encoding="utf-8").lower()
    names = {re.split(r"[\[<>=~ ]", d)[0].lower() for d in wanted}

    assert {name for name in names if name not in record} == set()


def test_every_dependency_is_locked_exactly() -> None:
    """One version of each with its hashes, and torch without a build tag."""
    lock = (PROJECT / "requirements.lock").read_text(encoding="utf-8")
    torch = (PROJECT / "requirements-torch.lock").read_text(encoding="utf-8")
    told = [line.rstrip("\\ ") for line in lock.splitlines() if line and not line.startswith(("#", " "))]
    lines = told + [line for line in torch.splitlines() if not line.startswith("#")]
    hashes = re.split(r"^[\w.-]+==", re.sub(r"^#.*\n", "", lock, flags=re.MULTILINE), flags=re.MULTILINE)[1:]
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    locked = {re.sub(r"[-_.]+", "-", line.split("==")[0]).lower() for line in lines}
    wanted = {re.sub(r"[-_.]+", "-", re.split(r"[\[<>=~ ]", d)[0]).lower() for d in project["dependencies"]}

    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []
    assert wanted - locked == set()
    assert "torch==2.13.0" in lines
    assert [part[:40] for part in hashes if not re.search(r"--hash=sha256:[0-9a-f]{64}", part)] == []


@pytest.mark.parametrize(
    "question", ['what\'s "this"?', "a $HOME `date` #1 \\ ; | & 100%", "--help", "naïve “marks” …"], ids=range(4)
)
def test_make_hands_the_question_over_as_one_argument(question: str, tmp_path: Path) -> None:
    """Whatever characters it holds, the question arrives untouched."""
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / "Makefile").write_text((PROJECT / "Makefile").read_text(encoding="utf-8"), encoding="utf-8")
    for name in ("requirements.lock", "requirements-torch.lock", "pyproject.toml"):
        (tmp_path / name).touch()
    (tmp_path / ".venv" / ".ready").touch()
    program = tmp_path / ".venv" / "bin" / "nato-quote"
    program.write_text('#!/bin/sh\nprintf "%s\\n" "$#" "$@"\n', encoding="utf-8")
    program.chmod(0o755)

    # `make test` runs this below another make, whose own variables would make this one talk of folders.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    ran = subprocess.run(
        ["make", "ask", f"Q={question}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
        env=environment,
    )

    assert ran.stdout == f"3\nask\n--\n{question}\n"
