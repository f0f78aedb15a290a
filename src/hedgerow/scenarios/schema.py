"""What a scenario file may say. Units and defaults are in ``docs/how-to/scenarios.md``."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from hedgerow.trade.changes import RentOwner
from hedgerow.written.rates import Factor, Rate


class Standing(StrEnum):
    """How far a policy has come."""

    IN_FORCE = "in_force"
    PROVISIONAL = "in_force_provisionally"
    EXPIRED = "expired"
    """It was in force and is no longer."""
    ANNOUNCED = "announced"
    SUSPENDED = "suspended"
    SIGNED = "signed"
    CONCLUDED = "concluded"
    """The text is agreed, nothing is signed."""
    NEGOTIATING = "negotiating"
    PROPOSED = "proposed"
    HYPOTHETICAL = "hypothetical"
    """Nobody has announced it."""


def _several(value: object) -> object:
    """One name stands for a list of one."""
    return (value,) if isinstance(value, str) else value


Names = Annotated[tuple[str, ...], BeforeValidator(_several), Field(min_length=1)]


class Written(BaseModel):
    """Frozen, and strict about unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Entry(Written):
    """Which flows a part of a scenario reaches, and when."""

    exporters: Names = ("all",)
    importers: Names = ("all",)
    between: Names | None = None
    """Two or more sides: flows from each to every other one. Instead of exporters and importers."""
    among: Names | None = None
    """All flows among these. Instead of exporters and importers."""
    sectors: Names = ("goods",)
    from_: date | None = Field(None, alias="from")
    until: date | None = None
    alone: bool = False
    """A member of a bloc is meant to act without the others."""
    note: str = ""

    def holds(self, day: date) -> bool:
        """Whether the entry applies on a day."""
        return (self.from_ is None or self.from_ <= day) and (self.until is None or day <= self.until)


class Tariff(Entry):
    """Import tariffs: exactly one of the four."""

    add: Rate | None = None
    """Points on top of the rate."""
    set: Rate | None = None
    cap: Rate | None = None
    """Higher rates come down to it."""
    floor: Rate | None = None
    """Lower rates go up to it."""

    @property
    def changes(self) -> dict[str, float]:
        """The ones that are given."""
        return {name: value for name in ("add", "set", "cap", "floor") if (value := getattr(self, name)) is not None}


class Iceberg(Entry):
    """Trade costs that burn goods on the way."""

    factor: Factor


class Nontariff(Entry):
    """A barrier other than a tariff, as costly as a tariff of ``ave`` is before; it raises no revenue.

    Exactly one of ``set``, the new equivalent, and ``delta``, the change of its log: -0.25 removes a quarter.
    """

    ave: Rate
    set: Rate | None = None
    delta: Annotated[float, Field(ge=-10, le=10)] | None = None


class ExportTax(Entry):
    """A tax on exports; negative is a subsidy. Exactly one of the two."""

    add: Rate | None = None
    set: Rate | None = None

    @property
    def changes(self) -> dict[str, float]:
        """The ones that are given."""
        return {name: value for name in ("add", "set") if (value := getattr(self, name)) is not None}


class Embargo(Entry):
    """No trade at all; of goods and services unless sectors are named."""

    sectors: Names = ("all",)


class Quota(Entry):
    """A tariff-rate quota over all flows it reaches together. Exactly one of ``volume`` and ``share_of_base``."""

    inside: Rate
    outside: Rate
    volume: Annotated[float, Field(gt=0)] | None = None
    """MUSD a year at base prices."""
    share_of_base: Factor | None = None
    """1.2 is a fifth more than is imported now."""
    owner: RentOwner
    """Who gets the rent while the quota binds."""


class Productivity(Written):
    """Output from the same inputs, times ``factor``."""

    actors: Names
    sectors: Names = ("all",)
    factor: Factor
    from_: date | None = Field(None, alias="from")
    until: date | None = None
    note: str = ""

    def holds(self, day: date) -> bool:
        """Whether the entry applies on a day."""
        return (self.from_ is None or self.from_ <= day) and (self.until is None or day <= self.until)


class Agreement(Entry):
    """A complete agreement on goods: tariffs to zero both ways, and what comes on top."""

    log_trade_effect: Annotated[float, Field(ge=0, le=3)] | None = None
    """Assumed log change of goods trade in the long run, tariffs included; left out, only tariffs go."""


class Schedule(Written):
    """Dated American tariffs, added by partner from the tables that ship with the program."""

    table: Literal["us-2025-26", "us-announced-2025-04-02"]
    day: date | None = None
    """A day of the spell that is meant; needed with ``us-2025-26``."""
    by: Literal["partner", "sector"] = "partner"
    """With ``sector`` the rates of 7 August 2025 by sector."""
    only: str | None = None
    """An economy, or ``EU``, to be taxed alone."""
    answered: bool = False
    """Whether everyone puts the same rates on American goods."""
    note: str = ""

    def holds(self, day: date) -> bool:
        """Always: the table has its own days."""
        return True


class Coalition(Written):
    """Actors that share the burden: transfers among them leave each with the same change of welfare."""

    members: Names
    target: Names
    """Whom the scenario is aimed at; none of them is a member."""
    note: str = ""


class Parameter(Written):
    """A word of the file that ``--set`` fills in."""

    meaning: str
    default: str | None = None


class Document(Written):
    """A whole file."""

    title: str = Field(min_length=1)
    date: date
    """Memberships and date ranges are read on this day."""
    source: str = Field(min_length=1)
    status: Standing
    notes: tuple[str, ...] = ()
    """What is assumed and what is left out."""
    extends: Names | None = None
    deficits: Literal["fixed", "zero", "own_share"] | None = None
    coalition: Coalition | None = None
    parameters: dict[str, Parameter] = {}
    tariff: tuple[Tariff, ...] = ()
    iceberg: tuple[Iceberg, ...] = ()
    nontariff: tuple[Nontariff, ...] = ()
    export_tax: tuple[ExportTax, ...] = ()
    embargo: tuple[Embargo, ...] = ()
    quota: tuple[Quota, ...] = ()
    productivity: tuple[Productivity, ...] = ()
    agreement: tuple[Agreement, ...] = ()
    schedule: tuple[Schedule, ...] = ()


PARTS = ("schedule", "agreement", "tariff", "iceberg", "nontariff", "export_tax", "quota", "productivity", "embargo")
"""Kinds of parts; entries apply in the order in which they stand in the file, whatever their kind."""

Part = Tariff | Iceberg | Nontariff | ExportTax | Embargo | Quota | Productivity | Agreement | Schedule

_MODELS: dict[str, type[Part]] = {
    "schedule": Schedule,
    "agreement": Agreement,
    "tariff": Tariff,
    "iceberg": Iceberg,
    "nontariff": Nontariff,
    "export_tax": ExportTax,
    "quota": Quota,
    "productivity": Productivity,
    "embargo": Embargo,
}


def model_of(kind: str) -> type[Part]:
    """What an entry of a kind may say."""
    return _MODELS[kind]
