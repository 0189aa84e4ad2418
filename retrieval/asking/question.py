"""Words -> Question: who is asked about, on what, when, and whether it is a question for this bot at all (pure)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from retrieval import lexicon
from retrieval.asking.asked_speakers import Capacity, also_asked, find_capacity, find_speaker, follower
from retrieval.asking.mentioned_people import Asked, Whom, nobody_knows_who, phrase_of
from retrieval.asking.question_dates import Period, find_period
from retrieval.asking.question_slots import tokenize
from retrieval.asking.quoted import How, Roster
from retrieval.asking.small_talk import small_talk
from retrieval.model import Intent, Question, Span, Speaker
from retrieval.terms import fold, terms, tokens, words

_QUOTED = re.compile(r"[“\"„«]([^“”\"„«»]{3,}?)[”\"“»]|(?<!\w)[‘']([^‘’']{8,}?)[’'](?!\w)")
_TOLD = 10  # words of a topic that a sentence repeats
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_SURROGATES = re.compile("[\ud800-\udfff]")
_LONGEST = 2000  # characters of a question that are read
_LATEST = re.compile(r"\b(latest|most recent(?:ly)?|newest|last (?:say|said|thing)|lately|these days)\b", re.IGNORECASE)
_WHO_SAID = re.compile(
    r"^\W*(?:so |and |but )?(?:who(?:\s+(?:was it (?:that|who)|has|have|had|is|was|else|all|exactly|first|actually|even))*\s+(?P<verb>[\w’']+)|"
    r"whose (?:words|quote|line|statement)|which (?:\w+ ){1,3}?(?P<verb2>said|says|told|called|warned|described|talked|spoke|mentioned))\b",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^(?:\W|\b(?:so|and|but|please|tell|show|give|find|get|me|us|what|whats|which|who|whom|how|why|when|where|did|does|do|has|have|had|is|was|were|"
    r"are|say|said|says|saying|tell|told|think|thinks|comment|commented|talk|talked|speak|spoke|mention|mentioned|about|on|regarding|concerning|"
    r"that|of|to|quotes?|by|from|anything|something|latest|the latest)\b)+",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"(?:\W|\b(?:according to|in|as|per|by|from|says|said|view|words|opinion|put it|puts it|tells it)\b)+$",
    re.IGNORECASE,
)
_FOLLOW_UP = re.compile(
    r"^\W*(?:and|also|ok(?:ay)?,?|but|or|so|same(?: question)? (?:for|about)|what about|how about|and what about|and how about|"
    r"what else|anything else|more)\b",
    re.IGNORECASE,
)
_PUBLISHER = re.compile(
    r"\b(?:according to|as reported (?:by|in)|reported (?:by|in)|published (?:by|in)|in|from|per|via|carried by)\s+(?:the\s+|an?\s+)?",
    re.IGNORECASE,
)
_ELSE = re.compile(r"^\W*(?:and\s+)?(?:who|anybody|anyone|somebody|someone)\s+else\b", re.IGNORECASE)
_MORE = re.compile(
    r"^\W*(?:and\s+)?(?:(?:what|anything|something)\s+else|(?:any(?:thing)?\s+|some\s+)?more(?:\s+quotes)?|go\s+on|continue|next)"
    r"(?:\s+(?:did|has)\s+(?:he|she|they)\s+sa(?:y|id))?\W*$",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"\b((?:before|after|since|until|prior\s+to|ahead\s+of)\s+(?:the|his|her|their)\s+(?:[\w’'-]+\s+){0,3}?(?:summit|meeting|election|elections|vote|visit|"
    r"speech|debate|attack|invasion|war|convention|conference|talks|referendum|resignation|inauguration|hearing|trial|ball|wedding))\b",
    re.IGNORECASE,
)
_AGENCY = re.compile(
    r"^\W*(?:according\s+to|as\s+reported\s+(?:by|in)|reported\s+by|as\s+quoted\s+by)\s+(?P<front>(?:the\s+)?[^,?]{2,40}?)(?:,\s+(?=\S)|\s+(?=(?:what|how|why|when|did|does|has)\b))"
    r"|[\s,]+(?:according\s+to|as\s+reported\s+(?:by|in)|as\s+quoted\s+by)\s+(?P<back>(?:the\s+)?[A-Z][^,?]{1,40}?)\W*$",
    re.IGNORECASE,
)
_PAPER = re.compile(
    r"(?:^|\s)(?i:in)\s+(?:the\s+)?(?P<paper>(?:[A-Z][\w’'-]+\s+){0,3}(?:Gazette|Times|Post|News|Herald|Tribune|Journal|Chronicle|Courier|Guardian|Telegraph|Mail|"
    r"Mirror|Observer|Standard|Express|Dispatch|Examiner|Mercury|Argus|Globe|Inquirer|Reuters|AFP|Bloomberg|Politico|POLITICO|BBC|CNN))(?=\W*$|\s*,|\s+(?:about|on)\b)"
)
_FACT = re.compile(
    r"^\W*(?:so |and )?(?:when|where|how (?:many|much|long|far|old|big|often)|which|who|what|why|how|is|are|was|were|did|does|do)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Understood:
    """A question as it was understood, and what the answer needs beyond it."""

    question: Question
    asked: Asked = "nobody"
    role: str = ""  # the office asked about, as written ("the NATO chief"), for judging who held it when
    unknown: str = ""  # what stands where a speaker is named and is nobody's name
    shared: bool = False  # the speakers are namesakes: one of them is meant
    doubt: str = ""  # words that open a question like a name ("harry styles on …") and are nobody's
    firm: bool = True  # the question's grammar says that the speaker is its subject
    guess: bool = False  # the speaker's name is far from how it was written
    typed: str = ""  # the speaker as the question has it
    refusal: str = ""  # the code of why it is no question for this bot
    message: str = ""
    quoted: str = ""  # words in quotation marks
    month_day: tuple[int, int | None] | None = None
    verb: str = ""
    search: str = ""  # the question without its period and publisher, for the vectors
    clause: str = ""  # what is asked, in its own order of words, without speaker and asking: the topic's vector
    named_outright: str = ""  # what stands behind "about" or "on"
    any_year: str = ""  # a day without its year, taken to be the last one: "after January 6"
    event: str = ""  # what the words are to be older or younger than, when it is no date: "before the Vilnius summit"
    besides: tuple[Speaker, ...] = ()  # who has been asked about already: "who else?"
    capacity: Capacity | None = None  # the office that the words are to be from: "as foreign minister"
    also: tuple[Speaker, ...] = ()  # whom a second question in the same breath asks
    undated: bool = (
        False  # nothing known to be from the period answers: the words of documents without a date are asked
    )
    further: bool = False  # what else there is, beyond what was shown: "anything else?"


def understand(
    text: str,
    roster: Roster,
    *,
    publishers: Iterable[str] = (),
    before: Question | None = None,
    today: date | None = None,
) -> Understood:
    """What the words ask for. `before` lends what a follow-up leaves out; `today` anchors "last week"."""
    plain = _SURROGATES.sub("\ufffd", " ".join(text.split()))[:_LONGEST]
    refusal = small_talk(plain)
    if refusal is not None:
        return Understood(Question(plain, "none"), refusal=refusal.code, message=refusal.message)
    asking = with_apostrophes(tidied(plain), roster.is_owner)
    period = find_period(asking, today or date.today())  # noqa: DTZ011
    quoted = _quoted(asking)
    kept = _without(asking, period.span if period and period.bounded else None)
    publisher, span = _printed_in(kept, tuple(publishers), roster)
    kept = _without(kept, span)
    capacity = find_capacity(kept, roster.is_title)
    kept = _without(kept, capacity.span if capacity else None)
    who = follower(kept, roster) if before is not None else None
    who = who or find_speaker(_named_latest(_blanked(kept, quoted)), roster, who_said=_who_said(kept))
    topic = _topic(kept, who)
    if period is None and who.speakers and _YEAR.fullmatch(topic):  # "Fogg 1872"
        period, topic = find_period(f"in {topic}", today or date.today()), ""  # noqa: DTZ011
    question = Question(
        text=plain,
        intent=_intent(kept, who, quoted),
        speakers=who.speakers,
        topic=topic,
        since=period.since if period else None,
        until=period.until if period else None,
        publisher=publisher,
        order="latest" if _LATEST.search(kept) else "relevance",
    )
    understood = Understood(
        question,
        asked=who.asked,
        role=who.role,
        unknown=who.unknown,
        shared=who.shared,
        doubt=who.doubt,
        firm=who.firm,
        guess=who.guess,
        typed=" ".join(kept[span.start : span.end] for span in who.spans),
        quoted=quoted,
        month_day=period.month_day if period and not period.bounded else None,
        verb=who.verb,
        search=_respelt(kept, who),
        clause=_clause(kept, who),
        named_outright=_outright(kept, who),
        capacity=capacity,
        also=also_asked(_blanked(kept, quoted), who.speakers, roster),
        any_year=asking[period.span.start : period.span.end] if period and period.year_guessed else "",
        event=event[1] if (event := _EVENT.search(kept)) and not (period and period.bounded) else "",
    )
    understood = _inherit(understood, before, period) if before is not None else understood
    named = understood.question.speakers or understood.unknown or understood.doubt
    return understood if named else replace(understood, unknown=nobody_knows_who(tokenize(kept)))


def _who_said(text: str) -> bool:
    found = _WHO_SAID.search(text)
    if not found:
        return False
    verb = found["verb"] or found["verb2"]
    return verb is None or (fold(verb) in lexicon.SPEECH | lexicon.VERBS and fold(verb) not in {"is", "was", "won"})


def _intent(text: str, who: Whom, quoted: str) -> Intent:
    if _who_said(text) and not (who.speakers or who.unknown):
        return "who_said"
    if who.speakers or who.unknown or quoted:
        return "quote"
    found = tokenize(text)
    asks_words = any(
        t.low in lexicon.SPEECH or t.low in {"quote", "quotes", "quotation", "quotations", "statements", "comments"}
        for t in found
    )
    if _FACT.search(text) and not asks_words:
        return "passage"
    return "quote"


def _topic(text: str, who: Whom) -> str:
    """What the question is about: its words without the speaker and without what merely asks."""
    for span in sorted(who.spans, key=lambda s: -s.start):
        text = text[: span.start] + " " + text[span.end :]
    kept = list(re.findall(r"\S+", text))
    first = next((i for i, t in enumerate(kept) if terms(t)), len(kept))
    last = next((i for i in range(len(kept), 0, -1) if terms(kept[i - 1])), 0)
    return " ".join(kept[first:last]).strip(" ?!.,;:")


def _respelt(text: str, who: Whom) -> str:
    """The question with a misspelt speaker's name as it is written."""
    if who.asked != "fuzzy" or len(who.spans) != 1 or len(who.speakers) != 1:
        return text
    span = who.spans[0]
    return f"{text[: span.start]}{who.speakers[0].name}{text[span.end :]}"


