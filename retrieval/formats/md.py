"""Markdown: what stands after the front matter, unchanged, is the canonical text."""

from __future__ import annotations

import re

import yaml

from retrieval.errors import DocumentError
from retrieval.formats import Extracted
from retrieval.formats.dateline import under_the_title
from retrieval.formats.decode import decode_text
from retrieval.formats.metadata import NOTHING_KNOWN, Metadata, from_mapping, one_line
from retrieval.formats.restriction import check_head, key_lines

FRONT_MATTER_LIMIT = 64 * 1024

_OPENING = re.compile(r"\A[\s\ufeff]*-{3,}[ \t]*\r?\n")
_CLOSING = re.compile(r"^(?:-{3,}|\.{3})[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_HEADING = re.compile(r"^#{1,2}[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_A_KEY = re.compile(r"^[A-Za-z_][\w -]*:(?:\s|$)", re.MULTILINE)


def extract(data: bytes) -> Extracted:
    """The text after the front matter, and the facts that the front matter gives."""
    text = decode_text(data)
    start, metadata = _front_matter(text)
    check_head(text[start:])  # a restriction in a comment is one, too
    body = _without_comments(text[start:])
    if metadata.title is None and (heading := _HEADING.search(body[:2000])):
        metadata = metadata.under(Metadata(title=one_line(heading[1])))
    if metadata.published is None:
        metadata = metadata.under(under_the_title(body))
    return Extracted(body, metadata, joined=start == 0)


def _without_comments(text: str) -> str:
    """The text that a reader of the page sees; a comment that never ends is text."""
    kept: list[str] = []
    start = 0
    while (opening := text.find("<!--", start)) >= 0 and (closing := text.find("-->", opening + 4)) >= 0:
        kept.append(text[start:opening])
        start = closing + 3
    return "".join([*kept, text[start:]])


def _front_matter(text: str) -> tuple[int, Metadata]:
    """Where the text starts behind the front matter, and what that says."""
    opening = _OPENING.match(text)
    if opening is None:
        return 0, NOTHING_KNOWN
    closing = _CLOSING.search(text, opening.end(), opening.end() + FRONT_MATTER_LIMIT)
    if closing is None:
        if _A_KEY.match(text, opening.end()) is None:
            return 0, NOTHING_KNOWN  # a text that starts with a rule
        raise DocumentError("Its front matter starts with --- and never ends; close it with a line of three dashes.")
    block = text[opening.end() : closing.start()]
    try:
        # every value stays the text that was written: no date, number or yes is read into a title
        values = yaml.load(block, Loader=yaml.BaseLoader)  # noqa: S506 - BaseLoader builds nothing but text, lists and maps
    except yaml.MarkedYAMLError as error:
        line = f" at line {error.problem_mark.line + 2}" if error.problem_mark else ""
        raise DocumentError(
            f"Its front matter is not valid YAML{line}: {error.problem or 'it cannot be read'}. "
            "Each line reads `name: value`; put a value that holds a colon in quotation marks."
        ) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise DocumentError("Its front matter is not valid YAML; each line reads `name: value`.") from error
    if values is None or values == "":
        return closing.end(), NOTHING_KNOWN
    if not isinstance(values, dict):
        return 0, NOTHING_KNOWN  # prose between two rules
    return closing.end(), from_mapping(values, key_lines(block.splitlines()), dated_by="front matter")
