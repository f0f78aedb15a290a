"""Who can be asked about: one economy of a world, or a bloc that sets one tariff."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from hedgerow.errors import UnknownNameError
from hedgerow.world.actors import alias_table, folded
from hedgerow.world.memberships import organisations, trade_blocs
from hedgerow.world.partnerships import Partnership, PartnershipKind
from hedgerow.world.world import World


@dataclass(frozen=True)
class Party:
    """An economy, or the economies of a bloc."""

    code: str
    name: str
    members: tuple[str, ...]
    """ISO-3 codes; one for an economy."""
    missing: tuple[str, ...] = field(default=(), compare=False)
    """Members of the same customs union that have no accounts of their own in the world."""
    note: str = field(default="", compare=False)
    """With whom it signs, and who of them is missing."""


def blocs(world: World) -> tuple[Partnership, ...]:
    """Partnerships whose members set one tariff."""
    return tuple(p for p in world.partnerships if p.kind is PartnershipKind.BLOC)


def bloc_of(world: World, code: str) -> Party | None:
    """The bloc an actor belongs to, if any."""
    for bloc in blocs(world):
        if code in bloc.members:
            return _together(world, bloc)
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
        return _alone(world, written.upper(), named[written.upper()])
    bloc = _bloc(world, written)
    if bloc is not None:
        raise UnknownNameError(f"{field}: {written!r} is a bloc; name one of its members: {', '.join(bloc.members)}")
    code = alias_table().code(written, field=field)
    if code not in named:
        raise UnknownNameError(
            f"{field}: {alias_table().names[code]} ({code}) has no accounts of its own in world {world.id}: "
            f"it is inside the rest of the world; there are {', '.join(named)}"
        )
    return _alone(world, code, named[code])


def party(world: World, written: str, *, field: str) -> Party:
    """The economy or bloc that a person named.

    Raises:
        UnknownNameError: as :func:`economy`, without refusing blocs.
    """
    bloc = _bloc(world, written)
    return bloc if bloc is not None else economy(world, written, field=field)


def _bloc(world: World, written: str) -> Party | None:
    for bloc in blocs(world):
        if folded(written) in (folded(bloc.id), folded(bloc.title)):
            return _together(world, bloc)
    return None


def _together(world: World, bloc: Partnership) -> Party:
    """A bloc as a party."""
    missing = tuple(code for code in trade_blocs().get(bloc.id, ()) if code not in world.codes)
    return Party(bloc.id, bloc.title, bloc.members, missing, f"Here without {_names(missing)}." if missing else "")


def _alone(world: World, code: str, name: str) -> Party:
    """An economy as a party; the last of its customs union in this world keeps its own name."""
    if any(code in bloc.members for bloc in blocs(world)):
        return Party(code, name, (code,))
    for union, members in trade_blocs().items():
        missing = tuple(other for other in members if other not in world.codes)
        if code in members and missing:
            note = f"Signs as {organisations()[union].title}, here without {_names(missing)}."
            return Party(code, name, (code,), missing, note)
    return Party(code, name, (code,))


def _names(codes: tuple[str, ...]) -> str:
    """Names in a sentence."""
    names = [alias_table().names[code] for code in codes]
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


@lru_cache(maxsize=8)
def trade_parties(world: World) -> tuple[Party, ...]:
    """Everyone who can sign a trade agreement: blocs once, other economies for themselves, by name."""
    inside = {code for bloc in blocs(world) for code in bloc.members}
    alone = [_alone(world, a.iso3, a.name) for a in world.actors if a.named and a.iso3 not in inside]
    unions = [_together(world, b) for b in blocs(world)]
    return tuple(sorted([*unions, *alone], key=lambda p: p.name))
