"""Files of regimes and chains: read, checked as a whole, and resolved in the world of a question."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Final

import numpy as np
import numpy.typing as npt
from pydantic import Field

from hedgerow.errors import RequestError, UnknownNameError
from hedgerow.planning.portfolio.process import ROW_GAP, RegimeProcess
from hedgerow.planning.portfolio.regimes import Outlook, Points, Regime
from hedgerow.planning.portfolio.sides import Sides, sides_of, sorted_sides
from hedgerow.planning.question import Question
from hedgerow.scenarios.files import library_names
from hedgerow.scenarios.names import Names
from hedgerow.scenarios.scenario import scenario
from hedgerow.scenarios.schema import Names as Listed
from hedgerow.scenarios.schema import Written
from hedgerow.trade.policy import DeficitRule, Policy
from hedgerow.written.lines import Lines
from hedgerow.written.lines import Path as Place
from hedgerow.written.mistakes import Mistakes, raise_all, suggestion
from hedgerow.written.rates import Rate, Share
from hedgerow.written.shape import no_toml, shaped

__all__ = ["GRAND_STRATEGIES", "of_file", "of_library"]

Array = npt.NDArray[np.float64]

GRAND_STRATEGIES: Final = "grand-strategies"


class WrittenPoints(Written):
    """Points added by side; a side that is left out keeps those of all goods, or has none."""

    ally: Rate | None = None
    rival: Rate | None = None
    other: Rate | None = None


class WrittenRegime(Written):
    """Tariffs by side, or a scenario of the library as the whole policy."""

    id: str = Field(min_length=1)
    label: str = ""
    tariff: WrittenPoints = WrittenPoints()
    sectors: Mapping[str, WrittenPoints] = {}
    scenario: str | None = None
    reliability: Share = 1.0
    burden: Share = 0.0
    exclusivity: Share = 0.0
    public_good: Share = 0.0
    note: str = ""


class WrittenChain(Written):
    """Chances of next year's regime by this year's; what is left out has none."""

    name: str = Field(min_length=1)
    note: str = ""
    next: Mapping[str, Mapping[str, Share]]


class WrittenSides(Written):
    """In place of the table of sides; whoever is not named is one of the others."""

    ally: Listed | None = None
    rival: Listed | None = None


class WrittenOutlook(Written):
    """A whole file."""

    title: str = Field(min_length=1)
    date: date
    """Memberships are read on this day."""
    source: str = Field(min_length=1)
    notes: tuple[str, ...] = ()
    power: str | None = None
    """Whose regimes they are; anybody's when left out."""
    initial: str
    initial_for: Mapping[str, str] = {}
    """By code of a power, in place of ``initial``."""
    calm: str
    sides: WrittenSides | None = None
    regime: Annotated[tuple[WrittenRegime, ...], Field(min_length=1)]
    chain: Annotated[tuple[WrittenChain, ...], Field(min_length=1)]


def of_library(name: str, question: Question) -> Outlook:
    """Regimes that ship."""
    text = (files("hedgerow.planning.portfolio") / "library" / f"{name}.toml").read_text(encoding="utf-8")
    return _resolved(text, name, f"{name}.toml", question)


