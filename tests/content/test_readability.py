"""How a text is measured."""

import pytest

from app.content.readability import Measured, measure


@pytest.mark.parametrize(
    ("markdown", "words", "sentences"),
    [
        ("One two. Three four!", 4, 2),
        ("“Where are you?” she asks. Dr. Ada waits… here.", 9, 4),
        ("A list:\n\n- five\n- six, seven\n\nEight.", 6, 4),
        ("| Sign | Sense |\n|---|---|\n| Voice | It drops. |", 5, 2),
        ("A [[unmet-need|need]], e.g. safety [@arntz2011, page 3], is met.", 6, 1),
        ("### A heading\n\nA sentence.", 4, 2),
        ("", 0, 0),
    ],
)
def test_words_and_sentences_are_those_a_reader_sees(markdown: str, words: int, sentences: int) -> None:
    found = measure(markdown)

    assert (found.words, found.sentences) == (words, sentences)


def test_grade_is_the_coleman_liau_index() -> None:
    """639 letters, 119 words and 5 sentences: the example that is commonly given comes to grade 14.5."""
    assert Measured(119, 5, 639).grade == pytest.approx(14.53, abs=0.01)


def test_measures_add_up_and_nothing_has_no_grade() -> None:
    nothing = measure("")

    assert measure("One.") + measure("Two three.") == Measured(3, 2, 11)
    assert (nothing.grade, nothing.words_a_sentence, nothing.minutes) == (0.0, 0.0, 0.0)
