"""sync: the index ends up equal to the corpus."""

from __future__ import annotations

from pathlib import Path

import pytest

from retrieval.asking.answer import QuoteFinder
from retrieval.errors import ConfigurationError, ForeignIndex
from retrieval.model import ADMIN, EVERYBODY, Document, Quote
from retrieval.people import load_people
from retrieval.syncing.reconcile import Progress
from retrieval.taking.limits import FILE_BYTES
from tests.embed_demo import EmbedDemo, ReadDemo
from tests.stores import SAYINGS, contents, open_demo, saying, write


def test_first_index_takes_every_document(tmp_path: Path) -> None:
    """A first sync takes all files, and the words can be found by vector, by full text and by speaker."""
    with open_demo(tmp_path / "data", write(tmp_path / "corpus")) as index:
        report = index.sync()
        assert sorted(SAYINGS) == sorted(report.added)
        assert (report.documents, report.quotes) == (3, 3)
        (found,) = index.catalog.quotes_by(["captain-ahab"], EVERYBODY)
        document = index.catalog.document(found.document_id)
        assert document is not None
        assert found.fragments[0].of(document.text) == "I shall follow the white whale around the world"
        (window, _), *_ = index.catalog.search(["whale"], EVERYBODY)
        assert found.id in {index.catalog.windows([window])[window].owner, found.id}
        nearest = index.vectors.query(index.embedder.embed(["the white whale around the world"])[0], 3, EVERYBODY)
        assert "whale" in index.catalog.windows([nearest[0][0]])[nearest[0][0]].text


def test_second_sync_does_nothing(tmp_path: Path) -> None:
    """Run again on the same corpus, a sync reads nothing, embeds nothing and changes nothing."""
    embedder = EmbedDemo()
    with open_demo(tmp_path / "data", write(tmp_path / "corpus"), embedder=embedder) as index:
        index.sync()
        before, embedded, generation = contents(index), embedder.embedded, index.catalog.generation()
        report = index.sync()
        assert report.added + report.replaced + report.removed + report.renamed == ()
        assert report.unchanged == 3
        assert (embedded, generation) == (embedder.embedded, index.catalog.generation())
        assert before == contents(index)


def test_changed_and_removed_files(tmp_path: Path) -> None:
    """A changed file is replaced and a deleted one is gone, from catalog, full text and vectors, as in a clean build."""
    corpus = write(tmp_path / "corpus")
    with open_demo(tmp_path / "data", corpus) as index:
        index.sync()
        write(corpus, {"whale.txt": SAYINGS["whale.txt"].replace("white", "pale")})
        (corpus / "pemberley.txt").unlink()
        report = index.sync()
        assert (report.replaced, report.removed) == (("whale.txt",), ("pemberley.txt",))
        assert index.catalog.search(["Pemberley"], ADMIN) == ()
        with open_demo(tmp_path / "clean", corpus) as clean:
            clean.sync()
            assert contents(clean) == contents(index)


def test_renamed_file_keeps_its_id(tmp_path: Path) -> None:
    """A renamed file keeps its document id and its quotes' ids, and nothing is read or embedded again."""
    corpus, embedder = write(tmp_path / "corpus"), EmbedDemo()
    with open_demo(tmp_path / "data", corpus, embedder=embedder) as index:
        index.sync()
        before = {d.path: d.id for d in index.catalog.documents(ADMIN)}
        embedded = embedder.embedded
        (corpus / "sea").mkdir()
        (corpus / "whale.txt").rename(corpus / "sea" / "moby.txt")
        report = index.sync()
        assert report.renamed == ("sea/moby.txt",)
        after = {d.path: d.id for d in index.catalog.documents(ADMIN)}
        assert before["whale.txt"] == after["sea/moby.txt"]
        assert embedded == embedder.embedded
        # A new file under the old name is another document.
        write(corpus, {"whale.txt": SAYINGS["baker.md"].replace("dog", "cat")})
        index.sync()
        ids = [d.id for d in index.catalog.documents(ADMIN)]
        assert len(ids) == len(set(ids)) == 4


