"""Times datawall's fits beside SciPy's on the same runs, interleaved, on one thread.

    compare.py TABLE [--where COLUMN=VALUE] [--rounds 7] [--check 50]

SciPy fits Chinchilla's form from Hoffmann's 4,500 starts: L-BFGS-B with the analytic gradient of the summed Huber loss
(delta 1e-3) of log-loss errors by log-sum-exp, and SciPy's default tolerances. datawall does the same 4,500 starts
(reference), its standard search, and 4,000 bootstrap fits. Reported are medians of pairwise ratios, their spread, and
the evaluations of both. With --check, bootstrap fits are compared with SciPy's best of 40 starts on the same resample.

Needs NumPy and SciPy, and `swift build -c release --package-path Benchmarks`.
"""

import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import argparse
import csv
import itertools
import json
import pathlib
import statistics
import subprocess
import time

import numpy as np
from scipy.optimize import minimize

BINARY = pathlib.Path(__file__).parent.parent / ".build/release/time-fits"
DELTA = 1e-3


def read(path, where):
    column, _, value = (where or "").partition("=")
    with open(path, newline="") as file:
        rows = [row for row in csv.DictReader(file) if not where or row[column] == value]
    return tuple(np.array([float(row[name]) for row in rows]) for name in ("params", "tokens", "loss"))


class Objective:
    """Summed Huber loss of LSE(a - alpha log N, b - beta log D, e) - log L, with its gradient in (a, b, e, alpha, beta)."""

    def __init__(self, params, tokens, loss, weights=None):
        self.n, self.d, self.l = np.log(params), np.log(tokens), np.log(loss)
        self.weights = np.ones(len(loss)) if weights is None else weights
        self.evaluations = 0

    def __call__(self, x):
        self.evaluations += 1
        a, b, e, alpha, beta = x
        u, v = a - alpha * self.n, b - beta * self.d
        top = np.maximum(np.maximum(u, v), e)
        pu, pv, pe = np.exp(u - top), np.exp(v - top), np.exp(e - top)
        total = pu + pv + pe
        residual = top + np.log(total) - self.l
        clipped = np.clip(residual, -DELTA, DELTA)
        value = float(self.weights @ (clipped * (residual - 0.5 * clipped)))
        slope = self.weights * clipped / total
        gu, gv = slope * pu, slope * pv
        return value, np.array([gu.sum(), gv.sum(), (slope * pe).sum(), -gu @ self.n, -gv @ self.d])


def grid():
    exponents, factors = np.arange(0, 2.5, 0.5), np.arange(0, 30, 5.0)
    floors = np.arange(-1, 1.5, 0.5)
    for alpha, beta, e, a, b in itertools.product(exponents, exponents, floors, factors, factors):
        yield np.array([a, b, e, alpha, beta])


def scipy_grid(objective):
    best = min(
        (minimize(objective, start, jac=True, method="L-BFGS-B") for start in grid()), key=lambda result: result.fun
    )
    return polish(objective, best)


def polish(objective, best):
    scaled = lambda x: tuple(1e3 * part for part in objective(x))
    for _ in range(30):
        result = minimize(scaled, best.x, jac=True, method="L-BFGS-B",
                          options={"maxiter": 20000, "maxfun": 100000, "ftol": 1e-16, "gtol": 1e-12, "maxcor": 30})
        gain = best.fun - result.fun / 1e3
        if gain > 0:
            best.x, best.fun = result.x, result.fun / 1e3
        if gain < 1e-15:
            break
    return best


def ours(arguments, mode, *more):
    command = [str(BINARY), arguments.table, arguments.where or "", mode, *map(str, more)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table")
    parser.add_argument("--where")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--check", type=int, default=0)
    arguments = parser.parse_args()
    data = read(arguments.table, arguments.where)
    print(f"{len(data[0])} runs")
    rounds = []
    for index in range(arguments.rounds):
        reference = ours(arguments, "reference")
        standard = ours(arguments, "standard", 51)
        bootstrap = ours(arguments, "bootstrap", 4000)
        objective = Objective(*data)
        start, cpu = time.perf_counter(), time.process_time()
        best = scipy_grid(objective)
        seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
        rounds.append((seconds, reference, standard, bootstrap))
        print(f"round {index + 1}: SciPy {seconds:.2f} s ({cpu:.2f} s CPU), {objective.evaluations} evaluations, "
              f"objective {best.fun:.14f}; reference {reference['seconds']:.3f} s, {reference['evaluations']} evaluations, "
              f"{reference['objective']:.14f}; standard {1e3 * standard['seconds']:.2f} ms, {standard['evaluations']} "
              f"evaluations, {standard['objective']:.14f}; 4,000 bootstrap fits {bootstrap['seconds']:.2f} s, "
              f"{bootstrap['evaluations']} evaluations", flush=True)
    for position, name in ((1, "reference"), (2, "standard"), (3, "4,000 bootstrap fits")):
        ratios = [entry[0] / entry[position]["seconds"] for entry in rounds]
        if ratios:
            print(f"SciPy / {name}: median {statistics.median(ratios):.1f}, {min(ratios):.1f} to {max(ratios):.1f}")
    if arguments.check:
        check(arguments, data)


def check(arguments, data):
    report = ours(arguments, "resamples", max(arguments.check, 20))
    order = [report["names"].index(name) for name in ("A", "B", "E", "alpha", "beta")]
    generator = np.random.default_rng(5)
    excess = []
    for member, counts in list(zip(report["members"], report["counts"]))[: arguments.check]:
        a, b, e, alpha, beta = (member[i] for i in order)
        objective = Objective(*data, weights=np.array(counts, float))
        mine = objective(np.array([np.log(a), np.log(b), np.log(e), alpha, beta]))[0]
        starts = [np.array([generator.uniform(2, 12), generator.uniform(3, 14), generator.uniform(-0.5, 1),
                            generator.uniform(0.1, 0.8), generator.uniform(0.1, 0.8)]) for _ in range(40)]
        best = min((minimize(objective, start, jac=True, method="L-BFGS-B") for start in starts), key=lambda r: r.fun)
        excess.append(mine / polish(objective, best).fun - 1)
    print(f"{len(excess)} resamples: our objective over SciPy's best of 40 starts, minus 1: median "
          f"{statistics.median(excess):.1e}, worst {max(excess):.1e}; above by more than 1e-6 in "
          f"{sum(value > 1e-6 for value in excess)}")


if __name__ == "__main__":
    main()
