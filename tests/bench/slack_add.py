"""From a file dropped into Slack to an answer from it, on the shipped corpus: prints the seconds of each step."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests import slack_server  # noqa: E402  # after the path is set: this file is run as a script
from tests.slack_server import SlackServer  # noqa: E402

LETTER = (
    "---\ntitle: A Letter from Hunsford\npublisher: The Kentish Post\npublished: 1812-04-10\n---\n\n"
    "Mrs Charlotte Collins described the parsonage to her friends in Hertfordshire.\n\n"
    "“The chimneys smoke whenever the wind is in the east,” said Charlotte Collins, who has lived there since January.\n"
)


def main() -> None:
    """Drop the file, keep it, ask about it."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "corpus", Path(folder) / "corpus")
        slack = SlackServer(users={"U9": {"is_admin": True}})
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "serve"],
            cwd=ROOT,
            env={
                **os.environ,
                "SLACK_API_URL": slack.url,
                "SLACK_BOT_TOKEN": slack_server.BOT_TOKEN,
                "SLACK_APP_TOKEN": slack_server.APP_TOKEN,
                "CORPUS_DIR": str(Path(folder) / "corpus"),
                "DATA_DIR": str(Path(folder) / "data"),
                "LOG_LEVEL": "error",
            },
        )
        slack.wait(lambda: slack.connections, "the bot is connected", 120)
        slack.answer_to(slack.mention("what did Rutte say about the bridge?"), 180)
        slack.add_file("F1", "letter.md", LETTER.encode())
        began = time.time()
        dropped = slack.direct("", user="U9", subtype="file_share", files=[{"id": "F1"}])
        preview = slack.answer_to(dropped, 60)
        previewed = time.time()
        slack.press(preview, "draft_keep", user="U9")
        slack.wait(lambda: "Kept" in str(preview["blocks"]), "the document is kept", 120)
        kept = time.time()
        answer = slack.answer_to(slack.mention("what did Charlotte Collins say about the chimneys?"), 60)
        answered = time.time()
        right = "The chimneys smoke" in str(answer["blocks"])
        print(
            f"file dropped to preview {previewed - began:.1f} s, Keep to indexed {kept - previewed:.1f} s,"
            f" question to answer {answered - kept:.2f} s; in all {answered - began:.1f} s"
        )
        process.terminate()
        process.wait(15)
        slack.close()
        if not right:
            sys.exit("the answer did not come from the added document")


if __name__ == "__main__":
    main()
