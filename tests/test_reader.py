"""The reader as a whole: records that hold together for any text."""

from __future__ import annotations

import json
import subprocess
import sys
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval.errors import ModelError
from retrieval.model import Span, quote_id, words_sha256
from retrieval.people import People
from retrieval.reading.parse import check_files, model_folder
from retrieval.reading.reader import LINE, Reader
from tests.reading import document, read, reader

NEWS = (
    "Captain Ahab met the owners in Nantucket on Monday.\n\n"
    "“We sail at dawn,” he said. “All of us.”\n\n"
    "The so-called “fortress cities” are empty. Elinor Dashwood said the accord had been signed.\n"
)
PIECES = st.sampled_from(
    ["“", "”", '"', "'", "‘", "’", "«", "»", "—", "\n", "\n\n", " ", ".", ",", ":", "(", ")", "said", "he said", "Ahab", "Mr Harker", "told",
     "MR. HARKER:", "Q", "According to", "\u00a0", "\u2028", "e\u0301", "😀", "\u202e", "العربية", "\ufffd", "the official", "10:30", "``", "''", "<a>"]
)  # fmt: skip


def test_ids_hashes_and_leads_hold_together() -> None:
    """Every quote's id and hash are those of its words, its confidence is a probability, its lead lies outside it."""
    quotes = read(NEWS)
    assert quotes == tuple(sorted(quotes, key=lambda q: q.extent))
    for quote in quotes:
        assert quote.id == quote_id("doc", NEWS, quote.fragments)
        assert quote.words_sha256 == words_sha256(NEWS, quote.fragments)
        assert 0.0 <= quote.confidence <= 1.0
        assert quote.evidence
        assert quote.lead is None or quote.lead.end <= quote.fragments[0].start


def test_reading_twice_gives_the_same() -> None:
    """Nothing is remembered from one document to the next."""
    first = read(NEWS)
    read("“Another text,” Mina Harker said.")
    assert first == read(NEWS)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.lists(PIECES, max_size=60).map(" ".join), st.text(max_size=120)))
def test_any_text_is_read_without_an_exception_and_with_true_offsets(text: str) -> None:
    """Fragments, cues and mentions lie inside the text and hold words."""
    text = text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")
    for quote in read(text):
        for fragment in quote.fragments:
            assert 0 <= fragment.start < fragment.end <= len(text)
            assert any(c.isalnum() for c in fragment.of(text))
        for span in (quote.cue, quote.mention, quote.lead):
            assert span is None or span.end <= len(text)
    for entry in reader().segments(text):
        assert 0 <= entry["start"] < entry["end"] <= len(text)


def test_words_between_two_apostrophes_are_quoted() -> None:
    """Some archives have no other marks; what is measured on annotated corpora leaves them out, as these do."""
    text = "The captain spoke late.\n\n''I will not turn back for a storm,'' said Elizabeth Bennet, the guest of the ship.\n"
    (quote,) = [q for q in read(text) if q.kind == "direct"]
    assert quote.speaker is not None
    assert (quote.fragments[0].of(text), quote.speaker.name) == (
        "I will not turn back for a storm,",
        "Elizabeth Bennet",
    )
    assert reader().segments(text) == []


def test_a_stricter_reader_tells_nothing_of_a_speaker_below_its_line() -> None:
    """The words stay; without mentions neither the name nor what is written for it is told."""
    text = "“We sail at dawn,” said Captain Ahab.\n"
    (told,) = Reader(People([]), line=1.0).segments(text)
    (silent,) = Reader(People([]), line=1.0, mentions=False).segments(text)
    (sure,) = Reader(People([]), line=0.1, mentions=False).segments(text)
    assert told["speaker"] == "Captain Ahab"
    assert "speaker_resolved" not in told
    assert silent == {key: told[key] for key in ("start", "end", "kind", "cue")}
    assert sure["speaker"] == "Captain Ahab"
    assert "Ahab" in sure["speaker_resolved"]


def test_a_name_on_the_next_line_is_not_cut_from_its_verb() -> None:
    """The words are not given to whoever spoke before."""
    text = (
        "Charles Bingley opened the meeting. “The ball will pay for the bridge,” he told the council. “The militia needs boots,” said\n"
        "Fitzwilliam Darcy, who came late.\n"
    )
    assert [q.speaker.name for q in read(text) if q.speaker] == ["Charles Bingley", "Fitzwilliam Darcy"]


@pytest.mark.parametrize("text", ["", "\n", "One line.", "\ufeff", "“", "”", " \u2028 "], ids=repr)
def test_next_to_nothing_is_no_quote(text: str) -> None:
    """Empty and tiny texts hold nothing, and are no error."""
    assert read(text) == ()