def _clause(text: str, who: Whom) -> str:
    """The question without its speaker and without what merely asks, function words between left in."""
    bare = _LEADING.sub("", _unspoken(text, who)).strip()
    return _TRAILING.sub("", bare)


def _unspoken(text: str, who: Whom) -> str:
    for span in sorted(who.spans, key=lambda s: -s.start):
        text = text[: span.start] + " " + text[span.end :]
    return " ".join(text.split())


def _outright(text: str, who: Whom) -> str:
    """What the question names as its topic: the words behind its first "about" or "on" after the speaker."""
    start = (
        max((span.end for span in who.spans), default=0)
        if who.asked != "nobody" and not text.casefold().startswith("according")
        else 0
    )
    found = re.search(r"\b(?:about|on|regarding|concerning)\b(.*)", text[start:], re.IGNORECASE)
    return found[1].strip() if found else ""


def _quoted(text: str) -> str:
    found = [a or b for a, b in _QUOTED.findall(text)]
    return max(found, key=len, default="").strip()


def _blanked(text: str, quoted: str) -> str:
    """The question with its quoted words made of no interest to the search for the speaker, lengths kept."""
    return text.replace(quoted, re.sub(r"\w", "\u02c9", quoted)) if len(words(quoted)) > 2 else text


def _printed_in(text: str, held: Sequence[str], roster: Roster) -> tuple[str | None, Span | None]:
    """The publisher that is asked for, held or not, and where it stands."""
    publisher, span = _publisher(text, held, roster)
    return (publisher, span) if publisher is not None else _unheld_publisher(text, roster, held)


