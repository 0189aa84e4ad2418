"""`nato-quote add` as a person uses it: a look, a copy with its sidecar, what cannot be taken told at the end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from retrieval import documents
from tests.formats.making import lines, pdf

PROGRAM = Path(sys.executable).with_name("nato-quote")
SAID = "“I saw the battlements in flames,” Jane Eyre said on Monday."


def run(tmp_path: Path, *arguments: str, code: int = 0, loopback: bool = False) -> subprocess.CompletedProcess[str]:
    """The finished process; fails the test when its exit code is another."""
    environment = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR"}}
    environment["FETCH_LOOPBACK"] = "true" if loopback else "false"
    ran = subprocess.run(
        [str(PROGRAM), "--corpus", str(tmp_path / "corpus"), "--data", str(tmp_path / "data"), "add", *arguments],
        capture_output=True, text=True, encoding="utf-8", timeout=200, cwd=tmp_path, env=environment,
    )  # fmt: skip
    assert ran.returncode == code, ran.stderr
    return ran


@pytest.fixture
def address() -> Iterator[str]:
    """The address of a page on loopback."""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = f"<html><head><title>Fire</title></head><body><article><p>{SAID}</p><p>{'The roof fell in. ' * 9}</p></article></body></html>".encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *values: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/news/fire"
    server.shutdown()
    server.server_close()


def test_files_are_copied_with_what_was_stated(tmp_path: Path) -> None:
    """What cannot be taken is told, and the others go in; the exit code says so."""
    (tmp_path / "corpus").mkdir()
    (tmp_path / "fire.pdf").write_bytes(pdf([lines([SAID])]))
    (tmp_path / "empty.txt").write_text("")
    ran = run(
        tmp_path, "--no-index", "--date", "1847-10-16", "--publisher", "The Herald", "fire.pdf", "empty.txt", code=1
    )
    assert ran.stdout == "added fire.pdf as added/fire.pdf\n"
    assert "not added: empty.txt: empty.txt is empty" in ran.stderr
    (document,) = documents.read(tmp_path / "corpus", "added/fire.pdf")
    assert (document.publisher, str(document.published)) == ("The Herald", "1847-10-16")


def test_an_address_is_fetched_where_it_may_be(tmp_path: Path, address: str) -> None:
    """Loopback is closed unless the setting opens it."""
    (tmp_path / "corpus").mkdir()
    ran = run(tmp_path, "--no-index", address, code=1)
    assert "not added" in ran.stderr
    run(tmp_path, "--no-index", address, loopback=True)
    (document,) = documents.read(tmp_path / "corpus", "added/fire.html")
    assert document.title == "Fire"
    assert document.url == address


def test_a_preview_shows_what_was_understood_and_keeps_nothing(tmp_path: Path) -> None:
    """Quotes by whom, the first lines, a question."""
    (tmp_path / "corpus").mkdir()
    (tmp_path / "fire.txt").write_text(f"A Fire at Thornfield\n\n{SAID}\n", encoding="utf-8")
    told: Any = json.loads(run(tmp_path, "--preview", "--json", "fire.txt").stdout)
    (article,) = told["results"][0]["articles"]
    assert article["title"] == "A Fire at Thornfield"
    assert article["published"] is None
    assert article["speakers"] == [{"name": "Jane Eyre", "quotes": 1}]
    assert article["first_lines"] == [SAID]
    assert len(article["questions"]) == 1
    assert list((tmp_path / "corpus").iterdir()) == []


@pytest.mark.parametrize(("option", "value"), [("--date", "some day"), ("--url", "javascript:x")])
def test_facts_that_cannot_be_are_a_usage_error(tmp_path: Path, option: str, value: str) -> None:
    """Nothing is added."""
    (tmp_path / "corpus").mkdir()
    (tmp_path / "fire.txt").write_text(SAID, encoding="utf-8")
    run(tmp_path, option, value, "fire.txt", code=2)
    assert list((tmp_path / "corpus").iterdir()) == []


def test_what_is_no_file_is_told_while_the_others_go_in(tmp_path: Path) -> None:
    """A folder, another kind of address and a corpus that cannot be written are each one sentence."""
    good = tmp_path / "good.txt"
    good.write_text(SAID, encoding="utf-8")

    ran = run(tmp_path, "--no-index", str(tmp_path), "ftp://example.org/x", str(good), code=1)

    assert "is a folder" in ran.stderr
    assert "http:// or https://" in ran.stderr
    assert (tmp_path / "corpus" / "added" / "good.txt").is_file()


def test_a_corpus_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    """A file where the folder should be, a full disk, no permission: said, with what to do."""
    good = tmp_path / "good.txt"
    good.write_text(SAID, encoding="utf-8")
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "added").write_text("a file", encoding="utf-8")

    ran = run(tmp_path, "--no-index", str(good), code=1)

    assert "cannot be written" in ran.stderr
    assert "Traceback" not in ran.stderr
