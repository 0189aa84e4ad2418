"""A row's seal: a hash over all that was written into it, so that no field of it is altered without being noticed.

Indexing seals what it puts in, and a correction seals anew what it has changed. It guards against accidents and slips,
and not against whoever writes the file on purpose and knows how a seal is made.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    JSON,
    Boolean,
    Connection,
    Float,
    Integer,
    RowMapping,
    Select,
    Table,
    Text,
    func,
    select,
    type_coerce,
    update,
)

from retrieval.storing.tables import credited, documents, passages, quotes, windows

if TYPE_CHECKING:
    from collections.abc import Collection


def _fraction(value: Any) -> Any:
    """A fraction that is a whole number is stored as a fraction all the same."""
    return float(value) if isinstance(value, int) else value


def _truth(value: Any) -> Any:
    return int(value) if isinstance(value, bool) else value


def _list(value: Any) -> str | None:
    """As the store has it, whether it was taken apart when it was read or not."""
    if value is None:
        return None
    text = value if isinstance(value, str) else _stored(value)
    return None if text == "null" else text


SEALED = (documents, quotes, credited, passages)
# What follows from others of its fields (a document's text has a hash among them), or is no more than the row's number.
_DERIVED = {"documents": {"text", "signature", "duplicate_of"}, "credits": {"number"}}
_MANY = 900  # values in one statement
_FORMS: dict[type[Any], Callable[[Any], Any]] = {Float: _fraction, Boolean: _truth, JSON: _list}
_encode = json.JSONEncoder(separators=(",", ":"), default=repr).encode
_stored = json.JSONEncoder(default=repr).encode


@cache
def columns(table: Table) -> tuple[tuple[str, Callable[[Any], Any] | None], ...]:
    """The names of the fields that a seal covers, each with what brings its values to one form."""
    left_out = {"seal"} | _DERIVED.get(table.name, set())
    return tuple((c.name, _FORMS.get(type(c.type))) for c in table.columns if c.name not in left_out)


@cache
def raw(table: Table) -> Select[Any]:
    """What reads of a table just what its seals are about, and no list of it taken apart."""
    wanted = {name for name, _ in columns(table)} | {"seal", "number" if table is credited else "id"}
    own = [c for c in table.columns if c.name in wanted]
    stored = {JSON: Text, Boolean: Integer}
    read: list[Any] = [type_coerce(c, stored.get(type(c.type), type(c.type))).label(c.name) for c in own]
    query: Select[Any] = select(*read)
    return query


def seal_of(table: Table, row: Mapping[str, Any] | RowMapping) -> str:
    """The seal that a row with these values has."""
    held = dict(row)
    return _sealed_over(table, [held.get(name) for name, _ in columns(table)])


def _sealed_over(table: Table, values: Sequence[Any]) -> str:
    plain = [form(value) if form else value for value, (_, form) in zip(values, columns(table), strict=True)]
    return hashlib.sha256(_encode([table.name, *plain]).encode()).hexdigest()[:32]


def holds(table: Table, row: Mapping[str, Any] | RowMapping) -> bool:
    """Whether a row is the one that was sealed."""
    return bool(row["seal"] == seal_of(table, row))


def sealed(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """The row, with its seal."""
    return {**row, "seal": seal_of(table, row)}


def roll_of(quoted: Iterable[str], told: Iterable[str], passed: Iterable[str], found: Iterable[str]) -> str:
    """By what a document knows that none of its rows is missing: ids of quotes, seals of credits, ids of passages and windows."""
    return hashlib.sha256(_encode([sorted(part) for part in (quoted, told, passed, found)]).encode()).hexdigest()[:32]


def roll_now(connection: Connection, document_id: str) -> str:
    """As `roll_of`, of the rows that are there."""
    named = (quotes.c.id, credited.c.seal, passages.c.id, windows.c.id)
    lists = (connection.execute(select(c).where(c.table.c.document_id == document_id)).scalars() for c in named)
    return roll_of(*lists)


def broken(connection: Connection, table: Table, where: Any = None) -> set[str]:
    """The ids of the rows that are not those that were sealed (of credits: their numbers)."""
    query = raw(table) if where is None else raw(table).where(where)
    found = connection.execute(query)
    names = list(found.keys())
    at = [names.index(name) for name, _ in columns(table)]
    key, seal = names.index("number" if table is credited else "id"), names.index("seal")
    return {row[key] for row in found if row[seal] != _sealed_over(table, [row[i] for i in at])}


def among(ids: Iterable[str]) -> Select[Any]:
    """These ids, however many, to be compared with in a query."""
    return select(func.json_each(_encode(sorted(ids))).table_valued("value").c.value)


def reseal(connection: Connection, table: Table, ids: Sequence[str], but: Collection[str] = ()) -> None:
    """Seal rows anew that were changed on purpose, without those that were altered otherwise before (`but`)."""
    wanted = sorted(set(ids) - set(but))
    for start in range(0, len(wanted), _MANY):
        part = raw(table).where(table.c.id.in_(wanted[start : start + _MANY]))
        for row in connection.execute(part).mappings().all():
            if holds(table, row):
                continue
            connection.execute(update(table).where(table.c.id == row["id"]).values(seal=seal_of(table, row)))
