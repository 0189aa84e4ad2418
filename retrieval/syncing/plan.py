"""What a sync has to do: the corpus as it is, against what the catalog knows (pure)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from retrieval.documents import document_id


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file as the catalog knows it."""

    fingerprint: str
    sha256: str | None  # None when it could not be taken
    base_id: str
    error: str | None = None


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file as it lies in the corpus now."""

    fingerprint: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ToRead:
    """A file to be read, and what the ids of its documents begin with."""

    path: str
    base_id: str
    instead_of: str | None = None  # the path that it had before, when it was both renamed and given other facts


@dataclass(frozen=True, slots=True)
class Plan:
    """The difference between corpus and catalog."""

    removed: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()  # (old, new): the same bytes and facts under another path
    to_read: tuple[ToRead, ...] = ()
    unchanged: tuple[str, ...] = ()


def compare(
    found: Mapping[str, FoundFile], known: Mapping[str, KnownFile], identities: Mapping[str, str] | None = None
) -> Plan:
    """What to remove, rename and read. `identities`: ids that files had in an index that is being rebuilt."""
    gone = {path: file for path, file in known.items() if path not in found}
    new = sorted(path for path in found if path not in known)
    moved = _moved(gone, {path: found[path] for path in new})
    taken = {file.base_id for path, file in known.items() if path in found or path in moved.values()}
    renamed: list[tuple[str, str]] = []
    to_read: list[ToRead] = []
    for path in new:
        before = moved.get(path)
        if before is None:
            to_read.append(ToRead(path, _fresh_id(path, taken, (identities or {}).get(path))))
            taken.add(to_read[-1].base_id)
        elif gone[before].fingerprint == found[path].fingerprint and _suffix(before) == _suffix(path):
            renamed.append((before, path))
        else:
            to_read.append(ToRead(path, gone[before].base_id, before))
    both = [path for path in sorted(found) if path in known]
    changed = [path for path in both if found[path].fingerprint != known[path].fingerprint]
    to_read += [ToRead(path, known[path].base_id) for path in changed]
    return Plan(
        removed=tuple(sorted(path for path in gone if path not in {old for old, _ in renamed})),
        renamed=tuple(renamed),
        to_read=tuple(sorted(to_read, key=lambda t: t.path)),
        unchanged=tuple(path for path in both if path not in set(changed)),
    )


def _moved(gone: Mapping[str, KnownFile], new: Mapping[str, FoundFile]) -> dict[str, str]:
    """For each new path the old path of the same bytes that is gone, one for one."""
    free: dict[str, list[str]] = {}
    for path in sorted(gone, reverse=True):
        if gone[path].sha256 is not None:
            free.setdefault(gone[path].sha256 or "", []).append(path)
    return {path: free[file.sha256].pop() for path, file in sorted(new.items()) if free.get(file.sha256)}


def _fresh_id(path: str, taken: set[str], before: str | None) -> str:
    """The id for a new path; another one when a file that was renamed away from that path still has it."""
    options: list[Callable[[], str]] = [lambda: before or document_id(path, 1), lambda: document_id(path, 1)]
    number = 1
    for option in options:
        if option() not in taken:
            return option()
    while (made := document_id(f"{path}#{number}", 1)) in taken:
        number += 1
    return made


def _suffix(path: str) -> str:
    return path.rpartition(".")[2].lower()
