"""Who can be asked about, and who signs a trade agreement."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from hedgerow.errors import UnknownNameError
from hedgerow.world.io import load
from hedgerow.world.parties import Party, bloc_of, blocs, economy, party, trade_parties
from hedgerow.world.partnerships import Partnership, PartnershipKind
from hedgerow.world.tiny import tiny_world
from hedgerow.world.world import World

UNION = "European Union"


def united() -> World:
    """The tiny world, with Boria and Caria in a bloc."""
    tiny = tiny_world()
    bloc = Partnership("BC", "Boria and Caria", PartnershipKind.BLOC, ("BBB", "CCC"), date(2000, 1, 1), "illustration")
    return replace(tiny, partnerships=(*tiny.partnerships, bloc))


def test_every_economy_answers_to_its_code(embedded_world: World) -> None:
    for actor in embedded_world.actors:
        if actor.named:
            for written in (actor.iso3, actor.iso3.lower(), f" {actor.iso3} "):
                found = economy(embedded_world, written, field="actor")
                assert found == Party(actor.iso3, actor.name, (actor.iso3,))


def test_every_economy_answers_to_its_name(world_2011: World) -> None:
    for actor in world_2011.actors:
        if actor.named and actor.name != "Korea":  # ambiguous, see below
            found = economy(world_2011, actor.name.upper(), field="actor")
            assert found == Party(actor.iso3, actor.name, (actor.iso3,))


def test_a_world_s_own_codes_need_no_table() -> None:
    assert economy(tiny_world(), "bbb", field="actor") == Party("BBB", "Boria", ("BBB",))


def test_an_ambiguous_name_stays_ambiguous_where_only_one_of_the_two_has_accounts() -> None:
    with pytest.raises(UnknownNameError, match=r"^actor: 'Korea' is ambiguous: KOR or PRK"):
        economy(load("wiod-2011"), "Korea", field="actor")


@pytest.mark.parametrize("written", ["EU", "eu", UNION, "european union"])
def test_a_bloc_is_a_party_and_no_economy(written: str) -> None:
    world = load("wiod-2011")
    union = party(world, written, field="--power")
    assert (union.code, union.name) == ("EU", UNION)
    assert len(union.members) == 26
    with pytest.raises(UnknownNameError, match=r"^actor: .* is a bloc; name one of its members") as caught:
        economy(world, written, field="actor")
    assert all(member in str(caught.value) for member in union.members)


@pytest.mark.parametrize("written", [" EU ", "the European Union"])
def test_a_bloc_is_written_as_freely_as_a_country(written: str) -> None:
    assert party(load("wiod-2011"), written, field="--power").code == "EU"


def test_what_is_no_bloc_is_the_same_to_both(world: World) -> None:
    for code in world.codes:
        if code != "ROW":
            assert party(world, code, field="x") == economy(world, code, field="x")


@pytest.mark.parametrize("written", ["CHE", "ch", "Switzerland", "Suisse"])
def test_a_country_without_accounts_of_its_own_is_told_where_it_is(world_2011: World, written: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        economy(world_2011, written, field="actor")
    assert str(caught.value).startswith("actor: Switzerland (CHE) has no accounts of its own")
    assert f"in world {world_2011.id}: it is inside the rest of the world" in str(caught.value)
    assert all(code in str(caught.value) for code in world_2011.codes if code != "ROW")
    assert "ROW" not in str(caught.value)


@pytest.mark.parametrize("written", ["ROW", "row", "Rest of the world", "rest of the world"])
def test_the_rest_of_the_world_cannot_be_asked_about(embedded_world: World, written: str) -> None:
    with pytest.raises(UnknownNameError, match=r"^actor: "):
        party(embedded_world, written, field="actor")


def test_every_named_economy_signs_once_alone_or_inside_a_bloc(world: World) -> None:
    signing = Counter(code for signatory in trade_parties(world) for code in signatory.members)
    assert signing == Counter(actor.iso3 for actor in world.actors if actor.named)


def test_those_in_a_bloc_sign_together() -> None:
    assert [(p.code, p.members) for p in trade_parties(united())] == [("AAA", ("AAA",)), ("BC", ("BBB", "CCC"))]


def test_signatories_are_listed_by_name(embedded_world: World) -> None:
    names = [signatory.name for signatory in trade_parties(embedded_world)]
    assert names == sorted(names)


def test_a_free_trade_agreement_or_customs_union_makes_no_bloc(world: World) -> None:
    assert all(p.kind is PartnershipKind.BLOC for p in blocs(world))
    assert {p.id for p in blocs(world)} >= (set() if world.id == "tiny" else {"EU"})


def test_an_actor_is_in_the_bloc_that_lists_it(world: World) -> None:
    for code in world.codes:
        listing = [p for p in world.partnerships if p.kind is PartnershipKind.BLOC and code in p.members]
        found = bloc_of(world, code)
        assert (found is None) == (not listing)
        assert found is None or (found.code, found.members) == (listing[0].id, listing[0].members)


def test_boria_is_in_the_bloc_and_aria_is_not() -> None:
    assert bloc_of(united(), "BBB") == Party("BC", "Boria and Caria", ("BBB", "CCC"))
    assert bloc_of(united(), "AAA") is None
