"""The best bundle of more options than can be ranked one by one, as a mixed-integer linear programme.

Bare arrays. P courses, K options; the objective is that of the enumeration, bundle for bundle:

    max_x  sum_w p_w u_w(x) - k.x - lambda CVaR_a(L(x)),   L_w(x) = u_calm(x) - u_w(x)

CVaR is a minimum over eta of eta + E[L - eta]_+ / (1 - a), linear with one z_w >= L_w - eta for each course
(Rockafellar and Uryasev 2000). The product of two options is a y with y <= x_k, y <= x_l and
y >= x_k + x_l - 1 (Fortet 1960). The chance that a bundle is not answered, prod_k (1 - p_k x_k), is built option by
option: q_k = q_{k-1} - p_k w_k with w_k = x_k q_{k-1}, the product of a binary and a number between 0 and 1 (McCormick
1976), which is exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

import highspy
import numpy as np
import numpy.typing as npt
from scipy import sparse

from hedgerow.errors import DidNotConverge
from hedgerow.planning.portfolio.bundles import Terms
from hedgerow.planning.portfolio.limits import SLACK, Rows
from hedgerow.planning.portfolio.risk import Mask, conditional_value_at_risk, deviation

__all__ = ["Gains", "Optimum", "Programme", "checked"]

Array = npt.NDArray[np.float64]

NEGLIGIBLE: Final = 1e-12
"""Log units; an interaction that is smaller for everybody on every course is left out."""
FREE: Final = highspy.kHighsInf


class Gains(NamedTuple):
    """What option k brings its partner beside bundle x: alone_k + sum_l cross_kl x_l. Log units, C measures."""

    alone: Array
    """[K, C]"""
    cross: Array
    """[K, K, C]"""
    slack: float
    """A smaller loss is none."""


class Optimum(NamedTuple):
    """A bundle that no other beats."""

    bundle: Mask
    """[K]"""
    objective: float
    """E[u - k.x] - lambda CVaR(L), log units."""


class _Quiet(highspy.Highs):
    """HiGHS without the line it prints on standard output while it is being made."""

    def enableCallbacks(self) -> object:  # noqa: N802 - its name there
        self.setOptionValue("output_flag", False)
        return super().enableCallbacks()  # type: ignore[no-untyped-call]


class _Block(NamedTuple):
    """Constraints lower <= sum of parts <= upper."""

    parts: dict[str, sparse.sparray]
    """Coefficients by group of columns; groups that are absent have none."""
    lower: Array
    upper: Array


@dataclass(frozen=True, eq=False)
class Programme:
    """Everything that decides which bundle is best, apart from the aversion to risk."""

    terms: Terms
    """Of P courses and of the calm one, which is last."""
    cost: Array
    """[K]"""
    weight: Array
    """[P] sums to 1."""
    tail: float
    """a of CVaR."""
    rows: Rows
    gains: Gains | None = None
    """None where no partner has to sign."""

    def objective(self, bundle: Mask, aversion: float) -> float:
        """What a bundle is worth, by the sorted tail."""
        utility = self.terms.utility(bundle[None])
        risk = conditional_value_at_risk(deviation(utility[:-1], utility[-1]), self.weight, self.tail)
        return float(self.weight @ utility[:-1, 0] - self.cost @ bundle - aversion * risk[0])

    def best(self, aversion: float) -> Optimum:
        """Solve for one attitude.

        Raises:
            RequestError: no bundle keeps the limits.
            DidNotConverge: the solver stopped for any other reason than that it had found the optimum, or what it
                found is not worth what it says.
        """
        solver = self._solver(aversion)
        solver.run()
        status = solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            raise self.rows.infeasible()
        if status != highspy.HighsModelStatus.kOptimal:
            raise DidNotConverge(
                f"integer programme: HiGHS ended with {status.name}; name fewer options with --options"
            )
        bundle = np.array(solver.getSolution().col_value[: len(self.cost)]) > 0.5
        told, worth = solver.getObjectiveValue() / self._scale, self.objective(bundle, aversion)
        if abs(told - worth) > 10 * (1 + aversion) * SLACK / self._scale:
            raise DidNotConverge(f"integer programme: optimum {told:.3e} is worth {worth:.3e}; name fewer options")
        return Optimum(bundle, worth)

    @cached_property
    def _main(self) -> Array:
        return np.asarray(self.terms.single - self.terms.empty)

    @cached_property
    def _pairs(self) -> tuple[npt.NDArray[np.int_], npt.NDArray[np.int_], Array]:
        """Pairs that interact, and by how much: [M], [M], [M, P + 1]."""
        one, two = np.triu_indices(len(self.cost), k=1)
        single, empty = self.terms.single, self.terms.empty
        cross = self.terms.pair[one, two] - single[one] - single[two] + empty
        matters = np.abs(cross).max(axis=1, initial=0) > NEGLIGIBLE
        if self.gains is not None:
            both = np.stack([self.gains.cross[one, two], self.gains.cross[two, one]])
            matters |= np.abs(both).max(axis=(0, 2), initial=0) > NEGLIGIBLE
        return one[matters], two[matters], np.asarray(cross[matters])

    @cached_property
    def _answered(self) -> npt.NDArray[np.int_]:
        """Options that the power may answer, where an answer does anything."""
        return np.flatnonzero(self.terms.chance * np.abs(self.terms.harm).max())

    @cached_property
    def _scale(self) -> float:
        """Brings coefficients near 1, where the solver's absolute tolerances mean something."""
        return 1 / max(float(np.abs(part).max(initial=0)) for part in (self._main, self._pairs[2], self.cost, [1e-9]))

    def _sizes(self, aversion: float) -> dict[str, int]:
        """Columns by group, in their order."""
        answered = len(self._answered)
        tail = len(self.weight) if aversion else 0
        return {
            "x": len(self.cost),
            "y": len(self._pairs[0]),
            "q": answered,
            "w": answered,
            "eta": min(tail, 1),
            "z": tail,
        }

    def _solver(self, aversion: float) -> highspy.Highs:
        """HiGHS with the whole programme."""
        sizes = self._sizes(aversion)
        blocks = [self._products(), self._chances(), self._limits(), self._signatures()]
        blocks += [self._tails()] if aversion else []
        matrix = sparse.vstack([_wide(block, sizes) for block in blocks]).tocsr()
        count = sum(sizes.values())
        solver = _Quiet()  # type: ignore[no-untyped-call]
        for name, value in (("threads", 1), ("mip_rel_gap", 0.0), ("mip_abs_gap", SLACK)):
            solver.setOptionValue(name, value)
        loose = np.repeat([name in ("eta", "z") for name in sizes], list(sizes.values()))
        lower, upper = np.zeros(count), np.where(loose, FREE, 1.0)
        lower[count - sizes["z"] - sizes["eta"] : count - sizes["z"]] = -FREE
        solver.addVars(count, lower, upper)
        solver.changeColsIntegrality(
            sizes["x"], np.arange(sizes["x"]), np.full(sizes["x"], highspy.HighsVarType.kInteger)
        )
        constant, worth = self._worth(sizes, aversion)
        solver.changeColsCost(count, np.arange(count), worth)
        solver.changeObjectiveOffset(constant)
        solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
        ends = np.concatenate([block.lower for block in blocks]), np.concatenate([block.upper for block in blocks])
        solver.addRows(matrix.shape[0], *ends, matrix.nnz, matrix.indptr[:-1], matrix.indices, matrix.data)
        return solver

    def _worth(self, sizes: dict[str, int], aversion: float) -> tuple[float, Array]:
        """Constant and coefficients of the objective."""
        of_courses = self._scale * self.weight
        harm = float(of_courses @ self.terms.harm[:-1])
        parts = {
            "x": self._main[:, :-1] @ of_courses - self._scale * self.cost,
            "y": self._pairs[2][:, :-1] @ of_courses,
            "q": np.append(np.zeros(max(sizes["q"] - 1, 0)), -harm)[: sizes["q"]],
            "w": np.zeros(sizes["w"]),
            "eta": np.full(sizes["eta"], -aversion),
            "z": -aversion / (1 - self.tail) * self.weight[: sizes["z"]],
        }
        constant = float(of_courses @ self.terms.empty[:-1]) + (harm if sizes["q"] else 0.0)
        return constant, np.concatenate([parts[name] for name in sizes])

    def _products(self) -> _Block:
        """y = x_k x_l."""
        one, two, _ = self._pairs
        unit, count = sparse.eye_array(len(self.cost)).tocsr(), len(one)
        itself = sparse.eye_array(count)
        x = sparse.vstack([-unit[one], -unit[two], unit[one] + unit[two]])
        y = sparse.vstack([itself, itself, -itself])
        return _at_most({"x": x, "y": y}, np.repeat([0.0, 0.0, 1.0], count))

    def _chances(self) -> _Block:
        """q_k = q_{k-1} - p_k w_k and w_k = x_k q_{k-1}, from q_0 = 1 to the chance of not being answered."""
        at, count = self._answered, len(self._answered)
        unit, itself = sparse.eye_array(len(self.cost)).tocsr()[at], sparse.eye_array(count)
        before, first, none = sparse.csr_array(np.eye(count, k=-1)), np.eye(1, count)[0], np.zeros(count)
        empty = sparse.csr_array((count, len(self.cost)))
        found = _at_most(
            {
                "x": sparse.vstack([empty, -unit, empty, unit]),
                "q": sparse.vstack([itself - before, 0 * itself, -before, before]),
                "w": sparse.vstack([sparse.diags_array(self.terms.chance[at]), itself, itself, -itself]),
            },
            np.concatenate([first, none, first, 1 - first]),
        )
        return found._replace(lower=np.concatenate([first, np.full(3 * count, -FREE)]))

    def _limits(self) -> _Block:
        """What a bundle may hold."""
        size = np.abs(self.rows.matrix).max(axis=1, initial=1e-300)
        return _at_most({"x": sparse.csr_array(self.rows.matrix / size[:, None])}, self.rows.upper / size)

    def _signatures(self) -> _Block:
        """No partner loses by its own option."""
        if self.gains is None:
            return _at_most({}, np.empty(0))
        one, two, _ = self._pairs
        pair, count = np.arange(len(one)), len(self.cost)
        x, y = [], []
        for alone, cross in zip(self.gains.alone.T, np.moveaxis(self.gains.cross, -1, 0), strict=True):
            x.append(sparse.diags_array(-self._scale * (alone + self.gains.slack)))
            entries = np.concatenate([cross[one, two], cross[two, one]])
            places = np.concatenate([one, two]), np.concatenate([pair, pair])
            y.append(sparse.coo_array((-self._scale * entries, places), shape=(count, len(one))))
        return _at_most({"x": sparse.vstack(x), "y": sparse.vstack(y)}, np.zeros(len(x) * count))

    def _tails(self) -> _Block:
        """z >= L - eta on every course."""
        count, answered = len(self.weight), len(self._answered)

        def loss(value: Array) -> Array:
            return np.asarray(self._scale * (value[..., -1:] - value[..., :-1]))

        harm = loss(self.terms.harm) if answered else np.zeros(count)
        q = (
            sparse.coo_array((harm, (np.arange(count), np.full(count, answered - 1))), shape=(count, answered))
            if (answered)
            else sparse.coo_array((count, 0))
        )
        parts = {
            "x": sparse.csr_array(-loss(self._main).T),
            "y": sparse.csr_array(-loss(self._pairs[2]).T),
            "q": q,
            "eta": sparse.csr_array(np.ones((count, 1))),
            "z": sparse.eye_array(count),
        }
        return _Block(parts, loss(self.terms.empty) + harm, np.full(count, FREE))


def checked(rows: Rows) -> Rows:
    """The same limits.

    Raises:
        RequestError: no bundle keeps them.
    """
    count = rows.matrix.shape[1]
    nothing = Terms(np.zeros(2), np.zeros((count, 2)), np.zeros((count, count, 2)), np.zeros(2), np.zeros(count))
    Programme(nothing, np.zeros(count), np.ones(1), 0.0, rows).best(0.0)
    return rows


def _at_most(parts: dict[str, sparse.sparray], upper: Array) -> _Block:
    return _Block(parts, np.full(len(upper), -FREE), upper)


def _wide(block: _Block, sizes: dict[str, int]) -> sparse.sparray:
    """Over all columns."""
    count = len(block.lower)
    return sparse.hstack([block.parts.get(name, sparse.csr_array((count, size))) for name, size in sizes.items()])
