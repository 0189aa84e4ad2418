"""A document by its web address: only public addresses, pinned for the connection, within a size and a time.

A name is resolved once; every address it has must be public; the connection goes to that address and to no other, so
that a name that changes its address meanwhile leads nowhere. Each redirect goes through the same door.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from retrieval.errors import FetchError
from retrieval.taking.sniffing import suffix_by_content

if TYPE_CHECKING:
    import httpx

MOST_BYTES = 10_000_000
MOST_SECONDS = 20.0
MOST_REDIRECTS = 5
PORTS = frozenset({80, 443, 8080, 8443})
USER_AGENT = "nato-quotes/0.1 (a quotation bot; fetches single pages that a person asked it to add)"

Resolve = Callable[[str, int], list[str]]
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# public by the letter, but not the internet: protocol assignments (one cloud's metadata service), relays, benchmarks
_SPECIAL = tuple(
    map(
        ipaddress.ip_network,
        ("192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "2001::/23", "2001:db8::/32", "3fff::/20"),
    )
)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address led to: the address after all redirects, the bytes, and a file name by their real type."""

    url: str
    data: bytes = field(repr=False)
    name: str


@dataclass(frozen=True, slots=True)
class Door:
    """What may be reached. `loopback` is for tests; `resolve` gives the addresses of a host name."""

    loopback: bool = False
    seconds: float = MOST_SECONDS
    most_bytes: int = MOST_BYTES
    resolve: Resolve | None = None


class _Line:
    """The sockets of one fetch, to be cut when its time is up, whatever is being waited for on them."""

    def __init__(self) -> None:
        self._sockets: list[Any] = []
        self._cut = False

    def trace(self, event: str, known: Mapping[str, Any]) -> None:
        """What httpcore tells of its steps: of each new connection its socket is kept."""
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            found = known["return_value"].get_extra_info("socket")
            self._sockets.append(found)
            if self._cut:
                self.cut()

    def cut(self) -> None:
        """End whatever is sent or read; what waits for it gets an error and ends too."""
        self._cut = True
        for one in self._sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


def fetch(url: str, door: Door | None = None) -> Fetched:
    """The document at a web address. A FetchError says in one sentence why there is none."""
    door = door or Door()
    results: list[Fetched | BaseException] = []
    line = _Line()

    def work() -> None:
        try:
            results.append(_follow(url, door, time.monotonic() + door.seconds, line))
        except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
            results.append(error)

    # a name server or a server that sends a byte a second must not hold up whoever waits
    thread = threading.Thread(target=work, daemon=True, name="fetch")
    thread.start()
    thread.join(door.seconds + 0.2)
    if not results:
        line.cut()
        raise _too_slow(url, door)
    if isinstance(results[0], BaseException):
        raise results[0]
    return results[0]


def _follow(url: str, door: Door, deadline: float, line: _Line) -> Fetched:
    """Go through redirects, each checked like the first address."""
    import httpx

    address = _parsed(url)
    for _ in range(MOST_REDIRECTS + 1):
        target = _checked(address, door)
        try:
            with _response(address, target, door, deadline, line) as response:
                if response.status_code not in _REDIRECTS or "location" not in response.headers:
                    return _taken(address, response, door, deadline)
                address = _parsed(str(address.join(response.headers["location"])))
        except httpx.TimeoutException as error:
            raise _too_slow(str(address), door) from error
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            raise FetchError(
                f"{address.host} could not be reached, or broke off; check the address and try again."
            ) from error
    raise FetchError(
        f"The address redirects more than {MOST_REDIRECTS} times; open it in a browser and use the one it ends at."
    )


def _parsed(url: str) -> httpx.URL:
    import httpx

    try:
        address, named = httpx.URL(url.strip()), urlsplit(url.strip()).netloc
    except (httpx.InvalidURL, ValueError, UnicodeError) as error:
        raise FetchError("That is no web address; one starts with https:// and holds no spaces.") from error
    if address.scheme not in ("http", "https"):
        raise FetchError("Only addresses that start with http:// or https:// can be added.")
    if not address.host:
        raise FetchError("That address names no site; one looks like https://example.org/page.")
    if address.userinfo or "@" in named:
        raise FetchError("The address holds a user name or a password; leave these out.")
    return address


