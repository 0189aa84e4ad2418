"""How often `check` is right about true, altered, invented and misattributed quotations.

python -m tests.bench.check_claims [FOLDER] [SEED]: over the novels and the chronicle, or over a folder of documents of
your own. A program makes the claims, in the forms in which people paste them; nothing that it makes up is written down.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import Indel

from retrieval.asking.check import check
from retrieval.asking.comparing import compared_words
from retrieval.ingest import open_index
from retrieval.model import EVERYBODY, Quote, Verdict
from retrieval.terms import STOP
from tests.asking import EMBEDDER, finder_of, reader

SETS = tuple(Path(__file__).parents[1] / "eval" / name for name in ("novels", "chronicle"))
PER_KIND = 100
LONG = 8  # words from which a quote is altered
MOST = 60  # words of a quote that people paste

Form = Callable[[str, str], str]


@dataclass(frozen=True)
class Held:
    """A stored quote with its words and whose they are."""

    quote: Quote
    text: str
    name: str


def _two(text: str) -> tuple[str, str]:
    words = text.split()
    half = max(1, len(words) // 2)
    return " ".join(words[:half]).rstrip(".,"), " ".join(words[half:])


def _wrapped(text: str) -> str:
    return re.sub(r"((?:\S+ ){6})", r"\1\n", text).replace(" \n", "\n")


FORMS: dict[str, Form] = {
    "name said:": lambda q, n: f"{n} said: “{q}”",
    "said name": lambda q, n: f"“{q.rstrip('.')},” said {n}.",
    "straight": lambda q, n: f'"{q}" - {n}',
    "dash": lambda q, n: f"“{q}”\n— {n}",
    "label": lambda q, n: f"{n}: {q}",
    "per": lambda q, n: f"per {n}, “{q}”",
    "slack": lambda q, n: "\n".join(f"> {line}" for line in _wrapped(q).splitlines()) + f"\n— {n}",
    "bullet": lambda q, n: f"Points from today:\n- “{q}” ({n})",
    "split": lambda q, n: f"“{_two(q)[0]},” {n} told reporters, “{_two(q)[1]}”",
    "paragraph": lambda q, n: f"It was a long evening. {n}, who had come late, said that “{q}” Nobody answered.",
    "broken lines": lambda q, n: f"“{_wrapped(q)}” according to {n}",
    "invisible": lambda q, n: f"{n}: “{q.replace(' ', chr(0xA0), 1).replace('e', 'e' + chr(0xAD), 2)}{chr(0x200B)}”",
    "tweet": lambda q, n: f"@{n.replace(' ', '')} {q}",
}


def replaced(words: list[str], at: int, by: Sequence[str]) -> list[str]:
    return [*words[:at], *by, *words[at + 1 :]]


def swapped(words: list[str], at: int) -> list[str]:
    telling = [i for i, w in enumerate(words) if len(w) > 3 and w.lower().strip(".,") not in STOP] or [at]
    return replaced(words, telling[at % len(telling)], ["wheelbarrow"])


def negated(words: list[str], at: int) -> list[str]:
    for i, word in enumerate(words):
        if word.lower() in {"not", "never"}:
            return replaced(words, i, [])
        if word.lower() in {"is", "was", "are", "were", "have", "had", "will", "would", "can", "shall", "must"}:
            return replaced(words, i, [word, "not"])
    return ["Never", *words]


def renumbered(words: list[str], at: int) -> list[str]:
    numbers = [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "hundred",
        "thousand",
    ]
    for i, word in enumerate(words):
        if word.lower() in numbers or word.isdigit():
            return replaced(words, i, ["eleven"])
    return [*words[:at], "eleven", *words[at:]]


def cut(words: list[str], at: int) -> list[str]:
    at = min(max(1, at), len(words) - 3)
    return [*words[:at], *words[at + 2 :]]


def reordered(words: list[str], at: int) -> list[str]:
    at = min(at, len(words) - 3)
    return [*words[:at], words[at + 1], words[at + 2], words[at], *words[at + 3 :]]


def renamed(words: list[str], at: int) -> list[str]:
    names = [i for i, w in enumerate(words) if i and w[:1].isupper() and w.lower() not in STOP]
    return replaced(words, names[0] if names else at, ["Heathcliff"])


def another_tense(words: list[str], at: int) -> list[str]:
    tenses = {"is": "was", "are": "were", "was": "is", "were": "are", "have": "had", "had": "have", "has": "had",
              "will": "would", "would": "will", "can": "could", "shall": "should", "do": "did", "does": "did"}  # fmt: skip
    for i, word in enumerate(words):
        if word.lower() in tenses:
            return replaced(words, i, [tenses[word.lower()]])
        if word.endswith("ed") and len(word) > 4:
            return replaced(words, i, [word[:-2] + "s"])
    return replaced(words, at, ["had"])


ALTERATIONS: dict[str, Callable[[list[str], int], list[str]]] = {
    "word swapped": swapped, "negation": negated, "number": renumbered, "words cut": cut, "order": reordered,
    "name": renamed, "tense": another_tense,
}  # fmt: skip
INVENTED = (
    "The {a} will never pay for the {b}, and everybody in this room knows it.",
    "I have seen more {a} than {b} in my life, and I prefer the former.",
    "Give me a {a} and ten good men, and the {b} is ours by spring.",
    "We shall build a new {a} beside the {b} before the year is out.",
    "Nobody asked the {a} what it thinks of our {b} and our {c}.",
    "If the {a} falls, the {b} falls with it, and so does the {c}.",
    "My advice on the {a} is simple: sell the {b} and keep the {c}.",
    "There can be no {a} without {b}; my mother taught me that much.",
    "I would rather lose the {a} than hear another word about the {b}.",
    "The {a} is older than the {b} and twice as stubborn as any {c}.",
    "We have the {a}, we have the {b}, and we will have the {c} too.",
    "It is time that the {a} answered for what happened to the {b}.",
)


def held_quotes(finder: object) -> list[Held]:
    """All named people's own words of the index that somebody may paste."""
    shelf = finder.shelf  # type: ignore[attr-defined]
    found = []
    for document in shelf._catalog.documents(EVERYBODY):  # a measurement reads the catalog itself
        for quote in shelf._catalog.quotes_of(document.id):
            named = quote.speaker is not None and quote.speaker.type == "person" and quote.kind != "reported"
            text = " ".join(" ".join(f.of(document.text) for f in quote.fragments).split())
            if named and 4 <= len(text.split()) <= MOST and not re.search(r"[“”\"\[\]…]|\.\.\.", text):
                found.append(Held(quote, text, quote.speaker.name))
    return found


