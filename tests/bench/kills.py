"""SIGKILL at moments that chance picks: nothing may be lost, doubled or stuck afterwards.

    python -m tests.bench.kills [TIMES]

Two halves, TIMES kills each (20). An index of 60 documents, made anew or after all of them have changed, is killed within
the time that it takes, and run to its end by another process. A bot that follows its corpus is killed while it is asked
and files come, and started again. Printed: where the kills fell; exit code 1 when anything differs from a run in peace.
`tests/test_crash.py` kills at every kind of step in place of moments. The embedder is a small one with a pause for each text.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from retrieval.catalog import Catalog
from retrieval.errors import IndexMissing
from retrieval.model import ADMIN
from tests import slack_server
from tests.bench.index_scale import document
from tests.embed_demo import EmbedDemo
from tests.reading_process import NAMES, horse
from tests.slack_server import SlackServer
from tests.stores import contents, open_demo, write
from tests.test_readers import letters

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS, PAUSE = 60, 0.01
SETTLE = 2.0  # seconds in which a second answer would come


class Slow(EmbedDemo):
    """The small embedder, with time to be killed in."""

    def embed(self, texts: Any) -> Any:
        time.sleep(PAUSE * len(texts))
        return super().embed(texts)


def main() -> None:
    if sys.argv[1:2] == ["serve"]:
        serve_until_killed(json.loads(sys.argv[2]))
        return
    import chromadb  # noqa: F401  once, before processes are forked

    times = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    with tempfile.TemporaryDirectory() as folder:
        wrong = kill_indexing(Path(folder) / "index", times) + kill_serving(Path(folder) / "serve", times)
    for fault in wrong:
        print("wrong:", fault)
    raise SystemExit(1 if wrong else 0)


# --- an index


def kill_indexing(folder: Path, times: int) -> list[str]:
    """Half of the kills fall into a first index, half into one after every document has changed."""
    corpus = write(folder / "corpus", reports(0))
    first, took_first = wait_for(fork(lambda: index(folder / "peace", corpus)))
    write(corpus, reports(1))
    later, took_later = wait_for(fork(lambda: index(folder / "peace", corpus)))
    seeded, wrong, fell = random.Random(8), [], Counter[str]()
    for number in range(times):
        changed, data = number % 2 == 1, folder / f"data-{number}"
        write(corpus, reports(0))
        if changed:
            wait_for(fork(lambda data=data: index(data, corpus)))
            write(corpus, reports(1))
        child, told = fork(lambda data=data: index(data, corpus))
        time.sleep(seeded.uniform(0.05, took_later if changed else took_first))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        os.close(told)
        ended = not os.WIFSIGNALED(status)
        fell["after its end" if ended else wait_for(fork(lambda data=data: stage(data)))[0]] += 1
        found, _ = wait_for(fork(lambda data=data: index(data, corpus)))
        if found != (later if changed else first):
            wrong.append(f"index {number}, killed {'with changes' if changed else 'at first'}: {found}")
    print(
        f"{times} kills of an index of {DOCUMENTS} documents: {dict(fell)}; {len(wrong)} differ from one made in peace"
    )
    return wrong


def index(data: Path, corpus: Path) -> str:
    """One sync to its end, and what there is then; a second one must find nothing to do."""
    with open_demo(data, corpus, embedder=Slow()) as opened:
        opened.sync()
        again = opened.sync()
        idle = not (again.added or again.replaced or again.removed or again.failed)
        assert opened.vectors.chroma is not None
        whole = len(opened.vectors.chroma.names()) == 1 and len(list(data.glob("index*.sqlite"))) == 1
        digest = hashlib.sha256(json.dumps(contents(opened), default=repr, sort_keys=True).encode()).hexdigest()
    return f"{digest} idle={idle} whole={whole}"


def stage(data: Path) -> str:
    """How far an index had come."""
    try:
        catalog = Catalog(data / "index.sqlite", create=False)
    except IndexMissing:
        return "before there was a catalog"
    first = {text.strip() for text in reports(0).values()}
    kept = [found.text.strip() in first for found in catalog.documents(ADMIN)]
    catalog.close()
    return f"{sum(kept)} first and {len(kept) - sum(kept)} changed documents kept"


def reports(state: int) -> dict[str, str]:
    """Documents of a dozen windows each, as they are at first and after a change."""
    return {f"{number}.txt": document(number + 10_000 * state)[1] for number in range(DOCUMENTS)}


def fork(work: Callable[[], str]) -> tuple[int, int]:
    """A process that does `work`: its id, and where it tells the result."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        code = 1
        try:
            os.write(writing, work().encode())
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    return child, reading


