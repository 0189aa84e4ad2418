"""Questions that a document can answer, made of its quotes' own words (pure)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from retrieval.model import Document, Quote

MOST = 3
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_COMMON = frozenset(
    ("about", "above", "after", "again", "against", "all", "almost", "already", "also", "although", "always", "among", "and", "another", "any",
     "anything", "are", "around", "away", "back", "because", "been", "before", "being", "believe", "best", "better", "between", "both", "but",
     "came", "can", "come", "could", "day", "did", "does", "doing", "done", "down", "each", "else", "enough", "even", "ever", "every",
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
    """Two telling words that stand together, or one: seldom in the document as a whole, but no accident of spelling."""
    tokens = list(_WORD.finditer(words))
    name = {part.lower() for part in speaker.split()}
    telling = [
        len(t[0]) > 2
        and t[0].lower() not in _COMMON
        and t[0].lower() not in name
        and "’" not in t[0]
        and "'" not in t[0]
        for t in tokens
    ]
    best: tuple[float, str] | None = None
    for number, token in enumerate(tokens):
        if not telling[number]:
            continue
        score = (
            len(token[0]) / 10
            + 1 / (1 + usual[token[0].lower()])
            + (1.0 if token[0][0].isupper() and token.start() > 0 else 0)
        )
        phrase = token[0]
        follows = (
            number + 1 < len(tokens) and telling[number + 1] and words[token.end() : tokens[number + 1].start()] == " "
        )
        if follows:
            phrase, score = f"{phrase} {tokens[number + 1][0]}", score + 0.6
        if len(phrase) > 3 and (best is None or score > best[0]):
            best = (score, phrase)
    return None if best is None else best[1]
