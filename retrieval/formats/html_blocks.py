"""A page's visible blocks in reading order: the text of each paragraph, heading, item or cell, and how it is set."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["paragraph", "heading", "item", "cell", "caption", "verse"]

# elements that begin on a line of their own, with the kind of block that their text is
_PLAIN = (
    "p", "blockquote", "dt", "dd", "div", "section", "article", "main", "body", "br", "tr", "ul", "ol", "dl", "table", "thead", "tbody",
    "tfoot", "header", "footer", "nav", "aside", "figure", "form", "fieldset", "address", "details", "summary", "hr", "center", "option",
)  # fmt: skip
BLOCK_TAGS: dict[str, Kind] = {
    **dict.fromkeys(_PLAIN, "paragraph"),
    "h1": "heading", "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading", "h6": "heading",
    "li": "item", "td": "cell", "th": "cell", "figcaption": "caption", "caption": "caption", "pre": "verse",
}  # fmt: skip
# elements whose text no reader of the page sees as text of the page
UNSEEN = frozenset(
    ("head", "script", "style", "template", "button", "select", "iframe", "object", "embed", "svg", "canvas", "video", "audio",
     "dialog", "input", "textarea", "map", "title", "math")
)  # fmt: skip


BOLD = frozenset(("b", "strong"))


@dataclass(frozen=True, slots=True)
class Block:
    """One line of a page as it is read. `linked` is the share of its letters that stand in links."""

    text: str = field(repr=False)
    kind: Kind
    linked: float
    bold: float = 0.0  # share of its letters that stand in bold
    path: tuple[Any, ...] = field(repr=False, compare=False, default=())  # the elements around it, outermost first


@dataclass(slots=True)
class _Open:
    """A block while its text is gathered."""

    pieces: list[str] = field(default_factory=list)
    linked: int = 0
    bold: int = 0


def blocks(root: Any) -> tuple[Block, ...]:
    """The blocks below an element that hold any text, without recursion, as pages are nested however deep."""
    found: list[Block] = []
    around: list[Any] = []
    links = bolds = 0
    now = _Open()
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        element, closing = stack.pop()
        named = isinstance(element.tag, str)
        breaks = named and element.tag in BLOCK_TAGS
        if not closing:
            if breaks:
                now = _close(found, now, around)
            around.append(element)
            stack.append((element, True))
            if named and not unseen(element):
                links += element.tag == "a"
                bolds += element.tag in BOLD
                _put(now, element.text, links, bolds)
                stack.extend((child, False) for child in reversed(element))
            continue
        if breaks:
            now = _close(found, now, around)
        if named and not unseen(element):
            links -= element.tag == "a"
            bolds -= element.tag in BOLD
        around.pop()
        if element is not root:
            _put(now, element.tail, links, bolds)
    _close(found, now, [root])
    return tuple(found)


def unseen(element: Any) -> bool:
    """Whether an element holds nothing to read. What a script may still show is for whoever extracts to judge."""
    return element.tag in UNSEEN


def _put(now: _Open, text: str | None, links: int, bolds: int) -> None:
    if text:
        now.pieces.append(text)
        letters = len(text.strip())
        now.linked += letters if links else 0
        now.bold += letters if bolds else 0


def _close(found: list[Block], now: _Open, around: list[Any]) -> _Open:
    """End a block; a preformatted one gives its lines."""
    raw = "".join(now.pieces)
    if raw.strip():
        kind = _kind(around)
        text = raw.strip("\r\n") if kind == "verse" else " ".join(raw.split())
        linked, bold = (min(1.0, letters / len(text)) for letters in (now.linked, now.bold))
        found.append(Block(text, kind, linked, bold, tuple(around)))
    return _Open()


def _kind(around: list[Any]) -> Kind:
    """The kind of the innermost element that has one of its own."""
    kinds = (BLOCK_TAGS.get(element.tag, "paragraph") for element in reversed(around))
    return next((kind for kind in kinds if kind != "paragraph"), "paragraph")
