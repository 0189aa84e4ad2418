"""`nato-quote serve`: connect to Slack, work off the inbox, stop when told to."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import Event, Thread, Timer, current_thread, main_thread

import structlog

from bot.library import Library
from bot.settings import Settings, load_settings, secret
from bot.slack.admins import Admins
from bot.slack.announcing import announcer
from bot.slack.client import Later, Refused, Slack, TokenRefused
from bot.slack.desk import Desk, Me
from bot.slack.inbox import Inbox
from bot.slack.members import Members
from bot.slack.posting import work
from bot.slack.socket import WHERE, unreachable
from bot.slack.watching import keep_watching
from bot.slack.worker import Workers
from retrieval.errors import ConfigurationError
from retrieval.records import Records

STOP_SECONDS = 7.0  # for what is running; with what else there is to close it stays below ten
END_SECONDS = 9.3
TRIES = 4
SWEEP_SECONDS = 600.0
log = structlog.get_logger()

OpenShelf = Callable[[Settings], AbstractContextManager[Library]]


def serve(settings: Settings, open_shelf: OpenShelf | None = None, stop: Event | None = None) -> None:
    """Run until SIGTERM, SIGINT or `stop`. Raises ConfigurationError, in plain words, when it cannot start."""
    if open_shelf is None:
        open_shelf = _open_shelf
    check_tokens(settings)
    stop = stop or Event()
    _stop_on_signals(stop)
    slack = Slack(settings.slack_api_url, secret(settings.slack_bot_token), fresh_token=_token_now(settings))
    me = who_am_i(slack)
    records = Records(settings.data_dir / "records.sqlite")
    inbox = Inbox(records, settings.data_dir / "seats")
    admins = Admins(Members(slack, me.team), records, frozenset(settings.admin_users))
    desk = Desk(settings, slack, me, records, inbox, admins)
    finished = False
    try:
        finished = _run(desk, open_shelf, stop)
    finally:
        # What was still running keeps the seat: the process ends in a moment, and its hold on the event with it.
        if finished or desk.pool is None:
            desk.inbox.leave()
            records.close()


def _run(desk: Desk, open_shelf: OpenShelf, stop: Event) -> bool:
    # Slack first: while the index is being opened, questions are taken in and wait.
    disconnect = connect(desk)
    try:
        with open_shelf(desk.settings) as shelf:
            desk.shelf = shelf
            desk.pool = Workers(desk.inbox, lambda event: work(desk, event), desk.settings.workers)
            desk.pool.start()
            Thread(target=_forget_old_questions, args=(desk, stop), daemon=True, name="forgetting").start()
            Thread(target=keep_watching, args=(desk, shelf, stop), daemon=True, name="watching").start()
            log.warning("ready", user=desk.me.user, mode=desk.settings.slack_mode, workers=desk.settings.workers)
            stop.wait()
            log.warning("stopping")
            return _stop(desk, desk.pool, disconnect)
    finally:
        if desk.pool is None:
            _aside(disconnect).join(1.5)


def _stop(desk: Desk, pool: Workers, disconnect: Callable[[], None]) -> bool:
    """Let nothing more in and finish what runs, side by side; False when something was still running."""
    closing = _aside(disconnect)
    desk.errands.shutdown(wait=False, cancel_futures=True)
    finished = pool.stop(STOP_SECONDS)
    if not finished:
        log.warning("left_unfinished", note="it is worked off after the next start")
    closing.join(1.5)
    return finished


def _aside(work: Callable[[], None]) -> Thread:
    """A thread that does `work`, and that nothing waits for at the end."""
    thread = Thread(target=work, daemon=True, name="aside")
    thread.start()
    return thread


def _end_in_time() -> None:
    """End the process though something hangs. What is unfinished is in the inbox, and the corpus is the record.

    A thread ends it in good order; where no thread runs any more, since the interpreter is closing, the system does.
    """
    timer = Timer(END_SECONDS, os._exit, (0,))
    timer.daemon = True
    timer.start()
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, END_SECONDS + 0.3)


def connect(desk: Desk) -> Callable[[], None]:
    """Let Slack's events in, by Socket Mode or HTTP; gives what closes the connection."""
    from bot.slack.app import make_app

    app = make_app(desk)
    if desk.settings.slack_mode == "http":
        from bot.slack.http import listen

        return listen(app, desk)
    from bot.slack.socket import connect_socket

    return connect_socket(app, desk.slack, secret(desk.settings.slack_app_token))


def check_tokens(settings: Settings) -> None:
    """Raise ConfigurationError naming every token that is missing or plainly another one."""
    wanted = {"SLACK_BOT_TOKEN": (settings.slack_bot_token, "xoxb-", "the bot token, under OAuth & Permissions")}
    if settings.slack_mode == "socket":
        wanted["SLACK_APP_TOKEN"] = (
            settings.slack_app_token,
            "xapp-",
            "the app-level token with the scope connections:write, under Basic Information",
        )
    else:
        wanted["SLACK_SIGNING_SECRET"] = (settings.slack_signing_secret, "", "under Basic Information")
    faults: list[str] = []
    for name, (value, prefix, where) in wanted.items():
        given = secret(value)
        if not given:
            faults.append(f"{name} is missing: {where} of your app at https://api.slack.com/apps")
        elif not given.startswith((prefix, f"xoxe.{prefix}")):
            faults.append(f"{name} should begin with {prefix}: {where} of your app at https://api.slack.com/apps")
    if faults:
        raise ConfigurationError(f"{'. '.join(faults)}. Put it into .env or the environment. {WHERE}")


def who_am_i(slack: Slack) -> Me:
    """What Slack knows the token as. Raises ConfigurationError when it does not, or cannot be reached."""
    for attempt in range(TRIES):
        try:
            found = slack.call("auth.test")
            return Me(found["user_id"], found.get("bot_id", ""), found.get("team_id", ""), found.get("url", ""))
        except (TokenRefused, Refused) as error:
            raise ConfigurationError(
                f"Slack does not take SLACK_BOT_TOKEN ({error.code}). It is the token that begins with xoxb-, under"
                f" OAuth & Permissions of your app at https://api.slack.com/apps, after installing it. {WHERE}"
            ) from error
        except Later as later:
            if attempt == TRIES - 1:
                raise ConfigurationError(unreachable(slack.base_url, later)) from later
            time.sleep(min(later.seconds or 2**attempt, 30))
    raise AssertionError("the loop returns or raises")


def _open_shelf(settings: Settings) -> AbstractContextManager[Library]:
    from bot.wiring import open_shelf

    return open_shelf(settings, announcer(settings))


def _token_now(settings: Settings) -> Callable[[], str | None]:
    """Reads the bot token again, for when Slack refuses the one in use: it may have been rotated meanwhile."""

    def read() -> str | None:
        try:
            return secret(load_settings(settings.corpus_dir, settings.data_dir).slack_bot_token) or None
        except ConfigurationError as error:
            log.warning("settings_unreadable", error=str(error))
            return None

    return read


def _stop_on_signals(stop: Event) -> None:
    if current_thread() is not main_thread():
        return

    def told(*_: object) -> None:
        if not stop.is_set():
            _end_in_time()
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, told)


def _forget_old_questions(desk: Desk, stop: Event) -> None:
    while True:
        try:
            desk.records.forget_questions(desk.settings.keep_questions_days)
        except Exception:  # a locked or full disk: the next round tries again
            log.exception("not_forgotten")
        if stop.wait(SWEEP_SECONDS):
            return
