"""Voting alike: how a state's votes in the General Assembly agree with a power's, raw and beyond chance."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd

from hedgerow.indicators.declare import Indicator, Lineage, Per
from hedgerow.indicators.evidence import AGREEMENT, VOTES, Evidence, Table
from hedgerow.indicators.frames import Array, Estimate, Label, Rows, joined, rows
from hedgerow.indicators.ties import ratio
from hedgerow.provenance import Status

CELLS = ("yy", "ya", "yn", "ay", "aa", "an", "ny", "na", "nn")
"""Yes, abstain and no of the state (first letter) by those of the power (second)."""
_PLACE = np.arange(3.0)
APART = np.abs(_PLACE[:, None] - _PLACE[None, :])
"""``v_ab = |a − b|``: an abstention lies half way between yes and no. [vote of the state, vote of the power]"""


def disagreement(counts: Array) -> Array:
    """``D_o = Σ_ab v_ab o_ab`` with ``o`` the shares of all votes: mean distance of two votes. [..., 3, 3] to [...]"""
    found: Array = np.einsum("...ab,ab->...", _shares(counts), APART)
    return found


def s_score(counts: Array) -> Array:
    """``S = 1 − 2 D_o / d_max`` (30) with ``d_max = 2``: 1 always alike, −1 always opposed.

    Source: C. S. Signorino and J. M. Ritter (1999), with equal weights and absolute distances.

    Args:
        counts: votes by that of the state and that of the power. [..., 3, 3]

    Returns:
        [...]; NaN where the two never voted together.
    """
    return 1.0 - 2.0 * disagreement(counts) / float(APART.max())


def kappa(counts: Array) -> Array:
    """``κ = 1 − D_o / Σ_ab v_ab o_a· o_·b`` (31): agreement beyond what the habits of each side would give.

    Source: J. Cohen (1968); for foreign policy F. M. Häge (2011). 0 is chance; absolute distances keep it above −1.

    Args:
        counts: votes by that of the state and that of the power. [..., 3, 3]

    Returns:
        [...]; NaN where both always cast one and the same vote, for then there is no chance to disagree.
    """
    share = _shares(counts)
    return _beyond_chance(share, share.sum(axis=-1), share.sum(axis=-2))


def scott_pi(counts: Array) -> Array:
    """``π = 1 − D_o / Σ_ab v_ab m_a m_b`` (32), ``m`` the mean of both sides' habits.

    Source: W. A. Scott (1955); for foreign policy F. M. Häge (2011). Unlike κ it counts it as disagreement that one
    side votes no more often than the other.

    Args:
        counts: votes by that of the state and that of the power. [..., 3, 3]
    """
    share = _shares(counts)
    habit = (share.sum(axis=-1) + share.sum(axis=-2)) / 2
    return _beyond_chance(share, habit, habit)


def _shares(counts: Array) -> Array:
    return ratio(counts, counts.sum(axis=(-2, -1), keepdims=True) * np.ones((3, 3)))


def _beyond_chance(share: Array, state: Array, power: Array) -> Array:
    expected = np.einsum("...a,...b,ab->...", state, power, APART)
    return 1.0 - ratio(disagreement(share), expected)


def vote_tables(frame: pd.DataFrame) -> Array:
    """The counts of every row of the table as squares. [row] to [row, vote of the state, vote of the power]"""
    return frame[list(CELLS)].to_numpy(dtype=float, na_value=np.nan).reshape(-1, 3, 3)


def _counted(evidence: Evidence, measure: Callable[[Array], Array]) -> pd.DataFrame:
    votes = evidence.table(VOTES)
    return _toward(evidence, votes, lambda held: measure(vote_tables(held)))


def _published(evidence: Evidence) -> pd.DataFrame:
    return _toward(evidence, evidence.table(AGREEMENT), lambda held: held["value"].to_numpy(dtype=float))


def _toward(evidence: Evidence, table: Table, measure: Callable[[pd.DataFrame], Array]) -> pd.DataFrame:
    """A measure of the rows of a table of actor, power and year; nothing for a power that the table has not."""

    def block(held: pd.DataFrame) -> Rows:
        year, power = int(held["year"].iloc[0]), str(held["power"].iloc[0])
        label = Label(table.id, year, (table.origin,), power)
        return rows(list(held["actor"]), Estimate(measure(held)), label, least=Status.PUBLISHED)

    asked = table.frame[table.frame["power"].isin(evidence.powers)]
    return joined(block(held) for _, held in asked.groupby(["year", "power"]))


_ALL_VOTES = "None given: these are all the votes of a session, not a sample of them."
_AGENDA = (
    "The agenda moves it: what is put to a vote in a session decides how far apart states look. Powers in the tables: "
    "USA, CHN, RUS, IND."
)
_HAGE = "Häge (2011), Political Analysis 19(3)"


def _measured(
    name: str, title: str, formula: str, reading: str, reference: str, measure: Callable[[Array], Array]
) -> Indicator:
    return Indicator(
        id=name,
        title=title,
        family="alignment",
        per=Per.TOWARD,
        unit="coefficient",
        low=-1.0,
        high=1.0,
        formula=formula,
        reading=reading,
        lineage=Lineage.PUBLISHED,
        reference=reference,
        inputs=(VOTES,),
        uncertainty=_ALL_VOTES,
        compute=partial(_counted, measure=measure),
        caution=f"{_AGENDA} The roll calls at hand end with the session opened in 2019.",
    )


ASSOCIATION: tuple[Indicator, ...] = (
    Indicator(
        id="vote-agreement",
        title="Votes: agreement with a power",
        family="alignment",
        per=Per.TOWARD,
        unit="fraction",
        low=0.0,
        high=1.0,
        formula="votes cast alike / votes in which both took part",
        reading="The part of the votes in which the state voted as the power did.",
        lineage=Lineage.PUBLISHED,
        reference="Voeten (2013), in Reinalda (ed.), Routledge Handbook of International Organization; as published.",
        inputs=(AGREEMENT,),
        uncertainty=_ALL_VOTES,
        compute=_published,
        caution=_AGENDA,
    ),
    _measured(
        "vote-s-score",
        "Votes: S-score with a power",
        "S = 1 − 2 Σ_ab |a − b| o_ab / 2",
        "1: always alike; −1: always opposed. Most pairs score high because most resolutions pass by large majorities.",
        "Signorino and Ritter (1999), International Studies Quarterly 43(1).",
        s_score,
    ),
    _measured(
        "vote-kappa",
        "Votes: agreement with a power beyond chance (kappa)",
        "κ = 1 − Σ_ab |a − b| o_ab / Σ_ab |a − b| o_a· o_·b",
        "0: as alike as their habits of voting alone would make them; above 0: a tie.",
        f"Cohen (1968), Psychological Bulletin 70(4), weighted; for foreign policy {_HAGE}.",
        kappa,
    ),
    _measured(
        "vote-pi",
        "Votes: agreement with a power beyond chance (pi)",
        "π = 1 − Σ_ab |a − b| o_ab / Σ_ab |a − b| m_a m_b",
        "As kappa, but a power that votes no far more often than the state counts as far from it.",
        f"Scott (1955), Public Opinion Quarterly 19(3), weighted; for foreign policy {_HAGE}.",
        scott_pi,
    ),
)
"""Indicators of this family that rest on votes."""
