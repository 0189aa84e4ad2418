"""The sidecar of a document, `NAME.meta.toml`: what it says, by the same names as in a front matter."""

from __future__ import annotations

import tomllib
from dataclasses import replace

from retrieval.errors import DocumentError
from retrieval.formats.given_speaker import IN_SIDECAR
from retrieval.formats.metadata import Metadata, from_mapping, one_line

SIDECAR = ".meta.toml"
SIDECAR_BYTES = 64 * 1024


def stated(data: bytes, name: str) -> Metadata:
    """The facts in a sidecar's bytes; a DocumentError says why it cannot be heeded."""
    if len(data) > SIDECAR_BYTES:
        raise DocumentError(f"{name} is longer than {SIDECAR_BYTES // 1024} KB; leave only the facts in it.")
    try:
        values = tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise DocumentError(
            f'{name} is not valid TOML; each line reads name = "value", a date stands without quotation marks.'
        ) from error
    facts = from_mapping(values, dated_by=IN_SIDECAR)
    if not facts.speaker:
        return facts
    by = values.get("speaker_given_by")
    return replace(facts, speaker_given_by=(isinstance(by, str) and one_line(by)) or IN_SIDECAR)
