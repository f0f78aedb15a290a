"""What `hedgerow world check` looks at: one finding a rule."""

from __future__ import annotations

from dataclasses import dataclass

from hedgerow.world.balance import TOLERANCE, imbalances
from hedgerow.world.composite.report import ReportRow, error_report
from hedgerow.world.world import World


@dataclass(frozen=True)
class Finding:
    """The outcome of one check."""

    check: str
    passed: bool
    found: str
    promised: bool = True
    """False for a measurement that nothing was promised about: it cannot fail, it is there to be read."""


def check(world: World) -> tuple[Finding, ...]:
    """Every check of a loaded world. Loading has verified its checksum already."""
    return (
        Finding("checksum", True, f"sha256 {world.checksum}"),
        *(
            Finding(
                i.identity,
                i.share_of_world_income <= TOLERANCE,
                f"off by at most {i.share_of_world_income:.1e} of world income, at {i.where} (limit {TOLERANCE:g})",
            )
            for i in imbalances(world)
        ),
        _value_added(world),
        _imputed(world),
        _assumed(world),
        Finding("accounts", True, world.layers["trade_flow"].origin.method),
        *(_reported(row) for row in error_report(world.id)),
    )


def _reported(row: ReportRow) -> Finding:
    """A row of the error report that shipped with a reconstructed world."""
    against = f" against {row.reference:g}" if row.source or row.reference else ""
    limit = "" if row.tolerance is None else f" (limit {row.tolerance:g})"
    source = f"; {row.source}" if row.source else ""
    off = f", off by {row.deviation:+.4g}" if against else ""
    found = f"{row.value:g} {row.unit}{against}{off}{limit}, by {row.level}{source}"
    return Finding(f"{row.section}: {row.item}", row.passed, found, promised=row.tolerance is not None)


def _value_added(world: World) -> Finding:
    produces = world["gross_output"] > 0
    share = (world["value_added"] / world["gross_output"].where(produces)).fillna(1.0)
    at = share.argmin(...)
    where = " ".join(str(share[dim].values[int(k)]) for dim, k in at.items())
    return Finding(
        "every producing sector adds value",
        bool(((world["value_added"] > 0) | ~produces).all()),
        f"smallest share of output {float(share.min()):.3f}, at {where}; "
        f"{int((~produces).sum())} of {produces.size} sectors produce nothing",
    )


def imputed_share(world: World) -> float:
    """Share of goods trade between economies that bears an imputed tariff, as a fraction."""
    flow = world["trade_flow"].sel(sector=list(world.goods))
    abroad = flow.where(flow.exporter != flow.importer, 0.0)
    imputed = world["tariff_imputed"].sel(sector=list(world.goods))
    return float(abroad.where(imputed, 0.0).sum() / abroad.sum())


def _imputed(world: World) -> Finding:
    cells = int(world["tariff_imputed"].sum())
    share = imputed_share(world)
    return Finding("tariffs", True, f"{cells} imputed cells, on {share:.1%} of goods trade between economies")


def _assumed(world: World) -> Finding:
    assumed = [s.id for s in world.sectors if bool(world["trade_elasticity_assumed"].sel(sector=s.id))]
    return Finding("trade elasticities", True, f"{len(world.sectors) - len(assumed)} derived from published estimates, "
                   f"{len(assumed)} assumed: {', '.join(assumed)}")  # fmt: skip
