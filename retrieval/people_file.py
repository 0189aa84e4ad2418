"""What `people.toml` says: persons and bodies, their names and dated roles."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Any, Literal

from retrieval.model import Role
from retrieval.spelling import surnames

_ROLE = re.compile(r"^(?P<title>[^,]+), (?P<of>[^,]+), (?P<since>[\d-]*)\.\.(?P<until>[\d-]*)$")


@dataclass(frozen=True, slots=True)
class Person:
    """A person or body that may be credited with words."""

    id: str
    name: str
    type: Literal["person", "body"] = "person"
    aliases: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    gender: Literal["m", "f"] | None = None
    surname: str | None = None  # where it is not the last word of the name

    @property
    def surnames(self) -> tuple[str, ...]:
        """The folded forms in which the surname may stand alone; none for a body."""
        return surnames(self.name, self.surname) if self.type == "person" else ()


def persons_of(data: Mapping[str, Any]) -> Iterator[Person]:
    """The persons and bodies of a parsed `people.toml`; a ValueError or TypeError says where it is malformed."""
    known_to = data.get("known_to")
    for kind in ("person", "body"):
        for person_id, row in table(data, kind).items():
            if not isinstance(row, dict) or not isinstance(row.get("name"), str) or not row["name"].strip():
                raise ValueError(f"{kind}.{person_id} has no name; write it as {person_id} = {{ name = “…” }}")
            if row.get("gender") not in (None, "m", "f"):
                raise ValueError(f"the gender of {kind}.{person_id} is “{row['gender']}”; write “m” or “f”")
            if not isinstance(row.get("surname", ""), str):
                raise TypeError(f"the surname of {kind}.{person_id} is no text; write it as “…”")
            yield Person(
                id=person_id,
                name=row["name"],
                type="person" if kind == "person" else "body",
                aliases=tuple(texts(row.get("aliases", ()), f"the aliases of {kind}.{person_id}")),
                roles=tuple(
                    _role(text, known_to) for text in texts(row.get("roles", ()), f"the roles of {kind}.{person_id}")
                ),
                gender=row.get("gender"),
                surname=row.get("surname"),
            )


def table(data: Mapping[str, Any], name: str) -> dict[str, Any]:
    """A table of the file, empty where there is none."""
    found = data.get(name, {})
    if not isinstance(found, dict):
        raise TypeError(f"{name} is not a table; write [{name}] on a line of its own")
    return found


def texts(found: Any, what: str) -> list[str]:
    """A list of texts; one text alone would be taken letter by letter."""
    if not isinstance(found, list | tuple) or not all(isinstance(text, str) and text.strip() for text in found):
        raise ValueError(f"{what} are not a list of texts; write them as [“…”, “…”]")
    return list(found)


def _role(text: str, known_to: date | None) -> Role:
    """ "title, of, since..until": a year or a month counts as far as it is certain; an open end until `known_to`."""
    match = _ROLE.match(text)
    if match is None:
        raise ValueError(f"“{text}” is not a role; write it as “title, of, 2014-10-01..2024-09-30”")
    try:
        since, until = _first_day(match["since"]), _last_day(match["until"])
    except ValueError as error:
        raise ValueError(f"“{text}” has a date that is none; write it as 2014-10-01, 2014-10 or 2014") from error
    return Role(match["title"], match["of"], since, until if match["until"] else known_to)


def _first_day(text: str) -> date | None:
    """The first day surely meant by "2014-10-01", "2014-10" (the first of November) or "2014" (of the next year)."""
    if not text:
        return None
    year, month, day = [int(part) for part in text.split("-")] + [0] * (2 - text.count("-"))
    if day:
        return date(year, month, day)
    return date(year + 1, 1, 1) if not month or month == 12 else date(year, month + 1, 1)


def _last_day(text: str) -> date | None:
    """The last day surely meant by "2024-09-30", "2024-09" (the last of August) or "2024" (of the year before)."""
    if not text:
        return None
    year, month, day = [int(part) for part in text.split("-")] + [0] * (2 - text.count("-"))
    return date(year, month, day) if day else date(year, month or 1, 1) - timedelta(days=1)


def known_to() -> date | None:
    """The day up to which the offices that come with the program are known."""
    day = packaged("people.toml").get("known_to")
    return day if isinstance(day, date) else None


def months_since(day: date, today: date | None = None) -> int:
    """How many whole months ago a day is."""
    now = today or date.today()  # noqa: DTZ011
    return max(0, (now.year - day.year) * 12 + now.month - day.month - (now.day < day.day))


@cache
def packaged(name: str) -> dict[str, Any]:
    """A TOML file that comes with the program, parsed once; it is read and never written to."""
    return tomllib.loads(resources.files("retrieval").joinpath(name).read_text(encoding="utf-8"))
