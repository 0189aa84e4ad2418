"""A burst on loopback: one member asks 2,000 questions at once, a hundred others one each; then 2,000 from everybody.

Prints how long everybody's acks and answers took; fails when a question is lost, or another's answer takes 5 s.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests import slack_server
from tests.scenarios.child import launch
from tests.slack_server import SlackServer

QUESTIONS, OTHERS, SECONDS_EACH, MOST_SECONDS = 2_000, 20, 0.05, 5.0


def main() -> None:
    """Both bursts."""
    burst("one member's burst", lambda number: "UBURST", 2_500)
    burst("everybody at once", lambda number: f"U{number % 200}", 50)


def burst(name: str, who: Any, share: int) -> None:
    """Ask all at once, then as somebody else; wait for every answer."""
    slack = SlackServer()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        process = launch(
            SECONDS_EACH,
            slack_api_url=slack.url,
            slack_bot_token=slack_server.BOT_TOKEN,
            slack_app_token=slack_server.APP_TOKEN,
            data_dir=data,
            corpus_dir=data / "corpus",
            questions_per_user=share,
        )
        slack.wait(lambda: slack.connections, "the bot is connected", 120)
        slack.answer_to(slack.mention("Bennet?", channel="CWARM"), 60)
        began = time.time()
        asked = [slack.mention("Bennet?", channel=f"C{n % 9}", user=who(n)) for n in range(QUESTIONS)]
        waits = []
        for number in range(OTHERS):
            sent = time.time()
            one = slack.mention("Bennet?", channel="COTHER", user=f"UOTHER{number}")
            waits.append(float(slack.answer_to(one, 60)["at"]) - sent)
        slack.wait(lambda: len(slack.posted()) >= QUESTIONS + OTHERS + 1, "every answer", 600)
        told = len([c for c in slack.calls if c.method == "chat.postEphemeral"])
        acks = sorted(slack.acks[e]["at"] - sent for e, sent in slack.sent.items() if e in slack.acks)
        counts = [len(slack.posted(thread_ts=one["ts"])) for one in asked]
        print(
            f"{name}: {QUESTIONS} questions in {time.time() - began:.0f} s, {len(acks)} acks (p50 {acks[len(acks) // 2]:.1f} s, longest"
            f" {acks[-1]:.1f} s), lost {counts.count(0)}, twice {sum(c > 1 for c in counts)}, notes {told};"
            f" others' answers p50 {sorted(waits)[OTHERS // 2]:.2f} s, longest {max(waits):.2f} s"
        )
        process.terminate()
        process.wait(15)
        slack.close()
        if set(counts) != {1} or max(waits) > MOST_SECONDS:
            sys.exit(
                f"{name}: a question was lost or answered twice, or somebody else waited for more than {MOST_SECONDS} s"
            )


if __name__ == "__main__":
    main()
