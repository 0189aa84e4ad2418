"""A restriction that is not understood, in whatever place: shown to nobody, named by `status`, before and after it was one."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from retrieval.ingest import Index
from retrieval.model import EVERYBODY, Audience
from retrieval.status import read_status
from tests.stores import open_demo, write
from tests.test_restriction import HEADS, SIDECARS, WORDS

RIGHT = 'channels = ["C0123456789"]'
THEIRS = Audience("C0123456789")
CUE = "\n\n00:00:01.000 --> 00:00:04.000\nI am no bird.\n"
LONG = "x" * 70_000
ELSEWHERE = {
    "behind blank lines.txt": "\n\n---\nchannels: [C0123456789]\n---\n" + WORDS,
    "behind a blank line and misspelt.md": "\n---\nchanels: [C0123456789]\n---\n" + WORDS,
    "another case.txt": "CHANNELS: C0123456789\n\n" + WORDS,
    "too long a head.md": f"---\ntitle: {LONG}\nchannels: [C0123456789\n---\n" + WORDS,
    "too long a value.md": f"---\nchannels: [{LONG}]\n---\n" + WORDS,
    "nobody.vtt": "WEBVTT\nchannels:" + CUE,
    "a list.vtt": "WEBVTT\nchannels: [[C0123456789]]" + CUE,
    "behind a title.md": "# Birds\n\n---\nchannels: [C0123456789]\n---\n" + WORDS,
    "behind a title.txt": "Birds\n\nchannels: C0123456789\n\n" + WORDS,
    "in one line.md": "--- channels: [C0123456789] ---\n" + WORDS,
    "at the end.txt": WORDS + "\n---\nchannels: [C0123456789]\n---\n",
    "in a table.md": WORDS + "\n| channels | C0123456789 |\n",
    "a meta.html": "<html><head><meta name='channel' content='C0123456789'></head><body><p>" + WORDS * 9 + "</body></html>",
    "a header.eml": "From: a@b.example\nSubject: Birds\nChannels: C0123456789\n\n" + WORDS,
    "a field.json": '[{"title": "Birds", "chanels": ["C0123456789"], "text": "' + WORDS.strip() + '"}]',
}  # fmt: skip


def heads() -> dict[str, str]:
    """Every head that is not understood, in both kinds of file that people write by hand."""
    return {f"{n}{suffix}": head + WORDS for n, head in enumerate(HEADS.values()) for suffix in (".md", ".txt")}


def closed(index: Index, names: set[str]) -> None:
    """Nobody is shown any of these files, and `status` names each with a sentence."""
    index.sync()
    assert {d.path for a in (EVERYBODY, THEIRS) for d in index.catalog.documents(a)} & names == set()
    told = read_status(index.corpus, index.data)
    why = {f["path"]: f["error"] for f in told["failed"]} | {s["path"]: s["reason"] for s in told["skipped"]}
    assert names - set(why) == set()
    assert all(len(why[name]) > 20 for name in names)


@pytest.mark.parametrize("before", ["open", "limited", "nothing"])
def test_a_head_that_is_not_understood_closes_its_document_and_is_told(tmp_path: Path, before: str) -> None:
    """Whether everybody saw the file until now, one channel did, or it is new."""
    files = heads()
    old = {"open": WORDS, "limited": "---\nchannels: [C0123456789]\n---\n" + WORDS}
    with open_demo(tmp_path / "data", write(tmp_path / "corpus", {})) as index:
        if before in old:
            write(index.corpus, {name: old[before] for name in files if name.endswith(".md")})
            index.sync()
            assert len(index.catalog.documents(THEIRS)) == len(files) // 2
        write(index.corpus, files)
        closed(index, set(files))


@pytest.mark.parametrize("before", ["open", "limited"])
def test_a_sidecar_that_is_not_understood_closes_its_document_and_is_told(tmp_path: Path, before: str) -> None:
    """Its value, its key, its form or its length, whatever it said until now."""
    names = {f"{number}.txt": facts for number, facts in enumerate(SIDECARS.values())}
    with open_demo(tmp_path / "data", write(tmp_path / "corpus", dict.fromkeys(names, WORDS))) as index:
        if before == "limited":
            write(index.corpus, {f"{name}.meta.toml": RIGHT for name in names})
        index.sync()
        assert len(index.catalog.documents(THEIRS)) == len(names)
        write(index.corpus, {f"{name}.meta.toml": facts for name, facts in names.items()})
        closed(index, set(names))


def test_in_other_places_it_is_understood_or_closes_the_document(tmp_path: Path) -> None:
    """Mail, pages, subtitles and lists of texts: what may be meant as a restriction is never passed over."""
    with open_demo(tmp_path / "data", write(tmp_path / "corpus", ELSEWHERE)) as index:
        index.sync()
        assert index.catalog.documents(EVERYBODY) == ()
        limited = {d.path for d in index.catalog.documents(THEIRS)}
        closed(index, set(ELSEWHERE) - limited)


def _renamed(sidecar: Path) -> None:
    sidecar.rename(sidecar.with_name("a.txt.Meta.toml"))


def _by_its_stem(sidecar: Path) -> None:
    sidecar.rename(sidecar.with_name("a.meta.toml"))


def _with_a_suffix_more(sidecar: Path) -> None:
    sidecar.rename(sidecar.with_name("a.txt.meta.toml.txt"))


def _hidden_away(sidecar: Path) -> None:
    sidecar.rename(sidecar.with_name(".a.txt.meta.toml"))


def _linked(sidecar: Path) -> None:
    sidecar.rename(sidecar.with_name("facts.toml"))
    sidecar.symlink_to("facts.toml")


def _dangling(sidecar: Path) -> None:
    sidecar.unlink()
    sidecar.symlink_to("nowhere.toml")


def _a_folder(sidecar: Path) -> None:
    sidecar.unlink()
    sidecar.mkdir()


def _a_pipe(sidecar: Path) -> None:
    sidecar.unlink()
    os.mkfifo(sidecar)


def _other_bytes(sidecar: Path) -> None:
    sidecar.write_bytes(b"\xff\xfe\x00\x80" * 9)


def _too_long(sidecar: Path) -> None:
    sidecar.write_text(RIGHT + "\n" + "# known\n" * 10_000)


WAYS = [
    _renamed,
    _by_its_stem,
    _with_a_suffix_more,
    _hidden_away,
    _linked,
    _dangling,
    _a_folder,
    _a_pipe,
    _other_bytes,
    _too_long,
]


@pytest.mark.parametrize("spoilt", WAYS, ids=lambda way: way.__name__.strip("_"))
def test_a_sidecar_that_is_spoilt_opens_nothing(tmp_path: Path, spoilt: Callable[[Path], None]) -> None:
    """What was limited by it is told, and not shown to others."""
    corpus = write(tmp_path / "corpus", {"a.txt": WORDS, "a.txt.meta.toml": RIGHT})
    with open_demo(tmp_path / "data", corpus) as index:
        index.sync()
        assert len(index.catalog.documents(THEIRS)) == 1
        spoilt(corpus / "a.txt.meta.toml")
        closed(index, {"a.txt"})


@pytest.mark.parametrize("which", ["a.txt", "a.txt.meta.toml"])
def test_what_was_limited_and_cannot_be_read_now_stays_limited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, which: str
) -> None:
    """The file itself or what lies beside it: nobody sees more than before, and `status` names it."""
    corpus = write(tmp_path / "corpus", {"a.txt": WORDS, "a.txt.meta.toml": RIGHT})
    with open_demo(tmp_path / "data", corpus) as index:
        index.sync()
        real = Path.open

        def opened(self: Path, *args: Any, **more: Any) -> Any:
            if self.name == which:
                raise PermissionError(13, "Permission denied", str(self))
            return real(self, *args, **more)

        monkeypatch.setattr(Path, "open", opened)
        for _ in range(2):
            index.sync()
            assert index.catalog.documents(EVERYBODY) == ()
            assert [f["path"] for f in read_status(corpus, index.data)["failed"]] == ["a.txt"]
