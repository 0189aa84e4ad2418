"""Is a quotation real? Exact, altered (with a word diff), stitched together, somebody else's, nobody's, or not found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from retrieval.asking import verdict_sentences as told
from retrieval.asking.ascribing import Ascribed, ascribed, is_name, one_in
from retrieval.asking.claims import LONGEST, MOST, pasted
from retrieval.asking.comparing import (
    ComparedWord,
    Likeness,
    Standing,
    compared,
    compared_words,
    likeness,
    may_be_left_out,
    seen,
    standing,
    weight,
    word_diff,
)
from retrieval.asking.held_statements import (
    COVERED,
    HeldStatement,
    is_fair,
    is_meant,
    pieces,
    places,
    rests,
    statements_with,
)
from retrieval.asking.lookup import Lookup
from retrieval.display import link
from retrieval.model import Audience, Change, Document, Place, QuoteHit, Span, Verdict
from retrieval.terms import STOP

_TELLING = 4  # words from which even plain ones tell a quotation
_LIKELY = 0.3  # share of the claimed words, by weight, that a statement must hold to be compared with them
_COMPARED = 12  # statements that are compared word by word
_ALL_BUT = 0.75  # how alike a credited statement is that counts before words that nobody is credited with
_MOST_WORDS = 700  # words of one quotation that are compared


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is to be judged: the words, whom they are ascribed to, and for whom."""

    claimed: str
    words: tuple[ComparedWord, ...]
    whom: Ascribed
    finder: Lookup
    audience: Audience


def check(
    claimed: str,
    finder: Lookup,
    audience: Audience,
    *,
    speaker: str | None = None,
    tells_hidden: Callable[[], bool] = lambda: False,
    one_named: bool = False,
) -> Verdict:
    """Whether the quotations of a text are real words of whoever it credits (or of `speaker`), as far as `audience` may see.

    The verdict on the first one that is not exact, with those on the others in `further`. `tells_hidden` says, when words
    turn out to be hidden, whether whoever asks may know of it. With `one_named` what is
    credited to nobody counts as credited to the one person whom the text names.
    """
    with finder.reading():
        text = claimed[:LONGEST]
        given = ascribed(speaker, finder, audience) if speaker else None
        if speaker and given is not None and given.asked is None:
            given = _by_any_name(speaker, finder, audience)
        whole = _judged(_asked(text, given or Ascribed(), finder, audience), only_exact=True)
        if whole is not None:
            return replace(whole, note=told.CUT if len(claimed) > LONGEST else "")
        found = pasted(claimed, partial(is_name, finder.shelf.roster(audience)))
        verdicts = []
        of_all = one_in(text, found.claims, finder, audience) if one_named else Ascribed()
        for claim in found.claims:
            whom = given or ascribed(claim.whom, finder, audience)
            whom = whom if whom.asked else of_all
            verdicts.append(_verdict(_asked(claim.words, whom, finder, audience), tells_hidden))
        if not verdicts:
            return Verdict(claimed, given.asked if given else None, "not_found", told.NO_WORDS)
        note = " ".join(n for n in (told.CUT if found.cut else "", told.more(MOST) if found.more else "") if n)
        verdicts = _together(verdicts)
        verdicts.sort(key=lambda v: v.status == "exact")  # what is wrong is told first
        return replace(verdicts[0], further=tuple(verdicts[1:]), note=note)


