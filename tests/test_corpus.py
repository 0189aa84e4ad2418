"""The shipped corpus holds to its own README, and the README to what the reader understands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from retrieval.formats.metadata import day, from_mapping, web_address

CORPUS = Path(__file__).parent.parent / "corpus"
BRIEFS = sorted((CORPUS / "documents").glob("*.md"))
EXAMPLES = {
    "published": "2024-02-29",
    "date": "2024-02-29",
    "published_time": "2024-02-29 10:00:00-04:00",
    "modified": "2024-03-01",
    "updated": "2024-03-01",
    "last_modified": "2024-03-01",
    "modified_time": "2024-03-01",
    "channels": "C0123456789",
    "speaker": "Jane Eyre",
}


def documented() -> dict[str, tuple[str, ...]]:
    """The table of the README: each field with its other names."""
    rows = re.findall(r"^\| `(\w+)`(?: \(or ([^)]*)\))? \|", (CORPUS / "README.md").read_text("utf-8"), re.MULTILINE)
    return {field: tuple(re.findall(r"`(\w+)`", others)) for field, others in rows}


def parts(brief: Path) -> tuple[dict[str, object], str]:
    """A brief's front matter as written, and its text."""
    _, front, text = brief.read_text("utf-8").split("---\n", 2)
    return yaml.load(front, Loader=yaml.BaseLoader), text


@pytest.mark.parametrize(("field", "other"), [(f, n) for f, names in documented().items() for n in (f, *names)])
def test_reader_understands_documented_names(field: str, other: str) -> None:
    """Every field name of the README's table is read, and a synonym means the same as the field."""
    value = EXAMPLES.get(other, "https://example.org/a")
    found, plain = from_mapping({other: value}), from_mapping({field: EXAMPLES.get(field, value)})

    assert found == plain
    assert found != from_mapping({})


def test_reader_understands_no_undocumented_name() -> None:
    """A name that the table does not list says nothing about a document."""
    from retrieval.formats.metadata import _NAMES

    known = {n for field, others in documented().items() for n in (field, *others)}

    assert known == {n for names in _NAMES.values() for n in names} | {"channels", "speaker"}


def test_there_are_briefs() -> None:
    """The corpus is shipped with something to ask about."""
    assert len(BRIEFS) >= 12


@pytest.mark.parametrize("brief", BRIEFS, ids=lambda b: b.stem)
class TestBrief:
    """Each brief says what it is and keeps the form."""

    def test_fields_are_documented(self, brief: Path) -> None:
        """A brief uses no field that the README does not explain, and says what it sums up."""
        front, _ = parts(brief)

        assert set(front) <= {"title", "published", "reported_by", "source_url", "summary_of"}
        assert {"title", "summary_of"} <= set(front)
        assert all(isinstance(value, str) and value.strip() for value in front.values())

    def test_facts_are_whole(self, brief: Path) -> None:
        """A date or link that is given can be read; a missing one is left out rather than half said."""
        front, _ = parts(brief)

        assert "published" not in front or day(front["published"]) is not None
        assert "source_url" not in front or web_address(front["source_url"]) is not None
        assert "source_url" not in front or "reported_by" in front

    def test_quotations_are_balanced(self, brief: Path) -> None:
        """Quotation marks are typographic and closed, or go on in a next paragraph that opens with a mark."""
        _, text = parts(brief)
        paragraphs = text.strip().split("\n\n")

        assert '"' not in text
        for here, following in zip(paragraphs, [*paragraphs[1:], ""], strict=True):
            depth = 0
            for mark in re.findall(r"[“”]", here):
                depth += 1 if mark == "“" else -1
                assert depth in {0, 1}, here
            assert depth == 0 or following.startswith("“"), here

    def test_each_paragraph_is_one_line(self, brief: Path) -> None:
        """Paragraphs are not wrapped: a quotation holds no line break of ours."""
        _, text = parts(brief)

        assert all("\n" not in paragraph for paragraph in text.strip().split("\n\n"))


def test_titles_and_sources_are_told_apart() -> None:
    """No two briefs have one title, and no two sum up one source."""
    fronts = [parts(brief)[0] for brief in BRIEFS]

    for field in ("title", "summary_of"):
        assert len({str(front[field]) for front in fronts}) == len(fronts)


def test_bridge_is_there_whole_and_clipped() -> None:
    """The words on the bridge stand in two briefs, so that merging sources has something to merge."""
    texts = [parts(brief)[1] for brief in BRIEFS]

    assert sum("“building the bridge”" in text for text in texts) == 1
    assert sum("Allies have been working on building the bridge.”" in text for text in texts) == 1
