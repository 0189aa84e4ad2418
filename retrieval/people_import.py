"""Persons and offices from a table or from Wikidata -> entries for a corpus's `people.toml`.

A CSV has the columns `name`, `aliases` (with | between them), `gender`, `office`, `of`, `since`, `until`; `docs/operating.md` gives the Wikidata query
whose JSON is read alike. One line is one office of one person; what a line does not say is not known.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from retrieval.errors import ConfigurationError
from retrieval.spelling import folded

MOST_BYTES = 20 * 1024 * 1024
COLUMNS = ("name", "aliases", "gender", "office", "of", "since", "until")
# the names of the same columns in the answer of the Wikidata query
_OF_WIKIDATA = {
    "personLabel": "name",
    "aliases": "aliases",
    "genderLabel": "gender",
    "officeLabel": "office",
    "ofLabel": "of",
    "since": "since",
    "until": "until",
}
_GENDERS = {"m": "m", "male": "m", "man": "m", "f": "f", "female": "f", "woman": "f"}
_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_NO_LABEL = re.compile(r"Q\d+")  # Wikidata gives the number where an entry has no English name


@dataclass(slots=True)
class OfficeHolder:
    """One person with all offices that the lines gave."""

    name: str
    aliases: list[str] = field(default_factory=list)
    gender: str | None = None
    roles: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The id under which the person stands: "jane-eyre"."""
        return re.sub(r"[^a-z0-9]+", "-", folded(self.name)).strip("-")


def entries_of(path: Path, known_to: date) -> tuple[OfficeHolder, ...]:
    """The persons of a CSV or JSON file, in its order. An office without an end counts until `known_to`.

    Raises ConfigurationError with the line that cannot be understood and what it should hold.
    """
    try:
        data = path.read_bytes()
        if len(data) > MOST_BYTES:
            raise ConfigurationError(f"{path.name} is larger than {MOST_BYTES // 2**20} MB; import it in parts.")
        text = data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path} cannot be read as UTF-8 text ({error}); save it so and try again.") from error
    rows = _json_rows(text, path.name) if text.lstrip()[:1] in ("{", "[") else _csv_rows(text, path.name)
    found: dict[str, OfficeHolder] = {}
    for number, row in rows:
        _take(row, number, path.name, known_to, found)
    if not found:
        raise ConfigurationError(f"{path.name} names nobody; its first line has the columns {', '.join(COLUMNS)}.")
    return tuple(found.values())


def toml_of(entries: Iterable[OfficeHolder]) -> str:
    """The entries as `people.toml` has them, to be put at its end."""
    return "".join(_table(entry) for entry in entries)


def _csv_rows(text: str, name: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    reader = csv.DictReader(io.StringIO(text), strict=True)
    columns = {(column or "").strip().casefold() for column in reader.fieldnames or ()}
    if "name" not in columns or columns - set(COLUMNS):
        odd = ", ".join(sorted(columns - set(COLUMNS))) or "no column `name`"
        raise ConfigurationError(f"{name} has {odd}; its first line names the columns {', '.join(COLUMNS)}.")
    try:
        for row in reader:
            values = {(k or "").strip().casefold(): v.strip() for k, v in row.items() if isinstance(v, str)}
            yield reader.line_num, values
    except csv.Error as error:
        raise ConfigurationError(f"Line {reader.line_num} of {name} is no line of a CSV file ({error}).") from error


def _json_rows(text: str, name: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    try:
        data = json.loads(text)
        rows = data["results"]["bindings"] if isinstance(data, dict) else data
        for number, row in enumerate(rows, 1):
            plain = {key: _value(value) for key, value in row.items()}
            yield number, {_OF_WIKIDATA.get(key, key): value for key, value in plain.items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigurationError(
            f"{name} is not the JSON of the Wikidata query ({error}); docs/operating.md has the query."
        ) from error


def _value(value: Any) -> str:
    return str(value["value"] if isinstance(value, dict) else value).strip()


def _take(row: Mapping[str, str], number: int, name: str, known_to: date, found: dict[str, OfficeHolder]) -> None:
    who = " ".join(row.get("name", "").split())
    if not who or _NO_LABEL.fullmatch(who):
        return
    entry = found.setdefault(folded(who), OfficeHolder(who))
    entry.aliases += [a for a in (" ".join(x.split()) for x in row.get("aliases", "").split("|")) if a]
    gender = row.get("gender", "").casefold()
    entry.gender = _GENDERS.get(gender, entry.gender)
    office = " ".join(row.get("office", "").split())
    if not office or _NO_LABEL.fullmatch(office):
        return
    of = row.get("of", "").removeprefix("the ").strip()
    title = _title(office, of)
    since, until = _day(row.get("since", ""), number, name), _day(row.get("until", ""), number, name)
    if not of or "," in title or "," in of:
        raise ConfigurationError(
            f"Line {number} of {name}: “{office}” needs to be somebody's office, in two columns without commas "
            "(`office` prime minister, `of` Netherlands)."
        )
    role = f"{title}, {of}, {since}..{until or known_to.isoformat()}"
    if role not in entry.roles:
        entry.roles.append(role)


def _title(office: str, of: str) -> str:
    """The title alone: "Prime Minister of the Netherlands" is a prime minister."""
    plain = re.sub(rf"\s+of\s+(?:the\s+)?{re.escape(of)}$", "", office, flags=re.IGNORECASE) if of else office
    return plain.lower()


def _day(text: str, number: int, name: str) -> str:
    if not text:
        return ""
    day = _DAY.match(text)
    if day is None or (len(text) > len(day[0]) and text[len(day[0])] not in "T "):
        raise ConfigurationError(f"Line {number} of {name}: “{text}” is no date; write 2014-10-01, 2014-10 or 2014.")
    return day[0]


def _table(entry: OfficeHolder) -> str:
    def listed(texts: Iterable[str]) -> str:
        return "[" + ", ".join(_quoted(text) for text in texts) + "]"

    lines = [f"\n[person.{entry.id}]", f"name = {_quoted(entry.name)}"]
    lines += [f'gender = "{entry.gender}"'] if entry.gender else []
    aliases = [a for a in dict.fromkeys(entry.aliases) if a != entry.name]
    lines += [f"aliases = {listed(aliases)}"] if aliases else []
    lines += [f"roles = {listed(entry.roles)}"] if entry.roles else []
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A text as TOML writes it: as JSON does, but for one control character that JSON leaves as it is."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
