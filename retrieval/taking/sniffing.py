"""Which format some bytes are in, told by the bytes themselves (pure)."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|main|meta|title|div|p)\b", re.IGNORECASE)
_FEED = re.compile(rb"<(?:rss|rdf:RDF|feed)\s[^<>]{0,2000}>", re.IGNORECASE)
_OF_TEXT = (".md", ".markdown", ".csv", ".tsv", ".jsonl", ".ndjson", ".mbox")  # text that only its name tells apart
_CUE = re.compile(rb"\d{1,2}:\d{2}:\d{2}[,.]\d{3}\s*-->\s*\d{1,2}:")
_MAIL = re.compile(rb"^(?:[A-Z][A-Za-z-]{1,40}: [^\n]*\n(?:[ \t][^\n]*\n)*){3}", re.MULTILINE)


def suffix_by_content(data: bytes, path: str) -> str | None:
    """The suffix of the format that the bytes really are in, whatever the server or the path says; None: of none."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"%PDF-"):
        return ".pdf"
    if head.startswith(b"PK\x03\x04"):
        if b"word/" in data:
            return ".docx"
        if b"application/vnd.oasis.opendocument.text" in head:
            return ".odt"
        return ".zip" if path.lower().endswith(".zip") else None
    if head.startswith(b"{\\rtf"):
        return ".rtf"
    if head.startswith(b"WEBVTT"):
        return ".vtt"
    if _CUE.search(head):
        return ".srt"
    if _FEED.search(head):
        return ".xml"
    named = PurePosixPath(path.lower()).suffix
    if named in (".mhtml", ".mht") and _MAIL.match(head):
        return named
    if _HTML.search(head) and (named not in _OF_TEXT or head.startswith(b"<")):
        return ".html"
    if path.lower().endswith(".eml") and _MAIL.match(head):
        return ".eml"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ".txt"
    if b"\0" in head or sum(byte < 9 or 13 < byte < 32 for byte in head) > len(head) // 50:
        return None
    return named if named in _OF_TEXT else ".txt"
