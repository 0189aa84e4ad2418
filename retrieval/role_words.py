"""The words that titles are made of, those that end them, and those that say too little to be one (data)."""

from __future__ import annotations

LINK = frozenset(["of", "for", "and", "the", "to", "in", "at"])
TITLE_WORDS = frozenset(
    [
        "foreign",
        "defence",
        "defense",
        "prime",
        "vice",
        "deputy",
        "senior",
        "former",
        "general",
        "secretary",
        "top",
        "chief",
        "national",
        "security",
        "state",
        "home",
        "interior",
        "finance",
        "press",
        "campaign",
        "police",
        "army",
        "military",
        "acting",
        "interim",
        "new",
        "incoming",
        "outgoing",
        "ex",
        "special",
        "permanent",
        "assistant",
        "under",
        "executive",
        "managing",
        "political",
        "presidential",
        "vice-presidential",
        "gubernatorial",
        "senatorial",
        "congressional",
        "parliamentary",
        "mayoral",
        "republican",
        "democratic",
        "conservative",
        "labour",
        "liberal",
        "federal",
        "chairman-elect",
        "president-elect",
        "minister-president",
        "shadow",
        "designate",
        "caretaker",
        "ousted",
        "retired",
        "honorary",
        "late",
        "then",
    ]
)
OPENERS = frozenset(
    [
        "but",
        "and",
        "or",
        "so",
        "yet",
        "when",
        "while",
        "after",
        "before",
        "as",
        "if",
        "although",
        "though",
        "because",
        "meanwhile",
        "however",
        "then",
        "today",
        "yesterday",
        "earlier",
        "later",
        "last",
        "this",
        "that",
        "these",
        "those",
        "his",
        "her",
        "their",
        "its",
        "my",
        "our",
        "on",
        "in",
        "at",
        "by",
        "from",
        "with",
        "according",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "both",
        "like",
        "unlike",
        "also",
        "said",
        "says",
        "told",
        "added",
        "asked",
        "since",
        "is",
        "was",
        "are",
        "were",
        "be",
        "has",
        "had",
        "until",
        "once",
        "where",
        "why",
        "how",
        "whether",
    ]
)
# Offices that are rarely anybody's description in the news, so that the trained weights need not know them
FURTHER = frozenset(
    "fellow rapporteur clerk treasurer patron mep mp ceo whip chaplain engineer veterinarian physician nurse curator trustee "  # noqa: SIM905 - a list of words reads better as one
    "coordinator registrar superintendent principal dean inspector strategist architect deputy cardinal marquis duke baron count abbot vicar hunter".split()
)
# What somebody is to somebody else, or everybody may be: no office
KIN = frozenset(
    "mother father wife husband son daughter brother sister widow friend neighbor neighbour man woman person people "  # noqa: SIM905 - as above
    "colleague relative star father-in-law cousin aunt uncle nephew niece".split()
)
THIN = KIN | frozenset(
    "author host adviser advisor aide candidate candidates nominee writer editor expert experts minister officer official "  # noqa: SIM905 - as above
    "leader member actor actress singer player director manager head lawyer attorney analyst professor reporter general "
    "captain colonel lieutenant sergeant major commander admiral secretary advisers spokesman spokeswoman sir inspector "
    "student activist supporter critic critics voter resident witness spokesperson".split()
)
# Those of one family, who may share a surname
RELATIVES = frozenset(
    "mother father wife husband son daughter brother sister widow widower cousin aunt uncle nephew niece parent grandfather "  # noqa: SIM905 - as above
    "grandmother grandson granddaughter stepmother stepfather stepson stepdaughter stepbrother stepsister father-in-law "
    "mother-in-law son-in-law daughter-in-law brother-in-law sister-in-law twin bride fiance fiancee".split()
)
# What stands short before a name, without its full stop, and the title that it is
ABBREVIATED_TITLES = {
    "gov": "governor", "sen": "senator", "rep": "representative", "del": "delegate", "pres": "president", "gen": "general", "col": "colonel",
    "lt": "lieutenant", "capt": "captain", "sgt": "sergeant", "adm": "admiral", "dr": "doctor", "prof": "professor", "rev": "reverend",
    "supt": "superintendent", "atty": "attorney", "amb": "ambassador",
}  # fmt: skip
