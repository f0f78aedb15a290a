"""A written name becomes one code, or an answer that helps."""

from __future__ import annotations

import csv
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedgerow.data.embedded import read_embedded
from hedgerow.errors import UnknownNameError
from hedgerow.world.actors import actors_named, alias_table

TABLE = alias_table()
ROWS = list(csv.DictReader(read_embedded("actors.csv").decode().splitlines()))
SPELLINGS = [(row["iso3"], spelling) for row in ROWS for spelling in (row["name"], *row["spellings"].split("|"))]


def fits(spelling: str) -> set[str]:
    """The states that go by exactly this spelling in the table."""
    return {code for code, known in SPELLINGS if known.casefold() == spelling.casefold()}


def answer(written: str) -> str:
    """What a person who wrote this is told."""
    with pytest.raises(UnknownNameError) as caught:
        TABLE.code(written, field="actor")
    return str(caught.value)


@pytest.mark.parametrize("code", ["iso3", "iso2"])
def test_every_code_resolves_to_itself(code: str) -> None:
    assert {row[code]: TABLE.code(row[code], field="actor") for row in ROWS} == {row[code]: row["iso3"] for row in ROWS}


def test_codes_are_well_formed_and_given_once() -> None:
    for code, length in (("iso3", 3), ("iso2", 2)):
        found = [row[code] for row in ROWS]
        assert len(set(found)) == len(found)
        assert all(len(c) == length and c.isascii() and c.isalpha() and c.isupper() for c in found)


def test_every_name_shown_leads_back_to_its_code() -> None:
    for code, name in TABLE.names.items():
        if len(fits(name)) == 1:
            assert TABLE.code(name, field="actor") == code
        else:
            assert code in answer(name)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.sampled_from([pair for pair in SPELLINGS if len(fits(pair[1])) == 1]), st.data())
def test_case_blanks_marks_and_articles_do_not_matter(pair: tuple[str, str], data: st.DataObject) -> None:
    code, spelling = pair
    spelling = data.draw(st.sampled_from([spelling, f"the {spelling}", f"  {spelling}\t", spelling.replace(" ", "-")]))
    spelling = data.draw(st.sampled_from([spelling.upper, spelling.lower, spelling.title, spelling.swapcase]))()
    decomposed = unicodedata.normalize("NFD", spelling)
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    for written in (spelling, decomposed, bare):
        assert TABLE.code(written, field="actor") == code


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Cote d'Ivoire", "CIV"),
        ("turkiye", "TUR"),
        ("CURAÇAO", "CUW"),
        ("Sao Tome and Principe", "STP"),
        ("the Netherlands", "NLD"),
        ("Great Britain", "GBR"),
        ("u.s.a.", "USA"),
        ("Belgique", "BEL"),
        ("Guinea", "GIN"),
        ("Niger", "NER"),
    ],
)
def test_people_may_write_as_people_do(written: str, code: str) -> None:
    assert TABLE.code(written, field="actor") == code


@pytest.mark.parametrize(
    ("written", "codes"), [("Korea", "KOR or PRK"), ("congo", "COD or COG"), ("The Congo", "COD or COG")]
)
def test_two_states_of_one_name_are_both_named(written: str, codes: str) -> None:
    assert answer(written) == f"actor: {written!r} is ambiguous: {codes}; write the code"


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.sampled_from([(c, n) for c, n in TABLE.names.items() if n.isalpha() and len(n) >= 8]), st.data())
def test_a_slip_of_the_pen_is_met_with_the_name_meant(pair: tuple[str, str], data: st.DataObject) -> None:
    code, name = pair
    k = data.draw(st.integers(1, len(name) - 2))
    slip = data.draw(st.sampled_from([name[:k] + name[k + 1 :], name[:k] + name[k] + name[k:]]))
    assert f"did you mean {name} ({code})?" in answer(slip)


@pytest.mark.parametrize("written", ["", " ", "the", "Xqzvwk Jjqqk", "12345", "?!", "QQ", "USX", "🌍"])
def test_nonsense_is_met_with_no_guess(written: str) -> None:
    said = answer(written)
    assert "did you mean" not in said
    assert "write an ISO-3 code" in said


@pytest.mark.parametrize("written", ["ROW", "XKZ", "Rest of the world"])
def test_the_rest_of_the_world_is_no_country(written: str) -> None:
    assert "is no country known here" in answer(written)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(
    st.text(max_size=30) | st.text("aeinorstugkl -'", max_size=12) | st.text("ABCDEFGHIJKLMNOPRSTUZ", max_size=3),
    st.sampled_from(["actor", "--power"]),
)
def test_any_writing_resolves_or_is_answered_by_the_field_asked_for(written: str, field: str) -> None:
    try:
        code = TABLE.code(written, field=field)
    except UnknownNameError as error:
        assert str(error).startswith(f"{field}: {written!r} ")
        assert "\n" not in str(error)
    else:
        assert code in TABLE.names


def test_actors_take_the_names_of_the_table_and_one_of_them_stands_for_many() -> None:
    canada, rest = actors_named(["CAN", "ROW"])
    assert (canada.iso3, canada.name, canada.named) == ("CAN", "Canada", True)
    assert (rest.iso3, rest.name, rest.named) == ("ROW", "Rest of the world", False)