def _together(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """The verdicts, those on parts of one statement that are all exact as one."""
    made: list[Verdict] = []
    for one in verdicts:
        last = made[-1] if made else None
        same = last and last.status == one.status == "exact" and last.hits[0].quote.id == one.hits[0].quote.id
        if last and same and last.speaker == one.speaker:
            made[-1] = replace(last, claimed=f"{last.claimed} {one.claimed}")
        else:
            made.append(one)
    return made


def verdict_on(words: str, whom: Ascribed, finder: Lookup, audience: Audience) -> Verdict:
    """Whether words are real, of whoever they are ascribed to; inside one `reading`."""
    return _verdict(_asked(words[:LONGEST], whom, finder, audience), lambda: False)


def _by_any_name(speaker: str, finder: Lookup, audience: Audience) -> Ascribed:
    from retrieval.model import Speaker

    named = finder.named(speaker, audience)
    return Ascribed(named[0] if named else Speaker(None, speaker), named)


def _asked(claimed: str, whom: Ascribed, finder: Lookup, audience: Audience) -> _Asked:
    words = seen(claimed)
    return _Asked(claimed, compared(words)[:_MOST_WORDS], whom, finder, audience)


def _verdict(asked: _Asked, tells_hidden: Callable[[], bool]) -> Verdict:
    found = _judged(asked) or _said(asked, "not_found", told.NOT_FOUND)
    if found.status not in ("exact", "edited") and (hidden := _hidden(asked)) is not None and tells_hidden():
        return _said(asked, "hidden", told.hidden(hidden), place=Place(hidden, hidden.url))
    return found


def _judged(asked: _Asked, *, only_exact: bool = False) -> Verdict | None:
    """What is to be said of one quotation; None: nothing like it stands anywhere."""
    told_words = [w.key for w in asked.words if not w.gap]
    if not told_words:
        return None if only_exact else _said(asked, "not_found", told.NO_WORDS)
    statements = statements_with(asked.claimed, asked.finder, asked.audience)
    if _too_little(told_words):  # it proves nothing where it is not all that was said
        whole = [s for s in statements if [w.key for w in s.words if not w.gap] == told_words]
        exact = _exact(asked, [(s, Standing(0, len(s.words), edited=False)) for s in whole])
        return exact if exact or only_exact else _said(asked, "not_found", told.TOO_LITTLE)
    placed = [(s, where) for s in statements for where in places(asked.words, s)]
    fair = [(s, where) for s, where in placed if is_fair(s, where)]
    found = _exact(asked, fair)
    if found is not None or only_exact:
        return found if not only_exact or (found is not None and found.status == "exact") else None
    clipped = [pair for pair in placed if pair not in fair]
    theirs = [s for s in statements if asked.whom.owns(s.quote)]
    return (
        _clipped(asked, [pair for pair in clipped if pair[0] in theirs])
        or _altered(asked, theirs, _ALL_BUT)
        or _clipped(asked, clipped)
        or _stitched(asked, statements)
        or _altered(asked, statements, _ALL_BUT)
        or _uncredited(asked, fair)
        or _altered(asked, statements, 0.0)
        or _retold(asked, statements)
    )


def _too_little(words: Sequence[str]) -> bool:
    """Whether words are so few, or so plain ("of the"), that they stand in any text."""
    return len(words) < 2 or (len(words) < _TELLING and all(w in STOP for w in words))


# What is to be said, the surest first; None: it does not hold.

_Placed = tuple[HeldStatement, Standing]


def _exact(asked: _Asked, placed: Sequence[_Placed]) -> Verdict | None:
    """The words are somebody's, word for word; never exact where they are ascribed to another."""
    credited = [(s, w) for s, w in placed if s.credited]
    theirs = [(s, w) for s, w in credited if asked.whom.asked is None or asked.whom.owns(s.quote)]
    shown = theirs or credited
    plain = [(s, w) for s, w in shown if not w.edited]
    hits = _hits([s for s, _ in plain or shown], asked)
    if not hits:
        return None
    first, where = (plain or shown)[0]
    if not theirs:
        return _said(asked, "other_speaker", told.owner(first.quote, asked.whom.asked), hits)
    if plain:
        return _said(asked, "exact", told.exact(first.quote, hits), hits)
    true = first.said[first.words[where.first].start : first.words[where.last - 1].end]
    return _said(asked, "edited", told.edited(first.quote), hits, word_diff(true, asked.claimed))


def _clipped(asked: _Asked, placed: Sequence[_Placed]) -> Verdict | None:
    """The words stand in a sentence that says something else with the words that were cut off."""
    ours = sorted(
        ((s, w) for s, w in placed if s.credited),
        key=lambda pair: (not asked.whom.owns(pair[0].quote), pair[1].edited, len(pair[0].words)),
    )
    if not ours:
        return None
    statement, where = ours[0]
    hits = _hits([statement], asked)
    diff = word_diff(_true(statement, where.first, where.last), asked.claimed)
    return _said(asked, "altered", told.clipped(statement.quote, asked.whom), hits, diff) if hits else None


def _true(statement: HeldStatement, first: int, last: int) -> str:
    """A stretch of a statement, with the rest of its sentences where that may not be left out."""
    before, after = rests(statement, first, last)
    start, end = statement.words[first].start, statement.words[last - 1].end
    start -= 0 if may_be_left_out(before, ahead=True) else len(before)
    end += len(after) if not may_be_left_out(after, ahead=False) or not compared_words(after) else 0
    return statement.said[start:end]


def _altered(asked: _Asked, statements: Sequence[HeldStatement], line: float) -> Verdict | None:
    """One statement is clearly meant, and it has other words."""
    near = _nearest(asked, [s for s in statements if s.credited])
    if near is None or near[1].both < line:
        return None
    statement, alike = near
    hits = _hits([statement], asked)
    diff = word_diff(_true(statement, alike.first, alike.last), asked.claimed)
    return _said(asked, "altered", told.altered(statement.quote, asked.whom), hits, diff) if hits else None


def _nearest(asked: _Asked, statements: Sequence[HeldStatement]) -> tuple[HeldStatement, Likeness] | None:
    """The statement that the claimed words are most like, if it is clearly meant; of equals that of whoever is named."""
    words = tuple(w.key for w in asked.words if not w.gap)
    whole = max(weight(words), 0.01)
    held = [({w.key for w in s.words}, s) for s in statements]
    likely = [(weight([w for w in words if w in keys]) / whole, number) for number, (keys, _) in enumerate(held)]
    best = sorted((pair for pair in likely if pair[0] >= _LIKELY), key=lambda pair: -pair[0])[:_COMPARED]
    found = []
    for _, number in best:
        statement = held[number][1]
        alike = likeness(words, tuple(w.key for w in statement.words))
        if is_meant(alike):
            found.append((alike.both + 0.1 * asked.whom.owns(statement.quote), -len(statement.words), number, alike))
    if not found:
        return None
    *_, number, alike = max(found, key=lambda one: one[:3])
    return held[number][1], alike


def _stitched(asked: _Asked, statements: Sequence[HeldStatement]) -> Verdict | None:
    """The words are put together from several places."""
    words = tuple(w.key for w in asked.words if not w.gap)
    found = pieces(words, [s for s in statements if s.credited and len(s.quotes) == 1])
    if len({s.quote.id for s in found}) < 2:
        return None
    near = _nearest(asked, statements)
    if near is not None and near[1].claimed >= COVERED:
        return None
    hits = _hits(found, asked)
    return _said(asked, "stitched", told.stitched(len(found)), hits) if hits else None


def _uncredited(asked: _Asked, fair: Sequence[_Placed]) -> Verdict | None:
    """The words stand in a document, and are nobody's quotation there."""
    quotes = [s for s, w in fair if not w.edited and not s.credited]
    hits = _hits(quotes, asked)
    if hits:
        document = quotes[0].document
        reported = quotes[0].quote.kind == "reported"
        sentence = told.reported(quotes[0].quote) if reported else told.unattributed(document)
        return _said(asked, "uncredited", sentence, hits, place=Place(document, hits[0].link))
    written = asked.finder.written_in(seen(asked.claimed), _holding(asked.words), asked.audience)
    if written is None:
        return None
    return _said(asked, "uncredited", told.written(written), place=Place(written, _link_in(written, asked.words)))


def _holding(words: Sequence[ComparedWord]) -> Callable[[str], bool]:
    """Whether a text holds the words; the longest of them are looked for first, which is quick."""
    longest = sorted((w.key for w in words if w.key.isascii() and w.key.isalpha()), key=len)[-3:]

    def holds(text: str) -> bool:
        small = text.casefold()
        if not all(word[:4] in small for word in longest):
            return False
        where = standing(words, compared(seen(text)))
        return where is not None and not where.edited

    return holds


def _link_in(document: Document, words: Sequence[ComparedWord]) -> str | None:
    text = seen(document.text)
    held = compared(text)
    where = standing(words, held)
    if where is None or document.summary_of:
        return document.url
    return link(document.url, text[held[where.first].start : held[where.last - 1].end])


def _retold(asked: _Asked, statements: Sequence[HeldStatement]) -> Verdict | None:
    """What comes nearest is the article's own sentence about what somebody said."""
    near = _nearest(asked, [s for s in statements if s.quote.kind == "reported"])
    if near is None:
        return None
    hits = _hits([near[0]], asked)
    return _said(asked, "not_found", told.retold(near[0].quote), hits) if hits else None


def _hidden(asked: _Asked) -> Document | None:
    """The document in which the words stand where an admin has hidden them."""
    finder = asked.finder
    for card in finder.shelf.visible(asked.audience):
        spans = finder.hidden_in(card.id)
        document = finder.shelf.document(card.id) if spans else None
        for span in spans if document else ():
            if document and standing(asked.words, compared(seen(span.of(document.text)))) is not None:
                return document
    return None


def _said(
    asked: _Asked,
    status: Any,
    message: str,
    hits: tuple[QuoteHit, ...] = (),
    diff: tuple[Change, ...] = (),
    place: Place | None = None,
) -> Verdict:
    another = asked.whom.asked is not None and bool(hits) and not any(asked.whom.owns(h.quote) for h in hits)
    return Verdict(asked.claimed, asked.whom.asked, status, message, hits, diff, place, by_another=another)


def _hits(statements: Sequence[HeldStatement], asked: _Asked) -> tuple[QuoteHit, ...]:
    wanted = {w.key for w in asked.words}

    def worth(document: Document, parts: Sequence[Span]) -> list[float]:
        return [sum(w in wanted for w in compared_words(p.of(document.text))) / (1 + len(wanted)) for p in parts]

    quotes = dict.fromkeys(q for s in statements for q in s.quotes)
    return asked.finder.present(tuple(quotes), worth, limit=10)