def of_file(written: str, question: Question) -> Outlook:
    """Regimes of a file of one's own.

    Raises:
        UnknownNameError: there is no such file.
        RequestError: it cannot be read as text.
        ScenarioError: every mistake in it, one line each.
    """
    path = Path(written)
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise UnknownNameError(f"--regimes: there is no file {written}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise RequestError(f"--regimes: cannot read {written}: {error}") from None
    return _resolved(text, path.stem, path.name, question)


@dataclass(frozen=True)
class _File:
    """A file of the right shape, and where its mistakes go."""

    written: WrittenOutlook
    names: Names
    question: Question

    @property
    def wrong(self) -> Mistakes:
        return self.names.wrong

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(one.id for one in self.written.regime)


def _resolved(text: str, name: str, shown: str, question: Question) -> Outlook:
    wrong = Mistakes(shown, Lines.of(text))
    written = _shaped(text, wrong)
    file = _File(written, Names(question.world, written.date, wrong), question)
    _check_words(file)
    regimes = tuple(_regime(file, at) for at in range(len(written.regime)))
    matrices = [_matrix(one.next, file.ids, ("chain", at), wrong) for at, one in enumerate(written.chain)]
    sides = _sides(file)
    raise_all(wrong.found)
    start = written.initial_for.get(question.power.code, written.initial)
    chains = tuple(
        RegimeProcess(one.name, file.ids, matrix, start, written.calm, one.note)
        for one, matrix in zip(written.chain, matrices, strict=True)
    )
    note = " ".join((*written.notes, *file.names.notes))
    return Outlook(name, regimes, chains, sides, note, (written.source,))


def _shaped(text: str, wrong: Mistakes) -> WrittenOutlook:
    raw: Mapping[str, Any] = {}
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise_all((no_toml(error, wrong.file, wrong.lines),))
    written = shaped(WrittenOutlook, raw, wrong)
    if written is None:
        _check_rest(raw, wrong)
    raise_all(wrong.found)
    assert written is not None  # noqa: S101  raise_all has raised otherwise
    return written


def _check_words(file: _File) -> None:
    """What refers to another part of the file, or to the question."""
    written, wrong, ids = file.written, file.wrong, file.ids
    for kind, names in (("regime", ids), ("chain", tuple(one.name for one in written.chain))):
        for at, word in enumerate(names):
            if word in names[:at]:
                wrong.add((kind, at), f"{word!r} is there twice; give each {kind} a name of its own")
    starts: dict[Place, str] = {("initial",): written.initial, ("calm",): written.calm}
    starts |= {("initial_for", power): word for power, word in written.initial_for.items()}
    for path, word in starts.items():
        if word not in ids:
            wrong.add(path, f"{word!r} is no regime of this file{_hint(word, ids)}", word=word)
    codes = file.names.group(written.power, ("power",)) if written.power else file.question.power.members
    if codes and set(codes) != set(file.question.power.members):
        wrong.add(("power",), f"these are regimes of {written.power}, the question is about {file.question.power.name}")


def _check_rest(raw: Mapping[str, Any], wrong: Mistakes) -> None:
    """Rows of chains of a file whose shape is wrong elsewhere, so that all mistakes are told at once."""
    regimes, chains = raw.get("regime", []), raw.get("chain", [])
    ids = tuple(str(one.get("id")) for one in regimes if isinstance(one, dict)) if isinstance(regimes, list) else ()
    for at, chain in enumerate(chains if isinstance(chains, list) else []):
        apart = Mistakes(wrong.file, wrong.lines)
        one = shaped(WrittenChain, chain, apart) if isinstance(chain, dict) else None
        if one is not None and ids:
            _matrix(one.next, ids, ("chain", at), wrong)


def _matrix(chances: Mapping[str, Mapping[str, float]], ids: tuple[str, ...], path: Place, wrong: Mistakes) -> Array:
    """[R, R] chances of a chain; unknown names, missing rows and rows that do not sum to one are mistakes."""
    found = np.zeros((len(ids), len(ids)))
    places = [(now,) for now in chances] + [(now, then) for now, row in chances.items() for then in row]
    for place in places:
        if place[-1] not in ids:
            wrong.add((*path, "next", *place), f"{place[-1]!r} is no regime of this file{_hint(place[-1], ids)}")
    for at, now in enumerate(ids):
        if now not in chances:
            wrong.add((*path, "next"), f"has no row for {now!r}; say what follows it, if only {now} = 1")
            continue
        row = chances[now]
        found[at] = [row.get(then, 0.0) for then in ids]
        total = sum(row.values())
        if abs(total - 1) > ROW_GAP:
            wrong.add((*path, "next", now), f"sums to {total:.12g}; its chances must sum to 1")
    return found


def _regime(file: _File, at: int) -> Regime:
    one, path = file.written.regime[at], ("regime", at)
    tariff = _points(one.tariff, Points())
    return Regime(
        id=one.id,
        label=one.label or one.id,
        tariff=tariff,
        by_sector=_by_sector(file, one, tariff, path),
        policy=_whole(file, one, path),
        reliability=one.reliability,
        burden=one.burden,
        exclusivity=one.exclusivity,
        public_good=one.public_good,
        note=one.note,
    )


def _points(written: WrittenPoints, default: Points) -> Points:
    given = written.model_dump(exclude_none=True)
    return Points(**{side: given.get(side, getattr(default, side)) for side in WrittenPoints.model_fields})


def _by_sector(file: _File, one: WrittenRegime, tariff: Points, path: Place) -> Mapping[str, Points]:
    found: dict[str, Points] = {}
    goods = file.question.world.goods
    for word, points in one.sectors.items():
        place = (*path, "sectors", word)
        for sector in file.names.sectors((word,), place):
            if sector not in goods:
                file.wrong.add(place, f"{sector} is a service; regimes tax goods, name one of {', '.join(goods)}")
            elif sector in found:
                file.wrong.add(place, f"{sector} is named twice in {one.id}")
            found[sector] = _points(points, tariff)
    return found


def _whole(file: _File, one: WrittenRegime, path: Place) -> Policy | None:
    if one.scenario is None:
        return None
    place = (*path, "scenario")
    if one.sectors or one.tariff != WrittenPoints():
        file.wrong.add(place, "is a whole policy; leave out tariff and sectors")
    if one.scenario not in library_names():
        hint = _hint(one.scenario, library_names()) or "; `hedgerow solve --list` shows them"
        file.wrong.add(place, f"{one.scenario!r} is not in the library{hint}", word=one.scenario)
        return None
    try:
        policy = scenario(one.scenario, file.question.world).policy
    except RequestError as error:
        file.wrong.add(place, f"{one.scenario} does not work here: {str(error).splitlines()[0]}", word=one.scenario)
        return None
    if policy.quotas:
        file.wrong.add(place, f"{one.scenario} has a quota, which has no path over the years; take one without")
    if policy.deficits is not DeficitRule.FIXED:
        file.wrong.add(
            place, f"{one.scenario} has a rule for deficits of its own; years of a plan share one, take another"
        )
    return policy


def _sides(file: _File) -> Sides:
    world, power, written = file.question.world, file.question.power, file.written.sides
    if written is None:
        return sides_of(world, power, file.written.date)
    named = {}
    for side in WrittenSides.model_fields:
        words, path = getattr(written, side) or (), ("sides", side)
        if {power.code, power.name} & set(words):
            file.wrong.add(path, f"{power.name} is the power itself; take it out")
        named[side] = set(file.names.actors(words, path) if words else ()) - set(power.members)
    both = sorted(named["ally"] & named["rival"])
    if both:
        file.wrong.add(("sides", "rival"), f"allies too: {', '.join(both)}; name each on one side")
    rivals = named["rival"] - named["ally"]
    return sorted_sides(world, power, ally=named["ally"], rival=rivals, notes=("Sides as the file has them.",))


def _hint(word: str, known: tuple[str, ...]) -> str:
    return suggestion(word, known) or (f"; it has {', '.join(known)}" if len(known) < 10 else "")
