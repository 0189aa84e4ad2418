"""Files that nobody should be able to hurt the bot with, made by a seeded program: `make(folder)` writes them.

Run by hand over all of them: `python -m tests.hostile [FOLDER]` prints what became of each kind.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.formats.making import bomb, lines, odt, pdf, word, zipped

SEED = 1897
SENTENCE = "“Listen to them, the children of the night,” Count Dracula said to Mr Harker at the castle.\n"
SUFFIXES = (".txt", ".md", ".html", ".pdf", ".docx", ".eml", ".srt", ".vtt",
            ".csv", ".jsonl", ".zip", ".mbox", ".rss", ".mhtml", ".rtf", ".odt")  # fmt: skip
VTT = "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\n<v Count Dracula>Listen to them.\n"
SRT = "1\n00:00:01,000 --> 00:00:03,000\nDRACULA: Listen to them.\n"
EML = "From: Mina <m@example.invalid>\nSubject: Log\nDate: 8 Aug 1897\nMIME-Version: 1.0\n\n" + SENTENCE
MD = "---\ntitle: Log\ndate: 1897-08-08\n---\n" + SENTENCE
CSV = f'text,title,speaker\n"{SENTENCE}",Log,Count Dracula\n'
JSONL = json.dumps({"text": SENTENCE, "title": "Log", "channels": ["C1"]})
MBOX = "From m@example.invalid Sun Aug  8 10:00:00 1897\n" + EML
RSS = f'<rss version="2.0"><channel><title>Log</title><item><title>8 Aug</title><description>{SENTENCE}</description></item></channel></rss>'
RTF = "{\\rtf1\\ansi " + "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in SENTENCE) + "{\\deleted Mina}}"
HTML = f"<html><body><article><p>{SENTENCE * 4}</p></article></body></html>"

MHTML = (
    'From: <Saved>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\nContent-Type: text/html\n\n'
    + HTML
    + "\n--b--\n"
)

Maker = Callable[[random.Random], tuple[bytes, str]]


def good(suffix: str) -> bytes:
    """A small sound file of a format."""
    if suffix == ".pdf":
        return pdf([lines([SENTENCE.strip(), "", "The wolves howled below the castle."])])
    if suffix == ".docx":
        return word([SENTENCE.strip()])
    if suffix == ".zip":
        return zipped({"a.md": MD, "a.md.meta.toml": 'channels = ["C1"]\n', "b.csv": CSV, "c.png": "x"})
    if suffix == ".odt":
        return odt(f"<text:p>{SENTENCE}</text:p>", "<dc:title>Log</dc:title>")
    texts = {".txt": SENTENCE * 3, ".md": MD, ".html": HTML, ".eml": EML, ".srt": SRT, ".vtt": VTT}
    texts |= {".csv": CSV, ".jsonl": JSONL, ".mbox": MBOX, ".rss": RSS, ".mhtml": MHTML, ".rtf": RTF}
    return texts[suffix].encode()


def truncated(rng: random.Random) -> tuple[bytes, str]:
    """The start of a sound file."""
    suffix = rng.choice(SUFFIXES)
    data = good(suffix)
    return data[: rng.randrange(len(data))], suffix


def flipped(rng: random.Random) -> tuple[bytes, str]:
    """A sound file with some bytes changed."""
    suffix = rng.choice(SUFFIXES)
    data = bytearray(good(suffix))
    for _ in range(rng.randrange(1, 60)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    return bytes(data), suffix


def noise(rng: random.Random) -> tuple[bytes, str]:
    """Random bytes, behind a format's first bytes at times."""
    head = rng.choice([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"WEBVTT\n\n", b"<html>", b"---\n", b"From: x\n"])
    return head + rng.randbytes(rng.randrange(1, 20_000)), rng.choice(SUFFIXES)


def misnamed(rng: random.Random) -> tuple[bytes, str]:
    """One format under another's name."""
    return good(rng.choice(SUFFIXES)), rng.choice(SUFFIXES)