def test_broken_file_is_reported(tmp_path: Path) -> None:
    """A file that cannot be read is named with its reason, and the others go in; mended, it goes in too."""
    corpus = write(tmp_path / "corpus")
    write(corpus, {"broken.txt": "“Well”, said Jane Eyre.", "broken.txt.meta.toml": "title = no quotation marks"})
    with open_demo(tmp_path / "data", corpus) as index:
        report = index.sync()
        assert [f.path for f in report.failed] == ["broken.txt"]
        assert report.documents == 3
        assert [f.path for f in index.sync().failed] == ["broken.txt"]
        write(corpus, {"broken.txt.meta.toml": 'title = "A letter"'})
        report = index.sync()
        assert (report.failed, report.documents) == ((), 4)


def test_reader_that_fails_on_one_file(tmp_path: Path) -> None:
    """When the quote engine itself fails on a text, that file is reported and the others go in."""

    class Stumbles(ReadDemo):
        def read(self, document: Document) -> tuple[Quote, ...]:
            if "whale" in document.text:
                raise RuntimeError("too deep")
            return super().read(document)

    with open_demo(tmp_path / "data", write(tmp_path / "corpus"), make_reader=lambda _: Stumbles()) as index:
        report = index.sync()
        assert [(f.path, "RuntimeError: too deep" in f.error) for f in report.failed] == [("whale.txt", True)]
        assert report.documents == 2


def test_other_pipeline_rebuilds(tmp_path: Path) -> None:
    """Another pipeline version is noticed: all is read again, beside the old index, and vectors of the same words are kept."""
    corpus, embedder = write(tmp_path / "corpus"), EmbedDemo()
    with open_demo(tmp_path / "data", corpus, embedder=embedder) as index:
        index.sync()
        collection, embedded = index.catalog.facts()["collection"], embedder.embedded
    with open_demo(tmp_path / "data", corpus, embedder=embedder, pipeline=lambda _: "2") as index:
        assert index.outdated
        assert len(index.sync().added) == 3
        assert not index.outdated
        assert collection != index.catalog.facts()["collection"]
        assert embedded == embedder.embedded
        assert index.vectors.chroma is not None
        assert (index.catalog.facts()["collection"],) == index.vectors.chroma.names()
        assert [p.name for p in (tmp_path / "data").glob("index*.sqlite")] == ["index.sqlite"]
        with open_demo(tmp_path / "clean", corpus, pipeline=lambda _: "2") as clean:
            clean.sync()
            assert contents(clean) == contents(index)


def test_other_model_rebuilds(tmp_path: Path) -> None:
    """Another model is noticed, and until the new index is complete questions go to the old one with the old model."""
    corpus = write(tmp_path / "corpus")
    with open_demo(tmp_path / "data", corpus) as index:
        index.sync()
    with open_demo(tmp_path / "data", corpus, embedder=EmbedDemo("other", 32)) as index:
        index.sync()
        assert index.catalog.status().model == "other"
        assert len(index.embedder.embed(["whale"])[0]) == 32
        assert index.vectors.query(index.embedder.embed(["whale"])[0], 2, EVERYBODY)


def test_model_that_is_gone(tmp_path: Path) -> None:
    """An index whose model can no longer be loaded says that it cannot answer; it is made anew with the new one."""
    corpus = write(tmp_path / "corpus")
    gone = EmbedDemo(str(tmp_path / "gone"))
    with open_demo(tmp_path / "data", corpus, embedder=gone) as index:
        index.sync()
        assert index.answers()
    with open_demo(tmp_path / "data", corpus, embedder=EmbedDemo("other", 32)) as index:
        assert not index.answers()
        index.sync()
        assert index.answers()


def test_foreign_corpus_is_refused(tmp_path: Path) -> None:
    """A data folder that belongs to one corpus refuses another, and says what to do."""
    with open_demo(tmp_path / "data", write(tmp_path / "corpus")) as index:
        index.sync()
    with pytest.raises(ForeignIndex, match="--data"):
        open_demo(tmp_path / "data", write(tmp_path / "elsewhere"))


def test_missing_corpus_is_told(tmp_path: Path) -> None:
    """A corpus folder that is not there is an error, and never an empty corpus that would empty the index."""
    with (
        open_demo(tmp_path / "data", tmp_path / "nowhere") as index,
        pytest.raises(ConfigurationError, match="nowhere"),
    ):
        index.sync()


