"""What may import what, and that importing does nothing heavy."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
HEAVY = {"torch", "spacy", "chromadb", "sentence_transformers", "slack_bolt", "trafilatura", "matplotlib", "sklearn"}


def imported(path: Path) -> set[str]:
    """Top-level names of everything a module imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module.split(".")[0])
    return names


def test_retrieval_knows_nothing_of_slack() -> None:
    """Imports run one way: bot → retrieval → libraries."""
    offenders = {
        path.name: found
        for path in (PROJECT / "retrieval").rglob("*.py")
        if (found := imported(path) & {"bot", "slack_bolt", "slack_sdk", "tests"})
    }

    assert offenders == {}


def test_only_vectors_imports_chromadb() -> None:
    """The vector store sits behind one file."""
    users = {
        path.relative_to(PROJECT).as_posix()
        for folder in ("bot", "retrieval")
        for path in (PROJECT / folder).rglob("*.py")
        if "chromadb" in imported(path)
    }

    assert users == {"retrieval/vectors.py"}


def test_the_nouns_need_only_the_standard_library() -> None:
    """model.py can be read, and used, with nothing installed."""
    foreign = imported(PROJECT / "retrieval" / "model.py") - set(sys.stdlib_module_names)

    assert foreign == set()


@pytest.mark.parametrize("arguments", [["--help"], ["status"], ["ask", "--help"]], ids=" ".join)
def test_light_commands_import_nothing_heavy(arguments: list[str], tmp_path: Path) -> None:
    """Help and status answer at once, because no model library is imported for them."""
    program = (
        "import sys\n"
        "from bot.shell.cli import main\n"
        f"sys.argv = ['nato-quote', '--data', {str(tmp_path)!r}, *{arguments!r}]\n"
        "try:\n    main()\nexcept SystemExit as end:\n    code = end.code\n"
        f"print(sorted({HEAVY!r} & set(sys.modules)), code, file=sys.stderr)\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, cwd=PROJECT)

    assert ran.stderr.strip().splitlines()[-1] == "[] 0"
