"""One file per input format: bytes in, canonical text and what the file says about itself out.

A format is a module here with a function `extract(data: bytes) -> Extracted` and a line in `FORMATS`.
Modules are imported when their first file comes, as some of them stand on large libraries.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from pathlib import PurePosixPath

from retrieval.errors import DocumentError
from retrieval.formats.decode import decode
from retrieval.formats.metadata import NOTHING_KNOWN, Metadata
from retrieval.formats.restriction import HEAD_CHARACTERS, check_head
from retrieval.model import Locator, Span

# suffix -> module, and what a person calls such a file
FORMATS: dict[str, tuple[str, str]] = {
    ".txt": ("txt", "plain text"),
    ".text": ("txt", "plain text"),
    ".md": ("md", "Markdown"),
    ".markdown": ("md", "Markdown"),
    ".html": ("html", "a web page"),
    ".htm": ("html", "a web page"),
    ".xhtml": ("html", "a web page"),
    ".pdf": ("pdf", "a PDF"),
    ".docx": ("docx", "a Word document"),
    ".odt": ("odt", "an OpenDocument text"),
    ".rtf": ("rtf", "rich text"),
    ".eml": ("eml", "an e-mail"),
    ".srt": ("srt", "subtitles"),
    ".vtt": ("vtt", "subtitles"),
    ".sbv": ("sbv", "subtitles"),
    ".ttml": ("ttml", "subtitles"),
    ".dfxp": ("ttml", "subtitles"),
    ".csv": ("delimited", "a table of texts"),
    ".tsv": ("delimited", "a table of texts"),
    ".jsonl": ("json_lines", "JSON lines"),
    ".ndjson": ("json_lines", "JSON lines"),
    ".zip": ("archive", "an archive of documents"),
    ".mbox": ("mbox", "a mailbox"),
    ".mhtml": ("mhtml", "a saved web page"),
    ".mht": ("mhtml", "a saved web page"),
    ".rss": ("feed", "a saved feed"),
    ".atom": ("feed", "a saved feed"),
    ".xml": ("feed", "a saved feed"),
}

# suffixes that cannot be read -> what a person does with such a file
SAVE_AS: dict[str, str] = {
    ".doc": "save it as .docx",
    ".pages": "export it as .docx",
    ".xls": "save its sheet of texts as .csv, with a column called text",
    ".xlsx": "save its sheet of texts as .csv, with a column called text",
    ".ppt": "export it as .pdf",
    ".pptx": "export it as .pdf",
    ".key": "export it as .pdf",
    ".msg": "save it as .eml",
    ".7z": "pack the files in it as .zip",
    ".tar": "pack the files in it as .zip",
    ".gz": "pack the files in it as .zip",
    ".rar": "pack the files in it as .zip",
    ".png": "put the words that it shows into a .txt",
    ".jpg": "put the words that it shows into a .txt",
    ".jpeg": "put the words that it shows into a .txt",
    ".mp3": "add a transcript or its subtitles",
    ".mp4": "add a transcript or its subtitles",
}

# formats that read what restricts a document in its own place; what is left of the file is checked
HEADS_READ = frozenset({"md", "delimited", "json_lines", "archive", "mbox", "feed"})

# formats read in this process: their work is linear in the size of the file, which is limited
LIGHT = frozenset({"txt", "md"})


MOST_DOCUMENTS = 5_000  # of one file


@dataclass(frozen=True, slots=True)
class Part:
    """One of several documents in a file, with what the file says about it alone.

    `joined` is True where the part may itself be several texts; `headed` is False where its first line can be no title;
    `structured` and `share` as in `Extracted`.
    """

    span: Span
    metadata: Metadata = NOTHING_KNOWN
    joined: bool = False
    headed: bool = False
    structured: bool = False
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a format makes of a file: its canonical text, and nothing that the file does not hold.

    `body` holds the stretches that the format itself knows to be running text (empty: all of it). `joined` is False
    where the file is known to be one text, so that no seams are looked for; `headed` is False where its first line is somebody's
    words and can be no title. `structured` is True where the file's own markup tells paragraphs from headings, so that no line is
    judged by its form alone. `share` is how much of the paragraphs that the file shows was taken, from 0 to 1. `apart` are
    the paragraphs that it sets apart as a whole, in bold or as headings. `parts` are the
    documents of a file that tells them apart, in order (empty: it is one text, or texts that only their words tell apart).
    `left_out` says what of the file was passed over, and why.
    """

    text: str = field(repr=False)
    metadata: Metadata = NOTHING_KNOWN
    body: tuple[Span, ...] = ()
    locators: tuple[Locator, ...] = ()
    joined: bool = True
    headed: bool = True
    structured: bool = False
    share: float = 1.0
    apart: tuple[Span, ...] = ()
    parts: tuple[Part, ...] = ()
    left_out: tuple[str, ...] = ()