def _publisher(text: str, publishers: Iterable[str], roster: Roster) -> tuple[str | None, Span | None]:
    """The publisher that the question limits itself to, by its whole name or its distinctive first words."""
    known = {alias: name for name in publishers for alias in _aliases(name)}
    for lead in _PUBLISHER.finditer(text):
        rest = tokenize(text[lead.end() :])
        for size in range(min(5, len(rest)), 0, -1):
            alias = " ".join(t.low for t in rest[:size])
            phrase = phrase_of(rest[:size])
            if alias in known and rest[0].capital and not (roster.by_name(phrase) or roster.people.places.find(phrase)):
                return known[alias], Span(lead.start(), lead.end() + rest[size - 1].span.end)
    return None, None


def _unheld_publisher(text: str, roster: Roster, held: Sequence[str]) -> tuple[str | None, Span | None]:
    """ "According to AFP, what did Rutte say?": a source that is no person and publishes nothing here, where another speaks."""
    paper = _PAPER.search(text)
    bearer = roster.by_name(paper["paper"]) if paper else None
    part = {word for name in held for word in words(name)}  # "the Times" may be the Streatham Times that is held
    if (
        paper
        and held
        and not part.issuperset(words(paper["paper"]))
        and not (bearer and any(s.type == "person" for s in bearer.speakers))
    ):
        return paper["paper"], Span(*paper.span())
    found = _AGENCY.search(text)
    if found is None:
        return None, None
    phrase = (found["front"] or found["back"]).strip()
    if "," not in found[0] and phrase == phrase.lower():
        return None, None
    if phrase != phrase.lower() and phrase.split()[-1].islower():
        return None, None  # "the Thelma and Louise star" publishes nothing
    match = roster.by_name(phrase) or roster.by_role(phrase)
    if match is not None and any(s.type == "person" for s in match.speakers):
        return None, None
    rest = find_speaker(_without(text, Span(*found.span())), roster, who_said=False)
    if rest.asked in {"name", "role"} and rest.firm and rest.verb in lexicon.SPEECH:
        return phrase.removeprefix("the "), Span(*found.span())
    return None, None


