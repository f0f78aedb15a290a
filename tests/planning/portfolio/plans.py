"""Small plans on the tiny world."""

from __future__ import annotations

import numpy as np

from hedgerow.planning.partnerships import Range
from hedgerow.planning.portfolio.layout import Request
from hedgerow.planning.portfolio.options import Option, OptionKind, options
from hedgerow.planning.portfolio.process import RegimeProcess
from hedgerow.planning.portfolio.ranking import Horizon
from hedgerow.planning.portfolio.regimes import Outlook, Points, Regime
from hedgerow.planning.portfolio.sides import Sides
from hedgerow.planning.question import Question, ask
from hedgerow.trade.economy import Economy
from hedgerow.trade.policy import Policy
from hedgerow.world.tiny import tiny_world

QUESTION = ask(tiny_world(), "BBB", "AAA")
REQUEST = Request(horizon=Horizon(years=4), paths=20, seed=7, sure=False)
NOTHING = Range(0.0, 0.0, 0.0)
DEAL, LEAVE, SUBSIDY, STORE = options(QUESTION)
IDLE = Option("idle", "Nothing", OptionKind.SUBSIDY, None, NOTHING, NOTHING, NOTHING, 0, 1)


def outlook(storm: float, chain: float = 0.4) -> Outlook:
    """Calm, and a storm of so many points on everybody."""
    calm, hit = Points(other=0.02), Points(other=storm)
    process = RegimeProcess(
        "one", ("calm", "storm"), np.array([[1 - chain, chain], [chain, 1 - chain]]), "calm", "calm"
    )
    regimes = (
        Regime("calm", "Calm", tariff=calm, exclusivity=0.5),
        Regime("storm", "Storm", tariff=hit, exclusivity=0.5),
    )
    return Outlook("test", regimes, (process,), Sides((), (), ("BBB", "CCC")), "", ())


class Harmful(Option):
    """To be signed, though it does to the partner as much harm as being left."""

    def policy(self, question: Question, economy: Economy, effect: float) -> Policy:
        """As of leaving."""
        return LEAVE.policy(question, economy, effect)


HARMFUL = Harmful("bad", "Bad", OptionKind.AGREEMENT, LEAVE.partner, LEAVE.effect, NOTHING, NOTHING, 0, 1)
