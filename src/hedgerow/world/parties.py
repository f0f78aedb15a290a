"""Who can be asked about: one economy of a world, or a bloc that sets one tariff."""

from __future__ import annotations

from dataclasses import dataclass

from hedgerow.errors import UnknownNameError
from hedgerow.world.actors import alias_table
from hedgerow.world.partnerships import Partnership, PartnershipKind
from hedgerow.world.world import World


@dataclass(frozen=True)
class Party:
    """An economy, or the economies of a bloc."""

    code: str
    name: str
    members: tuple[str, ...]
    """ISO-3 codes; one for an economy."""


def blocs(world: World) -> tuple[Partnership, ...]:
    """Partnerships whose members set one tariff."""
    return tuple(p for p in world.partnerships if p.kind is PartnershipKind.BLOC)


def bloc_of(world: World, code: str) -> Party | None:
    """The bloc an actor belongs to, if any."""
    for bloc in blocs(world):
        if code in bloc.members:
            return Party(bloc.id, bloc.title, bloc.members)
    return None


def economy(world: World, written: str, *, field: str) -> Party:
    """The single economy that a person named.

    Args:
        world: where to look.
        written: an ISO-3 or ISO-2 code or a name.
        field: what the person was asked for; named in the message.

    Raises:
        UnknownNameError: no such country, an ambiguous name, a bloc, or a country without accounts of its own
            in this world.
    """
    named = {a.iso3: a.name for a in world.actors if a.named}
    if written.upper() in named:
        return Party(written.upper(), named[written.upper()], (written.upper(),))
    bloc = _bloc(world, written)
    if bloc is not None:
        raise UnknownNameError(f"{field}: {written!r} is a bloc; name one of its members: {', '.join(bloc.members)}")
    code = alias_table().code(written, field=field)
    if code not in named:
        raise UnknownNameError(
            f"{field}: {alias_table().names[code]} ({code}) has no accounts of its own in world {world.id}: "
            f"it is inside the rest of the world; there are {', '.join(named)}"
        )
    return Party(code, named[code], (code,))


def party(world: World, written: str, *, field: str) -> Party:
    """The economy or bloc that a person named.

    Raises:
        UnknownNameError: as :func:`economy`, without refusing blocs.
    """
    bloc = _bloc(world, written)
    return bloc if bloc is not None else economy(world, written, field=field)


def _bloc(world: World, written: str) -> Party | None:
    for bloc in blocs(world):
        if written.casefold() in (bloc.id.casefold(), bloc.title.casefold()):
            return Party(bloc.id, bloc.title, bloc.members)
    return None


def trade_parties(world: World) -> tuple[Party, ...]:
    """Everyone who can sign a trade agreement: blocs once, other economies for themselves, by name."""
    inside = {code for bloc in blocs(world) for code in bloc.members}
    alone = [Party(a.iso3, a.name, (a.iso3,)) for a in world.actors if a.named and a.iso3 not in inside]
    unions = [Party(b.id, b.title, b.members) for b in blocs(world)]
    return tuple(sorted([*unions, *alone], key=lambda p: p.name))
