"""Which lines of a text are running text, and what the others are: headlines, captions, promotion, notices (pure).

A line is left out only for a reason that can be told. Signals are the line's own form (no full stop, a credit, an
imperative with "newsletter" in it) and its neighbours (a list of headlines after "Related articles").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Literal

from retrieval.model import Span

Verdict = Literal["body", "headline", "caption", "promotion", "links", "notice"]

REASONS: dict[Verdict, str] = {
    "body": "running text",
    "headline": "a headline or a heading, not running text",
    "caption": "a caption or a credit",
    "promotion": "promotion, an advertisement or a notice about cookies",
    "links": "a list of headlines or links",
    "notice": "a note about the text, its author or its site",
}

MOST_LINES = 100_000  # a text of more lines is no article; it is taken as one stretch
_LONGEST = 700  # characters; boilerplate is short
_HEADLINE_WORDS = 14
_FIRST_HEADLINE_WORDS = 25
_LISTED_WORDS = 30


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, or a line that stands for itself, with what it was taken for."""

    span: Span
    text: str
    verdict: Verdict = "body"


def _any(*patterns: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in patterns), flags)


_PHYSICAL = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_WORD = re.compile(r"[^\W_]+(?:[’'‘-][^\W_]+)*")
_DOUBLE = re.compile(r"[\"“”„«»]|''|``")
_SPEECH = re.compile(
    r"\b(?:said|told|added|insisted|wrote|tweeted|posted|replied|asked|answered|warned|argued|continued|explained|stated|"
    r"noted|declared|concluded|recalled|admitted|claimed|remarked|joked|quipped)\b"
)
_TERMINAL = re.compile(r"(?:[.?!…:;,—–―-]|\.\.\.)[\"”’'»)\]*_\s]*$")
_CLOSED = re.compile(r"[.…:;,—–―-][\"”’'»)\]*_\s]*$")  # as above, but a question or a cry may be a headline

# --- transcripts ---
_CLOCK = r"(?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?\s{1,4}[–—-]?\s?)?"
_CAPS_LABEL = re.compile(
    rf"^[*_>\s]{{0,6}}{_CLOCK}"
    r"(?:(?:[A-ZÀ-ÞŠŽĖĄČĘŁŚŹŻĆŃ][A-ZÀ-ÞŠŽĖĄČĘŁŚŹŻĆŃ0-9 .,'’&/-]{0,60}(?:\([^()]{1,60}\))?\s?:)|Q[.:]?\s{1,8}(?=\S))"
)
_NAME_LABEL = re.compile(
    rf"^[*_>\s]{{0,6}}{_CLOCK}"
    r"((?:[A-ZÀ-Þ][\w.'’-]*\s){0,5}[A-ZÀ-Þ][\w.'’-]*(?:\s\([^()]{1,60}\))?)[*_]{0,3}:[*_]{0,3}(?:\s|$)"
)

# --- captions ---
_CAPTION_WORD = (
    r"(?:image|photo|photograph|picture|pic|video|media|file|illustration|graphic|map|chart|foto)s?"
    r"(?:[ -](?:source|caption|credit|courtesy|copyright|file|photo))?"
)
_CAPTION = _any(
    rf"^\W{{0,3}}{_CAPTION_WORD}\s?[:：]",
    r"^\W{0,3}file (?:photo|picture|image|[-–—])",
    r"^\W{0,3}(?:photo|photograph|picture|image|illustration|graphic)s? (?:by|courtesy of|courtesy) (?-i:[A-Z]).{0,80}$",
    r"^(?:source|credits?|copyright)\s?:.{0,60}$",
    rf"(?:[.)\]|]\s+){_CAPTION_WORD}\s?[:：]\s?[^.:]{{1,60}}\.?$",
    r"(?:[.(\[|]\s*)(?:photo|photograph|picture|image)s? (?:by|courtesy of|provided by) [^.]{1,60}[)\]]?\.?$",
    r"[(\[|–—-]\s?(?:(?:file )?photo|image|picture|credit|reuters|ap|afp|epa|getty|pool|courtesy|via|wikimedia|alamy|pixabay)"
    r"(?: photo| images)?\s?[/:|][^()\[\]]{0,80}[)\]]?\.?$",
    r"[(\[](?:[^()\[\]]{0,60}[/ ,])?(?:getty images|reuters|afp|ap photo|ap|epa|epa-efe|shutterstock|alamy|pixabay|file photo|pool)"
    r"(?:/[^()\[\]]{0,40}| via [^()\[\]]{0,40})?[)\]]\.?$",
    r"(?:/\s?(?:afp|getty images|reuters|epa|pool|shutterstock|alamy)|getty images|getty/\w+|via getty|via ap|via reuters|ap photo)\.?$",
    r"\((?:l|left|right|centre|center)\)[ ,.].{0,200}\b(?:\d{4}|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b[^.]{0,40}\.?$",
    r"\b(?:file photo|file picture|undated photo|pictured (?:here|above|below|left|right))\b",
)
_CREDITED_DATELINE = re.compile(r"^[A-Z][A-Z .,'’-]+(?:, [\w. ]+)? \([\w/ .]+\)\s?[-–—]")

