"""What stands in a page's markup and is no text of its author, taken out, and speakers that only the markup names, labelled."""

from __future__ import annotations

import re
from typing import Any

_STRUCK = ("s", "strike", "del")
_SPEAKER = re.compile(
    r"(?:^|[\s_-])(?:speaker|speaker-name|speakername|talker|interviewee|interviewer)(?:$|[\s_-])", re.IGNORECASE
)
_MARKER = re.compile(r"\W{0,2}(?:\d{1,3}|[a-z]{1,2}|[ivx]{1,5}|[*†‡§¶]{1,3})\W{0,2}", re.IGNORECASE)
_NOTE_ROLES = frozenset(("doc-noteref", "doc-backlink"))
# how word processors call the links between a place and an editor's comment on it
_COMMENT = re.compile(r"#_?(?:cmnt|comment|msocom|annotation)_?(?:ref|anchor)?_?\d+", re.IGNORECASE)
_LONGEST_LABEL = 80
# the line below an embedded post says whose it is; the two are one paragraph
_SIGNED_POST = re.compile(r"[—–―] ?[^\n@()]{2,60} ?\(@\w{1,30}\),? ?[\w ,.:·-]{0,40}$")


def clean_markup(tree: Any) -> None:
    """Take editors' comments, struck words and note numbers out of a parsed page, and label its speakers."""
    _drop_editors_comments(tree)
    for element in list(tree.iter(*_STRUCK)):
        drop(element)
    for element in list(tree.iter("sup", "a")):
        if _is_note_number(element):
            drop(element)
    _label_speakers(tree)
    for quoted in list(tree.iter("blockquote")):
        if _SIGNED_POST.search(" ".join(quoted.text_content().split())):
            _set_in_one_line(quoted)


def drop(element: Any) -> None:
    """Take an element out with all that it holds; what follows it stays."""
    if element.getparent() is not None:
        element.drop_tree()


def _is_note_number(element: Any) -> bool:
    """Whether an element is nothing but the number of a note, which leads to a place in the same page."""
    text = "".join(element.itertext()).strip()
    if not _MARKER.fullmatch(text):
        return False
    if (element.get("role") or "") in _NOTE_ROLES:
        return True
    if element.tag == "sup":
        return any((link.get("href") or "").startswith("#") for link in element.iter("a"))
    return (element.get("href") or "").startswith("#") and bool(re.fullmatch(r"\[\w{1,3}\]", text))


def _drop_editors_comments(tree: Any) -> None:
    """A comment stands below the text, in a block that opens with the link back to its place."""
    for link in list(tree.iter("a")):
        if not _COMMENT.fullmatch(link.get("href") or "") or not (link.get("id") or link.get("name") or ""):
            continue
        block = link.getparent()
        if block is None or block.tag == "sup" or (block.text or "").strip() or block[0] is not link:
            continue
        around = block.getparent()
        alone = around is not None and around.tag == "div" and around[0] is block and not (around.text or "").strip()
        drop(around if alone else block)


def _label_speakers(tree: Any) -> None:
    """Turn names that are set apart from the words after them into labels at the start of a paragraph."""
    for element in list(tree.iter("dt", "div", "span", "p", "h3", "h4", "h5", "strong", "b", "cite")):
        if element.tag != "dt" and not _SPEAKER.search(element.get("class") or ""):
            continue
        name = " ".join(element.text_content().split())
        follower = element.getnext()
        if not name or len(name) > _LONGEST_LABEL or follower is None or (element.tail or "").strip():
            continue
        if element.tag == "dt" and follower.tag != "dd":
            continue
        label = name if name.endswith(":") else name + ":"
        first = follower if follower.tag != "div" or not len(follower) else follower[0]
        first.text = f"{label} {(first.text or '').lstrip()}"
        if first.tag in ("dd", "span", "div"):
            first.tag = "p"
        drop(element)
    for listing in list(tree.iter("dl")):
        listing.tag = "div"


def _set_in_one_line(quoted: Any) -> None:
    """Make the paragraphs of an embedded post and its signature one block, a space between them."""
    for part in list(quoted.iter("p", "div", "br")):
        if part.tag == "br":
            part.tail = " " + (part.tail or "")
            drop(part)
        else:
            part.tag = "span"
            part.tail = " " + (part.tail or "").lstrip()
