"""Does a law choose well? Decision regret of refitted laws on public runs.

For each cell of runs with equal unique tokens and (nearly) equal compute, each law is fitted to the runs of at most a
tenth of that compute, and picks the cell's run with the lowest predicted loss. Regret is the excess of that run's
loss over the cell's best, in percent of the best. Cells have at least 4 distinct runs of 1e19 FLOPs or more, and 25
runs to fit on. Usage: regret.py RUNS.csv
"""

import sys

import numpy as np

import bounded
import lovelace
from fitting import best_of_starts, datablations_c4, robust_objective, sum_of_terms

SEED = 20261001
STARTS = 60


class Subset:
    def __init__(self, runs, chosen):
        for name in ("parameters", "tokens", "unique", "repetitions", "loss"):
            setattr(self, name, getattr(runs, name)[chosen])

    def __len__(self):
        return len(self.loss)


def chinchilla(runs):
    n, d = np.log(runs.parameters), np.log(runs.tokens)
    features = np.zeros((3, len(runs), 5))
    features[0, :, 0] = 1
    features[1, :, 1], features[1, :, 2] = 1, -n
    features[2, :, 3], features[2, :, 4] = 1, -d
    return sum_of_terms(features)


def chinchilla_starts(generator, count):
    for start in lovelace.random_starts(generator, count):
        yield start[:5]


LAWS = {
    "chinchilla": (chinchilla, chinchilla_starts, lovelace.BOUNDS[:5]),
    "lovelace": (lovelace.form, lovelace.random_starts, lovelace.BOUNDS),
    "bounded-overfitting": (bounded.form, bounded.random_starts, bounded.BOUNDS),
}


def cells(runs):
    compute = 6 * runs.parameters * runs.tokens
    level = np.round(np.log10(compute) / 0.2) * 0.2
    for unique in np.unique(runs.unique):
        for power in np.unique(level):
            inside = (runs.unique == unique) & (level == power) & (compute >= 1e19)
            distinct = set(zip(runs.parameters[inside], runs.tokens[inside]))
            before = compute <= 10**power / 10
            if len(distinct) >= 4 and before.sum() >= 25:
                yield unique, power, inside, before


if __name__ == "__main__":
    runs = datablations_c4(sys.argv[1])
    print(f"runs {len(runs)}  sha256 {runs.digest}  seed {SEED}  starts {STARTS}")
    regrets = {name: [] for name in LAWS}
    for unique, power, inside, before in cells(runs):
        target, history = Subset(runs, inside), Subset(runs, before)
        words = []
        for name, (form, starts, bounds) in LAWS.items():
            generator = np.random.default_rng(SEED)
            best = best_of_starts(robust_objective(form(history), history), starts(generator, STARTS), bounds)
            picked = int(np.argmin(form(target)(best.x)[0]))
            regret = target.loss[picked] / target.loss.min() - 1
            regrets[name].append(regret)
            words.append(f"{name} {regret:.1%}")
        print(f"U {unique:.2g}  C 1e{power:.1f}  {len(target)} runs, fitted on {len(history)}: " + ", ".join(words))
    for name, values in regrets.items():
        print(f"{name}: mean {np.mean(values):.1%}  median {np.median(values):.1%}  worst {np.max(values):.1%}")
