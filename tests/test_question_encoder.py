"""The encoder of questions: the library's vectors without the library, and never another model's."""

from __future__ import annotations

import dataclasses
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval.embed import SentenceTransformerEmbedder
from retrieval.ingest import Index
from retrieval.question_encoder import FACT, VERSION, EncoderShelf, KeptEncoder, QuestionEncoder, fault_of
from retrieval.storing.changes import Changes
from retrieval.storing.weights import MODEL_FILES, PACKAGED, sha256_of
from retrieval.syncing.encoder_export import export_packaged, keep
from retrieval.syncing.nearest import ActiveEmbedder
from tests.asking import EMBEDDER, NOVELS, reader
from tests.embed_demo import EmbedDemo
from tests.stores import open_demo, write

PROJECT = Path(__file__).resolve().parent.parent
ODD = (
    "", " ", "\n\t", "?", ".", "a", "…", "—", "“”", "\x00", "\ufffd", "\u200b", "\u00ad", "é", "e\u0301", "İ", "ß", "ﬁ",
    "🐋", "🐋 " * 40, "鯨は白い", "кит", "الحوت", "नमस्ते", "[CLS] [SEP] [MASK] [PAD] [UNK]", "<s> </s>", "##ing", "1851", "1,234.56 %",
    "https://example.org/whale?at=dawn#deck", "WHO SAW THE WHALE", "x" * 101, "x" * 5000, "whale " * 254, "whale " * 255,
    "whale " * 256, "whale " * 3000, "Ahab\u00a0said", "  who   saw\r\nit  ", "a\u0300" * 50, "'" * 300, "\u202ewhale\u202c",
)  # fmt: skip


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file, made once for all tests."""
    path = tmp_path_factory.mktemp("encoder") / "made.onnx"
    export_packaged(path)
    return path


@pytest.fixture(scope="module")
def encoder(exported: Path) -> QuestionEncoder:
    return QuestionEncoder(exported.read_bytes())


@pytest.fixture(scope="module")
def library() -> object:
    """The packaged model as its library runs it, in full precision on every machine."""
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(MODEL_FILES.verified()), device="cpu")


@pytest.fixture
def index(tmp_path: Path) -> Index:
    with open_demo(tmp_path / "data", write(tmp_path / "corpus"), embedder=SentenceTransformerEmbedder()) as index:
        index.sync()
        yield index


def copied(exported: Path, path: Path) -> None:
    shutil.copy(exported, path)


def furthest(encoder: QuestionEncoder, library: object, texts: list[str]) -> float:
    """By how much any number of any vector differs."""
    wanted = library.encode(texts, show_progress_bar=False)
    return float(np.abs(encoder.embed(texts) - wanted).max())


def test_vectors_are_the_librarys(encoder: QuestionEncoder, library: object) -> None:
    """For ordinary, long, empty and odd texts each number is within a thousandth of the library's."""
    words = (PROJECT / "tests" / "eval" / "novels").glob("*")
    paragraphs = [p for file in sorted(words) if file.is_file() for p in file.read_text("utf-8").split("\n\n") if p]
    texts = [*ODD, *paragraphs[:200], *("\n".join(paragraphs[n : n + 9]) for n in range(0, 200, 20))]
    assert furthest(encoder, library, texts) < 1e-3


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=400))
def test_any_text_has_the_librarys_vector(encoder: QuestionEncoder, library: object, text: str) -> None:
    """Whatever characters a question holds, its vector is the library's, of length one."""
    assert furthest(encoder, library, [text]) < 1e-3
    assert abs(float(np.linalg.norm(encoder.embed([text])[0])) - 1) < 1e-4


def test_an_index_keeps_its_encoder(index: Index, exported: Path) -> None:
    """Kept once, it is not made again; it is the owner's alone; whatever else of its kind lies there is cleared away."""
    made: list[Path] = []

    def export(path: Path) -> None:
        made.append(path)
        copied(exported, path)

    (index.data / "encoder-0123456789abcdef.onnx").write_bytes(b"of a process that died")
    for _ in range(2):
        keep(index.data, index.catalog, PACKAGED, export=export)
    (kept,) = index.data.glob("encoder-*")
    assert len(made) == 1
    assert kept.stat().st_mode & 0o077 == 0
    assert fault_of(index.data, PACKAGED, index.catalog.facts()[FACT]) is None


