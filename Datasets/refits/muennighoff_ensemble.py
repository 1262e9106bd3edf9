"""Bootstraps the two decays of Muennighoff et al. 2023 (arXiv:2305.16264) over the runs they were fitted on.

The published (R_D*, R_N*) = (15.39, 5.31) is a shallow local minimum; this shows what else the 182 runs allow, with
the published backbone held. Values that run to the cap mean that the resample shows no decay at all.
Usage: muennighoff_ensemble.py RUNS.csv [MEMBERS.swift]
"""

import sys

import numpy as np

from fitting import best_of_starts, datablations_paper_fit, determination, robust_objective, write_members

SEED = 20230525
RESAMPLES = 300
CAP = 1e4
BOUNDS = [(np.log(0.1), np.log(CAP)), (np.log(0.01), np.log(CAP))]
A, B, E, ALPHA = np.exp(6.255414), np.exp(7.3049974), np.exp(0.6254804), 0.3526596
RATIO = (A / B) ** (1 / (2 * ALPHA))


def worth(repeats, decay):
    """R*(1 − exp(−R/R*)) and its slope in ln R*."""
    share = repeats / decay
    return -decay * np.expm1(-share), decay * (-np.expm1(-share) - share * np.exp(-share))


def form(runs):
    useful = np.minimum(runs.parameters, RATIO**2 * runs.unique)
    excess = runs.parameters / useful - 1

    def log_loss(x):
        data, data_slope = worth(runs.repetitions, np.exp(x[0]))
        size, size_slope = worth(excess, np.exp(x[1]))
        data_term = B * (runs.unique * (1 + data)) ** -ALPHA
        size_term = A * (useful * (1 + size)) ** -ALPHA
        loss = E + size_term + data_term
        jacobian = np.stack([-ALPHA * data_term * data_slope / (1 + data),
                             -ALPHA * size_term * size_slope / (1 + size)], axis=1)
        return np.log(loss), jacobian / loss[:, None]

    return log_loss


def starts():
    return [np.log([d, n]) for d in (3, 8, 15.4, 40, 100, 1000) for n in (0.3, 1.5, 5.3, 20)]


if __name__ == "__main__":
    runs = datablations_paper_fit(sys.argv[1])
    log_loss = form(runs)
    published = np.log([15.387756, 5.309743])
    objective = robust_objective(log_loss, runs)
    print(f"runs {len(runs)}  sha256 {runs.digest}  seed {SEED}  starts {len(starts())}  resamples {RESAMPLES}")
    print(f"published: objective {objective(published)[0]:.8f}  R2 {determination(runs, log_loss, published):.7f}")
    best = best_of_starts(objective, starts(), BOUNDS)
    print(f"best: R_D* {np.exp(best.x[0]):.4f}  R_N* {np.exp(best.x[1]):.4f}  objective {best.fun:.8f}")
    generator = np.random.default_rng(SEED)
    rows = []
    for _ in range(RESAMPLES):
        weights = np.bincount(generator.integers(0, len(runs), len(runs)), minlength=len(runs)).astype(float)
        rows.append(np.exp(best_of_starts(robust_objective(log_loss, runs, weights), starts(), BOUNDS).x))
    table = np.array(rows)
    for index, name in enumerate(["R_D*", "R_N*"]):
        print(name, "5/25/50/75/95%", np.quantile(table[:, index], [0.05, 0.25, 0.5, 0.75, 0.95]).round(3))
    print("at the cap:", (table[:, 0] > 0.99 * CAP).mean())
    if len(sys.argv) > 2:
        write_members(sys.argv[2], table)
