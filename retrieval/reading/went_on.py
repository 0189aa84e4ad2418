"""Who goes on speaking under another description: "“…,” Ahab said. … “…,” the visitor added" (pure)."""

from __future__ import annotations

from retrieval.reading.candidates import Candidate
from retrieval.reading.describing import heads_of
from retrieval.reading.focus import named_just_before
from retrieval.reading.resolution import Context, Resolved, speaker_of
from retrieval.reading.role_words import STRANGERS

_GOING_ON = frozenset(["added", "adds", "continued", "continues", "concluded", "concludes"])


def went_on(candidate: Candidate, floor: int | None, context: Context) -> Resolved | None:
    """Whoever spoke last, where a word that brings nobody in "added" something and nobody else was named since."""
    cue, mention = candidate.cue, candidate.mention
    if cue is None or mention is None or floor is None or floor >= len(context.cast.characters):
        return None
    words = mention.of(context.text)
    if cue.of(context.text).casefold() not in _GOING_ON or not words.casefold().startswith("the "):
        return None
    if not STRANGERS.issuperset(heads_of(words)[-1:]):
        return None
    who = context.cast.characters[floor]
    near = named_just_before(mention.start, context)
    if not who.person or who.unnamed or who.doubtful or [c.number for c in near] != [who.number]:
        return None
    return Resolved(speaker_of(who, context.people), 0.8, f"“{words}” goes on where {who.name} spoke last", who)
