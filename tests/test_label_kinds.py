"""What labels name, and what only looks like one: offices, bodies, headings, slips, and statements that several sign."""

from __future__ import annotations

import pytest

from tests.reading import read


def whose(text: str, title: str) -> set[tuple[str, str] | None]:
    """Name and type of everybody whose words a text has; None among them where some are nobody's."""
    return {(q.speaker.name, q.speaker.type) if q.speaker else None for q in read(text, title=title)}


def test_one_of_those_who_signed_is_not_the_speaker_of_what_several_state() -> None:
    title = "Joint Statement—Declaration on the Canal"
    text = (
        f"{title}\n\nWe—the councils of Hanbridge, Bursley and Turnhill—meet on the bank of the canal. We resolve to dig it deeper, and we "
        "shall pay for it in three shares.\n\nWe call on the owners of the barges to wait until our men have done, and we thank "
        "them.\n\nAlderman Edwin Clayhanger of Bursley\n\nAlderman Osmond Orgreave of Hanbridge\n"
    )
    assert whose(text, title) == set()


def test_a_statement_that_tells_what_somebody_did_and_has_no_i_is_not_his_words() -> None:
    title = "Statement from Mayor Solomon Fezziwig on the ball"
    text = (
        f"{title}\n\nToday, Mayor Solomon Fezziwig opened the ball in the warehouse. The shutters were up and the floor was swept, and the "
        "fiddler had his desk.\n\nForfeits were played until eleven, and the lamps were trimmed twice by the apprentices.\n"
    )
    assert whose(text, title) == set()


def test_a_list_of_quotations_under_names_gives_each_its_own() -> None:
    """People with callings behind their names, and a body that the program does not know."""
    text = (
        "What they say of the canal\n\n**Edwin Clayhanger, printer:** “The water is lower than it ever was.”\n\n"
        "**Osmond Orgreave, architect:** “I have drawn the new lock twice.”\n\n"
        "**Five Towns Barge Company**: “Our boats sit in the mud.”\n\n**Hilda Lessways, of Turnhill**: “I can walk across it.”\n"
    )
    assert whose(text, "What they say of the canal") == {
        ("Edwin Clayhanger", "person"),
        ("Osmond Orgreave", "person"),
        ("Five Towns Barge Company", "body"),
        ("Hilda Lessways", "person"),
    }


def test_a_calling_in_a_label_is_no_part_of_the_name_and_a_slip_for_an_asker_is_no_person() -> None:
    text = (
        "Meeting at the warehouse\n\nMAYOR FEZZIWIG: The floor must be cleared, and the lamps trimmed before six.\n\n"
        "MR. WILKINS: It shall be done, sir, and the shutters with it.\n\nMAYOR FEZZIWIG: Then let us have the fiddler in.\n\n"
        "JOURNALSIT: Will there be negus, Mr. Mayor?\n\nMAYOR FEZZIWIG: There will be a great bowl of it.\n"
    )
    found = [q for q in read(text, title="Meeting at the warehouse") if q.speaker]
    assert {(q.speaker.name, q.role) for q in found if q.speaker} == {("Fezziwig", "Mayor"), ("Wilkins", None)}
    assert not any("negus" in q.fragments[0].of(text) for q in found)


def test_a_label_in_capitals_is_written_as_the_text_writes_the_name() -> None:
    text = (
        "Dinner at the mill\n\nMR. BUTLER: We have Scarlett O'Hara here, who keeps the mill.\n\nMS. O'HARA: Thank you, and I shall be short with "
        "you.\n\nMR. BUTLER: She always is.\n\nMS. O'HARA: The mill runs day and night.\n"
    )
    assert whose(text, "Dinner at the mill") == {("Butler", "person"), ("Scarlett O'Hara", "person")}


@pytest.mark.parametrize(
    "text",
    [
        "Goods for the Upper Bank:\nRope, tar and oats\n\nGoods for the Lower Bank:\nHemp, coal and glass\n\nGoods in the Warehouse:\nWool\n",
        "Who took part:\n\nJane Eyre: Governess, Thornfield\n\nGrace Poole: Keeper, Thornfield\n\nAlice Fairfax: Housekeeper, Thornfield\n",
    ],
)
def test_headings_and_lists_are_no_labels(text: str) -> None:
    assert whose(text, "The river trade") == set()


def test_a_witness_with_a_number_has_no_name() -> None:
    text = (
        "WITNESS 10: I saw the lamp go out before the bell.\n\nMR. WILKINS: Who put it out?\n\nWITNESS 10: I could not see that from the stairs.\n\n"
        "MR. WILKINS: Thank you.\n"
    )
    assert whose(text, "Inquiry into the lamp") == {("witness 10", "unnamed"), ("Wilkins", "person")}


def test_somebody_whom_the_title_names_is_a_label_though_each_speaks_once() -> None:
    """Two toasts, one after the other, and nobody comes back."""
    more = "".join(
        f"I have been at {place}, and I liked it there very much.\n\n" for place in ("Dover", "Bath", "York", "Ely") * 6
    )
    text = (
        f"MAYOR FEZZIWIG: Good evening to you all. I am glad of the snow, and of the fiddler.\n\n{more}"
        f"PROFESSOR ARONNAX: Thank you, sir. I have come a long way, and I shall be short.\n\n{more}"
    )
    found = [
        q
        for q in read(text, title="Toasts of Mayor Fezziwig and Professor Aronnax")
        if "long way" in q.fragments[0].of(text)
    ]
    assert [q.speaker.name for q in found if q.speaker] == ["Aronnax"]
