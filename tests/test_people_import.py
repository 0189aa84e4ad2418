"""Persons and offices taken from a CSV or from the JSON of a Wikidata query."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from bot.shell.cli import app
from retrieval.errors import ConfigurationError
from retrieval.people import load_people, people_with
from retrieval.people_file import months_since
from retrieval.people_import import COLUMNS, OfficeHolder, entries_of, toml_of

TODAY = date(2026, 11, 30)
TABLE = """name,aliases,gender,office,of,since,until
Elizabeth Bennet,Lizzy Bennet|E. Bennet,female,Mayor of Meryton,Meryton,2021-05-01,
Elizabeth Bennet,,f,warden,Longbourn Bridge,2018,2021-04
"Fitzwilliam ""Fitz"" Darcy",,m,,,,
"""
ANSWER = {
    "results": {
        "bindings": [
            {
                "personLabel": {"value": "Jane Eyre"},
                "genderLabel": {"value": "female"},
                "officeLabel": {"value": "Minister of Schools of the Thornfield"},
                "ofLabel": {"value": "Thornfield"},
                "since": {"value": "2019-01-15T00:00:00Z"},
                "until": {"value": "2023-06-30T00:00:00Z"},
                "aliases": {"value": "Miss Eyre"},
            },
            {"personLabel": {"value": "Q4711"}, "officeLabel": {"value": "x"}, "ofLabel": {"value": "y"}},
        ]
    }
}


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table_gives_each_person_with_all_offices(tmp_path: Path) -> None:
    """One line is one office; what it belongs to is no part of its title; an open end counts until the file's day."""
    bennet, darcy = entries_of(written(tmp_path / "people.csv", TABLE), TODAY)
    assert bennet.aliases == ["Lizzy Bennet", "E. Bennet"]
    assert bennet.gender == "f"
    assert bennet.roles == ["mayor, Meryton, 2021-05-01..2026-11-30", "warden, Longbourn Bridge, 2018..2021-04"]
    assert darcy.roles == []
    known = people_with(toml_of((bennet, darcy)))
    assert known.role_at("elizabeth-bennet", date(2024, 1, 1)) == "Meryton mayor"
    assert known.role_at("elizabeth-bennet", date(2027, 1, 1)) is None
    assert known.by_name("Lizzy Bennet")[0].id == "elizabeth-bennet"
    assert known.get(darcy.id) is not None


def test_the_answer_of_wikidata_is_read_alike(tmp_path: Path) -> None:
    """With its own names for the columns; an entry without an English name is nobody."""
    (eyre,) = entries_of(written(tmp_path / "query.json", json.dumps(ANSWER)), TODAY)
    assert eyre.roles == ["minister of schools, Thornfield, 2019-01-15..2023-06-30"]
    assert (
        entries_of(written(tmp_path / "rows.json", json.dumps([{"personLabel": "Jane Eyre"}])), TODAY)[0].id
        == "jane-eyre"
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("who,office\nJane Eyre,mayor\n", "its first line names the columns"),
        ("name,office,of,since\nJane Eyre,mayor,Thornfield,spring\n", "Line 2 of f.csv: “spring” is no date"),
        ("name,office\nJane Eyre,mayor\n", "needs to be somebody's office"),
        ("name\n\n", "names nobody"),
        ('{"results": 3}', "is not the JSON of the Wikidata query"),
        ("[3]", "is not the JSON of the Wikidata query"),
    ],
    ids=["columns", "date", "nobody's office", "empty", "other json", "numbers"],
)
def test_what_is_not_understood_is_refused_with_its_line(text: str, told: str, tmp_path: Path) -> None:
    """Nothing is guessed, and nothing is taken by halves."""
    with pytest.raises(ConfigurationError, match=told):
        entries_of(written(tmp_path / "f.csv", text), TODAY)


@settings(deadline=None, max_examples=25)  # each example reads all people
@given(
    st.text(min_size=1, max_size=40).filter(lambda s: any(c.isalpha() and c.isascii() for c in s)), st.text(max_size=30)
)
def test_any_name_makes_a_file_that_can_be_read(name: str, alias: str) -> None:
    """Whatever characters a name holds, the file stays one, and the name comes back as it was."""
    clean = " ".join(name.split())
    aliases = [" ".join(alias.split())] if alias.strip() else []
    known = people_with(toml_of([OfficeHolder(clean, aliases)]))
    found = known.get(OfficeHolder(clean).id)
    assert found is not None
    assert found.name == clean


def test_the_command_adds_to_the_file_and_leaves_who_stands_there(tmp_path: Path) -> None:
    """Comments and people of the file stay; a second import of the same file changes nothing."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    own = written(corpus / "people.toml", '# ours\n[person]\njane-eyre = { name = "Jane Eyre" }\n')
    table = written(tmp_path / "people.csv", TABLE + "Jane Eyre,,f,mayor,Thornfield,2020,\n")
    where = ["--corpus", str(corpus), "--data", str(tmp_path / "data")]
    ran = CliRunner().invoke(app, [*where, "people", "import", str(table), "--known-to", "2026-11-30"])
    assert ran.exit_code == 0, ran.output
    assert "2 people put into" in ran.output
    assert "1 stood there already" in ran.output
    text = own.read_text(encoding="utf-8")
    assert text.startswith("# ours\n")
    known = load_people(own)
    assert known.role_at("elizabeth-bennet", date(2024, 1, 1)) == "Meryton mayor"
    jane = known.get("jane-eyre")
    assert jane is not None
    assert jane.roles == ()
    again = CliRunner().invoke(app, [*where, "people", "import", str(table)])
    assert "0 people put into" in again.output
    assert own.read_text(encoding="utf-8") == text
    listed = CliRunner().invoke(app, [*where, "people"])
    assert "mayor, Meryton, 2021-05-01 to 2026-11-30" in listed.output
    assert "Offices are known up to" in listed.output


def test_a_broken_file_of_people_is_told_with_its_place(tmp_path: Path) -> None:
    """`people` checks the corpus's own file."""
    written(tmp_path / "people.toml", '[person]\njane-eyre = { name = "Jane Eyre", roles = ["mayor"] }\n')
    ran = CliRunner().invoke(app, ["--corpus", str(tmp_path), "--data", str(tmp_path / "data"), "people"])
    assert ran.exit_code != 0
    assert "“mayor” is not a role" in str(ran.exception)


def test_months_are_counted_whole() -> None:
    """Sixteen months from the end of July to the first of December."""
    assert months_since(date(2025, 7, 31), date(2026, 12, 1)) == 16
    assert months_since(date(2026, 12, 1), date(2026, 12, 1)) == 0
    assert len(COLUMNS) == 7
