"""HTTP connections that are bounded in number, and each in the time it may take to say what it wants.

A connection that has not sent a whole request within the time is closed, be it in the middle of a header or of a body.
Where there are too many, the oldest one that has not said its word gives way, so that idle ones keep nobody out.
"""

from __future__ import annotations

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

MOST_CONNECTIONS = 100
REQUEST_SECONDS = 10.0  # for a whole request, from its first byte
_WHOLE = (h11.DONE, h11.MUST_CLOSE, h11.CLOSED, h11.ERROR)


class BoundedConnection(H11Protocol):
    """One connection. uvicorn makes one for each client."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._since = 0.0
        self._clock: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Take a client in, if there is room or room can be made."""
        self.transport = transport  # the one below wants it even of a connection that is refused
        self._since = self.loop.time()
        if len(self.connections) >= MOST_CONNECTIONS and not self._make_room():
            transport.abort()
            return
        super().connection_made(transport)
        self._begin()

    def data_received(self, data: bytes) -> None:
        """Take in what came, and know whether the request is whole."""
        if self._clock is None:
            self._begin()
        super().data_received(data)
        if self.conn.their_state in _WHOLE:
            self._end()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the client."""
        self._end()
        super().connection_lost(exc)

    def _make_room(self) -> bool:
        """Close the connection that has kept us waiting longest; False when every one is being answered."""
        idle = [c for c in self.connections if isinstance(c, BoundedConnection) and c.waits]
        if not idle:
            return False
        oldest = min(idle, key=lambda connection: connection._since)
        self.connections.discard(oldest)
        oldest.transport.abort()
        return True

    @property
    def waits(self) -> bool:
        """Whether it is the client's turn: nothing that it asked is being answered."""
        return self._clock is not None or self.cycle is None or self.cycle.response_complete

    def _begin(self) -> None:
        self._since = self.loop.time()
        self._clock = self.loop.call_later(REQUEST_SECONDS, self.transport.abort)

    def _end(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None