def test_a_rebuilt_index_keeps_it_too(index: Index, exported: Path) -> None:
    """An index that is built anew for the same model goes on with the encoder it had."""
    keep(index.data, index.catalog, PACKAGED, export=lambda path: copied(exported, path))
    before = index.catalog.facts()[FACT]
    index.sync(rebuild=True)
    assert index.catalog.facts()[FACT] == before
    assert fault_of(index.data, PACKAGED, before) is None


def test_what_cannot_be_made_leaves_the_index_as_it_is(index: Index) -> None:
    """When the file cannot be made nothing half made stays, and questions are embedded by the library."""

    def fails(path: Path) -> None:
        path.write_bytes(b"half")
        raise OSError("no room on the disk")

    keep(index.data, index.catalog, PACKAGED, export=fails)
    assert list(index.data.glob("encoder-*")) == []
    assert FACT not in index.catalog.facts()
    assert index.embedder.embed(["Who saw the whale?"]).shape == (1, 384)


def test_another_model_has_no_encoder(tmp_path: Path) -> None:
    """Only the packaged model has one; any other runs on its library, and that is no fault."""
    with open_demo(tmp_path / "data", write(tmp_path / "corpus")) as index:
        index.sync()
        before = KeptEncoder(PACKAGED, "0" * 64)
        (index.data / before.name).write_bytes(b"of the model that was used before")
        index.catalog.apply(Changes(facts={FACT: before.fact()}))
        keep(index.data, index.catalog, "demo", export=lambda path: path.write_bytes(b""))
        assert FACT not in index.catalog.facts()
        assert list(index.data.glob("encoder-*")) == []
        assert fault_of(index.data, "demo", None) is None


def test_a_few_texts_go_to_the_encoder_and_many_to_the_library(index: Index, exported: Path) -> None:
    """A question is encoded by the kept file with the vectors of the library; a batch is the library's."""
    keep(index.data, index.catalog, PACKAGED, export=lambda path: copied(exported, path))
    counting = Counting()
    active = ActiveEmbedder(index.catalog, counting)
    one = active.embed(["Who saw the whale?"])
    assert counting.embedded == 0
    active.embed(["Who saw the whale?"] * 9)
    assert counting.embedded == 9
    assert float(one[0] @ EMBEDDER.embed(["Who saw the whale?"])[0]) > 0.99  # which may compute in bfloat16


