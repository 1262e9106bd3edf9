"""Fits our bounded overfitting law to public runs, with bootstrap intervals.

    h = a/N^alpha + b/D^beta + c·N^gamma·R^rho/U^delta,     L = E + (L0 − E)·h/(1 + h)

The squashing is that of arXiv:2605.09189; scaling its overfitting term by the repetitions R is this project's own.
Runs: all C4 runs of huggingface/datablations with a loss under 6.5. Usage: bounded.py RUNS.csv [MEMBERS.swift]
"""

import sys

import numpy as np

from fitting import best_of_starts, bootstrap, datablations_c4, determination, report, robust_objective, write_members

SEED = 20260901
STARTS = 400
RESAMPLES = 200
NAMES = ["E", "L0", "a", "alpha", "b", "beta", "c", "gamma", "rho", "delta"]
# No model that has learned anything is worse than guessing evenly over its vocabulary of 50,257.
GUESSING = np.log(np.log(50257))
#         ln E, ln L0, ln a, α, ln b, β, ln c, γ, ρ, δ
BOUNDS = [(-3, 1.2), (1.6, GUESSING), (-5, 25), (0.01, 2), (-5, 35), (0.01, 2), (-60, 20), (0, 4), (0.01, 3), (0, 4)]


def form(runs):
    count = len(runs)
    n, d, u = np.log(runs.parameters), np.log(runs.tokens), np.log(runs.unique)
    repeats = runs.repetitions > 0
    r = np.where(repeats, np.log(np.where(repeats, runs.repetitions, 1)), 0)
    features = np.zeros((3, count, 10))
    features[0, :, 2], features[0, :, 3] = 1, -n
    features[1, :, 4], features[1, :, 5] = 1, -d
    features[2, :, 6], features[2, :, 7], features[2, :, 8], features[2, :, 9] = 1, n, r, -u
    offsets = np.stack([np.zeros(count), np.zeros(count), np.where(repeats, 0, -1e9)])

    def log_loss(x):
        terms = np.exp(np.minimum(features @ x + offsets, 300))
        h = terms.sum(axis=0)
        floor, level = np.exp(x[0]), np.exp(x[1])
        share = h / (1 + h)
        loss = floor + (level - floor) * share
        jacobian = np.einsum("jr,jrk->rk", terms, features) * ((level - floor) / (1 + h) ** 2)[:, None]
        jacobian[:, 0] += floor * (1 - share)
        jacobian[:, 1] += level * share
        return np.log(loss), jacobian / loss[:, None]

    return log_loss


def random_starts(generator, count):
    for _ in range(count):
        alpha, beta = generator.uniform(0.2, 0.8, 2)
        gamma, delta = generator.uniform(0.3, 1.5, 2)
        yield np.array([
            generator.uniform(0.3, 1), generator.uniform(1.8, 2.38), alpha * 17 + generator.normal(0, 2), alpha,
            beta * 21 + generator.normal(0, 2), beta, delta * 21 - gamma * 18 + generator.normal(-3, 3), gamma,
            generator.uniform(0.2, 1.2), delta,
        ])


def constants(x):
    floor = np.exp(x[0])
    return [floor, np.exp(x[1]), np.exp(x[2]), x[3], np.exp(x[4]), x[5], np.exp(x[6]), x[7], x[8], x[9]]


if __name__ == "__main__":
    runs = datablations_c4(sys.argv[1])
    log_loss = form(runs)
    generator = np.random.default_rng(SEED)
    best = best_of_starts(robust_objective(log_loss, runs), random_starts(generator, STARTS), BOUNDS)
    print(f"runs {len(runs)}  sha256 {runs.digest}  seed {SEED}  starts {STARTS}  resamples {RESAMPLES}")
    print(f"objective {best.fun:.10f}  R2 {determination(runs, log_loss, best.x):.6f}")
    members = bootstrap(runs, log_loss, best, generator, RESAMPLES, random_starts, BOUNDS)
    table = report(NAMES, best, members, constants)
    if len(sys.argv) > 2:
        write_members(sys.argv[2], table)
