"""E-mails: what was written, without quoted replies and signatures; subject, date and sender as its facts."""

from __future__ import annotations

import email
import email.policy
import email.utils
import re
from email.message import EmailMessage, MIMEPart

from retrieval.errors import DocumentError
from retrieval.formats import Extracted
from retrieval.formats.decode import clean, decode
from retrieval.formats.metadata import NOTHING_KNOWN, Metadata, day, one_line
from retrieval.model import Span

MOST_PARTS = 200
MOST_NESTED = 10

_REPLY = re.compile(r"^(?:re|aw|antw|fwd?|wg|tr)\s?(?:\[\d+\])?\s?:\s*", re.IGNORECASE)
_QUOTED = re.compile(r"^\s{0,3}>")
_QUOTE_MARK = re.compile(r"^\s{0,3}> ?")
_WROTE = re.compile(r"^\s{0,3}(?:On\s.{4,200}\bwrote|Am\s.{4,200}\bschrieb\b.{0,80}|Le\s.{4,200}\bécrit)\s?:\s*$")
_WROTE_OPENS = re.compile(r"^\s{0,3}On\s.{4,120}(?:\d{4}|\d{1,2}:\d{2}).{0,80}$")
_WROTE_ENDS = re.compile(r"^\s{0,3}(?:\S.{0,80})?(?:<[^<>]{3,100}>\s*)?wrote\s?:\s*$")
_FORWARDS = re.compile(r"^\s*(?:fwd?|wg|tr)\s?:", re.IGNORECASE)
_ORIGINAL = re.compile(
    r"^\s{0,3}(?:-{3,}\s?(?:original message|ursprüngliche nachricht)\s?-{3,}|_{20,})\s*$", re.IGNORECASE
)
_FORWARDED = re.compile(
    r"^\s{0,3}(?:-{3,}\s*forwarded message\s*-{3,}|begin forwarded message\s?:|-{3,}\s*weitergeleitete nachricht\s*-{3,})\s*$",
    re.IGNORECASE,
)
_FIELD = re.compile(r"^\s{0,3}\*?(from|to|cc|bcc|date|sent|subject|reply-to|importance)\s?:\*?\s*(.*)$", re.IGNORECASE)
_SIGNATURE = re.compile(r"^-- ?$")
_FOOTER = re.compile(
    r"^\s*(?:sent from my |get outlook for|to unsubscribe|unsubscribe\b|you (?:are receiving|received|have received) this|you can unsubscribe|"
    r"view (?:this|it) (?:email|e-mail|message)? ?in your browser|this e-?mail (?:and any|message|is confidential))",
    re.IGNORECASE,
)


def extract(data: bytes) -> Extracted:
    """The message's own words (and a forwarded message's) as running text."""
    if data.count(b"boundary=") > MOST_PARTS:
        raise DocumentError(f"It nests more than {MOST_PARTS} parts, which no e-mail does; save its text on its own.")
    message = _message(data)
    text, page = _words(message)
    if text is None:
        raise DocumentError("It holds no text that can be read, only attachments; save these on their own.")
    text = _forwarded_in_full(text)
    forwards = _FORWARDS.match(header(message, "subject")) is not None
    body, forwarded = _body(text, forwards=forwards)
    page_says = page.metadata if page is not None else NOTHING_KNOWN
    return Extracted(text, page_says.under(_facts(message)).under(forwarded), body=body)


def _message(data: bytes) -> EmailMessage:
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
    except (ValueError, LookupError, AttributeError, IndexError, TypeError) as error:
        raise DocumentError("It is no e-mail that can be read; save its text on its own.") from error
    if not any(name in message for name in ("from", "subject", "date", "received", "mime-version", "to")):
        raise DocumentError("It has none of the headers of an e-mail; rename it to end in .txt if it is plain text.")
    assert isinstance(message, EmailMessage)
    return _innermost(message)


def _innermost(message: EmailMessage) -> EmailMessage:
    """A message that was forwarded as an attachment stands for the one that carried it, when that says little."""
    for _ in range(MOST_NESTED):
        attached = [
            part for part in message.walk() if part.get_content_type() == "message/rfc822" and part is not message
        ]
        body = message.get_body(("plain",))
        said = str(body.get_payload()) if body is not None else ""
        if len(attached) != 1 or len(said.split()) > 60:
            return message
        inner = attached[0].get_payload(0) if attached[0].is_multipart() else None
        if not isinstance(inner, EmailMessage):
            return message
        message = inner
    return message


def _words(message: EmailMessage) -> tuple[str | None, Extracted | None]:
    """The text part, or the text of the HTML part with what that page says."""
    plain = message.get_body(("plain",))
    if plain is not None:
        text = decoded(plain).replace("\r\n", "\n")
        if any(c.isalnum() for c in text):
            return text.strip("\n") + "\n", None
    rich = message.get_body(("html",))
    if rich is None:
        return None, None
    from retrieval.formats import html

    page = html.extract(decoded(rich).encode("utf-8"))
    return page.text, page


