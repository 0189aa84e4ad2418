"""Load on loopback: 200 questions in 10 s from 50 users, as they are, slowed tenfold, and with a SIGKILL in the middle.

Prints the time to the ack and to the answer; fails when a question is lost or answered twice, or an ack takes a second.
"""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests import slack_server  # noqa: E402  # after the path is set: this file is run as a script
from tests.scenarios.child import launch  # noqa: E402
from tests.slack_server import SlackServer  # noqa: E402

QUESTIONS, SECONDS, USERS = 200, 10.0, 50
SLOW = 0.5  # ten times what an answer takes on a busy machine


def main() -> None:
    """Run the three loads."""
    with tempfile.TemporaryDirectory() as folder:
        load("as it is, on the shipped corpus", Path(folder) / "a", real)
        load("answers slowed tenfold", Path(folder) / "b", lambda slack, data: hand(slack, data, SLOW), workers=4)
        load("killed in the middle", Path(folder) / "c", lambda slack, data: hand(slack, data, 0.05), kill=True)


def load(
    name: str, data: Path, start: Callable[[SlackServer, Path], Any], kill: bool = False, workers: int = 4
) -> None:
    """Ask QUESTIONS within SECONDS, wait for every answer, and print how long each took."""
    slack = SlackServer()
    processes = [start(slack, data)]
    slack.wait(lambda: slack.connections, "the bot is connected", 120)
    warm = slack.mention("what did Elizabeth Bennet say?", channel="CWARM")
    slack.answer_to(warm, 180)
    asked: list[tuple[float, str, dict[str, Any]]] = []
    began = time.time()
    for number in range(QUESTIONS):
        time.sleep(max(0.0, began + number * SECONDS / QUESTIONS - time.time()))
        if kill and number == QUESTIONS // 2:
            processes[0].send_signal(signal.SIGKILL)
            processes[0].wait()
            before = slack.connections
            processes.append(start(slack, data))
            slack.wait(lambda before=before: slack.connections > before, "the bot is connected again", 120)
        asked.append((time.time(), *question(slack, number)))
    answers = [answer(slack, kind, one) for _, kind, one in asked]
    time.sleep(2.0)
    report(name, slack, asked, answers)
    for process in processes:
        process.terminate()
        process.wait(15)
    slack.close()


def question(slack: SlackServer, number: int) -> tuple[str, dict[str, Any]]:
    """One question: most in channels, some by direct message, some by command."""
    user = f"U{number % USERS}"
    text = "what did Elizabeth Bennet say?" if number % 2 else "what did Mark Rutte say about the bridge?"
    if number % 5 == 3:
        return "command", slack.command(text, user=user, channel=f"C{number % 7}")
    if number % 5 == 4:
        return "direct", slack.direct(text, user=user)
    return "mention", slack.mention(text, user=user, channel=f"C{number % 7}")


def answer(slack: SlackServer, kind: str, one: dict[str, Any]) -> float:
    """When the answer came."""
    found = slack.response_to(one, 300) if kind == "command" else slack.answer_to(one, 300)
    return float(found["at"])


def report(name: str, slack: SlackServer, asked: list[Any], answers: list[float]) -> None:
    """Print the figures, and fail on a lost or doubled answer or a slow ack."""
    waits = sorted(at - sent for (sent, _, _), at in zip(asked, answers, strict=True))
    acks = sorted(slack.acks[e]["at"] - sent for e, sent in slack.sent.items() if e in slack.acks)
    threads = [one["ts"] for _, kind, one in asked if kind != "command"]
    urls = [one["response_url"] for _, kind, one in asked if kind == "command"]
    counts = [len(slack.posted(thread_ts=ts)) for ts in threads]
    counts += [sum(u == url for u, _ in slack.responses) for url in urls]
    print(
        f"{name}: {len(asked)} questions, {len(acks)} acks, ack p50 {acks[len(acks) // 2] * 1000:.0f} ms,"
        f" p95 {percentile(acks, 95) * 1000:.0f} ms, longest {acks[-1] * 1000:.0f} ms; answer p50"
        f" {statistics.median(waits) * 1000:.0f} ms, p95 {percentile(waits, 95) * 1000:.0f} ms;"
        f" lost {counts.count(0)}, twice {sum(c > 1 for c in counts)}"
    )
    late = [a for a in acks if a > 1.0]
    if set(counts) != {1} or slack.faults:
        sys.exit(f"{name}: a question was lost or answered twice, or a message was refused: {slack.faults}")
    if late and "killed" not in name:
        sys.exit(f"{name}: {len(late)} acks took more than a second")


def percentile(values: list[float], which: int) -> float:
    """The value below which `which` per cent of the sorted values lie."""
    return values[min(len(values) - 1, round(len(values) * which / 100))]


def hand(slack: SlackServer, data: Path, seconds: float) -> subprocess.Popen[bytes]:
    """A bot whose answers take `seconds` to find."""
    return launch(
        seconds,
        slack_api_url=slack.url,
        slack_bot_token=slack_server.BOT_TOKEN,
        slack_app_token=slack_server.APP_TOKEN,
        data_dir=data,
        corpus_dir=data / "corpus",
    )


def real(slack: SlackServer, data: Path) -> subprocess.Popen[bytes]:
    """The bot as it is shipped, on the shipped corpus."""
    environment = {
        **os.environ,
        "SLACK_API_URL": slack.url,
        "SLACK_BOT_TOKEN": slack_server.BOT_TOKEN,
        "SLACK_APP_TOKEN": slack_server.APP_TOKEN,
        "DATA_DIR": str(data),
        "LOG_LEVEL": "error",
        "OMP_NUM_THREADS": "1",
    }
    return subprocess.Popen([sys.executable, "-m", "bot", "serve"], cwd=ROOT, env=environment)


if __name__ == "__main__":
    main()
