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


def launch(seconds: float = 0.0, **settings: Any) -> subprocess.Popen[bytes]:
    """Start a bot; `seconds` is how long each answer takes to find."""
    arguments = [sys.executable, "-m", "tests.scenarios.child", json.dumps(settings, default=str), str(seconds)]
    return subprocess.Popen(arguments, cwd=ROOT)


def main() -> None:
    """Serve until told to stop."""
    from bot.logs import set_up_logging
    from bot.serve import serve
    from bot.settings import Settings
    from retrieval.model import Answer
    from tests.invented import HandShelf, hit

    seconds = float(sys.argv[2])

    class SlowShelf(HandShelf):
        def ask(self, *args: Any, **more: Any) -> Answer:
            time.sleep(seconds)
            return super().ask(*args, **more)

    @contextmanager
    def open_shelf(_settings: Settings) -> Iterator[Any]:
        yield SlowShelf((hit(),))

    set_up_logging("error")
    serve(Settings(_env_file=None, **json.loads(sys.argv[1])), open_shelf)


if __name__ == "__main__":
    main()
