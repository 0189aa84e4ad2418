"""Who is meant by a name or an office, by whichever spelling and on whichever day; and who is not."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.errors import ConfigurationError
from retrieval.model import Role
from retrieval.people import People, Person, countries, load_people
from retrieval.spelling import folded, surnames, transliterated, typo_cost
from retrieval.titles import Titles

PEOPLE = load_people()


def ids(persons: tuple[Person, ...]) -> list[str]:
    """The ids, in order."""
    return [person.id for person in persons]


def guesses(name: str) -> list[str]:
    """The ids that a miswritten name is taken for, best first."""
    return [person.id for person, _ in PEOPLE.fuzzy(name)]


NAMES = {
    "Mark Rutte": "mark-rutte",
    "Rutte": "mark-rutte",
    "RUTTE": "mark-rutte",
    "Rutte’s": "mark-rutte",
    "Mr. Stoltenberg's": "jens-stoltenberg",
    "NATO Secretary General Mark Rutte": "mark-rutte",
    "NATO Secretary-General Jens Stoltenberg": "jens-stoltenberg",
    "NATO chief Jens Stoltenberg": "jens-stoltenberg",
    "President of Ukraine Volodymyr Zelenskyy": "volodymyr-zelenskyy",
    "Zelensky": "volodymyr-zelenskyy",
    "Zelenskiy": "volodymyr-zelenskyy",
    "Volodymyr Zelenskyi": "volodymyr-zelenskyy",
    "Andriy Sybiha": "andrii-sybiha",
    "Andrii Sybiha": "andrii-sybiha",
    "Sibiga": "andrii-sybiha",
    "Valery Zaluzhny": "valerii-zaluzhnyi",
    "Andrey Kelin": "andrei-kelin",
    "De Croo": "alexander-de-croo",
    "Croo": "alexander-de-croo",
    "von der Leyen": "ursula-von-der-leyen",
    "Leyen": "ursula-von-der-leyen",
    "Karins": "krisjanis-karins",
    "Kariņš": "krisjanis-karins",
    "Jan Lipavsky": "jan-lipavsky",
    "Peter Szijjarto": "peter-szijjarto",
    "Erdogan": "recep-tayyip-erdogan",
    "Gitanas Nauseda": "gitanas-nauseda",
    "Stoere": "jonas-gahr-store",
    "Gahr Støre": "jonas-gahr-store",
    "Eriksen Soreide": "ine-eriksen-soreide",
    "Jean-Pierre": "karine-jean-pierre",
    "U.S. Secretary of State Antony Blinken": "antony-blinken",
    "Anthony Blinken": "antony-blinken",
    "Joseph R. Biden Jr.": "joe-biden",
    "US President Joe Biden": "joe-biden",
    "America's secretary of state, Antony Blinken": "antony-blinken",
    "Lithuania’s Landsbergis": "gabrielius-landsbergis",
    "Sir Keir Starmer": "keir-starmer",
    "Gen. Mark A. Milley": "mark-milley",
    "Xi": "xi-jinping",
    "the Ukrainian foreign ministry": "ukrainian-foreign-ministry",
    "the alliance": "nato",
}


class TestByName:
    """Names as they are correctly written."""

    @pytest.mark.parametrize(("name", "person"), NAMES.items(), ids=NAMES)
    def test_finds_the_one(self, name: str, person: str) -> None:
        """Titles, suffixes, accents, possessives, particles and transliterations are seen through."""
        assert ids(PEOPLE.by_name(name)) == [person]

    def test_shared_surname_is_ambiguous(self) -> None:
        """Two people with one surname stay two, the one quoted most first."""
        assert ids(PEOPLE.by_name("Johnson")) == ["boris-johnson", "mike-johnson"]
        assert ids(PEOPLE.by_name("Biden")) == ["joe-biden", "jill-biden", "hunter-biden"]
        assert ids(PEOPLE.by_name("Osmani")) == ["bujar-osmani", "vjosa-osmani"]

    @pytest.mark.parametrize(
        ("name", "person"),
        [
            ("Mrs Clinton", "hillary-clinton"),
            ("Mr Clinton", "bill-clinton"),
            ("President Biden", "joe-biden"),
            ("Mrs. Biden", "jill-biden"),
            ("Prime Minister Johnson", "boris-johnson"),
            ("Speaker Johnson", "mike-johnson"),
        ],
    )
    def test_title_narrows(self, name: str, person: str) -> None:
        """A form of address or an office tells people of one surname apart."""
        assert ids(PEOPLE.by_name(name)) == [person]

    @pytest.mark.parametrize(
        "name",
        [
            "Ellen Johnson Sirleaf",
            "Jean-Pierre Raffarin",
            "Angela Putin",
            "Mark Twain",
            "Elizabeth Bennet",
            "Haynes",
            "",
        ],
    )
    def test_nobody_else(self, name: str) -> None:
        """A known word in an unknown name makes nobody known."""
        assert PEOPLE.by_name(name) == ()

    def test_full_names_and_aliases_all_lead_home(self) -> None:
        """Everybody is found by every name the file gives them."""
        for person in PEOPLE.persons:
            for name in (person.name, *person.aliases):
                assert person in PEOPLE.by_name(name), name

    @given(st.text(max_size=40))
    def test_any_text_is_borne(self, text: str) -> None:
        """No text makes the lookups fail."""
        assert isinstance(PEOPLE.by_name(text), tuple)
        assert isinstance(PEOPLE.fuzzy(text), tuple)
        assert isinstance(PEOPLE.by_role(text), tuple)


MISSPELT = {
    "ruttte": "mark-rutte",
    "Ruutte": "mark-rutte",
    "Stoltenburg": "jens-stoltenberg",
    "jens stoltenburg": "jens-stoltenberg",
    "stoltenburg's": "jens-stoltenberg",
    "blinkin": "antony-blinken",
    "szijarto": "peter-szijjarto",
    "zelinsky": "volodymyr-zelenskyy",
    "zelensy": "volodymyr-zelenskyy",
    "lanbergis": "gabrielius-landsbergis",
    "macorn": "emmanuel-macron",
    "makron": "emmanuel-macron",
    "von der layen": "ursula-von-der-leyen",
    "erdogen": "recep-tayyip-erdogan",
    "pistoreus": "boris-pistorius",
    "kulebba": "dmytro-kuleba",
    "sybhia": "andrii-sybiha",
    "putn": "vladimir-putin",
    "trupm": "donald-trump",
    "joe bidan": "joe-biden",
    "hegset": "pete-hegseth",
    "peskof": "dmitry-peskov",
}
ABSENT = [
    "Greta Thunberg", "Taylor Swift", "Christine Lagarde", "Jacob Rees-Mogg", "Victoria Atkins", "Jean-Pierre Raffarin",
    "Ellen Johnson Sirleaf", "Sherlock Holmes", "Count Dracula", "Captain Ahab", "Mr Darcy", "Elizabeth Bennet",
    "John Smith", "Angela Davis", "Vladimir Nabokov", "Mitchell", "Burrell", "Marina", "Haynes",
]  # fmt: skip
ORDINARY = [
    "ruttle", "rutted", "bridge", "brige", "summit", "biding", "bidding", "putting", "trump card", "invitation",
    "membership", "weapons", "raise", "limits", "main", "yelled", "wicked", "stub", "marine", "merit", "harm",
    "carrier", "ranges", "ukrane", "vilnus", "determinaton", "surrogates", "alliance's", "the bridge", "kept", "holland",
]  # fmt: skip


class TestFuzzy:
    """Names as people miswrite them."""

    @pytest.mark.parametrize(("name", "person"), MISSPELT.items(), ids=MISSPELT)
    def test_sees_through_slips(self, name: str, person: str) -> None:
        """A likely slip of the hand or ear still finds the person, first of all."""
        assert guesses(name)[:1] == [person]

    @pytest.mark.parametrize("name", ABSENT)
    def test_refuses_absent_people(self, name: str) -> None:
        """Somebody who is not known is nobody, however near the spelling."""
        assert PEOPLE.fuzzy(name) == ()

    @pytest.mark.parametrize("word", ORDINARY)
    def test_refuses_ordinary_words(self, word: str) -> None:
        """Ordinary words, misspelt ones too, are never taken for names."""
        assert [g for g in guesses(word) if PEOPLE.get(g).type == "person"] == []  # type: ignore[union-attr]

    def test_refuses_those_the_data_lacks(self) -> None:
        """A person is refused where they are not known, even if others of similar names are."""
        few = People(p for p in PEOPLE.persons if p.id != "antonio-tajani")

        assert few.fuzzy("Tajani") == ()
        assert few.fuzzy("Antonio Tajani") == ()

    def test_written_right_scores_full(self) -> None:
        """A correctly written name scores 1, a miswritten one less."""
        assert PEOPLE.fuzzy("Stoltenberg")[0][1] == 1.0
        assert 0.5 < PEOPLE.fuzzy("Stoltenburg")[0][1] < 1.0

    def test_names_that_are_words_can_be_told(self) -> None:
        """A surname that is an ordinary word says so, for the caller to want a capital letter."""
        assert PEOPLE.is_ordinary("may")
        assert not PEOPLE.is_ordinary("Trump")
        assert not PEOPLE.is_ordinary("rutte")


ROLES = [
    ("NATO chief", "2023-04-04", ["jens-stoltenberg"]),
    ("NATO chief", "2024-12-03", ["mark-rutte"]),
    ("Nato boss", "2012-05-20", ["anders-fogh-rasmussen"]),
    ("the alliance's secretary-general", "2023-04-04", ["jens-stoltenberg"]),
    ("head of NATO", "2023-04-04", ["jens-stoltenberg"]),
    ("deputy NATO chief", "2023-04-04", ["mircea-geoana"]),
    ("SACEUR", "2023-04-04", ["christopher-cavoli"]),
    ("NATO's top commander", "2018-07-11", ["curtis-scaparrotti"]),
    ("chairman of the NATO Military Committee", "2023-04-04", ["rob-bauer"]),
    ("Belgian premier", "2023-07-12", ["alexander-de-croo"]),
    ("the Belgian PM", "2023-07-12", ["alexander-de-croo"]),
    ("prime minister of Belgium", "2018-07-12", ["charles-michel"]),
    ("Belgium’s prime minister", "2023-07-12", ["alexander-de-croo"]),
    ("Lithuanian foreign minister", "2023-04-04", ["gabrielius-landsbergis"]),
    ("minister of foreign affairs of Ukraine", "2024-12-03", ["andrii-sybiha"]),
    ("Ukraine's top diplomat", "2023-04-04", ["dmytro-kuleba"]),
    ("Washington's top diplomat", "2024-12-03", ["antony-blinken"]),
    ("secretary of state", "2024-12-03", ["antony-blinken"]),
    ("foreign secretary", "2023-04-04", ["james-cleverly"]),
    ("US defence secretary", "2023-04-04", ["lloyd-austin"]),
    ("Secretary of Defense of the United States", "2023-04-04", ["lloyd-austin"]),
    ("Pentagon chief", "2018-07-11", ["james-mattis"]),
    ("German Minister of Defence", "2023-06-16", ["boris-pistorius"]),
    ("German defense minister", "2018-07-11", ["ursula-von-der-leyen"]),
    ("chancellor of Germany", "2021-06-14", ["angela-merkel"]),
    ("Russian ambassador to the UK", "2025-03-01", ["andrei-kelin"]),
    ("Moscow's ambassador in London", "2025-03-01", ["andrei-kelin"]),
    ("Kyiv's ambassador to London", "2025-03-01", ["valerii-zaluzhnyi"]),
    ("Ukraine's commander-in-chief", "2023-07-12", ["valerii-zaluzhnyi"]),
    ("top US general", "2022-06-29", ["mark-milley"]),
    ("Kremlin spokesman", "2023-07-12", ["dmitry-peskov"]),
    ("Russian foreign ministry spokeswoman", "2023-07-12", ["maria-zakharova"]),
    ("White House press secretary", "2022-06-29", ["karine-jean-pierre"]),
    ("US national security advisor", "2022-06-29", ["jake-sullivan"]),
    ("EU foreign policy chief", "2023-07-12", ["josep-borrell"]),
    ("EU chief", "2023-07-12", ["ursula-von-der-leyen"]),
    ("European Council president", "2017-05-25", ["donald-tusk"]),
    ("UN chief", "2023-07-12", ["antonio-guterres"]),
    ("Ukrainian leader", "2023-07-12", ["volodymyr-zelenskyy"]),
    ("Hungary's leader", "2023-07-12", ["viktor-orban"]),
    ("US president", "2023-07-12", ["joe-biden"]),
    ("former Dutch premier", "2024-12-03", ["mark-rutte"]),
    ("the Taoiseach", "2018-07-12", ["leo-varadkar"]),
    ("POTUS", "2023-07-12", ["joe-biden"]),
    ("NSC spokesman", "2023-07-12", ["john-kirby"]),
    ("president-elect", "2024-12-03", []),
    ("US president-elect", "2024-12-03", []),
    ("NATO chief", "1985-01-01", []),
    ("the bridge", "2024-12-03", []),
    ("Ukrainian people", "2024-12-03", []),
]


class TestByRole:
    """People meant by their office."""

    @pytest.mark.parametrize(("phrase", "day", "persons"), ROLES, ids=[f"{r[0]} {r[1][:4]}" for r in ROLES])
    def test_finds_the_holder_of_the_day(self, phrase: str, day: str, persons: list[str]) -> None:
        """An office in any usual wording gives whoever held it that day, and nobody when that is not known."""
        assert ids(PEOPLE.by_role(phrase, None, date.fromisoformat(day))) == persons

    def test_place_may_stand_apart(self) -> None:
        """The place may be given by itself: by its name, adjective or capital."""
        for place in ("Lithuania", "Lithuanian", "Vilnius"):
            assert ids(PEOPLE.by_role("foreign minister", place, date(2023, 4, 4))) == ["gabrielius-landsbergis"]
        assert PEOPLE.by_role("foreign minister", "Ruritania", date(2023, 4, 4)) == ()

    def test_no_day_gives_all_latest_first(self) -> None:
        """Without a day everybody who ever held the office is meant, the latest first."""
        assert ids(PEOPLE.by_role("NATO chief"))[:3] == ["mark-rutte", "jens-stoltenberg", "anders-fogh-rasmussen"]

    def test_former_leaves_the_holder_out(self) -> None:
        """A former holder is never the present one."""
        assert ids(PEOPLE.by_role("former NATO chief"))[0] == "jens-stoltenberg"
        assert "jens-stoltenberg" not in ids(PEOPLE.by_role("former NATO chief", None, date(2023, 4, 4)))


class TestRoleAt:
    """What somebody was on a day."""

    @pytest.mark.parametrize(
        ("person", "day", "role"),
        [
            ("mark-rutte", "2023-01-17", "Dutch prime minister"),
            ("mark-rutte", "2024-08-15", None),
            ("mark-rutte", "2024-12-03", "NATO Secretary General"),
            ("antony-blinken", "2024-12-03", "US Secretary of State"),
            ("andrei-kelin", "2025-03-01", "Russian ambassador to the United Kingdom"),
            ("valerii-zaluzhnyi", "2023-07-12", "Ukrainian commander-in-chief"),
            ("ursula-von-der-leyen", "2023-07-12", "European Commission president"),
            ("donald-trump", "2024-12-03", None),
            ("nobody-known", "2024-12-03", None),
        ],
    )
    def test_is_dated(self, person: str, day: str, role: str | None) -> None:
        """The role shown is the one of that day, and none where none was held."""
        assert PEOPLE.role_at(person, date.fromisoformat(day)) == role

    def test_unknown_day_says_nothing(self) -> None:
        """Without a day no role is claimed."""
        assert PEOPLE.role_at("mark-rutte", None) is None

    def test_nothing_is_known_of_the_time_after(self) -> None:
        """Beyond the day up to which the file was checked, nobody is said to hold an office."""
        assert PEOPLE.role_at("mark-rutte", date(2031, 1, 1)) is None
        assert PEOPLE.by_role("NATO chief", None, date(2031, 1, 1)) == ()

    def test_namesakes_in_office(self) -> None:
        """Of namesakes those can be had who were in office on a day."""
        johnsons = PEOPLE.by_name("Johnson")

        assert ids(PEOPLE.in_office(johnsons, date(2022, 3, 24))) == ["boris-johnson"]
        assert ids(PEOPLE.in_office(johnsons, date(2024, 3, 24))) == ["mike-johnson"]


class TestFile:
    """The packaged people are sound."""

    def test_ids_are_readable_slugs(self) -> None:
        """Ids are lower-case words with hyphens, and no two are the same."""
        assert all(person.id.replace("-", "").isalnum() and person.id == person.id.lower() for person in PEOPLE.persons)
        assert max(Counter(ids(PEOPLE.persons)).values()) == 1

    def test_roles_run_forwards(self) -> None:
        """Each role has a first day, and it is not after the last."""
        for person in PEOPLE.persons:
            for role in person.roles:
                assert role.since is not None, person.id
                assert role.until is not None, person.id
                assert date(1980, 1, 1) < role.since <= role.until < date(2030, 1, 1), (person.id, role)

    def test_places_of_roles_are_known(self) -> None:
        """An office is of a country or body that the data knows, so that a question can name it."""
        places, bodies = countries(), {p.name for p in PEOPLE.persons if p.type == "body"}
        unknown = {r.of for p in PEOPLE.persons for r in p.roles if r.of not in bodies and places.find(r.of) is None}

        assert unknown == set()

    def test_full_names_are_nobody_elses(self) -> None:
        """No full name or alias leads to two people."""
        names = Counter(n for p in PEOPLE.persons for n in {folded(x) for x in (p.name, *p.aliases)})

        assert [name for name, count in names.items() if count > 1] == []

    def test_one_holder_at_a_time(self) -> None:
        """Offices that one person holds are not held by two at once, but on the day of a handover."""
        single = {
            "Secretary General",
            "prime minister",
            "president",
            "foreign minister",
            "chancellor",
            "defence minister",
        }
        held: dict[tuple[str, str], list[tuple[Role, str]]] = {}
        for person in PEOPLE.persons:
            for role in person.roles:
                if role.title in single:
                    held.setdefault((role.title, role.of), []).append((role, person.id))
        overlaps = [
            (a, b)
            for terms in held.values()
            for i, (a, _) in enumerate(terms)
            for b, _ in terms[i + 1 :]
            if a.since < b.until and b.since < a.until  # type: ignore[operator]
        ]

        assert overlaps == []

    def test_genders_are_given(self) -> None:
        """Everybody's gender is known, which pronouns need; bodies have none."""
        assert [p.id for p in PEOPLE.persons if (p.gender is None) != (p.type == "body")] == []


