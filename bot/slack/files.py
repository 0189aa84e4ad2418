"""Files that people drop into Slack, downloaded as Slack wants it. The bot token goes to Slack's file host only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from bot.slack.client import Later, Refused, Slack
from retrieval.errors import DocumentError
from retrieval.taking.limits import check_size

FILE_HOSTS = frozenset({"files.slack.com"})
SECONDS = 60.0
PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True)
class SlackFile:
    """A downloaded file, and the address by which people open it in Slack."""

    name: str
    data: bytes
    permalink: str | None


def download(slack: Slack, identifier: str) -> SlackFile:
    """The file with this id. A DocumentError says in one sentence why there is none."""
    info = _info(slack, identifier)
    name = str(info.get("name") or info.get("title") or "document")
    if info.get("is_external") or info.get("mode") in ("external", "remote"):
        raise DocumentError(
            f"{name} lies with another service, not in Slack. Download it there and drop the file itself."
        )
    if info.get("mode") in ("tombstone", "hidden_by_limit"):
        raise DocumentError(f"{name} is no longer in Slack. Please drop the file again.")
    check_size(int(info.get("size") or 0), name)
    address = str(info.get("url_private_download") or info.get("url_private") or "")
    if not may_have_token(address, slack.base_url):
        raise DocumentError(f"{name} does not lie on Slack's own file host. Download it and drop the file itself.")
    return SlackFile(name, _fetched(slack, address, name, info), info.get("permalink"))


def may_have_token(address: str, base_url: str) -> bool:
    """Whether an address is Slack's file host, or the very host of SLACK_API_URL."""
    parts, base = urlsplit(address), urlsplit(base_url)
    if parts.username or parts.password or not parts.hostname:
        return False
    if parts.scheme == "https" and parts.hostname in FILE_HOSTS and parts.port in (None, 443):
        return True
    place = (parts.scheme, parts.hostname, parts.port or PORTS.get(parts.scheme))
    return place == (base.scheme, base.hostname, base.port or PORTS.get(base.scheme)) and base.hostname != "slack.com"


def _info(slack: Slack, identifier: str) -> Mapping[str, Any]:
    try:
        found = slack.call("files.info", file=identifier).get("file")
    except Refused as refused:
        if refused.code in ("file_not_found", "file_deleted"):
            raise DocumentError("That file is no longer in Slack. Please drop it again.") from refused
        raise DocumentError(f"Slack does not let me see that file ({refused.code}).") from refused
    return found if isinstance(found, dict) else {}


def _fetched(slack: Slack, address: str, name: str, info: Mapping[str, Any]) -> bytes:
    import httpx

    data = bytearray()
    headers = {"Authorization": f"Bearer {slack.token}", "Accept-Encoding": "identity"}
    try:
        # No redirect is followed: it could carry the token to another host.
        with httpx.stream("GET", address, headers=headers, timeout=SECONDS, follow_redirects=False) as response:
            if response.status_code >= 500 or response.status_code == 429:
                raise Later(f"download: {response.status_code}", perhaps_done=False)
            if response.status_code == 404:
                raise DocumentError(f"{name} is no longer in Slack. Please drop it again.")
            if response.status_code != 200 or _is_sign_in_page(response.headers, info):
                raise DocumentError(
                    f"Slack did not give me {name}, but a page to sign in. The app needs the scope files:read and must"
                    " be able to see the file: an admin can reinstall it, or drop the file into a direct message with me."
                )
            if response.headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
                raise DocumentError(
                    f"Slack sends {name} packed, which is not unpacked. Download it and add it in a shell."
                )
            for part in response.iter_raw():
                data += part
                check_size(len(data), name)
    except httpx.TransportError as error:
        raise Later(f"download: {error}", perhaps_done=False) from error
    return bytes(data)


def _is_sign_in_page(headers: Mapping[str, str], info: Mapping[str, Any]) -> bool:
    given = headers.get("content-type", "").partition(";")[0].strip().lower()
    name, expected = str(info.get("name") or "").lower(), str(info.get("mimetype") or "").lower()
    return given == "text/html" and expected != "text/html" and not name.endswith((".html", ".htm"))
