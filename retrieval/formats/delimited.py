"""Tables of texts (CSV, TSV): a header that names the columns, then one document a row."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator

from retrieval.errors import DocumentError
from retrieval.formats import Extracted
from retrieval.formats.decode import decode_text
from retrieval.formats.text_entries import COLUMNS, TEXT, TextEntry, documents_of, without_text

DELIMITERS = ",;\t"
LONGEST_CELL = 12_000_000
QUOTE_IT = "put a text that holds the delimiter into quotation marks, and double the marks in it"


def extract(data: bytes) -> Extracted:
    """Each row as a document of its own, with what its other columns say."""
    csv.field_size_limit(LONGEST_CELL)
    text = decode_text(data)
    delimiter = _delimiter(text)
    return documents_of(_entries(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)))


def _delimiter(text: str) -> str:
    """What parts the names in the header: that which parts off a column of texts, else the most frequent."""
    header = text.lstrip().split("\n", 1)[0]
    named = [mark for mark in DELIMITERS if TEXT in (_name(cell) for cell in header.replace('"', "").split(mark))]
    return max(named or DELIMITERS, key=header.count)


def _name(cell: str) -> str:
    return cell.strip().casefold()


def _entries(rows: Iterator[list[str]]) -> Iterator[TextEntry]:
    """The rows under the header by the names of their columns."""
    header: list[str] = []
    number = 0
    try:
        for number, row in enumerate(rows, 1):
            if not any(cell.strip() for cell in row):
                continue
            if not header:
                header = _header(row)
                continue
            yield _entry(header, row, number)
    except csv.Error as error:
        raise DocumentError(f"Row {number + 1} cannot be told apart into cells ({error}); {QUOTE_IT}.") from error


def _header(row: list[str]) -> list[str]:
    names = [_name(cell) for cell in row]
    if TEXT not in names:
        raise without_text(row)
    doubled = [name for name, count in Counter(names).items() if count > 1 and name in COLUMNS]
    if doubled:
        raise DocumentError(f"It has two columns `{doubled[0]}`; leave only the one that counts.")
    return names


def _entry(header: list[str], row: list[str], number: int) -> TextEntry:
    if any(cell.strip() for cell in row[len(header) :]):  # words that a lost quotation mark has cut off
        raise DocumentError(f"Row {number} has more cells than the header has columns; {QUOTE_IT}.")
    values: dict[str, object] = dict(zip(header, row, strict=False))
    if "channels" in header:
        values["channels"] = str(values.get("channels", "")).replace(",", " ").replace(";", " ").split() or ""
    return TextEntry(f"row {number}", values)