class TestOwnPeople:
    """People that a corpus adds."""

    def test_corpus_file_adds_and_replaces(self, tmp_path: Path) -> None:
        """A corpus's people.toml adds people and offices, and replaces those of the same id."""
        own = tmp_path / "people.toml"
        own.write_text(
            '[titles]\n"boatsteerer" = ["harpooneer"]\n[person]\n'
            'ahab = { name = "Captain Ahab", gender = "m", roles = ["captain, Pequod, 1851-01-01.."] }\n'
            'queequeg = { name = "Queequeg", gender = "m", roles = ["boatsteerer, Pequod, 1851.."] }\n'
            '[body]\npequod = { name = "Pequod" }\n'
            '[person.mark-rutte]\nname = "Mark Rutte"\n',
            encoding="utf-8",
        )
        people = load_people(own)

        assert ids(people.by_name("Ahab")) == ["ahab"]
        assert ids(people.by_role("the Pequod's harpooneer", None, date(1852, 1, 1))) == ["queequeg"]
        assert people.by_role("harpooneer of the Pequod", None, date(1851, 6, 1)) == ()
        assert people.role_at("mark-rutte", date(2024, 12, 3)) is None

    @pytest.mark.parametrize(
        "text",
        ["[person", '[person]\na = { nome = "x" }', '[person]\na = { name = "A", roles = ["captain of the Pequod"] }'],
        ids=["no TOML", "no name", "no role"],
    )
    def test_broken_file_is_told(self, tmp_path: Path, text: str) -> None:
        """A people.toml that cannot be read is told with its path and what to do."""
        own = tmp_path / "people.toml"
        own.write_text(text, encoding="utf-8")

        with pytest.raises(ConfigurationError, match=r"people\.toml cannot be read: .*Mend it"):
            load_people(own)

    def test_missing_file_is_fine(self, tmp_path: Path) -> None:
        """A corpus without a people.toml has the packaged people."""
        assert len(load_people(tmp_path / "people.toml").persons) == len(PEOPLE.persons)

    def test_learned_people_are_found(self) -> None:
        """People that the documents introduce can be looked up, and known ones gain spellings."""
        people = PEOPLE.with_learned(
            [
                Person("elizabeth-bennet", "Elizabeth Bennet", aliases=("Lizzy Bennet",)),
                Person("jane-bennet", "Jane Bennet"),
                Person("mark-rutte", "Marc Rutte"),
            ]
        )

        assert ids(people.by_name("Bennet")) == ["elizabeth-bennet", "jane-bennet"]
        assert ids(people.by_name("Lizzy Bennet")) == ["elizabeth-bennet"]
        assert ids(people.by_name("Marc Rutte")) == ["mark-rutte"]
        assert people.role_at("mark-rutte", date(2024, 12, 3)) == "NATO Secretary General"
        assert PEOPLE.by_name("Jane Bennet") == ()

    def test_a_people_of_ones_own(self) -> None:
        """The lookups need no file: a handful of people will do."""
        people = People(
            [Person("darcy", "Fitzwilliam Darcy", roles=(Role("premier", "Belgium", date(1813, 1, 28), None),))],
            titles=Titles({"prime minister": ["premier"]}),
        )

        assert ids(people.by_role("Belgian prime minister", None, date(1900, 1, 1))) == ["darcy"]
        assert people.role_at("darcy", date(1812, 1, 1)) is None

    def test_a_family_spells_its_name_in_one_way(self) -> None:
        """A name of one spelling is no transliteration of a relative's either; a slip of the hand may mean any of them."""
        in_office = Role("president", "United States", date(1878, 1, 1), None)
        family = [
            Person("daisy-miller", "Daisy Miller", roles=(in_office,)),
            Person("randolph-miller", "Randolph Miller"),
        ]

        assert People(family).by_name("Myller") == ()
        assert {p.id for p, _ in People(family).fuzzy("Myller")} == {"daisy-miller", "randolph-miller"}
        assert ids(People(family[1:]).by_name("Myller")) == ["randolph-miller"]