def _checked(address: httpx.URL, door: Door) -> str:
    """The one IP address to connect to; a FetchError when any address of the host is not public."""
    port = address.port or (443 if address.scheme == "https" else 80)
    if port not in PORTS and not door.loopback:
        raise FetchError(f"Port {port} is not one that web pages are served from; only the usual ones are fetched.")
    try:
        found = (door.resolve or _resolve)(address.host, port)
        parsed = [ipaddress.ip_address(ip.split("%")[0]) for ip in found]
    except (OSError, UnicodeError, ValueError) as error:
        raise FetchError(f"There is no site called {address.host}; check the address.") from error
    if not parsed:
        raise FetchError(f"There is no site called {address.host}; check the address.")
    for ip in parsed:
        if not _public(ip) and not (door.loopback and ip.is_loopback):
            raise FetchError(
                f"{address.host} leads to an internal address, which the bot does not visit; save the page and add the file."
            )
    return str(parsed[0])


def _resolve(host: str, port: int) -> list[str]:
    return list(dict.fromkeys(str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def _public(ip: _Address) -> bool:
    """Whether an address belongs to the public internet, also when it is wrapped in another kind of address."""
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is None and int(ip) >> 32 == 0:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)  # the old ::a.b.c.d
        if inner is not None:
            return _public(inner)
        if ip.is_site_local:
            return False
    if any(ip in network for network in _SPECIAL if network.version == ip.version):
        return False
    return ip.is_global and not (
        ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_loopback or ip.is_link_local
    )


@contextmanager
def _response(address: httpx.URL, ip: str, door: Door, deadline: float, line: _Line) -> Iterator[httpx.Response]:
    """Ask the pinned address for the page; the certificate is still checked against the name."""
    import httpx

    left = deadline - time.monotonic()
    if left <= 0:
        raise _too_slow(str(address), door)
    headers = {
        "host": address.netloc.decode("ascii"),
        "user-agent": USER_AGENT,
        "accept": "text/html,application/xhtml+xml,application/pdf,text/plain;q=0.9,*/*;q=0.5",
        "accept-encoding": "identity",
        "accept-language": "en",
    }
    with httpx.Client(trust_env=False, follow_redirects=False, timeout=min(left, 10.0)) as client:
        request = client.build_request(
            "GET",
            address.copy_with(host=ip, fragment=None),
            headers=headers,
            extensions={"sni_hostname": address.host, "trace": line.trace},
        )
        response = client.send(request, stream=True)
        try:
            yield response
        finally:
            response.close()


def _taken(address: httpx.URL, response: httpx.Response, door: Door, deadline: float) -> Fetched:
    """Read a page's bytes, as many and as long as is allowed."""
    status = response.status_code
    if status in (401, 403, 407, 429, 451):
        raise FetchError(
            f"{address.host} does not let the bot in ({status}); save the page in your browser and add the file."
        )
    if status in (404, 410):
        raise FetchError(f"There is no page at that address ({status}); check it in your browser.")
    if status != 200:
        raise FetchError(
            f"{address.host} answered with an error ({status}); try again later, or save the page and add the file."
        )
    encoding = response.headers.get("content-encoding", "").strip().lower()
    if encoding not in ("", "identity"):  # what unpacks to more than it is, is unpacked by nobody
        raise FetchError(
            f"{address.host} packs its pages ({encoding[:20]}) though it was asked not to; save the page and add the file."
        )
    data = bytearray()
    for piece in response.iter_raw():
        data += piece
        if len(data) > door.most_bytes:
            raise FetchError(
                f"The page is larger than {door.most_bytes // 1_000_000} MB; save it, cut it down, and add the file."
            )
        if time.monotonic() > deadline:
            raise _too_slow(str(address), door)
    if not data.strip():
        raise FetchError(f"{address.host} sent an empty page; open it in a browser and save what you see.")
    suffix = suffix_by_content(bytes(data), address.path)
    if suffix is None:
        declared = response.headers.get("content-type", "").split(";")[0].strip()[:60] or "unknown"
        raise FetchError(f"What stands at that address is no document that can be read (its type: {declared}).")
    return Fetched(str(address), bytes(data), _name(address, suffix))


def _name(address: httpx.URL, suffix: str) -> str:
    """A file name from the last telling part of an address."""
    parts = [part for part in unquote(address.path).split("/") if part and part.lower() not in ("amp", "index.html")]
    stem = (
        re.sub(
            r"\.(?:html?|xhtml|php|aspx?|pdf|docx|odt|rtf|txt|md|srt|vtt|eml|csv|tsv|jsonl|ndjson|zip|xml|rss|atom|mbox|mhtml?)$",
            "",
            parts[-1],
            flags=re.IGNORECASE,
        )
        if parts
        else ""
    )
    return (stem or address.host) + suffix


def _too_slow(url: str, door: Door) -> FetchError:
    return FetchError(
        f"{url[:200]} took longer than {door.seconds:g} seconds; try again later, or save the page and add the file."
    )
