"""Sanctions on Russia by a coalition: what acting together adds, and who would pay whom to lose alike.

The published comparison rests on trade costs estimated by gravity, sector by sector, and on data of 2014. Here a tenth
on all goods both ways is assumed, in the world of 2011: other inputs, so other numbers. Run it with
``uv run python examples/03_sanctions.py``.
"""

from hedgerow import calibrate, load
from hedgerow.trade.variants.sanction_coalitions import PUBLISHED, Sanctions, compare
from hedgerow.trade.variants.sanctions import share_burden

OTHERS = ("BRA", "CHN", "IDN", "IND", "KOR", "MEX", "ROW", "RUS", "TUR", "TWN")

economy = calibrate(load("wiod-2011"))
senders = [actor for actor in economy.actors if actor not in OTHERS]
sanctions = Sanctions.uniform(economy, "RUS", factor=1.1, sectors=economy.goods_sectors)
found, published = compare(economy, sanctions, senders), PUBLISHED["RUS"]

print(f"{'':62}published | here, other inputs")
for name, title in (
    ("senders_saved", "senders lose less on average than each alone, by"),
    ("target_added", "the target loses more than from each alone, by"),
    ("horizontal", "of what a coalition of everyone would inflict"),
    ("vertical", "of what an embargo by the senders would inflict"),
):
    theirs = f"{published[name]:.1%}" if name in published else "32 to 37%"  # over both cases, working paper
    print(f"{title:62}{theirs:>9} | {getattr(found, name):.1%}")

shared = share_burden(economy, sanctions.policy(economy, senders), members=senders)
print(f"\nshared, every sender loses {-shared.welfare:.3%}; transfers, of GDP:")
for actor, share in shared.transfer_share.to_series().loc[senders].sort_values().items():
    print(f"  {actor} {share:+.3%}")
