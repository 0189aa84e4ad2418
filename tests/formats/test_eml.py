"""E-mails come out as what was written, with what their headers say."""

from __future__ import annotations

import base64
from datetime import date
from email.message import EmailMessage

import pytest

from retrieval import formats
from retrieval.errors import DocumentError
from retrieval.formats import Extracted

SAID = "“I never guess,” said Sherlock Holmes. “It is a shocking habit.”\n"


def mail(text: str, *, subject: str = "Statement", sender: str = "Baker Street Press <press@example.invalid>") -> bytes:
    """A plain message, in quoted-printable."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "list@example.invalid", subject
    message["Date"] = "Tue, 11 Jul 1893 23:50:08 -0400"
    message.set_content(text, cte="quoted-printable")
    return message.as_bytes()


def running(extracted: Extracted) -> str:
    """The words that were written for the message."""
    return "\n".join(span.of(extracted.text) for span in extracted.body)


def test_headers_give_the_facts() -> None:
    """Subject without Re:, the date in its own time zone, the sender's name."""
    facts = formats.extract(mail(SAID, subject="RE: Fwd: =?utf-8?b?RGVyIEbDpGNoZXI=?="), "a.eml").metadata
    assert facts.published == date(1893, 7, 11)
    assert facts.publisher == "Baker Street Press"
    assert not (facts.title or "").lower().startswith(("re", "fw"))


def test_an_address_is_no_publisher() -> None:
    """Without a name nothing is known."""
    assert formats.extract(mail(SAID, sender="press@example.invalid"), "a.eml").metadata.publisher is None


@pytest.mark.parametrize(
    "older",
    [
        "On Mon, 10 Jul 1893 at 10:00, John Watson wrote:\n> “You guess, Holmes,” said Watson.\n> Surely.\n",
        "On Mon, 10 Jul 1893 at 10:00, John Watson <watson@example.invalid>\nwrote:\n\n> “You guess, Holmes,” said Watson.\n",
        "-----Original Message-----\nFrom: Watson\nSent: Monday\nTo: Holmes\nSubject: x\n\n“You guess, Holmes,” said Watson.\n",
        "From: John Watson\nSent: Monday, 10 July 1893\nTo: Holmes\nSubject: x\n\n“You guess, Holmes,” said Watson.\n",
        "On 10 July 1893, John Watson wrote:\n\n“You guess, Holmes,” said Watson.\n",
        "-- \nJohn Watson, “Doctor”, said Watson\n",
    ],
    ids=["quoted", "two lines", "original message", "outlook", "unmarked", "signature"],
)
def test_quoted_replies_are_no_running_text(older: str) -> None:
    """The older message below does not speak."""
    extracted = formats.extract(mail(SAID + "\n" + older, subject="Re: Statement"), "a.eml")
    assert running(extracted).strip() == SAID.strip()


def test_answers_between_quoted_lines_stay() -> None:
    """Only the quoted lines go."""
    text = "> Do you guess?\n“I never guess,” said Holmes.\n> Never?\n“It is a shocking habit,” he said.\n"
    assert (
        running(formats.extract(mail(text), "a.eml"))
        == "“I never guess,” said Holmes.\n“It is a shocking habit,” he said."
    )


def test_a_forwarded_message_speaks_for_itself() -> None:
    """Its own header gives the facts, its words are running text, its header lines are not."""
    text = (
        "FYI\n\n---------- Forwarded message ---------\nFrom: Scotland Yard <yard@example.invalid>\nDate: 3 May 1893\n"
        "Subject: The Moriarty case\nTo: Holmes\n\n" + SAID
    )
    extracted = formats.extract(mail(text, subject="Fwd: The Moriarty case"), "a.eml")
    assert SAID.strip() in running(extracted)
    assert "Scotland Yard" not in running(extracted)
    assert (extracted.metadata.title, extracted.metadata.publisher) == ("The Moriarty case", "Scotland Yard")
    assert extracted.metadata.published == date(1893, 5, 3)


def test_a_message_forwarded_as_an_attachment_is_read() -> None:
    """When the one that carries it says little."""
    outer = EmailMessage()
    outer["From"], outer["Subject"] = "Watson <w@example.invalid>", "Fwd"
    outer.set_content("See below.")
    inner = EmailMessage()
    inner["From"], inner["Subject"] = "Baker Street Press <p@example.invalid>", "The dog"
    inner.set_content(SAID)
    outer.add_attachment(inner)
    extracted = formats.extract(outer.as_bytes(), "a.eml")
    assert running(extracted).strip() == SAID.strip()
    assert extracted.metadata.title == "The dog"


def test_plain_text_is_preferred_and_html_will_do() -> None:
    """Multipart messages are read once."""
    message = EmailMessage()
    message["From"], message["Subject"] = "Press <p@example.invalid>", "x"
    message.set_content(SAID)
    message.add_alternative("<html><body><p>“Something else,” said Watson.</p></body></html>", subtype="html")
    assert running(formats.extract(message.as_bytes(), "a.eml")).strip() == SAID.strip()
    only = EmailMessage()
    only["From"], only["Subject"] = "Press <p@example.invalid>", "x"
    only.set_content(f"<html><body><p>{SAID}</p><p>{'The fog was thick. ' * 9}</p></body></html>", subtype="html")
    assert SAID.strip() in running(formats.extract(only.as_bytes(), "a.eml"))


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "x-nobody-knows"])
def test_charsets_are_heeded_where_they_are_right(charset: str) -> None:
    """An unknown one is guessed."""
    body = SAID.encode("cp1252" if charset == "windows-1252" else "utf-8")
    data = f"From: A <a@example.invalid>\nSubject: x\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: base64\n\n".encode()
    assert running(formats.extract(data + base64.encodebytes(body), "a.eml")).strip() == SAID.strip()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"just some text\nwithout headers", "none of the headers"),
        (
            b"From: a@example.invalid\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=",
            "only attachments",
        ),
        (b"From: a\n" + b"Content-Type: multipart/mixed; boundary=a\n\n--a\n" * 400, "nests more than"),
    ],
    ids=["no headers", "picture only", "nested"],
)
def test_what_holds_no_message_is_one_sentence(data: bytes, said: str) -> None:
    """Each damage is named."""
    with pytest.raises(DocumentError, match=said):
        formats.extract(data, "a.eml")