def bombs(rng: random.Random) -> tuple[bytes, str]:
    """Small files that unpack to large ones."""
    if rng.random() < 0.5:
        return bomb(rng.choice([20, 160, 400]) * 1_000_000), ".docx"
    packed = zlib.compress(b"0 0 m " * rng.choice([1_000_000, 30_000_000]), 9)
    data = pdf([lines([SENTENCE.strip()])])
    start = data.index(b"<< /Length")
    end = data.index(b"endobj", start)
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream\n" % (len(packed), packed)
    return data[:start] + stream + data[end:], ".pdf"


def nested(rng: random.Random) -> tuple[bytes, str]:
    """Brackets, elements, parts and lists within each other."""
    depth = rng.choice([500, 5_000, 50_000])
    return rng.choice(
        [
            (b"<div>" * depth + SENTENCE.encode() + b"</div>" * depth, ".html"),
            (b"<b><table><tr><td>" * depth + SENTENCE.encode(), ".html"),
            (b"---\na: " + b"[" * depth + b"\n---\n" + SENTENCE.encode(), ".md"),
            (
                b"---\n"
                + b"".join(b"%sa:\n" % (b" " * n) for n in range(min(depth, 300)))
                + b"---\n"
                + SENTENCE.encode(),
                ".md",
            ),
            (
                b"From: a\nContent-Type: multipart/mixed; boundary=b\n\n"
                + b"--b\nContent-Type: multipart/mixed; boundary=b\n\n" * depth,
                ".eml",
            ),
            (b"From: a\nContent-Type: message/rfc822\n\n" * min(depth, 5_000) + SENTENCE.encode(), ".eml"),
            (b"%PDF-1.4\n1 0 obj\n" + b"[" * depth + b"\nendobj\ntrailer << /Root 1 0 R >>", ".pdf"),
            (b'{"text": ' + b"[" * depth, ".jsonl"),
            (b"{\\rtf1 " + b"{\\v " * depth + SENTENCE.encode(), ".rtf"),
            (b'<rss version="2.0"><channel><item><description>' + b"<b>" * depth, ".rss"),
            (odt("<text:span>" * depth + SENTENCE + "</text:span>" * depth), ".odt"),
            (zipped({"a.zip": zipped({"b.zip": b"PK" * depth}), "c.txt": SENTENCE}), ".zip"),
            ((b"<script type='application/ld+json'>" + b'{"@graph":[' * depth + b"</script>" + HTML.encode()), ".html"),
        ]
    )


def aliases(rng: random.Random) -> tuple[bytes, str]:
    """YAML that would unfold to billions of words."""
    anchors = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, rng.choice([9, 30])))
    return f"---\na0: &a0 [x]\n{anchors}\ntitle: *a5\n---\n{SENTENCE}".encode(), ".md"