class TestSpelling:
    """The pure functions beneath."""

    def test_folding_keeps_letters_only(self) -> None:
        """Accents, dots, apostrophes, hyphens and possessives are folded away."""
        assert folded("  Ine Eriksen-Søreide’s ") == "ine eriksen soreide"
        assert folded("U.S.") == "us"
        assert folded("O'Brien") == "obrien"

    def test_transliterations_share_a_key(self) -> None:
        """The Latin spellings of one name share a key, other names do not."""
        assert len({transliterated(n) for n in ("Zelensky", "Zelenskiy", "Zelenskyy", "Zelenskij")}) == 1
        assert transliterated("Shoigu") == transliterated("Shoygu")
        assert transliterated("Putin") != transliterated("Pushkin")

    def test_surnames_stand_alone_in_two_forms(self) -> None:
        """A surname with a particle stands with and without it; one said outright is taken as it is."""
        assert surnames("Ursula von der Leyen") == ("von der leyen", "leyen")
        assert surnames("Xi Jinping", "Xi") == ("xi",)
        assert surnames("Jonas Gahr Støre", "Gahr Støre") == ("gahr store", "store")

    @given(st.text(st.characters(min_codepoint=97, max_codepoint=122), max_size=14))
    def test_same_word_costs_nothing(self, word: str) -> None:
        """Typing a word for itself costs nothing, and a letter doubled less than a wrong one."""
        assert typo_cost(word, word) == 0

    def test_likely_slips_cost_less(self) -> None:
        """Doubling, swapping and neighbouring keys are likelier than any other letter."""
        assert typo_cost("ruttte", "rutte") == typo_cost("macorn", "macron") == typo_cost("blinkin", "blinken") == 0.5
        assert typo_cost("ruttle", "rutte") == 1
        assert typo_cost("zebra", "macron") > 2


