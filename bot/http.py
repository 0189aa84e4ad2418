"""HTTP mode: signed requests from Slack, and two addresses for whoever watches the service."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Sequence
from threading import Thread
from typing import TYPE_CHECKING

from retrieval.errors import ConfigurationError

if TYPE_CHECKING:
    from slack_bolt import App
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

    from bot.desk import Desk

LONGEST_BODY = 2_000_000


def make_site(app: App, desk: Desk) -> Starlette:
    """The site: `/slack/events` for Slack, `/healthz` (the process lives), `/readyz` (questions are answered)."""
    from starlette.applications import Starlette
    from starlette.concurrency import run_in_threadpool
    from starlette.responses import JSONResponse
    from starlette.routing import Route

    async def events(request: Request) -> Response:
        if int(request.headers.get("content-length") or 0) > LONGEST_BODY:
            return JSONResponse({"error": "too large"}, status_code=413)
        body = await request.body()
        # Bolt works synchronously: in the event loop one slow disk would hold up everybody's ack.
        return await run_in_threadpool(_dispatch, app, request, body)

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


def listen(app: App, desk: Desk) -> Callable[[], None]:
    """Serve the site on HOST and PORT in a thread of its own; gives what stops it."""
    import uvicorn

    config = uvicorn.Config(
        make_site(app, desk), log_level=logging.WARNING, access_log=False, timeout_graceful_shutdown=3, ws="none"
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


def _dispatch(app: App, request: Request, body: bytes) -> Response:
    from slack_bolt import BoltRequest
    from slack_bolt.adapter.starlette.handler import to_starlette_response

    headers: dict[str, str | Sequence[str]] = {name: [value] for name, value in request.headers.items()}
    text = body.decode("utf-8", "replace")  # a body that is no UTF-8 then fails its signature
    return to_starlette_response(app.dispatch(BoltRequest(body=text, headers=headers)))