@pytest.mark.parametrize(
    "harm", ["missing", "cut off", "one byte", "another file", "of another model", "of another version"]
)
def test_a_file_that_is_not_the_one_is_not_used(
    index: Index, exported: Path, harm: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Missing, damaged or of another model: the library embeds, the vectors are right, and status says why it takes longer."""
    keep(index.data, index.catalog, PACKAGED, export=lambda path: copied(exported, path))
    fact = index.catalog.facts()[FACT]
    (kept,) = index.data.glob("encoder-*")
    whole = kept.read_bytes()
    match harm:
        case "missing":
            kept.unlink()
        case "cut off":
            kept.write_bytes(whole[:-1000])
        case "one byte":
            kept.write_bytes(whole[:-5000] + bytes([whole[-5000] ^ 1]) + whole[-4999:])
        case "another file":
            kept.write_bytes(b"not a model")
        case "of another model":
            fact = fact | {"model": "demo"}
        case "of another version":
            fact = fact | {"version": VERSION + 1}
    index.catalog.apply(Changes(facts={FACT: fact}))
    counting = Counting()

    found = ActiveEmbedder(index.catalog, counting).embed(["Who saw the whale?"])

    assert counting.embedded == 1
    assert np.array_equal(found, EMBEDDER.embed(["Who saw the whale?"]))
    assert "run: nato-quote index" in (fault_of(index.data, PACKAGED, fact) or "")
    assert bool(caplog.records) == (not harm.startswith("of"))
    keep(index.data, index.catalog, PACKAGED, export=lambda path: copied(exported, path))
    assert fault_of(index.data, PACKAGED, index.catalog.facts()[FACT]) is None


def test_a_file_with_the_right_hash_that_cannot_be_run(tmp_path: Path) -> None:
    """What is no model, though the index remembers it so, is no encoder, and no error of the question's either."""
    kept = KeptEncoder(PACKAGED, "")
    (tmp_path / "some").write_bytes(b"not a model")
    kept = dataclasses.replace(kept, sha256=sha256_of(tmp_path / "some"))
    (tmp_path / "some").rename(tmp_path / kept.name)
    assert EncoderShelf(tmp_path).encoder_for(PACKAGED, kept.fact()) is None


def test_status_and_doctor_say_so(index: Index, exported: Path) -> None:
    """Where questions have to wait for the library both name the reason and what to run; else they say nothing of it."""
    from retrieval.doctor import question_encoder
    from retrieval.status import read_status

    assert "no encoder" in read_status(index.corpus, index.data)["encoder"]
    told = question_encoder(index.corpus, index.data)
    assert not told.well
    assert "nato-quote index" in told.todo
    keep(index.data, index.catalog, PACKAGED, export=lambda path: copied(exported, path))
    assert read_status(index.corpus, index.data)["encoder"] is None
    assert question_encoder(index.corpus, index.data).well
    (kept,) = index.data.glob("encoder-*")
    kept.write_bytes(b"x")
    assert "damaged" in read_status(index.corpus, index.data)["encoder"]


NOT_TO_ASK = (
    "torch", "transformers", "sentence_transformers", "spacy", "chromadb", "onnx", "onnxscript", "sklearn", "scipy",
    "trafilatura", "slack_bolt", "tiktoken", "retrieval.reading.reader", "retrieval.syncing.reconcile", "retrieval.documents",
)  # fmt: skip


@pytest.mark.parametrize(
    "command",
    [
        ["ask", "what did Captain Ahab say about the whale?"],
        ["ask", "who spoke about the bridge?"],
        ["check", "“the bridge was mended”, said Elizabeth Bennet"],
        ["timeline", "Elizabeth Bennet"],
        ["speakers"],
    ],
    ids=lambda command: command[0],
)
def test_asking_imports_no_library_that_indexes(novels: Path, command: list[str]) -> None:
    """Asked of an index that is there, the program imports none of what makes one."""
    program = (
        "import sys\n"
        "from bot.shell.cli import main\n"
        f"sys.argv = ['nato-quote', '--corpus', {str(NOVELS)!r}, '--data', {str(novels)!r}, *{command!r}]\n"
        "try:\n    main()\nexcept SystemExit as end:\n    code = end.code\n"
        f"print([name for name in {NOT_TO_ASK!r} if name in sys.modules], code in (0, 3), file=sys.stderr)\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, cwd=PROJECT)

    assert ran.stdout.strip()
    assert ran.stderr.strip().splitlines()[-1] == "[] True"


@pytest.fixture(scope="module")
def novels(tmp_path_factory: pytest.TempPathFactory, exported: Path) -> Path:
    """A data folder with the novels' index and its encoder, as `nato-quote index` leaves it."""
    from retrieval.ingest import open_index

    data = tmp_path_factory.mktemp("novels")

    def kept(folder: Path, catalog: object, model: str) -> None:
        keep(folder, catalog, model, export=lambda path: copied(exported, path))

    with open_index(data, NOVELS, embedder=EMBEDDER, make_reader=lambda _: reader(), keep_encoder=kept) as index:
        index.sync()
    return data


class Counting(EmbedDemo):
    """The packaged model, which counts what it is asked for."""

    def __init__(self) -> None:
        super().__init__(PACKAGED, 384)

    def embed(self, texts: list[str]) -> np.ndarray:
        self.embedded += len(texts)
        return EMBEDDER.embed(texts)
