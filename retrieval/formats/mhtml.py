"""Pages that a browser saved whole (MHTML): the page in it, read like any other; its address as the browser noted it."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from email.message import EmailMessage, MIMEPart

from retrieval import formats
from retrieval.errors import DocumentError
from retrieval.formats import Extracted
from retrieval.formats.eml import MOST_PARTS, decoded, header
from retrieval.formats.metadata import Metadata, one_line, web_address

LARGEST_BOUNDARIES = 20 * MOST_PARTS


def extract(data: bytes) -> Extracted:
    """The page's article; the day on which it was saved is not the day on which it was published."""
    if data.count(b"boundary=") > LARGEST_BOUNDARIES:
        raise DocumentError("It nests more parts than any page has; save the page as .html.")
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
    except (ValueError, LookupError, AttributeError, IndexError, TypeError) as error:
        raise DocumentError("It is no saved page that can be read; save the page as .html.") from error
    assert isinstance(message, EmailMessage)
    page = next(
        (part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")), None
    )
    if page is None:
        raise DocumentError("There is no web page in it; save the page as .html.")
    extracted = formats.extract(decoded(page).encode("utf-8"), "page.html")
    return replace(extracted, metadata=_noted(message, page).under(extracted.metadata))


def _noted(message: EmailMessage, page: MIMEPart) -> Metadata:
    """What the browser noted about the page: its title, and the address it stood at."""
    places = (header(message, "snapshot-content-location"), header(page, "content-location"))
    addresses = [found for place in places if (found := web_address(place))]
    return Metadata(title=one_line(header(message, "subject")), url=addresses[0] if addresses else None)