def _named_latest(text: str) -> str:
    """The question with "most recent" in front of a name made blank: it is no part of the name."""
    return re.sub(
        r"^\W*(?:the\s+)?(?:very\s+)?(?:most\s+recent|latest|newest|last|recent)\s+(?=(?-i:[A-Z]))",
        lambda match: " " * len(match[0]),
        text,
        flags=re.IGNORECASE,
    )


def _aliases(publisher: str) -> set[str]:
    """How a publisher may be called: all its name, each part of "AFP, in Insider Paper", without "The"."""
    parts = {publisher, *re.split(r"\s*[(),/]\s*|\s+[-–—|]\s+", publisher)}
    names = (re.sub(r"^(?:the|in|carried by|after|via)\s+", "", p.strip(), flags=re.IGNORECASE) for p in parts)
    return {" ".join(words(name)) for name in names if len(name) > 1}


def _without(text: str, span: Span | None) -> str:
    return text if span is None else " ".join((text[: span.start] + " " + text[span.end :]).split())


def asks_for_more(text: str) -> bool:
    """Whether a message asks for what else there is on the question before: "more", "anything else?"."""
    return bool(_MORE.search(" ".join(text.split())))


def _inherit(now: Understood, before: Question, period: Period | None) -> Understood:
    """A follow-up with what it leaves out taken from the question before."""
    question = now.question
    if _MORE.search(question.text):
        return replace(now, question=replace(before, text=question.text), **_as_before(before), further=True)
    if _ELSE.search(question.text) and before.speakers and not terms(question.topic.replace("else", "")):
        other = replace(before, text=question.text, speakers=(), intent="who_said")
        return replace(
            now,
            question=other,
            search=f"Who talked about {before.topic}?",
            clause=before.topic,
            besides=before.speakers,
        )
    pronoun = any(fold(t) in lexicon.PRONOUNS for t in tokens(question.text))
    bare = bool(_FOLLOW_UP.search(question.text)) or pronoun or len(tokens(question.text)) <= 4
    if not bare:
        return now
    lends_speakers = (
        not question.speakers and not now.unknown and question.intent != "who_said" and bool(before.speakers)
    )
    only_names = bool(question.speakers) and not terms(question.topic)
    topic = question.topic
    if only_names or not terms(topic):
        topic = before.topic
    question = replace(
        question,
        speakers=before.speakers if lends_speakers else question.speakers,
        topic=topic,
        intent="quote" if lends_speakers or question.speakers else question.intent,
        since=question.since if period else before.since,
        until=question.until if period else before.until,
        publisher=question.publisher or before.publisher,
    )
    names = " and ".join(speaker.name for speaker in question.speakers)
    return replace(
        now,
        question=question,
        asked=_how_asked(question.speakers) if lends_speakers else now.asked,
        firm=True if lends_speakers else now.firm,
        search=f"What did {names} say about {topic}?" if names else now.search,
        clause=topic,
    )


