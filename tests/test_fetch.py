"""Documents by address: what is public is fetched once and as it is, everything else is refused with its sentence."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from retrieval.errors import FetchError
from retrieval.taking import fetch
from retrieval.taking.fetch import Door
from retrieval.taking.sniffing import suffix_by_content

PAGE = b"<!doctype html><html><body><article><p>\xe2\x80\x9cQuite so,\xe2\x80\x9d said Mr Darcy.</p></article></body></html>"


class Site(BaseHTTPRequestHandler):
    """A site that redirects, stalls, lies about its types and sends bytes without end."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        route: Callable[[], None] | None = getattr(
            self, "page_" + self.path.strip("/").split("?")[0].split(".")[0].replace("-", "_"), None
        )
        if route is None:
            self.send(b"not here", status=404)
            return
        try:
            route()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def send(self, body: bytes, kind: str = "text/html", status: int = 200, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def page_story(self) -> None:
        self.send(PAGE)

    def page_agent(self) -> None:
        self.send(
            ("“" + self.headers["User-Agent"] + "” said the browser to " + self.headers["Host"]).encode(), "text/plain"
        )

    def page_moved(self) -> None:
        self.send(b"", status=302, Location="/story")

    def page_round(self) -> None:
        self.send(b"", status=302, Location="/round")

    def page_inside(self) -> None:
        self.send(b"", status=302, Location="http://169.254.169.254/latest/meta-data/")

    def page_file(self) -> None:
        self.send(b"", status=302, Location="file:///etc/passwd")

    def page_stall(self) -> None:
        time.sleep(3)
        self.send(PAGE)

    def page_drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000000")
        self.end_headers()
        for _ in range(40):
            self.wfile.write(b"a")
            self.wfile.flush()
            time.sleep(0.1)

    def page_drip_head(self) -> None:
        for _ in range(40):
            self.wfile.write(b"H")
            self.wfile.flush()
            time.sleep(0.1)

    def page_endless(self) -> None:
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for _ in range(1000):
            self.wfile.write(b"10000\r\n" + b"a" * 65_536 + b"\r\n")

    def page_bomb(self) -> None:
        import gzip

        self.send(gzip.compress(b"a" * 50_000_000), "text/plain", **{"Content-Encoding": "gzip"})

    def page_liar(self) -> None:
        self.send(b"%PDF-1.4 really", "text/html")

    def page_honest_liar(self) -> None:
        self.send(PAGE, "application/pdf")

    def page_picture(self) -> None:
        self.send(b"\x89PNG\r\n\x1a\n\0\0\0", "text/html")

    def page_empty(self) -> None:
        self.send(b"")

    def page_closed(self) -> None:
        self.send(b"no", status=403)

    def page_broken(self) -> None:
        self.send(b"no", status=500)

    def page_cut(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "5000")
        self.end_headers()
        self.wfile.write(PAGE)
        self.close_connection = True

    def log_message(self, *values: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The site's address on loopback."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


OPEN = Door(loopback=True, seconds=5.0)


def test_a_page_is_fetched_with_its_address_and_a_name(site: str) -> None:
    """The bytes are as they were sent."""
    fetched = fetch.fetch(f"{site}/story.html?x=1#part", OPEN)
    assert fetched.data == PAGE
    assert fetched.name == "story.html"


def test_redirects_are_followed_to_the_address_they_end_at(site: str) -> None:
    """The final address is the document's."""
    fetched = fetch.fetch(f"{site}/moved", OPEN)
    assert fetched.url == f"{site}/story"


def test_the_bot_says_who_it_is(site: str) -> None:
    """An honest user agent, and the host's own name though the connection goes to an address."""
    data = fetch.fetch(f"{site.replace('127.0.0.1', 'localhost')}/agent.txt", OPEN).data.decode()
    assert "nato-quotes" in data
    assert "localhost:" in data


@pytest.mark.parametrize(("page", "name"), [("liar", "liar.pdf"), ("honest-liar", "honest-liar.html")])
def test_the_content_decides_about_the_type(site: str, page: str, name: str) -> None:
    """What the server says about it does not."""
    assert fetch.fetch(f"{site}/{page}", OPEN).name == name


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("round", "redirects more than 5 times"),
        ("inside", "internal address"),
        ("file", "Only addresses that start with http"),
        ("endless", "larger than 10 MB"),
        ("bomb", "packs its pages"),
        ("picture", "no document that can be read"),
        ("empty", "empty page"),
        ("closed", r"does not let the bot in \(403\)"),
        ("broken", r"answered with an error \(500\)"),
        ("nowhere", "no page at that address"),
        ("cut", "could not be reached, or broke off"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_sentence(site: str, page: str, said: str) -> None:
    """One sentence for each reason."""
    with pytest.raises(FetchError, match=said):
        fetch.fetch(f"{site}/{page}", OPEN)


@pytest.mark.parametrize("page", ["stall", "drip", "drip-head"])
def test_a_slow_server_is_given_up_in_time(site: str, page: str) -> None:
    """However it delays, by silence or byte by byte."""
    started = time.monotonic()
    with pytest.raises(FetchError, match=r"took longer than 0\.5 seconds"):
        fetch.fetch(f"{site}/{page}", Door(loopback=True, seconds=0.5))
    assert time.monotonic() - started < 2.5


INTERNAL = [
    "127.0.0.1", "10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.100.100.200", "0.0.0.0", "255.255.255.255",
    "224.0.0.1", "192.0.0.192", "198.18.0.1", "::1", "::", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1",
    "::ffff:169.254.169.254", "2002:7f00:1::", "64:ff9b::a00:1", "::127.0.0.1", "fec0::1", "2001:db8::1",
]  # fmt: skip


@pytest.mark.parametrize("ip", INTERNAL)
def test_internal_addresses_are_refused_after_the_name_is_resolved(ip: str) -> None:
    """Whatever name leads to them, and whatever kind of address wraps them."""
    with pytest.raises(FetchError, match="internal address"):
        fetch.fetch("http://innocent.example/", Door(resolve=lambda host, port: [ip]))


@pytest.mark.parametrize(
    "host", ["localhost", "127.1", "2130706433", "0x7f000001", "[::1]", "[::ffff:7f00:1]", "127.0.0.1.", "0177.0.0.1"]
)
def test_loopback_is_closed_unless_a_setting_opens_it(host: str) -> None:
    """In every way of writing it."""
    with pytest.raises(FetchError, match=r"internal address|no site called|no web address"):
        fetch.fetch(f"http://{host}/")


def test_the_setting_opens_loopback_and_nothing_else() -> None:
    """Private addresses stay closed in tests."""
    with pytest.raises(FetchError, match="internal address"):
        fetch.fetch("http://innocent.example/", Door(loopback=True, resolve=lambda host, port: ["10.0.0.1"]))


def test_one_internal_address_among_public_ones_is_enough_to_refuse() -> None:
    """A name with several addresses is refused whole."""
    with pytest.raises(FetchError, match="internal address"):
        fetch.fetch("http://innocent.example/", Door(resolve=lambda host, port: ["93.184.216.34", "127.0.0.1"]))


def test_a_name_is_resolved_once_and_the_connection_goes_there(site: str) -> None:
    """A name that changes its address between check and connection leads nowhere else."""
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    port = site.rsplit(":", 1)[1]
    fetched = fetch.fetch(f"http://changing.invalid:{port}/story", Door(loopback=True, resolve=rebinding))
    assert fetched.data == PAGE
    assert asked == ["changing.invalid"]
    asked.clear()
    with pytest.raises(FetchError, match="internal address"):
        fetch.fetch(f"http://changing.invalid:{port}/moved", Door(loopback=True, resolve=rebinding))


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("ftp://x.example/a", "Only addresses that start with http"),
        ("file:///etc/passwd", "Only addresses that start with http"),
        ("gopher://x.example", "Only addresses that start with http"),
        ("x.example/page", "Only addresses that start with http"),
        ("http://", "names no site|no web address"),
        ("http://user:secret@x.example/", "user name or a password"),
        ("http://x.example:22/", "Port 22"),
        ("http://x\x00.example/", "no web address|no site called"),
        ("http://nobody.invalid/", "no site called nobody.invalid"),
        ("", "Only addresses that start with http|no web address"),
    ],
)
def test_what_is_no_web_address_is_told(url: str, said: str) -> None:
    """Before anything is connected to."""
    with pytest.raises(FetchError, match=said):
        fetch.fetch(url)


@pytest.mark.parametrize(
    ("data", "path", "suffix"),
    [
        (b"WEBVTT\n\n", "/a", ".vtt"),
        (b"1\n00:00:01,000 --> 00:00:02,000\nHm.", "/a.txt", ".srt"),
        (b"\xef\xbb\xbf<html>", "/a.pdf", ".html"),
        (b"# Ahab\n\nsaid", "/a.md", ".md"),
        (b"Ahab said", "/a", ".txt"),
        (b"From: A\nTo: B\nSubject: C\n\nAhab", "/a.eml", ".eml"),
        ("Ahab".encode("utf-16"), "/a", ".txt"),
        (b"GIF89a\0\0\0", "/a.html", None),
        (b"text,title\n<p>Ahab</p>,No", "/a.csv", ".csv"),
        (b"<!doctype html><html>", "/a.csv", ".html"),
        (b'<?xml version="1.0"?><rss version="2.0"><channel><title>', "/feed", ".xml"),
        (b"From: A\nSubject: B\nMIME-Version: 1.0\n\n<html>", "/a.mhtml", ".mhtml"),
        (b"PK\x03\x04", "/a.zip", ".zip"),
        (b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.text", "/a", ".odt"),
        (b"{\\rtf1 Ahab}", "/a.doc", ".rtf"),
    ],
)
def test_types_are_told_by_their_bytes(data: bytes, path: str, suffix: str | None) -> None:
    """The path helps only where the bytes allow several."""
    assert suffix_by_content(data, path) == suffix
