"""Where in a record of speech nobody speaks any more: the editors, the clerks, the article around an exchange (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.model import Span

_LINE = 80  # characters of a line that ends a speech
_CLOCK = r"\d{1,2}[:.]\d{2}\s*[AaPp]\.?\s?[Mm]\.?"
_END = re.compile(
    r"(?:(?:[\[(]?END\b.{0,40})|#{2,}|(?:\*\s*){3,}|-{3,}|_{3,}|\d{1,2}:\d{2}\s*[AaPp]\.?[Mm]\.?.{0,12}|-?\s*(?:more|30)\s*-)$"
)
_HEADING = re.compile(r"#{1,6}\s")
# The editors speak: "This interview has been edited …", "Sherlock Holmes was speaking to the Review."
_EDITORS = re.compile(
    r"[*_(\[]*(?:Question\s(?:put|accordingly)\b|The\s(?:House|Assembly|Committee)\s(?:divided|adjourned)\b"
    r"|The\s(?:meeting|sitting|hearing)\s(?:rose\sat|was\s(?:called\sto\sorder|suspended|adjourned|resumed))\b"
    r"|(?:This|The)\s(?:interview|transcript|conversation|text)\s(?:has|have|was|is)\b"
    r"|(?:[A-Z][\w.’'\-]+\s){1,4}(?:was|were)\s(?:speaking|talking|interviewed)\b)"
)
# Somebody's paper is put in: "[The prepared statement of Mr. Sawyer follows:]", "Prepared Statement of Tom Sawyer"
_PAPER = re.compile(
    r"\[[^\]\n]{0,200}\b(?:follows?|submitted|referred\sto|appears?)\b|\[Whereupon\b"
    r"|(?:(?:OPENING|PREPARED|Opening|Prepared)\s)?(?:STATEMENTS?|Statements?|TESTIMONY)\s(?:OF|BY|of|by)\s(?:[Tt]he\s)?[A-Z]|EXAMINATION\sBY\b"
)
# What the clerks or the captions note in a line of its own, while somebody has the floor
_INTERLUDE = re.compile(
    rf"(?:{_CLOCK}|\\?[\[(][^\])\n]{{1,80}}\\?[\])][.,]?|(?:Several|Some|Many)\s(?:hon\.?|noble|right\shon\.?)\s(?:Members|Lords)\srose\s?[—–-]*"
    r"|[A-Z][^\n.:“”\"]{1,90}\sinterjecting\s?[—–-]*|Leave\s(?:not\s)?granted\.?|[A-Z][^\n.:“”\"]{1,90}\srose\s?(?:[—–-]+|to\s[^\n.]{2,60}\.?))$"
)
_OTHER_VOICE = re.compile(r">>+\s?(?=\S)")
_TOLD = r"(?:said|says|told|added|replied|answered|asked|wrote|insisted|admitted|testified|explained|warned|argued|recalled)"
# The form of running text: “…,” she said; the judge told the jurors: “…
_TELLING = re.compile(
    rf"[,.?!…][”\"’]\s(?:[\w.,’'\-]+\s){{0,7}}?{_TOLD}\b|\b{_TOLD}\b[^“”\".\n]{{0,60}}[:,]?\s[“\"]|\b{_TOLD}(?:\s[\w’']+){{0,4}}\sthat\b"
)
_QUOTED = re.compile(r"[“\"][^“”\"\n]{0,1000}[”\"]")
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|me|us)\b")
_FEWEST = 2  # paragraphs of running text before the first label


def ends_speech(text: str, paragraph: Span) -> bool:
    """Whether whoever had the floor does not speak in an unlabelled paragraph."""
    words = text[paragraph.start : min(paragraph.end, paragraph.start + 240)]
    if _EDITORS.match(words) or _PAPER.match(words) or _OTHER_VOICE.match(words):
        return True
    return bool(_HEADING.match(words) or (paragraph.end - paragraph.start <= _LINE and _END.match(words)))


def is_interlude(text: str, paragraph: Span) -> bool:
    """Whether a paragraph is a note between what is said: "(door creaks)", "3.15 pm", "Admiral Croft (Bath) rose—"."""
    return paragraph.end - paragraph.start <= _LINE * 2 and bool(_INTERLUDE.match(paragraph.of(text)))


def is_inset(text: str, paragraphs: Sequence[Span], first: int) -> bool:
    """Whether the labels stand in a running article, so that what follows a labelled paragraph is the article's again."""
    return sum(_is_telling(text[p.start : min(p.end, p.start + 2_000)]) for p in paragraphs[:first]) >= _FEWEST


def _is_telling(words: str) -> bool:
    return bool(_TELLING.search(words)) and not _FIRST_PERSON.search(_QUOTED.sub(" ", words))
