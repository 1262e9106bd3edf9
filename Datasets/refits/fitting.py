"""What the refit scripts share: run tables, the robust objective, many starts.

Every law fitted here is a sum of exponentials of linear functions of its free numbers (logarithms of factors, plain
exponents), or that sum squashed between two levels, so losses and gradients are a few matrix products.

Needs NumPy and SciPy. Results are printed with the data's SHA-256, the seed and the method, so that anyone can
rerun a script and compare the constants that the plugins carry.
"""

import csv
import hashlib

import numpy as np
from scipy.optimize import minimize

HUBER = 1e-3


class Runs:
    """Columns of a run table, as arrays."""

    def __init__(self, path, keep):
        with open(path, "rb") as file:
            self.digest = hashlib.sha256(file.read()).hexdigest()
        with open(path, newline="") as file:
            rows = [row for row in csv.DictReader(file) if keep(row)]
        column = lambda name: np.array([float(row[name]) for row in rows])
        self.parameters = column("params")
        self.tokens = column("tokens")
        self.unique = np.minimum(column("unique_tokens"), self.tokens)
        self.repetitions = np.maximum(self.tokens / column("unique_tokens") - 1, 0)
        self.loss = column("val_loss")
        self.names = [row["run"] for row in rows]

    def __len__(self):
        return len(self.loss)


def datablations_paper_fit(path):
    """The 182 runs that the data-constrained fit of Muennighoff et al. 2023 used."""
    return Runs(path, lambda row: row["in_paper_fit"] == "1")


def datablations_c4(path):
    """All C4 runs that did not diverge."""
    return Runs(path, lambda row: row["corpus"] == "c4" and float(row["val_loss"]) < 6.5)


def huber(residuals, delta=HUBER):
    """Huber's loss and its slope."""
    size = np.abs(residuals)
    inside = size <= delta
    value = np.where(inside, 0.5 * residuals**2, delta * (size - 0.5 * delta))
    slope = np.where(inside, residuals, delta * np.sign(residuals))
    return value, slope


def robust_objective(log_loss, runs, weights=None):
    """Σ Huber(log predicted − log measured), with its gradient; `log_loss(x)` gives values and Jacobian."""
    measured = np.log(runs.loss)
    weights = np.ones(len(runs)) if weights is None else weights

    def objective(x):
        with np.errstate(all="ignore"):
            predicted, jacobian = log_loss(x)
            value, slope = huber(predicted - measured)
            total, gradient = float(weights @ value), (weights * slope) @ jacobian
        if not np.isfinite(total) or not np.all(np.isfinite(gradient)):
            return 1e6, np.zeros_like(x)
        return total, gradient

    return objective


def best_of_starts(objective, starts, bounds=None):
    """Runs L-BFGS-B from every start, then polishes the best end until it stands still."""
    best = None
    for start in starts:
        result = minimize(objective, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 2000})
        if best is None or result.fun < best.fun:
            best = result
    tight = {"maxiter": 20000, "maxfun": 100000, "ftol": 1e-16, "gtol": 1e-12, "maxcor": 30}
    for _ in range(20):
        result = minimize(objective, best.x, jac=True, method="L-BFGS-B", bounds=bounds, options=tight)
        gain = best.fun - result.fun
        if result.fun <= best.fun:
            best = result
        if gain < 1e-15:
            break
    return best


def sum_of_terms(features, constants=None):
    """log Σ_j exp(features_j · x): values and Jacobian. `features` is (terms, runs, numbers); −inf terms vanish
    through `constants`, one offset per term and run."""

    def log_loss(x):
        exponents = features @ x
        if constants is not None:
            exponents = exponents + constants
        top = exponents.max(axis=0)
        shares = np.exp(exponents - top)
        total = shares.sum(axis=0)
        return top + np.log(total), np.einsum("jr,jrk->rk", shares / total, features)

    return log_loss


def determination(runs, log_loss, x):
    """R² of the losses themselves."""
    residuals = np.exp(log_loss(x)[0]) - runs.loss
    return 1 - (residuals**2).sum() / ((runs.loss - runs.loss.mean()) ** 2).sum()


def bootstrap(runs, log_loss, best, generator, count, more_starts, bounds):
    """Refits to resampled runs, each from the best fit and a few random starts."""
    members = []
    for _ in range(count):
        weights = np.bincount(generator.integers(0, len(runs), len(runs)), minlength=len(runs)).astype(float)
        objective = robust_objective(log_loss, runs, weights)
        starts = [best.x] + list(more_starts(generator, 6))
        members.append(best_of_starts(objective, starts, bounds).x)
    return members


def report(names, best, members, constants):
    """Prints each constant with its bootstrap interval; returns the members' constants."""
    table = np.array([constants(x) for x in members])
    values = constants(best.x)
    for index, name in enumerate(names):
        low, middle, high = np.quantile(table[:, index], [0.05, 0.5, 0.95])
        print(f"{name:6} {float(values[index])!r:24} 5% {low:.6g}  50% {middle:.6g}  95% {high:.6g}")
    return table


def write_members(path, table):
    """Writes the members of an ensemble as rows of a Swift array."""
    with open(path, "w") as file:
        for row in table:
            file.write("[" + ", ".join(f"{value:.7g}" for value in row) + "],\n")