# --- what is never running text, wherever it stands ---
_ADVERT = _any(
    r"^\W*(?:advertisement|advertisements|advertising|advert|sponsored(?: content| by .{1,40})?|promoted(?: content)?|"
    r"paid (?:content|partnership)|skip (?:ad|advert|to (?:main )?content).{0,30}|ad feedback|promotion)\W*$",
    r"^\W*(?:story|article|text|report) continues (?:below|after).{0,60}$",
    r"^\W*(?:continue|keep) reading(?: below| the main story| .{0,40})?\W*$",
    r"^\W*(?:play|pause|mute|unmute|listen|print|share|save|e-?mail|copy link|link copied|tweet|menu|search|close|home|loading\S*|"
    r"facebook|twitter|whatsapp|linkedin|telegram|reddit|pinterest|instagram|youtube|messenger|x)"
    r"(?:\W+(?:this|the|article|story|page|on|via|with|play|pause|mute|share|save|print|e-?mail|facebook|twitter|whatsapp|linkedin|"
    r"telegram|reddit|pinterest|instagram|youtube|messenger|friends|x))*\W*$",
    r"^\W*(?:in full|watch|listen|video|audio|podcast|gallery|explainer|analysis|live|exclusive|breaking)\s?[:|]\s?[^.\"“]{3,120}$",
    r"^\W*(?:watch|listen|see) (?:more|now|live|the (?:video|full)|below|above)\b[^\"“]{0,80}$",
)
_COOKIES = re.compile(
    r"\bcookies?\b|\bprivacy (?:options|settings|policy|notice|preferences|centre|center)\b", re.IGNORECASE
)
_READER = re.compile(
    r"\b(?:you|your|yours|we|our|us|consent|accept|this (?:content|site|website|page)|permission|preferences|settings|provider)\b",
    re.IGNORECASE,
)
_PLAYER = _any(
    r"\b(?:accessible|html5|embedded|audio|video) (?:video |audio )?player\b",
    r"\b(?:enable|activate|turn on|requires?) javascript\b",
    r"\bbrowser (?:does not|doesn[’']t|for a)\b",
    r"\bthis (?:video|audio|content|feature) (?:can ?not|is (?:not|no longer)|isn[’']t|could not) (?:be )?(?:available|played|play|displayed|supported)",
    r"^\W*(?:\d{1,3}\s?%|[\d:]+\s?/\s?[\d:]+)\W*$",
    r"^\W*\d{1,2}:\d{2}(?::\d{2})?\W*$",
    r"^\W*(?:\d{1,2}\s?)?min(?:ute)?s? (?:read|watch|listen)\W*$",
)
_IMPERATIVE = re.compile(
    r"^\W*(?:please |for more[^,]{0,30}, |to (?:view|see|show|read|get|continue|access|comment|subscribe|receive|find|learn)\b|"
    r"want (?:more|to)|don[’']t (?:miss|forget)|never miss|stay (?:up|informed|on|ahead|tuned)|"
    r"(?:sign|subscribe|follow|click|tap|download|get|keep up|read|watch|enter|choose|select|start|share|join|register|log|donate|"
    r"support|create|activate|become|receive|like|find|check|visit|discover|add|listen|try|unlock|upgrade|manage|update|thank|"
    r"already|by (?:clicking|signing|subscribing|submitting|registering|entering)|you can|your|we (?:use|and our|may|respect|value|rely|need|will)|"
    r"this (?:newsletter|email|site|website)|our|enjoy|help us|have you|do you|got a|email|e-mail|send|contact|call|text|write to|tell us|"
    r"something went|an error|a confirmation|free|current|digital|unlimited|limited|special|subscribers?|premium|members?|buy|pay|shop)\b)",
    re.IGNORECASE,
)
_PROMOTED = re.compile(
    r"\b(?:newsletters?|inbox|e-?mail (?:address|alerts?|updates?|newsletter)|subscri(?:be|ption|ptions|ber|bers|bing)|"
    r"sign(?:ing)?[ -]?(?:up|in)|log(?:ged)? ?in|password|"
    r"account|premium|free trial|paywall|(?:our|the|mobile) app\b|app store|google play|google news|apple news|podcasts?\b|whatsapp|"
    r"twitter|facebook|instagram|telegram|youtube|tiktok|linkedin|social media|push notifications?|notifications|breaking news|latest news|"
    r"news alerts?|alerts|daily (?:briefing|digest)|top stories|latest (?:stories|updates|headlines)|terms (?:of|and)|privacy|cookies?|"
    r"journalism|donat(?:e|ion)|membership benefits|e-?edition|print edition|free every month|unlimited access|full access|for free|"
    r"click here|read more|more stories|on (?:x|threads|bluesky)\b|@\w+|https?://|www\.)",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(r"\b(?:you|your|our|us|here|now|today|free|below)\b", re.IGNORECASE)
_NOTICE = _any(
    r"^\W{0,4}(?:additional |with )?(?:reporting|writing|editing) by\b[^\"“]{0,250}$",
    r"^\W{0,4}(?:compiled|translated|edited|reported|written|produced) by (?-i:[A-Z])(?:\S+\s?){1,9}$",
    r"\bcontribut(?:ed|ing) (?:reporting|to (?:this|the) (?:report|story|article)|writing|from)\b[^\"“]{0,80}$",
    r"^\W{0,4}additional reporting\b",
    r"^\W{0,3}(?:editor[’']?s?[’']? notes?|correction|clarification|update|note to (?:readers|editors)|disclaimer|disclosure)\s?[:—–-]",
    r"^\W{0,3}this (?:article|story|report|piece|post|page|page[’']s content|material|interview)\b[^\"“]{0,40}\b(?:(?:was|has been|is) "
    r"(?:first |originally |last |also |republished|updated|corrected|amended|published|edited|produced|generated|protected|copyright))",
    r"^\W{0,3}(?:all rights reserved|copyright|©|\(c\) \d{4})",
    r"\ball rights reserved\b",
    r"^\W{0,3}(?:first |last |originally )?(?:published|updated|posted|modified|created)"
    r"(?:\s?:\s?| on | at | )(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|\d)[^\"“]{0,60}$",
    r"^\W{0,3}(?:filed under|tags?|topics?|categories|category|keywords|posted in|in this (?:article|story)|related topics?)\s?:",
    r"^\W{0,3}(?:by|from|text by|words by|opinion by|analysis by)[ :]+(?-i:(?:[A-ZÀ-Þ][\w.'’-]*,? ?(?:and |& |, |\| |of |for |in )?){1,8})\W*$",
    r"^\W{0,3}(?:ends?|-30-|30|###|#{3,}|\*{3,}|notes? to editors?)\W*$",
    r"^\W{0,3}(?:skip to|back to top|jump to|go to (?:top|homepage)|return to)\b.{0,40}$",
    r"^\W{0,3}(?:abstract|full text|full story|transcript|share your (?:thoughts|views)|have your say|comments? (?:\(\d+\)|are closed.{0,30})|"
    r"\d+ comments?|(?:view|show|hide|post|leave|add|write) (?:a |all |\d+ )?(?:comments?|reply)|be the first to comment.{0,20})\W*$",
)
_EDGE = _any(
    r"^\W{0,3}(?:ends?|-30-|30|###|#{3,}|\*{3,})\W*$",
    r"^\W{0,4}(?:additional |with )?(?:reporting|writing|editing|written|compiled) by\b",
    r"^\W{0,3}(?:by|text by|words by|copyright|©|all rights reserved|published|updated|posted|about the author)\b",
    r".*\ball rights reserved\b",
)
_LISTED = (
    r"(?:news|stories|articles?|headlines?|posts?|videos?|coverage|content|reading|links?|topics?|updates?|picks?|choice|reads?|"
    r"analysis|opinion|episodes?|interviews?|for you|this week|today|now)"
)
_LEAD_IN = _any(
    r"^\W*more (?:on|about|from|in|by|stories|news|coverage|like this|headlines|related|top|for you|to read|articles?|reading)\b[^.\"“]{0,60}$",
    r"^\W*more\s?[:>»]?\s*$",
    r"^\W*(?:read|see|find|learn|discover|watch) (?:out )?(?:more|also|next|further|now|the full)\b[^.\"“]{0,80}$",
    r"^\W*(?:read|see|read more|also read|read also|see also|also see|must read|related|recommended|more|in pictures|opinion)\s?:",
    rf"^\W*(?:related|recommended|popular|trending|latest|most (?:read|popular|viewed|shared|commented|watched)|top|similar|other|further|"
    rf"featured|editor[’']?s|sponsored|promoted|paid|must)(?: \w+)?(?: {_LISTED})?\W*$",
    r"^\W*(?:you (?:may|might) (?:also )?(?:like|be interested)|don[’']t miss|what to read|in other news|around the web|"
    r"also (?:in|on|from) (?-i:[A-Z])|elsewhere (?:in|on)|up next|(?:stories|news|articles|more) (?:you may|from (?:around|our|the web)))"
    r"[^.\"“]{0,50}$",
)
_AUTHOR_BOX = _any(
    r"^\W*(?:about|meet) the (?:authors?|writers?|reporters?)\W*$", r"^\W*(?:author|writer)(?: bio| profile)?s?\W*$"
)
_BIOGRAPHY = re.compile(
    r"^(?:[A-ZÀ-Þ][\w.'’-]* ){1,5}(?:is|was|are|writes|covers|has been)\b.{0,200}?\b(?:columnist|reporter|correspondent|editor|writer|author|"
    r"fellow|professor|director|journalist|covers|contributor|agency|newspaper|president of|playwright)\b"
)
_COMMENTS = re.compile(
    r"^\W*(?:(?:\d+ )?comments?(?: \(\d+\))?|leave a (?:reply|comment)|join the (?:conversation|discussion))\W*$",
    re.IGNORECASE,
)

# --- Markdown ---
_HEADING = re.compile(r"^#{1,6}\s")
_LINK_ONLY = re.compile(r"^[\s>*+\d.-]*(?:!?\[[^\]]{0,300}\]\([^()\s]{1,500}(?: [^()]{0,100})?\)[\s|,·•>/-]*)+$")
_BULLET = re.compile(r"^\s*(?:[•·▪◦‣*+-]|\d{1,3}[.)])\s")
_RULE = re.compile(r"^\W+$")


def classify(text: str) -> tuple[Line, ...]:
    """The lines of a text in order, hard-wrapped ones joined to paragraphs, each with what it is."""
    lines = paragraphs(text)
    turns = _turns(lines)
    if turns is not None:
        return tuple(_in_transcript(lines, turns))
    verdicts = [_alone(line.text) for line in lines]
    _weigh_neighbours(lines, verdicts)
    return tuple(Line(line.span, line.text, verdict) for line, verdict in zip(lines, verdicts, strict=True))


def is_transcript(lines: Sequence[Line]) -> bool:
    """Whether the text is made of turns with the speaker's name before each."""
    return _turns(lines) is not None


def ends_article(line: Line) -> bool:
    """Whether a line that is no running text stands at an article's edge: an end mark, a byline, a copyright."""
    return line.verdict == "notice" and _EDGE.match(line.text) is not None


def paragraphs(text: str) -> list[Line]:
    """The lines with something in them; lines that were wrapped at a fixed width are put together again."""
    found = (m for m in _PHYSICAL.finditer(text) if not m[0].isspace())
    physical = [(m.start(), m.end(), m[0]) for m in islice(found, MOST_LINES + 1)]
    if len(physical) > MOST_LINES:
        return [_trimmed(text, 0, len(text))]
    width = _wrapped_at(text, physical)
    joined: list[list[int]] = []
    for number, (start, end, line) in enumerate(physical):
        if joined and width and _continues(text, physical[number - 1], line, start, width):
            joined[-1][1] = end
        else:
            joined.append([start, end])
    return [_trimmed(text, start, end) for start, end in joined]


def words(text: str) -> list[str]:
    """The words of a text, without marks."""
    return _WORD.findall(text)


def _trimmed(text: str, start: int, end: int) -> Line:
    line = text[start:end]
    start += len(line) - len(line.lstrip())
    return Line(Span(start, start + len(line.strip())), line.strip())


def _wrapped_at(text: str, physical: Sequence[tuple[int, int, str]]) -> int:
    """The width a text is wrapped at, or 0: nearly every line ends where the next word would not have fitted."""
    lengths = sorted(len(line.rstrip()) for _, _, line in physical)
    if len(lengths) < 4:
        return 0
    width = lengths[int(len(lengths) * 0.97)]
    if not 30 <= width <= 130:
        return 0
    breaks = [
        len(before.rstrip()) + 1 + len(line.split(None, 1)[0]) > width - 2
        for (_, end, before), (start, _, line) in pairwise(physical)
        if not _blank_between(text, end, start)
    ]
    return width if len(breaks) >= 3 and sum(breaks) > 0.6 * len(breaks) else 0


def _blank_between(text: str, end: int, start: int) -> bool:
    gap = text[end:start]
    return gap.count("\n") > 1 or gap.replace("\r\n", "\n").count("\r") > 1


def _continues(text: str, before: tuple[int, int, str], line: str, start: int, width: int) -> bool:
    """Whether a physical line goes on with the paragraph of the one before it."""
    if _blank_between(text, before[1], start):
        return False
    full = len(before[2].rstrip()) + 1 + len(line.split(None, 1)[0]) > width - 8
    return full or (not before[2].endswith("  ") and line[:1].islower())


def _turns(lines: Sequence[Line]) -> tuple[int, int] | None:
    """The first and the last line that opens a labelled turn, when there are enough of them for a transcript."""
    labelled: list[int] = []
    labels: Counter[str] = Counter()
    for number, line in enumerate(lines):
        head = line.text[:140]
        if _CAPTION.match(head) or _LEAD_IN.match(head):
            continue
        if found := _CAPS_LABEL.match(head):
            labels[found[0].strip()] += 2
        elif name := _NAME_LABEL.match(head):
            labels[name[1]] += 1
        else:
            continue
        labelled.append(number)
    spoken = sum(n for n in labels.values() if n > 1)
    if len(labelled) < 3 or spoken < 4 or len(labelled) < 0.08 * len(lines):
        return None
    return labelled[0], labelled[-1]


def _in_transcript(lines: Sequence[Line], turns: tuple[int, int]) -> list[Line]:
    """In a transcript all that stands between the first and the last label is kept, whatever its form."""
    first, last = turns
    found = []
    for number, line in enumerate(lines):
        verdict: Verdict = "body"
        if number < first or number > last:
            verdict = _alone(line.text)
            if number < first and verdict == "body" and _titled(line.text, _FIRST_HEADLINE_WORDS):
                verdict = "headline"
        elif _ADVERT.search(line.text[:_LONGEST]) and len(line.text) < 40:
            verdict = "promotion"
        found.append(Line(line.span, line.text, verdict))
    return found


def _alone(line: str) -> Verdict:
    """What a line is by its own form alone."""
    if len(line) > _LONGEST:
        return "body"
    if _HEADING.match(line):
        return "headline"
    if _LINK_ONLY.match(line):
        return "links"
    if _RULE.match(line) and not _DOUBLE.search(line):
        return "notice"
    if _ADVERT.search(line) or _PLAYER.search(line):
        return "body" if _speaks(line) else "promotion"
    if _CAPTION.search(line) and not _CREDITED_DATELINE.match(line):
        return "body" if _speaks(line) and not _CAPTION.match(line) else "caption"
    if _speaks(line):
        return "body"
    if _NOTICE.search(line):
        return "notice"
    if _COOKIES.search(line) and len(_READER.findall(line)) >= 1 and not _DOUBLE.search(line):
        return "promotion"
    if _IMPERATIVE.match(line) and _PROMOTED.search(line) and not _DOUBLE.search(line) and _to_the_reader(line):
        return "promotion"
    return "body"


def _speaks(line: str) -> bool:
    """Whether a line holds words in quotation marks and the past tense of telling: the form of running text."""
    return bool(_DOUBLE.search(line) and _SPEECH.search(line))


def _to_the_reader(line: str) -> bool:
    """Whether a promotional line speaks to its reader; one that is short or no whole sentence always does."""
    return (
        len(words(line)) <= 10
        or not _TERMINAL.search(line)
        or bool(_ADDRESSED.search(line) and not _SPEECH.search(line))
    )


def _shouted(line: str) -> bool:
    """A promotional line in capitals, without a full stop."""
    letters = [c for c in line if c.isalpha()]
    return (
        len(letters) >= 12
        and sum(c.isupper() for c in letters) > 0.9 * len(letters)
        and not _TERMINAL.search(line)
        and " " in line
        and not _DOUBLE.search(line)
    )


def _titled(line: str, most_words: int, *, closed: re.Pattern[str] = _TERMINAL) -> bool:
    """Whether a line has the form of a headline: short, not closed by a mark, starting like a title."""
    if len(line) > _LONGEST or closed.search(line) or _speaks(line) or _BULLET.match(line):
        return False
    count = len(words(line))
    if not 0 < count <= most_words or line[0].islower():
        return False
    # words between double marks alone on their line, or with a name after a dash, are a quotation set apart
    return not (
        _DOUBLE.match(line) and count > 2 and (_DOUBLE.search(line[-2:]) or re.search(r"[–—―-] ?[^–—―-]{3,60}$", line))
    )


def _weigh_neighbours(lines: Sequence[Line], verdicts: list[Verdict]) -> None:
    """Headlines, lists of headlines and boxes, which only the lines around them give away."""
    if not _is_prose(lines):
        return
    repeated = Counter(line.text for line in lines)
    _mark_headlines(lines, verdicts, repeated)
    _mark_lists(lines, verdicts)
    _mark_boxes(lines, verdicts)


def _is_prose(lines: Sequence[Line]) -> bool:
    """Whether sentences end with full stops here, so that a line without one means something."""
    total = closed = 0
    for line in lines:
        count = len(line.text) // 5
        total += count
        if count >= 10 and _TERMINAL.search(line.text[-20:]):
            closed += count
    return closed >= 60 or closed > 0.3 * total


def _mark_headlines(lines: Sequence[Line], verdicts: list[Verdict], repeated: Counter[str]) -> None:
    for number, line in enumerate(lines):
        if verdicts[number] != "body":
            continue
        label = line.text.isupper() and repeated[line.text] > 2  # a speaker's name on a line of its own
        longest = _FIRST_HEADLINE_WORDS if number == 0 else _HEADLINE_WORDS
        if not label and _shouted(line.text):
            verdicts[number] = "promotion"
        elif not label and _titled(line.text, longest):
            verdicts[number] = "headline"


def _mark_lists(lines: Sequence[Line], verdicts: list[Verdict]) -> None:
    """Lines after a lead-in such as "Related articles", and runs of three headlines and more."""
    listing = False
    run: list[int] = []
    for number, line in enumerate(lines):
        if _leads_in(line.text):
            verdicts[number], listing, run = "links", True, []
            continue
        titled = _titled(_BULLET.sub("", line.text), _LISTED_WORDS, closed=_CLOSED)
        if titled and verdicts[number] in ("body", "headline"):
            run.append(number)
            if listing:
                verdicts[number] = "links"
            elif len(run) >= 3:
                _close_run(verdicts, run)
        elif verdicts[number] in ("body", "notice"):
            listing, run = False, []


def _leads_in(line: str) -> bool:
    """Whether a line announces a list of other articles."""
    return len(line) < 250 and bool(_LEAD_IN.match(line)) and not _SPEECH.search(line)


def _close_run(verdicts: list[Verdict], run: Sequence[int]) -> None:
    """Three lines in a row that have the form of headlines are a list when most of them were taken for headlines."""
    if sum(verdicts[n] in ("headline", "links") for n in run) >= 2:
        for number in run:
            verdicts[number] = "links"


def _mark_boxes(lines: Sequence[Line], verdicts: list[Verdict]) -> None:
    """A box about the author, comments of readers, and the author's lines at the end."""
    total = len(lines)
    for number, line in enumerate(lines):
        if _AUTHOR_BOX.match(line.text):
            verdicts[number] = "notice"
            for after in range(number + 1, min(number + 3, total)):
                if (
                    verdicts[after] == "body"
                    and not _speaks(lines[after].text)
                    and (_BIOGRAPHY.match(lines[after].text) or after >= total - 3)
                ):
                    verdicts[after] = "notice"
        elif _COMMENTS.match(line.text):
            verdicts[number] = "notice"
            if number > 0.6 * total and number > 5:
                verdicts[number:] = ["notice"] * (total - number)
                return
        elif (
            number >= max(3, total - 3)
            and verdicts[number] == "body"
            and len(line.text) < 400
            and not _DOUBLE.search(line.text)
            and _BIOGRAPHY.match(line.text)
        ):
            verdicts[number] = "notice"