def test_reader_without_the_folder(tmp_path: Path) -> None:
    """A process that does not own the folder finds the same windows from the catalog's copy of the vectors."""
    corpus = write(tmp_path / "corpus")
    with open_demo(tmp_path / "data", corpus) as owner, open_demo(tmp_path / "data", corpus) as other:
        owner.sync()
        vector = owner.embedder.embed(["a dog in the night"])[0]
        one, two = owner.vectors.query(vector, 5, EVERYBODY), other.vectors.query(vector, 5, EVERYBODY)
        assert [i for i, _ in one] == [i for i, _ in two]
        assert [round(c, 4) for _, c in one] == [round(c, 4) for _, c in two]


def test_near_identical_documents_are_answered_once(tmp_path: Path) -> None:
    """Of two near-identical documents one stands for both, and a question gets their statement once, with both sources."""
    story = "“The schooner will sail with the morning tide on Sunday”, said Captain Ahab. " + " ".join(
        f"Paragraph {n} of the report tells of barrel {n * 3} and of rope {n * 7}." for n in range(40)
    )
    texts = {
        "gazette.md": f"---\ntitle: Sailing\npublisher: Gazette\nsource_url: https://example.org/a\n---\n{story}\n",
        "copy.txt": f"Sailing\n\n{story.replace('rope 7.', 'ropes 7.')}\n",
    }
    with open_demo(tmp_path / "data", write(tmp_path / "corpus", {**SAYINGS, **texts})) as index:
        index.sync()
        ids = {d.path: d.id for d in index.catalog.documents(ADMIN)}
        assert index.catalog.duplicates(list(ids.values())) == {ids["copy.txt"]: ids["gazette.md"]}
        finder = QuoteFinder(index.catalog, index.vectors, index.embedder, load_people())
        answer = finder.ask("What did Captain Ahab say about the schooner?", EVERYBODY)
        (hit,) = (h for h in answer.quotes if "schooner" in h.text)
        assert {hit.document.path, *(source.document.path for source in hit.also_in)} == {"copy.txt", "gazette.md"}
        assert hit.document.path == "gazette.md"


def test_first_index_that_was_begun_by_another_version(tmp_path: Path) -> None:
    """What a first index that never ended has taken with an older pipeline is read again by a newer one."""
    corpus = write(tmp_path / "corpus", {f"{n}.txt": saying(n) for n in range(70)})
    with open_demo(tmp_path / "data", corpus) as index:
        seen: list[Progress] = []
        index.sync(seen.append, stop=lambda: bool(seen) and seen[-1].done >= 64)
        assert not index.built
        assert index.catalog.counts(ADMIN).documents == 64
    with open_demo(tmp_path / "data", corpus, pipeline=lambda _: "2") as index:
        assert len(index.sync().added) == 70
        with open_demo(tmp_path / "clean", corpus, pipeline=lambda _: "2") as clean:
            clean.sync()
            assert contents(clean) == contents(index)


def test_progress_never_goes_back(tmp_path: Path) -> None:
    """Reading counts, putting in counts, and what is told of an index grows until it is all there."""
    corpus = write(tmp_path / "corpus", {f"{n}.txt": saying(n) for n in range(70)})
    with open_demo(tmp_path / "data", corpus) as index:
        seen: list[Progress] = []
        index.sync(seen.append)
    done = [progress.done for progress in seen]
    assert done == sorted(done)
    assert (done[0], done[-1]) == (0, 70)
    assert len(set(done)) > 20


def test_a_file_that_cannot_be_opened_is_no_change(tmp_path: Path) -> None:
    """A file too large to be read is told with every sync, and counts as a change only when it comes and when it goes."""
    corpus = write(tmp_path / "corpus")
    (corpus / "huge.txt").write_bytes(b"x" * (FILE_BYTES + 1))
    with open_demo(tmp_path / "data", corpus) as index:
        assert [f.path for f in index.sync().failed] == ["huge.txt"]
        before = index.catalog.generation()
        again = index.sync()
        assert ([f.path for f in again.failed], again.removed, index.catalog.generation()) == (["huge.txt"], (), before)
        write(corpus, {"huge.txt": "“We sail at noon”, said Jane Eyre."})
        assert (index.sync().failed, index.catalog.counts(ADMIN).documents) == ((), 4)
        (corpus / "huge.txt").write_bytes(b"x" * (FILE_BYTES + 1))
        assert index.sync().documents == 3
        (corpus / "huge.txt").unlink()
        assert (index.sync().removed, index.sync().removed) == (("huge.txt",), ())