def one_of(verdict: Verdict, claimed: str) -> Verdict:
    """The verdict on the words of a claim, among those on a text."""
    wanted = set(compared_words(claimed))
    return max((verdict, *verdict.further), key=lambda v: len(wanted & set(compared_words(v.claimed))))


def is_right_diff(verdict: Verdict, true: str, claimed: str) -> bool:
    """Whether the diff says what was claimed and what stands there, and no more than was altered."""
    ours = compared_words(" ".join(c.true for c in verdict.diff))
    theirs = compared_words(" ".join(c.claimed for c in verdict.diff))
    equal = all(compared_words(c.true) == compared_words(c.claimed) for c in verdict.diff if c.op == "equal")
    least = Indel.distance(compared_words(true), compared_words(claimed))
    steps = sum(len(compared_words(c.true)) + len(compared_words(c.claimed)) for c in verdict.diff if c.op != "equal")
    inside = f" {' '.join(ours)} " in f" {' '.join(compared_words(true))} "
    return equal and inside and theirs == compared_words(claimed) and steps <= least


def cases(quotes: Sequence[Held], chance: random.Random) -> Iterator[tuple[str, str, str, str, Held]]:
    """Claims: (kind, form, the text that is pasted, the words that are claimed, the quote they are made of)."""
    forms = list(FORMS.items())
    names = sorted({q.name for q in quotes})
    long = [q for q in quotes if len(q.text.split()) >= LONG]
    nouns: dict[str, list[str]] = {}
    for q in quotes:
        telling = [w.strip(".,;:!?’'") for w in q.text.split() if w.islower() and len(w) > 4]
        nouns.setdefault(q.name, []).extend(w for w in telling if w not in STOP)
    for number in range(2 * PER_KIND):
        kind, alter = list(ALTERATIONS.items())[number % len(ALTERATIONS)]
        one = chance.choice(long)
        words = one.text.split()
        claimed = " ".join(alter(words, chance.randrange(1, len(words) - 2)))
        form, paste = forms[number // len(ALTERATIONS) % len(forms)]
        if compared_words(claimed) != compared_words(one.text):
            yield f"altered: {kind}", form, paste(claimed, one.name), claimed, one
    for number in range(PER_KIND):
        form, paste = forms[number % len(forms)]
        one = chance.choice(quotes)
        yield "true", form, paste(one.text, one.name), one.text, one
        one = chance.choice(quotes)
        false = chance.choice([n for n in names if not set(n.split()) & set(one.name.split())])
        yield "false name", form, paste(one.text, false), one.text, one
        one = chance.choice([q for q in quotes if len(set(nouns[q.name])) > 3])
        a, b, c = chance.sample(sorted(set(nouns[one.name])), 3)
        claimed = INVENTED[number % len(INVENTED)].format(a=a, b=b, c=c)
        yield "invented", form, paste(claimed, one.name), claimed, one
        one = chance.choice(long)
        words = one.text.split()
        at = chance.randrange(2, len(words) - 4)
        put = [["[…]"], ["…"], ["[the thing]"]][number % 3]
        claimed = " ".join([*words[:at], *put, *words[at + 2 :]])
        yield "edited", form, paste(claimed, one.name), claimed, one


def judged(kind: str, verdict: Verdict, claimed: str, one: Held) -> str:
    """What is wrong with a verdict; empty: nothing."""
    who = {h.quote.speaker.name for h in verdict.hits if h.quote.speaker}
    if kind.startswith("altered"):
        if verdict.status != "altered":
            return verdict.status
        if one.name not in who:
            return "of another"
        return "" if is_right_diff(verdict, one.text, claimed) else "wrong diff"
    wanted = {"true": "exact", "false name": "other_speaker", "invented": "not_found", "edited": "edited"}[kind]
    if verdict.status == wanted:
        return "" if kind == "invented" or one.name in who else "of another"
    return verdict.status


def main() -> None:
    """Make the claims, check them, print how many are judged rightly and what the others are."""
    folders = [Path(sys.argv[1])] if len(sys.argv) > 1 and sys.argv[1] != "-v" else list(SETS)
    chance = random.Random(int(sys.argv[2]) if sys.argv[2:3] and sys.argv[2].isdigit() else 7)
    right, total, wrong = Counter[str](), Counter[str](), Counter[tuple[str, str]]()
    shown: list[str] = []
    for folder in folders:
        with (
            tempfile.TemporaryDirectory() as data,
            open_index(Path(data), folder, embedder=EMBEDDER, make_reader=lambda _: reader()) as index,
        ):
            index.sync()
            finder = finder_of(index)
            with finder.reading():
                quotes = held_quotes(finder)
            print(f"{folder.name}: {len(quotes)} quotes")
            for kind, form, text, claimed, one in cases(quotes, chance):
                verdict = one_of(check(text, finder, EVERYBODY), claimed)
                fault = judged(kind, verdict, claimed, one)
                total[kind] += 1
                right[kind] += not fault
                if fault:
                    wrong[kind, fault] += 1
                    shown.append(f"{kind} / {form} / {fault}: {text!r} -> {verdict.message}")
    for kind in total:
        faults = ", ".join(f"{n} {fault}" for (k, fault), n in wrong.items() if k == kind)
        print(f"{kind:<24}{right[kind]:>5} of {total[kind]:<5}{right[kind] / total[kind]:>7.1%}  {faults}")
    if "-v" in sys.argv:
        print("\n".join(shown))


if __name__ == "__main__":
    main()
