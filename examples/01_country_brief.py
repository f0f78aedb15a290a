"""How exposed is Canada to American tariffs, and does an agreement with the EU help? By hand, in twenty lines.

Run it with ``uv run python examples/01_country_brief.py``.
"""

from hedgerow import Policy, TariffChange, calibrate, load, solve, welfare_change

world = load("wiod-2011")
economy = calibrate(world)
union = next(p.members for p in world.partnerships if p.id == "EU")

swing = Policy((TariffChange(exporters=("CAN",), importers=("USA",), sectors=world.goods, add=0.25),))
deal = Policy(
    (
        TariffChange(exporters=("CAN",), importers=union, sectors=world.goods, set_to=0.0),
        TariffChange(exporters=union, importers=("CAN",), sectors=world.goods, set_to=0.0),
    )
)


def canada(policy: Policy) -> float:
    """Canada's change of real income, in per cent."""
    return 100 * float(welfare_change(solve(economy, policy)).sel(actor="CAN"))


calm_gain = canada(deal)
loss = canada(swing)
loss_avoided = (canada(swing + deal) - loss) - calm_gain

print(f"25% on Canada alone:        {loss:+.3f} % of income")
print(f"tariffs with the EU to 0:   {calm_gain:+.3f} % in calm weather")
print(f"of the loss, that avoids:   {loss_avoided:+.4f} points")
