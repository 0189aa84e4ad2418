"""A new index for another model or pipeline, built beside the old one, which answers until the new one is complete."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.catalog import Catalog
from retrieval.errors import IndexMissing
from retrieval.model import Report
from retrieval.storing.changes import Changes
from retrieval.syncing import ledger
from retrieval.syncing.reconcile import let_readers_end, reconcile

if TYPE_CHECKING:
    from retrieval.syncing.reconcile import Sync


NAME = "index-beside.sqlite"


def rebuild(job: Sync, *, afresh: bool) -> Report:
    """Build, switch, clear away. Killed on the way, the next rebuild to the same model and pipeline goes on from there."""
    path = job.catalog.path.with_name(NAME)
    _drop_retired(job)
    if afresh or not _fits(path, job):
        _give_up(path, job)
    identities = {name: file.base_id for name, file in ledger.known_files(job.catalog).items()}
    new = Catalog(path)
    try:
        report = reconcile(replace(job, catalog=new, earlier=(job.catalog,)), identities)
        complete = not new.facts().get("unfinished") and new.status().last_index is not None
    finally:
        new.close()
    if complete:
        ledger.adopt(job.catalog, path, job.corrections)
        let_readers_end(job)
        clear_leftovers(job)
    return report


def clear_leftovers(job: Sync) -> None:
    """Clear away what a finished, killed or abandoned rebuild has left."""
    _drop_retired(job)
    _give_up(job.catalog.path.with_name(NAME), job)


def _drop_retired(job: Sync) -> None:
    """Drop the collection that the last switch has put out of use."""
    retired = job.catalog.facts().get("retired")
    if retired:
        job.chroma.drop(retired)
        job.catalog.apply(Changes(facts={"retired": None}))


def _fits(path: Path, job: Sync) -> bool:
    """Whether a build that was begun earlier is for the same model and pipeline, so that it can go on."""
    if not path.is_file():
        return False
    try:
        begun = Catalog(path, create=False)
    except IndexMissing:
        return False
    made_with = begun.status()
    begun.close()
    return (made_with.model, made_with.pipeline) == (job.embedder.name, job.pipeline)


def _give_up(path: Path, job: Sync) -> None:
    """Delete a build beside, and its collection unless the switch has already taken that over."""
    if not path.is_file():
        return
    begun = Catalog(path)
    collection = begun.facts().get("collection")
    begun.close()
    if collection and collection != job.catalog.facts().get("collection"):
        job.chroma.drop(collection)
    remove_catalog(path)


def remove_catalog(path: Path) -> None:
    """Delete an SQLite file and what belongs to it."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
