"""From the entries of a file to the changes of a policy, in one world."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from hedgerow.errors import RequestError
from hedgerow.scenarios import schema
from hedgerow.scenarios.agreements import nontariff_part, tariffs_to_zero
from hedgerow.scenarios.announced import announced_tariffs, answers_in_kind
from hedgerow.scenarios.names import Names
from hedgerow.scenarios.reach import Flows, between, blocs_on, flows, parties, set_by
from hedgerow.scenarios.us_policies import has_sectors, policy_by_sector, policy_of_rates
from hedgerow.scenarios.us_schedule import rates_in, us_spells
from hedgerow.trade.changes import (
    Change,
    Embargo,
    ExportTaxChange,
    IcebergChange,
    NonTariffChange,
    Part,
    ProductivityChange,
    TariffChange,
    TariffRateQuota,
)
from hedgerow.trade.economy import Economy
from hedgerow.trade.policy import Policy
from hedgerow.world.parties import Party
from hedgerow.written.lines import Path

Changes = tuple[Part, ...]


@dataclass
class Builder:
    """Turns entries into changes; mistakes and notes go to ``names``."""

    names: Names
    economy: Economy

    def changes(self, part: schema.Part, path: Path) -> Changes:
        """What one entry changes; nothing where a name is wrong."""
        match part:
            case schema.Schedule():
                return self._schedule(part, path)
            case schema.Agreement():
                return self._agreement(part, path)
            case schema.Productivity():
                actors = self.names.actors(part.actors, (*path, "actors"))
                sectors = self.names.sectors(part.sectors, (*path, "sectors"))
                return (ProductivityChange(factor=part.factor, actors=actors, sectors=sectors),)
            case _:
                return self._flows(part, path)

    def _flows(self, part: schema.Entry, path: Path) -> Changes:
        sectors = self.names.sectors(part.sectors, (*path, "sectors"))
        found = flows(self.names, part, path)
        if isinstance(part, schema.Tariff | schema.Quota):
            found = set_by(self.names, found, "importers", part, path)
        elif isinstance(part, schema.ExportTax):
            found = set_by(self.names, found, "exporters", part, path)
        if isinstance(part, schema.Quota) and len(found) > 1:
            self.names.wrong.add(path, "a quota has one set of importers under one tariff; write one entry for each")
        if not sectors:
            return ()
        try:
            return tuple(_change(part, flow, sectors) for flow in found)
        except RequestError as error:
            self.names.wrong.add(path, str(error))
            return ()

    def _agreement(self, part: schema.Agreement, path: Path) -> Changes:
        names, free, rest = self.names, Policy(), Policy()
        before, pairs = len(names.wrong.found), list(self._pairs(part, path))
        if not pairs and len(names.wrong.found) == before:
            names.wrong.add(path, "nobody is left to agree with; members of one bloc have no tariffs between them")
        for one, other in pairs:
            goods = names.sectors(part.sectors, (*path, "sectors"))
            free += tariffs_to_zero(one, other, goods=goods)
            if part.log_trade_effect is not None:
                rest += nontariff_part(one, other, effect=part.log_trade_effect, economy=self.economy)
        return (*free.parts, *rest.parts)

    def _pairs(self, part: schema.Agreement, path: Path) -> Iterator[tuple[Party, Party]]:
        """Who signs with whom: blocs as one, and never with themselves."""
        names = self.names
        if part.among is not None:
            inside = names.actors(part.among, (*path, "among"))
            yield from combinations(parties(names.world, names.day, inside), 2)
            return
        sides = between(names, part.between or (), (*path, "between"))
        unions = {code: name for name, members in blocs_on(names.world, names.day).items() for code in members}
        for first, second in combinations(sides, 2):
            for one in parties(names.world, names.day, first):
                for other in parties(names.world, names.day, second):
                    same = one.members[0] == other.members[0] or (
                        one.members[0] in unions and unions[one.members[0]] == unions.get(other.members[0])
                    )
                    if not same:
                        yield one, other

    def _schedule(self, part: schema.Schedule, path: Path) -> Changes:
        world, only = self.names.world, part.only
        if only is not None and only != "EU":
            found = self.names.group(only, (*path, "only"))
            if len(found) != 1:
                return ()
            only = found[0]
        if part.table == "us-2025-26":
            policy = self._dated(part, path, only)
        else:
            policy = announced_tariffs(world, answered=False, only=only)
        return (*policy.parts, *answers_in_kind(policy).parts) if part.answered else policy.parts

    def _dated(self, part: schema.Schedule, path: Path, only: str | None) -> Policy:
        world, day = self.names.world, part.day
        spell = next((s for s in us_spells() if day and s.start <= day and (s.end is None or day <= s.end)), None)
        if spell is None:
            self.names.wrong.add(
                (*path, "day"), f"{day} is in no spell of the table, which begins {us_spells()[0].start}"
            )
            return Policy()
        reach = rates_in(world, spell.rates)
        if reach.absent and only is None:
            self.names.notes[f"Not named by the tracker, and so unchanged: {', '.join(reach.absent)}."] = None
        if part.by == "partner":
            return policy_of_rates(spell.rates, world, only)
        if not has_sectors(world):
            self.names.wrong.add((*path, "by"), f"world {world.id} has other sectors than the table by sector")
            return Policy()
        return policy_by_sector(world, only)


def _change(part: schema.Entry, flow: Flows, sectors: tuple[str, ...]) -> Change:
    exporters, importers = flow.exporters, flow.importers
    match part:
        case schema.Tariff():
            return TariffChange(
                exporters=exporters, importers=importers, sectors=sectors,
                add=part.add, set_to=part.set, cap=part.cap, floor=part.floor,
            )  # fmt: skip
        case schema.ExportTax():
            return ExportTaxChange(
                exporters=exporters, importers=importers, sectors=sectors, add=part.add, set_to=part.set
            )
        case schema.Iceberg():
            return IcebergChange(exporters=exporters, importers=importers, sectors=sectors, factor=part.factor)
        case schema.Nontariff():
            return NonTariffChange(
                exporters=exporters, importers=importers, sectors=sectors,
                ave=part.ave, set_to=part.set, delta=part.delta,
            )  # fmt: skip
        case schema.Quota():
            return TariffRateQuota(
                exporters=exporters, importers=importers, sectors=sectors, inside=part.inside, outside=part.outside,
                volume=part.volume, share_of_base=part.share_of_base, owner=part.owner,
            )  # fmt: skip
    return Embargo(exporters=exporters, importers=importers, sectors=sectors)