class TestCountries:
    """Countries by their many names."""

    @pytest.mark.parametrize(
        ("words", "country"),
        [
            ("Kyiv", "Ukraine"), ("Kiev", "Ukraine"), ("Ukrainian", "Ukraine"), ("Ukrainians", "Ukraine"),
            ("Ukraine's", "Ukraine"), ("Moscow", "Russia"), ("Washington", "United States"), ("U.S.", "United States"),
            ("the United States", "United States"), ("Paris", "France"), ("Britain’s", "United Kingdom"),
            ("UK", "United Kingdom"), ("Dutch", "Netherlands"), ("the Netherlands", "Netherlands"),
            ("Türkiye", "Turkey"), ("Czechia", "Czech Republic"),
        ],
    )  # fmt: skip
    def test_found_by_any_word(self, words: str, country: str) -> None:
        """Names, adjectives, nouns, capitals and possessives all stand for the country."""
        found = countries().find(words)

        assert found is not None
        assert found.name == country

    @pytest.mark.parametrize("words", ["us all", "bridge", "", "Ruritania"])
    def test_other_words_are_none(self, words: str) -> None:
        """Other words stand for no country."""
        assert countries().find(words) is None

    def test_no_word_stands_for_two(self) -> None:
        """No word is claimed by two countries."""
        words = Counter(word for c in countries().known for word in {folded(w) for w in c.words})

        assert [word for word, count in words.items() if count > 1] == []