def _as_before(before: Question) -> dict[str, Any]:
    names = " and ".join(speaker.name for speaker in before.speakers)
    search = f"What did {names} say about {before.topic}?" if names else before.topic
    return {
        "asked": _how_asked(before.speakers) if names else "nobody",
        "search": search,
        "clause": before.topic,
        "unknown": "",
    }


def _how_asked(speakers: Sequence[Speaker]) -> Asked:
    how: How = "described" if any(s.unnamed for s in speakers) else "name"
    return how


def topic_told(understood: Understood) -> str:
    """What a question is about, as it can stand behind "on"; empty where its words do not make up such a phrase."""
    named = re.split(r"(?:[;?!]|(?<=\w{3})\.)(?=\s|$)", understood.named_outright)[0].strip(" ,;:.")
    if named and len(named.split()) <= _TOLD:
        return named
    asking = tidied(understood.question.text)
    first = next((t.low for t in tokenize(asking)), "")
    if first in lexicon.QUESTION_WORDS | lexicon.AUXILIARIES | lexicon.COPULAS | lexicon.MODALS:
        return ""
    topic = understood.question.topic
    asks = lexicon.VERBS | lexicon.AUXILIARIES | lexicon.COPULAS | lexicon.MODALS | lexicon.QUESTION_WORDS
    plain = not any(t.low in asks or t.closes for t in tokenize(topic)[:-1])
    return topic if plain and len(topic.split()) <= _TOLD // 2 else ""


# What stands around a question without asking anything: greetings, "could you tell me", "give me three quotes by" (pure).

