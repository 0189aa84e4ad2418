"""Fetching: bytes as they were sent, an end in time, and no address that says another host than it leads to."""

from __future__ import annotations

import gzip
import threading
import time
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.messages import kit
from retrieval.display import link
from retrieval.errors import FetchError
from retrieval.formats.metadata import web_address
from retrieval.taking.fetch import Door, fetch

PAGE = b"<!doctype html><html><body><p>\xe2\x80\x9cQuite so,\xe2\x80\x9d said Mr Darcy.</p></body></html>"
OPEN = Door(loopback=True, seconds=5.0)


class Host(BaseHTTPRequestHandler):
    """A host that packs what nobody asked it to, and one that never comes to an end."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        name = self.path.strip("/")
        try:
            if name.startswith("drip"):
                self.drip(head=name == "drip-head")
            else:
                self.packed(name)
        except OSError:
            self.close_connection = True

    def packed(self, encoding: str) -> None:
        body = {"gzip": gzip.compress, "deflate": zlib.compress}.get(encoding, bytes)(PAGE)
        self.send_response(200)
        if encoding != "plain":
            self.send_header("Content-Encoding", encoding)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def drip(self, head: bool) -> None:
        if not head:
            self.send_response(200)
            self.end_headers()
        for _ in range(200):
            self.wfile.write(b"H")
            self.wfile.flush()
            time.sleep(0.05)

    def log_message(self, *values: object) -> None:
        pass


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    """Its address on loopback."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd", "GZIP", "gzip, gzip", "x-unknown"])
def test_an_encoding_that_was_not_asked_for_is_refused(host: str, encoding: str) -> None:
    """Nothing is unpacked, so nothing can unpack to more than it is."""
    with pytest.raises(FetchError, match="packs its pages"):
        fetch(f"{host}/{encoding.replace(' ', '')}", OPEN)


@pytest.mark.parametrize("encoding", ["plain", "identity"])
def test_bytes_are_taken_as_they_were_sent(host: str, encoding: str) -> None:
    """Said to be unpacked or not said at all."""
    assert fetch(f"{host}/{encoding}", OPEN).data == PAGE


@pytest.mark.parametrize("page", ["drip", "drip-head"])
def test_the_deadline_ends_the_thread(host: str, page: str) -> None:
    """Whatever it is waiting for: nothing goes on behind the back of whoever gave up."""
    with pytest.raises(FetchError, match="took longer"):
        fetch(f"{host}/{page}", Door(loopback=True, seconds=0.5))
    until = time.monotonic() + 1.0
    while any(thread.name == "fetch" for thread in threading.enumerate()):
        assert time.monotonic() < until
        time.sleep(0.02)


@pytest.mark.parametrize(
    "address",
    [
        "https://www.nato.int@evil.example/page",
        "https://www.nato.int:443@evil.example",
        "https://@evil.example/",
        "HTTPS://www.nato.int%40x@evil.example/",
        "http://a:b@evil.example?x",
    ],
)
def test_an_address_that_names_a_user_is_none(address: str) -> None:
    """It seems to lead to another host than it does: it is neither fetched nor kept as a source."""
    assert web_address(address) is None
    with pytest.raises(FetchError, match=r"user name or a password|no web address"):
        fetch(address)


def test_an_at_sign_behind_the_host_is_an_ordinary_one() -> None:
    """Paths and queries have them."""
    for address in ("https://x.example/@darcy/1", "https://x.example?q=a@b", "https://x.example/#@"):
        assert web_address(address) == address


def test_an_address_in_capitals_is_an_address(host: str) -> None:
    """It is fetched, kept and linked."""
    loud = host.replace("http://", "HTTP://") + "/plain"
    assert web_address(loud) == loud
    assert fetch(loud, OPEN).data == PAGE
    assert kit.link("HTTPS://X.example/a", "a")["type"] == "link"
    assert link("HTTPS://X.example/a", "Quite so") is not None


@given(st.text(alphabet="htps:/[]@.x%1#?é ", max_size=30))
def test_what_is_taken_for_an_address_can_be_linked(rest: str) -> None:
    """Whatever stands in a document's address, it is linked as it is."""
    address = web_address("https://" + rest)
    if address is not None:
        assert str(link(address, "Quite so")).startswith(address.split("#")[0])
        assert kit.link(address, "a")["url"] == address
