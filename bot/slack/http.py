"""HTTP mode: signed requests from Slack, and two addresses for whoever watches the service.

Nothing that is not signed is read further than its headers; nothing is read beyond a size; what is malformed is told
so (400 or 401), and never taken for a fault of ours.
"""

from __future__ import annotations

import asyncio
import logging
import re
import socket
import time
from collections.abc import Callable, Mapping, Sequence
from threading import Thread
from typing import TYPE_CHECKING

import structlog

from bot.slack.guarding import MALFORMED
from retrieval.errors import ConfigurationError

if TYPE_CHECKING:
    from slack_bolt import App
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

    from bot.slack.desk import Desk

LONGEST_BODY = 1_000_000  # bytes; Slack's largest payload is a quarter of it
OLDEST_SECONDS = 300  # of a signature
_SIGNATURE, _STAMP = re.compile(r"v0=[0-9a-f]{64}"), re.compile(r"[0-9]{1,12}")
_TAKEN = ("content-type", "x-slack-signature", "x-slack-request-timestamp", "x-slack-retry-num", "x-slack-retry-reason")
log = structlog.get_logger()


class TooLarge(Exception):
    """A body that is longer than any that Slack sends."""


def make_site(app: App, desk: Desk) -> Starlette:
    """The site: `/slack/events` for Slack, `/healthz` (the process lives), `/readyz` (questions are answered)."""
    from starlette.applications import Starlette
    from starlette.concurrency import run_in_threadpool
    from starlette.responses import JSONResponse
    from starlette.routing import Route

    from bot.slack.connections import REQUEST_SECONDS

    signing = desk.settings.slack_signing_secret.get_secret_value() if desk.settings.slack_signing_secret else ""

    async def events(request: Request) -> Response:
        if not may_be_signed(request.headers):
            return refused(401, "not signed")
        try:
            async with asyncio.timeout(REQUEST_SECONDS):
                body = await read(request)
        except TooLarge:
            return refused(413, "too large")
        except TimeoutError:
            return refused(408, "too slow")
        # Bolt works synchronously: in the event loop one slow disk would hold up everybody's ack.
        return await run_in_threadpool(_dispatch, app, signing, request, body)

    async def healthy(_request: Request) -> Response:
        return JSONResponse({"ok": True})

    async def ready(_request: Request) -> Response:
        fit = desk.shelf is not None and desk.pool is not None and desk.pool.running
        return JSONResponse({"ok": fit}, status_code=200 if fit else 503)

    return Starlette(
        routes=[
            Route("/slack/events", events, methods=["POST"]),
            Route("/healthz", healthy),
            Route("/readyz", ready),
        ]
    )


def may_be_signed(headers: Mapping[str, str], now: float | None = None) -> bool:
    """Whether the signature has a signature's form and its day is today's: all that can be said before the body is read."""
    stamp = headers.get("x-slack-request-timestamp", "")
    if not _SIGNATURE.fullmatch(headers.get("x-slack-signature", "")) or not _STAMP.fullmatch(stamp):
        return False
    return abs((time.time() if now is None else now) - int(stamp)) <= OLDEST_SECONDS


async def read(request: Request) -> bytes:
    """The body, counted as it comes whatever its header says. Raises TooLarge, and reads no further then."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LONGEST_BODY:
            raise TooLarge
    return bytes(body)


def refused(status: int, why: str) -> Response:
    """The answer to what is not taken; the connection ends with it, with whatever was still to come."""
    from starlette.responses import JSONResponse

    return JSONResponse({"error": why}, status_code=status, headers={"connection": "close"})


def listen(app: App, desk: Desk) -> Callable[[], None]:
    """Serve the site on HOST and PORT in a thread of its own; gives what stops it."""
    import uvicorn

    from bot.slack.connections import BoundedConnection

    config = uvicorn.Config(
        make_site(app, desk),
        http=BoundedConnection,
        log_level=logging.ERROR,  # what is malformed is the sender's affair, and would fill the log
        access_log=False,
        timeout_graceful_shutdown=3,
        ws="none",
        lifespan="off",
    )
    server, place = uvicorn.Server(config), _bound(desk.settings.host, desk.settings.port)
    thread = Thread(target=server.run, kwargs={"sockets": [place]}, name="http", daemon=True)
    thread.start()

    def stop() -> None:
        server.should_exit = True
        thread.join(5)
        place.close()

    return stop


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    place = socket.socket(family)
    place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        place.bind((host, port))
    except OSError as error:
        place.close()
        raise ConfigurationError(
            f"Cannot listen on {host}:{port} ({error.strerror}). Choose another address with HOST and PORT."
        ) from error
    return place


def _dispatch(app: App, secret: str, request: Request, body: bytes) -> Response:
    """Bolt's answer to a request, once its signature holds; nothing of the body is parsed before."""
    from slack_bolt import BoltRequest
    from slack_bolt.adapter.starlette.handler import to_starlette_response
    from slack_sdk.signature import SignatureVerifier

    text = body.decode("utf-8", "replace")  # a body that is no UTF-8 then fails its signature
    stamp, signature = (request.headers[name] for name in ("x-slack-request-timestamp", "x-slack-signature"))
    if not SignatureVerifier(secret).is_valid(text, stamp, signature):
        return refused(401, "not signed")
    headers: dict[str, str | Sequence[str]] = {
        name: [request.headers[name]] for name in _TAKEN if name in request.headers
    }
    try:
        return to_starlette_response(app.dispatch(BoltRequest(body=text, headers=headers)))
    except MALFORMED as error:
        log.warning("malformed", fault=f"{type(error).__name__}: {error}"[:200])
        return refused(400, "malformed")
    except Exception:
        log.exception("not_taken")
        return refused(503, "not taken; please send it again")