_MANY = r"(?:all|every|some|any|a\s+few|a\s+couple\s+of|more|one|two|three|four|five|ten|\d{1,2}|the|your|his|her)"
_BEFORE = re.compile(
    r"^\W*(?:(?:hi|hiya|hey|hello|dear|good\s+(?:morning|afternoon|evening|day)|ok(?:ay)?|so|well|um+|please|pls|sorry|excuse\s+me|thanks?|"
    r"thank\s+you)\b(?:\s+(?:there|bot|all|team|everyone|again))?[\s,.!–—-]+)+(?=\S+\s+\S)",
    re.IGNORECASE,
)
_COULD_YOU = re.compile(
    r"^\W*(?:(?:can|could|would|will)\s+(?:you|u)\s+(?:please\s+|pls\s+|kindly\s+|maybe\s+|perhaps\s+)?(?:tell|show|give|find|look\s+up|get)(?:\s+(?:me|us))?\b|"
    r"i(?:[’']d|\s+would)\s+(?:like|love)\s+to\s+(?:know|hear|see|ask(?:\s+you)?)\b|i\s+(?:want|need)\s+to\s+know\b|(?:do|does)\s+(?:you|anyone)\s+know\b|"
    r"i\s+(?:wonder|was\s+wondering|am\s+wondering|[’']m\s+wondering)\b|any\s+idea\b|please\b|pls\b)[\s,:]*(?:if\s+|whether\s+)?",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?:(?:\s{0,3}[,.!?;–—-]{1,5}+\s{0,3}(?:thank\s+you(?:\s+(?:very|so)\s+much)?|thanks?(?:\s+(?:a\s+lot|so\s+much|very\s+much|in\s+advance|you))?|thx|ty|cheers|"
    r"if\s+(?:possible|you\s+can|you\s+know)|asap|by\s+the\s+way|btw))|(?:[\s,]{1,5}(?:please|pls|plz)))++(?P<mark>[\s.!?]*)$",
    re.IGNORECASE,
)
_QUOTES_OF = re.compile(
    r"^\W*(?:(?:give|show|list|find|get|send|fetch|tell|look\s+up|search(?:\s+for)?)\s+(?:me\s+|us\s+)?)?(?:"
    + _MANY
    + r"\s+)*"
    r"(?:(?:latest|most\s+recent|newest|recent|best|direct|exact)\s+)?(?:quotes?|quotations?|statements?|remarks|words)\s+(?=(?:by|from|of)\s)",
    re.IGNORECASE,
)
_EVERYTHING = re.compile(
    r"^\W*(?:tell|show|give|find|get|list)\s+(?:me\s+|us\s+)?(?:everything|anything|all|whatever|what)\s+(?:that\s+)?(?=\S+(?:\s+\S+){0,4}?\s+(?:said|says|has\s+said)\b)",
    re.IGNORECASE,
)


def tidied(text: str) -> str:
    """The question without what merely surrounds it; the text as it is where nothing would be left."""
    found = _BEFORE.sub("", text)
    while (shorter := _AFTER.sub(lambda match: match["mark"].strip(), found)) != found:
        found = shorter
    found = _COULD_YOU.sub("", found)
    found = _EVERYTHING.sub("", _QUOTES_OF.sub("quotes ", found)) if not found.lower().startswith("quotes") else found
    return found if sum(c.isalnum() for c in found) > 2 else text


_OWNED = (
    lexicon.SAYINGS
    | lexicon.DESCRIBED
    | lexicon.PERSONS
    | frozenset(
        [
            "foreign",
            "prime",
            "defence",
            "defense",
            "finance",
            "interior",
            "deputy",
            "vice",
            "former",
            "new",
            "top",
            "chief",
            "envoy",
        ]
    )
)
_OWNER = re.compile(r"\b([^\W\d_]{3,})s(?=\s+([^\W\d_]+))")


def with_apostrophes(text: str, names_an_owner: Callable[[str], bool]) -> str:
    """ "lithuanias minister" and "darcys view" as they are meant, where the shorter word is a name and the longer one is none."""

    def owned(found: re.Match[str]) -> str:
        whose = found[2].casefold() in _OWNED and names_an_owner(found[1]) and not names_an_owner(found[0])
        return f"{found[1]}’s" if whose else found[0]

    return _OWNER.sub(owned, text)
