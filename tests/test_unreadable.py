"""A file whose bytes cannot be read for a while goes on being what it was; one that is wrong or restricted does not."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from retrieval.errors import ConfigurationError
from retrieval.ingest import Index
from retrieval.model import ADMIN, EVERYBODY
from tests.stores import open_demo, write

REPORTS = {
    "pequod.md": "---\ntitle: The Log\npublished: 1851-10-18\n---\n“The white whale is mine”, said Captain Ahab.\n",
    "ball.md": "---\ntitle: The Ball\npublished: 1812-11-27\n---\n“She is tolerable, I suppose”, said Mr Darcy.\n",
}


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    """An index of two reports."""
    with open_demo(tmp_path / "data", write(tmp_path / "corpus", REPORTS)) as made:
        made.sync()
        yield made


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Callable[[str | None], None]:
    """Makes the disk fail for a file of this name, as a share that is away does; None: it is well again."""
    real, bad = Path.open, [""]

    def opened(self: Path, *args: Any, **more: Any) -> Any:
        if self.name == bad[0] and args[:1] == ("rb",):
            raise OSError(errno.EIO, "Input/output error", str(self))
        return real(self, *args, **more)

    monkeypatch.setattr(Path, "open", opened)

    def fail(name: str | None) -> None:
        bad[0] = name or ""

    return fail


def titles(index: Index) -> set[str]:
    """What everybody may see."""
    return {str(d.title) for d in index.catalog.documents(EVERYBODY)}


def test_a_passing_fault_keeps_the_last_reading_and_says_so(index: Index, broken: Callable[[str | None], None]) -> None:
    """As often as it is looked at; when the file can be read again, it is read and no longer named."""
    broken("pequod.md")
    for _ in range(3):
        report = index.sync()
        assert titles(index) == {"The Log", "The Ball"}
        assert index.catalog.counts(EVERYBODY).quotes == 2
        assert [f.path for f in report.failed] == ["pequod.md"]
        assert "What was read of it before is kept" in report.failed[0].error
    broken(None)
    assert index.sync().failed == ()
    assert titles(index) == {"The Log", "The Ball"}


def test_what_changed_meanwhile_is_read_when_it_can_be(index: Index, broken: Callable[[str | None], None]) -> None:
    """The new words take the old ones' place."""
    broken("pequod.md")
    index.sync()
    (index.corpus / "pequod.md").write_text(REPORTS["pequod.md"].replace("The Log", "The New Log"), encoding="utf-8")
    index.sync()
    assert "The Log" in titles(index)
    broken(None)
    index.sync()
    assert titles(index) == {"The New Log", "The Ball"}


def test_a_file_that_is_removed_goes(index: Index, broken: Callable[[str | None], None]) -> None:
    """Also when it could not be read before."""
    broken("pequod.md")
    index.sync()
    (index.corpus / "pequod.md").unlink()
    report = index.sync()
    assert titles(index) == {"The Ball"}
    assert report.failed == ()


def test_what_may_be_limited_by_now_is_not_kept(index: Index, broken: Callable[[str | None], None]) -> None:
    """A sidecar that names channels closes the document though the document itself cannot be read."""
    broken("pequod.md")
    (index.corpus / "pequod.md.meta.toml").write_text('channels = ["C9"]\n', encoding="utf-8")
    index.sync()
    assert titles(index) == {"The Ball"}


def test_what_was_limited_stays_limited(tmp_path: Path, broken: Callable[[str | None], None]) -> None:
    """Its last reading is its channels' alone."""
    text = REPORTS["pequod.md"].replace("---\n“", "channels: [C9]\n---\n“")
    with open_demo(tmp_path / "data", write(tmp_path / "corpus", {"pequod.md": text})) as index:
        index.sync()
        broken("pequod.md")
        index.sync()
        assert titles(index) == set()
        assert {d.channels for d in index.catalog.documents(ADMIN)} == {("C9",)}


def test_a_folder_that_cannot_be_listed_removes_nothing(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    """The run is refused with a sentence, and the index is left as it is."""
    import os

    real = os.scandir

    def away(path: Any) -> Any:
        if str(path) == str(index.corpus):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", away)
    with pytest.raises(ConfigurationError, match="index is left as it is"):
        index.sync()
    monkeypatch.setattr(os, "scandir", real)
    assert titles(index) == {"The Log", "The Ball"}
