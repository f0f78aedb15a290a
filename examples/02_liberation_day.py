"""The tariffs announced on 2 April 2025 in the model of Ignatenko et al. (2025): their printed tables beside our run.

Run it with ``uv run python examples/02_liberation_day.py``.
"""

from hedgerow import load
from hedgerow.scenarios.announced import announced_in
from hedgerow.trade.variants.liberation_day import Outcome, base_of, optimal_tariff, published_scenarios, solve

COLUMNS = ("welfare", "deficit", "employment", "price_index")
PUBLISHED = (  # Tables 1 and 2 of the paper, in per cent: welfare, deficit, employment, prices
    {"USA": (1.13, -18.1, 0.32, 12.8), "others": (-0.58, 11.6, -0.14, -4.7)},
    {"USA": (-0.01, -18.4, -0.41, 13.1), "others": (-0.57, 11.7, -0.14, -4.8)},
    {"USA": (1.79, -19.1, 0.51, 12.6), "others": (-0.61, 17.1, -0.16, -4.6)},
    {
        "USA": (-0.36, -26.7, -0.18, 7.5),
        "CHN": (-0.82, 6.2, -0.16, -3.7),
        "EU": (-0.22, 15.4, -0.09, -2.6),
        "others": (-0.46, 19.8, -0.13, -2.7),
    },
    {
        "USA": (-0.75, -29.0, -0.32, 6.0),
        "CHN": (-0.65, 6.3, -0.13, -3.3),
        "EU": (-0.23, 16.6, -0.09, -2.1),
        "others": (-0.43, 22.4, -0.13, -2.2),
    },
    {
        "USA": (-0.32, -28.4, -0.20, 4.2),
        "CHN": (-0.36, 4.2, -0.08, -2.1),
        "EU": (-0.23, 16.9, -0.09, -1.5),
        "others": (-0.39, 25.1, -0.13, -1.5),
    },
)

world = load("baci-2023")
base = base_of(world)
members = next(p.members for p in world.partnerships if p.id == "EU")
groups = {
    "EU": tuple(code for code in members if code not in ("CZE", "SVK")),  # the 25 that the authors average
    "others": tuple(code for code in base.actors if code != "USA"),
}


def ours(outcome: Outcome, who: str) -> list[float]:
    """The columns of the paper, in per cent."""
    mean = outcome.mean(groups.get(who, (who,)))
    return [100 * float(mean[column]) for column in COLUMNS]


print(f"optimal uniform US tariff: {optimal_tariff(base, 'USA'):.1%} (published: 21.8%)\n")
print(f"{'':8}{'welfare':>16}{'deficit':>16}{'employment':>16}{'prices':>16}   % change, published | modelled here")
for outcome, table in zip(solve(base, published_scenarios(base, announced_in(world))), PUBLISHED, strict=True):
    print(outcome.scenario.label)
    for who, row in table.items():
        cells = (
            f"{theirs:>7.{2 - k % 2}f} |{mine:>7.{2 - k % 2}f}"
            for k, (theirs, mine) in enumerate(zip(row, ours(outcome, who), strict=True))
        )
        print(f"{who:>8}" + "".join(f"{cell:>16}" for cell in cells))