def marks(rng: random.Random) -> tuple[bytes, str]:
    """A million quotation marks and their like."""
    mark = rng.choice(
        [
            "“",
            '"',
            "“”",
            "'",
            "« ",
            "“\n",
            "\n\n",
            "<",
            "<p>",
            "“A”",
            "> ",
            ">> A: ",
            "# ",
            "- [a](b)\n",
            "A: ",
            "\u00ad-",
            "Image: ",
        ]
    )
    return (mark * (1_000_000 // len(mark)) + rng.choice(["", SENTENCE])).encode(), rng.choice(SUFFIXES)


def odd_characters(rng: random.Random) -> tuple[bytes, str]:
    """NULs, lone surrogates, right-to-left marks, combining marks, separators and emoji among words."""
    odd = [
        "\0",
        "\ud800",
        "\udfff",
        "\u202e",
        "\u2066",
        "\u0301" * 50,
        "\u2028",
        "\u2029",
        "\x85",
        "\x0b",
        "\x0c",
        "\x1b[31m",
        "😀",
        "\ufeff",
        "\ufffe",
        "שלום",
        "<!channel>",
    ]
    words = [rng.choice([*odd, "“Listen,”", "Dracula", "said", "\n", "\r"]) for _ in range(rng.randrange(5, 800))]
    text = " ".join(words)
    encoding = rng.choice(["utf-8", "utf-16-le", "utf-16-be", "utf-16", "utf-32"])
    return text.encode(encoding, "surrogatepass"), rng.choice(SUFFIXES)


def long_lines(rng: random.Random) -> tuple[bytes, str]:
    """One endless word, or a line of millions."""
    return rng.choice(
        [b"A" * 9_000_000, b"Dracula said so, " * 400_000, b" " * 9_000_000 + b"said", b"a\n" * 2_000_000]
    ), rng.choice(SUFFIXES)


def too_large(rng: random.Random) -> tuple[bytes, str]:
    """More bytes than are taken."""
    return SENTENCE.encode() * 300_000, rng.choice((".txt", ".html"))


def cyclic(rng: random.Random) -> tuple[bytes, str]:
    """A PDF whose pages contain themselves, whose lengths and places lie."""
    data = pdf([lines([SENTENCE.strip()])] * 3)
    wrong = rng.choice(
        [
            (b"/Parent 8 0 R", b"/Parent 2 0 R"),
            (b"/Kids [", b"/Kids [8 0 R "),
            (b"/Length", b"/Length 999999999 /L"),
            (b"startxref\n", b"startxref\n9"),
            (b"/Count 3", b"/Count 99999999"),
            (b"/Type /Catalog", b"/Type /Catalog /Prev 9 0 R"),
        ]
    )
    return data.replace(*wrong), ".pdf"


KINDS: tuple[tuple[Maker, int], ...] = (
    (truncated, 90), (flipped, 90), (noise, 70), (misnamed, 50), (bombs, 8), (nested, 45), (aliases, 12), (marks, 50), (odd_characters, 55),
    (long_lines, 8), (too_large, 2), (cyclic, 20),
)  # fmt: skip


def names(rng: random.Random, number: int, suffix: str) -> str:
    """A file's name, with tricks in every tenth one."""
    if number % 10:
        return f"{number:03d}{suffix}"
    tricks = [
        "..",
        "%2e%2e%2f",
        "a b",
        "-rf",
        "$(touch x)",
        "‮gnp",
        "x" * 120,
        "é́",
        "{0}",
        "*",
        "..\\..\\x",
        "~root",
        "<@U1>",
    ]
    return f"{rng.choice(tricks)}{number:03d}{suffix}"


def make(folder: Path, seed: int = SEED) -> list[tuple[str, str]]:
    """Write all files; (kind, name) of each, in order."""
    rng = random.Random(seed)
    made = []
    for maker, count in KINDS:
        for _ in range(count):
            data, suffix = maker(rng)
            name = names(rng, len(made), suffix)
            (folder / name).write_bytes(data)
            made.append((maker.__name__, name))
    return made


def main(folder: Path) -> None:
    """Read all files and print what became of each kind."""
    from retrieval import documents
    from retrieval.errors import DocumentError
    from retrieval.taking import limits

    came: Counter[tuple[str, str]] = Counter()
    slowest = (0.0, "")
    said: Counter[str] = Counter()
    with limits.Worker() as worker:
        for kind, name in make(folder):
            started = time.monotonic()
            try:
                documents.read(folder, name, worker=worker)
                came[kind, "document"] += 1
            except DocumentError as error:
                came[kind, "error"] += 1
                said[str(error).replace(name, "NAME")[:110]] += 1
            slowest = max(slowest, (time.monotonic() - started, f"{kind} {name}"))
    for (kind, what), count in sorted(came.items()):
        print(f"{kind:16} {what:9} {count}")
    print("slowest:", slowest)
    for sentence, count in said.most_common():
        print(count, sentence)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as temporary:
            main(Path(temporary))