def decoded(part: MIMEPart) -> str:
    """A part's text, whatever it says about its encoding."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    charset = part.get_content_charset()
    if charset and charset.lower() not in ("utf-8", "us-ascii"):
        try:
            return clean(payload.decode(charset))
        except (LookupError, UnicodeDecodeError, ValueError):
            return decode(payload)
    return decode(payload)


def _facts(message: EmailMessage) -> Metadata:
    return Metadata(
        title=_subject(header(message, "subject")),
        publisher=_sender(header(message, "from")),
        published=(published := day(header(message, "date"))),
        dated_by="the mail's header" if published else None,
    )


def header(message: MIMEPart, name: str) -> str:
    """A header's value; empty where there is none."""
    try:
        return str(message.get(name, ""))
    except (ValueError, IndexError, TypeError, AttributeError, LookupError):
        return ""  # a header too broken for the parser is as good as none


def _subject(value: str) -> str | None:
    title = " ".join(value.split())
    while shorter := _REPLY.sub("", title, count=1):
        if shorter == title:
            break
        title = shorter
    return one_line(title)


def _sender(value: str) -> str | None:
    """The sender's name; an address without a name says nothing about who publishes."""
    name, _ = email.utils.parseaddr(value)
    return one_line(name) if name and "@" not in name else None


def _body(text: str, *, forwards: bool) -> tuple[tuple[Span, ...], Metadata]:
    """The stretches that were written for this message, and what a forwarded message's own header says."""
    lines = [(m.start(), m.end(), m[0]) for m in re.finditer(r"[^\n]+", text)]
    found: list[Span] = []
    inner = NOTHING_KNOWN
    header = False  # inside the header lines of a message within this one
    broken = True  # the stretch before has ended
    for number, (start, end, line) in enumerate(lines):
        opens = _FORWARDED.match(line) is not None or (_ORIGINAL.match(line) is not None and forwards)
        if not header and not opens and _is_older(lines, number, forwards=forwards):
            break
        header = opens or (_FIELD.match(line) is not None and (header or _heads(lines, number)))
        if header:
            inner = inner.under(_noted(line))
        if header or not line.strip() or _QUOTED.match(line) or _introduces(lines, number) or _FOOTER.match(line):
            broken = broken or bool(line.strip())
            continue
        if broken:
            found.append(Span(start, end))
        else:
            found[-1] = Span(found[-1].start, end)
        broken = False
    return tuple(found), inner


def _forwarded_in_full(text: str) -> str:
    """A text in which a forwarded message that was set as a quotation stands as it was written."""
    lines = text.split("\n")
    opening = next((number for number, line in enumerate(lines) if _FORWARDED.match(line.rstrip("\r"))), None)
    if opening is None:
        return text
    first = next((line for line in lines[opening + 1 :] if line.strip()), "")
    if not (_QUOTED.match(first) and _FIELD.match(_QUOTE_MARK.sub("", first))):
        return text
    return "\n".join([*lines[: opening + 1], *(_QUOTE_MARK.sub("", line) for line in lines[opening + 1 :])])


_Lines = list[tuple[int, int, str]]


def _is_older(lines: _Lines, number: int, *, forwards: bool) -> bool:
    """Whether a signature or an older message starts here, which is not forwarded for its own sake."""
    line = lines[number][2]
    if _SIGNATURE.match(line.rstrip("\r")) or (_ORIGINAL.match(line) and number > 0):
        return True
    if _WROTE.match(line):
        return number + 1 < len(lines) and not _QUOTED.match(lines[number + 1][2])
    return number > 0 and not forwards and _heads(lines, number)


def _heads(lines: _Lines, number: int) -> bool:
    """Whether the header of a message within this one starts here: From, then Date or Sent or To, then more."""
    fields = [_FIELD.match(line) for _, _, line in lines[number : number + 3]]
    names = [field[1].lower() for field in fields if field]
    return len(names) == 3 and names[0] == "from" and bool({"date", "sent", "to", "subject"} & set(names[1:]))


def _introduces(lines: _Lines, number: int) -> bool:
    """ "On Monday, Jane wrote:" above a quoted reply, on one line or two."""
    line = lines[number][2]
    if _WROTE.match(line) or _WROTE_ENDS.match(line):
        return True
    return bool(_WROTE_OPENS.match(line) and number + 1 < len(lines) and _WROTE_ENDS.match(lines[number + 1][2]))


def _noted(line: str) -> Metadata:
    """What one header line of a forwarded message says."""
    field = _FIELD.match(line)
    if field is None:
        return NOTHING_KNOWN
    name, value = field[1].lower(), field[2]
    if name == "subject":
        return Metadata(title=_subject(value))
    if name in ("date", "sent"):
        published = day(value)
        return Metadata(published=published, dated_by="the forwarded mail's header" if published else None)
    return Metadata(publisher=_sender(value)) if name == "from" else NOTHING_KNOWN