def suffix_of(name: str) -> str:
    """The suffix that decides about a file's format, in lower case."""
    return PurePosixPath(name).suffix.lower()


def known(name: str) -> bool:
    """Whether a file of this name can be read."""
    return suffix_of(name) in FORMATS


def known_suffixes() -> tuple[str, ...]:
    """All suffixes that can be read, for messages to people."""
    return tuple(sorted(FORMATS))


def light(name: str) -> bool:
    """Whether a file of this name may be read without a worker process."""
    return known(name) and FORMATS[suffix_of(name)][0] in LIGHT


def extract(data: bytes, name: str) -> Extracted:
    """The canonical text of a file of this name; a DocumentError says what is wrong with it."""
    if not known(name):
        instead = SAVE_AS.get(suffix_of(name))
        raise DocumentError(
            f"{name} is of no format that can be read{f'; {instead}' if instead else ''}. "
            f"These can be read: {', '.join(s[1:] for s in known_suffixes())}."
        )
    if not data.strip():
        raise DocumentError(f"{name} is empty; there is nothing in it to quote.")
    _check_content(data, name)
    module = import_module(f"retrieval.formats.{FORMATS[suffix_of(name)][0]}")
    extracted: Extracted = module.extract(data)
    _check_restriction(data, name, extracted.text)
    if not any(c.isalnum() for c in extracted.text):
        raise DocumentError(f"{name} holds no words; there is nothing in it to quote.")
    return extracted


def _check_restriction(data: bytes, name: str, text: str) -> None:
    """Refuse a file with a head that its format does not read, and that may restrict who sees it."""
    check_head(text)
    if FORMATS[suffix_of(name)][0] not in HEADS_READ:
        check_head(decode(data[:HEAD_CHARACTERS]))


_MAGIC: tuple[tuple[bytes, str, tuple[str, ...]], ...] = (
    (b"%PDF-", "a PDF", (".pdf",)),
    (b"PK\x03\x04", "a zip archive or an Office file", (".docx", ".odt", ".zip")),
    (b"\x89PNG", "a PNG image", ()),
    (b"\xff\xd8\xff", "a JPEG image", ()),
    (b"GIF8", "a GIF image", ()),
    (b"\x1f\x8b", "a gzip archive", ()),
    (b"\x7fELF", "a program", ()),
    (b"MZ\x90", "a program", ()),
    (b"{\\rtf", "rich text", (".rtf",)),
    (b"\xd0\xcf\x11\xe0", "an old Office file", ()),
)


def _check_content(data: bytes, name: str) -> None:
    """Refuse a file whose first bytes say that it is something else than its name says."""
    for magic, what, suffixes in _MAGIC:
        if data.startswith(magic) and suffix_of(name) not in suffixes:
            rename = f" If so, rename it to end in {' or '.join(suffixes)}." if suffixes else ""
            raise DocumentError(f"{name} is not {FORMATS[suffix_of(name)][1]}: it looks like {what}.{rename}")