def test_a_flood_of_quotations_ends() -> None:
    """Three hundred thousand marks are read in bounded time."""
    started = time.monotonic()
    read('"a" ' * 150_000)
    assert time.monotonic() - started < 30


def test_offsets_survive_emoji_combining_marks_and_right_to_left_text() -> None:
    """Code points are counted, whatever is drawn."""
    text = "😀😀 e\u0301 العربية: “We sail at dawn,” Ishmael said."
    (quote,) = read(text)
    assert quote.fragments[0].of(text) == "We sail at dawn,"
    assert quote.speaker is not None
    assert quote.speaker.name == "Ishmael"


def test_boilerplate_outside_the_body_is_not_read() -> None:
    """Only the running text of a document is looked at."""
    text = "“We sail at dawn,” Ishmael said.\n“Read more news,” Ahab said.\n"
    whole = document(text)
    part = type(whole)(**{**{f: getattr(whole, f) for f in whole.__slots__}, "body": (Span(0, 32),)})
    assert len(reader().read(whole)) == 2
    assert [q.speaker.name for q in reader().read(part) if q.speaker] == ["Ishmael"]


def test_typos_of_the_source_stay() -> None:
    """Words are copied, never mended."""
    text = "“The failure of Russiaas a pact witha king,” Ishmael said."
    assert read(text)[0].fragments[0].of(text) == "The failure of Russiaas a pact witha king,"


def test_hard_wrapped_quotations_keep_their_line_breaks() -> None:
    """Offsets point into the text as it is."""
    text = (
        "“It was a bright cold morning when the ship left the harbour of\n"
        "Nantucket, and all the crew was silent for the whole of the day,”\n"
        "Jonathan Harker said, and he looked at the sea for a long time.\n\n"
        "Nobody answered him, and the ship went on into the grey of the\nevening without a word.\n"
    )
    (quote,) = (q for q in read(text) if q.kind == "direct")
    assert text[1 : text.index("”")] == quote.fragments[0].of(text)
    assert quote.speaker is not None
    assert quote.speaker.name == "Jonathan Harker"


def test_a_quotation_is_explained_in_amounts_as_an_answer_is() -> None:
    """Is it speech, who may have said it with each feature's amount, who that is, and what decided."""
    text = "Captain Ahab came aboard. “I shall follow the whale,” Ahab said.\n\nOn the stern stood “the Pequod” in white letters.\n"
    told = {e.span.of(text): e.trace for e in reader().explain(document(text))}
    said = told["I shall follow the whale,"]
    assert list(said) == ["speech", "candidates", "speaker", "outcome"]
    assert said["speech"]["probability"] >= said["speech"]["line"]
    assert said["candidates"][0]["speaker"] == "Ahab"
    assert said["candidates"][0]["amounts"]
    assert said["outcome"]["speaker"] == "Ahab"
    scare = told["the Pequod"]
    assert scare["outcome"]["left out"] is True
    assert "below the line" in scare["outcome"]["decided by"]


def test_everything_is_explained_and_what_was_left_out_too() -> None:
    """A sentence for each quotation, kept or not."""
    told = {e.span.of(NEWS): (e.verdict, e.sentence) for e in reader().explain(document(NEWS))}
    assert told["fortress cities"][0] == "left out"
    assert all(sentence for _, sentence in told.values())
    assert any(verdict == "Elinor Dashwood" for verdict, _ in told.values())


def test_the_line_trades_names_for_certainty() -> None:
    """A stricter reader names fewer speakers; the words are kept."""
    text = "Jonathan Harker wrote to Dorian Gray. “The castle is dark,” he said."
    strict = Reader(People([]), line=0.999).read(document(text))
    assert [q.speaker for q in strict] == [None]
    assert 0 < LINE < 1


def test_an_altered_model_file_is_refused(tmp_path) -> None:  # type: ignore[no-untyped-def]
    """A file with another hash is not loaded, and the error says what to do."""
    assert (model_folder() / "ner" / "model").exists()
    (tmp_path / "ner").mkdir()
    (tmp_path / "ner" / "model").write_bytes(b"altered")
    with pytest.raises(ModelError, match="Reinstall"):
        check_files(tmp_path, ["ner/model"])


def test_many_texts_come_out_in_order_as_if_read_one_by_one() -> None:
    """However many processes read, the result is the same."""
    texts = [f"“We sail on day {n},” said Captain Ahab." for n in range(10)]
    code = (
        "import json, sys\nfrom retrieval.reading.many_texts import segments_of\nfrom retrieval.people import People\nfrom retrieval.reading.reader import Reader\n"
        "print(json.dumps(list(segments_of(Reader(People([])), json.load(sys.stdin), workers=2))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=json.dumps(texts), capture_output=True, text=True, check=True
    )
    plain = Reader(People([]))
    assert json.loads(done.stdout) == [plain.segments(text) for text in texts]