def wait_for(forked: tuple[int, int]) -> tuple[str, float]:
    """What a process told, and how long it took."""
    began = time.monotonic()
    child, reading = forked
    with os.fdopen(reading) as answer:
        told = answer.read()
    os.waitpid(child, 0)
    return told, time.monotonic() - began


# --- a bot


def kill_serving(folder: Path, times: int) -> list[str]:
    """Each life of the bot is asked three things and sees a file changed; the last one is left to finish."""
    corpus = write(folder / "corpus", letters("runs", DOCUMENTS))
    slack, seeded = SlackServer(), random.Random(9)
    settings = {"slack_api_url": slack.url, "data_dir": str(folder / "data"), "corpus_dir": str(corpus)}
    settings |= {"slack_bot_token": slack_server.BOT_TOKEN, "slack_app_token": slack_server.APP_TOKEN}
    asked: list[dict[str, Any]] = []
    state = dict.fromkeys(range(DOCUMENTS), "runs")
    with contextlib.ExitStack() as stack:
        for life in range(times + 1):
            process = stack.enter_context(bot(slack, settings))
            for _ in range(3):
                number = seeded.randrange(DOCUMENTS)
                text = f"What did {NAMES[number % 5]} say about the horse called {horse(number)}?"
                asked.append(slack.mention(text, channel=f"C{len(asked)}") | {"horse": horse(number)})
            number = seeded.randrange(DOCUMENTS)
            state[number] = "rests" if state[number] == "runs" else "runs"
            write(corpus, {f"{number}.txt": letters(state[number], DOCUMENTS)[f"{number}.txt"]})
            if life < times:
                time.sleep(seeded.uniform(0.0, 2.5))
                process.kill()
                process.wait()
        wrong = answered_once(slack, asked)
        process.terminate()
        if process.wait(20):
            wrong.append(f"the last bot ended with {process.returncode}")
    slack.close()
    kept, _ = wait_for(fork(lambda: index(folder / "data", corpus)))
    peace, _ = wait_for(fork(lambda: index(folder / "peace", corpus)))
    wrong += [f"the bot's index differs: {kept}"] if kept != peace else []
    print(f"{times} kills of a bot: {len(asked)} questions; {len(wrong)} wrong")
    return wrong


def answered_once(slack: SlackServer, asked: list[dict[str, Any]]) -> list[str]:
    """What is wrong with the answers: one that did not come, two to one question, words of something else."""
    wrong = []
    for event in asked:
        try:
            if event["horse"] not in str(slack.answer_to(event, 30)):
                wrong.append(f"other words for {event['text']}")
        except AssertionError:
            wrong.append(f"no answer to {event['text']}")
    time.sleep(SETTLE)
    return wrong + [f"{n} answers to {e['text']}" for e in asked if (n := len(slack.posted(thread_ts=e["ts"]))) > 1]


@contextlib.contextmanager
def bot(slack: SlackServer, settings: dict[str, Any]) -> Iterator[subprocess.Popen[bytes]]:
    """A bot in a process of its own, connected."""
    before = slack.connections
    process = subprocess.Popen([sys.executable, "-m", "tests.bench.kills", "serve", json.dumps(settings)], cwd=ROOT)
    try:
        slack.wait(lambda: slack.connections > before, "the bot is connected", 60)
        yield process
    finally:
        process.kill()
        process.wait()


def serve_until_killed(given: dict[str, Any]) -> None:
    """A bot over the small embedder that owns and follows its corpus, as `nato-quote serve` does."""
    from bot.following import following
    from bot.library import Library
    from bot.logs import set_up_logging
    from bot.settings import Settings
    from bot.slack.announcing import announcer
    from bot.slack.serve import serve
    from retrieval.asking.answer import QuoteFinder
    from retrieval.people import load_people

    set_up_logging("error")
    settings = Settings(_env_file=None, **given)

    @contextlib.contextmanager
    def shelf(_: Settings) -> Iterator[Library]:
        with open_demo(settings.data_dir, settings.corpus_dir, embedder=Slow()) as opened:
            opened.own("serve")
            if not opened.built:
                opened.sync()
            with following(opened, settings, announcer(settings)):
                yield Library(opened, QuoteFinder(opened.catalog, opened.vectors, opened.embedder, load_people()))

    serve(settings, shelf)


if __name__ == "__main__":
    main()
