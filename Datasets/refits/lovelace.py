"""Refits the additive overfitting penalty of Lovelace et al. 2026 (arXiv:2605.01640) to public runs.

    L = E + A/N^alpha + B/D^beta + P·R^delta·(N/U)^kappa

The paper's constants could not be obtained; these are ours, from the 182 runs behind the data-constrained fit of
Muennighoff et al. 2023 (huggingface/datablations, utils/parametric_fit.ipynb). Usage: lovelace.py RUNS.csv [MEMBERS.swift]
"""

import sys

import numpy as np

from fitting import (
    best_of_starts, bootstrap, datablations_paper_fit, determination, report, robust_objective, sum_of_terms, write_members,
)

SEED = 20260501
STARTS = 300
RESAMPLES = 200
BOUNDS = [(-5, 3), (-5, 30), (0, 3), (-5, 40), (0, 3), (-20, 5), (0.01, 4), (0, 4)]
NAMES = ["E", "A", "alpha", "B", "beta", "P", "delta", "kappa"]


def form(runs):
    """x = (e, a, alpha, b, beta, p, delta, kappa), factors as logarithms."""
    one, zero, count = np.ones(len(runs)), np.zeros(len(runs)), len(runs)
    n, d, ratio = np.log(runs.parameters), np.log(runs.tokens), np.log(runs.parameters / runs.unique)
    repeats = runs.repetitions > 0
    r = np.where(repeats, np.log(np.where(repeats, runs.repetitions, 1)), 0)
    features = np.zeros((4, count, 8))
    features[0, :, 0] = one
    features[1, :, 1], features[1, :, 2] = one, -n
    features[2, :, 3], features[2, :, 4] = one, -d
    features[3, :, 5], features[3, :, 6], features[3, :, 7] = one, r, ratio
    constants = np.stack([zero, zero, zero, np.where(repeats, 0, -1e9)])
    return sum_of_terms(features, constants)


def random_starts(generator, count):
    for _ in range(count):
        alpha, beta = generator.uniform(0.1, 0.8, 2)
        yield np.array([
            generator.uniform(0, 1), generator.uniform(2, 10), alpha, generator.uniform(4, 14), beta,
            generator.uniform(-6, 0), generator.uniform(0.05, 1.5), generator.uniform(0.05, 1.2),
        ])


def constants(x):
    return [np.exp(x[0]), np.exp(x[1]), x[2], np.exp(x[3]), x[4], np.exp(x[5]), x[6], x[7]]


if __name__ == "__main__":
    runs = datablations_paper_fit(sys.argv[1])
    log_loss = form(runs)
    generator = np.random.default_rng(SEED)
    best = best_of_starts(robust_objective(log_loss, runs), random_starts(generator, STARTS), BOUNDS)
    print(f"runs {len(runs)}  sha256 {runs.digest}  seed {SEED}  starts {STARTS}  resamples {RESAMPLES}")
    print(f"objective {best.fun:.10f}  R2 {determination(runs, log_loss, best.x):.6f}")
    members = bootstrap(runs, log_loss, best, generator, RESAMPLES, random_starts, BOUNDS)
    table = report(NAMES, best, members, constants)
    if len(sys.argv) > 2:
        write_members(sys.argv[2], table)
