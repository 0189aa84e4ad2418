"""Files of each format, made for the tests: words of people of public-domain novels."""

from __future__ import annotations

import io
import zipfile

import docx


def pdf(pages: list[list[tuple[int, int, str]]], *, title: str | None = None) -> bytes:
    """A PDF whose pages show lines at places: (x, y, text), y from the bottom, in Courier of 10 points."""
    objects: list[bytes] = []

    def add(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    font = add(b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>")
    kids = []
    tree = len(pages) * 2 + 2
    for page in pages:
        shown = b"".join(
            b"BT /F1 10 Tf %d %d Td (%s) Tj ET\n"
            % (x, y, text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)"))
            for x, y, text in page
        )
        content = add(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown))
        kids.append(
            add(
                b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
                b"/Resources << /Font << /F1 %d 0 R >> >> >>" % (tree, content, font)
            )
        )
    add(b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(b"%d 0 R" % k for k in kids), len(kids)))
    root = add(b"<< /Type /Catalog /Pages %d 0 R >>" % tree)
    info = add(b"<< /Title (%s) >>" % title.encode("cp1252")) if title else 0
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    about = b"/Info %d 0 R " % info if info else b""
    out += b"trailer\n<< /Size %d /Root %d 0 R %s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, about, start)
    return bytes(out)


def lines(texts: list[str], *, x: int = 72, top: int = 700, leading: int = 12) -> list[tuple[int, int, str]]:
    """Lines one under the other; an empty one leaves a gap."""
    return [(x, top - n * leading, text) for n, text in enumerate(texts) if text]


def word(paragraphs: list[str], *, title: str = "", heading: str | None = None) -> bytes:
    """A Word document of these paragraphs."""
    document = docx.Document()
    document.core_properties.title = title
    if heading:
        document.add_heading(heading, 1)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def bomb(size: int = 200_000_000) -> bytes:
    """A small archive that would unpack to a large Word document."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as part:
        for _ in range(size // 1_000_000):
            part.write(b"A" * 1_000_000)
    return stream.getvalue()


def zipped(members: dict[str, str | bytes]) -> bytes:
    """A zip of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return out.getvalue()


ODT_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
)


def odt(body: str, meta: str = "", head: str = "") -> bytes:
    """An OpenDocument text with this body."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        content = f"<office:document-content {ODT_NAMES}><office:body><office:text>{body}</office:text></office:body>"
        file.writestr("content.xml", f"{head}{content}</office:document-content>")
        file.writestr(
            "meta.xml", f"<office:document-meta {ODT_NAMES}><office:meta>{meta}</office:meta></office:document-meta>"
        )
    return out.getvalue()
