"""A bot in a process of its own, to be killed: `python -m tests.scenarios.child SETTINGS_AS_JSON SECONDS_PER_ANSWER`."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def launch(
    seconds: float = 0.0, *, library: bool = False, follows: bool = False, **settings: Any
) -> subprocess.Popen[bytes]:
    """Start a bot; `seconds` is how long each answer takes to find, or with a library of documents each new text to index.

    One that `follows` has a library that is kept at the state of the corpus folder.
    """
    kind = "followed" if follows else "library" if library else "hand"
    arguments = [sys.executable, "-m", "tests.scenarios.child", json.dumps(settings, default=str), str(seconds), kind]
    return subprocess.Popen(arguments, cwd=ROOT)


def main() -> None:
    """Serve until told to stop."""
    from bot.logs import set_up_logging
    from bot.settings import Settings
    from bot.slack.serve import serve

    set_up_logging("error")
    settings = Settings(_env_file=None, **json.loads(sys.argv[1]))
    open_shelf = {"library": of_a_library, "followed": followed}.get(sys.argv[3], by_hand)
    serve(settings, lambda known: open_shelf(known, float(sys.argv[2])))


@contextmanager
def by_hand(_settings: Any, seconds: float) -> Iterator[Any]:
    """A shelf of one quote whose answers take their time."""
    from retrieval.model import Answer
    from tests.invented import HandShelf, hit

    class SlowShelf(HandShelf):
        def ask(self, *args: Any, **more: Any) -> Answer:
            time.sleep(seconds)
            return super().ask(*args, **more)

    yield SlowShelf((hit(),))


@contextmanager
def of_a_library(settings: Any, seconds: float) -> Iterator[Any]:
    """The corpus folder, indexed; every text that is indexed from then on takes its time."""
    from bot.library import Library
    from retrieval.asking.answer import QuoteFinder
    from retrieval.people import load_people
    from tests.embed_demo import EmbedDemo
    from tests.stores import open_demo

    class SlowEmbed(EmbedDemo):
        slow = False

        def embed(self, texts: Any) -> Any:
            time.sleep(seconds if self.slow and len(texts) != 1 else 0)  # a single text is a question
            return super().embed(texts)

    embedder = SlowEmbed()
    with open_demo(settings.data_dir, settings.corpus_dir, embedder=embedder) as index:
        index.sync()
        embedder.slow = True
        yield Library(index, QuoteFinder(index.catalog, index.vectors, index.embedder, load_people()))


@contextmanager
def followed(settings: Any, seconds: float) -> Iterator[Any]:
    """The corpus folder, indexed and followed as the bot follows it."""
    from bot.following import following

    with of_a_library(settings, seconds) as shelf, following(shelf.index, settings, lambda _: None):
        yield shelf


if __name__ == "__main__":
    main()
