"""What kind of answer a question wants, and which kinds of answer words can be: a reason, a number, a yes or no (pure)."""

from __future__ import annotations

import re

_WANTS = {
    "reason": re.compile(
        r"\b(why|reasons?|how come|what (?:made|makes|drove|prompted|led)|because|grounds|rationale|justif\w+|explain\w*|purpose|what for)\b",
        re.IGNORECASE,
    ),
    "number": re.compile(
        r"\b(how (?:many|much|long|soon|far|old|often|big|large|high|fast|quickly)|when|"
        r"(?:what|which) (?:share|percentage|number|year|date|age|price|sum|amount|proportion|fraction|cost|figure|day|month|time))\b",
        re.IGNORECASE,
    ),
    "verdict": re.compile(
        r"^\W*(?:so |and |but )?(?:did|does|do|is|was|were|are|will|would|has|have|can|could|should|may|might)\b",
        re.IGNORECASE,
    ),
}
_IS = {
    "reason": re.compile(
        r"\b(because|since|so that|in order|as a result|that is why|that[’']s why|therefore|reason|due to|to make sure|for fear|otherwise)\b",
        re.IGNORECASE,
    ),
    "number": re.compile(
        r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fifteen|twenty|thirty|forty|fifty|sixty|"
        r"seventy|eighty|ninety|hundred|thousand|million|billion|trillion|half|third|quarter|dozen|percent|per cent|today|tomorrow|"
        r"yesterday|tonight|soon|years?|months?|weeks?|days?|hours?|minutes?|january|february|march|april|may|june|july|august|"
        r"september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|never|always|first|"
        r"immediately|now|spring|summer|autumn|winter|century|decades?)\b",
        re.IGNORECASE,
    ),
    "verdict": re.compile(
        r"\b(?:yes|no|not|never|absolutely|of course|certainly|sure|nothing|none)\b|n[’']t\b", re.IGNORECASE
    ),
}


def wants(question: str) -> frozenset[str]:
    """The kinds of answer that a question asks for."""
    return frozenset(kind for kind, pattern in _WANTS.items() if pattern.search(question))


def is_a(text: str) -> frozenset[str]:
    """The kinds of answer that a text can be."""
    return frozenset(kind for kind, pattern in _IS.items() if pattern.search(text))
