"""What stands right at the quotation marks tells whose the words are, whatever stands farther off."""

from __future__ import annotations

import pytest

from tests.reading import reader, said


def speakers(text: str) -> list[str | None]:
    """Who speaks, quotation by quotation."""
    return [who for who, _ in said(text)]


def test_the_verb_right_before_the_marks_is_the_speakers() -> None:
    """What somebody said earlier in the sentence does not make hers what another replied at its end."""
    text = (
        "Margaret Hale said the carders of the mill would have their wages for every day of the flood, and asked about the "
        "weavers, a grey foreman from the dye works replied, “They had the sense to run in time.”"
    )
    assert "Margaret Hale" not in speakers(text)


def test_a_line_that_ends_in_a_colon_gives_the_next_one_its_words() -> None:
    """A verb within the words that follow a colon names nobody else; a verb behind them does."""
    lead = "The soup of that winter is not forgotten, as Margaret Hale writes:\n\n"
    inside = (
        '"The kettles came from the mill and the flour from its rivals. The bakers, who called the whole thing “a folly of '
        "soup,” were standing in the line themselves by Easter.\n"
    )
    assert speakers(lead + inside)[0] == "Margaret Hale"
    assert speakers(lead + "“I never saw such a mill,” John Thornton said.\n")[0] == "John Thornton"


@pytest.mark.parametrize("between", [" . . . ", " ... ", " … "])
def test_words_with_only_dots_between_them_are_one_speakers(between: str) -> None:
    """Of “A?” . . . “B?” the second is whose the first is."""
    text = (
        "His plan has not worked, and he still cannot explain it. At the meeting on Monday, Margaret Hale asked: “Is it time "
        f"for another plan?”{between}“Have you counted the cost?”"
    )
    assert set(speakers(text)) == {"Margaret Hale"}


def test_who_beside_the_cue_is_told_as_written() -> None:
    """The source of “…” in "Ahab, who said" is "who" as written, and stands for Ahab."""
    text = (
        "The crew was troubled by Captain Ahab, who said in May that the whale “would never be found again by anybody”."
    )
    (found,) = reader().segments(text)
    assert found["speaker"] == "who"
    assert found["speaker_resolved"] == "Ahab"


def test_words_about_what_somebody_did_are_theirs_according_to_whom_it_was() -> None:
    """Of "Thornton spoke with Hale “to settle …,” according to the mill's log" the words are not Thornton's."""
    text = "John Thornton spoke with Richard Hale on Monday “to settle what the masons are to be paid,” according to the mill’s log."
    assert "John Thornton" not in speakers(text)
