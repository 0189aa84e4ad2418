"""Questions that a document can answer, made of its quotes' own words (pure)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence

from retrieval.model import Document, Quote

MOST = 3
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_NOUN = re.compile(
    r"(?:(?:tion|sion|ment|ship|ance|ence|ism|ure|age|er|or|line|system|force|weapon|price|cost|right|agreement)s?|ities|ity|ness|ies|dom|"
    r"war|peace|aid|law|order|world|defen[cs]e|power|future|bridge)$"
)
_TITLES = frozenset(
    ("mr", "mrs", "ms", "miss", "dr", "sir", "lord", "lady", "president", "minister", "prime", "secretary", "general", "chancellor", "king",
     "queen", "prince", "princess", "captain", "professor", "senator", "vice", "chairman", "ambassador", "madam", "inspector", "god", "i")
)  # fmt: skip
_COMMON = frozenset(
    ("about", "above", "after", "again", "against", "all", "almost", "already", "also", "although", "always", "among", "and", "another", "any",
     "anything", "are", "around", "away", "back", "because", "been", "before", "being", "believe", "best", "better", "between", "both", "but",
     "came", "can", "come", "could", "course", "day", "did", "does", "doing", "done", "down", "each", "else", "enough", "even", "ever", "every",
     "everything", "first", "for", "from", "get", "give", "going", "good", "got", "great", "had", "has", "have", "having", "her", "here", "him",
     "himself", "his", "how", "however", "into", "its", "just", "keep", "know", "last", "least", "less", "let", "like", "little", "long", "look",
     "made", "make", "many", "may", "might", "more", "most", "much", "must", "near", "need", "never", "new", "next", "not", "nothing", "now",
     "off", "often", "one", "only", "other", "our", "out", "over", "own", "people", "perhaps", "put", "quite", "rather", "really", "right",
     "said", "same", "say", "says", "see", "seem", "shall", "she", "should", "since", "some", "something", "soon", "still", "such", "sure",
     "take", "tell", "than", "thank", "thanks", "that", "the", "their", "them", "then", "there", "these", "they", "thing", "things", "think",
     "this", "those", "though", "through", "time", "today", "together", "told", "too", "two", "under", "until", "upon", "use", "very", "want",
     "was", "way", "well", "went", "were", "what", "when", "where", "which", "while", "who", "whole", "why", "will", "with", "without", "would",
     "year", "years", "yes", "yet", "you", "your", "yourself")
)  # fmt: skip


def questions_for(document: Document, quotes: Sequence[Quote]) -> tuple[str, ...]:
    """Up to three questions, of different speakers where there are several; none where nobody is sure to speak."""
    usual = Counter(word.lower() for word in _WORD.findall(document.text))
    asked: list[tuple[str, str, str]] = []
    for quote in sorted(quotes, key=lambda q: -q.confidence):
        speaker = quote.speaker
        if speaker is None or speaker.unnamed or quote.kind == "reported":
            continue
        words = " ".join(fragment.of(document.text) for fragment in quote.fragments)
        topic = _topic(words, usual, speaker.name)
        if topic and all(topic != other for _, _, other in asked):
            asked.append((speaker.name, f"What did {speaker.name} say about {topic}?", topic))
    firsts = {name: question for name, question, _ in reversed(asked)}
    chosen = list(dict.fromkeys([*(firsts[name] for name, _, _ in asked), *(question for _, question, _ in asked)]))
    return tuple(chosen[:MOST])


def _topic(words: str, usual: Counter[str], speaker: str) -> str | None:
    """What a quote is about in its own words: a name in it, or a telling noun with the word before it."""
    tokens = list(_WORD.finditer(words))
    own = {part.lower() for part in speaker.split()}
    telling = [_telling(token[0], own) for token in tokens]
    best: tuple[float, str] | None = None
    for number in range(len(tokens)):
        if not telling[number]:
            continue
        named = _name_at(words, tokens, number)
        phrase, score = named if named is not None else _noun_at(words, tokens, telling, number)
        score += 1 / (1 + usual[tokens[number][0].lower()])  # what the whole document speaks of tells less
        if len(phrase) > 3 and (best is None or score > best[0]):
            best = (score, phrase)
    return None if best is None else best[1]


def _telling(word: str, own: Container[str]) -> bool:
    lowered = word.lower()
    return len(word) > 2 and lowered not in _COMMON and lowered not in own and "’" not in word and "'" not in word


def _name_at(words: str, tokens: Sequence[re.Match[str]], number: int) -> tuple[str, float] | None:
    """The whole run of capitalised words that starts here, unless it starts a sentence or is a title."""
    token = tokens[number]
    before = words[: token.start()].rstrip()
    if not token[0][0].isupper() or not before or before[-1] in '.?!…:—“”"':
        return None
    if number and tokens[number - 1][0][0].isupper() and words[tokens[number - 1].end() : token.start()] == " ":
        return None  # in the middle of a run
    end = number
    while (
        end + 1 < len(tokens)
        and tokens[end + 1][0][0].isupper()
        and words[tokens[end].end() : tokens[end + 1].start()] == " "
    ):
        end += 1
    run = [t[0] for t in tokens[number : end + 1]]
    if len(run) > 3 or any(word.lower() in _TITLES for word in run):
        return None
    if len(run) == 1 and run[0].lower().endswith(("an", "ans", "ish", "ese")):
        return None  # of a country, not a topic
    return words[token.start() : tokens[end].end()], 0.9 + 0.5 * (len(run) > 1)


def _noun_at(words: str, tokens: Sequence[re.Match[str]], telling: Sequence[bool], number: int) -> tuple[str, float]:
    """A word, with the telling one before it where it looks like a noun."""
    token = tokens[number]
    if token[0][0].isupper():
        return "", 0.0  # at a sentence's start, or part of a name
    score = min(len(token[0]), 12) / 12
    if not _NOUN.search(token[0]):
        return token[0], score
    before = tokens[number - 1] if number else None
    joined = (
        before is not None
        and telling[number - 1]
        and words[before.end() : token.start()] == " "
        and before[0].islower()
    )
    if before is not None and joined and not before[0].endswith("ly"):
        return f"{before[0]} {token[0]}", score + 0.9
    return token[0], score + 0.7
